"""An amount in short words, and the lines that count."""

from dataclasses import replace

import pytest

from index.document import Amount, Item, Place, previous_years
from search.render.words import closing, group_head, items_closing, meaning, oku, with_previous
from tests.test_render_formats import EMPTY, PAGE, REQUEST

OKU = 10**8

MEANINGS = [
    (Amount(1, (2024,), "supplementary"), "2024 補正"),
    (Amount(1, (2024,), "request", flags=("new",)), "2024 要求 新規"),
    (Amount(1, (2024,), "request", flags=("new",), account="GX"), "2024 要求 新規 (GX)"),
    (Amount(1, bound="portion"), "内数"),
    (Amount(1, stage="fund", bound="ceiling"), "基金 上限"),
    (Amount(1, (2024,), "initial", "ceiling"), "2024 当初 上限"),
    (Amount(1, (2024,), "initial", "each", "part", over=3, flags=("new",)), "2024 当初 単価 うち数 3年間 新規"),
    (Amount(1, (2024,), "initial", "portion", account="一部GX"), "2024 当初 内数 (一部GX)"),
    (Amount(1, (2024,), "initial", "about"), "2024 当初 約"),
    (Amount(1, (2020, 2022, 2023), "fund", flags=("reference",)), "2020・2022・2023 基金 ※"),
    (Amount(1, (2024,), "commitment", over=5), "2024 国庫債務 5年間"),
    (Amount(1, (2024,), "priority", role="total"), "2024 要望 合計"),
    (Amount(1, (2023,), "reserve", role="part"), "2023 予備費 うち数"),
    (Amount(1, (2023,), "initial", role="previous"), "2023 当初 前年度"),
    (Amount(1, (2024,), "request", flags=("repeated", "later")), "2024 要求 再掲 後掲"),
    (Amount(1), "段階不明"),
]


@pytest.mark.parametrize(("amount", "words"), MEANINGS, ids=[words for _, words in MEANINGS])
def test_is_said_as(amount: Amount, words: str) -> None:
    assert meaning(amount) == words


NOW = Amount(256 * OKU, (2024,), "request")
PREVIOUS = [
    (Amount(48 * OKU, (2023,), "initial", role="previous"), "2024 要求 前年度 48"),
    (Amount(149 * OKU, (2022,), "supplementary", role="previous"), "2024 要求 前年度 149 2022 補正"),
    (Amount(2 * OKU, (2023,), "initial", "portion", "previous"), "2024 要求 前年度 2 内数"),
    (Amount(2 * OKU, role="previous"), "2024 要求 前年度 2"),
    (None, "2024 要求"),
]


@pytest.mark.parametrize(("previous", "words"), PREVIOUS, ids=[words for _, words in PREVIOUS])
def test_the_year_before_stands_beside_it(previous: Amount | None, words: str) -> None:
    assert with_previous(NOW, previous) == words


def item(*roles: str) -> Item:
    stages = {"commitment": "commitment"}
    amounts = (Amount(1, stage=stages.get(role), role="own" if role == "commitment" else role) for role in roles)
    return Item(Place("d", 1, 1), "名", amounts=tuple(amounts))


BESIDE = [
    (("own", "previous"), {0: 1}),
    (("own", "part", "previous"), {1: 2}),
    (("own", "commitment", "previous"), {0: 2}),
    (("previous", "own"), {}),
    (("own", "previous", "previous", "total", "previous"), {0: 1, 3: 4}),
]


@pytest.mark.parametrize(("roles", "beside"), BESIDE, ids=[" ".join(roles) for roles, _ in BESIDE])
def test_the_year_before_belongs_to(roles: tuple[str, ...], beside: dict[int, int]) -> None:
    assert previous_years(item(*roles).amounts) == beside


def test_the_year_before_of_a_request() -> None:
    assert previous_years(REQUEST.amounts) == {0: 1}


@pytest.mark.parametrize(("yen", "written"), [(10_960_000_000, "109.6"), (1, "0.00000001"), (-5 * OKU, "▲5")])
def test_money_is_exact(yen: int, written: str) -> None:
    assert oku(yen) == written


@pytest.mark.parametrize(
    ("group", "count", "head"),
    [
        ("certain", 1234, "該当 1,234件"),
        ("possible", 1, "可能性 1件 ― 内数・上限など、金額が確定しない"),
        ("related", 12, "関連 12件 ― 見出しや政策文、長い語の一部に一致"),
    ],
)
def test_a_group_has_a_heading(group: str, count: int, head: str) -> None:
    assert group_head(group, count) == head


COUNTS = "該当 2件・可能性 1件・関連 12件（金額 9件）"
CLOSINGS = [
    (PAGE, [f"{COUNTS} 1–5件目を表示 0.012秒", "続きは --offset 5"]),
    (replace(PAGE, offset=10), [f"{COUNTS} 11–15件目を表示 0.012秒"]),
    (replace(PAGE, hits=(), offset=40), [f"{COUNTS} 41件目以降はない 0.012秒"]),
    (EMPTY, ["該当なし 0.001秒"]),
]


@pytest.mark.parametrize(("page", "lines"), CLOSINGS, ids=[lines[0] for _, lines in CLOSINGS])
def test_a_page_closes_with(page: object, lines: list[str]) -> None:
    assert closing(page) == lines  # type: ignore[arg-type]


def test_items_are_counted() -> None:
    assert items_closing(251, 1394) == "施策 251件・金額 1,394件"
