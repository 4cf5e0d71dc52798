"""One programme through the years and stages, with what became of each request."""

from collections.abc import Iterator, Sequence
from typing import Any

from index.document import in_time
from search.execution import AVAILABLE
from search.figures import REASONS, Entry, HistoryPage, Outcome, Point
from search.render.cells import about, percent
from search.render.figures.parts import (
    ADDEND_HEADS,
    ALL,
    BRANCH,
    addend_cells,
    addend_object,
    alike,
    point_object,
    some,
    when,
    yen_cell,
)
from search.render.json import place_object
from search.render.sheets import Column, Row, Sheet
from search.render.words import BOUNDS, STAGES

HEADS = (
    *(Column("年度・段階"), Column("金額", "oku"), Column("", "bar")),
    *(Column("出典", "place"), Column("備考", "wide")),
)
MORE = f"似た名称の一覧は {ALL}"
FLAT_HEADS = (Column("可能性"), Column("数えない理由"), *ADDEND_HEADS, Column("重ねての記載", "wide"))


def sheets(page: HistoryPage, full: bool) -> Iterator[Sheet]:
    """Yield the history in order of years and stages, then where `full` the names that are only alike."""
    most = max((abs(point.yen or 0) for point in page.points), default=0)
    points = sorted(page.points, key=lambda point: in_time(point.years, point.stage))
    entries = _entries(page)
    rows = [row for point in points for row in _rows(page, point, entries, most, full)]
    known = {(point.years, point.stage) for point in points}
    rest = [each for each in entries if (each.addend.amount.years, each.addend.amount.stage) not in known]
    rows += [Row((when(*_key(each)), *_entry_cells(page, each, full)), _style(each)) for each in rest]
    yield Sheet(page.name, HEADS, tuple(rows), tuple(_notes(page)), "" if full or not page.alike else MORE)
    if full and page.alike:
        names = tuple(Row((alike(score), name)) for name, score in page.alike)
        yield Sheet("似た名称（数えない）", (Column("可能性"), Column("名称", "wide")), names)


def flat(page: HistoryPage) -> Sheet:
    """Return a row for each amount."""
    return Sheet("経過", FLAT_HEADS, tuple(map(_flat_row, _entries(page))))


def whole(page: HistoryPage) -> dict[str, Any]:
    """Return the page as one object."""
    return {
        "name": page.name,
        "names": page.names,
        "alike": [{"name": name, "score": score} for name, score in page.alike],
        "points": list(map(point_object, page.points)),
        "outcomes": list(map(_outcome_object, page.outcomes)),
        "entries": list(lines(page)),
    }


def lines(page: HistoryPage) -> Iterator[dict[str, Any]]:
    """Yield an object for each amount."""
    for entry in _entries(page):
        yield addend_object(entry.addend) | {
            "score": entry.score,
            "reason": entry.reason,
            "repeats": list(map(place_object, entry.repeats)),
        }


def outcome(each: Outcome) -> str:
    """Return what became of a request: 「2024年度要求 40億円 → 2023補正 10 + 2024当初 20 = 30億円（75%）」."""
    spent = _spent(each)
    if each.requested is None:
        return f"{each.year}年度{spent}"
    return f"{_granted(each, each.requested)}{f' → {spent}' if spent else ''}"


def _spent(each: Outcome) -> str:
    """Return what was executed: 「執行 27億円（歳出予算現額 30億円の90%）」."""
    if each.executed is None:
        return ""
    share = "" if each.rate is None else f"（歳出予算現額 {about(each.available or 0)}億円の{percent(each.rate)}）"
    return f"執行 {about(each.executed)}億円{share}"


def _granted(each: Outcome, requested: int) -> str:
    asked = f"{each.year}年度要求 {about(requested)}億円"
    got = [f"{_joined(point)} {about(point.yen)}" for point in each.got if point.yen is not None]
    if not got:
        return f"{asked} → その後の予算の記載なし"
    total = f" = {about(each.yen)}" if len(got) > 1 else ""
    share = "" if each.share is None else f"（{percent(each.share)}）"
    return f"{asked} → {' + '.join(got)}{total}億円{share}"


