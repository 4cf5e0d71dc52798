"""How words are read: katakana, kana or Roman letters, made one for comparing."""

import re
import unicodedata
from functools import lru_cache

from index.programme import BRACKETS, LEGAL_FORMS
from index.text import fold

LONGEST = 12
"""So many kana of a name's reading are kept: enough to tell it from others while it is typed."""

_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タチツテト",
    "d": "ダヂヅデド",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "w": "ワ    ",
    "y": "ヤ ユ ヨ",
    "~": "ァィゥェォ",  # takes the place of the vowel before it: ファ, ティ
    "~y": "ャ ュ ョ",
}
_LETTERS = {
    ord(kana): row + vowel
    for row, line in _ROWS.items()
    for kana, vowel in zip(line, "aiueo", strict=True)
    if kana != " "
}
_ALONE = {
    "ン": "n",
    "ヴ": "bu",
    "ヂ": "zi",
    "ヅ": "zu",
    "ヵ": "ka",
    "ヶ": "ke",
    "ヮ": "wa",
    "ヰ": "i",
    "ヱ": "e",
    "ヲ": "o",
}
_LETTERS |= {ord(kana): letters for kana, letters in _ALONE.items()}
_LETTERS |= dict.fromkeys(map(ord, "ッー"), "")
_LETTERS |= {ord(long): short for long, short in zip("āīūēōâîûêô", "aiueo" * 2, strict=True)}
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KANA = {code: code - 0x3000 for code in range(0x30A1, 0x30FD)}
_SMALL = {**dict.fromkeys(range(0x80, 0x100)), **_KANA}
_PACKED_LETTERS = {_KANA[code]: letters for code, letters in _LETTERS.items() if code in _KANA}

_FORMS_BEGIN = frozenset("独地国大特認一公社株有")
"""What LEGAL_FORMS can begin with, but for brackets."""

_KUNREI = (
    (re.compile(r"c?ch"), "ty"),  # chi, cha, cche: ti, tya, te
    (re.compile(r"c$"), ""),  # of ch, while it is typed
    (re.compile(r"sh"), "sy"),
    (re.compile(r"j"), "zy"),
    (re.compile(r"ts"), "t"),
    (re.compile(r"m(?=[bp])"), "n"),
    (re.compile(r"(?<=t)h|w(?=[ieo])"), ""),  # thi is ティ, wi ウィ
    (re.compile(r"(?<=[tsz])y+(?=[ie]|$)"), ""),
)
_LETTER = str.maketrans("fvlcq", "hbrkk")
_ROMAN = re.compile(r"[a-z]")
_REPLACED = re.compile(r"[aiueo]~|[^a-z0-9]")
_LONG_O = re.compile(r"o[ou]+")
_TWICE = re.compile(r"(.)\1+")
_READABLE = re.compile(r"[0-9a-zāīūēōâîûêôァ-ヺー・'’ \-]*")
_SYLLABLE = re.compile(r"[a-zァ-ヺ]")


def katakana(text: str) -> str:
    """Return `text` in one width and case, with its hiragana as katakana."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)


def readable(text: str) -> bool:
    """Say whether `text` is kana or Roman letters only, and so says how it is read."""
    plain = katakana(text)
    return _SYLLABLE.search(plain) is not None and _READABLE.fullmatch(plain) is not None


def sound(text: str) -> str:
    """Return the same few letters for all that is read alike: handotai for ハンドウタイ, はんどうたい, handoutai.

    Hepburn and Kunrei, long and short vowels, single and double consonants, ん and what may be written for it are one.
    The sound of the syllables that a text begins with begins the sound of the text.
    """
    letters = katakana(text)
    if _ROMAN.search(letters):
        for pattern, same in _KUNREI:
            letters = pattern.sub(same, letters)
        letters = letters.translate(_LETTER)
    return _squeezed(letters.translate(_LETTERS))


def packed_sound(packed: str) -> str:
    """Return the sound of a reading that `pack` was given."""
    return _squeezed(packed.translate(_PACKED_LETTERS))


def _squeezed(letters: str) -> str:
    return _TWICE.sub(r"\1", _LONG_O.sub("o", _REPLACED.sub("", letters)))


@lru_cache(maxsize=20_000)
def pack(reading: str) -> str:
    """Return a reading with one small character for each kana, as the store keeps it; what is not kana goes."""
    return katakana(reading).translate(_SMALL).encode("latin-1", "ignore").decode("latin-1")


def unpack(packed: str) -> str:
    """Return the reading that `pack` was given."""
    return "".join(chr(ord(each) + 0x3000) if each >= "\xa1" else each for each in packed)


@lru_cache(maxsize=20_000)
def said(written: str, surface: str, reading: str) -> str:
    """Return what the store keeps of a word: its reading, and how it is printed where that is not as it is `written`.

    One that is printed as it is read has ``=`` for a reading.
    """
    read = "=" if katakana(surface) == katakana(reading) else pack(reading)
    return read if surface == written else f"{read}\t{surface}"


def unsaid(kept: str, written: str) -> tuple[str, str]:
    """Return how a word is printed and its reading, from what `said` made of it."""
    read, _, surface = kept.partition("\t")
    surface = surface or written
    return surface, katakana(surface) if read == "=" else unpack(read)


def said_sound(kept: str, written: str) -> str:
    """Return the sound of a word, from what `said` made of it."""
    read, _, surface = kept.partition("\t")
    return sound(surface or written) if read == "=" else packed_sound(read)


def bare_name(name: str) -> str:
    """Return a name without the legal form and the brackets before it: nobody types these first."""
    if name[:1].isalnum() and name[0] not in _FORMS_BEGIN:
        return name
    bare = unicodedata.normalize("NFKC", name)
    while found := LEGAL_FORMS.match(bare) or BRACKETS.match(bare):
        bare = bare[found.end() :]
    return bare


def plain_name(name: str) -> str:
    """Return what a name of a programme is found by: bare, and folded."""
    return fold(bare_name(name))
