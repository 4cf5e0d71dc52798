"""Which names of programmes are one programme, as their 予算事業ID says."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index.document import Item
from index.programme import is_generic, programme_key


class Named(NamedTuple):
    """A programme of a review paper: its ID, the fiscal year of the paper, the key of its name, its records."""

    id: str
    year: int
    key: str
    first: int
    end: int


class Identities:
    """The programmes with an ID while papers are gathered.

    The same ID is the same programme even if its name changes. Two IDs of one name are two programmes, and neither
    is what a paper without IDs calls by that name: which one it means nobody can say.
    """

    def __init__(self) -> None:
        self._named: list[Named] = []

    def add(self, year: int | None, items: Sequence[Item], starts: Sequence[int]) -> None:
        """Take note of the items of a paper, whose records begin at `starts`; an ID that stands twice says nothing."""
        counts = Counter(item.number for item in items if item.kind == "programme")
        for item, first, end in zip(items, starts, starts[1:], strict=False):
            if item.kind == "programme" and item.number and counts[item.number] == 1:
                self._named.append(Named(item.number, year or 0, programme_key(item.name), first, end))

    def settle(self, numbers: list[int], number_of: Callable[[str], int]) -> None:
        """Make the records of one ID one programme in `numbers`, by its last name where that is its alone.

        What other papers call by any name that is its alone is that programme, too.
        """
        bearers: dict[str, set[str]] = {}
        names: dict[str, list[Named]] = {}
        for each in sorted(self._named, key=lambda one: one.year):
            bearers.setdefault(each.key, set()).add(each.id)
            names.setdefault(each.id, []).append(each)
        same: dict[int, int] = {}
        for id_, named in names.items():
            own = [each.key for each in named if len(bearers[each.key]) == 1 and not is_generic(each.key)]
            number = number_of(own[-1] if own else f"{named[-1].key} {id_}")  # no key has a space
            same |= {number_of(key): number for key in own}
            for each in named:
                numbers[each.first : each.end] = [number] * (each.end - each.first)
        numbers[:] = [same.get(number, number) for number in numbers]
