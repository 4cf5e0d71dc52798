"""How the time that something takes grows with what it is given."""

import time
from collections.abc import Callable

GENEROUS = 10
"""Four times as long a text takes four times as long, sixteen times if its length tells squared."""
TRIES = 6
LEAST = 0.1
"""Less time than so many seconds says nothing."""


def grows_in_step(read: Callable[[str], object], text: str) -> bool:
    """Say whether `read` takes no more time for `text` than its length explains, in one of TRIES on a busy machine.

    A quarter of the text keeps its beginning and its end.
    """
    eighth = max(1, len(text) // 8)
    quarter = text[:eighth] + text[-eighth:]
    return any(_seconds(read, text) < GENEROUS * max(LEAST, _seconds(read, quarter)) for _ in range(TRIES))


def _seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began
