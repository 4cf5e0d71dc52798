"""Word papers: headings, numbers that Word prints, tables, notes and boxes, each in its place."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from index.about import about
from index.document import Document
from index.indexer import read_paper
from index.items import items
from index.outline.sections import outline
from index.readers import read_lines
from index.readers.word_lists import FORMATS
from seeds import folder

docx = pytest.importorskip("docx")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)

NUMBERING = f"""<w:numbering {SPACES}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="%1-%5"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="japaneseCounting"/>
<w:lvlText w:val="%1、"/><w:pStyle w:val="Listed"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""

STYLES = f"""<w:styles {SPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="Plain"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="大見出し"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="列記"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="輪"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>"""

FOOTNOTES = f"""<w:footnotes {SPACES}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> 国庫債務負担行為を含む。</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('/')))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(text: str) -> str:
    inner = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f'<w:p>{r("図")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


ACROSS, DOWN, GOES_ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

BODIES: dict[str, tuple[str, list[str]]] = {
    "headings by style": (
        styled("概要", "1") + styled("重点", "Own") + p("見出し", '<w:outlineLvl w:val="1"/>') + styled("本文", "Loop"),
        ["# 概要", "# 重点", "## 見出し", "本文"],
    ),
    "numbers that Word prints": (
        numbered("序", 0) + numbered("一", 1) + numbered("二", 1) + numbered("細", 2) + numbered("点", 3)
        + numbered("次", 0) + numbered("又", 1) + numbered("ア", 4),
        ["第1章 序", "（１） 一", "（２） 二", "① 細", "・ 点", "第2章 次", "（１） 又", "2-ア ア"],
    ),
    "numbers by style, restarted": (
        styled("甲", "Listed") + styled("乙", "Listed") + numbered("丙", 0, 3) + p("丁", '<w:pStyle w:val="Listed"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ["三、 甲", "四、 乙", "一、 丙", "丁"],
    ),
    "what is not printed": (
        f"<w:p>{r('残る')}<w:del><w:r><w:delText>消す</w:delText></w:r></w:del><w:ins>{r('加える')}</w:ins>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>{r('先')}</w:hyperlink><w:r><w:tab/><w:t>右</w:t><w:br/><w:t>下</w:t></w:r></w:p>",
        ["残る加える先\t右", "下"],
    ),
    "how kanji are read": (
        f"<w:p><w:r><w:ruby><w:rt>{r('きょう')}</w:rt><w:rubyBase>{r('強')}</w:rubyBase></w:ruby></w:r>{r('靱化')}</w:p>",
        ["強靱化"],
    ),
    "a table of contents": (styled("概要 3", "Toc") + styled("概要", "1"), ["# 概要"]),
    "text boxes once": (box("蓄電池 10億円") + p("後"), ["図", "蓄電池 10億円", "後"]),
    "notes below": (
        f'<w:p>{r("半導体 5億円")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("後"),
        ["半導体 5億円", "（注1）国庫債務負担行為を含む。", "後"],
    ),
    "a control": (f"<w:sdt><w:sdtContent>{p('中')}</w:sdtContent></w:sdt>", ["中"]),
    "merged cells": (
        table(
            cell("款", DOWN) + cell("項", DOWN) + cell("令和6年度", ACROSS),
            cell("", GOES_ON) + cell("", GOES_ON) + cell("当初") + cell("補正"),
            cell("総務費", DOWN) + cell("管理費") + cell("100", DOWN) + cell("10"),
            cell("", GOES_ON) + cell("徴税費") + cell("", GOES_ON) + cell("△5"),
            cell("合計", ACROSS) + cell("100") + cell("5"),
        ),
        [
            "| 款 | 項 | 令和6年度 | 令和6年度 |",
            "|  |  | 当初 | 補正 |",
            "| 総務費 | 管理費 | 100 | 10 |",
            "| 総務費 | 徴税費 |  | △5 |",
            "| 合計 |  | 100 | 5 |",
        ],
    ),
    "a frame around text": (table(cell("囲み/一つ 3億円")), ["囲み", "一つ 3億円"]),
    "a table in its place": (
        p("前") + table(cell("事業") + cell("予算額（千円）"), cell("橋") + cell("1,000")) + p("後"),
        ["前", "| 事業 | 予算額（千円） |", "| 橋 | 1,000 |", "後"],
    ),
    "a table without numbers": (table(cell("施策") + cell("概要"), cell("子育て") + cell("相談")), ["施策：概要", "子育て：相談"]),
}  # fmt: skip


def made(path: Path, body: str) -> Path:
    parts = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": NUMBERING,
        "word/styles.xml": STYLES,
        "word/footnotes.xml": FOOTNOTES,
    }
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    one = '<Relationship Id="{0}" Type="' + RELATIONS + '/{0}" Target="{1}"/>'
    inner = "".join(one.format(name, f"{name}.xml") for name in ("numbering", "styles", "footnotes"))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("_rels/.rels", relations.format(one.format("officeDocument", "word/document.xml")))
        archive.writestr("word/_rels/document.xml.rels", relations.format(inner))
        for name, text in parts.items():
            archive.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize("name", BODIES)
def test_paper_reads_as(tmp_path: Path, name: str) -> None:
    body, lines = BODIES[name]
    assert [line.text for line in read_lines(made(tmp_path / "paper.docx", body))] == lines


def test_sums_under_merged_heads(tmp_path: Path) -> None:
    body = p("令和6年度 予算書") + p("（単位：千円）") + BODIES["merged cells"][0]
    found = read_paper(made(tmp_path / "paper.docx", body))
    assert [(each.name, [(a.yen, a.stage, a.role) for a in each.amounts]) for each in found.items] == [
        ("管理費", [(100_000, "initial", "own"), (10_000, "supplementary", "own")]),
        ("徴税費", [(-5_000, "supplementary", "own")]),
        ("合計", [(100_000, "initial", "total"), (5_000, "supplementary", "total")]),
    ]


PRINTED = [
    ("decimal", 12, "12"), ("decimalZero", 3, "03"), ("decimalFullWidth", 12, "１２"), ("decimalEnclosedCircle", 20, "⑳"),
    ("decimalEnclosedCircle", 21, "㉑"), ("decimalEnclosedCircle", 51, "(51)"), ("aiueoFullWidth", 3, "ウ"), ("aiueo", 1, "ｱ"),
    ("irohaFullWidth", 2, "ロ"), ("japaneseCounting", 12, "十二"), ("japaneseCounting", 20, "二十"),
    ("japaneseCounting", 123, "百二十三"), ("japaneseCounting", 0, "〇"), ("ideographDigital", 10, "一〇"), ("upperRoman", 14, "XIV"),
    ("lowerRoman", 4, "iv"), ("upperLetter", 28, "BB"), ("lowerLetter", 26, "z"), ("ideographTraditional", 2, "乙"),
    ("none", 5, ""), ("unknown", 5, "5"), ("upperRoman", 100000, "100000"), ("lowerLetter", 0, "0"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "number", "printed"), PRINTED, ids=[f"{row[0]} {row[1]}" for row in PRINTED])
def test_numbers_are_printed_as(form: str, number: int, printed: str) -> None:
    assert FORMATS.get(form, str)(number) == printed


@pytest.mark.parametrize("styles", [True, False], ids=["styles", "plain"])
@pytest.mark.parametrize("name", ["monozukuri-2025.md", "meti-request-2024.txt"])
def test_the_seeds_say_the_same_through_word(tmp_path: Path, name: str, styles: bool) -> None:
    source = folder() / name
    paper = docx.Document()
    rows: list[list[str]] = []
    for line in read_lines(source):
        heading = re.match(r"(#+) (.*)", line.text) if styles else None
        if styles and "\t" in line.text:
            rows.append(line.text.split("\t"))
            continue
        if rows:
            add_table(paper, rows)
            rows = []
        if heading:
            paper.add_heading(heading[2], len(heading[1]))
        else:
            paper.add_paragraph(line.text)
    if rows:
        add_table(paper, rows)
    paper.save(tmp_path / "paper.docx")
    assert told(tmp_path / "paper.docx", source) == told(source, source)


def add_table(paper: Any, rows: list[list[str]]) -> None:
    made = paper.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(at, column).text = text


def told(path: Path, known: Path) -> list[object]:
    lines = read_lines(path)
    document = Document(about(known, read_lines(known)), lines)
    return [(each.place.line, each.name, each.amounts) for each in items(document, outline(document))[0]]
