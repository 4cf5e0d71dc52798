"""A table for a pipe: one line an amount, nothing wrapped, nothing cut."""

from collections.abc import Iterator, Sequence

from index.text import display_width
from search.render.entries import Entry, Note
from search.render.layout import pad

HEADS = ("金額（億円）", "意味", "出典", "名称")
"""The name stands last, so that a long one moves nothing."""


def lines(groups: Sequence[tuple[str, Sequence[Entry]]], ending: Sequence[str]) -> Iterator[str]:
    """Yield the entries of each group under its heading, then the lines at the end."""
    rows = [[list(_rows(entry)) for entry in entries] for _, entries in groups]
    every = [HEADS, *(row for group in rows for entry in group for row in entry)]
    widths = [max(display_width(row[column]) for row in every) for column in range(3)]
    if groups:
        yield _aligned(HEADS, widths)
    for (head, entries), found in zip(groups, rows, strict=True):
        yield from ([head] if head else [])
        for entry, cells in zip(entries, found, strict=True):
            yield from (_aligned(each, widths) for each in cells)
            yield from (_note(note, widths[0]) for note in entry.notes)
        yield ""
    yield from ending


def _rows(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of each amount; each row can be read without the others."""
    for run in entry.runs:
        name = entry.name.text + (f" └ {run.label.text}" if run.label else "")
        for each in run.sums:
            yield each.oku, each.meaning, entry.place, name


def _aligned(cells: tuple[str, str, str, str], widths: Sequence[int]) -> str:
    oku, meaning, place, name = cells
    return f"{pad(oku, widths[0], right=True)}  {pad(meaning, widths[1])}  {pad(place, widths[2])}  {name}"


def _note(note: Note, indent: int) -> str:
    return " " * (indent + 2) + " ".join(filter(None, (note.head, note.body.text)))
