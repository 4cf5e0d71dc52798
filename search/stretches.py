"""The stretches of text that say a word, or hold its characters."""

import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, repeat
from operator import add
from typing import NamedTuple

from index.analysis import BOUND, UNIT
from index.store.columns import Columns
from index.store.flat import FIELD_CODES
from search.plan import Beginning, Spelling, Words

_LOOKED_UP = 8
"""Of so many terms of what is looked for, the one that stands in the fewest stretches tells where it may be."""
_MANY = 8
"""A list that is so many times longer than another is looked up for each of the other, not gone through."""


_COPIED = 1000
"""To look at fewer texts than so many, that of all is not copied from where it is mapped."""
_POSTINGS = ("posting", "again")


class Said(NamedTuple):
    """The stretches that say something, in order, and how often those say it that do so more than once."""

    stretches: Sequence[int]
    often: Mapping[int, int]

    @classmethod
    def of(cls, *parts: "Said") -> "Said":
        """Return what is said by any of some parts; these may name a stretch once for each time, in any order."""
        counted = Counter(chain.from_iterable(each.stretches for each in parts))
        for each in parts:
            for stretch, times in each.often.items():
                counted[stretch] += times - 1
        return cls(sorted(counted), {stretch: times for stretch, times in counted.items() if times > 1})


class Standing(NamedTuple):
    """Where a word stands: `own` says it as the item's own, `often` more than once; `near` says it near the item.

    `within` only hold its characters, or say something like it, in an own or in a near place. All are in order.
    """

    own: Sequence[int]
    often: Mapping[int, int]
    near: Sequence[int]
    within: Sequence[int]


