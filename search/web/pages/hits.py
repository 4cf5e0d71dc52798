"""A page of hits as what a template shows of them."""

from collections.abc import Iterator
from typing import NamedTuple

from index.document import Amount, Item, Place
from search.render.chart import HOPED
from search.render.entries import Run, by_group, clear, of_hit
from search.render.words import OPEN
from search.results import GROUPS, Hit, Marked, ResultPage

OPEN_BOUNDS = ("ceiling", "portion")
"""Bounds of which the sum is not the item's own, drawn as an outline."""

NEAREST = 2
"""So many of the headings above a hit are shown."""

Piece = tuple[str, bool]
"""A stretch of text, and whether it is marked."""


class Line(NamedTuple):
    """An amount: in 億円, what it is, its share of the largest of its group on the page, how its bar is drawn."""

    oku: str
    meaning: str
    share: float
    kind: str


class Lines(NamedTuple):
    """Neighbouring amounts that share a label."""

    label: list[Piece]
    lines: list[Line]


class Shown(NamedTuple):
    """A hit: `number` counts from the first of all pages."""

    number: int
    name: list[Piece]
    place: Place
    path: str
    runs: list[Lines]
    notes: list[tuple[str, list[Piece]]]
    change: int | None


class Group(NamedTuple):
    """The hits of a group that are on the page."""

    name: str
    title: str
    found: int
    open: str
    hits: list[Shown]


def groups(page: ResultPage) -> list[Group]:
    """Return the groups that have hits on the page."""
    number, found = page.offset, []
    for group, hits in by_group(page):
        most = max((abs(amount.yen) for hit in hits for amount in _matched(hit)), default=0)
        shown = [_shown(hit, number + at, most) for at, hit in enumerate(hits, 1)]
        found.append(Group(group, GROUPS[group], page.counts[group], OPEN.get(group, ""), shown))
        number += len(hits)
    return found


def pieces(marked: Marked) -> list[Piece]:
    """Return a text cut where its marks begin and end."""
    found, last = [], 0
    for start, end in marked.spans:
        found += [(marked.text[last:start], False), (marked.text[start:end], True)]
        last = end
    return [piece for piece in (*found, (marked.text[last:], False)) if piece[0]]


def path(item: Item) -> str:
    """Return the nearest headings above an item on one line."""
    above = item.heading_path
    return clear(" › ".join(above if len(above) <= NEAREST else ("…", *above[-NEAREST:])))


def kind(amount: Amount) -> str:
    """Return how the bar of an amount is drawn."""
    return "open" if amount.bound in OPEN_BOUNDS else "asked" if amount.stage in HOPED else "given"


def share(yen: int, most: int) -> float:
    """Return a sum as a share of the largest in per cent, to a tenth; what is more than nothing is seen."""
    return max(round(abs(yen) / most * 100, 1), 0.5) if yen and most else 0


def _matched(hit: Hit) -> list[Amount]:
    return [hit.item.amounts[position] for position in hit.matched]


def _shown(hit: Hit, number: int, most: int) -> Shown:
    entry, amounts = of_hit(hit), iter(_matched(hit))
    runs = [Lines(pieces(run.label) if run.label else [], list(_lines(run, amounts, most))) for run in entry.runs]
    notes = [(note.head, pieces(note.body)) for note in entry.notes]
    return Shown(number, pieces(entry.name), hit.item.place, path(hit.item), runs, notes, hit.change)


def _lines(run: Run, amounts: Iterator[Amount], most: int) -> Iterator[Line]:
    """Yield the amounts of a run; that of an item without any is a line without a meaning."""
    for each in run.sums:
        amount = next(amounts, None)
        size = 0 if amount is None else share(amount.yen, most)
        yield Line(each.oku, each.meaning, size, kind(amount) if amount else "")
