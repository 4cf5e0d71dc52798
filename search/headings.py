"""The hits of a query by the headings that they stand under, two levels deep."""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from index.store.catalog import Catalog
from index.text import fold
from search.buckets import Countable, Sums, ordered
from search.figures import Bucket, Facet
from search.hits import Answer, Found, Items
from search.tree import Exact

Path = tuple[int, ...]
"""The numbers of headings from the top of a paper down."""

_MOST = 60
_LONGEST = 200
_REST = "ほかの見出し"


class Level(NamedTuple):
    """The number of the heading of one level that each item, and each record, stands under; 0 for none."""

    of_item: list[int]
    of_record: list[int]


class Under(NamedTuple):
    """What stands under headings of one level, by their numbers, 0 for none: hits, and what they come to.

    `beside` counts the hits beside a condition on a heading, where words may meet across the amounts of an item.
    """

    hits: Counter[int]
    beside: Counter[int]
    sums: dict[int, dict[int, int]]


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

    def facet(self, hits: Sequence[int], answer: Answer, sums: Sums, countable: Countable) -> Facet:
        """Return the headings of the first level that the items `hits` stand under, each with those of the second.

        `answer` is that of the query. Headings are those of one paper; beyond the first sixty they are one bucket.
        """
        first, second = (self._under(level, hits, answer.across()) for level in self._levels)
        without = first.hits.pop(0, 0)
        ranked = [heading for heading, _ in first.hits.most_common()]
        names = Counter(map(self._title, ranked))
        below: dict[int, list[int]] = {}
        shown = frozenset(ranked[:_MOST])
        first = self._summed(first, self._levels[0], sums, shown)
        for heading in second.hits:
            if heading and self._upper[heading - 1] in shown:
                below.setdefault(self._upper[heading - 1], []).append(heading)
        second = self._summed(
            second, self._levels[1], sums, frozenset(each for some in below.values() for each in some)
        )
        buckets = []
        for heading in ranked[:_MOST]:
            bucket = self._bucket(heading, first, countable)
            within = ordered(self._bucket(each, second, countable) for each in below.get(heading, ()))
            name = bucket.label if names[bucket.label] == 1 else f"{bucket.label}（{self._document(heading)}）"
            buckets.append(bucket._replace(label=name, within=within))
        if len(ranked) > _MOST:
            return Facet(
                "heading", "見出し", (*ordered(buckets), self._rest(ranked[_MOST:], first, sums, countable)), without
            )
        return Facet("heading", "見出し", ordered(buckets), without)

    def _under(self, level: Level, hits: Sequence[int], answer: Answer) -> Under:
        """Return what stands under the headings of a level, or above it where there is none of it."""
        found = Counter(map(level.of_item.__getitem__, hits))
        beside = Counter(map(level.of_item.__getitem__, self._items.numbers(self._items.of(answer.near))))
        folding: dict[int, list[Found]] = {}
        for each in self._items.repeating(answer):
            folding.setdefault(level.of_item[each.item], []).append(each)
        for heading, some in folding.items():
            beside[heading] -= sum(map(len, self._items.folded(some).values()))
        return Under(found, beside, {})

    def _summed(self, under: Under, level: Level, sums: Sums, shown: Set[int]) -> Under:
        """Return what stands under headings with what it comes to, for those that are shown."""
        return under._replace(sums=sums.by(level.of_record.__getitem__, shown))

    def _bucket(self, heading: int, under: Under, countable: Countable) -> Bucket:
        """Return a heading: what its condition finds, or without one what of the hits stands under it."""
        if heading not in self._conditions:
            self._conditions[heading] = self._condition(self._above(heading), self._paper_of[heading])
        condition = self._conditions[heading]
        count = under.beside[heading] if condition else under.hits[heading]
        return Bucket(self._title(heading), count, countable.points(under.sums.get(heading, {})), condition)

    def _rest(self, headings: Sequence[int], under: Under, sums: Sums, countable: Countable) -> Bucket:
        """Return the headings that are not shown one by one as one bucket."""
        among, heading = frozenset(headings), self._levels[0].of_record
        cells = sums.by(lambda record: heading[record] in among).get(True, {})
        return Bucket(_REST, sum(map(under.hits.__getitem__, headings)), countable.points(cells), None)

    # -- headings of the store

    @cached_property
    def places(self) -> list[int]:
        """A number for the paper and the headings of the first two levels that each record stands under."""
        papers = map(self._paper.__getitem__, self._catalog.record_item)
        return [heading or -1 - paper for heading, paper in zip(self._levels[1].of_record, papers, strict=True)]

    @cached_property
    def _levels(self) -> tuple[Level, Level]:
        """The headings of the first and of the second level, or what there is above it."""
        return self._level(1), self._level(2)

    def _level(self, level: int) -> Level:
        at = {heading: (0, *self._above(heading)[:level])[-1] for heading in set(self._heading)}
        of_item = list(map(at.__getitem__, self._heading))
        return Level(of_item, list(map(of_item.__getitem__, self._catalog.record_item)))

    @cached_property
    def _paper_of(self) -> dict[int, int]:
        """The paper of each heading of the first two levels."""
        return {
            heading: paper for level in self._levels for heading, paper in zip(level.of_item, self._paper, strict=True)
        }

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


def _can_be_asked(title: str) -> bool:
    """Say whether the words of a heading fit into a query, between its quotation marks."""
    return len(title) <= _LONGEST and "＂" not in title and title.isprintable() and fold(title) != ""
