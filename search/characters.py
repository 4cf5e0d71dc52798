"""The stretches of text that hold some characters, be it inside a longer word."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, repeat

from index.analysis import BOUND, UNIT
from index.store.columns import Columns, encoded
from index.store.held import pairs
from search.places import NOWHERE, Fields, Places
from search.postings import Postings

_LOOKED_UP = 8
"""So many terms of what is looked for tell where it may be: where all of them are."""
_CHECKED = 1000
"""To look into the texts of so few is less work than to look up one more of its terms."""
_FOUND = (-1).__lt__
_SCANNED = 12_000
"""To look into so many texts one by one takes longer than to look for all that hold something."""
_COPIED = 1000
"""To look at fewer texts than so many, that of all is not copied from where it is mapped."""
_LAST = b"\xff"
"""It comes behind all that begins with the same."""


class Characters:
    """The text of all stretches, folded, and what is known since the commit of what stands in it."""

    def __init__(self, columns: Columns, fields: Fields, postings: Postings) -> None:
        self._columns = columns
        self._fields = fields
        self._postings = postings
        self._keys, self._texts = columns.strings("held.key"), columns.strings("stretch")
        self._starts, self._pairs = columns.numbers("stretch.starts"), columns.numbers("pair")
        self._last: tuple[tuple[str, tuple[str, ...], bool] | None, Places] = None, NOWHERE  # an exact word asks twice

    def holding(self, folded: str, terms: Sequence[str] = (), said: Places = NOWHERE, *, whole: bool = False) -> Places:
        """Return the stretches whose characters, folded, hold `folded`; `whole` not inside a Latin word.

        Those in `said` need not be told. `terms` may be of what is looked for: what holds it holds them.
        """
        asked = folded, tuple(terms), whole
        if said.any:
            return self._found(*asked, said)
        known, places = self._last
        if known != asked:
            places = self._found(*asked, said)
            self._last = asked, places
        return places

    def _found(self, folded: str, terms: tuple[str, ...], whole: bool, said: Places) -> Places:
        if not all(map(self._together, pairs(folded))):
            return NOWHERE
        number = self._keys.find(folded)
        if number is not None and not whole:
            return self._unsaid(number) | self.filtered(self._named(folded) - said, folded)
        parts = dict.fromkeys(_bare(term, folded) for term in (folded, *terms[:_LOOKED_UP]))
        known = [number for part in parts if (number := self._keys.find(part)) is not None]
        if not known:
            found = self._scanned(folded)
            return self.filtered(found, folded, whole) if whole else found
        first, *others = sorted(known, key=self._size)
        found = self._held(first)
        for each in others:
            if found.size < _CHECKED:
                break
            found &= self._held(each)
        return self.filtered(found - said, folded, whole)

    def _held(self, key: int) -> Places:
        """Return the stretches that hold the characters of a key, and some that say a word that begins with them."""
        return self._unsaid(key) | self._named(self._keys[key])

    def _together(self, pair: int) -> bool:
        """Say whether two characters stand beside one another anywhere."""
        at = bisect_left(self._pairs, pair)
        return at < len(self._pairs) and self._pairs[at] == pair

    def _size(self, key: int) -> int:
        """Return how many stretches hold the characters of a key, those that say it in several terms more than once."""
        held = self._columns.numbers("held.starts")
        return held[key + 1] - held[key] + sum(map(self._postings.size, self._postings.beginning(self._keys[key])))

    def _unsaid(self, key: int) -> Places:
        """Return the stretches that hold the characters of a key, and say no term that begins so."""
        starts = self._columns.numbers("held.starts")
        return self._fields.places(self._columns.numbers("held")[starts[key] : starts[key + 1]].tolist())

    def _named(self, folded: str) -> Places:
        """Return the stretches with a term, or a long unit, that begins with these characters."""
        return self._postings.any(self._postings.beginning(folded))

    def filtered(self, places: Places, folded: str, whole: bool = False) -> Places:
        """Return those of some places that hold `folded`; `whole` not inside a Latin word."""
        if not whole and places.size > _SCANNED:
            return places & self._scanned(folded)
        return self._fields.chosen(places, lambda stretches: self._holding(stretches, folded, whole))

    def _holding(self, stretches: Sequence[int], folded: str, whole: bool) -> list[bool]:
        """Return which of some stretches hold `folded`."""
        if whole:
            pattern = re.compile(_alone(folded))
            return [pattern.search(self._texts[each]) is not None for each in stretches]
        wanted = encoded(folded)
        if len(stretches) < _COPIED:
            return [wanted in self._texts.encoded(each) for each in stretches]
        starts, text = self._starts.__getitem__, self._bytes
        ends = map(starts, map((1).__add__, stretches))
        return list(map(_FOUND, map(text.find, repeat(wanted), map(starts, stretches), ends)))

    @cached_property
    def _bytes(self) -> bytes:
        """The text of all stretches, folded: bytes are searched, what is mapped is not."""
        return bytes(self._columns.data("stretch.text"))

    def _scanned(self, folded: str) -> Places:
        """Return the stretches that hold `folded`, found in the text of all: once in each line."""
        found = [each.start() for each in re.finditer(re.escape(folded) + "[^\n]*", self._text)]
        lines = accumulate(map(self._text.count, repeat("\n"), [0, *found], found))
        return self._fields.places(list(lines))

    @cached_property
    def _text(self) -> str:
        """All stretches, folded, one a line: characters are searched faster than bytes."""
        return self._texts.all()

    def names_beginning(self, folded: str) -> tuple[int, int]:
        """Return the names that are just these characters, and the longer ones that begin with them, as sets."""
        order, wanted, starts = self._columns.numbers("item.by_name"), encoded(folded), self._starts
        first = bisect_left(order, wanted, key=self._texts.encoded)
        end = bisect_left(order, wanted + _LAST, first, key=self._texts.encoded)
        found = order[first:end].tolist()
        same = bisect_right(found, len(wanted) + 1, key=lambda each: starts[each + 1] - starts[each])
        return self._fields.places(sorted(found[:same])).names, self._fields.places(sorted(found[same:])).names


def _alone(folded: str) -> str:
    """Return a pattern of characters that are not inside a Latin word."""
    return f"(?<![0-9A-Za-z]){re.escape(folded)}(?![0-9A-Za-z])"


def _bare(term: str, folded: str) -> str:
    """Return the characters of a term if they are among those looked for, else none."""
    bare = term.lstrip(BOUND + UNIT)
    return bare if bare in folded else ""
