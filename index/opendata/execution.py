"""The money of a programme: the columns of 予算・執行, year by year, each sum counted once."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.document import Amount
from index.opendata.rows import Row
from index.opendata.sums import account_named, written, yen_of
from index.years import read_year

AVAILABLE = "歳出予算現額"
"""The label of the money that there is to execute: budgets, what was carried over, reserve."""


class Column(NamedTuple):
    """A kind of money: its head on the row of the programme, and on that of an account; what it is.

    `later` is by how many years its own is later than the 予算年度 of its row.
    """

    whole: str
    account: str
    stage: str | None
    role: str = "own"
    label: str | None = None
    later: int = 0


COLUMNS = (
    Column("当初予算(合計)", "当初予算", "initial"),
    Column("前年度からの繰越し(合計)", "前年度から繰越し", "carried"),
    Column("予備費等(合計)", "予備費等", "reserve"),
    Column(f"計({AVAILABLE}合計)", AVAILABLE, None, "total", AVAILABLE),
    Column("執行額(合計)", "執行額", "executed"),
    Column("翌年度への繰越し(合計)", "翌年度への繰越し", "carried", "total", "翌年度への繰越し"),
    Column("翌年度要求額(合計)", "翌年度要求額", "request", later=1),
    Column("要求額(合計)", "", "request"),
    Column("要望額(合計)", "要望額", "priority", later=1),
)
"""What is carried over to the next year is what the next year's row has as carried over from this one."""

AMENDED = Column("補正予算(合計)", "補正予算", "supplementary")
_AMENDMENT = re.compile("第[0-9]{1,2}次補正予算")
_RESERVE = re.compile("予備費等[0-9]{1,2}")

ITEMS = {
    "予算額(歳出予算項目ごと)": ("予算種別", 0),
    "翌年度要求額(歳出予算項目ごと)": (None, 1),
}
"""The columns of 歳出予算項目, which take the programme's money apart by 項 and 目."""

STAGES = (
    ("要求", "request"),
    ("要望", "priority"),
    ("補正", "supplementary"),
    ("繰越", "carried"),
    ("予備費", "reserve"),
)
"""What 予算種別 says, and the stage that it means; anything else is the initial budget."""

_NO_NUMBER = "金額の列に数でない値がある"
_NO_YEAR = "予算年度が分からない"
_DIFFERS = "同じ予算年度の合計が二度あり、額が異なる"


class Money(NamedTuple):
    """The amounts of a programme, and what in its columns of money is none, with the reason."""

    amounts: list[Amount]
    left: list[tuple[str, str]]


class _Year(NamedTuple):
    """The rows of one 予算年度: of the programme, of its accounts, of 項 and 目."""

    whole: Row
    accounts: list[Row]
    items: list[Row]


def money_of(rows: Sequence[tuple[str, Row]], unit: str) -> Money:
    """Return the money in the rows of one programme, in order of their years."""
    money = Money([], [])
    years: dict[int, _Year] = {}
    for table, row in rows:
        year = read_year(row.get("予算年度", "").removesuffix("年度"))
        if year is None:
            if any(map(_is_money, row)):
                money.left.append((f"予算年度 {row.get('予算年度', '')}", _NO_YEAR))
            continue
        known = years.setdefault(year, _Year({}, [], []))
        _sort(table, row, known, money)
    for year, each in sorted(years.items()):
        _Reader(year, each, unit, money).read()
    return money


def _is_money(head: str) -> bool:
    return head in _WHOLE or head in _OF_ACCOUNT or head in ITEMS or _is_numbered(head)


def _is_numbered(head: str) -> bool:
    return bool(_AMENDMENT.fullmatch(head) or _RESERVE.fullmatch(head))


_WHOLE = {each.whole for each in (*COLUMNS, AMENDED)}
_OF_ACCOUNT = {each.account for each in (*COLUMNS, AMENDED)} - {""}


def _sort(table: str, row: Row, year: _Year, money: Money) -> None:
    """Put a row where it belongs: what it says in (合計) is the programme's, whichever account it names."""
    if table == "2-2":
        year.items.append(row)
        return
    for head in _WHOLE & row.keys():
        if year.whole.setdefault(head, row[head]) != row[head]:
            money.left.append((f"{row.get('予算年度', '')}年度 {head} {row[head]}", _DIFFERS))
    if any(head in _OF_ACCOUNT or _is_numbered(head) for head in row):
        year.accounts.append(row)
    else:
        year.whole.setdefault("会計", _account(row) or "")


def _account(row: Row) -> str | None:
    return account_named(row.get("会計") or row.get("会計区分") or "")


