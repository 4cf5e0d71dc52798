"""One programme through papers and stages: its entries, its safe sums, what became of its requests."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import About, Amount, Item
from index.store.writer import Paper
from search import Searcher
from search.figures import HistoryPage, Outcome, Point
from tests.made import item, paper, write

OKU = 10**8

Row = tuple[tuple[int, ...], str | None, float, str, str | None, float | None, str, list[str]]

# Worked out by hand from the papers in seeds/.
SEEDS: list[tuple[str, list[Row]]] = [
    (
        "蓄電池の製造サプライチェーン強靱化支援事業",
        [
            ((2023,), "supplementary", 2658, "exact", None, None, "monozukuri-2025:61", ["monozukuri-2025:564"]),
            ((2024,), "request", 4958, "exact", None, None, "meti-request-2024:56", ["meti-request-2024:92"]),
            ((2024,), "initial", 2300, "exact", None, None, "monozukuri-2025:61", ["monozukuri-2025:564"]),
            ((2024,), "supplementary", 1778, "exact", None, None, "monozukuri-2025:61", ["monozukuri-2025:564"]),
        ],
    ),
    (
        "電気自動車用革新型蓄電池開発事業",
        [
            ((2023,), "initial", 24, "exact", "previous", 93.3, "meti-request-2024:94", []),
            ((2024,), "request", 24, "exact", None, 93.3, "meti-request-2024:94", []),
            ((2024,), "initial", 24, "exact", None, None, "monozukuri-2025:27", []),
        ],
    ),
    (
        "Go-Tech事業",
        [
            ((2023,), "initial", 133, "exact", "previous", 80.8, "meti-request-2024:229", []),
            ((2024,), "request", 134, "exact", None, 80.8, "meti-request-2024:229", []),
            ((2024,), "priority", 54, "exact", None, 80.8, "meti-request-2024:385", []),
            ((2024,), "initial", 128, "portion", "portion", None, "monozukuri-2025:67", ["monozukuri-2025:253"]),
        ],
    ),
    (
        "手続デジタル化",
        [
            ((2024,), "request", 15, "exact", None, None, "meti-request-2024:246", []),
            ((2024,), "priority", 5, "exact", None, 99.0, "meti-request-2024:328", []),
        ],
    ),
]


def rows(page: HistoryPage) -> list[Row]:
    found = []
    for each in page.entries:
        amount = each.addend.amount
        what = (amount.years, amount.stage, amount.yen / OKU, amount.bound, each.reason, each.score)
        found.append((*what, str(each.addend.place), [str(place) for place in each.repeats]))
    return found


@pytest.mark.parametrize(("asked", "expected"), SEEDS, ids=[asked for asked, _ in SEEDS])
def test_follows_through_the_papers(searcher: Searcher, asked: str, expected: list[Row]) -> None:
    assert rows(searcher.history(asked)) == expected


def test_what_became_of_a_request(searcher: Searcher) -> None:
    (outcome,) = searcher.history("蓄電池の製造サプライチェーン強靱化支援事業").outcomes
    assert (outcome.year, outcome.requested, outcome.yen, outcome.share) == (2024, 4958 * OKU, 4958 * OKU, 1.0)
    assert outcome.got == (
        Point((2023,), "supplementary", 2658 * OKU),
        Point((2024,), "initial", 2300 * OKU),
    )


def test_what_is_alike_is_in_no_sum(searcher: Searcher) -> None:
    page = searcher.history("電気自動車用革新型蓄電池技術開発")
    assert page.alike == (("電気自動車用革新型蓄電池開発事業", 93.3),)
    assert page.points == (Point((2023,), "initial", 24 * OKU, True), Point((2024,), "request", 24 * OKU))
    assert page.outcomes == (Outcome(2024, 24 * OKU, ()),)
    assert page.outcomes[0].share is None


def test_what_only_stands_as_a_portion_is_open(searcher: Searcher) -> None:
    page = searcher.history("中小企業基盤整備機構運営費交付金事業")
    assert page.names == ("独立行政法人中小企業基盤整備機構運営費交付金", "（独）中小企業基盤整備機構運営費交付金事業")
    assert page.outcomes == (Outcome(2024, 212 * OKU, (), (Point((2024,), "initial", None),)),)


# -- papers made by hand


def published(document: str, publisher: str | None, date: str | None, *items: Item) -> Paper:
    made = paper(document, *items)
    about = About(document, f"{document}の題名", publisher, date)
    return made._replace(document=type(made.document)(about, made.document.lines))


def history(asked: str, *papers: Paper) -> HistoryPage:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "store", *papers)
        return Searcher.open(Path(folder) / "store").history(asked)


def oku(yen: int, year: int, stage: str, **more: object) -> Amount:
    return Amount(yen * OKU, (year,), stage, written=f"{yen}億円", **more)  # type: ignore[arg-type]


def test_the_year_before_is_the_sum_where_no_paper_states_one() -> None:
    first = published("甲", None, "2023-08-31", item("甲", "水素事業", oku(10, 2024, "request")))
    amounts = oku(12, 2025, "request"), oku(8, 2024, "initial", role="previous")
    second = published("乙", None, "2024-08-31", item("乙", "水素事業", *amounts))
    page = history("水素事業", first, second)
    assert [(each.stage, each.yen, each.previous) for each in page.points] == [
        ("request", 10 * OKU, False),
        ("initial", 8 * OKU, True),
        ("request", 12 * OKU, False),
    ]
    assert [(each.year, each.yen, each.share) for each in page.outcomes] == [(2024, 8 * OKU, 0.8), (2025, 0, None)]


def test_the_draft_is_what_was_got_until_the_initial_budget_is_known() -> None:
    amounts = oku(100, 2024, "request"), oku(60, 2024, "draft"), oku(40, 2023, "supplementary")
    for more, stages in (((), ["supplementary", "draft"]), ((oku(60, 2024, "initial"),), ["supplementary", "initial"])):
        (outcome,) = history("水素事業", paper("甲", item("甲", "水素事業", *amounts, *more))).outcomes
        assert ([each.stage for each in outcome.got], outcome.share) == (stages, 1.0)


def test_what_was_got_may_be_more_where_a_portion_stands_too() -> None:
    amounts = oku(10, 2024, "request"), oku(6, 2024, "initial"), oku(900, 2024, "initial", bound="portion")
    page = history("水素事業", paper("甲", item("甲", "水素事業", *amounts)))
    (outcome,) = page.outcomes
    assert (outcome.share, outcome.open) == (0.6, (Point((2024,), "initial", None),))


def test_a_stated_sum_goes_before_what_is_printed_as_the_year_before() -> None:
    amounts = oku(12, 2025, "request"), oku(8, 2024, "initial", role="previous")
    page = history(
        "水素事業",
        paper("甲", item("甲", "水素事業", *amounts), item("甲", "水素事業", *amounts, line=2)),
        paper("乙", item("乙", "水素事業", oku(9, 2024, "initial"))),
    )
    assert page.points == (Point((2024,), "initial", 9 * OKU), Point((2025,), "request", 12 * OKU))


def test_what_no_sum_takes_is_shown_with_its_reason() -> None:
    amounts = (
        oku(5, 2024, "initial"),
        oku(900, 2024, "initial", bound="portion"),
        oku(700, 2024, "initial", bound="ceiling"),
        oku(60, 2024, "commitment", over=5),
        oku(2, 2024, "initial", role="part"),
        oku(5, 2024, "initial", flags=("repeated",)),
    )
    page = history("水素事業", paper("甲", item("甲", "水素事業", *amounts)))
    assert [(each.addend.amount.yen // OKU, each.reason, len(each.repeats)) for each in page.entries] == [
        (5, None, 1),
        (900, "portion", 0),
        (700, "ceiling", 0),
        (2, "part", 0),
        (60, "commitment", 0),
    ]
    assert page.points == (Point((2024,), "initial", 5 * OKU), Point((2024,), "commitment", None))


def test_a_programme_without_amounts_has_no_entries() -> None:
    page = history("水素減税", paper("甲", item("甲", "水素減税")))
    assert (page.name, page.entries, page.points, page.outcomes) == ("水素減税", (), (), ())


AMOUNTS = st.builds(
    oku,
    st.integers(0, 5),
    st.integers(2023, 2025),
    st.sampled_from(["request", "initial", "supplementary", "commitment"]),
    bound=st.sampled_from(["exact", "about", "portion"]),
    role=st.sampled_from(["own", "previous", "part"]),
    flags=st.sampled_from([(), ("repeated",), ("new",)]),
)
PAPERS = st.lists(st.lists(AMOUNTS, min_size=1, max_size=5), min_size=1, max_size=3)


@settings(max_examples=30)
@given(PAPERS)
def test_points_are_the_totals_and_every_amount_is_an_entry(papers: list[list[Amount]]) -> None:
    made = [paper(f"文書{n}", item(f"文書{n}", "水素供給事業", *amounts)) for n, amounts in enumerate(papers)]
    with TemporaryDirectory() as folder:
        write(Path(folder) / "store", *made)
        searcher = Searcher.open(Path(folder) / "store")
        page, totals = searcher.history("水素供給事業"), searcher.total("有:金額").totals
    safe = {(each.years, each.stage): each.yen for each in totals if each.counted}
    assert {
        (each.years, each.stage): each.yen for each in page.points if each.yen is not None and not each.previous
    } == safe
    places = [place for each in page.entries for place in (each.addend.place, *each.repeats)]
    assert {each.document for each in places} == {f"文書{n}" for n in range(len(papers))}
    assert sum(each.addend.amount.yen for each in page.entries if each.reason is None) == sum(safe.values())
