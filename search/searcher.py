"""A query into a page of results: parse, plan, find, sort, show."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from index import store
from index.document import About, Item, Remainder
from index.errors import StoreError
from index.store.catalog import Catalog
from index.store.columns import Columns
from search import snippets
from search.diagnosis import diagnose, elsewhere
from search.engine import Engine, Found, Memory
from search.grammar import parse
from search.lexicon import Lexicon
from search.plan import Beginning, Plan, Words, sought
from search.planner import Planner, any_word
from search.reading import read_back
from search.results import GROUPS, SORTS, Hit, Repeat, ResultPage

_GROUPS = tuple(GROUPS)
_LAST = float("inf")


class Searcher:
    """Answers queries from one store; safe to share between threads."""

    def __init__(self, columns: Columns, path: Path) -> None:
        self.path = path
        self.catalog = Catalog(columns)
        self._lexicon = Lexicon(columns)
        self._engine = Engine(columns, self.catalog)
        self._yen, self._role, self._years = (columns.numbers(f"record.{name}") for name in ("yen", "role", "years"))

    @classmethod
    def open(cls, path: str | Path | None = None) -> "Searcher":
        """Return a searcher of the store in the folder `path`, or of the user's own. Raises StoreError."""
        folder = Path(path) if path is not None else store.default_store()
        return cls(store.open_columns(folder), folder)

    def search(
        self,
        query: str,
        *,
        limit: int | None = 20,
        offset: int = 0,
        sort: str = "relevance",
        only: str | None = None,
        match: str = "all",
    ) -> ResultPage:
        """Return the page of hits of `query` from `offset` on, `limit` of them (None or 0: all).

        `sort` is a key of SORTS; within it the groups stay in their order. `only` is a key of GROUPS, and leaves out
        the others. `match` any joins words that stand side by side by OR; conditions still hold for all. Raises
        QueryError.
        """
        began = time.perf_counter()
        if sort not in SORTS or only not in (None, *GROUPS) or match not in ("all", "any"):
            raise ValueError(f"sort={sort!r}, only={only!r}, match={match!r}")
        tree = parse(query) if match == "all" else any_word(parse(query))
        plan = Planner(self._lexicon, self.catalog, query).plan(tree)
        memory = Memory()
        everything = self._engine.search(plan, memory)
        found = [each for each in everything if only in (None, _GROUPS[each.group])]
        found.sort(key=self._order(sort))
        diagnosis: tuple[str, ...] = ()
        if not everything:
            diagnosis = diagnose(tree, plan, lambda part: self._engine.count(part, memory), self.catalog)
        elif only and not found:
            diagnosis = elsewhere(only, _counts(everything))
        first = max(0, offset)
        return ResultPage(
            str(tree),
            read_back(tree),
            self._hits(found[first : first + limit if limit else None], plan, memory),
            _counts(found),
            sum(map(self._amounts, found)),
            first,
            limit or None,
            sort,
            time.perf_counter() - began,
            diagnosis,
        )

    def documents(self) -> list[About]:
        """Return what is known of each paper in the store."""
        return [self.catalog.about(number) for number in range(self.catalog.papers)]

    def items(self, document: str) -> list[Item]:
        """Return the items of a paper in order, passages without amounts left out. Raises StoreError."""
        items = map(self.catalog.item, self.catalog.items_of(self._paper(document)))
        return [each for each in items if each.kind != "passage" or each.amounts]

    def items_at(self, place: str) -> list[Item]:
        """Return the items at a place such as ``monozukuri-2025:61``. Raises StoreError where there are none."""
        document, _, line = place.rpartition(":")
        if not document or not line.isdecimal():
            raise StoreError(
                f"「{place}」は場所として読めません。文書:行（例 monozukuri-2025:61）の形で書いてください。"
            )
        found = self.catalog.items_at(self._paper(document), int(line))
        if not found:
            raise StoreError(
                f"文書 {document} の{line}行目には施策がありません。seisaku items {document} で一覧できます。"
            )
        return [self.catalog.item(each) for each in found]

    def lines(self, item: Item) -> list[tuple[int, str]]:
        """Return the lines of an item as they stand in the paper, with their numbers. Raises StoreError."""
        lines = store.paper(self.path, item.place.document, self.catalog.columns.path.parent).lines
        return [(each.number, each.text) for each in lines[item.place.line - 1 : item.place.end_line]]

    def remainders(self, document: str) -> list[Remainder]:
        """Return what was not understood of a paper. Raises StoreError."""
        return list(self.catalog.remainders(self._paper(document)))

    def explain(self, query: str) -> list[str]:
        """Return in Japanese how `query` is read, and what each word stands for besides itself. Raises QueryError."""
        tree = parse(query)
        plan = Planner(self._lexicon, self.catalog, query).plan(tree)
        lines = [f"検索式: {tree}", f"読み方: {read_back(tree)}"]
        for word in dict.fromkeys(sought(plan)):
            same, kin = (word.spellings[1:], word.kin) if isinstance(word, Words) else ((), ())
            for others, what in ((same, "と同じとみなす言葉"), (kin, "に近い言葉（関連に出す）")):
                if others:
                    lines.append(f"  「{_typed(word)}」{what}: {'、'.join(each.folded for each in others)}")
        return lines

    def _paper(self, document: str) -> int:
        paper = self.catalog.paper(document)
        if paper is None:
            known = "、".join(each.id for each in self.documents()[:8])
            raise StoreError(f"文書 {document} は索引にありません。あるのは {known or 'まだ何も'} です。")
        return paper

    def _amounts(self, found: Found) -> int:
        """Return how many amounts answered; an item without any has one record all the same."""
        return len(found.records) if self._role[found.records[0]] else 0

    def _hits(self, page: Sequence[Found], plan: Plan, memory: Memory) -> tuple[Hit, ...]:
        words = dict.fromkeys(sought(plan)) if any(_GROUPS[each.group] == "related" for each in page) else {}
        said = {}
        for word in words:
            own, near, _ = self._engine.standing(word, memory)
            said[word] = self._engine.items_with([*own, *near])
        return tuple(
            self._hit(each, plan, {word for word, items in said.items() if each.item in items}) for each in page
        )

    def _hit(self, found: Found, plan: Plan, said: set[Words | Beginning]) -> Hit:
        item, words = self.catalog.item(found.item), sought(plan)
        first = self.catalog.item_first[found.item]
        matched = tuple(record - first for record in found.records) if item.amounts else ()
        group = _GROUPS[found.group]
        return Hit(
            item,
            group,
            matched,
            snippets.reason(item, matched, group, plan, said),
            snippets.mark(item.name, words, "passage" if item.kind == "passage" else "name"),
            snippets.snippet(item, matched, words),
            tuple(self._repeat(each) for each in found.repeats),
            round(found.score, 4),
            self._change(found),
        )

    def _repeat(self, item: int) -> Repeat:
        amount = self.catalog.amount(self.catalog.item_first[item])
        flags = amount.flags if amount else ()
        return Repeat(self.catalog.place(item), "later" if "later" in flags else "repeated")

    def _change(self, found: Found) -> int | None:
        """Return the change against the year before of the first record that has one beside it."""
        for record in found.records:
            previous = self.catalog.previous(record)
            if previous is not None:
                return self._yen[record] - self._yen[previous]
        return None

    def _order(self, sort: str) -> Callable[[Found], tuple[float, ...]]:
        """Return what puts hits in order, the groups first; what has no sum, year or change comes last."""
        match sort:
            case "amount":
                return lambda each: (each.group, min(self._sums(each), default=_LAST), each.item)
            case "-amount":
                return lambda each: (each.group, -max(self._sums(each), default=-_LAST), each.item)
            case "year":
                return lambda each: (each.group, self._year(each), each.item)
            case "change":
                return lambda each: (each.group, _LAST if (by := self._change(each)) is None else -by, each.item)
            case "document":
                return lambda each: (each.group, each.item)
            case _:
                return lambda each: (each.group, -each.score, each.item)

    def _sums(self, found: Found) -> list[int]:
        """Return the sums of a hit that answered as surely as it does."""
        return [self._yen[record] for record in found.records[: found.own] if self._role[record]]

    def _year(self, found: Found) -> float:
        codes = {self._years[record] for record in found.records[: found.own]}
        return max((year for code in codes for year in self.catalog.years(code)), default=_LAST)


def _typed(word: Words | Beginning) -> str:
    return word.text if isinstance(word, Words) else word.folded


def _counts(found: Sequence[Found]) -> dict[str, int]:
    """Return how many hits there are of each group."""
    groups = Counter(each.group for each in found)
    return {group: groups[number] for number, group in enumerate(_GROUPS)}
