"""Papers into an index: how fast, how large."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from statistics import median

from benchmarks.peers import PEERS, Entry
from benchmarks.table import OURS, Row, Value
from index import analysis, indexer
from index.document import Item
from index.store.layout import layout
from index.store.writer import Paper

TIMES_SUDACHI, MOST_MEMORY = 4, 1024  # MiB
TIMES_TANTIVY = 3
MOST_OF_ONE = 2.0  # s, for one paper more
_ADD = """
import sys, time
from pathlib import Path
from index import indexer
began = time.perf_counter()
indexer.add(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]])
took = time.perf_counter() - began
status = Path("/proc/self/status")
most = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else ["0 0 0"]
print(took, int(most[0].split()[1]) / 1024)
"""
_terms = cache(analysis.terms)


def read(paths: Sequence[Path]) -> list[Paper]:
    """Return the papers in some files."""
    return [indexer.read_paper(path) for path in paths]


def entries(papers: Sequence[Paper]) -> list[Entry]:
    """Return the items of some papers as the peers index them."""
    return [_entry(item) for paper in papers for item in paper.items if item.kind != "passage"]


def _entry(item: Item) -> Entry:
    labels = dict.fromkeys(amount.label for amount in item.amounts if amount.label)
    analysed = [_terms(text) for text in (item.name, *labels, item.text, *item.heading_path, item.lead) if text]
    yen = max((amount.yen for amount in item.amounts), default=0)
    body, units = (" ".join(term for each in analysed for term in each[part]) for part in (0, 1))
    return Entry(item.name, body, units, yen)


def measure(
    paths: Sequence[Path],
    papers: Sequence[Paper],
    store: Path,
    folders: dict[str, Path],
    rounds: int,
    *,
    with_target: bool,
) -> list[Row]:
    """Index the papers at `paths`, read as `papers`, anew in each round; leave the indexes of the last one."""
    ready = entries(papers)
    seconds: dict[str, list[float]] = {name: [] for name in (OURS, *PEERS)}
    memory = 0.0
    for _ in range(rounds):
        took, memory = add(store, paths)
        seconds[OURS].append(took)
        for name in PEERS:
            seconds[name].append(_build(name, folders[name], ready))
    speed = Row("indexing, items a second", {name: Value(len(ready) / median(each)) for name, each in seconds.items()})
    alone = _analysing(papers)
    times = Row("… times SudachiPy alone", {OURS: Value(median(seconds[OURS]) / alone)})
    most = Row("… memory, MiB", {OURS: Value(memory)})
    sizes = {name: Value(_size(folder) / 1e6) for name, folder in {OURS: store, **folders}.items()}
    size = Row("size, MB", sizes)
    if with_target:
        times = times._replace(target=f"≤ {TIMES_SUDACHI}", reached=times.ours.middle <= TIMES_SUDACHI)
        most = most._replace(target=f"≤ {MOST_MEMORY}", reached=memory <= MOST_MEMORY)
        size = size._replace(target=f"≤ {TIMES_TANTIVY} × tantivy", reached=size.ratio("tantivy") <= TIMES_TANTIVY)
    return [speed, times, most, size]


def measure_one_more(store: Path, paper: Path, *, with_target: bool) -> Row:
    """Add one paper to a store."""
    row = Row("adding one paper of 250 items, s", {OURS: Value(add(store, [paper], anew=False)[0])})
    if not with_target:
        return row
    return row._replace(target=f"≤ {MOST_OF_ONE:g}", reached=row.ours.middle <= MOST_OF_ONE)


def add(store: Path, papers: Sequence[Path], *, anew: bool = True) -> tuple[float, float]:
    """Return the seconds from papers to a store, in a process of its own, and the MiB that it has had at most."""
    if anew:
        shutil.rmtree(store, ignore_errors=True)
    command = (sys.executable, "-c", _ADD, str(store), *map(str, papers))
    done = subprocess.run(command, cwd=store.parent, stdout=subprocess.PIPE, check=True)
    took, most = map(float, done.stdout.split())
    return took, most


def _build(name: str, folder: Path, ready: Sequence[Entry]) -> float:
    """Return the seconds in which a peer indexes what was read and analysed before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return _timed(lambda: PEERS[name](str(folder)).build(ready))


def _analysing(papers: Sequence[Paper]) -> float:
    """Return the seconds of SudachiPy on every text that the store analyses, each once."""
    from sudachipy import Dictionary, SplitMode

    texts = dict.fromkeys(each.text[:10_000] for paper in papers for each in layout(paper.items).stretches)
    tokenizer = Dictionary(dict="core").tokenizer(mode=SplitMode.C)
    return _timed(lambda: [[each.normalized_form() for each in tokenizer.tokenize(text)] for text in texts])


def _timed(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
