"""What is known of a paper besides its lines, each fact from whoever says it best."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from index.about.head import GUESSES, MAX_TEXT, Head
from index.accounts import account_of
from index.dates import read_date
from index.document import STAGES, About, Line
from index.errors import PaperError, shown
from index.schema import value_of
from index.years import read_year

Given = Mapping[str, str | int | None]
"""What the user states of a paper: values by the keys of CHECKS."""

TABLES = "documents.toml"
NOT_OURS = ("file", "original")
"""Keys of a table that say which paper it is about, and which file that was taken from."""

MAX_ID, MAX_TOML = 80, 1024 * 1024


def about(path: Path, lines: Sequence[Line], given: Given = MappingProxyType({})) -> About:
    """Return what is known of the paper at `path`: as given, else as a table beside it says, else as its head shows.

    None in `given` says nothing; an empty text says that there is nothing to know, so that nothing is guessed.
    """
    stated = beside(path) | checked(given, path)
    head = Head.of(lines, stated.get("title"))
    seen = {key: guess(head) for key, guess in GUESSES.items() if key not in stated}
    guessed = {key: value for key, value in seen.items() if value}
    known: dict[str, Any] = {"id": default_id(path), "title": shown(path.stem)} | guessed | stated
    return About(**known, file=shown(path.name), guessed=tuple(guessed))


def default_id(path: Path) -> str:
    """Return the name that the paper at `path` goes by unless it is given another."""
    cleaned = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKC", path.stem)).lstrip("-_.")
    return cleaned[:MAX_ID].rstrip("-_.") or "document"


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


def checked(given: Given, path: Path) -> dict[str, Any]:
    """Return what the user states of the paper at `path`, in the form that About keeps it. Raises PaperError."""
    return _checked({key: value for key, value in given.items() if value is not None}, path)


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
