"""The hits of a query in order, as they are shown."""

from collections.abc import Callable, Iterable

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
        for group in groups:
            if end is None or len(order) < end:
                order += self._sorted(asked.hits.of_group(group), asked, sort)
        page = [asked.hits.found(item, asked.scores.get(item, 0.0)) for item in order[first:end]]
        said = self._said(asked) if any(_GROUPS[each.group] == "related" for each in page) else {}
        return tuple(
            self._hit(each, asked.plan, {word for word, items in said.items() if each.item in items}) for each in page
        )

    def _sorted(self, items: list[int], asked: Asked, sort: str) -> list[int]:
        """Return items of one group in order; those that nothing tells apart stay in order of the papers."""
        weight = asked.scores.get
        if sort == "document":
            return items
        if sort == "relevance":
            return sorted(items, key=lambda item: -weight(item, 0.0))
        key = self._key(sort)
        return [each.item for each in sorted(map(asked.hits.found, items), key=key)]

    def _key(self, sort: str) -> Callable[[Found], float]:
        """Return what puts hits in order; what has no sum, year or change comes last."""
        match sort:
            case "amount":
                return lambda each: min(self._sums(each), default=_LAST)
            case "-amount":
                return lambda each: -max(self._sums(each), default=-_LAST)
            case "year":
                return self._year
            case "change":
                return lambda each: _LAST if (by := self._change(each)) is None else -by
            case _:
                raise ValueError(f"sort={sort!r}")

    def _sums(self, found: Found) -> list[int]:
        """Return the sums of a hit that answered as surely as it does."""
        return [self._yen[record] for record in found.records[: found.own] if self._role[record]]

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

    def _said(self, asked: Asked) -> dict[Words | Beginning, set[int]]:
        """Return the items whose own text says each word."""
        said = {}
        for word in dict.fromkeys(sought(asked.plan)):
            own, near, _ = self._engine.standing(word, asked.memory)
            said[word] = self._engine.items_with([*own, *near])
        return said

    def _hit(self, found: Found, plan: Plan, said: set[Words | Beginning]) -> Hit:
        item, words = self._catalog.item(found.item), sought(plan)
        matched = self._matched(found) if item.amounts else ()
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

    def _matched(self, found: Found) -> tuple[int, ...]:
        """Return which of the item's amounts answered."""
        first = self._catalog.item_first[found.item]
        return tuple(record - first for record in found.records)

    def _repeat(self, item: int) -> Repeat:
        amount = self._catalog.amount(self._catalog.item_first[item])
        flags = amount.flags if amount else ()
        return Repeat(self._catalog.place(item), "later" if "later" in flags else "repeated")
