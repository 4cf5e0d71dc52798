"""The search page: what is asked, what answers, how it divides, what it comes to."""

from collections.abc import Sequence
from typing import NamedTuple

from search.figures import Gist
from search.render.cells import about
from search.render.figures.parts import when
from search.render.words import NONE
from search.results import GROUPS, SORTS, ResultPage
from search.web.exchange import Answer
from search.web.pages import hits
from search.web.pages.narrowing import Narrowing
from search.web.pages.templates import page
from search.web.parameters import LIMIT, shown_values
from search.web.routes import API
from search.web.visit import Visit

EXAMPLES = (
    ("蓄電池 AND amount>1000億", "1000億円を超える金額"),
    ("半導体 段階:補正 年度:2022..2024", "年度と段階"),
    ("(水素 OR アンモニア) 概算要求", "どちらかの言葉"),
    ("is:new 500億以上", "新規で500億円以上"),
    ("増減>20%", "前の年度より2割を超えて増えた"),
    ("「次世代半導体」", "書いたとおりの字"),
)
"""Queries to begin with, and what each shows."""

SUMS = 8
"""So many sums stand above the hits."""

PAGES_AROUND = 2
"""So many pages before and after the one that is shown are linked."""


class Sum(NamedTuple):
    """A safe sum: when, how much in 億円, and by how much the naive one is more, of how many amounts."""

    when: str
    oku: str
    over: str
    number: int


class Leaf(NamedTuple):
    """A link to a page of hits; its number is None for a gap."""

    number: int | None
    offset: int
    here: bool


def search(visit: Visit) -> Answer:
    """Answer with the hits of a query, or with the page to begin with."""
    query, match = visit.text("q").strip(), visit.text("match")
    if not query:
        return start(visit)
    found = visit.searcher.search(
        query,
        limit=visit.number("limit"),
        offset=visit.number("offset"),
        sort=visit.text("sort"),
        only=visit.choice("only"),
        match=match,
    )
    counts = visit.searcher.search(query, limit=1, match=match).counts if visit.choice("only") else found.counts
    narrowing = Narrowing(query)
    sums = [_sum(each) for each in visit.searcher.gists(query, match=match)]
    return page(
        "results.html",
        visit.question,
        q=query,
        page=found,
        groups=hits.groups(found),
        counts=[(name, GROUPS[name], counts[name]) for name in GROUPS],
        every=sum(counts.values()),
        sums=sums[-SUMS:],
        more_sums=max(0, len(sums) - SUMS),
        facets=narrowing.groups(visit.searcher.facets(query, match=match)) if sum(counts.values()) else [],
        conditions=narrowing.conditions() if match == "all" else [],
        leaves=_leaves(found),
        state=State(visit),
        sorts=SORTS,
        outdated=visit.searcher.outdated,
        call=f"{visit.question.base}{API}/search",
    )


def start(visit: Visit) -> Answer:
    """Answer with the page to begin with: examples, and the papers that can be searched."""
    return page("start.html", visit.question, examples=EXAMPLES, papers=visit.searcher.documents())


class State:
    """What of the search is in its address, and the same with something else in it."""

    def __init__(self, visit: Visit) -> None:
        self._values = dict(shown_values(visit.values, visit.route.parameters))

    def __call__(self, **changed: object) -> dict[str, object]:
        """Return the values of the address with some changed, of the first page unless that is one of them."""
        kept = {name: value for name, value in self._values.items() if name != "offset"}
        return {**kept, **changed}

    def get(self, name: str) -> str:
        """Return a value, empty where it is the default."""
        return self._values.get(name, "")


def _sum(gist: Gist) -> Sum:
    yen = gist.point.yen
    over = gist.naive - (yen or 0)
    return Sum(
        when(gist.point.years, gist.point.stage),
        NONE if yen is None else about(yen),
        about(over) if over else "",
        gist.number,
    )


def _leaves(found: ResultPage) -> Sequence[Leaf]:
    """Return links to the first page, the last one and those around this one."""
    limit = found.limit or LIMIT.most
    last, here = (found.found - 1) // limit, found.offset // limit
    if last < 1:
        return []
    near = range(max(0, here - PAGES_AROUND), min(last, here + PAGES_AROUND) + 1)
    leaves: list[Leaf] = []
    for number in sorted({0, last, *near}):
        if leaves and leaves[-1].number != number:
            leaves.append(Leaf(None, 0, False))
        leaves.append(Leaf(number + 1, number * limit, number == here))
    return leaves
