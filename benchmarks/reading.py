"""Papers of other kinds: how long a large one takes from its file to the store, and how much memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import book, review

PAGES, PROGRAMMES = 600, 5_000
BOOK_SECONDS, BOOK_MB = 40, 300
REVIEW_SECONDS = 15

_CHILD = """
import resource, sys
from pathlib import Path
from index import indexer
if __name__ == "__main__":
    report = indexer.add(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]], jobs=None)
    counts = [each.counts for each in report.entries if each.counts]
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(sum(each.items for each in counts), sum(each.amounts for each in counts), peak, *report.faults)
"""
_LAUNCH = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"


def measure(work: Path) -> Iterator[str]:
    """Yield the lines of a table of what is measured; the files are made in the folder `work`."""
    book.write(work / "book.pdf", PAGES)
    (work / "review").mkdir()
    sheets = review.write(work / "review", PROGRAMMES)
    yield "### large papers of other kinds, from the file to a store of its own, in a new process"
    yield ""
    yield "| paper | items | amounts | seconds | MB | target |"
    yield "| --- | --: | --: | --: | --: | --- |"
    made = f"a budget book in PDF of {PAGES} pages (benchmarks/book.py)"
    yield _row(made, work, [work / "book.pdf"], BOOK_SECONDS, BOOK_MB)
    made = f"{PROGRAMMES:,} programmes of review sheets in two ZIPs (benchmarks/review.py)"
    yield _row(made, work, sheets, REVIEW_SECONDS, None)


def _row(name: str, work: Path, papers: Sequence[Path], most_seconds: int, most_mb: int | None) -> str:
    """Return a row: what a paper took, against its targets."""
    script = work / "add.py"
    script.write_text(_CHILD, encoding="utf-8")
    command = [sys.executable, "-I", "-S", "-c", _LAUNCH]  # a process begins with the memory of the one that starts it
    command += [sys.executable, str(script), str(work / f"{papers[0].stem}-store"), *map(str, papers)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    began = time.perf_counter()
    said = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True, env=environment).stdout
    seconds = time.perf_counter() - began
    items, amounts, peak, *faults = said.split(maxsplit=3)
    if faults:
        raise RuntimeError(faults[0])
    reached = seconds <= most_seconds and (most_mb is None or int(peak) <= most_mb)
    target = f"≤ {most_seconds} s" + (f", ≤ {most_mb} MB" if most_mb else "")
    verdict = "reached" if reached else "**missed**"
    return f"| {name} | {int(items):,} | {int(amounts):,} | {seconds:.1f} | {peak} | {target}: {verdict} |"
