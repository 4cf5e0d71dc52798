"""Work on many pages, shared among the cores of the machine."""

import os
import pickle
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from index.readers.pdf import MAX_SECONDS

P = TypeVar("P")
R = TypeVar("R")

_FEWEST = 32
"""So many pages at least are worth a process of their own."""

_MOST = 8


def shared(work: Callable[[Sequence[P]], R], pages: Sequence[P]) -> list[R]:
    """Return what `work` makes of `pages`, in one part, or in several neighbouring ones done side by side.

    A part is done by a copy of this process, where the system makes such; what it cannot give back is done here.
    """
    count = min(os.cpu_count() or 1, _MOST, len(pages) // _FEWEST) if hasattr(os, "fork") else 1
    if count < 2:
        return [work(pages)]
    size = -(-len(pages) // count)
    first, *others = (pages[at : at + size] for at in range(0, len(pages), size))
    copies = [_copy(work, part) for part in others]
    return [work(first), *(_given(*copy) or work(part) for copy, part in zip(copies, others, strict=True))]


def _copy(work: Callable[[Sequence[P]], R], part: Sequence[P]) -> tuple[int, int]:
    """Start a copy of this process that does `part`; return its number, and where it writes the answer."""
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return number, reading
    os.close(reading)
    watch = threading.Timer(MAX_SECONDS, os._exit, [1])
    watch.daemon = True
    watch.start()
    try:
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(part), pipe)
    finally:
        os._exit(0)


def _given(number: int, reading: int) -> R | None:
    """Return the answer of a copy, None if it ended without one."""
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(number, 0)
    try:
        answer: R = pickle.loads(data)  # our own process wrote it
    except (EOFError, pickle.UnpicklingError):
        return None
    return answer
