"""Measure seisaku beside tantivy and SQLite's FTS5 in an environment that this script makes from the lock file.

    python3 benchmarks/run.py [--items 1000 10000 100000 | --papers FOLDER] [--write]

It needs Python 3.11 or newer with its standard library, and ten minutes in which the machine does little else.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.table import Row

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))  # behind what is installed: the wheel is measured, not the checkout

from tests.check import PIP_INSTALL, PROJECT, VENVS, environment, step  # noqa: E402 - found by the line above


def installed() -> Path | None:
    """Return the Python of the environment for benchmarks, with the project in it as a wheel."""
    python = environment("bench", editable=False)
    if python and step("bench: wheel", python, *PIP_INSTALL, *PROJECT, "--force-reinstall", ROOT):
        return python
    return None


SIZES = (1_000, 10_000, 100_000)
LARGE = SIZES[-1]
"""The corpus that has targets."""


def measure(sizes: Sequence[int], folder: Path | None, rounds: int) -> Iterator[str]:
    """Yield what is measured: the circumstances, then a table for the seed papers and for each corpus, then growth."""
    from benchmarks import corpus, reading, table
    from index import indexer

    yield table.circumstances()
    grown: dict[str, list[table.Row]] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        work = Path(name)
        seeds = indexer.seed_papers()
        yield from _table(f"the {len(seeds)} papers in seeds/", seeds, work / "seeds", rounds, grown)
        if folder is not None:
            papers = sorted(each for each in folder.iterdir() if each.suffix in (".md", ".txt"))
            label = f"the {len(papers)} papers in {folder.resolve().name}/"
            yield from _table(label, papers, work / "large", rounds, grown)
        for size in sizes if folder is None else ():
            made = corpus.write(work, size)
            label = f"{len(made.papers)} papers of benchmarks/corpus.py, seed {corpus.SEED}: {made.items:,} items"
            yield from _table(
                f"{label} and {made.amounts:,} amounts written", made.papers, work / str(size), rounds, grown
            )
            for paper in made.papers:
                paper.unlink(missing_ok=True)
        if len(grown) > 1:
            yield table.growth(grown)
        tell("papers of other kinds")
        (work / "kinds").mkdir()
        yield "\n".join(reading.measure(work / "kinds"))


def _table(label: str, papers: Sequence[Path], work: Path, rounds: int, grown: "dict[str, list[Row]]") -> Iterator[str]:
    """Yield the table of one corpus; what it says goes into `grown`, too.

    The seed papers have a target for the cold start, the largest corpus for the rest.
    """
    from benchmarks import cold, corpus, indexing, memory, table, warm
    from benchmarks.peers import PEERS

    work.mkdir()
    store, folders = work / "store", {name: work / name for name in PEERS}
    target, seeds = work.name in (str(LARGE), "large"), work.name == "seeds"
    tell(label)
    read = indexing.read(papers)
    entries = indexing.entries(read)
    amounts = sum(len(item.amounts) for paper in read for item in paper.items)
    tell("indexing")
    again = 3 if len(entries) < LARGE // 10 else 1
    built = indexing.measure(papers, read, store, folders, again, with_target=target)
    del read
    tell("cold")
    rows = [cold.measure(store, folders, 4 * rounds, large=not seeds)]
    rows += cold.measure_commands(store, 4 * rounds) if seeds else ()
    tell("warm")
    answered = list(warm.measure(store, folders, entries, rounds, with_target=target))
    used = memory.measure(store, warm.Draw(entries), with_target=target)
    more = corpus.write(work, corpus.A_PAPER, corpus.SEED + 1).papers[0]
    one = indexing.measure_one_more(store, more.rename(more.with_name("one-more.md")), with_target=target)
    rows += [*answered, *built, one, *used]
    grown[f"{len(entries):,}"] = rows
    label = f"{label}; {len(entries):,} items and {amounts:,} amounts read"
    yield table.render(label, rows, (table.OURS, cold.FLOOR, *PEERS))


def tell(what: str) -> None:
    """Say on the standard error stream what is being measured."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def main() -> int:
    """Make the environment and go on in it; there, measure and print."""
    parser = argparse.ArgumentParser(description="Measure seisaku beside tantivy and SQLite's FTS5.")
    parser.add_argument(
        "--items", type=int, nargs="+", default=SIZES, help="how many items to make up (default: 1000 10000 100000)"
    )
    parser.add_argument("--papers", type=Path, metavar="FOLDER", help="papers to measure on instead")
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is asked (default: 5)")
    parser.add_argument("--write", action="store_true", help="put the results into benchmarks/README.md")
    options = parser.parse_args()
    if Path(sys.prefix).resolve() != (VENVS / "bench").resolve():
        python = installed()
        if python is None:
            return 1
        settings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.call([python, __file__, *sys.argv[1:]], env={**settings, "PYTHONUTF8": "1"})
    results = []
    for part in measure(options.items, options.papers, options.rounds):
        print(part, flush=True)
        results.append(part)
    if options.write:
        from benchmarks.table import put_into_readme

        put_into_readme("\n".join(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
