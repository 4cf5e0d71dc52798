"""What was measured as a Markdown table, for the screen and for README.md."""

import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results -->\n", "<!-- end of results -->\n"
OURS = "seisaku"
_COUNTED = re.compile(r" \([^()]* hits\)")
PACKAGES = ("seisaku", "whoosh3", "SudachiPy", "sudachidict-core", "click", "tantivy")


class Value(NamedTuple):
    """A measured value: its middle, and where there were many the one that 95 of 100 stay under."""

    middle: float
    p95: float | None = None

    def __str__(self) -> str:
        return _short(self.middle) + (f" / {_short(self.p95)}" if self.p95 is not None else "")


class Row(NamedTuple):
    """One job with its value for each engine; `target` is what it has to reach, `reached` whether it did."""

    job: str
    values: Mapping[str, Value]
    target: str = ""
    reached: bool | None = None

    @property
    def ours(self) -> Value:
        """What seisaku took."""
        return self.values[OURS]

    def ratio(self, peer: str) -> float:
        """Return ours divided by a peer's."""
        return self.ours.middle / self.values[peer].middle


def milliseconds(seconds: Sequence[float]) -> Value:
    """Return the median and p95 of many times, in milliseconds."""
    ordered = sorted(seconds)
    return Value(median(ordered) * 1e3, ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)] * 1e3)


def render(corpus: str, rows: Iterable[Row], engines: Sequence[str]) -> str:
    """Return the table of one corpus; a ratio is seisaku's value divided by the other's."""
    others = [each for each in engines if each != OURS]
    heads = ["job", *engines, *(f"÷ {each}" for each in others), "target"]
    lines = [f"### {corpus}", "", _line(heads), _line(["---", *["--:"] * (len(heads) - 2), "---"])]
    for row in rows:
        values = [str(row.values.get(each, "")) for each in engines]
        ratios = [f"{row.ratio(each):.2f}" if OURS in row.values and each in row.values else "" for each in others]
        lines.append(_line([row.job, *values, *ratios, _verdict(row)]))
    return "\n".join(lines) + "\n"


def growth(grown: "Mapping[str, Sequence[Row]]") -> str:
    """Return what seisaku takes for each job at each number of items."""
    jobs: dict[str, dict[str, str]] = {}
    for size, rows in grown.items():
        for row in rows:
            jobs.setdefault(_COUNTED.sub("", row.job), {})[size] = str(row.ours)
    lines = ["### what seisaku takes as the items grow", "", _line(["job", *(f"{size} items" for size in grown)])]
    lines.append(_line(["---", *["--:"] * len(grown)]))
    lines += [
        _line([job, *(values.get(size, "") for size in grown)]) for job, values in jobs.items() if len(values) > 1
    ]
    return "\n".join(lines) + "\n"


def circumstances() -> str:
    """Return when, on what machine and with which versions this runs."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    versions = [f"{each} {version(each)}" for each in PACKAGES] + [f"SQLite {sqlite3.sqlite_version}"]
    return (
        f"{date.today()}, {_processor()}, {os.cpu_count()} cores{load}; {platform.system()}, "
        f"Python {sys.version.split()[0]}, {', '.join(versions)}.\n"
    )


def put_into_readme(results: str, begin: str = BEGIN, end: str = END) -> None:
    """Replace what stands between two marks in README.md."""
    before, _, rest = README.read_text(encoding="utf-8").partition(begin)
    behind = rest.partition(end)[2]
    README.write_text(f"{before}{begin}\n{results}\n{end}{behind}", encoding="utf-8")


def _processor() -> str:
    """Return the model of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def _verdict(row: Row) -> str:
    return row.target if row.reached is None else f"{row.target}: {'reached' if row.reached else '**missed**'}"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are ready, the first column set left and the others right."""
    lines = [_line(heads), _line(["---", *["--:"] * (len(heads) - 1)]), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
