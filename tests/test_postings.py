"""Every word stands where the paper has it; what means the same is known by one number."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import analysis, store, synonyms
from index.document import Amount
from index.errors import PaperError
from index.store.columns import Columns
from index.store.flat import FIELD_CODES
from index.store.held import pairs
from tests.made import holds, item, paper, postings, sentence, write

WORDS = st.text(st.sampled_from("蓄電池半導体の支援を行う公共職業訓練AI。 ＝＋=+\0"), min_size=1, max_size=20)
ITEMS = st.lists(
    st.builds(
        lambda name, text, lead, path, labels, kind: item(
            "文書",
            name,
            *(Amount(1, label=each) for each in labels),
            text=text,
            lead=lead,
            heading_path=path,
            kind=kind,
        ),
        WORDS,
        st.just("") | WORDS,
        st.just("") | WORDS,
        st.lists(WORDS, max_size=3).map(tuple),
        st.lists(st.none() | WORDS, max_size=4),
        st.sampled_from(("item", "passage")),
    ),
    max_size=6,
)


def columns_of(folder: Path, *texts: str) -> Columns:
    """Return the columns of a new store of a paper whose items have these texts."""
    write(folder, paper("甲", *(item("甲", "名", text=each) for each in texts)))
    return store.open_columns(folder)


def stands(columns: Columns, term: str) -> list[int]:
    """Return the texts that say a term, by their position among the texts, once for each time."""
    number = columns.strings("term").find(term)
    if number is None:
        return []
    first = columns.numbers("stretch.fields")[FIELD_CODES.index("text")]
    return sorted(each - first for name in ("posting", "again") for each in postings(columns, name, number))


@settings(max_examples=25)
@given(ITEMS, ITEMS)
def test_every_term_stands_in_its_stretch(items: list, others: list) -> None:  # type: ignore[type-arg]
    with TemporaryDirectory() as name:
        papers = [paper("文書", *items), paper("別", item("別", "間"))]
        write(Path(name), *papers)
        write(Path(name), paper("文書", *others))
        holds(Path(name), paper("文書", *others), papers[1])


def test_a_term_stands_as_often_as_it_is_said(tmp_path: Path) -> None:
    columns = columns_of(tmp_path, "水素と水素", "予算", "水素")
    assert stands(columns, "水素") == [0, 0, 2]
    assert stands(columns, "ない") == []


def test_a_long_unit_counts_once(tmp_path: Path) -> None:
    columns = columns_of(tmp_path, "水素と蓄電池と蓄電池")
    assert stands(columns, "=蓄電池") == [0]
    assert stands(columns, "蓄電") == [0, 0]


def test_a_text_of_a_hundred_thousand_terms(tmp_path: Path) -> None:
    columns = columns_of(tmp_path, "水素の、" * 50_000 + "蓄電")
    assert len(analysis.terms("水素の、" * 50_000)[0]) == 100_000
    assert stands(columns, "蓄電") == [0]
    assert len(stands(columns, "水素")) == 50_000
    assert max(columns.numbers("stretch.length")) < 1 << 16
    columns.check()


def test_terms_come_in_order(seed_store: Path) -> None:
    columns = store.open_columns(seed_store)
    terms = columns.strings("term")
    encoded = [terms.encoded(number) for number in range(len(terms))]
    assert encoded == sorted(set(encoded))
    assert all(postings(columns, "posting", number) for number in range(len(terms)))
    assert list(columns.numbers("group")) == sorted(columns.numbers("group"))


def test_words_of_one_group_are_known_by_its_number(tmp_path: Path) -> None:
    columns = columns_of(tmp_path, "電池とバッテリー")
    terms = columns.strings("term")
    pairs = zip(columns.numbers("group"), columns.numbers("group.term"), strict=True)
    groups = {terms[term]: group for group, term in pairs}
    assert groups["電池"] == groups["バッテリー"]


# The user's own table


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of the user's own table."""
    monkeypatch.setenv("SEISAKU_SYNONYMS", str(tmp_path / "synonyms.tsv"))
    return tmp_path / "synonyms.tsv"


def of(word: str) -> set[str]:
    """Return what means the same as a word."""
    return {each for group in synonyms.groups() if word in group for each in group}


