"""A word stands for its variants and synonyms, whole or inside a longer word; for what is only near it, apart."""

import pytest

from index import analysis
from index.text import fold
from search.lexicon import Lexicon, folded_terms
from search.searcher import Searcher

SAME = [
    ("EV", {"電気自動車"}),
    ("ＥＶ", {"電気自動車"}),
    ("電気自動車", {"ev"}),
    ("EV補助金", {"電気自動車補助金"}),
    ("次世代EV", {"次世代電気自動車"}),
    ("再エネ", {"再生可能エネルギー"}),
    ("蓄電池", {"バッテリー", "二次電池"}),
    ("サーバー", set()),
    ("漫画家", set()),
    ("補助金", set()),
    ("・", set()),
]
KIN = [("補助金", "交付金", True), ("システム", "制度", True), ("EV", "電気自動車", False), ("・", "の", False)]


@pytest.fixture(scope="module")
def lexicon(searcher: Searcher) -> Lexicon:
    return Lexicon(searcher.catalog.columns)


@pytest.mark.parametrize(("word", "others"), SAME, ids=[word for word, _ in SAME])
def test_means_the_same(lexicon: Lexicon, word: str, others: set[str]) -> None:
    found = {each.folded for each in lexicon.synonyms(fold(word), analysis.analyse(word))}
    assert found >= others
    assert others or not found


@pytest.mark.parametrize(("word", "other", "kin"), KIN, ids=[f"{row[0]} {row[1]}" for row in KIN])
def test_means_something_like_it(lexicon: Lexicon, word: str, other: str, kin: bool) -> None:
    assert (other in {each.folded for each in lexicon.kin(analysis.analyse(word))}) == kin


def test_long_words_have_few_spellings(lexicon: Lexicon) -> None:
    for word in ("EV" * 900, "再エネ補助金" * 300, "支援システム" * 300):
        units = analysis.analyse(word)
        assert len(lexicon.synonyms(fold(word), units)) <= 24
        assert len(lexicon.kin(units)) <= 24


def test_terms_fold_back_into_characters() -> None:
    assert folded_terms(("蓄電", "+池", "=補助金")) == "蓄電池補助金"
