"""Words as Sudachi reads them when they stand alone, kept with the store.

To load its dictionary takes longer than all else that a lookup does; most words that are asked for stand in the papers.
"""

from collections.abc import Collection, Mapping

from index import analysis
from index.analysis import BOUND, UNIT
from index.sounds import unsaid
from index.store.columns import Column, put_strings
from index.text import normal


def known_columns(
    terms: Collection[str], said: Mapping[str, str], before: Mapping[str, str] | None = None
) -> dict[str, Column]:
    """Return the words of terms, as they are and as `said` has them printed, in order with their units.

    `before` has the units of words that were looked up for another store.
    """
    before = before or {}
    bare = {each: each.lstrip(UNIT + BOUND) for each in terms}
    words = {*bare.values(), *(unsaid(said[term], word)[0] for term, word in bare.items() if term in said)}
    units = {
        word: before.get(word) or _units(word) for word in words if word and (word in before or word == normal(word))
    }
    ordered = sorted(filter(units.__getitem__, units), key=str.encode)
    columns: dict[str, Column] = {}
    put_strings(columns, "known", ordered)
    put_strings(columns, "known.units", [units[each] for each in ordered])
    return columns


def _units(word: str) -> str:
    units = analysis.analyse(word)
    return analysis.pack(units) if units else ""
