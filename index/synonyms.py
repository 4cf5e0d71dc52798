"""The words of this field that mean the same: our table, and one of the user's own."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import PaperError, reason, shown

VARIABLE = "SEISAKU_SYNONYMS"
"""The environment variable that names the user's own table."""


def tables() -> list[Path]:
    """Return the tables in force: ours, then the one that SEISAKU_SYNONYMS names."""
    own = os.environ.get(VARIABLE)
    return [Path(__file__).with_name("synonyms.tsv"), *([Path(own)] if own else [])]


DISTINCT = Path(__file__).with_name("distinct.tsv")
"""The words that Sudachi's groups join and this field tells apart."""


def fingerprint() -> str:
    """Return what tells these tables from others. Raises PaperError when the user's cannot be read."""
    checksum = 0
    for table in (*tables(), DISTINCT):
        checksum = zlib.crc32(_read(table), checksum)
    return f"{checksum:08x}"


def groups() -> list[tuple[str, ...]]:
    """Return the groups of spellings that mean the same; groups that share a spelling are one."""
    merged: dict[str, list[str]] = {}
    for group in (row for table in tables() for row in _rows(table)):
        known = {id(merged[each]): merged[each] for each in group if each in merged}
        whole = list(dict.fromkeys([*(each for one in known.values() for each in one), *group]))
        for each in whole:
            merged[each] = whole
    return [tuple(each) for each in {id(each): each for each in merged.values()}.values()]


def distinct() -> set[str]:
    """Return the words whose groups in Sudachi's dictionary are not used."""
    return {word for row in _rows(DISTINCT) for word in row}


def _rows(table: Path) -> Iterator[tuple[str, ...]]:
    try:
        text = _read(table).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PaperError(f"同義語の表 {shown(table)} は UTF-8 で書いてください。") from None
    for number, row in enumerate(text.split("\n"), 1):
        row = row.rstrip("\r")
        if not row.strip() or row.startswith("#"):
            continue
        spellings = tuple(each.strip() for each in row.split("\t") if each.strip())
        if len(spellings) < 2:
            raise PaperError(
                f"同義語の表 {shown(table)} の{number}行目には、タブで区切った二つ以上の言葉を書いてください。"
            )
        yield spellings


def _read(table: Path) -> bytes:
    try:
        return table.read_bytes()
    except OSError as error:
        raise PaperError(
            f"同義語の表 {shown(table)} を読めません（{reason(error)}）。{VARIABLE} を確かめてください。"
        ) from None
