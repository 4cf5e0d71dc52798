"""Accounts: every way in which papers write one, to the mark it is known by (``accounts.tsv``)."""

import re
from functools import cache, lru_cache
from pathlib import Path

from index.text import fold

_LONGEST_ACCOUNT = 40
FISCAL_ACCOUNT = re.compile(r"[^うち、,。\s（）()【】：:]{2,20}?(?:特別会計|特会)(?:[一-鿿]{2,8}勘定)?")


@cache
def accounts() -> dict[str, str]:
    """Return every way to write an account, folded, to the mark it is known by (``accounts.tsv``)."""
    table: dict[str, str] = {}
    for row in Path(__file__).with_name("accounts.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            mark, *spellings = row.split("\t")
            for spelling in (mark, *spellings):
                table.setdefault(fold(spelling), mark)
    return table


@cache
def _account_ends() -> frozenset[str]:
    """Return the characters that accounts end with, in either width and case: most names are none for that alone."""
    ends = {each for spelling in (*accounts(), "特会", "会計", "勘定") for each in (spelling[-1], spelling[-1].upper())}
    return frozenset(ends | {chr(ord(each) + 0xFEE0) for each in ends if "!" <= each <= "~"})


@lru_cache(maxsize=4096)
def account_of(text: str) -> str | None:
    """Return the account that the whole of `text` names: エネルギー対策特別会計 is エネ特, 一部 G X is 一部GX."""
    if len(text) > _LONGEST_ACCOUNT or text.rstrip()[-1:] not in _account_ends():
        return None
    folded = fold(text)
    known = accounts()
    if folded in known:
        return known[folded]
    if folded.startswith("一部") and (mark := known.get(folded[2:])):
        return f"一部{mark}"
    return "".join(text.split()) if FISCAL_ACCOUNT.fullmatch(text.strip()) else None
