"""Words in front of a sum into what they say: fiscal years, stage, bound, account."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from index.accounts import FISCAL_ACCOUNT, account_of, accounts
from index.money import EACH, OTHER_MONEY_WORDS
from index.notation import (
    BOUND_WORDS,
    FLAG_BEFORE,
    FLAG_LAST,
    FLAG_WORDS,
    LABEL_WORDS,
    NO_SUM,
    OVER,
    STAGE_FIRST,
    STAGE_WORDS,
)
from index.words import Words, value_in, words_pattern
from index.years import find_years

PUNCTUATION = " 　\t\n、，,;；・･／/※→⇒=＝:：~〜～+＋…‥"
_GLUE = PUNCTUATION + "のは"
_STAGE = words_pattern(STAGE_WORDS, STAGE_FIRST)
_BOUND = words_pattern(BOUND_WORDS)
_FLAG = words_pattern(FLAG_WORDS)
_FLAG_FIRST = re.compile("(?P<flag>(?:一部)?再掲|後掲)[ 　]*[：:、，,]")
_WEAK = (("総額",), ("予算", "予算額"))
"""「当初予算の総額」 is no commitment, 「総額3,000億円」 (white paper, line 309) is one."""

_PART = re.compile("(?:この|その)?うち(?!わ)")
_TOTAL = re.compile("[合小総]?計(?=[ 　:：約]*$)")
_OTHER = re.compile(f"(?<=[ 　])(?:{OTHER_MONEY_WORDS}|年額|(?:履行|設定|支出)?期間)")
_SHARE = re.compile("の内数(?:等)?")
_NAME_ENDS = frozenset("業発進備策化築成動査証援修育練")
"""What names of programmes end with, and none of the words that say what a sum is: no need to look for them."""

_NEAR = 80
"""How far before a sum its own words are looked for."""


class When(NamedTuple):
    """Fiscal years and stages that some words say, where the first stands, and what of the words says neither.

    `over` is how many years a range of them runs over, of which `years` has the first: 「令和6～10年度」.
    """

    years: tuple[int, ...]
    stages: tuple[str | None, ...]
    first: int
    rest: str
    over: int | None = None


class Cue(NamedTuple):
    """The words in front of a sum: `own` is where those begin that say no more than what the sum is.

    「、半導体基盤プラットフォームの構築：2024年度補正予算額」 (white paper, line 14): `own` is at 2024年度, and
    `colon` says that one stands before it, `price` that the sum is one for a head or a place, `total` that it is 計.
    """

    own: int
    colon: bool
    account: str | None
    side: str | None
    flag: str | None = None
    price: bool = False
    total: bool = False


def read_when(words: str, base: int | None) -> When:
    """Return the fiscal years and stages that `words` say; relative years count from `base`."""
    return _read_short(words, base) if len(words) <= _NEAR else _read_when(words, base)


def _read_when(words: str, base: int | None) -> When:
    years = find_years(words, base)
    matches = list(_STAGE.finditer(words))
    spans = [(each.start, each.end) for each in years] + [match.span() for match in matches]
    for weak in _WEAK:
        matches = [match for match in matches if match[0] not in weak] or matches
    stages = [value_in(STAGE_WORDS, match) for match in matches]
    rest, position = [], 0
    for start, end in sorted(spans):
        rest.append(words[position:start])
        position = max(position, end)
    first = min((start for start, _ in spans), default=len(words))
    over = next((each.last - each.year + 1 for each in years if each.last), None)
    said = tuple(dict.fromkeys(each.year for each in years))
    return When(said, tuple(stages), first, "".join(rest) + words[position:], over)


_read_short = lru_cache(maxsize=2048)(_read_when)  # a paper has few ways to say 「2024年度予算額」


def read_cue(cue: str, base: int | None) -> Cue:
    """Return what the end of `cue` says, read backwards from the sum: 「一般会計 」 「R5当初：」 「国費 約」."""
    if cue[-1:] in _NAME_ENDS:
        return Cue(len(cue), False, None, None)
    near = max(0, len(cue) - _NEAR)
    said = _read_near(cue[near:], base)
    return said._replace(own=said.own + near) if near else said


@lru_cache(maxsize=2048)
def _read_near(cue: str, base: int | None) -> Cue:
    ends = {end: (start, kind, word) for start, end, kind, word in _known(cue, base)}
    own, colon = len(cue), False
    found: dict[str, str] = {}
    at = len(cue)
    while at:
        if cue[at - 1] in _GLUE:
            colon = colon or cue[at - 1] in ":："
            at -= 1
        elif (known := ends.get(at)) is not None:
            at, kind, word = known
            own, colon = at, False
            found.setdefault(kind, word)
        else:
            break
    if at == 0:
        own = min(own, len(cue) - len(cue.lstrip(PUNCTUATION)))
    price, total = "each" in found, "total" in found
    return Cue(own, colon, found.get("account"), found.get("side"), found.get("flag"), price, total)


def _known(words: str, base: int | None) -> Iterator[tuple[int, int, str, str]]:
    """Yield the words that say what a sum is: start, end, kind, and the account or side that they name.

    Accounts, sides and bare words of a stage (「要求」 in 「地元要求」) count only where something sets them apart.
    """
    for side in LABEL_WORDS.finditer(words):
        if _apart(words, side.start()):
            yield side.start(), side.end(), "side", side[0]
    for kind, pattern in (("bound", _BOUND), ("over", OVER), ("each", EACH), ("other", _OTHER)):
        for match in pattern.finditer(words):
            yield match.start(), match.start() + len(match[0].rstrip(" 　、,")), kind, ""
    spans = [(year.start, year.end) for year in find_years(words, base or 2000)]
    yield from ((start, start + len(words[start:end].rstrip(" 　")), "year", "") for start, end in spans)
    edges = {end for _, end in spans}
    for kind, pattern in (("part", _PART), ("none", NO_SUM)):
        for match in pattern.finditer(words):
            if match.start() in edges or _apart(words, match.start()):
                edges.add(match.end())
                yield match.start(), match.end(), kind, ""
    for match in _account_words().finditer(words):
        if (match.start() in edges or _apart(words, match.start())) and (mark := account_of(match[0])):
            edges.add(match.end())
            yield match.start(), match.end(), "account", mark
    for stage in _STAGE.finditer(words):
        if stage[0].endswith(("額", "予備費")) or stage.start() in edges or _apart(words, stage.start()):
            end = stage.start() + len(stage[0].rstrip(" 　"))
            edges.add(end)
            yield stage.start(), end, "stage", ""
    if (total := _TOTAL.search(words)) and total.start() and _apart(words, total.start()):
        yield total.start(), total.end(), "total", ""
    for flag in FLAG_BEFORE.finditer(words):
        if _apart(words, flag.start()):
            yield flag.start(), flag.end(), "flag", flag[0]
    for share in _SHARE.finditer(words):  # 「2024年度予算額の内数1.3億円」 (white paper, line 482)
        if share.start() in edges:
            yield share.start(), share.end(), "share", ""


def _apart(words: str, start: int) -> bool:
    return start == 0 or words[start - 1] in " 　\t\n、，,;；／/:：（）()【】[]〔〕＜＞<>※+＋"


@cache
def _account_words() -> re.Pattern[str]:
    """Return a pattern for every account, the longest spellings first, spaces and widths as they may be printed."""
    longest_first = sorted(accounts(), key=len, reverse=True)
    known = "|".join("".join(f"[{_either(each)}]" for each in word) for word in longest_first)
    first = "".join(sorted({_either(word[0]) for word in longest_first}))
    return re.compile(rf"(?=[一{first}])(?:一部)?(?:{known})|(?<![一-鿿ァ-ヶー]){FISCAL_ACCOUNT.pattern}")


def _either(character: str) -> str:
    """Return what stands for a folded character: half or full width, small or capital."""
    both = {character, character.upper()}
    return re.escape("".join(sorted(both | {chr(ord(each) + 0xFEE0) for each in both if "!" <= each <= "~"})))


def bound_in(words: str) -> str | None:
    """Return the bound that the words in front of a sum say; 「上限約10億円」 is a ceiling."""
    bounds = {value_in(BOUND_WORDS, match) for match in _BOUND.finditer(words)}
    return "ceiling" if "ceiling" in bounds else "about" if bounds else None


def bound_of(inside: str) -> str | None:
    """Return the bound that brackets say which hold nothing else: （上限）."""
    return _whole(BOUND_WORDS, _BOUND, inside)


def flag_of(inside: str) -> str | None:
    """Return the flag that brackets say with no more than where: （再掲）, （再掲：第2章）, （第2章の再掲）."""
    said = _whole(FLAG_WORDS, _FLAG, inside)
    if said is not None or "掲" not in inside:
        return said
    if match := _FLAG_FIRST.match(inside.strip(" 　")) or FLAG_LAST.fullmatch(inside.strip(" 　")):
        return _whole(FLAG_WORDS, _FLAG, match["flag"])
    return said


def _whole(table: Words, pattern: re.Pattern[str], inside: str) -> str | None:
    match = pattern.fullmatch(inside.strip(" 　"))
    return value_in(table, match) if match else None
