"""How much words weigh in the items that have them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from index.schema import FIELDS
from index.store.flat import FIELD_CODES
from search.places import Places, united
from search.plan import Beginning, Words
from search.sets import Sets
from search.stretches import Standing, Stretches

_K1, _B = 1.2, 0.75
_UNIT_BONUS = 1.3
_NAMED, _NAME_BEGINS = 1000.0, 500.0
"""What an item gains whose name is the query, or begins with it: more than the words of a query can weigh."""
_WITHIN = 0.1
"""What characters that are only part of a longer word count for, beside a word."""
_WEIGHTS = tuple(FIELDS[name].weight if name in FIELDS else 0.5 for name in FIELD_CODES)
_NAME = FIELD_CODES.index("name")
INSIDE_NAME = _WITHIN * _WEIGHTS[_NAME]
ITEMS_OWN = ("name", "label", "text", "passage")
"""The kinds of stretches that are an item's own."""
_ALL = 1000
"""So few items are all weighed; of more, those are looked for first that can be among the best."""
LONGEST = 255
"""Names of so many terms, or more, are not told apart by their lengths."""

Word = Words | Beginning


class Weighed(NamedTuple):
    """Where a word stands in the own text of items, and what makes its weight there.

    It stands in `own` as a word, in some of them `often`, in `units` as a long unit; `inside` are the stretches in
    which only its characters stand, or it counts as near only. `most` is what its weight comes near to in a text that
    says it again and again, before the field is weighed in.
    """

    own: Places
    often: Mapping[int, int]
    units: Places
    inside: Places
    most: float


class Ranking:
    """Weighs words by BM25, each in the field of an item where it weighs most."""

    def __init__(self, stretches: Stretches, item_of: Sequence[int], sets: Sets) -> None:
        self._stretches = stretches
        self.fields = stretches.fields
        self.length = stretches.length
        self._item_of = item_of
        self.sets = sets
        self._of_length: dict[int, int] = {}

    def scores(self, words: Mapping[Word, Standing], items: int, best: int | None = None) -> dict[int, float]:
        """Return how much words, which stand there, weigh in each of `items` that has them.

        With `best`, in enough of them: no other is among so many with the highest scores, equal ones in their order.
        """
        if not words:
            return {}
        weighed = [self._weighed(word, standing) for word, standing in words.items()]
        same, longer = self._stretches.characters.names_beginning("".join(map(_typed, words)))
        if best is not None and items.bit_count() > max(_ALL, best):
            from search.best import promising  # few queries answer with so many

            items = promising(self, weighed, same & items, longer & items, items, best)
        scores: dict[int, float] = {}
        for part in [
            *(self._score(each, items) for each in weighed),
            dict.fromkeys(self.fields.named(same & items), _NAMED),
            dict.fromkeys(self.fields.named(longer & items), _NAME_BEGINS),
        ]:
            _add(scores, part)
        return scores

    def _weighed(self, word: Word, standing: Standing) -> Weighed:
        among, number = self.fields.among, standing.own.size
        rarity = math.log(1 + (self.fields.count - number + 0.5) / (number + 0.5))
        long = () if isinstance(word, Beginning) else word.spellings[0].units
        units = united(self._stretches.phrase((each,)).places for each in long)
        inside = united((among(standing.near, ITEMS_OWN), among(standing.within, ITEMS_OWN)))
        return Weighed(standing.own, standing.often, units, inside, rarity * (_K1 + 1))

    def _score(self, word: Weighed, items: int) -> dict[int, float]:
        """Return how much a word weighs in each of `items` that has it."""
        best = self._in_names(word, items)
        units = frozenset(word.units.others)
        for stretch, item in self._at(word.inside.others, items):
            best[item] = max(best.get(item, 0.0), _WITHIN * _WEIGHTS[self.fields.field(stretch)])
        for stretch, item in self._at(word.own.others, items):
            times, field = word.often.get(stretch, 1), self.fields.field(stretch)
            score = self._weight(word, field, times, self.length[stretch], stretch in units)
            best[item] = max(best.get(item, 0.0), score)
        return best

    def _in_names(self, word: Weighed, items: int) -> dict[int, float]:
        """Return how much a word weighs in names: as much in all that are as long, and say it alike."""
        best = dict.fromkeys(self.fields.named(word.inside.names & items), INSIDE_NAME)
        for whole in (False, True):
            some = word.own.names & items & (word.units.names if whole else ~word.units.names)
            names = list(self.fields.named(some))
            kinds = list(zip(map(word.often.get, names, repeat(1)), map(self.length.__getitem__, names), strict=True))
            known = {kind: self.in_name(word, *kind, whole) for kind in set(kinds)}
            best.update(zip(names, map(known.__getitem__, kinds), strict=True))
        return best

    def in_name(self, word: Weighed, times: int, length: int, whole: bool) -> float:
        """Return what a word weighs in a name of so many terms that says it so often, or has it as a long unit."""
        return self._weight(word, _NAME, times, length, whole)

    def _weight(self, word: Weighed, field: int, times: int, length: int, whole: bool) -> float:
        score = word.most * _WEIGHTS[field] * times / (times + _K1 * (1 - _B) + self._slopes[field] * length)
        return score * _UNIT_BONUS if whole else score

    @cached_property
    def _slopes(self) -> list[float]:
        """What each term of a text takes from the weight of a word, by field: texts are held against their average."""
        spans = [self.fields.of(field) for field in FIELD_CODES]
        lengths = [sum(self.length[each.start : each.stop]) for each in spans]
        return [_K1 * _B * len(span) / max(1, length) for span, length in zip(spans, lengths, strict=True)]

    def _at(self, others: Sequence[int], items: int) -> Iterator[tuple[int, int]]:
        """Yield those of some stretches, none of which is a name, that are at `items`, with their items."""
        there = self.sets.whole(items).to_bytes(self.sets.size // 8, "big") if others else b""
        for stretch in others:
            record = self.fields.first[stretch]
            if there[record >> 3] & 0x80 >> (record & 7):
                yield stretch, self._item_of[record]

    @cached_property
    def lengths(self) -> list[int]:
        """How many terms names have, in order."""
        return sorted(set(self._lengths))

    def of_length(self, length: int) -> int:
        """Return the names of so many terms."""
        if length not in self._of_length:
            self._of_length[length] = self.sets.having(self._lengths, (length,)) & self.sets.firsts
        return self._of_length[length]

    @cached_property
    def _lengths(self) -> bytes:
        """How many terms the name of each record has; more than LONGEST are taken for as many."""
        names = self.length[: self.fields.names]
        lengths = names if names.itemsize == 1 else bytes(min(each, LONGEST) for each in names)
        return bytes(map(lengths.__getitem__, self._item_of))


def _add(scores: dict[int, float], part: Mapping[int, float]) -> None:
    if not scores:
        scores.update(part)
        return
    for item, score in part.items():
        scores[item] = scores.get(item, 0.0) + score


def _typed(word: Word) -> str:
    return word.folded if isinstance(word, Beginning) else word.spellings[0].folded
