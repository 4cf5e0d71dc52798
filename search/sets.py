"""Sets of records as whole numbers with one bit a record, the first record being the highest bit.

Joining, meeting and leaving out are single operations of Python's, and so is counting: a hundred thousand records are
twenty kilobytes. A set of items is a set of their first records.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress

from index.store.catalog import Catalog
from index.store.columns import Columns

_SOME = 40
"""Where no more than one record in so many is in a set, its bits are set one by one."""
_FEW = 256
"""Where no more than one record in so many is in a set, they are looked for one by one."""
_OFFSETS = [tuple(each for each in range(8) if byte & 0x80 >> each) for byte in range(256)]
"""Which of eight records are in a byte of a set."""
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
        """Return the records from the first to before the second of each pair."""
        found = bytearray(self.size // 8)

        for first, end in ranges:
            if first == end:
                continue
            begin, last = first >> 3, end - 1 >> 3
            head, tail = 0xFF >> (first & 7), 0xFF00 >> (end - 1 & 7) + 1 & 0xFF
            if begin == last:
                found[begin] |= head & tail
            else:
                found[begin] |= head
                found[begin + 1 : last] = b"\xff" * (last - begin - 1)
                found[last] |= tail
        return int.from_bytes(found, "big")

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
        text = self.text(records)
        at = text.find("1")
        while at >= 0:
            yield at
            at = text.find("1", at + 1)

    def text(self, records: int) -> str:
        """Return a set as one character a record: 1 for those in it, else 0."""
        return format(records, f"0{self.size}b")

    def flags(self, records: int) -> bytes:
        """Return a set as one byte a record: 1 for those in it, else 0."""
        return self.text(records).encode().translate(_FLAGS)

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
