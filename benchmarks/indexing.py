"""Papers into an index: how fast, how large."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from statistics import median

from benchmarks.peers import PEERS, Entry
from benchmarks.table import OURS, Row, Value
from index import analysis, indexer
from index.document import Item
from index.store.layout import layout
from index.store.writer import Paper

ITEMS_A_SECOND = 1000
TIMES_THE_TEXT = 5
_ADD = """
import sys, time
from pathlib import Path
from index import indexer
began = time.perf_counter()
indexer.add(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]])
print(time.perf_counter() - began)
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
    paths: Sequence[Path], store: Path, folders: dict[str, Path], rounds: int, *, with_target: bool
) -> list[Row]:
    """Index papers, anew in each round, and leave the indexes of the last one."""
    papers = read(paths)
    ready = entries(papers)
    seconds: dict[str, list[float]] = {name: [] for name in (OURS, *PEERS)}
    jobs: dict[str, Callable[[], float]] = {OURS: partial(_add, store, paths)}
    for name in PEERS:
        jobs[name] = partial(_build, name, folders[name], ready)
    for _ in range(rounds):
        for name, job in jobs.items():
            seconds[name].append(job())
    speed = Row("indexing, items a second", {name: Value(len(ready) / median(each)) for name, each in seconds.items()})
    whole = median(seconds[OURS])
    shares = [
        Row("… SudachiPy alone, % of the time", {OURS: Value(_analysing(papers) / whole * 100)}),
        Row("… reading the papers, % of the time", {OURS: Value(_timed(lambda: read(paths)) / whole * 100)}),
    ]
    text = sum(path.stat().st_size for path in paths)
    sizes = {name: Value(_size(folder) / text) for name, folder in {OURS: store, **folders}.items()}
    size = Row(f"size, times the text ({text / 1e6:.2f} MB)", sizes)
    if with_target:
        speed = speed._replace(target=f"≥ {ITEMS_A_SECOND:,}", reached=speed.ours.middle >= ITEMS_A_SECOND)
    size = size._replace(target=f"≤ {TIMES_THE_TEXT}", reached=size.ours.middle <= TIMES_THE_TEXT)
    return [speed, *shares, size]


def _add(store: Path, paths: Sequence[Path]) -> float:
    """Return the seconds from papers to a store, in a process of its own: nothing is known from the round before."""
    shutil.rmtree(store, ignore_errors=True)
    command = (sys.executable, "-c", _ADD, str(store), *map(str, paths))
    return float(subprocess.run(command, cwd=store.parent, stdout=subprocess.PIPE, check=True).stdout)


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
