"""Reading, finding and writing sums of money, row by row."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.yen import Loose, Sum, find_loose, find_sums, read_yen, write_oku, write_yen
from tests.pace import grows_in_step

MAN, OKU, CHO = 10**4, 10**8, 10**12

YEN = [
    ("1234", 1234),
    ("1,234", 1234),
    ("0", 0),
    ("0円", 0),
    ("1円", 1),
    ("12 円", 12),
    ("1000億", 1000 * OKU),
    ("1,000億円", 1000 * OKU),
    ("１，０００億", 1000 * OKU),
    ("１０００億円", 1000 * OKU),
    ("1兆2000億円", 12_000 * OKU),
    ("1兆2,000億", 12_000 * OKU),
    ("1 兆 985 億円", 10_985 * OKU),
    ("2 兆 7,564 億円", 27_564 * OKU),
    ("１兆８,６９１億円", 18_691 * OKU),
    ("1　兆　985　億　円", 10_985 * OKU),
    ("1\t兆985\t億円", 10_985 * OKU),
    ("1兆\n985億円", 10_985 * OKU),
    ("1兆\r\n985億円", 10_985 * OKU),
    ("  10億円\n", 10 * OKU),
    ("1.5兆", 15_000 * OKU),
    ("3.3億円", 330_000_000),
    ("３．３億円", 330_000_000),
    ("0.02億円", 2_000_000),
    ("109.6億円", 10_960_000_000),
    ("684.8億円", 68_480_000_000),
    ("1,540.3億円", 154_030_000_000),
    ("0.00000001億円", 1),
    ("1.50億円", 150_000_000),
    ("500百万円", 500_000_000),
    ("12,360百万円", 12_360_000_000),
    ("1.5百万円", 1_500_000),
    ("33百万", 33_000_000),
    ("500千円", 500_000),
    ("500 千円", 500_000),
    ("1,234千円", 1_234_000),
    ("3十億円", 30 * OKU),
    ("3千万", 3000 * MAN),
    ("3千5百万円", 3500 * MAN),
    ("2千億円", 2000 * OKU),
    ("2千3百億円", 2300 * OKU),
    ("3千200", 3200),
    ("51億33百万円", 5_133_000_000),
    ("3億2千万円", 320_000_000),
    ("3億2千万5円", 320_000_005),
    ("12億3,000万円", 1_230_000_000),
    ("12億3,000万4,567円", 1_230_004_567),
    ("3,471万 1,000円", 34_711_000),
    ("1兆1円", CHO + 1),
    ("1億0円", OKU),
    ("百円", 100),
    ("千円", 1000),
    ("十万円", 100_000),
    ("百万円", 1_000_000),
    ("十億円", 10 * OKU),
    ("千億", 1000 * OKU),
    ("一円", 1),
    ("〇", 0),
    ("零円", 0),
    ("十", 10),
    ("二十一", 21),
    ("一千億円", 1000 * OKU),
    ("千六百億円", 1600 * OKU),
    ("千三百二十七万円", 13_270_000),
    ("百十二兆五千七百十七億円", 1_125_717 * OKU),
    ("三億二千万円", 320_000_000),
    ("二〇二四", 2024),
    ("二〇二四億円", 2024 * OKU),
    ("一、二〇〇億円", 1200 * OKU),
    ("二・七兆円", 27_000 * OKU),
    ("〇・五億円", 50_000_000),
    ("二･七兆円", 27_000 * OKU),
    ("⼆⼗億円", 20 * OKU),
    ("▲5億円", -5 * OKU),
    ("▲1,234千円", -1_234_000),
    ("△ 3億", -3 * OKU),
    ("-1234", -1234),
    ("－１億円", -OKU),
    ("−2億円", -2 * OKU),
    ("▲0円", 0),
    ("1,000,000兆円", 10**18),
    ("1000000000000000000", 10**18),
    ("1京2,000兆円", 12 * 10**15),
    ("一京二千兆円", 12 * 10**15),
    ("1 京 2,000 兆円", 12 * 10**15),
    ("100京円", 10**18),
]

NO_SUM = [
    "",
    " ",
    "円",
    "億",
    "億円",
    "万円",
    "▲",
    "▲円",
    "予算",
    "1000奥",
    "約10億円",
    "10億円超",
    "10億円 20億円",
    "10億円〜20億円",
    "数十億円",
    "数億円",
    "十数億円",
    "10億余円",
    "1.2.3億",
    "1..5億",
    "1,00億",
    "1,0000億",
    "1234,567円",
    ",500億",
    "1,億",
    "007円",
    "0.5円",
    "1.5",
    "1.23456千円",
    "0.000000001億円",
    "10・5億円",
    "一・二・三億円",
    "5億3兆",
    "5億5億",
    "5億20000万円",
    "1.5億3000万円",
    "1億億",
    "億5万円",
    "1億万円",
    "百千円",
    "百百円",
    "千5000円",
    "3億円円",
    "2024一億円",
    "1 000億円",
    "1\n\n億円",
    "▲▲5億円",
    "2,000万ドル",
    "①億円",
    "1000000000000000001",
    "1,000,001兆円",
    "9" * 61,
    "9" * 5000,
    "1" + " " * 300 + "億円",
    "1e8",
    "1_000円",
]

FOUND = [
    ("予算額2,658億円", ["2,658億円"]),
    ("1円", ["1円"]),
    ("百円の品", ["百円"]),
    ("うち五百万円", ["五百万円"]),
    ("第3次10億円", ["10億円"]),
    ("令和6年度10億円", ["10億円"]),
    ("令和六年度十億円", ["十億円"]),
    ("2024年度補正予算額9,916億円（一部GX1,576億円）", ["9,916億円", "1,576億円"]),
    ("5年間で100億円", ["100億円"]),
    ("(5年):1,925億円", ["1,925億円"]),
    ("※国庫債務負担行為(5年) : 1,925億円", ["1,925億円"]),
    ("【256 億円（48 億円）】", ["256 億円", "48 億円"]),
    ("【176 億円（149 億円（R4 補正））】", ["176 億円", "149 億円"]),
    ("【1兆6,241億円(1兆1,076億円)】", ["1兆6,241億円", "1兆1,076億円"]),
    ("総額 1 兆 8691 億円の投資促進策", ["1 兆 8691 億円"]),
    ("推計で1 兆\n985 億円", ["1 兆\n985 億円"]),
    ("1兆\n\n985億円", ["985億円"]),
    ("１，０００億円と二・七兆円", ["１，０００億円", "二・七兆円"]),
    ("1,000億円規模", ["1,000億円"]),
    ("上限1,540.3億円", ["1,540.3億円"]),
    ("約368億円（含基金）", ["368億円"]),
    ("①10億円②20億円", ["10億円", "20億円"]),
    ("(1)10億円", ["10億円"]),
    ("1. 10億円", ["10億円"]),
    ("R5 10億円", ["10億円"]),
    ("3 10億円", ["10億円"]),
    ("5億 3兆円", ["3兆円"]),
    ("10億円 3,000万円", ["10億円", "3,000万円"]),
    ("10億円3億円", ["10億円", "3億円"]),
    ("増減▲5億円", ["▲5億円"]),
    ("増減 △ 5億円", ["△ 5億円"]),
    ("- 10億円の基金", ["10億円"]),
    ("10億円〜20億円", ["10億円", "20億円"]),
    ("5億～10億円", ["5億", "10億円"]),
    ("5億 〜 10億円", ["5億", "10億円"]),
    ("5億-10億円", ["5億", "10億円"]),
    ("5億－10億円", ["5億", "10億円"]),
    ("5億から10億円", ["5億", "10億円"]),
    ("5億、10億円", ["10億円"]),
    ("2〜3億円", ["2", "3億円"]),
    ("1.5〜3億円", ["1.5", "3億円"]),
    ("3千〜5千万円", ["3千", "5千万円"]),
    ("R5〜10億円", ["10億円"]),
    ("5,000〜1億円", ["1億円"]),
    ("2023-10億円", ["10億円"]),
    ("数十億円", []),
    ("数百 億円", []),
    ("数 千万円", []),
    ("何百億円", []),
    ("数10億円", []),
    ("数1,000億円", []),
    ("件数15億円", ["15億円"]),
    ("十数億円", []),
    ("10億数千万円", []),
    ("10億余円", []),
    ("1,00億円", []),
    ("1.2.3億円", []),
    ("一・二・三億円", []),
    ("5億3兆円", []),
    ("1.5億3000万円", []),
    ("0.5円", []),
    ("万円、億円", []),
    ("（単位：百万円）", []),
    ("（単位：億円）", []),
    ("(千円)", []),
    ("【百万円】", []),
    ("九州一円の百円", ["百円"]),
    ("円滑、円卓、円安、円高、楕円、高円寺", []),
    ("1 円滑な実施", []),
    ("２　円安への対応", []),
    ("10円安", ["10円"]),
    ("図1 円グラフ", []),
    ("2,000万ドル", []),
    ("2, 658億円", []),
    ("第2, 10億円", ["10億円"]),
    ("2、658億円", ["658億円"]),
    ("計２５ ．８億円", []),
    ("甲　２ ３ ．１億円", []),
    ("甲 12. 5億円", []),
    ("甲 1 2億円", []),
    ("1,2 34億円", []),
    ("￥1,200,000", ["￥1,200,000"]),
    ("100億企業と1万者", []),
    ("5千葉県10億円", ["10億円"]),
    ("1京～2京円", ["1京", "2京円"]),
    ("東京10億円", ["10億円"]),
    ("2京浜 5億円", ["5億円"]),
    ("3京都市 5億円", ["5億円"]),
    ("2025 万博10億円", ["10億円"]),
    ("", []),
]

LOOSE = [
    ("100億企業", [("100億", 100 * OKU)]),
    ("1万者", [("1万", MAN)]),
    ("５０ 万人", [("５０ 万", 50 * MAN)]),
    ("2,000万ドル", [("2,000万", 2000 * MAN)]),
    ("一億総活躍", [("一億", OKU)]),
    ("千億規模", [("千億", 1000 * OKU)]),
    ("三千万", [("三千万", 3000 * MAN)]),
    ("数百億円", [("数百億円", None)]),
    ("数 十億円", [("数 十億円", None)]),
    ("数万人", [("数万", None)]),
    ("十数億円", [("十数億円", None)]),
    ("10億数千万円", [("10億数千万円", None)]),
    ("10億余円", [("10億余円", None)]),
    ("数円", [("数円", None)]),
    ("1,00億円", [("1,00億円", None)]),
    ("1.2.3億円", [("1.2.3億円", None)]),
    ("5億3兆円", [("5億3兆円", None)]),
    ("5億 3兆円", [("5億", 5 * OKU)]),
    ("1.5億3000万円", [("1.5億3000万円", None)]),
    ("0.5円", [("0.5円", None)]),
    ("2, 658億円", [("658億円", None)]),
    ("２５ ．８億円", [("８億円", None)]),
    ("甲 12. 5億円", [("5億円", None)]),
    ("甲 1 2億円", [("2億円", None)]),
    ("1,2 34億円", [("34億円", None)]),
    ("▲100億", [("▲100億", -100 * OKU)]),
    ("九州一円", [("一円", None)]),
    ("（単位：百万円）", [("百万円", None)]),
    ("10億円と100億企業", [("100億", 100 * OKU)]),
    ("5億～10億円", []),
    ("10億円", []),
    ("百万遍、千万の敵", []),
    ("万博、億劫、兆候、万が一、億万長者", []),
    ("1 万全を期す", []),
    ("2025万博", []),
    ("1億円", []),
    ("2024年度 10% 3件", []),
]

WRITTEN = [
    ("0円", 0),
    ("1円", 1),
    ("1,234円", 1234),
    ("9,999円", 9999),
    ("1万円", MAN),
    ("12万3,456円", 123_456),
    ("5億円", 5 * OKU),
    ("2,658億円", 2658 * OKU),
    ("109億6,000万円", 10_960_000_000),
    ("1億1円", OKU + 1),
    ("1兆437億円", 10_437 * OKU),
    ("10,000兆円", 10**16),
    ("▲5億円", -5 * OKU),
    ("▲1兆1円", -CHO - 1),
]

IN_OKU = [
    ("0", 0),
    ("2,658", 2658 * OKU),
    ("10,437", 10_437 * OKU),
    ("109.6", 10_960_000_000),
    ("0.05", 5_000_000),
    ("0.00001234", 1234),
    ("0.00000001", 1),
    ("1,000.5", 100_050_000_000),
    ("▲5", -5 * OKU),
    ("▲0.1", -10_000_000),
]

FLOODS = [
    "9",
    ",",
    "億",
    "1 ",
    " ",
    "1億",
    "億円",
    "数",
    "千",
    "9,",
    "9.",
    "一・",
    "一、",
    "▲",
    "1円",
    "円",
    "\n",
    "1\n",
]

YEN_VALUES = st.integers(-(10**16), 10**16)
MONEY_TEXT = st.text("0123456789，．,.・ 　\n〇一二九十百千万億兆円数余▲△-〜年度滑()", max_size=40)


@pytest.mark.parametrize(("written", "yen"), YEN, ids=[repr(written) for written, _ in YEN])
def test_reads_as(written: str, yen: int) -> None:
    assert read_yen(written) == yen


@pytest.mark.parametrize("written", NO_SUM, ids=[repr(written[:20]) for written in NO_SUM])
def test_is_no_sum(written: str) -> None:
    assert read_yen(written) is None


@pytest.mark.parametrize(("text", "written"), FOUND, ids=[repr(text) for text, _ in FOUND])
def test_finds(text: str, written: list[str]) -> None:
    assert [found.written for found in find_sums(text)] == written


@pytest.mark.parametrize(("text", "loose"), LOOSE, ids=[repr(text) for text, _ in LOOSE])
def test_leaves_for_the_audit(text: str, loose: list[tuple[str, int | None]]) -> None:
    assert [(found.written, found.yen) for found in find_loose(text)] == loose


@pytest.mark.parametrize(("written", "yen"), WRITTEN, ids=[written for written, _ in WRITTEN])
def test_writes_as(written: str, yen: int) -> None:
    assert write_yen(yen) == written


@pytest.mark.parametrize(("written", "yen"), IN_OKU, ids=[written for written, _ in IN_OKU])
def test_writes_in_oku_as(written: str, yen: int) -> None:
    assert write_oku(yen) == written


def test_a_range_lends_its_unit_to_the_lower_end() -> None:
    assert [found.yen for found in find_sums("2〜3億円、1.5～3千万円")] == [2 * OKU, 3 * OKU, 1500 * MAN, 3000 * MAN]


@pytest.mark.parametrize("flood", FLOODS, ids=[repr(flood) for flood in FLOODS])
def test_a_flood_takes_linear_time(flood: str) -> None:
    text = flood * (100_000 // len(flood))
    assert grows_in_step(find_sums, f"1{text}億円")
    assert grows_in_step(read_yen, text)


@given(YEN_VALUES)
@example(10**16)
@example(-(10**16))
def test_what_is_written_reads_back(yen: int) -> None:
    assert read_yen(write_yen(yen)) == yen


@given(YEN_VALUES)
def test_oku_read_back(yen: int) -> None:
    assert read_yen(write_oku(yen) + "億円") == yen


@given(st.lists(YEN_VALUES, max_size=5))
def test_what_is_written_is_found(sums: list[int]) -> None:
    text = "、".join(f"予算額{write_yen(yen)}" for yen in sums)
    assert [found.yen for found in find_sums(text)] == sums


@given(MONEY_TEXT)
def test_what_is_found_stands_in_the_text(text: str) -> None:
    found: list[Sum | Loose] = [*find_sums(text), *find_loose(text)]
    found.sort(key=lambda one: one.start)
    assert all(one.written == text[one.start : one.end] for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(MONEY_TEXT)
def test_a_found_sum_reads_as_its_yen(text: str) -> None:
    assert all(read_yen(one.written) == one.yen for one in find_sums(text) if one.written.endswith("円"))


@given(MONEY_TEXT)
def test_no_yen_behind_a_numeral_is_lost(text: str) -> None:
    ends = {one.end for one in find_sums(text)} | {one.end for one in find_loose(text)}
    behind = re.finditer("[0-9一二九十百千][万億兆]?円(?!滑)", text)
    assert {match.end() for match in behind} <= ends


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read_yen(text), int | None)
