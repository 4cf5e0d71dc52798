"""行政事業レビュー: the tables of RSシステム, joined to one paper for each fiscal year of the sheets."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from index.errors import PaperError
from index.notice import notice
from index.opendata.files import Part, read_table, without_copies
from index.opendata.rows import Row, write_row
from index.text import fold

FILE = re.compile(r"(?P<table>[0-9]{1,2}-[0-9]{1,2})_RS_(?P<year>20[0-9]{2})(?![0-9]).*\.(?:csv|zip)$", re.IGNORECASE)
"""「2-1_RS_2024_予算・執行_サマリ.zip」."""

OPENING = "■"
"""What the line of a programme begins with; the lines of its rows begin with the number of their table."""

OFFICES = ("府省庁", "局・庁", "部", "課", "室", "班", "係")
COMMON = ("予算事業ID", "事業名", "政策所管府省庁", *OFFICES)
"""The columns that say the same of a programme in each table."""

_ALWAYS = frozenset(("シート種別", "事業年度", "府省庁の建制順", *COMMON))
_NEEDED = ("予算事業ID", "事業名")
NEEDED = {"2-1": ("予算年度", "当初予算(合計)", "執行額(合計)"), "2-2": ("予算年度",), "1-2": ("事業の概要",)}
"""The columns without which a table says nothing that is asked of it."""

PARTNERS = {
    "2-1": ("予算・執行_サマリ", "金額がありません"),
    "1-2": ("基本情報_事業概要等", "事業の目的と概要がありません"),
}
"""The tables that a review is little use without, and what it lacks then."""

_LAST = 10**9


class Programme(NamedTuple):
    """A programme of one year's sheets: what all tables say of it, its rows as lines."""

    common: Row
    rank: int
    lines: dict[str, None]


Sheets = dict[tuple[str, str], Programme]
"""The programmes of one year by ID and name: an ID may stand by mistake at two."""


class Bundle(NamedTuple):
    """A paper joined from several files: what it goes by, what is known of it, its lines."""

    id: str
    facts: dict[str, str | int]
    lines: list[str]


def bundles(parts: Sequence[Part]) -> list[Bundle]:
    """Return a paper for each 事業年度 that the tables speak of. Raises PaperError."""
    years: dict[int, Sheets] = {}
    tables: dict[int, set[str]] = {}
    for part in sorted(without_copies(parts), key=lambda each: _number(each.said["table"])):
        table = part.said["table"]
        for row in read_table(part, _missed((*_NEEDED, *NEEDED.get(table, ())))):
            _put(years.setdefault(_year(part, row), {}), table, row)
            tables.setdefault(_year(part, row), set()).add(table)
    if not years:
        names = "・".join(part.name for part in parts)
        raise PaperError(f"{names} には事業がありませんので、ダウンロードし直したファイルを指定してください")
    return [
        Bundle(
            f"review-{year}",
            {"title": f"行政事業レビュー {year}年度", "year": year, "date": f"{year}-09"},
            [*_lacking(year, tables[year]), *lines_of(sheets.values())],
        )
        for year, sheets in sorted(years.items())
    ]


def _lacking(year: int, tables: set[str]) -> Iterator[str]:
    """Yield what to say of the tables that a review lacks."""
    for table, (name, lacks) in PARTNERS.items():
        if table not in tables:
            yield notice(f"{table}（{name}）の表がないため{lacks}ので、{table}_RS_{year}_….zip も一緒に加えてください")


def _missed(needed: Sequence[str]) -> Callable[[Sequence[str]], str | None]:
    return lambda heads: next((each for each in needed if each not in heads), None)


def _number(table: str) -> tuple[int, ...]:
    return tuple(map(int, table.split("-")))


def _year(part: Part, row: Row) -> int:
    """Return the 事業年度 of a row; where the table has none, the year in the name of its file."""
    written = row.get("事業年度", "")
    return int(written) if re.fullmatch("20[0-9]{2}", written) else int(part.said["year"])


def _put(sheets: Sheets, table: str, row: Row) -> None:
    key = row.get("予算事業ID", ""), fold(row.get("事業名", ""))
    known = sheets.get(key)
    if known is None:
        rank = row.get("府省庁の建制順", "")
        common = {head: row[head] for head in COMMON if head in row}
        known = sheets[key] = Programme(common, int(rank) if rank.isdecimal() and len(rank) < 9 else _LAST, {})
    own = {head: cell for head, cell in row.items() if head not in _ALWAYS}
    if own:
        known.lines[write_row(table, own)] = None


def lines_of(programmes: Iterable[Programme]) -> list[str]:
    """Return the lines of programmes, in order of ministries and of their offices as they first come."""
    first: dict[tuple[str, ...], int] = {}
    order = []
    for number, each in enumerate(programmes):
        path = tuple(each.common.get(office, "") for office in OFFICES)
        places = [first.setdefault(path[:depth], number) for depth in range(1, len(path) + 1)]
        order.append((each.rank, places, number, each))
    lines: list[str] = []
    for _, _, _, each in sorted(order, key=lambda one: one[:3]):
        lines += [write_row(OPENING, each.common), *each.lines]
    return lines
