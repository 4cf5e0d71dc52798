"""Attack the reading of papers, or the answering of queries, for as long as is asked.

    python -m tests.fuzz papers  [--seconds 300] [--seed 1]
    python -m tests.fuzz queries [--seconds 300] [--seed 1] [--store FOLDER] [--items 100000]
    python -m tests.fuzz guided  [--seconds 300]      (needs atheris, which is no requirement of the project)

A line for each target: cases, characters, seconds, the slowest case, failures; the cases that failed are printed. The
store is made of that many items of benchmarks/corpus.py where none is given.
"""

import argparse
import contextlib
import importlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import corpus
from index import indexer
from index.document import About, Document
from index.errors import Failure
from index.making import understand
from index.readers import read_lines
from index.readers.text import split
from search.errors import QueryError
from search.results import GROUPS, SORTS
from search.searcher import Searcher
from tests.hostile import query, some, spec

LONG = 20_000
TWICE, LEAST, TRIES = 2.2, 0.3, 3
ONE_SECOND = 1.0
STORED = ".txt", ".md", ".html", ".csv", ".tsv"


class Target:
    """What is attacked, and what came of it so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases = self.characters = self.failures = 0
        self.seconds = self.worst = 0.0
        self.slowest = ""

    def attack(self, case: str, work: Callable[[], object], most: float | None = None) -> float:
        """Do `work`; what it raises but for a Failure, and more than `most` seconds, is a failure. Return its time."""
        began = time.process_time()
        try:
            work()
        except QueryError as fault:
            if not 0 <= fault.start <= fault.end <= len(fault.source):
                self.fail(case, f"points at {fault.start}..{fault.end}")
        except Failure:
            pass
        except Exception as fault:  # any other is what is looked for
            self.fail(case, repr(fault)[:200])
        took = time.process_time() - began
        self.cases, self.characters, self.seconds = self.cases + 1, self.characters + len(case), self.seconds + took
        if took > self.worst:
            self.worst, self.slowest = took, case
        if most is not None and took > most:
            self.fail(case, f"{took:.2f} s")
        return took

    def fail(self, case: str, why: str) -> None:
        """Count a failure, and print the first of them."""
        self.failures += 1
        if self.failures <= 20:
            print(f"  {self.name}: {why}: {case[:80]!r} … {case[-40:]!r} ({len(case):,})", flush=True)

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.cases:,} | {self.characters:,} | {self.seconds:.0f} | {self.worst:.2f} "
            f"| {self.failures} | {self.slowest[:30]!r} ({len(self.slowest):,}) |"
        )


def papers(seconds: float, seed: int) -> list[Target]:
    """Attack the way of a paper from its lines to its items, and the readers of files."""
    rng, lines, files = random.Random(seed), Target("lines to items"), Target("files to lines")
    with tempfile.TemporaryDirectory() as folder:
        for _ in until(seconds):
            drawn = spec(rng)
            text = drawn.paper(LONG)
            took = lines.attack(text, lambda text=text: read(text))  # type: ignore[misc]
            if took > LEAST and not any(_in_step(drawn.paper) for _ in range(TRIES)):
                lines.fail(text, f"grows faster than its length, {took:.2f} s: {drawn}")
            path = Path(folder) / f"paper{rng.choice(STORED)}"
            path.write_bytes(_bytes(rng, text[:2000]))
            files.attack(text[:2000], lambda path=path: read_lines(path))  # type: ignore[misc]
    return [lines, files]


def read(text: str) -> None:
    """Read a paper as far as its items."""
    understand(Document(About("d", "題", year=2024, stage="request"), split(text)))


def _in_step(paper: Callable[[int], str]) -> bool:
    """Say whether a paper four times as long takes no longer than that many times, and a little."""
    return _seconds(paper(4 * LONG)) <= TWICE**2 * _seconds(paper(LONG))


def _seconds(text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began


def _bytes(rng: random.Random, text: str) -> bytes:
    """Return a text as bytes in one of the encodings that papers come in, some of them changed, tags put in."""
    tags = ("<table>", "<tr><td colspan=999>", "<h1>", "<ul><li>", "</div>", '"', ",", "\t", "<!--", "&#x;", "<br>")
    mixed = "".join(text[at : at + 40] + rng.choice(tags) for at in range(0, len(text), 40))
    data = bytearray(mixed.encode(rng.choice(("utf-8", "cp932", "euc_jp", "utf-16")), "ignore"))
    for _ in range(rng.choice((0, 0, 1, 20))):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def queries(seconds: float, seed: int, store: Path) -> list[Target]:
    """Attack each question that a searcher answers with the same queries, which nothing is kept of in between."""
    rng, searcher = random.Random(seed), Searcher.open(store)
    terms = searcher.catalog.columns.strings("term")
    words = [terms[number].lstrip("+=") or "港" for number in range(len(terms))]
    targets = {name: Target(name) for name in ASKED}
    for name, ask in ASKED.items():  # the first question opens what all use
        targets[name].attack("", lambda ask=ask: ask(searcher, "蓄電池", rng))  # type: ignore[misc]
    for target in targets.values():
        target.worst = 0.0
    for _ in until(seconds):
        asked = query(rng, words)
        for name, ask in ASKED.items():
            targets[name].attack(asked, lambda ask=ask, asked=asked: ask(searcher, asked, rng), ONE_SECOND)  # type: ignore[misc]
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")
    return list(targets.values())


def _search(searcher: Searcher, asked: str, rng: random.Random) -> None:
    sort, only = rng.choice(list(SORTS)), rng.choice((None, None, *GROUPS))
    limit, offset = rng.choice((20, 1, 100)), rng.choice((0, 0, 10**12, -5))
    searcher.search(asked, limit=limit, offset=offset, sort=sort, only=only, match=rng.choice(("all", "any")))


ASKED: dict[str, Callable[[Searcher, str, random.Random], object]] = {
    "search": _search,
    "facets": lambda searcher, asked, rng: searcher.facets(asked),
    "total": lambda searcher, asked, rng: searcher.total(asked),
    "explain": lambda searcher, asked, rng: searcher.explain(asked),
    "suggest": lambda searcher, asked, rng: searcher.suggest(asked),
    "history": lambda searcher, asked, rng: searcher.history(asked),
    "compare": lambda searcher, asked, rng: searcher.compare(asked.split()[:20]),
    "programmes": lambda searcher, asked, rng: searcher.programmes(asked),
}


def guided(seconds: float, store: Path) -> None:
    """Let atheris look for queries that reach what none has reached: grammar, planner and engine."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["search"]):
        for name in ("grammar", "planner", "engine", "stretches", "reading"):
            importlib.reload(importlib.import_module(f"search.{name}"))
    from search.searcher import Searcher

    searcher, target = Searcher.open(store), Target("guided")

    def attack(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        rng = random.Random(provider.ConsumeInt(4))
        asked = provider.ConsumeUnicode(60) + some(rng, 0, 6) + provider.ConsumeUnicode(60)
        target.attack(asked, lambda: searcher.search(asked), ONE_SECOND)
        if target.cases % 5000 == 0:
            print(target, flush=True)

    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-verbosity=0", "-print_final_stats=1"], attack)
    atheris.Fuzz()


def until(seconds: float) -> Iterator[None]:
    """Yield until the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield


@contextlib.contextmanager
def store_of(given: Path | None, items: int) -> Iterator[Path]:
    """Give a store: the one that is there, or one of made-up papers for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        if given is None:
            made = corpus.write(Path(folder), items)
            indexer.add(Path(folder) / "store", made.papers, jobs=1)
        yield given or Path(folder) / "store"


def main() -> int:
    """Run one of the modes, print a line for each target, and return 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("papers", "queries", "guided"))
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--items", type=int, default=100_000)
    given = parser.parse_args()
    if given.mode == "papers":
        targets = papers(given.seconds, given.seed)
    else:
        with store_of(given.store, given.items) as store:
            if given.mode == "guided":
                guided(given.seconds, store)
            targets = queries(given.seconds, given.seed, store)
    print("| target | cases | characters | seconds | slowest, s | failures | which |")
    print(*targets, sep="\n")
    return int(any(target.failures for target in targets))


if __name__ == "__main__":
    sys.exit(main())
