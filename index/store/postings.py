"""The words of a store as columns: the terms, where each stands, what means the same."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from index import analysis, synonyms
from index.store.columns import Column, Loose, bits, put_lists, put_packed, put_strings, smallest
from index.store.whoosh_index import Papers
from index.text import fold

_SURROGATES = 0xD800
"""The terms of a text are kept as characters of UTF-16 or, where they would be half ones, of UTF-32."""
_SHARE = 48
"""A term that stands in more than one name for so many records is a frequent one."""
_MOST = (1 << 16) - 1
"""A stretch is no longer than this, for the rank of what stands in it."""


class Standing(NamedTuple):
    """Where the terms of a store stand, as `occurrences` found it.

    `terms` are in order; `tokens` has the number of the term at each place of each document, one document behind the
    other; `places` has the places of each term, in order.
    """

    terms: list[str]
    tokens: "array[int]"
    places: "list[array[int]]"


def occurrences(papers: Papers, starts: Mapping[int, int], size: int) -> Standing:
    """Return where each term stands; `starts` has the first of the `size` places of each document of Whoosh's."""
    terms: list[str] = []
    tokens = array("I", bytes(4 * size))
    places: list[array[int]] = []
    for term, at in papers.places(starts):
        for place in at:
            tokens[place] = len(terms)
        terms.append(term)
        places.append(at)
    return Standing(terms, tokens, places)


def posting_columns(standing: Standing, of: Sequence[int], stretches: int) -> dict[str, Column]:
    """Return the terms, in which stretches each stands, and the terms of each place.

    `of` has the stretch of each place. A stretch that says a term several times is among its postings once, and `again`
    for each time more. What is a long unit counts for no length.
    """
    columns: dict[str, Column] = {"token": array(token_kind(len(standing.terms)), standing.tokens)}
    postings: list[list[int]] = []
    again: list[list[int]] = []
    lengths = [0] * stretches
    for term, at in zip(standing.terms, standing.places, strict=True):
        stands = sorted(map(of.__getitem__, at))
        postings.append(sorted(set(stands)))
        unit = term[0] == analysis.UNIT
        again.append([] if unit else [each for each, next_ in pairwise(stands) if each == next_])
        for each in () if unit else stands:
            lengths[each] += 1
    columns["stretch.length"] = smallest([min(each, _MOST) for each in lengths])
    put_lists(columns, "posting", postings)
    put_lists(columns, "again", again)
    put_strings(columns, "term", standing.terms)
    return columns


def frequent_columns(columns: Loose) -> dict[str, Column]:
    """Return the terms that stand in many names, and in which: the first records of their items, a bit a record.

    A list of many numbers takes longer to read, and to make a set of, than all else that a query does.
    """
    starts, postings, firsts = (columns.numbers(name) for name in ("posting.starts", "posting", "item.first"))
    records, names = firsts[-1], len(firsts) - 1
    found: dict[int, bytes] = {}
    for term, (start, end) in enumerate(pairwise(starts)):
        if (end - start) * _SHARE > records:
            said = bisect_left(postings, names, start, end)
            if (said - start) * _SHARE > records:
                found[term] = bits(map(firsts.__getitem__, postings[start:said]), records)
    return {"frequent.term": smallest([*found]), "frequent.names": b"".join(found.values())}


def token_kind(terms: int) -> str:
    """Return the kind of numbers that can tell so many terms apart as characters."""
    return "H" if terms < _SURROGATES else "I"


def group_columns(terms: Sequence[str], groups: Mapping[str, int]) -> dict[str, Column]:
    """Return the groups of synonyms that terms are in."""
    number_of = {term: number for number, term in enumerate(terms)}
    pairs = sorted((group, number_of[term]) for term, group in groups.items() if term in number_of)
    return {
        "group.distinct": smallest(sorted(_distinct_groups())),
        "group": smallest([group for group, _ in pairs]),
        "group.term": smallest([number for _, number in pairs]),
    }


@cache
def _distinct_groups() -> set[int]:
    """Return Sudachi's groups that join what this field tells apart."""
    units = [analysis.analyse(word) for word in synonyms.distinct()]
    return {unit.group for each in units for unit in each if unit.group is not None}


def synonym_columns(known: Collection[str]) -> dict[str, Column]:
    """Return the tables of synonyms: each spelling, folded, in order, with its group; each group's spellings as terms.

    Those of several terms, whose readings no term has (再エネ), are kept as they are printed, with reading and terms. A
    group of which the papers say nothing can find nothing, and is left out.
    """
    rows: list[str] = []
    keys: dict[str, int] = {}
    spoken: dict[str, str] = {}
    for group in synonyms.groups():
        read = [analysis.analyse(spelling) for spelling in group]
        phrases = [[term for unit in units for term in unit.terms] for units in read]
        if not any(phrase and all(term in known for term in phrase) for phrase in phrases):
            continue
        for spelling, phrase in zip(group, phrases, strict=True):
            keys["".join(term.lstrip(analysis.BOUND) for term in phrase)] = keys[fold(spelling)] = len(rows)
        for spelling, units, phrase in zip(group, read, phrases, strict=True):
            if len(units) > 1 and all(term in known for term in phrase):
                spoken[spelling] = f"{spelling}\t{''.join(unit.reading for unit in units)}\t{' '.join(phrase)}"
        rows.append("\t".join(dict.fromkeys(" ".join(each) for each in phrases if each)))
    columns: dict[str, Column] = {}
    ordered = sorted(keys, key=str.encode)
    put_strings(columns, "synonym.key", ordered)
    columns["synonym.row"] = smallest([keys[each] for each in ordered])
    put_strings(columns, "synonym.phrases", rows)
    put_packed(columns, "synonym.spoken", spoken.values())
    return columns
