"""A table that fits the terminal."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from index.text import display_width
from search.render import render, render_items
from search.results import Marked
from tests.test_render_formats import EMPTY, HITS, ITEMS, PAGE, PAGES, WIDTHS

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

EIGHTY = """\
 億円  意味             名称                                出典
該当 2件
2,658  2023 補正        蓄電池の製造サプライチェーン強靱化  monozukuri-2025:61
2,300  2024 当初        支援事業
                        再掲 meti-request-2024:92
2,658  2023 補正        経済環境変化に応じた重要物資サプラ  monozukuri-2025:564
1,778  2024 補正        イチェーン強靱化支援事業
                        └ 蓄電池の製造サプライチェーン強靱
                          化支援事業

可能性 1件 ― 内数・上限など、金額が確定しない
1,510  基金 上限        次世代蓄電池・次世代モーターの開発  monozukuri-2025:39
                        └ グリーンイノベーション基金
                        上限のため、実際の額が分からない

関連 12件 ― 見出しや政策文、長い語の一部に一致
1,076  2024 要求 新規   クリーンエネルギー自動車導入促進補  meti-request-2024:92
       (GX) 前年度 200  助金
                        上の政策文に「蓄電池」
                        政策文 蓄電池・部素材等の製造基盤の更なる拡大に向けた…
    ―                   研究開発税制（中小企業技術基盤強化  monozukuri-2025:7
                        税制）
                        見出しに「蓄電池」
                        見出し 蓄電池の促進

該当 2件・可能性 1件・関連 12件（金額 9件） 1–5件目を表示 0.012秒
続きは --offset 5"""

FORTY = """\
該当 2件
蓄電池の製造サプライチェーン強靱化支援事
業  monozukuri-2025:61
    2,658億円  2023 補正
    2,300億円  2024 当初
    再掲 meti-request-2024:92
経済環境変化に応じた重要物資サプライ
チェーン強靱化支援事業
monozukuri-2025:564
  └ 蓄電池の製造サプライチェーン強靱化支
    援事業
    2,658億円  2023 補正
    1,778億円  2024 補正
"""


def test_at_80_columns() -> None:
    assert render(PAGE, "table", width=80) == EIGHTY


def test_at_40_columns_an_entry_is_a_block() -> None:
    assert render(PAGE, "table", width=40).startswith(FORTY)


def test_a_wide_head_is_written_out() -> None:
    assert render(PAGE, "table", width=100).startswith("金額（億円）  意味  ")


def test_no_hits_say_why() -> None:
    assert render(EMPTY, "table", width=80) == "「水素」だけなら 3件\n「電池」だけなら 0件\n該当なし 0.001秒"


@pytest.mark.parametrize("width", WIDTHS[1:])
@pytest.mark.parametrize("page", PAGES)
def test_every_line_fits(page: str, width: int) -> None:
    lines = render(PAGES[page], "table", width=width).split("\n")
    assert max(map(display_width, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)


@pytest.mark.parametrize("width", WIDTHS[1:])
def test_items_fit(width: int) -> None:
    lines = list(render_items(ITEMS, "table", width=width))
    assert max(map(display_width, lines)) <= width
    assert lines[-1] == "施策 5件・金額 8件"


# What rich counts otherwise, such as half a Hangul syllable or a variation selector, may put a line off by a column.
counted_alike = st.characters().filter(lambda each: display_width(each) == cell_len(each))


@settings(max_examples=50, deadline=None)
@given(st.text(counted_alike, max_size=80), st.integers(40, 160))
def test_any_name_fits(name: str, width: int) -> None:
    hit = replace(HITS[0], item=replace(HITS[0].item, name=name), name=Marked(name, ((0, len(name)),) if name else ()))
    lines = render(replace(PAGE, hits=(hit,)), "table", width=width).split("\n")
    assert max(map(display_width, lines)) <= width


@pytest.mark.parametrize("width", WIDTHS[1:])
@pytest.mark.parametrize("page", PAGES)
def test_colours_change_nothing_else(page: str, width: int) -> None:
    plain, coloured = (render(PAGES[page], "table", width=width, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert [line.rstrip() for line in ESCAPE.sub("", coloured).split("\n")] == plain.split("\n")


def test_what_was_found_is_marked() -> None:
    coloured = render(PAGE, "table", width=80, colour=True)
    assert coloured.count("\x1b[1;31m蓄電池\x1b[0m") == 5
    assert "\x1b[1m該当 2件\x1b[0m" in coloured
    assert "\x1b[2m再掲 meti-request-2024:92\x1b[0m" in coloured


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TERM": "dumb", "COLUMNS": "33", "NO_COLOR": "1", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert render(PAGE, "table", width=80) == EIGHTY
    assert "\x1b[1;31m" in render(PAGE, "table", width=80, colour=True)
