"""The lines of an Excel workbook: a heading for each sheet, its table as rows, each sheet a page.

openpyxl reads the cells, one row at a time: a workbook of a million cells as a whole would take ten times the memory.
What it leaves out then (merged cells, what is hidden, formulas without results) and text boxes are read beside it.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from index.document import Line
from index.errors import PaperError, shown
from index.notice import notice
from index.readers import excel_format
from index.readers.grid import MOST_COLUMNS, Grid, lines_of
from index.readers.lines import MAX_CELLS, Text, numbered, one_line
from index.readers.package import Family, opened
from index.readers.pictures import PICTURE, may_hold_text, unread

_PARTS = ("worksheet", "sharedStrings", "styles", "drawing")
EXCEL = Family("Excel のブック（.xlsx）", "workbook", "spreadsheetml.sheet", _PARTS)
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CELL_WIDTH, _CELL_HEIGHT = 600_000, 240_000
"""About the size of a cell in English Metric Units, where a picture only says which cells it covers."""

MAX_EMPTY = 2_000_000
"""How many cells may be there for their looks alone."""

_LAST_ROW = 1_048_576
_C, _V, _F, _ROW, _COL, _MERGE = (f"{S}{name}" for name in ("c", "v", "f", "row", "col", "mergeCell"))
_TRUE = ("1", "true")
_DEFAULT_NAME = re.compile("(?:Sheet|シート|ワークシート)[ 　]*[0-9０-９]*", re.IGNORECASE)
_TITLE = re.compile(r"(?!第[0-9０-９一二三四五六七八九十])(?![一二三四五六七八九十]+[、.．])[^\W\d_][^。|]{1,39}")
_NO_TITLE = re.compile(r"単位|[0-9０-９][十百千万億兆]*円|年[0-9０-９ ]+月[0-9０-９ ]+日")
_LONGEST_LIST = 40


@dataclass(slots=True)
class _Sheet:
    """What is known of a sheet while it is read; `uncounted` are the formulas whose results were not saved.

    Of a `wide` one only so many columns are read: openpyxl fills each row with cells up to its last.
    """

    name: str
    grid: Grid = field(default_factory=Grid)
    hidden_rows: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    wide: bool = False


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the workbook at `path`; formulas are the results that were saved with them."""
    with opened(path, EXCEL) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl would not write again is nothing that a reader misses
        reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        with redirect_stdout(None):  # of styles that are not there it prints a line
            reader.read()
        return numbered(path, _Book(path, reader).texts())


class _Book:
    """Goes through the sheets of one workbook in order, counting its cells."""

    def __init__(self, path: Path, reader: Any) -> None:
        self.path = path
        self.reader = reader
        self.from_1904 = reader.wb.epoch == CALENDAR_MAC_1904
        self.cells = self.empty = 0

    def texts(self) -> Iterator[Text]:
        """Yield the lines of each sheet: its title, its name, its rows, the boxes that float above it."""
        sheets = iter(self.reader.wb.worksheets)
        for page, (about, relation) in enumerate(self.reader.parser.find_sheets(), 1):
            part = relation.target
            if part not in self.reader.valid_files:
                continue
            sheet = _Sheet(one_line(about.name))
            self.mark(sheet, part)
            self.fill(sheet, next(sheets))
            lines = [*_uncounted(sheet), *lines_of(sheet.grid), *self.boxes(sheet, part)]
            if any(lines):
                yield from (Text(line, page) for line in _titled(sheet, lines, about.state, page == 1))

    def fill(self, sheet: _Sheet, source: Any) -> None:
        """Read the cells of a sheet, whatever it says of its size."""
        source.reset_dimensions()
        for row in source.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS if sheet.wide else None):
            for cell in row:
                if cell.value is not None:
                    sheet.grid.put(cell.row, cell.column, self.words(cell))
        sheet.grid.spans = list(_spans(sheet))

    def words(self, cell: Any) -> str:
        """Return what a cell shows."""
        match cell.value:
            case bool():
                return str(cell.value).upper()
            case int() | float():
                return excel_format.shown(repr(cell.value), _format(cell), from_1904=self.from_1904)
            case date() | time() | timedelta():
                serial = to_excel(cell.value, self.reader.wb.epoch)  # type: ignore[no-untyped-call]  # no types in the stubs
                return excel_format.shown(repr(serial), _format(cell, "yyyy-mm-dd"), from_1904=self.from_1904)
            case _:
                return str(cell.value)

    def mark(self, sheet: _Sheet, part: str) -> None:
        """Note what is merged and hidden in a sheet, and which formulas have no result."""
        at = 0
        with self.reader.archive.open(part) as stream:
            for _, each in ET.iterparse(stream):
                if each.tag == _C and each.find(_F) is not None and not each.findtext(_V) and each.get("t") != "str":
                    sheet.uncounted.append(each.get("r") or f"{at + 1}行")
                elif each.tag == _ROW:
                    at = int(each.get("r") or at + 1)
                    sheet.hidden_rows += [str(at)] if each.get("hidden") in _TRUE else []
                    self.count(sheet, each)
                    each.clear()
                elif each.tag == _COL and each.get("hidden") in _TRUE:
                    first, last = int(each.get("min", 1)), int(each.get("max", 1))
                    sheet.hidden_columns += map(get_column_letter, range(first, min(last, first + _LONGEST_LIST) + 1))
                elif each.tag == _MERGE:
                    sheet.merged.append(each.get("ref", ""))

    def count(self, sheet: _Sheet, row: ET.Element) -> None:
        """Count the cells of a row, with words and without."""
        filled = sum(map(bool, map(len, row)))
        self.cells += filled
        self.empty += len(row) - filled
        if self.cells > MAX_CELLS or self.empty > MAX_EMPTY:
            raise PaperError(
                f"{shown(self.path)} のセルが{MAX_CELLS:,}個を超えていますので、分けてから指定してください"
            )
        letters = row[-1].get("r", "").rstrip("0123456789") if len(row) else ""
        sheet.wide |= bool(letters) and column_index_from_string(letters) > MOST_COLUMNS

    def boxes(self, sheet: _Sheet, part: str) -> Iterator[str]:
        """Yield the paragraphs of the text boxes of a sheet, and what there is to say of its pictures."""
        listed = get_rels_path(part)  # type: ignore[no-untyped-call]  # no types in the stubs
        relations = get_dependents(self.reader.archive, listed) if listed in self.reader.valid_files else ()
        for drawing in (each.target for each in relations if each.target in self.reader.valid_files):
            tree = ET.fromstring(self.reader.archive.read(drawing))
            for each in tree.iter(f"{A}p"):
                yield one_line("".join(text.text or "" for text in each.iter(f"{A}t")))
            for anchor in tree:
                yield from _pictures(sheet, anchor)


