"""A table as wide as the terminal; where that is too narrow for columns, each entry is a block of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.text import display_width
from search.render.entries import Entry, Note, Sum
from search.render.layout import WORDS, around, wrap, wrapped
from search.results import Marked

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

HEADS = ("億円", "意味", "名称", "出典")
LONG_HEAD, ROOMY = "金額（億円）", 100
"""The first head written out, and the width from which it is."""

LEAST_NAME, MOST_MEANING = 24, 16
GAP = 2
BRANCH = "└ "
MARK, DIM, BOLD = "bold not dim red", "dim", "bold"


class Columns(NamedTuple):
    """The widths of the four columns."""

    oku: int
    meaning: int
    name: int
    place: int


def lines(
    groups: Sequence[tuple[str, Sequence[Entry]]], ending: Sequence[str], width: int, colour: bool
) -> Iterator[str]:
    """Yield the entries of each group under its heading, then the lines at the end."""
    columns = columns_of([entry for _, entries in groups for entry in entries], width)
    parts = _heads(columns, width) if groups and columns.name >= LEAST_NAME else []
    for head, entries in groups:
        parts += [_text(Marked(head), width, BOLD)] if head else []
        for entry in entries:
            parts += _row(entry, columns) if columns.name >= LEAST_NAME else _block(entry, columns.oku, width)
        parts.append("")
    return _printed([*parts, *(_text(Marked(line), width) for line in ending)], width, colour)


def columns_of(entries: Sequence[Entry], width: int) -> Columns:
    """Return the widths that the entries need; the names have what is left, which may be nothing."""
    sums = [each for entry in entries for run in entry.runs for each in run.sums]
    oku = max(map(display_width, [_first_head(width), *(each.oku for each in sums)]))
    most = max(MOST_MEANING, width * 9 // 40)
    meanings = [line for each in sums for line in wrapped(each.meaning, most, WORDS)]
    meaning = max(map(display_width, [HEADS[1], *meanings]))
    place = max(map(display_width, [HEADS[3], *(entry.place for entry in entries)]))
    return Columns(oku, meaning, width - oku - meaning - place - 3 * GAP, place)


def _first_head(width: int) -> str:
    return LONG_HEAD if width >= ROOMY else HEADS[0]


def _heads(columns: Columns, width: int) -> list[RenderableType]:
    heads = zip((_first_head(width), *HEADS[1:]), columns, strict=True)
    return [_grid(columns, [[_text(Marked(head), each, DIM) for head, each in heads]])]


def _row(entry: Entry, columns: Columns) -> Iterator[RenderableType]:
    """Yield an entry as rows of the table, one for each label, with the notes under its name."""
    rows = []
    for position, run in enumerate(entry.runs):
        name = [] if position else [_text(entry.name, columns.name)]
        label = [_text(run.label, columns.name, lead=BRANCH)] if run.label else []
        place = _text(Marked("" if position else entry.place), columns.place)
        rows.append([*_sums(run.sums, columns.meaning), _stacked([*name, *label]), place])
    yield _grid(columns, rows)
    indent = columns.oku + columns.meaning + 2 * GAP
    yield from _notes(entry.notes, indent, columns.name + GAP + columns.place)


def _block(entry: Entry, oku: int, width: int) -> Iterator[RenderableType]:
    """Yield an entry as its name and place, under them its amounts, then the notes."""
    yield _text(Marked(f"{entry.name.text}  {entry.place}", entry.name.spans), width)
    meaning = width - oku - 3 * GAP - display_width(HEADS[0])
    for run in entry.runs:
        if run.label:
            yield _indented(_text(run.label, width - GAP, lead=BRANCH), GAP)
        sums = [each._replace(oku=f"{each.oku}{HEADS[0] if each.meaning else ''}") for each in run.sums]
        widths = (oku + display_width(HEADS[0]), meaning)
        yield _indented(_grid(widths, [_sums(sums, meaning)]), 2 * GAP)
    yield from _notes(entry.notes, 2 * GAP, width - 2 * GAP)


def _sums(sums: Iterable[Sum], width: int) -> list[Text]:
    """Return the cells of amounts and of meanings, each amount beside the first line of its meaning."""
    okus, meanings = [], []
    for each in sums:
        written = wrapped(each.meaning, width, WORDS)
        okus += [each.oku, *[""] * (len(written) - 1)]
        meanings += written
    return [_stacked(_plain(each) for each in cell) for cell in (okus, meanings)]


def _notes(notes: Iterable[Note], indent: int, width: int) -> Iterator[RenderableType]:
    """Yield notes in a weak colour; a stretch of text is cut to one line, about the words that were found."""
    for note in notes:
        if note.head:
            head = f"{note.head} "
            body = around(note.body, width - display_width(head))
            yield _indented(_text(_behind(head, body), width, DIM), indent)
        else:
            yield _indented(_text(note.body, width, DIM), indent)


def _behind(head: str, body: Marked) -> Marked:
    """Return `body` with `head` in front of it."""
    return Marked(head + body.text, tuple((start + len(head), end + len(head)) for start, end in body.spans))


def _text(marked: Marked, width: int, style: str = "", lead: str = "") -> Text:
    """Return `marked` in lines that fit, the first behind `lead` and the others as far in."""
    from rich.text import Text

    text = Text(marked.text, style)
    for start, end in marked.spans:
        text.stylize(MARK, start, end)
    inset = display_width(lead)
    cut = [text[start:end] for start, end in wrap(marked.text, width - inset)]
    return _stacked(Text(" " * inset if position else lead) + line for position, line in enumerate(cut))


def _plain(text: str) -> Text:
    from rich.text import Text

    return Text(text)


def _stacked(parts: Iterable[Text]) -> Text:
    from rich.text import Text

    return Text("\n").join(parts)


def _indented(part: RenderableType, indent: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(part, (0, 0, 0, indent))


def _grid(widths: Sequence[int], rows: Iterable[Sequence[Text]]) -> RenderableType:
    """Return rows in columns of fixed widths, the first set right."""
    from rich.table import Table

    grid = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    for position, width in enumerate(widths):
        grid.add_column(width=width, justify="left" if position else "right", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _printed(parts: Iterable[RenderableType], width: int, colour: bool) -> Iterator[str]:
    """Yield the lines of what rich makes of `parts`, whatever the environment says of the terminal."""
    from io import StringIO

    from rich.console import Console, Group

    screen = StringIO()
    console = Console(
        file=screen,
        width=width,
        height=25,  # without one, a dumb terminal would be 80 columns wide
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        _environ={},
    )
    console.print(Group(*parts))
    yield from (line.rstrip() for line in screen.getvalue().removesuffix("\n").split("\n"))
