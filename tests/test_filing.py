"""Which paper each file is: names that are nobody else's, what has changed, what was stated."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.document import About
from index.errors import PaperError
from index.filing import NEW, REPLACED, UNCHANGED, Filing, digest, filed, inside, said_of
from index.sources import Source


def put(folder: Path, name: str, text: str = "") -> Source:
    """Return a file whose content is its name, unless it is said."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or name, encoding="utf-8")
    return Source(path, name, str(path))


def names(filing: Filing) -> list[str]:
    return [each.id for each in filing.papers]


NAMES = [
    (["予算.txt"], ["予算"]),
    (["R5/予算.txt", "R6/予算.txt"], ["R5-予算", "R6-予算"]),
    (["R5/予算.txt", "R6/予算.pdf"], ["R5-予算", "R6-予算"]),
    (["予算.txt", "予算.pdf"], ["予算.txt", "予算.pdf"]),
    (["a/中/予算.txt", "b/中/予算.txt"], ["a-中-予算", "b-中-予算"]),
    (["a/予算.txt", "a-予算.txt", "予算.txt"], None),
    (["予算(案).txt", "予算（案）.txt"], None),
    (["a/b.txt", "c.txt"], ["b", "c"]),
]


@pytest.mark.parametrize(("files", "ids"), NAMES, ids=[" ".join(files) for files, _ in NAMES])
def test_each_file_has_a_name_of_its_own(files: Sequence[str], ids: list[str] | None, tmp_path: Path) -> None:
    found = names(filed([put(tmp_path, each) for each in files], [], {}))
    assert len(set(found)) == len(files)
    assert ids in (None, found)


def paper(source: Source, id_: str, **more: object) -> About:
    """Return what the store knows of the paper that was made of a file."""
    return About(id_, "題名", source=source.origin, digest=digest(source, {}), **more)  # type: ignore[arg-type]


def test_a_file_that_the_store_has_keeps_its_name(tmp_path: Path) -> None:
    old, new = put(tmp_path, "b/予算.txt"), put(tmp_path, "a/予算.txt")
    filing = filed([new, old], [paper(old, "予算")], {})
    assert [(each.id, each.state, each.plain) for each in filing.papers] == [
        ("a-予算", NEW, "予算"),
        ("予算", UNCHANGED, None),
    ]


def test_a_file_takes_the_place_of_one_that_is_gone(tmp_path: Path) -> None:
    old = put(tmp_path, "b/予算.txt")
    known = paper(old, "予算")
    old.path.unlink()
    assert [(each.id, each.state) for each in filed([put(tmp_path, "a/予算.txt")], [known], {}).papers] == [
        ("予算", REPLACED)
    ]


def test_a_paper_from_nowhere_is_replaced(tmp_path: Path) -> None:
    source = put(tmp_path, "予算.txt")
    assert [each.state for each in filed([source], [About("予算", "題名")], {}).papers] == [REPLACED]


def test_a_copy_of_a_paper_of_the_store_is_that_paper(tmp_path: Path) -> None:
    old, copy = put(tmp_path, "b/予算.txt", "x"), put(tmp_path, "a/予算.txt", "x")
    assert [(each.id, each.state) for each in filed([copy], [paper(old, "予算")], {}).papers] == [("予算", UNCHANGED)]


def test_of_copies_one_is_a_paper(tmp_path: Path) -> None:
    sources = [put(tmp_path, f"{folder}/予算.txt", "x") for folder in "abc"]
    filing = filed(sources, [], {})
    assert (names(filing), filing.copies) == (["予算"], sources[1:])


def test_a_stated_name_is_one_papers(tmp_path: Path) -> None:
    sources = [put(tmp_path, f"{folder}/{folder}.txt") for folder in "ab"]
    for each in sources:
        each.path.with_suffix(".toml").write_text('id = "x"', encoding="utf-8")
    filing = filed(sources, [], {})
    assert names(filing) == ["x"]
    assert [each.origin for each in filing.faults] == [sources[1].origin]
    assert "識別名「x」" in filing.faults[0].sentence
    assert filing.faults[0].sentence.endswith("ください")


def test_a_stated_name_replaces_what_has_it(tmp_path: Path) -> None:
    old, new = put(tmp_path, "a/予算.txt"), put(tmp_path, "b/案.txt")
    filing = filed([new], [paper(old, "予算")], {"id": "予算"})
    assert [(each.id, each.state) for each in filing.papers] == [("予算", REPLACED)]


def test_what_was_stated_is_kept_where_a_folder_is_followed(tmp_path: Path) -> None:
    source = put(tmp_path, "予算.txt")
    known = [paper(source, "x", year=2023, given=("id", "year", "publisher")), paper(source, "予算")]
    follow = filed([source], known, {}, follow=True).papers
    assert [(each.id, each.given, each.state) for each in follow] == [
        ("x", {"id": "x", "year": 2023, "publisher": ""}, REPLACED),
        ("予算", {}, UNCHANGED),
    ]
    assert [(each.id, each.given) for each in filed([source], known, {}).papers] == [("予算", {})]


def test_a_table_that_makes_no_sense_is_told(tmp_path: Path) -> None:
    source = put(tmp_path, "予算.txt")
    (tmp_path / "予算.toml").write_text("x", encoding="utf-8")
    filing = filed([source], [], {})
    assert (names(filing), len(filing.faults)) == ([], 1)


def test_a_digest_is_of_all_that_a_paper_is_made_of(tmp_path: Path) -> None:
    source = put(tmp_path, "予算.txt")
    made = [digest(source, {}), digest(source, {"year": "R5"}), digest(put(tmp_path, "案.txt", "予算.txt"), {})]
    source.path.write_text("別", encoding="utf-8")
    made.append(digest(source, {}))
    (tmp_path / "予算.toml").write_text('year = "R5"', encoding="utf-8")
    made.append(digest(source, {}))
    assert len(set(made)) == len(made)
    assert digest(source, {"year": None}) == made[-1]


def test_messages_name_the_file_that_the_user_knows() -> None:
    source = Source(Path("/tmp/x/0/予算.txt"), "資料.zip/R5/予算.txt", "/資料.zip/R5/予算.txt")
    assert said_of(source, PaperError("/tmp/x/0/予算.txt は空です")) == "資料.zip/R5/予算.txt は空です"
    assert said_of(source, PaperError("/tmp/x/0/予算.toml の1行目")) == "資料.zip/R5/予算.toml の1行目"


INSIDE = [("/a/b.txt", True), ("/a", True), ("/ab/c.txt", False), ("/a/x.zip/c.txt", True), (None, False)]


@pytest.mark.parametrize(("source", "held"), INSIDE, ids=[str(source) for source, _ in INSIDE])
def test_is_inside(source: str | None, held: bool) -> None:
    assert inside(About("x", "題名", source=source), "/a") is held
