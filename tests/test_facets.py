"""Facets are what their conditions find: as many hits, and the same safe sums."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Amount
from search import Searcher
from search.facets import BANDS
from search.figures import Bucket, Facet, FacetPage
from tests.made import item, paper, write

OKU = 10**8
NAMES = ["document", "year", "stage", "account", "heading", "bound", "flags", "band"]
QUERIES = [
    "蓄電池",
    "事業 1000億以上",
    "半導体 amount>100億",
    "段階:補正 OR 段階:基金",
    "-支援 金額:10億..100億",
    "中小企業 change>0",
    "確度:内数",
    "role:previous 補助金",
    '"電池"',
    "会計:GX 水素 OR 原子力",
    "heading:福島",
    "支援",
]


def of(page: FacetPage, name: str) -> Facet:
    return next(each for each in page.facets if each.name == name)


def buckets(page: FacetPage) -> Iterator[tuple[str, Bucket]]:
    for facet in page.facets:
        for each in facet.buckets:
            yield facet.name, each
            yield from ((facet.name, below) for below in each.within)


def counts(facet: Facet) -> dict[str, int]:
    return {each.label: each.hits for each in facet.buckets}


# -- laws


@pytest.mark.parametrize("query", QUERIES)
def test_a_condition_finds_what_its_bucket_counts(searcher: Searcher, query: str) -> None:
    page = searcher.facets(query)
    assert page.hits == searcher.search(query, limit=1).found
    for name, each in buckets(page):
        assert each.hits > 0
        if each.query is not None:
            assert searcher.search(f"({query}) {each.query}", limit=1).found == each.hits, (name, each.label)


@pytest.mark.parametrize("query", QUERIES)
def test_sums_are_the_totals_of_the_condition(searcher: Searcher, query: str) -> None:
    for _, each in buckets(searcher.facets(query)):
        if each.query is not None:
            totals = searcher.total(f"({query}) {each.query}").totals
            safe = {(total.years, total.stage): total.yen for total in totals if total.counted}
            assert {(point.years, point.stage): point.yen for point in each.sums} == safe


@pytest.mark.parametrize("query", QUERIES)
def test_documents_and_headings_cover_all_hits(searcher: Searcher, query: str) -> None:
    page = searcher.facets(query)
    document, heading = of(page, "document"), of(page, "heading")
    assert sum(counts(document).values()) + document.without == page.hits
    assert sum(counts(heading).values()) + heading.without >= page.hits
    for each in page.facets:
        assert 0 <= each.without <= page.hits
        assert sum(counts(each).values()) + each.without >= page.hits


@pytest.mark.parametrize("query", QUERIES)
def test_order(searcher: Searcher, query: str) -> None:
    page = searcher.facets(query)
    assert [each.name for each in page.facets] == NAMES
    assert list(counts(of(page, "year"))) == sorted(counts(of(page, "year")))
    assert list(counts(of(page, "band"))) == [each for each in reversed(BANDS) if each in counts(of(page, "band"))]
    for name in ("document", "stage", "account", "heading", "bound"):
        hits = [each.hits for each in of(page, name).buckets]
        assert hits == sorted(hits, reverse=True)


# -- the papers in seeds/


def test_the_battery_facets(searcher: Searcher) -> None:
    page = searcher.facets("蓄電池 document:monozukuri-2025")
    assert counts(of(page, "document")) == {"monozukuri-2025": page.hits}
    (bucket,) = of(page, "document").buckets
    assert bucket.query == "document:monozukuri-2025"
    assert {(each.years, each.stage): each.yen for each in bucket.sums} == {
        ((2023,), "supplementary"): 2658 * OKU,
        ((2024,), "initial"): 2342 * OKU,
        ((2024,), "supplementary"): 1778 * OKU,
    }
    assert of(page, "heading").buckets[0].within


def test_no_hits_say_why(searcher: Searcher) -> None:
    page = searcher.facets("漫画家")
    assert (page.hits, page.facets) == (0, ())
    assert page.diagnosis == searcher.search("漫画家").diagnosis


def test_matches_any_word(searcher: Searcher) -> None:
    assert searcher.facets("蓄電池 半導体", match="any").hits == searcher.search("蓄電池 OR 半導体", limit=1).found
    with pytest.raises(ValueError, match="match"):
        searcher.facets("蓄電池", match="most")


# -- papers made by hand

AMOUNTS = st.builds(
    Amount,
    yen=st.sampled_from([0, -5 * OKU, OKU // 2, OKU, 10 * OKU, 999 * OKU, 1000 * OKU, 9999 * OKU, 10**12, 3 * 10**12]),
    years=st.sampled_from([(), (2023,), (2024,), (2023, 2024)]),
    stage=st.sampled_from([None, "request", "initial", "commitment", "fund"]),
    bound=st.sampled_from(["exact", "about", "ceiling", "portion"]),
    role=st.sampled_from(["own", "own", "previous", "part", "total"]),
    account=st.sampled_from([None, "GX", "一部GX", "エネ特", "○○ 特別会計"]),
    label=st.sampled_from([None, "蓄電池の内訳", "別の内訳"]),
    flags=st.sampled_from([(), ("new",), ("repeated",), ("later",), ("reference",)]),
    written=st.just("金額"),
)
HEADINGS = st.sampled_from(
    [(), ("第1章",), ("第1章", "第1節"), ("第1章", "第1節 電池"), ("第1章の2",), ('"引用"章', "節"), ("第 1 章",)]
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["蓄電池事業", "水素事業", "電池費"]), HEADINGS, st.lists(AMOUNTS, max_size=3)),
        max_size=8,
    ),
    st.sampled_from(["電池", "事業", "蓄電池 金額>0", "水素 OR 蓄電池", "-水素", "段階:当初", "役割:前年度"]),
)
def test_any_paper(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, tuple[str, ...], list[Amount]]], query: str
) -> None:
    store: Path = tmp_path_factory.mktemp("made") / "store"
    halves = (made[: len(made) // 2], made[len(made) // 2 :])
    write(
        store,
        *(
            paper(
                name,
                *(
                    item(name, each, *amounts, heading_path=path, line=n)
                    for n, (each, path, amounts) in enumerate(some, 1)
                ),
            )
            for name, some in zip(("文書 壱", "文書弐*"), halves, strict=True)
        ),
    )
    searcher = Searcher.open(store)
    page = searcher.facets(query)
    assert page.hits == searcher.search(query, limit=1).found
    for name, each in buckets(page):
        if each.query is not None:
            assert searcher.search(f"({query}) {each.query}", limit=1).found == each.hits, (
                name,
                each.label,
                each.query,
            )
    if page.hits:
        assert sum(counts(of(page, "document")).values()) == page.hits


def test_a_condition_means_what_its_value_says(searcher: Searcher) -> None:
    facets = searcher._reckoning._facets
    values = [each for some in facets._values.values() for each in some if facets._can_be_asked(each)]
    assert {each.query: searcher._planned(each.query) for each in values} == {each.query: each.plan for each in values}
    for query, money in BANDS.values():
        assert searcher._planned(query) == money
