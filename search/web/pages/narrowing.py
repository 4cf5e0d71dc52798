"""A query and its conditions: what it becomes with one more, or with one less."""

from collections.abc import Iterator
from typing import NamedTuple

from search.figures import Bucket, FacetPage
from search.grammar import parse
from search.render.entries import clear
from search.tree import And, Or, Query

SHOWN = 6
"""So many values of a facet are shown at once."""


class Condition(NamedTuple):
    """A part of a query, and the query without it."""

    text: str
    without: str


class Choice(NamedTuple):
    """A value of a facet: `query` is the query that choosing it leads to, `chosen` whether it holds already."""

    label: str
    hits: int
    share: float
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
        self._tree = parse(query)
        self._parts: list[Query] = [*self._tree.operands] if isinstance(self._tree, And) else [self._tree]
        self._holding = [str(part) for part in self._parts]

    def conditions(self) -> list[Condition]:
        """Return the parts of the query, each with what is left without it; none where there is only one."""
        if len(self._parts) < 2:
            return []
        return [
            Condition(text, _joined([*self._parts[:at], *self._parts[at + 1 :]]))
            for at, text in enumerate(self._holding)
        ]

    def groups(self, page: FacetPage) -> list[Group]:
        """Return the facets of the query's hits that tell them apart, as choices."""
        groups = []
        for facet in page.facets:
            choices = [each for bucket in facet.buckets for each in self._choices(bucket, page.hits)]
            if len(choices) > 1 or any(each.chosen for each in choices):
                groups.append(Group(facet.name, facet.label, choices[:SHOWN], choices[SHOWN:]))
        return groups

    def _choices(self, bucket: Bucket, hits: int, level: int = 0) -> Iterator[Choice]:
        if bucket.query is not None:
            chosen, share = bucket.query in self._holding, bucket.hits / hits if hits else 0
            yield Choice(clear(bucket.label), bucket.hits, share, self._with(bucket.query), chosen, level)
        for each in bucket.within:
            yield from self._choices(each, hits, level + 1)

    def _with(self, condition: str) -> str:
        """Return the query with a condition, or without it where it holds already."""
        if condition in self._holding:
            at = self._holding.index(condition)
            return _joined([*self._parts[:at], *self._parts[at + 1 :]])
        return f"{_joined(self._parts)} {condition}"


def _joined(parts: list[Query]) -> str:
    """Return parts of a query side by side: what stands in brackets there may stand without them alone."""
    return " ".join(f"({each})" if isinstance(each, Or) else str(each) for each in parts)
