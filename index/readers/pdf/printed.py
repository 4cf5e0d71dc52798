"""Glyphs to printed lines: what stands on one base line, with spaces where there is room for them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.readers.pdf.sheet import Glyph

_GAP = 0.9
"""From this part of its height on, a gap between characters sets words of Japanese apart, and so two spaces from…"""

_WIDE_GAP = 2.0
"""…this on: a column of a table without rules, as in a paper of plain text."""

_WORD_GAP = 0.2
"""A gap this wide sets Latin words apart; LibreOffice leaves one as wide between kanji and figures."""

_SAME = 0.15
"""A character printed again this near to itself is meant to be bold."""

NOT_FIRST = frozenset(
    "、。，．,.・：；:;！？!?）」』】〕］｝〉》)]}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻゛゜％%円"
)
_NOT_LAST = frozenset("（「『【〔［｛〈《([{￥¥")
"""What no line begins or ends with; Word keeps 「円」 with its sum."""


class Printed(NamedTuple):
    """One printed line, or a piece of one: its box, its height, its text.

    `base` is what it stands on; `lead` is the width of what could not have been parted from its beginning and
    so would have had to fit on the line before.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    text: str
    lead: float = 0.0


def runs_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return glyphs in runs: printed one after another on one base line, with no more than a word's gap between."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and abs(glyph.base - last.base) <= 0.25 * max(glyph.size, last.size):
            size = max(glyph.size, last.size)
            gap = glyph.x0 - last.x1
            if glyph.text == last.text and not glyph.text.isspace() and abs(glyph.x0 - last.x0) < _SAME * size:
                continue
            if -0.5 * size < gap < _GAP * size:
                runs[-1].append(glyph)
                last = glyph
                continue
        runs.append([glyph])
        last = glyph
    return [run for run in runs if any(not each.text.isspace() for each in run)]


def lines_of(runs: Iterable[list[Glyph]]) -> list[Printed]:
    """Return the printed lines of one column of text from its top down."""
    rows: list[list[Glyph]] = []
    edges: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: (run[0].base, run[0].x0)):
        top, bottom = min(each.top for each in run), max(each.bottom for each in run)
        at = _row_at(edges, top, bottom)
        if at is None:
            rows.append(list(run))
            edges.append((top, bottom))
        else:
            rows[at] += run
            edges[at] = (min(top, edges[at][0]), max(bottom, edges[at][1])) if _tall(run, rows[at]) else edges[at]
    return [line for row in rows if (line := printed(row)).text]


def _tall(run: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    return run[0].size <= 1.2 * row[0].size


def _row_at(edges: Sequence[tuple[float, float]], top: float, bottom: float) -> int | None:
    """Return the row, of the last ones, that overlaps what lies between `top` and `bottom` by more than half."""
    for at in range(len(edges) - 1, max(-1, len(edges) - 4), -1):
        over = min(bottom, edges[at][1]) - max(top, edges[at][0])
        if over > 0.55 * min(bottom - top, edges[at][1] - edges[at][0]):
            return at
    return None


def printed(glyphs: Iterable[Glyph]) -> Printed:
    """Return the line that glyphs on one base line are."""
    row = _once(sorted(glyphs, key=lambda each: each.x0))
    size = max((each.size for each in row if not each.text.isspace()), default=0.0)
    pieces: list[str] = []
    for before, glyph in zip([None, *row], row, strict=False):
        if before is not None:
            pieces.append(_between(before, glyph, size))
        pieces.append(glyph.text)
    inked = [each for each in row if not each.text.isspace()] or row
    box = (inked[0].x0, min(each.top for each in row), max(each.x1 for each in inked), max(each.bottom for each in row))
    return Printed(*box, inked[0].base, size, "".join(pieces).strip(" 　"), _lead(inked))


def _once(row: list[Glyph]) -> list[Glyph]:
    """Return a row without what is printed again over itself."""
    kept: list[Glyph] = []
    for glyph in row:
        again = any(
            each.text == glyph.text and glyph.x0 - each.x0 < _SAME * glyph.size and not glyph.text.isspace()
            for each in kept[-2:]
        )
        if not again:
            kept.append(glyph)
    return kept


def _between(before: Glyph, glyph: Glyph, size: float) -> str:
    """Return the spaces that stand for the gap between two glyphs."""
    gap = (glyph.x0 - before.x1) / (min(before.size, glyph.size) or size or 1)
    if before.text.isspace() or glyph.text.isspace():
        return "  " if gap >= _WIDE_GAP else ""
    if gap >= _GAP:
        return "  " if gap >= _WIDE_GAP else " "
    apart = gap >= _WORD_GAP and _latin(before.text[-1]) and _latin(glyph.text[0])
    return " " if apart and not (before.text[-1] in ",." and glyph.text[0].isdigit()) else ""


def _lead(row: Sequence[Glyph]) -> float:
    """Return the width of what `row` begins with and no line end may part."""
    end = 0
    while end + 1 < len(row):
        here, there = row[end].text[-1], row[end + 1].text[0]
        joined = (_latin(here) and _latin(there)) or there in NOT_FIRST or here in _NOT_LAST
        if not joined or row[end + 1].x0 - row[end].x1 > _WORD_GAP * row[end].size:
            break
        end += 1
    return row[end].x1 - row[0].x0


def _latin(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ",.%")


def run_on(text: str, line: str) -> str:
    """Return `text` with the line below made one with it; Latin words keep a space between."""
    here, there = text[-1:], line[:1]
    apart = here.isascii() and here.isalpha() and there.isascii() and there.isalpha()
    return f"{text} {line}" if apart else text + line
