"""The files of Whoosh's in a generation, compressed."""

import io
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from index.errors import StoreError, shown
from index.store import REBUILD
from index.store.files import inflated, read_bytes

_TIMES, _LEAST = 200, 64 * 1024 * 1024
"""What a file of Whoosh's may be unpacked to: so many times its length, or so many bytes if these are more."""


class PackedStorage(FileStorage):  # type: ignore[misc]  # Whoosh 2.7.4 carries no types
    """A folder of Whoosh's whose files that stay, segments and their table, are compressed, and so are checked.

    A segment costs some 190 bytes a term however little the term says, five times the text of a small paper; only a
    commit reads it, queries never. Names of files come out of files: none leads out of the folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._files: list[Any] = []
        self._unpacked: dict[str, bytes] | None = {}

    def create_file(self, name: str, **options: Any) -> Any:
        if not stays(name):
            return self._opened(super().create_file(name, **options))
        path = Path(self._fpath(name))
        return StructFile(
            io.BytesIO(), name=name, onclose=lambda made: path.write_bytes(compressed(made.file.getvalue()))
        )

    def open_file(self, name: str, **options: Any) -> Any:
        if not stays(name):
            return self._opened(super().open_file(name, **options))
        path = Path(self._fpath(name))
        try:
            kept = {} if self._unpacked is None else self._unpacked
            if name not in kept:
                data = read_bytes(path)
                kept[name] = inflated(data, max(_LEAST, _TIMES * len(data)))
            return StructFile(io.BytesIO(kept[name]), name=name)
        except (zlib.error, FileNotFoundError):
            raise damaged(path.parent) from None

    def _fpath(self, name: str) -> str:
        if os.path.basename(name) != name or name in ("", os.curdir, os.pardir):
            raise damaged(Path(self.folder))
        return os.path.join(self.folder, name)

    def temp_storage(self, name: str | None = None) -> Any:
        storage = PackedStorage(Path(super().temp_storage(name).folder))
        storage._files = self._files
        return storage

    def _opened(self, file: Any) -> Any:
        self._files.append(file)
        return file

    def forget(self) -> None:
        """Keep no longer what was unpacked: until the commit is written, the same is read up to three times."""
        self._unpacked = None

    def abandon(self) -> None:
        """Close the files that a commit which failed has left open."""
        for each in self._files:
            with suppress(OSError, ValueError):  # a full disk refuses what is still to be written; or it is closed
                each.file.close()


def stays(name: str) -> bool:
    """Say whether a file of Whoosh's is there when a commit is done."""
    return name.endswith(".seg") or ".toc" in name


def compressed(data: bytes) -> bytes:
    """Return a file of Whoosh's as it is kept."""
    return zlib.compress(data, 3)


def damaged(generation: Path) -> StoreError:
    """Return what to say when a file of Whoosh's is missing, or is not what was written."""
    return StoreError(f"索引 {shown(generation.parent)} の中身が欠けているか壊れています。{REBUILD}")
