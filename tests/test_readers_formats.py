"""One paper in every format: each reader gives the same items and the same amounts."""

import csv
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.document import Item
from index.indexer import read_paper
from index.readers import read_lines

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
pptx = pytest.importorskip("pptx")
pytest.importorskip("lxml")

TITLE = "令和7年度 概算要求の概要"
UNIT = "（単位：百万円）"
TABLE = [
    ["事業名", "令和7年度要求額", "令和6年度当初予算額", "増△減", "備考"],
    ["地域脱炭素の推進", "12,500", "10,000", "2,500", ""],
    ["住宅の断熱改修", "8,040.5", "9,120", "△1,079.5", "一部再掲"],
    ["家庭用蓄電池の導入", "3,300", "－", "3,300", "新規"],
    ["過年度の精算", "△120", "▲80", "△40", ""],
    ["海外との交渉", "事項要求", "15", "", ""],
    ["合計", "23,720.5", "19,055", "4,665.5", ""],
]
AMOUNTS = [
    ("地域脱炭素の推進", [(12_500_000_000, 2025, "request", "own"), (10_000_000_000, 2024, "initial", "previous")]),
    ("住宅の断熱改修", [(8_040_500_000, 2025, "request", "own"), (9_120_000_000, 2024, "initial", "previous")]),
    ("家庭用蓄電池の導入", [(3_300_000_000, 2025, "request", "own")]),
    ("過年度の精算", [(-120_000_000, 2025, "request", "own"), (-80_000_000, 2024, "initial", "previous")]),
    ("海外との交渉", [(15_000_000, 2024, "initial", "previous")]),
    ("合計", [(23_720_500_000, 2025, "request", "total"), (19_055_000_000, 2024, "initial", "previous")]),
]


def txt(path: Path) -> None:
    rows = ["\t".join(row) for row in TABLE]
    path.write_text("\n".join([TITLE, "", UNIT, *rows, ""]), encoding="utf-8")


def md(path: Path) -> None:
    rows = [f"| {' | '.join(row)} |" for row in TABLE]
    rows.insert(1, "| --- | --- | --- | --- | --- |")
    path.write_text("\n".join([f"# {TITLE}", "", UNIT, "", *rows, ""]), encoding="utf-8")


def delimited(path: Path, delimiter: str, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([[TITLE], ["", "", "", "", UNIT], *TABLE])


def word(path: Path) -> None:
    paper = docx.Document()
    paper.add_heading(TITLE, 0)
    paper.add_paragraph(UNIT)
    table = paper.add_table(len(TABLE), len(TABLE[0]))
    for at, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    paper.save(path)


def number_of(cell: str) -> float | int | str:
    plain = cell.replace(",", "").replace("△", "-").replace("▲", "-")
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return cell


def excel(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.append([None, None, None, None, UNIT])
    for row in TABLE:
        sheet.append([number_of(cell) for cell in row])
    for cell in (cell for row in sheet["B4:D9"] for cell in row):
        cell.number_format = '#,##0.0;"△ "#,##0.0'
    book.save(path)


def slides(path: Path) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = TITLE
    table = slide.shapes.add_table(len(TABLE), len(TABLE[0]), 0, 2_000_000, 8_000_000, 3_000_000).table
    for at, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    box = slide.shapes.add_textbox(6_000_000, 1_500_000, 2_000_000, 400_000)
    box.text_frame.text = UNIT
    show.save(path)


def page(path: Path) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    path.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>x</title><nav>99億円</nav><h1>{TITLE}</h1>"
        f"<table><caption>{UNIT}</caption>{rows}</table>",
        encoding="utf-8",
    )


FORMATS: dict[str, Callable[[Path], None]] = {
    "paper.txt": txt,
    "paper.md": md,
    "paper.csv": lambda path: delimited(path, ",", "utf-8-sig"),
    "cp932.csv": lambda path: delimited(path, ",", "cp932"),
    "semicolons.csv": lambda path: delimited(path, ";", "utf-8"),
    "paper.tsv": lambda path: delimited(path, "\t", "utf-8"),
    "paper.docx": word,
    "paper.xlsx": excel,
    "paper.pptx": slides,
    "paper.html": page,
}


def told(items: Sequence[Item]) -> list[tuple[str, list[tuple[int, int, str | None, str]]]]:
    return [(item.name, [(each.yen, each.years[0], each.stage, each.role) for each in item.amounts]) for item in items]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same(tmp_path: Path, name: str) -> None:
    FORMATS[name](tmp_path / name)
    paper = read_paper(tmp_path / name)
    assert paper.document.about.title == TITLE
    assert told(paper.items) == AMOUNTS
    assert not paper.remainders


@pytest.mark.parametrize("name", FORMATS)
def test_lines_are_counted_from_one(tmp_path: Path, name: str) -> None:
    FORMATS[name](tmp_path / name)
    lines = read_paper(tmp_path / name).document.lines
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    paged = name.endswith((".xlsx", ".pptx"))
    assert {line.page for line in lines} == ({1} if paged else {None})
    assert not any("\n" in line.text for line in lines)


MACROS = {".docx": ".docm", ".xlsx": ".xlsm", ".pptx": ".pptm"}


@pytest.mark.parametrize("suffix", MACROS)
def test_macros_change_nothing(tmp_path: Path, suffix: str) -> None:
    plain, macros = tmp_path / f"paper{suffix}", tmp_path / f"paper{MACROS[suffix]}"
    FORMATS[plain.name](plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(macros, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = re.sub(
                    rb"openxmlformats-officedocument[.]\w+[.](\w+)[.]main", rb"ms-office.\1.macroEnabled.main", data
                )
            made.writestr(name, data)
        made.writestr("vbaProject.bin", b"\0")
    assert read_lines(macros) == read_lines(plain)


def test_flags_are_those_of_the_table(tmp_path: Path) -> None:
    excel(tmp_path / "paper.xlsx")
    items = {item.name: item for item in read_paper(tmp_path / "paper.xlsx").items}
    assert items["家庭用蓄電池の導入"].amounts[0].flags == ("new",)
    assert items["海外との交渉"].text == "事項要求"
