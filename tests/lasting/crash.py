"""A store is the old one or the new one, whole, whenever who writes to it is killed.

    python -m tests.lasting.crash [--kills 200]

Each time a process adds, replaces, removes or rebuilds and is killed at a moment that is drawn by lot; then all
that the store says is held against what it said before, and what it says when nobody is killed.
"""

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from index import indexer, store
from index.store.writer import Writer
from tests.lasting.papers import DEEDS, begin, said

DONE = 77


class Expected(NamedTuple):
    """What a store says before and after something is done to it, and how long that takes; nothing is no store."""

    before: str
    after: str
    seconds: float


def in_child(work: Callable[[], object]) -> int:
    """Start a process that does `work`, ends with DONE when it could, and tidies nothing up."""
    process = os.fork()
    if process:
        return process
    try:
        work()
        os._exit(DONE)
    finally:
        os._exit(1)


def ended(process: int) -> int:
    """Wait for a process and return how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def said_or_nothing(path: Path) -> str:
    """Return all that a store says, nothing where there is none; one that is damaged raises StoreError."""
    return said(path) if store.exists(path) else ""


def expected(folder: Path, deed: str) -> Expected:
    """Return what is to be expected of something that is done to a store in `folder`, as nobody is killed."""
    path = start(folder, deed)
    before, began = said_or_nothing(path), time.monotonic()
    assert ended(in_child(lambda: DEEDS[deed](path, folder / "papers"))) == DONE
    return Expected(before, said(path), time.monotonic() - began)


def start(folder: Path, deed: str) -> Path:
    """Return the store to which something is to be done."""
    path, begun = folder / "store", folder / "begun"
    if not begun.exists():
        begin(begun, folder / "papers")
    shutil.rmtree(path, ignore_errors=True)
    if deed != "begin":
        shutil.copytree(begun, path)
    return path


def killed(folder: Path, deed: str, after: float) -> tuple[Path, bool]:
    """Kill who does something to a store `after` so many seconds; return the store, and whether it was done."""
    path = start(folder, deed)
    process = in_child(lambda: DEEDS[deed](path, folder / "papers"))
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    how = ended(process)
    assert how in (DONE, -signal.SIGKILL)
    return path, how == DONE


def outcome(path: Path, known: Expected, done: bool) -> str:
    """Return what came of it, `old` or `new`; the next writer must find the store as it should be."""
    found = said_or_nothing(path)
    assert found in (known.before, known.after), "neither the old store nor the new one"
    assert not done or found == known.after, "not what was said to be done"
    leftovers = len(list(path.glob("gen-*"))) > 1
    after = tidied(path)
    assert after in (found, found or known.after), "the next writer found something else"
    generations = [each.name for each in path.glob("gen-*")]
    assert len(generations) == 1, "leftovers stay"
    assert {each.name for each in path.iterdir()} <= {"store.tsv", "writer.lock", *generations}, "leftovers stay"
    return ("new" if found == known.after else "old") + (", with leftovers" if leftovers else "")


def tidied(path: Path) -> str:
    """Return what a store says once the next writer has been at it, who finds the lock free."""
    if not store.exists(path) and store.left(path):  # a first commit, killed when all but the switch was done
        indexer.build(path)
        return said(path)
    nothing = not store.exists(path)
    with Writer(path, wait=0) as writer:
        writer.commit()
    return "" if nothing else said(path)


def run(kills: int, seed: int, folder: Path) -> Counter[str]:
    """Kill so many writers, and return what came of them."""
    lots = random.Random(seed)
    known = {deed: expected(folder, deed) for deed in DEEDS}
    outcomes: Counter[str] = Counter()
    for number in range(kills):
        deed = list(DEEDS)[number % len(DEEDS)]
        after = lots.uniform(0, known[deed].seconds * 1.05)
        path, done = killed(folder, deed, after)
        outcomes[outcome(path, known[deed], done)] += 1
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        outcomes = run(options.kills, options.seed, Path(name))
    told = ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
    print(f"crash: {options.kills} kills: {told}; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
