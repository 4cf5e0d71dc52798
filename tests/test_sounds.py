"""What is read alike sounds the same, however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.programme import BRACKETS
from index.sounds import pack, packed_sound, plain_name, readable, said, sound, unpack, unsaid

ALIKE = [
    ("handotai", "ハンドウタイ はんどうたい ﾊﾝﾄﾞｳﾀｲ handoutai handotai HANDOUTAI ｈａｎｄｏｕｔａｉ handōtai hando-tai"),
    ("tikudenti", "チクデンチ chikudenchi tikudenti chikudentchi"),
    ("risukiringu", "リスキリング りすきりんぐ risukiringu"),
    ("hukusima", "フクシマ fukushima hukusima"),
    ("sinyu", "シンニュウ shinnyuu sinnyuu shinnyu"),
    ("kinyu", "キンユウ kinyuu kin'yuu kin-yu kinnyuu"),
    ("sinbun", "シンブン shimbun shinbun sinbun"),
    ("iti", "イッチ itchi icchi itti"),
    ("sabisu", "サービス sa-bisu saabisu sabisu"),
    ("zyoho", "ジョウホウ jouhou joho jōhō zyouhou jyouhou"),
    ("ten", "チェーン che-n tye-n"),
    ("sea", "シェア shea syea"),
    ("pati", "パーティー pa-thi-"),
    ("in", "ウィーン wi-n"),
    ("banuatu", "ヴァヌアツ vanuatsu banuatu"),
    ("hando", "ファンド fando"),
    ("inkai", "イインカイ iinkai"),
    ("j", ""),
    ("2050nen", "2050ネン 2050nen"),
    ("", "半導体 。、「」 \ud800 \0"),
]
ANY = st.text(st.characters(exclude_categories=()))
KANA = st.text(st.sampled_from([chr(code) for code in range(0x30A1, 0x30FB)] + ["ー"]))


@pytest.mark.parametrize(
    ("letters", "written"),
    [(letters, each) for letters, row in ALIKE for each in row.split()],
    ids=[repr(each) for _, row in ALIKE for each in row.split()],
)
def test_sounds_as(letters: str, written: str) -> None:
    assert sound(written) == letters


BEGINNINGS = ["chikudenchi", "handoutai", "shinkansen", "fukushima", "gyoumu", "jizokukanou", "tsunami", "risukiringu"]


@pytest.mark.parametrize("word", BEGINNINGS)
def test_what_begins_a_word_begins_its_sound(word: str) -> None:
    for end in range(1, len(word)):
        assert sound(word).startswith(sound(word[:end]))


READABLE = [
    ("はんどう", True),
    ("ハンドウ", True),
    ("handou", True),
    ("han do", True),
    ("半導体", False),
    ("再エネ", False),
    ("12", False),
    ("", False),
    ("5G", True),
    ("\ud800", False),
]


@pytest.mark.parametrize(("text", "is_"), READABLE, ids=[repr(text) for text, _ in READABLE])
def test_says_how_it_is_read(text: str, is_: bool) -> None:
    assert readable(text) is is_


@given(ANY)
def test_any_text_has_a_sound_of_plain_letters(text: str) -> None:
    assert sound(text).isascii()
    assert sound(text) == "" or sound(text).isalnum()
    assert isinstance(plain_name(text), str)
    assert "\n" not in pack(text.replace("\n", ""))


@given(KANA)
def test_a_reading_that_is_kept_comes_back(reading: str) -> None:
    assert unpack(pack(reading)) == reading
    assert len(pack(reading).encode("latin-1")) == len(reading)
    assert packed_sound(pack(reading)) == sound(reading)


KEPT = [
    ("蓄電池", "蓄電池", "チクデンチ"),
    ("取り組み", "取組", "トリクミ"),
    ("gx", "GX", "ジーエックス"),
    ("サーバー", "サーバ", "サーバ"),
    ("リスキリング", "リスキリング", "リスキリング"),
    ("ふくしま", "ふくしま", "フクシマ"),
    ("nedo", "NEDO", "nedo"),
]


@pytest.mark.parametrize(("term", "surface", "reading"), KEPT, ids=[surface for _, surface, _ in KEPT])
def test_a_word_that_is_kept_comes_back(term: str, surface: str, reading: str) -> None:
    assert unsaid(said(term, surface, reading), term) == (surface, reading)


NAMES = [
    ("蓄電池の支援事業", "蓄電池の支援事業"),
    ("（独）中小企業基盤整備機構", "中小企業基盤整備機構"),
    ("国立研究開発法人 産業技術総合研究所", "産業技術総合研究所"),
    ("「GX」推進", "gx」推進"),
    ("（", ""),
]


def test_what_comes_before_a_name_goes() -> None:
    for code in range(0x3000, 0x10000):
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character)
        if BRACKETS.match(plain) and len(plain) == 1 and unicodedata.category(plain) == "Ps":
            assert plain_name(f"{character}蓄電池") == "蓄電池", character


@pytest.mark.parametrize(("name", "plain"), NAMES, ids=[name for name, _ in NAMES])
def test_a_name_is_found_by(name: str, plain: str) -> None:
    assert plain_name(name) == plain


FORMS = [
    "国立研究開発法人",
    "地方独立行政法人",
    "独立行政法人",
    "国立大学法人",
    "特殊法人",
    "認可法人",
    "社会福祉法人",
    "株式会社",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_legal_form_before_a_name_goes(form: str) -> None:
    assert plain_name(f"{form}蓄電池研究所") == "蓄電池研究所"
