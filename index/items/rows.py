"""A row of a table into its name and its amounts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.accounts import account_of
from index.amounts.brackets import sums_in
from index.amounts.drafts import Defaults
from index.amounts.entries import Left, read_cell, read_entry
from index.amounts.names import status_in
from index.amounts.when import PUNCTUATION, flag_of
from index.document import FLAGS, Amount, Section
from index.items.headed import captioned, dated
from index.items.roles import by_stage, is_funded, is_reserved, settle
from index.money import OTHER_MONEY_TABLE
from index.notation import CELL_NUMBER, NO_MONEY_ROW, NO_SUM, PART, PART_NAMED, REMARK_NUMBER
from index.outline.numbering import opening_of
from index.outline.tables import (
    COLUMN_UNIT,
    MONEY_COLUMN,
    NAME_COLUMN,
    NAME_END,
    OTHER_COLUMN,
    REMARK_COLUMN,
    SURE_COLUMN,
    UNIT_LINE,
    account_in,
    holds_money,
    is_above,
    is_empty,
    is_number,
    is_value,
    money_in,
    name_column,
    unit_of,
)
from index.outline.turned import is_year
from index.totals import TOTAL_NAME, WHOLE_COST

_Read = tuple[tuple[Amount, ...], tuple[Left, ...]]
_LONGEST = 400
_WORDS = 12
_NAME_FIRST = re.compile(r"[^\W\d_]|[（(【〔「]")
_PORTION = re.compile(r"[（(※＊*]*[ 　]*(?:の)?内数(?:等)?[ 　]*[)）]?")
_REMARK = "備考の金額"
_CELL = "意味の分からない欄の数"
_NO_UNIT = "単位の分からない数"


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: name, amounts, the account that it stands under, words besides, what is left, its number.

    `left` has the words of a cell, and why a sum in it is not understood.
    """

    name: str = ""
    amounts: tuple[Amount, ...] = ()
    account: str | None = None
    text: str = ""
    left: tuple[tuple[str, str], ...] = ()
    number: str | None = None


def read_row(section: Section, defaults: Defaults, above: str | None, below: Section | None = None) -> Row:
    """Return what the row `section` says; `above` is the account of the row that a row with うち is a part of.

    `below` is the row after it.

    Accounts stand in their rows, so that the paper's own does not hold here.
    """
    defaults = captioned(section.caption, replace(defaults, account=None))
    column = name_column(section.cells, section.heads)
    if column is not None and NO_MONEY_ROW.search(section.cells[column]):
        return Row(section.cells[column])
    if column is None:
        return Row(left=tuple(_unread(section, {})))
    number, cell = numbered(section.cells[column])
    written, marks = _named(cell)
    defaults = dated(written, defaults) if is_year(written) else defaults
    part = PART.match(written)
    entry = read_entry(written[part.end() :] if part else written, defaults)
    name = entry.name if entry.name and not sums_in(written) else written.strip(PUNCTUATION) or cell
    named = above if part else account_of(name)
    account = named or account_in(section.cells, section.heads, column)
    next_cells = below.cells if below else ()
    total = named or TOTAL_NAME.search(name) or is_above(section.cells, section.heads, column, next_cells)
    role = "part" if part or PART_NAMED.search(name) else "total" if total else "own"
    alone = sum(at != column and is_value(cell) and not is_empty(cell) for at, cell in enumerate(section.cells)) == 1
    read = {at: _cell(section, at, alone, defaults) for at in range(len(section.cells)) if at != column}
    found = [(at, amount) for at, (amounts, _) in read.items() for amount in amounts]
    found = [(at, _mentioned(each) if _is_other(section, at, name) else each) for at, each in found]
    settled = settle(found, section, role, defaults)
    plain = role == "total" or is_reserved(name, section)
    amounts = _new(settled if plain else by_stage(settled, name), section, column)
    flags = entry.flags | marks | _said(section, column)
    amounts = _within(amounts, section, column)
    flagged = tuple(_marked(each, flags, account or entry.account) for each in amounts)
    words = " ".join(each for each in (entry.text, *_without_sums(section, column)) if each)
    return Row(name, flagged, account, words, tuple(_unread(section, read, column)), number)


