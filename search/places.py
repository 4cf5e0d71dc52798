"""Places: the stretches of text in which something stands, names as a set and the others as a list.

Nearly all stretches are names of items, and a word may stand in most of them: they are joined and met as one number.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from index.store.columns import Columns
from index.store.flat import FIELD_CODES
from search.sets import Sets

_MANY = 8
"""A list that is so many times longer than another is looked up for each of the other, not gone through."""


class Places(NamedTuple):
    """Stretches: `names` as the set of the first records of their items, and `others`, in order."""

    names: int = 0
    others: Sequence[int] = ()

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.names or self.others)

    @property
    def size(self) -> int:
        """How many there are."""
        return self.names.bit_count() + len(self.others)

    def __or__(self, other: "Places") -> "Places":
        return united((self, other))

    def __and__(self, other: "Places") -> "Places":
        return Places(self.names & other.names, _common(self.others, other.others))

    def __sub__(self, other: "Places") -> "Places":
        return Places(self.names & ~other.names, _without(self.others, other.others))


NOWHERE = Places()


def united(parts: Iterable[Places]) -> Places:
    """Return the stretches in any of some parts."""
    names, others = 0, []
    for part in parts:
        names |= part.names
        if part.others:
            others.append(part.others)
    return Places(names, others[0] if len(others) == 1 else sorted(set().union(*others)))


def _common(some: Sequence[int], others: Sequence[int]) -> Sequence[int]:
    return sorted(set(some).intersection(others)) if some and others else ()


def _without(some: Sequence[int], others: Sequence[int]) -> Sequence[int]:
    """Return those of `some` that are not among others; both are in order."""
    if not some or not others:
        return some
    if len(others) < _MANY * len(some):
        return () if some == others else sorted(set(some).difference(others))
    places = ((each, bisect_left(others, each)) for each in some)
    return [each for each, at in places if at == len(others) or others[at] != each]


class Fields:
    """The stretches of a store field by field, names first and as items are; each stands for a run of records."""

    def __init__(self, columns: Columns, item_of: Sequence[int], sets: Sets) -> None:
        self._item_of = item_of
        self.sets = sets
        self._starts = columns.numbers("stretch.fields").tolist()
        self.first, self.end = columns.copied("stretch.first"), columns.copied("stretch.end")
        self.names = self._starts[1]
        self.count = len(self.first)

    def of(self, field: str) -> range:
        """Return the stretches of a field."""
        code = FIELD_CODES.index(field)
        return range(self._starts[code], self._starts[code + 1])

    def field(self, stretch: int) -> int:
        """Return the number of the field that a stretch is of."""
        return bisect_right(self._starts, stretch) - 1

    def places(self, stretches: Sequence[int]) -> Places:
        """Return stretches, in order, as places."""
        names = bisect_left(stretches, self.names)
        firsts = list(map(self.first.__getitem__, stretches[:names]))
        return Places(self.sets.of(firsts) if firsts else 0, stretches[names:])

    def stretches(self, places: Places) -> list[int]:
        """Return places as stretches, in order."""
        return [*self.named(places.names), *places.others]

    def packed(self, sets: memoryview, number: int) -> int:
        """Return one of the sets of names that a column has one behind the other."""
        size = self.sets.size // 8
        return int.from_bytes(sets[number * size : (number + 1) * size], "big")

    def chosen(self, places: Places, choice: Callable[[list[int]], Sequence[object]]) -> Places:
        """Return those of some places of which `choice` says so; it is asked for all, as stretches in order."""
        records = self.sets.numbers(places.names)
        flags = choice([*map(self._item_of.__getitem__, records), *places.others])
        names = self.sets.of(list(compress(records, flags)))
        return Places(names, list(compress(places.others, flags[len(records) :])))

    def named(self, names: int) -> Iterator[int]:
        """Return a set of names as stretches, in order; the name of an item has its number."""
        return map(self._item_of.__getitem__, self.sets.numbers(names))

    def among(self, places: Places, fields: Collection[str]) -> Places:
        """Return those of some places that are of some fields."""
        others: list[int] = []
        for field in FIELD_CODES[1:] if places.others else ():
            if field in fields:
                span = self.of(field)
                others += places.others[bisect_left(places.others, span.start) : bisect_left(places.others, span.stop)]
        return Places(places.names if "name" in fields else 0, others)

    def covered(self, places: Places) -> int:
        """Return the records that some places stand for."""
        first, end = self.first.__getitem__, self.end.__getitem__
        found, begin, others = self.sets.whole(places.names), 0, places.others
        for field in FIELD_CODES[1:] if others else ():
            behind = bisect_left(others, self.of(field).stop, begin)
            if some := others[begin:behind]:
                found |= self.sets.ranges(zip(map(first, some), map(end, some), strict=True))
            begin = behind
        return found

    def items(self, others: Sequence[int]) -> int:
        """Return the items that stretches of their own, which are no names, stand at."""
        return self.sets.items(self.sets.of(list(map(self.first.__getitem__, others)))) if others else 0
