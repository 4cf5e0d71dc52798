"""A question into an answer: read the parameters, ask the store, tell what went wrong."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from index.errors import Failure, StoreError
from search.searcher import Searcher
from search.web import faults
from search.web.current import Current
from search.web.exchange import Answer, Question
from search.web.parameters import read
from search.web.routes import ROUTES
from search.web.settings import Settings
from search.web.visit import Visit, version_of


def answer(question: Question, current: Current, settings: Settings) -> Answer:
    """Return the answer to one question; a fault of it, or of the store, is an answer too."""
    kind = ROUTES[question.route].kind
    try:
        searcher = current.searcher()
        try:
            return _answer(question, searcher, settings)
        except StoreError:
            if current.searcher() is searcher:
                raise  # else a commit came between, and what it replaced may be gone
            return _answer(question, current.searcher(), settings)
    except Failure as failure:
        return faults.told(failure, question, kind, settings)


def _answer(question: Question, searcher: Searcher, settings: Settings) -> Answer:
    """Return the answer of one store."""
    route = ROUTES[question.route]
    values = read(route.parameters, question.query, strict=route.kind == "api")
    edition = version_of(searcher, _code())
    if edition in question.known.split(","):
        return Answer(304, "", b"", edition)
    visit = Visit(route, question, values, searcher, settings, edition)
    return _function(route.answer)(visit)._replace(version=edition)


@cache
def _function(name: str) -> Callable[[Visit], Answer]:
    module, function = name.rsplit(".", 1)
    found: Callable[[Visit], Answer] = getattr(import_module(f"search.web.{module}"), function)
    return found


@cache
def _code() -> str:
    """Return the version of this code."""
    try:
        return version("seisaku")
    except PackageNotFoundError:
        return ""
