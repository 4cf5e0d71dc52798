"""Amounts that a paper prints twice: on their own, and as a part of another (うち)."""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import compress

from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import ROLE_CODES

_OWN, _PART = ROLE_CODES.index("own"), ROLE_CODES.index("part")
_IS_PART = bytes(each == _PART for each in range(256))


class Parts:
    """Tells which amounts of a store are parts of others."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        numbers = columns.numbers
        self._catalog = catalog
        self._role, self._yen = numbers("record.role"), numbers("record.yen")
        self._years, self._stage = numbers("record.years"), numbers("record.stage")
        self._item, self._programme = numbers("record.item"), numbers("record.programme")
        self._paper = numbers("item.paper")
        self._known: dict[int, dict[tuple[int, ...], list[int]]] = {}

    def among(self, records: Iterable[int]) -> dict[int, Sequence[int]]:
        """Return the amounts that each of `records` is a part of, where there are any."""
        some = [each for each in records if self._programme[each] in self._printed]  # few are: asking each is slow
        return {each: found for each in some if (found := self.wholes(each))}

    @cached_property
    def _printed(self) -> Set[int]:
        """The programmes with an amount that is printed as a part."""
        parts = compress(range(len(self._role)), bytes(self._role).translate(_IS_PART))
        return frozenset(map(self._programme.__getitem__, parts))

    def wholes(self, record: int) -> Sequence[int]:
        """Return the amounts elsewhere in its paper that an amount is printed as a part of, too."""
        if not self._programme[record]:
            return ()
        paper = self._paper[self._item[record]]
        if paper not in self._known:
            self._known[paper] = self._of(paper)
        found = self._known[paper].get(self._sum_of(record), ()) if self._known[paper] else ()
        return [each for each in found if self._item[each] != self._item[record]]

    def _of(self, paper: int) -> dict[tuple[int, ...], list[int]]:
        """Return the amounts that each part in a paper is one of, by programme, years, stage and sum."""
        items, first = self._catalog.items_of(paper), self._catalog.item_first
        found: dict[tuple[int, ...], list[int]] = {}
        for part in range(first[items.start], first[items.stop]):
            if self._role[part] == _PART and self._programme[part]:
                found.setdefault(self._sum_of(part), []).extend(self._beside(part))
        return found

    def _beside(self, part: int) -> Iterator[int]:
        """Yield the own amounts of the same item, years and stage, and of the item that the part follows."""
        item = self._item[part]
        for before in (item, item - 1):
            own = [
                each
                for each in (self._catalog.records_of(before) if before >= 0 else ())
                if self._role[each] == _OWN
                and (self._years[each], self._stage[each]) == (self._years[part], self._stage[part])
                and self._paper[before] == self._paper[item]
            ]
            yield from own
            if own:
                return

    def _sum_of(self, record: int) -> tuple[int, ...]:
        return self._programme[record], self._years[record], self._stage[record], self._yen[record]
