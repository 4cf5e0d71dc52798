"""Hits of an answer, against what reading every record says."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Searcher
from search.hits import Answer, Found, Levels

QUERIES = ["蓄電池", "-支援", "電池 金額>100億", "確度:内数 OR 再掲", "is:repeated", "漫画家", "heading:福島 年度:2024"]


@given(st.data())
def test_the_items_of_any_records(searcher: Searcher, data: st.DataObject) -> None:
    item_of, items = searcher.catalog.record_item, searcher._engine.items
    some = data.draw(st.sets(st.integers(0, len(item_of) - 1), max_size=120))
    found = items.of(items.sets.of(sorted(some)))
    assert items.numbers(found) == sorted({item_of[each] for each in some})
    assert found.bit_count() == len(items.numbers(found))


@given(st.data())
def test_the_records_of_each_item(searcher: Searcher, data: st.DataObject) -> None:
    item_of = searcher.catalog.record_item
    loose = data.draw(st.sets(st.integers(0, len(item_of) - 1), max_size=120))
    near, may, sure = loose, {each for each in loose if each % 3}, {each for each in loose if each % 3 == 1}
    expected = []
    for item, group in groupby(sorted(loose), item_of.__getitem__):
        records = list(group)
        number = 0 if sure.intersection(records) else 1 if may.intersection(records) else 2
        own = [each for each in records if (sure, may - sure, near - may)[number].intersection({each})]
        open_ = [each for each in records if each in may - sure] if number == 0 else []
        expected.append(Found(item, number, (*own, *open_), len(own)))
    items = searcher._engine.items
    answer = Answer(*(items.sets.of(sorted(each)) for each in (sure, may, near, loose)))
    levels = Levels(answer, items.sets, searcher.catalog)
    assert list(map(levels.found, items.numbers(items.of(answer.near)))) == expected
    parted = [[each for one in expected if one.group == group for each in one.records[: one.own]] for group in range(3)]
    assert list(map(items.sets.numbers, items.parted(answer))) == parted


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_counted_is_what_is_there(searcher: Searcher, query: str) -> None:
    hits, roles = searcher._asked(query).hits, searcher.catalog.columns.numbers("record.role")
    found = [hits.found(item) for item in hits.items]
    assert hits.counts() == [sum(each.group == group for each in found) for group in range(3)]
    assert hits.amounts() == [
        sum(bool(roles[record]) for each in found if each.group == group for record in each.records)
        for group in range(3)
    ]
    assert [each.item for each in found] == sorted(
        n for group in hits.groups for n in searcher._engine.items.numbers(group)
    )
    assert searcher._engine.count(searcher._asked(query).plan, searcher._asked(query).memory) == len(hits)


def test_a_query_is_answered_once(searcher: Searcher) -> None:
    assert searcher._asked("蓄電池") is searcher._asked("蓄電池")
    assert searcher._asked("蓄電池 半導体", "any") is not searcher._asked("蓄電池 半導体")
    with pytest.raises(ValueError, match="match"):
        searcher._asked("蓄電池", "most")
