"""The amounts of a row in their roles: what the heads of their columns, and the other columns, make of them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.accounts import account_of
from index.amounts.drafts import Defaults
from index.amounts.when import PUNCTUATION, read_when
from index.document import Amount, Section
from index.notation import NUMBERED, PART, PREVIOUS, WHOLE_LIFE
from index.outline.tables import (
    COLUMN_UNIT,
    FUNDING_COLUMN,
    MONEY_COLUMN,
    OTHER_COLUMN,
    SUM_OF_COLUMNS,
    holds_money,
    name_column,
)
from index.totals import TOTAL_NAME

_FUNDED = re.compile(r"^(?:財源内訳)?[ 　]*(?:うち)?")
_STAGE_NAME = 20
_STAGE_RESERVE = re.compile("(?P<what>.*?)予備費(?!等)")
_ASKED = ("request", "priority")
_YEAR_ROW = 20
_SPOKEN_FOR = ("supplementary", "reserve", "carried", "executed")


def settle(found: Sequence[tuple[int, Amount]], section: Section, role: str, defaults: Defaults) -> list[Amount]:
    """Return the amounts of a row in their roles: an earlier year's is the one before, beside this year's."""
    heads = section.heads
    latest = max(_latest(heads, defaults.year), max((year for _, each in found for year in each.years), default=0))
    told = [(at, _by_head(each, heads[at] if at < len(heads) else "", heads)) for at, each in found]
    told = _summed(told, section)
    same = Counter((each.years, each.stage) for _, each in told if each.role == "own" and not each.account)
    settled: list[Amount] = []
    for at, amount in told:
        alike = amount.role == "own" and not amount.account and same[amount.years, amount.stage] > 1
        earlier = bool(amount.years) and max(amount.years) < latest and amount.stage not in _SPOKEN_FOR
        said = amount.label or _label(amount, heads[at] if at < len(heads) else "", alike)
        role_now = amount.role if amount.role != "own" else "previous" if earlier else role
        settled.append(replace(amount, role=role_now, label=said))
    return settled


def _label(amount: Amount, head: str, alike: bool) -> str | None:
    """Return what tells an amount from others of its row: the number of an amendment, else the words of its column."""
    number = NUMBERED.search(head) if amount.stage == "supplementary" else None
    if number:
        return ("" if number["kind"] == "月" else "第") + number["number"] + number["kind"]
    return _rest(head) or None if alike else None


def _is_dated(section: Section) -> bool:
    """Say whether a year names the row, so that its columns are programmes: 「令和7年度予算額」."""
    named = name_column(section.cells, section.heads)
    name = "" if named is None else section.cells[named]
    return len(name) <= _YEAR_ROW and bool(read_when(name, None).years)


def _summed(told: list[tuple[int, Amount]], section: Section) -> list[tuple[int, Amount]]:
    """Return the amounts of a row with a 計 that its other columns do not come to as the row's own.

    Where it is more than they are, they are parts of it; beside an amendment 計 is no budget of its own.
    """
    totals = [(at, each) for at, each in told if each.role == "total"]
    heads = section.heads
    if len(totals) != 1 or any("補正" in head for head in heads) or _is_dated(section):
        return told
    at, total = totals[0]
    alike = [each for _, each in told if each.role == "own" and (each.years, each.stage) == (total.years, total.stage)]
    others = any(_holds_own(each, heads) for place, each in enumerate(heads) if place != at)
    if not alike and (total.stage or not others) and not any(each.role == "own" for _, each in told):
        return [(place, replace(each, role="own") if place == at else each) for place, each in told]
    if WHOLE_LIFE.search(heads[at] if at < len(heads) else ""):
        return told
    if len(alike) < 2 or total.yen <= sum(each.yen for each in alike) or _is_near(total, alike):
        return told
    return [(place, _apart(each, heads[place] if place < len(heads) else "")) for place, each in told]


def _apart(amount: Amount, head: str) -> Amount:
    """Return an own amount as the part of its row that the head of its column names, a total as the row's own."""
    if amount.role == "own":
        return replace(amount, role="part", label=amount.label or (None if amount.account else _rest(head) or None))
    return replace(amount, role="own") if amount.role == "total" else amount


