"""The terms of a store: what stands for the same word."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.analysis import UNIT, Unit
from index.columns import Columns
from search.plan import Spelling

_LONGEST_RUN = 6


class Lexicon:
    """The terms and synonyms of a store."""

    def __init__(self, columns: Columns) -> None:
        self._terms = columns.strings("term")
        self._groups = columns.numbers("group")
        self._group_terms = columns.numbers("group.term")
        self._keys = columns.strings("synonym.key")
        self._rows = columns.numbers("synonym.row")
        self._phrases = columns.strings("synonym.phrases")

    def synonyms(self, folded: str, units: Sequence[Unit]) -> list[Spelling]:
        """Return the other spellings of a word: of all of it, and with one run of its units replaced.

        From the tables of this field first, then from Sudachi's own groups, for words that are in one only.
        """
        found: dict[tuple[str, ...], Spelling] = {}
        for first in range(len(units)):
            for end in range(len(units), first, -1):
                if end - first > _LONGEST_RUN and (first, end) != (0, len(units)):
                    continue
                run = units[first:end]
                before = [term for unit in units[:first] for term in unit.terms]
                behind = [term for unit in units[end:] for term in unit.terms]
                whole = (first, end) == (0, len(units))
                for terms in self._same(folded if whole else None, run):
                    if not whole and terms[0][0] == UNIT:
                        continue  # a long unit has no place among terms
                    phrase = (*before, *terms, *behind)
                    found.setdefault(phrase, Spelling(phrase, folded_terms(phrase)))
        typed = tuple(term for unit in units for term in unit.terms)
        found.pop(typed, None)
        return list(found.values())

    def _same(self, folded: str | None, run: Sequence[Unit]) -> Iterator[Sequence[str]]:
        """Yield the terms of what means the same as a run of units."""
        terms = " ".join(term for unit in run for term in unit.terms)
        key = folded if folded is not None else folded_terms(terms.split())
        row = self._keys.find(key)
        if row is not None:
            for phrase in self._phrases[self._rows[row]].split("\t"):
                if phrase and phrase != terms:
                    yield phrase.split()
        if len(run) == 1 and run[0].group is not None:
            for term in self._in_group(run[0].group):
                if term != run[0].term:
                    yield [term]

    def _in_group(self, group: int) -> Iterator[str]:
        at = bisect_left(self._groups, group)
        while at < len(self._groups) and self._groups[at] == group:
            yield self._terms[self._group_terms[at]]
            at += 1


def folded_terms(terms: Sequence[str]) -> str:
    """Return terms as the characters they most likely stand for, for marking and for comparing."""
    return "".join(term.lstrip(UNIT + "+") for term in terms)
