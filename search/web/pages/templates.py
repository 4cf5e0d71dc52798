"""The templates, and what each of them may use."""

from functools import cache
from typing import Any

from search.web.exchange import Question


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("search.web", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def filled(name: str, question: Question, **values: object) -> str:
    """Return a template with its values, and the question as `asked`."""
    return str(_environment().get_template(name).render(values, asked=question))
