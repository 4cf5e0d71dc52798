"""A store that is not there, is not one, is damaged or is another's says so in one sentence, and what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index import analysis, indexer, store
from index.document import Amount
from index.errors import PaperError, StoreError, StoreOutdated
from index.store.catalog import Catalog
from index.store.writer import Writer
from tests.made import holds, item, paper, sentence, version, write

PAPER = paper("甲", item("甲", "蓄電池", Amount(5)), lines=["一行目", "二行目"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store that holds one paper."""
    write(tmp_path / "store", PAPER)
    return tmp_path / "store"


def manifest_of(path: Path, **changed: str | None) -> str:
    """Return the rows of a store's manifest with some changed, or left out."""
    rows = store.read_manifest(path) | changed
    return store.manifest_text({key: value for key, value in rows.items() if value is not None})


# Places where there is none


def nothing(path: Path) -> None:
    """Leave nothing there."""


def a_file(path: Path) -> None:
    path.write_text("これは索引ではない")


def an_empty_folder(path: Path) -> None:
    path.mkdir()


def a_folder_of_other_files(path: Path) -> None:
    path.mkdir()
    (path / "note.txt").write_text("メモ")


def only_what_a_first_commit_left(path: Path) -> None:
    (path / "gen-000001" / "papers").mkdir(parents=True)
    (path / "writer.lock").touch()


ABSENT = [nothing, a_file, an_empty_folder, a_folder_of_other_files, only_what_a_first_commit_left]


@pytest.mark.parametrize("made", ABSENT, ids=lambda made: made.__name__)
def test_no_store_is_said(tmp_path: Path, made: Callable[[Path], None]) -> None:
    path = tmp_path / "store"
    made(path)
    assert not store.exists(path)
    for reading in (store.open_columns, store.papers, lambda path: store.paper(path, "甲")):
        with pytest.raises(StoreError, match="索引がありません") as caught:
            reading(path)
        assert str(path) in sentence(caught.value)


def test_below_a_file_there_is_no_store(tmp_path: Path) -> None:
    a_file(tmp_path / "file")
    with pytest.raises(StoreError, match="索引がありません") as caught:
        store.open_columns(tmp_path / "file" / "store")
    sentence(caught.value)


def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    for work in (store.open_columns, lambda path: write(path, PAPER)):
        with pytest.raises(StoreError, match="名前が長すぎます") as caught:
            work(tmp_path / ("長" * 300))
        assert str(tmp_path) in str(caught.value)
        assert str(caught.value).endswith("ください。")


def test_a_path_that_cannot_be_printed_is_shown_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        store.open_columns(tmp_path / "a\nb\udcff")
    sentence(caught.value)


# Manifests


NO_MANIFESTS = [
    ("empty", b""),
    ("binary", bytes(range(256))),
    ("no tabs", "あいうえお\n".encode()),
    ("other keys", b"name\tvalue\nother\tvalue\n"),
    ("a generation without sense", b"generation\tx\n"),
    ("not its end", b"format\t1\ngeneration\tgen-000001"),
    ("a generation above the store", b"generation\tgen-000001/../../x\n"),
    ("a generation elsewhere", b"generation\t/etc\n"),
    ("a generation up", b"generation\t../gen-000001\n"),
    ("a generation that holds NUL", b"generation\tgen-00000\x001\n"),
    ("a generation in full width", "generation\tgen-００００01\n".encode()),
    ("a generation and a line feed", b"generation\tgen-000001\x0bx\n"),
]


@pytest.mark.parametrize("data", [data for _, data in NO_MANIFESTS], ids=[name for name, _ in NO_MANIFESTS])
def test_a_manifest_without_sense_is_said(path: Path, data: bytes) -> None:
    (path / "store.tsv").write_bytes(data)
    for work in (store.open_columns, lambda path: write(path, PAPER), lambda path: store.paper(path, "甲")):
        with pytest.raises(StoreError, match="索引のものではありません") as caught:
            work(path)
        assert "seisaku index build" in sentence(caught.value)
    assert [each.about.id for each in store.papers(path)] == ["甲"]
    write(path, version(2), anew=True)
    holds(path, version(2))


def test_a_manifest_cut_off_anywhere_is_said(path: Path) -> None:
    data = (path / "store.tsv").read_bytes()
    for length in range(len(data)):
        (path / "store.tsv").write_bytes(data[:length])
        with pytest.raises(StoreError, match="索引のものではありません") as caught:
            store.open_columns(path)
        sentence(caught.value)


