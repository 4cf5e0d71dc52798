"""A query and its conditions: what it becomes with one more, or with one less."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from search.figures import Bucket, Facet, FacetPage
from search.grammar import parse
from search.render.entries import clear
from search.tree import And, Query

SHOWN, MOST = 6, 24
"""So many values of a facet are shown at once, and so many with those behind them; the table of facets has all."""


class Condition(NamedTuple):
    """A part of a query, and the query without it."""

    text: str
    without: str


class Choice(NamedTuple):
    """A value of a facet: `query` is the query that choosing it leads to, `chosen` whether it holds already."""

    label: str
    hits: int
    query: str
    chosen: bool
    level: int


class Group(NamedTuple):
    """A facet: the values that are shown, and those behind them."""

    name: str
    label: str
    first: list[Choice]
    more: list[Choice]


class Narrowing:
    """What may be added to a query, and taken from it."""

    def __init__(self, query: str) -> None:
        self._parts = _parts(query)

    def conditions(self) -> list[Condition]:
        """Return the parts of the query, each with what is left without it; none where there is only one."""
        if len(self._parts) < 2:
            return []
        return [
            Condition(each, _joined({text: part for text, part in self._parts.items() if text != each}))
            for each in self._parts
        ]

    def groups(self, page: FacetPage) -> list[Group]:
        """Return the facets of the query's hits that tell them apart, as choices."""
        groups = []
        for facet in page.facets:
            choices = list(islice(self._all_choices(facet), MOST))
            if len(choices) > 1 or any(each.chosen for each in choices):
                groups.append(Group(facet.name, facet.label, choices[:SHOWN], choices[SHOWN:]))
        return groups

    def _all_choices(self, facet: Facet) -> Iterator[Choice]:
        return (each for bucket in facet.buckets for each in self._choices(bucket))

    def _choices(self, bucket: Bucket, level: int = 0) -> Iterator[Choice]:
        if bucket.query is not None:
            condition = _parts(bucket.query)
            chosen = condition.keys() <= self._parts.keys()
            kept = {text: part for text, part in self._parts.items() if text not in condition}
            query = _joined(kept if chosen else {**self._parts, **condition})
            yield Choice(clear(bucket.label), bucket.hits, query, chosen, level)
        for each in bucket.within:
            yield from self._choices(each, level + 1)


@lru_cache(4096)  # the conditions of a store come again with each query
def _parts(query: str) -> Mapping[str, Query]:
    """Return what a query asks all of, by its words."""
    tree = parse(query)
    return {str(part): part for part in (tree.operands if isinstance(tree, And) else (tree,))}


def _joined(parts: Mapping[str, Query]) -> str:
    """Return a query that asks for all of `parts`, of which there may be none."""
    return str(And(tuple(parts.values()))) if len(parts) > 1 else "".join(parts)
