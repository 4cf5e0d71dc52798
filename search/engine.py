"""A plan into hits: every record that answers, and how surely."""

import math
from collections.abc import Collection, Iterable, Sequence, Set
from itertools import compress, groupby
from typing import NamedTuple

from index.schema import FIELDS
from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import FIELD_CODES, FLAG_CODES
from search.plan import And, Beginning, Not, Or, Plan, Words, on_amounts, roles, sought
from search.records import Records
from search.stretches import Standing, Stretches

_K1, _B = 1.2, 0.75
_UNIT_BONUS = 1.3
_NAMED, _NAME_BEGINS = 1000.0, 500.0
"""What an item gains whose name is the query, or begins with it: more than words can weigh."""
_WITHIN = 0.1
"""What characters that are only part of a longer word count for, beside a word."""
_WEIGHTS = tuple(FIELDS[name].weight if name in FIELDS else 0.5 for name in FIELD_CODES)
_NAME, _LABEL = FIELD_CODES.index("name"), FIELD_CODES.index("label")
_ITEMS_OWN = tuple(FIELD_CODES.index(name) for name in ("name", "label", "text", "passage"))
_MARKS = 1 << FLAG_CODES.index("repeated") | 1 << FLAG_CODES.index("later")


class Answer(NamedTuple):
    """Sets of records: those that answer surely, those that may, and those whose words only stand near.

    `loose` are those whose words stand anywhere at their item, be it at other amounts. Each set holds the one before.
    """

    sure: int
    may: int
    near: int
    loose: int


class Found(NamedTuple):
    """An item that answers: its group, the records that do, its score, the items that repeat it.

    The groups are 0 certain, 1 possible, 2 related. The first `own` of the records are of the item's own group.
    """

    item: int
    group: int
    records: tuple[int, ...]
    own: int
    score: float = 0.0
    repeats: tuple[int, ...] = ()


class Scope(NamedTuple):
    """What holds for a part of a plan: the roles asked for around it, and whether there are conditions on amounts."""

    roles: frozenset[str] = frozenset()
    amounts: bool = False

    def within(self, plan: Plan, beside: Iterable[Plan] = ()) -> "Scope":
        """Return the scope of `plan`, which must hold together with what stands beside it."""
        asked = self.roles.union(*(roles(each) for each in beside))
        return Scope(asked, self.amounts or on_amounts(plan) or any(map(on_amounts, beside)))


class Memory:
    """What was found out in answering one query: where each word stands, which records each condition holds for."""

    def __init__(self) -> None:
        self.standing: dict[Words | Beginning, Standing] = {}
        self.answers: dict[tuple[type[Plan], Plan], Answer] = {}  # tuples of two types may be equal
        self.universes: dict[Scope, int] = {}


