"""What is known of a paper besides its lines, each fact from whoever says it best."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from index.document import STAGES, About, Line
from index.errors import PaperError
from index.notation import account_of
from index.schema import value_of
from index.years import find_years, number_of, read_year

TABLES = "documents.toml"
NOT_OURS = ("file", "original")
"""Keys of a table that say which paper it is about, and which file that was taken from."""

HEAD, COVER, LEGEND = 40, 10, 80
"""How many lines are looked at: for a title or date, for a year or publisher, for a legend of accounts."""

MAX_TITLE, MAX_ID, MAX_TEXT, MAX_TOML = 80, 80, 400, 1024 * 1024


def about(path: Path, lines: Sequence[Line], given: Mapping[str, str | int | None] = MappingProxyType({})) -> About:
    """Return what is known of the paper at `path`: as given, else as a table beside it says, else as its head shows.

    None in `given` says nothing; an empty text says that there is nothing to know, so that nothing is guessed.
    """
    stated = beside(path) | _checked({key: value for key, value in given.items() if value is not None}, path)
    head = Head.of(lines, stated.get("title"))
    seen = {key: guess(head) for key, guess in GUESSES.items() if key not in stated}
    guessed = {key: value for key, value in seen.items() if value}
    known: dict[str, Any] = {"id": default_id(path), "title": shown(path.stem)} | guessed | stated
    return About(**known, file=shown(path.name), guessed=tuple(guessed))


def default_id(path: Path) -> str:
    """Return the name that the paper at `path` goes by unless it is given another."""
    cleaned = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKC", path.stem)).lstrip("-_.")
    return cleaned[:MAX_ID].rstrip("-_.") or "document"


def shown(what: object) -> str:
    """Return `what` for a message: on one line, with nothing that a terminal cannot print."""
    return "".join(char if char.isprintable() or char == "\u3000" else "\ufffd" for char in str(what))


# What is stated: each value in the form that About keeps it, or a ValueError that says what was expected.


def _id(value: object) -> str:
    text = unicodedata.normalize("NFKC", _text(value) or "")
    if not re.fullmatch(rf"[^\W_][\w.-]{{0,{MAX_ID - 1}}}", text):
        raise ValueError(f"文字か数字で始め、文字・数字・「-」「_」「.」だけの{MAX_ID}字以内")
    return text


def _text(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise ValueError(f"{MAX_TEXT}字以内の文字列")
    return " ".join("".join(char if char.isprintable() else " " for char in value).split()) or None


def _date(value: object) -> str | None:
    if isinstance(value, datetime.date):  # a datetime is one too
        return value.isoformat()[:10]
    text = _text(value)
    if text and not read_date(text):
        raise ValueError("「2023-08-31」か「2023-08」の形の、実在する日付")
    return read_date(text) if text else None


def _year(value: object) -> int | None:
    year = value if type(value) is int else None
    if isinstance(value, str):
        if not value.strip():
            return None
        year = read_year(unicodedata.normalize("NFKC", value[:MAX_TEXT]).upper())
    if year is None or not 1868 <= year <= 2200:
        raise ValueError("「2024」か「令和6年度」の形の、1868から2200までの年度")
    return year


def _stage(value: object) -> str | None:
    text = _text(value)
    stage = value_of("stage", text) if text else "unknown"
    if stage != "unknown" and stage not in STAGES:
        raise ValueError("・".join(f"{key}（{label}）" for key, label in STAGES.items()) + "のどれか")
    return None if stage == "unknown" else stage


def _account(value: object) -> str | None:
    text = _text(value)
    return text and (account_of(text) or text)


CHECKS: dict[str, Callable[[object], str | int | None]] = {
    "id": _id,
    "title": _text,
    "publisher": _text,
    "date": _date,
    "year": _year,
    "stage": _stage,
    "account": _account,
}
"""What may be stated of a paper, and how a value is read."""


def _checked(table: Mapping[str, object], source: Path) -> dict[str, Any]:
    """Return what `table` states, in the form that About keeps it; `source` is for the message."""
    checked: dict[str, Any] = {}
    for key, value in table.items():
        if key not in CHECKS:
            names = "・".join(CHECKS)
            raise PaperError(f"{shown(source)} の項目「{_brief(key)}」は使えませんので、{names} のどれかにしてください")
        try:
            checked[key] = CHECKS[key](value)
        except ValueError as fault:
            raise PaperError(
                f"{shown(source)} の {key} は{fault}で指定してください（今は「{_brief(value)}」）"
            ) from fault
    if "title" in checked and not checked["title"]:  # a paper has a title in any case
        del checked["title"]
    return checked


def _brief(value: object) -> str:
    text = "数" if isinstance(value, int) and abs(value) > 10**12 else shown(value)
    return text if len(text) <= 40 else text[:40] + "…"


# What stands beside the paper.


def beside(path: Path) -> dict[str, Any]:
    """Return what the table beside the paper states of it: in ``PAPER.toml``, else in ``documents.toml``."""
    own, shared = path.parent / f"{path.stem}.toml", path.parent / TABLES
    if own.name not in (TABLES, path.name) and (table := _toml(own)) is not None:
        return _checked({key: value for key, value in table.items() if key not in NOT_OURS}, own)
    found: dict[str, Any] = {}
    for name, table in (_toml(shared) or {}).items():
        if not isinstance(table, dict) or not isinstance(table.get("file"), str):
            raise PaperError(
                f"{shown(shared)} の「{_brief(name)}」に file がありませんので、資料のファイル名を書いてください"
            )
        if unicodedata.normalize("NFC", table["file"]) == unicodedata.normalize("NFC", path.name):
            if found:
                raise PaperError(f"{shown(shared)} に {shown(path.name)} の表が二つありますので、一つにしてください")
            found = {"id": name} | {key: value for key, value in table.items() if key not in NOT_OURS}
    return _checked(found, shared)


def _toml(path: Path) -> dict[str, Any] | None:
    """Return the table in the file at `path`, or None where there is no such file."""
    import tomllib  # most papers have no table beside them

    try:
        if not path.is_file():
            return None
    except OSError:  # such as a name that is too long with its new suffix
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TOML + 1)
        if len(data) > MAX_TOML:
            raise PaperError(f"{shown(path)} は{MAX_TOML // 1024**2} MiB を超えていますので、短くしてください")
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise PaperError(
            f"{shown(path)} に UTF-8 として読めない文字がありますので、UTF-8 で保存してください"
        ) from fault
    except OSError as fault:
        raise PaperError(f"{shown(path)} を読めませんので、ファイルと権限を確かめてください") from fault
    except (ValueError, RecursionError) as fault:
        line = re.search(r"at line (\d+)", str(fault))
        where = f"の{line[1]}行目が" if line else "が"
        raise PaperError(
            f'{shown(path)} {where} TOML の書き方になっていませんので、「名前 = "値"」の形に直してください'
        ) from fault


# What the paper's head shows.


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
        first = [clean for line in lines[: HEAD * 10] if (clean := _clean(line.text))]
        printed = next(filter(_is_title, first[:HEAD]), None)
        plain = [unicodedata.normalize("NFKC", each) for each in first[:LEGEND]]
        titles = tuple(unicodedata.normalize("NFKC", each) for each in (title, printed) if each)
        return cls(titles, tuple(plain[:HEAD]), "".join(plain), printed and printed[:MAX_TITLE].rstrip())

    @property
    def cover(self) -> tuple[str, ...]:
        """The first lines that are short and no sentences: what a cover has."""
        return tuple(each for each in self.lines[:COVER] if len(each) <= 40 and not re.search("。|円", each))


def _clean(text: str) -> str:
    """Return a line without Markdown's marks, without bullets and with single spaces."""
    bare = "".join(char if char.isprintable() else " " for char in text[:MAX_TEXT]).replace("**", "")
    return " ".join(re.sub(r"^[\s#>*_・○●◎■□◆◇-]+|[\s*_#]+$", "", bare).split())


