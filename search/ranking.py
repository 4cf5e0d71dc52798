"""How much words weigh in the items that have them."""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property, partial
from itertools import compress, repeat

from index.schema import FIELDS
from index.store.catalog import Catalog
from index.store.flat import FIELD_CODES
from search.plan import Beginning, Words
from search.sets import Sets
from search.stretches import Standing, Stretches

_K1, _B = 1.2, 0.75
_UNIT_BONUS = 1.3
_NAMED, _NAME_BEGINS = 1000.0, 500.0
"""What an item gains whose name is the query, or begins with it: more than words can weigh."""
_FEW = 3000
_WITHIN = 0.1
"""What characters that are only part of a longer word count for, beside a word."""
_WEIGHTS = tuple(FIELDS[name].weight if name in FIELDS else 0.5 for name in FIELD_CODES)
_NAME = FIELD_CODES.index("name")
ITEMS_OWN = ("name", "label", "text", "passage")
"""The kinds of stretches that are an item's own."""


class Ranking:
    """Weighs words by BM25, each in the field of an item where it weighs most."""

    def __init__(self, stretches: Stretches, catalog: Catalog, sets: Sets) -> None:
        self._stretches = stretches
        self._catalog = catalog
        self._item_of = catalog.record_item
        self._sets = sets

    def scores(self, words: Sequence[tuple[Words | Beginning, Standing]], items: int) -> dict[int, float]:
        """Return how much words, which stand there, weigh in each of `items` that has them."""
        scores: dict[int, float] = {}
        among = Among(items, self._sets, self._stretches, self._item_of)
        for word, standing in dict(words).items():
            weighed = self._score(word, standing, among)
            if not scores:
                scores = weighed
                continue
            for item, score in weighed.items():
                scores[item] = scores.get(item, 0.0) + score
        if words:
            for item, bonus in self._named("".join(_typed(word) for word, _ in words), among).items():
                scores[item] = scores.get(item, 0.0) + bonus
        return scores

    def _score(self, word: Words | Beginning, standing: Standing, among: "Among") -> dict[int, float]:
        """Return how much a word weighs in each item that has it as its own, of those that are asked for."""
        best = self._nearby(standing, among)
        own, lengths = standing.own, self._stretches.length.__getitem__
        if not own:
            return best
        rarity = math.log(1 + (self._stretches.count - len(own) + 0.5) / (len(own) + 0.5))
        slope = _K1 * _B / max(1.0, sum(map(lengths, own)) / len(own))
        long = () if isinstance(word, Beginning) else word.spellings[0].units
        units = {stretch for each in long for stretch in self._stretches.phrase((each,))}

        def weight(field: int, times: int, length: int, whole: bool) -> float:
            score = rarity * (_K1 + 1) * _WEIGHTS[field] * times / (times + _K1 * (1 - _B) + slope * length)
            return score * _UNIT_BONUS if whole else score

        there = among.kept(own)
        names = bisect_left(there, self._stretches.of("name").stop)
        named = self._weighed(there[:names], standing.often, units, partial(weight, _NAME))
        if best:
            for item, score in named.items():
                best[item] = max(score, best.get(item, 0.0))
        else:
            best = named
        for stretch in there[names:]:
            item, times = self._item_of[self._stretches.first[stretch]], standing.often.get(stretch, 1)
            score = weight(self._stretches.field(stretch), times, lengths(stretch), stretch in units)
            if score > best.get(item, 0.0):
                best[item] = score
        return best

    def _weighed(
        self, names: Sequence[int], often: Mapping[int, int], units: Set[int], weight: Callable[[int, int, bool], float]
    ) -> dict[int, float]:
        """Return how much a word weighs in names that say it: as much in all that are as long, and say it alike."""
        lengths = map(self._stretches.length.__getitem__, names)
        kinds = list(zip(map(often.get, names, repeat(1)), lengths, map(units.__contains__, names), strict=True))
        known = {kind: weight(*kind) for kind in set(kinds)}
        return dict(zip(names, map(known.__getitem__, kinds), strict=True))

    def _nearby(self, standing: Standing, among: "Among") -> dict[int, float]:
        """Return how much a word weighs in each item in whose own text it stands inside other words."""
        first, field = self._stretches.first, self._stretches.field
        best: dict[int, float] = {}
        for some in (standing.within, standing.near):
            for stretch in among.kept(self._stretches.among(some, ITEMS_OWN)):
                item, score = self._item_of[first[stretch]], _WITHIN * _WEIGHTS[field(stretch)]
                if score > best.get(item, 0.0):
                    best[item] = score
        return best

    def _named(self, typed: str, among: "Among") -> dict[int, float]:
        """Return what the items gain whose name is, or begins with, what was typed."""
        length = len(typed.encode("utf-8", "surrogatepass"))
        return {
            self._item_of[self._stretches.first[each]]: _NAMED if self._stretches.size(each) == length else _NAME_BEGINS
            for each in among.kept(sorted(self._stretches.names_beginning(typed)))
        }


class Among:
    """Keeps, of stretches, those at some items: where there are few of these, their names are looked up."""

    def __init__(self, items: int, sets: Sets, stretches: Stretches, item_of: Sequence[int]) -> None:
        self._items = items
        self._sets = sets
        self._stretches = stretches
        self._item_of = item_of
        self._few = items.bit_count() < _FEW

    def kept(self, stretches: Sequence[int]) -> list[int]:
        """Return those of `stretches`, which are in order, that are at the items."""
        names = bisect_left(stretches, self._stretches.of("name").stop) if self._few else 0
        kept = list(filter(self._names.__contains__, stretches[:names])) if names else []
        others = stretches[names:]
        if others:
            kept += compress(others, map(self._flags.__getitem__, map(self._stretches.first.__getitem__, others)))
        return kept

    @cached_property
    def _names(self) -> frozenset[int]:
        return frozenset(map(self._item_of.__getitem__, self._sets.numbers(self._items)))

    @cached_property
    def _flags(self) -> bytes:
        return self._sets.flags(self._sets.whole(self._items))


def _typed(word: Words | Beginning) -> str:
    return word.folded if isinstance(word, Beginning) else word.spellings[0].folded
