"""A segment says what it would say if Whoosh's own writer had written it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import columns, fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in
from whoosh.writing import NO_MERGE, OPTIMIZE

from index.store import segments

SCHEMA = fields.Schema(
    document=fields.ID(),
    yen=fields.COLUMN(columns.NumericColumn("q")),
    payload=fields.STORED(),
    words=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
)
WORDS = st.lists(st.text("蓄電池=+ａé𠮷", min_size=1, max_size=2), max_size=30).map(" ".join)
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {"document": st.sampled_from("甲乙丙")},
        optional={"words": WORDS, "yen": st.integers(-(10**14), 10**14), "payload": st.binary(min_size=1, max_size=9)},
    ),
    min_size=1,
    max_size=30,
)
LAST = {"document": "末", "payload": b"x", "yen": 1}


def said(index: Any) -> list[Any]:
    """Return all that can be read of an index."""
    with index.reader() as reader:
        postings = [each for each in reader.iter_postings() if not reader.is_deleted(each[2])]
        terms = list(reader.all_terms())
        infos = [
            (info.weight(), info.doc_frequency(), info.min_length(), info.max_length(), info.max_weight())
            for info in (reader.term_info(*term) for term in terms)
        ]
        numbers = range(reader.doc_count_all())
        known = [each for each in numbers if not reader.is_deleted(each)]
        lengths = [reader.doc_field_length(each, "words") for each in known]
        stored = [reader.stored_fields(each) for each in known]
        yen = reader.column_reader("yen") if reader.has_column("yen") else [0] * len(numbers)
        return [postings, terms, infos, reader.field_length("words"), lengths, stored, [yen[each] for each in known]]


def both(folder: Path, *commits: tuple[list[dict[str, Any]], str, Any]) -> list[list[Any]]:
    """Return what two indexes say after the same commits: documents to add, what to delete, how to merge."""
    found = []
    for name in ("Whoosh", "ours"):
        (folder / name).mkdir()
        index = create_in(folder / name, SCHEMA)
        for documents, gone, merging in commits:
            writer = index.writer() if name == "Whoosh" else segments.Writer(index)
            writer.delete_by_term("document", gone)
            for each in documents:
                writer.add_document(**each)
            writer.commit(mergetype=merging)
        found.append(said(index))
    return found


@settings(max_examples=40)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS, st.sampled_from([NO_MERGE, OPTIMIZE]))
def test_says_what_whoosh_would_say(first: list[Any], second: list[Any], third: list[Any], merging: Any) -> None:
    with TemporaryDirectory() as name:
        commits = ((first, ""), (second, "甲"), (third, "乙"))
        theirs, ours = both(Path(name), *(([*each, LAST], gone, merging) for each, gone in commits))
    assert ours == theirs


def test_terms_of_more_than_one_block(tmp_path: Path) -> None:
    documents = [{"document": "甲", "words": " ".join(["池"] * (each % 5 + 1)), "yen": each} for each in range(1000)]
    theirs, ours = both(tmp_path, ([*documents, LAST], "", NO_MERGE))
    assert ours == theirs


@pytest.mark.parametrize("text", ["", " ", "  蓄電池  支援 "])
def test_spaces_part_terms(text: str, tmp_path: Path) -> None:
    theirs, ours = both(tmp_path, ([{"document": "甲", "words": text}, LAST], "", NO_MERGE))
    assert ours == theirs
