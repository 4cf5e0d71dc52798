"""How the items of one paper lie in a store: records, and the stretches of text that find them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.document import Amount, Item, previous_years

TEXT_FIELDS = ("name", "label", "text", "heading", "lead", "passage")
"""What a stretch is of its item; `passage` is the text of one that is no item: prose without an amount."""

ABOVE = ("heading", "lead")
"""The stretches that stand above items, and find several."""


class Record(NamedTuple):
    """One amount of an item; an item without amounts has one record without an amount.

    `previous` is the position, among the paper's records, of the amount of the year before beside it.
    """

    item: int
    amount: Amount | None
    previous: int | None


class Stretch(NamedTuple):
    """A text that finds the records from `first` to before `end`; `field` is one of TEXT_FIELDS."""

    field: str
    text: str
    first: int
    end: int


class Heading(NamedTuple):
    """A heading of the paper: its title, the position of the one above it (-1 at the top), its items.

    They are those from `first` to before `end`.
    """

    title: str
    above: int
    first: int
    end: int


class Layout(NamedTuple):
    """The records, stretches and headings of a paper; `heads` is the lowest heading of each item, -1 for none."""

    records: list[Record]
    stretches: list[Stretch]
    headings: list[Heading]
    heads: list[int]
    starts: list[int]


def layout(items: Sequence[Item]) -> Layout:
    """Return how `items`, in the order of the paper, lie in a store."""
    records: list[Record] = []
    starts: list[int] = []
    for number, item in enumerate(items):
        starts.append(len(records))
        records += _records(number, item, len(records))
    starts.append(len(records))
    headings, heads = _headings(items)
    stretches: list[Stretch] = []
    for number, item in enumerate(items):
        first, end = starts[number], starts[number + 1]
        if item.kind != "passage":
            stretches.append(Stretch("name", item.name, first, end))
        if item.text:
            prose = item.kind == "passage" and not item.amounts
            stretches.append(Stretch("passage" if prose else "text", item.text, first, end))
        stretches += _labels(records, first, end)
    stretches += [Stretch("heading", each.title, starts[each.first], starts[each.end]) for each in headings]
    stretches += _leads(items, starts)
    return Layout(records, stretches, headings, heads, starts)


def names(laid: Layout) -> Counter[str]:
    """Return the names of items and the labels of a paper in order, each with how often it stands."""
    return Counter([each.text for each in laid.stretches if each.field in ("name", "label")])


def _records(number: int, item: Item, start: int) -> list[Record]:
    """Return the records of an item, the first of them at `start`."""
    if not item.amounts:
        return [Record(number, None, None)]
    previous = {own: start + before for own, before in previous_years(item.amounts).items()}
    return [Record(number, amount, previous.get(position)) for position, amount in enumerate(item.amounts)]


def _labels(records: Sequence[Record], first: int, end: int) -> list[Stretch]:
    """Return the labels of an item's amounts, one stretch for neighbours that share one."""
    stretches: list[Stretch] = []
    for position in range(first, end):
        amount = records[position].amount
        if amount is None or not amount.label:
            continue
        if stretches and stretches[-1].end == position and stretches[-1].text == amount.label:
            stretches[-1] = stretches[-1]._replace(end=position + 1)
        else:
            stretches.append(Stretch("label", amount.label, position, position + 1))
    return stretches


def _headings(items: Sequence[Item]) -> tuple[list[Heading], list[int]]:
    headings: list[Heading] = []
    heads: list[int] = []
    path: tuple[str, ...] = ()
    open_: list[int] = []  # positions in `headings`, from the top down: the headings of `path`
    for number, item in enumerate(items):
        if item.heading_path != path:
            same = 0
            while same < min(len(item.heading_path), len(path)) and item.heading_path[same] == path[same]:
                same += 1
            _close(headings, open_[same:], number)
            del open_[same:]
            for title in item.heading_path[same:]:
                headings.append(Heading(title, open_[-1] if open_ else -1, number, number))
                open_.append(len(headings) - 1)
            path = item.heading_path
        heads.append(open_[-1] if open_ else -1)
    _close(headings, open_, len(items))
    return headings, heads


def _close(headings: list[Heading], positions: Sequence[int], end: int) -> None:
    """Let the headings at some positions end before an item."""
    for each in positions:
        headings[each] = headings[each]._replace(end=end)


def _leads(items: Sequence[Item], starts: Sequence[int]) -> list[Stretch]:
    """Return the policy paragraphs, one stretch for the run of items that are listed under each."""
    stretches: list[Stretch] = []
    for number, item in enumerate(items):
        if not item.lead:
            continue
        if stretches and stretches[-1].end == starts[number] and stretches[-1].text == item.lead:
            stretches[-1] = stretches[-1]._replace(end=starts[number + 1])
        else:
            stretches.append(Stretch("lead", item.lead, starts[number], starts[number + 1]))
    return stretches
