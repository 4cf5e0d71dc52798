"""Printed totals and their parts: what is explained, what is not, and what the paper says that it leaves out."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import About, Document, Line
from index.errors import StoreError
from index.indexer import understand
from search import Searcher
from search.figures import VERDICTS, Check, CheckPage
from search.reconcile import reconcile
from tests.made import paper, write

OKU = 10**8


class Said(NamedTuple):
    """A check in short: title, year, what is printed and what the parts come to, the verdict."""

    title: str
    year: int
    yen: int
    sum: int
    verdict: str


def checked(text: str, heading: str | None = None, **about: object) -> CheckPage:
    lines = text.strip("\n").split("\n")
    known = About("紙", "紙の題名", year=2025, stage="initial", **about)  # type: ignore[arg-type]
    made = understand(Document(known, tuple(Line(n, line) for n, line in enumerate(lines, 1))))
    return reconcile(known, made.items, lines, heading)


def said(page: CheckPage, unit: int) -> list[Said]:
    return [Said(each.title, each.years[-1], each.yen // unit, each.sum // unit, each.verdict) for each in page.checks]


# -- the papers in seeds/


# Worked out by hand: line, year, printed, parts (in 億円, tenths), verdict.
SEED = [
    (6, 2024, 42860, 42850, "rounding"),
    (6, 2023, 34950, 34950, "exact"),
    (10, 2024, 78200, 78210, "rounding"),
    (10, 2023, 70520, 70510, "rounding"),
    (16, 2024, 246150, 246160, "rounding"),
    (16, 2023, 168960, 168970, "rounding"),
    (46, 2024, 162410, 151550, "partial"),
    (123, 2024, 15910, 3280, "partial"),
    (160, 2024, 1680, 1330, "partial"),
    (160, 2023, 1410, 1080, "partial"),
    (199, 2024, 660, 654, "rounding"),
    (199, 2023, 650, 650, "exact"),
    (262, 2024, 3360, 3070, "partial"),
    (286, 2024, 9100, 9758, "unexplained"),
    (286, 2023, 7530, 8042, "unexplained"),
]


@pytest.fixture(scope="module")
def request_paper(searcher: Searcher) -> dict[tuple[int, int], Check]:
    checks = searcher.reconcile("meti-request-2024").checks
    return {(each.place.line, each.years[-1]): each for each in checks}


@pytest.mark.parametrize(("line", "year", "yen", "sum_", "verdict"), SEED)
def test_the_request_paper(
    request_paper: dict[tuple[int, int], Check], line: int, year: int, yen: int, sum_: int, verdict: str
) -> None:
    check = request_paper[line, year]
    assert (check.yen, check.sum, check.verdict) == (yen * OKU // 10, sum_ * OKU // 10, verdict)


def test_the_list_of_the_request_paper(searcher: Searcher) -> None:
    (check,) = searcher.reconcile("meti-request-2024", "重要政策推進枠").checks
    assert (check.yen, check.sum, check.verdict) == (2400 * OKU, 240808 * OKU // 100, "rounding")
    assert (check.stage, len(check.parts), check.title) == ("priority", 71, "合計")


def test_says_what_is_not_counted(searcher: Searcher) -> None:
    check = searcher.reconcile("meti-request-2024", "スタートアップ育成").checks[0]
    assert sorted(each.reason for each in check.left_out) == ["later", "repeated", "repeated"]
    assert sum(each.addend.amount.yen for each in check.left_out) + check.sum == 1263 * OKU


def test_says_where_the_paper_says_that_it_is_partial(searcher: Searcher) -> None:
    line, words = searcher.reconcile("meti-request-2024").partial or (0, "")
    assert "主なものを列挙" in words
    assert line > 0


def test_a_paper_without_totals_is_an_empty_page(searcher: Searcher) -> None:
    page = searcher.reconcile("monozukuri-2025")
    assert (page.checks, page.partial) == ((), None)
    assert page.diagnosis == ("文書 monozukuri-2025 には、内訳と照らし合わせられる合計が記載されていません。",)


def test_an_unknown_paper(searcher: Searcher) -> None:
    with pytest.raises(StoreError) as fault:
        searcher.reconcile("meti-request-2023")
    assert "meti-request-2024" in str(fault.value)


def test_an_empty_paper(tmp_path: Path) -> None:
    write(tmp_path / "store", paper("空"))
    assert Searcher.open(tmp_path / "store").reconcile("空").checks == ()


# -- tables of other papers

TABLES = {
    "款 and 項": (
        """
