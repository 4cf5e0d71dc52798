"""Fiscal years as papers write them: 「令和6年度」「R2、4補正」「2024年度」「前年度」 → 2024."""

import re
from typing import NamedTuple

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "R": 2018, "H": 1988, "S": 1925}
RELATIVE = {
    "前々年度": -2,
    "一昨年度": -2,
    "前年度": -1,
    "昨年度": -1,
    "本年度": 0,
    "今年度": 0,
    "当年度": 0,
    "翌年度": 1,
    "来年度": 1,
}
KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
BEGINNINGS = (2018, 1988, 2000)
"""What 「5年度」 without an era counts from: 令和, 平成, or the century."""

NEAR = 8
LONGEST_SPAN = 50

_FIRST = "F令平昭大明RHSＲＨＳ0-9０-９一二前昨本今当翌来"
_DIGIT = "[0-9０-９]"
_KANJI = "[一二三四五六七八九十]{1,3}"
_NUMBER = rf"(?:元|{_DIGIT}{{1,2}}|{_KANJI})"
_AHEAD = r"(?=[ 　]*(?:当初|補正|予算|予備費|概算|要求|決算|第?[0-9０-９一二三四五六七八九十]{1,3}[次号月]補正))"
_YEAR = re.compile(
    rf"(?=[{_FIRST}])(?:"
    rf"(?P<era>令和|平成|昭和|大正|明治)[ 　]*(?P<n>{_NUMBER})[ 　]*(?:年[ 　]*度|年{_AHEAD})"
    rf"|(?<![A-Za-zＡ-Ｚａ-ｚ0-9])(?P<letter>[RHSＲＨＳ])[ 　]*(?P<m>元|{_DIGIT}{{1,2}})"
    rf"(?:(?=[.．]{_DIGIT}{{1,2}}月[ 　]*補正)|(?![0-9０-９.A-Za-z]))[ 　]*(?:年[ 　]*度|年{_AHEAD})?"
    rf"|(?<!{_DIGIT})(?P<west>(?:18|19|20|21)[0-9]{{2}}|[１２][８９０１][０-９]{{2}})"
    r"[ 　]*(?:年[ 　]*度|(?=[ 　]*(?:FY|当初|補正)))"
    r"|FY[ 　]?(?P<fiscal>20[0-9]{2})(?![0-9])"
    r"|(?P<kanji>[一二][八九〇一][〇一二三四五六七八九]{2})年度"
    rf"|(?<![0-9０-９.．第])(?P<bare>{_DIGIT}{{1,2}})(?:年度(?![目間])|(?=当初|補正))"
    rf"|(?P<relative>{'|'.join(RELATIVE)})(?![比並同]|より|[にと]比|から|を[上下]|"
    rf"(?:への?|に)?繰|(?:当初)?(?:予算)?額?の[0-9０-９.．]+[ 　]*[％%割]))"
)
_MORE = re.compile(
    rf"[、,，・･及びと ]{{1,3}}(?P<n>{_NUMBER})[ 　]*(?:年[ 　]*度)?(?=[ 　]*(?:年度|当初|補正|予算|、|,|，))"
)

_MARK = re.compile("[〜～~－−‐–―-]|から")
_RANGE_MARK = r"[ 　]*(?:[〜～~－−‐–―-]|から)[ 　]*"
_SPAN = re.compile(
    rf"(?:(?P<era>令和|平成|昭和)[ 　]*|(?<![A-Za-zＡ-Ｚａ-ｚ0-9])(?P<letter>[RHSＲＨＳ])[ 　]*"
    rf"|(?<!{_DIGIT})(?=(?:19|20)[0-9]{{2}}|[１２][９０][０-９]{{2}}))"
    rf"(?P<n>元|{_DIGIT}{{1,4}}|{_KANJI})[ 　]*(?:年[ 　]*度|年)?"
    rf"{_RANGE_MARK}"
    rf"(?:(?P<era2>令和|平成|昭和)?[ 　]*(?P<m>{_DIGIT}{{1,4}}|{_KANJI})[ 　]*年[ 　]*度"
    rf"|[RHSＲＨＳ][ 　]*(?P<k>{_DIGIT}{{1,2}})(?![0-9０-９.A-Za-z])(?:[ 　]*年[ 　]*度)?)"
)
_RING = re.compile(r"[、,，・･ 　]*(?P<ring>[①-⑳])[ 　]*(?:当初|補正|予備費|$)")


