"""A store that somebody else made reads and writes nothing outside itself, and takes no more than its share."""

import json
import os
import shutil
import signal
import zlib
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index import indexer, store
from index.document import Amount
from index.errors import StoreError
from index.store import columns, contents, packing, storage
from index.store.columns import Columns
from index.store.storage import PackedStorage
from index.store.whoosh_index import WhooshIndex
from search import Searcher
from tests.made import item, paper, sentence, version, write

PAPER = paper(
    "甲", *(item("甲", f"蓄電池事業{each}", Amount(each), line=each, heading_path=("章", "節")) for each in range(1, 9))
)
USES: list[tuple[str, Callable[[Path], object]]] = [
    ("a query", lambda path: Searcher.open(path).search("蓄電池 amount>1")),
    ("items", lambda path: Searcher.open(path).items("甲")),
    ("the text", lambda path: store.paper(path, "甲")),
    ("check", lambda path: indexer.check(path, deep=True)),
    ("add", lambda path: write(path, version(2))),
    ("remove", lambda path: indexer.remove(path, ["甲"])),
    ("build", indexer.build),
]
SECRET = "だいじなもの"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store that holds one paper, beside a folder of somebody's."""
    write(tmp_path / "store", PAPER)
    (tmp_path / "others" / "papers").mkdir(parents=True)
    for name in ("note.txt", "store.tsv", "gen-000001", "papers/x.z"):
        (tmp_path / "others" / name).write_text(SECRET, encoding="utf-8")
    return tmp_path / "store"


@pytest.fixture(autouse=True)
def in_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing wait for ever, and little be too much."""
    monkeypatch.setattr(packing, "MOST", 1 << 20)
    monkeypatch.setattr(columns, "_MOST", 1 << 20)
    monkeypatch.setattr(storage, "_LEAST", 1 << 20)
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(30)
    yield
    signal.alarm(0)


def generation(path: Path) -> Path:
    return path / store.read_manifest(path)["generation"]


def others(path: Path) -> Path:
    return path.parent / "others"


def manifest(path: Path, **changed: str) -> None:
    """Write a manifest that is right but for what is changed."""
    rows = store.read_manifest(path) | changed
    (path / "store.tsv").write_text(store.manifest_text(rows), encoding="utf-8")


def settled(path: Path) -> None:
    """Make all sums right again after a change: whoever made the store made it so."""
    folder = generation(path)
    contents.write(folder, {})
    manifest(path, columns="")


# Names and links that lead elsewhere


def a_generation_elsewhere(path: Path) -> None:
    manifest(path, generation="../others")


def a_generation_that_is_a_link(path: Path) -> None:
    shutil.move(generation(path), path.parent / "moved")
    (path / "gen-000001").symlink_to(path.parent / "moved")


def columns_that_are_a_link(path: Path) -> None:
    (generation(path) / "columns.bin").unlink()
    (generation(path) / "columns.bin").symlink_to(others(path) / "note.txt")


def papers_that_are_a_link(path: Path) -> None:
    shutil.rmtree(generation(path) / "papers")
    (generation(path) / "papers").symlink_to(others(path) / "papers")


def a_text_that_is_a_link(path: Path) -> None:
    file = store.paper_file(generation(path), "甲")
    file.unlink()
    file.symlink_to(others(path) / "note.txt")


def a_manifest_that_is_a_link(path: Path) -> None:
    (path / "store.tsv").unlink()
    (path / "store.tsv").symlink_to(others(path) / "note.txt")


def a_lock_that_is_a_link(path: Path) -> None:
    (path / "writer.lock").unlink()
    (path / "writer.lock").symlink_to(others(path) / "note.txt")


def a_next_manifest_that_is_a_link(path: Path) -> None:
    (path / "store.tsv.new").symlink_to(others(path) / "note.txt")


def a_table_of_files_elsewhere(path: Path) -> None:
    rows = f"../../others/note.txt\t{len(SECRET)}\t00000000\n"
    (generation(path) / contents.TABLE).write_text(f"{rows}{zlib.crc32(rows.encode()):08x}\n")


def a_segment_elsewhere(path: Path) -> None:
    """Name a file outside in Whoosh's own table of segments."""
    storage = PackedStorage(generation(path))
    index = storage.open_index()
    table = index._read_toc()
    table.segments[0].segid = "x/../../../others/note"
    (generation(path) / f"_MAIN_{table.generation}.toc").unlink()
    table.write(storage, "MAIN")
    settled(path)


# Files that are none


def pipe(name: str) -> Callable[[Path], None]:
    def a_pipe(path: Path) -> None:
        file = next(path.rglob(name))
        file.unlink()
        os.mkfifo(file)

    a_pipe.__name__ = f"a pipe for {name}"
    return a_pipe


# More than fits


