"""The files of open data: which of those found are some, and what their tables say."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from index.errors import PaperError, shown
from index.opendata.rows import Row, cell_of, head_of
from index.readers.text import decode, read_bytes

LONGEST_CELL = 100_000
_LINES = 500
"""How many lines a record may go on for; more were swallowed by a quotation mark left open."""


class Part(NamedTuple):
    """A file of a paper: where it is, what messages call it, what its name said of it."""

    path: Path
    name: str
    said: re.Match[str]


def without_copies(parts: Iterable[Part]) -> list[Part]:
    """Return the parts without those that are copies of one before them: a ZIP, and what was taken out of it."""
    seen: dict[bytes, Part] = {}
    for part in parts:
        seen.setdefault(hashlib.sha256(read_bytes(part.path)).digest(), part)
    return list(seen.values())


def named(name: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return what the name of a file says, or else that of the ZIP it was in."""
    parts = name.replace("\\", "/").split("/")
    return next((match for part in reversed(parts[-2:]) if (match := pattern.search(part))), None)


def read_table(part: Part, missed: Callable[[Sequence[str]], str | None]) -> Iterator[Row]:
    """Yield the rows of a CSV file by the heads of their columns; cells that say nothing are left out.

    `missed` says of the heads which column is missing, None if all are there. Raises PaperError.
    """
    text = decode(part.path, read_bytes(part.path)).lstrip("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""))
    before, heads = 0, None
    try:
        for record in reader:
            if reader.line_num - before > _LINES:
                raise _broken(part, before + 1)
            if heads is None and any(record):
                heads = [head_of(each) for each in record]
                if column := missed(heads):
                    raise missing(part, column)
            elif heads is not None and any(record):
                yield _row(part, heads, record, before + 1)
            before = reader.line_num
    except csv.Error as fault:
        raise _broken(part, before + 1) from fault
    if heads is None:
        raise PaperError(f"{part.name} には表がありませんので、ダウンロードし直したファイルを指定してください")


def missing(part: Part, head: str) -> PaperError:
    """Return what to say of a table without a column that it must have."""
    return PaperError(
        f"{part.name} の表に「{head}」の列がありませんので、ダウンロードしたままのファイルを指定してください"
    )


def _row(part: Part, heads: Sequence[str], record: Sequence[str], line: int) -> Row:
    if any(record[len(heads) :]):
        raise PaperError(
            f"{part.name} の{line}行目の値が列の数より多いので、ダウンロードしたままのファイルを指定してください"
        )
    row: Row = {}
    for head, cell in zip(heads, record, strict=False):
        if cell and head not in row:
            if len(cell) > LONGEST_CELL:
                raise PaperError(f"{part.name} の{line}行目の値が長すぎますので、直してから指定してください")
            row[head] = cell_of(cell)
    return row


def _broken(part: Part, line: int) -> PaperError:
    return PaperError(
        f'{part.name} の{line}行目から引用符「"」が閉じていないか、値が長すぎますので、直してから指定してください'
    )


def said(what: object) -> str:
    """Return a value for a line or a message: short and printable."""
    text = shown(what)
    return text if len(text) <= 40 else f"{text[:40]}…"
