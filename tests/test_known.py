"""Words that stand in the papers are read as Sudachi reads them, without it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import analysis, store
from index.text import normal
from search.lexicon import Lexicon


def test_every_known_word_is_read_as_sudachi_reads_it(seed_store: Path) -> None:
    columns = store.open_columns(seed_store)
    known, lexicon = columns.strings("known"), Lexicon(columns)
    words = [known[number] for number in range(len(known))]
    assert words == sorted(set(words), key=str.encode)
    assert [lexicon.units(each) for each in words] == [analysis.analyse(each) for each in words]


@pytest.mark.parametrize("word", ["蓄電池", "半導体", "サプライチェーン", "補助金"])
def test_what_is_asked_for_most_is_known(seed_store: Path, word: str) -> None:
    assert store.open_columns(seed_store).strings("known").find(normal(word)) is not None


@given(st.text(st.sampled_from("蓄電池半導体EVのﾊﾟー+=①\0 　"), max_size=8))
def test_any_word_is_read_as_sudachi_reads_it(seed_store: Path, word: str) -> None:
    assert Lexicon(store.open_columns(seed_store)).units(word) == analysis.analyse(word)


@pytest.mark.parametrize("text", ["", "半導体とEV", "公共職業訓練", "令和6年度"])
def test_units_are_packed_and_unpacked(text: str) -> None:
    units = analysis.analyse(text)
    assert not units or analysis.unpack(analysis.pack(units)) == units
