"""Lines and columns are counted as a terminal shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import display_width
from search.render.layout import WORDS, around, clean, pad, wrap, wrapped
from search.results import Marked

LINES = [
    ("蓄電池の製造", 8, ["蓄電池の", "製造"]),
    ("蓄電池、半導体。", 6, ["蓄電", "池、半", "導体。"]),
    ("サーバー整備", 6, ["サー", "バー整", "備"]),
    ("先進的 CCS 支援事業", 10, ["先進的 CCS", "支援事業"]),
    ("（ARIM）の整備", 8, ["（ARIM）", "の整備"]),
    ("基盤（半導体）", 6, ["基盤", "（半導", "体）"]),
    ("monozukuri-2025", 10, ["monozukuri", "-2025"]),
    ("  字下げの行", 8, ["  字下げ", "の行"]),
    ("", 10, [""]),
    ("   ", 10, [""]),
]


@pytest.mark.parametrize(("text", "width", "lines"), LINES, ids=[repr(text) for text, _, _ in LINES])
def test_is_broken_as(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_a_meaning_breaks_at_spaces() -> None:
    assert wrapped("2024 要求 新規 (一般会計) 前年度 1,076", 14, WORDS) == [
        "2024 要求 新規",
        "(一般会計)",
        "前年度 1,076",
    ]


def test_without_a_width_nothing_is_broken() -> None:
    assert wrapped("蓄" * 500, None) == ["蓄" * 500]


texts = st.text(st.sampled_from("蓄電池の、。（）ーabc019,. -　か\u3099ﾊﾟ①▲👍"), max_size=60)


@given(texts, st.integers(2, 30), st.sampled_from((None, WORDS)))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int, pieces: str | None) -> None:
    lines = [text[start:end] for start, end in (wrap(text, width, pieces) if pieces else wrap(text, width))]
    assert all(display_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(texts, st.integers(10, 40), st.data())
def test_a_cut_shows_the_first_mark(text: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 2, len(text))))
    cut = around(Marked(text, ((start, end),) if start < end else ()), width)
    assert display_width(cut.text) <= width
    assert [cut.text[left:right] for left, right in cut.spans] == [text[start:end]] * (start < end)
    assert cut.text.strip("…") in text


def test_a_cut_has_dots_where_text_is_missing() -> None:
    text = "一二三四五六七八九十" * 3
    assert around(Marked(text, ((0, 1),)), 12) == Marked("一二三四五…", ((0, 1),))
    assert around(Marked(text, ((14, 16),)), 14) == Marked("…四五六七八九…", ((2, 4),))
    assert around(Marked(text, ((29, 30),)), 12) == Marked("…六七八九十", ((5, 6),))


def test_a_text_that_fits_is_not_cut() -> None:
    whole = Marked("蓄電池", ((0, 3),))
    assert around(whole, 6) is whole


def test_pads_by_columns() -> None:
    assert pad("蓄電", 6) == "蓄電  "
    assert pad("1,510", 7, right=True) == "  1,510"


def test_cleaning_moves_no_mark() -> None:
    assert clean(Marked("a\x1b\nb\ud800", ((3, 4),))) == Marked("a  b\ufffd", ((3, 4),))
