"""What the last printed digit of a sum counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.rounding import last_digit
from index.yen import find_sums, read_yen, write_yen

OKU = 10**8

LAST = [
    ("2,658億円", 2658 * OKU, OKU),
    ("2.8億円", 28 * 10**7, 10**7),
    ("0.05 億円", 5 * 10**6, 10**6),
    ("1兆6,241億円(1兆1,076億円)", 16_241 * OKU, OKU),
    ("1兆6,241億円(1兆1,076.5億円)", 110_765 * 10**7, 10**7),
    ("国庫債務負担行為等も 活用し、総額 1 兆 8691 億円", 18_691 * OKU, OKU),
    ("3億2千万円", 32 * 10**7, 10**7),
    ("12,360百万円", 12_360 * 10**6, 10**6),
    ("51億33百万円", 5_133 * 10**6, 10**6),
    ("二・七兆円", 27 * 10**11, 10**11),
    ("二百三十億円", 230 * OKU, 10**9),
    ("千億円", 1000 * OKU, 1000 * OKU),
    ("四十三兆円", 43 * 10**12, 10**12),
    ("2,658億", 2658 * OKU, OKU),
    ("2～3億円", 2 * OKU, OKU),
    ("５００億円", 500 * OKU, OKU),
    ("△50千円", -50_000, 1_000),
    ("￥1,200,000", 1_200_000, 1),
    ("2,000 億円（R4 補正）の内数", 2000 * OKU, OKU),
    ("1,234", 1_234_000, 1_000),
    ("▲1,234", -1_234_000, 1_000),
    ("2.8", 28 * 10**7, 10**7),
    ("1,200（500）", 1_200_000, 1_000),
    ("1,200（500）", 500_000, 1_000),
    ("0千円", 0, 1_000),
    ("5円", 5, 1),
    ("", 5, 1),
    ("新規", 5, 1),
    ("3億円", 7, 1),
    ("0", 0, 1),
]


@pytest.mark.parametrize(("written", "yen", "unit"), LAST, ids=[f"{written} {yen}" for written, yen, _ in LAST])
def test_counts(written: str, yen: int, unit: int) -> None:
    assert last_digit(written, yen) == unit


@given(st.integers(-(10**16), 10**16), st.sampled_from(["億円", "百万円", "千円", "万円", "円"]))
def test_a_number_and_its_unit(number: int, unit: str) -> None:
    written = f"{'▲' if number < 0 else ''}{abs(number):,}{unit}"
    yen, one = read_yen(written), read_yen(f"1{unit}")
    if yen is not None and number:
        assert last_digit(written, yen) == one


@given(st.integers(1, 10**17))
def test_divides_the_sum(yen: int) -> None:
    assert yen % last_digit(write_yen(yen), yen) == 0


@given(st.text("0123456789,.億兆万千百円 （）うち▲約", max_size=30), st.integers(-(10**12), 10**12))
def test_any_words(written: str, yen: int) -> None:
    assert last_digit(written, yen) >= 1
    for each in find_sums(written):
        assert last_digit(written, each.yen) >= 1
