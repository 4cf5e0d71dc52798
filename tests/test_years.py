"""Fiscal years as papers write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.years import find_years, number_of, read_year, ring_year

FOUND = [
    ("令和6年度予算額", [2024]),
    ("令和元年度", [2019]),
    ("平成三十年度", [2018]),
    ("昭和64年度", [1989]),
    ("２０２４年度", [2024]),
    ("2024年度", [2024]),
    ("二〇二四年度", [2024]),
    ("R2、4 補正、R5 当初", [2020, 2022, 2023]),
    ("R4〜R6", [2022]),
    ("令和6～10年度", [2024]),
    ("2022年度〜2026年度", [2022]),
    ("５当初、４補正", [2023, 2022]),
    ("R5〜10億円", [2023]),
    ("Ｒ６当初", [2024]),
    ("H30年度", [2018]),
    ("令和5年補正", [2023]),
    ("令和6年能登半島地震", []),
    ("令和5年度及び6年度予算", [2023, 2024]),
    ("2021年度補正", [2021]),
    ("2050年までに", []),
    ("1億2024年度", [2024]),
    ("前年度", [2023]),
    ("前年度比3億円増", []),
    ("前年度より増えた", []),
    ("本年度と来年度", [2024, 2025]),
    ("6年度予算（5年度）", [2024, 2023]),
    ("23年度", [2023]),
    ("3年度目", []),
    ("第3年度", []),
    ("PR2", []),
    ("R5.4.1", []),
    ("HS2", []),
    ("FY2024", [2024]),
    ("R5.2月補正", [2023]),
    ("令和6年9月補正", [2024]),
    ("令和五年度から令和九年度まで", [2023]),
    ("翌年度繰越額", []),
    ("前年度からの繰越", []),
    ("平成三十一年度", [2019]),
    ("２０１９年度", [2019]),
    ("H30補正、R元当初", [2018, 2019]),
    ("", []),
]


@pytest.mark.parametrize(("text", "years"), FOUND, ids=[row[0] or "nothing" for row in FOUND])
def test_years_in(text: str, years: list[int]) -> None:
    assert [each.year for each in find_years(text, 2024)] == years


RANGES = [
    ("R4〜R6", 2024),
    ("令和6年度～令和9年度", 2027),
    ("令和6～10年度", 2028),
    ("2022-2026年度", 2026),
    ("令和五年度から令和九年度", 2027),
    ("平成三十年度～令和四年度", 2022),
    ("R4、R6", None),
]


@pytest.mark.parametrize(("text", "last"), RANGES, ids=[row[0] for row in RANGES])
def test_a_range_is_one(text: str, last: int | None) -> None:
    assert find_years(text)[0].last == last


RINGS = [("⑤", 2023), ("④補正", 2022), ("⑥", None), ("①", None), ("⑤の施策", None)]


@pytest.mark.parametrize(("words", "year"), RINGS, ids=[row[0] for row in RINGS])
def test_a_number_in_a_ring_is_a_year_before(words: str, year: int | None) -> None:
    assert ring_year(words, 2024) == year


def test_relative_years_need_a_base() -> None:
    assert find_years("前年度と5年度") == []


READ = [
    ("2024", 2024),
    ("R6", 2024),
    ("令和6年度", 2024),
    ("令和六年度", 2024),
    ("平成30", 2018),
    ("予算", None),
    ("令和6年度予算", None),
]


@pytest.mark.parametrize(("text", "year"), READ, ids=[row[0] for row in READ])
def test_reads_as(text: str, year: int | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(("text", "number"), [("元", 1), ("十", 10), ("二十三", 23), ("１２", 12), ("三", 3)])
def test_number_of(text: str, number: int) -> None:
    assert number_of(text) == number


@given(st.integers(2019, 2117))
def test_an_era_year_reads_back(year: int) -> None:
    assert read_year(f"令和{year - 2018}年度") == read_year(f"R{year - 2018}") == read_year(f"{year}年度") == year


@given(st.text(alphabet="令和平成RHS0123456789０２４元年度、,前 当初補正"), st.none() | st.integers(1990, 2050))
def test_what_is_found_stands_there(text: str, base: int | None) -> None:
    found = find_years(text, base)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
