"""Records into sums that can be defended: by fiscal years and stage, each programme's own amount once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from index.document import ROWS, in_time
from index.programme import half_of, is_revenue, is_transfer, round_of
from index.publisher import bodies, local_publisher
from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import BOUND_CODES, FLAG_CODES, KIND_CODES, REPEATS, ROLE_CODES, STAGE_CODES
from index.store.keys import Keys
from search.figures import REASONS
from search.plan import Choice, Flag, Has
from search.records import Records
from search.within import Parts

Left = tuple[int, str, int | None]
"""A record that is left out, why (a key of REASONS), and the record that is counted instead."""

_Identity = tuple[int, str]
_ROW = KIND_CODES.index("row")
_GAP = 2
"""Between two rows of one table stands no more than the head of a group."""
_LONG = 12
"""A name of so many characters is one programme whoever prints it; 「人材育成」 is one of each ministry."""
_PASSAGE, _ROWS = KIND_CODES.index("passage"), [KIND_CODES.index(each) for each in ROWS]
_OWN = ROLE_CODES.index("own")
_BY_ROLE = {code: role for code, role in enumerate(ROLE_CODES) if role not in (None, "own")}
_CODES = (None, *REASONS)
_MARKS = ("repeated", "later")
_BY_FLAG = tuple((1 << FLAG_CODES.index(flag), flag) for flag in _MARKS)
_SOUND = frozenset({"exact", "about"})
_BY_STAGE = {STAGE_CODES.index("commitment"): "commitment"}
_BY_BOUND = {code: bound for code, bound in enumerate(BOUND_CODES) if bound not in _SOUND}


class Tally(NamedTuple):
    """What is counted and what is left out of one combination of fiscal years and one stage; all are records."""

    years: tuple[int, ...]
    stage: str | None
    counted: list[int]
    left: list[Left]


class Publisher(NamedTuple):
    """When a paper was published, by which local government (empty: none), by which other bodies."""

    date: str
    local: str
    bodies: frozenset[str]


class Whose(NamedTuple):
    """Amounts of one name that are of one programme: who published them, of which supplementary budget they are."""

    bodies: set[str]
    round: str
    records: list[int]


class Totals:
    """Tells which amounts of a store may be added up."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._catalog = catalog
        self._columns = columns
        self._yen = columns.numbers("record.yen")
        self._years, self._stage = columns.numbers("record.years"), columns.numbers("record.stage")
        self._role, self._bound = columns.numbers("record.role"), columns.numbers("record.bound")
        self._flags, self._label = columns.numbers("record.flags"), columns.numbers("record.label")
        self._account, self._programme = columns.numbers("record.account"), columns.numbers("record.programme")
        self._item, self._kind = columns.numbers("record.item"), columns.numbers("item.kind")
        self._name, self._heading = columns.numbers("item.programme"), columns.numbers("item.heading")
        self._text, self._line = columns.numbers("item.text"), columns.numbers("item.line")
        self._end = columns.numbers("item.end_line")
        self._called = columns.numbers("item.name")
        self._paper, self._written = columns.numbers("item.paper"), columns.numbers("record.written")
        self._names, self._strings = Keys(columns), columns.strings("string")
        self._known = bytearray(len(self._role))
        self._transfers: dict[int, bool] = {}
        self._titles, self._above = columns.numbers("heading.title"), columns.numbers("heading.above")
        self._halves: dict[int, bool | None] = {0: None}
        self._said: dict[int, bool | None] = {}
        self._revenues: dict[int, bool] = {}
        self._abouts: dict[int, Publisher] = {}
        self._rounds: dict[int, str] = {}
        self._parts = Parts(columns, catalog)

    def tallies(self, records: Iterable[int]) -> list[Tally]:
        """Return what may be added up of the amounts in `records`, in order of fiscal years and stages.

        Nothing is added across years and stages. Records without an amount are passed over.
        """
        found: dict[tuple[int, int], Tally] = {}
        amounts = list(filter(self._role.__getitem__, records))
        whens = zip(map(self._years.__getitem__, amounts), map(self._stage.__getitem__, amounts), strict=True)
        for record, key, reason in zip(amounts, whens, map(self.reason, amounts), strict=True):
            tally = found.get(key)
            if tally is None:
                tally = found[key] = Tally(self._catalog.years(key[0]), STAGE_CODES[key[1]], [], [])
            if reason:
                tally.left.append((record, reason, None))
            else:
                tally.counted.append(record)
        return sorted(map(self._once, found.values()), key=lambda each: in_time(each.years, each.stage))

    def yen(self, records: Iterable[int]) -> int:
        """Return the sum of the amounts in `records`, in yen."""
        return sum(map(self._yen.__getitem__, records))

    def reason(self, record: int) -> str | None:
        """Return why the amount of a record alone can be in no sum, None if it can be."""
        code = self._known[record]
        if not code:
            code = self._known[record] = _CODES.index(self._reason(record)) + 1
        return _CODES[code - 1]

    def alone(self, records: Records) -> int:
        """Return the amounts of the store that have no `reason`, the same found for all at once."""
        found = records.holding(Choice("role", frozenset({"own"})))[0]
        found &= records.holding(Choice("bound", _SOUND))[0]
        found &= ~records.holding(Choice("stage", frozenset(_BY_STAGE.values())))[0]
        for mark in _MARKS:
            found &= ~records.holding(Flag(mark))[0]
        transfers = {number for number, name in enumerate(self._names.all()) if is_transfer(name)}
        gone = records.sets.where(map(transfers.__contains__, self._programme))
        halves = {heading: self._half(heading) for heading in set(self._heading)}
        revenues = {name: is_revenue(self._strings[name]) for name in set(self._called)}
        income, first = [], self._catalog.item_first
        for item, (heading, name) in enumerate(zip(self._heading, self._called, strict=True)):
            if revenues[name] if (half := halves[heading]) is None else half:
                income.append(first[item])
        prose = records.sets.of([first[item] for item, kind in enumerate(self._kind) if kind == _PASSAGE])
        gone |= records.sets.whole(records.sets.of(income))
        gone |= records.sets.whole(prose) & ~records.holding(Has("label"))[0]
        return found & ~gone

    def _reason(self, record: int) -> str | None:
        role = self._role[record]
        if role != _OWN:
            return _BY_ROLE.get(role)
        flags = self._flags[record]
        return (
            (next((flag for bit, flag in _BY_FLAG if flags & bit), None) if flags & REPEATS else None)
            or _BY_STAGE.get(self._stage[record])
            or _BY_BOUND.get(self._bound[record])
            or self._unnamed(record)
        )

    def _unnamed(self, record: int) -> str | None:
        """Return why an amount is none of a programme's: money between accounts, revenue, a sum in prose."""
        programme = self._programme[record]
        if programme not in self._transfers:
            self._transfers[programme] = is_transfer(self._names[programme])
        if self._transfers[programme]:
            return "transfer"
        if self._is_revenue(self._item[record]):
            return "revenue"
        return "prose" if self._kind[self._item[record]] == _PASSAGE and not self._label[record] else None

    def _is_revenue(self, item: int) -> bool:
        """Say whether an item is money that comes in; a budget has the same names and sums on both its sides."""
        name, half = self._called[item], self._half(self._heading[item])
        if half is None and name not in self._revenues:
            self._revenues[name] = is_revenue(self._strings[name])
        return self._revenues[name] if half is None else half

    def _half(self, heading: int) -> bool | None:
        """Say whether what stands under a heading is revenue, or expenditure, by the nearest that says so."""
        if heading not in self._halves:
            title = self._titles[heading - 1]
            if title not in self._said:
                self._said[title] = half_of(self._strings[title])
            half = self._said[title]
            above = min(self._above[heading - 1], heading - 1)  # one above stands before; no damage makes this endless
            self._halves[heading] = self._half(above) if half is None else half
        return self._halves[heading]

    # -- each programme once

    def _once(self, tally: Tally) -> Tally:
        """Return a tally with each programme's own amount counted once, and repeats told where they are counted."""
        groups: dict[_Identity, list[int]] = {}
        for record in tally.counted:
            groups.setdefault(self._identity(record), []).append(record)
        left: list[Left] = []
        for group in groups.values():
            if len(group) > 1:
                left += self._repeats(group)
        gone = {record for record, _, _ in left}
        counted_as = {record: record for record in tally.counted} | {
            each: one for each, _, one in left if one is not None
        }
        left += self._within([record for record in tally.counted if record not in gone], counted_as)
        gone |= {record for record, _, _ in left}
        counted = [record for record in tally.counted if record not in gone]
        told = [self._told(each, groups, gone) for each in tally.left]
        return tally._replace(counted=counted, left=sorted(told + left))

    def _identity(self, record: int) -> _Identity:
        """Return what amounts of one programme share: its name, with the local government whose it is.

        「その他」 and 「事務費」 are the same only under one heading of one paper.
        """
        item, programme = self._item[record], self._programme[record]
        if programme:
            return programme, self._about(record).local
        return -self._name[item], f"{self._paper[item]} {self._heading[item]}"

    def _told(self, each: Left, groups: Mapping[_Identity, Sequence[int]], gone: Set[int]) -> Left:
        """Return a repeat with the record that it repeats: one that is counted, else one that the query leaves out."""
        record, reason, _ = each
        if reason not in _MARKS:
            return each
        group = groups.get(self._identity(record), ())
        counted = next((one for one in group if one not in gone), None)
        return record, reason, self._first(record) if counted is None else counted

    def _first(self, record: int) -> int | None:
        """Return the first record in the paper of `record` that its mark may speak of."""
        items = self._catalog.items_of(self._paper[self._item[record]])
        start, end = self._catalog.item_first[items.start], self._catalog.item_first[items.stop]
        alike = (self._programme[record], self._years[record], self._stage[record])
        return next(
            (
                each
                for each in range(start, end)
                if (self._programme[each], self._years[each], self._stage[each]) == alike
                and self._role[each] == _OWN
                and not self._flags[each] & REPEATS
            ),
            None,
        )

    def _within(self, records: Sequence[int], counted_as: Mapping[int, int]) -> Iterator[Left]:
        """Yield what stands again as a うち of another amount that is counted, with that amount.

        What is `counted_as` it, said once more, is no other amount.
        """
        for record, wholes in self._parts.among(records).items():
            whole = next((counted_as[each] for each in wholes if counted_as.get(each, record) != record), None)
            if whole is not None:
                yield record, "part", whole

    def _repeats(self, group: Sequence[int]) -> list[Left]:
        """Return what amounts of one name, year and stage repeat, programme by programme.

        Two ministries may have one each of a short name; a long one with the same sum is one.
        """
        apart = self._apart(group)
        left = [each for whose in apart for each in self._again(whose.records)]
        if len(apart) > 1 and len(self._names[self._programme[group[0]]]) >= _LONG:
            gone = {record for record, _, _ in left}
            kept: list[int] = []
            for record in (each for whose in apart for each in whose.records if each not in gone):
                same = next((each for each in kept if self._same(each, record)), None)
                kept += [record] if same is None else []
                left += [] if same is None else [(record, "again", same)]
        return left

    def _apart(self, group: Sequence[int]) -> list[Whose]:
        """Return amounts of one name by whose they are; what does not say goes with those of the same sum."""
        found: list[Whose] = []
        if not any(map(self._round, group)) and len({self._paper[self._item[each]] for each in group}) == 1:
            return [Whose(set(), "", list(group))]
        known = {each: (self._about(each).bodies, self._round(each)) for each in group}
        for record in sorted(group, key=lambda each: (not known[each][0], not known[each][1], each)):
            who, which = known[record]
            fits = [
                whose
                for whose in found
                if (not who or not whose.bodies or who & whose.bodies) and (not which or which == whose.round)
            ]
            fits.sort(key=lambda whose: all(self._yen[each] != self._yen[record] for each in whose.records))
            if fits:
                fits[0].records.append(record)
                fits[0].bodies.update(who)
            else:
                found.append(Whose(set(who), which, [record]))
        return found

    def _round(self, record: int) -> str:
        """Return which supplementary budget of its year the label of an amount, else the words of it, speaks of."""
        words = self._label[record] or self._written[record]
        if words not in self._rounds:
            self._rounds[words] = round_of(self._strings[words]) if words else ""
        return self._rounds[words]

    def _again(self, group: Sequence[int]) -> list[Left]:
        """Return the records of one programme, year and stage that only say again what others say.

        Of papers that differ the latest is believed. In one paper sums that differ are amounts of their own, unless
        one is the other rounded.
        """
        paper = self._paper[self._item[max(group, key=lambda record: self._about(record).date)]]
        kept: list[int] = []
        left: list[Left] = []
        digits = dict.fromkeys(group, 0)
        if len({self._yen[record] for record in group}) > 1:
            digits = {record: self._digit(record) for record in group}
        for record in sorted(group, key=lambda record: self._worth(record, paper, digits)):
            same = next((each for each in kept if self._same(each, record)), None)
            if same is not None:
                left.append((record, "again", same))
            elif self._paper[self._item[record]] == paper:
                kept.append(record)
            else:
                left.append((record, "elsewhere", kept[0]))
        return [*left, *self._sums(kept)]

    def _sums(self, kept: Sequence[int]) -> Iterator[Left]:
        """Yield what is the whole of others: the sum of all accounts, the whole cost beside what the State pays."""
        accounts = [each for each in kept if self._account[each]]
        costs = {each: self._is_whole_cost(each) for each in kept} if len(kept) > 1 else {}
        for record in kept:
            of_accounts = not self._account[record] and self.yen(accounts) == self._yen[record]
            if (of_accounts and len(accounts) > 1) or (costs.get(record) and not all(costs.values())):
                yield record, "total", None

    def _is_whole_cost(self, record: int) -> bool:
        label = self._label[record]
        if not label or self._is_cell(record):
            return False
        from index.totals import WHOLE_COST  # few sums need it

        return WHOLE_COST.search(self._strings[label]) is not None

    def _worth(self, record: int, paper: int, digits: Mapping[int, int]) -> tuple[int | bool, ...]:
        """Return what puts the record that is counted before those that repeat it.

        First come those of the latest `paper`, then the sum that is printed most exactly, then what says most: of
        which account it is, of which column; then an item's own before that of a label.
        """
        item = self._item[record]
        later = self._paper[item] != paper, digits[record], not self._account[record]
        return *later, not self._is_cell(record), self._label[record] != 0, record

    def _same(self, one: int, other: int) -> bool:
        """Say whether two amounts of a programme, year and stage are one: the same sum, or the other one rounded."""
        accounts = {self._account[one], self._account[other]} - {0}
        if len(accounts) > 1 or (
            self._is_cell(one) and self._is_cell(other) and self._label[one] != self._label[other]
        ):
            return False
        if self._is_other_row(one, other) or (
            self._round(one) != self._round(other) and self._round(one) and self._round(other)
        ):
            return False
        if self._yen[one] == self._yen[other]:
            return True
        digits = self._digit(one), self._digit(other)
        return digits[0] != digits[1] and 2 * abs(self._yen[one] - self._yen[other]) <= max(digits)

    def _is_other_row(self, one: int, other: int) -> bool:
        """Say whether two amounts stand in rows of one table that differ in another cell, or in their group."""
        first, last = sorted((self._item[one], self._item[other]))
        if first == last or self._kind[first] != _ROW or self._kind[last] != _ROW:
            return False
        if (self._text[first], self._heading[first]) == (self._text[last], self._heading[last]):
            return False
        return all(self._follows(each) for each in range(first + 1, last + 1))

    def _follows(self, item: int) -> bool:
        """Say whether an item is a row of the table that the item before it stands in."""
        if self._kind[item] != _ROW or self._paper[item] != self._paper[item - 1]:
            return False
        return 0 <= self._line[item] - self._end[item - 1] <= _GAP

    def _is_cell(self, record: int) -> bool:
        return self._kind[self._item[record]] in _ROWS

    def _digit(self, record: int) -> int:
        """Return what a one in the last printed digit of an amount is worth, in yen."""
        from index.rounding import last_digit  # few sums need it

        return last_digit(self._strings[self._written[record]], self._yen[record])

    def _about(self, record: int) -> Publisher:
        """Return when and by whom the paper of a record was published."""
        paper = self._paper[self._item[record]]
        if paper not in self._abouts:
            about = self._catalog.about(paper)
            local = local_publisher(about.publisher)
            self._abouts[paper] = Publisher(about.date or "", local, frozenset() if local else bodies(about.publisher))
        return self._abouts[paper]


def _last(said_as: Mapping[int, int], record: int) -> int:
    """Return the amount that a repeat says again: not another repeat of it."""
    while record in said_as:
        record = said_as[record]
    return record
