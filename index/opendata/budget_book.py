"""予算書 and 決算書 of the Ministry of Finance: the tables of one book, joined to one paper."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.document import Amount, Document, Item, Line, Place, Remainder
from index.errors import PaperError
from index.opendata.execution import AVAILABLE
from index.opendata.files import Part, read_table, without_copies
from index.opendata.review import Bundle
from index.opendata.rows import Row, read_row, write_row
from index.opendata.sums import account_named, written, yen_of

FILE = re.compile(
    r"(?<![A-Za-z0-9])DL(?P<year>[0-9]{4})(?P<kind>[0-9]{2})(?P<number>[0-9]{3})(?P<side>[ab]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
"""「DL202421001.zip」 is the first supplementary budget of the general account for 2024."""


class Book(NamedTuple):
    """A kind of book: what it is of, how the money in it is called, its stage."""

    of: str
    called: str
    stage: str | None


_INITIAL, _AMENDED, _PROVISIONAL = ("当初予算", "initial"), ("補正予算", "supplementary"), ("暫定予算", None)
_SETTLED = ("決算", "executed")
BOOKS = {
    "11": Book("一般会計", *_INITIAL),
    "12": Book("特別会計", *_INITIAL),
    "13": Book("政府関係機関", *_INITIAL),
    "21": Book("一般会計", *_AMENDED),
    "22": Book("特別会計", *_AMENDED),
    "23": Book("政府関係機関", *_AMENDED),
    "31": Book("一般会計", *_PROVISIONAL),
    "32": Book("特別会計", *_PROVISIONAL),
    "33": Book("政府関係機関", *_PROVISIONAL),
    "77": Book("一般会計", *_SETTLED),
    "78": Book("特別会計", *_SETTLED),
    "76": Book("政府関係機関", *_SETTLED),
}
"""A provisional budget goes into the initial one: it is of no stage, so that no sum holds both."""

LEVELS = ("主管", "所管", "特別会計", "政府関係機関", "勘定", "業務", "部", "組織", "款", "項", "事項", "目")
"""The columns that say where a row stands, from the top down; some are called 項名, 目名."""

EXPENDITURE, REVENUE = "歳出", "歳入"
_SIDES = {"a": REVENUE, "b": EXPENDITURE}
MONEY = re.compile(r"(?P<head>.+?)\((?:単位[::])?(?P<unit>千円|百万円|円)\)")
_TOTAL = re.compile("(?:合|総|小|所管)計$|^計$")


class Meaning(NamedTuple):
    """What a column of money is; of a year that many `later` than the book's."""

    pattern: re.Pattern[str]
    role: str
    stage: str | None = None
    later: int = 0
    label: str | None = None


def _meaning(pattern: str, role: str, stage: str | None = None, later: int = 0, label: str | None = None) -> Meaning:
    return Meaning(re.compile(pattern), role, stage, later, label)


COLUMNS = (
    _meaning("^比較|^差引増", ""),
    _meaning("^前年度(?:当初)?(?:予算|予定)額", "previous", "initial", -1),
    _meaning("^(?:改|成立|既定)", "total"),
    _meaning("追加額|修正減少額", "part", "supplementary"),
    _meaning("予算現額|予定現額", "total", None, 0, AVAILABLE),
    _meaning("^支出済", "own", "executed"),
    _meaning("^収納済", "own", "executed"),
    _meaning("^前年度(?:より)?の?繰越", "own", "carried"),
    _meaning("^翌年度(?:へ)?の?繰越", "total", "carried"),
    _meaning("^予備費使用", "own", "reserve"),
    _meaning("不用額|徴収決定|不納欠損|収納未済|流用|移替|経費増額", "mention"),
)
"""What columns say, the first that fits; any other is the book's own money. No role: no amount.

What a supplementary budget comes to with those before it (改, 成立) is in other books; what was carried over to the
next year is in its book. Money that was moved (流用, 移替) or is left (不用額) is no budget.
"""


def bundles(parts: Sequence[Part]) -> list[Bundle]:
    """Return a paper for each book. Raises PaperError."""
    books: dict[str, list[Part]] = {}
    for part in parts:
        books.setdefault("".join(part.said.group("year", "kind", "number")), []).append(part)
    return [_bundle(number, each) for number, each in sorted(books.items())]


def _bundle(number: str, parts: Sequence[Part]) -> Bundle:
    year, kind = int(number[:4]), BOOKS.get(number[4:6])
    if kind is None:
        raise PaperError(
            f"{parts[0].name} の種別「{number[4:6]}」は分かりませんので、{'・'.join(BOOKS)} のどれかを指定してください"
        )
    lines: dict[str, list[str]] = {REVENUE: [], EXPENDITURE: []}
    for part in without_copies(parts):
        table: dict[str, list[str]] = {REVENUE: [], EXPENDITURE: []}
        for row in read_table(part, _missed):
            side = _side(part, row)
            table[side].append(write_row(side, row))
        for side, rows in table.items():
            if rows and lines[side]:
                raise PaperError(
                    f"{part.name} と同じ予算書の{side}の表で中身の異なるものがありますので、"
                    "どちらか一つを指定してください"
                )
            lines[side] += rows
    if not any(lines.values()):
        raise PaperError(f"{parts[0].name} には科目がありませんので、ダウンロードし直したファイルを指定してください")
    which = f"（第{int(number[6:])}号）" if kind.called == "補正予算" else ""
    title = f"{year}年度 {kind.of} {kind.called}{which}"
    return Bundle(
        f"DL{number}", {"title": title, "year": year}, [f"種別：{number}", *lines[REVENUE], *lines[EXPENDITURE]]
    )


