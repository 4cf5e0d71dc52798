"""Headings of hits: which conditions find them, and which can not be asked for."""

from pathlib import Path

import pytest

from index.document import Amount
from search import Searcher
from search.figures import Bucket
from tests.made import item, paper, write

OKU = 10**8


def headings(tmp_path: Path, *paths: tuple[str, ...]) -> tuple[Bucket, ...]:
    sums = [Amount(each * OKU, (2025,), "initial", written=f"{each}億円") for each in range(1, len(paths) + 1)]
    items = (item("紙", f"蓄電池{n}事業", sums[n], heading_path=path, line=n + 1) for n, path in enumerate(paths))
    write(tmp_path / "store", paper("紙", *items))
    facet = next(each for each in Searcher.open(tmp_path / "store").facets("蓄電池").facets if each.name == "heading")
    return facet.buckets


def test_two_levels(tmp_path: Path) -> None:
    one, two = headings(tmp_path, ("甲章", "一節"), ("甲章", "二節", "深い"), ("甲章",), ("乙章",), ())
    assert (one.label, one.hits, one.query) == ("甲章", 3, 'document:紙 heading:"甲章"')
    assert [(each.label, each.hits, each.query) for each in one.within] == [
        ("一節", 1, 'document:紙 heading:"甲章" heading:"一節"'),
        ("二節", 1, 'document:紙 heading:"甲章" heading:"二節"'),
    ]
    assert [each.yen for each in one.sums] == [6 * OKU]
    assert (two.label, two.within) == ("乙章", ())


# Headings that say what another one says, too, or that a query can not hold.
NOT_ASKED = [("章", "甲章"), ("＂引用＂", "別"), ("。" * 300, "別")]


@pytest.mark.parametrize(("title", "other"), NOT_ASKED, ids=["in another", "quotation marks", "too long"])
def test_a_condition_that_finds_more_is_not_told(tmp_path: Path, title: str, other: str) -> None:
    found = {each.label: each for each in headings(tmp_path, (title,), (title,), (other,))}
    assert (found[title].hits, found[title].query) == (2, None)
    assert found[other].query is not None


def test_many_headings_end_in_one_bucket(tmp_path: Path) -> None:
    found = headings(tmp_path, *((f"{chr(0x4E00 + each)}の章",) for each in range(70)))
    assert (len(found), found[-1].label, found[-1].hits, found[-1].query) == (61, "ほかの見出し", 10, None)
