"""A number or a date in a sheet as its number format shows it, but with no digit of its value left out.

openpyxl knows the codes of formats, but shows nothing by them; ports of other programs' formatters know no eras and
round sums away.
"""

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

_YEN, _YEN_SEN = "¥#,##0;¥-#,##0", "¥#,##0.00;¥-#,##0.00"
_SIGNED, _SIGNED_SEN = "#,##0;-#,##0", "#,##0.00;-#,##0.00"
_DAY, _MONTH, _MONTH_DAY, _ERA_DAY = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"', 'ggge"年"m"月"d"日"'
_GROUPS = (
    (_YEN, (5, 6)), (_YEN_SEN, (7, 8)), (_SIGNED, (37, 38)), (_SIGNED_SEN, (39, 40)),
    (_SIGNED + ';"-"', (41,)), (_YEN + ';¥"-"', (42,)), (_SIGNED_SEN + ';"-"', (43,)), (_YEN_SEN + ';¥"-"', (44,)),
    ("yyyy/m/d", (14, 15)), ("m/d", (16,)), ("yyyy/m", (17,)), ("yyyy/m/d h:mm", (22,)), ("m/d/yy", (30,)),
    ("h:mm", (18, 20)), ("h:mm:ss", (19, 21)), ('h"時"mm"分"', (32,)), ('h"時"mm"分"ss"秒"', (33,)),
    ("ge.m.d", (27, 36, 50, 57)), (_ERA_DAY, (28, 29, 51, 54, 58)),
    (_DAY, (31,)), (_MONTH, (34, 52, 55)), (_MONTH_DAY, (35, 53, 56)),
)  # fmt: skip
BUILT_IN = {number: code for code, numbers in _GROUPS for number in numbers}
"""The formats that a workbook names by number alone where Japanese Excel shows others (ECMA-376, 18.8.30)."""

ERAS = (
    (datetime(2019, 5, 1), "令和", "R"),
    (datetime(1989, 1, 8), "平成", "H"),
    (datetime(1926, 12, 25), "昭和", "S"),
    (datetime(1912, 7, 30), "大正", "T"),
    (datetime(1868, 1, 1), "明治", "M"),
)
_WEEKDAYS = "月火水木金土日"
_CONTEXT = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel keeps and shows fifteen digits; what a sum in binary has behind them is no part of the value."""

_MOST_DECIMALS = 8
"""Whole yen have no more in any unit up to 億円; a quotient has, and is taken as it is shown."""

_GENERAL = ("", "General", "G/標準")
_DIGITS = 15
_LONGEST = 60
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|[^;])*')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<gap>[_*].)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])'
    r"|(?P<number>[#0?][#0?,.]*|[.][#0?]+)|(?P<general>General|G/標準)|(?P<exponent>E[+-])|(?P<half>AM/PM|A/P)"
    r"|(?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,4})|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(?P<sign>[<>=]{1,2})(?P<number>-?[0-9.]+)\]")
_TESTS = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}
_SIGNS = "-－−▲△"


class Token(NamedTuple):
    """A stretch of a number format: its kind, and what it says."""

    kind: str
    text: str


def shown(written: str, code: str, *, from_1904: bool = False) -> str:
    """Return the number `written` in a workbook as the format `code` shows it; digits that it rounds away stay."""
    if code in _GENERAL and len(written) <= _DIGITS and written.isdecimal():
        return written
    try:
        value = _CONTEXT.create_decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return written
    sections = _sections(code)
    tokens, signed = _section(sections, value)
    kinds = {token.kind for token in tokens}
    if "date" in kinds and not kinds & {"number", "general"}:
        try:
            moment = from_excel(float(value), CALENDAR_MAC_1904 if from_1904 else WINDOWS_EPOCH)
        except OverflowError:
            return plain(value)
        return _date(moment, tokens) if value >= 0 else plain(value)
    if (
        "number" not in kinds
        or "exponent" in kinds
        or any("/" in token.text for token in tokens if token.kind == "other")
    ):
        literal = "".join(token.text for token in tokens if token.kind != "general")
        return literal if value == 0 and len(sections) > 2 and "general" not in kinds else plain(value)
    return _number(value, tokens, signed=signed)


def plain(value: Decimal) -> str:
    """Return a number in all its digits, without an exponent."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "0", text == "-0") or "0"


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """Return the parts of a format: for what is positive, negative, zero; text has the fourth."""
    parts: list[str] = []
    at = 0
    while at <= len(code) and len(parts) < 4:
        match = _SECTION.match(code, at)
        parts.append(match[0] if match else "")
        at += len(parts[-1]) + 1
    return tuple(tuple(_tokens(part)) for part in parts)


