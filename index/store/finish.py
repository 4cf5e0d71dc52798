"""The columns that follow from others: orders, programmes, what words are, what stands inside longer ones."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from index.sounds import packed_sound
from index.store.columns import Column, Loose, Strings, bits, encoded, put_lists, put_strings, smallest
from index.store.flat import BANDS
from index.store.held import Lines, Standing, held_by, held_keys, pairs
from index.store.identity import named, settle
from index.store.keys import shared
from index.store.known import known_columns
from index.store.pools import GONE, merged
from index.store.postings import frequent_columns, group_columns, synonym_columns
from index.store.said import Words
from index.store.spoken import word_columns


class Ordered(NamedTuple):
    """What was in order before, by its numbers now, and what is new."""

    before: Sequence[int]
    new: Iterable[int]

    def by(self, key: Callable[[int], Any]) -> list[int]:
        """Return all in order of `key`, then of their numbers."""
        found: list[int] = []
        done = 0
        for each in sorted(self.new, key=lambda number: (key(number), number)):
            at = bisect_left(self.before, (key(each), each), lo=done, key=lambda number: (key(number), number))
            found += self.before[done:at]
            found.append(each)
            done = at
        return [*found, *self.before[done:]]


def moved_order(order: Sequence[int], places: Sequence[int]) -> list[int]:
    """Return the numbers now of numbers in order, without those that are gone."""
    found = [places[each] for each in order]
    return [each for each in found if each != GONE] if GONE in places else found


class Before(NamedTuple):
    """What is known from the columns before, in the numbers of now.

    The records in order of their sums, the items in order of their names, the names in order of how they sound; by
    what is held, the texts that hold it; the units of words; if nothing is gone, which characters stand together.
    """

    yen: Ordered
    items: Ordered
    names: Ordered
    held: Mapping[str, Sequence[int]]
    units: Mapping[str, str]
    pairs: frozenset[int] | None


def finished(columns: dict[str, Column], before: Before | None = None) -> dict[str, Column]:
    """Return `columns`, as `flatten.gathered` makes them, with all that follows from them."""
    columns = columns | _programmes(columns)
    loose = Loose(columns)
    columns |= _orders(loose, before) | frequent_columns(loose)
    strings, words = loose.strings("term"), Words(loose.packed("word"))
    terms, said = [strings[number] for number in range(len(strings))], words.said()
    columns |= group_columns(terms, words.groups()) | synonym_columns(frozenset(terms)) | word_columns(terms, said)
    columns |= known_columns(terms, said, before.units if before else None)
    columns |= _held(held_keys(terms), Standing.of(loose), before.held if before else None)
    # an end of line before the first text, too: it then says the same whichever text is the first
    together = before.pairs if before and before.pairs else pairs(f"\n{loose.strings('stretch').all()}")
    columns["pair"] = array("I", sorted(together))
    columns |= shared(loose)
    del columns["programme.starts"]
    return dict(sorted(columns.items()))


def _programmes(columns: dict[str, Column]) -> dict[str, Column]:
    """Return the programmes as their IDs have them, and as they are called where that is another thing."""
    loose, called = Loose(columns), columns["record.programme"]
    strings = loose.strings("programme")
    more: dict[str, int] = {}

    def number_of(key: str) -> int:
        found = strings.find(key)
        return more.setdefault(key, len(strings) + len(more)) if found is None else found

    numbers = list(called)
    settle(named(loose), numbers, number_of)
    if numbers == list(called):
        return {"record.called": smallest([])}
    used = set(numbers)
    new = {key: number for key, number in sorted(more.items(), key=lambda row: encoded(row[0])) if number in used}
    made: dict[str, Column] = {}
    put_strings(made, "new", ["", *new])
    both = merged(strings, (), Loose(made).strings("new"), 1)
    places = dict(enumerate(both.old)) | dict(zip(new.values(), both.new[1:], strict=True))
    found: dict[str, Column] = {
        "record.called": smallest([places[each] for each in called]),
        "record.programme": smallest([places[each] for each in numbers]),
    }
    both.put(found, "programme")
    return found


def _orders(columns: Loose, before: Before | None) -> dict[str, Column]:
    """Return the orders of records, items and names."""
    yen, firsts = columns.numbers("record.yen"), columns.numbers("item.first")
    texts: Strings = columns.strings("stretch")
    readings = columns.packed("name.reading")
    if before:
        by_yen, by_name = before.yen.by(yen.__getitem__), before.items.by(texts.encoded)
        by_sound = before.names.by(lambda number: packed_sound(readings[number]))
    else:
        by_yen, by_name = _sorted(list(yen)), _sorted([texts.encoded(each) for each in range(len(firsts) - 1)])
        sounds = list(map(packed_sound, readings))
        by_sound = [each for each in _sorted(sounds) if sounds[each]]
    return {
        "record.by_yen": smallest(by_yen),
        "record.band": _bands(by_yen),
        "record.begins": bits(firsts[:-1], len(yen)),
        "item.by_name": smallest(by_name),
        "name.by_sound": smallest(by_sound),
    }


def _sorted(values: Sequence[Any]) -> list[int]:
    return sorted(range(len(values)), key=values.__getitem__)


def _bands(order: Sequence[int]) -> bytes:
    """Return for each record which of 256 equal shares of all records, by sum, it is in.

    A condition on money takes whole shares at once, and looks at single sums in two of them only.
    """
    bands = bytearray(len(order))
    shares = [-(-band * len(order) // BANDS) for band in range(BANDS + 1)]  # where each begins
    in_order = b"".join(bytes([band]) * (end - first) for band, (first, end) in enumerate(pairwise(shares)))
    for band, record in zip(in_order, order, strict=True):
        bands[record] = band
    return bytes(bands)


def _held(keys: Sequence[str], standing: Standing, before: Mapping[str, Sequence[int]] | None) -> dict[str, Column]:
    """Return what stands inside longer words: for each of `keys`, in which texts."""
    if before is None:
        lists: Iterable[Sequence[int]] = held_by(keys, standing)
    else:
        lines = Lines(standing)
        lists = (before[each] if each in before else lines.holding(each) for each in keys)
    columns: dict[str, Column] = {}
    put_strings(columns, "held.key", keys)
    put_lists(columns, "held", lists)
    return columns
