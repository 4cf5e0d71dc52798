"""Make the papers of a user that no text editor can: ``python -m tests.make_papers`` writes them to cases/papers/.

All in them is invented. What is made is the same at each run, but for what the libraries change.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pptx
from docx.document import Document
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pptx.util import Cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

PAPERS = Path(__file__).parent / "cases" / "papers"
FONT = "HeiseiKakuGo-W5"  # not embedded: nothing has to be installed
THEN = datetime(2024, 8, 30)
NEEDLESS = "thumbnail|stylesWithEffects"
Rows = Sequence[Sequence[str]]


# PDF: a ministry's request, with a running head, a ruled table and a page that is only a picture.

WIDTH, HEIGHT = 595, 842
HEAD = "令和7年度 農林水産省関係 概算要求の概要（見本）"
RIGHT = ">"
REQUEST = (
    (14, HEAD),
    (10, ""),
    (10, ""),
    (10, RIGHT + "令和6年8月30日"),
    (10, ""),
    (12, "1. 食料安全保障の強化"),
    (10, "○ 麦・大豆の国産化推進事業 【180億円（151億円）】"),
    (10, "輸入に頼る麦・大豆の作付けを国内で広げるため、農地の団地化、排水対策、新しい品種の"),
    (10, "導入を支えるとともに、豊作の年の分を蓄えておく貯蔵施設の整備と、実需者との長期の契"),
    (10, "約を支援する。"),
    (10, ""),
    (10, "○ 肥料の国内資源利用拡大事業 【64億円（新規）】"),
    (10, "家畜ふん堆肥や下水汚泥を肥料として用いる取組を、施設の整備、品質の確認、散布の実証の"),
    (10, "各段階で支援する。"),
    (10, ""),
    (12, "2. 農山漁村の脱炭素"),
    (10, "○ 営農型太陽光発電・蓄電池の導入支援事業 【12億円（9億円）】"),
    (10, "○ 漁港の省エネルギー化事業 【25億円の内数】"),
)
TABLE: Rows = (
    ("事業名", "令和7年度\n概算要求額", "令和6年度\n当初予算額"),
    ("スマート農業機械の\n導入支援事業", "8,040", "6,500"),
    ("農業用蓄電池の実証事業", "960", "720"),
    ("合計", "9,000", "7,220"),
)


def request() -> bytes:
    """Return the request as PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1)
    for number, draw in enumerate((_prose, _table, _picture), 1):
        canvas.setFont(FONT, 8)
        canvas.drawString(60, HEIGHT - 36, HEAD if number == 2 else "")
        canvas.drawCentredString(WIDTH / 2, 30, f"- {number} -")
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _prose(canvas: Canvas) -> None:
    y = HEIGHT - 90
    for size, line in REQUEST:
        canvas.setFont(FONT, size)
        if line.startswith(RIGHT):
            canvas.drawRightString(480, y, line.removeprefix(RIGHT))
        else:
            canvas.drawString(60, y, line)
        y -= 14


def _table(canvas: Canvas) -> None:
    canvas.setFont(FONT, 12)
    canvas.drawString(60, HEIGHT - 90, "3. スマート農業")
    canvas.setFont(FONT, 9)
    canvas.drawRightString(460, HEIGHT - 112, "（単位：百万円）")
    y = HEIGHT - 120
    for row in TABLE:
        height = 16 * max(cell.count("\n") + 1 for cell in row)
        for x, width, cell in zip((60, 280, 370), (220, 90, 90), row, strict=True):
            canvas.rect(x, y - height, width, height)
            for at, line in enumerate(cell.split("\n")):
                canvas.drawString(x + 4, y - 12 - 16 * at, line)
        y -= height


def _picture(canvas: Canvas) -> None:
    picture = Image.new("RGB", (60, 60), "lightgray")
    canvas.drawImage(ImageReader(picture), 60, 200, 470, 560)


# Word: a supplementary budget, with headings, a numbered list and a table.


def supplementary() -> bytes:
    """Return the supplementary budget as Word."""
    paper = docx.Document()
    paper.add_paragraph("隼野県 令和6年度12月補正予算（案）の概要（見本）")
    paper.add_paragraph("令和6年11月26日")
    paper.add_heading("1. 物価高への対応", 1)
    paper.add_paragraph("学校給食への支援 3億2,000万円", "List Bullet")
    paper.add_paragraph("運送事業者への支援 1億8,500万円（うち国庫支出金1億2,000万円）", "List Bullet")
    paper.add_heading("2. 防災・減災", 1)
    paper.add_paragraph("（単位：千円）")
    _rows(
        paper,
        (
            ("事業名", "補正前の額", "12月補正額", "補正後の額"),
            ("河川のしゅんせつ事業", "400,000", "250,000", "650,000"),
            ("避難所への蓄電池の配備", "0", "48,000", "48,000"),
        ),
    )
    return _packed(paper.save)


