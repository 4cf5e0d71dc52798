"""The pages for readers: HTML that works without scripts."""

from http import HTTPStatus

from index.errors import Failure
from search.errors import QueryError, shown
from search.web.exchange import Answer, Question
from search.web.pages.tables import places
from search.web.pages.templates import page
from search.web.routes import ROUTES
from search.web.settings import Settings

TITLES = {
    HTTPStatus.BAD_REQUEST: "読み取れません",
    HTTPStatus.NOT_FOUND: "見つかりません",
    HTTPStatus.UNPROCESSABLE_ENTITY: "引数を読めません",
    HTTPStatus.TOO_MANY_REQUESTS: "要求が多すぎます",
    HTTPStatus.SERVICE_UNAVAILABLE: "いま答えられません",
}
"""What a fault is called; the sentence of the fault itself says the rest."""

LONGEST = 120
"""So many characters of a query are shown on either side of a fault, and of what is at fault."""


def fault(status: int, failure: Failure, question: Question, settings: Settings) -> Answer:
    """Return the page that tells of a fault: where in the query it is, and an example to follow."""
    told = failure if isinstance(failure, QueryError) else None
    route = ROUTES.get(question.route, ROUTES["search"])  # where there is no such address, too
    values = dict(reversed(question.query))
    asked = next((each.name for each in route.parameters if each.kind == "text"), "q")
    return page(
        "fault.html",
        question,
        status,
        title="検索式を読み取れません" if told and asked == "q" else TITLES.get(HTTPStatus(status), "誤りがあります"),
        message=places(told.message if told else str(failure)),
        pointed=_pointed(told) if told and told.source.strip() else None,
        example=told.example if told else "",
        again={"path": route.path, "name": asked},
        q=values.get("q", ""),
    )


def _pointed(failure: QueryError) -> tuple[str, str, str]:
    """Return what stands before the place of the fault, that place, and what stands behind it, each cut if long."""
    source, start, end = failure.source, failure.start, max(failure.start, failure.end)
    before, there, behind = shown(source[:start]), shown(source[start:end]), shown(source[end:])
    return (
        f"…{before[-LONGEST:]}" if len(before) > LONGEST else before,
        f"{there[:LONGEST]}…" if len(there) > LONGEST else there,
        f"{behind[:LONGEST]}…" if len(behind) > LONGEST else behind,
    )
