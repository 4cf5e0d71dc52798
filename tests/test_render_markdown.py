"""Markdown tables that no name can break."""

import re

import pytest

from search.render import render, render_items
from search.render.backends.markdown import escaped
from tests.test_render_formats import AMOUNTS, EMPTY, HOSTILE, ITEMS, PAGE

UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[|]")


def cells(line: str) -> int:
    return len(UNESCAPED.findall(line)) - 1


def test_a_page_as_it_stands() -> None:
    assert (
        render(PAGE, "markdown")
        == """\
### 該当 2件

| 金額（億円） | 意味 | 名称 | 出典 |
| ---: | --- | --- | --- |
| 2,658 | 2023 補正 | 蓄電池の製造サプライチェーン強靱化支援事業 | monozukuri-2025:61（再掲 meti-request-2024:92） |
| 2,300 | 2024 当初 | 蓄電池の製造サプライチェーン強靱化支援事業 | monozukuri-2025:61 |
| 2,658 | 2023 補正 | 経済環境変化に応じた重要物資サプライチェーン強靱化支援事業 └ 蓄電池の製造サプライチェーン強靱化支援事業 | monozukuri-2025:564 |
| 1,778 | 2024 補正 | 経済環境変化に応じた重要物資サプライチェーン強靱化支援事業 └ 蓄電池の製造サプライチェーン強靱化支援事業 | monozukuri-2025:564 |

### 可能性 1件 ― 内数・上限など、金額が確定しない

| 金額（億円） | 意味 | 名称 | 出典 | 理由 |
| ---: | --- | --- | --- | --- |
| 1,510 | 基金 上限 | 次世代蓄電池・次世代モーターの開発 └ グリーンイノベーション基金 | monozukuri-2025:39 | 上限のため、実際の額が分からない |

### 関連 12件 ― 見出しや政策文、長い語の一部に一致

| 金額（億円） | 意味 | 名称 | 出典 | 理由 |
| ---: | --- | --- | --- | --- |
| 1,076 | 2024 要求 新規 (GX) 前年度 200 | クリーンエネルギー自動車導入促進補助金 | meti-request-2024:92 | 上の政策文に「蓄電池」 |
| ― |  | 研究開発税制（中小企業技術基盤強化税制） | monozukuri-2025:7 | 見出しに「蓄電池」 |

該当 2件・可能性 1件・関連 12件（金額 9件） 1–5件目を表示 0.012秒\x20\x20
続きは --offset 5"""
    )


def test_a_row_for_each_amount() -> None:
    lines = render(PAGE, "markdown").splitlines()
    assert sum(line.startswith("| ") for line in lines) == AMOUNTS + 2 * 3


def test_no_hits_say_why() -> None:
    assert render(EMPTY, "markdown") == "- 「水素」だけなら 3件\n- 「電池」だけなら 0件\n\n該当なし 0.001秒"


def test_items_are_one_table() -> None:
    lines = list(render_items(ITEMS, "markdown"))
    assert {cells(line) for line in lines[:-2]} == {4}
    assert len(lines) == 2 + 8 + 2
    assert lines[-1] == "施策 5件・金額 8件"


def test_no_name_breaks_a_row() -> None:
    rows = [line for line in render(HOSTILE, "markdown").splitlines() if line.startswith("| ")]
    assert [cells(row) for row in rows] == [4] * 4 + [5] * 8


ESCAPED = [
    ("a|b", r"a\|b"),
    ("a\\|b", r"a\\\|b"),
    ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
    ("<b>[x](y)", r"\<b\>\[x\](y)"),
    ("~~a~~ &lt; $x$", r"\~\~a\~\~ \&lt; \$x\$"),
    ("a\nb\tc", "a b c"),
    ("Go-Tech事業（蓄電池）", "Go-Tech事業（蓄電池）"),
]


@pytest.mark.parametrize(("text", "written"), ESCAPED, ids=[text for text, _ in ESCAPED])
def test_is_escaped_as(text: str, written: str) -> None:
    assert escaped(text) == written
