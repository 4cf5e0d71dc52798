"""An empty answer says what may have been meant, beside what emptied it."""

import pytest

from search.searcher import Searcher

LINES = [
    ("リスクリンク", ["「リスクリンク」に該当する施策はありません。もしかして: リスキリング（23件）"]),
    (
        "名称:サプライチェン",
        ["「名称:サプライチェン」に該当する施策はありません。もしかして: 名称:サプライチェーン（15件）"],
    ),
    (
        "半導体 蓄電地",
        [
            "「半導体」だけなら 12件、「半導体」を外すと 0件です。",
            "「蓄電地」に該当する施策はありません。もしかして: 蓄電池（24件）",
        ],
    ),
    ("ぬぬぬぬぬぬ", ["「ぬぬぬぬぬぬ」に該当する施策はありません。"]),
    ("chikudenchi", ["「chikudenchi」に該当する施策はありません。もしかして: 蓄電池（24件）"]),
]


@pytest.mark.parametrize(("query", "lines"), LINES, ids=[query for query, _ in LINES])
def test_says(searcher: Searcher, query: str, lines: list[str]) -> None:
    assert list(searcher.search(query).diagnosis) == lines


def test_the_hits_are_those_of_a_search(searcher: Searcher) -> None:
    for word, hits in (("リスキリング", 23), ("名称:サプライチェーン", 15), ("蓄電池", 24)):
        assert searcher.search(word).found == hits


def test_totals_say_it_too(searcher: Searcher) -> None:
    assert "もしかして: 蓄電池" in searcher.total("蓄電地").diagnosis[0]
