"""One function over many values in several processes, in which a process that dies is told of and stops nothing."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

A = TypeVar("A")
B = TypeVar("B")


_RARELY = 100_000
"""So many objects more than before, and cycles are looked for."""


class Died(Exception):
    """The process that worked on a value is no more: out of memory, or a fault in a library."""


def cores() -> int:
    """Return how many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[A], B], values: Sequence[A], jobs: int) -> Generator[tuple[int, B | Died], None, None]:
    """Yield what `work` makes of each of the values with its position, in whichever order they are done.

    With one job all is done in this process. With more, `work` and the values are pickled; what `work` raises
    is raised here. Closing the generator ends the processes at once. Where a process dies, those at work are
    tried again, each alone, to find whose fault it was.
    """
    if jobs <= 1 or len(values) <= 1:
        yield from ((position, work(value)) for position, value in enumerate(values))
        return
    left = dict(enumerate(values))
    while left and jobs > 1:
        for position, made in _round(work, left.items(), min(jobs, len(left))):
            if isinstance(made, Died):
                (_, made), *_ = _round(work, [(position, left[position])], 1)
            if isinstance(made, Died) and not _starts():
                jobs = 1  # as in a script that cannot be imported: nothing is wrong with the value
                break
            del left[position]
            yield position, made
    yield from ((position, work(value)) for position, value in left.items())


@contextmanager
def beside(work: Callable[[A], B], value: A, jobs: int) -> Iterator[Callable[[], B]]:
    """Begin `work` on a value in a process of its own, where there may be several; give what waits for what it makes.

    Where there may be one only, or where that process dies, it is done in this one when it is asked for.
    """
    if jobs <= 1:
        yield lambda: work(value)
        return
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(1)
    future = pool.submit(work, value)

    def made() -> B:
        try:
            return future.result()
        except BrokenProcessPool:
            return work(value)

    try:
        yield made
    finally:
        _end(pool, broken_off=not future.done())


def _starts() -> bool:
    """Say whether processes can be started here at all."""
    return [made for _, made in _round(abs, [(0, -1)], 1)] == [1]


def _round(work: Callable[[A], B], values: Iterable[tuple[int, A]], jobs: int) -> Iterator[tuple[int, B | Died]]:
    """Yield what becomes of values until a process dies: then of those at work, which are Died, and of no more."""
    from concurrent.futures import FIRST_COMPLETED, Future, wait
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(jobs)
    waiting, broken = iter(list(values)), False
    running: dict[Future[Any], int] = {}
    try:
        while True:
            try:
                for position, value in islice(waiting, 0 if broken else 2 * jobs - len(running)):
                    running[pool.submit(work, value)] = position
            except BrokenProcessPool:
                broken = True
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                position = running.pop(future)
                try:
                    made = future.result()
                except BrokenProcessPool:
                    broken, made = True, Died()
                yield position, made
    finally:
        _end(pool, broken_off=bool(running))


def _pool(jobs: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Forking would be faster, but not safe where there are threads: a server may add papers.
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin)


def _end(pool: "ProcessPoolExecutor", *, broken_off: bool) -> None:
    for process in list((pool._processes or {}).values()) if broken_off else ():  # they need not end what they do
        process.terminate()
    pool.shutdown(cancel_futures=True)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for cycles rarely: papers make objects by the million that are in none, and all are looked at each time."""
    usual = gc.get_threshold()
    gc.set_threshold(_RARELY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _begin() -> None:
    """Let a process end without a word when it is interrupted, or when the one that started it is gone."""
    from multiprocessing import parent_process

    gc.set_threshold(_RARELY, *gc.get_threshold()[1:])
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if parent := parent_process():
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: Any) -> None:
    parent.join()
    os._exit(1)