def _rows(paper: Document, rows: Rows) -> None:
    table = paper.add_table(len(rows), len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text


# Excel: a city's budget, with heads over several columns, formulas and a hidden sheet.


def budget() -> bytes:
    """Return the budget as a workbook."""
    book = openpyxl.Workbook()
    main = book.active
    assert isinstance(main, Worksheet)
    main.title = "主要事業"
    _fill(
        main,
        (
            ("うみかぜ市 令和6年度当初予算 主要事業（見本）",),
            ("", "", "", "", "（単位：千円）"),
            ("分野", "事業名", "当初予算額", "", "増減"),
            ("", "", "令和6年度", "令和5年度", ""),
            ("子育て", "保育所の整備事業", 120_500, 98_000, "=C5-D5"),
            ("", "学校給食費の無償化", 64_300.4, 0, "=C6-D6"),
            ("防災", "避難所への蓄電池の配備", 15_000, 12_000, "=C7-D7"),
            ("合計", "", "=SUM(C5:C7)", "=SUM(D5:D7)", "=C8-D8"),
        ),
    )
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:E4", "A5:A6"):
        main.merge_cells(area)
    for row in main["C5:E8"]:
        for cell in row:
            cell.number_format = "#,##0"
    inner = book.create_sheet("査定前")
    inner.sheet_state = "hidden"
    _fill(inner, (("（単位：千円）",), ("事業名", "令和6年度 要求額"), ("保育所の整備事業", 131_000)))
    book.properties.created = THEN
    return _counted(
        _packed(book.save),
        {"C5-D5": "22500", "C6-D6": "64300.4", "C7-D7": "3000", "SUM(C5:C7)": "199800.4", "SUM(D5:D7)": "110000"}
        | {"C8-D8": "89800.4"},
    )


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    for row in rows:
        sheet.append([cell if cell != "" else None for cell in row])


def _counted(data: bytes, results: Mapping[str, str]) -> bytes:
    """Return a workbook with the results of its formulas, as Excel saves them; openpyxl does not count."""

    def result(match: re.Match[str]) -> str:
        return f"<f>{match[1]}</f><v>{results[match[1]]}</v>"

    sheets = {
        name: re.sub(r"<f>(.*?)</f><v ?/?>(?:</v>)?", result, part.decode()).encode() if "sheet1" in name else part
        for name, part in _parts(data).items()
    }
    return _zip(sheets)


# PowerPoint: a talk about a programme.


def talk() -> bytes:
    """Return the talk as PowerPoint."""
    show = pptx.Presentation()
    first, second = (show.slides.add_slide(show.slide_layouts[5]) for _ in range(2))
    first.shapes.title.text = "令和7年度 水素社会の実現に向けた予算案（見本）"
    box = first.shapes.add_textbox(Cm(2), Cm(6), Cm(20), Cm(4)).text_frame
    box.text = "○ 水素ステーションの整備事業 令和7年度予算案 86億円（令和6年度 100億円）"
    box.add_paragraph().text = "○ 水素を使う蓄電システムの実証事業 令和7年度予算案 14億円（新規）"
    second.shapes.title.text = "2. 支援の対象"
    table = second.shapes.add_table(3, 2, Cm(2), Cm(6), Cm(20), Cm(4)).table
    rows = (("区分", "令和7年度予算案（百万円）"), ("地方公共団体", "5,600"), ("民間企業", "3,000"))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    return _packed(show.save)


# Open data: three years of a review, a budget book and its settlement.

COMMON = {"シート種別": "事業", "府省庁の建制順": "13", "政策所管府省庁": "農林水産省", "府省庁": "農林水産省"}
PROGRAMMES = {
    "003101": ("麦・大豆の国産化推進事業", "農産局", "穀物課", "麦・大豆の作付けと貯蔵を支える。"),
    "003102": ("農業用蓄電池の実証事業", "大臣官房", "環境バイオマス政策課", "農業用施設の蓄電池を実証する。"),
}
MONEY = (
    *("予算年度", "当初予算（合計）", "補正予算（合計）", "前年度からの繰越し（合計）", "予備費等（合計）"),
    *("計（歳出予算現額合計）", "執行額（合計）", "翌年度への繰越し(合計）", "翌年度要求額（合計）"),
)
YEARS = ("2022", "2023", "2024")
REVIEWS = """
2022|003101|2022|12000|0|0|0|12000|||15000
2022|003102|2022|500|0|0|0|500|||720
2023|003101|2022|12000|0|0|0|12000|11400|600|
2023|003101|2023|14200|3000|600|0|17800|||15100
2023|003102|2022|500|0|0|0|500|480|0|
2023|003102|2023|700|0|0|0|700|||900
2024|003101|2022|12000|0|0|0|12000|11400|600|
2024|003101|2023|14200|3000|600|0|17800|16900|900|
2024|003101|2024|15100|0|900|0|16000|||18000
2024|003102|2022|500|0|0|0|500|480|0|
2024|003102|2023|700|0|0|0|700|310|0|
2024|003102|2024|720|0|0|0|720|||960
"""
"""事業年度, 予算事業ID, and the row of 予算・執行, in million yen."""

BOOKS = {
    "DL202411001": {
        "a": """
主管|部名|款名|項名|目名|令和6年度予算額(千円)|前年度予算額(千円)
財務省|租税及印紙収入|租税|所得税|源泉所得税|14,815,000|17,300,000
""",
        "b": """
所管|組織|項名|目名|令和6年度予算額(千円)|前年度予算額(千円)|比較増△減額(千円)
農林水産省|農林水産本省|食料安全保障確立対策費|麦・大豆国産化推進対策費補助金|15,100,000|14,200,000|900,000
|||食料安全保障調査費|320,500|341,000|△20,500
||環境政策推進費|農業用蓄電池実証委託費|720,000|700,000|20,000
""",
    },
    "DL202377001": {
        "b": """
所管|組織|項名|目名|歳出予算額(円)|前年度繰越額(円)|歳出予算現額(円)|支出済歳出額(円)|翌年度繰越額(円)|不用額(円)
農林水産省|農林水産本省|食料安全保障確立対策費|麦・大豆国産化推進対策費補助金|17200000000|600000000|17800000000|16900000000|900000000|0
||環境政策推進費|農業用蓄電池実証委託費|700000000|0|700000000|309876543|0|390123457
""",
    },
}


def review(year: str) -> dict[str, bytes]:
    """Return the two tables of a year's review as they are downloaded, by the names of their files."""
    common = {
        id_: COMMON | {"事業年度": year, "予算事業ID": id_, "事業名": name, "局・庁": office, "課": division}
        for id_, (name, office, division, _) in PROGRAMMES.items()
    }
    outlines = [common[id_] | {"事業の概要": outline} for id_, (*_, outline) in PROGRAMMES.items()]
    money = []
    for of, id_, budget_year, *sums in _rows_of(REVIEWS):
        if of == year:
            yen = [f"{each}000000" if each.strip("0") else each for each in sums]
            money.append(common[id_] | dict(zip(MONEY, (budget_year, *yen), strict=True)))
    tables = {f"1-2_RS_{year}_基本情報_事業概要等": outlines, f"2-1_RS_{year}_予算・執行_サマリ": money}
    return {
        f"{name}.zip": _zip({f"{name}.csv": _csv([list(rows[0]), *(list(row.values()) for row in rows)])})
        for name, rows in tables.items()
    }


def book(name: str) -> bytes:
    """Return a book as it is downloaded."""
    return _zip({f"{name}{side}.csv": _csv(_rows_of(table), "cp932") for side, table in BOOKS[name].items()})


def _rows_of(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


# A folder with all sorts of files.

VILLAGE = "みどり村 令和6年度当初予算の概要（見本）\n\n- 村道の除雪 2,400万円\n- 診療所の運営 1億3,000万円\n"
WITHIN = {
    "7gatsu-hosei.txt": "みどり村 令和6年度7月補正予算の概要（見本）\n\n- 農業用蓄電池の貸出し 350万円\n",
    "9gatsu-hosei.txt": "みどり村 令和6年度9月補正予算の概要（見本）\n\n- 村道の除雪 600万円\n",
}


def folder() -> dict[str, bytes]:
    """Return the files of a folder by name: one good, a ZIP of two, one that is broken."""
    within = {name: text.encode() for name, text in WITHIN.items()}
    return {"tosho.txt": VILLAGE.encode(), "hosei.zip": _zip(within), "kowareta.pdf": request()[:200]}


# Files.


def _csv(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def _packed(save: Callable[[io.BytesIO], None]) -> bytes:
    """Return what `save` writes, as a ZIP that is the same at each run."""
    file = io.BytesIO()
    save(file)
    return _zip(_parts(file.getvalue()))


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP without what templates bring along that nobody needs, and without the time of day."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _plain(archive.read(name)) for name in archive.namelist() if not re.search(NEEDLESS, name)}


def _plain(part: bytes) -> bytes:
    part = re.sub(f"<(?:Relationship|Override) [^>]*(?:{NEEDLESS})[^>]*/>".encode(), b"", part)
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-08-30T00:00:00Z", part)


def _zip(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, THEN.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def papers() -> dict[str, bytes]:
    """Return every paper by its path."""
    made = {
        "norin-yokyu.pdf": request(),
        "hayano-hosei.docx": supplementary(),
        "umikaze-tosho.xlsx": budget(),
        "suiso-yosan.pptx": talk(),
        **{f"review/{name}": data for year in YEARS for name, data in review(year).items()},
        **{f"yosansho/{name}.zip": book(name) for name in BOOKS},
        **{f"mura/{name}": data for name, data in folder().items()},
    }
    return made


def main() -> None:
    """Write every paper."""
    for name, data in papers().items():
        path = PAPERS / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        print(f"{len(data):7,} {name}")


if __name__ == "__main__":
    main()