（単位：千円）
| 款 | 項 | 本年度予算額 | 前年度予算額 | 比較 |
|---|---|---|---|---|
| 1 議会費 | | 300 | 290 | 10 |
| | 1 議会費 | 300 | 290 | 10 |
| 2 総務費 | | 5,000 | 4,800 | 200 |
| | 1 総務管理費 | 3,600 | 3,500 | 100 |
| | 2 徴税費 | 1,300 | 1,300 | 0 |
| 3 諸支出金 | | △50 | 0 | △50 |
| 歳出合計 | | 5,250 | 5,090 | 160 |
""",
        [
            Said("議会費", 2025, 300, 300, "exact"),
            Said("議会費", 2024, 290, 290, "exact"),
            Said("総務費", 2025, 5000, 4900, "unexplained"),
            Said("総務費", 2024, 4800, 4800, "exact"),
            Said("歳出合計", 2025, 5250, 5250, "exact"),
            Said("歳出合計", 2024, 5090, 5090, "exact"),
        ],
    ),
    "nested 小計": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 市税 | 1,000 |
| 手数料 | 200 |
| 小計 | 1,200 |
| 国庫支出金 | 300 |
| 県支出金 | 100 |
| 小計 | 410 |
| 合計 | 1,610 |
""",
        [
            Said("小計", 2025, 1200, 1200, "exact"),
            Said("小計", 2025, 410, 400, "unexplained"),
            Said("合計", 2025, 1610, 1610, "exact"),
        ],
    ),
    "合計 first": (
        """
（単位：千円）
| 区分 | 令和7年度 | 令和6年度 |
|---|---|---|
| 合計 | 1,200 | 1,000 |
| 給食費 | 700 | 600 |
| 図書館費 | 400 | 400 |
""",
        [Said("合計", 2025, 1200, 1100, "unexplained"), Said("合計", 2024, 1000, 1000, "exact")],
    ),
    "groups led by their totals": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 総計 | 600 |
| 土木 計 | 300 |
| 道路費 | 100 |
| 橋費 | 200 |
| 教育 計 | 300 |
| 学校費 | 250 |
| 図書館費 | 50 |
""",
        [
            Said("総計", 2025, 600, 600, "exact"),
            Said("土木 計", 2025, 300, 300, "exact"),
            Said("教育 計", 2025, 300, 300, "exact"),
        ],
    ),
    "two tables, one total above and one below": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 甲費 | 100 |
| 乙費 | 200 |
| 合計 | 300 |

| 区分 | 令和7年度 |
|---|---|
| 合計 | 70 |
| 丙費 | 30 |
| 丁費 | 40 |
""",
        [Said("合計", 2025, 300, 300, "exact"), Said("合計", 2025, 70, 70, "exact")],
    ),
    "a table that goes on": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 甲費 | 1,000 |
| 乙費 | 2,000 |

| 区分 | 令和7年度 |
|---|---|
| 丙費 | 3,000 |
| 丁費 | 4,000 |
| 合計 | 10,000 |
""",
        [Said("合計", 2025, 10000, 10000, "exact")],
    ),
    "うち rows": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 防災費 | 900 |
| うち備蓄 | 500 |
| うち訓練 | 400 |
| 道路費 | 100 |
| うち橋 | 60 |
| 計 | 1,000 |
""",
        [Said("防災費", 2025, 900, 900, "exact"), Said("計", 2025, 1000, 1000, "exact")],
    ),
    "rows further in": (
        """
（単位：億円）
| 区分 | 令和7年度 |
|---|---|
| 一般歳出 | 100 |
| 　社会保障 | 60 |
| 　公共事業 | 40 |
| 国債費 | 30 |
| 計 | 130 |
""",
        [Said("一般歳出", 2025, 10**7, 10**7, "exact"), Said("計", 2025, 13 * 10**6, 13 * 10**6, "exact")],
    ),
    "a mark on a row": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 甲費 | 100 |
