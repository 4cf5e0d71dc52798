"""The live box: an answer small enough for a frame in a page of others, with the form to ask again."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.document import About
from index.errors import Failure
from search.errors import QueryError, pointed
from search.render.figures import history, totals
from search.render.figures.hits import sheets as hit_sheets
from search.render.papers import cited
from search.render.sheets import Sheet, without_empty
from search.render.words import found
from search.web.exchange import Answer, Question
from search.web.pages.tables import drawn, table
from search.web.pages.templates import page
from search.web.parameters import Parameter
from search.web.routes import BOX, SHOW, THEME
from search.web.visit import Visit

FULL = {"hits": ("/search", "q"), "total": ("/total", "q"), "history": ("/history", "programme")}
"""The page that has all of what the box shows, and the parameter that takes the query there."""

KEPT = ("show", "limit", "theme")
"""What a form in the box sends along with the next query."""

INDENT = 2
NOTHING = "言葉や金額を書いて検索してください。例　蓄電池 1000億以上"


class Shown(NamedTuple):
    """What a box shows of an answer; `chart` is a drawing that is safe to show."""

    reading: str
    found: str
    sheets: list[Sheet]
    chart: object = None


def show(visit: Visit) -> Answer:
    """Answer with the box; without a query it has the form alone."""
    query = visit.text("q").strip()
    try:
        shown = _asked(visit, query) if query else None
    except QueryError as error:
        return fault(400, error, visit.question)
    papers = cited(shown.sheets, visit.searcher.documents()) if shown else []
    return _page(visit.question, 200, shown, papers)


def fault(status: int, failure: Failure, question: Question) -> Answer:
    """Return the box that tells of a fault, with the form to mend it."""
    message, where, example = str(failure), "", ""
    if isinstance(failure, QueryError):
        message, example = failure.message, failure.example
        lines = pointed(failure.source, failure.start, failure.end) if failure.source.strip() else ()
        where = "\n".join(line[INDENT:] for line in lines)
    return _page(question, status, fault={"message": message, "where": where, "example": example})


def _page(
    question: Question,
    status: int,
    shown: Shown | None = None,
    papers: Sequence[About] = (),
    fault: Mapping[str, str] | None = None,
) -> Answer:
    """Return the box; what is no value of its parameters does not reach it."""
    given = dict(reversed(question.query))
    chosen = {each.name: _chosen(each, given.get(each.name)) for each in (SHOW, BOX, THEME)}
    query = given.get("q", "").strip()
    path, name = FULL[chosen["show"]]
    return page(
        "embed.html",
        question,
        status,
        **chosen,
        status=status,
        q=query,
        kept=[(each, given[each]) for each in KEPT if given.get(each)],
        full=(path, {name: query}),
        shown=shown,
        tables=[table(without_empty(each, "bar")) for each in shown.sheets] if shown else [],
        papers=papers,
        fault=fault,
        nothing=NOTHING,
    )


def _chosen(parameter: Parameter, value: str | None) -> str:
    return value if value in parameter.choices else str(parameter.default)


def _asked(visit: Visit, query: str) -> Shown:
    """Return what the searcher answers. Raises QueryError."""
    match visit.text("show"):
        case "total":
            sums = visit.searcher.total(query)
            return Shown(sums.reading, "", list(totals.sheets(sums, False)))
        case "history":
            followed = visit.searcher.history(query)
            return Shown("", "", list(history.sheets(followed, False)), drawn(followed))
        case _:
            hits = visit.searcher.search(query, limit=visit.number("limit"))
            more = [Sheet("", (), (), hits.diagnosis)] if hits.diagnosis else []
            return Shown(hits.reading, found(hits), [*hit_sheets(hits), *more])
