"""The papers of these tests, what is done to a store with them, and all that a store says."""

import gc
from collections.abc import Callable
from pathlib import Path

from index import indexer, store
from index.errors import StoreError
from search import Searcher
from tests.made import sentence

QUERIES = ("事業", "蓄電池 OR 水素", "amount>3億", "第1版", "第2版", "段階:当初 -水素", "電池")
NAMES = ("甲", "乙", "丙")


def paper_file(folder: Path, name: str, version: int) -> Path:
    """Write a version of a paper, every item of which says which it is; return its file."""
    rows = [
        f"{number}. {name}の{what}事業 第{version}版 {version * 10 + number}億円（{version}億円の内数）"
        for number, what in enumerate(("蓄電池", "水素", "半導体"), 1)
    ]
    file, text = folder / f"{name}.txt", "\n".join([f"{name}省 令和6年度 当初予算の概要", "", *rows, ""])
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return file


def begin(path: Path, papers: Path) -> None:
    """Make a store of the first versions of two papers."""
    papers.mkdir(exist_ok=True)
    indexer.add(path, [paper_file(papers, name, 1) for name in NAMES[:2]])


def add(path: Path, papers: Path) -> None:
    indexer.add(path, [paper_file(papers, "丙", 1)])


def replace(path: Path, papers: Path) -> None:
    indexer.add(path, [paper_file(papers, name, 2) for name in NAMES[:2]])


def remove(path: Path, papers: Path) -> None:
    indexer.remove(path, ["乙"])


def rebuild(path: Path, papers: Path) -> None:
    indexer.build(path)


DEEDS: dict[str, Callable[[Path, Path], None]] = {
    "begin": begin,
    "add": add,
    "replace": replace,
    "remove": remove,
    "rebuild": rebuild,
}
"""What is done to a store; all but the first to one that `begin` made."""


def said(path: Path) -> str:
    """Return all that a store says: papers, items, lines, and what it answers. Raises StoreError."""
    try:
        return all_said(Searcher.open(path))
    finally:
        gc.collect()  # a searcher knows itself; while it is open, its generation is not swept away


def all_said(searcher: Searcher) -> str:
    """Return all that a searcher says, in an order that depends on nothing but the papers."""
    rows: list[str] = []
    generation = searcher.catalog.columns.path.parent
    for about in sorted(searcher.documents(), key=lambda each: each.id):
        rows += [repr((about.id, about.title, about.year)), *map(repr, searcher.items(about.id))]
        rows += [repr(store.paper(searcher.path, about.id, generation).lines), repr(searcher.remainders(about.id))]
    for query in QUERIES:
        page = searcher.search(query, limit=None)
        rows += [f"{query} {page.counts} {page.amounts}"]
        rows += sorted(repr((hit.group, hit.item.place, hit.matched, hit.reason)) for hit in page.hits)
        totals = searcher.total(query).totals
        rows += [repr((each.years, each.stage, each.yen)) for each in totals]
    return "\n".join(rows)


def sentence_of(work: Callable[[], object]) -> str:
    """Return the one sentence in which `work` is refused, nothing if it is not."""
    try:
        work()
    except StoreError as error:
        return sentence(error)
    return ""
