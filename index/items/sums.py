"""The last row of a table that is the sum of the others, whatever it is called."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.document import Amount, Item
from index.notation import PROGRAMME_END

_GAP = 2
_SUM_WORDS = re.compile("計|総|全体|全て|すべて|[＋+]")
_Column = tuple[tuple[int, ...], str | None, str | None, str | None, str]


def with_totals(items: Sequence[Item]) -> list[Item]:
    """Return the items with the last row of each table as a total where each of its columns comes to those above it.

    Two rows may come to a third by chance, so that a name of a programme is believed, and few digits only beside
    words of sums.
    """
    found = list(items)
    for first, last in _tables(found):
        if _is_sum(found[last], found[first:last]):
            amounts = tuple(replace(each, role="total") if each.role == "own" else each for each in found[last].amounts)
            found[last] = replace(found[last], amounts=amounts)
    return found


def _tables(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Yield the positions of the first and the last row of each table of three rows or more."""
    first = 0
    for at in range(1, len(items) + 1):
        if at == len(items) or not _together(items[at - 1], items[at]):
            if at - first > 2:
                yield first, at - 1
            first = at


def _together(one: Item, other: Item) -> bool:
    near = 0 < other.place.line - one.place.end_line <= _GAP
    return near and one.kind == other.kind == "row" and one.heading_path == other.heading_path


def _is_sum(last: Item, above: Sequence[Item]) -> bool:
    """Say whether a row is the sum of the rows above it that are counted, down from the last total or all."""
    sums = _columns([last])
    if PROGRAMME_END.search(last.name) or not any(each[-1] == "own" and yen for each, yen in sums.items()):
        return False
    below = next((at for at in range(len(above), 0, -1) if _has(above[at - 1], "total")), 0)
    told = len(above) > 2 or len([yen for yen in sums.values() if yen]) > 1 or _SUM_WORDS.search(last.name)
    choices = ([each for each in rows if _has(each, "own")] for rows in (above[below:], above))
    return bool(told) and any(len(rows) > 1 and sums == _columns(rows) for rows in choices)


def _has(item: Item, role: str) -> bool:
    return any(each.role == role for each in item.amounts)


def _columns(rows: Sequence[Item]) -> Counter[_Column]:
    """Return what the rows come to in each column, repeats left out."""
    columns: Counter[_Column] = Counter()
    for amount in (each for row in rows for each in row.amounts if _counts(each)):
        columns[amount.years, amount.stage, amount.account, amount.label, amount.role] += amount.yen
    return columns


def _counts(amount: Amount) -> bool:
    return amount.role in ("own", "previous") and amount.yen != 0 and not {"repeated", "later"} & set(amount.flags)
