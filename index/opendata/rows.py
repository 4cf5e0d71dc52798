"""Rows of a table as lines of a paper, and back: 「2-1 │ 予算年度：2024 │ 当初予算(合計)：1200」."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from index.readers.lines import one_line

BAR, COLON = " │ ", "："
Row = dict[str, str]


@lru_cache(maxsize=4096)
def head_of(text: str) -> str:
    """Return the head of a column in one width, without spaces: 「翌年度への繰越し(合計）」 mixes its brackets."""
    return "".join(unicodedata.normalize("NFKC", text).replace("│", "|").split())


def cell_of(text: str) -> str:
    """Return what a cell says, on one line."""
    return text if text.isalnum() else one_line(text).replace("│", "|")


def write_row(first: str, row: Mapping[str, str]) -> str:
    """Return a row as a line that begins with `first`; cells that say nothing are left out."""
    return BAR.join([first, *(f"{head}{COLON}{cell}" for head, cell in row.items() if cell)])


def read_row(line: str) -> tuple[str, Row]:
    """Return what `write_row` was given."""
    first, *cells = line.split(BAR)
    pairs = (cell.partition(COLON) for cell in cells)
    return first, {head: cell for head, _, cell in pairs}
