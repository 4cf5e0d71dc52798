"""Flat columns in one file that is mapped and used at once.

The file is a head, a table of its columns as lines of text, and the columns one behind the other, each
starting at a multiple of eight bytes. A column is an array of numbers, or bytes. Nothing in it is code, and
nothing is read before it is asked for. What is to be written is read in the same way before it is (`Loose`).
"""

import errno
import mmap
import os
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import accumulate
from pathlib import Path

from index.errors import StoreError, shown
from index.store.files import inflated, opened, share

MAGIC = b"SEISAKU1"
_HEAD = 32
_MOST = 256 * 1024 * 1024
Column = array | bytes  # type: ignore[type-arg]  # of whole numbers; an array cannot say so when this runs
_KINDS = "BHIQbhiq"
_ONE = ord("1")


def smallest(numbers: Sequence[int], most: int | None = None) -> "array[int]":
    """Return whole numbers from 0 as an array of the smallest kind that holds them; `most` is the highest, if known."""
    if most is None:
        most = max(numbers, default=0)
    kind = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I" if most < 1 << 32 else "Q"
    return array(kind, numbers)


def encoded(string: str) -> bytes:
    """Return a string as it is kept, and is put in order by."""
    return string.encode("utf-8", "surrogatepass")


def put_strings(columns: "MutableMapping[str, Column]", name: str, strings: Iterable[str]) -> None:
    """Put strings into `columns` as two: where each starts, one more at the end, and their text in UTF-8."""
    kept = list(map(encoded, strings))
    starts = [0, *accumulate(map(len, kept))]
    columns[f"{name}.starts"], columns[f"{name}.text"] = smallest(starts), b"".join(kept)


