"""The parts that all open data is read with: rows as lines, the cells of money."""

import io
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import indexer
from index.opendata.rows import cell_of, head_of, read_row, write_row
from index.opendata.sums import account_named, yen_of

HEADS = [
    ("翌年度への繰越し(合計）", "翌年度への繰越し(合計)"),
    ("翌年度への繰越し（合計）", "翌年度への繰越し(合計)"),
    ("令和６年度\n要求額（千円）", "令和6年度要求額(千円)"),
]


@pytest.mark.parametrize(("written", "head"), HEADS)
def test_heads_are_of_one_width(written: str, head: str) -> None:
    assert head_of(written) == head


CELLS = st.text(min_size=1).map(cell_of).filter(bool)


@given(st.dictionaries(st.text(min_size=1).map(head_of).filter(bool), CELLS))
def test_a_row_is_read_as_it_was_written(row: dict[str, str]) -> None:
    line = write_row("2-1", row)
    assert read_row(line) == ("2-1", row)
    assert len(line.splitlines()) == 1


SUMS = [
    ("1200000000", "円", 1_200_000_000),
    ("1,200", "千円", 1_200_000),
    ("１２００", "円", 1_200),
    ("△5", "千円", -5_000),
    ("▲ 5", "円", -5),
    ("-5", "円", -5),
    ("－5", "円", -5),
    ("1200000000.0", "円", 1_200_000_000),
    ("0.0255", "百万円", 25_500),
    ("0", "円", 0),
    ("", "円", None),
    ("－", "円", None),
    ("―", "千円", None),
]


@pytest.mark.parametrize(("cell", "unit", "yen"), SUMS, ids=[f"{cell}{unit}" for cell, unit, _ in SUMS])
def test_reads_as(cell: str, unit: str, yen: int | None) -> None:
    assert yen_of(cell, unit) == yen


@pytest.mark.parametrize("cell", ["100の内数", "0.5", "1e9", "NaN", "9" * 19, "1 2", "約5", "9" * 5_000])
def test_is_no_sum(cell: str) -> None:
    with pytest.raises(ValueError, match=re.escape(cell)):
        yen_of(cell, "円")


ACCOUNTS = [
    ("一般会計", "一般会計"),
    ("エネルギー対策", "エネ特"),
    ("特許特別会計", "特許特"),
    ("甲", "甲"),
    ("", None),
]


@pytest.mark.parametrize(("name", "account"), ACCOUNTS)
def test_account(name: str, account: str | None) -> None:
    assert account_named(name) == account


def test_standard_input_may_be_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = "予算事業ID,事業名,予算年度,当初予算（合計）,執行額（合計）\n1,電池,2024,5,\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table.encode("cp932"))))
    report = indexer.add(tmp_path / "store", [Path("-")], input_name="2-1_RS_2024_x.csv")
    assert [each.about.id for each in report.entries] == ["review-2024"]
