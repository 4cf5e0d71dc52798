"""The pictures on a page of a PDF that may hold text: large ones with nothing printed over them."""

from collections.abc import Iterable

from index.readers.pdf.sheet import Box, Glyph, Sheet
from index.readers.pictures import POINT, may_hold_text

_FEW = 5
"""A photograph may have its number printed on it; what has more is the ground that text stands on."""

_NEAR = 1.5
"""Programs cut a large picture into strips; those closer than this, in points, are one."""


def silent(sheet: Sheet) -> list[Box]:
    """Return the pictures on a page, each whole, that may hold text which is not printed as such."""
    whole = _whole(sheet.pictures)
    large = [each for each in whole if may_hold_text((each.x1 - each.x0) * POINT, (each.bottom - each.top) * POINT)]
    return [each for each in large if sum(_is_over(glyph, each) for glyph in sheet.glyphs) < _FEW]


def _is_over(glyph: Glyph, box: Box) -> bool:
    return box.x0 <= (glyph.x0 + glyph.x1) / 2 <= box.x1 and box.top <= glyph.base <= box.bottom


def _whole(pictures: Iterable[Box]) -> list[Box]:
    """Return pictures with the strips of each put together."""
    found: list[Box] = []
    for each in sorted(pictures, key=lambda box: (round(box.x0), round(box.x1), box.top)):
        last = found[-1] if found else None
        if last and abs(last.x0 - each.x0) < _NEAR > abs(last.x1 - each.x1) and each.top - last.bottom < _NEAR:
            found[-1] = last._replace(bottom=max(last.bottom, each.bottom))
        else:
            found.append(each)
    return found