class Year(NamedTuple):
    """A fiscal year found in a text: where it stands (offsets), and which Western year it is.

    Of a range of years, 「令和6～10年度」, it is the first, and `last` the last.
    """

    start: int
    end: int
    year: int
    last: int | None = None


def number_of(text: str) -> int:
    """Return the number that `text` writes: 「元」, digits of either width, kanji numerals below 100."""
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = KANJI_DIGITS.get(ones, 0)
    return (KANJI_DIGITS.get(tens, 1) * 10 + value) if ten else value


def find_years(text: str, base: int | None = None) -> list[Year]:
    """Return the fiscal years that `text` names, in order.

    A year without 度 counts only before a word of the budget (「令和5年補正」, but not 「令和6年能登半島地震」).
    Years may share an era (「R2、4 補正、R5 当初」). Relative ones (前年度), and those without an era (5年度),
    count from `base`, and are left out without it; 「前年度比」 is no year.
    """
    found: list[Year] = []
    position = 0
    for span in _SPAN.finditer(text) if _MARK.search(text) else ():
        if year := _span(span):
            found += [*_single(text, base, position, year.start), year]
            position = year.end
    return found + _single(text, base, position, len(text))


def _span(match: re.Match[str]) -> Year | None:
    """Return the range of years that `match` names, None where the end is not behind its beginning."""
    era = _era(match) or 0
    first = era + number_of(match["n"])
    second = number_of(match["m"] or match["k"])
    last = second if second > 1000 else (ERAS[match["era2"]] if match["era2"] else era) + second
    return Year(match.start(), match.end(), first, last) if 0 < last - first < LONGEST_SPAN else None


def _single(text: str, base: int | None, start: int, end: int) -> list[Year]:
    """Return the single years between two offsets of `text`."""
    found: list[Year] = []
    position = start
    while match := _YEAR.search(text, position, end):
        position = match.end()
        if (year := _western(match, base)) is not None:
            found.append(Year(match.start(), position, year))
        if era := _era(match):
            while more := _MORE.match(text, position, end):
                position = more.end()
                found.append(Year(more.start("n"), position, era + number_of(more["n"])))
    return found


def ring_year(words: str, base: int | None) -> int | None:
    """Return the fiscal year of 「⑤」 or 「④補正」 in brackets behind a sum of `base`, as 総務省 writes them.

    Only one of the two years before is such a mark; any other number in a ring counts something.
    """
    match = _RING.match(words)
    if match is None or base is None:
        return None
    year = ERAS["令和"] + ord(match["ring"]) - ord("①") + 1
    return year if base - 2 <= year < base else None


def _era(match: re.Match[str]) -> int | None:
    """Return the year before the first of the era that `match` names."""
    era = match["era"] or match["letter"]
    if not era:
        return None
    return ERAS[chr(ord(era) - 0xFEE0) if "Ａ" <= era <= "Ｚ" else era]


def _western(match: re.Match[str], base: int | None) -> int | None:
    """Return the Western year of `match`, None for one that counts from a `base` that is not known."""
    if (era := _era(match)) is not None:
        return era + number_of(match["n"] or match["m"])
    if west := match["west"] or match["fiscal"]:
        return int(west)
    if match["kanji"]:
        return int("".join(str(KANJI_DIGITS[digit]) for digit in match["kanji"]))
    if base is None:
        return None
    if match["relative"]:
        return base + RELATIVE[match["relative"]]
    near = [start + int(match["bare"]) for start in BEGINNINGS if abs(start + int(match["bare"]) - base) <= NEAR]
    return near[0] if len(near) == 1 else None


def read_year(text: str, base: int | None = None) -> int | None:
    """Return the fiscal year that the whole of `text` says: 「2024」「R6」「令和6年度」; None where it says none."""
    stripped = text.strip()
    if stripped.isdecimal() and len(stripped) == 4:
        return int(stripped)
    for candidate in (stripped, stripped + "度", stripped + "年度"):
        found = find_years(candidate, base)
        if len(found) == 1 and found[0][:2] == (0, len(candidate)) and not found[0].last:
            return found[0].year
    return None
