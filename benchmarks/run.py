"""Measure seisaku beside tantivy and SQLite's FTS5 in an environment that this script makes from the lock file.

    python3 benchmarks/run.py [--items 10000 | --papers FOLDER] [--write]

It needs Python 3.11 or newer with its standard library, and some minutes in which the machine does little else.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))  # behind what is installed: the wheel is measured, not the checkout

from tests.check import PIP_INSTALL, PROJECT, VENVS, environment, step  # noqa: E402 - found by the line above


def installed() -> Path | None:
    """Return the Python of the environment for benchmarks, with the project in it as a wheel."""
    python = environment("bench", editable=False)
    if python and step("bench: wheel", python, *PIP_INSTALL, *PROJECT, "--force-reinstall", ROOT):
        return python
    return None


def measure(items: int, folder: Path | None, rounds: int) -> Iterator[str]:
    """Yield what is measured: the circumstances, then the tables of the seed papers and of the large corpus."""
    from benchmarks import corpus, reading, table
    from index import indexer

    yield table.circumstances()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        work = Path(name)
        seeds = indexer.seed_papers()
        yield _table(f"the {len(seeds)} papers in seeds/", seeds, work / "seeds", rounds)
        if folder is not None:
            papers = sorted(each for each in folder.iterdir() if each.suffix in (".md", ".txt"))
            label = f"the {len(papers)} papers in {folder.resolve().name}/"
        else:
            (work / "papers").mkdir()
            made = corpus.write(work / "papers", items)
            papers = made.papers
            label = (
                f"{len(papers)} papers of benchmarks/corpus.py, seed {corpus.SEED}: "
                f"{made.items:,} items and {made.amounts:,} amounts written"
            )
        yield _table(label, papers, work / "large", rounds)
        tell("papers of other kinds")
        (work / "kinds").mkdir()
        yield "\n".join(reading.measure(work / "kinds"))


def _table(label: str, papers: Sequence[Path], work: Path, rounds: int) -> str:
    """Return the table of one corpus: the seed papers have a target for the cold start, the large one for the rest."""
    from benchmarks import cold, indexing, table, warm
    from benchmarks.peers import PEERS

    work.mkdir()
    large = work.name == "large"
    store, folders = work / "store", {name: work / name for name in PEERS}
    tell(label)
    read = indexing.read(papers)
    entries = indexing.entries(read)
    amounts = sum(len(item.amounts) for paper in read for item in paper.items)
    tell("indexing")
    built = indexing.measure(papers, store, folders, 3, with_target=large)
    tell("cold")
    started = cold.measure(store, folders, 4 * rounds, with_target=not large)
    others = [] if large else list(cold.measure_commands(store, 4 * rounds))
    tell("warm")
    answered = list(warm.measure(store, folders, entries, rounds, with_target=large))
    rows = [started, *others, *answered, *built]
    return table.render(
        f"{label}; {len(entries):,} items and {amounts:,} amounts read",
        rows,
        (table.OURS, cold.FLOOR, *PEERS),
    )


def tell(what: str) -> None:
    """Say on the standard error stream what is being measured."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def main() -> int:
    """Make the environment and go on in it; there, measure and print."""
    parser = argparse.ArgumentParser(description="Measure seisaku beside tantivy and SQLite's FTS5.")
    parser.add_argument("--items", type=int, default=10_000, help="how many items to make up (default: 10000)")
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
