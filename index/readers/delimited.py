"""The lines of a CSV or TSV file: its records as the rows of a table."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.document import Line
from index.errors import PaperError, shown
from index.readers.grid import Grid, lines_of
from index.readers.lines import MAX_CELLS, Text, numbered
from index.readers.text import decode, read_bytes

DELIMITERS = ",\t;"
_SAMPLE = 100_000
_LONGEST_CELL = 100
"""How many lines of the file a cell may go on for; more were swallowed by a quotation mark left open."""


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the records at `path`, whose delimiter and encoding are found out."""
    text = decode(path, read_bytes(path)).lstrip("\ufeff")
    grid, cells, before = Grid(), 0, 0
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter_of(text, path.suffix.lower()))
    try:
        for row, record in enumerate(reader):
            if reader.line_num - before > _LONGEST_CELL:
                raise _broken(path, before + 1)
            before = reader.line_num
            for column, cell in enumerate(record):
                grid.put(row, column, cell)
                cells += bool(cell)
            if cells > MAX_CELLS:
                raise PaperError(f"{shown(path)} の値が{MAX_CELLS:,}個を超えていますので、分けてから指定してください")
    except csv.Error as fault:
        raise _broken(path, before + 1) from fault
    return numbered(path, map(Text, lines_of(grid)))


def _broken(path: Path, line: int) -> PaperError:
    return PaperError(
        f'{shown(path)} の{line}行目から引用符「"」が閉じていないか、値が長すぎますので、直してから指定してください'
    )


def delimiter_of(text: str, suffix: str) -> str:
    """Return what sets the cells apart: of comma, tab and semicolon the one that cuts most records alike.

    Where several do, a .tsv has tabs and any other file commas.
    """
    usual = "\t" if suffix == ".tsv" else ","
    head = text[:_SAMPLE].splitlines(keepends=True)
    candidates: list[str] = [usual, *DELIMITERS]
    return max(candidates, key=lambda each: _alike(head, each))


def _alike(head: Sequence[str], delimiter: str) -> int:
    """Return how many records have as many cells as most of them, more than one."""
    try:
        widths = Counter(len(record) for record in csv.reader(head, delimiter=delimiter) if len(record) > 1)
    except csv.Error:
        return 0
    return max(widths.values(), default=0)
