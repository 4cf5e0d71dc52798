"""Tables as data: what every answer about sums is before it becomes text, a spreadsheet or a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Roughly(int):
    """Whole yen of which some are only approximate: shown with 約, a number all the same."""


Cell = str | int | float | None


class Column(NamedTuple):
    """A column of a sheet.

    `kind` is text, wide (running text, which may be wrapped), oku (whole yen, shown exactly in 億円), change (the same
    with its sign), count, number (as it is), share (a fraction, shown in per cent), rate (the same with its sign),
    place (文書:行), date (YYYY-MM-DD), or bar (a share from 0 to 1, drawn for the eye and left out where the reader is
    a program). A cell of any column may be words instead, or None.
    """

    head: str
    kind: str = "text"


class Row(NamedTuple):
    """A row: a cell for each column; `style` is strong for a sum, weak for what is there for completeness, or none."""

    cells: tuple[Cell, ...]
    style: str = ""


class Sheet(NamedTuple):
    """A table with a title above it and notes under it, each of which may be empty.

    `more` says how to see the rest of it, to one who typed a command.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    more: str = ""


def parted(blocks: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of those blocks that have any, with an empty line between them."""
    for position, block in enumerate(each for each in blocks if each):
        if position:
            yield ""
        yield from block


YEN = ("oku", "change")
"""The kinds of columns that hold whole yen."""

RIGHT = (*YEN, "count", "number", "share", "rate")
"""The kinds of columns that are set right."""


def without_empty(sheet: Sheet, *kinds: str) -> Sheet:
    """Return `sheet` without columns that say nothing in any row, and without those of `kinds`."""
    kept = [
        position
        for position, column in enumerate(sheet.columns)
        if column.kind not in kinds and any(row.cells[position] not in (None, "") for row in sheet.rows)
    ]
    rows = tuple(row._replace(cells=tuple(row.cells[each] for each in kept)) for row in sheet.rows)
    return sheet._replace(columns=tuple(sheet.columns[each] for each in kept), rows=rows if kept else ())
