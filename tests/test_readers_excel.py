"""Workbooks: what sheets show, what their sums are worth, what is hidden or was never counted."""

import datetime
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import PaperError
from index.indexer import read_paper
from index.notice import noticed
from index.readers import read_lines

openpyxl = pytest.importorskip("openpyxl")
excel = pytest.importorskip("index.readers.excel")
excel_format = pytest.importorskip("index.readers.excel_format")

SHOWN = [
    ("1234567", "#,##0", "1,234,567"),
    ("1234.5", "General", "1234.5"),
    ("1234.5", "", "1234.5"),
    ("1234.5", "#,##0", "1,234.5"),
    ("1234.5678", "#,##0.0", "1,234.5678"),
    ("0.30000000000000004", "0", "0.3"),
    ("411.33333333333331", "#,##0", "411"),
    ("411.33333333333331", "#,##0.0", "411.3"),
    ("1234567890", "#,##0,", "1,234,567.89"),
    ("1234567890", '#,##0,"千円"', "1,234,567.89千円"),
    ("-5000", '#,##0;"△ "#,##0', "△ 5,000"),
    ("-5000", "#,##0;▲#,##0", "▲5,000"),
    ("-5000", "#,##0_);(#,##0)", "△5,000"),
    ("-5000", "#,##0;[Red]#,##0", "△5,000"),
    ("-5000", "#,##0;[Red]-#,##0", "-5,000"),
    ("-5000", "#,##0", "-5,000"),
    ("0", '#,##0;△#,##0;"-"', "-"),
    ("0", "#,##0", "0"),
    ("0", "#,##0;△#,##0;", ""),
    ("12", '"約"#,##0"億円"', "約12億円"),
    ("12", '0"億円"', "12億円"),
    ("6", '"令和"0"年度"', "令和6年度"),
    ("1500", "¥#,##0", "¥1,500"),
    ("1500", "[$¥-411]#,##0", "¥1,500"),
    ("0.123", "0.0%", "12.3%"),
    ("0.5", "0%", "50%"),
    ("1.23E+9", "#,##0", "1,230,000,000"),
    ("1.23E+9", "0.00E+00", "1230000000"),
    ("7", "000", "007"),
    ("1234.5", "@", "1234.5"),
    ("45383", "yyyy/m/d", "2024/4/1"),
    ("45383", 'ggge"年"m"月"d"日"', "令和6年4月1日"),
    ("45383", 'ggge"年度"', "令和6年度"),
    ("45383", '[$-411]ge.m.d;@', "R6.4.1"),
    ("45383.5", "yyyy/mm/dd hh:mm", "2024/04/01 12:00"),
    ("45383", "aaa", "月"),
    ("100", "[>=1000]#,##0;0", "100"),
    ("2000", "[>=1000]#,##0;0", "2,000"),
    ("text", "#,##0", "text"),
    ("1E+400", "#,##0", "1E+400"),
    ("", "#,##0", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "code", "words"), SHOWN, ids=[f"{row[0]} {row[1]}" for row in SHOWN])
def test_numbers_are_shown_in_their_format(written: str, code: str, words: str) -> None:
    assert excel_format.shown(written, code) == words


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert excel_format.shown("43921", "yyyy/m/d", from_1904=True) == "2024/4/1"


def book_of(path: Path, fill: Callable[..., None]) -> Path:
    book = openpyxl.Workbook()
    fill(book, book.active)
    book.save(path)
    return path


def rows_of(path: Path) -> list[str]:
    return [line.text for line in read_lines(path)]


