"""What the papers say of their words: the groups of synonyms these are in, and how they are printed and read."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from index.store.documents import Stored

_NONE = -1


class Word(NamedTuple):
    """A term with its group of synonyms, -1 for none, and with what is kept of it as a noun, if it is one."""

    term: str
    group: int
    said: str


class Words:
    """In how many papers each word stands as it does; what most papers say of a term is true of it."""

    def __init__(self, rows: Iterable[str] = ()) -> None:
        self._papers: Counter[Word] = Counter()
        for term, group, papers, said in (each.split("\t", 3) for each in rows):
            self._papers[Word(term, int(group), said)] = int(papers)

    def add(self, stored: Stored, times: int = 1) -> None:
        """Add what a paper says of its words, or take it away: -1 times."""
        for term in stored.groups.keys() | stored.said.keys():
            self._papers[Word(term, stored.groups.get(term, _NONE), stored.said.get(term, ""))] += times

    def more(self, other: "Words") -> None:
        """Add what other papers say."""
        self._papers.update(other._papers)

    def rows(self) -> list[str]:
        """Return all as lines, in order."""
        return [
            f"{term}\t{group}\t{papers}\t{said}"
            for (term, group, said), papers in sorted(self._papers.items())
            if papers
        ]

    def groups(self) -> dict[str, int]:
        """Return the groups that terms are in."""
        return {each.term: each.group for each in self._first_last() if each.group != _NONE}

    def said(self) -> dict[str, str]:
        """Return what is kept of the terms that are nouns."""
        return {each.term: each.said for each in self._first_last() if each.said}

    def _first_last(self) -> list[Word]:
        """Return the words, those of most papers last, and of these the first in order."""
        found = [each for each, papers in self._papers.items() if papers]
        return sorted(sorted(found, reverse=True), key=self._papers.__getitem__)
