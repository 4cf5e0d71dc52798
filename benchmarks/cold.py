"""A lookup as a whole process: the command as it is installed, the floor, and peers behind the same floor."""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.peers import PEERS
from benchmarks.table import OURS, Row, milliseconds
from index import analysis

FLOOR = "floor"
WORD, MORE_THAN = "蓄電池", "1000億"
YEN = 1000 * 10**8
QUERY = f"{WORD} AND amount>{MORE_THAN}"
MOST = 1.5  # times the floor


def measure(store: Path, folders: dict[str, Path], rounds: int, *, with_target: bool) -> Row:
    """Return how long each process takes from its start to its end, in `rounds` rounds."""
    command = Path(sys.executable).with_name("seisaku.exe" if os.name == "nt" else "seisaku")
    lookup = (sys.executable, str(Path(__file__).with_name("lookup.py")), QUERY)
    terms = " ".join(analysis.terms(WORD)[0])
    commands = {OURS: (str(command), QUERY), FLOOR: lookup}
    for name in PEERS:
        commands[name] = (*lookup, name, str(folders[name]), terms, str(YEN + 1))
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    environment = {**os.environ, "SEISAKU_STORE": str(store)}
    for number in range(-1, rounds):  # the first round fills the caches
        for name, each in commands.items():
            began = time.perf_counter()
            process = subprocess.run(each, env=environment, cwd=store, stdout=subprocess.PIPE)
            if process.returncode > 1:  # 1 is an answer too: nothing found
                raise subprocess.CalledProcessError(process.returncode, each)
            if number >= 0:
                seconds[name].append(time.perf_counter() - began)
    row = Row(f"`seisaku '{QUERY}'`, ms", {name: milliseconds(each) for name, each in seconds.items()})
    if not with_target:
        return row
    return row._replace(target=f"≤ {MOST} × floor", reached=row.ratio(FLOOR) <= MOST)