def _holds_own(head: str, heads: tuple[str, ...]) -> bool:
    money = holds_money(head) and not OTHER_COLUMN.search(head)
    return money and not (_is_funding(head, heads) or PREVIOUS.search(head) or TOTAL_NAME.search(head))


def _is_near(total: Amount, parts: Sequence[Amount]) -> bool:
    """Say whether sums come to a total but for the rounding of each."""
    from index.rounding import last_digit  # few rows need it

    off = abs(total.yen - sum(each.yen for each in parts))
    return 2 * off <= sum(last_digit(each.written, each.yen) for each in (total, *parts))


def by_stage(amounts: list[Amount], name: str) -> list[Amount]:
    """Return the amounts of a row that a stage names, year by year, in that stage: 「執行額」 of a review sheet."""
    when = read_when(name, 2000) if len(name) <= _STAGE_NAME else None
    if when is None or len(set(when.stages)) != 1 or when.years or when.rest.strip(PUNCTUATION + "等の（）()"):
        return amounts
    return [
        replace(each, stage=when.stages[0], role="own")
        if each.role in ("own", "previous") and each.stage not in _ASKED
        else each
        for each in amounts
    ]


def is_reserved(name: str, section: Section) -> bool:
    """Say whether a row is the 予備費 that a budget sets aside: its columns say of which budget, or of which years.

    「予備費等」 is what a review sheet calls the reserve that a programme was given.
    """
    if not (stage := _STAGE_RESERVE.fullmatch(name.strip(PUNCTUATION))):
        return False
    whens = [read_when(head, 2000) for head in section.heads if MONEY_COLUMN.search(head)]
    return any(each.stages for each in whens) or (not stage["what"] and any(each.years for each in whens))


def _rest(head: str) -> str:
    """Return what the head of a column says besides year, stage and unit; it tells columns apart."""
    return read_when(COLUMN_UNIT.sub("", head), 2000).rest.strip(PUNCTUATION + "のは（）()額")


def _by_head(amount: Amount, head: str, heads: tuple[str, ...]) -> Amount:
    """Return the amount with what the head of its column says: うち, 計, 前年度, what it is paid from, its account."""
    if amount.role != "own":
        return amount
    rest = _rest(head)
    if _is_funding(head, heads):
        return replace(amount, role="part", label=_FUNDED.sub("", rest).strip(PUNCTUATION) or head)
    if PART.match(head) or " うち" in head or "（うち" in head:
        return replace(amount, role="part")
    if TOTAL_NAME.search(head) or SUM_OF_COLUMNS.search(head):
        # Beside an amendment 計 is what the budget comes to with it, of no stage of its own.
        return replace(amount, role="total", stage=None if amount.stage == "supplementary" else amount.stage)
    if PREVIOUS.search(head):
        return replace(amount, role="previous")
    return replace(amount, account=amount.account or account_of(rest))


@lru_cache(maxsize=256)
def _latest(heads: tuple[str, ...], base: int | None) -> int:
    """Return the latest year that a column of sums is headed by, be its cell understood or not; goals are none."""
    years = [
        year
        for head in heads
        if MONEY_COLUMN.search(head) and not OTHER_COLUMN.search(head)
        for year in read_when(head, base).years
    ]
    return max((year for year in years if base is None or year <= base), default=0)


@lru_cache(maxsize=64)
def is_funded(heads: tuple[str, ...]) -> bool:
    """Say whether a table has a column for the whole, and for what it is paid from besides the State's share."""
    others = any(FUNDING_COLUMN.search(each) for each in heads[1:])
    return others and any(
        holds_money(each) and "国費" not in each and not FUNDING_COLUMN.search(each) and not OTHER_COLUMN.search(each)
        for each in heads[1:]
    )


def _is_funding(head: str, heads: tuple[str, ...]) -> bool:
    """Say whether a column is what a sum is paid from; 国費 is only beside other such columns."""
    revenue = "歳入" in head and any("歳出" in each for each in heads if each != head)
    return revenue or FUNDING_COLUMN.search(head) is not None or ("国費" in head and is_funded(heads))
