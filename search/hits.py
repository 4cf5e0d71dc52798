"""The items of an answer, each in its group, with repeats folded under what they repeat."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import REPEATS
from search.plan import Flag
from search.records import Records
from search.sets import Sets


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
    """The hits of a query: `groups` are the items in each group, `repeats` what is folded under which.

    A Found is made when it is looked at, as few of many ever are.
    """

    def __init__(
        self, answer: Answer, groups: tuple[int, int, int], repeats: dict[int, tuple[int, ...]], items: "Items"
    ):
        self.groups = groups
        self.repeats = repeats
        self._levels = (answer.sure, answer.may, answer.near)
        self._items = items
        self._found = Levels(answer, items.sets, items.catalog).found

    def __len__(self) -> int:
        return sum(self.counts())

    def found(self, item: int, score: float = 0.0) -> Found:
        """Return the hit of an item."""
        return self._found(item)._replace(score=score, repeats=self.repeats.get(item, ()))

    @property
    def items(self) -> list[int]:
        """All items, in order of the papers."""
        certain, possible, related = self.groups
        return self._items.numbers(certain | possible | related)

    def counts(self) -> list[int]:
        """Return how many hits are in each group."""
        return [group.bit_count() for group in self.groups]

    def own(self, group: int) -> int:
        """Return the amounts that the hits of a group answer with, those only that answer as surely as it says."""
        return self._levels[group] & self._items.amounts_of(self.groups[group])

    def amounts(self) -> list[int]:
        """Return how many amounts answer in the hits of each group; a certain one may have some that only may."""
        _, may, near = self._levels
        answering = zip((may, may, near), self.groups, strict=True)
        return [(each & self._items.amounts_of(group)).bit_count() for each, group in answering]


class Levels:
    """How surely each record answers: 3 surely, 2 perhaps, 1 near, 0 not at all."""

    def __init__(self, answer: Answer, sets: Sets, catalog: Catalog) -> None:
        self._answer = answer
        self._sets = sets
        self._catalog = catalog

    @cached_property
    def _bits(self) -> tuple[bytes, ...]:
        return tuple(each.to_bytes(self._sets.size // 8, "big") for each in self._answer[:3])

    def _level(self, record: int) -> int:
        return sum(each[record >> 3] >> (~record & 7) & 1 for each in self._bits)

    def found(self, item: int) -> Found:
        """Return an item that answers with its records, none folded."""
        records = self._catalog.records_of(item)
        if len(records) == 1:
            return Found(item, 3 - self._level(records.start), (records.start,), 1)
        levels = list(map(self._level, records))
        level = max(levels)
        own = [record for record, each in zip(records, levels, strict=True) if each == level]
        open_ = [record for record, each in zip(records, levels, strict=True) if each == 2] if level == 3 else []
        return Found(item, 3 - level, (*own, *open_), len(own))


class Items:
    """The items of a store as sets, and those that repeat others."""

    def __init__(self, columns: Columns, catalog: Catalog, records: Records) -> None:
        self.catalog = catalog
        self.sets = records.sets
        self._records = records
        self._flags = columns.numbers("record.flags")
        self._programme, self._paper = columns.numbers("item.programme"), columns.numbers("item.paper")

    def of(self, records: int) -> int:
        """Return the set of the items that have any of `records`."""
        return self.sets.items(records)

    def amounts_of(self, items: int) -> int:
        """Return all amounts of the items in a set."""
        return self.sets.whole(items) & self._records.with_amount

    def numbers(self, items: int) -> list[int]:
        """Return the items in a set, in order."""
        return list(map(self.catalog.record_item.__getitem__, self.sets.numbers(items)))

    def first(self, items: int) -> Iterable[int]:
        """Yield the items in a set in order, as many as are asked for."""
        return map(self.catalog.record_item.__getitem__, self.sets.each(items))

    def set(self, items: Iterable[int]) -> int:
        """Return items as a set."""
        return self.sets.of([self.catalog.item_first[each] for each in items])

    def parted(self, answer: Answer) -> tuple[int, int, int]:
        """Return the records that items of each group answer with, as surely as it says; none are folded."""
        sure, may, near = map(self.of, answer[:3])
        possible, related = self.sets.whole(may & ~sure), self.sets.whole(near & ~may)
        return answer.sure, answer.may & possible, answer.near & related

    def hits(self, answer: Answer) -> Hits:
        """Return the items of an answer, repeats folded under what they repeat."""
        repeats = self.folded(self.repeating(answer))
        gone = self._among(repeats)
        sure, may, near = (self.of(each) & ~gone for each in answer[:3])
        return Hits(answer, (sure, may & ~sure, near & ~may), repeats, self)

    def present(self, answer: Answer) -> int:
        """Return the set of the items of an answer, repeats folded under what they repeat."""
        return self.of(answer.near) & ~self._among(self.folded(self.repeating(answer)))

    def _among(self, repeats: Mapping[int, Iterable[int]]) -> int:
        return self.set([item for items in repeats.values() for item in items]) if repeats else 0

    def repeating(self, answer: Answer) -> list[Found]:
        """Return the items of an answer that are marked as repeats, or that others may repeat; none folded."""
        if not answer.near & self._marked:
            return []
        there = self.of(answer.near) & self._families
        return list(map(Levels(answer, self.sets, self.catalog).found, self.numbers(there)))

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
    def _families(self) -> int:
        """The items that share their name with a marked one of the same paper."""
        keys = {self._key(item) for item in self.numbers(self.of(self._marked))}
        pairs = enumerate(zip(self._paper, self._programme, strict=True))
        return self.set([item for item, key in pairs if key in keys])
