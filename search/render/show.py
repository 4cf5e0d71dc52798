"""One item with all that is known of it, down to the lines of the paper."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from index.document import KINDS, About, Amount, Item
from index.text import display_width
from search.render.entries import clear
from search.render.layout import pad, wrapped
from search.render.words import NONE, meaning, oku

INDENT = "  "


def lines_of(
    item: Item, lines: Sequence[tuple[int, str]], about: About | None, width: int | None, colour: bool
) -> Iterator[str]:
    """Yield the name, then each section that has something to say under its head."""
    title = _filled(clear(" ".join(filter(None, (item.number, item.name)))), width)
    yield from (_bold(line, colour) for line in title)
    for head, section in _sections(item, lines, about, width):
        if body := list(section):
            yield from (_bold(head, colour), *body)


def _sections(
    item: Item, lines: Sequence[tuple[int, str]], about: About | None, width: int | None
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the head and the lines of each section."""
    yield "出典", _place(item, about, width)
    yield "見出し", _outline(item.heading_path, width)
    yield "政策文", _filled(clear(item.lead), width, INDENT) if item.lead else []
    yield "本文", _filled(clear(item.text), width, INDENT) if item.text else []
    yield "金額", _amounts(item.amounts, width)
    yield "原文", _paper(lines, width)


def _place(item: Item, about: About | None, width: int | None) -> Iterator[str]:
    """Yield the place, what the item is where it is no measure, the paper's title with who published it when."""
    place = item.place
    last = f"–{place.end_line}" if place.end_line != place.line else ""
    page = f"（{place.page}頁）" if place.page else ""
    kind = f"  {KINDS[item.kind]}" if item.kind != "item" else ""
    yield from _filled(clear(f"{place}{last}{page}{kind}"), width, INDENT)
    if about:
        known = "  ".join(filter(None, (about.title, about.publisher, about.date)))
        yield from _filled(clear(known), width, INDENT)


def _outline(path: Iterable[str], width: int | None) -> Iterator[str]:
    """Yield the headings above the item, each further in than the one before."""
    for level, heading in enumerate(path, 1):
        yield from _filled(clear(heading), width, INDENT * min(level, 6))


def _amounts(amounts: Sequence[Amount], width: int | None) -> Iterator[str]:
    """Yield each amount with its meaning and its words, under the label that it shares with its neighbours."""
    sums = [f"{oku(each.yen)}億円" for each in amounts]
    column = max(map(display_width, sums), default=0)
    for label, same in groupby(zip(sums, amounts, strict=True), lambda pair: pair[1].label):
        yield from _filled(clear(label), width, f"{INDENT}└ ") if label else ()
        for written, amount in same:
            said = clear(f"{meaning(amount)}  「{amount.written}」" if amount.written else meaning(amount))
            yield from _filled(said, width, f"{INDENT}{INDENT}{pad(written, column, right=True)}  ")
    if not amounts:
        yield f"{INDENT}{NONE}"


def _paper(lines: Sequence[tuple[int, str]], width: int | None) -> Iterator[str]:
    """Yield lines of the paper behind their numbers."""
    column = max((len(str(number)) for number, _ in lines), default=0)
    for number, text in lines:
        yield from _filled(clear(text), width, f"{INDENT}{number:>{column}}  ")


def _filled(text: str, width: int | None, lead: str = "") -> Iterator[str]:
    """Yield the lines of `text`, the first behind `lead` and the others as far in."""
    inset = display_width(lead)
    for position, line in enumerate(wrapped(text, None if width is None else width - inset)):
        yield ((" " * inset if position else lead) + line).rstrip()


def _bold(text: str, colour: bool) -> str:
    if not colour:
        return text
    from rich.style import Style

    return Style(bold=True).render(text)
