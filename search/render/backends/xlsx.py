"""Sheets as an XLSX workbook, in which every sum is a number and nothing is a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple

from index.errors import Failure
from index.text import display_width
from search.render.csv import clean
from search.render.sheets import YEN, Cell, Row, Sheet

MOST_EXACT = 10**15 - 1
"""A spreadsheet keeps fifteen digits of a number; a sum of more is written as text, to the yen."""

OKU = 10**8
MOST_TEXT = 32_767
RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text begins with that a spreadsheet would run once someone edits the cell, unless it is marked as quoted."""

FORBIDDEN = r"[\[\]:*?/\\']"
NARROWEST, WIDEST = 6, 60
YEN_FORMAT, CHANGE_FORMAT, COUNT_FORMAT, SHARE_FORMAT, DATE_FORMAT = (
    *("#,##0", "+#,##0;-#,##0;0", "#,##0", "0.0%", "yyyy-mm-dd"),
)
INSTALL = "pip install 'seisaku[xlsx]'"
TOO_LONG = f"{len(str(MOST_EXACT))}桁を超える金額は、桁が失われないように文字として書いてある"
CUT = f"{MOST_TEXT:,}字を超える文は、表計算ソフトの上限のため途中で切ってある"


class Value(NamedTuple):
    """What a cell of a workbook holds, and the number format that shows it."""

    value: str | float | date | None
    format: str = "General"


class Head(NamedTuple):
    """A column of a workbook: its head, its kind, and the column of the sheet that it shows."""

    text: str
    kind: str
    source: int


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook with a page for each of `sheets`."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(_named(sheet.title, book.sheetnames)), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def heads_of(sheet: Sheet) -> list[Head]:
    """Return the columns of a workbook: a sum stands in 億円, as it is spoken of, and to the yen beside that.

    No number format divides by 億: a comma in one divides by a thousand.
    """
    found = []
    for source, (text, kind) in enumerate(sheet.columns):
        if kind in YEN:
            found += [Head(f"{text}（億円）", f"{kind} scaled", source), Head(f"{text}（円）", kind, source)]
        elif kind != "bar":
            found.append(Head(text, kind, source))
    return found


def value_of(cell: Cell, kind: str) -> Value:
    """Return what a cell holds; words are always a text, and a sum that is too long for a number is one too."""
    match cell, kind:
        case str(), "date":
            return _date(cell)
        case None | str(), _:
            return Value(cell)
        case int(), "oku scaled" | "change scaled":
            return Value(cell / OKU, _scaled(cell, kind)) if abs(cell) <= MOST_EXACT else Value(None)
        case int(), _ if abs(cell) > MOST_EXACT:
            return Value(str(int(cell)))
        case int(), "oku" | "change":
            return Value(int(cell), YEN_FORMAT if kind == "oku" else CHANGE_FORMAT)
        case _, "share" | "rate":
            return Value(cell, SHARE_FORMAT)
        case _, "count":
            return Value(cell, COUNT_FORMAT)
    return Value(cell)


def _scaled(yen: int, kind: str) -> str:
    """Return the format that shows a sum in 億円 with all the digits it has, and 約 where it is approximate."""
    rest = f"{abs(yen) % OKU:08d}".rstrip("0")
    digits = "#,##0" + (f".{'0' * len(rest)}" if rest else "")
    if kind == "change scaled":
        return f"+{digits};-{digits};0"
    return digits if type(yen) is int else f'"約"{digits}'


def _date(text: str) -> Value:
    try:
        return Value(date.fromisoformat(text), DATE_FORMAT)
    except ValueError:  # 「2023年8月」
        return Value(text)


def _fill(page: Any, sheet: Sheet) -> None:
    """Write the heads, the rows and the notes of a sheet into a page of a workbook."""
    heads = heads_of(sheet)
    _write(page, 1, [Value(head.text) for head in heads], bold=True)
    for number, row in enumerate(sheet.rows, 2):
        values = [value_of(row.cells[head.source], head.kind) for head in heads]
        _write(page, number, values, bold=row.style == "strong")
    for number, note in enumerate(_notes(sheet), len(sheet.rows) + 3):
        _write(page, number, [Value(note)])
    page.freeze_panes = "A2"
    if sheet.rows:
        page.auto_filter.ref = page.cell(1, 1).coordinate + f":{page.cell(len(sheet.rows) + 1, len(heads)).coordinate}"
    for position, head in enumerate(heads, 1):
        page.column_dimensions[page.cell(1, position).column_letter].width = _width(head, sheet.rows)


def _notes(sheet: Sheet) -> Iterator[str]:
    """Yield the notes of a sheet, and what its cells could not say."""
    yield from sheet.notes
    cells = [cell for row in sheet.rows for cell in row.cells]
    if any(isinstance(cell, int) and abs(cell) > MOST_EXACT for cell in cells):
        yield TOO_LONG
    if any(isinstance(cell, str) and len(cell) > MOST_TEXT for cell in cells):
        yield CUT


def _write(page: Any, number: int, values: Sequence[Value], *, bold: bool = False) -> None:
    from copy import copy

    for position, (value, form) in enumerate(values, 1):
        if value is None:
            continue
        cell = page.cell(number, position)
        if isinstance(value, str):
            _write_text(cell, value)
        else:
            cell.value = value
        cell.number_format = form
        if bold:
            font = copy(cell.font)
            font.b = True
            cell.font = font


def _write_text(cell: Any, text: str) -> None:
    """Put words into a cell as words, whatever they look like: 「=1+1」, 「#N/A」, 「-3」."""
    cell.value = _clean(text)[:MOST_TEXT]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RUN)


def _width(head: Head, rows: Sequence[Row]) -> int:
    """Return how wide a column must be for what is in it, within reason."""
    widest = max((display_width(_shown(row.cells[head.source], head.kind)) for row in rows), default=0)
    return min(WIDEST, max(NARROWEST, widest, display_width(head.text)) + 2)


def _shown(cell: Cell, kind: str) -> str:
    if isinstance(cell, int) and kind in (*YEN, "count"):
        return f"{cell:+,}"
    return "" if cell is None else str(cell)[:WIDEST]


def _named(title: str, taken: Sequence[str]) -> str:
    """Return a name for a page that a workbook allows: 31 characters, none of its signs, not twice the same."""
    name = " ".join(re.sub(FORBIDDEN, " ", _clean(title)).split())[:31].strip() or "注記"
    used = {each.casefold() for each in taken}
    others = (f"{name[: 31 - len(str(number)) - 1]} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *others) if each.casefold() not in used)


def _clean(text: str) -> str:
    """Return `text` with a mark for what XML cannot hold, and a space for what controls."""
    return re.sub("[\ufffe\uffff]", "\ufffd", clean(text))


def _openpyxl() -> Any:
    try:
        return import_module("openpyxl")
    except ModuleNotFoundError as error:
        raise Failure(f"XLSX を書き出すには openpyxl が要ります。{INSTALL} で入れてください。") from error
