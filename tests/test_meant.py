"""A word that nothing says has others beside it that may have been meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Amount
from search.errors import QueryError
from search.grammar import parse
from search.searcher import Searcher
from tests.made import item, paper, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher of a paper of a few words."""
    path: Path = tmp_path_factory.mktemp("store")
    items = [
        item("甲", "半導体の基盤", Amount(1, stage="supplementary")),
        item("甲", "リスキリングと再エネの支援", Amount(2, stage="initial")),
        item("甲", "蓄電池の支援", Amount(3, label="サプライチェーン")),
        item("甲", "蓄電池と半導体"),
    ]
    write(path, paper("甲", *items))
    return Searcher.open(path)


MEANT = [
    ("リスクリンク", ["リスキリング"]),
    ("さいえね", ["再エネ"]),
    ("ちくでんち", ["蓄電池"]),
    ("chikudenchi", ["蓄電池"]),
    ("handotai", ["半導体"]),
    ("ｈａｎｄｏｕｔａｉ", ["半導体"]),
    ("蓄伝池", ["蓄電池"]),
    ("半銅体", ["半導体"]),
    ('"半銅体"', ['"半導体"']),
    ("蓄電地*", ["蓄電池"]),
    ("名称:半銅体", ["名称:半導体"]),
    ("内訳名:サプライチェン", ["内訳名:サプライチェーン"]),
    ("半銅体 段階:補正", ["半導体 段階:補正"]),
    ("半銅体 OR ぬぬぬぬ", ["半導体 OR ぬぬぬぬ"]),
    ("名称:(半銅体 OR 蓄伝池)", ["名称:(半導体 OR 蓄電池)"]),
    ("半導体 ちくでんち", ["半導体 蓄電池"]),
    ("半銅体 ちくでんち", ["半導体 蓄電池"]),
    ("リスキリンク支援", ["リスキリング 支援"]),
    ("半銅体 リスクリンク", []),
    ("始縁", ["支援"]),
    ("梃電", []),
    ("-半導体 段階:補正", []),
    ("内訳名:半銅体", []),
    ("文書:半銅体", []),
    ("会計:半銅体", []),
    ("ぬ", []),
    ("ぬぬぬぬぬぬ", []),
    ("半" * 100, []),
    ("金額>5兆", []),
]


@pytest.mark.parametrize(("query", "meant"), MEANT, ids=[query for query, _ in MEANT])
def test_may_have_meant(made: Searcher, query: str, meant: list[str]) -> None:
    page = made.search(query)
    assert page.found == 0
    assert list(page.suggestions) == meant
    for each in meant:
        assert made.search(each).found


def test_what_has_hits_has_no_suggestions(made: Searcher) -> None:
    assert made.search("半導体").suggestions == ()


def test_nothing_can_be_meant_where_there_is_nothing(tmp_path: Path) -> None:
    write(tmp_path, paper("甲"))
    assert Searcher.open(tmp_path).search("半導体").suggestions == ()


HOSTILE = ["[", "予\0\0案", "(?:a", "%s%s%s", "\\d+\\d+", "😀😀😀", "'; --", "。。。", "a" * 1990, "ー" * 30, "ﾞﾞﾞ"]


@pytest.mark.parametrize("query", HOSTILE, ids=[repr(each[:8]) for each in HOSTILE])
def test_anything_may_be_asked(made: Searcher, query: str) -> None:
    for each in made.search(f'"{query}"').suggestions:
        parse(each)


@given(
    st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from('半導体蓄電池handotaiはん名称:「」" ()-*'))
)
def test_each_suggestion_has_hits(made: Searcher, query: str) -> None:
    try:
        page = made.search(query)
    except QueryError:
        return
    for each in page.suggestions:
        assert made.search(each).found
