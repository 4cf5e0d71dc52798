"""Results and items as one table for a workbook."""

from collections.abc import Iterable

from index.document import Item
from search.render.csv import GROUP, HEADS, item_rows, page_rows
from search.render.sheets import Column, Row, Sheet
from search.results import ResultPage

KINDS = {"金額（円）": "oku", "前年度差（円）": "change", "名称": "wide", "見出し階層": "wide", "原文": "wide"}


def flat(page: ResultPage) -> Sheet:
    """Return a row for each amount that answered, one for an item without any."""
    return Sheet("検索結果", (Column(GROUP), *_columns()), tuple(map(Row, page_rows(page))), (f"検索式：{page.query}",))


def of_items(document: str, items: Iterable[Item]) -> Sheet:
    """Return a row for each amount of a document, one for an item without any."""
    return Sheet(document, _columns(), tuple(map(Row, item_rows(items))))


def _columns() -> tuple[Column, ...]:
    return tuple(Column(head.removesuffix("（円）"), KINDS.get(head, "text")) for head in HEADS)
