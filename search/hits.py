"""The items of an answer, each in its group, with repeats folded under what they repeat."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import REPEATS
from search.plan import Flag
from search.records import Records

_LAST = 0x80
_GROUP_OF_LEVEL = bytes((0, 2, 1, 0)).ljust(256, b"\0")
"""A level is how many sets of an answer hold a record, or an item: 3 surely, 2 perhaps, 1 only near."""


class Answer(NamedTuple):
    """Sets of records: those that answer surely, those that may, and those whose words only stand near.

    `loose` are those whose words stand anywhere at their item, be it at other amounts. Each set holds the one before.
    """

    sure: int
    may: int
    near: int
    loose: int

    def meeting(self, sure: int, may: int) -> "Answer":
        """Return what answers besides a condition on amounts that holds for records surely, or perhaps."""
        return Answer(self.sure & sure, self.may & may, self.near & may, self.loose & may)

    def across(self) -> "Answer":
        """Return what answers where words may meet across the amounts of an item."""
        return self._replace(near=self.loose)


class Found(NamedTuple):
    """An item that answers: its group, the records that do, its score, the items that repeat it.

    The groups are 0 certain, 1 possible, 2 related. The first `own` of the records are of the item's own group.
    """

    item: int
    group: int
    records: tuple[int, ...]
    own: int
    score: float = 0.0
    repeats: tuple[int, ...] = ()


class Hits:
    """The hits of a query: `items` in order of the papers, the group of each in `groups`, what is folded in `repeats`.

    A Found is made when it is looked at, as few of many ever are.
    """

    def __init__(self, items: list[int], groups: bytes, repeats: dict[int, tuple[int, ...]], levels: "Levels") -> None:
        self.items = items
        self.groups = groups
        self.repeats = repeats
        self._levels = levels

    def __len__(self) -> int:
        return len(self.items)

    def found(self, item: int, score: float = 0.0) -> Found:
        """Return the hit of an item."""
        return self._levels.found(item)._replace(score=score, repeats=self.repeats.get(item, ()))

    def of_group(self, group: int) -> list[int]:
        """Return the items in a group."""
        return list(compress(self.items, map(group.__eq__, self.groups)))

    def counts(self) -> list[int]:
        """Return how many hits are in each group."""
        return [self.groups.count(group) for group in range(3)]

    def amounts(self) -> list[int]:
        """Return how many amounts answer in the hits of each group; a certain one may have some that only may."""
        groups = dict(zip(self.items, self.groups, strict=True))
        answering = Counter((level, groups.get(item)) for item, level in self._levels.amounts())
        return [answering[3, 0] + answering[2, 0], answering[2, 1], answering[1, 2]]


class Levels:
    """How surely each record answers: 3 surely, 2 perhaps, 1 near, 0 not at all."""

    def __init__(self, answer: Answer, records: Records, catalog: Catalog) -> None:
        self._bytes = (answer.sure + answer.may + answer.near).to_bytes(records.size, "little")
        self._records = records
        self._catalog = catalog

    def found(self, item: int) -> Found:
        """Return an item that answers with its records, none folded."""
        records = self._catalog.records_of(item)
        if len(records) == 1:
            return Found(item, 3 - self._bytes[records.start], (records.start,), 1)
        levels = self._bytes[records.start : records.stop]
        level = max(levels)
        own = [record for record, each in zip(records, levels, strict=True) if each == level]
        open_ = [record for record, each in zip(records, levels, strict=True) if each == 2] if level == 3 else []
        return Found(item, 3 - level, (*own, *open_), len(own))

    def amounts(self) -> Iterator[tuple[int, int]]:
        """Yield the item and the level of each amount that answers."""
        amounts = self._records.with_amount * 3 & int.from_bytes(self._bytes, "little")
        levels = amounts.to_bytes(self._records.size, "little")
        return zip(compress(self._catalog.record_item, levels), levels.translate(None, b"\0"), strict=True)


class Items:
    """The items of a store as sets: whole numbers with one byte a record, 0x80 at the last record of each item in it.

    A set of records is added to 0xff at every record, but 0x7f at the last of each item: so a record's one is carried
    to the end of its item, and a single addition tells the items of any records.
    """

    def __init__(self, columns: Columns, catalog: Catalog, records: Records) -> None:
        self._catalog = catalog
        self._records = records
        self._flags = columns.numbers("record.flags")
        self._programme, self._paper = columns.numbers("item.programme"), columns.numbers("item.paper")

    def of(self, records: int) -> int:
        """Return the set of the items that have any of `records`."""
        return (self._carrying + records) & self._lasts

    def numbers(self, items: int) -> list[int]:
        """Return the items in a set, in order."""
        return list(map(self._catalog.record_item.__getitem__, self._records.numbers(items, _LAST)))

    def at_lasts(self, items: int) -> bytes:
        """Return a set of items as bytes, one for each record, that of an item's last record telling."""
        return items.to_bytes(self._records.size, "little")

    def all(self, answer: Answer) -> list[Found]:
        """Return every item of an answer in order, none folded."""
        levels = Levels(answer, self._records, self._catalog)
        return list(map(levels.found, self.numbers(self.of(answer.near))))

    def hits(self, answer: Answer) -> Hits:
        """Return the items of an answer, repeats folded under what they repeat."""
        repeats = self.folded(self.repeating(answer))
        gone = ~self._set(item for items in repeats.values() for item in items)
        levels = sum(self.of(each) & gone for each in (answer.sure, answer.may, answer.near)) >> 7
        ends = self.at_lasts(levels)
        items = list(compress(self._catalog.record_item, ends))
        groups = ends.translate(_GROUP_OF_LEVEL, b"\0")
        return Hits(items, groups, repeats, Levels(answer, self._records, self._catalog))

    def present(self, answer: Answer) -> int:
        """Return the set of the items of an answer, repeats folded under what they repeat."""
        repeats = self.folded(self.repeating(answer))
        return self.of(answer.near) & ~self._set(item for items in repeats.values() for item in items)

    def repeating(self, answer: Answer) -> list[Found]:
        """Return the items of an answer that are marked as repeats, or that others may repeat; none folded."""
        if not answer.near & self._marked:
            return []
        levels, there = Levels(answer, self._records, self._catalog), self.at_lasts(self.of(answer.near))
        return [levels.found(item) for item in self._families if there[self._catalog.item_first[item + 1] - 1]]

    def folded(self, found: Iterable[Found]) -> dict[int, tuple[int, ...]]:
        """Return the items among `found` marked 再掲 or 後掲 by the one that they repeat.

        That is the first of the same name in the same paper that bears no mark; without it, the first that does. It
        is never one of a less sure group: what is certain stays so.
        """
        flags, entries = self._flags, list(found)
        marked = {each.item for each in entries if all(flags[record] & REPEATS for record in each.records)}
        heads: dict[tuple[int, int], Found] = {}
        for each in sorted(entries, key=lambda each: (each.item in marked, each.group)):
            heads.setdefault(self._key(each.item), each)
        repeats: dict[int, list[int]] = {}
        for each in entries:
            head = heads[self._key(each.item)]
            if each.item in marked and each.item != head.item and head.group <= each.group:
                repeats.setdefault(head.item, []).append(each.item)
        return {head: tuple(items) for head, items in repeats.items()}

    def _key(self, item: int) -> tuple[int, int]:
        return self._paper[item], self._programme[item]

    @cached_property
    def _marked(self) -> int:
        """The records that say that they repeat others."""
        return self._records.holding(Flag("repeated"))[0] | self._records.holding(Flag("later"))[0]

    @cached_property
    def _families(self) -> list[int]:
        """The items that share their name with a marked one of the same paper."""
        keys = {self._key(item) for item in self.numbers(self.of(self._marked))}
        return [item for item, key in enumerate(zip(self._paper, self._programme, strict=True)) if key in keys]

    def _set(self, items: Iterable[int]) -> int:
        """Return items as a set."""
        flags = bytearray(self._records.size)
        for item in items:
            flags[self._catalog.item_first[item + 1] - 1] = _LAST
        return int.from_bytes(flags, "little")

    @cached_property
    def _lasts(self) -> int:
        return self._set(range(self._catalog.items))

    @cached_property
    def _carrying(self) -> int:
        return self._records.all * 0xFF - self._lasts
