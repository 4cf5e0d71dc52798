"""How much words weigh in the items that have them."""

import math
from collections.abc import Sequence

from index.schema import FIELDS
from index.store.catalog import Catalog
from index.store.flat import FIELD_CODES
from search.plan import Beginning, Words
from search.stretches import Standing, Stretches

_K1, _B = 1.2, 0.75
_UNIT_BONUS = 1.3
_NAMED, _NAME_BEGINS = 1000.0, 500.0
"""What an item gains whose name is the query, or begins with it: more than words can weigh."""
_WITHIN = 0.1
"""What characters that are only part of a longer word count for, beside a word."""
_WEIGHTS = tuple(FIELDS[name].weight if name in FIELDS else 0.5 for name in FIELD_CODES)
_NAME = FIELD_CODES.index("name")
ITEMS_OWN = tuple(FIELD_CODES.index(name) for name in ("name", "label", "text", "passage"))
"""The kinds of stretches that are an item's own."""


class Ranking:
    """Weighs words by BM25, each in the field of an item where it weighs most."""

    def __init__(self, stretches: Stretches, catalog: Catalog) -> None:
        self._stretches = stretches
        self._item_of = catalog.record_item

    def scores(self, words: Sequence[tuple[Words | Beginning, Standing]]) -> dict[int, float]:
        """Return how much words, which stand there, weigh in each item that has them."""
        scores: dict[int, float] = {}
        for word, standing in dict(words).items():
            for item, score in self._score(word, standing).items():
                scores[item] = scores.get(item, 0.0) + score
        if words:
            for item, bonus in self._named("".join(_typed(word) for word, _ in words)).items():
                scores[item] = scores.get(item, 0.0) + bonus
        return scores

    def _score(self, word: Words | Beginning, standing: Standing) -> dict[int, float]:
        """Return how much a word weighs in each item that has it as its own."""
        own, field, best = standing.own, self._stretches.field, self._nearby(standing)
        if not own:
            return best
        length = list(map(self._stretches.length.__getitem__, own))
        rarity = math.log(1 + (len(field) - len(own) + 0.5) / (len(own) + 0.5))
        slope = _K1 * _B / max(1.0, sum(length) / len(own))
        long = () if isinstance(word, Beginning) else word.spellings[0].units
        units = {stretch for each in long for stretch in self._stretches.phrase((each,))}
        known: dict[tuple[int, int, int, bool], float] = {}
        kinds = zip(map(field.__getitem__, own), own.values(), length, map(units.__contains__, own), strict=True)
        items = map(self._item_of.__getitem__, map(self._stretches.first.__getitem__, own))
        for item, kind in zip(items, kinds, strict=True):
            if kind not in known:
                where, times, size, whole = kind
                score = rarity * (_K1 + 1) * _WEIGHTS[where] * times / (times + _K1 * (1 - _B) + slope * size)
                known[kind] = score * _UNIT_BONUS if whole else score
            if known[kind] > best.get(item, 0.0):
                best[item] = known[kind]
        return best

    def _nearby(self, standing: Standing) -> dict[int, float]:
        """Return how much a word weighs in each item in whose own text it stands inside other words."""
        field, first = self._stretches.field, self._stretches.first
        best: dict[int, float] = {}
        for stretch in (*standing.within, *standing.near):
            if field[stretch] in ITEMS_OWN:
                item, score = self._item_of[first[stretch]], _WITHIN * _WEIGHTS[field[stretch]]
                if score > best.get(item, 0.0):
                    best[item] = score
        return best

    def _named(self, typed: str) -> dict[int, float]:
        """Return what the items gain whose name is, or begins with, what was typed."""
        field, first = self._stretches.field, self._stretches.first
        length = len(typed.encode("utf-8", "surrogatepass"))
        return {
            self._item_of[first[each]]: _NAMED if self._stretches.size(each) == length else _NAME_BEGINS
            for each in self._stretches.beginning_with(typed)
            if field[each] == _NAME
        }


def _typed(word: Words | Beginning) -> str:
    return word.folded if isinstance(word, Beginning) else word.spellings[0].folded
