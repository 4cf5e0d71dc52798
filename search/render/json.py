"""Results and items as JSON, whole or one to a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from index.document import Amount, Item, Place
from search.results import Hit, Marked, ResultPage

# What JSON may carry as it is, but a terminal or an editor would obey: C1 controls, line ends, directions.
OBEYED = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
SURROGATES = "[\ud800-\udfff]"


def of_page(page: ResultPage, form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield a page as one object with a hit a line, or as bare hits."""
    hits = map(hit_object, page.hits)
    if form == "jsonl":
        yield from map(dumps, hits)
    else:
        yield from _listed(dumps(page_object(page))[:-1] + ', "hits": [', hits, "]}")


def of_items(items: Iterable[Item], form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield items as a list with an item a line, or as bare items."""
    if form == "jsonl":
        yield from map(dumps, map(item_object, items))
    else:
        yield from _listed("[", map(item_object, items), "]")


def dumps(value: object) -> str:
    """Return `value` as JSON on one line that can be encoded and does nothing to a terminal."""
    import json

    text = re.sub(SURROGATES, "\ufffd", json.dumps(value, ensure_ascii=False))
    return re.sub(OBEYED, lambda match: f"\\u{ord(match[0]):04x}", text)


def page_object(page: ResultPage) -> dict[str, Any]:
    """Return all of a page but its hits."""
    return {
        "query": page.query,
        "reading": page.reading,
        "counts": page.counts,
        "found": page.found,
        "amounts": page.amounts,
        "offset": page.offset,
        "limit": page.limit,
        "sort": page.sort,
        "seconds": page.seconds,
        "diagnosis": page.diagnosis,
        "suggestions": page.suggestions,
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a hit: its item, and what answered in it."""
    return item_object(hit.item) | {
        "group": hit.group,
        "matched": hit.matched,
        "reason": hit.reason,
        "snippet": hit.snippet and {"source": hit.snippet.source} | _marked(hit.snippet.marked),
        "name_marks": hit.name.spans,
        "repeats": [place_object(each.place) | {"flag": each.flag} for each in hit.repeats],
        "change": hit.change,
    }


def item_object(item: Item) -> dict[str, Any]:
    """Return an item as the manual shows it."""
    return {
        **place_object(item.place),
        "number": item.number,
        "name": item.name,
        "heading_path": item.heading_path,
        "amounts": [amount_object(each) for each in item.amounts],
        "kind": item.kind,
        "text": item.text,
        "lead": item.lead,
    }


def amount_object(amount: Amount) -> dict[str, Any]:
    """Return an amount as the manual shows it."""
    return {
        "yen": amount.yen,
        "years": amount.years,
        "stage": amount.stage,
        "bound": amount.bound,
        "role": amount.role,
        "account": amount.account,
        "label": amount.label,
        "flags": amount.flags,
        "over": amount.over,
        "written": amount.written,
    }


def place_object(place: Place) -> dict[str, Any]:
    """Return the document, and where in it."""
    return {"document": place.document, "place": {"page": place.page, "line": place.line, "end_line": place.end_line}}


def spread(value: dict[str, Any]) -> Iterator[str]:
    """Yield an object as JSON in which each list of objects at its top has one of them a line."""
    before, after = "{", ""
    for key, each in value.items():
        if isinstance(each, list) and each and isinstance(each[0], dict):
            opening, *objects, closing = _listed(f"{before}{after}{dumps(key)}: [", each, "]")
            yield from (opening, *objects)
            before, after = closing, ", "
        else:
            before, after = f"{before}{after}{dumps(key)}: {dumps(each)}", ", "
    yield before + "}"


def _marked(marked: Marked) -> dict[str, Any]:
    return {"text": marked.text, "marks": marked.spans}


def _listed(opening: str, objects: Iterable[dict[str, Any]], closing: str) -> Iterator[str]:
    """Yield `objects` one a line between an opening and a closing line."""
    yield opening
    before = ""
    for each in objects:
        if before:
            yield f"{before},"
        before = f" {dumps(each)}"
    if before:
        yield before
    yield closing