class Engine:
    """Answers plans from the columns of one store; what belongs to one query is kept in a Memory."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._catalog = catalog
        self._records = Records(columns, catalog)
        self._stretches = Stretches(columns)
        self._flags = columns.numbers("record.flags")
        self._programme = columns.numbers("item.programme")
        self._paper = columns.numbers("item.paper")

    def search(self, plan: Plan, memory: Memory) -> list[Found]:
        """Return every item that answers `plan`, in order of the papers; repeats are folded under what they repeat."""
        answering = self._by_item(self._answer(plan, Scope().within(plan), memory))
        scores = self._scores(sought(plan), {item for item, *_ in answering}, memory)
        return self._folded([Found(*each, scores.get(each[0], 0.0)) for each in answering])

    def count(self, plan: Plan, memory: Memory) -> int:
        """Return how many items answer `plan`, whatever the group."""
        answering = self._by_item(self._answer(plan, Scope().within(plan), memory))
        return len(self._folded([Found(*each) for each in answering]))

    def standing(self, word: Words | Beginning, memory: Memory) -> Standing:
        """Return where a word stands."""
        if word not in memory.standing:
            memory.standing[word] = self._stretches.standing(word)
        return memory.standing[word]

    def items_with(self, stretches: Iterable[int]) -> set[int]:
        """Return the items that stretches of their own belong to; headings and policy paragraphs have none."""
        field, first, item_of = self._stretches.field, self._stretches.first, self._catalog.record_item
        return {item_of[first[each]] for each in stretches if field[each] in _ITEMS_OWN}

    # -- sets of records

    def _answer(self, plan: Plan, scope: Scope, memory: Memory) -> Answer:
        """Return which records answer `plan`."""
        match plan:
            case And(operands):
                return self._together(operands, scope, memory)
            case Or(operands):
                parts = [self._answer(each, scope.within(each), memory) for each in operands]
                sure, may, near, loose = parts[0]
                for part in parts[1:]:
                    sure, may, near, loose = sure | part.sure, may | part.may, near | part.near, loose | part.loose
                return Answer(sure, may, near, loose)
            case Not(operand):
                scope = scope._replace(roles=scope.roles | roles(plan))
                universe = self._universe(scope, memory)
                inner = self._answer(operand, scope, memory)
                possible = universe & ~inner.sure
                return Answer(universe & ~inner.may, possible, possible, possible)
            case _:
                asked = scope.roles | roles(plan)
                universe = self._universe(scope._replace(roles=asked), memory)
                sure, may, near, loose = self._leaf(plan, memory)
                near = near if scope.amounts else loose
                return Answer(sure & universe, may & universe, near & universe, loose & universe)

    def _together(self, operands: Sequence[Plan], scope: Scope, memory: Memory) -> Answer:
        """Return the records for which all of `operands` hold.

        Words may meet across the amounts of an item; the amount itself must have one of them near it.
        """
        universe = self._universe(scope.within(operands[0], operands), memory)
        sure = may = near = loose = universe
        worded = 0
        for number, each in enumerate(operands):
            beside = (*operands[:number], *operands[number + 1 :])
            part = self._answer(each, scope.within(each, beside), memory)
            sure, may, near, loose = sure & part.sure, may & part.may, near & part.near, loose & part.loose
            if sought(each):
                worded |= part.near
            if not loose:
                break  # nothing can be in the others either
        return Answer(sure, may, near | (loose & worded), loose)

    def _universe(self, scope: Scope, memory: Memory) -> int:
        """Return the records that may answer: sums of the year before and parts only where they are asked for by name.

        Where no condition is on amounts, an item that has nothing but such sums answers with them.
        """
        if scope not in memory.universes:
            usual = self._records.of_roles(scope.roles)
            memory.universes[scope] = usual if scope.amounts else usual | self._records.of_items_without(usual)
        return memory.universes[scope]

    def _leaf(self, plan: Plan, memory: Memory) -> Answer:
        """Return the records that one word or condition holds for, whatever their roles."""
        key = (type(plan), plan)
        if key not in memory.answers:
            if isinstance(plan, Words | Beginning):
                memory.answers[key] = self._worded(self.standing(plan, memory))
            else:
                assert not isinstance(plan, Not | And | Or)
                sure, may = self._records.holding(plan)
                memory.answers[key] = Answer(sure, may, may, may)
        return memory.answers[key]

    def _worded(self, standing: Standing) -> Answer:
        own = self._covered(standing.own)
        near = own | self._covered(standing.near) | self._covered(standing.within)
        labels = [
            each for some in standing for each in some if self._stretches.field[each] == _LABEL
        ]  # at other amounts of the item
        first, item_of, starts = self._stretches.first, self._catalog.record_item, self._catalog.item_first
        items = {item_of[first[each]] for each in labels}
        return Answer(own, own, near, near | self._records.ranges((starts[each], starts[each + 1]) for each in items))

    def _covered(self, stretches: Collection[int]) -> int:
        first, end = self._stretches.first, self._stretches.end
        return self._records.ranges(
            zip(map(first.__getitem__, stretches), map(end.__getitem__, stretches), strict=True)
        )

    # -- rank

    def _scores(self, words: Sequence[Words | Beginning], items: Set[int], memory: Memory) -> dict[int, float]:
        """Return how much the words weigh in each of `items` that has them."""
        scores: dict[int, float] = {}
        if not items:
            return scores
        for word in dict.fromkeys(words):
            for item, score in self._score(word, items, self.standing(word, memory)).items():
                scores[item] = scores.get(item, 0.0) + score
        if words:
            for item, bonus in self._named("".join(_typed(word) for word in words)).items():
                scores[item] = scores.get(item, 0.0) + bonus
        return scores

    def _score(self, word: Words | Beginning, items: Set[int], standing: Standing) -> dict[int, float]:
        """Return how much a word weighs in each of `items` that has it as its own (BM25, by field)."""
        own, length, field = standing.own, self._stretches.length, self._stretches.field
        first, item_of = self._stretches.first, self._catalog.record_item
        best: dict[int, float] = {}
        for stretch in (*standing.within, *standing.near):
            if field[stretch] in _ITEMS_OWN:
                item, score = item_of[first[stretch]], _WITHIN * _WEIGHTS[field[stretch]]
                if score > best.get(item, 0.0):
                    best[item] = score
        if not own:
            return best
        rarity = math.log(1 + (len(field) - len(own) + 0.5) / (len(own) + 0.5))
        slope = _K1 * _B / max(1.0, sum(length[each] for each in own) / len(own))
        weights = [rarity * (_K1 + 1) * weight for weight in _WEIGHTS]
        long = () if isinstance(word, Beginning) else word.spellings[0].units
        units = {stretch for each in long for stretch in self._stretches.phrase((each,))}
        for stretch, times in own.items():
            item = item_of[first[stretch]]
            if item not in items:
                continue
            score = weights[field[stretch]] * times / (times + _K1 * (1 - _B) + slope * length[stretch])
            if stretch in units:
                score *= _UNIT_BONUS
            if score > best.get(item, 0.0):
                best[item] = score
        return best

    def _named(self, typed: str) -> dict[int, float]:
        """Return what the items gain whose name is, or begins with, what was typed."""
        field, first, item_of = self._stretches.field, self._stretches.first, self._catalog.record_item
        length = len(typed.encode("utf-8", "surrogatepass"))
        return {
            item_of[first[each]]: _NAMED if self._stretches.size(each) == length else _NAME_BEGINS
            for each in self._stretches.beginning_with(typed)
            if field[each] == _NAME
        }

    # -- items

    def _by_item(self, answer: Answer) -> list[tuple[int, int, tuple[int, ...], int]]:
        """Return the items of the records that answer, each in the surest group that one of its records is in."""
        sure, may, near, _ = answer
        groups = (sure + 2 * (may & ~sure) + 3 * (near & ~may)).to_bytes(self._records.size, "little")
        found = []
        records = compress(range(self._records.size), groups)
        for item, members in groupby(records, self._catalog.record_item.__getitem__):
            answering = list(members)
            if len(answering) == 1:
                found.append((item, groups[answering[0]] - 1, tuple(answering), 1))
                continue
            group = min(groups[record] for record in answering)
            own = [record for record in answering if groups[record] == group]
            open_ = [record for record in answering if groups[record] == 2] if group == 1 < len(answering) else []
            found.append((item, group - 1, (*own, *open_), len(own)))
        return found

    def _folded(self, found: list[Found]) -> list[Found]:
        """Return `found` with the entries marked 再掲 or 後掲 folded under the one that each repeats.

        That is the first of the same name in the same paper that bears no mark; without it, the first that does. It
        is never one of a less sure group: what is certain stays so.
        """
        flags, programme, paper = self._flags, self._programme, self._paper
        marked = {
            each.item
            for each in found
            if flags[each.records[0]] & _MARKS and all(flags[record] & _MARKS for record in each.records)
        }
        if not marked:
            return found
        heads: dict[tuple[int, int], Found] = {}
        for each in sorted(found, key=lambda each: (each.item in marked, each.group)):
            heads.setdefault((paper[each.item], programme[each.item]), each)
        repeats: dict[int, list[int]] = {}
        for each in found:
            head = heads[paper[each.item], programme[each.item]]
            if each.item in marked and each.item != head.item and head.group <= each.group:
                repeats.setdefault(head.item, []).append(each.item)
        gone = {item for items in repeats.values() for item in items}
        return [
            each._replace(repeats=tuple(repeats[each.item])) if each.item in repeats else each
            for each in found
            if each.item not in gone
        ]


def _typed(word: Words | Beginning) -> str:
    return word.folded if isinstance(word, Beginning) else word.spellings[0].folded
