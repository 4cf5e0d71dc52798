import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.document import Line
from index.errors import PaperError
from index.indexer import read_paper
from index.outline.pages import without_furniture
from index.readers import read_lines
from index.readers.pdf import MAX_PAGES, worker
from index.readers.pdf.characters import character
from index.readers.pdf.paragraphs import lines_of_paper
from index.readers.pdf.scan import glyphs_of

FONT = "HeiseiMin-W3"  # not embedded: nothing has to be installed
WIDTH, HEIGHT, SIZE = 420, 595, 10
Draw = Callable[[Canvas], None]

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def made(*pages: Draw, **options: object) -> bytes:
    """Return a PDF of pages."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def text(*lines: str, x: float = 40, top: float = 50, step: float = 15) -> Draw:
    """Return what draws lines below one another; an empty one leaves its room."""

    def draw(canvas: Canvas) -> None:
        for row, line in enumerate(lines):
            canvas.drawString(x, HEIGHT - top - row * step, line)

    return draw


def both(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[int] = (150, 80, 80), top: float = 100, high: float = 18
) -> Draw:
    """Return what draws a ruled table; a line end in a cell wraps it, None goes on with the cell above."""

    def draw(canvas: Canvas) -> None:
        xs = [40 + sum(widths[:at]) for at in range(len(widths) + 1)]
        y = HEIGHT - top
        for row in rows:
            height = high * max(cell.count("\n") + 1 for cell in row)
            for x, x1, cell in zip(xs, xs[1:], row, strict=False):
                canvas.rect(x, y - height, x1 - x, height)
                for at, line in enumerate(cell.split("\n")):
                    canvas.drawString(x + 3, y - 13 - at * high, line)
            y -= height

    return draw


def read(data: bytes) -> list[str]:
    return [line.text for line in lines_of_paper(worker.read(data))]


def paper(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "予算.pdf"
    path.write_bytes(data)
    return path


def long(start: str, length: int = 34) -> str:
    """Return a line as long as a column of text is wide."""
    return (start + "蓄電池の製造基盤を強くするための設備投資及び研究開発を支え" * 3)[:length]


def sideways(canvas: Canvas) -> None:
    canvas.rotate(90)
    canvas.drawString(50, -60, "1. 蓄電池の導入促進")
    canvas.drawString(50, -90, "2. 水素の利活用促進")


def merged(canvas: Canvas) -> None:
    """Draw a table whose first column goes over two rows; a sum does, too, in the last."""
    for x, y, width, height, words in (
        (40, 480, 60, 18, "分野"), (100, 480, 120, 18, "事業名"), (220, 480, 60, 18, "要求額"), (280, 480, 60, 18, "財源"),
        (40, 444, 60, 36, "子育て"), (100, 462, 120, 18, "病児保育"), (220, 462, 60, 18, "300"), (280, 444, 60, 36, "450"),
        (100, 444, 120, 18, "一時預かり"), (220, 444, 60, 18, "150"),
    ):  # fmt: skip
        canvas.rect(x, y, width, height)
        canvas.drawString(x + 3, y + height / 2 - 4, words)


LEFT = [f"左の{row}行目は蓄電池を支える施策の。" for row in range(9)]
RIGHT = [f"右の{row}行目は半導体を支える施策。" for row in range(6)]
WRAPPED = [
    long("○ 第一の事業は、"),
    long("次の行も"),
    "支援する。",
    long("○ 第二の事業は、"),
    "補助する。",
    long("○ 第三の"),
    "事業",
]

LAYOUTS: list[tuple[str, Draw, list[str]]] = [
    (
        "lines",
        text("1. 蓄電池の導入 12億円", "2. 水素の利活用 3億円"),
        ["1. 蓄電池の導入 12億円", "2. 水素の利活用 3億円"],
    ),
    (
        "a blank line where there is room",
        text("第1章 総則", "", "第2章 雑則", "附則"),
        ["第1章 総則", "", "第2章 雑則", "附則"],
    ),
    (
        "wrapped lines made whole",
        text(*WRAPPED),
        ["".join(WRAPPED[:3]), "".join(WRAPPED[3:5]), "".join(WRAPPED[5:])],
    ),
    (
        "a mark begins a line, also below a full one",
        text(long("○ 甲"), long("○ 乙"), long("○ 丙"), "○ 丁"),
        [long("○ 甲"), long("○ 乙"), long("○ 丙"), "○ 丁"],
    ),
    (
        "a table, its cells joined",
        table([("事業名", "要求額", "前年度"), ("蓄電池の導入を\n進める事業", "1,200", "1,000"), ("水素", "", "300")]),
        ["事業名\t要求額\t前年度", "蓄電池の導入を進める事業\t1,200\t1,000", "水素\t\t300"],
    ),
    (
        "words over several rows, but no sum",
        merged,
        ["分野\t事業名\t要求額\t財源", "子育て\t病児保育\t300\t450", "子育て\t一時預かり\t150"],
    ),
    (
        "numbers below one another in a cell are no one number",
        table([("節", "金額"), ("報酬\n給料\n旅費", "1,200\n3,400\n560")], (150, 80)),
        ["節\t金額", "報酬\t1,200", "給料\t3,400", "旅費\t560"],
    ),
    (
        "a box is no table",
        both(text("令和6年度 予算の概要", x=60, top=70), lambda c: c.rect(40, 500, 300, 40)),
        ["令和6年度 予算の概要"],
    ),
    (
        "columns of a table without rules",
        both(text("市税", "地方譲与税"), text("46,460,600", "512,000", x=300)),
        ["市税  46,460,600", "地方譲与税  512,000"],
    ),
    (
        "numbers at the margin are no wrapped text",
        both(
            *[text("事業名", "蓄電池の導入", "水素の利活用", "合計")],
            *[text("要求額", "1,200", "300", "1,500", x=200), text("1,000", "1,000", "1,000", "1,000", x=340)],
        ),
        ["事業名  要求額  1,000", "蓄電池の導入  1,200  1,000", "水素の利活用  300  1,000", "合計  1,500  1,000"],
    ),
    (
        "two columns of text, what is over them first",
        both(text("令和6年度 重点施策", x=150, top=30), text(*LEFT[:6]), text(*RIGHT, x=220, top=53)),
        ["令和6年度 重点施策", *LEFT[:6], *RIGHT],
    ),
    (
        "a page that ends in its second column",
        both(text(*LEFT), text(*RIGHT[:2], x=220, top=53)),
        [*LEFT, *RIGHT[:2]],
    ),
    (
        "vertical text, its lines from the right",
        both(
            *[
                text(*words, x=360 - 30 * at, step=12)
                for at, words in enumerate(("第一章総則", "蓄電池の導入促進", "半導体の製造基盤"))
            ]
        ),
        ["第一章総則", "蓄電池の導入促進", "半導体の製造基盤"],
    ),
    (
        "a page laid on its side",
        sideways,
        ["1. 蓄電池の導入促進", "2. 水素の利活用促進"],
    ),
    ("bold that is printed twice", both(text("蓄電池の導入"), text("蓄電池の導入", x=40.4)), ["蓄電池の導入"]),
    ("the same character twice", text("少々お待ちください11,111円"), ["少々お待ちください11,111円"]),
    (
        "kanji and figures with air between",
        both(text("令和"), text("6", x=62), text("年度", x=69.5), text("12", x=91.5), text("億円", x=103)),
        ["令和6年度12億円"],
    ),
]


@pytest.mark.parametrize(("draw", "lines"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS])
def test_reads(draw: Draw, lines: list[str]) -> None:
    assert [line for line in read(made(draw)) if line or "" in lines] == lines


CHARACTERS = [
    ("⼤", "大"),
    ("⻑", "長"),
    ("⺟", "母"),
    ("\uf0b7", "・"),
    ("\uf06e", "■"),
    ("\ue123", "〓"),
    ("\ufffd", "〓"),
    ("(cid:8443)", "〓"),
    ("\x00", "〓"),
    ("\xad", ""),
    ("\t", " "),
    ("髙", "髙"),
    ("①", "①"),
    ("ffi", "ffi"),
    ("(", "("),
]


@pytest.mark.parametrize(("said", "meant"), CHARACTERS, ids=[ascii(said) for said, _ in CHARACTERS])
def test_character(said: str, meant: str) -> None:
    assert character(said) == meant


def furnished(number: int, *lines: str) -> Draw:
    """Return a page with a running head, a number and a note at its foot."""
    return both(
        text("令和6年度 予算書", top=25), text(*lines, top=70), text("※ 四捨五入による。", f"- {number} -", top=550)
    )


def test_what_belongs_to_the_pages_is_kept_and_is_no_text() -> None:
    last = long("○ 頁の終わりの事業は、")
    data = made(
        furnished(1, long("○ 初めの事業は、"), "支援する。", last),
        furnished(2, "次の頁に続く。", long("○ 次の事業は、"), "補助する。"),
        furnished(3, "○ 終わりの事業は、補助する。"),
    )
    lines = lines_of_paper(worker.read(data))
    kept = [line for line, text in without_furniture(lines) if text]
    assert [line.text for line in kept] == [
        long("○ 初めの事業は、") + "支援する。",
        last + "次の頁に続く。",
        long("○ 次の事業は、") + "補助する。",
        "○ 終わりの事業は、補助する。",
    ]
    assert [line.page for line in kept] == [1, 1, 2, 3]
    assert sum(line.text in ("令和6年度 予算書", "※ 四捨五入による。") for line in lines) == 6
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_a_row_that_the_end_of_a_page_broke_is_one() -> None:
    upper = table([("事業名", "要求額"), ("蓄電池の導入を進めるための設備", "1,200")], (156, 80), top=450)
    lower = table([("投資の補助", ""), ("水素の利活用", "300")], (156, 80), top=50)
    assert read(made(upper, lower)) == [
        "事業名\t要求額",
        "蓄電池の導入を進めるための設備投資の補助\t1,200",
        "水素の利活用\t300",
    ]


def test_a_heading_in_a_row_of_its_own_is_no_rest_of_the_page_before() -> None:
    upper = table([("事業名", "要求額"), ("蓄電池", "1,200")], (156, 80), top=450)
    lower = table([("水素関係", ""), ("水素の利活用", "300")], (156, 80), top=50)
    assert read(made(upper, lower))[2] == "水素関係"


FEET = [
    ("円）", True),
    ("令和6年度予算書", False),
    ("（単位：千円）", True),
    ("事業名\t要求額", True),
    ("※ 四捨五入による。", False),
    ("［読取注記：画像だけの頁で、文字を読めません］", False),
]


@pytest.mark.parametrize(("line", "kept"), FEET, ids=[line for line, _ in FEET])
def test_what_stands_at_the_edge_of_each_page(line: str, kept: bool) -> None:
    texts = [(words, page) for page in range(1, 5) for words in ("○ 甲の事業", "○ 乙の事業", "○ 丙の事業", line)]
    lines = [Line(number, words, page) for number, (words, page) in enumerate(texts, 1)]
    assert any(text == line for _, text in without_furniture(lines)) is kept


def test_items_have_pages(tmp_path: Path) -> None:
    rows = [("事業名", "令和6年度要求額"), ("蓄電池導入促進事業", "1,200"), ("水素利活用事業", "300")]
    data = made(
        text("1. 半導体基盤強化事業 12億円"), both(text("（単位：百万円）", x=250, top=80), table(rows, (150, 120)))
    )
    found = read_paper(paper(tmp_path, data)).items
    assert [(item.name, item.place.page, [each.yen for each in item.amounts]) for item in found] == [
        ("半導体基盤強化事業", 1, [1_200_000_000]),
        ("蓄電池導入促進事業", 2, [1_200_000_000]),
        ("水素利活用事業", 2, [300_000_000]),
    ]


def picture(canvas: Canvas) -> None:
    image = Image.new("L", (400, 560), 255)
    ImageDraw.Draw(image).ellipse((50, 50, 350, 350), fill=80)
    canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)


def test_a_page_that_is_only_a_picture_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    read_in = read_paper(paper(tmp_path, made(text("1. 蓄電池の導入 12億円"), picture, text("2. 水素 3億円"))))
    assert [(each.written, each.reason) for each in read_in.remainders] == [("", "画像だけの頁で、文字を読めません")]
    assert [item.place.page for item in read_in.items] == [1, 3]
    assert "［読取注記：画像だけの頁で、文字を読めません］" in [line.text for line in read_in.document.lines]


def test_a_picture_beside_text_is_told(tmp_path: Path) -> None:
    def beside(canvas: Canvas) -> None:
        text(*(f"{row}. 蓄電池の導入を進める事業 12億円" for row in range(1, 9)))(canvas)
        canvas.drawImage(ImageReader(Image.new("L", (40, 20), 80)), 40, 100, 200, 80)

    read_in = read_paper(paper(tmp_path, made(text("1. 水素 3億円"), beside)))
    assert [(each.place.page, each.reason) for each in read_in.remainders] == [(2, "画像の中の文字を読めません")]


def test_a_picture_below_a_running_head_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    def headed(canvas: Canvas) -> None:
        picture(canvas)
        text("令和7年度 農林水産省関係 概算要求の概要（見本）", top=30)(canvas)

    read_in = read_paper(paper(tmp_path, made(text("1. 蓄電池の導入 12億円"), headed)))
    assert [each.place.page for each in read_in.remainders] == [2]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_page_that_is_only_a_picture_is_recognised(tmp_path: Path) -> None:
    image = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(image).text((100, 200), "2024 BUDGET 12345", fill=0, font_size=60)
    lines = read_lines(paper(tmp_path, made(lambda canvas: canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT))))
    assert "文字認識" in lines[0].text
    assert "2024" in lines[-1].text


def test_words_that_were_recognised() -> None:
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    rows = [
        "4 1 1 1 1 0 100 200 400 50 -1 ",
        "5 1 1 1 1 1 100 205 200 40 96.1 蓄電池",
        "5 1 1 1 1 2 320 205 20 9 3.0 ・",
    ]
    glyphs = glyphs_of("\n".join(row.replace(" ", "\t") for row in (head, *rows)), 2)
    assert glyphs == [(50, 100, 150, 125, 125, 25, "蓄電池")]


def locked(user: str) -> dict[str, object]:
    return {"encrypt": pdfencrypt.StandardEncryption(user, ownerPassword="owner", canCopy=0, strength=128)}


def latin(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(40, 500, "BUDGET 2024")


def test_what_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    assert [line.text for line in read_lines(paper(tmp_path, made(latin, **locked(""))))] == ["BUDGET 2024"]


def raw(*objects: str) -> bytes:
    """Return a PDF of objects as they stand, without a table of where they are."""
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.5\n{body}trailer\n<</Root 1 0 R/Size {len(objects) + 1}>>\n%%EOF".encode()


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
MANY = range(3, MAX_PAGES + 4)
REFUSED = [
    ("a password", made(latin, **locked("user")), "パスワード"),
    ("half of it", made(latin)[:300], "壊れて"),
    ("nothing", b"", "壊れて"),
    ("another format", "令和6年度".encode(), "壊れて"),
    ("a blank page", made(lambda canvas: None), "文字がありません"),
    ("pages that hold themselves", raw(CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"), "文字がありません"),
    (
        "too many pages",
        raw(
            CATALOG,
            f"<</Type/Pages/Kids[{' '.join(f'{number} 0 R' for number in MANY)}]/Count 1>>",
            *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>" for _ in MANY],
        ),
        "3,000頁",
    ),
]


@pytest.mark.parametrize(("data", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refuses(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(PaperError, match=words) as fault:
        read_lines(paper(tmp_path, data))
    assert "\n" not in str(fault.value)


def test_only_pictures_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PaperError, match="どの頁も画像"):
        read_lines(paper(tmp_path, made(picture)))
