"""A question into an answer: read the parameters, ask the store, tell what went wrong."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from index.errors import Failure
from search.web import faults
from search.web.current import Current
from search.web.exchange import Answer, Question
from search.web.parameters import read
from search.web.routes import ROUTES
from search.web.settings import Settings
from search.web.visit import Visit, version_of


def answer(question: Question, current: Current, settings: Settings) -> Answer:
    """Return the answer to one question; a fault of it, or of the store, is an answer too."""
    route = ROUTES[question.route]
    try:
        values = read(route.parameters, question.query, strict=route.kind == "api")
        searcher = current.searcher()
        edition = version_of(searcher, _code())
        if question.known == edition:
            return Answer(304, "", b"", edition)
        visit = Visit(route, question, values, searcher, settings, edition)
        return _function(route.answer)(visit)._replace(version=edition)
    except Failure as failure:
        return faults.told(failure, question, route.kind, settings)


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
