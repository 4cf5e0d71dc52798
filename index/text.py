"""What counts as the same text: width, case, spaces and spoiled characters made one."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path


@cache
def _repairs() -> tuple[dict[int, str], Callable[[str], str]]:
    """Return what ``variants.tsv`` says: a table of single characters, and a function for longer strings."""
    characters: dict[int, str] = {}
    strings: dict[str, str] = {}
    for row in Path(__file__).with_name("variants.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            seen, meant = row.split("\t")
            if len(seen) == 1:
                characters[ord(seen)] = meant
            else:
                strings[seen.upper()] = meant
    if not strings:
        return characters, lambda text: text
    # Not inside a longer word of letters and digits: 「C02」, but not 「AC020」.
    longest_first = sorted(strings, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<![0-9A-Za-z])(?:{'|'.join(map(re.escape, longest_first))})(?![0-9A-Za-z])", re.IGNORECASE
    )
    return characters, lambda text: pattern.sub(lambda match: strings[match[0].upper()], text)


def repair(text: str, strings: bool = True) -> str:
    """Return `text` with what scanning spoils put right, length unchanged (「投融资」, 「C02」; ``variants.tsv``).

    Without `strings` only single characters are: pieces of a longer one (「02」) are then found as they are printed.
    """
    characters, longer = _repairs()
    text = text.translate(characters)
    return longer(text) if strings else text


def normal(text: str) -> str:
    """Return `text` in one width and with spoiled characters put right; case and spaces stay."""
    return repair(unicodedata.normalize("NFKC", text))


def fold(text: str, strings: bool = True) -> str:
    """Return `text` with width, case, spaces and variants made one, for comparing characters (see `repair`)."""
    return "".join(repair(unicodedata.normalize("NFKC", text), strings).casefold().split())


def fold_with_offsets(text: str, strings: bool = True) -> tuple[str, list[int]]:
    """Return ``fold(text, strings)``, and for each of its characters the offset in `text` it came from.

    One offset more stands at the end: the length of `text`.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        for each in unicodedata.normalize("NFKC", cluster):
            characters.append(each)
            offsets.append(start)
    folded: list[str] = []
    origins: list[int] = []
    for each, origin in zip(repair("".join(characters), strings), offsets, strict=True):
        for part in each.casefold():
            if not part.isspace():
                folded.append(part)
                origins.append(origin)
    return "".join(folded), [*origins, len(text)]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character with what combines with it, and where it starts: 「ｶﾞ」 is one, and 「ㄱㅏ」 of halves."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _combines(text, start, end):
            yield start, text[start:end]
            start = end


def _combines(text: str, start: int, end: int) -> bool:
    """Say whether the character at `end` combines with those from `start` on."""
    each = text[end]
    if each < "\u0300" or "\u3030" <= each < "\u3099" or "\u3400" <= each <= "\u9fff":  # most of Japanese
        return False
    head = unicodedata.normalize("NFKC", each)[0]
    if unicodedata.combining(head):
        return True
    pair = unicodedata.normalize("NFKC", text[start:end])[-1] + head
    return unicodedata.normalize("NFC", pair) != pair


def display_width(text: str) -> int:
    """Return how many terminal columns `text` takes: wide characters two, combining ones none."""
    return sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
