"""What the query that is typed may become, as a list to choose from."""

from typing import NamedTuple

from search.render.entries import clear
from search.suggest import tail
from search.web.exchange import Answer
from search.web.pages.templates import page
from search.web.visit import Visit

KINDS = {"field": "項目", "value": "値", "word": "言葉", "programme": "事業"}
MOST = 10


class Choice(NamedTuple):
    """A completion: its words, what it is, how many hits it has, the whole query with it."""

    text: str
    kind: str
    hits: int | None
    query: str


def suggest(visit: Visit) -> Answer:
    """Answer with the choices, as a part of a page."""
    typed = visit.text("q")
    last = tail(typed)
    found = visit.searcher.suggest(typed, MOST) if last else []
    begun = typed[: last.start] if last else ""
    choices = [Choice(clear(each.text), KINDS[each.kind], each.hits, begun + each.text) for each in found]
    return page("suggestions.html", visit.question, choices=choices)
