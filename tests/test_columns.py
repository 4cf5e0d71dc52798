"""Columns give back what was written; what is not what was written is found."""

import errno
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoreError
from index.store.columns import Column, Columns, put_strings, smallest, write
from tests.made import sentence

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NAMES = st.text("abcdefghijklmnopqrstuvwxyz.", min_size=1)
COLUMNS = st.one_of(
    st.binary(),
    st.lists(st.integers(0, 2**64 - 1)).map(smallest),
    st.lists(st.integers(-(2**63), 2**63 - 1)).map(lambda numbers: array("q", numbers)),
)
SMALLEST = [
    ([], "B"),
    ([255], "B"),
    ([0, 256], "H"),
    ([65535], "H"),
    ([65536], "I"),
    ([2**32 - 1], "I"),
    ([2**32], "Q"),
    ([2**64 - 1], "Q"),
]
NO_COLUMNS = [
    ("nothing", b""),
    ("one byte", b"S"),
    ("the mark alone", b"SEISAKU1"),
    ("zeros", bytes(4096)),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ("text", "政策の予算。\n".encode() * 100),
    ("a head and nothing behind it", b"SEISAKU1<0000100" + b"0" * 16),
    ("a head with a length without sense", b"SEISAKU1<-000001" + b"0" * 16),
    ("the other byte order", b"SEISAKU1>0000000" + b"0" * 16),
]


def sample(folder: Path) -> Path:
    """Return a file of columns of every kind."""
    columns: dict[str, Column] = {
        "none": smallest([]),
        "bytes": b"\x01\x02\x03",
        "small": smallest([1, 2, 3]),
        "large": smallest([2**40]),
        "signed": array("q", [-1, 2**62]),
    }
    put_strings(columns, "string", ["", "蓄電池", "半\ud800"])
    write(folder / "columns", columns)
    return folder / "columns"


@given(st.dictionaries(NAMES, COLUMNS))
def test_give_back_what_was_written(columns: dict[str, Column]) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "columns", columns)
        read = Columns(Path(folder) / "columns")
        read.check()
        assert read.table.keys() == columns.keys()
        for name, column in columns.items():
            if isinstance(column, array):
                assert read.numbers(name).tolist() == column.tolist()
            else:
                assert bytes(read.data(name)) == column


@given(st.lists(ANY_TEXT), ANY_TEXT)
def test_strings_give_back_what_was_written(strings: list[str], other: str) -> None:
    ordered = sorted(set(strings), key=lambda each: each.encode("utf-8", "surrogatepass"))
    columns: dict[str, Column] = {}
    put_strings(columns, "as.they.come", strings)
    put_strings(columns, "in.order", ordered)
    with TemporaryDirectory() as folder:
        write(Path(folder) / "columns", columns)
        read = Columns(Path(folder) / "columns")
        found = read.strings("as.they.come")
        assert [found[number] for number in range(len(found))] == strings
        found = read.strings("in.order")
        assert [found.find(each) for each in ordered] == list(range(len(ordered)))
        assert found.find(other) == (ordered.index(other) if other in ordered else None)


@pytest.mark.parametrize(("numbers", "kind"), SMALLEST, ids=[str(numbers) for numbers, _ in SMALLEST])
def test_numbers_take_the_smallest_kind(numbers: list[int], kind: str) -> None:
    assert (smallest(numbers).typecode, smallest(numbers).tolist()) == (kind, numbers)


def test_a_file_cut_off_or_grown_is_refused(tmp_path: Path) -> None:
    path = sample(tmp_path)
    data = path.read_bytes()
    for other in [data[:length] for length in range(len(data))] + [data + b"\0"]:
        path.write_bytes(other)
        with pytest.raises(StoreError) as caught:
            Columns(path)
        sentence(caught.value)


def test_a_byte_changed_is_found(tmp_path: Path) -> None:
    path = sample(tmp_path)
    data = path.read_bytes()
    for at in range(len(data)):
        for change in (0x01, 0x20, 0x80):
            path.write_bytes(data[:at] + bytes([data[at] ^ change]) + data[at + 1 :])
            with pytest.raises(StoreError) as caught:
                Columns(path).check()
            sentence(caught.value)
    path.write_bytes(data)
    Columns(path).check()


@pytest.mark.parametrize("data", [data for _, data in NO_COLUMNS], ids=[name for name, _ in NO_COLUMNS])
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "columns"
    path.write_bytes(data)
    with pytest.raises(StoreError, match="壊れています") as caught:
        Columns(path)
    assert str(path) in sentence(caught.value)


def test_a_file_that_is_not_there_is_left_to_the_store(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        Columns(tmp_path / "columns")
    assert caught.value.errno == errno.ENOENT
