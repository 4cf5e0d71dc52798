"""What the head of a paper shows of it: title, publisher, date, fiscal year, stage, account."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.accounts import account_of
from index.dates import read_date
from index.document import Line
from index.notice import noticed
from index.outline.pages import furniture
from index.years import find_years

HEAD, COVER, LEGEND, PAGES = 40, 10, 80, 2000
"""How many lines are looked at: for a title or date, a year or publisher, a legend of accounts, for running heads."""

MAX_TITLE, MAX_TEXT = 80, 400


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper in one width: titles (the stated one first), lines, legend; `printed` is its own title."""

    titles: tuple[str, ...]
    lines: tuple[str, ...]
    legend: str
    printed: str | None

    @classmethod
    def of(cls, lines: Sequence[Line], title: str | None) -> "Head":
        """Return the head of a paper with these `lines`, whose title is known to be `title` or is not known."""
        first = [clean for line in lines[: HEAD * 10] if not noticed(line.text) and (clean := _clean(line.text))]
        printed = next(_titles(first[:HEAD]), None)
        if printed and not find_years(printed):
            printed = _below_running_head(lines) or printed
        plain = [unicodedata.normalize("NFKC", each) for each in first[:LEGEND]]
        titles = tuple(unicodedata.normalize("NFKC", each) for each in (title, printed) if each)
        return cls(titles, tuple(plain[:HEAD]), "".join(plain), printed and printed[:MAX_TITLE].rstrip())

    @property
    def cover(self) -> tuple[str, ...]:
        """The first lines that are short and no sentences: what a cover has."""
        return tuple(each for each in self.lines[:COVER] if len(each) <= 40 and not re.search("。|円", each))


def _below_running_head(lines: Sequence[Line]) -> str | None:
    """Return the title below a running head: the first that is none, where it says of which year the paper is.

    「経済産業省関係概算要求」 at the top of each page, 「令和6年度 経済産業省関係 概算要求等概要」 on the first.
    """
    beside = furniture(lines[:PAGES])
    if not any(line.number in beside for line in lines[:COVER]):
        return None
    body = (_clean(line.text) for line in lines[:HEAD] if line.number not in beside and not noticed(line.text))
    title = next(_titles([each for each in body if each]), None)
    return title if title and find_years(title) else None


def _clean(text: str) -> str:
    """Return a line without Markdown's marks, without bullets and with single spaces."""
    bare = "".join(char if char.isprintable() else " " for char in text[:MAX_TEXT]).replace("**", "")
    return " ".join(re.sub(r"^[\s#>*_・○●◎■□◆◇-]+|[\s*_#]+$", "", bare).split())


_NO_TITLE = re.compile(r"[\d\W_]*$|[(\[]?単位|<!--|!\[|[|]|(?:資料|別紙|別添|参考|機密性)[\s\d.－-]*$")


def _is_title(line: str) -> bool:
    plain = unicodedata.normalize("NFKC", line)
    return not (_NO_TITLE.match(plain) or read_date(plain) or re.fullmatch(_states()[1], plain))


_YEAR_ALONE = re.compile(r"(?:(?:令和|平成|昭和) ?)?(?:[0-9]{1,4}|元|[一二三四五六七八九十]{1,3}) ?年度?")


def _titles(lines: Sequence[str]) -> Iterator[str]:
    """Yield what can be titles; a year on a line of its own is the beginning of the title below it.

    「令和７年度」 above 「環境省　概算要求の概要」.
    """
    titles = filter(_is_title, lines)
    for title in titles:
        alone = _YEAR_ALONE.fullmatch(unicodedata.normalize("NFKC", title))
        below = next(titles, None) if alone else None
        yield f"{title} {below}" if below else title


def guess_publisher(head: Head) -> str | None:
    """Return the ministry that a title names, else the ministry or municipality that begins a line of the cover."""
    names, state = _states()
    for title in head.titles:
        if found := re.search(state, title):
            return "・".join(names[name] for name in re.findall("|".join(names), found[0]))
    for line in (*head.titles, *head.cover):
        if found := re.match(rf"(?P<names>{state})(?![ぁ-ん])", line):
            return "・".join(names[name] for name in re.findall("|".join(names), found["names"]))
        if town := next((each["name"] for each in _TOWN.finditer(line) if not _NO_TOWN.search(each["name"])), None):
            return town
    return None


