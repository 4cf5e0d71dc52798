"""A query as it is understood, with what was found out in answering it."""

from collections.abc import Iterable
from functools import cached_property

from search.engine import Engine, Memory
from search.hits import Answer, Hits
from search.plan import Plan
from search.tree import Query


class Asked:
    """One query and its plan; each of its answers is made when it is first needed, and then kept.

    A page asks for hits, facets and sums of the same query one after the other: its words are looked up once.
    """

    def __init__(self, text: str, tree: Query, plan: Plan, engine: Engine) -> None:
        self.text = text
        self.tree = tree
        self.plan = plan
        self.memory = Memory()
        self._engine = engine

    @cached_property
    def answer(self) -> Answer:
        """The records that answer."""
        return self._engine.answer(self.plan, self.memory)

    @cached_property
    def hits(self) -> Hits:
        """The items that answer, repeats folded."""
        return self._engine.items.hits(self.answer)

    def scores(self, items: int | Iterable[int]) -> dict[int, float]:
        """Return how much the words weigh in each of some items that has them."""
        return self._engine.scores(self.plan, self.memory, items)

    def count(self, plan: Plan) -> int:
        """Return how many items answer another plan, with what is known of this one's words."""
        return self._engine.count(plan, self.memory)
