"""Sets of records as whole numbers with one bit a record, the first record being the highest bit.

Joining, meeting and leaving out are single operations of Python's, and so is counting: a hundred thousand records are
twenty kilobytes. A set of items is a set of their first records.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import compress
from operator import or_

from index.store.catalog import Catalog
from index.store.columns import Columns

_SOME = 40
"""Where no more than one record in so many is in a set, its bits are set one by one."""
_HANDFUL = 8
"""So few are set by themselves: a set is as long as the store is large."""
_FEW = 1024
"""Where no more than one record in so many is in a set, they are looked for one by one."""
_PICKED = 12
"""Where no more than one record in so many is in a set, what columns say of them is looked up one by one."""
_OFFSETS = [tuple(each for each in range(8) if byte & 0x80 >> each) for byte in range(256)]
"""Which of eight records are in a byte of a set."""
_ANY, _NONE = re.compile(rb"[^\0]"), bytes(256)
_ZERO, _ONE = b"01"
_FLAGS = bytes.maketrans(b"01", b"\0\1")


class Sets:
    """The records of a store, and how they are parted into items."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self.count = len(catalog.record_item)
        self.size = -(-self.count // 8) * 8
        self.all = (1 << self.size) - (1 << self.size - self.count)
        self.firsts = int.from_bytes(columns.data("record.begins"), "big")
        self._later = self.all & ~self.firsts

    def of(self, numbers: Sequence[int]) -> int:
        """Return the records with these numbers."""
        if len(numbers) < _HANDFUL:
            return reduce(or_, (1 << self.size - 1 - each for each in numbers), 0)
        if len(numbers) * _SOME > self.size:
            text = bytearray(b"0") * self.size
            for each in numbers:
                text[each] = _ONE
            return int(text or b"0", 2)
        found = bytearray(self.size // 8)
        for each in numbers:
            found[each >> 3] |= 0x80 >> (each & 7)
        return int.from_bytes(found, "big")

    def ranges(self, ranges: Iterable[tuple[int, int]]) -> int:
        """Return the records from the first to before the second of each pair; pairs are in order of their first.

        What is already in one before is left out, so that none overlap: then the powers of two at which ranges begin,
        less those at which they end, are all bits between.
        """
        firsts: list[int] = []
        lasts: list[int] = []
        behind = 0
        for first, end in ranges:
            if end > behind and end > first:
                firsts.append(max(first, behind))
                lasts.append(end - 1)
                behind = end
        return (self.of(firsts) << 1) - self.of(lasts)

    def having(self, values: bytes | memoryview, codes: Iterable[int]) -> int:
        """Return the records whose value in a column of bytes is one of `codes`."""
        wanted = frozenset(codes)
        table = bytes(_ONE if code in wanted else _ZERO for code in range(256))
        return int(bytes(values).translate(table) or b"0", 2) << self.size - self.count

    def where(self, flags: Iterable[bool]) -> int:
        """Return the records of which it is true."""
        return int(bytes(flags).translate(b"01" + bytes(254)) or b"0", 2) << self.size - self.count

    def numbers(self, records: int) -> list[int]:
        """Return the numbers of a set, in order."""
        if records.bit_count() * _FEW < self.size:
            return list(self.each(records))
        data = records.to_bytes(self.size // 8, "big")
        eights = zip(compress(range(0, self.size, 8), data), data.translate(None, b"\0"), strict=True)
        return [first + each for first, byte in eights for each in _OFFSETS[byte]]

    def each(self, records: int) -> Iterator[int]:
        """Yield the numbers of a set in order, as many as are asked for."""
        data = records.to_bytes(self.size // 8, "big")
        for at in range(0, len(data), len(_NONE)):
            part = data[at : at + len(_NONE)]
            if not _NONE.startswith(part):
                for byte in _ANY.finditer(part):
                    first = (at + byte.start()) * 8
                    for each in _OFFSETS[byte[0][0]]:
                        yield first + each

    def text(self, records: int) -> str:
        """Return a set as one character a record: 1 for those in it, else 0."""
        return format(records, f"0{self.size}b")

    def flags(self, records: int) -> bytes:
        """Return a set as one byte a record: 1 for those in it, else 0."""
        return self.text(records).encode().translate(_FLAGS)

    def picked(self, records: int, *columns: Sequence[int]) -> Iterator[Iterator[int]]:
        """Yield what each of `columns` says of the records in a set, in order."""
        if records.bit_count() * _PICKED < self.size:
            numbers = self.numbers(records)
            return (map(column.__getitem__, numbers) for column in columns)
        flags = self.flags(records)
        return (compress(column, flags) for column in columns)

    # -- items

    def items(self, records: int) -> int:
        """Return the items that have any of `records`.

        Behind the first record of its item, each is added to ones at all those: so its bit is carried to the first.
        """
        return ((records & self._later) + self._later | records) & self.firsts

    def whole(self, items: int) -> int:
        """Return all records of some items: bits are spread to the next one, the next two, the next four of an item."""
        for step, follows in self._steps:
            items |= items >> step & follows
        return items

    @cached_property
    def _steps(self) -> list[tuple[int, int]]:
        """Steps, with the records that have so many before them in their item."""
        steps: list[tuple[int, int]] = []
        step, follows = 1, self._later
        while follows:
            steps.append((step, follows))
            follows, step = follows & follows >> step, step * 2
        return steps
