"""What can be read off a plan: its words, its conditions, the roles that it asks for."""

import pytest

from search.plan import Beginning, Choice, Words, on_amounts, roles, sought
from search.plan import conditions as conditions_of
from search.searcher import Searcher
from tests.test_planner import plan

ROWS = [
    # query, words, how many leaves, on amounts, roles
    ("水素", ["水素"], 1, False, ""),
    ("水素 -電力", ["水素"], 2, False, ""),
    ("水素 OR (電* name:石油)", ["水素", "電", "石油"], 3, False, ""),
    ("水素 水素", ["水素", "水素"], 2, False, ""),
    ("amount>5億", [], 1, True, ""),
    ("水素 -amount>5億", ["水素"], 2, True, ""),
    ("水素 has:text document:monozukuri", ["水素"], 3, False, ""),
    ("has:label", [], 1, True, ""),
    ("has:change", [], 1, True, ""),
    ("has:amount", [], 1, False, ""),
    ("role:previous", [], 1, True, "previous"),
    ("水素 (role:前年度 OR role:part)", ["水素"], 3, True, "part previous"),
    ("-role:previous", [], 1, True, ""),
    ("role!=previous", [], 2, True, ""),
    ("-(-role:previous)", [], 1, True, "previous"),
    ("is:total", [], 1, True, "total"),
]


@pytest.mark.parametrize(("query", "words", "leaves", "amounts", "asked"), ROWS, ids=[row[0] for row in ROWS])
def test_says_of_itself(
    searcher: Searcher, query: str, words: list[str], leaves: int, amounts: bool, asked: str
) -> None:
    one = plan(searcher, query)
    found = [each.text if isinstance(each, Words) else each.folded for each in sought(one)]
    assert (found, len(conditions_of(one)), on_amounts(one)) == (words, leaves, amounts)
    assert " ".join(sorted(roles(one))) == asked
    assert all(isinstance(each, Words | Beginning) for each in sought(one))
    assert all(not isinstance(each, Choice) or each.values for each in conditions_of(one))
