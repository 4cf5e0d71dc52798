"""Papers go in, and a store that is damaged or of another make is made again of the papers that it keeps."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import indexer, store
from index.document import Document
from index.errors import PaperError, StoreError
from index.store import writer
from index.store.catalog import Catalog
from index.store.writer import Paper
from search.searcher import Searcher
from tests.made import generations, holds, item, paper, sentence, version, write

TEXT = "令和6年度予算の概要\n\n（１）蓄電池の支援事業　12億円\n　蓄電池を支援する。\n"


def understand(document: Document) -> Paper:
    """Return a paper with one item that says its first line, whatever the parser makes of it."""
    return Paper(document, [item(document.about.id, document.lines[0].text)], [])


KEPT = [paper(each, item(each, f"{each}の本文"), lines=[f"{each}の本文"]) for each in ("甲", "乙", "丙")]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store of three papers, which are understood in a simple way."""
    monkeypatch.setattr(indexer, "understand", understand)
    write(tmp_path / "store", *KEPT)
    return tmp_path / "store"


def documents(path: Path) -> list[str]:
    """Return the ids of the papers that a store answers from."""
    catalog = Catalog(store.open_columns(path))
    return sorted(catalog.about(each).id for each in range(catalog.papers))


def test_the_seeds_are_found(searcher: Searcher) -> None:
    assert [each.id for each in searcher.documents()] == ["meti-request-2024", "monozukuri-2025"]
    found = searcher.search("蓄電池 AND amount>1000億")
    assert "蓄電池の製造サプライチェーン強靱化支援事業" in [
        hit.item.name for hit in found.hits if hit.group == "certain"
    ]


def test_the_seeds_are_the_same_when_built_again(seed_store: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_store, tmp_path / "store")
    indexer.build(tmp_path / "store")
    ours, theirs = (Catalog(store.open_columns(each)) for each in (tmp_path / "store", seed_store))
    assert [ours.item(each) for each in range(ours.items)] == [theirs.item(each) for each in range(theirs.items)]
    assert [bytes(ours.columns.data(each)) for each in ours.columns.table] == [
        bytes(theirs.columns.data(each)) for each in theirs.columns.table
    ]


