"""Text into the words that are searched: the one module that knows Sudachi."""

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from index.text import normal

BOUND = "+"
"""Begins a term that is only the rest of a word: 導体 in 半導体, 池 in 蓄電池. A query of 導体 does not say it."""
UNIT = "="
"""Begins a term that is a long unit (Sudachi's mode C) which splits into several: it counts for the rank."""

_SKIPPED = {"補助記号", "空白"}
_NOUNS = {"名詞", "形状詞"}
_SPACES = re.compile(r"\s+")


class Unit(NamedTuple):
    """A long unit of a text: its terms in order, itself as a term, and its one group of synonyms, if any.

    A unit of several groups (AI is 人工知能 and four other things) has none: which is meant cannot be seen. `surface`
    is the unit as printed, `reading` that in katakana, but the same where Sudachi does not know it; `noun` says that it
    names something, as particles and numerals do not.
    """

    terms: tuple[str, ...]
    term: str
    group: int | None
    surface: str
    reading: str
    noun: bool


def analyse(text: str) -> list[Unit]:
    """Return the units of `text`, symbols and spaces left out; terms are normalised forms (強靱化, 強靭化)."""
    text = normal(text).encode("utf-8", "replace").decode()  # half a character is none: Sudachi refuses it
    text = _SPACES.sub(_space, text)
    tokenizer = _dictionary().tokenizer(mode=_modes().C)  # one for each text: threads may not share one
    return [unit for part in _pieces(text) for morpheme in tokenizer.tokenize(part) if (unit := _unit(morpheme))]


def pack(units: Iterable[Unit]) -> str:
    """Return units as a text that `unpack` makes units of again."""
    return "\n".join(
        "\t".join(
            (
                " ".join(each.terms),
                each.term,
                "" if each.group is None else str(each.group),
                each.surface,
                each.reading,
                "x" * each.noun,
            )
        )
        for each in units
    )


def unpack(packed: str) -> list[Unit]:
    """Return the units that `pack` was given."""
    rows = (row.split("\t") for row in packed.split("\n"))
    return [
        Unit(tuple(terms.split(" ")), term, int(group) if group else None, surface, reading, bool(noun))
        for terms, term, group, surface, reading, noun in rows
    ]


def _space(spaces: re.Match[str]) -> str:
    """Return nothing for spaces beside a character of Japanese, one for those between other words."""
    text, start, end = spaces.string, spaces.start(), spaces.end()
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return " " if around.isascii() else ""


def terms(text: str) -> tuple[list[str], list[str]]:
    """Return the terms of `text` in order, and its long units that are no single term."""
    units = analyse(text)
    return [term for unit in units for term in unit.terms], [unit.term for unit in units if unit.term[0] == UNIT]


def dictionary() -> str:
    """Return what tells this Sudachi dictionary from another: its size and the head of its file."""
    path = _dictionary_file()
    with open(path, "rb") as file:
        return f"{os.path.getsize(path)}-{zlib.crc32(file.read(512)):08x}"


@cache
def _dictionary_file() -> str:
    spec = find_spec("sudachidict_core")
    assert spec is not None
    assert spec.origin is not None
    return os.path.join(os.path.dirname(spec.origin), "resources", "system.dic")


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="core")


@cache
def _modes() -> Any:
    from sudachipy import SplitMode

    return SplitMode


def _pieces(text: str) -> Iterator[str]:
    """Yield `text` in pieces that Sudachi takes (under 49,149 bytes), broken behind 「。」 or 「、」 if that can be."""
    while len(text) > 10_000:
        cut = text.rfind("。", 1, 10_000) + 1 or text.rfind("、", 1, 10_000) + 1 or 10_000
        yield text[:cut]
        text = text[cut:]
    yield text


def _unit(morpheme: Any) -> Unit | None:
    """Return a morpheme as a unit, or None for a symbol; each printed form of a word is looked at once."""
    key = morpheme.word_id(), morpheme.surface()
    try:
        return _known[key]
    except KeyError:
        unit = _read_unit(morpheme)
    if not morpheme.is_oov():
        _known[key] = unit
    return unit


_known: dict[tuple[int, str], Unit | None] = {}


def _read_unit(morpheme: Any) -> Unit | None:
    kind, finer, *_ = morpheme.part_of_speech()
    if kind in _SKIPPED:
        return None
    term = _term(morpheme)
    if not term:
        return None
    parts = tuple(_parts(morpheme))
    groups = morpheme.synonym_group_ids()
    numeral = finer == "数詞"
    surface = morpheme.surface()
    return Unit(
        parts or (term,),
        UNIT + term if parts else term,
        groups[0] if len(groups) == 1 else None,
        surface,
        surface if numeral else str(morpheme.reading_form()),
        kind in _NOUNS and not numeral,
    )


def _parts(morpheme: Any) -> Iterator[str]:
    """Yield the terms of a morpheme that splits (mode A).

    One inside a middle unit (mode B) is bound when it is a single character behind others, or stands behind
    one: 導体 in 半導体, 池 in 蓄電池; but 企業 in 中小企業 and 研究 in 研究者 are words of their own.
    """
    modes = _modes()
    if len(morpheme.split(modes.A)) < 2:
        return
    for middle in morpheme.split(modes.B) or [morpheme]:
        before = ""
        for part in middle.split(modes.A) or [middle]:
            surface = part.surface()
            bound = before and (len(surface) == 1 or len(before) == 1)
            if term := _term(part):
                yield BOUND + term if bound else term
            before = surface


def _term(morpheme: Any) -> str:
    """Return the normalised form, without spaces and without the marks that terms begin with; it may be empty."""
    return "".join(str(morpheme.normalized_form()).casefold().split()).lstrip(BOUND + UNIT)
