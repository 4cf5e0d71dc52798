"""A hit or an item as the words that a table shows of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from index.document import FLAGS, Item, previous_years
from index.text import fold
from search.render.layout import clean
from search.render.words import NONE, SOURCES, oku, with_previous
from search.results import GROUPS, Hit, Marked, ResultPage, Snippet


class Sum(NamedTuple):
    """An amount in 億円, and what it is."""

    oku: str
    meaning: str


class Run(NamedTuple):
    """Neighbouring amounts that share a label; no label is shown where it only says the name again."""

    label: Marked | None
    sums: list[Sum]


class Note(NamedTuple):
    """A line under an entry: why it is here, where the words stand, what repeats it."""

    head: str
    body: Marked


class Entry(NamedTuple):
    """An item as a table shows it; nothing in it can move a cursor or end a line."""

    name: Marked
    place: str
    runs: list[Run]
    notes: list[Note]


def clear(text: str) -> str:
    """Return `text` as one line that does nothing to a terminal."""
    return clean(Marked(text)).text


def by_group(page: ResultPage) -> Iterator[tuple[str, list[Hit]]]:
    """Yield the groups that have hits on the page, in their order."""
    for group in GROUPS:
        if hits := [hit for hit in page.hits if hit.group == group]:
            yield group, hits


def of_hit(hit: Hit) -> Entry:
    """Return a hit with the amounts that answered and the notes to it."""
    runs = _runs(hit.item, hit.matched, hit.snippet)
    return Entry(clean(hit.name), clear(str(hit.item.place)), runs, list(_notes(hit)))


def of_item(item: Item) -> Entry:
    """Return an item with all its amounts."""
    beside = set(previous_years(item.amounts).values())
    positions = [position for position in range(len(item.amounts)) if position not in beside]
    return Entry(clean(Marked(item.name)), clear(str(item.place)), _runs(item, positions), [])


def repeats(hit: Hit) -> str:
    """Return where the entries stand that are folded under a hit: 「再掲 meti-request-2024:92」."""
    kinds = groupby(hit.repeats, lambda each: each.flag)
    return " ".join(f"{FLAGS.get(flag, flag)} {'・'.join(str(each.place) for each in same)}" for flag, same in kinds)


def _runs(item: Item, positions: Sequence[int], snippet: Snippet | None = None) -> list[Run]:
    """Return the amounts at `positions` by label."""
    shown, beside = set(positions), previous_years(item.amounts)
    sums = {position: _sum(item, position, beside.get(position), shown) for position in positions}
    runs = []
    for label, same in groupby(positions, lambda position: item.amounts[position].label):
        named = label is None or fold(label) == fold(item.name)
        marked = None if named else clean(_marked(label or "", snippet) or Marked(label or ""))
        runs.append(Run(marked, [sums[each] for each in same]))
    return runs or [Run(None, [Sum(NONE, "")])]


def _sum(item: Item, position: int, beside: int | None, shown: set[int]) -> Sum:
    """Return an amount, with the year before that stands `beside` unless that is `shown` in its own right."""
    amount = item.amounts[position]
    previous = None if beside is None or beside in shown else item.amounts[beside]
    return Sum(oku(amount.yen), clear(with_previous(amount, previous)))


def _marked(label: str, snippet: Snippet | None) -> Marked | None:
    """Return `label` with the marks in it, None if `snippet` was not cut out of it."""
    if not snippet or snippet.source != "label":
        return None
    text = snippet.marked.text
    cut = text.strip("…")
    if cut not in label:
        return None
    shift = label.find(cut) - text.find(cut)
    return Marked(label, tuple((start + shift, end + shift) for start, end in snippet.marked.spans))


def _notes(hit: Hit) -> Iterator[Note]:
    """Yield why a hit is not certain, where its words stand if not in its name, what repeats it."""
    if hit.group != "certain" and hit.reason:
        yield Note("", clean(Marked(hit.reason)))
    snippet, labels = hit.snippet, [hit.item.amounts[position].label for position in hit.matched]
    shown = any(_marked(label, snippet) for label in labels if label)
    if snippet and snippet.source != "name" and not shown:
        yield Note(SOURCES[snippet.source], clean(snippet.marked))
    if hit.repeats:
        yield Note("", clean(Marked(repeats(hit))))