def bomb(size: int) -> bytes:
    """Return what is a thousand times as long when it is unpacked."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


BOMB = bomb(64 << 20)


def a_text_that_unpacks_to_too_much(path: Path) -> None:
    store.paper_file(generation(path), "甲").write_bytes(BOMB)
    settled(path)


def a_segment_that_unpacks_to_too_much(path: Path) -> None:
    next(generation(path).glob("*.seg")).write_bytes(BOMB)
    settled(path)


def a_manifest_of_less(path: Path) -> None:
    rows = store.read_manifest(path)
    (path / "store.tsv").write_text(store.manifest_text({each: rows[each] for each in ("format", "generation")}))


def a_manifest_without_end(path: Path) -> None:
    with (path / "store.tsv").open("r+b") as file:
        file.truncate(1 << 40)


# What makes no sense


def text_of(value: object) -> Callable[[Path], None]:
    def a_text(path: Path) -> None:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        store.paper_file(generation(path), "甲").write_bytes(zlib.compress(data))
        settled(path)

    a_text.__name__ = f"a text {str(value)[:40]}"
    return a_text


ABOUT: dict[str, Any] = {"id": "甲", "title": "題", "guessed": [], "given": []}
TEXTS = [
    b"[" * 100_000,
    b"\xff\xfe",
    [],
    {"about": ABOUT},
    {"about": ABOUT, "lines": [["a"]]},
    {"about": ABOUT, "lines": [[1, 2]]},
    {"about": ABOUT, "lines": "ab"},
    {"about": {**ABOUT, "year": "x"}, "lines": []},
    {"about": {**ABOUT, "title": ["x"]}, "lines": []},
    {"about": {**ABOUT, "id": "乙"}, "lines": []},
    {"about": {**ABOUT, "more": 1}, "lines": []},
    {"about": "甲", "lines": []},
]


def columns_with(name: str, change: Callable[[Any], Any]) -> Callable[[Path], None]:
    def columns_changed(path: Path) -> None:
        file = generation(path) / "columns.bin"
        old = Columns(file)
        kept: dict[str, Any] = {
            each: array(kind, old.numbers(each)) if kind != "-" else bytes(old.data(each))
            for each, (kind, *_) in old.table.items()
        }
        kept[name] = change(kept[name])
        file.unlink()
        columns.write(file, {each: value for each, value in kept.items() if value is not None})
        settled(path)

    columns_changed.__name__ = f"columns with another {name}"
    return columns_changed


FOREIGN: list[Callable[[Path], None]] = [
    a_generation_elsewhere,
    a_generation_that_is_a_link,
    columns_that_are_a_link,
    papers_that_are_a_link,
    a_text_that_is_a_link,
    a_manifest_that_is_a_link,
    a_lock_that_is_a_link,
    a_next_manifest_that_is_a_link,
    a_table_of_files_elsewhere,
    a_segment_elsewhere,
    *map(pipe, ("store.tsv", "columns.bin", "files.tsv", "*.toc", "*.seg", "*.z", "writer.lock")),
    a_text_that_unpacks_to_too_much,
    a_segment_that_unpacks_to_too_much,
    a_manifest_of_less,
    a_manifest_without_end,
    *map(text_of, TEXTS),
    columns_with("term.starts", lambda column: None),
    columns_with("term.said", lambda column: BOMB),
    columns_with("heading.above", lambda column: array("B", [2] * len(column))),
]


def told(work: Callable[[Path], object], path: Path) -> str:
    """Return in which sentence a store refuses, nothing where it does not."""
    try:
        work(path)
    except StoreError as error:
        return sentence(error)
    return ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("foreign", FOREIGN, ids=lambda foreign: foreign.__name__)
def test_nothing_outside_is_touched_and_one_sentence_is_said(path: Path, foreign: Callable[[Path], None]) -> None:
    foreign(path)
    before = {each: each.read_text("utf-8") for each in others(path).rglob("*") if each.is_file()}
    said = [told(work, path) for _, work in USES]
    assert all(SECRET not in each for each in said)
    assert {each: each.read_text("utf-8") for each in others(path).rglob("*") if each.is_file()} == before
    assert set(before.values()) == {SECRET}


def test_columns_that_lead_in_a_circle_end(path: Path) -> None:
    columns_with("heading.above", lambda column: array("B", [2, 0]))(path)
    assert Searcher.open(path).items("甲")[0].heading_path == ("節",)
    with pytest.raises(StoreError, match=r"columns\.bin"):
        indexer.check(path, deep=True)


@pytest.mark.parametrize("name", ["../x.seg", "/etc/x.seg", "..", "", "a/b.toc", "a/../../x"])
def test_whoosh_opens_and_makes_nothing_outside(path: Path, name: str) -> None:
    storage = PackedStorage(generation(path))
    works: list[Callable[[str], object]] = [storage.open_file, storage.create_file, storage.delete_file]
    for work in works:
        with pytest.raises(StoreError, match="壊れています"):
            work(name)
    WhooshIndex(generation(path), new=False)


def test_a_generation_that_is_a_link_is_not_made_anew_of_other_papers(path: Path) -> None:
    a_generation_that_is_a_link(path)
    for _, work in USES:
        assert "リンクになっています" in told(work, path)
    (path / "gen-000001").unlink()
    shutil.move(path.parent / "moved", path / "gen-000001")
    assert store.papers(path) == [PAPER.document]