def bits(numbers: Iterable[int], size: int) -> bytes:
    """Return a set of whole numbers below `size` as bits, the first of them the highest bit of the first byte."""
    digits = bytearray(b"0") * (-(-size // 8) * 8)  # of the set as a number: written sooner than its bits are set
    for each in numbers:
        digits[each] = _ONE
    return int(digits or b"0", 2).to_bytes(len(digits) // 8, "big")


def put_lists(columns: "MutableMapping[str, Column]", name: str, lists: Iterable[Sequence[int]]) -> None:
    """Put lists of numbers into `columns` as two: where each starts, one more at the end, and all numbers."""
    starts, everything = [0], array("I")
    for each in lists:
        everything.extend(each)
        starts.append(len(everything))
    columns[f"{name}.starts"], columns[name] = smallest(starts), smallest(everything)


def put_packed(columns: "MutableMapping[str, Column]", name: str, strings: Iterable[str]) -> None:
    """Put strings without line ends into `columns`, compressed: for what few queries need, and then all of it."""
    columns[name] = zlib.compress(encoded("\n".join([*strings, ""])), 4)  # 6 takes twice as long for a twentieth less


def write(path: Path, columns: "Mapping[str, Column]") -> None:
    """Write `columns` to a new file at `path`, and see that they are on the disk. Raises OSError."""
    table, position = [], 0
    for name, column in columns.items():
        data = memoryview(column).cast("B")
        kind = column.typecode if isinstance(column, array) else "-"
        padding = _padding(len(data))
        table.append(f"{name} {kind} {position} {len(data)} {zlib.crc32(padding, zlib.crc32(data)):08x}")
        position += len(data) + len(padding)
    text = "\n".join(table).encode()
    text += _padding(len(text), b"\n")
    with path.open("wb") as file:
        file.write(_head(text, _HEAD + len(text) + position) + text)
        for column in columns.values():
            data = memoryview(column).cast("B")
            file.write(data)
            file.write(_padding(len(data)))
        file.flush()
        os.fsync(file.fileno())


def _padding(length: int, filler: bytes = b"\0") -> bytes:
    """Return what is missing from `length` bytes up to the next multiple of eight."""
    return filler * (-length % 8)


def _head(table: bytes, size: int) -> bytes:
    """Return the head of a file of `size` bytes with `table`."""
    order = b"<" if sys.byteorder == "little" else b">"
    return MAGIC + order + b"%07d%08x%08x" % (len(table), zlib.crc32(table), size % (1 << 32))


class Strings:
    """Many strings in one column; each is decoded when it is asked for."""

    def __init__(self, starts: "memoryview[int]", text: memoryview) -> None:
        self.starts = starts
        self._text = text

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return str(self.encoded(number), "utf-8", "surrogatepass")

    def encoded(self, number: int) -> bytes:
        """Return a string as UTF-8."""
        return self.between(number, number + 1)

    def between(self, first: int, end: int) -> bytes:
        """Return the strings from the `first` to before the `end`, one behind the other, as UTF-8."""
        return bytes(self._text[self.starts[first] : self.starts[end]])

    def all(self) -> str:
        """Return all strings, one behind the other."""
        return str(self._text, "utf-8", "surrogatepass")

    def find(self, string: str) -> int | None:
        """Return where `string` is, if the strings are in order of their UTF-8; None if it is not there."""
        wanted = encoded(string)
        number = self.first(wanted)
        return number if number < len(self) and self.encoded(number) == wanted else None

    def first(self, wanted: bytes) -> int:
        """Return the first string that is not before `wanted`."""
        return bisect_left(range(len(self)), wanted, key=self.encoded)


class Columns:
    """The columns of a file made by `write`, mapped into memory; no commit sweeps them away while they are open.

    `written` is the stamp that the file had when it was written. Where it has that no more, somebody or something has
    touched it, and each column is summed up before it is used. Raises FileNotFoundError where there is none (or it is
    being swept away), StoreError when it is no such file or is not what was written; `check` looks at every byte.
    """

    outdated: str | None = None
    """What to say where they were made with another dictionary or table of synonyms."""

    def __init__(self, path: Path, written: str | None = None) -> None:
        self.path = path
        with opened(path) as file:
            if not share(file.fileno()):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            size = os.fstat(file.fileno()).st_size
            if size < _HEAD:
                raise self._damaged()
            self._touched = stamp(file.fileno()) != written
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # it keeps the file open, and shared
        self.view = memoryview(self.map)
        self._views: dict[str, memoryview[int]] = {}
        self._sound: set[str] = set()
        head = bytes(self.view[:_HEAD])
        length = int(head[9:16]) if head[9:16].isdigit() else 0
        text = bytes(self.view[_HEAD : _HEAD + length])
        if head != _head(text, size):
            raise self._damaged()
        try:
            self.table = dict(_row(row, _HEAD + length, size) for row in filter(None, text.decode().split("\n")))
        except ValueError:
            raise self._damaged() from None

    def _damaged(self) -> StoreError:
        return StoreError(
            f"索引のファイル {shown(self.path)} が壊れています。seisaku index build で作り直してください。"
        )

    def data(self, name: str) -> memoryview:
        """Return a column as bytes, not copied. Raises StoreError where it is not what was written."""
        if name not in self.table:
            raise self._damaged()
        if self._touched and name not in self._sound:
            self._check(name)
        _, start, length, _ = self.table[name]
        return self.view[start : start + length]

    def numbers(self, name: str) -> "memoryview[int]":
        """Return a column of numbers, not copied."""
        if name not in self._views:
            data = self.data(name)
            if (kind := self.table[name][0]) not in _KINDS:
                raise self._damaged()
            self._views[name] = data.cast(kind)  # type: ignore[call-overload]
        return self._views[name]

    def copied(self, name: str) -> "array[int]":
        """Return a column of numbers as an array: what is in one is looked up in half the time."""
        numbers = self.numbers(name)
        found = array(numbers.format)
        found.frombytes(numbers.tobytes())
        return found

    def strings(self, name: str) -> Strings:
        """Return the strings of the columns NAME.starts and NAME.text."""
        return Strings(self.numbers(f"{name}.starts"), self.data(f"{name}.text"))

    def packed(self, name: str) -> list[str]:
        """Return the strings that `put_packed` was given. Raises StoreError."""
        try:
            return inflated(self.data(name), _MOST).decode("utf-8", "surrogatepass").split("\n")[:-1]
        except (zlib.error, UnicodeDecodeError):
            raise self._damaged() from None

    def check(self) -> None:
        """Look at every byte. Raises StoreError where one is not what was written."""
        for name in self.table:
            self._check(name)

    def _check(self, name: str) -> None:
        _, start, length, checksum = self.table[name]
        if zlib.crc32(self.view[start : start + length + -length % 8]) != checksum:
            raise self._damaged()
        self._sound.add(name)


class Loose:
    """Columns that no file holds yet, read as those of a file are."""

    def __init__(self, columns: "Mapping[str, Column]") -> None:
        self.columns = columns

    def data(self, name: str) -> memoryview:
        """Return a column as bytes, not copied."""
        return memoryview(self.columns[name]).cast("B")

    def numbers(self, name: str) -> "memoryview[int]":
        """Return a column of numbers, not copied."""
        return memoryview(self.columns[name])

    def strings(self, name: str) -> Strings:
        """Return the strings of the columns NAME.starts and NAME.text."""
        return Strings(self.numbers(f"{name}.starts"), self.data(f"{name}.text"))

    def packed(self, name: str) -> list[str]:
        """Return the strings that `put_packed` was given."""
        return zlib.decompress(self.data(name)).decode("utf-8", "surrogatepass").split("\n")[:-1]


Flat = Loose | Columns
"""Columns, wherever they are."""


def stamp(descriptor: int) -> str:
    """Return what tells that an open file has not been written to since it had the same."""
    status = os.fstat(descriptor)
    return f"{status.st_size} {status.st_mtime_ns}"


def _row(row: str, first: int, size: int) -> tuple[str, tuple[str, int, int, int]]:
    """Return a row of the table of a file of `size` bytes, whose columns begin at `first`. Raises ValueError."""
    name, kind, position, length, checksum = row.split(" ")
    start, end = first + int(position), first + int(position) + int(length)
    if not first <= start <= end <= size or start % 8 or int(length) % array(kind if kind != "-" else "B").itemsize:
        raise ValueError
    return name, (kind, start, int(length), int(checksum, 16))
