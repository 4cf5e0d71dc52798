"""Which papers stay and which come, in the order that they have now, and where their rows stood and stand."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from index.store.columns import Flat, encoded
from index.store.flat import FIELD_CODES
from index.store.pools import GONE

_OF_ROWS = {
    "paper": "about.starts",
    "item": "item.kind",
    "record": "record.role",
    "heading": "heading.title",
    "token": "token",
}
"""A column of each table that has a number a row, or one more for the end of the last."""


class Span(NamedTuple):
    """The rows from `first` to before `end` of a table, and by how much they move on."""

    first: int
    end: int
    shift: int

    def of(self, numbers: "memoryview[int]") -> "memoryview[int]":
        """Return the numbers of these rows."""
        return numbers[self.first : self.end]


class Run(NamedTuple):
    """Papers that follow one another before and after, and their rows in each table; `old` or added."""

    columns: Flat
    old: bool
    spans: dict[str, Span]


class Runs:
    """The papers of `old` that are not `gone` and those of `new`, as runs in order of their ids.

    `stretches` are those of each field and run, with the field. Raises ValueError where columns make no sense.
    """

    def __init__(self, old: Flat, gone: Collection[str], new: Flat) -> None:
        self.old, self.new, self.gone = old, new, gone
        self.all = list(_runs(old, gone, new))
        self.stretches = list(_stretches(self.all))

    def size(self, table: str) -> int:
        """Return how many rows a table has now."""
        return sum(run.spans[table].end - run.spans[table].first for run in self.all)

    def places(self, table: str, *, old: bool) -> list[int]:
        """Return the number that each row of a table of the old columns, or of the new ones, has now."""
        return _places(self._rows(table, old=old), [run.spans[table] for run in self.all if run.old == old])

    def stretch_places(self, *, old: bool) -> list[int]:
        """Return the number that each stretch of the old columns, or of the new ones, has now."""
        strings = (self.old if old else self.new).strings("stretch")
        return _places(len(strings), [span for run, span, _ in self.stretches if run.old == old])

    def gone_stretches(self) -> list[tuple[int, int]]:
        """Return the ranges of stretches that are gone."""
        kept = [(first, end) for run, (first, end, _), _ in self.stretches if run.old and first < end]
        edges = [0, *chain.from_iterable(kept), len(self.old.strings("stretch"))]
        return [(end, first) for end, first in zip(edges[::2], edges[1::2], strict=True) if end < first]

    def gone_tokens(self) -> list[tuple[int, int]]:
        """Return the ranges of places of terms that are gone."""
        kept = [run.spans["token"][:2] for run in self.all if run.old]
        edges = [0, *chain.from_iterable(kept), self._rows("token", old=True)]
        return [(end, first) for end, first in zip(edges[::2], edges[1::2], strict=True) if end < first]

    def _rows(self, table: str, *, old: bool) -> int:
        return _count(self.old if old else self.new, table)


def ids(columns: Flat) -> list[str]:
    """Return the ids of the papers in columns, in order."""
    strings = columns.strings("about")
    return [strings[number].split("\t", 1)[0] for number in range(len(strings))]


def _count(columns: Flat, table: str) -> int:
    return len(columns.numbers(_OF_ROWS[table])) - (table == "paper")


def _places(size: int, spans: Sequence[Span]) -> list[int]:
    numbers = [GONE] * size
    for first, end, shift in spans:
        numbers[first:end] = range(first + shift, end + shift)
    return numbers


def _runs(old: Flat, gone: Collection[str], new: Flat) -> Iterator[Run]:
    before = ids(old)
    papers = [(each, True, number) for number, each in enumerate(before) if each not in gone]
    papers += [(each, False, number) for number, each in enumerate(ids(new))]
    papers.sort(key=lambda paper: encoded(paper[0]))
    if len({each for each, _, _ in papers}) < len(papers) or not set(gone) <= set(before):
        raise ValueError("the papers before are others")
    ends = dict.fromkeys(_OF_ROWS, 0)
    for (is_old, _), group in groupby(enumerate(papers), key=lambda one: (one[1][1], one[1][2] - one[0])):
        numbers = [number for _, (_, _, number) in group]
        columns = old if is_old else new
        spans = {}
        for table in _OF_ROWS:
            first, end = (_row(columns, table, each) for each in (numbers[0], numbers[-1] + 1))
            if not 0 <= first <= end <= _count(columns, table):
                raise ValueError("a paper has no such rows")
            spans[table] = Span(first, end, ends[table] - first)
            ends[table] += end - first
        yield Run(columns, is_old, spans)


def _row(columns: Flat, table: str, paper: int) -> int:
    """Return the first row of a paper in a table."""
    match table:
        case "paper":
            return paper
        case "record":
            return columns.numbers("item.first")[columns.numbers("paper.first")[paper]]
        case _:
            return columns.numbers("paper.first" if table == "item" else f"paper.{table}")[paper]


def _stretches(runs: Sequence[Run]) -> Iterator[tuple[Run, Span, int]]:
    done = 0
    for field in range(len(FIELD_CODES)):
        for run in runs:
            fields, firsts = run.columns.numbers("stretch.fields"), run.columns.numbers("stretch.first")
            low, high = fields[field], fields[field + 1]
            first, end = (bisect_left(firsts, each, low, high) for each in run.spans["record"][:2])
            yield run, Span(first, end, done - first), field
            done += end - first