class _Reader:
    """Reads the money of one 予算年度."""

    def __init__(self, year: int, rows: _Year, unit: str, money: Money) -> None:
        self.year, self.rows, self.unit, self.money = year, rows, unit, money
        accounts = {_account(row) for row in rows.accounts}
        self.account = next(iter(accounts)) if len(accounts) == 1 else rows.whole.get("会計") or None

    def read(self) -> None:
        """Add the amounts: the programme's own, then the parts that accounts, and 項 and 目, have in them."""
        first = len(self.money.amounts)
        for column in COLUMNS:
            self._column(column)
            if column.stage == "initial":
                self._amended()
        for row in self.rows.items:
            self._item(row)
        self.money.amounts[first:] = sorted(self.money.amounts[first:], key=lambda each: each.role == "part")

    def _column(self, column: Column) -> None:
        """Add what a column says: its (合計), with accounts as parts; where there is none, each account for itself."""
        whole = self._yen(self.rows.whole, column.whole)
        if whole is not None:
            self._add(whole, column, column.whole, self.rows.whole, self.account)
        shares = list(self._shares(column))
        if whole is not None and len(shares) == 1 and shares[0][2] == whole:
            return  # a single account says the same again
        for row, head, yen in shares:
            each = column._replace(label=head) if _RESERVE.fullmatch(head) else column
            if whole is None:
                self._add(yen, each, head, row, _account(row))
            else:
                self._part(yen, each, head, row)

    def _shares(self, column: Column) -> Iterator[tuple[Row, str, int]]:
        """Yield what the rows of accounts say in a column, or in those of 予備費等1 to 4."""
        for row in self.rows.accounts:
            for head in row:
                numbered = column.stage == "reserve" and _RESERVE.fullmatch(head)
                yen = self._yen(row, head) if numbered or head == column.account else None
                if yen is not None and (yen or not numbered):  # what is not used of 予備費等1 to 4 is filled up with 0
                    yield row, head, yen

    def _amended(self) -> None:
        """Add the supplementary budgets, each for itself where they make up their (合計), which is a total then."""
        whole = self._yen(self.rows.whole, AMENDED.whole)
        numbered: dict[str, list[tuple[Row, int]]] = {}
        for row in self.rows.accounts:
            for head in filter(_AMENDMENT.fullmatch, row):
                if (yen := self._yen(row, head)) is not None:
                    numbered.setdefault(head, []).append((row, yen))
        if not numbered:
            self._column(AMENDED)
            return
        explained = whole in (None, sum(yen for shares in numbered.values() for _, yen in shares))
        if whole is not None:
            role = "total" if explained else "own"
            self._add(whole, AMENDED._replace(role=role), AMENDED.whole, self.rows.whole, self.account)
        for head, shares in sorted(numbered.items()):
            self._amendment(head, shares, own=explained)

    def _amendment(self, head: str, shares: Sequence[tuple[Row, int]], *, own: bool) -> None:
        """Add one supplementary budget, with its accounts as parts where it has several."""
        column = AMENDED._replace(role="own" if own else "part", label=head)
        if own and len(shares) > 1:
            cells = "、".join(f"{_account(row) or ''} {row[head]}{self.unit}".strip() for row, _ in shares)
            amount = Amount(sum(yen for _, yen in shares), (self.year,), AMENDED.stage, label=head)
            self.money.amounts.append(written(amount, head, f"（{cells}）", ""))
            column = column._replace(role="part")
        for row, yen in shares:
            self._add(yen, column, head, row, _account(row))

    def _item(self, row: Row) -> None:
        """Add what a row of 歳出予算項目 says, as a part: its 項 and 目 tell it from the others."""
        label = " ".join(filter(None, (row.get("項"), row.get("目")))) or None
        for head, (kind, later) in ITEMS.items():
            if (yen := self._yen(row, head)) is None:
                continue
            words = row.get(kind, "") if kind else "要求"
            stage = next((stage for word, stage in STAGES if word in words), "initial")
            self._add(yen, Column(head, head, stage, "part", label, later), head, row, _account(row))

    def _part(self, yen: int, column: Column, head: str, row: Row) -> None:
        label = " ".join(filter(None, (column.label, row.get("勘定")))) or None
        self._add(yen, column._replace(role="part", label=label), head, row, _account(row))

    def _add(self, yen: int, column: Column, head: str, row: Row, account: str | None) -> None:
        years = (self.year + column.later,)
        amount = Amount(yen, years, column.stage, role=column.role, account=account, label=column.label)
        self.money.amounts.append(written(amount, head, row[head], self.unit))

    def _yen(self, row: Row, head: str) -> int | None:
        """Return the sum in a cell; what is no number is told of."""
        try:
            return yen_of(row.get(head, ""), self.unit)
        except ValueError as fault:
            words = (f"{self.year}年度 {head} {str(fault)[:60]}", _NO_NUMBER)
            if words not in self.money.left:
                self.money.left.append(words)
            return None
