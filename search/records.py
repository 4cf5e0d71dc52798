"""Sets of records: which of them a condition surely, or perhaps, holds for.

A set is a whole number with one byte a record, 1 for those in it: joining, meeting and leaving out are single
operations of Python's, however many records there are. A condition is looked up once for each value that a column
holds, and then translated for all records at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import compress
from typing import assert_never

from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import BANDS, BOUND_CODES, FLAG_CODES, NONE, ROLE_CODES, STAGE_CODES
from search.plan import Account, Change, Choice, Flag, Has, Leaf, Money, Papers, Rate, Years

_OPEN = tuple(code for code, bound in enumerate(BOUND_CODES) if bound in ("portion", "ceiling"))
_SPARSE = 16
_SHARE = 10_000
"""What a whole is in hundredths of a per cent."""


class Records:
    """The records of a store by what their amounts are."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._columns = columns
        self._catalog = catalog
        self._bytes: dict[str, bytes] = {}
        self.size = len(catalog.record_item)
        self.all = int.from_bytes(b"\1" * self.size, "little")

    def holding(self, condition: Leaf) -> tuple[int, int]:
        """Return the records that a condition holds for surely, and those that it may hold for."""
        match condition:
            case Money(low, high):
                return self._money(low, high)
            case Change():
                return self._change(condition)
            case Rate():
                found = self.ranges(
                    (record, record + 1)
                    for record, yen, available in self.executions
                    if not (
                        _below((yen * _SHARE, available), condition) or _above((yen * _SHARE, available), condition)
                    )
                )
            case Account(marks):
                return self._account(marks)
            case Years(low, high):
                found = self._years(low, high)
            case Choice(column, values):
                table = {"stage": STAGE_CODES, "bound": BOUND_CODES, "role": ROLE_CODES}[column]
                codes = [code for code, each in enumerate(table) if each in values]
                found = self._where(f"record.{column}", codes) & self.with_amount
            case Flag(name):
                bit = 1 << FLAG_CODES.index(name)
                found = self._where("record.flags", [code for code in range(256) if code & bit])
            case Papers(numbers):
                papers, items = self._catalog.paper_first, self._catalog.item_first
                found = self.ranges((items[papers[each]], items[papers[each + 1]]) for each in numbers)
            case Has(name):
                found = self._has(name)
            case _:
                assert_never(condition)
        return found, found

    def of_roles(self, asked: Iterable[str]) -> int:
        """Return the records without an amount, and those of own sums, of totals and of roles asked for."""
        kept = {None, "own", "total", *asked}
        return self._where("record.role", [code for code, role in enumerate(ROLE_CODES) if role in kept])

    def of_items_without(self, usual: int) -> int:
        """Return the records of the items that have none in `usual`."""
        others = bytearray((self.all ^ usual).to_bytes(self.size, "little"))
        kept = usual.to_bytes(self.size, "little")
        first_of, item_of = self._catalog.item_first, self._catalog.record_item
        position = others.find(1)
        while position >= 0:
            first, end = first_of[item_of[position]], first_of[item_of[position] + 1]
            if kept.find(1, first, end) >= 0:
                others[first:end] = bytes(end - first)
            position = others.find(1, end)
        return int.from_bytes(others, "little")

    def ranges(self, ranges: Iterable[tuple[int, int]]) -> int:
        """Return the records from the first to before the second of each pair."""
        flags = bytearray(self.size)
        for first, end in ranges:
            if end == first + 1:
                flags[first] = 1
            else:
                flags[first:end] = b"\1" * (end - first)
        return int.from_bytes(flags, "little")

    def numbers(self, records: int, mark: int = 1) -> list[int]:
        """Return where the bytes of a set are `mark`, in order; those of a small one are looked for one by one."""
        data = records.to_bytes(self.size, "little")
        if records.bit_count() > self.size // _SPARSE:
            return list(compress(range(self.size), data))
        found, at = [], data.find(mark)
        while at >= 0:
            found.append(at)
            at = data.find(mark, at + 1)
        return found

    @cached_property
    def with_amount(self) -> int:
        """The records that are amounts."""
        return self._where("record.role", range(1, len(ROLE_CODES)))

    def _where(self, column: str, codes: Iterable[int]) -> int:
        """Return the records whose value in a column of small numbers is one of `codes`."""
        wanted = frozenset(codes)
        if self._columns.table[column][0] not in ("B", "-"):
            return _set(value in wanted for value in self._columns.numbers(column))
        if column not in self._bytes:
            self._bytes[column] = bytes(self._columns.data(column))
        return int.from_bytes(self._bytes[column].translate(bytes(code in wanted for code in range(256))), "little")

    def _years(self, low: int | None, high: int | None) -> int:
        known = self._catalog.all_years()
        return self._where(
            "record.years",
            [code for code, years in enumerate(known) if any(_between(year, low, high) for year in years)],
        )

    def _account(self, marks: frozenset[str]) -> tuple[int, int]:
        """Return the records of accounts; 一部GX may be of GX."""
        accounts = list(enumerate(self._catalog.accounts()))
        found = self._where("record.account", [code for code, each in accounts if each in marks])
        partly = [code for code, each in accounts if each.startswith("一部") and each.removeprefix("一部") in marks]
        return found, found | self._where("record.account", partly)

    def _money(self, low: int | None, high: int | None) -> tuple[int, int]:
        """Return the records whose sum surely, and may, lie between two ends.

        A portion or a ceiling stands for all from nothing to the printed sum.
        """
        printed = self._yen(low, high) & ~self._open
        below = self._yen(None, high) & self._open if low is None or low <= 0 else 0
        reaching = self._yen(low, None) & self._open if high is None or high >= 0 else 0
        return (printed | below) & self.with_amount, (printed | reaching) & self.with_amount

    @cached_property
    def _open(self) -> int:
        return self._where("record.bound", _OPEN) & self.with_amount

    def _yen(self, low: int | None, high: int | None) -> int:
        """Return the records whose printed sum lies between two ends: whole bands, and single sums at both edges."""
        yen, order = self._columns.numbers("record.yen"), self._columns.numbers("record.by_yen")
        first = 0 if low is None else bisect_left(order, low, key=yen.__getitem__)
        end = len(order) if high is None else bisect_right(order, high, key=yen.__getitem__)
        if first >= end:
            return 0
        band = [rank * BANDS // len(order) for rank in (first, end - 1)]
        inner = range(band[0] + 1, band[1])
        flags = bytearray(self._where("record.band", inner).to_bytes(self.size, "little"))
        edge = -(-len(order) // BANDS) + 1
        for rank in range(first, min(end, first + edge)):
            flags[order[rank]] = 1
        for rank in range(max(first, end - edge), end):
            flags[order[rank]] = 1
        return int.from_bytes(flags, "little")

    @cached_property
    def _changes(self) -> list[tuple[int, int, int, int, int]]:
        """Each record with an amount of the year before: the least and the most of both."""
        yen, bound, before = (self._columns.numbers(f"record.{name}") for name in ("yen", "bound", "previous"))
        pairs = ((record, previous) for record, previous in enumerate(before) if previous != NONE)
        return [
            (
                record,
                0 if bound[record] in _OPEN else yen[record],
                yen[record],
                0 if bound[previous] in _OPEN else yen[previous],
                yen[previous],
            )
            for record, previous in pairs
        ]

    def _change(self, change: Change) -> tuple[int, int]:
        """Return the records whose change against the year before surely, and may, lie between two ends."""
        sure, may = bytearray(self.size), bytearray(self.size)
        for record, least, most, before_least, before_most in self._changes:
            if change.share and not before_most:
                continue  # nothing is a share of nothing
            # the smallest change is from the most to the least, the greatest the other way round
            smallest = _difference(least, before_most, change.share)
            greatest = _difference(most, before_least, change.share)
            may[record] = not (_below(greatest, change) or _above(smallest, change))
            sure[record] = not (
                _below(smallest, change)
                or _above(smallest, change)
                or _below(greatest, change)
                or _above(greatest, change)
            )
        return int.from_bytes(sure, "little"), int.from_bytes(may, "little")

    @cached_property
    def executions(self) -> list[tuple[int, int, int]]:
        """Each record of money executed: its sum, and what there was to execute in the same year of the same item."""
        from search.execution import executions  # few queries ask for it

        return list(executions(self._columns, self._catalog))

    def _has(self, name: str) -> int:
        match name:
            case "executed":
                return self.ranges((record, record + 1) for record, _, _ in self.executions)
            case "label":
                return _set(each != 0 for each in self._columns.numbers("record.label"))
            case "change":
                return _set(each != NONE for each in self._columns.numbers("record.previous"))
            case "text":
                texts, first = self._columns.numbers("item.text"), self._catalog.item_first
                return self.ranges((first[each], first[each + 1]) for each in range(self._catalog.items) if texts[each])
            case _:
                return self.with_amount


def _set(flags: Iterable[bool]) -> int:
    return int.from_bytes(bytes(flags), "little")


def _between(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _difference(yen: int, before: int, share: bool) -> tuple[int, int]:
    """Return a change as a fraction: yen over 1, or hundredths of a per cent; over 0 it has no end."""
    return ((yen - before) * _SHARE, before) if share else (yen - before, 1)


def _below(change: tuple[int, int], ends: Change | Rate) -> bool:
    """Say whether a change does not reach the lower end."""
    over, under = change
    if ends.low is None:
        return False
    return over <= ends.low * under and under != 0 if ends.low_open else over < ends.low * under


def _above(change: tuple[int, int], ends: Change | Rate) -> bool:
    """Say whether a change lies beyond the upper end."""
    over, under = change
    if ends.high is None:
        return False
    return over > ends.high * under or (over == ends.high * under and ends.high_open)
