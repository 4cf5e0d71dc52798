"""How much memory a lookup takes, and a process that has answered every kind of query."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cold import QUERY
from benchmarks.table import OURS, Row, Value
from benchmarks.warm import PAGE_OF, SAFE, Draw

MOST_OF_A_LOOKUP, MOST_OF_A_SERVER = 150, 500  # MB
_SERVE = """
import sys
from pathlib import Path
from search import Searcher
searcher = Searcher.open(Path(sys.argv[1]))
for line in sys.stdin.read().splitlines():
    how, sort, text = line.split("\\t")
    if how == "search":
        searcher.search(text, limit=10, sort=sort)
    else:
        getattr(searcher, how)(text)
"""
LAUNCH = """
import os, sys
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, used = os.wait4(process, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) > 1)  # 1 is an answer too: nothing found
"""
"""Starts a command, prints the KiB that it had at most. A process begins with the memory of the one that starts it."""


def measure(store: Path, draw: Draw, *, with_target: bool) -> list[Row]:
    """Return the memory of a lookup, and of a process that has answered all queries that are drawn, with their sums."""
    lookup = _most((str(Path(sys.executable).with_name("seisaku")), "--store", str(store), QUERY), "")
    drawn = draw.all()
    asked = [f"search\t{query.sort}\t{query.text}" for queries in drawn.values() for query in queries]
    asked += [f"{how}\t\t{query.text}" for query in drawn[PAGE_OF][:SAFE] for how in ("facets", "points", "total")]
    served = _most((sys.executable, "-c", _SERVE, str(store)), "\n".join(asked))
    rows = []
    for job, value, most in (
        ("a lookup", lookup, MOST_OF_A_LOOKUP),
        ("a process that has answered all of the above", served, MOST_OF_A_SERVER),
    ):
        row = Row(f"memory of {job}, MB", {OURS: Value(value)})
        rows.append(row._replace(target=f"≤ {most}", reached=value <= most) if with_target else row)
    return rows


def _most(command: Sequence[str], given: str) -> float:
    """Return the most memory that a process has had, in MB."""
    launched = (sys.executable, "-I", "-S", "-c", LAUNCH, *command)
    done = subprocess.run(launched, input=given.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return int(done.stdout) * 1024 / 1e6


def children(process: int) -> list[int]:
    """Return the processes that a process has started, from whichever of its threads."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(each) for task in tasks for each in task.read_text().split()]


def pss(process: int) -> float:
    """Return the memory of a process in MiB; what is shared counts in parts."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
