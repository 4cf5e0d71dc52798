"""One item with all that is known of it."""

import re

import pytest

from index.document import About, Item, Place
from index.text import display_width
from search.render import render_item
from tests.test_render_formats import CHAIN, HOSTILE_ITEM, NASTY, REQUEST, TAX, WIDTHS, harmful

ABOUT = About("meti-request-2024", "令和6年度 経済産業省関係 概算要求等概要", "経済産業省", "2023-08-31")
LINES = [(92, "  ・クリーンエネルギー自動車導入促進補助金【1,076 億円（"), (93, "200 億円）】(GX)\t新規")]


def test_an_item_as_it_stands() -> None:
    assert (
        render_item(REQUEST, LINES, ABOUT)
        == """\
クリーンエネルギー自動車導入促進補助金
出典
  meti-request-2024:92–93（7頁）
  令和6年度 経済産業省関係 概算要求等概要  経済産業省  2023-08-31
見出し
  ① GXの実現とエネルギー安定供給の確保
政策文
  蓄電池・部素材等の製造基盤の更なる拡大に向けた設備投資及び技術開発等を支援する。
金額
    1,076億円  2024 要求 新規 (GX)  「1,076 億円（200 億円）」
      200億円  2023 当初 前年度 (GX)  「200 億円」
原文
  92    ・クリーンエネルギー自動車導入促進補助金【1,076 億円（
  93  200 億円）】(GX) 新規"""
    )


def test_labels_stand_over_their_amounts() -> None:
    shown = render_item(CHAIN, [], None)
    assert shown.startswith(
        "(1) 経済環境変化に応じた重要物資サプライチェーン強靱化支援事業\n出典\n  monozukuri-2025:564–566\n金額\n"
    )
    assert shown.endswith("""\
  └ 先端電子部品の製造基盤強化
    4,376億円  2023 補正  「4,376億円」
  └ 蓄電池の製造サプライチェーン強靱化支援事業
    2,658億円  2023 補正  「2,658億円」
    1,778億円  2024 補正  「1,778億円」""")


def test_without_amounts() -> None:
    assert "金額\n  ―" in render_item(TAX, [], None)


def test_says_what_is_no_measure() -> None:
    assert render_item(Item(Place("d", 3, 3), "一般会計", kind="row"), []) == "一般会計\n出典\n  d:3  表の行\n金額\n  ―"


@pytest.mark.parametrize("width", WIDTHS[1:])
@pytest.mark.parametrize("item", [REQUEST, CHAIN, TAX, HOSTILE_ITEM], ids=["request", "chain", "tax", "hostile"])
def test_every_line_fits(item: Item, width: int) -> None:
    shown = render_item(item, [*LINES, (100, NASTY)], About("d", NASTY), width=width)
    assert max(map(display_width, shown.split("\n"))) <= width
    assert not harmful(shown)


def test_colours_change_nothing_else() -> None:
    coloured = render_item(REQUEST, LINES, ABOUT, width=80, colour=True)
    assert "\x1b[1m出典\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_item(REQUEST, LINES, ABOUT, width=80)
