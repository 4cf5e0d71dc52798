"""How words and names of programmes are read, as columns in which the beginning of a reading is looked up."""

from collections import Counter
from collections.abc import Collection, Mapping

from index.analysis import UNIT
from index.sounds import packed_sound, plain_name, said_sound
from index.store.columns import Column, put_packed, smallest
from index.store.layout import Layout, names


class Names:
    """The names of programmes while they are gathered: those found by the same characters are one."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}  # as it is first printed, its reading
        self._times: Counter[str] = Counter()

    def add(self, laid: Layout, readings: Collection[str]) -> None:
        """Add the names and labels of a paper; `readings` are those of ``names(laid)``."""
        for (name, times), reading in zip(names(laid).items(), readings, strict=True):
            if plain := plain_name(name):
                self._first.setdefault(plain, (name, reading))
                self._times[plain] += times

    def columns(self, strings: Mapping[str | None, int]) -> dict[str, Column]:
        """Return the names in order of what they are found by; `strings` has the number of each name."""
        ordered = sorted(self._first)
        readings = [self._first[plain][1] for plain in ordered]
        columns: dict[str, Column] = {
            "name.string": smallest([strings[self._first[plain][0]] for plain in ordered]),
            "name.times": smallest([self._times[plain] for plain in ordered]),
            "name.by_sound": _by_sound(dict(enumerate(map(packed_sound, readings)))),
        }
        put_packed(columns, "name.reading", readings)
        return columns


def word_columns(terms: Collection[str], said: Mapping[str, str]) -> dict[str, Column]:
    """Return for each of the terms, in their order, what is kept of its reading, and their order by it."""
    ordered = sorted(terms, key=str.encode)
    columns: dict[str, Column] = {}
    put_packed(columns, "term.said", [said.get(term, "") for term in ordered])
    sounds = {number: said_sound(said[term], term.lstrip(UNIT)) for number, term in enumerate(ordered) if term in said}
    columns["term.by_sound"] = _by_sound(sounds)
    return columns


def _by_sound(sounds: Mapping[int, str]) -> Column:
    """Return the numbers of what can be read aloud, in order of it."""
    return smallest(sorted(filter(sounds.__getitem__, sounds), key=sounds.__getitem__))
