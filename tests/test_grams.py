"""Names that share rare pairs of characters: found among all, however few are asked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import grams
from search.grams import Grams

NAMES = st.lists(st.text("水素蓄電𠮷\udc80a", max_size=6), max_size=12)


def shared(one: str, other: str) -> bool:
    return bool(set(pairwise(one)) & set(pairwise(other)))


@given(NAMES, st.data())
def test_few_names_that_share_a_pair_are_near(names: list[str], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.sampled_from(range(len(names))), unique=True)) if names else []
    found = Grams(names, asked)
    for name in asked:
        near = [other for other in range(len(names)) if other != name and shared(names[name], names[other])]
        assert found.near(name) == near


@given(NAMES)
def test_with_few_of_its_pairs_no_more_are_near(names: list[str]) -> None:
    found = Grams(names, range(len(names)))
    for name in range(len(names)):
        assert set(found.near(name, 1)) <= set(found.near(name, 2)) <= set(found.near(name))


def test_of_frequent_pairs_the_rarest_counts() -> None:
    names = ["甲乙"] * 60 + ["乙丙"] * 90 + ["甲乙丙"]
    assert Grams(names, [150]).near(150) == list(range(60))


def test_what_is_frequent_at_first_need_not_be_counted_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grams, "_FIRST", 240)
    names = ["甲乙"] * 120 + ["丙丁戊"] * 3 + ["丙丁甲乙", "甲乙"]
    found = Grams(names, [123, 124])
    assert found.near(123) == [120, 121, 122]
    assert found.near(124) == [*range(120), 123]