def test_a_paper_is_added_in_place_of_its_like(path: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.txt" for name in ("丁", "甲")]
    for each in files:
        each.write_text(TEXT, encoding="utf-8")
    told: list[None] = []
    added = indexer.add(path, files, {"year": 2024}, lambda: told.append(None))
    assert [each.document.about.id for each in added] == ["丁", "甲"]
    assert [each.document.about.year for each in added] == [2024, 2024]
    assert len(told) == 2
    holds(path, *added, *KEPT[1:])


def test_files_of_one_name_are_one_paper(path: Path, tmp_path: Path) -> None:
    files = [tmp_path / folder / "丁.txt" for folder in ("一", "二")]
    for each in files:
        each.parent.mkdir()
        each.write_text(TEXT + each.parent.name, encoding="utf-8")
    indexer.add(path, files)
    assert documents(path) == sorted(["甲", "乙", "丙", "丁"])
    assert store.paper(path, "丁").lines[-1].text == "二"


def test_a_paper_that_cannot_be_read_leaves_the_store(path: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "丁.txt", tmp_path / "戊.txt"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(PaperError) as caught:
        indexer.add(path, [good, bad])
    assert str(caught.value).isprintable()
    holds(path, *KEPT)


def test_papers_are_removed_all_or_none(path: Path) -> None:
    with pytest.raises(StoreError, match="ない") as caught:
        indexer.remove(path, ["甲", "ない"])
    sentence(caught.value)
    holds(path, *KEPT)
    indexer.remove(path, ["甲", "乙"])
    holds(path, KEPT[2])


def test_a_store_is_not_made_to_remove_from_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="索引がありません") as caught:
        indexer.remove(tmp_path / "store", ["甲"])
    sentence(caught.value)
    assert list(tmp_path.iterdir()) == []


def outdated(path: Path) -> None:
    (path / "store.tsv").write_text((path / "store.tsv").read_text().replace("format\t", "format\told-"))


def no_columns(path: Path) -> None:
    next(path.glob("gen-*/columns.bin")).unlink()


def damaged_columns(path: Path) -> None:
    next(path.glob("gen-*/columns.bin")).write_bytes(b"x")


def no_segments(path: Path) -> None:
    next(path.glob("gen-*/*.seg")).unlink()


def damaged_segments(path: Path) -> None:
    next(path.glob("gen-*/*.seg")).write_bytes(b"x")


def no_table_of_segments(path: Path) -> None:
    next(path.glob("gen-*/*.toc")).unlink()


def damaged_manifest(path: Path) -> None:
    (path / "store.tsv").write_bytes(b"\xff")


def no_manifest(path: Path) -> None:
    (path / "store.tsv").unlink()


def nearly_everything(path: Path) -> None:
    damaged_manifest(path)
    no_columns(path)
    no_segments(path)


def a_commit_that_broke_off(path: Path) -> None:
    damaged_manifest(path)
    (path / "gen-000009" / "papers").mkdir(parents=True)


DAMAGES = [
    *(outdated, no_columns, damaged_columns, no_segments, damaged_segments, no_table_of_segments),
    *(damaged_manifest, no_manifest, nearly_everything, a_commit_that_broke_off),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_store_is_made_again_of_the_papers_that_it_keeps(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    told: list[None] = []
    built = indexer.build(path, lambda: told.append(None))
    assert len(built) == len(told) == 3
    holds(path, *KEPT)
    assert len(generations(path)) == 1
    write(path, version(4))
    holds(path, *KEPT, version(4))


def test_a_build_that_fails_leaves_what_there_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise OSError(28, "No space left on device")

    damaged_manifest(path)
    with monkeypatch.context() as patch:
        patch.setattr(writer, "flatten", broken)
        with pytest.raises(StoreError, match="空き容量") as caught:
            indexer.build(path)
    sentence(caught.value)
    indexer.build(path)
    holds(path, *KEPT)


def test_a_damaged_paper_stops_the_build_and_says_the_way_out(path: Path) -> None:
    outdated(path)
    file = store.paper_file(path / "gen-000001", "乙")
    file.write_bytes(b"x")
    with pytest.raises(StoreError, match="そのファイルを消して") as caught:
        indexer.build(path)
    assert str(file) in sentence(caught.value)
    assert file.exists()
    file.unlink()
    indexer.build(path)
    holds(path, KEPT[0], KEPT[2])


def test_a_paper_added_while_a_build_waits_is_not_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a store keeps is read under its lock."""
    take = writer._take_lock

    def late(file: Path, wait: float) -> object:
        monkeypatch.setattr(writer, "_take_lock", take)
        write(path, version(1))
        return take(file, wait)

    monkeypatch.setattr(writer, "_take_lock", late)
    indexer.build(path)
    assert documents(path) == sorted(["甲", "乙", "丙", "版"])


@pytest.mark.parametrize("there", [False, True], ids=["no folder", "an empty folder"])
def test_where_there_is_nothing_the_seeds_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    seed = tmp_path / "付属.txt"
    seed.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(indexer, "seed_papers", lambda: [seed])
    path = tmp_path / "store"
    if there:
        path.mkdir()
    assert [each.document.about.id for each in indexer.build(path)] == ["付属"]
    assert documents(path) == ["付属"]


@pytest.mark.parametrize("pattern", ["papers/*.z", "*.seg", "columns.bin"])
@pytest.mark.parametrize("how", ["emptied", "deleted"])
def test_check_finds_damage(seed_store: Path, tmp_path: Path, pattern: str, how: str) -> None:
    path = tmp_path / "store"
    shutil.copytree(seed_store, path)
    indexer.check(path)
    file = next(path.glob(f"gen-*/{pattern}"))
    file.unlink()
    if how == "emptied":
        file.touch()
    with pytest.raises(StoreError):
        indexer.check(path)
