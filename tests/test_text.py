"""Text that counts as the same is the same once folded, and each of its characters knows where it came from."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text import display_width, fold, fold_with_offsets, normal, repair

FOLDED = [
    ("蓄電池", "蓄電池"),
    ("ＡＢＣ", "abc"),
    ("１，０００億", "1,000億"),
    ("ｻﾌﾟﾗｲﾁｪｰﾝ", "サプライチェーン"),
    ("カ\u3099", "ガ"),
    ("㈱", "(株)"),
    ("㌔", "キロ"),
    ("①", "1"),
    ("強靱化", "強靭化"),
    ("投融资", "投融資"),
    ("C02", "co2"),
    ("AC020", "ac020"),
    ("蓄 電　池\n", "蓄電池"),
    ("ﬁ", "fi"),
    ("Straße", "strasse"),
    ("İ", "i\u0307"),
    ("\uac00", "\uac00"),
    ("\u1100\u1161", "\uac00"),
    ("\u1100\u1161\u11a8", "\uac01"),
    ("\uac00\u11a8", "\uac01"),
    ("\u314f", "\u1161"),
    ("\uffa1\uffc2", "\uac00"),
    ("\u0bc6\u0bbe", "\u0bca"),
    ("", ""),
    (" 　\t\r\n\x0b\x1c\x85\u2028", ""),
    ("\0", "\0"),
    ("\ud800", "\ud800"),
]

OFFSETS = [
    ("蓄電池", [0, 1, 2, 3]),
    ("ｶﾞｽ", [0, 2, 3]),
    ("カ\u3099ス", [0, 2, 3]),
    ("㈱予", [0, 0, 0, 1, 2]),
    ("蓄 電", [0, 2, 3]),
    ("ßa", [0, 0, 1, 2]),
    ("\u1100\u1161\u11a8a", [0, 3, 4]),
    (" a ", [1, 3]),
    ("\u3099a", [0, 1, 2]),
    ("", [0]),
]

# Where normal forms are hard: jamo, half-width kana and jamo, vowels that combine, marks, ligatures, spaces, spoiled ones.
HARD = "\u1100\u1161\u11a8\uac00\u3131\u314f\uffa1\uffc2ｶﾊﾞﾟかは\u3099\u309a゛aeA\u0301\u0327\u0338\u0345İıßſΣςﬁ㍿㌔①Ⅻﷺ\u0bc6\u0bbe\u0bd7\u1025\u102e\u09c7\u09be 　\n\x85\u200b\u200dC02靱资\ud800\U00011131\U00011127𝅗𝅥😀"
TEXTS = st.text(st.sampled_from(HARD)) | st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(("text", "folded"), FOLDED, ids=[ascii(text) for text, _ in FOLDED])
def test_folds_to(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "offsets"), OFFSETS, ids=[ascii(text) for text, _ in OFFSETS])
def test_comes_from(text: str, offsets: list[int]) -> None:
    assert fold_with_offsets(text) == (fold(text), offsets)


@given(TEXTS)
@example("がﾞ")
@example("\u1100\u0301\u1161")
def test_offsets_belong_to_the_folded_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(0 <= each < len(text) for each in offsets[:-1])


@given(TEXTS, TEXTS)
def test_a_text_between_its_offsets_folds_to_what_they_bound(before: str, behind: str) -> None:
    """What is marked is what was found."""
    text = f"{before}。蓄電池。{behind}"
    folded, offsets = fold_with_offsets(text)
    at = folded.index("。蓄電池。") + 1
    assert text[offsets[at] : offsets[at + 3]] == "蓄電池"


def test_every_character_folds_alike_by_itself_and_behind_another() -> None:
    """Each character that there is, behind one that it may combine with."""
    codes = [*range(0x3400), *range(0xA000, 0xAC40), *range(0xD780, 0x12000), *range(0x1D000, 0x1E000)]
    for before in ("か", "\u1100", "\uac00", "e", "\u0bc6"):
        text = "。".join(before + chr(code) for code in codes)
        assert fold_with_offsets(text)[0] == fold(text)


@given(TEXTS)
def test_repairs_keep_the_length(text: str) -> None:
    assert len(repair(text)) == len(text)


@given(TEXTS)
def test_what_is_normal_stays(text: str) -> None:
    once = unicodedata.normalize("NFKC", normal(text))
    assert normal(once) == unicodedata.normalize("NFKC", normal(once))


def test_a_long_run_of_marks_takes_no_time() -> None:
    text = "か" + "\u3099" * 200_000 + "ﾞ"
    assert fold_with_offsets(text)[0] == fold(text)


WIDTHS = [("蓄電池", 6), ("ｶﾞ", 2), ("カ\u3099", 2), ("abc", 3), ("（）", 4), ("", 0), ("😀", 2)]


@pytest.mark.parametrize(("text", "width"), WIDTHS, ids=[ascii(text) for text, _ in WIDTHS])
def test_takes_columns(text: str, width: int) -> None:
    assert display_width(text) == width
