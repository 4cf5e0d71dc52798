"""The stretches of text that say a word, or hold its characters."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, partial
from typing import NamedTuple

from index.analysis import BOUND, UNIT
from index.store.columns import Columns
from index.store.flat import FIELD_CODES, POSITION_BITS
from search.plan import Beginning, Spelling, Words

_SAMPLE, _DENSE = 200, 6
"""What stands, among the first so many, in more than one line of so many, is found sooner by looking at each line."""


class Standing(NamedTuple):
    """Where a word stands: `own` says it as the item's own, with how often; `near` says it near the item.

    `within` only hold its characters, or say something like it, in an own or in a near place.
    """

    own: dict[int, int]
    near: list[int]
    within: list[int]


class Stretches:
    """The stretches of a store by what they say."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._terms = columns.strings("term")
        self._starts = columns.numbers("occurrence.starts")
        self._occurrences = columns.numbers("occurrence")
        self._text_starts = columns.numbers("stretch.starts")
        self.field = bytes(columns.numbers("stretch.field"))
        self.first = columns.numbers("stretch.first")
        self.end = columns.numbers("stretch.end")
        self.length = columns.numbers("stretch.length")

    @cached_property
    def _text(self) -> bytes:
        """All stretches, folded, one a line: bytes are searched many times faster than what is mapped."""
        return bytes(self._columns.data("stretch.text"))

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.decode("utf-8", "surrogatepass").split("\n")

    def standing(self, word: Words | Beginning) -> Standing:
        """Return where `word` stands."""
        own = frozenset(FIELD_CODES.index(name) for name in word.fields)
        near = frozenset(FIELD_CODES.index(name) for name in word.near)
        field, said = self.field, Counter(self._said(word))
        held = {stretch for wanted in _folded(word) for stretch in self.containing(wanted)}
        held |= {stretch for wanted in _inside(word) for stretch in self.containing(wanted, whole=True)}
        alike = {stretch for kin in _kin(word) for stretch in self.phrase(kin.terms)}
        return Standing(
            {stretch: times for stretch, times in said.items() if field[stretch] in own},
            sorted(stretch for stretch in said if field[stretch] in near),
            sorted(stretch for stretch in (held | alike) - said.keys() if field[stretch] in own | near),
        )

    def _said(self, word: Words | Beginning) -> Iterable[int]:
        """Yield the stretches that say a word, once for each time."""
        if isinstance(word, Beginning):
            return self._beginning(word)
        said: list[int] = []
        for spelling in word.spellings:
            if not spelling.terms:  # of symbols only: these have no longer words to be part of
                said += self.containing(spelling.folded)
            elif word.exact or len(spelling.folded) == 1:
                said += _among(self.phrase(spelling.terms), partial(self.containing, spelling.folded))
            else:
                said += self.phrase(spelling.terms)
        return said

    def _beginning(self, word: Beginning) -> list[int]:
        """Return the stretches with a term, or a long unit, that begins so; or with its first unit and all of it."""
        found: list[int] = []
        leads = () if word.folded.startswith((BOUND, UNIT)) else ("", UNIT)
        for lead in leads:
            wanted = (lead + word.folded).encode("utf-8", "surrogatepass")
            number = self._terms.first(wanted)
            while number < len(self._terms) and self._terms.encoded(number).startswith(wanted):
                found += self._at(self._starts[number], self._starts[number + 1])
                number += 1
        if word.head:
            found += _among(self.phrase(word.head), partial(self.containing, word.folded))
        return found

    def _at(self, start: int, end: int) -> list[int]:
        return [each >> POSITION_BITS for each in self._occurrences[start:end].tolist()]

    def phrase(self, terms: tuple[str, ...]) -> list[int]:
        """Return the stretches in which `terms` stand one behind the other, once for each time."""
        numbers = {term: self._terms.find(term) for term in set(terms)}
        spans = []
        for offset, term in enumerate(terms):
            number = numbers[term]
            if number is None:
                return []
            spans.append((self._starts[number + 1] - self._starts[number], offset, self._starts[number]))
        (count, base, start), *others = sorted(spans)
        if not others:
            return self._at(start, start + count)
        occurrences = self._occurrences
        keys = [key - base for key in occurrences[start : start + count].tolist()]
        for count, offset, start in others:
            if not keys:
                return []
            if count < 20 * len(keys):
                known = set(occurrences[start : start + count].tolist())
                keys = [key for key in keys if key + offset in known]
            else:
                end = start + count
                places = ((key, bisect_left(occurrences, key + offset, start, end)) for key in keys)
                keys = [key for key, at in places if at < end and occurrences[at] == key + offset]
        return [key >> POSITION_BITS for key in keys]

    def containing(self, folded: str, whole: bool = False) -> list[int]:
        """Return the stretches whose characters, folded, hold `folded`, in order; `whole` not inside a Latin word."""
        text, starts, wanted = self._text, self._text_starts, folded.encode("utf-8", "surrogatepass")
        found: list[int] = []
        at = text.find(wanted)
        while at >= 0:
            after = at + len(wanted)
            if whole and (_latin(text[at - 1 : at]) or _latin(text[after : after + 1])):
                at = text.find(wanted, after)
                continue
            stretch = bisect_right(starts, at) - 1
            found.append(stretch)
            if len(found) == _SAMPLE and stretch < _SAMPLE * _DENSE and not whole:
                return [number for number, line in enumerate(self._lines) if folded in line]
            at = text.find(wanted, starts[stretch + 1])
        return found

    def beginning_with(self, folded: str) -> list[int]:
        """Return the stretches that begin with these characters, in order."""
        text, starts, wanted = self._text, self._text_starts, b"\n" + folded.encode("utf-8", "surrogatepass")
        found = [0] if text.startswith(wanted[1:]) else []
        at = text.find(wanted)
        while at >= 0:
            found.append(bisect_right(starts, at + 1) - 1)
            at = text.find(wanted, at + 1)
        return found

    def size(self, stretch: int) -> int:
        """Return how many bytes the text of a stretch has."""
        return self._text_starts[stretch + 1] - self._text_starts[stretch] - 1


def _among(stretches: list[int], allowed: Callable[[], Collection[int]]) -> list[int]:
    """Return those of `stretches` that are among the allowed ones; these are not asked for when there are none."""
    if not stretches:
        return []
    known = set(allowed())
    return [each for each in stretches if each in known]


def _folded(word: Words | Beginning) -> list[str]:
    """Return the characters of a word: of it as typed, and of what means the same in Japanese script."""
    if isinstance(word, Beginning):
        return [word.folded]
    typed, *others = (spelling.folded for spelling in word.spellings)
    return [typed, *(each for each in others if each and not each.isascii())]


def _inside(word: Words | Beginning) -> list[str]:
    """Return the Latin spellings that were not typed: one inside a longer word (ev in level) says nothing."""
    if isinstance(word, Beginning):
        return []
    return [each.folded for each in word.spellings[1:] if each.folded and each.folded.isascii()]


def _kin(word: Words | Beginning) -> tuple[Spelling, ...]:
    return () if isinstance(word, Beginning) else word.kin


def _latin(byte: bytes) -> bool:
    return byte.isalnum()
