"""The cells of a table of money: exact sums, nothing, or what is neither."""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

from index.accounts import account_of
from index.document import Amount

UNITS = {"円": 1, "千円": 1_000, "百万円": 1_000_000, "億円": 100_000_000}
NOTHING = frozenset(("", "-", "－", "―", "‐", "–", "—", "ー", "…", "…", "N/A", "n/a"))
_NUMBER = re.compile(r"(?P<sign>[-△▲−–]?) ?[¥]?(?P<digits>[0-9][0-9,]*)(?P<rest>\.[0-9]+)?")
_MOST = 10**18
"""What is not below it does not go into a column of whole numbers, and is more than any budget."""


def yen_of(cell: str, unit: str) -> int | None:
    """Return the sum in a cell in yen, None for a cell that says nothing. Raises ValueError for anything else.

    Empty is no amount; 0 is 0. 「△1,234」 and 「▲1,234」 are minus.
    """
    plain = unicodedata.normalize("NFKC", cell).strip()
    if plain in NOTHING or cell in NOTHING:
        return None
    match = _NUMBER.fullmatch(plain)
    if match is None or len(match["digits"]) > 30 or len(match["rest"] or "") > 12:
        raise ValueError(cell)
    yen = Decimal(match["digits"].replace(",", "") + (match["rest"] or "")) * UNITS[unit]
    if yen != int(yen) or yen >= _MOST:
        raise ValueError(cell)
    return -int(yen) if match["sign"] else int(yen)


def written(amount: Amount, head: str, cell: str, unit: str) -> Amount:
    """Return an amount with the words of its cell: 「当初予算(合計) 1200000000円」."""
    return replace(amount, written=f"{head} {cell}{unit}")


def account_named(name: str) -> str | None:
    """Return the account of a name with or without 特別会計 at its end: 「エネルギー対策」 is エネ特."""
    if not name:
        return None
    return account_of(name) or (account_of(f"{name}特別会計") if not name.endswith("会計") else None) or name
