"""Words and names are looked up by their print and by their sound."""

from pathlib import Path

import pytest

from index import store
from index.document import Amount
from index.sounds import sound
from index.store.catalog import Catalog
from search.engine import Engine
from search.vocabulary import Vocabulary
from tests.made import item, paper, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Return the vocabulary of a paper of a few words."""
    path: Path = tmp_path_factory.mktemp("store")
    items = [
        item("甲", "再エネの導入", heading_path=("蓄電池のこと",)),
        item("甲", "取組と取組", Amount(1, label="蓄電池"), heading_path=("蓄電池のこと",)),
        item("甲", "（独）機構の長い名を持つこの国の機関の運営", text="GXとgxとLEVEL"),
        item("甲", "事務費"),
    ]
    write(path, paper("甲", *items))
    columns = store.open_columns(path)
    return Vocabulary(columns, Engine(columns, Catalog(columns)).stretches)


WRITTEN = [
    ("蓄", {"蓄電池"}),
    ("取", {"取組"}),
    ("取組", {"取組"}),
    ("取り", set()),
    ("再", {"再エネ"}),
    ("g", {"GX"}),
    ("ＧＸ", {"GX"}),
    ("電", set()),
    ("の", set()),
]


@pytest.mark.parametrize(("written", "texts"), WRITTEN, ids=[written for written, _ in WRITTEN])
def test_words_by_their_print(made: Vocabulary, written: str, texts: set[str]) -> None:
    assert {each.text.upper() for each in made.words(written)} == texts


READ = [
    ("chikude", False, {"蓄電池"}),
    ("さいえ", False, {"再エネ"}),
    ("さいえ", True, set()),
    ("さいえね", True, {"再エネ"}),
    ("とりくみ", True, {"取組"}),
    ("れべ", False, {"LEVEL"}),
]


@pytest.mark.parametrize(("typed", "whole", "texts"), READ, ids=[f"{typed} {whole}" for typed, whole, _ in READ])
def test_words_by_their_sound(made: Vocabulary, typed: str, whole: bool, texts: set[str]) -> None:
    assert {each.text for each in made.words_read(sound(typed), whole)} == texts


PROGRAMMES = [
    ("機構", "きこう", ["（独）機構の長い名を持つこの国の機関の運営"]),
    ("（独）機構", "きこうのなが", ["（独）機構の長い名を持つこの国の機関の運営"]),
    ("ぬ", "kikounonagainawomotsukonokuninokikan", ["（独）機構の長い名を持つこの国の機関の運営"]),
    ("ぬ", "kikounonagainawomotsukonokuninokikai", []),
    ("事務", "じむ", []),
]


@pytest.mark.parametrize(("written", "read", "names"), PROGRAMMES, ids=[" ".join(row[:2]) for row in PROGRAMMES])
def test_programmes(made: Vocabulary, written: str, read: str, names: list[str]) -> None:
    assert (
        list(dict.fromkeys(each.text for each in (*made.programmes(written), *made.programmes_read(sound(read)))))
        == names
    )
