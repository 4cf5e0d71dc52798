"""The names of programmes after a commit: counted up and down, each printed as the papers now print it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.sounds import packed_sound, plain_name
from index.store.columns import Column, Flat, Loose, Strings, encoded, put_packed, smallest
from index.store.documents import Stored, reading_of
from index.store.finish import Ordered, moved_order
from index.store.flat import KIND_CODES
from index.store.layout import layout, names
from index.store.merging.runs import Runs
from index.store.pools import GONE, Merged
from index.store.spoken import preferred


def put_names(columns: dict[str, Column], runs: Runs, strings: Merged, gone: Sequence[Stored]) -> Ordered:
    """Put the names, whose `strings` are in `columns` already; return their order by how they sound.

    `gone` are the papers that are taken out.
    """
    old, kept = _Names.of(runs.old), Loose(columns).strings("string")
    found = _Names([], [], [], kept)
    places = [GONE] * len(old.string)
    fresh: list[int] = []
    done = 0
    for at, taken, row in [*_changes(old, runs, strings, kept, gone), (len(old.string), True, None)]:
        places[done:at] = range(len(found.string), len(found.string) + at - done)
        found.extend(old, done, at, strings.old)
        done = at + taken
        if row:
            fresh.append(len(found.string))
            found.append(row)
    columns["name.string"], columns["name.times"] = smallest(found.string), smallest(found.times)
    put_packed(columns, "name.reading", found.reading)
    by_sound = moved_order(runs.old.numbers("name.by_sound"), places)
    return Ordered(by_sound, [each for each in fresh if packed_sound(found.reading[each])])


def _changes(
    old: "_Names", runs: Runs, strings: Merged, kept: Strings, gone: Sequence[Stored]
) -> "list[tuple[int, bool, _Name | None]]":
    """Return what changes, in order: at which name, whether that one is taken out, what comes there."""
    new = _Names.of(runs.new)
    rows = dict(_fewer(old, runs, strings, kept, gone))
    coming: list[tuple[int, str, _Name]] = []
    for number in range(len(new.string)):
        plain, row = new.plain(number), new.row(number, strings.new)
        at, there = old.find(plain)
        if there:
            before = rows[at] if at in rows else old.row(at, strings.old)
            rows[at] = before.with_(row, kept) if before else row
        else:
            coming.append((at, plain, row))
    changes: list[tuple[int, bool, _Name | None]] = [(at, False, row) for at, _, row in sorted(coming)]
    changes += [(at, True, row) for at, row in rows.items()]
    return sorted(changes, key=lambda change: change[:2])


def _fewer(
    old: "_Names", runs: Runs, strings: Merged, kept: Strings, gone: Sequence[Stored]
) -> "Iterator[tuple[int, _Name | None]]":
    """Yield what is left of the names of the papers that are gone, None for nothing; each as it is printed now."""
    times: Counter[str] = Counter()
    for stored in gone:
        for name, often in names(layout(stored.items)).items():
            times[plain_name(name)] += often
    del times[""]
    printed = {strings.old[each] for each in _printed(runs)} if times else set()
    others: dict[str, list[str]] = {}
    for plain, often in times.items():
        at, there = old.find(plain)
        if not there or (left := old.times[at] - often) < 0:
            raise ValueError("a paper had a name that no paper had")
        row = old.row(at, strings.old)._replace(times=left)
        if left and row.string not in printed:
            others = others or _by_plain(kept[each] for each in printed)
            name = min(others[plain], key=preferred)
            row = _Name(kept.first(encoded(name)), reading_of(name), left)
        yield at, row if left else None


def _printed(runs: Runs) -> set[int]:
    """Return the strings that are names or labels in the papers that stay, by their numbers before."""
    passage = KIND_CODES.index("passage")
    numbers = runs.old.numbers
    found: set[int] = set()
    for run in runs.all:
        if run.old:
            items = run.spans["item"]
            pairs = zip(items.of(numbers("item.name")), items.of(numbers("item.kind")), strict=True)
            found.update(name for name, kind in pairs if kind != passage)
            found.update(run.spans["record"].of(numbers("record.label")))
    return found


def _by_plain(printed: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in printed:
        found.setdefault(plain_name(each), []).append(each)
    return found


class _Name(NamedTuple):
    """A name of a programme: the number of the string that it is printed as, its reading, how often it stands."""

    string: int
    reading: str
    times: int

    def with_(self, other: "_Name", strings: Strings) -> "_Name":
        """Return two rows of the same name as one, printed in the preferred way."""
        best = min(self, other, key=lambda row: preferred(strings[row.string]))
        return best._replace(times=self.times + other.times)


class _Names(NamedTuple):
    """The names of programmes in some columns, in order of what they are found by."""

    string: list[int]
    reading: list[str]
    times: list[int]
    strings: Strings

    @classmethod
    def of(cls, columns: Flat) -> "_Names":
        """Return the names in `columns`."""
        numbers = columns.numbers("name.string").tolist(), columns.numbers("name.times").tolist()
        return cls(numbers[0], columns.packed("name.reading"), numbers[1], columns.strings("string"))

    def plain(self, number: int) -> str:
        """Return what a name is found by."""
        return plain_name(self.strings[self.string[number]])

    def find(self, plain: str) -> tuple[int, bool]:
        """Return where a name is, or would be, and whether it is there."""
        at = bisect_left(range(len(self.string)), plain, key=self.plain)
        return at, at < len(self.string) and self.plain(at) == plain

    def row(self, number: int, places: Sequence[int]) -> _Name:
        """Return a name, its string by its number now."""
        return _Name(places[self.string[number]], self.reading[number], self.times[number])

    def append(self, name: _Name) -> None:
        """Add a name behind all others."""
        self.string.append(name.string)
        self.reading.append(name.reading)
        self.times.append(name.times)

    def extend(self, others: "_Names", first: int, end: int, places: Sequence[int]) -> None:
        """Add other names, from the `first` to before the `end`, their strings by their numbers now."""
        self.string.extend([places[each] for each in others.string[first:end]])
        self.reading.extend(others.reading[first:end])
        self.times.extend(others.times[first:end])