def test_a_manifest_that_is_a_folder_is_said(path: Path) -> None:
    (path / "store.tsv").unlink()
    (path / "store.tsv").mkdir()
    for work in (store.open_columns, lambda path: write(path, PAPER, anew=True)):
        with pytest.raises(StoreError, match="フォルダー") as caught:
            work(path)
        sentence(caught.value)


OTHER_FORMATS = [("format", "0"), ("format", "2"), ("format", "999")]
OTHERS = [
    ("dictionary", "1-00000000", "別の版の Sudachi 辞書"),
    ("synonyms", "00000000", "別の同義語の表"),
    ("whoosh", "2.5.0", "別の版の Whoosh"),
    ("whoosh", None, "別の版の Whoosh"),
]


@pytest.mark.parametrize(("key", "value"), OTHER_FORMATS)
def test_a_store_of_another_format_is_said_and_made_anew(path: Path, key: str, value: str) -> None:
    (path / "store.tsv").write_text(manifest_of(path, **{key: value}))
    for work in (store.open_columns, lambda path: write(path, version(2))):
        with pytest.raises(StoreOutdated, match="別の版の seisaku") as caught:
            work(path)
        assert "seisaku index build で作り直してください。" in sentence(caught.value)
    assert store.papers(path) == [PAPER.document]
    assert store.paper(path, "甲") == PAPER.document
    indexer.build(path)
    assert [each.about.id for each in store.papers(path)] == ["甲"]
    assert not store.open_columns(path).outdated


@pytest.mark.parametrize(("key", "value", "what"), OTHERS, ids=[f"{key}={value}" for key, value, _ in OTHERS])
def test_a_store_made_with_something_else_says_so_and_answers_until_it_is_made_anew(
    path: Path, key: str, value: str | None, what: str
) -> None:
    (path / "store.tsv").write_text(manifest_of(path, **{key: value}))
    columns = store.open_columns(path)
    if key != "whoosh":  # queries need no Whoosh, and know of none
        assert columns.outdated
        assert what in columns.outdated
    assert [each.name for each in map(Catalog(columns).item, range(1))] == ["蓄電池"]
    with pytest.raises(StoreOutdated, match=what) as caught:
        write(path, version(2))
    assert "seisaku index build で作り直してください。" in sentence(caught.value)
    with Writer(path, anew=True) as commit:
        commit.add(version(3))
        assert store.open_columns(path).outdated == columns.outdated  # until it is done
        commit.commit()
    assert not store.open_columns(path).outdated
    write(path, version(2))


def test_another_dictionary_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "system.dic").write_bytes(b"another")
    with monkeypatch.context() as patch:
        patch.setattr(analysis, "_dictionary_file", lambda: str(tmp_path / "system.dic"))
        assert "Sudachi 辞書" in str(store.open_columns(path).outdated)
        with pytest.raises(StoreOutdated, match="Sudachi 辞書"):
            indexer.add(path, [tmp_path])
    assert not store.open_columns(path).outdated


def test_another_table_of_synonyms_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = tmp_path / "synonyms.tsv"
    table.write_text("蓄電池\tバッテリー\n", encoding="utf-8")
    monkeypatch.setenv("SEISAKU_SYNONYMS", str(table))
    assert "同義語の表" in str(store.open_columns(path).outdated)
    write(path, PAPER, anew=True)
    assert not store.open_columns(path).outdated
    table.write_text("蓄電池\tバッテリー\n水素\tH2\n", encoding="utf-8")
    assert "同義語の表" in str(store.open_columns(path).outdated)
    monkeypatch.setenv("SEISAKU_SYNONYMS", str(tmp_path / "ない.tsv"))
    with pytest.raises(PaperError, match="見つかりません") as caught:
        store.open_columns(path)
    assert "SEISAKU_SYNONYMS" in sentence(caught.value)


def test_a_manifest_that_is_lost_does_not_lose_the_papers(path: Path) -> None:
    (path / "store.tsv").unlink()
    for work in (store.open_columns, lambda path: write(path, version(2))):
        with pytest.raises(StoreError, match="索引がありません") as caught:
            work(path)
        sentence(caught.value)
    assert store.papers(path) == [PAPER.document]


# Damage


def generation(path: Path) -> Path:
    """Return the folder of the generation in force."""
    return path / store.read_manifest(path)["generation"]


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def missing(file: Path) -> None:
    file.unlink()


def a_folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


def scribbled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x5A
    file.write_bytes(data)


