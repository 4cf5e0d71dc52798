"""The words and the programmes of a store, by how they are written or read."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from index import analysis
from index.analysis import UNIT
from index.programme import is_generic
from index.sounds import LONGEST, bare_name, packed_sound, plain_name, said_sound, sound, unpack, unsaid
from index.store.columns import Columns, encoded
from index.text import fold
from search.stretches import Stretches

_LAST = b"\xff"
"""Is behind all that UTF-8 can go on with."""
_LOOKED_AT = 60


class Entry(NamedTuple):
    """A word or a name of a programme: as it is printed, its reading in katakana, how often it stands."""

    text: str
    reading: str
    times: int


class _Spelling(NamedTuple):
    """A word of a table of synonyms: as it is printed, its reading, its terms with spaces between them."""

    text: str
    reading: str
    terms: str


class Vocabulary:
    """Looks up words and names by what they begin with; safe to share between threads."""

    def __init__(self, columns: Columns, stretches: Stretches) -> None:
        self._columns = columns
        self._stretches = stretches
        self._terms = columns.strings("term")
        self._starts, self._more = columns.numbers("posting.starts"), columns.numbers("again.starts")
        self._term_order = columns.numbers("term.by_sound")
        self._names = columns.numbers("name.string")
        self._times = columns.numbers("name.times")
        self._name_order = columns.numbers("name.by_sound")
        self._strings = columns.strings("string")

    # -- words

    def words(self, written: str) -> Iterator[Entry]:
        """Yield the most frequent words whose print begins with `written`, in no order."""
        folded = fold(written)
        numbers = set(self._printed_otherwise(folded))
        for lead in ("", UNIT):
            wanted = encoded(lead + folded)
            numbers.update(range(self._terms.first(wanted), self._terms.first(wanted + _LAST)))
        for word in map(self._word, self._frequent([each for each in numbers if self._said[each]])):
            if fold(word.text).startswith(folded):
                yield word
        yield from self._standing(each for each in self._spellings if fold(each.text).startswith(folded))

    def words_read(self, letters: str, whole: bool = False) -> Iterator[Entry]:
        """Yield the most frequent words whose sound begins with `letters`, or is just these."""
        first, end = _span(self._term_order, self._term_sound, letters, whole)
        yield from map(self._word, self._frequent(self._term_order[first:end].tolist()))
        heard = ((each, sound(each.reading)) for each in self._spellings)
        yield from self._standing(
            each for each, said in heard if said == letters or (not whole and said.startswith(letters))
        )

    @cached_property
    def everything(self) -> list[Entry]:
        """All words; with `prints` and `sounds` beside it, for what is looked up in no order."""
        words = (self._word(number) for number, kept in enumerate(self._said) if kept)
        return [*words, *self._standing(self._spellings)]

    @cached_property
    def prints(self) -> list[str]:
        """How each word is printed, folded."""
        return [fold(each.text) for each in self.everything]

    @cached_property
    def sounds(self) -> list[str]:
        """How each word sounds."""
        return [sound(each.reading) for each in self.everything]

    def _frequent(self, numbers: list[int]) -> list[int]:
        return sorted(numbers, key=self._said_times, reverse=True)[:_LOOKED_AT]

    def _said_times(self, number: int) -> int:
        starts, more = self._starts, self._more
        return starts[number + 1] - starts[number] + more[number + 1] - more[number]

    def _word(self, number: int) -> Entry:
        text, reading = unsaid(self._said[number], self._terms[number].lstrip(UNIT))
        return Entry(text, reading, self._said_times(number))

    def _term_sound(self, number: int) -> str:
        return said_sound(self._said[number], self._terms[number].lstrip(UNIT))

    @cached_property
    def _said(self) -> list[str]:
        return self._columns.packed("term.said")

    @cached_property
    def _others(self) -> list[tuple[str, int]]:
        """The words that are printed in other characters than their terms: 取組 is 取り組み."""
        pairs = ((kept.partition("\t")[2], number) for number, kept in enumerate(self._said) if "\t" in kept)
        return sorted((fold(printed), number) for printed, number in pairs)

    def _printed_otherwise(self, folded: str) -> Iterator[int]:
        first = bisect_left(self._others, (folded, 0))
        end = bisect_right(self._others, (folded + chr(0x10FFFF), 0))
        return (number for _, number in self._others[first:end])

    @cached_property
    def _spellings(self) -> list["_Spelling"]:
        """The spellings of the tables of synonyms that are several terms: 再エネ."""
        return [_Spelling(*row.split("\t")) for row in self._columns.packed("synonym.spoken")]

    def _standing(self, spellings: Iterable["_Spelling"]) -> Iterator[Entry]:
        """Yield those of `spellings` that stand in the papers."""
        for each in spellings:
            places, often = self._stretches.phrase(each.terms.split(" "))
            if places.any:
                yield Entry(each.text, each.reading, places.size + sum(often.values()) - len(often))

    # -- programmes

    def programmes(self, written: str) -> Iterator[Entry]:
        """Yield the names of programmes whose print begins with `written`, in order."""
        plain = plain_name(written)
        first, end = _span(range(len(self._names)), lambda each: plain_name(self._name(each)), plain, False)
        yield from self._programmes(range(first, end if plain else first))

    def programmes_read(self, letters: str) -> Iterator[Entry]:
        """Yield the names of programmes whose sound begins with `letters`."""
        first, end = _span(self._name_order, self._name_sound, letters, False)
        yield from self._programmes(self._name_order[first:end])
        for number in self._cut_off(letters, first):
            if sound(_reading(analysis.analyse(bare_name(self._name(number))))).startswith(letters):
                yield from self._programmes((number,))

    def _cut_off(self, letters: str, end: int) -> list[int]:
        """Return the names whose sound, as far as it is kept, is what `letters` begin with; `end` is behind them."""
        found: list[int] = []
        while end and len(found) < _LOOKED_AT and letters.startswith(self._name_sound(self._name_order[end - 1])):
            end -= 1
            if len(self._readings[self._name_order[end]]) >= LONGEST:
                found.append(self._name_order[end])
        return found

    def _programmes(self, numbers: Sequence[int]) -> Iterator[Entry]:
        most = sorted(numbers, key=self._times.__getitem__, reverse=True)[:_LOOKED_AT]
        for number in most:
            if not is_generic(name := self._name(number)):
                yield Entry(name, unpack(self._readings[number]), self._times[number])

    def _name(self, number: int) -> str:
        return self._strings[self._names[number]]

    def _name_sound(self, number: int) -> str:
        return packed_sound(self._readings[number])

    @cached_property
    def _readings(self) -> list[str]:
        return self._columns.packed("name.reading")


def _span(
    order: "Sequence[int] | memoryview[int]", key: Callable[[int], str], wanted: str, whole: bool
) -> tuple[int, int]:
    """Return from where to before where in `order` those lie whose key begins with `wanted`, or is just that."""
    first = bisect_left(order, wanted, key=key)
    return first, bisect_right(order, wanted if whole else wanted + chr(0x10FFFF), lo=first, key=key)


def _reading(units: Sequence[analysis.Unit]) -> str:
    return "".join(unit.reading for unit in units)
