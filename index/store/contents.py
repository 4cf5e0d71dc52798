"""Which files a generation has, how long each is and what its bytes sum up to: the table by which damage is found."""

import os
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from index.errors import StoreError, shown
from index.store import COLUMNS, PAPERS, REBUILD, unreadable
from index.store.files import opened, read_bytes

TABLE = "files.tsv"
_OURS = re.compile(
    rf"{re.escape(COLUMNS)}|_MAIN_[0-9]+\.toc|MAIN_[0-9a-z]+\.seg|{PAPERS}/[0-9a-f]*-[0-9a-f]{{8}}\.z", re.ASCII
)
_CHUNK = 1024 * 1024


class Content(NamedTuple):
    """How many bytes a file has, and their CRC-32."""

    size: int
    checksum: int


def write(generation: Path, known: Mapping[str, Content]) -> None:
    """Write the table of the files of a generation; those that are `known` are not read. Raises OSError."""
    rows = []
    for name in _names(generation):
        size, checksum = known.get(name) or measured(generation / name)
        rows.append(f"{name}\t{size}\t{checksum:08x}\n")
    text = "".join(rows)
    (generation / TABLE).write_text(text + _last(text), encoding="utf-8")


def read(generation: Path) -> dict[str, Content]:
    """Return the table of the files of a generation, each by its name there. Raises StoreError."""
    file = generation / TABLE
    try:
        text = read_bytes(file).decode()
        rows = text[: text.rfind("\n", 0, -1) + 1]
        if text != rows + _last(rows):
            raise ValueError
        table = [row.split("\t") for row in rows.splitlines()]
        if not all(_OURS.fullmatch(name) for name, _, _ in table):  # whoever made it, it leads nowhere else
            raise ValueError
        return {name: Content(int(size), int(checksum, 16)) for name, size, checksum in table}
    except (FileNotFoundError, ValueError):
        raise damaged(file) from None
    except OSError as error:
        raise unreadable(generation.parent, error) from None


def check(generation: Path) -> None:
    """Look at every byte of a generation. Raises StoreError where one is not what was written."""
    for name, content in read(generation).items():
        try:
            hold(generation / name, content)
        except OSError as error:
            raise unreadable(generation.parent, error) from None


def hold(file: Path, content: Content) -> None:
    """Hold a file against what was written. Raises StoreError where it is something else; OSError."""
    try:
        same = file.lstat().st_size == content.size and measured(file) == content
    except FileNotFoundError:
        same = False
    if not same:
        raise damaged(file)


def measured(file: Path) -> Content:
    """Return the length and the sum of a file. Raises OSError."""
    size = checksum = 0
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
    return Content(size, checksum)


def damaged(file: Path) -> StoreError:
    """Return what to say of a file that is missing, or is not what was written."""
    if file.parent.name == PAPERS:
        return StoreError(
            f"文書の本文 {shown(file)} が欠けているか壊れています。"
            "そのファイルを消して seisaku index build で作り直し、もとの文書を seisaku index add で加えてください。"
        )
    return StoreError(f"索引のファイル {shown(file)} が欠けているか壊れています。{REBUILD}")


def _names(generation: Path) -> Iterator[str]:
    """Yield the names of the files of a generation that a table speaks of, in order."""
    found = [each.name for each in os.scandir(generation)]
    found += [f"{PAPERS}/{each.name}" for each in os.scandir(generation / PAPERS)]
    yield from sorted(filter(_OURS.fullmatch, found))


def _last(rows: str) -> str:
    return f"{zlib.crc32(rows.encode()):08x}\n"
