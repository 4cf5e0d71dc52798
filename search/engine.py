"""A plan into an answer: which records answer, and how surely."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from index.document import ROLES
from index.store.catalog import Catalog
from index.store.columns import Columns
from search.hits import Answer, Items
from search.places import Fields
from search.plan import And, Beginning, Not, Or, Plan, Words, on_amounts, roles, sought
from search.ranking import ITEMS_OWN, Ranking
from search.records import Records
from search.stretches import Standing, Stretches

MOST = 300_000
MOST_FOR_ITEM = 4
"""The words of one query may stand in so many stretches in all, or in so many for each item: what takes half a second
or so. One word alone may stand wherever it does."""


class Scope(NamedTuple):
    """What holds for a part of a plan: the roles asked for around it, and whether there are conditions on amounts."""

    roles: frozenset[str] = frozenset()
    amounts: bool = False

    def within(self, plan: Plan) -> "Scope":
        """Return the scope of a part that stands alone, or may."""
        return self if self.amounts else self._replace(amounts=on_amounts(plan))

    def among(self, operands: Sequence[Plan]) -> "tuple[Scope, list[Scope]]":
        """Return the scope of parts that must hold together, and of each the one beside the others.

        All are looked at once: there may be two hundred.
        """
        amounts, named = self.amounts or any(map(on_amounts, operands)), list(map(roles, operands))
        times = Counter(chain.from_iterable(named))
        beside = [frozenset(role for role in times if times[role] > (role in own)) for own in named]
        return Scope(self.roles.union(times), amounts), [Scope(self.roles | each, amounts) for each in beside]


class Memory:
    """What was found out in answering one query: where each word stands, which records each condition holds for.

    `refusal` makes an error of the word that is too much for one query; without it, none is.
    """

    def __init__(self, refusal: Callable[[Words | Beginning], Exception] | None = None) -> None:
        self.refusal = refusal
        self.looked_at = 0
        self.standing: dict[Words | Beginning, Standing] = {}
        self.answers: dict[tuple[type[Plan], Plan], Answer] = {}  # tuples of two types may be equal


class Engine:
    """Answers plans from the columns of one store; what belongs to one query is kept in a Memory."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._catalog = catalog
        self.records = Records(columns, catalog)
        self.items = Items(columns, catalog, self.records)
        self.stretches = Stretches(columns, Fields(columns, catalog.record_item, self.records.sets))
        self._ranking = Ranking(self.stretches, catalog.record_item, self.records.sets)
        self._universes: dict[Scope, int] = {}

    def answer(self, plan: Plan, memory: Memory, *, amounts: bool = False, roles: Iterable[str] = ()) -> Answer:
        """Return which records answer `plan`, as it is or beside others: a condition on amounts, `roles` asked for."""
        return self._answer(plan, Scope(frozenset(roles), amounts).within(plan), memory)

    def answering(self, plan: Plan, memory: Memory) -> tuple[int, int, int]:
        """Return the records, of whatever role, that hits of each group answer with, as surely as it says."""
        return self.items.parted(self.answer(plan, memory, roles=ROLES))

    def count(self, plan: Plan, memory: Memory) -> int:
        """Return how many items answer `plan`, whatever the group."""
        return self.items.present(self.answer(plan, memory)).bit_count()

    def holding(self, condition: Plan) -> tuple[int, int]:
        """Return the records that a single condition holds for surely, and perhaps, whatever their roles."""
        answer = self._leaf(condition, Memory())
        return answer.sure, answer.may

    def scores(self, plan: Plan, memory: Memory, items: int, best: int | None = None) -> dict[int, float]:
        """Return how much the words of `plan` weigh in each of some items that has them; or in so many `best`."""
        words = {word: self.standing(word, memory) for word in sought(plan)}
        return self._ranking.scores(words, items, best)

    def standing(self, word: Words | Beginning, memory: Memory) -> Standing:
        """Return where a word stands."""
        if word not in memory.standing:
            found = self.stretches.standing(word)
            looked_at = memory.looked_at + found.size
            if memory.refusal and memory.standing and looked_at > max(MOST, MOST_FOR_ITEM * self._catalog.items):
                raise memory.refusal(word)
            memory.standing[word], memory.looked_at = found, looked_at
        return memory.standing[word]

    def saying(self, word: Words | Beginning, memory: Memory) -> int:
        """Return the items whose own text says a word; headings and policy paragraphs are of none."""
        standing, fields = self.standing(word, memory), self.stretches.fields
        own = fields.among(standing.own | standing.near, ITEMS_OWN)
        return own.names | fields.items(own.others)

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
                universe = self._universe(scope)
                inner = self._answer(operand, scope, memory)
                possible = universe & ~inner.sure
                return Answer(universe & ~inner.may, possible, possible, possible)
            case _:
                asked = scope.roles | roles(plan)
                universe = self._universe(scope._replace(roles=asked))
                sure, may, near, loose = self._leaf(plan, memory)
                near = near if scope.amounts else loose
                return Answer(sure & universe, may & universe, near & universe, loose & universe)

    def _together(self, operands: Sequence[Plan], scope: Scope, memory: Memory) -> Answer:
        """Return the records for which all of `operands` hold.

        Words may meet across the amounts of an item; the amount itself must have one of them near it.
        """
        whole, scopes = scope.among(operands)
        universe = self._universe(whole)
        sure = may = near = loose = universe
        worded = 0
        for each, within in zip(operands, scopes, strict=True):
            part = self._answer(each, within, memory)
            sure, may, near, loose = sure & part.sure, may & part.may, near & part.near, loose & part.loose
            if sought(each):
                worded |= part.near
            if not loose:
                break  # nothing can be in the others either
        return Answer(sure, may, near | (loose & worded), loose)

    def _universe(self, scope: Scope) -> int:
        """Return the records that may answer: those of `of_roles`, others only where asked for by name.

        Where no condition is on amounts, an item that has nothing but such sums answers with them.
        """
        if scope not in self._universes:
            usual = self.records.of_roles(scope.roles)
            self._universes[scope] = usual if scope.amounts else usual | self.records.of_items_without(usual)
        return self._universes[scope]

    def _leaf(self, plan: Plan, memory: Memory) -> Answer:
        """Return the records that one word or condition holds for, whatever their roles."""
        key = (type(plan), plan)
        if key not in memory.answers:
            if isinstance(plan, Words | Beginning):
                memory.answers[key] = self._worded(self.standing(plan, memory))
            else:
                assert not isinstance(plan, Not | And | Or)
                sure, may = self.records.holding(plan)
                memory.answers[key] = Answer(sure, may, may, may)
        return memory.answers[key]

    def _worded(self, standing: Standing) -> Answer:
        fields, sets = self.stretches.fields, self.records.sets
        own = fields.covered(standing.own)
        near = own | fields.covered(standing.near) | fields.covered(standing.within)
        labels = [each for some in standing.all for each in fields.among(some, ("label",)).others]
        # at other amounts of the item
        return Answer(own, own, near, near | sets.whole(fields.items(labels)) if labels else near)