GROUPS = [
    ("甲乙\t丙丁\n", {"甲乙", "丙丁"}),
    ("甲乙\t丙丁\r\n\r\n# 注\r\n", {"甲乙", "丙丁"}),
    ("\ufeff甲乙\t丙丁", {"甲乙", "丙丁"}),
    ("  甲乙 \t\t 丙丁\t\n", {"甲乙", "丙丁"}),
    ("甲乙\t丙丁\n丙丁\t戊己\n", {"甲乙", "丙丁", "戊己"}),
    ("甲乙\t丙丁\n戊己\t庚辛\n丙丁\t庚辛\n", {"甲乙", "丙丁", "戊己", "庚辛"}),
    ("甲乙\t丙丁\n甲乙\t丙丁\n", {"甲乙", "丙丁"}),
    ("", set()),
    ("# 甲乙\t丙丁\n", set()),
]


@pytest.mark.parametrize(("text", "group"), GROUPS, ids=[repr(text) for text, _ in GROUPS])
def test_a_table_of_ones_own(table: Path, text: str, group: set[str]) -> None:
    table.write_bytes(text.encode())
    assert of("甲乙") == group


def test_a_table_of_ones_own_adds_to_ours(table: Path) -> None:
    table.write_text("")
    spelling, *others = synonyms.groups()[0]
    table.write_text(f"{spelling}\t甲乙丙\n", encoding="utf-8")
    assert of("甲乙丙") >= {spelling, *others, "甲乙丙"}


NO_TABLES = [
    ("one word", "甲乙\n".encode(), "1行目"),
    ("one word below", "甲乙\t丙丁\n\n戊己\t \n".encode(), "3行目"),
    ("not UTF-8", "甲乙\t丙丁\n".encode("cp932"), "UTF-8"),
    ("binary", b"\xff\xfe\0\0", "UTF-8"),
]


@pytest.mark.parametrize(("data", "what"), [row[1:] for row in NO_TABLES], ids=[row[0] for row in NO_TABLES])
def test_a_table_without_sense_is_said(table: Path, data: bytes, what: str) -> None:
    table.write_bytes(data)
    with pytest.raises(PaperError, match=what) as caught:
        synonyms.groups()
    assert str(table) in sentence(caught.value)
    with pytest.raises(PaperError) as caught:
        write(table.parent / "store", paper("甲", item("甲", "名")))
    sentence(caught.value)
    assert not store.exists(table.parent / "store")


def test_a_table_that_cannot_be_read_is_said(table: Path) -> None:
    for why in ("見つかりません", "フォルダーです"):
        for reading in (synonyms.groups, synonyms.fingerprint):
            with pytest.raises(PaperError, match=why) as caught:
                reading()
            assert "SEISAKU_SYNONYMS" in sentence(caught.value)
        table.mkdir(exist_ok=True)


def test_a_table_is_told_from_another(table: Path) -> None:
    seen = set()
    for text in ("", "甲乙\t丙丁\n", "甲乙\t丙丁\n\n"):
        table.write_text(text, encoding="utf-8")
        seen.add(synonyms.fingerprint())
    assert len(seen) == 3


def test_a_group_is_kept_where_the_papers_say_one_of_it(table: Path, tmp_path: Path) -> None:
    table.write_text("水素\tハイドロ源\n甲乙\t丙丁\n", encoding="utf-8")
    columns = columns_of(tmp_path / "store", "水素の支援")
    keys, rows = columns.strings("synonym.key"), columns.strings("synonym.phrases")
    number = keys.find("水素")
    assert number is not None
    assert keys.find("ハイドロ源") is not None
    assert keys.find("甲乙") is None
    phrases = rows[columns.numbers("synonym.row")[number]].split("\t")
    assert "水素" in phrases
    assert " ".join(analysis.terms("ハイドロ源")[0]) in phrases


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_what_stands_in_a_text_has_its_characters_beside_one_another_there(before: str, part: str, after: str) -> None:
    assert pairs(part) <= pairs(before + part + after)
    assert len(pairs("蓄電池")) == 2
    assert pairs("電𠮷地") > pairs("𠮷")  # which is two units of UTF-16
