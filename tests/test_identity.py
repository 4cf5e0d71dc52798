"""Which names are one programme, as their IDs say."""

import pytest

from index.document import Item, Place
from index.store.identity import Identities

Paper = tuple[int, list[tuple[str | None, str]]]

# Papers with their years, IDs and names, one record each; a paper without IDs has None. What is one has one letter.
SAME: list[tuple[str, list[Paper], str]] = [
    ("no IDs", [(2023, [(None, "電池")]), (2024, [(None, "水素")])], "ab"),
    ("a name that changed", [(2023, [("1", "電池")]), (2024, [("1", "蓄電")])], "aa"),
    ("what others call it", [(2022, [(None, "電池")]), (2023, [("1", "電池")]), (2024, [("1", "蓄電")])], "aaa"),
    ("two IDs of one name", [(2024, [("1", "電池"), ("2", "電池")])], "ab"),
    ("one of them has a name of its own", [(2023, [("1", "蓄電")]), (2024, [("1", "電池"), ("2", "電池")])], "aab"),
    ("which of two is meant", [(2023, [(None, "電池")]), (2024, [("1", "電池"), ("2", "電池")])], "abc"),
    ("a name of many", [(2023, [("1", "事務費")]), (2024, [("1", "事務費"), ("2", "事務費")])], "aab"),
    ("an ID that stands twice", [(2024, [("1", "電池"), ("1", "水素")])], "ab"),
]


@pytest.mark.parametrize(("papers", "expected"), [each[1:] for each in SAME], ids=[each[0] for each in SAME])
def test_is_one_programme(papers: list[Paper], expected: str) -> None:
    known: dict[str, int] = {}
    identities = Identities()
    numbers: list[int] = []
    for year, rows in papers:
        kinds = ["programme" if id_ else "item" for id_, _ in rows]
        items = [Item(Place("d", 1, 1), name, id_, kind) for (id_, name), kind in zip(rows, kinds, strict=True)]
        first = len(numbers)
        numbers += [known.setdefault(name, len(known)) for _, name in rows]
        identities.add(year, items, range(first, len(numbers) + 1))
    identities.settle(numbers, lambda key: known.setdefault(key, len(known)))
    letters: dict[int, str] = {}
    assert "".join(letters.setdefault(each, "abcdef"[len(letters)]) for each in numbers) == expected
