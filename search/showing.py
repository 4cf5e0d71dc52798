"""The hits of a query in order, as they are shown."""

from collections.abc import Callable, Iterable, Mapping
from heapq import nlargest
from itertools import islice

from index.store.catalog import Catalog
from search import snippets
from search.asked import Asked
from search.engine import Engine
from search.hits import Found
from search.plan import Beginning, Plan, Words, sought
from search.results import GROUPS, Hit, Repeat

_GROUPS = tuple(GROUPS)
_LAST = float("inf")


class Showing:
    """Puts the hits of a query in order, and makes those that are shown."""

    def __init__(self, catalog: Catalog, engine: Engine) -> None:
        self._catalog = catalog
        self._engine = engine
        numbers = catalog.columns.numbers
        self._yen, self._role, self._years = (numbers(f"record.{name}") for name in ("yen", "role", "years"))

    def hits(self, asked: Asked, groups: Iterable[int], sort: str, first: int, end: int | None) -> tuple[Hit, ...]:
        """Return the hits of some groups from `first` to before `end`; a group that is not reached is not sorted."""
        order: list[int] = []
        scores: dict[int, float] = {}
        for group in groups:
            if end is None or len(order) < end:
                limit = None if end is None else end - len(order)
                order += self._sorted(asked, group, sort, limit, scores)
        if sort != "relevance":
            scores = asked.scores(self._engine.items.set(order[first:end]))
        page = [asked.hits.found(item, scores.get(item, 0.0)) for item in order[first:end]]
        related = any(_GROUPS[each.group] == "related" for each in page)
        said = {word: self._engine.saying(word, asked.memory) for word in sought(asked.plan)} if related else {}
        return tuple(
            self._hit(each, asked.plan, {word for word, items in said.items() if self._is_in(each.item, items)})
            for each in page
        )

    def _sorted(self, asked: Asked, group: int, sort: str, limit: int | None, scores: dict[int, float]) -> list[int]:
        """Return the items of one group in order, `limit` of them at least; `scores` is filled where they are needed.

        Those that nothing tells apart stay in order of the papers.
        """
        items, every = self._engine.items, asked.hits.groups[group]
        if not every:
            return []
        match sort:
            case "document":
                return list(islice(items.first(every), limit))
            case "relevance":
                scores |= (weighed := asked.scores(every, limit))
                best = _best(weighed, limit)
                if limit is None or len(best) < limit:
                    best += islice((item for item in items.first(every) if item not in weighed), limit)
                return best
            case "amount" | "-amount":
                sums = self._with_sums(asked, group, limit, largest=sort == "-amount")
                if limit is None or len(sums) < limit:
                    known = frozenset(sums)
                    sums += islice((item for item in items.first(every) if item not in known), limit)
                return sums
            case _:
                found = sorted(map(asked.hits.found, items.numbers(every)), key=self._key(sort))
                return [each.item for each in found]

    def _with_sums(self, asked: Asked, group: int, limit: int | None, *, largest: bool) -> list[int]:
        """Return items of a group by the largest, or smallest, of the sums that answer as surely as they do."""
        own = asked.hits.own(group)
        if limit is not None:
            own = self._engine.records.outermost(own, limit, largest=largest)
        sign, sums = (-1 if largest else 1), dict[int, int]()
        for record in self._engine.records.sets.numbers(own):
            item, yen = self._catalog.record_item[record], sign * self._yen[record]
            if item not in sums or yen < sums[item]:
                sums[item] = yen
        return sorted(sums, key=sums.__getitem__)

    def _key(self, sort: str) -> Callable[[Found], float]:
        """Return what puts hits in order; what has no sum, year or change comes last."""
        match sort:
            case "year":
                return self._year
            case "change":
                return lambda each: _LAST if (by := self._change(each)) is None else -by
            case _:
                raise ValueError(f"sort={sort!r}")

    def _year(self, found: Found) -> float:
        codes = {self._years[record] for record in found.records[: found.own]}
        return max((year for code in codes for year in self._catalog.years(code)), default=_LAST)

    def _change(self, found: Found) -> int | None:
        """Return the change against the year before of the first record that has one beside it."""
        for record in found.records:
            previous = self._catalog.previous(record)
            if previous is not None:
                return self._yen[record] - self._yen[previous]
        return None

    def _is_in(self, item: int, items: int) -> bool:
        return bool(self._engine.items.set((item,)) & items)

    def _hit(self, found: Found, plan: Plan, said: set[Words | Beginning]) -> Hit:
        item = self._catalog.item(found.item)
        words = snippets.standing(item, sought(plan))
        matched = self._matched(found) if item.amounts else ()
        group = _GROUPS[found.group]
        return Hit(
            item,
            group,
            matched,
            snippets.reason(item, matched, group, plan, said, words),
            snippets.mark(item.name, words, "passage" if item.kind == "passage" else "name"),
            snippets.snippet(item, matched, words),
            tuple(self._repeat(each) for each in found.repeats),
            round(found.score, 4),
            self._change(found),
        )

    def _matched(self, found: Found) -> tuple[int, ...]:
        """Return which of the item's amounts answered."""
        first = self._catalog.item_first[found.item]
        return tuple(record - first for record in found.records)

    def _repeat(self, item: int) -> Repeat:
        amount = self._catalog.amount(self._catalog.item_first[item])
        flags = amount.flags if amount else ()
        return Repeat(self._catalog.place(item), "later" if "later" in flags else "repeated")


def _best(scores: Mapping[int, float], limit: int | None) -> list[int]:
    """Return what has the highest scores, `limit` of them or as many as are equal to the last one of these."""
    if limit is not None and len(scores) > limit:
        least = nlargest(limit, scores.values())[-1]
        scores = {item: score for item, score in scores.items() if score >= least}
    return sorted(scores, key=lambda item: (-scores[item], item))
