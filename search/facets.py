"""The hits of a query by what they are: how many, and what they safely come to."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import pairwise
from typing import NamedTuple

from index.document import BOUNDS, FLAGS, STAGES
from index.schema import FIELDS
from index.store.catalog import Catalog
from index.store.flat import BOUND_CODES, STAGE_CODES
from index.text import fold
from search.asked import Asked
from search.buckets import EDGES, OKU, Cells, Countable, Spread, Sums, kind_of, ordered, quoted
from search.engine import Engine
from search.figures import Bucket, Facet
from search.headings import Headings
from search.hits import Answer
from search.plan import Account, Choice, Flag, Money, Plan, Years

BANDS = {
    "1億円未満": ("金額<1億", Money(None, OKU - 1)),
    "1億円以上10億円未満": ("金額:[1億 TO 10億}", Money(OKU, 10 * OKU - 1)),
    "10億円以上100億円未満": ("金額:[10億 TO 100億}", Money(10 * OKU, 100 * OKU - 1)),
    "100億円以上1000億円未満": ("金額:[100億 TO 1000億}", Money(100 * OKU, 1000 * OKU - 1)),
    "1000億円以上1兆円未満": ("金額:[1000億 TO 1兆}", Money(1000 * OKU, 10_000 * OKU - 1)),
    "1兆円以上": ("金額>=1兆", Money(10_000 * OKU, None)),
}
"""The bands of size: their names, the conditions that they stand for, and what these mean."""
assert tuple(money.low for _, money in BANDS.values() if money.low is not None) == EDGES


When = tuple[tuple[int, ...], str | None]
"""Fiscal years and a stage."""


class Value(NamedTuple):
    """A value of a facet: its name and number, its condition, what that means, and for which records it holds."""

    label: str
    code: int
    query: str
    plan: Plan
    sure: int
    may: int


class Facets:
    """Divides the hits of queries; `planned` reads the condition of a value.

    A bucket has just the hits that the query and its condition find together: the query is answered once beside some
    condition on amounts, and its records then meet those that each condition holds for.
    """

    def __init__(self, engine: Engine, catalog: Catalog, countable: Countable, planned: Callable[[str], Plan]) -> None:
        self._engine = engine
        self._catalog = catalog
        self._countable = countable
        self._planned = planned
        self._ids = [catalog.about(each).id for each in range(catalog.papers)]
        self._same = [fold(each) for each in self._ids]
        self._alike = Counter(self._same)
        self._askable: dict[str, bool] = {}
        self._headings = Headings(catalog, engine.items, self._in_document)

    def divide(self, asked: Asked, sums: Sums) -> tuple[Facet, ...]:
        """Return the facets of all hits of a query; `sums` are what these come to."""
        items = self._engine.items
        hits = items.present(asked.answer)
        beside = self._engine.answer(asked.plan, asked.memory, amounts=True)
        facet = partial(self._facet, hits, beside)

        def kinds(name: str) -> Mapping[int, Cells]:
            return sums.by(self._countable.kinds, kind_of(name))

        return (
            self._documents(hits, sums),
            facet("year", "年度", self._split(sums.whole, lambda when: when[0]), kept=True),
            facet("stage", "段階", self._split(sums.whole, lambda when: (STAGE_CODES.index(when[1]),))),
            facet("account", "会計", kinds("account")),
            self._headings.facet(hits, asked.answer, sums, self._countable),
            facet("bound", "確度", kinds("bound")),
            facet("flags", "印", {value.code: sums.within(value.sure).whole for value in self._values["flags"]}),
            facet("band", "金額帯", kinds("band"), kept=True),
        )

    def _facet(
        self, hits: int, beside: Answer, name: str, label: str, sums: Mapping[int, Cells], *, kept: bool = False
    ) -> Facet:
        """Return the facet of some hits; `sums` is what those come to that have each value.

        `beside` is what answers the query beside a condition on amounts. Buckets are `kept` in order, or come by hits.
        """
        buckets, having = [], 0
        for value in self._values[name]:
            found = self._engine.items.present(beside.meeting(value.sure, value.may))
            if found and self._can_be_asked(value):
                points = self._countable.points(sums.get(value.code, {}))
                buckets.append(Bucket(value.label, found.bit_count(), points, value.query))
                having |= found
        return Facet(name, label, tuple(buckets) if kept else ordered(buckets), (hits & ~having).bit_count())

    def _split(self, cells: Mapping[int, int], values: Callable[[When], Iterable[int]]) -> dict[int, dict[int, int]]:
        """Return sums by each of the values that `values` says their years and stage have."""
        split: dict[int, dict[int, int]] = {}
        for cell, yen in cells.items():
            for value in values(self._countable.when[cell]):
                split.setdefault(value, {})[cell] = yen
        return split

    # -- values of the store

    @cached_property
    def _values(self) -> Mapping[str, tuple[Value, ...]]:
        """The values of each facet that is of amounts.

        What they mean is said here as well: to read conditions takes longer than to look them up.
        """
        years = sorted({year for code in self._catalog.all_years() for year in code})
        accounts = [(code, each) for code, each in enumerate(self._catalog.accounts()) if each]
        stages = [(code, each) for code, each in enumerate(STAGE_CODES) if each]
        bands = list(enumerate(BANDS.items()))
        made: dict[str, Iterable[tuple[str, int, str, Plan]]] = {
            "year": ((f"{each}年度", each, f"年度:{each}", Years(each, each)) for each in years),
            "stage": ((STAGES[each], code, *_choice("stage", each)) for code, each in stages),
            "account": ((each, n, f"会計:{quoted(each)}", Account(frozenset((each,)))) for n, each in accounts),
            "bound": ((BOUNDS[each], code, *_choice("bound", each)) for code, each in enumerate(BOUND_CODES)),
            "flags": ((FLAGS[each], code, f"is:{each}", Flag(each)) for code, each in enumerate(FLAGS)),
            "band": ((label, code, *condition) for code, (label, condition) in reversed(bands)),
        }
        return {name: tuple(self._met(values)) for name, values in made.items()}

    def _met(self, values: Iterable[tuple[str, int, str, Plan]]) -> Iterator[Value]:
        """Yield the values that any amount of the store has."""
        for label, code, query, plan in values:
            sure, may = self._engine.holding(plan)
            if may:
                yield Value(label, code, query, plan, sure, may)

    def _can_be_asked(self, value: Value) -> bool:
        """Say whether the query language can ask for a value alone: not for every account."""
        if value.query not in self._askable:
            plan = self._planned(value.query) if isinstance(value.plan, Account) else value.plan
            self._askable[value.query] = plan == value.plan
        return self._askable[value.query]

    # -- papers

    @cached_property
    def _papers(self) -> tuple[list[tuple[int, int]], Spread]:
        """Where the records of each paper begin and end, and all amounts by papers."""
        starts = [self._catalog.item_first[each] for each in self._catalog.paper_first]
        of_record = map(self._catalog.columns.numbers("item.paper").__getitem__, self._catalog.record_item)
        return list(pairwise(starts)), Spread(tuple(of_record), self._countable)

    def _documents(self, hits: int, sums: Sums) -> Facet:
        there, (ranges, spread) = self._engine.records.sets.text(hits), self._papers
        by_paper = sums.by(spread)
        counts = [there.count("1", *pair) for pair in ranges]
        buckets = [
            Bucket(self._ids[each], count, self._countable.points(by_paper.get(each, {})), self._conditions[each])
            for each, count in enumerate(counts)
            if count
        ]
        return Facet("document", "文書", ordered(buckets), 0)

    @cached_property
    def _conditions(self) -> list[str | None]:
        """The condition for each paper."""
        return list(map(self._in_document, range(len(self._ids))))

    def _in_document(self, paper: int) -> str | None:
        """Return the condition for a paper, None where another has the same id but for width and case."""
        alone = self._alike[self._same[paper]] == 1
        return f"document:{quoted(self._ids[paper])}" if alone else None


def _choice(field: str, value: str) -> tuple[str, Plan]:
    """Return the condition for a value of a field, in Japanese, and what it means."""
    return f"{FIELDS[field].label}:{FIELDS[field].values[value][0]}", Choice(field, frozenset((value,)))
