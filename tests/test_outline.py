"""How lines become sections: each row is a stretch of a paper and its outline, `depth kind mark text`."""

from textwrap import dedent

import pytest

from index.document import About, Document, Line, Section
from index.outline.sections import outline

ABOUT = About("paper", "令和6年度予算の概要", year=2024)


def sections_of(text: str, pages: list[int] | None = None) -> list[Section]:
    lines = dedent(text).strip("\n").split("\n")
    paged: list[int | None] = [*pages] if pages else [None] * len(lines)
    return outline(
        Document(ABOUT, tuple(Line(n, line, page) for n, (line, page) in enumerate(zip(lines, paged, strict=True), 1)))
    )


def shown(sections: list[Section]) -> list[str]:
    depths: list[int] = []
    told = []
    for section in sections:
        depths.append(0 if section.parent < 0 else depths[section.parent] + 1)
        text = " / ".join(section.cells) if section.cells else section.text
        told.append(" ".join(["." * depths[-1] + section.kind, *([section.mark] if section.mark else []), text]))
    return told


PAPERS = {
    "a date stands alone": (
        """
        予算の概要について
        令和6年8月30日
        こども家庭庁
        （１）保育所の整備事業　12億円
        令和６年９月１日現在
        （２）児童手当の支給　3億円
        """,
        [
            "heading 予算の概要について",
            ".prose 令和6年8月30日",
            ".prose こども家庭庁",
            ".entry （１） 保育所の整備事業　12億円",
            "..prose 令和６年９月１日現在",
            ".entry （２） 児童手当の支給　3億円",
        ],
    ),
    "heads of a table without rules say the unit": (
        """
        事業名  予算額（千円）  前年度（千円）
        蓄電池  1,200  1,000
        水素  300  200
        """,
        ["head 事業名 / 予算額（千円） / 前年度（千円）", "row 蓄電池 / 1,200 / 1,000", "row 水素 / 300 / 200"],
    ),
    "chapters": (
        """
        # 第1章 産業
        ## 第1節 研究
        ### 1. 開発
        - (1) **電池**（10億円）
        - ①細目
        （ア）細目の細目
        ## 第2節 雇用
        """,
        [
            "heading 第1章 産業",
            ".heading 第1節 研究",
            "..entry 1. 開発",
            "...entry (1) 電池（10億円）",
            "....entry ① 細目",
            ".....entry （ア） 細目の細目",
            ".heading 第2節 雇用",
        ],
    ),
    "a group of a table ends with the next of its level": (
        """
        | 款 | 項 | 予算額 |
        | --- | --- | ---: |
        | 総務費 | | |
        | | 管理費 | 120 |
        | 予備費 | 予備費 | 3 |
        """,
        [
            "head 款 / 項 / 予算額",
            "heading 総務費",
            ".row  / 管理費 / 120",
            "row 予備費 / 予備費 / 3",
        ],
    ),
    "full-width numbering": (
        """
        第１部　総論
        Ⅰ　現状
        １．人口
        （１）出生
        ア　推移
        """,
        ["heading 第１部 総論", ".heading Ⅰ 現状", "..entry １． 人口", "...entry （１） 出生", "....entry ア 推移"],
    ),
    "sections of a municipal budget": (
        """
        2款 総務費
        1項 総務管理費
        1目 一般管理費
        2目 文書費
        3款 民生費
        """,
        [
            "heading 2款 総務費",
            ".heading 1項 総務管理費",
            "..heading 1目 一般管理費",
            "..heading 2目 文書費",
            "heading 3款 民生費",
        ],
    ),
    "wrapped prose": (
        """
        　我が国の経済は緩やかに回復しているが、物価の上昇が続いており、家計の
        負担は軽くない。そのため必要な措置を
        講じる。
        　次に、雇用である。
        """,
        [
            "prose 我が国の経済は緩やかに回復しているが、物価の上昇が続いており、家計の負担は軽くない。そのため必要な措置を講じる。",
            "prose 次に、雇用である。",
        ],
    ),
    "wrapped brackets": (
        """
        (1) 電池の評価（2024年度補
        正予算額69.3億円、R5、
        4 補正10億円）
        (2) 電池の製造
        """,
        ["entry (1) 電池の評価（2024年度補正予算額69.3億円、R5、4 補正10億円）", "entry (2) 電池の製造"],
    ),
    "the title again": ("令和６年度予算の概要\n\n１．目的", ["entry １． 目的"]),
    "page numbers and rules": ("１．目的\n- 3 -\n----\nP. 4\n２．手段\n― 5 ―", ["entry １． 目的", "entry ２． 手段"]),
    "a unit is no section": (
        "歳出\n（単位：千円）\n| 款 | 本年度 |\n|---|---|\n| 議会費 | 5 |",
        ["heading 歳出", ".head 款 / 本年度", ".row 議会費 / 5"],
    ),
    "rows between tabs": ("事業名\t要求額\n港の整備\t10億円", ["head 事業名 / 要求額", "row 港の整備 / 10億円"]),
    "rows between spaces": (
        "事業名      6年度    5年度\n港の整備    10億円    9億円",
        ["head 事業名 / 6年度 / 5年度", "row 港の整備 / 10億円 / 9億円"],
    ),
    "words between spaces are no row": ("港の整備    と    水路", ["heading 港の整備    と    水路"]),
    "headings that Markdown broke": (
        "## 第6節 原材料の価格とエネルギーの価格の高騰に係るものづくりの\n\n### 振興対策\n\n### 1. 強靱化",
        ["heading 第6節 原材料の価格とエネルギーの価格の高騰に係るものづくりの振興対策", ".entry 1. 強靱化"],
    ),
    "short lines are not joined": (
        "予算の概要\n○○市\n財政課",
        ["heading 予算の概要", "heading ○○市", "heading 財政課"],
    ),
    "numbers that are no marks": ("10 億円の規模\n３ か年の計画", ["prose 10 億円の規模", "heading ３ か年の計画"]),
    "windows line ends": ("(1)\t港の整備\r\n(2)\t水路の整備\r", ["entry (1) 港の整備", "entry (2) 水路の整備"]),
    "numbers before words that begin like counts": (
        "１　人材確保の推進\n２　社会保障\n３　GXの推進\n４　こどもの支援\n3 人以上の世帯\n10 月末の状況",
        [
            "entry １ 人材確保の推進",
            "entry ２ 社会保障",
            "entry ３ GXの推進",
            "entry ４ こどもの支援",
            "heading 3 人以上の世帯",
            "heading 10 月末の状況",
        ],
    ),
    "a name that cannot end so": (
        "１．防災の\n推進\n２．森林の保全",
        ["entry １． 防災の推進", "entry ２． 森林の保全"],
    ),
    "a bullet alone": ("・\n○", ["heading ・", "heading ○"]),
    "bullets and their paragraphs": (
        """
        ○ 暮らしを守る。
        - 見守り【1億円】

        ○ 産業を育てる。
        - 研究【2億円】
        """,
        ["prose 暮らしを守る。", "entry 見守り【1億円】", "prose 産業を育てる。", "entry 研究【2億円】"],
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_outline_of(name: str) -> None:
    text, wanted = PAPERS[name]
    assert shown(sections_of(text)) == wanted


def test_running_heads_are_left_out() -> None:
    text = "\n".join(f"主要な施策の概要　{n}\n（{n}）港の第{n}期の整備を進める\n部局別" for n in range(1, 5))
    pages = [page for page in range(1, 5) for _ in range(3)]
    assert {section.mark for section in sections_of(text, pages)} == {"（1）", "（2）", "（3）", "（4）"}


def test_a_section_knows_its_lines() -> None:
    section = sections_of("(1) 電池の\n評価（10億円、\n20億円）を行う事業")[0]
    assert (section.line, section.end_line) == (1, 3)
    section = sections_of("(1) 電池の評価（10億円、\n20億円）")[0]
    assert [section.line_at(section.text.index(each)) for each in ("10億円", "20億円")] == [1, 2]


def test_heads_on_two_lines_are_joined() -> None:
    text = "| 事業 | 令和6年度 | | 増減 |\n| | 要求額 | うち要望額 | |\n|---|---|---|---|\n| 港 | 2 | 1 | 1 |"
    assert sections_of(text)[-1].heads == ("事業", "令和6年度 要求額", "令和6年度 うち要望額", "増減")
