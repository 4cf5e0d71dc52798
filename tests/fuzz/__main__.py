"""Attack the reading of papers, or the answering of queries, for as long as is asked.

    python -m tests.fuzz papers  [--seconds 300] [--seed 1]
    python -m tests.fuzz queries [--seconds 300 | --characters 10000000] [--seed 1] [--store FOLDER] [--items 100000]
                                 [--asked search,total]
    python -m tests.fuzz guided  [--seconds 900] [--store FOLDER] [--items 1000]      (needs requirements/fuzz.txt)

A line for each target: cases, those answered (the others are refused in a sentence), characters, seconds of the
processor, the slowest case, failures; the cases that failed are printed. The store is made of that many items of
benchmarks/corpus.py where none is given.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.guided import guided
from tests.fuzz.papers import papers
from tests.fuzz.queries import queries
from tests.fuzz.stores import store_of
from tests.fuzz.target import HEAD

MANY, FEW = 100_000, 1000
"""How many items are attacked if nobody says; who is to be guided must be answered fast."""


def until(seconds: float, characters: int = 0) -> Callable[[int], bool]:
    """Return what says whether there is to be more: until so many characters are done, or else the time is up."""
    end = time.monotonic() + seconds
    return lambda done: done < characters if characters else time.monotonic() < end


def main() -> int:
    """Run one of the modes, print a line for each target, and return 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("papers", "queries", "guided"))
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--characters", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--items", type=int)
    parser.add_argument("--asked", default="")
    given = parser.parse_args()
    more = until(given.seconds, given.characters)
    if given.mode == "papers":
        targets = papers(more, given.seed)
    else:
        with store_of(given.store, given.items or (FEW if given.mode == "guided" else MANY)) as store:
            if given.mode == "guided":
                return guided(given.seconds, store)
            targets = queries(more, given.seed, store, given.asked)
    print(HEAD, *targets, sep="\n")
    return int(any(target.failures for target in targets))


if __name__ == "__main__":
    sys.exit(main())
