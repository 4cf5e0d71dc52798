"""The table of a generation's files tells of each byte that is not what was written."""

import zlib
from pathlib import Path

import pytest

from index.errors import StoreError
from index.store import contents
from index.store.contents import Content
from tests.made import sentence

FILES = {
    "columns.bin": b"columns",
    "_MAIN_1.toc": b"",
    "MAIN_0123456789abcdef.seg": bytes(range(256)) * 5000,
    "papers/e794b2-00000000.z": b"paper",
}


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    """Return a folder with files, of which it has a table, and others, of which that says nothing."""
    (tmp_path / "papers").mkdir()
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    for name in ("MAIN_WRITELOCK", ".DS_Store", "papers/._x", "note.txt"):
        (tmp_path / name).write_bytes(b"x")
    contents.write(tmp_path, {})
    return tmp_path


def test_each_file_is_in_the_table(generation: Path) -> None:
    assert contents.read(generation) == {name: Content(len(data), zlib.crc32(data)) for name, data in FILES.items()}
    contents.check(generation)


def test_what_is_known_is_believed(generation: Path) -> None:
    """Bytes that have changed on the disk since are not taken for what was written."""
    known = contents.read(generation)
    del known["columns.bin"]
    for name in ("columns.bin", "papers/e794b2-00000000.z"):
        (generation / name).write_bytes(b"changed")
    contents.write(generation, known)
    assert contents.read(generation) == {**known, "columns.bin": Content(7, zlib.crc32(b"changed"))}
    with pytest.raises(StoreError, match="文書の本文") as caught:
        contents.check(generation)
    assert "e794b2-00000000.z" in sentence(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_what_was_written_is_told(generation: Path, name: str) -> None:
    for data in (FILES[name] + b"\0", FILES[name][:-1] + b"?", None):
        (generation / name).unlink()
        if data is not None:
            (generation / name).write_bytes(data)
        with pytest.raises(StoreError, match="欠けているか壊れています") as caught:
            contents.check(generation)
        assert str(generation / name) in sentence(caught.value)


def test_a_table_that_is_not_what_was_written_is_told(generation: Path) -> None:
    table = generation / contents.TABLE
    data = table.read_bytes()
    changed = [data[:cut] for cut in range(len(data))]
    changed += [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(len(data))]
    for each in [*changed, data + b"\n", data * 2]:
        table.write_bytes(each)
        with pytest.raises(StoreError, match=r"files\.tsv") as caught:
            contents.read(generation)
        sentence(caught.value)


NAMES = ["../x", "/etc/passwd", "papers/../../x", "papers/x/y.z", "..", "", "note.txt", "columns.bin\0", "files.tsv"]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_leads_elsewhere_is_refused(generation: Path, name: str) -> None:
    rows = f"{name}\t1\t00000000\n"
    (generation / contents.TABLE).write_text(f"{rows}{zlib.crc32(rows.encode()):08x}\n")
    with pytest.raises(StoreError, match=r"files\.tsv"):
        contents.read(generation)
