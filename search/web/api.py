"""The API: each answer of the searcher as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.schema import FIELDS
from search.render import render, render_answer
from search.render.json import dumps, item_object
from search.web.exchange import JSON, Answer
from search.web.visit import Visit

if TYPE_CHECKING:
    from search.render import Answer as Figures


def search(visit: Visit) -> Answer:
    """Answer with a page of hits."""
    page = visit.searcher.search(
        visit.text("q"),
        limit=visit.number("limit"),
        offset=visit.number("offset"),
        sort=visit.text("sort"),
        only=visit.choice("only"),
        match=visit.text("match"),
    )
    return Answer(200, JSON, render(page, "json").encode())


def item(visit: Visit) -> Answer:
    """Answer with the items at a place, each with its lines."""
    items = visit.searcher.items_at(visit.question.path["id"])
    return _json(
        {
            "items": [
                item_object(each)
                | {"lines": [{"line": line, "text": text} for line, text in visit.searcher.lines(each)]}
                for each in items
            ]
        }
    )


def documents(visit: Visit) -> Answer:
    """Answer with what is known of each paper in the store."""
    names = ("id", "title", "publisher", "date", "year", "stage", "account", "file")
    found = [{name: getattr(each, name) for name in names} for each in visit.searcher.documents()]
    return _json({"documents": found})


def total(visit: Visit) -> Answer:
    """Answer with the safe sums of a query."""
    page = visit.searcher.total(visit.text("q"), by=visit.choice("by"), match=visit.text("match"))
    return _figures(page)


def history(visit: Visit) -> Answer:
    """Answer with the history of one programme."""
    return _figures(visit.searcher.history(visit.text("programme")))


def facets(visit: Visit) -> Answer:
    """Answer with how the hits of a query divide."""
    page = visit.searcher.facets(visit.text("q"), match=visit.text("match"))
    return _figures(page)


def reconcile(visit: Visit) -> Answer:
    """Answer with the printed totals of a paper beside their parts."""
    page = visit.searcher.reconcile(visit.text("document"), visit.text("heading") or None)
    return _figures(page)


def compare(visit: Visit) -> Answer:
    """Answer with what changed between two sides."""
    return _figures(visit.searcher.compare(visit.text("sides").split()))


def programmes(visit: Visit) -> Answer:
    """Answer with the names of programmes that belong together."""
    return _figures(visit.searcher.programmes(visit.text("words")))


def suggest(visit: Visit) -> Answer:
    """Answer with what the last word of a query may become."""
    found = visit.searcher.suggest(visit.text("prefix"), visit.number("limit"))
    return _json({"suggestions": [each._asdict() for each in found]})


def fields(visit: Visit) -> Answer:
    """Answer with the fields of the query language and their values."""
    return _json(
        {
            "fields": [
                {
                    "name": each.name,
                    "label": each.label,
                    "kind": each.kind,
                    "spellings": each.spellings,
                    "values": dict(each.values),
                    "example": each.example,
                    "help": each.help,
                }
                for each in FIELDS.values()
            ]
        }
    )


def _json(value: dict[str, Any]) -> Answer:
    return Answer(200, JSON, dumps(value).encode())


def _figures(page: Figures) -> Answer:
    return Answer(200, JSON, render_answer(page, "json").encode())
