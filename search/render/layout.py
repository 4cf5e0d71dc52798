"""Text cut into lines and columns of a terminal, where a Japanese character is two columns wide."""

import re
from collections.abc import Iterator

from index.text import display_width
from search.errors import shown
from search.results import Marked

# Japanese may break anywhere, but no line begins with what closes (）, 。, ー) or ends with what opens
# (JIS X 4051); a word of Latin letters and digits stays whole.
JAPANESE = (
    "[「『（【〔〈《“‘]{0,4}(?:[!-~¡-ɏ]+|.)"
    "[、。，．・：；！？）」』】〕〉》”’ー〜々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ\u0300-\u036f\u3099\u309a]{0,8}"
)
WORDS = r"(?:前年度 )?\S+|\s"
"""The pieces of a line: of running text, and of a meaning, which breaks at spaces, but not inside 「前年度 48」."""


def clean(marked: Marked) -> Marked:
    """Return `marked` as one line that does nothing to a terminal; each character stays one character."""
    return Marked(shown(marked.text), marked.spans)


def wrap(text: str, width: int, pieces: str = JAPANESE) -> list[tuple[int, int]]:
    """Return where the lines of `text` start and end when none is wider than `width`.

    A space between two lines belongs to neither. A piece that is wider than a line is broken anywhere.
    """
    lines: list[tuple[int, int]] = []
    start, end, used = 0, 0, 0
    for left, right in _pieces(text, width, pieces):
        wide = display_width(text[left:right])
        if start < end and used + wide > width:
            lines.append((start, end))
            start, used = end, 0
        empty = start == end
        if not (empty and lines and text[left:right].isspace()):
            start, end, used = (left if empty else start), right, used + wide
    lines.append((start, end))
    return [(left, left + len(text[left:right].rstrip())) for left, right in lines]


def wrapped(text: str, width: int | None, pieces: str = JAPANESE) -> list[str]:
    """Return the lines of `text`, all of it on one where there is no `width`."""
    return [text] if width is None else [text[start:end] for start, end in wrap(text, width, pieces)]


def around(marked: Marked, width: int) -> Marked:
    """Return as much of `marked` as fits into `width`, about its first mark, with 「…」 where it is cut."""
    text = marked.text
    if display_width(text) <= width:
        return marked
    first = marked.spans[0][0] if marked.spans else 0
    start = first - _reach(text[:first][::-1], width // 4)
    end = start + _reach(text[start:], width - 2)
    if end == len(text):
        start = end - _reach(text[::-1], width - 2)
    head, tail = "…" * (start > 0), "…" * (end < len(text))
    spans = ((max(left, start), min(right, end)) for left, right in marked.spans)
    moved = tuple((left - start + len(head), right - start + len(head)) for left, right in spans if left < right)
    return Marked(head + text[start:end] + tail, moved)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` with the spaces that make it `width` columns wide, in front of it to set it `right`."""
    spaces = " " * (width - display_width(text))
    return spaces + text if right else text + spaces


def _pieces(text: str, width: int, pieces: str) -> Iterator[tuple[int, int]]:
    """Yield where each piece of `text` starts and ends; one that is too wide for a line falls into characters."""
    for match in re.finditer(pieces, text, re.DOTALL):
        if display_width(match[0]) <= width:
            yield match.span()
        else:
            yield from ((at, at + 1) for at in range(*match.span()))


def _reach(text: str, width: int) -> int:
    """Return how many characters of `text` fit into `width` columns."""
    used = 0
    for position, character in enumerate(text):
        used += display_width(character)
        if used > width:
            return position
    return len(text)
