"""Which tables are turned, and what stands in the rows then."""

from textwrap import dedent

import pytest

from index.outline.sections import outline
from index.outline.turned import is_year
from tests.test_items import document

TURNED = {
    "years down the side": (
        """
        | 年度 | 道路事業 | 河川事業 |
        | 令和5年度 | 100 | 200 |
        | 令和6年度 | 110 | 210 |
        """,
        ["事業名 / 令和5年度 / 令和6年度", "道路事業 / 100 / 110", "河川事業 / 200 / 210"],
    ),
    "years with stages, and what was added": (
        """
        | 区分 | 道路事業（千円） | 備考 |
        | R5当初 | 100 | 新 |
        | R6当初 | 110 | |
        | 増減 | 10 | |
        """,
        ["事業名 / R5当初 / R6当初 / 増減", "道路事業 / 100千円 / 110千円 / 10千円"],
    ),
    "columns that are stages": (
        """
        | 年度 | 当初予算額 | 決算額 |
        | 令和4年度 | 500 | 480 |
        | 令和5年度 | 510 | 490 |
        """,
        ["年度 / 当初予算額 / 決算額", "令和4年度 / 500 / 480", "令和5年度 / 510 / 490"],
    ),
    "rows that are programmes": (
        """
        | 事業名 | 令和5年度 | 令和6年度 |
        | 道路事業 | 100 | 110 |
        | 河川事業 | 200 | 210 |
        """,
        ["事業名 / 令和5年度 / 令和6年度", "道路事業 / 100 / 110", "河川事業 / 200 / 210"],
    ),
    "a single year": (
        """
        | 年度 | 道路事業 | 河川事業 |
        | 令和5年度 | 100 | 200 |
        """,
        ["年度 / 道路事業 / 河川事業", "令和5年度 / 100 / 200"],
    ),
}


@pytest.mark.parametrize(("text", "rows"), TURNED.values(), ids=TURNED)
def test_rows_after_turning(text: str, rows: list[str]) -> None:
    found = outline(document("（単位：千円）\n" + dedent(text).strip()))
    assert [" / ".join(each.cells) for each in found if each.kind in ("row", "head")] == rows


def test_a_turned_row_stands_on_the_lines_of_its_cells() -> None:
    found = outline(document("（単位：千円）\n| 年度 | 道路 | 河川 |\n| 令和5年度 | 1 | 2 |\n| 令和6年度 | 3 | 4 |"))
    assert [(each.line, each.end_line) for each in found if each.kind == "row"] == [(2, 4), (2, 4)]


YEARS = [
    ("令和5年度", True),
    ("R5当初", True),
    ("2024年度予算案", True),
    ("令和5年度 道路", False),
    ("令和5～7年度", True),
    ("道路", False),
    ("", False),
]


@pytest.mark.parametrize(("words", "year"), YEARS, ids=[row[0] or "nothing" for row in YEARS])
def test_is_year(words: str, year: bool) -> None:
    assert is_year(words) is year
