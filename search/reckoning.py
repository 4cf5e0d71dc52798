"""Answers about sums: totals, facets, comparisons, histories; each step is imported by the answer that needs it."""

import time
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from index.document import ROLES
from index.store.catalog import Catalog
from search.asked import Asked
from search.engine import Engine
from search.figures import BREAKDOWNS, ComparePage, FacetPage, Gist, HistoryPage, LinkPage, Point, TotalPage
from search.plan import Plan
from search.reading import read_back
from search.results import GROUPS

if TYPE_CHECKING:
    from search.buckets import Countable, Sums
    from search.facets import Facets
    from search.programmes import Programmes
    from search.totals import Totals

_GROUPS = tuple(GROUPS)
_KEPT = 2
"""Sums of so many answers are kept."""


class Reckoning:
    """Answers from one store; `planned` reads a condition, `diagnosed` says why a query has no hits."""

    def __init__(
        self,
        engine: Engine,
        catalog: Catalog,
        planned: Callable[[str], Plan],
        diagnosed: Callable[[Asked], tuple[str, ...]],
    ) -> None:
        self._engine = engine
        self._catalog = catalog
        self._planned = planned
        self._diagnosed = diagnosed

    def total(self, asked: Asked, by: str | None) -> TotalPage:
        """Return the sums of what certainly answers, and what else answers."""
        from search.breakdown import left_out, totals_of, unread

        began = time.perf_counter()
        if by not in (None, *BREAKDOWNS):
            raise ValueError(f"by={by!r}")
        found = self._engine.answering(asked.plan, asked.memory)
        amounts = self._engine.records.with_amount
        certain, *others = (self._engine.records.sets.numbers(each & amounts) for each in found)
        unsure = sorted((each, group) for group, records in zip(_GROUPS[1:], others, strict=True) for each in records)
        tallies = self._totals.tallies(certain)
        return TotalPage(
            str(asked.tree),
            read_back(asked.tree),
            totals_of(tallies, self._catalog, by),
            tuple(left_out(record, group, None, self._catalog) for record, group in unsure),
            by,
            time.perf_counter() - began,
            () if any(found) else self._diagnosed(asked),
            unread(tallies, self._catalog),
        )

    def points(self, asked: Asked) -> tuple[Point, ...]:
        """Return the safe sum of each fiscal years and stage that certainly answer, None where nothing is counted."""
        return tuple(each.point for each in self.gists(asked))

    def gists(self, asked: Asked) -> tuple[Gist, ...]:
        """Return the points of a query, each beside what all amounts of its fiscal years and stage come to."""
        answer = self._engine.answer(asked.plan, asked.memory, roles=ROLES)
        whole = self._sums(asked.answer.sure).whole
        sums = self._countable.naive(answer.sure & self._engine.records.with_amount)
        points = self._countable.points({**dict.fromkeys(sums), **whole})
        return tuple(Gist(point, *sums[cell]) for point, cell in zip(points, sorted(sums), strict=True))

    def facets(self, asked: Asked) -> FacetPage:
        """Return how the hits divide."""
        count = len(asked.hits)
        divided = self._facets.divide(asked, self._sums(asked.answer.sure)) if count else ()
        diagnosis = () if count else self._diagnosed(asked)
        return FacetPage(str(asked.tree), read_back(asked.tree), count, divided, diagnosis)

    def compare(self, words: Sequence[str], ask: Callable[[str], Asked]) -> ComparePage:
        """Return what changed between two sides; `ask` reads the query that both are narrowed to."""
        from index.jobs import collecting_rarely
        from search.compare import Comparison, unmatched
        from search.sides import read_sides

        sides, query = read_sides(" ".join(words), self._catalog)
        comparison = Comparison(self._catalog, self._programmes, self._totals)
        if not query:
            with collecting_rarely():  # all programmes of both sides: pairs by the ten thousand
                return comparison.page(sides, "", None)
        asked = ask(query)
        found = self._engine.answering(asked.plan, asked.memory)
        certain = self._engine.records.sets.numbers(found[0])
        page = comparison.page(sides, str(asked.tree), certain)
        if page.sections:
            return page
        return page._replace(diagnosis=(unmatched(page, sides, certain),) if any(found) else self._diagnosed(asked))

    def history(self, programme: str) -> HistoryPage:
        """Return the history of one programme."""
        from search.history import Histories

        return Histories(self._catalog, self._programmes, self._totals).history(programme)

    def programmes(self, words: str) -> LinkPage:
        """Return which names of programmes belong together."""
        return self._programmes.links(words.split())

    @cached_property
    def _programmes(self) -> "Programmes":
        from search.programmes import Programmes

        return Programmes(self._catalog, self._engine.stretches)

    @cached_property
    def _totals(self) -> "Totals":
        from search.totals import Totals

        return Totals(self._catalog.columns, self._catalog)

    @cached_property
    def _countable(self) -> "Countable":
        from search.buckets import Countable

        return Countable(self._catalog, self._engine.records, self._totals)

    @cached_property
    def _sums(self) -> "Callable[[int], Sums]":
        """The sums of sets of records, kept for a page that asks for facets and sums of the same query."""
        from search.buckets import Sums

        return lru_cache(maxsize=_KEPT)(partial(Sums, self._countable))

    @cached_property
    def _facets(self) -> "Facets":
        from search.facets import Facets

        return Facets(self._engine, self._catalog, self._countable, self._planned)