def numbered(cell: str) -> tuple[str | None, str]:
    """Return the number before the name in a cell, and the name: 「1 議会費」; 「①＋②」 is the name of a total."""
    opening = opening_of(cell)
    if opening.mark is None or TOTAL_NAME.search(cell) or not _NAME_FIRST.match(opening.text):
        return None, cell
    return opening.mark, opening.text


def _is_other(section: Section, at: int, name: str) -> bool:
    """Say whether a column, the name of its row or what stands above the table says that its sums are no budget."""
    head = section.heads[at] if at < len(section.heads) else ""
    return (
        _says_other(section.caption)
        or _says_other(head)
        or OTHER_MONEY_TABLE.search(name[-_WORDS:]) is not None
        or "平年度" in section.heads
    )


@lru_cache(maxsize=256)
def _says_other(words: str) -> bool:
    caption, _, _ = words.partition("\n")
    return OTHER_MONEY_TABLE.search(caption[:_LONGEST]) is not None


def _mentioned(amount: Amount) -> Amount:
    bound = "exact" if amount.bound in ("portion", "each") else amount.bound
    return Amount(amount.yen, bound=bound, role="mention", label=amount.label, written=amount.written)


def _named(cell: str) -> tuple[str, frozenset[str]]:
    """Return a name without the remark behind it, and the flag that this is: 「防災関連事業 ※再掲」."""
    remark = NAME_END.search(cell)
    flag = flag_of(remark["remark"]) if remark else None
    return NAME_END.sub("", cell), frozenset([flag] if flag else ())


def _said(section: Section, name: int) -> frozenset[str]:
    """Return the flags that the whole of a cell says of its row: 「再掲」 in a column of remarks."""
    said = (flag_of(cell.strip("（）()※＊* 　")) for at, cell in enumerate(section.cells) if at != name and cell)
    return frozenset(each for each in said if each and each != "new")


def _within(amounts: list[Amount], section: Section, name: int) -> list[Amount]:
    """Return the amounts of a row as portions where the whole of a cell says so: 「内数」 in a column of remarks."""
    if not any(_PORTION.fullmatch(cell) for at, cell in enumerate(section.cells) if at != name):
        return amounts
    return [replace(each, bound="portion") if each.role in ("own", "previous") else each for each in amounts]


def is_unpriced(section: Section) -> bool:
    """Say whether a row names something in a table of sums and leaves them empty: a 款 whose 項 have them."""
    named = name_column(section.cells, section.heads)
    if named is None or sums_in(section.cells[named]):
        return False
    money = [at for at, head in enumerate(section.heads) if MONEY_COLUMN.search(head) and not OTHER_COLUMN.search(head)]
    return (
        bool(money)
        and not any(is_value(cell) for at, cell in enumerate(section.cells) if cell and at > named)
        and not any(section.cells[at] for at in money if at < len(section.cells) and at != named)
    )


def _cell(section: Section, at: int, alone: bool, defaults: Defaults) -> _Read:
    """Return the amounts of a cell; without heads it is known what a sum is only where it is `alone`."""
    cell, head = section.cells[at], section.heads[at] if at < len(section.heads) else ""
    money = is_value(cell) or holds_money(head) or COLUMN_UNIT.search(head)
    whole = WHOLE_COST.search(head) and any("国費" in each for each in section.heads) and not is_funded(section.heads)
    if not cell or not money or whole or not (section.heads or alone):
        return (), ()
    text = money_in(cell, head, section.caption, section.heads)
    return read_cell(text, head, defaults) if text else ((), ())


