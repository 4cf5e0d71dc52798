"""How words and names of programmes are read, as columns in which the beginning of a reading is looked up."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from index.analysis import UNIT
from index.sounds import plain_name, said_sound
from index.store.columns import Column, put_packed, smallest
from index.store.layout import Layout, names


class Names:
    """The names of programmes while they are gathered: those found by the same characters are one."""

    def __init__(self) -> None:
        self._best: dict[str, tuple[str, str]] = {}  # as it is printed in the preferred way; its reading
        self._times: Counter[str] = Counter()

    def add(self, laid: Layout, readings: Collection[str]) -> None:
        """Add the names and labels of a paper; `readings` are those of ``names(laid)``."""
        for (name, times), reading in zip(names(laid).items(), readings, strict=True):
            if plain := plain_name(name):
                best = self._best.get(plain)
                if best is None or preferred(name) < preferred(best[0]):
                    self._best[plain] = name, reading
                self._times[plain] += times

    def columns(self, strings: Mapping[str, int]) -> dict[str, Column]:
        """Return the names in order of what they are found by; `strings` has the number of each name."""
        ordered = sorted(self._best)
        columns: dict[str, Column] = {
            "name.string": smallest([strings[self._best[plain][0]] for plain in ordered]),
            "name.times": smallest([self._times[plain] for plain in ordered]),
        }
        put_packed(columns, "name.reading", [self._best[plain][1] for plain in ordered])
        return columns


def preferred(name: str) -> tuple[int, str]:
    """Return by what the ways to print a name are put in order: the shortest, without spaces and brackets, is first."""
    return len(name), name


def word_columns(terms: Sequence[str], said: Mapping[str, str]) -> dict[str, Column]:
    """Return for each of the terms what is kept of its reading, and their order by it."""
    columns: dict[str, Column] = {}
    put_packed(columns, "term.said", [said.get(term, "") for term in terms])
    sounds = {number: said_sound(said[term], term.lstrip(UNIT)) for number, term in enumerate(terms) if term in said}
    columns["term.by_sound"] = smallest(sorted(filter(sounds.__getitem__, sounds), key=sounds.__getitem__))
    return columns
