"""A cell of a sheet is shown in the fewest words that are exact."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import display_width
from search.render.cells import drawn, title, words
from search.render.sheets import Cell, Column, Roughly, Row, Sheet, without_empty

CELLS: list[tuple[str, Cell, str]] = [
    ("oku", 265800000000, "2,658"),
    ("oku", 10960000000, "109.6"),
    ("oku", Roughly(10960000000), "約109.6"),
    ("oku", "―", "―"),
    ("oku", None, ""),
    ("change", 100000000, "+1"),
    ("change", -340000000, "▲3.4"),
    ("change", 0, "0"),
    ("count", 1200, "1,200"),
    ("number", 1200, "1200"),
    ("share", 1, "100%"),
    ("share", 0.99999, "99.9%"),
    ("share", 1.00001, "100.1%"),
    ("share", 0.536, "53.6%"),
    ("rate", 0.2, "+20%"),
    ("rate", -0.6, "▲60%"),
    ("text", "a\tb\x1b[1m\n", "a b [1m "),
    ("bar", 0.5, "█████"),
]


@pytest.mark.parametrize(("kind", "cell", "shown"), CELLS, ids=[f"{row[0]} {row[1]!r}" for row in CELLS])
def test_is_shown_as(kind: str, cell: Cell, shown: str) -> None:
    assert words(cell, Column("", kind), 10) == shown


BARS = [(0, ""), (0.0001, "▏"), (0.25, "█"), (0.28125, "█▏"), (0.5, "██"), (1, "████"), (2, "████"), (-1, "")]


@pytest.mark.parametrize(("share", "bar"), BARS)
def test_a_bar_is_as_long_as_its_share(share: float, bar: str) -> None:
    assert drawn(share, 4) == bar


@given(st.floats(0, 1), st.integers(1, 60))
def test_a_bar_stays_in_its_column(share: float, width: int) -> None:
    assert display_width(drawn(share, width)) <= width


def test_a_title_names_the_unit_of_the_sums() -> None:
    sheet = Sheet("合計", (Column("金額", "oku"),), (Row((1,)),))
    assert title(sheet) == "合計（単位：億円）"
    assert title(sheet._replace(rows=())) == "合計"


def test_columns_that_say_nothing_are_left_out() -> None:
    sheet = Sheet("", (Column("a"), Column("b"), Column("c", "bar")), (Row(("", 0, 0.5)), Row((None, None, 1.0))))
    assert without_empty(sheet, "bar") == Sheet("", (Column("b"),), (Row((0,)), Row((None,))))


HEAVY = {"openpyxl", "rich", "json", "csv"}


def test_the_pages_load_nothing_heavy() -> None:
    code = (
        "from search.render.figures import checks, compare, facets, hits, history, links, totals\n"
        "from search.render.backends import csv, markdown, table, xlsx\n"
        f"import sys; print(*({HEAVY} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.split() == []
