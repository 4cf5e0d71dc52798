"""A sheet as rows for a program: CSV or TSV, sums in whole yen."""

from collections.abc import Iterator

from search.render.csv import written
from search.render.sheets import YEN, Cell, Column, Sheet


def lines(sheet: Sheet, form: str, excel: bool) -> Iterator[str]:
    """Yield the heads and the rows; `excel` has nothing in them that a spreadsheet would run or take for a number."""
    kept = [position for position, column in enumerate(sheet.columns) if column.kind != "bar"]
    heads = tuple(head(sheet.columns[position]) for position in kept)
    rows = (tuple(_plain(row.cells[position]) for position in kept) for row in sheet.rows)
    yield from written((each for part in ([heads], rows) for each in part), form, excel)


def head(column: Column) -> str:
    """Return the head of a column, with its unit: 「金額（円）」."""
    return f"{column.head}（円）" if column.kind in YEN else column.head


def _plain(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, int) else cell
