"""What went wrong, as an answer: problem+json to a program, a page to a reader."""

from http import HTTPStatus

from index.errors import Failure, StoreError
from search.errors import HeadingError, QueryError
from search.render.json import dumps
from search.web.exchange import PROBLEM, Answer, Question
from search.web.parameters import ParameterError
from search.web.settings import Settings


class NotFound(Failure):
    """There is nothing at this address."""


class Overloaded(Failure):
    """An answer was stopped, or never begun: too much is asked at once."""


STATUSES: tuple[tuple[type[Failure], int], ...] = (
    (QueryError, 400),
    (ParameterError, 422),
    (NotFound, 404),
    (HeadingError, 404),
    (StoreError, 503),
    (Overloaded, 503),
)
"""Every fault and its status; the first that fits holds."""


def told(failure: Failure, question: Question, kind: str, settings: Settings) -> Answer:
    """Return the answer to a question that could not be answered."""
    status = next((status for fault, status in STATUSES if isinstance(failure, fault)), 500)
    if kind == "api":
        return problem(status, failure)
    from search.web import pages

    return pages.fault(status, failure, question, settings)


def problem(status: int, failure: Failure) -> Answer:
    """Return a fault as problem+json: a bad query with its span in characters and an example."""
    told: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(failure),
    }
    if isinstance(failure, QueryError):
        told |= {"detail": failure.message, "source": failure.source, "span": [failure.start, failure.end]}
        told |= {"example": failure.example or None}
    if isinstance(failure, ParameterError):
        told |= {"parameter": failure.name}
    return Answer(status, PROBLEM, dumps(told).encode())
