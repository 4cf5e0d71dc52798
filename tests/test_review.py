"""行政事業レビュー: tables as they are downloaded, into a paper a year; from request to execution."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index import indexer
from index.document import Amount, Item
from search import Searcher
from search.figures import Outcome, Point

Table = Sequence[Mapping[str, str]]

OUTLINE = "1-2_RS_{}_基本情報_事業概要等"
BUDGET = "2-1_RS_{}_予算・執行_サマリ"
MILLION = 10**6


def programme(id_: str, name: str, year: int = 2024, /, **more: str) -> dict[str, str]:
    """Return what every table says of a programme."""
    common = {"シート種別": "事業", "事業年度": str(year), "予算事業ID": id_, "事業名": name, "府省庁の建制順": "12"}
    return (
        common | {"政策所管府省庁": "経済産業省", "府省庁": "経済産業省", "局・庁": "製造産業局", "課": "電池課"} | more
    )


def money(id_: str, name: str, budget_year: int, year: int = 2024, /, **cells: str) -> dict[str, str]:
    return programme(id_, name, year) | {"予算年度": str(budget_year)} | cells


def text_of(rows: Table, heads: Sequence[str] = ()) -> str:
    """Return rows as CSV, with the heads of all of them and `heads`."""
    known = dict.fromkeys((*heads, *(head for row in rows for head in row)))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(known), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def zipped(folder: Path, name: str, rows: Table, encoding: str = "utf-8-sig", **others: str) -> Path:
    """Write a table as it is downloaded: one CSV in a ZIP, and what else may be in it."""
    needed = ("予算年度", "当初予算（合計）", "執行額（合計）") if name.startswith("2-1") else ("事業の概要",)
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.csv", text_of(rows, needed).encode(encoding))
        for member, text in others.items():
            archive.writestr(member, text)
    return path


def items_of(tmp_path: Path, *paths: Path, document: str = "review-2024") -> list[Item]:
    report = indexer.add(tmp_path / "store", list(paths))
    assert not report.faults
    return Searcher.open(tmp_path / "store").items(document)


def told(amounts: Sequence[Amount]) -> list[tuple[object, ...]]:
    return [(each.years[0], each.stage, each.yen, each.role, each.account, each.label) for each in amounts]


WHOLE = {
    "当初予算（合計）": "1000000000",
    "補正予算（合計）": "500000000",
    "前年度からの繰越し（合計）": "200000000",
    "予備費等（合計）": "0",
    "計（歳出予算現額合計）": "1700000000",
    "執行額（合計）": "900000000",
    "執行率": "0.529",
    "翌年度への繰越し(合計）": "300000000",
    "翌年度要求額（合計）": "1200000000.0",
}
SINGLE = {
    "会計区分": "特別会計",
    "会計": "エネルギー対策特別会計",
    "当初予算": "1000000000",
    "第1次補正予算": "300,000,000",
    "第2次補正予算": "200000000",
    "前年度から繰越し": "200000000",
    "執行額": "900000000",
    "要望額": "50000000",
}

ONE_ACCOUNT = [
    (2023, "initial", 1000, "own", "エネ特", None),
    (2023, "supplementary", 500, "total", "エネ特", None),
    (2023, "supplementary", 300, "own", "エネ特", "第1次補正予算"),
    (2023, "supplementary", 200, "own", "エネ特", "第2次補正予算"),
    (2023, "carried", 200, "own", "エネ特", None),
    (2023, "reserve", 0, "own", "エネ特", None),
    (2023, None, 1700, "total", "エネ特", "歳出予算現額"),
    (2023, "executed", 900, "own", "エネ特", None),
    (2023, "carried", 300, "total", "エネ特", "翌年度への繰越し"),
    (2024, "request", 1200, "own", "エネ特", None),
    (2024, "priority", 50, "own", "エネ特", None),
]


def millions(rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(year, stage, yen // MILLION, *rest) for year, stage, yen, *rest in rows if isinstance(yen, int)]


def test_a_programme_is_an_item_with_its_money(tmp_path: Path) -> None:
    rows = [money("000123", "蓄電池支援事業", 2023, **WHOLE), money("000123", "蓄電池支援事業", 2023, **SINGLE)]
    texts = {"事業の目的": "目的を\n果たす。", "現状・課題": "足りない。", "事業の概要": "補助する。"}
    outline = [programme("000123", "蓄電池支援事業", **texts)]
    (item,) = items_of(
        tmp_path, zipped(tmp_path, BUDGET.format(2024), rows), zipped(tmp_path, OUTLINE.format(2024), outline)
    )
    assert (item.number, item.name, item.kind) == ("000123", "蓄電池支援事業", "programme")
    assert item.heading_path == ("経済産業省", "製造産業局", "電池課")
    assert item.text == "目的を果たす。 足りない。 補助する。"
    assert millions(told(item.amounts)) == ONE_ACCOUNT
    assert item.amounts[9].written == "翌年度要求額(合計) 1200000000.0円"
    lines = [text for _, text in Searcher.open(tmp_path / "store").lines(item)]
    assert lines[0].startswith("■ │ 予算事業ID：000123 │ 事業名：蓄電池支援事業")
    assert lines[2].startswith("2-1 │ 予算年度：2023 │ 当初予算(合計)：1000000000 │ 執行額(合計)：900000000")


LACKING = [
    (BUDGET, "1-2", "1-2（基本情報_事業概要等）の表がないため事業の目的と概要がありません"),
    (OUTLINE, "2-1", "2-1（予算・執行_サマリ）の表がないため金額がありません"),
]


@pytest.mark.parametrize(("name", "lacks", "said"), LACKING, ids=[lacks for _, lacks, _ in LACKING])
def test_a_table_that_was_not_given_is_asked_for(name: str, lacks: str, said: str, tmp_path: Path) -> None:
    row = money("1", "蓄電池", 2023, **WHOLE) if name == BUDGET else programme("1", "蓄電池", 事業の概要="補助する。")
    report = indexer.add(tmp_path / "store", [zipped(tmp_path, name.format(2024), [row])])
    assert [each.lacks for each in report.entries] == [(f"{said}ので、{lacks}_RS_2024_….zip も一緒に加えてください",)]
    assert [each.reason for each in Searcher.open(tmp_path / "store").remainders("review-2024")] == list(
        report.entries[0].lacks
    )


def test_accounts_are_parts_where_there_are_several(tmp_path: Path) -> None:
    accounts = [
        {"会計区分": "一般会計", "当初予算": "600", "第1次補正予算": "10"},
        {"会計区分": "特別会計", "会計": "エネルギー対策", "勘定": "需給", "当初予算": "400", "第1次補正予算": "20"},
    ]
    whole = {"当初予算（合計）": "1000", "補正予算（合計）": "30"}
    rows = [money("1", "電池", 2024, **each) for each in (whole, *accounts)]
    (item,) = items_of(tmp_path, zipped(tmp_path, BUDGET.format(2024), rows))
    assert told(item.amounts) == [
        (2024, "initial", 1000, "own", None, None),
        (2024, "supplementary", 30, "total", None, None),
        (2024, "supplementary", 30, "own", None, "第1次補正予算"),
        (2024, "initial", 600, "part", "一般会計", None),
        (2024, "initial", 400, "part", "エネ特", "需給"),
        (2024, "supplementary", 10, "part", "一般会計", "第1次補正予算"),
        (2024, "supplementary", 20, "part", "エネ特", "第1次補正予算"),
    ]
    (total,) = (
        each for each in Searcher.open(tmp_path / "store").total("電池").totals if each.stage == "supplementary"
    )
    assert total.yen == 30


AMOUNTS: list[tuple[str, list[dict[str, str]], list[tuple[object, ...]]]] = [
    ("empty is no amount, 0 is 0", [{"当初予算（合計）": "0"}], [(2024, "initial", 0, "own", None, None)]),
    ("a dash is no amount", [{"当初予算（合計）": "－"}], []),
    ("minus", [{"補正予算（合計）": "△5"}], [(2024, "supplementary", -5, "own", None, None)]),
    ("the account of the only row", [{"会計区分": "一般会計", "当初予算（合計）": "7"}], [(2024, "initial", 7, "own", "一般会計", None)]),
    (
        "no row of the programme",
        [{"会計区分": "一般会計", "当初予算": "6"}, {"会計": "特許特別会計", "当初予算": "4"}],
        [(2024, "initial", 6, "own", "一般会計", None), (2024, "initial", 4, "own", "特許特", None)],
    ),
    (
        "supplementary budgets that do not make up their sum are parts",
        [{"補正予算（合計）": "30"}, {"会計区分": "一般会計", "第1次補正予算": "10"}],
        [
            (2024, "supplementary", 30, "own", "一般会計", None),
            (2024, "supplementary", 10, "part", "一般会計", "第1次補正予算"),
        ],
    ),
    (
        "reserve taken apart",
        [{"予備費等（合計）": "3"}, {"会計区分": "一般会計", "予備費等1": "1", "予備費等2": "2", "予備費等3": "0"}],
        [
            (2024, "reserve", 3, "own", "一般会計", None),
            (2024, "reserve", 1, "part", "一般会計", "予備費等1"),
            (2024, "reserve", 2, "part", "一般会計", "予備費等2"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in AMOUNTS], ids=[each[0] for each in AMOUNTS])
def test_money(rows: list[dict[str, str]], expected: list[tuple[object, ...]], tmp_path: Path) -> None:
    made = [money("1", "電池", 2024, **each) for each in rows]
    (item,) = items_of(tmp_path, zipped(tmp_path, BUDGET.format(2024), made))
    assert told(item.amounts) == expected


def test_what_is_no_number_is_told(tmp_path: Path) -> None:
    rows = [
        money("1", "電池", 2024, **{"当初予算（合計）": "100の内数", "執行額（合計）": "9" * 20}),
        money("1", "電池", 2023, **{"当初予算（合計）": "1"}),
        money("1", "電池", 2023, **{"当初予算（合計）": "2"}),
        money("2", "水素", 2023) | {"予算年度": "不明", "当初予算（合計）": "2"},
        money("2", "燃料", 2023, **{"当初予算（合計）": "2"}),
    ]
    items_of(tmp_path, zipped(tmp_path, BUDGET.format(2024), rows))
    _, *left = Searcher.open(tmp_path / "store").remainders("review-2024")
    assert [(each.written, each.reason) for each in left] == [
        ("2023年度 当初予算(合計) 2", "同じ予算年度の合計が二度あり、額が異なる"),
        ("2024年度 当初予算(合計) 100の内数", "金額の列に数でない値がある"),
        (f"2024年度 執行額(合計) {'9' * 20}", "金額の列に数でない値がある"),
        ("予算年度 不明", "予算年度が分からない"),
        ("予算事業ID 2", "同じ予算事業IDが二つの事業に付いている"),
        ("予算事業ID 2", "同じ予算事業IDが二つの事業に付いている"),
    ]


def test_items_of_the_budget_are_parts_and_payees_are_text(tmp_path: Path) -> None:
    kinds = {"会計区分": "一般会計", "項": "電池費", "目": "補助金", "予算額（歳出予算項目ごと）": "70"}
    rows = [money("1", "電池", 2024, 予算種別="第1次補正予算", **kinds)]
    related = [programme("1", "電池", 関連事業の事業ID="9", 関連事業の事業名="蓄電所", 関連性="補う")]
    paid = [programme("1", "電池", 支出先名="株式会社甲", 支出額="12345678901")]
    paths = [
        zipped(tmp_path, name, each)
        for name, each in (("2-2_RS_2024_項目", rows), ("1-5_RS_2024_関連", related), ("5-1_RS_2024_支出", paid))
    ]
    (item,) = items_of(tmp_path, *paths)
    assert told(item.amounts) == [(2024, "supplementary", 70, "part", "一般会計", "電池費 補助金")]
    assert item.text == "蓄電所 補う 株式会社甲"


ENCODINGS = ["utf-8", "utf-8-sig", "cp932"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_reads_every_encoding_and_leaves_other_files_alone(encoding: str, tmp_path: Path) -> None:
    rows = [money("1", "蓄電池の髙度化支援事業①", 2024, **{"当初予算（合計）": "100"})]
    path = zipped(tmp_path, BUDGET.format(2024), rows, encoding, **{"readme.txt": "読み方の説明\n"})
    report = indexer.add(tmp_path / "store", [path])
    assert [each.about.id for each in report.entries] == ["readme", "review-2024"]
    assert Searcher.open(tmp_path / "store").items("review-2024")[0].name == "蓄電池の髙度化支援事業①"


FAULTS = [
    ("予算事業ID,事業名\n1,電池\n", "の表に「予算年度」の列がありませんので、ダウンロードしたままの"),
    ("予算年度,当初予算（合計）\n2024,1\n", "の表に「予算事業ID」の列がありませんので、ダウンロードしたままの"),
    ("予算事業ID,事業名,予算年度,当初予算（合計）,執行額（合計）\n", "には事業がありませんので"),
    ("\n\n", "には表がありませんので"),
    ('予算事業ID,事業名,予算年度,当初予算（合計）,執行額（合計）\n1,電池,2024,"1\n' + "2\n" * 600, "の2行目から引用符"),
    ("予算事業ID,事業名,予算年度,当初予算（合計）,執行額（合計）\n1,電池,2024,1,1,1\n", "の2行目の値が列の数より多い"),
    (
        f"予算事業ID,事業名,予算年度,当初予算（合計）,執行額（合計）\n1,{'長' * 120_000},2024,1,1\n",
        "の2行目の値が長すぎます",
    ),
]


@pytest.mark.parametrize(("text", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_what_is_wrong_is_one_sentence(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / f"{BUDGET.format(2024)}.csv"
    path.write_text(text, encoding="utf-8")
    (fault,) = indexer.add(tmp_path / "store", [path]).faults
    assert said in fault
    assert str(path) in fault
    assert fault.isprintable()


def test_a_store_built_anew_is_the_same(tmp_path: Path) -> None:
    rows = [money("1", "電池", 2023, **WHOLE), money("1", "電池", 2023, **SINGLE)]
    before = items_of(tmp_path, zipped(tmp_path, BUDGET.format(2024), rows))
    indexer.build(tmp_path / "store")
    assert Searcher.open(tmp_path / "store").items("review-2024") == before


def test_the_rate_of_execution_is_asked_for(tmp_path: Path) -> None:
    rows = [
        money("1", "半ば", 2023, **{"計（歳出予算現額合計）": "200", "執行額（合計）": "100"}),
        money("2", "少し", 2023, **{"計（歳出予算現額合計）": "200", "執行額（合計）": "99"}),
        money("3", "皆無", 2023, **{"計（歳出予算現額合計）": "0", "執行額（合計）": "0"}),
        money("4", "不明", 2023, **{"計（歳出予算現額合計）": "200"}),
    ]
    items_of(tmp_path, zipped(tmp_path, BUDGET.format(2024), rows))
    searcher = Searcher.open(tmp_path / "store")
    found = {
        query: [hit.item.name for hit in searcher.search(query).hits]
        for query in (
            "executed<50%",
            "執行率<=5割",
            "執行率:49.5%..49.5%",
            "執行率!=50%",
            "has:執行率",
            "-has:executed",
        )
    }
    assert found == {
        "executed<50%": ["少し"],
        "執行率<=5割": ["半ば", "少し"],
        "執行率:49.5%..49.5%": ["少し"],
        "執行率!=50%": ["少し"],
        "has:執行率": ["半ば", "少し"],
        "-has:executed": ["半ば", "少し", "皆無", "不明"],
    }


# -- from request to execution


def two_years(tmp_path: Path, first: str, second: str, other: tuple[str, str] | None = None) -> Searcher:
    """Return a store of the sheets of 2023 and 2025 that tell of one programme under two names."""
    early = [money("7", first, 2023, 2023, **{"当初予算（合計）": "800", "翌年度要求額（合計）": "1000"})]
    late = [
        money("7", second, 2023, 2025, **{"補正予算（合計）": "100"}),
        money(
            "7",
            second,
            2024,
            2025,
            **{"当初予算（合計）": "850", "計（歳出予算現額合計）": "1000", "執行額（合計）": "900"},
        ),
    ]
    late += [money(*other, 2024, 2025, **{"当初予算（合計）": "5"})] if other else []
    paths = [zipped(tmp_path, BUDGET.format(2023), early), zipped(tmp_path, BUDGET.format(2025), late)]
    assert not indexer.add(tmp_path / "store", paths).faults
    return Searcher.open(tmp_path / "store")


def test_an_id_joins_two_names(tmp_path: Path) -> None:
    searcher = two_years(tmp_path, "蓄電池支援", "次世代電池産業基盤の確立")
    for asked in ("蓄電池支援", "次世代電池産業基盤の確立"):
        page = searcher.history(asked)
        assert set(page.names) == {"蓄電池支援", "次世代電池産業基盤の確立"}
        assert page.points == (
            Point((2023,), "initial", 800),
            Point((2023,), "supplementary", 100),
            Point((2024,), "request", 1000),
            Point((2024,), "initial", 850),
            Point((2024,), "executed", 900),
            Point((2024,), None, None),
        )
        assert page.outcomes == (Outcome(2024, 1000, (page.points[1], page.points[3]), executed=900, available=1000),)
        assert page.outcomes[0].rate == 0.9


def test_one_name_with_two_ids_is_two_programmes(tmp_path: Path) -> None:
    searcher = two_years(tmp_path, "蓄電池支援", "電池産業", ("8", "電池産業"))
    page = searcher.history("蓄電池支援")
    assert Point((2024,), "initial", 850) in page.points
    (alone,) = [each for each in searcher.items("review-2025") if each.number == "8"]
    assert searcher.history(str(alone.place)).points == (Point((2024,), "initial", 5),)
    with pytest.raises(Exception, match="当たる事業が2件"):
        searcher.history("電池産業")


def test_sheets_of_older_years_are_joined_by_name(tmp_path: Path) -> None:
    sheet = {
        "公開年度": 2018,
        "事業名": "電池産業",
        "府省庁": "経済産業省",
        "事業番号": "0123",
        "会計区分": ["一般会計"],
        "事業目的": "電池を作る。",
        "予算": [
            {"年度": 2017, "当初予算": 1200.5, "予算計": 1200.5, "執行額": 600.25},
            {"年度": 2019, "要求額": 1300.0, "執行額": None},
        ],
    }
    path = tmp_path / "judgit.json"
    path.write_text(json.dumps([sheet], ensure_ascii=False), encoding="utf-8")
    (item,) = items_of(tmp_path, path, document="review-sheets-2018")
    assert (item.number, item.kind, item.text, item.heading_path) == ("0123", "row", "電池を作る。", ("経済産業省",))
    assert told(item.amounts) == [
        (2017, "initial", 1_200_500_000, "own", "一般会計", None),
        (2017, None, 1_200_500_000, "total", "一般会計", "歳出予算現額"),
        (2017, "executed", 600_250_000, "own", "一般会計", None),
        (2019, "request", 1_300_000_000, "own", "一般会計", None),
    ]
    assert item.amounts[0].written == "当初予算(合計) 1200.5百万円"
