"""The sums of a query: what is counted, what is left out and why."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from index.yen import write_yen
from search.figures import BREAKDOWNS, REASONS, Addend, LeftOut, Total, TotalPage
from search.render.figures.lists import by_reason, counted_list, is_lost, left_list
from search.render.figures.parts import (
    ADDEND_HEADS,
    ALL,
    BRANCH,
    FEW,
    PLACE_HEADS,
    addend_cells,
    addend_object,
    left_object,
    place_cells,
    some,
    when,
)
from search.render.sheets import Cell, Column, Roughly, Row, Sheet
from search.render.words import NONE

TRILLION = 10**12
NOTHING = "数えられる金額なし"
UNNAMED = "値なし"
MORE = f"すべての金額の出典は {ALL}"
NEVER_ADDED = "年度と段階の異なる金額は足し合わせない。単純合計は、数えない金額も足した額。"
ABOUT = "「約」の合計は、概数・推計の金額を含む。"
COUNTED, LEFT, WITHOUT = "数えた", "数えない", "除く"

HEADS = (
    *(Column("年度・段階", "wide"), Column("合計", "oku"), Column("単純合計", "oku"), Column("件数", "count")),
    *(Column("割合", "share"), Column("出典", "place")),
)
INSTEAD_HEADS = tuple(each._replace(head=f"数えた{each.head}") for each in PLACE_HEADS)
FLAT_HEADS = (Column("区分"), Column("理由"), *ADDEND_HEADS, *INSTEAD_HEADS)


def sheets(page: TotalPage, full: bool) -> Iterator[Sheet]:
    """Yield the sums with what each leaves out; where `full`, the lists of all amounts too."""
    rows = tuple(row for total in page.totals for row in _rows(total, page.by))
    title = f"{page.reading}：合計" if page.reading else "合計"
    yield Sheet(title, HEADS, rows, tuple(_notes(page, full)), "" if full or not (page.totals or page.unsure) else MORE)
    if full:
        for total in page.totals:
            yield from _lists(total)
        if page.unsure:
            yield left_list("数えない可能性・関連の金額", page.unsure)


def flat(page: TotalPage) -> Sheet:
    """Return a row for each amount, counted or left out, with the reason and the place where it is counted instead."""
    rows = [row for total in page.totals for row in (*map(_counted, total.counted), *map(_left, total.left_out))]
    return Sheet("金額の一覧", FLAT_HEADS, tuple(rows) + tuple(map(_left, page.unsure)))


def whole(page: TotalPage) -> dict[str, Any]:
    """Return the page as one object."""
    return {
        "query": page.query,
        "reading": page.reading,
        "by": page.by,
        "seconds": page.seconds,
        "diagnosis": page.diagnosis,
        "totals": list(lines(page)),
        "unsure": list(map(left_object, page.unsure)),
        "unread": [{"document": document, "count": number} for document, number in page.unread],
    }


def lines(page: TotalPage) -> Iterator[dict[str, Any]]:
    """Yield an object for each combination of fiscal years and one stage; `yen` is null where nothing is counted."""
    for total in page.totals:
        yield {
            "years": total.years,
            "stage": total.stage,
            "yen": total.yen if total.counted else None,
            "about": total.about,
            "naive": total.naive,
            "shares": [{"name": each.name, "yen": each.yen, "count": each.number} for each in total.shares],
            "counted": list(map(addend_object, total.counted)),
            "left_out": list(map(left_object, total.left_out)),
        }


def _rows(total: Total, by: str | None) -> Iterator[Row]:
    """Yield a sum, what it is made of, and what it leaves out."""
    yen: Cell = (Roughly(total.yen) if total.about else total.yen) if total.counted else NONE
    few = some(each.place for each in total.counted) or NOTHING
    yield Row((when(total.years, total.stage), yen, total.naive, len(total.counted), None, few), "strong")
    for share in total.shares:
        name = f"{BRANCH}{share.name or UNNAMED}"
        part = share.yen / total.yen if total.yen else None
        yield Row((name, share.yen, None, share.number, part, None))
    for reason, group in by_reason(total.left_out):
        places = some(each.addend.place for each in group)
        naive = sum(each.addend.amount.yen for each in group)
        yield Row((f"{BRANCH}{WITHOUT} {REASONS[reason]}", None, naive, len(group), None, places), "weak")


def _notes(page: TotalPage, full: bool) -> Iterator[str]:
    """Yield what must be known of the sums, or why there are none."""
    if not page.totals:
        yield "合計できる金額なし"
    yield from page.diagnosis
    if page.totals:
        yield NEVER_ADDED
    if large := [each for each in page.totals if abs(each.yen) >= TRILLION]:
        yield f"兆で書くと：{'、'.join(f'{when(each.years, each.stage)} {_spoken(each)}' for each in large)}。"
    if any(total.about for total in page.totals):
        yield ABOUT
    if page.unsure:
        found = Counter(each.reason for each in page.unsure)
        kinds = "・".join(f"{REASONS[reason]} {count:,}件" for reason, count in sorted(found.items()))
        yield f"数えない金額がほかにある：{kinds}（該当だけを数える）。"
    yield from _doubts(page, full)
    if page.by:
        yield f"内訳は{BREAKDOWNS[page.by]}ごと。"


def _doubts(page: TotalPage, full: bool) -> Iterator[str]:
    """Yield what the sums may lack: what papers state differently, repeats of nothing, what was not read."""
    left = [each for total in page.totals for each in total.left_out]
    if differing := {(each.addend.name, each.instead) for each in left if each.reason == "elsewhere"}:
        yield f"文書により額が違う事業 {len(differing):,}件（新しい文書の額を数えた。{'' if full else ALL}）"
    if lost := sum(map(_lost, page.totals)):
        yield f"再掲・後掲 {lost:,}件は、元の記載が該当になし（数えていない）。"
    if page.unread:
        papers = "、".join(f"{document} {number:,}件" for document, number in page.unread[:FEW])
        more = f" ほか{len(page.unread) - FEW:,}文書" if len(page.unread) > FEW else ""
        yield f"読み取れなかった金額：{papers}{more}（seisaku index check 文書）"


def _lost(total: Total) -> int:
    """Return how many repeats a sum leaves out, and counts nothing in their stead."""
    places = {each.place for each in total.counted}
    return sum(is_lost(each, places) for each in total.left_out)


def _spoken(total: Total) -> str:
    return ("約" if total.about else "") + write_yen(total.yen)


def _lists(total: Total) -> Iterator[Sheet]:
    """Yield the amounts that a sum counts, then those that it leaves out."""
    label = when(total.years, total.stage)
    if total.counted:
        yield counted_list(f"{label}：数えた金額", total.counted)
    if total.left_out:
        yield left_list(f"{label}：数えない金額", total.left_out, total.counted)


def _counted(addend: Addend) -> Row:
    return Row((COUNTED, None, *addend_cells(addend), *place_cells(None)))


def _left(left: LeftOut) -> Row:
    return Row((LEFT, REASONS[left.reason], *addend_cells(left.addend), *place_cells(left.instead)))
