"""Results and items as a table for the eye, on a terminal or through a pipe."""

from collections.abc import Iterable, Iterator, Sequence

from index.document import Item
from search.render.entries import Entry, by_group, clear, of_hit, of_item
from search.render.words import closing, group_head, items_closing
from search.results import ResultPage


def of_page(page: ResultPage, form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield the groups under their headings, or what emptied the answer; then what was found."""
    groups = [(group_head(group, page.counts[group]), list(map(of_hit, hits))) for group, hits in by_group(page)]
    return _lines(groups, [*map(clear, page.diagnosis), *closing(page)], width, colour)


def of_items(items: Iterable[Item], form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield all items in one table, then how many there are."""
    listed = list(items)
    ending = items_closing(len(listed), sum(len(each.amounts) for each in listed))
    return _lines([("", list(map(of_item, listed)))] if listed else [], [ending], width, colour)


def _lines(
    groups: Sequence[tuple[str, Sequence[Entry]]], ending: Sequence[str], width: int | None, colour: bool
) -> Iterator[str]:
    """Yield the lines for a terminal, or for a pipe where there is no `width`."""
    if width is None:
        from search.render import plain

        return plain.lines(groups, ending)
    from search.render import terminal

    return terminal.lines(groups, ending, width, colour)
