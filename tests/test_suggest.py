"""The last word of a query is completed, by how it is written or read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Amount
from index.schema import FIELDS, Field
from index.sounds import sound
from search.grammar import parse
from search.results import Suggestion
from search.searcher import Searcher
from search.suggest import Tail, tail
from tests.made import item, paper, write

TAILS = [
    ("半", Tail(0, "", "", "半")),
    ("蓄電池 AND 半", Tail(8, "", "", "半")),
    ("蓄電池　ＡＮＤ　半", Tail(8, "", "", "半")),
    ("(蓄電池 OR 半", Tail(8, "", "", "半")),
    ("-半", Tail(1, "", "", "半")),
    ("段階:ほ", Tail(0, "段階", "", "ほ")),
    ("段階：", Tail(0, "段階", "", "")),
    ("名称:(蓄", Tail(4, "", "", "蓄")),
    ("「半", Tail(0, "", "「", "半")),
    ('水素 "半 導', Tail(3, "", '"', "半 導")),
    ("「蓄電池」半", Tail(5, "", "", "半")),
    ("M&A", Tail(0, "", "", "M&A")),
    ("水素&半", Tail(3, "", "", "半")),
    ("「蓄電池」", None),
    ("蓄電池 ", None),
    ("蓄電池 AND", None),
    ("(", None),
    ("", None),
    ("金額>", None),
    ("「", None),
    ("あ" * 101, None),
    ("「" + "あ" * 101, None),
    ("あ" * 10_000, None),
]


@pytest.mark.parametrize(("query", "last"), TAILS, ids=[repr(query[:20]) for query, _ in TAILS])
def test_the_last_word(query: str, last: Tail | None) -> None:
    assert tail(query) == last


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher of a paper of a few words."""
    path: Path = tmp_path_factory.mktemp("store")
    items = [
        item("甲", "半導体の基盤", Amount(1, label="半導体基金", stage="supplementary", account="GX", years=(2024,))),
        item("甲", "半導体の取組（その二）", text="半額と再エネとリスキリング"),
        item("甲", "蓄電池の製造サプライチェーンの強化のための長い名", heading_path=("飯能のこと",)),
        item("甲", "その他"),
    ]
    write(path, paper("甲", *items))
    return Searcher.open(path)


FOUND = [
    ("半", ["半導体", "半額", "半導体の基盤", '"半導体の取組（その二）"', "半導体基金"]),
    ("ハン", ["半導体", "飯能", "半額", "半導体の基盤", '"半導体の取組（その二）"', "半導体基金"]),
    ("はんが", ["半額"]),
    ("handot", ["半導体", "半導体の基盤", '"半導体の取組（その二）"', "半導体基金"]),
    ("handoutaino", ["半導体の基盤", '"半導体の取組（その二）"']),
    ("蓄電池 AND handoutai", ["半導体", "半導体の基盤", '"半導体の取組（その二）"', "半導体基金"]),
    ("chikudenchi", ["蓄電池", "蓄電池の製造サプライチェーンの強化のための長い名"]),
    ("chikudenchinoseizousapuraiche-nnokyouka", ["蓄電池の製造サプライチェーンの強化のための長い名"]),
    ("chikudenchinoseizousapuraiche-nnoX", []),
    ("取組", ["取組"]),
    ("とりく", ["取組"]),
    ("さいえね", ["再エネ"]),
    ("risuki", ["リスキリング"]),
    ("名称:とりく", ["名称:取組"]),
    ("見出し:はん", ["見出し:飯能"]),
    ("「半額", ["「半額」"]),
    ("段階:ほせ", ["段階:補正"]),
    ("stage:hose", ["stage:補正"]),
    ("段階:国", ["段階:国庫債務負担行為"]),
    ("会計:", ["会計:GX"]),
    ("年度:", ["年度:2024"]),
    ("文書:", ["文書:甲"]),
    ("段階:ん", []),
    ("項目:半", []),
    ("その他", []),
    ("ぬぬ", []),
]


@pytest.mark.parametrize(("typed", "texts"), FOUND, ids=[typed for typed, _ in FOUND])
def test_becomes(made: Searcher, typed: str, texts: list[str]) -> None:
    assert sorted(each.text for each in made.suggest(typed)) == sorted(texts)
    assert [each.text for each in made.suggest(typed)][:1] == texts[:1]


def test_a_suggestion_says_what_it_is(made: Searcher) -> None:
    assert made.suggest("はんど")[:2] == [
        Suggestion("半導体", "word", 2, "ハンドウタイ"),
        Suggestion("半導体基金", "programme", 1, "ハンドウタイキキン"),
    ]
    assert made.suggest("だんか")[0] == Suggestion("段階:", "field", None, "ダンカイ")
    assert made.suggest("補正")[0] == Suggestion("段階:補正", "value", None, "ホセイ")


@pytest.mark.parametrize("typed", ["蓄電", "し", "chikuden", "名称:さ", "「次世代"])
def test_hits_are_those_of_a_search(searcher: Searcher, typed: str) -> None:
    counted = [each for each in searcher.suggest(typed) if each.hits is not None]
    assert counted
    assert {each.text: each.hits for each in counted} == {
        each.text: searcher.search(each.text).found for each in counted
    }


@pytest.mark.parametrize("field", FIELDS.values(), ids=list(FIELDS))
def test_every_field_completes_itself(made: Searcher, field: Field) -> None:
    for spelling in (field.name, *field.spellings):
        texts = [each.text for each in made.suggest(spelling) if each.kind == "field"]
        assert any(each[:-1] == spelling for each in texts) or any(text.startswith(spelling) for text in texts)


def test_programmes_have_their_share(searcher: Searcher) -> None:
    kinds = [each.kind for each in searcher.suggest("蓄", limit=8) + searcher.suggest("し", limit=16)]
    assert kinds.count("programme") == 2 + 4
    assert searcher.suggest("し", limit=0) == searcher.suggest("し", limit=-1) == []


def test_every_word_is_found_by_its_reading(searcher: Searcher) -> None:
    for each in searcher._vocabulary.everything[::7]:
        if len(each.reading) > 3:
            heard = searcher._vocabulary.words_read(sound(each.reading), whole=True)
            assert each.text in {other.text for other in heard}


HOSTILE = [
    "\0",
    "\ud800",
    "半\ud800",
    "[",
    "(?:",
    "\\",
    ".*",
    "%s",
    "「" * 10_000,
    "a" * 10_000,
    '"' * 9_999,
    ":" * 10_000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=[repr(each[:6]) for each in HOSTILE])
def test_anything_may_be_typed(searcher: Searcher, typed: str) -> None:
    assert isinstance(searcher.suggest(typed), list)
    assert isinstance(searcher.suggest(f"蓄電池 {typed}"), list)


@given(
    typed=st.text(st.characters(exclude_categories=()))
    | st.text(st.sampled_from('半導体はんdotai段階名称:「」"()-& 　>\0'))
)
def test_what_is_suggested_can_be_searched(searcher: Searcher, typed: str) -> None:
    for each in searcher.suggest(typed):
        if each.kind != "field":
            parse(each.text)
