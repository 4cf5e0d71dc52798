"""Results and items as tables: one for the eye for each group, one for a workbook."""

from collections.abc import Iterable, Iterator

from index.document import Item
from search.render.csv import GROUP, HEADS, item_rows, page_rows
from search.render.entries import Entry, by_group, of_hit, of_item, repeats
from search.render.sheets import Cell, Column, Row, Sheet
from search.render.words import group_head
from search.results import Hit, ResultPage

SHOWN = (Column("金額（億円）", "number"), Column("意味"), Column("名称", "wide"), Column("出典", "place"))
REASON = Column("理由", "wide")
KINDS = {"金額（円）": "oku", "前年度差（円）": "change", "名称": "wide", "見出し階層": "wide", "原文": "wide"}


def flat(page: ResultPage) -> Sheet:
    """Return a row for each amount that answered, one for an item without any."""
    return Sheet("検索結果", (Column(GROUP), *_columns()), tuple(map(Row, page_rows(page))), (f"検索式：{page.query}",))


def of_items(document: str, items: Iterable[Item]) -> Sheet:
    """Return a row for each amount of a document, one for an item without any."""
    return Sheet(document, _columns(), tuple(map(Row, item_rows(items))))


def sheets(page: ResultPage) -> Iterator[Sheet]:
    """Yield a table for each group of hits: a row an amount that answered, with the reason where it is not certain."""
    for group, hits in by_group(page):
        reasons = group != "certain"
        rows = tuple(Row(row) for hit in hits for row in _hit_rows(hit, reasons))
        yield Sheet(group_head(group, page.counts[group]), (*SHOWN, REASON) if reasons else SHOWN, rows)


def items_sheet(items: Iterable[Item]) -> Sheet:
    """Return a table with a row for each amount, as `sheets` has it."""
    return Sheet("", SHOWN, tuple(Row(cells) for item in items for cells in _cells(of_item(item))))


def _hit_rows(hit: Hit, reasons: bool) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each amount of a hit, the folded repeats beside the place in the first."""
    folded = f"（{repeats(hit)}）" if hit.repeats else ""
    for oku, meaning, name, place in _cells(of_hit(hit)):
        yield (oku, meaning, name, f"{place}{folded}", *([hit.reason] if reasons else []))
        folded = ""


def _cells(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of each amount of an entry, its label behind the name."""
    for run in entry.runs:
        name = entry.name.text + (f" └ {run.label.text}" if run.label else "")
        for each in run.sums:
            yield each.oku, each.meaning, name, entry.place


def _columns() -> tuple[Column, ...]:
    return tuple(Column(head.removesuffix("（円）"), KINDS.get(head, "text")) for head in HEADS)
