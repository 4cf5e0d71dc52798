"""The terms of a store, and the stretches in which each stands."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from index.analysis import UNIT
from index.store.columns import Columns, encoded
from search.places import NOWHERE, Fields, Places

_MANY = 8
"""The list of a term that stands in so many times more stretches than another is not worth reading."""


class Postings:
    """Where the terms of a store stand."""

    def __init__(self, columns: Columns, fields: Fields) -> None:
        self._fields = fields
        self._terms = columns.strings("term")
        self._starts, self._numbers = columns.numbers("posting.starts"), columns.numbers("posting")
        frequent = columns.numbers("frequent.term").tolist()
        self._frequent = dict(zip(frequent, range(len(frequent)), strict=True))
        self._names = columns.data("frequent.names")
        self._again_starts, self._again = columns.numbers("again.starts"), columns.numbers("again")

    def find(self, term: str) -> int | None:
        """Return the number of a term, None if no text has it."""
        return self._terms.find(term)

    def size(self, term: int) -> int:
        """Return in how many stretches a term stands."""
        return self._starts[term + 1] - self._starts[term]

    def places(self, term: int) -> Places:
        """Return the stretches in which a term stands."""
        first, end = self._starts[term], self._starts[term + 1]
        if term not in self._frequent:
            return self._fields.places(self._numbers[first:end].tolist())
        others = bisect_left(self._numbers, self._fields.names, first, end)
        return Places(self._fields.packed(self._names, self._frequent[term]), self._numbers[others:end].tolist())

    def any(self, terms: Sequence[int]) -> Places:
        """Return the stretches in which any of some terms stand."""
        found, rare = NOWHERE, set[int]()
        for each in terms:
            if each in self._frequent:
                found |= self.places(each)
            else:
                rare.update(self._numbers[self._starts[each] : self._starts[each + 1]])
        return found | self._fields.places(sorted(rare))

    def often(self, term: int) -> Counter[int]:
        """Return how often a term stands in each stretch in which it does so more than once."""
        again = Counter(self._again[self._again_starts[term] : self._again_starts[term + 1]].tolist())
        return Counter({stretch: 1 + more for stretch, more in again.items()})

    def beginning(self, folded: str) -> list[int]:
        """Return the terms, and the long units, that begin with some characters."""
        return [number for lead in ("", UNIT) for number in self._beginning(encoded(lead + folded))]

    def _beginning(self, wanted: bytes) -> Iterator[int]:
        number = self._terms.first(wanted)
        while number < len(self._terms) and self._terms.encoded(number).startswith(wanted):
            yield number
            number += 1

    def with_all(self, terms: Sequence[int]) -> Places:
        """Return the stretches in which all of some terms stand; a frequent one may be left to be looked for."""
        first, *others = sorted(set(terms), key=self.size)
        found = self.places(first)
        for each in others:
            if each in self._frequent or self.size(each) < _MANY * found.size:
                found &= self.places(each)
        return found