def _new(amounts: list[Amount], section: Section, name: int) -> list[Amount]:
    """Return the amounts with what a cell says of all the row: 「新規」 and 「皆増」, for there was no year before."""
    says = (_is_new(cell) for at, cell in enumerate(section.cells) if at != name and cell)
    if not any(says) or any(each.role == "previous" and each.yen for each in amounts):
        return amounts
    latest = max((max(each.years) for each in amounts if each.years), default=0)
    return [_anew(each, latest) for each in amounts if each.role != "previous"]


def _is_new(cell: str) -> bool:
    """Say whether a cell says no more than 「皆増」, 「新規」 or 「○新」."""
    words = cell.strip("（）()【】[]〔〕○◯●◎☆★ 　")
    status = status_in(words)
    return flag_of(words) == "new" or (status is not None and "new" in status.flags)


def _anew(amount: Amount, latest: int) -> Amount:
    """Return an amount of the latest year as new; 「皆増」 says nothing of an amendment of the year before."""
    if amount.role != "own" or latest not in (0, *amount.years):
        return amount
    return replace(amount, flags=tuple(dict.fromkeys((*amount.flags, "new"))))


def _marked(amount: Amount, flags: frozenset[str], account: str | None) -> Amount:
    own = flags if amount.role in ("own", "total") else flags - {"new"}
    names = tuple(flag for flag in FLAGS if flag in own or flag in amount.flags)
    return replace(amount, flags=names, account=amount.account or account)


def _without_sums(section: Section, name: int) -> Iterator[str]:
    """Yield the words of the cells that are neither name nor money: 「事項要求」, what a programme does."""
    for at, cell in enumerate(section.cells):
        head = section.heads[at] if at < len(section.heads) else ""
        if at == name or not cell or is_value(cell) or sums_in(cell):
            continue
        if NO_SUM.search(cell) or (head and not MONEY_COLUMN.search(head) and not OTHER_COLUMN.search(head)):
            yield cell


def _unread_numbers(section: Section, at: int, left: tuple[Left, ...]) -> Iterator[tuple[str, str]]:
    """Yield the plain numbers of a cell that may be sums and are in no amount."""
    cell, head = section.cells[at][:_LONGEST], section.heads[at] if at < len(section.heads) else ""
    if left:
        yield cell, left[0].reason
        return
    if REMARK_COLUMN.search(head):
        known = bool(UNIT_LINE.search(section.caption) or any(map(COLUMN_UNIT.search, section.heads)))
        numbers = [
            each
            for each in CELL_NUMBER.finditer(cell)
            if "," in each[0] or "，" in each[0] or REMARK_NUMBER.search(cell)
        ]
        reason = _REMARK
    elif OTHER_COLUMN.search(head):
        return
    else:
        unit = unit_of(head, section.caption, section.heads)
        bare = not section.heads and UNIT_LINE.search(section.caption)
        odd = is_number(cell) and ("," in cell or "，" in cell) and NAME_COLUMN.search(head)
        below = is_number(cell) and any(map(UNIT_LINE.search, (section.caption, *section.heads)))
        below = below and not is_empty(cell) and not NAME_COLUMN.search(head)
        known = bool(unit or SURE_COLUMN.search(head) or bare or odd or below)
        numbers = list(CELL_NUMBER.finditer(cell))
        reason = _CELL if unit else _NO_UNIT
    if known:
        yield from ((_around(cell, each.start(), each.end()), reason) for each in numbers)


def _around(cell: str, start: int, end: int) -> str:
    return cell[max(0, start - 10) : end + 10]


def _unread(section: Section, read: dict[int, _Read], name: int | None = None) -> Iterator[tuple[str, str]]:
    """Yield the sums of a row that are in no amount."""
    for at, cell in enumerate(section.cells):
        amounts, left = read.get(at, ((), ()))
        taken = Counter(each.yen for each in amounts)
        reasons = {each.start: each.reason for each in left}
        sums = sums_in(cell)
        if not sums and not amounts and at != name and cell:
            yield from _unread_numbers(section, at, left)
        for found in sums:
            taken[found.yen] -= 1
            if taken[found.yen] < 0:
                yield _around(cell, found.start, found.end), reasons.get(found.start, "どの列の金額か分からない")
