"""The papers, and what stands at one place of them."""

from typing import NamedTuple

from index.document import BOUNDS, FLAGS, KINDS, ROLES, STAGES, About, Amount, Item, Place
from search.buckets import quoted
from search.render.citation import citation
from search.render.entries import clear
from search.render.words import NONE, meaning, oku
from search.web.exchange import Answer
from search.web.pages.hits import kind, share
from search.web.pages.templates import page
from search.web.visit import Visit

AROUND = 3
"""So many lines of the paper are shown before and after those of an item."""


class Sum(NamedTuple):
    """An amount with all that is known of it, in words; `quote` is how to cite it."""

    oku: str
    share: float
    kind: str
    meaning: str
    label: str
    words: dict[str, str]
    written: str
    quote: str


class Shown(NamedTuple):
    """An item: `lines` are those of the paper with their numbers, and whether they are its own."""

    item: Item
    name: str
    kind: str
    path: list[str]
    lead: str
    text: str
    sums: list[Sum]
    quote: str
    programmes: list[str]
    lines: list[tuple[int, str, bool]]


def documents(visit: Visit) -> Answer:
    """Answer with the list of the papers."""
    papers = [(each, f"document:{quoted(each.id)}") for each in visit.searcher.documents()]
    return page("documents.html", visit.question, papers=papers, stages=STAGES)


def item(visit: Visit) -> Answer:
    """Answer with the items at a place. Raises Absent."""
    items = visit.searcher.items_at(visit.question.path["id"])
    about = next(each for each in visit.searcher.documents() if each.id == items[0].place.document)
    return page(
        "item.html",
        visit.question,
        q=visit.text("q"),
        about=about,
        place=items[0].place,
        items=[_shown(each, about, visit) for each in items],
        paper=f"document:{quoted(about.id)}",
        where=_where(items[0].place),
        call=f"{visit.question.base}/api/v1/items/{items[0].place}",
    )


def _shown(each: Item, about: About, visit: Visit) -> Shown:
    most = max((abs(amount.yen) for amount in each.amounts), default=0)
    own = range(each.place.line, each.place.end_line + 1)
    return Shown(
        each,
        clear(each.name),
        KINDS[each.kind] if each.kind != "item" else "",
        [clear(heading) for heading in each.heading_path],
        clear(each.lead),
        clear(each.text),
        [_sum(each, position, most, about) for position in range(len(each.amounts))],
        citation(each, None, about),
        list(dict.fromkeys(filter(None, (each.name, *(amount.label for amount in each.amounts))))),
        [(number, clear(text), number in own) for number, text in visit.searcher.lines(each, AROUND)],
    )


def _sum(each: Item, position: int, most: int, about: About) -> Sum:
    amount = each.amounts[position]
    return Sum(
        oku(amount.yen),
        share(amount.yen, most),
        kind(amount),
        clear(meaning(amount)),
        clear(amount.label or ""),
        _words(amount),
        clear(amount.written),
        citation(each, position, about),
    )


def _words(amount: Amount) -> dict[str, str]:
    """Return what an amount is, each of its fields in full."""
    return {
        "年度": "・".join(map(str, amount.years)) or NONE,
        "段階": STAGES.get(amount.stage or "", "不明") + (f"（{amount.over}年間）" if amount.over else ""),
        "確度": BOUNDS[amount.bound],
        "役割": ROLES[amount.role],
        "会計": clear(amount.account or NONE),
        "印": "・".join(FLAGS[flag] for flag in amount.flags) or NONE,
    }


def _where(place: Place) -> str:
    """Return the page and the lines of a place: 「12頁 56–58行」."""
    last = f"–{place.end_line}" if place.end_line != place.line else ""
    return f"{f'{place.page}頁 ' if place.page else ''}{place.line}{last}行"
