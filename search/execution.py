"""What was spent of the money there was: each amount executed beside the 歳出予算現額 of its year."""

from collections.abc import Iterator

from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import ROLE_CODES, STAGE_CODES

AVAILABLE = ("歳出予算現額", "予算現額", "支出予算現額")
"""The labels of what there is to execute: the budgets of a year, what was carried over to it, reserve."""

_EXECUTED, _TOTAL = STAGE_CODES.index("executed"), ROLE_CODES.index("total")
_COUNTED = (ROLE_CODES.index("own"), _TOTAL)


def executions(columns: Columns, catalog: Catalog) -> Iterator[tuple[int, int, int]]:
    """Yield the records of money executed, with their sums and what there was; where there was nothing, none."""
    stage, role, years = (columns.numbers(f"record.{name}") for name in ("stage", "role", "years"))
    yen, label, account = (columns.numbers(f"record.{name}") for name in ("yen", "label", "account"))
    available = _numbers(columns)
    if not available:
        return
    for record, each in enumerate(stage):
        if each != _EXECUTED or role[record] not in _COUNTED:
            continue
        whole = [
            other
            for other in catalog.records_of(catalog.record_item[record])
            if label[other] in available and role[other] == _TOTAL and years[other] == years[record]
        ]
        same = [other for other in whole if account[other] == account[record]] or whole
        if len(same) == 1 and yen[same[0]] > 0:
            yield record, yen[record], yen[same[0]]


def _numbers(columns: Columns) -> frozenset[int]:
    """Return the numbers of the labels AVAILABLE among the strings of a store."""
    strings, label = columns.strings("string"), columns.numbers("record.label")
    return frozenset(number for number in set(label) if number and strings[number] in AVAILABLE)
