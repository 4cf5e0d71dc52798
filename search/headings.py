"""The hits of a query by the headings that they stand under, two levels deep."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import compress, repeat
from typing import NamedTuple

from index.store.catalog import Catalog
from index.text import fold
from search.buckets import Cells, Countable, Spread, Sums, ordered
from search.figures import Bucket, Facet
from search.hits import Answer, Found, Items
from search.tree import Exact

Path = tuple[int, ...]
"""The numbers of headings from the top of a paper down."""

_MOST = 60
_LONGEST = 200
_REST = "ほかの見出し"


class Under(NamedTuple):
    """What stands under headings, by their numbers, 0 for none: hits, and what they come to.

    `beside` counts the hits beside a condition on a heading, where words may meet across the amounts of an item.
    """

    hits: Counter[int]
    beside: Counter[int]
    sums: Mapping[int, Cells]


class Runs(NamedTuple):
    """Records in a row that stand under one heading of the first two levels, 0 for none: from `firsts` to `ends`."""

    headings: list[int]
    firsts: list[int]
    ends: list[int]


class Headings:
    """The headings of a store; `in_document` is the condition for a paper."""

    def __init__(self, catalog: Catalog, items: Items, in_document: Callable[[int], str | None]) -> None:
        self._catalog = catalog
        self._items = items
        self._in_document = in_document
        numbers = catalog.columns.numbers
        self._heading, self._upper, self._paper = map(numbers, ("item.heading", "heading.above", "item.paper"))
        self._titles, self._strings = numbers("heading.title"), catalog.columns.strings("string")
        self._paths: dict[int, Path] = {0: ()}
        self._known: dict[int, dict[Path, str]] = {}
        self._conditions: dict[int, str | None] = {}
        self._sums: Spread | None = None

    def facet(self, hits: int, answer: Answer, sums: Sums, countable: Countable) -> Facet:
        """Return the headings of the first level that the items `hits` stand under, each with those of the second.

        `answer` is that of the query. Headings are those of one paper; beyond the first sixty they are one bucket.
        """
        across = answer.across()
        there, repeating = self._items.of(across.near), self._items.repeating(across)
        found = self._counts(hits)
        beside = found if there == hits else self._counts(there)
        first, second = (self._under(found, beside, repeating, each) for each in (self._first, {}))
        without = first.hits.pop(0, 0)
        ranked = [heading for heading, _ in first.hits.most_common()]
        names = Counter(map(self._titles.__getitem__, map((-1).__add__, ranked)))
        among = frozenset(ranked[:_MOST])
        shown = self._items.sets.ranges(sorted(pair for each in among for pair in self._ranges[each]))
        spread, some = self._spread(countable), sums.within(shown)
        first = first._replace(sums=some.by(spread, self._first.__getitem__))
        second = second._replace(sums=some.by(spread))
        buckets = []
        for heading in ranked[:_MOST]:
            bucket = self._bucket(heading, first, countable)
            below = filter(second.hits.__contains__, self._below.get(heading, ()))
            within = ordered([self._bucket(each, second, countable) for each in below])
            alone = names[self._titles[heading - 1]] == 1
            name = bucket.label if alone else f"{bucket.label}（{self._document(heading)}）"
            buckets.append(bucket._replace(label=name, within=within))
        shown_one_by_one = ordered(buckets)
        if len(ranked) > _MOST:
            rest = sum(map(first.hits.__getitem__, ranked[_MOST:]))
            cells = sums.within(self._below_any & ~shown).whole
            shown_one_by_one += (Bucket(_REST, rest, countable.points(cells), None),)
        return Facet("heading", "見出し", shown_one_by_one, without)

    def _under(
        self, found: Mapping[int, int], beside: Mapping[int, int], repeating: Iterable[Found], level: Mapping[int, int]
    ) -> Under:
        """Return what stands under the headings of a level, or above it where there is none of it."""
        hits = _joined(found, level)
        under = Under(hits, hits.copy() if beside is found else _joined(beside, level), {})
        folding: dict[int, list[Found]] = {}
        for each in repeating:
            place = self._place[each.records[0]]
            folding.setdefault(level.get(place, place), []).append(each)
        for heading, some in folding.items():
            under.beside[heading] -= sum(map(len, self._items.folded(some).values()))
        return under

    def _counts(self, items: int) -> Mapping[int, int]:
        """Return how many items of a set stand under each heading of the second level, or what there is above it."""
        headings, firsts, ends = self._runs
        if items.bit_count() < len(firsts):
            return Counter(*self._items.sets.picked(items, self._place))
        numbers = list(map(self._items.sets.text(items).count, repeat("1"), firsts, ends))
        counts: dict[int, int] = {}
        for heading, number in zip(compress(headings, numbers), filter(None, numbers), strict=True):
            counts[heading] = counts.get(heading, 0) + number
        return counts

    def _bucket(self, heading: int, under: Under, countable: Countable) -> Bucket:
        """Return a heading: what its condition finds, or without one what of the hits stands under it."""
        if heading not in self._conditions:
            self._conditions[heading] = self._condition(self._above(heading), self._paper_of[heading])
        condition = self._conditions[heading]
        count = under.beside[heading] if condition else under.hits[heading]
        return Bucket(self._title(heading), count, countable.points(under.sums.get(heading, {})), condition)

    # -- headings of the store

    @cached_property
    def _place(self) -> tuple[int, ...]:
        """The number of the heading of the second level that each record stands under, or what there is above it."""
        at = {heading: (0, *self._above(heading)[:2])[-1] for heading in set(self._heading)}
        return tuple([at[self._heading[item]] for item in self._catalog.record_item])

    @cached_property
    def _runs(self) -> Runs:
        """The records in order, by their headings."""
        place = self._place
        firsts = [n for n, each in enumerate(place) if not n or place[n - 1] != each]
        return Runs([place[each] for each in firsts], firsts, [*firsts[1:], len(place)][: len(firsts)])

    @cached_property
    def _first(self) -> dict[int, int]:
        """The heading of the first level above each, or itself."""
        return {heading: (0, *self._above(heading)[:1])[-1] for heading in self._runs.headings}

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        """The headings of the second level below each of the first, in order."""
        below: dict[int, list[int]] = {}
        for heading, first in self._first.items():
            if heading != first:
                below.setdefault(first, []).append(heading)
        return below

    @cached_property
    def _ranges(self) -> dict[int, list[tuple[int, int]]]:
        """Where the records under each heading of the first level begin and end."""
        ranges: dict[int, list[tuple[int, int]]] = {}
        for heading, *pair in zip(*self._runs, strict=True):
            ranges.setdefault(self._first[heading], []).append((pair[0], pair[1]))
        return ranges

    @cached_property
    def _below_any(self) -> int:
        """The records that stand under a heading."""
        none = self._ranges.get(0, ())
        return self._items.sets.all & ~self._items.sets.ranges(none)

    def _spread(self, countable: Countable) -> Spread:
        if self._sums is None:
            self._sums = Spread(self._place, countable)
        return self._sums

    @cached_property
    def _paper_of(self) -> dict[int, int]:
        """The paper of each heading of the first two levels."""
        papers = {
            heading: self._paper[self._catalog.record_item[first]]
            for heading, first in zip(self._runs.headings, self._runs.firsts, strict=True)
        }
        return papers | {self._first[heading]: paper for heading, paper in papers.items()}

    def _document(self, heading: int) -> str:
        return self._catalog.about(self._paper_of[heading]).id

    def _condition(self, path: Path, paper: int) -> str | None:
        """Return the condition for a heading, None where it would find what does not stand below it, too."""
        document, titles = self._in_document(paper), [self._title(each) for each in path]
        if document is None or not all(map(_can_be_asked, titles)):
            return None
        said = [fold(each) for each in titles]
        for other, words in self._headings_of(paper).items():
            if other[: len(path)] != path and all(each in words for each in said):
                return None
        return " ".join((document, *(f"heading:{Exact(each)}" for each in titles)))

    def _headings_of(self, paper: int) -> dict[Path, str]:
        """Return what the headings above the items of a paper say, folded, one a line."""
        if paper not in self._known:
            items = self._catalog.items_of(paper)
            paths = {self._above(each) for each in set(self._heading[items.start : items.stop])}
            words = {heading: fold(self._title(heading)) for path in paths for heading in path}
            self._known[paper] = {path: "\n".join(map(words.__getitem__, path)) for path in paths}
        return self._known[paper]

    def _above(self, heading: int) -> Path:
        """Return a heading and those above it, from the top down."""
        if heading not in self._paths:
            self._paths[heading] = (*self._above(self._upper[heading - 1]), heading)
        return self._paths[heading]

    def _title(self, heading: int) -> str:
        return self._strings[self._titles[heading - 1]]


def _joined(numbers: Mapping[int, int], level: Mapping[int, int]) -> Counter[int]:
    """Return numbers by headings as numbers by those of a level, without one as they are."""
    if not level:
        return Counter(numbers)
    joined: dict[int, int] = {}
    for heading, number in numbers.items():
        above = level[heading]
        joined[above] = joined.get(above, 0) + number
    return Counter(joined)


def _can_be_asked(title: str) -> bool:
    """Say whether the words of a heading fit into a query, between its quotation marks."""
    return len(title) <= _LONGEST and "＂" not in title and title.isprintable() and fold(title) != ""
