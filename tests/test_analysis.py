"""A text becomes the words that are searched, whatever characters it is made of."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import analysis
from index.analysis import BOUND, UNIT

TERMS = [
    ("蓄電池", "蓄電 +池", "=蓄電池"),
    ("半導体", "半 +導体", "=半導体"),
    ("公共職業訓練", "公共 職業 訓練", "=公共職業訓練"),
    ("中小企業", "中小 企業", "=中小企業"),
    ("経済産業省", "経済 産業 +省", "=経済産業省"),
    ("給付金の支給", "給付 +金 の 支給", "=給付金"),
    ("強靱化", "強靭 化", ""),
    ("強靭化", "強靭 化", ""),
    ("サーバ", "サーバー", ""),
    ("サーバー", "サーバー", ""),
    ("ｻｰﾊﾞｰ", "サーバー", ""),
    ("ＤＸ　推進", "dx 推進", ""),
    ("蓄 電 池", "蓄電 +池", "=蓄電池"),
    ("蓄電\n　池", "蓄電 +池", "=蓄電池"),
    ("smart 農業", "スマート 農業", ""),
    ("one  \t two", "ワン two", ""),
    ("12億3,000万円", "1230000000 円", ""),
    ("（１）、。「」・※→", "1", ""),
    ("C++ =LOVE +α", "c ラブ α", ""),
    ("", "", ""),
    (" 　\n\t", "", ""),
    ("\0", "", ""),
    ("予算\0案", "予算 案", ""),
    ("\ud800", "", ""),
    ("予算\udc80案", "予算 案", ""),
]

ANY_TEXT = st.text(st.characters(exclude_categories=()))
JAPANESE = st.text(
    st.sampled_from("蓄電池半導体の強靱化サーバーｻﾊﾞ予算案１２3億円、。・（） 　\n=+＋＝ＡＢab\u3099\ufe0f\u200b\ud800")
)

LONG = [
    ("without a full stop", "蓄電池の支援を行い" * 22_222),
    ("one character", "予" * 200_000),
    ("half-width kana", "ｱ" * 200_000),
    ("letters", "a" * 200_000),
    ("digits", "1" * 200_000),
    ("marks that combine", "\u3099" * 200_000),
    ("four bytes each", "𠮷" * 200_000),
    ("full stops", "。" * 200_000),
    ("characters that grow", "㌔" * 200_000),
    ("spaces between letters", "a" + " " * 200_000 + "a"),
    ("spaces beside Japanese", "予 " * 100_000),
    ("words", "a " * 100_000),
    ("surrogates", "\ud800" * 200_000),
]


@pytest.mark.parametrize(("text", "terms", "units"), TERMS, ids=[repr(text) for text, _, _ in TERMS])
def test_reads_as(text: str, terms: str, units: str) -> None:
    assert analysis.terms(text) == (terms.split(), units.split())


@given(ANY_TEXT | JAPANESE)
def test_terms_can_be_parted_by_spaces(text: str) -> None:
    """The store hands them to Whoosh so, and counts on getting as many back."""
    for unit in analysis.analyse(text):
        assert unit.terms
        for term in (*unit.terms, unit.term):
            assert term.split() == [term]
            assert term.encode()
        assert all(term.removeprefix(BOUND)[:1] not in (BOUND, UNIT, "") for term in unit.terms)
        assert unit.term.removeprefix(UNIT)[:1] not in (BOUND, UNIT, "")
        assert (unit.term[0] == UNIT) == (len(unit.terms) > 1 or unit.terms != (unit.term,))


@given(ANY_TEXT | JAPANESE)
def test_the_same_text_reads_the_same(text: str) -> None:
    assert analysis.analyse(text) == analysis.analyse(text)


@pytest.mark.parametrize("text", [text for _, text in LONG], ids=[name for name, _ in LONG])
def test_a_long_text_is_read_to_its_end_in_seconds(text: str) -> None:
    began = time.monotonic()
    found, _ = analysis.terms(text + "。水素")
    assert found[-1] == "水素"
    assert time.monotonic() - began < 5


def test_threads_may_read_at_once() -> None:
    texts = [f"{each}番の蓄電池の製造サプライチェーン強靱化支援事業" * 30 for each in range(40)]
    wanted = [analysis.analyse(each) for each in texts]
    faults: list[object] = []

    def read() -> None:
        try:
            faults.extend(each for each, units in zip(texts, wanted, strict=True) if analysis.analyse(each) != units)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []


def test_a_word_of_one_group_of_synonyms_has_it() -> None:
    (one,), (other,), (ai,) = map(analysis.analyse, ("電池", "バッテリー", "AI"))
    assert one.group is not None
    assert one.group == other.group
    assert ai.group is None


READ = [
    ("蓄電池", "蓄電池/チクデンチ/noun"),
    ("ＧＸ gx Gx", "GX/ジーエックス/noun gx/ジーエックス/noun Gx/ジーエックス/noun"),
    ("2024年の取組", "2024/2024/- 年/ネン/noun の/ノ/- 取組/トリクミ/noun"),
    ("サーバとサーバー", "サーバ/サーバ/noun と/ト/- サーバー/サーバー/noun"),
    ("SACLA ペロブスカイト", "SACLA/sacla/noun ペロブスカイト/ペロブスカイト/noun"),
]


@pytest.mark.parametrize(("text", "units"), READ, ids=[text for text, _ in READ])
def test_is_printed_and_read_as(text: str, units: str) -> None:
    found = [f"{unit.surface}/{unit.reading}/{'noun' if unit.noun else '-'}" for unit in analysis.analyse(text)]
    assert " ".join(found) == units


def test_a_dictionary_is_told_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = analysis.dictionary()
    monkeypatch.setattr(analysis, "_dictionary_file", lambda: __file__)
    assert analysis.dictionary() != ours