| 乙費（再掲） | 50 |
| 丙費 | 200 |
| 計 | 300 |
""",
        [Said("計", 2025, 300, 300, "exact")],
    ),
    "no total": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 甲費 | 100 |
| 乙費 | 50 |
""",
        [],
    ),
    "only main ones below a table": (
        """
（単位：千円）
| 区分 | 令和7年度 |
|---|---|
| 甲費 | 1,000 |
| 乙費 | 500 |
| 合計 | 2,000 |
※ 主な事業のみを記載している。
""",
        [Said("合計", 2025, 2000, 1500, "partial")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_tables(text: str, expected: list[Said]) -> None:
    assert said(checked(text), 1000) == expected


# -- headings of other papers

HEADINGS = {
    "a list for reference after the last heading is not below it": (
        """
1. 産業 【15億円】
- 設備事業 【15億円】
2. 脱炭素 【3億円】
- 水素事業 【2億円】
- 交通事業 【1億円】

（参考）主要事業一覧 （単位：百万円）
事業名  令和7年度  令和6年度
設備事業  1,500  1,310
水素事業  200  100
交通事業  100  90
合計  1,800  1,500
""",
        [
            Said("1. 産業", 2025, 15, 15, "exact"),
            Said("2. 脱炭素", 2025, 3, 3, "exact"),
            Said("合計", 2025, 18, 18, "exact"),
            Said("合計", 2024, 15, 15, "exact"),
        ],
    ),
    "a heading below stands for what is below it": (
        """
1. 産業の振興 【120億円】
(1) 設備投資 【70億円】
- 設備更新補助金 【40億円】
- 省力化投資補助金 【30.4億円】
(2) 人材 【50億円】
- 研修事業 【30億円】
- 訓練事業 【30億円】
""",
        [
            Said("1. 産業の振興", 2025, 120, 120, "exact"),
            Said("(1) 設備投資", 2025, 70, 70, "rounding"),
            Said("(2) 人材", 2025, 50, 60, "unexplained"),
        ],
    ),
    "a partial list explains less, never more": (
        """
※ 主な事業を記載しているため、合計は一致しない。
1. 産業 【100億円】
- 甲事業 【40億円】
- 乙事業 【30億円】
2. 地域 【50億円】
- 丙事業 【40億円】
- 丁事業 【30億円】
""",
        [Said("1. 産業", 2025, 100, 70, "partial"), Said("2. 地域", 2025, 50, 70, "unexplained")],
    ),
    "what another heading says of itself": (
        """
1. 産業 【100億円】
- 甲事業 【40億円】
- 乙事業 【30億円】
2. 地域 【90億円】
※ 主なものを抜粋。
- 丙事業 【40億円】
- 丁事業 【30億円】
""",
        [Said("1. 産業", 2025, 100, 70, "unexplained"), Said("2. 地域", 2025, 90, 70, "partial")],
    ),
    "repeats and portions are not counted": (
        """
1. 産業 【70億円】
- 甲事業 【40億円】
- 乙事業 【30億円】
- 甲事業 【40億円】
- 丙事業 【10億円】（再掲）
- 丁交付金 【200億円の内数】
""",
        [Said("1. 産業", 2025, 70, 70, "exact")],
    ),
    "a table by programmes and another by what pays for them": (
        """
1. 防災 【1,500百万円】
（単位：百万円）
| 事業 | 令和7年度 |
|---|---|
| 堤防整備 | 1,000 |
| 避難所整備 | 500 |
| 計 | 1,500 |

| 財源 | 令和7年度 |
|---|---|
| 借入 | 900 |
| 積立 | 600 |
| 計 | 1,500 |
""",
        [
            Said("1. 防災", 2025, 15, 15, "exact"),
            Said("計", 2025, 15, 15, "exact"),
            Said("計", 2025, 15, 15, "exact"),
        ],
    ),
    "a total over tables under several headings": (
        """
（単位：億円）
1. 地域
| 事業 | 令和7年度 |
|---|---|
| 甲事業 | 12 |
| 乙事業 | 8 |

2. 資源
| 事業 | 令和7年度 |
|---|---|
| 丙事業 | 9 |
| 丁事業 | 5 |
| 合計 | 34 |
""",
        [Said("合計", 2025, 34, 34, "exact")],
    ),
    "a list that ends in its total": (
        """
1. 産業
- 甲事業 【3億円】
- 乙事業 【2億円】
- 合計 【6億円】
""",
        [Said("合計", 2025, 6, 5, "rounding")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings(text: str, expected: list[Said]) -> None:
    assert said(checked(text), OKU) == expected


# -- laws


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[int], int]:
    """Return a table of rows and a total that may be wrong, with its rows and what the total prints."""
    rows = draw(st.lists(st.integers(-9_999_999, 9_999_999), min_size=1, max_size=8))
    total = sum(rows) + draw(st.sampled_from([0, 0, 1, -3, 1000, -50_000]))
    printed = [f"{'△' if each < 0 else ''}{abs(each):,}" for each in (*rows, total)]
    names = [f"事業{'甲乙丙丁戊己庚辛'[at]}" for at in range(len(rows))]
    body = [f"| {name} | {yen} |" for name, yen in zip([*names, "合計"], printed, strict=True)]
    if draw(st.booleans()):
        body = [body[-1], *body[:-1]]
    return "\n".join(["（単位：千円）", "| 区分 | 令和7年度 |", "|---|---|", *body]), rows, total


@given(tables())
def test_a_table_is_reckoned_as_it_stands(made: tuple[str, list[int], int]) -> None:
    text, rows, total = made
    page = checked(text)
    assert len(page.checks) == 1
    (check,) = page.checks
    assert (check.yen, check.sum) == (total * 1000, sum(rows) * 1000)
    assert check.sum == sum(each.amount.yen for each in check.parts)
    assert check.tolerance == (len(rows) + 1) * 500
    within = abs(check.difference) <= check.tolerance
    assert check.verdict == ("exact" if not check.difference else "rounding" if within else "unexplained")


def test_every_verdict_is_known(searcher: Searcher) -> None:
    for document in searcher.documents():
        assert all(each.verdict in VERDICTS for each in searcher.reconcile(document.id).checks)
