"""Sums of money as Japanese papers write them: 「12億3,000万円」 ⇄ 1230000000.

A sum is read in three layers, each a rule of the notation:

    token  = number | 十 百 千 | 万 億 兆 京 | 数 何 幾 余 | 円
    part   = {number | 十 百 千} [万 | 億 | 兆 | 京] [円]   「500百万円」, 「3千万」, 「985億」
    phrase = part {smaller part}                            「1 兆 985 億円」

Reckoning is in whole multiples of 10**-18 yen, so 109.6億円 is exact and never passes a float.
What does not read as one sum is a phrase without a value: it is listed for the audit and never guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import dropwhile, repeat
from typing import NamedTuple, TypeVar

T = TypeVar("T")
ONE = 10**18
MOST_YEN = 10**18
LONGEST = 200
YEN_SIGNS = ("￥", "¥")
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"京": 10**16, "兆": 10**12, "億": 10**8, "万": 10**4}

# One character for one, so that offsets stay; not NFKC, which makes 「①10億円」 110億円.
# ⼀⼆⼋⼗ are the Kangxi radicals that PDF text carries in place of 一二八十.
WIDTH = str.maketrans(
    "０１２３４５６７８９，．（）［］：･～~－−–‐⼀⼆⼋⼗\t\r\u00a0\u2002\u2003\u2009\u202f\u3000",
    "0123456789,.()[]:・〜〜----一二八十" + " " * 8,
)
KANJI = str.maketrans("〇零一二三四五六七八九・、", "00123456789.,")

TOKEN = re.compile(
    r"""(?P<number> [0-9](?:[0-9,.]*[0-9])?
                  | [〇零一二三四五六七八九]+ (?:[,、][〇零一二三四五六七八九]{3}(?![〇零一二三四五六七八九]))*
                    (?:・[〇零一二三四五六七八九]+)* )
      | (?P<small> [十百千] )
      | (?P<big> 万(?!博|全|能|引) | 億(?!劫) | 兆(?!候|し)
                 | (?<=[0-9〇一二三四五六七八九十百千 ])京(?=[ ]?[0-9〇一二三四五六七八九十百千円数〜]) )
      | (?P<vague> [数何幾](?=[ ]?(?:[十百千万億兆円]|1,?0+(?![0-9,.]))) | 余(?=[ ]?[十百千万億兆円]) )
      | (?P<yen> 円(?![滑卓熟錐柱筒周陣盤環満弧形]|グラフ)(?!(?<=[ \n]円)[安高]) )""",
    re.VERBOSE,
)
AHEAD = 3  # characters behind a token say whether it is one: 「円グラフ」
NUMBER = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]{1,18}))?")
GAP = re.compile(r"[ ]*(?:\n[ ]*)?")  # spaces or one line's end, never a blank line
RUN = re.compile(r"[-0-9,.・、〇零一二三四五六七八九十百千万億兆京数何幾余円 \n〜から▲△￥¥]+")  # a range, or less
UNIT = re.compile("[万億兆京円￥¥]")
COLUMN_UNIT = re.compile(r"単位[:は ]*$")
TORN = re.compile(
    r"(?:[0-9],[ \n]+|[0-9][ ]+,[ ]*)(?=[0-9]{3}(?![0-9]))"  # 「2, 658億円」 is not 658億円
    r"|[0-9][ ]+[.][ ]*(?=[0-9])"  # 「２５ ．８億円」
    r"|[0-9],[0-9]{1,2}[ ]+(?=[0-9])"  # 「1,2 34億円」
    r"|(?<=[ (【〔:、▲△億兆万])(?:[0-9] (?=[0-9]{1,2}(?![0-9]))|[0-9]{2} (?=[0-9](?![0-9])))"  # 「1 2億円」
    r"|(?<![0-9])[0-9]+[.][ ]+(?=[0-9])"  # 「12. 5億円」
)
MARK = re.compile(r"(?:^|\n)[ ]*[0-9]{1,2}[.][ ]+")  # 「1. 10億円」 is the first of a list


class Sum(NamedTuple):
    """A sum in a text: `text[start:end]` is `written`, worth `yen` whole yen."""

    start: int
    end: int
    yen: int
    written: str


class Loose(NamedTuple):
    """What looks like a sum: `yen` is its number taken as yen, or None where it has none (「数百億円」)."""

    start: int
    end: int
    yen: int | None
    written: str


class _Part(NamedTuple):
    start: int
    end: int
    amount: int | None  # in 10**-18 yen
    unit: int  # 1 where no 万, 億 or 兆 is written
    numeral: bool  # 「千万」 and 「5万」, not 「万」
    digits: bool  # 「5万」 and 「数万」, not 「千万」
    closed: bool  # ends in 円


class _Phrase(NamedTuple):
    start: int
    end: int
    yen: int | None
    unit: int
    digits: bool
    closed: bool


def read_yen(text: str) -> int | None:
    """Return the whole yen of `text` if all of it is one sum, with or without 円; None if it is not.

    A bare number is yen; ▲, △ or a minus in front makes the sum negative. None also for a fraction
    of a yen, thousands grouped wrongly (「1,00億」), more than 10**18 yen, more than 200 characters.
    """
    if len(text) > LONGEST:
        return None
    flat = re.sub("^-", "▲", text.translate(WIDTH).strip())
    phrases = list(_phrases(flat, 0, len(flat)))
    whole = len(phrases) == 1 and phrases[0].start == 0 and phrases[0].end == len(flat)
    return phrases[0].yen if whole else None


def find_sums(text: str) -> list[Sum]:
    """Return every sum in `text` that ends in 円, begins with ￥, or opens a range that does, in order, in whole yen.

    「5億～10億円」 gives 5億 and 10億円, 「2～3億円」 gives 2 (worth 2億円) and 3億円; ▲ or △ in front
    belongs to the sum. The unit over a column, 「(単位：百万円)」, and 「九州一円」 are no sums.
    """
    return [
        Sum(found.start, found.end, found.yen, text[found.start : found.end])
        for found in _with_ranges(text.translate(WIDTH))
        if found.closed and found.yen is not None
    ]


def find_loose(text: str) -> list[Loose]:
    """Return what `find_sums` leaves: numerals before 万, 億 or 兆 (「100億企業」), and before any other 円.

    「百万」 and 「千万」 without a digit or 円 are words (「百万遍」) and are left out; 「千億」 is not.
    """
    return [
        Loose(found.start, found.end, found.yen, text[found.start : found.end])
        for found in _with_ranges(text.translate(WIDTH))
        if (found.yen is None if found.closed else found.unit > (1 if found.digits else BIG["万"]))
    ]


def write_yen(yen: int) -> str:
    """Return whole `yen` as papers write it, exactly: 「1兆437億円」, 「109億6,000万円」, 「▲1,234円」."""
    rest, written = abs(yen), ""
    for name in ("兆", "億", "万"):
        count, rest = divmod(rest, BIG[name])
        written += f"{count:,}{name}" if count else ""
    if rest or not written:
        written += f"{rest:,}"
    return f"{'▲' if yen < 0 else ''}{written}円"


def write_oku(yen: int) -> str:
    """Return whole `yen` in 億円 as an exact decimal without the unit: 10960000000 is 「109.6」."""
    whole, rest = divmod(abs(yen), BIG["億"])
    fraction = f".{rest:08d}".rstrip("0") if rest else ""
    return f"{'▲' if yen < 0 else ''}{whole:,}{fraction}"


def _with_ranges(flat: str) -> list[_Phrase]:
    """Return the phrases of `flat`, the lower end of a range closed by the 円 of its upper end."""
    found: list[_Phrase] = []
    for run in RUN.finditer(flat):
        if UNIT.search(flat, run.start(), run.end()):  # else it has numbers alone, and these are no sums
            phrases = list(_phrases(flat, run.start(), run.end()))
            found += map(_lower_end, repeat(flat), phrases, [*phrases[1:], *phrases[-1:]])
    return found


def _lower_end(flat: str, low: _Phrase, high: _Phrase) -> _Phrase:
    """range = phrase (〜 | - | から) sum | number 〜 number unit 円"""
    if low.closed or not high.closed or high.yen is None or high.start - low.end > 8:
        return low
    mark = flat[low.end : high.start].strip(" \n")
    if low.unit > 1:
        return low._replace(closed=mark in ("〜", "-", "から"))
    yen = _borrowed(flat, low, high) if mark == "〜" else None
    return low if yen is None or yen >= high.yen else low._replace(yen=yen, closed=True)


def _borrowed(flat: str, low: _Phrase, high: _Phrase) -> int | None:
    """Return `low` with the unit of `high`, as in 「2〜3億円」; None for 「R5〜10億円」, where 5 is a year."""
    number = TOKEN.match(flat, high.start)
    if not number or number.lastgroup != "number" or re.match("[A-Za-z]", flat[low.start - 1 : low.start]):
        return None
    units = flat[number.end() : high.end]
    if flat[low.end - 1] in SMALL:
        units = units.lstrip(" 十百千")
    spelled = any(token.lastgroup == "number" for token in TOKEN.finditer(units))
    return None if spelled else read_yen(flat[low.start : low.end] + units)


def _phrases(flat: str, start: int, end: int) -> Iterator[_Phrase]:
    """phrase = part {smaller part}, a 万 or 億 without a numeral in front left out"""
    tokens = [token for token in TOKEN.finditer(flat, start, end + AHEAD) if token.start() < end]
    parts = map(_part, _chains(tokens, _follows))
    for chain in _chains(parts, lambda last, part: _continues(flat, last, part)):
        if led := list(dropwhile(lambda part: not part.numeral, chain)):
            yield _phrase(flat, led)


def _chains(links: Iterable[T], joined: Callable[[T, T], bool]) -> list[list[T]]:
    """Return `links` in runs, each link `joined` to the one before."""
    chains: list[list[T]] = []
    for link in links:
        if chains and joined(chains[-1][-1], link):
            chains[-1].append(link)
        else:
            chains.append([link])
    return chains


def _follows(last: re.Match[str], token: re.Match[str]) -> bool:
    """part = {number | 十 百 千} [万 | 億 | 兆 | 京] [円], no two numbers together: 「3 10億円」 are two columns"""
    before, kind = last.lastgroup, token.lastgroup
    if before == "yen" or (before == "big" and kind != "yen") or before == kind == "number":
        return False
    end, start = last.end(), token.start()
    return end == start or GAP.fullmatch(token.string, end, start) is not None


def _continues(flat: str, last: _Part, part: _Part) -> bool:
    """Parts that touch are one phrase, sense or not; over a gap (「5億 3兆円」, two columns) only with sense."""
    if last.closed or last.end == part.start:
        return not last.closed
    return _smaller(last, part) and GAP.fullmatch(flat, last.end, part.start) is not None


def _smaller(last: _Part, part: _Part) -> bool:
    """Whether `part` fits under `last`: 1兆 985億, but not 5億 3兆, 5 10億, 1億 20000万 or 1.5億 3000万."""
    if last.amount is None or part.amount is None or not part.numeral or last.amount % (last.unit * ONE):
        return False
    return part.unit < last.unit and part.amount < last.unit * ONE


def _phrase(flat: str, parts: list[_Part]) -> _Phrase:
    """Return `parts` as one phrase, with the ▲ or △ in front of it."""
    start, end = parts[0].start, parts[-1].end
    digits = any(part.digits for part in parts)
    yen = None if _is_other(flat, start, end, digits) else _total(parts)
    closed = parts[-1].closed
    if digits and flat[start - 1 : start] in YEN_SIGNS:  # 「￥1,200,000」
        start, closed = start - 1, True
    before = flat[max(0, start - 4) : start].rstrip(" ")
    if before.endswith(("▲", "△")):
        start = max(0, start - 4) + len(before) - 1
        yen = None if yen is None else -yen
    return _Phrase(start, end, yen, max(part.unit for part in parts), digits, closed)


def _is_other(flat: str, start: int, end: int, digits: bool) -> bool:
    """Whether this is 「九州一円」, a column's unit, 「(単位：百万円)」, 「(千円)」, or the end of a torn number."""
    before = flat[max(0, start - 5) : start]
    if flat[start:end] == "一円":
        return "一" <= before[-1:] <= "鿿"
    if "0" <= flat[start] <= "9" and _is_torn(flat, start):
        return True
    bracketed = before[-1:] + flat[end : end + 1] in ("()", "[]", "【】", "〔〕")
    return not digits and (bracketed or COLUMN_UNIT.search(before) is not None)


