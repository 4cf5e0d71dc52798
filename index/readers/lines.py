"""Texts from a file of any format into numbered lines, within the limits that hold for all of them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from index.document import Line
from index.errors import PaperError, shown
from index.notice import noticed
from index.readers.text import MAX_LINE, MAX_LINES

MAX_CELLS = 1_000_000

_BREAK = re.compile(r"[ 　]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ 　]*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_ODD = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ufeff\uf020-\uf0ff]")
_MARKS = "・･○◯●◎◆◇■□※＊(（【〔＜<①②③④⑤⑥⑦⑧⑨⑩"
_GLYPHS = {"\uf0b7": "・", "\uf06c": "●", "\uf06e": "■", "\uf0a7": "■", "\uf0d8": "➢", "\uf0fc": "✓", "\uf075": "◆"}
"""Bullets of the fonts Symbol and Wingdings, which stand where no character is assigned."""

PRIVATE = re.compile("[\uf020-\uf0ff]")


class Text(NamedTuple):
    """A line that has no number yet, and the page, sheet or slide that it stands on."""

    text: str
    page: int | None = None


def numbered(path: Path, texts: Iterable[Text]) -> tuple[Line, ...]:
    """Return `texts` as the lines of the paper at `path`; none, too many or too long ones are refused."""
    lines: list[Line] = []
    for each in texts:
        text = readable(each.text)
        if len(lines) >= MAX_LINES:
            raise PaperError(f"{shown(path)} は{MAX_LINES:,}行を超えていますので、分けてから指定してください")
        if len(text) > MAX_LINE:
            raise PaperError(f"{shown(path)} に{MAX_LINE:,}字を超える段落がありますので、改行で区切ってください")
        lines.append(Line(len(lines) + 1, text, each.page))
    told = [words for line in lines if (words := noticed(line.text))]
    if sum(not line.text.strip() for line in lines) + len(told) == len(lines):
        why = f"には読める文字がありません（{told[0]}）" if told else "には文字がありません"
        raise PaperError(f"{shown(path)} {why}ので、本文のある資料を指定してください")
    return tuple(lines)


def readable(text: str) -> str:
    """Return `text` with the bullets of symbol fonts as characters, and without those that nothing prints."""
    return PRIVATE.sub(lambda match: _GLYPHS.get(match[0], "・"), _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """Return the words of a cell on one line: 「令和6年度⏎予算額」 is one word, 「事業名⏎（再掲）」 two."""
    if not _ODD.search(text):
        return text.strip(" 　")
    joined = ""
    for piece in _BREAK.split(text.replace("\t", " ").strip(" 　\n\r")):
        joined += (" " if joined and piece and _apart(joined[-1], piece[0]) else "") + piece
    return readable(joined).strip(" 　")


def _apart(before: str, after: str) -> bool:
    """Say whether a line's end between two characters is more than the edge of a narrow cell."""
    return (before.isascii() and after.isascii()) or after in _MARKS or (before.isdigit() and after.isdigit())
