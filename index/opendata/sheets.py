"""レビューシート of the years before RSシステム, as JSON: one object a programme, sums in million yen."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from index.errors import PaperError
from index.opendata.files import Part, missing, said, without_copies
from index.opendata.review import Bundle, Programme, lines_of
from index.opendata.rows import Row, cell_of, write_row
from index.readers.text import decode, read_bytes

FILE = re.compile(r"\.jsonl?$", re.IGNORECASE)
NEEDED = ("公開年度", "事業名", "予算")
UNIT = "単位：百万円"

COMMON = {"事業番号": "事業番号", "事業名": "事業名", "府省庁": "府省庁", "担当部局庁": "局・庁", "担当課室": "課"}
TEXTS = {"事業目的": "事業の目的", "事業概要": "事業の概要"}
MONEY = {
    "年度": "予算年度",
    "当初予算": "当初予算(合計)",
    "補正予算": "補正予算(合計)",
    "前年度から繰越し": "前年度からの繰越し(合計)",
    "予備費等": "予備費等(合計)",
    "予算計": "計(歳出予算現額合計)",
    "執行額": "執行額(合計)",
    "翌年度へ繰越し": "翌年度への繰越し(合計)",
    "要求額": "要求額(合計)",
}
"""The keys of an object, and the columns of RSシステム that say the same; 要求額 is that of its own 年度."""


def is_sheets(part: Part) -> bool:
    """Say whether a file of JSON holds review sheets: what it says first tells."""
    try:
        with part.path.open("rb") as file:
            begin = file.read(200_000).decode("utf-8-sig", "ignore")
    except OSError:
        return False
    return "公開年度" in begin and "事業名" in begin


def bundles(parts: Iterable[Part]) -> list[Bundle]:
    """Return a paper for each 公開年度. Raises PaperError."""
    years: dict[int, list[Programme]] = {}
    for part in without_copies(parts):
        for each in _objects(part):
            years.setdefault(_year(part, each), []).append(_programme(each))
    return [
        Bundle(
            f"review-sheets-{year}",
            {"title": f"行政事業レビューシート {year}年度", "year": year, "date": f"{year}-09"},
            [UNIT, *lines_of(programmes)],
        )
        for year, programmes in sorted(years.items())
    ]


def _objects(part: Part) -> Iterator[dict[str, Any]]:
    text = decode(part.path, read_bytes(part.path)).lstrip("\ufeff")
    try:
        lines = [text] if text.lstrip().startswith("[") else [line for line in text.splitlines() if line.strip()]
        values = [json.loads(line, parse_float=Decimal) for line in lines]
    except (ValueError, RecursionError):
        values = [_whole(part, text)]
    for value in values:
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, dict):
                raise PaperError(f"{part.name} に事業でない値「{said(each)}」がありますので、取り直してください")
            for key in NEEDED:
                if key not in each:
                    raise missing(part, key)
            yield each


def _whole(part: Part, text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise PaperError(
            f"{part.name} は JSON の書き方になっていませんので、ダウンロードし直したファイルを指定してください"
        ) from fault


def _year(part: Part, each: dict[str, Any]) -> int:
    if not re.fullmatch("20[0-9]{2}", str(each["公開年度"])):
        raise PaperError(
            f"{part.name} の公開年度「{said(each['公開年度'])}」を年として読めませんので、西暦で書いてください"
        )
    return int(each["公開年度"])


def _programme(each: dict[str, Any]) -> Programme:
    accounts = _list(each.get("会計区分"))
    account = {"会計区分": _text(accounts[0])} if len(accounts) == 1 else {}
    texts: Row = {head: _text(each.get(key)) for key, head in TEXTS.items()}
    rows = [write_row("1-2", texts)] if any(texts.values()) else []
    for year in filter(lambda one: isinstance(one, dict), _list(each["予算"])):
        money = {head: _text(year.get(key)) for key, head in MONEY.items()}
        rows.append(write_row("2-1", money | account))
    common = {head: _text(each.get(key)) for key, head in COMMON.items()}
    return Programme({head: cell for head, cell in common.items() if cell}, 0, dict.fromkeys(rows))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """Return a value as a cell; a list as its words, a number exactly as it stands there."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_text, value)))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None or isinstance(value, dict | bool) else cell_of(str(value))
