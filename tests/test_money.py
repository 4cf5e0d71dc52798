"""The words around a sum that is no programme's budget."""

import re

import pytest

from index.money import DIFFERENCE_BEFORE, DIFFERENCE_BEHIND, EACH, HANDED_OUT, OTHER_MONEY, THRESHOLD, UNIT_COST_BEHIND

BEFORE = [
    (
        EACH,
        [
            "1件当たり",
            "一人につき",
            "児童１人当たり",
            "10a当たり",
            "１か所あたり",
            "月額",
            "単価",
            "50人×",
            "補助上限額",
            "第2子以降",
        ],
    ),
    (
        OTHER_MONEY,
        ["輸出額は", "貸付残高", "市場規模が約", "GDP", "発行総額", "課徴金", "官民投資", "最低賃金", "県債残高は"],
    ),
    (DIFFERENCE_BEFORE, ["対前年度 ＋", "前年度に比べ", "前年度から", "増減額：", "＋"]),
]
BEHIND = [
    (UNIT_COST_BEHIND, ["／月", "/件", "×50人", "（1人当たり）", "ずつ"]),
    (THRESHOLD, ["以上の投資を行う企業", "規模の企業", "以下の法人", "を超える団体"]),
    (DIFFERENCE_BEHIND, ["増", "（2.3％）の増", "の減額", "上回る"]),
    (HANDED_OUT, ["分の商品券", "給付", "相当のポイント"]),
]


@pytest.mark.parametrize(("pattern", "words"), [(each, word) for each, words in BEFORE for word in words])
def test_it_stands_before_a_sum(pattern: re.Pattern[str], words: str) -> None:
    found = [match.end() for match in pattern.finditer(words)]
    assert found[-1:] == [len(words)]


@pytest.mark.parametrize(("pattern", "words"), [(each, word) for each, words in BEHIND for word in words])
def test_it_stands_behind_a_sum(pattern: re.Pattern[str], words: str) -> None:
    assert pattern.match(words)


@pytest.mark.parametrize(
    "words", ["予算額", "の内数", "増強", "減災", "分野", "の事業", "（新規）", "前年度予算額", "財政投融資"]
)
def test_it_says_nothing(words: str) -> None:
    assert not any(pattern.match(words) for pattern, _ in BEHIND)
    assert not any(pattern.search(words) for pattern, _ in BEFORE)
