"""Nothing that a store holds is run, whoever made it."""

import os
import pickle
from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import whoosh.codec.whoosh3
import whoosh.filedb.structfile
import whoosh.formats
import whoosh.index

from index import indexer, store
from index.document import Amount
from index.errors import StoreError
from index.store import whoosh_index
from index.store.unpickling import KNOWN, only_known
from search import Searcher
from tests.made import item, paper, sentence, version, write

PAPER = paper("甲", *(item("甲", f"蓄電池事業{each}", Amount(each), line=each) for each in range(1, 300)))

OTHER = version(1, "乙")


def poisoned(data: bytes, folder: Path) -> bytes:
    """Return a pickle of the same value which makes a folder when it is read.

    The value of what is called is thrown away (opcode POP) before the pickle goes on as it was.
    """
    return data[:2] + f"cos\nmakedirs\n(V{folder}\nI511\nI01\ntR0".encode() + data[2:]


class Pickler:
    """The module `pickle`, but for what it writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def dumps(self, value: object, protocol: int = 2) -> bytes:
        return poisoned(pickle.dumps(value, protocol), self.folder)

    def dump(self, value: object, file: Any, protocol: int = 2) -> None:
        file.write(self.dumps(value, protocol))

    dump_pickle = dump

    def __getattr__(self, name: str) -> Any:
        return getattr(pickle, name)


DUMP = "dump" if hasattr(whoosh.filedb.structfile, "dump") else "dump_pickle"  # Whoosh 2.7.4
DEEP = "check, deep"
WRITERS: list[tuple[str, Any, str, list[str]]] = [
    ("postings", whoosh.codec.whoosh3, "dumps", [DEEP, "replace", "remove"]),
    ("positions", whoosh.formats, "dumps", [DEEP]),
    ("tables of segments and of their parts", whoosh.filedb.structfile, DUMP, ["add", DEEP, "replace", "remove"]),
    ("the schema", whoosh.index, "pickle", []),
]
"""Where Whoosh pickles, and who reads it there: a commit that only adds reads no postings, `DEEP` all of them."""


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Return the folder that is made if something runs; the line of a pickle has no other letters than these."""
    return tmp_path / "ran"


def poisonous(path: Path, mark: Path, patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Make a store that is whole but for this: reading what Whoosh writes by `name` of a module makes a folder."""
    pickler = Pickler(mark)
    with patch.context() as here:
        here.setattr(module, name, pickler if name == "pickle" else getattr(pickler, name))
        here.setattr(whoosh_index, "only_known", nullcontext)
        write(path, PAPER, OTHER)
    with suppress(FileNotFoundError):
        mark.rmdir()


def said(work: Callable[[Path], object], path: Path) -> str:
    """Return what is said of a store that `work` cannot use, nothing where it can."""
    try:
        work(path)
    except StoreError as error:
        return sentence(error)
    return ""


USES: list[tuple[str, Callable[[Path], object]]] = [
    ("a query", lambda path: Searcher.open(path).search("蓄電池 amount>10")),
    ("a sum", lambda path: Searcher.open(path).total("蓄電池")),
    ("the text", lambda path: store.paper(path, "甲")),
    ("check", indexer.check),
    ("add", lambda path: write(path, version(2, "丙"))),
    (DEEP, lambda path: indexer.check(path, deep=True)),
    ("replace", lambda path: write(path, version(2, "乙"))),
    ("remove", lambda path: indexer.remove(path, ["甲"])),
]


@pytest.mark.parametrize(("module", "name", "readers"), [row[1:] for row in WRITERS], ids=[row[0] for row in WRITERS])
def test_what_stands_in_a_store_is_not_run(
    tmp_path: Path, mark: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, readers: list[str]
) -> None:
    path = tmp_path / "store"
    poisonous(path, mark, monkeypatch, module, name)
    refused = [use for use, work in USES if said(work, path)]
    assert refused == readers
    papers = store.papers(path)
    assert [each.about.id for each in papers] == [
        *(["丙"] if "add" not in refused else []),
        "乙",
        *(["甲"] if "remove" in refused else []),
    ]
    indexer.build(path)
    indexer.check(path, deep=True)
    assert store.papers(path) == papers
    assert not mark.exists()


@pytest.mark.parametrize(("module", "name"), [row[1:3] for row in WRITERS[:3]], ids=[row[0] for row in WRITERS[:3]])
def test_it_would_be_run_if_it_were_let(
    tmp_path: Path, mark: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    path = tmp_path / "store"
    poisonous(path, mark, monkeypatch, module, name)
    monkeypatch.setattr(whoosh_index, "only_known", nullcontext)
    indexer.check(path, deep=True)
    assert mark.is_dir()


def test_only_what_whoosh_keeps_of_its_segments_is_unpickled() -> None:
    for value in (OrderedDict(a=1), Path("x"), os.getcwd, print, eval, PAPER, type):
        with only_known(), pytest.raises(pickle.UnpicklingError, match="is not what Whoosh keeps"):
            pickle.loads(pickle.dumps(value))
    for plain in ({"a": [1, 2.5, b"x", None, (True,)]}, {1, 2}):
        with only_known(), only_known():
            assert pickle.loads(pickle.dumps(plain, -1)) == plain
    assert len(KNOWN) < 10


def test_nobody_else_is_hindered() -> None:
    made: list[object] = []
    with only_known():
        other = Thread(target=lambda: made.append(pickle.loads(pickle.dumps(OrderedDict(a=1)))))
        other.start()
        other.join()
    made.append(pickle.loads(pickle.dumps(OrderedDict(b=2))))
    assert made == [OrderedDict(a=1), OrderedDict(b=2)]


def test_what_a_large_commit_sorts_in_runs_is_unpickled() -> None:
    with only_known():
        assert pickle.loads(pickle.dumps([b"", b"words"], 2)) == [b"", b"words"]
