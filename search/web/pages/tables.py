"""A sheet as what a template shows of it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from search.figures import HistoryPage
from search.render.cells import title, words
from search.render.entries import clear
from search.render.sheets import RIGHT, Cell, Column, Row, Sheet, without_empty

if TYPE_CHECKING:
    from markupsafe import Markup

MOST = 300
"""So many rows of a table are shown; the files have all."""

_PLACES = re.compile(r"([\w.-]+):([0-9]+(?:・[0-9]+)*)")

Link = tuple[str, str | None]
"""Words, and the place (文書:行) that they lead to, None where they lead nowhere."""


class Shown(NamedTuple):
    """A cell: `kind` is the class that it is drawn with, `share` how long a bar is, in per cent."""

    kind: str
    links: list[Link]
    share: float | None


class Table(NamedTuple):
    """A sheet: `heads` are its heads with their classes, `cut` is how many rows are not shown."""

    title: str
    heads: list[tuple[str, str]]
    rows: list[tuple[str, list[Shown]]]
    notes: list[str]
    length: int
    cut: int


def table(sheet: Sheet) -> Table:
    """Return a sheet as words with the places to link."""
    sheet = without_empty(sheet)
    return Table(
        title(sheet),
        [(clear(each.head), _kind(each)) for each in sheet.columns],
        [(row.style, _cells(row, sheet.columns)) for row in sheet.rows[:MOST]],
        [clear(note) for note in sheet.notes],
        len(sheet.rows),
        max(0, len(sheet.rows) - MOST),
    )


def drawn(figures: HistoryPage) -> "Markup | None":
    """Return the drawing of a history, None where there is nothing to draw."""
    from search.render.chart import of_history

    return of_history(figures, f"{figures.name}の経緯") if figures.points else None


def places(text: str) -> list[Link]:
    """Return 「monozukuri-2025:25・27 ほか1か所」 cut into words and the places that they name."""
    found: list[Link] = []
    last = 0
    for each in _PLACES.finditer(text):
        paper, lines = each[1], each[2].split("・")
        found += [(text[last : each.start()], None), (f"{paper}:{lines[0]}", f"{paper}:{lines[0]}")]
        for line in lines[1:]:
            found += [("・", None), (line, f"{paper}:{line}")]
        last = each.end()
    return [link for link in (*found, (text[last:], None)) if link[0]]


def _cells(row: Row, columns: Sequence[Column]) -> list[Shown]:
    return [_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True)]


def _cell(cell: Cell, column: Column) -> Shown:
    if column.kind == "bar" and isinstance(cell, int | float):
        return Shown("bar", [], round(min(max(cell, 0), 1) * 100, 1))
    said = words(cell, column)
    return Shown(_kind(column), places(said) if column.kind == "place" else [(said, None)] if said else [], None)


def _kind(column: Column) -> str:
    return "right" if column.kind in RIGHT else column.kind