def _tokens(part: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(part):
        kind = match.lastgroup or "other"
        if kind == "gap":
            continue
        literal = kind in ("quoted", "escaped", "currency", "other")
        tokens.append(Token("literal" if literal and match[kind] != "/" else kind, match[kind]))
    return tokens


def _section(sections: Sequence[tuple[Token, ...]], value: Decimal) -> tuple[tuple[Token, ...], bool]:
    """Return the part of a format that a value goes by, and whether that part has to say the sign itself."""
    for section in sections[:3]:
        match = next((found for each in section if (found := _CONDITION.fullmatch(each.text))), None)
        if match and match["sign"] in _TESTS and _TESTS[match["sign"]](value, Decimal(match["number"])):
            return section, False
    if any(_CONDITION.fullmatch(each.text) for section in sections for each in section):
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if value == 0 and len(sections) > 2 else 0], False


def _number(value: Decimal, tokens: Sequence[Token], *, signed: bool) -> str:
    """Return a value with the words that its format puts around it; brackets and red print mean minus."""
    pattern = "".join(token.text for token in tokens if token.kind == "number")
    percent = any(token.kind == "literal" and token.text == "%" for token in tokens)
    scaled = value * 100 if percent else value / 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    digits = _digits(abs(scaled), pattern.rstrip(","), exact=not percent)
    words = [token.text for token in tokens if token.kind == "literal"]
    before, behind, seen = "", "", False
    for token in tokens:
        if token.kind == "number":
            seen = True
        elif token.kind == "literal":
            before, behind = (before, behind + token.text) if seen else (before + token.text, behind)
    if value < 0 and signed:
        if before.rstrip().endswith("(") and behind.lstrip().startswith(")"):
            before, behind = before.rstrip()[:-1] + "△", behind.lstrip()[1:]
        elif not any(sign in "".join(words) for sign in _SIGNS):
            before = "△" + before
    elif value < 0:
        before = "-" + before
    return f"{before}{digits}{behind}".strip()


def _digits(value: Decimal, pattern: str, *, exact: bool) -> str:
    """Return a value in the digits that a pattern has, and in more where it rounds away some of a sum."""
    whole, _, fraction = pattern.partition(".")
    places = sum(each in "#0?" for each in fraction)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=_LONGEST + 20))
    text = f"{rounded:f}"
    if exact and rounded != value and 0 < -int(value.normalize().as_tuple().exponent) <= _MOST_DECIMALS:
        text = plain(value)
    left, _, right = text.partition(".")
    least = sum(each == "0" for each in fraction)
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    left = left.rjust(sum(each == "0" for each in whole), "0")
    left = f"{int(left):,}" if "," in whole and left else left
    return f"{left}.{right}" if right else left


def _date(moment: datetime | time, tokens: Sequence[Token]) -> str:
    """Return a day or a time as its format shows it."""
    if isinstance(moment, time):
        moment = datetime.combine(WINDOWS_EPOCH, moment)
    dated = [token for token in tokens if token.kind == "date"]
    written, place = "", 0
    for token in tokens:
        if token.kind == "date":
            near = dated[max(0, place - 1)].text[0].lower(), dated[min(len(dated) - 1, place + 1)].text[0].lower()
            minutes = (near[0] == "h" and place > 0) or near[1] == "s"
            written += _part(moment, token.text.lower(), minutes=minutes)
            place += 1
        elif token.kind in ("literal", "other"):
            written += token.text
    return written.strip()


def _part(moment: datetime, letters: str, *, minutes: bool) -> str:
    """Return what a run of letters in a format stands for: 「ggg」 is 令和, 「e」 the year of the era."""
    first, short = letters[0], len(letters) == 1
    era = next((each for each in ERAS if moment >= each[0]), None)
    match first:
        case "y":
            return f"{moment.year}" if len(letters) > 2 else f"{moment.year % 100:02d}"
        case "g":
            return "" if era is None else era[2] if short else era[1][: len(letters) - 1]
        case "e":
            return str(moment.year - era[0].year + 1 if era else moment.year)
        case "m":
            number = moment.minute if minutes else moment.month
            return f"{number:02d}" if len(letters) == 2 else str(number)
        case "a":
            return _WEEKDAYS[moment.weekday()] + ("曜日" if len(letters) > 3 else "")
        case "d" if len(letters) > 2:
            return _WEEKDAYS[moment.weekday()]
        case _:
            number = {"d": moment.day, "h": moment.hour, "s": moment.second}[first]
            return str(number) if short else f"{number:02d}"
