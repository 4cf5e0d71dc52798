"""What a printed total is held against: the entries that it stands over, and what these come to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.document import ROWS, Amount, Item
from index.programme import is_generic, programme_key, programme_of
from index.rounding import last_digit
from search.figures import Addend, LeftOut

_OPEN = ("portion", "ceiling")
_ROLES = ("own", "total", "previous")


@dataclass(eq=False, slots=True)
class Node:
    """An item of a paper that others may stand below; `under` are those that it is the total of.

    `rank` is how far a total reaches (0 for what is no total), `within` says that うち opens it. A `table` has its
    sums in columns; where `accounts`, these are told apart by account.
    """

    item: Item
    rank: int = 0
    within: bool = False
    table: bool = False
    accounts: bool = False
    under: "list[Node]" = field(default_factory=list)

    @property
    def titled(self) -> str:
        """The name behind its number."""
        return f"{self.item.number} {self.item.name}" if self.item.number and not self.table else self.item.name


class Column(NamedTuple):
    """What two amounts have in common that may be added: years and stage; in a table all that tells its columns."""

    years: tuple[int, ...]
    stage: str | None
    label: str | None = None
    account: str | None = None
    part: bool = False


class Reckoning(NamedTuple):
    """A printed total and what its parts come to; half the sum of their last digits is what rounding may make of it."""

    column: Column
    yen: int
    parts: tuple[Addend, ...]
    left_out: tuple[LeftOut, ...]
    tolerance: int

    @property
    def sum(self) -> int:
        """What the parts come to, in yen."""
        return sum(each.amount.yen for each in self.parts)

    @property
    def explained(self) -> bool:
        """Whether there are parts that come to what is printed, but for rounding."""
        return bool(self.parts) and abs(self.sum - self.yen) <= self.tolerance


def column_of(node: Node, amount: Amount) -> Column:
    """Return the column that an amount of `node` stands in."""
    if not node.table:
        return Column(amount.years, amount.stage)
    part = amount.role == "part" and not node.within
    account = amount.account if node.accounts else None
    return Column(amount.years, amount.stage, amount.label, account, part)


def reckonings(node: Node, under: Sequence[Node]) -> list[Reckoning]:
    """Return what each total that `node` prints comes to by the sums of the nodes `under` it, column by column."""
    printed: dict[Column, list[Addend]] = {}
    for addend in _sums(node):
        printed.setdefault(column_of(node, addend.amount), []).append(addend)
    found = [
        _reckoning(column, totals[:1] if node.table else totals, under, wide=not node.table)
        for column, totals in printed.items()
        if all(each.amount.bound not in _OPEN for each in totals)
    ]
    return [each for each in found if each.parts or each.left_out]


def _reckoning(column: Column, totals: Sequence[Addend], under: Sequence[Node], *, wide: bool) -> Reckoning:
    kept: list[Addend] = []
    left: list[LeftOut] = []
    said: dict[tuple[str, int], list[Addend]] = {}
    for each in (addend for node in under for addend in _addends(node, column, wide=wide)):
        reason, instead = _reason(each), None
        if reason is None and each.item.kind not in ROWS:
            alike = said.setdefault(_programme(each), [])
            instead = next((one.place for one in alike if _same(one, each)), None)
            alike.append(each)
        if reason or instead:
            left.append(LeftOut(each, reason or "again", instead))
        else:
            kept.append(each)
    half = sum(map(_digit, (*totals, *kept))) // 2
    return Reckoning(column, sum(each.amount.yen for each in totals), tuple(kept), tuple(left), half)


def _addends(node: Node, column: Column, *, wide: bool) -> list[Addend]:
    """Return the sums of a node in a column, else those of the nodes that it stands over.

    Seen from above a table, any of its columns of the same years and stage will do; one headed 計 has the others in it.
    """
    if wide:
        own = [each for each in _sums(node) if (each.amount.years, each.amount.stage) == column[:2]]
        own = [each for each in own if each.amount.role != "part" or node.within]
        own = [each for each in own if each.amount.role == "total"] or own
    else:
        found = [(column_of(node, each.amount), each) for each in _sums(node)]
        own = [each for beside, each in found if beside == column]
        own = (own or [each for beside, each in found if _is_reserve(beside, column)])[:1]
    return own or [addend for each in node.under for addend in _addends(each, column, wide=wide)]


def _is_reserve(beside: Column, column: Column) -> bool:
    """Say whether a sum stands in `column` but for its stage: 「予備費」 among expenses is a row like the others."""
    return beside.stage == "reserve" and beside._replace(stage=column.stage) == column


def _sums(node: Node) -> list[Addend]:
    """Return the sums of an item that may be a total or its part; parts of sums are that in tables only."""
    roles = (*_ROLES, "part") if node.table else _ROLES
    addends = [Addend(node.item, position) for position in range(len(node.item.amounts))]
    return [each for each in addends if each.amount.role in roles]


def _reason(addend: Addend) -> str | None:
    """Return why an amount is in no total, None if it is in one."""
    amount = addend.amount
    marked = next((flag for flag in ("repeated", "later") if flag in amount.flags), None)
    bound = amount.bound if amount.bound in _OPEN else None
    return marked or bound or ("prose" if addend.item.kind == "passage" and not amount.label else None)


def _programme(addend: Addend) -> tuple[str, int]:
    """Return what two entries of one programme have in common; those of no programme in particular have nothing."""
    name = programme_of(addend.item, addend.amount)
    return ("" if is_generic(name) else programme_key(name)), addend.amount.yen


def _same(one: Addend, other: Addend) -> bool:
    """Say whether two entries of a programme with the same sum are one, printed twice."""
    accounts = {one.amount.account, other.amount.account} - {None}
    return bool(_programme(one)[0]) and len(accounts) < 2 and one.item is not other.item


def _digit(addend: Addend) -> int:
    """Return what the last digit of a sum counts; sums in whole yen were not rounded."""
    unit = last_digit(addend.amount.written, addend.amount.yen)
    return unit if unit > 1 else 0
