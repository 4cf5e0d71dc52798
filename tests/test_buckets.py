"""The safe sums of some of a query's records are those that a total of them gives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Amount
from search import Searcher
from search.buckets import Countable, Spread, Sums, quoted
from search.grammar import parse
from search.totals import Totals
from search.tree import Exact, Word
from tests.made import item, paper, write

QUOTED = [
    ("GX", "GX"),
    ("紙 一", '"紙 一"'),
    ("紙*", '"紙*"'),
    ("1..2", '"1..2"'),
    ('a"b', '「a"b」'),
    ("AND", '"AND"'),
]


@pytest.mark.parametrize(("value", "query"), QUOTED, ids=[value for value, _ in QUOTED])
def test_quotes(value: str, query: str) -> None:
    assert quoted(value) == query
    assert parse(query) in (Word(value), Exact(value))


@given(st.data())
def test_sums_are_those_of_a_total(searcher: Searcher, data: st.DataObject) -> None:
    catalog = searcher.catalog
    every = range(len(catalog.record_item))
    certain = data.draw(st.lists(st.sampled_from(every), unique=True, max_size=200).map(sorted))
    some = sorted(data.draw(st.sets(st.sampled_from(certain)))) if certain else []
    totals = Totals(catalog.columns, catalog)
    expected = [(each.years, each.stage, totals.yen(each.counted)) for each in totals.tallies(some) if each.counted]
    countable = Countable(catalog, searcher._engine.records, totals)
    sets = searcher._engine.records.sets
    sums = Sums(countable, sets.of(certain))
    among = Spread([record // 2 * 2 + (record in some) for record in every], countable)
    for found in (
        sums.within(sets.of(some)).whole,
        sums.by(Spread([record in some for record in every], countable)).get(True, {}),
        sums.by(among, lambda code: code & 1).get(1, {}),
    ):
        assert [(each.years, each.stage, each.yen) for each in countable.points(found)] == expected


@given(st.data())
def test_a_spread_is_what_its_amounts_come_to_whatever_was_asked_before(
    searcher: Searcher, data: st.DataObject
) -> None:
    catalog, records = searcher.catalog, searcher._engine.records
    amounts = records.sets.numbers(records.with_amount)
    countable = Countable(catalog, records, Totals(catalog.columns, catalog))
    spread = Spread([each % 5 for each in range(len(catalog.record_item))], countable)
    for some in data.draw(st.lists(st.sets(st.sampled_from(amounts)), max_size=6)):
        asked = set(amounts) - some if data.draw(st.booleans()) else some
        sums: dict[tuple[int, int], tuple[int, int]] = {}
        for each in asked:
            yen, number = sums.get((each % 5, countable.cell[each]), (0, 0))
            sums[each % 5, countable.cell[each]] = yen + countable.yen[each], number + 1
        assert spread.sums(records.sets.of(sorted(asked))) == sums


def test_what_is_generic_is_the_same_under_one_heading_only(tmp_path: Path) -> None:
    sums = [Amount(each * 10**8, (2025,), "initial", written=f"{each}億円") for each in (3, 3, 3)]
    places = (("甲",), ("甲",), ("乙",))
    items = (
        item("紙", "その他", each, heading_path=path, line=n)
        for n, (each, path) in enumerate(zip(sums, places, strict=True), 1)
    )
    write(tmp_path / "store", paper("紙", *items))
    searcher = Searcher.open(tmp_path / "store")
    (total,) = searcher.total("その他").totals
    assert [each.yen for each in searcher.points("その他")] == [total.yen] == [6 * 10**8]
    for facet in searcher.facets("その他").facets:
        if facet.name in ("document", "year", "stage"):
            assert [each.yen for bucket in facet.buckets for each in bucket.sums] == [total.yen]


def test_a_part_that_is_printed_on_its_own_is_counted_once_in_all_sums(tmp_path: Path) -> None:
    def sums(*yen: int) -> list[Amount]:
        return [Amount(each * 10**8, (2025,), "initial", written=f"{each}億円") for each in yen]

    part = Amount(2 * 10**8, (2025,), "initial", role="part", label="改革事業", written="2億円")
    items = (item("紙", "経常費事業", *sums(10), part), item("紙", "改革事業", *sums(2), line=2))
    write(tmp_path / "store", paper("紙", *items))
    searcher = Searcher.open(tmp_path / "store")
    for query, yen in (("有:金額", 10), ("名称:改革事業", 2)):
        (total,) = searcher.total(query).totals
        assert [each.yen for each in searcher.points(query)] == [total.yen] == [yen * 10**8]
