"""Days and months as papers write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import read_date

DATES = [
    ("2023-08-31", "2023-08-31"),
    ("2023-08", "2023-08"),
    ("2023/8/1", "2023-08-01"),
    ("2023.8.1", "2023-08-01"),
    ("２０２３年８月", "2023-08"),
    ("令和元年5月1日", "2019-05-01"),
    ("令和五年十二月二十五日", "2023-12-25"),
    ("R6.8.31", "2024-08-31"),
    ("令和 5 年 8 月 31 日", "2023-08-31"),
    ("2023", None),
    ("2023-13", None),
    ("2023-02-29", None),
    ("2023-", None),
    ("1234.5", None),
    ("九月", None),
]


@pytest.mark.parametrize(("written", "date"), DATES, ids=[written for written, _ in DATES])
def test_reads_date(written: str, date: str | None) -> None:
    assert read_date(written) == date


@given(st.dates(datetime.date(1868, 1, 1), datetime.date(2200, 12, 31)))
def test_a_date_reads_as_it_is_written(date: datetime.date) -> None:
    assert read_date(date.isoformat()) == date.isoformat()
    assert read_date(f"{date.year}年{date.month}月{date.day}日") == date.isoformat()
