"""Which names of programmes are one programme, as their 予算事業ID says."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from index.programme import is_generic, programme_key
from index.store.columns import Loose
from index.store.flat import ABOUT_FIELDS, KIND_CODES

_YEAR = ABOUT_FIELDS.index("year")


class Named(NamedTuple):
    """A programme of a review paper: its ID, the fiscal year of the paper, the key of its name, its records."""

    id: str
    year: int
    key: str
    first: int
    end: int


def named(columns: Loose) -> Iterator[Named]:
    """Yield the programmes with an ID; one that stands twice in a paper says nothing."""
    kinds, numbers, names = (columns.numbers(f"item.{name}") for name in ("kind", "number", "name"))
    papers, starts, strings = columns.numbers("paper.first"), columns.numbers("item.first"), columns.strings("string")
    code, abouts = KIND_CODES.index("programme"), columns.strings("about")
    for paper, (first, end) in enumerate(pairwise(papers) if code in kinds else ()):
        items = [each for each in range(first, end) if kinds[each] == code]
        counts = Counter(numbers[each] for each in items)
        year = int(abouts[paper].split("\t")[_YEAR] or 0) if items else 0
        for each in items:
            if (id_ := strings[numbers[each]]) and counts[numbers[each]] == 1:
                yield Named(id_, year, programme_key(strings[names[each]]), starts[each], starts[each + 1])


def settle(named: Iterable[Named], numbers: list[int], number_of: Callable[[str], int]) -> None:
    """Make the records of one ID one programme in `numbers`, by its last name where that is its alone.

    What other papers call by any name that is its alone is that programme, too. The same ID is the same programme even
    if its name changes. Two IDs of one name are two programmes, and neither is what a paper without IDs calls by that
    name: which one it means nobody can say.
    """
    bearers: dict[str, set[str]] = {}
    borne: dict[str, list[Named]] = {}
    for each in sorted(named, key=lambda one: one.year):
        bearers.setdefault(each.key, set()).add(each.id)
        borne.setdefault(each.id, []).append(each)
    same: dict[int, int] = {}
    for id_, names in borne.items():
        own = [each.key for each in names if len(bearers[each.key]) == 1 and not is_generic(each.key)]
        number = number_of(own[-1] if own else f"{names[-1].key} {id_}")  # no key has a space
        same |= {number_of(key): number for key in own}
        for each in names:
            numbers[each.first : each.end] = [number] * (each.end - each.first)
    if same:
        numbers[:] = [same.get(number, number) for number in numbers]
