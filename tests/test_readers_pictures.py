"""What is drawn in a paper and may hold text is told of, with its place; logos, bullets and grounds are not."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from index.errors import PaperError
from index.indexer import read_paper
from index.notice import notice, noticed
from index.readers import read_lines
from index.readers.pdf.pictures import silent
from index.readers.pdf.sheet import Box, Glyph, Sheet
from index.readers.pictures import CENTIMETRE, CHART, PICTURE, may_hold_text, unread

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
pptx = pytest.importorskip("pptx")
Cm = pytest.importorskip("docx.shared").Cm
SheetImage = pytest.importorskip("openpyxl.drawing.image").Image
CategoryChartData = pytest.importorskip("pptx.chart.data").CategoryChartData
PIE = pytest.importorskip("pptx.enum.chart").XL_CHART_TYPE.PIE

SIZES = [((12, 6), True), ((5, 2), True), ((16, 1.5), False), ((3, 3), False), ((0, 0), False)]


@pytest.mark.parametrize(("size", "large"), SIZES, ids=[str(size) for size, _ in SIZES])
def test_what_is_large_enough_for_text(size: tuple[float, float], large: bool) -> None:
    assert may_hold_text(size[0] * CENTIMETRE, size[1] * CENTIMETRE) is large


SAID = [
    ([PICTURE], "", "", "画像の中の文字を読めません"),
    ([PICTURE, CHART, PICTURE], "", "", "画像2点とグラフの中の文字を読めません"),
    ([PICTURE], "シート「［秘］」の B2 にある", "", "シート「〔秘〕」の B2 にある画像の中の文字を読めません"),
    ([PICTURE], "", "予算\n12億円", "画像（説明は「予算12億円」）の中の文字を読めません"),
    ([PICTURE], "", "Picture 3", "画像の中の文字を読めません"),
    ([PICTURE], "", "image1.png", "画像の中の文字を読めません"),
]


@pytest.mark.parametrize(("kinds", "where", "said", "words"), SAID, ids=[words for *_, words in SAID])
def test_what_is_said(kinds: list[str], where: str, said: str, words: str) -> None:
    assert noticed(unread(kinds, where, said)) == words


def image(shade: int = 80) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("L", (80, 40), shade).save(file, "PNG")
    return file


def word(path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("1. 施策 12億円")
    paper.add_picture(image(), Cm(14))
    paper.add_picture(image(), Cm(2))
    table = paper.add_table(1, 1)
    table.cell(0, 0).paragraphs[0].add_run().add_picture(image(), Cm(6))
    paper.save(path)


def older_word(path: Path) -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:{0};height:{0}"><v:imagedata/></v:shape>'
    runs = "".join(
        f"<w:r><w:{tag}>{shape.format(size)}</w:{tag}></w:r>"
        for tag, size in (("pict", "200pt"), ("pict", "20pt"), ("object", "10cm"))
    )
    paper = docx.Document()
    paper.add_paragraph("1. 施策 12億円")
    paper.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = parts["word/document.xml"].decode()
    parts["word/document.xml"] = main.replace("</w:p>", f"{runs}</w:p>").encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def slides(path: Path) -> None:
    show = pptx.Presentation()
    for at, title in enumerate(["1. 施策 12億円", "2. 施策 3億円", "3. 施策 4億円", "グラフ", ""]):
        slide = show.slides.add_slide(show.slide_layouts[5 if title else 6])
        if title:
            slide.shapes.title.text = title
            slide.shapes.add_picture(image(200), 0, 0, Cm(20), Cm(3))  # on each slide: its looks
        if at == 1:
            slide.shapes.add_picture(image(), 0, Cm(4), Cm(12), Cm(6))
            slide.shapes.add_picture(image(), 0, Cm(4), Cm(1), Cm(1))
        if title == "グラフ":
            data = CategoryChartData()
            data.categories = ["R5", "R6"]
            data.add_series("予算", (1, 2))
            slide.shapes.add_chart(PIE, 0, Cm(4), Cm(12), Cm(6), data)
        if not title:
            slide.shapes.add_picture(image(), 0, 0, Cm(1), Cm(1))
    show.save(path)


def excel(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["1. 施策 12億円"])
    pictures = book.create_sheet("図だけ")
    for anchor, width, height in (("B3", 400, 200), ("B30", 40, 20)):
        picture = SheetImage(image())
        picture.width, picture.height = width, height
        pictures.add_image(picture, anchor)
    book.save(path)


def page(path: Path) -> None:
    small = "data:image/png;base64,AAAA"
    path.write_text(
        "<meta charset=utf-8><header><img src=name.png></header><p>1. 施策 12億円<img src=icon_pdf.gif></p>"
        "<img src=table.png alt='予算の表' width=600 style='height: 300px'><img src=x.png width=90 height=90>"
        f"<img src=photo.jpg alt=''><img src='{small}'><svg><path/></svg>"
        "<table><tr><td>事業<td>額（千円）<tr><td>甲<td>12<img src=graph.png></table>"
        "<svg><text>予算</text><text>5億円</text></svg><nav><img src=map.png></nav><footer><img src=map.png></footer>",
        encoding="utf-8",
    )


TOLD: dict[str, tuple[Callable[[Path], None], list[tuple[int | None, str]]]] = {
    "new.docx": (word, [(None, "画像の中の文字を読めません")] * 2),
    "old.docx": (
        older_word,
        [(None, "画像の中の文字を読めません"), (None, "埋め込まれた表や文書の中の文字を読めません")],
    ),
    "paper.pptx": (
        slides,
        [
            (2, "画像の中の文字を読めません"),
            (4, "グラフの中の文字を読めません"),
            (5, "画像だけのスライドで、文字を読めません"),
        ],
    ),
    "paper.xlsx": (excel, [(2, "シート「図だけ」の B3 にある画像の中の文字を読めません")]),
    "page.html": (
        page,
        [
            (None, "画像（説明は「予算の表」）の中の文字を読めません"),
            (None, "画像の中の文字を読めません"),
            (None, "図（説明は「予算 5億円」）の中の文字を読めません"),
        ],
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_may_hold_text_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    make, told = TOLD[name]
    make(tmp_path / name)
    paper = read_paper(tmp_path / name)
    assert [(each.place.page, each.reason) for each in paper.remainders] == told
    lines = {line.number: line.text for line in paper.document.lines}
    assert [lines[each.place.line] for each in paper.remainders] == [notice(words) for _, words in told]
    assert paper.items[0].amounts[0].yen == 1_200_000_000
    assert "文字を読めません" not in "".join(f"{item.name}{item.text}" for item in paper.items)


def only_word(path: Path) -> None:
    paper = docx.Document()
    paper.add_picture(image(), Cm(14))
    paper.save(path)


def only_page(path: Path) -> None:
    path.write_text("<img src=table.png>", encoding="utf-8")


ONLY = {"paper.docx": only_word, "page.html": only_page}


@pytest.mark.parametrize("name", ONLY)
def test_a_paper_of_pictures_alone_is_refused(tmp_path: Path, name: str) -> None:
    ONLY[name](tmp_path / name)
    with pytest.raises(PaperError, match=re.escape("文字がありません（画像の中の文字を読めません）ので")):
        read_lines(tmp_path / name)


def printed(x: float, y: float) -> Glyph:
    return Glyph(x, y, x + 10, y + 10, y + 10, 10, "字")


TABLE = Box(50, 100, 450, 300)
PAGES = [
    ("a picture", [TABLE], [], 1),
    ("a seal", [Box(50, 100, 90, 140)], [], 0),
    ("a picture with its number", [TABLE], [printed(60, 110)] * 2, 1),
    ("a ground", [TABLE], [printed(60 + 10 * at, 110) for at in range(9)], 0),
    ("strips", [TABLE._replace(top=100 + 20 * at, bottom=120 + 20 * at) for at in range(9)], [], 1),
    ("two pictures", [TABLE, TABLE._replace(top=400, bottom=500)], [], 2),
]


@pytest.mark.parametrize(("pictures", "glyphs", "count"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_pictures_of_a_page(pictures: list[Box], glyphs: list[Glyph], count: int) -> None:
    assert len(silent(Sheet(595, 842, glyphs, [], True, pictures))) == count
