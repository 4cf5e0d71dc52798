"""Which names are one programme, as their IDs say."""

import pytest

from index.document import About, Document, Item, Place
from index.store.columns import Loose
from index.store.documents import packed_documents
from index.store.finish import finished
from index.store.flatten import gathered
from index.store.whoosh_index import Unwritten
from index.store.writer import Paper

Rows = tuple[int, list[tuple[str | None, str]]]

# Papers with their years, IDs and names, one record each; a paper without IDs has None. What is one has one letter.
SAME: list[tuple[str, list[Rows], str]] = [
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
def test_is_one_programme(papers: list[Rows], expected: str) -> None:
    packed: dict[str, bytes] = {}
    for number, (year, rows) in enumerate(papers):
        about = About(f"{number}", "題名", year=year)
        items = [Item(Place(about.id, 1, 1), name, id_, "programme" if id_ else "item") for id_, name in rows]
        packed[about.id] = packed_documents(Paper(Document(about, ()), items, []))
    numbers = Loose(finished(gathered(Unwritten(packed)))).numbers("record.programme")
    letters: dict[int, str] = {}
    assert "".join(letters.setdefault(each, "abcdef"[len(letters)]) for each in numbers) == expected