_NO_TITLE = re.compile(r"[\d\W_]*$|<!--|!\[|[|]|(?:資料|別紙|別添|参考|機密性)[\s\d.－-]*$")


def _is_title(line: str) -> bool:
    plain = unicodedata.normalize("NFKC", line)
    return not (_NO_TITLE.match(plain) or read_date(plain) or re.fullmatch(_states()[1], plain))


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


_N = r"(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"\(?(?:(?P<year>(?:令和|平成|昭和|大正|明治|[RHS]) ?{_N})|(?:西暦)?(?P<west>\d{{4}})) ?[年/.-]"
    rf" ?(?P<month>{_N})(?: ?月|(?=[/.-]|\)?$))(?: ?[/.-]? ?(?P<day>{_N}) ?日?)?"
    r"(?: ?\([月火水木金土日](?:曜日?)?\))? ?\(?(?:現在|時点|公表|発表|公開|閣議決定|決定|付け?)?\)?"
)


def read_date(text: str) -> str | None:
    """Return the day or month that the whole of `text` says: 「令和5年8月31日」 2023-08-31, 「2023年8月」 2023-08."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    year = match and (int(match["west"]) if match["west"] else read_year(match["year"]))
    if not match or not year or not 1868 <= year <= 2200:
        return None
    month, day = number_of(match["month"]), number_of(match["day"] or "1")
    try:
        date = datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
    return date if match["day"] else date[:7]


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
    (r"当初予算|本予算|暫定予算|予算 ?\(?案|予算書|予算の?概要|予算の?ポイント|概算決定", "initial"),
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
