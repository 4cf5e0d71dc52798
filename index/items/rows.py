"""A row of a table into its name and its amounts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.amounts import Left, read_cell, read_entry
from index.amounts.brackets import sums_in
from index.amounts.drafts import Defaults
from index.amounts.when import PUNCTUATION, read_when
from index.document import FLAGS, Amount, Section
from index.notation import NO_SUM, PART, PREVIOUS, TOTAL_NAME, WHOLE_COST, account_of
from index.outline.tables import (
    COLUMN_UNIT,
    FUNDING_COLUMN,
    MONEY_COLUMN,
    NAME_END,
    OTHER_COLUMN,
    is_value,
    money_in,
    name_column,
)

_Read = tuple[tuple[Amount, ...], tuple[Left, ...]]
_SPOKEN_FOR = ("supplementary", "reserve")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: its name, its amounts, the account that it stands under, words besides, what is left.

    `left` has the words of a cell, and why a sum in it is not understood.
    """

    name: str = ""
    amounts: tuple[Amount, ...] = ()
    account: str | None = None
    text: str = ""
    left: tuple[tuple[str, str], ...] = ()


def read_row(section: Section, defaults: Defaults, above: str | None) -> Row:
    """Return what the row `section` says; `above` is the account of the row that a row with うち is a part of.

    Accounts stand in their rows, so that the paper's own does not hold here.
    """
    defaults = replace(defaults, account=None)
    column = name_column(section.cells, section.heads)
    if column is None:
        return Row(left=tuple(_unread(section, {})))
    written = NAME_END.sub("", section.cells[column])
    part = PART.match(written)
    entry = read_entry(written[part.end() :] if part else written, defaults)
    name = entry.name if entry.name and not sums_in(written) else written.strip(PUNCTUATION) or section.cells[column]
    account = above if part else account_of(name)
    role = "part" if part else "total" if account or TOTAL_NAME.search(name) else "own"
    alone = sum(at != column and is_value(cell) for at, cell in enumerate(section.cells)) == 1
    read = {at: _cell(section, at, alone, defaults) for at in range(len(section.cells)) if at != column}
    found = [(at, amount) for at, (amounts, _) in read.items() for amount in amounts]
    amounts = _settled(found, section.heads, role)
    flagged = tuple(_marked(each, entry.flags, account or entry.account) for each in amounts)
    words = " ".join(each for each in (entry.text, *_without_sums(section, column)) if each)
    return Row(name, flagged, account, words, tuple(_unread(section, read)))


def _cell(section: Section, at: int, alone: bool, defaults: Defaults) -> _Read:
    """Return the amounts of a cell; without heads it is known what a sum is only where it is `alone`."""
    cell, head = section.cells[at], section.heads[at] if at < len(section.heads) else ""
    money = is_value(cell) or MONEY_COLUMN.search(head) or COLUMN_UNIT.search(head)
    whole = WHOLE_COST.search(head) and any("国費" in each for each in section.heads)
    if not cell or not money or whole or not (section.heads or alone):
        return (), ()
    text = money_in(cell, head, section.caption, section.heads)
    return read_cell(text, head, defaults) if text else ((), ())


def _settled(found: Sequence[tuple[int, Amount]], heads: Sequence[str], role: str) -> list[Amount]:
    """Return the amounts of a row in their roles: an earlier year's is the one before, beside this year's."""
    latest = max((year for _, each in found for year in each.years), default=0)
    told = [(at, _by_head(each, heads[at] if at < len(heads) else "")) for at, each in found]
    same = Counter((each.years, each.stage) for _, each in told if each.role == "own" and not each.account)
    settled: list[Amount] = []
    for at, amount in told:
        if amount.role == "own" and not amount.account and same[amount.years, amount.stage] > 1:
            amount = replace(amount, label=amount.label or _rest(heads[at] if at < len(heads) else "") or None)
        earlier = bool(amount.years) and max(amount.years) < latest and amount.stage not in _SPOKEN_FOR
        if amount.role == "own":
            amount = replace(amount, role="previous" if earlier else role)
        settled.append(amount)
    return settled


def _rest(head: str) -> str:
    """Return what the head of a column says besides year, stage and unit; it tells columns apart."""
    return read_when(COLUMN_UNIT.sub("", head), 2000).rest.strip(PUNCTUATION + "のは（）()額")


def _by_head(amount: Amount, head: str) -> Amount:
    """Return the amount with what the head of its column says: うち, 計, 前年度, what it is paid from, its account."""
    if amount.role != "own":
        return amount
    rest = _rest(head)
    if FUNDING_COLUMN.search(head):
        return replace(amount, role="part", label=rest.removeprefix("財源内訳").strip(PUNCTUATION) or head)
    if PART.match(head) or " うち" in head or "（うち" in head:
        return replace(amount, role="part")
    if TOTAL_NAME.search(head):
        # Beside an amendment 計 is what the budget comes to with it, of no stage of its own.
        return replace(amount, role="total", stage=None if amount.stage == "supplementary" else amount.stage)
    if PREVIOUS.search(head):
        return replace(amount, role="previous")
    return replace(amount, account=amount.account or account_of(rest))


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


def _unread(section: Section, read: dict[int, _Read]) -> Iterator[tuple[str, str]]:
    """Yield the sums of a row that are in no amount."""
    for at, cell in enumerate(section.cells):
        amounts, left = read.get(at, ((), ()))
        taken = Counter(each.yen for each in amounts)
        reasons = {each.start: each.reason for each in left}
        for found in sums_in(cell):
            taken[found.yen] -= 1
            if taken[found.yen] < 0:
                around = cell[max(0, found.start - 10) : found.end + 10]
                yield around, reasons.get(found.start, "どの列の金額か分からない")