def _pictures(sheet: _Sheet, anchor: ET.Element) -> Iterator[str]:
    """Yield the line that tells of the pictures that hang on one cell, if they are large enough to hold text."""
    about = [each.find(f"{XDR}nvPicPr/{XDR}cNvPr") for each in anchor.iter(f"{XDR}pic")]
    if not about:
        return
    columns, rows = ([int(each.text or 0) for each in anchor.iter(f"{XDR}{name}")] for name in ("col", "row"))
    sizes = [(int(each.get("cx", 0)), int(each.get("cy", 0))) for each in anchor.iter() if each.get("cx")]
    covered = (
        [((columns[-1] - columns[0]) * _CELL_WIDTH, (rows[-1] - rows[0]) * _CELL_HEIGHT)] if columns and rows else []
    )
    if may_hold_text(*next((each for each in (*sizes, *covered) if all(each)), (0, 0))):
        cell = f"{get_column_letter(columns[0] + 1)}{rows[0] + 1} にある" if columns and rows else ""
        said = next((each.get("descr") for each in about if each is not None and each.get("descr")), "")
        yield unread([PICTURE] * len(about), f"シート「{sheet.name}」の {cell}", said)


def _format(cell: Any, general: str = "General") -> str:
    """Return the number format of a cell; one that is known by its number is what Japanese Excel takes it for."""
    try:
        code = str(excel_format.BUILT_IN.get(cell.style_array.numFmtId) or cell.number_format)
    except IndexError:  # the workbook has no such style
        return general
    return general if code == "General" else code


def _titled(sheet: _Sheet, lines: Sequence[str], state: str, first: bool) -> Iterator[str]:
    """Yield the lines of a sheet below its name; titles in it stand under the name, but the workbook's above."""
    notes = ["非表示のシート"] if state in ("hidden", "veryHidden") else []
    notes += [f"非表示の行 {_listed(sheet.hidden_rows)}"] if sheet.hidden_rows else []
    notes += [f"非表示の列 {_listed(sheet.hidden_columns)}"] if sheet.hidden_columns else []
    name = "" if _DEFAULT_NAME.fullmatch(sheet.name) and not notes else sheet.name
    heading = f"# {name}（{'、'.join(notes)}）" if notes else f"# {name}"
    begun = not name
    for at, line in enumerate(lines):
        title = _TITLE.fullmatch(line) is not None and not _NO_TITLE.search(line)
        if not begun and not (first and at == 0 and title):
            yield heading
            begun = True
        yield f"## {line}" if title and begun and name else line
    if not begun:
        yield heading


def _uncounted(sheet: _Sheet) -> Iterator[str]:
    """Yield what there is to say of formulas without a result: programs write such files, Excel itself never."""
    if sheet.uncounted:
        yield notice(
            f"シート「{sheet.name}」の {_listed(sheet.uncounted)} の数式に計算結果が保存されていないため読めません"
            "（Excel で開いて保存し直すと読めます）"
        )


def _listed(names: Sequence[str]) -> str:
    return "・".join(names[:10]) + ("ほか" if len(names) > 10 else "")


def _spans(sheet: _Sheet) -> Iterator[tuple[int, int, int, int]]:
    """Yield the merged cells that say something: row, column, height, width; what overlaps others is none."""
    found = []
    for each in sheet.merged:
        left, top, right, bottom = (at or 0 for at in range_boundaries(each))
        if left in sheet.grid.rows.get(top, {}):
            found.append((top, left, bottom - top + 1, right - left + 1))
    lowest: dict[int, int] = {}
    for span in sorted(found):
        if span[0] > lowest.get(span[1], 0):
            lowest[span[1]] = span[0] + span[2] - 1
            yield span
