"""What stands inside longer words: for the characters of each term, the texts that hold them and do not say them.

京都 stands in 東京都, where no word is 京都. To look for it in all texts takes longer than all else that a query does:
each commit looks once for the characters of all terms. What is called a text here is a stretch, folded.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import NamedTuple

from index.analysis import BOUND, UNIT
from index.store.columns import Flat, Strings

_SHORT, _LONG = 2, 3
"""A term of fewer characters stands in nearly every text; beginnings of so many are looked up, too."""


class Standing(NamedTuple):
    """The terms of some texts in order, which texts say each (in one array, and where those of each term start)."""

    terms: Sequence[bytes]
    starts: Sequence[int]
    postings: Sequence[int]
    texts: Strings

    @classmethod
    def of(cls, columns: Flat) -> "Standing":
        """Return what stands in the texts of `columns`."""
        terms = columns.strings("term")
        encoded = [terms.encoded(number) for number in range(len(terms))]
        return cls(encoded, columns.numbers("posting.starts"), columns.numbers("posting"), columns.strings("stretch"))

    def beginning(self, key: str) -> Iterator[Sequence[int]]:
        """Yield the texts that say the terms and the long units that begin with `key`."""
        for wanted in (key.encode(), (UNIT + key).encode()):
            number = bisect_left(self.terms, wanted)
            while number < len(self.terms) and self.terms[number].startswith(wanted):
                yield self.postings[self.starts[number] : self.starts[number + 1]]
                number += 1


def held_keys(terms: Iterable[str]) -> list[str]:
    """Return the characters of terms, and those that these begin with, in order."""
    known = {each.lstrip(BOUND + UNIT) for each in terms}
    known |= {each[:length] for each in known for length in range(_SHORT, _LONG + 1)}
    return sorted((each for each in known if len(each) >= _SHORT), key=str.encode)


def pairs(text: str) -> frozenset[int]:
    """Return which two characters stand beside one another in a text: as numbers, of two units of UTF-16 each."""
    data = text.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass")
    shifted = (memoryview(data)[at : at + (len(data) - at) // 4 * 4] for at in (0, 2))
    return frozenset().union(*(each.cast("I") for each in shifted))


def held_by(keys: Sequence[str], standing: Standing) -> Iterator[list[int]]:
    """Yield for each of `keys`, which are many, the texts in which it stands unsaid, in order.

    The texts are folded. What is said by a term, or a long unit, that begins so is among the postings of it.
    """
    found: dict[str, list[int]] = {each: [] for each in keys}
    texts = [standing.texts[number] for number in range(len(standing.texts))]
    for number, key in _standing(texts, _by_beginning(keys)):
        found[key].append(number)
    for each in keys:
        yield sorted(set(found[each]).difference(*standing.beginning(each))) if found[each] else []


class Lines:
    """All texts in one, a line each, for a few keys: characters are searched faster than bytes."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    @cached_property
    def _text(self) -> str:
        return self._standing.texts.all()

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map((1).__add__, map(len, self._text.split("\n")[:-1]))))

    def holding(self, key: str) -> list[int]:
        """Return the texts in which a single key stands unsaid, in order."""
        found, at = [], self._text.find(key)
        while at >= 0:
            found.append(bisect_right(self._ends, at))
            at = self._text.find(key, self._ends[found[-1]])
        return sorted(set(found).difference(*self._standing.beginning(key)))


def _by_beginning(keys: Sequence[str]) -> dict[str, list[str]]:
    """Return `keys` by their first two characters."""
    found: dict[str, list[str]] = {}
    for each in keys:
        found.setdefault(each[:_SHORT], []).append(each)
    return found


def _standing(texts: Sequence[str], beginning: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Yield the number of each text with each of the keys that stand in it, as often as they do."""
    alone = {pair for pair, keys in beginning.items() if keys == [pair]}
    for number, text in enumerate(texts):
        for at, pair in enumerate(map(add, text, text[1:])):
            if pair in beginning:
                if pair in alone:
                    yield number, pair
                else:
                    yield from ((number, key) for key in beginning[pair] if text.startswith(key, at))
