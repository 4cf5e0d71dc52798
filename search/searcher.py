"""A query into a page of results: parse, plan, find, sort, show."""

import time
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index import store
from index.document import About, Item, Remainder
from index.errors import Absent
from index.store.catalog import Catalog
from index.store.columns import Columns
from search.asked import Asked
from search.engine import Engine, Memory
from search.grammar import check, parse
from search.lexicon import Lexicon
from search.plan import Beginning, Plan, Words, sought
from search.planner import Planner, any_word
from search.reading import read_back
from search.results import GROUPS, SORTS, ResultPage, Suggestion
from search.showing import Showing

if TYPE_CHECKING:  # what a lookup does not need is imported by the methods that do
    from search.figures import CheckPage, ComparePage, FacetPage, Gist, HistoryPage, LinkPage, Point, TotalPage
    from search.meant import Meant
    from search.reckoning import Reckoning
    from search.vocabulary import Vocabulary

_LISTED, _COUNTS = 8, 1024
_DIGITS = 9
"""No line has a number of more."""

_KEPT = 4
"""So many queries are kept as they were answered last."""


class Searcher:
    """Answers queries from one store; safe to share between threads."""

    def __init__(self, columns: Columns, path: Path) -> None:
        self.path = path
        self.catalog = Catalog(columns)
        self._lexicon = Lexicon(columns)
        self._engine = Engine(columns, self.catalog)
        self._showing = Showing(self.catalog, self._engine)
        self._kept = lru_cache(maxsize=_KEPT)(self._read)

    @classmethod
    def open(cls, path: str | Path | None = None) -> "Searcher":
        """Return a searcher of the store in the folder `path`, or of the user's own. Raises StoreError."""
        folder = Path(path) if path is not None else store.default_store()
        return cls(store.open_columns(folder), folder)

    @property
    def outdated(self) -> str | None:
        """What to say where the store was made with another dictionary or table of synonyms, and still answers."""
        return self.catalog.columns.outdated

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
        if sort not in SORTS or only not in (None, *GROUPS):
            raise ValueError(f"sort={sort!r}, only={only!r}")
        asked = self._asked(query, match)
        groups = [number for number, group in enumerate(GROUPS) if only in (None, group)]
        counts, amounts = asked.hits.counts(), asked.hits.amounts()
        diagnosis: tuple[str, ...] = ()
        suggestions: tuple[str, ...] = ()
        if not asked.hits:
            diagnosis, suggestions = self._diagnosed(asked), self._meant(asked).queries(asked.tree)
        elif not sum(counts[group] for group in groups):
            from search.diagnosis import elsewhere

            diagnosis = elsewhere(str(only), dict(zip(GROUPS, counts, strict=True)))
        first = max(0, offset)
        return ResultPage(
            str(asked.tree),
            read_back(asked.tree),
            self._showing.hits(asked, groups, sort, first, first + limit if limit else None),
            {group: counts[number] if number in groups else 0 for number, group in enumerate(GROUPS)},
            sum(amounts[group] for group in groups),
            first,
            limit or None,
            sort,
            time.perf_counter() - began,
            diagnosis,
            suggestions,
        )

    def total(self, query: str, *, by: str | None = None, match: str = "all") -> "TotalPage":
        """Return the sums of the amounts that answer `query`, by fiscal years and stage, each programme's own once.

        They are those of the certain hits; the amounts of the others are told apart. `by` is a key of BREAKDOWNS.
        Raises QueryError.
        """
        return self._reckoning.total(self._asked(query, match), by)

    def reconcile(self, document: str, heading: str | None = None) -> "CheckPage":
        """Return every printed total of a paper, or of the headings that hold the words of `heading`, and its parts.

        Raises Absent where there is no such paper, HeadingError where no such heading prints a total.
        """
        from search.reconcile import reconcile

        about = self.catalog.about(self._paper(document))
        lines = store.paper(self.path, document, self.catalog.columns.path.parent).lines
        return reconcile(about, self.items(document), [each.text for each in lines], heading)

    def points(self, query: str) -> "tuple[Point, ...]":
        """Return the safe sums of `query` alone, by fiscal years and stages; None is one of which nothing is counted.

        Raises QueryError.
        """
        return self._reckoning.points(self._asked(query))

    def gists(self, query: str, *, match: str = "all") -> "tuple[Gist, ...]":
        """Return the points of `query`, each beside its naive sum: a total without its amounts. Raises QueryError."""
        return self._reckoning.gists(self._asked(query, match))

    def history(self, programme: str) -> "HistoryPage":
        """Return the history of one programme: `programme` is its name, a part of it, its label, or a place.

        Raises QueryError where there is none, or several.
        """
        check(programme)
        return self._reckoning.history(programme)

    def programmes(self, words: str = "") -> "LinkPage":
        """Return which names of programmes belong together between the papers; only those that hold `words`."""
        check(words)
        return self._reckoning.programmes(words)

    def facets(self, query: str, *, match: str = "all") -> "FacetPage":
        """Return how the hits of `query` divide by document, year, stage, account and so on. Raises QueryError."""
        return self._reckoning.facets(self._asked(query, match))

    def compare(self, words: Sequence[str]) -> "ComparePage":
        """Return what changed between the sides that begin `words`: papers, fiscal years, stages, or 2024当初.

        The rest of `words` is a query that both sides are narrowed to. A paper alone is compared with the year before
        that it prints. Raises QueryError.
        """
        check(" ".join(words))
        return self._reckoning.compare(words, self._asked)

    def suggest(self, prefix: str, limit: int = 20) -> list[Suggestion]:
        """Return what the last word of `prefix`, a query while it is typed, may become, the most useful first."""
        from search.suggest import Suggester

        return Suggester(self._vocabulary, self.catalog, self._counted).suggest(prefix, limit)

    def documents(self) -> list[About]:
        """Return what is known of each paper in the store."""
        return [self.catalog.about(number) for number in range(self.catalog.papers)]

    def items(self, document: str) -> list[Item]:
        """Return the items of a paper in order, passages without amounts left out. Raises StoreError."""
        items = map(self.catalog.item, self.catalog.items_of(self._paper(document)))
        return [each for each in items if each.kind != "passage" or each.amounts]

    def items_at(self, place: str) -> list[Item]:
        """Return the items at a place such as ``monozukuri-2025:61``. Raises Absent where there are none."""
        document, _, line = place.rpartition(":")
        if not document or not line.isdecimal() or len(line) > _DIGITS:
            raise Absent(f"「{place}」は場所として読めません。文書:行（例 monozukuri-2025:61）の形で書いてください。")
        found = self.catalog.items_at(self._paper(document), int(line))
        if not found:
            raise Absent(f"文書 {document} の{line}行目には施策がありません。seisaku items {document} で一覧できます。")
        return [self.catalog.item(each) for each in found]

    def lines(self, item: Item, around: int = 0) -> list[tuple[int, str]]:
        """Return the lines of an item as they stand in the paper, with their numbers. Raises StoreError.

        With `around`, so many lines before and after them too.
        """
        lines = store.paper(self.path, item.place.document, self.catalog.columns.path.parent).lines
        first, last = max(0, item.place.line - 1 - around), item.place.end_line + around
        return [(each.number, each.text) for each in lines[first:last]]

    def remainders(self, document: str) -> list[Remainder]:
        """Return what was not understood of a paper. Raises StoreError."""
        return list(self.catalog.remainders(self._paper(document)))

    def explain(self, query: str) -> list[str]:
        """Return in Japanese how `query` is read, and what each word stands for besides itself. Raises QueryError."""
        asked = self._asked(query)
        lines = [f"検索式: {asked.tree}", f"読み方: {read_back(asked.tree)}"]
        for word in dict.fromkeys(sought(asked.plan)):
            same, kin = (word.spellings[1:], word.kin) if isinstance(word, Words) else ((), ())
            for others, what in ((same, "と同じとみなす言葉"), (kin, "に近い言葉（関連に出す）")):
                if others:
                    lines.append(f"  「{_typed(word)}」{what}: {'、'.join(each.folded for each in others)}")
        return lines

    # -- what the methods share

    def _asked(self, query: str, match: str = "all") -> Asked:
        """Return a query with what is known of its answers; the last few are kept."""
        if match not in ("all", "any"):
            raise ValueError(f"match={match!r}")
        return self._kept(query, match)

    def _read(self, query: str, match: str) -> Asked:
        tree = parse(query) if match == "all" else any_word(parse(query))
        return Asked(query, tree, self._planner(query).plan(tree), self._engine)

    def _planner(self, query: str) -> Planner:
        return Planner(self._lexicon, self.catalog, query)

    def _planned(self, query: str) -> Plan:
        return self._planner(query).plan(parse(query))

    def _diagnosed(self, asked: Asked) -> tuple[str, ...]:
        """Return why a query has no hits."""
        from search.diagnosis import diagnose

        return diagnose(asked.tree, asked.plan, asked.count, self.catalog, self._meant(asked).others)

    def _meant(self, asked: Asked) -> "Meant":
        from search.meant import Meant

        return Meant(self._vocabulary, self._planner(asked.text).plan, asked.count)

    def _count(self, query: str) -> int:
        """Return how many hits a query has."""
        return self._engine.count(self._planned(query), Memory())

    @cached_property
    def _counted(self) -> Callable[[str], int]:
        """`_count`, kept for the words that come again with each letter that is typed."""
        return lru_cache(maxsize=_COUNTS)(self._count)

    @cached_property
    def _vocabulary(self) -> "Vocabulary":
        from search.vocabulary import Vocabulary

        return Vocabulary(self.catalog.columns, self._engine.stretches)

    @cached_property
    def _reckoning(self) -> "Reckoning":
        from search.reckoning import Reckoning

        return Reckoning(self._engine, self.catalog, self._planned, self._diagnosed)

    def _paper(self, document: str) -> int:
        paper = self.catalog.paper(document)
        if paper is None:
            import difflib

            ids = [each.id for each in self.documents()]
            near = difflib.get_close_matches(document, ids, _LISTED, 0.5)
            some = "、".join(near or ids[:_LISTED]) or "まだ何も"
            what = "近いのは" if len(near) < len(ids) and near else "あるのは"
            more = " など" if not near and len(ids) > _LISTED else ""
            raise Absent(f"文書 {document} は索引にありません。{what} {some}{more} です。")
        return paper


def _typed(word: Words | Beginning) -> str:
    return word.text if isinstance(word, Words) else word.folded
