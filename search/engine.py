"""A plan into hits: every record that answers, and how surely.

A set of records is a whole number with one byte a record, 1 for those in it: joining, meeting and leaving out are
single operations of Python's, however many records there are. A condition is looked up once for each value that
a column holds, and then translated for all records at once.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple, assert_never

from index.catalog import Catalog
from index.columns import Columns
from index.flat import BANDS, BOUND_CODES, FIELD_CODES, FLAG_CODES, NONE, POSITION_BITS, ROLE_CODES, STAGE_CODES
from index.schema import FIELDS
from search.plan import (
    Account,
    And,
    Beginning,
    Change,
    Choice,
    Flag,
    Has,
    Money,
    Not,
    Or,
    Papers,
    Plan,
    Words,
    Years,
    on_amounts,
    roles,
)

_OPEN = tuple(code for code, bound in enumerate(BOUND_CODES) if bound in ("portion", "ceiling"))
_K1, _B = 1.2, 0.75
_UNIT_BONUS = 1.3


class Answer(NamedTuple):
    """Sets of records: those that answer surely, those that may, and those whose words only stand near."""

    sure: int
    may: int
    near: int


class Found(NamedTuple):
    """An item that answers: its group, the records that do, its score, the items that repeat it.

    The groups are 0 certain, 1 possible, 2 related.
    """

    item: int
    group: int
    records: tuple[int, ...]
    score: float
    repeats: tuple[int, ...] = ()


class Engine:
    """Answers plans from the columns of one store."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._columns = columns
        self._catalog = catalog
        self._size = len(catalog.record_item)
        self.all = int.from_bytes(b"\1" * self._size, "little")
        self._cache: dict[str, bytes] = {}
        self._terms = columns.strings("term")
        self._starts = columns.numbers("occurrence.starts")
        self._occurrences = columns.numbers("occurrence")
        self._field = columns.numbers("stretch.field")
        self._first = columns.numbers("stretch.first")
        self._end = columns.numbers("stretch.end")
        self._length = columns.numbers("stretch.length")
        self._text_starts = columns.numbers("stretch.starts")

    def search(self, plan: Plan) -> list[Found]:
        """Return every item that answers `plan`, in order of the papers; repeats are folded under what they repeat."""
        universe = self._universe(plan)
        scores: dict[int, float] = {}
        answer = self._answer(plan, universe, scores)
        groups = (answer.sure, answer.may & ~answer.sure, answer.near & ~answer.may)
        return self._folded(self._by_item(groups, scores))

    def count(self, plan: Plan) -> int:
        """Return how many items answer `plan`, whatever the group."""
        return len(self.search(plan))

    # -- sets of records

    def _universe(self, plan: Plan) -> int:
        """Return the records that may answer: sums of the year before and parts only where they are asked for by name.

        Where no condition is on amounts, an item that has nothing but such sums answers with them.
        """
        asked = roles(plan)
        usual_roles = [
            code for code, role in enumerate(ROLE_CODES) if role not in ("previous", "part") or role in asked
        ]
        usual = self._where("record.role", usual_roles)
        if on_amounts(plan):
            return usual
        others = bytearray((self.all ^ usual).to_bytes(self._size, "little"))
        kept = usual.to_bytes(self._size, "little")
        item_first, record_item = self._catalog.item_first, self._catalog.record_item
        position = others.find(1)
        while position >= 0:
            item = record_item[position]
            first, end = item_first[item], item_first[item + 1]
            if kept.find(1, first, end) >= 0:
                others[first:end] = bytes(end - first)
            position = others.find(1, end)
        return usual | int.from_bytes(others, "little")

    def _where(self, column: str, codes: Iterable[int]) -> int:
        """Return the records whose value in a column of small numbers is one of `codes`."""
        wanted = set(codes)
        if self._columns.table[column][0] not in ("B", "-"):
            values = self._columns.numbers(column)
            return int.from_bytes(bytes(value in wanted for value in values), "little")
        if column not in self._cache:
            self._cache[column] = bytes(self._columns.data(column))
        return int.from_bytes(self._cache[column].translate(bytes(code in wanted for code in range(256))), "little")

    def _records(self, stretches: Iterable[int], whole_items: bool = False) -> int:
        """Return the records that some stretches of text find; with `whole_items` all those of their items."""
        flags = bytearray(self._size)
        first, end = self._first, self._end
        label = FIELD_CODES.index("label")
        for each in stretches:
            start, stop = first[each], end[each]
            if whole_items and self._field[each] == label:
                item = self._catalog.record_item[start]
                start, stop = self._catalog.item_first[item], self._catalog.item_first[item + 1]
            flags[start:stop] = b"\1" * (stop - start)
        return int.from_bytes(flags, "little")

    # -- plans

    def _answer(self, plan: Plan, universe: int, scores: dict[int, float]) -> Answer:
        """Return which records of `universe` answer `plan`; scores of items go to `scores`."""
        match plan:
            case And(operands):
                parts = [self._answer(each, universe, scores) for each in operands]
                sure, may, near = parts[0]
                for part in parts[1:]:
                    sure, may, near = sure & part.sure, may & part.may, near & part.near
                return Answer(sure, may, near)
            case Or(operands):
                parts = [self._answer(each, universe, scores) for each in operands]
                sure, may, near = parts[0]
                for part in parts[1:]:
                    sure, may, near = sure | part.sure, may | part.may, near | part.near
                return Answer(sure, may, near)
            case Not(operand):
                inner = self._answer(operand, universe, {})
                return Answer(universe & ~inner.may, universe & ~inner.sure, universe & ~inner.sure)
            case Words() | Beginning():
                return self._words(plan, universe, scores)
            case _:
                sure, may = self._condition(plan)
                return Answer(sure & universe, may & universe, may & universe)

    def _condition(self, plan: Plan) -> tuple[int, int]:
        """Return the records that a condition holds for surely, and those that it may hold for."""
        match plan:
            case Money(low, high):
                return self._money(low, high)
            case Years(low, high):
                known = self._catalog.all_years()
                codes = [code for code, years in enumerate(known) if any(_between(year, low, high) for year in years)]
                found = self._where("record.years", codes)
            case Choice(column, values):
                table = {"stage": STAGE_CODES, "bound": BOUND_CODES, "role": ROLE_CODES}[column]
                found = self._where(f"record.{column}", [code for code, each in enumerate(table) if each in values])
                found &= self._with_amount()
            case Account(marks):
                accounts = self._catalog.accounts()
                found = self._where("record.account", [code for code, each in enumerate(accounts) if each in marks])
                partly = [code for code, each in enumerate(accounts) if each[:2] == "一部" and each[2:] in marks]
                return found, found | self._where("record.account", partly)
            case Flag(name):
                bit = 1 << FLAG_CODES.index(name)
                found = self._where("record.flags", [code for code in range(256) if code & bit])
            case Change(low, high, share):
                return self._change(low, high, share)
            case Papers(numbers):
                first = self._catalog.paper_first
                ranges = [(self._catalog.item_first[first[n]], self._catalog.item_first[first[n + 1]]) for n in numbers]
                found = self._ranges(ranges)
            case Has(name):
                found = self._has(name)
            case Words() | Beginning() | And() | Or() | Not():
                raise AssertionError(plan)
            case _:
                assert_never(plan)
        return found, found

    def _with_amount(self) -> int:
        return self._where("record.role", range(1, len(ROLE_CODES)))

    def _money(self, low: int | None, high: int | None) -> tuple[int, int]:
        """Return the records whose sum surely, and may, lie between two ends.

        A portion or a ceiling stands for all from nothing to the printed sum.
        """
        amounts = self._with_amount()
        printed = self._yen(low, high) & amounts
        open_ = self._where("record.bound", _OPEN) & amounts
        below = self._yen(None, high) & open_ if low is None or low <= 0 else 0
        reaching = self._yen(low, None) & open_ if high is None or high >= 0 else 0
        return (printed & ~open_) | below, (printed & ~open_) | reaching

    def _yen(self, low: int | None, high: int | None) -> int:
        """Return the records whose printed sum lies between two ends: whole bands, and single sums at both edges."""
        yen, order = self._columns.numbers("record.yen"), self._columns.numbers("record.by_yen")
        first = 0 if low is None else bisect_left(order, low, key=yen.__getitem__)
        end = len(order) if high is None else bisect_right(order, high, key=yen.__getitem__)
        if first >= end:
            return 0
        band = [rank * BANDS // len(order) for rank in (first, end - 1)]
        inner = range(band[0] + 1, band[1])
        flags = bytearray(self._where("record.band", inner).to_bytes(self._size, "little"))
        edge = -(-len(order) // BANDS) + 1
        for rank in range(first, min(end, first + edge)):
            flags[order[rank]] = 1
        for rank in range(max(first, end - edge), end):
            flags[order[rank]] = 1
        return int.from_bytes(flags, "little")

    def _change(self, low: int | None, high: int | None, share: bool) -> tuple[int, int]:
        """Return the records whose change against the year before surely, and may, lie between two ends."""
        yen, before, bound = (self._columns.numbers(f"record.{name}") for name in ("yen", "previous", "bound"))
        sure, may = bytearray(self._size), bytearray(self._size)
        for record in range(self._size):
            previous = before[record]
            if previous == NONE or (share and not yen[previous]):
                continue
            change = yen[record] - yen[previous]
            scale = yen[previous] if share else 1
            factor = 10_000 if share else 1
            if (low is None or change * factor >= low * scale) and (high is None or change * factor <= high * scale):
                may[record] = 1
                sure[record] = bound[record] not in _OPEN and bound[previous] not in _OPEN
        return int.from_bytes(sure, "little"), int.from_bytes(may, "little")

    def _has(self, name: str) -> int:
        if name == "label":
            return (
                self._where("record.label", range(1, 256))
                if self._columns.table["record.label"][0] == "B"
                else self._nonzero("record.label")
            )
        if name == "change":
            previous = self._columns.numbers("record.previous")
            return int.from_bytes(bytes(each != NONE for each in previous), "little")
        if name == "text":
            texts = self._columns.numbers("item.text")
            first = self._catalog.item_first
            return self._ranges((first[n], first[n + 1]) for n in range(self._catalog.items) if texts[n])
        return self._with_amount()

    def _nonzero(self, column: str) -> int:
        return int.from_bytes(bytes(each != 0 for each in self._columns.numbers(column)), "little")

    def _ranges(self, ranges: Iterable[tuple[int, int]]) -> int:
        flags = bytearray(self._size)
        for first, end in ranges:
            flags[first:end] = b"\1" * (end - first)
        return int.from_bytes(flags, "little")

    # -- words

    def _words(self, plan: Words | Beginning, universe: int, scores: dict[int, float]) -> Answer:
        own, near = self.stretches(plan)
        self._score(plan, own, scores)
        sure = self._records(own) & universe
        return Answer(sure, sure, self._records([*own, *near], whole_items=True) & universe)

    def stretches(self, plan: Words | Beginning) -> tuple[dict[int, int], list[int]]:
        """Return the stretches where a word is its item's own, with how often, and those where it stands near."""
        fields = {FIELD_CODES.index(name) for name in plan.fields}
        near_fields = {FIELD_CODES.index(name) for name in plan.near}
        own: dict[int, int] = {}
        near = {stretch for stretch in self._written(plan) if self._field[stretch] in fields | near_fields}
        for stretch in self._said(plan):
            if self._field[stretch] in fields:
                own[stretch] = own.get(stretch, 0) + 1
            elif self._field[stretch] in near_fields:
                near.add(stretch)
        return own, sorted(near - own.keys())

    def _said(self, plan: Words | Beginning) -> Iterable[int]:
        """Yield the stretches that say a word, once for each time."""
        if isinstance(plan, Beginning):
            yield from self._beginning(plan.folded)
            return
        for spelling in plan.spellings:
            said = self._phrase(spelling.terms)
            if plan.exact or len(spelling.folded) == 1:
                written = set(self.containing(spelling.folded))
                said = [each for each in said if each in written]
            yield from said

    def _written(self, plan: Words | Beginning) -> set[int]:
        """Return the stretches that hold the characters of a word, whatever words they are part of."""
        folded = [plan.folded] if isinstance(plan, Beginning) else [each.folded for each in plan.spellings]
        return {stretch for each in folded if each for stretch in self.containing(each)}

    def _beginning(self, folded: str) -> Iterable[int]:
        """Yield the stretches with a term, or a long unit, that begins with `folded`."""
        for lead in ("", "="):
            wanted = (lead + folded).encode("utf-8", "surrogatepass")
            number = self._terms.first(wanted)
            while number < len(self._terms) and self._terms.encoded(number).startswith(wanted):
                for at in range(self._starts[number], self._starts[number + 1]):
                    yield self._occurrences[at] >> POSITION_BITS
                number += 1

    def _phrase(self, terms: tuple[str, ...]) -> list[int]:
        """Return the stretches in which `terms` stand one behind the other, once for each time."""
        spans = []
        for offset, term in enumerate(terms):
            number = self._terms.find(term)
            if number is None:
                return []
            spans.append(
                (
                    self._starts[number + 1] - self._starts[number],
                    offset,
                    self._starts[number],
                    self._starts[number + 1],
                )
            )
        if not spans:
            return []
        (_, base, start, end), *others = sorted(spans)
        occurrences = self._occurrences
        keys = [key - base for key in occurrences[start:end].tolist()]
        for count, offset, first, last in others:
            if count < 20 * len(keys):
                known = set(occurrences[first:last].tolist())
                keys = [key for key in keys if key + offset in known]
            else:
                keys = [
                    key
                    for key in keys
                    if occurrences[min(bisect_left(occurrences, key + offset, first, last), last - 1)] == key + offset
                ]
        return [key >> POSITION_BITS for key in keys]

    def containing(self, folded: str) -> list[int]:
        """Return the stretches whose characters, folded, hold `folded`, in order."""
        text = self._columns.map
        _, base, length, _ = self._columns.table["stretch.text"]
        starts, wanted = self._text_starts, folded.encode("utf-8", "surrogatepass")
        found: list[int] = []
        at = text.find(wanted, base, base + length)
        while at >= 0:
            stretch = bisect_right(starts, at - base) - 1
            found.append(stretch)
            at = text.find(wanted, base + starts[stretch + 1], base + length)
        return found

    def _score(self, plan: Words | Beginning, own: dict[int, int], scores: dict[int, float]) -> None:
        """Add to `scores` how much a word weighs in each item that has it as its own (BM25, by field)."""
        if not own:
            return
        count = len(self._field)
        rarity = math.log(1 + (count - len(own) + 0.5) / (len(own) + 0.5))
        average = max(1.0, sum(self._length[each] for each in own) / len(own))
        weights = [FIELDS[name].weight if name in FIELDS else 0.5 for name in FIELD_CODES]
        units = (
            set()
            if isinstance(plan, Beginning)
            else {s for each in plan.spellings[0].units for s in self._phrase((each,))}
        )
        best: dict[int, float] = {}
        for stretch, times in own.items():
            length = _K1 * (1 - _B + _B * self._length[stretch] / average)
            score = weights[self._field[stretch]] * rarity * times * (_K1 + 1) / (times + length)
            item = self._catalog.record_item[self._first[stretch]]
            best[item] = max(best.get(item, 0.0), score * (_UNIT_BONUS if stretch in units else 1.0))
        for item, score in best.items():
            scores[item] = scores.get(item, 0.0) + score

    def owners(self, plan: Words | Beginning) -> set[int]:
        """Return the items that have a word as their own, in whichever amount."""
        return {self._catalog.record_item[self._first[stretch]] for stretch in self.stretches(plan)[0]}

    # -- items

    def _by_item(self, groups: tuple[int, int, int], scores: dict[int, float]) -> list[Found]:
        """Return the items of the records of three groups, each in the surest group that one of its records is in."""
        records: dict[int, tuple[int, list[int]]] = {}
        record_item = self._catalog.record_item
        for group, members in enumerate(groups):
            flags = members.to_bytes(self._size, "little") if members else b""
            record = flags.find(1)
            while record >= 0:
                item = record_item[record]
                best = records.setdefault(item, (group, []))
                if group == best[0] or (group == 1 and best[0] == 0):
                    best[1].append(record)
                record = flags.find(1, record + 1)
        return [
            Found(item, group, tuple(found), scores.get(item, 0.0)) for item, (group, found) in sorted(records.items())
        ]

    def _folded(self, found: list[Found]) -> list[Found]:
        """Return `found` with the entries marked 再掲 or 後掲 folded under the one that each repeats.

        That is the first of the same name in the same paper that bears no mark; without it, the first that does.
        """
        flags, programme, paper = (
            self._columns.numbers(name) for name in ("record.flags", "item.programme", "item.paper")
        )
        marks = 1 << FLAG_CODES.index("repeated") | 1 << FLAG_CODES.index("later")
        marked = {each.item for each in found if flags[each.records[0]] & marks}
        if not marked:
            return found
        heads: dict[tuple[int, int], int] = {}
        for each in sorted(found, key=lambda each: each.item in marked):
            heads.setdefault((paper[each.item], programme[each.item]), each.item)
        repeats: dict[int, list[int]] = {}
        for each in found:
            head = heads[paper[each.item], programme[each.item]]
            if each.item in marked and each.item != head:
                repeats.setdefault(head, []).append(each.item)
        gone = {item for items in repeats.values() for item in items}
        return [each._replace(repeats=tuple(repeats.get(each.item, ()))) for each in found if each.item not in gone]


def _between(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)
