"""Comparisons of papers, fiscal years and stages: sums are safe ones, and never added across stages."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import About, Amount, Item
from index.store.writer import Paper
from search import Searcher
from search.errors import QueryError
from search.figures import ComparePage, Section
from tests.made import item, paper, sentence, write

OKU = 10**8

# Worked out by hand from the papers in seeds/: a programme, before, after (in 億円), its kind.
SEEDS = [
    (
        "2023補正 2024補正 蓄電池",
        [("蓄電池の製造サプライチェーン強靱化支援事業", 2658, 1778, "shrank")],
    ),
    (
        "2024要求 2024当初 蓄電池",
        [
            ("蓄電池の製造サプライチェーン強靱化支援事業", 4958, 2300, "shrank"),
            ("電気自動車用革新型蓄電池開発事業", None, 24, "new"),
            ("電気自動車用革新型蓄電池技術開発", 24, None, "gone"),
            ("次世代全固体蓄電池材料の評価・基盤技術の開発事業", 18, 18, "equal"),
            ("蓄電池等の製品の持続可能性向上に向けた基盤整備・実証事業", 17, None, "open"),
        ],
    ),
    (
        "meti-request-2024 蓄電池",
        [
            ("蓄電池の製造サプライチェーン強靱化支援事業", None, 4958, "new"),
            ("蓄電池等の製品の持続可能性向上に向けた基盤整備・実証事業", None, 17, "new"),
            ("電気自動車用革新型蓄電池技術開発", 24, 24, "equal"),
            ("次世代全固体蓄電池材料の評価・基盤技術の開発事業", 18, 18, "equal"),
        ],
    ),
    (
        "meti-request-2024 サイバーセキュリティ",
        [
            ("産業サイバーセキュリティ強靱化事業", 24, 28, "grew"),
            ("サイバーセキュリティ経済基盤構築事業", 20, 22, "grew"),
            ("サプライチェーン・中小企業サイバーセキュリティ対策促進事業", None, 2, "new"),
        ],
    ),
]  # fmt: skip


def pairs(section: Section) -> list[tuple[str, float | None, float | None, str]]:
    def oku(yen: int | None) -> float | None:
        return None if yen is None else yen / OKU

    return [(pair.name, oku(pair.before), oku(pair.after), pair.kind) for pair in section.pairs]


@pytest.mark.parametrize(("words", "expected"), SEEDS, ids=[words for words, _ in SEEDS])
def test_the_papers_compare(searcher: Searcher, words: str, expected: list[object]) -> None:
    (section,) = searcher.compare(words.split()).sections
    assert pairs(section) == expected


EVERY = [
    "meti-request-2024 monozukuri-2025",
    "monozukuri-2025 meti-request-2024",
    "meti-request-2024",
    "meti-request-2024 2024当初",
    "2023 2024",
    "要求 当初",
    "補正 当初 支援",
    "2022補正 2024補正",
]


@pytest.mark.parametrize("words", EVERY)
def test_sums_are_those_of_the_pairs(searcher: Searcher, words: str) -> None:
    page = searcher.compare(words.split())
    assert page.sections
    for section in page.sections:
        assert section.before.yen == sum(pair.before or 0 for pair in section.pairs)
        assert section.after.yen == sum(pair.after or 0 for pair in section.pairs)


SAFE = [("2023補正 2024補正", "段階:補正"), ("要求 当初", "年度:2024"), ("2023 2024 宇宙", "宇宙")]


@pytest.mark.parametrize(("words", "query"), SAFE, ids=[words for words, _ in SAFE])
def test_sums_are_totals(searcher: Searcher, words: str, query: str) -> None:
    totals = {(each.years, each.stage): each.yen for each in searcher.total(query).totals}
    for section in searcher.compare(words.split()).sections:
        for side in (section.before, section.after):
            assert side.yen == totals[side.years, side.stage]


@pytest.mark.parametrize("side", ["meti-request-2024", "monozukuri-2025", "2024", "補正", "2024要求"])
def test_a_side_and_itself_are_equal(searcher: Searcher, side: str) -> None:
    kinds = {pair.kind for section in searcher.compare([side, side]).sections for pair in section.pairs}
    assert kinds <= {"equal", "open"}
    assert "equal" in kinds


def test_a_paper_is_of_its_own_year_and_stage(searcher: Searcher) -> None:
    (section,) = searcher.compare(["meti-request-2024", "monozukuri-2025"]).sections
    assert (section.before.label, section.after.label) == (
        "meti-request-2024 2024年度 概算要求",
        "monozukuri-2025 2024年度 当初",
    )


def test_stages_are_not_added_to_each_other(searcher: Searcher) -> None:
    page = searcher.compare(["2023", "2024", "蓄電池"])
    assert [(each.before.label, each.after.label) for each in page.sections] == [("2023年度 補正", "2024年度 補正")]
    assert [(each.label, each.yen // OKU) for each in page.alone] == [
        ("2024年度 概算要求", 5017),
        ("2024年度 当初", 2342),
    ]


def test_the_year_before_is_of_each_stage_for_itself(searcher: Searcher) -> None:
    first, second = searcher.compare(["meti-request-2024"]).sections
    assert (first.before.years, first.before.stage) == ((2023,), "initial")
    assert (second.before.years, second.before.stage) == ((2022,), "supplementary")
    (total,) = [each for each in searcher.total("文書:meti-request-2024 段階:要求").totals if each.stage == "request"]
    assert first.after.yen + second.after.yen == total.yen


def test_what_totals_leave_out_stays_out(searcher: Searcher) -> None:
    (section,) = searcher.compare(["2024要求", "2024当初", "蓄電池"]).sections
    assert [(each.reason, str(each.addend.place)) for each in section.left_out] == [
        ("repeated", "meti-request-2024:92"),
        ("portion", "monozukuri-2025:207"),
        ("again", "monozukuri-2025:564"),
    ]


def test_what_no_side_has_is_no_section(searcher: Searcher) -> None:
    said = "「存在しない語」に該当する施策はありません。"
    assert searcher.compare(["2024要求", "2024当初", "存在しない語"]) == ComparePage("存在しない語", (), (), (said,))


WHY_NOT = {
    "2024要求 2024当初 畜電池": "「畜電池」に該当する施策はありません。もしかして: 蓄電池",
    "2024要求 2024当初 水槽": "「水槽」に該当する施策はありません。",
    "2024要求 2024当初 ものづくり白書": "「ものづくり白書」に該当する施策はありますが、「2024要求」と「2024当初」で比べられる",
    "meti-request-2024 電池": "「電池」に当たるのは可能性・関連だけで、比べるのは該当だけです。",
}


@pytest.mark.parametrize(("words", "said"), WHY_NOT.items(), ids=list(WHY_NOT))
def test_says_why_nothing_can_be_compared(searcher: Searcher, words: str, said: str) -> None:
    page = searcher.compare(words.split())
    assert page.sections == ()
    assert page.diagnosis[0].startswith(said)


FAULTS = {
    "1999 2024": "「1999」に当たる金額は索引にありません。あるのは 2024年度",
    "2024要求 2001補正": "「2001補正」に当たる金額は索引にありません。",
    "monozukuri-2025": "文書 monozukuri-2025 には前年度の額が並記されていません。",
}


@pytest.mark.parametrize(("words", "message"), FAULTS.items(), ids=list(FAULTS))
def test_says_what_is_there(searcher: Searcher, words: str, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        searcher.compare(words.split())
    assert sentence(QueryError(raised.value.message, "", 0, 0)).startswith(message)


def test_a_query_without_sense_points(searcher: Searcher) -> None:
    with pytest.raises(QueryError):
        searcher.compare(["2023補正", "2024補正", "(蓄電池"])


# -- papers made by hand


def stated(document: str, year: int | None, stage: str | None, publisher: str | None, *items: Item) -> Paper:
    made = paper(document, *items)
    about = About(document, f"{document}の題名", publisher, None, year, stage)
    return made._replace(document=type(made.document)(about, made.document.lines))


def compared(words: str, *papers: Paper) -> ComparePage:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "store", *papers)
        return Searcher.open(Path(folder) / "store").compare(words.split())


def oku(yen: int, year: int, stage: str | None, **more: object) -> Amount:
    return Amount(yen * OKU, (year,), stage, written=f"{yen}億円", **more)  # type: ignore[arg-type]


def test_a_paper_that_states_nothing_is_of_what_most_of_it_is() -> None:
    items = [item("甲", f"事業{n}号館", oku(n, 2023, "initial"), line=n) for n in (1, 2, 3)]
    items.append(item("甲", "別の話", oku(9, 2022, "supplementary"), line=4))
    other = item("乙", "事業1号館", oku(5, 2024, "initial"))
    (section,) = compared("甲 乙", paper("甲", *items), paper("乙", other)).sections
    assert (section.before.label, section.before.yen) == ("甲 2023年度 当初", 6 * OKU)
    assert pairs(section)[0] == ("事業1号館", 1, 5, "grew")


def test_a_stated_stage_that_has_no_amounts_gives_way_to_the_year() -> None:
    first = stated(
        "甲", 2023, "request", None, item("甲", "水素供給", oku(1, 2023, "initial"), oku(1, 2022, "initial"))
    )
    second = stated("乙", 2024, "initial", None, item("乙", "水素供給", oku(2, 2024, "initial")))
    (section,) = compared("甲 乙", first, second).sections
    assert (section.before.years, section.before.stage) == ((2023,), "initial")


def test_names_that_many_programmes_bear_are_paired_under_their_heading() -> None:
    papers = [
        paper(
            name,
            item(name, "その他", oku(yen, year, "initial"), heading_path=("第1章 水素",)),
            item(name, "その他", oku(yen + 1, year, "initial"), line=2, heading_path=("第2章 蓄電池",)),
        )
        for name, yen, year in (("甲", 1, 2023), ("乙", 5, 2024))
    ]
    (section,) = compared("2023 2024", *papers).sections
    assert pairs(section) == [("その他（第1章 水素）", 1, 5, "grew"), ("その他（第2章 蓄電池）", 2, 6, "grew")]


def test_programmes_of_two_cities_are_not_paired() -> None:
    papers = [
        stated(name, year, "initial", city, item(name, "道路維持事業", oku(1, year, "initial")))
        for name, city, year in (("甲", "札幌市", 2023), ("乙", "仙台市", 2024))
    ]
    (section,) = compared("甲 乙", *papers).sections
    assert [pair.kind for pair in section.pairs] == ["new", "gone"]


def test_a_programme_without_the_year_before_is_new_only_if_the_paper_says_so() -> None:
    first = item("甲", "水素供給", oku(5, 2024, "request"), oku(3, 2023, "initial", role="previous"))
    second = item("甲", "蓄電池製造", oku(6, 2024, "request", flags=("new",)), line=2)
    third = item("甲", "海洋開発", oku(7, 2024, "request"), line=3)
    before = oku(900, 2023, "initial", role="previous", bound="portion")
    fourth = item("甲", "宇宙開発", oku(8, 2024, "request"), before, line=4)
    (section,) = compared("甲", stated("甲", 2024, "request", None, first, second, third, fourth)).sections
    assert pairs(section) == [
        ("水素供給", 3, 5, "grew"),
        ("蓄電池製造", None, 6, "new"),
        ("宇宙開発", None, 8, "open"),
        ("海洋開発", None, 7, "open"),
    ]
    assert section.before.label == "甲 に並記された 2023年度 当初"


AMOUNTS = st.builds(
    oku,
    st.integers(0, 9),
    st.integers(2023, 2024),
    st.sampled_from(["request", "initial", None]),
    bound=st.sampled_from(["exact", "about", "portion", "ceiling"]),
    role=st.sampled_from(["own", "own", "part", "previous"]),
    flags=st.sampled_from([(), ("repeated",), ("new",)]),
)
ITEMS = st.lists(
    st.tuples(st.sampled_from(["水素供給", "蓄電池製造", "その他"]), st.lists(AMOUNTS, max_size=4)), max_size=5
)


@settings(max_examples=30)
@given(ITEMS, ITEMS)
def test_sides_are_totals_whatever_the_papers_say(
    first: list[tuple[str, list[Amount]]], second: list[tuple[str, list[Amount]]]
) -> None:
    papers = [
        paper(name, *(item(name, each, *amounts, line=n) for n, (each, amounts) in enumerate(items, 1)))
        for name, items in (("甲", first), ("乙", second))
    ]
    with TemporaryDirectory() as folder:
        write(Path(folder) / "store", *papers)
        searcher = Searcher.open(Path(folder) / "store")
        totals = {(each.years, each.stage): each.yen for each in searcher.total("有:金額").totals}
        try:
            page = searcher.compare(["2023", "2024"])
        except QueryError:
            assert not {(2023,), (2024,)} <= {years for years, _ in totals}
            return
    for section in page.sections:
        for side, sums in ((section.before, "before"), (section.after, "after")):
            assert side.yen == totals.get((side.years, side.stage), 0)
            assert side.yen == sum(getattr(pair, sums) or 0 for pair in section.pairs)
    for side in page.alone:
        assert side.yen == totals[side.years, side.stage]
