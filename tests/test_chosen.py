"""Totals asked for by the words of a heading, and what is said where there are none."""

import pytest

from search import Searcher
from search.errors import HeadingError
from tests.made import sentence


@pytest.mark.parametrize("words", ["福島復興", "福島　復興", "加速 福島", "最重要課題:福島"])
def test_a_heading_holds_the_words(searcher: Searcher, words: str) -> None:
    titles = {each.title for each in searcher.reconcile("meti-request-2024", words).checks}
    assert titles == {"最重要課題：福島復興の更なる加速"}


def test_a_heading_without_a_total(searcher: Searcher) -> None:
    with pytest.raises(HeadingError) as fault:
        searcher.reconcile("meti-request-2024", "世界をリードする")
    assert "「① GXの実現とエネルギー安定供給の確保」" in sentence(fault.value)


def test_an_unknown_heading(searcher: Searcher) -> None:
    with pytest.raises(HeadingError) as fault:
        searcher.reconcile("meti-request-2024", "福島復旧の更なる加速")
    assert "福島復興の更なる加速" in sentence(fault.value)


UNKNOWN = ["xxx", "あ" * 5000, "\x1b[2J", "１２３４５６７８９０１２"]


@pytest.mark.parametrize("heading", UNKNOWN, ids=lambda each: repr(each[:12]))
def test_whatever_is_asked_for_the_answer_is_a_sentence(searcher: Searcher, heading: str) -> None:
    with pytest.raises(HeadingError) as fault:
        searcher.reconcile("meti-request-2024", heading)
    assert "に「" in sentence(fault.value)


def test_a_programme_prints_no_total(searcher: Searcher) -> None:
    with pytest.raises(HeadingError) as fault:
        searcher.reconcile("meti-request-2024", "蓄電池の製造サプライチェーン")
    assert "合計が記載されていません" in str(fault.value)
