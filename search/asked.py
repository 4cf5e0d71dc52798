"""A query as it is understood, with what was found out in answering it."""

from functools import cached_property

from index.text import fold
from search.engine import Engine, Memory
from search.errors import QueryError
from search.hits import Answer, Hits
from search.plan import Beginning, Plan, Words
from search.tree import Query, words


class Asked:
    """One query and its plan; each of its answers is made when it is first needed, and then kept.

    A page asks for hits, facets and sums of the same query one after the other: its words are looked up once.
    """

    def __init__(self, text: str, tree: Query, plan: Plan, engine: Engine) -> None:
        self.text = text
        self.tree = tree
        self.plan = plan
        self.memory = Memory(self._too_much)
        self._engine = engine

    @cached_property
    def answer(self) -> Answer:
        """The records that answer."""
        return self._engine.answer(self.plan, self.memory)

    @cached_property
    def hits(self) -> Hits:
        """The items that answer, repeats folded."""
        return self._engine.items.hits(self.answer)

    def scores(self, items: int, best: int | None = None) -> dict[int, float]:
        """Return how much the words weigh in each of some items that has them; or in so many `best`."""
        return self._engine.scores(self.plan, self.memory, items, best)

    def count(self, plan: Plan) -> int:
        """Return how many items answer another plan, with what is known of this one's words."""
        return self._engine.count(plan, self.memory)

    def _too_much(self, word: Words | Beginning) -> QueryError:
        """Return what to say of the word with which the query has words in too many places."""
        folded = word.folded if isinstance(word, Beginning) else word.spellings[0].folded
        places = [(each.start, each.end) for each in words(self.tree) if fold(each.text) == folded]
        start, end = places[0] if places else (0, len(self.text))
        return QueryError(
            "検索式の言葉が多くの所にありすぎて、調べ終わりません。言葉を減らすか、長い言葉にしてください",
            self.text,
            start,
            end,
            "蓄電池 半導体 金額>1000億",
        )
