"""What a PDF says its characters are, put right."""

import re
import unicodedata
from functools import cache
from pathlib import Path

UNREADABLE = "〓"
"""What printers set for a character that they do not have."""

_UNSEEN = "\xad\u200b\u200c\u200d\u200e\u200f\ufeff"
_ODD = re.compile(rf"[\u2e80-\u2fdf\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\x00-\x1f\x7f-\x9f{_UNSEEN}]")
_NUMBERED = re.compile(r"\(cid:[0-9]+\)")


def character(text: str) -> str:
    """Return `text`, which one glyph stands for, as it is meant; UNREADABLE where nobody can tell."""
    if _NUMBERED.fullmatch(text):
        return UNREADABLE
    return "".join(map(_meant, text)) if _ODD.search(text) else text


@cache
def _meant(char: str) -> str:
    """Return what one character is meant to be: 「⼤」 is 「大」, U+F0B7 is a bullet, a tab is a space."""
    if char in "\t\n\r\f\v":
        return " "
    if char in _UNSEEN:
        return ""
    if not _ODD.match(char):
        return char
    return _table().get(char) or _ideograph(char) or UNREADABLE


def _ideograph(radical: str) -> str:
    """Return the ideograph that a radical of Unicode is the same as, empty where there is none."""
    same = unicodedata.normalize("NFKC", radical)
    return same if same != radical or "\u2e80" <= radical <= "\u2fdf" else ""


@cache
def _table() -> dict[str, str]:
    rows = Path(__file__).with_name("characters.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if not row.startswith("#"))
    return {chr(int(code, 16)): meant for code, meant in pairs}
