"""Sheets for the eye: tables as wide as the terminal, or as wide as they are through a pipe."""

from collections.abc import Iterable, Iterator, Sequence

from index.text import display_width
from search.render.cells import title, words
from search.render.entries import clear
from search.render.layout import JAPANESE, WORDS, pad, wrapped
from search.render.sheets import RIGHT, Column, Row, Sheet, without_empty

GAP = 2
BAR = 20
LEAST = {"wide": 20, "text": 14, "place": 14, "bar": 8}
"""How narrow a column of a kind may become before the table falls into blocks; the others keep what they need."""

WORD = 30
"""Up to this width a place or another word stays whole."""

GIVEN = (("text",), ("wide",), ("place",), ("bar",))
"""Who is first to be given the columns that are left over."""

STYLES = {"strong": "bold", "weak": "dim", "title": "bold", "head": "dim"}


def lines(sheets: Iterable[Sheet], width: int | None, colour: bool) -> Iterator[str]:
    """Yield the sheets with an empty line between them."""
    for position, sheet in enumerate(sheets):
        if position:
            yield ""
        yield from _sheet(without_empty(sheet), width, colour)


def _sheet(sheet: Sheet, width: int | None, colour: bool) -> Iterator[str]:
    """Yield the title, the table and the notes of a sheet."""
    if sheet.title:
        yield from (_styled(line, "title", colour) for line in wrapped(title(sheet), width))
    if sheet.rows:
        columns = widths_of(sheet, width)
        if columns is None:
            sheet = without_empty(sheet, "bar")
            columns = widths_of(sheet, width)
        if columns is None:
            for row in sheet.rows:
                yield from _block(sheet.columns, row, width or 0, colour)
        else:
            yield from _table(sheet, columns, colour)
    for note in (*sheet.notes, *filter(None, [sheet.more])):
        yield from wrapped(clear(note), width)


def widths_of(sheet: Sheet, width: int | None) -> list[int] | None:
    """Return how wide each column is, None where they do not fit into `width` beside one another."""
    texts = [[_words(row, position, each, BAR) for row in sheet.rows] for position, each in enumerate(sheet.columns)]
    heads = [display_width(_head(each)) for each in sheet.columns]
    cells = [max(map(display_width, column)) for column in texts]
    wanted = [
        BAR if each.kind == "bar" else max(head, cell)
        for each, head, cell in zip(sheet.columns, heads, cells, strict=True)
    ]
    if width is None:
        return wanted
    given = [
        min(most, _least(each, column)) if each.kind in LEAST else max(cell, min(head, 8))
        for each, column, head, cell, most in zip(sheet.columns, texts, heads, cells, wanted, strict=True)
    ]
    left = width - sum(given) - GAP * (len(given) - 1)
    return None if left < 0 else _shared(sheet.columns, given, wanted, left)


def _shared(columns: Sequence[Column], given: list[int], wanted: Sequence[int], left: int) -> list[int]:
    """Return the widths `given`, with what is `left` handed to those that want more, the least wanting first."""
    numbers = tuple(each for each in {column.kind for column in columns} if each not in LEAST)
    for kinds in (numbers, *GIVEN):
        here = [position for position, column in enumerate(columns) if column.kind in kinds]
        for position in sorted(here, key=lambda at: wanted[at] - given[at]):
            more = min(left, wanted[position] - given[position])
            given[position], left = given[position] + more, left - more
    return given


def _table(sheet: Sheet, widths: Sequence[int], colour: bool) -> Iterator[str]:
    """Yield the heads and the rows, each cell wrapped inside its column."""
    heads = [_head(each) for each in sheet.columns]
    yield from (_styled(line, "head", colour) for line in _aligned(sheet.columns, heads, widths))
    for row in sheet.rows:
        texts = [_words(row, at, each, widths[at]) for at, each in enumerate(sheet.columns)]
        yield from (_styled(line, row.style, colour) for line in _aligned(sheet.columns, texts, widths))


def _aligned(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one row."""
    cells = [
        wrapped(text, width, JAPANESE if column.kind == "wide" else WORDS)
        for column, text, width in zip(columns, texts, widths, strict=True)
    ]
    for position in range(max(map(len, cells))):
        parts = [
            pad(cell[position] if position < len(cell) else "", width, right=column.kind in RIGHT)
            for column, cell, width in zip(columns, cells, widths, strict=True)
        ]
        yield (" " * GAP).join(parts).rstrip()


def _block(columns: Sequence[Column], row: Row, width: int, colour: bool) -> Iterator[str]:
    """Yield a row as its name, and under it the other cells behind their heads, as many on a line as fit."""
    texts = [_words(row, position, each, 0) for position, each in enumerate(columns)]
    lead = next((at for at, each in enumerate(columns) if each.kind == "wide" and columns[0].kind in RIGHT), 0)
    for line in wrapped(texts[lead], width) if texts[lead] else ():
        yield _styled(line, row.style or "title", colour)
    others = [pair for at, pair in enumerate(zip(columns, texts, strict=True)) if at != lead and pair[1]]
    said = [f"{_head(column)} {text}".strip() for column, text in others]
    style = "weak" if row.style == "weak" else ""
    yield from (_styled(" " * GAP + line, style, colour) for line in _filled(said, width - GAP))


def _filled(texts: Iterable[str], width: int) -> Iterator[str]:
    """Yield lines with as many of `texts` on each as fit beside one another; what is longer is wrapped."""
    line = ""
    for text in texts:
        joined = f"{line}{' ' * GAP}{text}" if line else text
        if line and display_width(joined) > width:
            yield from wrapped(line, width)
            joined = text
        line = joined
    yield from wrapped(line, width) if line else ()


def _words(row: Row, position: int, column: Column, bar: int) -> str:
    return words(row.cells[position], column, bar)


def _head(column: Column) -> str:
    return clear(column.head)


def _least(column: Column, texts: Iterable[str]) -> int:
    """Return how wide a column must be: its head takes no more than two lines, a place or a word stays whole."""
    head = (display_width(_head(column)) + 1) // 2 + 1
    words = (text.split(" ") for text in texts) if column.kind != "wide" else ()
    longest = max((display_width(word) for each in words for word in each), default=0)
    return max(LEAST[column.kind], head, min(longest, WORD) if column.kind != "bar" else 0)


def _styled(line: str, style: str, colour: bool) -> str:
    if not colour or not style or not line:
        return line
    from rich.style import Style

    return Style.parse(STYLES[style]).render(line)
