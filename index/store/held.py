"""What stands inside longer words: for the characters of each term, the texts that hold them and do not say them.

京都 stands in 東京都, where no word is 京都. To look for it in all texts takes longer than all else that a query does:
each commit looks once for the characters of all terms.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import add

from index.analysis import BOUND, UNIT
from index.store.columns import Column, put_lists, put_strings

_SHORT, _LONG = 2, 3
"""A term of fewer characters stands in nearly every text; beginnings of so many are looked up, too."""


def held_columns(terms: Sequence[str], postings: Sequence[Sequence[int]], texts: Sequence[str]) -> dict[str, Column]:
    """Return the characters of terms, and those that these begin with, in order: in which of `texts` they stand unsaid.

    `texts` are folded. What is said by a term, or a long unit, that begins so is among the `postings` of it.
    """
    known = {each.lstrip(BOUND + UNIT) for each in terms}
    known |= {each[:length] for each in known for length in range(_SHORT, _LONG + 1)}
    keys = sorted((each for each in known if len(each) >= _SHORT), key=str.encode)
    found: dict[str, list[int]] = {each: [] for each in keys}
    for number, key in _standing(texts, _by_beginning(keys)):
        found[key].append(number)
    encoded = list(map(str.encode, terms))
    unsaid = (set(found[each]).difference(*_beginning(each, encoded, postings)) for each in keys)
    columns: dict[str, Column] = {}
    put_strings(columns, "held.key", keys)
    put_lists(columns, "held", map(sorted, unsaid))
    return columns


def _beginning(key: str, terms: Sequence[bytes], postings: Sequence[Sequence[int]]) -> Iterator[Sequence[int]]:
    """Yield the postings of the terms and the long units that begin with `key`; `terms` are in order."""
    for wanted in (key.encode(), (UNIT + key).encode()):
        number = bisect_left(terms, wanted)
        while number < len(terms) and terms[number].startswith(wanted):
            yield postings[number]
            number += 1


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
