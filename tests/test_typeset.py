"""The papers in seeds/, typeset and printed to PDF, say the same as their text, to the last field.

LibreOffice 7.4 set them in IPA Mincho on A4, justified, each line of the text a paragraph, tables ruled, with a running
head and page numbers (``tests/cases/typeset/``).
"""

import tomllib
from pathlib import Path

import pytest

import seeds
from index.document import Item
from index.making import read_paper
from index.store.writer import Paper
from search import Searcher
from tests.made import write

TYPESET = Path(__file__).parent / "cases" / "typeset"
KNOWN = tomllib.loads((seeds.folder() / "documents.toml").read_text(encoding="utf-8"))
QUERY = "蓄電池 AND amount>1000億"


def said(item: Item) -> tuple[object, ...]:
    """Return all that an item says but where it stands; a line's end in it is one of the typesetter's."""
    amounts = [(*each[:-1], "".join(each[-1].split())) for each in map(values, item.amounts)]
    return item.kind, item.number, item.name, item.heading_path, amounts


def values(amount: object) -> tuple[str, ...]:
    return tuple(getattr(amount, name) for name in amount.__slots__)  # type: ignore[attr-defined]


def read(document: str, path: Path) -> Paper:
    given = {name: value for name, value in KNOWN[document].items() if name not in ("file", "original")}
    return read_paper(path, {"id": document, **{name: str(value) for name, value in given.items()}})


@pytest.mark.parametrize("document", KNOWN)
def test_a_printed_paper_says_what_its_text_says(document: str, tmp_path: Path) -> None:
    printed = read(document, TYPESET / f"{document}.pdf")
    text = read(document, seeds.folder() / KNOWN[document]["file"])
    found, expected = ([each for each in paper.items if each.kind != "passage"] for paper in (printed, text))
    assert [said(each) for each in found] == [said(each) for each in expected]
    assert len(printed.remainders) == len(text.remainders)
    assert all(each.place.page for each in found)
    write(tmp_path / "printed", printed)
    write(tmp_path / "text", text)
    answers = [Searcher.open(tmp_path / name).search(QUERY, limit=0) for name in ("printed", "text")]
    hits = [[(hit.group, hit.item.name, hit.matched) for hit in page.hits] for page in answers]
    assert hits[0] == hits[1]
    assert hits[0]
