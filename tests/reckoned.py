"""Sums reckoned slowly: every amount is read from its item, and no column of the store is asked.

What may be added up is written down here a second time, as docs/architecture.md says it. What words mean is shared:
which names are one programme in print, whose a paper is, what the last digit of a printed sum is worth.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from index.document import ROWS, About, Amount, Item
from index.programme import (
    half_of,
    is_generic,
    is_revenue,
    is_transfer,
    programme_key,
    programme_of,
    round_of,
)
from index.publisher import bodies, local_publisher
from index.rounding import last_digit
from index.text import fold
from index.totals import WHOLE_COST
from tests.reference import alone

LONG_NAME = 12
GAP = 2

When = tuple[tuple[int, ...], str | None]


class Sum(NamedTuple):
    """One amount: its paper, item and itself by their positions."""

    paper: int
    item: int
    amount: int


class Tally(NamedTuple):
    """What is counted of one combination of fiscal years and one stage; what is left out, why, and for which other."""

    counted: list[Sum]
    left: dict[Sum, tuple[str, Sum | None]]


class Book:
    """All papers, with what is known of each."""

    def __init__(self, abouts: Sequence[About], papers: Sequence[Sequence[Item]]) -> None:
        self.abouts = abouts
        self.papers = papers

    def tallies(self, sums: Iterable[Sum]) -> dict[When, Tally]:
        """Return what may be added up of some amounts, by fiscal years and stage."""
        found: dict[When, list[Sum]] = {}
        for each in sorted(sums):
            amount = self.amount(each)
            found.setdefault((amount.years, amount.stage), []).append(each)
        return {when: self._tally(some) for when, some in found.items()}

    def _tally(self, sums: Sequence[Sum]) -> Tally:
        reasons = {each: self.reason(each) for each in sums}
        countable = [each for each in sums if not reasons[each]]
        groups: dict[object, list[Sum]] = {}
        for each in countable:
            groups.setdefault(self._identity(each), []).append(each)
        left: dict[Sum, tuple[str, Sum | None]] = {}
        for group in groups.values():
            left |= dict(self._repeats(group)) if len(group) > 1 else {}
        for each in [each for each in countable if each not in left]:
            whole = next((other for other in self._wholes(each) if other in countable and other != each), None)
            if whole:
                left[each] = "part", whole
        for each, reason in reasons.items():
            if reason in ("repeated", "later"):
                group = groups.get(self._identity(each), [])
                left[each] = reason, next((one for one in group if one not in left), None) or self._marked_one(each)
            elif reason:
                left[each] = reason, None
        return Tally([each for each in countable if each not in left], left)

    def item(self, each: Sum) -> Item:
        """Return the item of an amount."""
        return self.papers[each.paper][each.item]

    def amount(self, each: Sum) -> Amount:
        """Return the amount itself."""
        return self.item(each).amounts[each.amount]

    def reason(self, each: Sum) -> str | None:
        """Return why an amount is in no sum, whatever stands beside it."""
        item, amount = self.item(each), self.amount(each)
        said = alone(amount)
        if said:
            return said
        if is_transfer(self.name(each)):
            return "transfer"
        half = next((of for title in reversed(item.heading_path) if (of := half_of(title)) is not None), None)
        if is_revenue(item.name) if half is None else half:
            return "revenue"
        return "prose" if item.kind == "passage" and not amount.label else None

    def name(self, each: Sum) -> str:
        """Return what all names of an amount's programme share, empty for what is no name of one."""
        item = self.item(each)
        if (each.paper, each.item) in self._with_id:
            return self._with_id[each.paper, each.item]
        key = self._key(item, self.amount(each))
        return self._same_as.get(key, key)

    def _key(self, item: Item, amount: Amount) -> str:
        name = programme_of(item, amount)
        return "" if item.kind == "subject" or is_generic(name) else programme_key(name)

    # -- programmes with an ID

    @cached_property
    def _named(self) -> list[tuple[int, str, str, tuple[int, int]]]:
        """The items with an ID that stands once in their paper: year, ID, key, place; by years."""
        found = []
        for paper, items in enumerate(self.papers):
            counts = Counter(item.number for item in items if item.kind == "programme")
            for at, item in enumerate(items):
                if item.kind == "programme" and item.number and counts[item.number] == 1:
                    year = self.abouts[paper].year or 0
                    found.append((year, item.number, programme_key(item.name), (paper, at)))
        return sorted(found, key=lambda each: each[0])

    @cached_property
    def _own_keys(self) -> dict[str, list[str]]:
        """The names of each ID that no other ID bears, the last one last."""
        bearers: dict[str, set[str]] = {}
        for _, id_, key, _ in self._named:
            bearers.setdefault(key, set()).add(id_)
        own: dict[str, list[str]] = {id_: [] for _, id_, _, _ in self._named}
        for _, id_, key, _ in self._named:
            if len(bearers[key]) == 1 and not is_generic(key):
                own[id_].append(key)
        return own

    @cached_property
    def _with_id(self) -> dict[tuple[int, int], str]:
        last = {id_: key for _, id_, key, _ in self._named}
        names = {id_: own[-1] if own else f"{last[id_]} {id_}" for id_, own in self._own_keys.items()}
        return {place: names[id_] for _, id_, _, place in self._named}

    @cached_property
    def _same_as(self) -> dict[str, str]:
        return {key: own[-1] for own in self._own_keys.values() for key in own}

    # -- each programme once

    def _identity(self, each: Sum) -> object:
        name, item = self.name(each), self.item(each)
        if name:
            return name, local_publisher(self.abouts[each.paper].publisher)
        return each.paper, fold(item.name), self._heading(each)

    def _heading(self, each: Sum) -> tuple[int, tuple[str, ...]]:
        """Return the heading of an item, and the first item under it: the same titles may come again in a paper."""
        items, path = self.papers[each.paper], self.item(each).heading_path
        first = each.item
        while first and items[first - 1].heading_path[: len(path)] == path:
            first -= 1
        return first, path

    def _whose(self, each: Sum) -> frozenset[str]:
        publisher = self.abouts[each.paper].publisher
        return frozenset() if local_publisher(publisher) else bodies(publisher)

    def _round(self, each: Sum) -> str:
        amount = self.amount(each)
        return round_of(amount.label or amount.written)

    def _repeats(self, group: Sequence[Sum]) -> Iterator[tuple[Sum, tuple[str, Sum | None]]]:
        """Yield what amounts of one name, year and stage say again."""
        apart = self._apart(group)
        left = {each: why for some in apart for each, why in self._again(some)}
        if len(apart) > 1 and len(self.name(group[0])) >= LONG_NAME:
            kept: list[Sum] = []
            for each in (each for some in apart for each in some if each not in left):
                same = next((one for one in kept if self._same(one, each)), None)
                if same:
                    left[each] = "again", same
                else:
                    kept.append(each)
        yield from left.items()

    def _apart(self, group: Sequence[Sum]) -> list[list[Sum]]:
        """Return amounts by the bodies and the supplementary budget that they are of; who says neither joins a sum."""
        if len({each.paper for each in group}) == 1 and not any(map(self._round, group)):
            return [list(group)]
        found: list[tuple[set[str], str, list[Sum]]] = []
        for each in sorted(group, key=lambda each: (not self._whose(each), not self._round(each), each)):
            who, which = self._whose(each), self._round(each)
            fitting = [
                one for one in found if (not who or not one[0] or who & one[0]) and (not which or which == one[1])
            ]
            of_sum = [one for one in fitting if self._yen(each) in map(self._yen, one[2])]
            if fitting:
                chosen = (of_sum or fitting)[0]
                chosen[2].append(each)
                chosen[0].update(who)
            else:
                found.append((set(who), which, [each]))
        return [some for _, _, some in found]

    def _again(self, group: Sequence[Sum]) -> Iterator[tuple[Sum, tuple[str, Sum | None]]]:
        latest = max(group, key=lambda each: self.abouts[each.paper].date or "").paper
        exact = len({self._yen(each) for each in group}) == 1
        kept: list[Sum] = []
        for each in sorted(group, key=lambda each: self._worth(each, latest, exact)):
            same = next((one for one in kept if self._same(one, each)), None)
            if same:
                yield each, ("again", same)
            elif each.paper == latest:
                kept.append(each)
            else:
                yield each, ("elsewhere", kept[0])
        accounts = [each for each in kept if self.amount(each).account]
        costs = [self._is_whole_cost(each) for each in kept]
        for each, cost in zip(kept, costs, strict=True):
            unmarked = not self.amount(each).account
            if (unmarked and len(accounts) > 1 and sum(map(self._yen, accounts)) == self._yen(each)) or (
                cost and not all(costs)
            ):
                yield each, ("total", None)

    def _worth(self, each: Sum, latest: int, exact: bool) -> tuple[object, ...]:
        amount = self.amount(each)
        digit = 0 if exact else self._digit(each)
        return each.paper != latest, digit, not amount.account, not self._is_cell(each), bool(amount.label), each

    def _same(self, one: Sum, other: Sum) -> bool:
        """Say whether two amounts are one: the same sum, or the other rounded."""
        mine, its = self.amount(one), self.amount(other)
        if mine.account and its.account and mine.account != its.account:
            return False
        if self._is_cell(one) and self._is_cell(other) and mine.label != its.label:
            return False
        if self._round(one) and self._round(other) and self._round(one) != self._round(other):
            return False
        if self._are_other_rows(one, other):
            return False
        digits = self._digit(one), self._digit(other)
        rounded = digits[0] != digits[1] and 2 * abs(mine.yen - its.yen) <= max(digits)
        return mine.yen == its.yen or rounded

    def _are_other_rows(self, one: Sum, other: Sum) -> bool:
        """Say whether two amounts stand in rows of one table that differ in another cell, or in their group."""
        if one.paper != other.paper or one.item == other.item:
            return False
        first, last = sorted((one.item, other.item))
        items = self.papers[one.paper]
        if {items[first].kind, items[last].kind} != {"row"}:
            return False
        if (items[first].text, items[first].heading_path) == (items[last].text, items[last].heading_path):
            return False
        return all(
            items[at].kind == "row" and 0 <= items[at].place.line - items[at - 1].place.end_line <= GAP
            for at in range(first + 1, last + 1)
        )

    def _is_whole_cost(self, each: Sum) -> bool:
        label = self.amount(each).label
        return bool(label) and not self._is_cell(each) and WHOLE_COST.search(label or "") is not None

    def _is_cell(self, each: Sum) -> bool:
        return self.item(each).kind in ROWS

    def _digit(self, each: Sum) -> int:
        return last_digit(self.amount(each).written, self._yen(each))

    def _yen(self, each: Sum) -> int:
        return self.amount(each).yen

    # -- other amounts of the paper

    def _of_paper(self, paper: int) -> Iterator[Sum]:
        for at, item in enumerate(self.papers[paper]):
            yield from (Sum(paper, at, number) for number in range(len(item.amounts)))

    def _marked_one(self, each: Sum) -> Sum | None:
        """Return the first amount of the paper that the mark of a repeat may speak of."""
        mine = self.amount(each)
        for other in self._of_paper(each.paper):
            its = self.amount(other)
            marks = {"repeated", "later"} & set(its.flags)
            alike = (its.years, its.stage, its.role) == (mine.years, mine.stage, "own")
            if alike and not marks and self.name(other) == self.name(each):
                return other
        return None

    def _wholes(self, each: Sum) -> Iterator[Sum]:
        """Yield the amounts of other items of its paper as a うち of which an amount is printed, too."""
        mine = self.amount(each)
        if not self.name(each):
            return
        for part in self._of_paper(each.paper):
            its = self.amount(part)
            if its.role != "part" or (its.years, its.stage, its.yen) != (mine.years, mine.stage, mine.yen):
                continue
            if self.name(part) == self.name(each):
                yield from (whole for whole in self._beside(part) if whole.item != each.item)

    def _beside(self, part: Sum) -> list[Sum]:
        """Return the own amounts of a part's years and stage of its item, or else of the item before."""
        its = self.amount(part)
        for at in (part.item, part.item - 1):
            amounts = self.papers[part.paper][at].amounts if at >= 0 else ()
            when = [
                Sum(part.paper, at, number)
                for number, each in enumerate(amounts)
                if each.role == "own" and (each.years, each.stage) == (its.years, its.stage)
            ]
            if when:
                return when
        return []
