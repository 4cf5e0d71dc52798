"""Slides: titles, text from top to bottom, tables, notes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.indexer import read_paper
from index.readers import read_lines

pptx = pytest.importorskip("pptx")


def saved(path: Path, fill: Callable[..., None]) -> Path:
    show = pptx.Presentation()
    fill(show)
    show.save(path)
    return path


def text(path: Path) -> list[tuple[int | None, str]]:
    return [(line.page, line.text) for line in read_lines(path) if line.text]


def box(slide: Any, words: str, top: int, left: int = 0) -> None:
    slide.shapes.add_textbox(left, top, 1_000_000, 400_000).text_frame.text = words


def test_slides_are_pages_under_their_titles(tmp_path: Path) -> None:
    def fill(show: Any) -> None:
        for title in ("令和7年度 要求の概要", "子育て"):
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = title
            frame = slide.placeholders[1].text_frame
            frame.text = "(1) 保育所の整備 12億円"
            below = frame.add_paragraph()
            below.text, below.level = "うち耐震 3億円", 1

    assert text(saved(tmp_path / "show.pptx", fill)) == [
        (1, "# 令和7年度 要求の概要"),
        (1, "(1) 保育所の整備 12億円"),
        (1, "・ うち耐震 3億円"),
        (2, "# 子育て"),
        (2, "(1) 保育所の整備 12億円"),
        (2, "・ うち耐震 3億円"),
    ]


def test_boxes_are_read_from_top_to_bottom(tmp_path: Path) -> None:
    def fill(show: Any) -> None:
        slide = show.slides.add_slide(show.slide_layouts[6])
        box(slide, "下", 3_000_000)
        box(slide, "右上", 1_000_000, 5_000_000)
        box(slide, "左上", 1_050_000)
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(0, 5_000_000, 100, 100).text_frame.text = "組の中"
        slide.notes_slide.notes_text_frame.text = "別途計上"

    assert [words for _, words in text(saved(tmp_path / "show.pptx", fill))] == [
        "左上",
        "右上",
        "下",
        "組の中",
        "※ 別途計上",
    ]


def test_hidden_slides_say_so(tmp_path: Path) -> None:
    def fill(show: Any) -> None:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = "控え"
        slide._element.set("show", "0")

    assert text(saved(tmp_path / "show.pptx", fill)) == [(1, "# 控え （非表示のスライド）")]


def test_tables_keep_merged_heads_and_the_unit_above(tmp_path: Path) -> None:
    def fill(show: Any) -> None:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = "令和6年度予算"
        rows = [
            ["区分", "令和6年度", "", "増減"],
            ["", "当初", "補正", ""],
            ["橋", "10", "△2", "5"],
            ["道", "7", "", "1"],
        ]
        table = slide.shapes.add_table(4, 4, 0, 2_000_000, 8_000_000, 3_000_000).table
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 3).merge(table.cell(1, 3))
        box(slide, "（単位：百万円）", 1_500_000, 6_000_000)

    items = read_paper(saved(tmp_path / "show.pptx", fill)).items
    assert [(each.place.page, each.name, [(a.yen, a.stage) for a in each.amounts]) for each in items] == [
        (1, "橋", [(10_000_000, "initial"), (-2_000_000, "supplementary")]),
        (1, "道", [(7_000_000, "initial")]),
    ]


def test_numbers_that_powerpoint_prints(tmp_path: Path) -> None:
    def fill(show: Any) -> None:
        slide = show.slides.add_slide(show.slide_layouts[6])
        frame = slide.shapes.add_textbox(0, 0, 1_000_000, 1_000_000).text_frame
        for at, words in enumerate(("甲", "乙", "丙")):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.text = words
            properties = paragraph._p.get_or_add_pPr()
            namespace = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
            kind = f"{namespace}buAutoNum" if at < 2 else f"{namespace}buChar"
            mark = properties.makeelement(kind, {"type": "circleNumDbPlain"} if at < 2 else {"char": "●"})
            properties.append(mark)

    assert [words for _, words in text(saved(tmp_path / "show.pptx", fill))] == ["① 甲", "② 乙", "● 丙"]
