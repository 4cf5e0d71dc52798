"""Queries over the papers in seeds/ are answered as by hand: every certain and every possible line, no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from search.results import ResultPage
from search.searcher import Searcher

ANSWERS = [json.loads(row) for row in (Path(__file__).parent / "cases/answers.jsonl").read_text("utf-8").splitlines()]


def lines(page: ResultPage, group: str) -> dict[str, list[int]]:
    """Return the lines of the hits in a group by paper, those of folded repeats among them."""
    places = [place for hit in page.hits if hit.group == group for place in (hit.item.place, *_repeats(hit))]
    return {paper: sorted({each.line for each in places if each.document == paper}) for paper in _papers(places)}


def _repeats(hit: Any) -> list[Any]:
    return [each.place for each in hit.repeats]


def _papers(places: list[Any]) -> list[str]:
    return sorted({each.document for each in places})


@pytest.mark.parametrize("row", ANSWERS, ids=[row["query"] for row in ANSWERS])
def test_answers_as_by_hand(searcher: Searcher, row: dict[str, Any]) -> None:
    page = searcher.search(row["query"], limit=None)
    assert {group: lines(page, group) for group in ("certain", "possible")} == {
        group: {paper: sorted(each) for paper, each in row[group].items()} for group in ("certain", "possible")
    }
