"""Any sheet fits any terminal, and keeps its rows in every format."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import display_width
from search.render.backends import csv as csv_lines
from search.render.backends import markdown, table
from search.render.sheets import Cell, Column, Row, Sheet

CELLS: dict[str, st.SearchStrategy[Cell]] = {
    "text": st.text(max_size=30),
    "wide": st.text("蓄電池の製造ーA1 、。（）", max_size=80),
    "place": st.text("ab-:・ ", max_size=40),
    "oku": st.integers(-(10**18), 10**18) | st.none(),
    "change": st.integers(-(10**18), 10**18),
    "count": st.integers(0, 10**9),
    "number": st.floats(0, 100),
    "share": st.floats(0, 10),
    "rate": st.floats(-10, 10),
    "bar": st.floats(0, 1) | st.none(),
}


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw a sheet with columns of any kind."""
    kinds = draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, max_size=7))
    rows = st.builds(Row, st.tuples(*(CELLS[kind] for kind in kinds)), st.sampled_from(["", "strong", "weak"]))
    columns = tuple(Column(draw(st.text("年度金額", max_size=6)), kind) for kind in kinds)
    return Sheet(draw(st.text(max_size=40)), columns, tuple(draw(st.lists(rows, max_size=4))), ("注",))


@given(sheets(), st.integers(40, 200))
def test_no_line_is_wider_than_the_terminal(sheet: Sheet, width: int) -> None:
    assert all(display_width(line) <= width for line in table.lines([sheet], width, False))


@given(sheets())
def test_markdown_has_a_line_for_each_row(sheet: Sheet) -> None:
    rows = [line for line in markdown.lines([sheet], None, False) if line.startswith("|")]
    told = any(
        cell not in (None, "")
        for row in sheet.rows
        for cell, column in zip(row.cells, sheet.columns, strict=True)
        if column.kind != "bar"
    )
    assert len(rows) == (len(sheet.rows) + 2 if told else 0)
    assert len({line.replace("\\|", "").count("|") for line in rows}) <= 1


@given(sheets())
def test_csv_has_a_record_for_each_row(sheet: Sheet) -> None:
    text = "\n".join(csv_lines.lines(sheet._replace(columns=(Column("列"), *sheet.columns), rows=tuple(
        row._replace(cells=("行", *row.cells)) for row in sheet.rows)), "csv", False))  # fmt: skip
    assert len(list(csv.reader(StringIO(text, newline="")))) == len(sheet.rows) + 1


NARROW = Sheet(
    "表",
    (Column("金額", "oku"), Column("", "bar"), Column("出典", "place"), Column("名称", "wide")),
    (Row((265800000000, 1.0, "monozukuri-2025:61", "蓄電池の製造サプライチェーン強靱化支援事業"), "strong"),),
)
SHOWN = [
    (
        None,
        """\
表（単位：億円）
 金額                        出典                名称
2,658  ████████████████████  monozukuri-2025:61  蓄電池の製造サプライチェーン強靱化支援事業""",
    ),
    (
        60,
        """\
表（単位：億円）
 金額            出典                名称
2,658  ████████  monozukuri-2025:61  蓄電池の製造サプライ
                                     チェーン強靱化支援事業""",
    ),
    (
        50,
        """\
表（単位：億円）
 金額  出典                名称
2,658  monozukuri-2025:61  蓄電池の製造サプライ
                           チェーン強靱化支援事業""",
    ),
    (
        40,
        """\
表（単位：億円）
蓄電池の製造サプライチェーン強靱化支援事
業
  金額 2,658  出典 monozukuri-2025:61""",
    ),
]


@pytest.mark.parametrize(("width", "shown"), SHOWN, ids=[str(width) for width, _ in SHOWN])
def test_gives_way_where_it_is_narrow(width: int | None, shown: str) -> None:
    assert "\n".join(table.lines([NARROW], width, False)) == shown


def test_rows_have_their_styles() -> None:
    lines = list(table.lines([NARROW], 80, True))
    assert [line[:4] for line in lines] == ["\x1b[1m", "\x1b[2m", "\x1b[1m"]
