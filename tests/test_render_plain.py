"""A table through a pipe: one line an amount, nothing cut."""

from dataclasses import replace

from search.render import render, render_items
from tests.test_render_formats import EMPTY, HITS, HOSTILE, ITEMS, PAGE, REQUEST


def test_a_page_as_it_stands() -> None:
    assert (
        render(PAGE, "table")
        == """\
金額（億円）  意味                            出典                  名称
該当 2件
       2,658  2023 補正                       monozukuri-2025:61    蓄電池の製造サプライチェーン強靱化支援事業
       2,300  2024 当初                       monozukuri-2025:61    蓄電池の製造サプライチェーン強靱化支援事業
              再掲 meti-request-2024:92
       2,658  2023 補正                       monozukuri-2025:564   経済環境変化に応じた重要物資サプライチェーン強靱化支援事業 └ 蓄電池の製造サプライチェーン強靱化支援事業
       1,778  2024 補正                       monozukuri-2025:564   経済環境変化に応じた重要物資サプライチェーン強靱化支援事業 └ 蓄電池の製造サプライチェーン強靱化支援事業

可能性 1件 ― 内数・上限など、金額が確定しない
       1,510  基金 上限                       monozukuri-2025:39    次世代蓄電池・次世代モーターの開発 └ グリーンイノベーション基金
              上限のため、実際の額が分からない

関連 12件 ― 見出しや政策文、長い語の一部に一致
       1,076  2024 要求 新規 (GX) 前年度 200  meti-request-2024:92  クリーンエネルギー自動車導入促進補助金
              上の政策文に「蓄電池」
              政策文 蓄電池・部素材等の製造基盤の更なる拡大に向けた設備投資及び技術開発等を支援する。
           ―                                  monozukuri-2025:7     研究開発税制（中小企業技術基盤強化税制）
              見出しに「蓄電池」
              見出し 蓄電池の促進

該当 2件・可能性 1件・関連 12件（金額 9件） 1–5件目を表示 0.012秒
続きは --offset 5"""
    )


def test_no_hits_say_why() -> None:
    assert render(EMPTY, "table") == "「水素」だけなら 3件\n「電池」だけなら 0件\n該当なし 0.001秒"


def test_items_stand_without_a_heading() -> None:
    lines = list(render_items(ITEMS, "table"))
    assert (
        lines[1]
        == "       2,658  2023 補正                       monozukuri-2025:61    蓄電池の製造サプライチェーン強靱化支援事業"
    )
    assert lines[-1] == "施策 5件・金額 8件"
    assert list(render_items([], "table")) == ["施策 0件・金額 0件"]


def test_a_long_name_is_whole() -> None:
    long = replace(HITS[3], item=replace(REQUEST, name="蓄" * 500), name=replace(HITS[3].name, text="蓄" * 500))
    assert "蓄" * 500 in render(replace(PAGE, hits=(long,)), "table")


def test_a_name_cannot_make_a_line() -> None:
    assert len(render(HOSTILE, "table").split("\n")) == 1 + 3 + 3 * 2 + (2 + 3 + 3) + 3 + 1 + 1
