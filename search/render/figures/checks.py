"""Printed totals held against their parts."""

from collections.abc import Iterator
from typing import Any

from search.figures import REASONS, VERDICTS, Addend, Check, CheckPage
from search.render.cells import about, signed
from search.render.figures.parts import (
    ALL,
    PLACE_HEADS,
    addend_object,
    counted,
    left_object,
    named,
    place_cells,
    stage_cell,
    when,
    year_cell,
    yen_cell,
)
from search.render.json import place_object
from search.render.sheets import Column, Row, Sheet

STYLES = {"exact": "", "rounding": "", "partial": "weak", "unexplained": "strong"}
MORE = f"内訳の一覧は {ALL}"
SUMS = (Column("記載額", "oku"), Column("内訳の計", "oku"), Column("差", "change"))
TOLERANCE, NAME = Column("許容", "oku"), Column("合計の名称", "wide")
HEADS = (Column("結果"), *SUMS, TOLERANCE, Column("行", "number"), NAME)
PART_HEADS = (Column("区分"), Column("金額", "oku"), Column("出典", "place"), Column("名称", "wide"))
FLAT_HEADS = (
    *(Column("結果"), NAME, *PLACE_HEADS, Column("年度"), Column("段階"), *SUMS),
    *(TOLERANCE, Column("内訳の件数", "count"), Column("除いた件数", "count")),
)


def sheets(page: CheckPage, full: bool) -> Iterator[Sheet]:
    """Yield a row for each printed total; where `full`, the parts of each one too."""
    under = f"「{page.heading}」" if page.heading else ""
    title = f"{page.document} {under or page.title}：記載された合計と内訳"
    yield Sheet(
        title, HEADS, tuple(map(_row, page.checks)), tuple(_notes(page)), "" if full or not page.checks else MORE
    )
    if full:
        yield from map(_parts, page.checks)


def flat(page: CheckPage) -> Sheet:
    """Return a row for each printed total."""
    return Sheet("合計の検算", FLAT_HEADS, tuple(map(_flat_row, page.checks)))


def whole(page: CheckPage) -> dict[str, Any]:
    """Return the page as one object."""
    return {
        "document": page.document,
        "title": page.title,
        "heading": page.heading,
        "partial": page.partial and {"line": page.partial[0], "text": page.partial[1]},
        "diagnosis": page.diagnosis,
        "checks": list(lines(page)),
    }


def lines(page: CheckPage) -> Iterator[dict[str, Any]]:
    """Yield an object for each printed total."""
    for check in page.checks:
        yield {
            **place_object(check.place),
            "title": check.title,
            "years": check.years,
            "stage": check.stage,
            "yen": check.yen,
            "sum": check.sum,
            "difference": check.difference,
            "tolerance": check.tolerance,
            "verdict": check.verdict,
            "parts": list(map(addend_object, check.parts)),
            "left_out": list(map(left_object, check.left_out)),
        }


def _row(check: Check) -> Row:
    verdict = VERDICTS[check.verdict]
    sums = (check.yen, check.sum, check.difference)
    name = check.title + (f"（{when(check.years, check.stage)}）" if check.years or check.stage else "")
    return Row((verdict, *sums, check.tolerance, check.place.line, name), STYLES[check.verdict])


def _flat_row(check: Check) -> Row:
    return Row(
        (
            *(VERDICTS[check.verdict], check.title, *place_cells(check.place)),
            *(year_cell(check.years), stage_cell(check.stage), check.yen, check.sum, check.difference),
            *(check.tolerance, len(check.parts), len(check.left_out)),
        )
    )


def _notes(page: CheckPage) -> Iterator[str]:
    """Yield how many totals came to what, and what the paper says of its lists."""
    yield counted((check.verdict for check in page.checks), VERDICTS) or "記載された合計なし"
    yield from page.diagnosis
    if page.checks:
        yield "差は、内訳の計から記載額を引いた額。許容は、記載された桁の四捨五入で生じうる差。"
    if page.partial:
        line, text = page.partial
        yield f"文書の断り書き（{page.document}:{line}）：「{text}」"


def _parts(check: Check) -> Sheet:
    """Return the parts of a printed total, then what was left out of them."""
    parts = (Row(("内訳", *_cells(each))) for each in check.parts)
    left = (Row((f"除く {REASONS[each.reason]}", *_cells(each.addend)), "weak") for each in check.left_out)
    note = (
        f"記載 {about(check.yen)}億円、内訳の計 {about(check.sum)}億円、差 {signed(check.difference)}億円"
        f"（端数の許容 {about(check.tolerance)}億円）：{VERDICTS[check.verdict]}"
    )
    return Sheet(f"{check.title}（{check.place}）", PART_HEADS, (*parts, *left), (note,))


def _cells(addend: Addend) -> tuple[int, str, str]:
    return yen_cell(addend), str(addend.place), named(addend)
