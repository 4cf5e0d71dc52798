"""What went wrong, as an answer: problem+json to a program, a page to a reader."""

from http import HTTPStatus

from index.errors import Absent, Failure, StoreError
from search.errors import HeadingError, QueryError
from search.render.json import dumps
from search.web import journal
from search.web.exchange import PROBLEM, Answer, Question
from search.web.parameters import ParameterError
from search.web.settings import Settings


class NotFound(Failure):
    """There is nothing at this address."""


class Overloaded(Failure):
    """An answer was stopped, or never begun: too much is asked at once."""


class Refused(Failure):
    """A request that is not answered for what it is, or for whose it is; `headers` go with the answer."""

    def __init__(self, status: int, message: str, *headers: tuple[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


STATUSES: tuple[tuple[type[Failure], int], ...] = (
    (QueryError, 400),
    (ParameterError, 422),
    (NotFound, 404),
    (Absent, 404),
    (HeadingError, 404),
    (StoreError, 503),
    (Overloaded, 503),
)
"""Every fault and its status; the first that fits holds."""

STORE = "いまは索引を読めません。サーバーを動かしている人に知らせてください。"
AGAIN = ("Retry-After", "1")


def told(failure: Failure, question: Question, kind: str, settings: Settings) -> Answer:
    """Return the answer to a question that could not be answered."""
    status = status_of(failure)
    if isinstance(failure, StoreError) and status != 404:  # it names a folder of the server
        journal.note("error", str(failure))
        failure = Failure(STORE)
    headers = failure.headers if isinstance(failure, Refused) else (AGAIN,) if status == 503 else ()
    if kind == "api":
        return problem(status, failure)._replace(headers=headers)
    if kind == "embed":
        from search.web import embed

        return embed.fault(status, failure, question)._replace(headers=headers)
    from search.web import pages

    return pages.fault(status, failure, question, settings)._replace(headers=headers)


def status_of(failure: Failure) -> int:
    """Return the status of a fault."""
    if isinstance(failure, Refused):
        return failure.status
    return next((status for fault, status in STATUSES if isinstance(failure, fault)), 500)


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