def _entries(page: HistoryPage) -> list[Entry]:
    """Return the entries in order of years, stages and places."""

    def order(entry: Entry) -> tuple[object, ...]:
        place = entry.addend.place
        return (*in_time(*_key(entry)), place.document, place.line, entry.addend.position)

    return sorted(page.entries, key=order)


def _key(entry: Entry) -> tuple[tuple[int, ...], str | None]:
    return entry.addend.amount.years, entry.addend.amount.stage


def _rows(page: HistoryPage, point: Point, entries: Sequence[Entry], most: int, full: bool) -> Iterator[Row]:
    """Yield a point with its bar: on one row with its entry where that is the only one, else above its entries."""
    here = [each for each in entries if _key(each) == (point.years, point.stage)]
    label = _label(point, here)
    bar = abs(point.yen) / most if point.yen and most else None
    if len(here) == 1 and here[0].addend.amount.yen == point.yen:
        yen, _, *cells = _entry_cells(page, here[0], full)
        yield Row((label, yen, bar, *cells), _style(here[0]))
        return
    note = "数えられる金額なし" if point.yen is None else None
    yield Row((label, point.yen, bar, None, note), "strong")
    for each in here:
        yield Row((f"{BRANCH}記載", *_entry_cells(page, each, full)), _style(each))


def _label(point: Point, entries: Sequence[Entry]) -> str:
    """Return years and stage of a point; 歳出予算現額 is of no stage, for it is what several come to."""
    names = {each.addend.amount.label or "" for each in entries}
    if point.stage is None and names and names <= set(AVAILABLE):
        return f"{when(point.years, point.stage).partition(' ')[0]} {AVAILABLE[0]}"
    return when(point.years, point.stage)


def _entry_cells(page: HistoryPage, entry: Entry, full: bool) -> tuple[int | str | None, ...]:
    """Return the cells of an amount behind its label."""
    name = entry.addend.name
    amount = entry.addend.amount
    bound = BOUNDS.get(amount.bound) if amount.bound != "about" else None
    reason = REASONS[entry.reason] if entry.reason else bound
    repeats = f" {some(entry.repeats, full=True)}" if full else f"{len(entry.repeats):,}か所"
    again = f"ほか{repeats}" if entry.repeats else None
    other = f"「{name}」" if name != page.name else None
    note = " ".join(filter(None, (alike(entry.score), reason, amount.account and f"({amount.account})", again, other)))
    return yen_cell(entry.addend), None, str(entry.addend.place), note or None


def _style(entry: Entry) -> str:
    return "weak" if entry.reason or entry.score is not None else ""


def _flat_row(entry: Entry) -> Row:
    reason = REASONS[entry.reason] if entry.reason else None
    again = some(entry.repeats, full=True) or None
    return Row((entry.score, reason, *addend_cells(entry.addend), again))


def _notes(page: HistoryPage) -> Iterator[str]:
    """Yield what became of each request, and which names were taken for the programme's own."""
    if not page.entries:
        yield "記載なし"
    yield from map(outcome, page.outcomes)
    if same := [name for name in page.names if name != page.name]:
        yield f"同じ事業とみなした名称：{'、'.join(same)}"
    if page.alike:
        yield f"似た名称 {len(page.alike):,}件は数えていない。"


def _joined(point: Point) -> str:
    return f"{'・'.join(map(str, point.years))}{STAGES.get(point.stage or '', '段階不明')}"


def _outcome_object(each: Outcome) -> dict[str, Any]:
    return {
        "year": each.year,
        "requested": each.requested,
        "got": list(map(point_object, each.got)),
        "yen": each.yen if each.got else None,
        "share": each.share,
        "executed": each.executed,
        "available": each.available,
        "rate": each.rate,
    }
