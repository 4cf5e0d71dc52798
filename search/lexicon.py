"""What a word that is asked for stands for in a store: its units, and the spellings that mean the same."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from index import analysis
from index.analysis import UNIT, Unit
from index.store.columns import Columns
from index.text import normal
from search.plan import Spelling

_LONGEST_RUN = 6
_MOST = 24


class Lexicon:
    """The terms and synonyms of a store, and the units of the words in it."""

    def __init__(self, columns: Columns) -> None:
        self._terms = columns.strings("term")
        self._known, self._units = columns.strings("known"), columns.strings("known.units")
        self._groups = columns.numbers("group")
        self._group_terms = columns.numbers("group.term")
        self._distinct = frozenset(columns.numbers("group.distinct"))
        self._keys = columns.strings("synonym.key")
        self._rows = columns.numbers("synonym.row")
        self._phrases = columns.strings("synonym.phrases")

    def units(self, text: str) -> list[Unit]:
        """Return the units of a word that is asked for: as the commit found them, else as Sudachi finds them now."""
        number = self._known.find(normal(text))
        return analysis.analyse(text) if number is None else analysis.unpack(self._units[number])

    def synonyms(self, folded: str, units: Sequence[Unit]) -> list[Spelling]:
        """Return the other spellings of a word: of all of it, and with one run of its units replaced.

        These are of the tables of this field, and the compounds and abbreviations of one of Sudachi's groups
        (二次電池 and 蓄電池).
        """
        return self._replaced(units, lambda first, end: self._same(folded, units, first, end))

    def kin(self, units: Sequence[Unit]) -> list[Spelling]:
        """Return what means something like a word: the rest of Sudachi's groups.

        They are wide for short words and for deeds (制度 with システム, 防衛 with 保護), and join what this field tells
        apart (補助金 with 交付金, ``distinct.tsv``).
        """
        return self._replaced(units, lambda first, end: self._alike(units[first:end]))

    def _replaced(self, units: Sequence[Unit], others: Callable[[int, int], Iterator[Sequence[str]]]) -> list[Spelling]:
        """Return spellings with one run of units replaced by what `others` gives for it."""
        found: dict[str, Spelling] = {}
        pieces = [folded_terms(unit.terms) for unit in units]
        typed, at = "".join(pieces), [0, *accumulate(map(len, pieces))]
        for first, end in _runs(len(units)):
            for terms in others(first, end):
                if end - first < len(units) and terms[0][0] == UNIT:
                    continue  # a long unit has no place among terms
                folded = typed[: at[first]] + folded_terms(terms) + typed[at[end] :]
                if folded not in found:
                    phrase = (*_terms(units[:first]), *terms, *_terms(units[end:]))
                    found[folded] = Spelling(phrase, folded)
                if len(found) == _MOST:
                    break
        found.pop(typed, None)
        return list(found.values())[:_MOST]

    def _same(self, folded: str, units: Sequence[Unit], first: int, end: int) -> Iterator[Sequence[str]]:
        """Yield the terms of what the tables say is the same as a run of units; `folded` is all of them as typed."""
        terms = " ".join(_terms(units[first:end]))
        row = self._keys.find(folded if end - first == len(units) else folded_terms(terms.split()))
        if row is not None:
            for phrase in self._phrases[self._rows[row]].split("\t"):
                if phrase and phrase != terms:
                    yield phrase.split()
        for term in self._grouped(units[first:end]):
            if _names(units[first].term) and _names(term) and units[first].group not in self._distinct:
                yield [term]

    def _alike(self, run: Sequence[Unit]) -> Iterator[Sequence[str]]:
        return ([term] for term in self._grouped(run))

    def _grouped(self, run: Sequence[Unit]) -> Iterator[str]:
        """Yield the other terms that are in one of Sudachi's groups with a unit."""
        if len(run) == 1 and run[0].group is not None:
            yield from (term for term in self._in_group(run[0].group) if term != run[0].term)

    def _in_group(self, group: int) -> Iterator[str]:
        at = bisect_left(self._groups, group)
        while at < len(self._groups) and self._groups[at] == group:
            yield self._terms[self._group_terms[at]]
            at += 1


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of `count` units, from which to before which: all of them, and the shorter ones."""
    if count:
        yield 0, count
    for first in range(count):
        for end in range(min(count, first + _LONGEST_RUN), first, -1):
            if (first, end) != (0, count):
                yield first, end


def _terms(units: Sequence[Unit]) -> Iterator[str]:
    return (term for unit in units for term in unit.terms)


def _names(term: str) -> bool:
    """Say whether a term is a compound or an abbreviation: it names one thing, where a short word has a wide sense."""
    return term[0] == UNIT or term.isascii()


def folded_terms(terms: Sequence[str]) -> str:
    """Return terms as the characters they most likely stand for, for marking and for comparing."""
    return "".join(term.lstrip(UNIT + "+") for term in terms)
