"""Sums of two sides into pairs: what grew, shrank, is new, gone, equal or open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Place
from search.changes import Identity, Sum, Sums, changes, summed

HERE, THERE = Place("甲", 1, 1), Place("乙", 2, 2)
WATER = Identity("水素", "")


def side(yen: int | None, place: Place) -> Sums:
    return {WATER: Sum("水素事業", yen, (place,))}


KINDS = [
    (side(1, HERE), side(3, THERE), "grew", 2),
    (side(3, HERE), side(1, THERE), "shrank", -2),
    (side(3, HERE), side(3, THERE), "equal", 0),
    ({}, side(3, THERE), "new", 3),
    (side(3, HERE), {}, "gone", -3),
    (side(3, HERE), side(None, THERE), "open", None),
    (side(None, HERE), side(0, THERE), "open", None),
    (side(None, HERE), side(None, THERE), "open", None),
    (side(0, HERE), side(3, THERE), "grew", 3),
]


@pytest.mark.parametrize(("before", "after", "kind", "change"), KINDS)
def test_is_of_a_kind(before: Sums, after: Sums, kind: str, change: int | None) -> None:
    (pair,) = changes(before, after).pairs
    assert (pair.kind, pair.change, pair.name) == (kind, change, "水素事業")
    assert pair.places == tuple(place for each, place in ((before, HERE), (after, THERE)) if each)


@pytest.mark.parametrize(("before", "after"), [(side(None, HERE), {}), ({}, side(None, THERE)), ({}, {})])
def test_what_one_side_has_without_a_sum_is_no_pair(before: Sums, after: Sums) -> None:
    assert changes(before, after) == ((), "")


def test_new_and_gone_name_the_likest_of_the_other_side() -> None:
    names = {"電気自動車用革新型蓄電池開発事業": 5, "電気自動車用革新型蓄電池技術開発": 7}
    gone, new = ({Identity(name.removesuffix("事業"), ""): Sum(name, yen, (HERE,))} for name, yen in names.items())
    assert [(pair.kind, pair.alike) for pair in changes(gone, new).pairs] == [
        ("new", ("電気自動車用革新型蓄電池開発事業", 93.3)),
        ("gone", ("電気自動車用革新型蓄電池技術開発", 93.3)),
    ]
    assert [pair.alike for pair in changes(gone, gone).pairs] == [None]


def test_names_of_two_cities_are_not_alike() -> None:
    gone = {Identity("電気自動車用革新型蓄電池開発", "札幌市"): Sum("電気自動車用革新型蓄電池開発", 1, (HERE,))}
    new = {Identity("電気自動車用革新型蓄電池技術開発", "仙台市"): Sum("電気自動車用革新型蓄電池技術開発", 1, (HERE,))}
    assert [pair.alike for pair in changes(gone, new).pairs] == [None, None]


SUMMED = [
    ([3], 3, 1),
    ([3, 4], 7, 2),
    ([None], None, 1),
    ([None, 4], 4, 1),
    ([4, None, 0], 4, 2),
    ([None, None], None, 1),
]


@pytest.mark.parametrize(("amounts", "yen", "places"), SUMMED)
def test_amounts_come_to(amounts: list[int | None], yen: int | None, places: int) -> None:
    (total,) = summed((WATER, "水素事業", each, HERE) for each in amounts).values()
    assert (total.yen, len(total.places)) == (yen, places)


SIDES = st.dictionaries(
    st.builds(Identity, st.sampled_from("甲乙丙丁"), st.just("")),
    st.builds(Sum, st.just("名"), st.none() | st.integers(0, 9), st.just((HERE,))),
)


@given(SIDES, SIDES)
def test_nothing_counted_is_lost_and_turning_round_turns_the_kinds(before: Sums, after: Sums) -> None:
    found = changes(before, after).pairs
    assert sum(pair.before or 0 for pair in found) == sum(each.yen or 0 for each in before.values())
    assert sum(pair.after or 0 for pair in found) == sum(each.yen or 0 for each in after.values())
    turned = {"grew": "shrank", "shrank": "grew", "new": "gone", "gone": "new"}
    kinds = sorted(turned.get(pair.kind, pair.kind) for pair in found)
    assert kinds == sorted(pair.kind for pair in changes(after, before).pairs)


@given(SIDES)
def test_a_side_and_itself_differ_in_nothing(side: Sums) -> None:
    assert {pair.kind for pair in changes(side, side).pairs} <= {"equal", "open"}


def test_of_many_programmes_the_largest_are_looked_at_and_the_note_says_so() -> None:
    gone = {Identity("電気自動車用革新型蓄電池開発", ""): Sum("電気自動車用革新型蓄電池開発", 5, (HERE,))}
    new = {Identity("電気自動車用革新型蓄電池技術開発", ""): Sum("電気自動車用革新型蓄電池技術開発", 7, (HERE,))}
    several = changes(gone, new, programmes=100_000, sections=600)
    assert [pair.alike is None for pair in several.pairs] == [False, False]
    assert "額の大きい1件（全2件）" in several.note
    none = changes(gone, new, programmes=100_000, sections=2_000)
    assert [pair.alike for pair in none.pairs] == [None, None]
