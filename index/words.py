"""Tables of words as patterns."""

import re
from collections.abc import Sequence

Words = Sequence[tuple[str, str | None]]
"""Patterns of words, and what each of them says; earlier rows win."""


def words_pattern(table: Words, first: str = "") -> re.Pattern[str]:
    """Return one pattern for a table of words; the group that matched, ``g0``, ``g1`` …, is the row.

    `first`, the characters that any of them begins with, spares a try at every other.
    """
    ahead = f"(?=[{first}])" if first else ""
    return re.compile(ahead + f"(?:{'|'.join(f'(?P<g{row}>{pattern})' for row, (pattern, _) in enumerate(table))})")


def value_in(table: Words, match: re.Match[str]) -> str | None:
    """Return what the row of `table` that gave `match` says."""
    return table[int((match.lastgroup or "g0")[1:])][1]