def _missed(heads: Sequence[str]) -> str | None:
    if not any(head.removesuffix("名") == "項" for head in heads):
        return "項"
    return None if any(map(MONEY.fullmatch, heads)) else "予算額(千円)"


def _side(part: Part, row: Row) -> str:
    """Return which side of a book a row is of: what the name of its file says, else its columns."""
    if side := _SIDES.get(part.said["side"].lower()):
        return side
    return REVENUE if any(head == "主管" or "歳入" in head for head in row) else EXPENDITURE


# Lines into items.


class _Row(NamedTuple):
    """A row of a book: where it stands, its levels from the top down, what it says."""

    line: Line
    side: str
    path: tuple[str, ...]
    row: Row


def items(document: Document) -> tuple[list[Item], list[Remainder]]:
    """Return the rows of a book: each the lowest of 所管 to 目, with the headings above it, in order.

    A row with rows below it is a heading with its total.
    """
    number = next((line.text[3:12] for line in document.lines[:5] if line.text.startswith("種別：")), "")
    if number[4:6] not in BOOKS:
        return [], []
    rows = list(_rows(document.lines))
    above = {(each.side, *each.path[:depth]) for each in rows for depth in range(1, len(each.path))}
    found: list[Item] = []
    left: list[Remainder] = []
    for each in rows:
        is_total = (each.side, *each.path) in above
        place = Place(document.about.id, each.line.number, each.line.number)
        amounts: list[Amount] = []
        for head, cell in each.row.items():
            try:
                amounts += _amount(head, cell, number, each)
            except ValueError:
                left.append(Remainder(place, f"{head} {cell[:60]}", "金額の列に数でない値がある"))
        total = is_total or _TOTAL.search(each.path[-1]) is not None
        found.append(
            Item(
                place,
                each.path[-1],
                kind="heading" if is_total else "subject",
                heading_path=(each.side, *each.path[:-1]),
                amounts=tuple(map(_as_total, amounts) if total else amounts),
            )
        )
    return found, left


def _as_total(amount: Amount) -> Amount:
    return replace(amount, role="total") if amount.role == "own" else amount


def _amount(head: str, cell: str, number: str, each: _Row) -> Iterator[Amount]:
    """Yield the amount of a cell, if its column is one of money. Raises ValueError where it is no number."""
    match = MONEY.fullmatch(head)
    meaning = next((one for one in COLUMNS if match and one.pattern.search(match["head"])), None)
    yen = yen_of(cell, match["unit"]) if match and (meaning is None or meaning.role) else None
    if match is None or yen is None:
        return
    book, year = BOOKS[number[4:6]], int(number[:4])
    role, stage, later, label = meaning[1:] if meaning else ("own", book.stage, 0, _label(book, number))
    if meaning is None and book.stage == "executed":
        role, stage, label = "total", None, match["head"]  # 歳出予算額: the budgets, of other books
    if role in ("mention", "total", "part") and label is None:
        label = match["head"]
    if each.side == REVENUE and role == "own":
        role, label = "mention", REVENUE
    account = "一般会計" if book.of == "一般会計" else account_named(each.row.get("特別会計", ""))
    amount = Amount(yen, (year + later,), stage, role=role, account=account, label=label)
    yield written(amount, match["head"], cell, match["unit"])


def _label(book: Book, number: str) -> str | None:
    """Return how the money of a book is told from that of others of its year and stage."""
    if book.stage == "supplementary":
        return f"第{int(number[6:])}次補正予算"
    return book.called if book.stage is None else None


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    """Yield the rows with all their levels: one that begins lower than the row before stands under the same."""
    before: dict[int, str] = {}
    side = ""
    for line in lines:
        first, row = read_row(line.text)
        if first not in (REVENUE, EXPENDITURE) or not row:
            continue
        if first != side:
            side, before = first, {}
        here = {LEVELS.index(level): cell for head, cell in row.items() if (level := head.removesuffix("名")) in LEVELS}
        if not here:
            continue
        top = min(here)
        before = {rank: name for rank, name in before.items() if rank < top} | here
        yield _Row(line, side, _path(before), row)


def _path(levels: dict[int, str]) -> tuple[str, ...]:
    """Return the levels from the top down; a 目 that only says its 項 again, in brackets, is none."""
    names = [levels[rank] for rank in sorted(levels)]
    while len(names) > 1 and names[-1].strip("()（）") == names[-2]:
        names.pop()
    return tuple(names)
