"""The templates, and what each of them may use."""

from functools import cache
from typing import Any

from search.web.exchange import HTML, Answer, Question
from search.web.pages.addresses import Addresses
from search.web.routes import ROUTES


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("search.web", "templates")
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["routes"] = ROUTES
    return made


def filled(name: str, question: Question, /, **values: object) -> str:
    """Return a template with its values, the question as `asked`, and `to`, which makes addresses."""
    template = _environment().get_template(name)
    return str(template.render({"q": ""} | values, asked=question, to=Addresses(question.prefix)))


def page(name: str, question: Question, status: int = 200, /, **values: object) -> Answer:
    """Return a template with its values as an answer."""
    return Answer(status, HTML, filled(name, question, **values).encode())
