"""A lookup as a whole process: the command as it is installed, the floor, and peers behind the same floor."""

import os
import subprocess
import sys
import time
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.peers import PEERS
from benchmarks.table import OURS, Row, Value, milliseconds
from index import analysis

Name = TypeVar("Name", bound=Hashable)

FLOOR = "floor"
WORD, MORE_THAN = "蓄電池", "1000億"
YEN = 1000 * 10**8
QUERY = f"{WORD} AND amount>{MORE_THAN}"
MOST = 1.5  # times the floor
SEARCH = (WORD,)
COMMANDS = (
    ("total", WORD),
    ("facets", WORD),
    ("history", "蓄電池の製造サプライチェーン強靱化支援事業"),
    ("programmes", WORD),
    ("reconcile", "meti-request-2024"),
    ("compare", "meti-request-2024"),
    ("suggest", "蓄電"),
    ("brief", WORD),
)
"""What is asked of the papers in seeds/ besides hits."""
MOST_OF_A_SEARCH = 1.3  # times a plain search


def measure(store: Path, folders: dict[str, Path], rounds: int, *, large: bool) -> Row:
    """Return how long each process takes from its start to its end, in `rounds` rounds.

    On the papers in seeds/ the floor sets the target, on large corpora FTS5 behind the same floor.
    """
    lookup = (sys.executable, str(Path(__file__).with_name("lookup.py")), QUERY)
    terms = " ".join(analysis.terms(WORD)[0])
    commands = {OURS: (_command(), QUERY), FLOOR: lookup}
    for name in PEERS:
        commands[name] = (*lookup, name, str(folders[name]), terms, str(YEN + 1))
    seconds = _in_turns(commands, store, rounds)
    row = Row(f"`seisaku '{QUERY}'`, ms", {name: milliseconds(each) for name, each in seconds.items()})
    if large:
        return row._replace(target="≤ FTS5", reached=row.ratio("FTS5") <= 1)
    return row._replace(target=f"≤ {MOST} × floor", reached=row.ratio(FLOOR) <= MOST)


def measure_commands(store: Path, rounds: int) -> Iterator[Row]:
    """Yield for each other command how much longer it takes than a search of the same store, the papers in seeds/."""
    command = _command()
    commands = {each: (command, *each) for each in (SEARCH, *COMMANDS)}
    middle = {each: median(seconds) for each, seconds in _in_turns(commands, store, rounds).items()}
    for each in COMMANDS:
        ratio = middle[each] / middle[SEARCH]
        job = f"`seisaku {' '.join(each)}`, times `seisaku {WORD}`"
        yield Row(job, {OURS: Value(ratio)}, f"≤ {MOST_OF_A_SEARCH}", ratio <= MOST_OF_A_SEARCH)


def _command() -> str:
    return str(Path(sys.executable).with_name("seisaku.exe" if os.name == "nt" else "seisaku"))


def _in_turns(commands: Mapping[Name, Sequence[str]], store: Path, rounds: int) -> dict[Name, list[float]]:
    """Return the seconds of each command as a whole process, one after the other in each round."""
    seconds: dict[Name, list[float]] = {name: [] for name in commands}
    environment = {**os.environ, "SEISAKU_STORE": str(store)}
    for number in range(-1, rounds):  # the first round fills the caches
        for name, each in commands.items():
            began = time.perf_counter()
            process = subprocess.run(each, env=environment, cwd=store, stdout=subprocess.PIPE)
            if process.returncode > 1:  # 1 is an answer too: nothing found
                raise subprocess.CalledProcessError(process.returncode, each)
            if number >= 0:
                seconds[name].append(time.perf_counter() - began)
    return seconds
