"""Records into sums that can be defended: by fiscal years and stage, each programme's own amount once."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from index.document import ROWS, STAGES
from index.programme import TRANSFER, comes_in, is_revenue, local_publisher
from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import BOUND_CODES, FLAG_CODES, KIND_CODES, ROLE_CODES, STAGE_CODES

Left = tuple[int, str, int | None]
"""A record that is left out, why (a key of REASONS), and the record that is counted instead."""

_Identity = tuple[int, str]
_PASSAGE, _ROWS = KIND_CODES.index("passage"), [KIND_CODES.index(each) for each in ROWS]
_OWN = ROLE_CODES.index("own")
_BY_ROLE = {code: role for code, role in enumerate(ROLE_CODES) if role not in (None, "own")}
_MARKS = ("repeated", "later")
_BY_FLAG = tuple((1 << FLAG_CODES.index(flag), flag) for flag in _MARKS)
_MARK_BITS = sum(bit for bit, _ in _BY_FLAG)
_BY_STAGE = {STAGE_CODES.index("commitment"): "commitment"}
_BY_BOUND = {code: bound for code, bound in enumerate(BOUND_CODES) if bound not in ("exact", "about")}
_ORDER = {stage: number for number, stage in enumerate((*STAGES, None))}


class Tally(NamedTuple):
    """What is counted and what is left out of one combination of fiscal years and one stage; all are records."""

    years: tuple[int, ...]
    stage: str | None
    counted: list[int]
    left: list[Left]


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
        self._called = columns.numbers("item.name")
        self._paper, self._written = columns.numbers("item.paper"), columns.numbers("record.written")
        self._names, self._strings = columns.strings("programme"), columns.strings("string")
        self._transfers: dict[int, bool] = {}
        self._halves: dict[int, bool | None] = {}
        self._revenues: dict[int, bool] = {}
        self._abouts: dict[int, tuple[str, str]] = {}

    def tallies(self, records: Iterable[int]) -> list[Tally]:
        """Return what may be added up of the amounts in `records`, in order of fiscal years and stages.

        Nothing is added across years and stages. Records without an amount are passed over.
        """
        found: dict[tuple[int, int], Tally] = {}
        for record in records:
            if not self._role[record]:
                continue
            key = self._years[record], self._stage[record]
            if key not in found:
                found[key] = Tally(self._catalog.years(key[0]), STAGE_CODES[key[1]], [], [])
            reason = self.reason(record)
            if reason:
                found[key].left.append((record, reason, None))
            else:
                found[key].counted.append(record)
        return sorted((self._once(each) for each in found.values()), key=_in_order)

    def yen(self, records: Iterable[int]) -> int:
        """Return the sum of the amounts in `records`, in yen."""
        return sum(map(self._yen.__getitem__, records))

    def reason(self, record: int) -> str | None:
        """Return why the amount of a record alone can be in no sum, None if it can be."""
        role = self._role[record]
        if role != _OWN:
            return _BY_ROLE.get(role)
        flags = self._flags[record]
        return (
            next((flag for bit, flag in _BY_FLAG if flags & bit), None)
            or _BY_STAGE.get(self._stage[record])
            or _BY_BOUND.get(self._bound[record])
            or self._unnamed(record)
        )

    def _unnamed(self, record: int) -> str | None:
        """Return why an amount is none of a programme's: money between accounts, revenue, a sum in prose."""
        programme = self._programme[record]
        if programme not in self._transfers:
            self._transfers[programme] = TRANSFER.search(self._names[programme]) is not None
        if self._transfers[programme]:
            return "transfer"
        if self._is_revenue(self._item[record]):
            return "revenue"
        return "prose" if self._kind[self._item[record]] == _PASSAGE and not self._label[record] else None

    def _is_revenue(self, item: int) -> bool:
        """Say whether an item is money that comes in; a budget has the same names and sums on both its sides."""
        heading, name = self._heading[item], self._called[item]
        if heading not in self._halves:
            self._halves[heading] = comes_in(self._catalog.path(heading))
        half = self._halves[heading]
        if half is None and name not in self._revenues:
            self._revenues[name] = is_revenue(self._strings[name])
        return self._revenues[name] if half is None else half

    # -- each programme once

    def _once(self, tally: Tally) -> Tally:
        """Return a tally with each programme's own amount counted once, and repeats told where they are counted."""
        groups: dict[_Identity, list[int]] = {}
        for record in tally.counted:
            groups.setdefault(self._identity(record), []).append(record)
        left: list[Left] = []
        for group in groups.values():
            if len(group) > 1:
                left += self._again(group)
        gone = {record for record, _, _ in left}
        counted = [record for record in tally.counted if record not in gone]
        told = [self._told(each, groups, gone) for each in tally.left]
        return tally._replace(counted=counted, left=sorted(told + left))

    def _identity(self, record: int) -> _Identity:
        """Return what amounts of one programme share: its name, with the local government whose it is.

        「その他」 and 「事務費」 are the same only under one heading of one paper.
        """
        item, programme = self._item[record], self._programme[record]
        if programme:
            return programme, self._about(record)[1]
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
                and not self._flags[each] & _MARK_BITS
            ),
            None,
        )

    def _again(self, group: Sequence[int]) -> list[Left]:
        """Return the records of one programme, year and stage that only say again what others say.

        Of papers that differ the latest is believed. In one paper sums that differ are amounts of their own, unless
        one is the other rounded.
        """
        paper = self._paper[self._item[max(group, key=lambda record: self._about(record)[0])]]
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
        return left

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
        if self._yen[one] == self._yen[other]:
            return True
        digits = self._digit(one), self._digit(other)
        return digits[0] != digits[1] and 2 * abs(self._yen[one] - self._yen[other]) <= max(digits)

    def _is_cell(self, record: int) -> bool:
        return self._kind[self._item[record]] in _ROWS

    def _digit(self, record: int) -> int:
        """Return what a one in the last printed digit of an amount is worth, in yen."""
        from index.rounding import last_digit  # few sums need it

        return last_digit(self._strings[self._written[record]], self._yen[record])

    def _about(self, record: int) -> tuple[str, str]:
        """Return the date of the paper of a record, and the local government that published it, or nothing."""
        paper = self._paper[self._item[record]]
        if paper not in self._abouts:
            about = self._catalog.about(paper)
            self._abouts[paper] = about.date or "", local_publisher(about.publisher)
        return self._abouts[paper]


def _in_order(tally: Tally) -> tuple[bool, tuple[int, ...], int]:
    """Return what puts tallies in order of years, those without one last, then of stages."""
    return not tally.years, tally.years, _ORDER[tally.stage]
