"""Which records a condition surely, or perhaps, holds for.

A condition is looked up once for each value that a column holds, and then translated for all records at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import assert_never

from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import BANDS, BOUND_CODES, FLAG_CODES, NONE, ROLE_CODES, STAGE_CODES
from search.plan import Account, Change, Choice, Flag, Has, Leaf, Money, Papers, Rate, Years
from search.sets import Sets

_OPEN = tuple(code for code, bound in enumerate(BOUND_CODES) if bound in ("portion", "ceiling"))
_KEPT = 256
"""So many sets of records with one of some values are kept."""
_SHARE = 10_000
"""What a whole is in hundredths of a per cent."""


class Records:
    """The records of a store by what their amounts are."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._columns = columns
        self._catalog = catalog
        self.sets = Sets(columns, catalog)
        self._where = lru_cache(maxsize=_KEPT)(self._having)
        self._in_bands = lru_cache(maxsize=BANDS + 1)(self._below_band)

    def holding(self, condition: Leaf) -> tuple[int, int]:
        """Return the records that a condition holds for surely, and those that it may hold for."""
        match condition:
            case Money(low, high):
                return self._money(low, high)
            case Change():
                return self._change(condition)
            case Rate():
                found = self.sets.ranges(
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
                codes = frozenset(code for code, each in enumerate(table) if each in values)
                found = self._where(f"record.{column}", codes) & self.with_amount
            case Flag(name):
                bit = 1 << FLAG_CODES.index(name)
                found = self._where("record.flags", frozenset(code for code in range(256) if code & bit))
            case Papers(numbers):
                papers, items = self._catalog.paper_first, self._catalog.item_first
                found = self.sets.ranges((items[papers[each]], items[papers[each + 1]]) for each in numbers)
            case Has(name):
                found = self._has(name)
            case _:
                assert_never(condition)
        return found, found

    def of_roles(self, asked: Iterable[str]) -> int:
        """Return the records without an amount, and those of own sums, of totals and of roles asked for."""
        kept = {None, "own", "total", *asked}
        return self._where("record.role", frozenset(code for code, role in enumerate(ROLE_CODES) if role in kept))

    def of_items_without(self, usual: int) -> int:
        """Return the records of the items that have none in `usual`."""
        return self.sets.whole(self.sets.firsts & ~self.sets.items(usual))

    @cached_property
    def with_amount(self) -> int:
        """The records that are amounts."""
        return self._where("record.role", frozenset(range(1, len(ROLE_CODES))))

    def _having(self, column: str, codes: frozenset[int]) -> int:
        """Return the records whose value in a column of small numbers is one of `codes`."""
        if self._columns.table[column][0] not in ("B", "-"):
            return self.sets.where(value in codes for value in self._columns.numbers(column))
        return self.sets.having(self._columns.data(column), codes)

    def _years(self, low: int | None, high: int | None) -> int:
        known = self._catalog.all_years()
        return self._where(
            "record.years",
            frozenset(code for code, years in enumerate(known) if any(_between(year, low, high) for year in years)),
        )

    def _account(self, marks: frozenset[str]) -> tuple[int, int]:
        """Return the records of accounts; 一部GX may be of GX."""
        accounts = list(enumerate(self._catalog.accounts()))
        found = self._where("record.account", frozenset(code for code, each in accounts if each in marks))
        partly = frozenset(
            code for code, each in accounts if each.startswith("一部") and each.removeprefix("一部") in marks
        )
        return found, found | self._where("record.account", partly)

    def _money(self, low: int | None, high: int | None) -> tuple[int, int]:
        """Return the records whose sum surely, and may, lie between two ends.

        A portion or a ceiling stands for all from nothing to the printed sum.
        """
        below = 0 if low is None else self._below(self.rank(low))
        upto = self.with_amount if high is None else self._below(self.rank(high, behind=True)) & self.with_amount
        printed = upto & ~below & ~self._open
        sure = upto & self._open if low is None or low <= 0 else 0
        may = self._open & ~below if high is None or high >= 0 else 0
        return printed | sure, printed | may

    @cached_property
    def _open(self) -> int:
        return self._where("record.bound", frozenset(_OPEN)) & self.with_amount

    def rank(self, yen: int, *, behind: bool = False) -> int:
        """Return how many records have a sum below `yen`; `behind` counts those with just this one, too."""
        find = bisect_right if behind else bisect_left
        return find(self._by_yen, yen, key=self._columns.numbers("record.yen").__getitem__)

    @cached_property
    def _by_yen(self) -> "memoryview[int]":
        return self._columns.numbers("record.by_yen")

    def _below(self, rank: int) -> int:
        """Return so many records with the lowest sums: those of whole bands, and single ones."""
        band = rank * BANDS // self.sets.count if self.sets.count else 0
        first = -(-band * self.sets.count // BANDS)
        return self._in_bands(band) | self.sets.of(self._by_yen[first:rank].tolist())

    def _below_band(self, band: int) -> int:
        """Return the records in the bands before one."""
        return self.sets.having(self._columns.data("record.band"), range(band))

    def outermost(self, records: int, items: int, *, largest: bool) -> int:
        """Return those of `records` with the largest, or smallest, sums: of so many items at least, if there are.

        What has the same sum as the last of them is among them.
        """
        found: list[int] = []
        seen: set[int] = set()
        yen, item_of, last = self._columns.numbers("record.yen"), self._catalog.record_item, 0
        for record in self._by_sum(records, largest=largest):
            if len(seen) >= items and yen[record] != last:
                break
            found.append(record)
            seen.add(item_of[record])
            last = yen[record]
        return self.sets.of(found)

    def _by_sum(self, records: int, *, largest: bool) -> Iterator[int]:
        """Yield records in order of their sums, as many as are asked for; bands with none of them are passed over."""

        def outer(bands: int) -> int:
            return records & ~self._in_bands(BANDS - bands) if largest else records & self._in_bands(bands)

        first = bisect_left(range(BANDS + 1), True, key=lambda bands: bool(outer(bands)))
        for bands in range(first, BANDS + 1):
            there = outer(bands) & ~outer(bands - 1)
            if not there:
                continue
            bits, band = there.to_bytes(self.sets.size // 8, "big"), BANDS - bands if largest else bands - 1
            ranks = range(*(-(-edge * self.sets.count // BANDS) for edge in (band, band + 1)))
            for record in map(self._by_yen.__getitem__, reversed(ranks) if largest else ranks):
                if bits[record >> 3] & 0x80 >> (record & 7):
                    yield record

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
        sure, may = [False] * self.sets.count, [False] * self.sets.count
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
        return self.sets.where(sure), self.sets.where(may)

    @cached_property
    def executions(self) -> list[tuple[int, int, int]]:
        """Each record of money executed: its sum, and what there was to execute in the same year of the same item."""
        from search.execution import executions  # few queries ask for it

        return list(executions(self._columns, self._catalog))

    def _has(self, name: str) -> int:
        match name:
            case "executed":
                return self.sets.ranges((record, record + 1) for record, _, _ in self.executions)
            case "label":
                return self.sets.where(each != 0 for each in self._columns.numbers("record.label"))
            case "change":
                return self.sets.where(each != NONE for each in self._columns.numbers("record.previous"))
            case "text":
                texts, first = self._columns.numbers("item.text"), self._catalog.item_first
                return self.sets.whole(self.sets.of([first[item] for item, text in enumerate(texts) if text]))
            case _:
                return self.with_amount


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
