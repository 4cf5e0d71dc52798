"""A query into a page of results: parse, plan, find, sort, show."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index import store
from index.catalog import Catalog
from index.columns import Columns
from index.document import About, Item, Remainder
from index.errors import StoreError
from search import snippets
from search.engine import Engine, Found
from search.grammar import parse
from search.lexicon import Lexicon
from search.plan import And, Beginning, Plan, Words, sought
from search.planner import Planner
from search.reading import read_back
from search.results import GROUPS, Hit, Repeat, ResultPage
from search.tree import And as AndTree
from search.tree import Or as OrTree
from search.tree import Query

_GROUPS = tuple(GROUPS)


class Searcher:
    """Answers queries from one store; safe to share between threads."""

    def __init__(self, columns: Columns, path: Path) -> None:
        self.path = path
        self.catalog = Catalog(columns)
        self._lexicon = Lexicon(columns)
        self._engine = Engine(columns, self.catalog)

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
        the others. `match` any joins words that stand side by side by OR. Raises QueryError.
        """
        began = time.perf_counter()
        tree = parse(query)
        if match == "any" and isinstance(tree, AndTree):
            tree = OrTree(tree.operands, start=tree.start, end=tree.end)
        plan = Planner(self._lexicon, self.catalog, query).plan(tree)
        found = self._engine.search(plan)
        diagnosis = self._diagnose(tree, plan) if not found else ()
        if only:
            found = [each for each in found if _GROUPS[each.group] == only]
        found.sort(key=self._order(sort))
        page = found[offset : offset + limit if limit else None]
        return ResultPage(
            str(tree),
            read_back(tree),
            self._hits(page, plan),
            {group: sum(each.group == number for each in found) for number, group in enumerate(_GROUPS)},
            sum(self.catalog.amount(record) is not None for each in found for record in each.records),
            offset,
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
        lines = store.paper(self.path, item.place.document).lines
        return [(each.number, each.text) for each in lines[item.place.line - 1 : item.place.end_line]]

    def remainders(self, document: str) -> list[Remainder]:
        """Return what was not understood of a paper. Raises StoreError."""
        return list(self.catalog.remainders(self._paper(document)))

    def check(self) -> None:
        """Look at every byte that queries are answered from. Raises StoreError."""
        self.catalog.columns.check()

    def explain(self, query: str) -> list[str]:
        """Return in Japanese how `query` is read, and what each word stands for besides itself. Raises QueryError."""
        tree = parse(query)
        plan = Planner(self._lexicon, self.catalog, query).plan(tree)
        words = [each for each in sought(plan) if isinstance(each, Words) and len(each.spellings) > 1]
        same = [
            f"  「{each.text}」と同じとみなす言葉: {'、'.join(s.folded for s in each.spellings[1:])}" for each in words
        ]
        return [f"検索式: {tree}", f"読み方: {read_back(tree)}", *same]

    def _paper(self, document: str) -> int:
        paper = self.catalog.paper(document)
        if paper is None:
            known = "、".join(each.id for each in self.documents()[:8])
            raise StoreError(f"文書 {document} は索引にありません。あるのは {known or 'まだ何も'} です。")
        return paper

    def _hits(self, page: Sequence[Found], plan: Plan) -> tuple[Hit, ...]:
        owners = (
            {word: self._engine.owners(word) for word in sought(plan)} if any(each.group == 2 for each in page) else {}
        )
        return tuple(
            self._hit(each, plan, {word for word, items in owners.items() if each.item in items}) for each in page
        )

    def _hit(self, found: Found, plan: Plan, own: set[Words | Beginning]) -> Hit:
        item = self.catalog.item(found.item)
        first = self.catalog.item_first[found.item]
        matched = tuple(record - first for record in found.records) if item.amounts else ()
        group = _GROUPS[found.group]
        return Hit(
            item,
            group,
            matched,
            snippets.reason(item, matched, group, plan, own),
            snippets.mark(item.name, plan),
            snippets.snippet(item, matched, plan),
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
        yen = self.catalog.columns.numbers("record.yen")
        for record in found.records:
            previous = self.catalog.previous(record)
            if previous is not None:
                return int(yen[record]) - int(yen[previous])
        return None

    def _order(self, sort: str) -> Callable[[Found], tuple[float, ...]]:
        """Return what puts hits in order, the groups first."""
        yen = self.catalog.columns.numbers("record.yen")
        role = self.catalog.columns.numbers("record.role")
        years = self.catalog.columns.numbers("record.years")

        def sums(each: Found) -> list[int]:
            return [yen[record] for record in each.records if role[record]]

        def latest(each: Found) -> float:
            return max(
                (year for record in each.records for year in self.catalog.years(years[record])), default=math_inf
            )

        def change(each: Found) -> float:
            value = self._change(each)
            return math_inf if value is None else -value

        match sort:
            case "amount":
                return lambda each: (each.group, min(sums(each), default=math_inf), each.item)
            case "-amount":
                return lambda each: (each.group, -max(sums(each), default=-math_inf), each.item)
            case "year":
                return lambda each: (each.group, latest(each), each.item)
            case "change":
                return lambda each: (each.group, change(each), each.item)
            case "document":
                return lambda each: (each.group, each.item)
            case _:
                return lambda each: (each.group, -each.score, each.item)

    def _diagnose(self, tree: Query, plan: Plan) -> tuple[str, ...]:
        """Return which condition emptied the answer: each alone, and what is found without it."""
        if not (isinstance(tree, AndTree) and isinstance(plan, And)):
            return (f"「{tree}」に該当する施策はありません。",)
        lines = []
        for number, (node, operand) in enumerate(zip(tree.operands, plan.operands, strict=True)):
            others = plan.operands[:number] + plan.operands[number + 1 :]
            alone = self._engine.count(operand)
            without = self._engine.count(And(others) if len(others) > 1 else others[0])
            if not alone:
                lines.append(f"「{node}」に該当する施策はありません。")
            else:
                lines.append(f"「{node}」だけなら {alone}件、「{node}」を外すと {without}件です。")
        return tuple(lines)


math_inf = float("inf")