class Stretches:
    """The stretches of a store by what they say; those of one field stand together, names first, as items do."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._terms, self._keys = columns.strings("term"), columns.strings("held.key")
        self._texts = columns.strings("stretch")
        self._fields = columns.numbers("stretch.fields").tolist()
        self._token, self.length = columns.numbers("stretch.token"), columns.copied("stretch.length")
        self.first, self.end = columns.copied("stretch.first"), columns.numbers("stretch.end")
        self.count = len(self.first)
        self._last: tuple[tuple[str, tuple[str, ...], bool], list[int]] | None = None  # what an exact word asks twice

    def standing(self, word: Words | Beginning) -> Standing:
        """Return where `word` stands."""
        said, often = self._said(word)
        within: set[int] = set()
        for folded, terms, whole in _held(word):
            skipped = () if _is_exact(word, folded) else said
            within.update(_without(self.containing(folded, terms, skipped, whole=whole), said))
        for spelling in _kin(word):
            within.update(_without(self._one_behind_other(spelling.terms).stretches, said))
        fields = word.fields | word.near
        own, near, inside = (
            self.among(said, word.fields),
            self.among(said, word.near),
            self.among(sorted(within), fields),
        )
        return Standing(own, often, near, inside)

    def among(self, stretches: Sequence[int], fields: Collection[str]) -> Sequence[int]:
        """Return those of `stretches`, in order, that are of some fields."""
        found: list[int] = []
        for field in FIELD_CODES:
            if field in fields:
                span = self.of(field)
                found += stretches[bisect_left(stretches, span.start) : bisect_left(stretches, span.stop)]
        return found

    def of(self, field: str) -> range:
        """Return the stretches of a field."""
        code = FIELD_CODES.index(field)
        return range(self._fields[code], self._fields[code + 1])

    def field(self, stretch: int) -> int:
        """Return the number of the field that a stretch is of."""
        return bisect_right(self._fields, stretch) - 1

    # -- what is said

    def _said(self, word: Words | Beginning) -> Said:
        """Return the stretches that say a word."""
        if isinstance(word, Beginning):
            return Said.of(Said(self._beginning(word), {}))
        found = [
            each
            for spelling in word.spellings
            if (each := self._spelled(spelling, _is_exact(word, spelling.folded))).stretches
        ]
        if len(found) > 1:
            return Said.of(*found)
        return found[0] if found else Said((), {})

    def _spelled(self, spelling: Spelling, exact: bool) -> Said:
        """Return the stretches that say a spelling; those of symbols only have no longer words to be part of."""
        if not spelling.terms:
            return Said(self.containing(spelling.folded), {})
        if not exact:
            return self._one_behind_other(spelling.terms)
        return self._one_behind_other(spelling.terms, self.containing(spelling.folded, spelling.terms))

    def _beginning(self, word: Beginning) -> list[int]:
        """Return the stretches with a term, or a long unit, that begins so; or with its first unit and all of it."""
        marked = word.folded.startswith((BOUND, UNIT))
        numbers = [] if marked else self._beginning_with(word.folded)
        found = [each for number in numbers for name in _POSTINGS for each in self._list(name, number)]
        if word.head:
            wanted = _encoded(word.folded)
            found += [each for each in self.phrase(word.head) if wanted in self._texts.encoded(each)]
        return found

    def _beginning_with(self, folded: str) -> list[int]:
        """Return the terms, and the long units, that begin with these characters."""
        found: list[int] = []
        for lead in ("", UNIT):
            wanted = _encoded(lead + folded)
            number = self._terms.first(wanted)
            while number < len(self._terms) and self._terms.encoded(number).startswith(wanted):
                found.append(number)
                number += 1
        return found

    def phrase(self, terms: tuple[str, ...]) -> list[int]:
        """Return the stretches in which `terms` stand one behind the other, once for each time."""
        return list(_each_time(self._one_behind_other(terms)))

    def _one_behind_other(self, terms: Sequence[str], among: Sequence[int] | None = None) -> Said:
        """Return the stretches in which `terms` stand one behind the other; `among` are those that may be told."""
        known = {term: self._terms.find(term) for term in dict.fromkeys(terms)}
        numbers = [number for term in terms if (number := known[term]) is not None]
        if len(numbers) < len(terms):
            return Said((), {})
        if len(numbers) == 1 and among is None:
            often = Counter(self._list("again", numbers[0]))
            return Said(self._list("posting", numbers[0]), {each: 1 + more for each, more in often.items()})
        phrase, tokens = "".join(map(chr, numbers)), self._tokens
        may = self._with_all(numbers) if among is None else among
        starts = list(map(self._token.__getitem__, may))
        ends = map(add, starts, map(self.length.__getitem__, may))
        times = dict(zip(may, map(tokens.count, repeat(phrase), starts, ends), strict=False))
        return Said([each for each, n in times.items() if n], {each: n for each, n in times.items() if n > 1})

    def _with_all(self, terms: Sequence[int]) -> list[int]:
        """Return the stretches that say all of these terms, in order; a frequent one may be left to be looked for."""
        starts = self._columns.numbers("posting.starts")
        first, *others = sorted(set(terms), key=lambda each: starts[each + 1] - starts[each])
        found = self._list("posting", first)
        for each in others:
            if starts[each + 1] - starts[each] < _MANY * len(found):
                found = sorted(set(found).intersection(self._list("posting", each)))
        return found

    @cached_property
    def _tokens(self) -> str:
        """The terms of all stretches, a character each: strings are searched, what is mapped is not."""
        data = self._columns.data("token")
        order = "le" if sys.byteorder == "little" else "be"
        return str(data, f"utf-{8 * self._columns.numbers('token').itemsize}-{order}", "surrogatepass")

    def _list(self, name: str, number: int) -> list[int]:
        starts = self._columns.numbers(f"{name}.starts")
        return self._columns.numbers(name)[starts[number] : starts[number + 1]].tolist()

    # -- characters

    def containing(
        self, folded: str, terms: Sequence[str] = (), said: Sequence[int] = (), *, whole: bool = False
    ) -> list[int]:
        """Return the stretches whose characters, folded, hold `folded`, in order; `whole` not inside a Latin word.

        Those in `said` need not be told. `terms` may be of what is looked for: what holds it holds them.
        """
        if said:
            return self._contained(folded, tuple(terms), said, whole)
        key = folded, tuple(terms), whole
        if self._last is None or self._last[0] != key:
            self._last = key, self._contained(folded, key[1], (), whole)
        return self._last[1]

    def _contained(self, folded: str, terms: tuple[str, ...], said: Sequence[int], whole: bool) -> list[int]:
        number = self._keys.find(folded)
        if number is not None and not whole:
            unsaid, told = self._list("held", number), self._named(folded)
            return sorted({*unsaid, *self._holders(_without(told, said), folded, whole)})
        parts = dict.fromkeys(_bare(term, folded) for term in (folded, *terms[:_LOOKED_UP]))
        known = [number for part in parts if (number := self._keys.find(part)) is not None]
        if not known:
            return self._scanned(folded, whole)
        fewest = min(known, key=self._size)
        stretches = sorted({*self._list("held", fewest), *self._named(self._keys[fewest])})
        return list(self._holders(_without(stretches, said), folded, whole))

    def _size(self, key: int) -> int:
        """Return how many stretches hold the characters of a key, those that say it in several terms more than once."""
        held, starts = self._columns.numbers("held.starts"), self._columns.numbers("posting.starts")
        said = sum(starts[each + 1] - starts[each] for each in self._beginning_with(self._keys[key]))
        return held[key + 1] - held[key] + said

    def _named(self, folded: str) -> list[int]:
        """Return the stretches with a term, or a long unit, that begins with these characters, in order."""
        lists = [self._list("posting", number) for number in self._beginning_with(folded)]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def _holders(self, stretches: Iterable[int], folded: str, whole: bool) -> Iterator[int]:
        """Yield those of some stretches that hold `folded`."""
        if whole:
            pattern = re.compile(_alone(folded))
            return (each for each in stretches if pattern.search(self._texts[each]))
        stretches, wanted = list(stretches), _encoded(folded)
        if len(stretches) < _COPIED:
            return (each for each in stretches if wanted in self._texts.encoded(each))
        starts, text = self._columns.numbers("stretch.starts").__getitem__, self._bytes
        ends = map(starts, map((1).__add__, stretches))
        found = map(text.find, repeat(wanted), map(starts, stretches), ends)
        return (each for each, at in zip(stretches, found, strict=True) if at >= 0)

    @cached_property
    def _bytes(self) -> bytes:
        """The text of all stretches, folded: bytes are searched, what is mapped is not."""
        return bytes(self._columns.data("stretch.text"))

    def _scanned(self, folded: str, whole: bool) -> list[int]:
        """Return the stretches that hold `folded`, found in the text of all."""
        found = [each.start() for each in re.finditer(re.escape(folded), self._text)]
        if not found:
            return []
        stretches = sorted({bisect_right(self._ends, at) for at in found if at < len(self._text)})
        return list(self._holders(stretches, folded, whole)) if whole else stretches

    @cached_property
    def _text(self) -> str:
        """All stretches, folded, one a line: characters are searched faster than bytes."""
        return str(self._columns.data("stretch.text"), "utf-8", "surrogatepass")

    @cached_property
    def _ends(self) -> "array[int]":
        """Where each line of the text ends."""
        return array("I", accumulate(map((1).__add__, map(len, self._text.split("\n")[:-1]))))

    def names_beginning(self, folded: str) -> list[int]:
        """Return the names that begin with these characters."""
        order, wanted = self._columns.numbers("item.by_name"), _encoded(folded)
        at = bisect_left(order, wanted, key=self._texts.encoded)
        found = []
        while at < len(order) and self._texts.encoded(order[at]).startswith(wanted):
            found.append(order[at])
            at += 1
        return found

    def size(self, stretch: int) -> int:
        """Return how many bytes the text of a stretch has."""
        return len(self._texts.encoded(stretch)) - 1


def _without(some: Sequence[int], others: Sequence[int]) -> Sequence[int]:
    """Return those of `some` that are not among others; both are in order."""
    if not some or not others:
        return some
    if len(others) < _MANY * len(some):
        return [] if some == others else sorted(set(some).difference(others))
    places = ((each, bisect_left(others, each)) for each in some)
    return [each for each, at in places if at == len(others) or others[at] != each]


def _each_time(said: Said) -> Iterator[int]:
    """Yield stretches as often as they say something."""
    often = said.often
    return (each for stretch in said.stretches for each in repeat(stretch, often.get(stretch, 1)))


def _encoded(folded: str) -> bytes:
    return folded.encode("utf-8", "surrogatepass")


def _alone(folded: str) -> str:
    """Return a pattern of characters that are not inside a Latin word."""
    return f"(?<![0-9A-Za-z]){re.escape(folded)}(?![0-9A-Za-z])"


def _bare(term: str, folded: str) -> str:
    """Return the characters of a term if they are among those looked for, else none."""
    bare = term.lstrip(BOUND + UNIT)
    return bare if bare in folded else ""


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


def _is_exact(word: Words | Beginning, folded: str) -> bool:
    """Say whether a spelling must stand in just these characters: in quotation marks, or a single one."""
    return isinstance(word, Words) and (word.exact or len(folded) == 1)


def _kin(word: Words | Beginning) -> tuple[Spelling, ...]:
    return () if isinstance(word, Beginning) else word.kin
