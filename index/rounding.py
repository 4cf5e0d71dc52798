"""How exactly a sum is printed: what a one in its last digit is worth."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import Match

from index.yen import BIG, KANJI, SMALL, TOKEN, WIDTH, find_sums, read_yen

_POWERS = frozenset(10**power for power in range(19))
_LONGEST = 60


@lru_cache(maxsize=4096)
def last_digit(written: str, yen: int) -> int:
    """Return what a one in the last printed digit of the sum `yen` is worth, in yen.

    `written` are the words that print it: 「1兆6,241億円(1兆1,076億円)」 prints the first to 10**8 yen, 「2.8億円」 is
    printed to 10**7, 「12,360百万円」 to 10**6, and a bare 「1,234」 that is worth 1,234,000 yen to 1,000. Where the
    words do not print the sum it is taken to be exact, to 1 yen.
    """
    whole = [written] if abs(read_yen(written) or 0) == abs(yen) else []
    for each in (*(each.written for each in find_sums(written) if abs(each.yen) == abs(yen)), *whole):
        tokens = list(TOKEN.finditer(each.translate(WIDTH)))
        if tokens and (len(tokens) > 1 or abs(read_yen(each) or 0) == abs(yen)):
            return _last(tokens)
    return next(_counted(written, abs(yen)), 1)


def _last(tokens: Sequence[Match[str]]) -> int:
    """Return what the last digit of the tokens of a sum counts: 「3億2千万円」 ends in 2 times 千万.

    In 「千億円」 the 千 itself is the digit.
    """
    unit, end = 1, len(tokens)
    while end and tokens[end - 1].lastgroup in ("big", "yen"):
        end -= 1
        unit *= BIG.get(tokens[end][0], 1)
    if end and tokens[end - 1].lastgroup == "small":
        end -= 1
        unit *= SMALL[tokens[end][0]]
    number = tokens[end - 1][0] if end and tokens[end - 1].lastgroup == "number" else ""
    return int(max(1, unit // 10 ** _places(number)))


def _counted(written: str, yen: int) -> Iterator[int]:
    """Yield what the last digit counts of each bare number that is `yen` in some unit: 「1,234」 below 千円."""
    for token in TOKEN.finditer(written.translate(WIDTH)):
        digits = token[0].translate(KANJI).replace(",", "").replace(".", "")[:_LONGEST]
        if token.lastgroup == "number" and int(digits) and yen % int(digits) == 0 and yen // int(digits) in _POWERS:
            yield yen // int(digits)


def _places(number: str) -> int:
    """Return how many digits of a number stand behind its point."""
    return len(number.translate(KANJI).partition(".")[2])