DAMAGES = [cut_off, emptied, missing, a_folder_instead]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_columns_are_said_and_mended_by_the_next_commit(path: Path, damage: Callable[[Path], None]) -> None:
    damage(generation(path) / "columns.bin")
    with pytest.raises(StoreError) as caught:
        store.open_columns(path)
    sentence(caught.value)
    write(path, version(2))
    holds(path, PAPER, version(2))


def test_a_byte_changed_in_the_columns_is_found_when_they_are_checked(path: Path) -> None:
    scribbled(generation(path) / "columns.bin")
    with pytest.raises(StoreError, match="壊れています") as caught:
        store.open_columns(path).check()
    sentence(caught.value)


@pytest.mark.parametrize("damage", [cut_off, emptied, missing, scribbled], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("suffix", [".seg", ".toc"])
def test_a_damaged_index_is_never_taken_for_an_empty_one(
    path: Path, suffix: str, damage: Callable[[Path], None]
) -> None:
    damage(next(generation(path).glob(f"*{suffix}")))
    with pytest.raises(StoreError, match=r"壊れています.*seisaku index build") as caught:
        write(path, version(2))
    sentence(caught.value)
    assert [each.name for each in path.glob("gen-*")] == [generation(path).name]
    store.open_columns(path).check()
    assert store.papers(path) == [PAPER.document]


def test_a_generation_that_is_gone_is_never_taken_for_an_empty_one(path: Path) -> None:
    shutil.rmtree(generation(path))
    for work in (store.open_columns, lambda path: write(path, version(2))):
        with pytest.raises(StoreError) as caught:
            work(path)
        assert "seisaku index build" in sentence(caught.value)


@pytest.mark.parametrize("damage", [cut_off, emptied, scribbled], ids=lambda damage: damage.__name__)
def test_a_damaged_paper_is_said(path: Path, damage: Callable[[Path], None]) -> None:
    file = store.paper_file(generation(path), "甲")
    damage(file)
    for work in (store.papers, lambda path: store.paper(path, "甲")):
        with pytest.raises(StoreError, match="本文") as caught:
            work(path)
        assert str(file) in sentence(caught.value)


def test_a_paper_that_is_not_there_is_said(path: Path) -> None:
    with pytest.raises(StoreError, match="文書 乙 の本文がありません") as caught:
        store.paper(path, "乙")
    sentence(caught.value)


# Rights


@contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """Be a user who may read but not write in `folder`; skip where that cannot be."""
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o444)
    try:
        if not os.geteuid():
            os.seteuid(65534)
        try:
            analysis.dictionary()
            yield
        except PermissionError:
            pytest.skip("somebody else cannot read the dictionary here")
    finally:
        if not os.getuid():
            os.seteuid(0)
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o755)


@pytest.fixture
def anybodys() -> Iterator[Path]:
    """Return a folder that everybody can reach, unlike pytest's own."""
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="users are numbers")
def test_a_folder_that_may_only_be_read(anybodys: Path) -> None:
    path = anybodys / "store"
    write(path, PAPER)
    before = sorted(path.rglob("*"))
    with somebody_else(anybodys):
        holds(path, PAPER)
        for place in (path, anybodys / "other"):
            with pytest.raises(StoreError, match="権限がありません") as caught:
                write(place, version(2))
            assert str(place) in sentence(caught.value)
    assert sorted(path.rglob("*")) == before
    holds(path, PAPER)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="users are numbers")
@pytest.mark.parametrize("hidden", [".", "store.tsv", "gen-000001/columns.bin", "gen-000001/papers/*"])
def test_a_store_that_may_not_be_read_is_said(anybodys: Path, hidden: str) -> None:
    path = anybodys / "store"
    write(path, PAPER)
    with somebody_else(anybodys):
        effective = os.geteuid()
        os.seteuid(os.getuid())
        next(path.glob(hidden) if "*" in hidden else iter([path / hidden])).chmod(0)
        os.seteuid(effective)
        reading = store.papers if "papers" in hidden else store.open_columns
        with pytest.raises(StoreError, match="読めません（権限がありません）") as caught:
            reading(path)
        sentence(caught.value)


# Where it is


def test_the_store_is_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEISAKU_STORE", str(tmp_path))
    assert store.default_store() == tmp_path
    monkeypatch.setenv("SEISAKU_STORE", "")
    assert store.default_store().parts[-2:] == ("seisaku", "store")


def test_the_seeds_are_held_whole(seed_store: Path) -> None:
    store.open_columns(seed_store).check()
    assert [each.about.id for each in store.papers(seed_store)] == ["meti-request-2024", "monozukuri-2025"]
    with pytest.raises(StoreError), Writer(seed_store / "store.tsv"):
        pass
