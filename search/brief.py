"""What one takes to a meeting about a query: its sums, the histories behind them, the lines that they stand on."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import islice

from search.errors import QueryError
from search.figures import Addend, BriefPage, HistoryPage, TotalPage
from search.results import ResultPage
from search.searcher import Searcher

HISTORIES = 2
"""How many programmes are followed: those with the most money. With more, a page would not hold it."""
HITS = 5
"""How many hits are quoted if nobody says."""


def brief(searcher: Searcher, query: str, *, match: str = "all", limit: int | None = HITS) -> BriefPage:
    """Return the brief of a query with its `limit` largest hits (None or 0: all). Raises QueryError."""
    total = searcher.total(query, match=match)
    hits = searcher.search(query, match=match, limit=limit, sort="-amount")
    histories = tuple(islice(_histories(searcher, _names(total)), HISTORIES))
    quotes = tuple(tuple(searcher.lines(hit.item)) for hit in hits.hits)
    named = set(_documents(total, hits, histories))
    documents = tuple(each for each in searcher.documents() if each.id in named)
    return BriefPage(query.strip(), hits.reading, total, histories, hits, quotes, documents, date.today().isoformat())


def _names(total: TotalPage) -> Iterator[str]:
    """Yield the programmes that a total counts, those with the largest sums first, each once."""
    counted, told = [each for one in total.totals for each in one.counted], set()
    for each in sorted(counted, key=lambda each: -each.yen):
        if (name := each.name) not in told:
            told.add(name)
            yield name


def _histories(searcher: Searcher, names: Iterable[str]) -> Iterator[HistoryPage]:
    """Yield the histories that tell of more than one year and stage; a name that may be several programmes has none."""
    told = set()
    for name in names:
        with suppress(QueryError):
            page = searcher.history(name)
            if len(page.points) > 1 and page.name not in told:
                told.add(page.name)
                yield page


def _documents(total: TotalPage, hits: ResultPage, histories: Iterable[HistoryPage]) -> Iterator[str]:
    """Yield the papers that anything in a brief stands in."""
    yield from (hit.item.place.document for hit in hits.hits)
    addends: list[Addend] = [each for one in total.totals for each in one.counted]
    addends += [entry.addend for page in histories for entry in page.entries]
    yield from (each.place.document for each in addends)
