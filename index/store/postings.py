"""The words of a store as columns: the terms, where each stands, what means the same."""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from operator import itemgetter

from index import analysis, synonyms
from index.store.columns import Column, put_packed, put_strings, smallest
from index.store.flat import POSITION_BITS
from index.store.whoosh_index import WhooshIndex
from index.text import fold

_MOST = (1 << POSITION_BITS) - 1


def occurrences(whoosh: WhooshIndex, held: Mapping[int, Sequence[tuple[int, int]]]) -> dict[str, list[int]]:
    """Return the terms, and where each stands: the number of a stretch and a position in it, as one number.

    `held` gives, for a document of Whoosh's, the stretches in it: first position and number, in order. A long unit
    has no position.
    """
    found: dict[str, list[int]] = {}
    for term, postings in whoosh.occurrences():
        into = found.setdefault(term, [])
        unit = term[0] == analysis.UNIT
        for document, positions in postings:
            stretches = held[document]
            for position in positions:
                first, stretch = stretches[bisect_right(stretches, position, key=itemgetter(0)) - 1]
                into.append(stretch << POSITION_BITS | (0 if unit else min(position - first, _MOST)))
    return {term: into for term, into in found.items() if into}


def posting_columns(found: Mapping[str, Sequence[int]], groups: Mapping[str, int], stretches: int) -> dict[str, Column]:
    """Return the terms in order with their occurrences, the groups of synonyms, and how long each stretch is."""
    columns: dict[str, Column] = {}
    terms = sorted(found, key=str.encode)
    starts, everything = [0], array("Q")
    lengths = [0] * stretches
    for term in terms:
        stands = sorted(set(found[term]))
        everything.extend(stands)
        starts.append(len(everything))
        if term[0] != analysis.UNIT:
            for each in stands:
                lengths[each >> POSITION_BITS] += 1
    columns["occurrence.starts"] = smallest(starts)
    columns["occurrence"] = smallest(everything)
    columns["stretch.length"] = smallest([min(each, _MOST) for each in lengths])
    put_strings(columns, "term", terms)
    number_of = {term: number for number, term in enumerate(terms)}
    pairs = sorted((group, number_of[term]) for term, group in groups.items() if term in number_of)
    columns["group.distinct"] = smallest(sorted(_distinct_groups()))
    columns["group"] = smallest([group for group, _ in pairs])
    columns["group.term"] = smallest([number for _, number in pairs])
    return columns


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
