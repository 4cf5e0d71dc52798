"""Papers into an index: how fast, how large."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.memory import children, pss
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
import resource, sys, time
from pathlib import Path
from index import indexer
began = time.perf_counter()
indexer.add(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]], jobs=None)
took = time.perf_counter() - began
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(took, sum(each.ru_utime + each.ru_stime for each in used))
"""
_A_LOOK = 0.2  # s, between two looks at the memory
_terms = cache(analysis.terms)


class Added(NamedTuple):
    """What it took to add papers: seconds, those of the processor in all processes, the MiB of all of them at most."""

    seconds: float
    processor: float
    memory: float


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
    added: list[Added] = []
    for _ in range(rounds):
        added.append(add(store, paths))
        seconds[OURS].append(added[-1].seconds)
        for name in PEERS:
            seconds[name].append(_build(name, folders[name], ready))
    speed = Row("indexing, items a second", {name: Value(len(ready) / median(each)) for name, each in seconds.items()})
    alone = _analysing(papers)
    times = Row("… times SudachiPy alone", {OURS: Value(median(seconds[OURS]) / alone)})
    processor = Row("… of processor time", {OURS: Value(median(each.processor for each in added) / alone)})
    memory = max(each.memory for each in added)
    most = Row("… memory of all processes, MiB", {OURS: Value(memory)})
    sizes = {name: Value(_size(folder) / 1e6) for name, folder in {OURS: store, **folders}.items()}
    size = Row("size, MB", sizes)
    if with_target:
        times = times._replace(target=f"≤ {TIMES_SUDACHI}", reached=times.ours.middle <= TIMES_SUDACHI)
        most = most._replace(target=f"≤ {MOST_MEMORY}", reached=memory <= MOST_MEMORY)
        size = size._replace(target=f"≤ {TIMES_TANTIVY} × tantivy", reached=size.ratio("tantivy") <= TIMES_TANTIVY)
    return [speed, times, processor, most, size]


def measure_one_more(store: Path, paper: Path, *, with_target: bool) -> Row:
    """Add one paper to a store."""
    row = Row("adding one paper of 250 items, s", {OURS: Value(add(store, [paper], anew=False).seconds)})
    if not with_target:
        return row
    return row._replace(target=f"≤ {MOST_OF_ONE:g}", reached=row.ours.middle <= MOST_OF_ONE)


def add(store: Path, papers: Sequence[Path], *, anew: bool = True) -> Added:
    """Add papers to a store as the command does: in a process of its own, and in those that it starts."""
    if anew:
        shutil.rmtree(store, ignore_errors=True)
    command = (sys.executable, "-c", _ADD, str(store), *map(str, papers))
    memory = 0.0
    with subprocess.Popen(command, cwd=store.parent, stdout=subprocess.PIPE, text=True) as adding:
        while adding.poll() is None:
            memory = max(memory, _family(adding.pid))
            time.sleep(_A_LOOK)
        assert adding.stdout is not None
        took, processor = map(float, adding.stdout.read().split())
    return Added(took, processor, memory)


def _family(process: int) -> float:
    """Return the memory of a process and those that it has started, in MiB, without those that have just ended."""
    memory = 0.0
    with suppress(OSError):
        for each in (process, *children(process)):
            memory += pss(each)
    return memory


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
