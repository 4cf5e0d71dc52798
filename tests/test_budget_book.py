"""予算書・決算書 of the Ministry of Finance: books as they are downloaded, into papers."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from index import indexer
from index.document import Item
from search import Searcher

GENERAL = (
    "所管",
    "組織",
    "項コード",
    "項名",
    "目名",
    "令和6年度要求額(千円)",
    "前年度予算額(千円)",
    "比較増△減額(千円)",
)
REVENUE = ("主管", "部名", "款名", "項名", "目名", "令和6年度予算額(千円)", "前年度予算額(千円)", "比較増△減額(千円)")
AMENDED = (
    *("所管", "組織", "項コード", "項名", "目名", "成立予算額(千円)", "補正要求額追加額(千円)"),
    *("補正要求額修正減少額(千円)", "補正要求額差引額(千円)", "改令和6年度予算額(千円)"),
)
PROVISIONAL = ("所管", "特別会計", "勘定", "項名", "目名", "令和6年度予定額(千円)")
SETTLED = (
    *("所管", "組織", "項名", "目名", "歳出予算額(円)", "前年度繰越額(円)", "予備費使用額(円)", "流用等増△減額(円)"),
    *("歳出予算現額(円)", "支出済歳出額(円)", "翌年度繰越額(円)", "不用額(円)"),
)

Rows = Sequence[Sequence[str]]


def book(folder: Path, number: str, encoding: str = "cp932", **sides: Rows) -> Path:
    """Write a book as it is downloaded: a ZIP with a table of revenue, a, and one of expenditure, b."""
    path = folder / f"DL{number}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for side, rows in sides.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            archive.writestr(f"DL{number}{side}.csv", text.getvalue().encode(encoding))
    return path


def items_of(tmp_path: Path, path: Path) -> list[Item]:
    report = indexer.add(tmp_path / "store", [path])
    assert not report.faults
    return Searcher.open(tmp_path / "store").items(path.stem)


def told(item: Item) -> list[tuple[object, ...]]:
    return [(each.years[0], each.stage, each.yen, each.role, each.label) for each in item.amounts]


def test_this_year_and_the_year_before(tmp_path: Path) -> None:
    expenditure = [
        GENERAL,
        ("経済産業省", "経済産業本省", "001", "電池費", "補助金", "1,200", "1,000", "200"),
        ("経済産業省", "経済産業本省", "001", "電池費", "庁費", "0", "▲5", ""),
        ("経済産業省", "経済産業本省", "002", "予備費", "(予備費)", "7", "", ""),
    ]
    revenue = [REVENUE, ("財務省", "租税及印紙収入", "租税", "所得税", "源泉所得税", "9", "8", "1")]
    income, subsidy, office, reserve = items_of(tmp_path, book(tmp_path, "202411001", a=revenue, b=expenditure))
    assert (subsidy.name, subsidy.kind) == ("補助金", "subject")
    assert subsidy.heading_path == ("歳出", "経済産業省", "経済産業本省", "電池費")
    assert told(subsidy) == [(2024, "initial", 1_200_000, "own", None), (2023, "initial", 1_000_000, "previous", None)]
    assert subsidy.amounts[0].written == "令和6年度要求額 1,200千円"
    assert subsidy.amounts[0].account == "一般会計"
    assert told(office) == [(2024, "initial", 0, "own", None), (2023, "initial", -5_000, "previous", None)]
    assert (reserve.name, reserve.heading_path) == ("予備費", ("歳出", "経済産業省", "経済産業本省"))
    assert income.heading_path == ("歳入", "財務省", "租税及印紙収入", "租税", "所得税")
    assert told(income) == [(2024, "initial", 9_000, "mention", "歳入"), (2023, "initial", 8_000, "previous", None)]
    searcher = Searcher.open(tmp_path / "store")
    assert [each.yen for each in searcher.total("document:DL202411001 year:2024").totals] == [1_207_000]
    about = searcher.documents()[0]
    assert (about.title, about.year) == ("2024年度 一般会計 当初予算", 2024)


def test_a_subject_with_rows_below_it_is_their_total(tmp_path: Path) -> None:
    rows = [
        GENERAL,
        ("経済産業省", "本省", "001", "電池費", "", "30", "", ""),
        ("", "", "", "", "補助金", "20", "", ""),
        ("", "", "", "", "庁費", "10", "", ""),
        ("", "外局", "001", "水素費", "補助金", "5", "", ""),
    ]
    path = book(tmp_path, "202411001", b=rows)
    total, subsidy, office, other = items_of(tmp_path, path)
    assert (total.kind, total.name, told(total)) == (
        "heading",
        "電池費",
        [(2024, "initial", 30_000, "total", None)],
    )
    assert [each.heading_path for each in (subsidy, office, other)] == [
        ("歳出", "経済産業省", "本省", "電池費"),
        ("歳出", "経済産業省", "本省", "電池費"),
        ("歳出", "経済産業省", "外局", "水素費"),
    ]
    searcher = Searcher.open(tmp_path / "store")
    assert [each.yen for each in searcher.total("document:DL202411001").totals] == [35_000]
    (check,) = searcher.reconcile("DL202411001").checks
    assert (check.yen, check.difference) == (30_000, 0)


def test_equal_sums_of_two_subjects_of_one_name_are_two(tmp_path: Path) -> None:
    rows = [GENERAL, *(("省", each, "1", "共通費", "職員基本給", "10", "", "") for each in ("本省", "外局"))]
    items_of(tmp_path, book(tmp_path, "202411001", b=rows))
    assert [each.yen for each in Searcher.open(tmp_path / "store").total("職員基本給").totals] == [20_000]


def test_a_supplementary_budget_is_its_difference(tmp_path: Path) -> None:
    rows = [AMENDED, ("経済産業省", "本省", "001", "電池費", "補助金", "100", "50", "△20", "30", "130")]
    (item,) = items_of(tmp_path, book(tmp_path, "202421002", b=rows))
    assert told(item) == [
        (2024, None, 100_000, "total", "成立予算額"),
        (2024, "supplementary", 50_000, "part", "補正要求額追加額"),
        (2024, "supplementary", -20_000, "part", "補正要求額修正減少額"),
        (2024, "supplementary", 30_000, "own", "第2次補正予算"),
        (2024, None, 130_000, "total", "改令和6年度予算額"),
    ]
    assert Searcher.open(tmp_path / "store").documents()[0].title == "2024年度 一般会計 補正予算（第2号）"


def test_a_provisional_budget_is_of_no_stage(tmp_path: Path) -> None:
    rows = [PROVISIONAL, ("経済産業省", "エネルギー対策", "エネルギー需給", "電池費", "補助金", "100")]
    (item,) = items_of(tmp_path, book(tmp_path, "202432001", b=rows))
    assert told(item) == [(2024, None, 100_000, "own", "暫定予算")]
    assert item.amounts[0].account == "エネ特"
    assert item.heading_path == ("歳出", "経済産業省", "エネルギー対策", "エネルギー需給", "電池費")


def test_a_settlement_is_what_was_executed(tmp_path: Path) -> None:
    rows = [SETTLED, ("経済産業省", "本省", "電池費", "補助金", "100", "20", "3", "△3", "120", "48", "60", "12")]
    (item,) = items_of(tmp_path, book(tmp_path, "202377001", b=rows))
    assert told(item) == [
        (2023, None, 100, "total", "歳出予算額"),
        (2023, "carried", 20, "own", None),
        (2023, "reserve", 3, "own", None),
        (2023, None, -3, "mention", "流用等増△減額"),
        (2023, None, 120, "total", "歳出予算現額"),
        (2023, "executed", 48, "own", None),
        (2023, "carried", 60, "total", "翌年度繰越額"),
        (2023, None, 12, "mention", "不用額"),
    ]
    searcher = Searcher.open(tmp_path / "store")
    assert [len(searcher.search(f"executed{each}").hits) for each in ("<=40%", "<40%", ">=40%")] == [1, 0, 1]


FAULTS = [
    ("202411001", [("所管", "項名"), ("省", "費")], "の表に「予算額(千円)」の列がありませんので"),
    ("202411001", [("所管", "令和6年度予算額(千円)"), ("省", "1")], "の表に「項」の列がありませんので"),
    ("202499001", [GENERAL, ("省", "", "", "費", "目", "1", "", "")], "の種別「99」は分かりませんので"),
    ("202411001", [GENERAL], "には科目がありませんので"),
]


@pytest.mark.parametrize(("number", "rows", "said"), FAULTS, ids=[said for _, _, said in FAULTS])
def test_what_is_wrong_is_one_sentence(number: str, rows: Rows, said: str, tmp_path: Path) -> None:
    path = book(tmp_path, number, b=rows)
    (fault,) = indexer.add(tmp_path / "store", [path]).faults
    assert said in fault
    assert f"{path}/DL{number}b.csv" in fault


def test_what_is_no_number_is_told(tmp_path: Path) -> None:
    rows = [GENERAL, ("省", "本省", "1", "費", "目", "1の内数", "", "")]
    items_of(tmp_path, book(tmp_path, "202411001", b=rows))
    (left,) = Searcher.open(tmp_path / "store").remainders("DL202411001")
    assert (left.written, left.reason) == ("令和6年度要求額(千円) 1の内数", "金額の列に数でない値がある")


def test_a_copy_counts_once_and_another_edition_is_refused(tmp_path: Path) -> None:
    rows = [GENERAL, ("省", "本省", "1", "費", "目", "1", "", "")]
    path = book(tmp_path, "202411001", b=rows)
    for name in ("copies", "editions"):
        (tmp_path / name).mkdir()
    copy = book(tmp_path / "copies", "202411001", b=rows)
    other = book(tmp_path / "editions", "202411001", b=[*rows, rows[1]])
    assert not indexer.add(tmp_path / "store", [path, copy]).faults
    assert len(Searcher.open(tmp_path / "store").items("DL202411001")) == 1
    (fault,) = indexer.add(tmp_path / "store", [path, other]).faults
    assert "同じ予算書の歳出の表で中身の異なるもの" in fault


def test_rows_named_as_totals_are_none_of_the_sum(tmp_path: Path) -> None:
    rows = [GENERAL, ("省", "本省", "1", "統計費", "", "5", "", ""), ("省", "", "", "", "所管合計", "5", "", "")]
    items_of(tmp_path, book(tmp_path, "202411001", b=rows))
    assert [each.yen for each in Searcher.open(tmp_path / "store").total("document:DL202411001").totals] == [5_000]
