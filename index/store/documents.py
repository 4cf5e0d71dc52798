"""A paper as documents of Whoosh's: their words as terms, and what is kept of the paper besides."""

import pickle
import zlib
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from index import analysis
from index.document import About, Amount, Item, Place, Remainder
from index.sounds import LONGEST, bare_name, said
from index.sounds import pack as pack_reading
from index.store.layout import ABOVE, layout, names
from index.store.packing import about_of, about_value, pack, unpack

_AMOUNT = attrgetter(*Amount.__slots__)


class Stored(NamedTuple):
    """What the store keeps of a paper: what is known of it, its items, what was not understood, and of its words.

    `groups` are the groups of synonyms that terms are in, `lengths` how many terms each stretch has, in their order.
    `said` are the nouns among the terms with what `index.sounds` keeps of them, `readings` those of the names that
    `names` gives of its layout.
    """

    about: About
    items: list[Item]
    remainders: list[Remainder]
    groups: dict[str, int]
    lengths: list[int]
    said: dict[str, str]
    readings: list[str]


def packed_documents(paper: Any) -> bytes:
    """Return the documents of a `Paper` as Whoosh shall have them, small enough to keep those of many papers."""
    return zlib.compress(pickle.dumps(list(_written(paper)), pickle.HIGHEST_PROTOCOL), 1)


def _written(paper: Any) -> Iterator[dict[str, Any]]:
    """Yield the documents of a `Paper`, each by its fields."""
    about = paper.document.about
    laid = layout(paper.items)
    groups: dict[str, int] = {}
    nouns: dict[str, analysis.Unit] = {}
    lengths: list[int] = []
    above: list[str] = []
    words: dict[int, list[str]] = {}
    for stretch in laid.stretches:
        terms, found, named, _ = _analysed(stretch.text)
        groups.update(found)
        nouns |= named
        lengths.append(len(terms))
        if stretch.field in ABOVE:
            above.append(" ".join(terms))
        else:
            words.setdefault(stretch.first, []).extend(terms)
    for each in above:
        yield {"document": about.id, "kind": "above", "words": each}
    for position, record in enumerate(laid.records):
        sums = {"yen": record.amount.yen} if record.amount else {}
        yield {"document": about.id, "kind": "record", "words": " ".join(words.get(position, ())), **sums}
    kept = {term: said(term.lstrip(analysis.UNIT), unit.surface, unit.reading) for term, unit in nouns.items()}
    readings = [reading_of(name) for name in names(laid)]
    stored = Stored(about, paper.items, paper.remainders, groups, lengths, kept, readings)
    yield {"document": about.id, "kind": "paper", "payload": _encode(stored)}


def reading_of(name: str) -> str:
    """Return how the beginning of a name is read, as it is kept."""
    return "".join([pack_reading(unit.reading) for unit in _analysed(bare_name(name)).first])[:LONGEST]


class _Analysed(NamedTuple):
    """The terms of a text in order, the long units behind them; the synonym groups, the nouns, its first units."""

    terms: list[str]
    groups: dict[str, int]
    nouns: dict[str, analysis.Unit]
    first: list[analysis.Unit]


@lru_cache(maxsize=20_000)
def _analysed(text: str) -> _Analysed:
    units = analysis.analyse(text)
    terms = [term for unit in units for term in unit.terms]
    long = [unit.term for unit in units if unit.term[0] == analysis.UNIT]
    return _Analysed(
        terms + long,
        {unit.term: unit.group for unit in units if unit.group is not None},
        {unit.term: unit for unit in units if unit.noun and len(unit.surface) > 1},
        units[:LONGEST],
    )


def _encode(stored: Stored) -> bytes:
    """Return the payload of a paper as JSON, compressed."""
    about, items, remainders, groups, lengths, kept, readings = stored
    words = sorted(groups.keys() | kept.keys())
    value = {
        "about": about_value(about),
        "items": [
            [i.place.line, i.place.end_line, i.place.page, i.name, i.number, i.kind, i.heading_path, i.lead, i.text,
             list(map(_AMOUNT, i.amounts))]
            for i in items
        ],
        "remainders": [[r.place.line, r.place.end_line, r.place.page, r.written, r.reason] for r in remainders],
        "words": [words, [groups.get(each, -1) for each in words], [kept.get(each, "") for each in words]],
        "lengths": lengths,
        "readings": readings,
    }  # fmt: skip
    return pack(value, 3)


def decode(payload: bytes) -> Stored:
    """Return what the payload of a paper says."""
    value = unpack(payload)
    about = about_of(value["about"])
    items = [
        Item(
            Place(about.id, line, end, page), name, number, kind, tuple(path), lead, text, tuple(map(_amount, amounts))
        )
        for line, end, page, name, number, kind, path, lead, text, amounts in value["items"]
    ]
    remainders = [
        Remainder(Place(about.id, line, end, page), words, why) for line, end, page, words, why in value["remainders"]
    ]
    words, groups, kept = value["words"]
    return Stored(
        about,
        items,
        remainders,
        {word: group for word, group in zip(words, groups, strict=True) if group >= 0},
        value["lengths"],
        {word: each for word, each in zip(words, kept, strict=True) if each},
        value["readings"],
    )


def _amount(row: list[Any]) -> Amount:
    yen, years, stage, bound, role, account, label, flags, over, written = row
    return Amount(yen, tuple(years), stage, bound, role, account, label, tuple(flags), over, written)