@cache
def _states() -> tuple[dict[str, str], str]:
    """Return the ministries by spelling (``publishers.tsv``), longest first, with a pattern for one or more."""
    names: dict[str, str] = {}
    for row in Path(__file__).with_name("publishers.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, *others = row.split("\t")
            names |= dict.fromkeys((name, *others), name)
    names = dict(sorted(names.items(), key=lambda pair: -len(pair[0])))
    one = f"(?:{'|'.join(names)})"
    return names, rf"{one}(?:[・、, ]+{one})*"


_PREFECTURE = "(?:北海道|東京都|京都府|大阪府|[一-鿿]{2,3}県)"
_TOWN = re.compile(
    rf"(?:^| |年度?の?)(?P<name>{_PREFECTURE}?[一-鿿々ぁ-んァ-ヶー]{{1,6}}?[市区町村]|{_PREFECTURE})"
    r"(?=$| |[の庁第(]|議会|財政|予算|当初|補正|一般会計|特別会計|令和|平成|昭和|20|総合|教育|重点|主要)"
)
_NO_TOWN = re.compile(r"(?:市[区町]*村|町村|[農漁山]村|地区|特別区|中核市|政令市|(?<![京西])都市)$")


def guess_date(head: Head) -> str | None:
    """Return the first date that stands alone on a line; a month needs its 年, for 「2024.5」 may be a number."""
    dated = (each for each in head.lines if "年" in each or len(re.findall(r"\d+", each)) == 3)
    return next(filter(None, map(read_date, dated)), None)


def guess_year(head: Head) -> int | None:
    """Return the fiscal year that a title names, else the cover; two of them decide nothing."""
    for text in (*head.titles, " ".join(head.cover)):
        if years := {each.year for each in find_years(text)}:
            return years.pop() if len(years) == 1 else None
    return None


STAGE_RULES = (
    (r"概算要求", "request"),
    (r"補正.*当初|当初.*補正", None),  # both in one paper: neither holds for what bears no mark
    (r"補正予算|補正\(?第?\d+号", "supplementary"),
    (r"予算(?:額 ?)? ?(?:\(案\)|案|政府案)|政府案|概算決定", "draft"),
    (r"当初予算|本予算|暫定予算|予算(?:書|事項別|に関する説明)|歳[出入]予算|予算の?概要|予算の?ポイント", "initial"),
    (r"(?<![会計])予算(?:について|の?大要|関係資料|$)", "initial"),
    (r"予備費", "reserve"),
    (r"(?<!税制改正)要望|重要政策推進枠|優先課題推進枠", "priority"),
)
"""What a title says of the stage of its amounts; earlier rows win."""


def guess_stage(head: Head) -> str | None:
    """Return the stage that a title names."""
    return next((stage for title in head.titles for rule, stage in STAGE_RULES if re.search(rule, title)), None)


_ACCOUNT_RULE = re.compile(
    r"(?:記載|表示|表記|注記|付記|明記|記述|印|断り(?:書き)?|特記)(?:[のが]|し)?[無な][いき]"
    r"(?:もの|事業|項目|施策|予算|経費|場合|限り)?(?:について)?は?[、,]? ?(?:全て|すべて)? ?"
    r"(?P<account>一般会計|\w{2,20}?特別会計)"
)


def guess_account(head: Head) -> str | None:
    """Return the account of what bears no mark, as a legend (「記載が無い事業は一般会計」) or a title says."""
    if found := _ACCOUNT_RULE.search(head.legend):
        return account_of(found["account"])
    return next(("一般会計" for title in head.titles if "一般会計" in title and "特別会計" not in title), None)


GUESSES: dict[str, Callable[[Head], str | int | None]] = {
    "title": lambda head: head.printed,
    "publisher": guess_publisher,
    "date": guess_date,
    "year": guess_year,
    "stage": guess_stage,
    "account": guess_account,
}
"""How each fact is read from the head of a paper that states nothing."""
