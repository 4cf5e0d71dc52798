"""Two sides of a comparison, by what became of each programme."""

from collections.abc import Iterator
from typing import Any

from search.figures import CHANGES, REASONS, ComparePage, Pair, Section, Side
from search.render.cells import about, signed
from search.render.figures.lists import by_reason, left_list
from search.render.figures.parts import ALL, alike, cut, left_object, some, stage_cell, year_cell
from search.render.json import place_object
from search.render.sheets import Cell, Column, Row, Sheet

BEFORE, AFTER, CHANGE = Column("前", "oku"), Column("後", "oku"), Column("差", "change")
NAME, PLACE = Column("名称", "wide"), Column("出典", "place")
HEADS = (BEFORE, AFTER, CHANGE, Column("増減率", "rate"), NAME, PLACE)
SIDE_HEADS = tuple(Column(f"{side}の{head}") for side in "前後" for head in ("年度", "段階"))
FLAT_HEADS = (
    *(Column("区分"), NAME, BEFORE, AFTER, CHANGE, *SIDE_HEADS),
    *(Column("似た名称", "wide"), Column("可能性", "number"), PLACE),
)
MORE = f"比べない金額の一覧は {ALL}"
ONE_SIDED = "新しい・なくなったは、片方だけに金額のある事業。文書の範囲が違えば、新設や廃止とは限らない。"
MISSING = ("new", "gone", "open")
"""Kinds that have nothing on a side, so that the other side says all."""


def sheets(page: ComparePage, full: bool) -> Iterator[Sheet]:
    """Yield the sides of each section, a sheet for each kind of change, then the sums of the sides."""
    for section in page.sections:
        yield Sheet(f"前 {section.before.label} → 後 {section.after.label}", (), ())
        for kind, name in CHANGES.items():
            if pairs := [each for each in section.pairs if each.kind == kind]:
                shown, more = cut(pairs, full)
                yield Sheet(f"{name} {len(pairs):,}件", HEADS, tuple(_row(each, full) for each in shown), (), more)
        yield Sheet("", (), (), tuple(_closing(section)), "" if full or not section.left_out else MORE)
        if full and section.left_out:
            yield left_list("比べない金額", section.left_out)
    if notes := tuple(_notes(page)):
        yield Sheet("", (), (), notes)


def flat(page: ComparePage) -> Sheet:
    """Return a row for each programme."""
    rows = (_flat_row(pair, section) for section in page.sections for pair in section.pairs)
    return Sheet("比較", FLAT_HEADS, tuple(rows))


def whole(page: ComparePage) -> dict[str, Any]:
    """Return the page as one object."""
    return {
        "query": page.query,
        "diagnosis": page.diagnosis,
        "alone": list(map(_side_object, page.alone)),
        "sections": [
            {
                "before": _side_object(section.before),
                "after": _side_object(section.after),
                "compared": {"before": section.compared[0], "after": section.compared[1]},
                "change": section.compared[1] - section.compared[0],
                "pairs": list(map(_pair_object, section.pairs)),
                "left_out": list(map(left_object, section.left_out)),
                "note": section.note,
            }
            for section in page.sections
        ],
    }


def lines(page: ComparePage) -> Iterator[dict[str, Any]]:
    """Yield an object for each programme, with the sides that it is compared between."""
    for section in page.sections:
        sides = {"sides": [_side_object(section.before), _side_object(section.after)]}
        yield from (_pair_object(pair) | sides for pair in section.pairs)


def _row(pair: Pair, full: bool) -> Row:
    """Return a programme with both its sums; a similar name on the other side stands behind its own."""
    change = None if pair.kind in MISSING else pair.change
    rate = change / abs(pair.before) if change and pair.before else None
    other = f"（似た名称 {pair.alike[0]} {alike(pair.alike[1])}）" if pair.alike else ""
    cells = (pair.before, pair.after, change, rate, f"{pair.name}{other}", some(pair.places, full))
    return Row(cells, "weak" if pair.kind == "open" else "")


def _change(pair: Pair) -> int | None:
    """Return the change of a pair, None where its sums cannot be compared."""
    return None if pair.kind == "open" else pair.change


def _closing(section: Section) -> Iterator[str]:
    """Yield the sums of both sides, and what is in neither."""
    before, after = section.before, section.after
    sums = section.compared
    difference = f"（差 {signed(sums[1] - sums[0])}億円）"
    yield f"計 {before.label} {about(sums[0])}億円 → {after.label} {about(sums[1])}億円{difference}"
    if sums != (before.yen, after.yen):
        rest = before.yen - sums[0], after.yen - sums[1]
        yield f"計に入れない比べられない額：前 {about(rest[0])}億円、後 {about(rest[1])}億円"
    if section.left_out:
        reasons = "・".join(f"{REASONS[reason]} {len(group):,}件" for reason, group in by_reason(section.left_out))
        yield f"比べない金額：{reasons}"
    if section.note:
        yield section.note


def _notes(page: ComparePage) -> Iterator[str]:
    """Yield what could not be compared at all."""
    if not page.sections:
        yield "比べられる金額なし"
    yield from page.diagnosis
    if any(pair.kind in ("new", "gone") for section in page.sections for pair in section.pairs):
        yield ONE_SIDED
    if page.alone:
        yield f"相手のないもの：{'、'.join(f'{each.label} {about(each.yen)}億円' for each in page.alone)}"
    if len(page.sections) > 1:
        yield "年度と段階の異なる金額は足し合わせない。"


def _flat_row(pair: Pair, section: Section) -> Row:
    sides: tuple[Cell, ...] = ()
    for side in (section.before, section.after):
        sides += (year_cell(side.years), stage_cell(side.stage))
    sums = (pair.before, pair.after, _change(pair))
    places = some(pair.places, full=True) or None
    return Row((CHANGES[pair.kind], pair.name, *sums, *sides, *(pair.alike or (None, None)), places))


def _pair_object(pair: Pair) -> dict[str, Any]:
    return {
        "name": pair.name,
        "kind": pair.kind,
        "before": pair.before,
        "after": pair.after,
        "change": _change(pair),
        "places": list(map(place_object, pair.places)),
        "alike": pair.alike and {"name": pair.alike[0], "score": pair.alike[1]},
    }


def _side_object(side: Side) -> dict[str, Any]:
    return {"label": side.label, "years": side.years, "stage": side.stage, "yen": side.yen}
