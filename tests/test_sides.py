"""What the words that begin a comparison stand for."""

import pytest

from search import Searcher
from search.errors import QueryError
from search.sides import Wanted, read_sides, said
from tests.made import sentence

YEARS = {"2024": 2024, "R6": 2024, "令和6年度": 2024, "２０２３年度": 2023}
STAGES = {"要求": "request", "概算要求": "request", "補正予算": "supplementary", "当初": "initial", "要望額": "priority", "不明": "unknown"}  # fmt: skip
BOTH = {
    "2023補正": (2023, "supplementary"),
    "2024当初": (2024, "initial"),
    "令和6年度要求": (2024, "request"),
    "Ｒ５補正予算": (2023, "supplementary"),
    "2024年度当初予算額": (2024, "initial"),
}


@pytest.mark.parametrize("word", [*YEARS, *STAGES, *BOTH])
def test_reads_a_side(searcher: Searcher, word: str) -> None:
    year, stage = BOTH.get(word, (YEARS.get(word), STAGES.get(word)))
    wanted = Wanted(word, None, year, stage)
    assert read_sides(f"{word}　 {word}", searcher.catalog) == ((wanted, wanted), "")


READ = [
    ("monozukuri-2025 meti-request-2024", 2, ""),
    ("meti-request-2024", 1, ""),
    ("meti-request-2024 蓄電池 AND amount>10億", 1, "蓄電池 AND amount>10億"),
    ("meti-request-2024 基金 半導体", 1, "基金 半導体"),
    ("meti-request-2024 2024当初 半導体", 2, "半導体"),
    ("2024当初 meti-request-2024", 2, ""),
    ("2023 2024 2022", 2, "2022"),
    ("2023補正 2024補正 「次世代 半導体」  宇宙", 2, "「次世代 半導体」  宇宙"),
    ("要求 当初 蓄電池", 2, "蓄電池"),
]


@pytest.mark.parametrize(("text", "count", "query"), READ, ids=[text for text, *_ in READ])
def test_the_rest_is_a_query(searcher: Searcher, text: str, count: int, query: str) -> None:
    sides, rest = read_sides(text, searcher.catalog)
    assert (len(sides), rest) == (count, query)


FAULTS = {
    "": "",
    "蓄電池": "蓄電池",
    "meti-request-2023": "meti-request-2023",
    "monozukuri-2025 meti-request-2023": "meti-request-2023",
    "2023": "2023",
    "2023 要求": "要求",
    "要求 2024": "2024",
    "2023補正 蓄電池": "蓄電池",
    "2023 2024当初": "2024当初",
    "0" * 2000: "0" * 2000,
}


@pytest.mark.parametrize(("text", "pointed"), FAULTS.items(), ids=list(FAULTS))
def test_says_what_can_be_compared(searcher: Searcher, text: str, pointed: str) -> None:
    with pytest.raises(QueryError) as raised:
        read_sides(text, searcher.catalog)
    fault = raised.value
    assert text[fault.start : fault.end] == pointed
    assert "文書の識別名（" in sentence(QueryError(fault.message, "", 0, 0))


def test_the_nearest_papers_are_named_first(searcher: Searcher) -> None:
    with pytest.raises(QueryError, match="文書の識別名（monozukuri-2025、meti-request-2024）"):
        read_sides("monozukuri-2024 2024", searcher.catalog)


SAID = [
    ((2024,), "initial", "2024年度 当初"),
    ((2022, 2023), None, "2022・2023年度 段階不明"),
    ((), "fund", "年度不明 基金"),
]


@pytest.mark.parametrize(("years", "stage", "words"), SAID, ids=[words for *_, words in SAID])
def test_says_a_side(years: tuple[int, ...], stage: str | None, words: str) -> None:
    assert said(years, stage) == words