def _is_torn(flat: str, start: int) -> bool:
    """Whether the number at `start` is the rest of one that spaces tear: 「2, 658億円」, 「２５ ．８億円」."""
    near = max(0, start - 12)
    if " " not in flat[near:start] and "\n" not in flat[near:start]:
        return False
    torn = any(match.end() == start for match in TORN.finditer(flat, near, start + 4))
    return torn and not any(match.end() == start for match in MARK.finditer(flat, near, start))


def _total(parts: list[_Part]) -> int | None:
    """Return the whole yen of `parts`, None if they make no one sum."""
    total = 0
    for place, part in enumerate(parts):
        if part.amount is None or (place and not _smaller(parts[place - 1], part)):
            return None
        total += part.amount
    yen, fraction = divmod(total, ONE)
    return None if fraction or yen > MOST_YEN else yen


def _part(tokens: list[re.Match[str]]) -> _Part:
    """Return `tokens` as one part, its amount None where they make no number."""
    numerals: list[re.Match[str]] = []
    unit, digits, closed = 1, False, False
    for token in tokens:
        match token.lastgroup:
            case "big":
                unit = BIG[token[0]]
            case "yen":
                closed = True
            case kind:
                numerals.append(token)
                digits = digits or kind != "small"
    count = _count(numerals)
    amount = None if count is None else count * unit
    return _Part(tokens[0].start(), tokens[-1].end(), amount, unit, bool(numerals), digits, closed)


def _count(numerals: list[re.Match[str]]) -> int | None:
    """count = {[number] (十 | 百 | 千)} [number], each smaller than the unit before: 「三百二十」, 「500百」"""
    total, under, number = 0, MOST_YEN * ONE + 1, None
    for token in numerals:
        if token.lastgroup == "small":
            unit = SMALL[token[0]]
            added = unit * (ONE if number is None else number)
            if added >= under:
                return None
            total, under, number = total + added, unit * ONE, None
        elif (number := _number(token[0])) is None:
            return None
    if number is not None and number >= under:
        return None
    return total + (number or 0)


@lru_cache(maxsize=2048)
def _number(written: str) -> int | None:
    """Return 「1,234.5」 or 「二・七」 in multiples of 10**-18, None for 「1,00」, 「1.2.3」, 「007」 and 「数」."""
    match = NUMBER.fullmatch(written.translate(KANJI)) if len(written) <= 60 else None
    if not match:
        return None
    fraction = match[2] or ""
    return int(match[1].replace(",", "") + fraction.ljust(18, "0"))
