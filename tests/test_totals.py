"""Sums hold: each programme's own amount once, never across years and stages, all else left out with its reason."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import BOUNDS, STAGES, About, Amount, Item, Place, Remainder
from index.store.writer import Paper
from search import Searcher
from search.figures import BREAKDOWNS, Total, TotalPage
from search.render import render_answer
from search.totals import Totals
from tests.made import item, paper, write

OKU = 10**8

# Worked out by hand from the papers in seeds/: years, stage, safe, naive (both in 億円), how many are counted.
SEEDS = [
    ("会計:GX 段階:要求", [((2024,), "request", "10437", "29036", 9)]),
    (
        "蓄電池",
        [
            ((2023,), "initial", "0", "42", 0),
            ((2023,), "supplementary", "2658", "5316", 1),
            ((2024,), "request", "5017", "9975", 4),
            ((2024,), "initial", "2342", "4659", 3),
            ((2024,), "supplementary", "1778", "3556", 1),
            ((), "fund", "0", "1510", 0),
        ],
    ),
    ("見出し:スタートアップ育成 段階:要求", [((2024,), "request", "133", "1263", 7)]),
    ("見出し:福島復興 段階:要求", [((2024,), "request", "975.8", "975.8", 11)]),
    ("見出し:国際秩序 段階:要求", [((2024,), "request", "307", "307", 3)]),
    ("見出し:経済安全保障の実現 段階:要求", [((2024,), "request", "52", "52", 5)]),
    ("会計:復興特 段階:要求", [((2024,), "request", "329.8", "329.8", 9)]),
    ("会計:特許特 段階:要求", [((2024,), "request", "3", "1528", 1)]),
    ("名称:サイバーセキュリティ 段階:要求", [((2024,), "request", "52", "52", 3)]),
    ("名称:サイバーセキュリティ 段階:要望", [((2024,), "priority", "11", "11", 3)]),
    ("段階:要望", [((2024,), "priority", "814.08", "4808.08", 70)]),
    ("半導体の国内生産拠点 段階:補正", [((2022,), "supplementary", "4500", "4500", 1), ((2024,), "supplementary", "4714", "4714", 1)]),
    ("内訳名:中小企業等海外展開支援事業", [((2024,), "initial", "0", "33.6", 0)]),
]  # fmt: skip


def oku(yen: int) -> str:
    whole, rest = divmod(yen, OKU)
    return f"{whole}.{rest:08}".rstrip("0").rstrip(".")


@pytest.mark.parametrize(("query", "totals"), SEEDS, ids=[query for query, _ in SEEDS])
def test_the_papers_come_to(searcher: Searcher, query: str, totals: list[tuple[object, ...]]) -> None:
    found = searcher.total(query).totals
    assert [(each.years, each.stage, oku(each.yen), oku(each.naive), len(each.counted)) for each in found] == totals


def left(totals: Sequence[Total]) -> list[tuple[str, int, str | None]]:
    """Return what is left out: why, the line it stands on, where it is counted instead."""
    found = [each for total in totals for each in total.left_out]
    return [(each.reason, each.addend.place.line, str(each.instead) if each.instead else None) for each in found]


def test_what_is_left_out_says_why_and_where_it_is_counted(searcher: Searcher) -> None:
    assert left(searcher.total("会計:GX 段階:要求").totals) == [
        ("total", 14, None),
        ("repeated", 75, "meti-request-2024:55"),
        ("repeated", 92, "meti-request-2024:56"),
        ("repeated", 127, "meti-request-2024:57"),
        ("repeated", 167, "meti-request-2024:64"),
    ]
    assert left(searcher.total("蓄電池").totals) == [
        ("previous", 94, None),
        ("previous", 95, None),
        ("again", 564, "monozukuri-2025:61"),
        ("repeated", 92, "meti-request-2024:56"),
        ("portion", 207, None),
        ("again", 564, "monozukuri-2025:61"),
        ("again", 564, "monozukuri-2025:61"),
        ("ceiling", 39, None),
    ]


def test_a_repeat_is_left_out_where_the_query_finds_it_alone(searcher: Searcher) -> None:
    (total,) = searcher.total("見出し:イノベーションの推進 見出し:スタートアップ育成 GX").totals[:1]
    assert total.yen == 0
    assert ("repeated", 167, "meti-request-2024:64") in left([total])


def test_only_certain_hits_are_counted(searcher: Searcher) -> None:
    page = searcher.total("会計:GX 段階:補正")
    assert [oku(each.yen) for each in page.totals if each.stage == "supplementary" and each.years == (2022,)] == []
    assert {each.reason for each in page.unsure} == {"possible"}
    assert {each.reason for each in searcher.total("電池").unsure} == {"related"}


def test_no_hit_says_which_condition_emptied_it(searcher: Searcher) -> None:
    page = searcher.total("存在しない言葉")
    assert page.totals == ()
    assert page.diagnosis


@pytest.mark.parametrize("by", BREAKDOWNS)
@pytest.mark.parametrize("query", ["蓄電池", "会計:GX", "段階:要求", "年度:2024 段階:補正", "中小企業 OR 半導体"])
def test_a_total_is_the_sum_of_its_breakdown(searcher: Searcher, query: str, by: str) -> None:
    for total in searcher.total(query, by=by).totals:
        assert sum(each.yen for each in total.shares) == total.yen
        assert sum(each.number for each in total.shares) == len(total.counted)
        assert total.yen == sum(each.amount.yen for each in total.counted)
        assert total.naive == total.yen + sum(each.addend.amount.yen for each in total.left_out)


def test_broken_down_by_account_and_heading(searcher: Searcher) -> None:
    (total,) = searcher.total("見出し:福島復興 段階:要求", by="account").totals
    assert [(each.name, oku(each.yen), each.number) for each in total.shares] == [
        ("エネ特", "470", 1),
        ("復興特", "329.8", 9),
        ("一般会計", "176", 1),
    ]
    (total,) = searcher.total("会計:GX 段階:要求", by="heading").totals
    assert [each.number for each in total.shares] == [9]


def test_an_unknown_breakdown_is_refused(searcher: Searcher) -> None:
    with pytest.raises(ValueError, match="by"):
        searcher.total("蓄電池", by="color")


# Papers made by hand: what is one amount, and what are two.


def amount(yen: int, written: str | None = None, **more: object) -> Amount:
    given = {"years": (2024,), "stage": "initial", **more}
    return Amount(yen * OKU, written=written or f"{yen}億円", **given)  # type: ignore[arg-type]


def asked(*papers: Paper, query: str = "事業") -> TotalPage:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "store", *papers)
        return Searcher.open(Path(folder) / "store").total(query)


def only(page: TotalPage) -> Total:
    (total,) = page.totals
    return total


ONE_OR_TWO: list[tuple[str, list[Item], str]] = [
    ("twice the same", [item("甲", "水素事業", amount(5)), item("甲", "水素事業", amount(5), line=2)], "5"),
    ("a label of the same name", [item("甲", "水素事業", amount(5)), item("甲", "別の事業", amount(5, label="水素事業"), line=2)], "5"),
    ("other width and ending", [item("甲", "ＤＸ推進事業費", amount(5)), item("甲", "DX推進事業費補助金", amount(5), line=2)], "5"),
    ("two sums of one programme", [item("甲", "水素事業", amount(5), amount(7))], "12"),
    ("two accounts", [item("甲", "水素事業", amount(5, account="エネ特"), amount(5, account="GX"))], "10"),
    ("an account that is not said again", [item("甲", "水素事業", amount(5)), item("甲", "水素事業", amount(5, account="GX"), line=2)], "5"),
    ("the same one rounded", [item("甲", "水素事業", amount(36)), item("甲", "水素事業", Amount(3_580_000_000, (2024,), "initial", written="3,580百万円"), line=2)], "35.8"),
    ("no rounding of the other", [item("甲", "水素事業", amount(36)), item("甲", "水素事業", Amount(3_500_000_000, (2024,), "initial", written="3,500百万円"), line=2)], "71"),
    ("a column each", [item("甲", "道路事業", amount(5, label="国費"), amount(5, label="県費"), kind="row")], "10"),
    ("two rounds of a supplementary budget", [item("甲", "水素事業", amount(5, "第1号補正 5億円", stage="supplementary"), amount(5, "第2号補正 5億円", stage="supplementary"))], "10"),
    ("one round said twice", [item("甲", "水素事業", amount(5, "第1号補正 5億円", stage="supplementary")), item("甲", "水素事業", amount(5, "第1号補正 5億円", stage="supplementary"), line=2)], "5"),
    ("money between accounts", [item("甲", "国民健康保険事業特別会計繰出金", amount(5)), item("甲", "水素事業", amount(2), line=2)], "2"),
    ("revenue", [item("甲", "市の事業収入", amount(5), heading_path=("歳入",)), item("甲", "市税", amount(3), line=2), item("甲", "水素事業", amount(2), line=3)], "2"),
    ("the nearest half of a budget", [item("甲", "水素事業", amount(2), heading_path=("歳入", "歳出")), item("甲", "市の事業収入", amount(5), heading_path=("歳出", "歳入", "1 諸収入"), line=2)], "2"),
    ("half a character", [item("甲", "蓄電\ud800池事業", amount(5))], "5"),
    ("a row that differs in another cell", [item("甲", "管理事業所", amount(5), kind="row", text=each, line=n) for n, each in enumerate(("総務課", "北支所"), 1)], "10"),
    ("a row of another group", [item("甲", "道路事業", amount(5), kind="row", heading_path=(each,), line=n) for n, each in enumerate(("北", "南"), 1)], "10"),
    ("a row of another table", [item("甲", "道路事業", amount(5), kind="row", text=each, line=9 * n) for n, each in enumerate(("総務課", ""), 1)], "5"),
    ("two supplementary budgets", [item("甲", "水素事業", amount(5, label="第1号補正"), amount(5, label="第2号補正"), kind="row")], "10"),
    ("two supplementary budgets in a list", [item("甲", "水素事業", amount(5, label=each), line=n) for n, each in enumerate(("第1号補正", "第2号補正"), 1)], "10"),
    ("a sum and its accounts", [item("甲", "水素事業", amount(10)), item("甲", "水素事業", amount(4, account="一般会計"), amount(6, account="エネ特"), line=2)], "10"),
    ("a sum and accounts that are another", [item("甲", "水素事業", amount(11)), item("甲", "水素事業", amount(4, account="一般会計"), amount(6, account="エネ特"), line=2)], "21"),
    ("the whole cost beside what the State pays", [item("甲", "道路事業", amount(4, label="国費")), item("甲", "道路事業", amount(10, label="事業費"), line=2)], "4"),
    ("a part that is printed on its own", [item("甲", "経常費事業", amount(10), amount(2, role="part", label="改革事業")), item("甲", "改革事業", amount(2), line=2)], "10"),
    ("a part of what goes before", [item("甲", "経常費事業", amount(10)), item("甲", "改革事業", amount(2, role="part"), line=2), item("甲", "改革事業", amount(2), line=3)], "10"),
    ("a part of another sum", [item("甲", "経常費事業", amount(10), amount(2, role="part", label="改革事業")), item("甲", "改革事業", amount(3), line=2)], "13"),
    ("prose", [item("甲", "水素事業に五億円を計上する", amount(5), kind="passage", text="水素事業に五億円を計上する"), item("甲", "水素事業", amount(2), line=2)], "2"),
]  # fmt: skip


@pytest.mark.parametrize(("items", "total"), [row[1:] for row in ONE_OR_TWO], ids=[row[0] for row in ONE_OR_TWO])
def test_one_amount_or_two(items: list[Item], total: str) -> None:
    assert oku(only(asked(paper("甲", *items))).yen) == total


def test_others_of_one_name_are_programmes_of_their_own() -> None:
    rows = [item("甲", "その他", amount(5), line=each, heading_path=(f"第{each}章",)) for each in (1, 2)]
    assert oku(only(asked(paper("甲", *rows), query="その他")).yen) == "10"


REFUSED = [
    ("each role but own", [amount(1, role=role) for role in ("previous", "part", "total")], {"previous", "part", "total"}),
    ("each bound that is open", [amount(1, bound=bound) for bound in ("portion", "ceiling")], {"portion", "ceiling"}),
    ("each mark of a repeat", [amount(1, flags=(flag,)) for flag in ("repeated", "later")], {"repeated", "later"}),
    ("a commitment", [amount(1, stage="commitment")], {"commitment"}),
]  # fmt: skip


@pytest.mark.parametrize(("amounts", "reasons"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_is_in_no_sum(amounts: list[Amount], reasons: set[str]) -> None:
    page = asked(paper("甲", item("甲", "水素事業", *amounts)))
    assert [each.yen for each in page.totals] == [0] * len(page.totals)
    assert {each.reason for total in page.totals for each in total.left_out} == reasons


def test_the_same_is_found_for_all_amounts_at_once(tmp_path: Path) -> None:
    papers = [
        paper(f"紙{n}", *(replace(each, place=replace(each.place, document=f"紙{n}")) for each in row[1]))
        for n, row in enumerate(ONE_OR_TWO)
    ]
    papers += [paper(f"額{n}", item(f"額{n}", "水素事業", *row[1])) for n, row in enumerate(REFUSED)]
    write(tmp_path / "store", *papers)
    searcher = Searcher.open(tmp_path / "store")
    records, totals = searcher._engine.records, Totals(searcher.catalog.columns, searcher.catalog)
    amounts = records.sets.numbers(records.with_amount)
    reasons = {each: totals.reason(each) for each in amounts}
    assert {None, "transfer", "revenue", "prose", "repeated", "commitment"} <= set(reasons.values())
    assert records.sets.numbers(totals.alone(records)) == [each for each in amounts if reasons[each] is None]


def published(document: str, publisher: str, date: str, *items: Item) -> Paper:
    made = paper(document, *items)
    about = About(document, f"{document}の題名", publisher, date)
    return made._replace(document=type(made.document)(about, made.document.lines))


def test_of_two_papers_that_differ_the_latest_is_believed() -> None:
    old = published("旧", "経済産業省", "2023-08-31", item("旧", "水素事業", amount(5)))
    new = published("新", "経済産業省", "2024-01-31", item("新", "水素事業", amount(7)))
    total = only(asked(old, new))
    assert (oku(total.yen), [(each.reason, str(each.instead)) for each in total.left_out]) == (
        "7",
        [("elsewhere", "新:1")],
    )


def test_programmes_of_two_cities_are_two() -> None:
    papers = [
        published(each, f"{each}市", "2024-02-01", item(each, "道路維持事業", amount(5))) for each in ("横浜", "大阪")
    ]
    assert oku(only(asked(*papers)).yen) == "10"


MINISTRIES = [
    ("two of a short name", "人材育成事業", "農林水産省", "経済産業省", (5, 5), "10"),
    ("two that differ", "人材育成事業", "農林水産省", "経済産業省", (5, 7), "12"),
    ("one of a long name", "次世代半導体製造基盤整備支援事業", "内閣府", "経済産業省", (5, 5), "5"),
    ("a joint paper", "人材育成事業", "経済産業省・農林水産省", "経済産業省", (5, 5), "5"),
    ("an agency of the other", "人材育成事業", "資源エネルギー庁", "経済産業省", (5, 7), "7"),
    ("not known", "人材育成事業", "", "経済産業省", (5, 5), "5"),
    ("two offices of one city", "道路維持事業", "堺市教育委員会", "堺市財政局", (5, 5), "5"),
    ("two boards of education", "学校給食事業", "堺市教育委員会", "岸和田市教育委員会", (5, 5), "10"),
]


@pytest.mark.parametrize("row", MINISTRIES, ids=[row[0] for row in MINISTRIES])
def test_programmes_of_those_who_have_nothing_in_common_are_two(
    row: tuple[str, str, str, str, tuple[int, int], str],
) -> None:
    _, name, one, other, sums, total = row
    papers = [
        published("旧", one, "2024-01-01", item("旧", name, amount(sums[0]))),
        published("新", other, "2024-02-01", item("新", name, amount(sums[1]))),
    ]
    assert oku(only(asked(*papers)).yen) == total


def test_about_is_counted_and_said() -> None:
    total = only(asked(paper("甲", item("甲", "水素事業", amount(5, bound="about")))))
    assert (total.yen, total.about) == (5 * OKU, True)


# Laws.

AMOUNTS = st.builds(
    Amount,
    st.sampled_from([1, 2, 3]).map(lambda each: each * OKU),
    st.sampled_from([(2023,), (2024,), ()]),
    st.sampled_from([None, *STAGES]),
    st.sampled_from([*BOUNDS]),
    st.sampled_from(["own", "own", "own", "previous", "part", "total"]),
    st.sampled_from([None, None, "GX", "エネ特"]),
    st.sampled_from([None, None, "水素事業", "半導体事業"]),
    st.sampled_from([(), (), ("repeated",), ("new",)]),
    written=st.sampled_from(["1億円", "1.0億円", ""]),
)
NAMES = st.sampled_from(["水素事業", "蓄電池事業費補助金", "蓄電池事業", "その他"])
ROWS = st.lists(st.tuples(NAMES, st.lists(AMOUNTS, max_size=3), st.sampled_from(["item", "row"])), max_size=6)


def made(document: str, rows: Sequence[tuple[str, list[Amount], str]]) -> Paper:
    items = [item(document, name, *amounts, line=n, kind=kind) for n, (name, amounts, kind) in enumerate(rows, 1)]
    return paper(document, *items)


def safe(page: TotalPage) -> dict[tuple[object, object], int]:
    return {(each.years, each.stage): each.yen for each in page.totals if each.counted}


@settings(max_examples=25)
@given(ROWS, st.data())
def test_a_line_that_is_repeated_changes_no_safe_total(
    rows: list[tuple[str, list[Amount], str]], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(rows), max_size=3) if rows else st.just([]))
    query = "有:金額"
    assert safe(asked(made("甲", rows), query=query)) == safe(asked(made("甲", [*rows, *again]), query=query))


def test_an_amount_is_no_part_of_its_own_repeat() -> None:
    row = ("水素事業", [amount(1), amount(1), amount(1, role="part")], "item")
    assert safe(asked(made("甲", [row, row]))) == safe(asked(made("甲", [row]))) != {}


@settings(max_examples=25)
@given(ROWS, ROWS)
def test_two_papers_come_to_no_more_than_the_sum_of_both(
    one: list[tuple[str, list[Amount], str]], other: list[tuple[str, list[Amount], str]]
) -> None:
    query = "有:金額"
    alone = [safe(asked(made(name, rows), query=query)) for name, rows in (("甲", one), ("乙", other))]
    for key, yen in safe(asked(made("甲", one), made("乙", other), query=query)).items():
        assert max(each.get(key, 0) for each in alone) >= 0
        assert yen <= sum(each.get(key, 0) for each in alone)


# What is said beside the sums.


def test_says_where_papers_differ_what_repeats_nothing_and_what_was_not_read() -> None:
    old = published("旧", "経済産業省", "2023-08-31", item("旧", "水素事業", amount(5)))
    lost = item("新", "電池事業", amount(3, flags=("repeated",)), line=2)
    new = published("新", "経済産業省", "2024-01-31", item("新", "水素事業", amount(7)), lost)
    new = new._replace(remainders=[Remainder(Place("新", each, each), "9億", "読めない") for each in (3, 4)])
    page = asked(old, new)
    assert page.unread == (("新", 2),)
    shown = render_answer(page, "table", width=120, full=True)
    for said in (
        "文書により額が違う事業 1件",
        "再掲・後掲 1件は、元の記載が該当になし",
        "新 2件",
        "（元の記載が該当になし）",
    ):
        assert said in shown
