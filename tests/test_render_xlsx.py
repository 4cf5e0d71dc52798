"""A workbook holds every sum as a number, and nothing that a spreadsheet would run."""

import sys
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Failure
from search.render import workbook
from search.render.backends.xlsx import CUT, MOST_EXACT, TOO_LONG
from search.render.backends.xlsx import workbook as book_of
from search.render.sheets import Cell, Column, Roughly, Row, Sheet
from tests.test_render_answers import PAGES, TOTAL
from tests.test_render_formats import AMOUNTS, HITS, HOSTILE, OKU, PAGE


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def one(kind: str, *cells: Cell) -> Any:
    """Return the page of a workbook with one column of `kind`."""
    sheet = Sheet("表", (Column("頭", kind),), tuple(Row((cell,)) for cell in cells))
    return opened(book_of([sheet])).active


CELLS: list[tuple[str, Cell, object, str]] = [
    ("text", "=1+1", "=1+1", "General"),
    ("text", "#N/A", "#N/A", "General"),
    ("text", "-3", "-3", "General"),
    ("text", "@sum", "@sum", "General"),
    ("text", "\x1b[31m赤\ud83d\ufffe", " [31m赤\ufffd\ufffd", "General"),
    ("text", 2024, 2024, "General"),
    ("count", 1200, 1200, "#,##0"),
    ("share", 0.536, 0.536, "0.0%"),
    ("date", "2023-08-31", date(2023, 8, 31), "yyyy-mm-dd"),
    ("date", "2023年8月", "2023年8月", "General"),
]


@pytest.mark.parametrize(("kind", "cell", "value", "form"), CELLS, ids=[repr(row[1]) for row in CELLS])
def test_a_cell_is_what_it_was(kind: str, cell: Cell, value: object, form: str) -> None:
    written = one(kind, cell)["A2"]
    read = written.value.date() if isinstance(value, date) else written.value
    assert (read, written.number_format) == (value, form)
    assert written.data_type == {str: "s", date: "d"}.get(type(value), "n")


SUMS = [
    ("oku", 10960000000, 109.6, 10960000000, "#,##0.0"),
    ("oku", 2658 * OKU, 2658, 2658 * OKU, "#,##0"),
    ("oku", Roughly(100 * OKU), 100, 100 * OKU, '"約"#,##0'),
    ("oku", 1, 0.00000001, 1, "#,##0.00000000"),
    ("change", -340_000_000, -3.4, -340_000_000, "+#,##0.0;-#,##0.0;0"),
]


@pytest.mark.parametrize(("kind", "yen", "oku", "whole", "form"), SUMS, ids=[str(row[1]) for row in SUMS])
def test_a_sum_stands_in_oku_and_to_the_yen(kind: str, yen: int, oku: float, whole: int, form: str) -> None:
    page = one(kind, yen)
    assert [cell.value for cell in page[1]] == ["頭（億円）", "頭（円）"]
    assert [cell.value for cell in page[2]] == [oku, whole]
    assert page["A2"].number_format == form


@given(st.integers(-(10**18), 10**18))
def test_yen_comes_back_exactly(yen: int) -> None:
    cell = one("oku", yen)["B2"]
    assert int(cell.value) == yen
    assert isinstance(cell.value, int) == (abs(yen) <= MOST_EXACT)


@pytest.mark.parametrize(("kind", "cell", "note"), [("oku", MOST_EXACT + 1, TOO_LONG), ("wide", "あ" * 40_000, CUT)])
def test_says_what_a_cell_cannot_hold(kind: str, cell: Cell, note: str) -> None:
    assert one(kind, cell)["A4"].value == note


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1"])
def test_what_could_be_run_is_marked_as_quoted(text: str) -> None:
    assert one("text", text)["A2"].quotePrefix


@pytest.mark.parametrize("page", [*PAGES, "results", "hostile"])
def test_nothing_in_a_workbook_is_a_formula(page: str) -> None:
    book = opened(workbook({"results": PAGE, "hostile": HOSTILE, **PAGES}[page], TOTAL if page == "results" else None))
    for each in book:
        assert each.freeze_panes == "A2"
        assert not {cell.data_type for row in each for cell in row} & {"f", "e"}


def test_pages_have_names_of_their_own() -> None:
    named = [Sheet(title, (), ()) for title in ("a" * 40, "A" * 40, "a/b:[c]", "", "", "'x'")]
    assert opened(book_of(named)).sheetnames == ["a" * 31, "A" * 29 + " 2", "a b c", "注記", "注記 2", "x"]


def test_results_are_a_row_for_each_amount() -> None:
    book = opened(workbook(PAGE, TOTAL))
    results, *others = book
    rows = list(results.iter_rows(min_row=2, max_row=AMOUNTS + 1, values_only=True))
    heads = [cell.value for cell in results[1]]
    answered = [hit.item.amounts[each].yen for hit in HITS for each in hit.matched]
    assert heads[:4] == ["区分", "文書", "頁", "行"]
    assert [row[heads.index("金額（円）")] for row in rows if row[heads.index("金額（円）")]] == answered
    left = [row[:2] for row in others[-1].iter_rows(min_row=2, values_only=True)]
    assert left == [
        ("数えた", None),
        ("数えない", "重ねて記載"),
        ("数えた", None),
        ("数えない", "上限"),
        ("数えない", "可能性"),
        ("数えない", "関連"),
    ]


def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Failure, match=r"pip install 'seisaku\[xlsx\]'"):
        workbook(TOTAL)