def municipal(book: Any, sheet: Any) -> None:
    """A budget in 千円: years over stages, the 款 over its 項, △ by number format."""
    sheet.title = "歳出"
    for row in [
        ["令和6年度 あおば市一般会計予算"],
        [None, None, None, None, None, None, "（単位：千円）"],
        ["款", "項", "令和6年度", None, "令和5年度", None, "増△減"],
        [None, None, "当初", "補正", "当初", "補正", None],
        ["1 議会費", "1 議会費", 350000, 0, 340000, None, 10000],
        ["2 総務費", "1 総務管理費", 1234567, 1000, 1300000, -2000, -65433],
        [None, "2 徴税費", 98765.4, None, 100000, None, -1234.6],
        [None, "計", 1333332.4, 1000, 1400000, -2000, None],
        ["歳出合計", None, 1683332.4, 1000, 1740000, -2000, None],
    ]:
        sheet.append(row)
    for span in ("A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "A6:A8", "A9:B9"):
        sheet.merge_cells(span)
    for cell in (cell for row in sheet["C5:G9"] for cell in row):
        cell.number_format = '#,##0;"△ "#,##0;"-"'


MUNICIPAL = [
    ("議会費", [(350_000_000, 2024, "initial", "own"), (340_000_000, 2023, "initial", "previous")]),
    (
        "総務管理費",
        [
            (1_234_567_000, 2024, "initial", "own"),
            (1_000_000, 2024, "supplementary", "own"),
            (1_300_000_000, 2023, "initial", "previous"),
            (-2_000_000, 2023, "supplementary", "own"),
        ],
    ),
    ("徴税費", [(98_765_400, 2024, "initial", "own"), (100_000_000, 2023, "initial", "previous")]),
    (
        "計",
        [
            (1_333_332_400, 2024, "initial", "total"),
            (1_000_000, 2024, "supplementary", "total"),
            (1_400_000_000, 2023, "initial", "previous"),
            (-2_000_000, 2023, "supplementary", "total"),
        ],
    ),
    (
        "歳出合計",
        [
            (1_683_332_400, 2024, "initial", "total"),
            (1_000_000, 2024, "supplementary", "total"),
            (1_740_000_000, 2023, "initial", "previous"),
            (-2_000_000, 2023, "supplementary", "total"),
        ],
    ),
]


def requests(book: Any, sheet: Any) -> None:
    """A ministry's requests in 百万円, in groups, with a sheet of their own year."""
    sheet.title = "要求"
    for row in [
        ["令和7年度 環境関係の重点要求一覧"],
        [None, None, None, None, "（単位：百万円）"],
        ["事業名", "要求額", "前年度当初予算額", "増減", "備考"],
        ["１　地域の脱炭素"],
        ["脱炭素の推進", 1234.5, 1000.25, 234.25, "拡充"],
        ["蓄電池の導入", 0.1 + 0.2, None, 0.3, "新規"],
        ["２　資源の循環"],
        ["再生の実証", 96000, 96000.000001, None, None],
        ["合計", 97234.8, 97000.250001, 234.549999, None],
        ["※ 端数処理のため一致しない。"],
    ]:
        sheet.append(row)
    for cell in (cell for row in sheet["B4:D9"] for cell in row):
        cell.number_format = "#,##0"


REQUESTS = [
    ("脱炭素の推進", [(1_234_500_000, 2025, "request", "own"), (1_000_250_000, 2024, "initial", "previous")]),
    ("蓄電池の導入", [(300_000, 2025, "request", "own")]),
    ("再生の実証", [(96_000_000_000, 2025, "request", "own"), (96_000_000_001, 2024, "initial", "previous")]),
    ("合計", [(97_234_800_000, 2025, "request", "total"), (97_000_250_001, 2024, "initial", "previous")]),
]


def levels(book: Any, sheet: Any) -> None:
    """A 款 on a line of its own is the sum of the 項 below it."""
    sheet.title = "歳出"
    for row in [
        ["令和6年度 当初予算", None, "単位：千円"],
        ["款", "項", "本年度予算額"],
        ["議会費", None, 350],
        [None, "議会費", 350],
        ["総務費", None, 1200],
        [None, "総務管理費", 1000],
        [None, "徴税費", 200],
    ]:
        sheet.append(row)


LEVELS = [
    ("議会費", [(350_000, 2024, "initial", "total")]),
    ("議会費", [(350_000, 2024, "initial", "own")]),
    ("総務費", [(1_200_000, 2024, "initial", "total")]),
    ("総務管理費", [(1_000_000, 2024, "initial", "own")]),
    ("徴税費", [(200_000, 2024, "initial", "own")]),
]

BOOKS = {"municipal": (municipal, MUNICIPAL), "requests": (requests, REQUESTS), "levels": (levels, LEVELS)}


@pytest.mark.parametrize("name", BOOKS)
def test_workbook_gives(tmp_path: Path, name: str) -> None:
    fill, wanted = BOOKS[name]
    paper = read_paper(book_of(tmp_path / "paper.xlsx", fill))
    items = [item for item in paper.items if item.amounts]
    told = [(each.name, [(a.yen, a.years[0], a.stage, a.role) for a in each.amounts]) for each in items]
    assert told == wanted
    assert not paper.remainders


def test_groups_are_headings_and_keep_the_heads(tmp_path: Path) -> None:
    paper = read_paper(book_of(tmp_path / "paper.xlsx", requests))
    paths = {item.name: item.heading_path for item in paper.items}
    assert paths["脱炭素の推進"] == ("要求", "１ 地域の脱炭素")
    assert paths["再生の実証"] == ("要求", "２ 資源の循環")


def test_sheets_are_pages_under_their_names(tmp_path: Path) -> None:
    def fill(book: Any, first: Any) -> None:
        first.title = "総括"
        first.append(["令和6年度予算"])
        for name, unit in (("一般会計", "千円"), ("特別会計", "百万円"), ("企業会計", "億円")):
            sheet = book.create_sheet(name)
            sheet.append(["事業名", f"予算額（{unit}）"])
            sheet.append(["橋の点検", 12])

    path = book_of(tmp_path / "paper.xlsx", fill)
    assert [(line.page, line.text) for line in read_lines(path)] == [
        (1, "令和6年度予算"),
        (1, "# 総括"),
        (2, "# 一般会計"),
        (2, "| 事業名 | 予算額（千円） |"),
        (2, "| 橋の点検 | 12 |"),
        (3, "# 特別会計"),
        (3, "| 事業名 | 予算額（百万円） |"),
        (3, "| 橋の点検 | 12 |"),
        (4, "# 企業会計"),
        (4, "| 事業名 | 予算額（億円） |"),
        (4, "| 橋の点検 | 12 |"),
    ]
    items = read_paper(path).items
    assert [(item.place.page, item.amounts[0].yen) for item in items if item.amounts] == [
        (2, 12_000),
        (3, 12_000_000),
        (4, 1_200_000_000),
    ]


def test_units_of_each_sheet_are_its_own(tmp_path: Path) -> None:
    def fill(book: Any, first: Any) -> None:
        for at, unit in enumerate(("千円", "千円", "千円", "百万円")):
            sheet = first if at == 0 else book.create_sheet(f"款{at}")
            sheet.append(["（単位：" + unit + "）"])
            sheet.append(["事業名", "令和6年度予算額"])
            sheet.append(["橋の点検", 12])

    items = read_paper(book_of(tmp_path / "paper.xlsx", fill)).items
    assert [item.amounts[0].yen for item in items] == [12_000, 12_000, 12_000, 12_000_000]


def test_what_is_hidden_is_said(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "案"
        sheet.append(["事業名", "予算額（千円）"])
        sheet.append(["橋の点検", 12])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = book.create_sheet("控え")
        other.append(["事業名", "予算額（千円）"])
        other.append(["道の点検", 5])
        other.sheet_state = "hidden"

    rows = rows_of(book_of(tmp_path / "paper.xlsx", fill))
    assert rows[0] == "# 案（非表示の行 2、非表示の列 B）"
    assert "# 控え（非表示のシート）" in rows


def test_formulas_are_their_results_and_those_without_are_listed(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.title = "歳出"
        sheet.append(["事業名", "予算額（千円）"])
        sheet.append(["橋の点検", 12])
        sheet.append(["合計", "=SUM(B2:B2)"])

    rows = rows_of(book_of(tmp_path / "paper.xlsx", fill))
    assert any("B3 の数式に計算結果が保存されていない" in (noticed(row) or "") for row in rows)
    assert "| 橋の点検 | 12 |" in rows


def test_kinds_of_cells(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.append(["日付", "金額（円）", "備考"])
        sheet.append([datetime.date(2024, 4, 1), 1000, True])
        sheet.append(["a|b", 2000, "一行目\n二行目"])

    assert rows_of(book_of(tmp_path / "paper.xlsx", fill)) == [
        "| 日付 | 金額（円） | 備考 |",
        "| 2024-04-01 | 1000 | TRUE |",
        "| a｜b | 2000 | 一行目二行目 |",
    ]


ODD: dict[str, tuple[str, bytes, bytes]] = {
    "a fill that is none": ("xl/styles.xml", rb"<fill>.*?</fill>", b"<fill/>"),
    "a format that is not there": ("xl/styles.xml", rb'numFmtId="[0-9]+"', b'numFmtId="999"'),
    "a filter by a word": ("xl/worksheets/sheet1.xml", rb"</sheetData>", '</sheetData><autoFilter ref="A1:B2"><filterColumn colId="0"><customFilters><customFilter operator="notEqual" val="計"/></customFilters></filterColumn></autoFilter>'.encode()),
    "an extension": ("xl/worksheets/sheet1.xml", rb"</worksheet>", b'<extLst><ext uri="{X}" xmlns:q="urn:q"><q:a/></ext></extLst></worksheet>'),
    "other names for the same": ("xl/worksheets/sheet1.xml", rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
}  # fmt: skip
"""Parts of a workbook as other programs write them: part, what stands there, what stands there then."""


@pytest.mark.parametrize("name", ODD)
def test_what_other_programs_write_is_read(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.append(["事業名", "予算額（千円）"])
        sheet.append(["橋の点検", 1234])

    part, there, then = ODD[name]
    odd = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(book_of(tmp_path / "paper.xlsx", fill)) as source, zipfile.ZipFile(odd, "w") as made:
        for each in source.namelist():
            data = source.read(each)
            made.writestr(each, re.sub(there, then, data) if each == part else data)
    assert rows_of(odd) == ["| 事業名 | 予算額（千円） |", "| 橋の点検 | 1234 |"]
    assert capfd.readouterr() == ("", "")


def test_claimed_dimensions_cost_nothing(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet["A1"], sheet["B1"] = "事業名", "予算額（千円）"
        sheet["A100000"], sheet["B100000"] = "橋の点検", 12
        sheet["XFD100000"] = "遠い"
        sheet.merged_cells.ranges.add(openpyxl.worksheet.cell_range.CellRange("A100000:A100000"))
        sheet.merged_cells.ranges.add(openpyxl.worksheet.cell_range.CellRange("B1:XFD99999"))

    assert rows_of(book_of(tmp_path / "paper.xlsx", fill))[-1] == "| 橋の点検 | 12 |"


def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_CELLS", 10)
    path = book_of(tmp_path / "paper.xlsx", municipal)
    with pytest.raises(PaperError, match="セルが10個を超えています"):
        read_lines(path)
