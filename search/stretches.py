"""The stretches of text that say a word, or hold its characters."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from operator import add
from typing import NamedTuple

from index.analysis import BOUND, UNIT
from index.store.columns import Columns
from search.characters import Characters
from search.places import NOWHERE, Fields, Places, united
from search.plan import Beginning, Spelling, Words
from search.postings import Postings

_READ = 4000
"""To read the terms of so few stretches takes less time than those of a hundred thousand."""


class Said(NamedTuple):
    """The stretches that say something, and how often those say it that do so more than once."""

    places: Places = NOWHERE
    often: Mapping[int, int] = {}


class Standing(NamedTuple):
    """Where a word stands: `own` says it as the item's own, `often` more than once; `near` says it near the item.

    `within` only hold its characters, or say something like it, in an own or in a near place.
    """

    own: Places
    often: Mapping[int, int]
    near: Places
    within: Places

    @property
    def all(self) -> tuple[Places, Places, Places]:
        """Where it stands, however it does."""
        return self.own, self.near, self.within

    @property
    def size(self) -> int:
        """How many stretches there are."""
        return sum(each.size for each in self.all)


class Stretches:
    """The stretches of a store by what they say."""

    def __init__(self, columns: Columns, fields: Fields) -> None:
        self._columns = columns
        self.fields = fields
        self._postings = Postings(columns, fields)
        self.characters = Characters(columns, fields, self._postings)
        self._token, self.length = columns.numbers("stretch.token"), columns.copied("stretch.length")

    def standing(self, word: Words | Beginning) -> Standing:
        """Return where `word` stands."""
        said, often = self._said(word)
        held = [
            self.characters.holding(
                each.folded, each.terms, NOWHERE if _is_looked_for(word, each) else said, whole=each.whole
            )
            for each in _held(word)
        ]
        kin = [self.phrase(spelling.terms).places for spelling in _kin(word)]
        within, among = united([*held, *kin]) - said, self.fields.among
        return Standing(among(said, word.fields), often, among(said, word.near), among(within, word.fields | word.near))

    def _said(self, word: Words | Beginning) -> Said:
        """Return the stretches that say a word."""
        if isinstance(word, Beginning):
            return self._beginning(word)
        return self._any([self._spelled(each, _is_exact(word, each.folded)) for each in word.spellings])

    def _any(self, parts: Sequence[Said]) -> Said:
        """Return what is said by any of some parts; who says it in several of them says it more than once."""
        parts = [each for each in parts if each.places.any]
        if len(parts) < 2:
            return parts[0] if parts else Said()
        seen = twice = Places()
        for each in parts:
            seen, twice = seen | each.places, twice | (seen & each.places)
        often = Counter(dict(item for each in parts for item in each.often.items()))
        if twice.any:
            often = Counter()
            for each in parts:
                often.update(dict.fromkeys(self.fields.stretches(each.places & twice), 1) | dict(each.often))
        return Said(seen, often)

    def _spelled(self, spelling: Spelling, exact: bool) -> Said:
        """Return the stretches that say a spelling; those of symbols only have no longer words to be part of."""
        if not spelling.terms:
            return Said(self.characters.holding(spelling.folded))
        if not exact:
            return self.phrase(spelling.terms)
        return self.phrase(spelling.terms, self.characters.holding(spelling.folded, spelling.terms))

    def _beginning(self, word: Beginning) -> Said:
        """Return the stretches with a term, or a long unit, that begins so; or with its first unit and all of it."""
        marked = word.folded.startswith((BOUND, UNIT))
        parts = [] if marked else list(map(self._term, self._postings.beginning(word.folded)))
        if word.head:
            parts.append(self.phrase(word.head, self.characters.filtered(self.phrase(word.head).places, word.folded)))
        return self._any(parts)

    def _term(self, number: int) -> Said:
        return Said(self._postings.places(number), self._postings.often(number))

    def phrase(self, terms: Sequence[str], among: Places | None = None) -> Said:
        """Return the stretches in which `terms` stand one behind the other; `among` are those that may be told."""
        known = {term: self._postings.find(term) for term in dict.fromkeys(terms)}
        numbers = [number for term in terms if (number := known[term]) is not None]
        if len(numbers) < len(terms):
            return Said()
        if len(numbers) == 1 and among is None:
            return self._term(numbers[0])
        phrase = "".join(map(chr, numbers))
        may = self._postings.with_all(numbers) if among is None else among
        often: dict[int, int] = {}

        def times(stretches: Sequence[int]) -> list[int]:
            starts = list(map(self._token.__getitem__, stretches))
            ends = map(add, starts, map(self.length.__getitem__, stretches))
            counted = self._counted(phrase, starts, list(ends))
            if max(counted, default=0) > 1:
                often.update((each, n) for each, n in zip(stretches, counted, strict=True) if n > 1)
            return counted

        return Said(self.fields.chosen(may, times), often)

    def _counted(self, phrase: str, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
        """Return how often a phrase stands from each place to before the other; the first few are read one by one."""
        if len(starts) < _READ and "_tokens" not in self.__dict__:
            return [self._text(*each).count(phrase) for each in zip(starts, ends, strict=True)]
        return list(map(self._tokens.count, repeat(phrase), starts, ends))

    @cached_property
    def _tokens(self) -> str:
        """The terms of all stretches, a character each: strings are searched, what is mapped is not."""
        return self._text(0, len(self._columns.numbers("token")))

    def _text(self, start: int, end: int) -> str:
        size = self._columns.numbers("token").itemsize
        order = "le" if sys.byteorder == "little" else "be"
        return str(self._columns.data("token")[start * size : end * size], f"utf-{8 * size}-{order}", "surrogatepass")


class Held(NamedTuple):
    """Characters to be looked for: their terms; whether they say nothing inside a longer Latin word (ev in level)."""

    folded: str
    terms: tuple[str, ...]
    whole: bool


def _held(word: Words | Beginning) -> Iterator[Held]:
    """Yield the characters of a word: of it as typed, and of what means the same."""
    if isinstance(word, Beginning):
        yield Held(word.folded, word.head, False)
        return
    for number, each in enumerate(word.spellings):
        if each.folded or not number:
            yield Held(each.folded, each.terms, number > 0 and each.folded.isascii())


def _is_looked_for(word: Words | Beginning, held: Held) -> bool:
    """Say whether what holds the characters was looked for to find what says them."""
    return isinstance(word, Words) and (not held.terms or _is_exact(word, held.folded))


def _is_exact(word: Words | Beginning, folded: str) -> bool:
    """Say whether a spelling must stand in just these characters: in quotation marks, or a single one."""
    return isinstance(word, Words) and (word.exact or len(folded) == 1)


def _kin(word: Words | Beginning) -> tuple[Spelling, ...]:
    return () if isinstance(word, Beginning) else word.kin
