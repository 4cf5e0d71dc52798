"""One page of a PDF as glyphs, rules and pictures: the one module that knows pdfplumber."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from index.readers.pdf.characters import character

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTComponent
    from pdfplumber.page import Page

_THIN = 3.0
"""A filled box thinner than this, in points, is drawn for a rule."""

_LARGE = 0.3
"""A picture over so much of a page may hold its text."""


class Box(NamedTuple):
    """A rectangle on a page in points, from its upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Glyph(NamedTuple):
    """What is printed in one place: mostly one character, of a height; `base` is the line that it stands on."""

    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    text: str


class Sheet(NamedTuple):
    """A page: its size, what is printed on it in the order of printing, its rules, its pictures.

    `drawn` says that pictures or shapes take a good part of it.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Box]
    drawn: bool = False
    pictures: Sequence[Box] = ()


def sheet_of(page: "Page") -> Sheet:
    """Return what `page` shows, turned so that most of its text runs from left to right."""
    from pdfminer.layout import LTChar, LTCurve, LTImage, LTRect

    layout = page.layout
    width, height = float(layout.width), float(layout.height)
    chars: list[LTChar] = []
    rules: list[Box] = []
    pictures: list[Box] = []
    curves = 0
    for each in _leaves(layout):
        if isinstance(each, LTChar):
            chars.append(each)
        elif isinstance(each, LTCurve):
            curves += 1
            rules += _rules(each, height, isinstance(each, LTRect))
        elif isinstance(each, LTImage):
            x0, x1, top, bottom = max(each.x0, 0), min(each.x1, width), height - each.y1, height - each.y0
            pictures.append(Box(x0, max(top, 0), max(x0, x1), max(top, 0, min(bottom, height))))
    covered = sum((each.x1 - each.x0) * (each.bottom - each.top) for each in pictures)
    drawn = covered > _LARGE * width * height or curves > 300
    turn = _turn(chars)
    glyphs = [glyph for char in chars if (glyph := _glyph(char, height, turn, width)) is not None]
    if turn:
        rules = [_turned(each, turn, width, height) for each in rules]
        pictures = [_turned(each, turn, width, height) for each in pictures]
        width, height = height, width
    return Sheet(width, height, glyphs, rules, drawn, pictures)


def _leaves(component: Any) -> Iterator["LTComponent"]:
    """Yield what is drawn, also inside forms, in the order of drawing."""
    stack = [iter(component)]
    while stack:
        for each in stack[-1]:
            if hasattr(each, "__iter__"):
                stack.append(iter(each))
                break
            yield each
        else:
            stack.pop()


def _turn(chars: Sequence["LTChar"]) -> int:
    """Return by how many quarters most of the text is turned to the left: 0, 1 or 3.

    Vertical text runs as if turned by 3: from top to bottom, its lines from right to left.
    """
    turns = [0, 0, 0, 0]
    for char in chars:
        a, b = char.matrix[0], char.matrix[1]
        turns[0 if abs(a) >= abs(b) else 1 if b > 0 else 3] += 1
    turn = max((0, 1, 3), key=turns.__getitem__)
    return turn or 3 * _runs_down(chars)


def _runs_down(chars: Sequence["LTChar"]) -> bool:
    """Say whether most characters are printed below the one before, and not beside it."""
    down = beside = 0
    for before, char in pairwise(chars):
        if abs(char.x0 - before.x0) < 0.3 * char.size:
            down += 0.5 < (before.y1 - char.y1) / (char.size or 1) < 2
        elif abs(char.y0 - before.y0) < 0.3 * char.size:
            beside += 1
    return down > 2 * beside and down > 5


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Return a box on the page turned back; `turn` is as `_turn` says."""
    if turn == 1:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    return Box(box.top, width - box.x1, box.bottom, width - box.x0)


def _glyph(char: "LTChar", height: float, turn: int, width: float) -> Glyph | None:
    """Return what is printed, None for nothing and for what stands beside the paper."""
    text = character(char.get_text())
    box = Box(char.x0, height - char.y1, char.x1, height - char.y0)
    if not text or box.x1 < 0 or box.x0 > width or box.bottom < 0 or box.top > height:
        return None
    if turn:
        box = _turned(box, turn, width, height)
        return Glyph(*box, box.bottom, box.bottom - box.top, text)
    return Glyph(*box, height - char.matrix[5], char.size, text)


def _rules(shape: "LTComponent", height: float, boxed: bool) -> Iterator[Box]:
    """Yield the rules that a line or a box draws: itself where it is thin, else its four sides."""
    x0, top, x1, bottom = shape.x0, height - shape.y1, shape.x1, height - shape.y0
    if x1 - x0 <= _THIN or bottom - top <= _THIN:
        yield Box(x0, top, x1, bottom)
    elif boxed:
        yield Box(x0, top, x1, top)
        yield Box(x0, bottom, x1, bottom)
        yield Box(x0, top, x0, bottom)
        yield Box(x1, top, x1, bottom)
