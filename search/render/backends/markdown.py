"""Sheets as tables of Markdown."""

import re
from collections.abc import Iterable, Iterator

from search.render.cells import title, words
from search.render.entries import clear
from search.render.sheets import RIGHT, Column, Row, Sheet, parted, without_empty

MARKUP = r"[\\`*_<>\[\]|~&$]"
IN_HEADING = r"[\\`*_<\[\]~$]|&(?=#?[0-9A-Za-z]+;)|#(?=#*$)"
"""What is markup in a heading, where nothing is a quotation or a cell: 「amount>=1000億 & M&A」 is as it stands."""


def lines(sheets: Iterable[Sheet], width: int | None, colour: bool, level: str = "###") -> Iterator[str]:
    """Yield each sheet as a heading, a table and a list of notes, with an empty line between them."""
    return parted(block for sheet in sheets for block in _blocks(without_empty(sheet, "bar"), level))


def escaped(text: str) -> str:
    """Return `text` with a backslash before what Markdown would take for markup, on one line."""
    return re.sub(MARKUP, r"\\\g<0>", clear(text))


def heading(text: str) -> str:
    """Return `text` as the words of a heading, with no more backslashes than it takes."""
    return re.sub(IN_HEADING, r"\\\g<0>", clear(text).strip())


def _blocks(sheet: Sheet, level: str) -> Iterator[list[str]]:
    """Yield the heading, the table and the notes of a sheet; the parts that it lacks are empty."""
    yield [f"{level} {escaped(title(sheet))}"] if sheet.title else []
    yield list(_table(sheet)) if sheet.rows else []
    yield [f"- {escaped(note)}" for note in sheet.notes]


def _table(sheet: Sheet) -> Iterator[str]:
    yield _line(escaped(column.head) for column in sheet.columns)
    yield _line("---:" if column.kind in RIGHT else "---" for column in sheet.columns)
    for row in sheet.rows:
        yield _line(_cell(row, position, column) for position, column in enumerate(sheet.columns))


def _cell(row: Row, position: int, column: Column) -> str:
    text = escaped(words(row.cells[position], column)).strip()
    return f"**{text}**" if text and row.style == "strong" else text


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
