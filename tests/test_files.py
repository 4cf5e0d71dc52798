"""Only ordinary files are opened; one that is read is not swept away."""

import os
import zlib
from pathlib import Path

import pytest

from index.store.files import inflated, opened, read_bytes, share, unused


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(b"12345")
    return tmp_path / "file"


def test_an_ordinary_file_is_read(file: Path) -> None:
    assert read_bytes(file) == b"12345"
    assert read_bytes(file, 2) == b"12"
    with opened(file) as stream:
        assert stream.read() == b"12345"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_nothing_else_is_opened(file: Path) -> None:
    (file.parent / "link").symlink_to(file)
    (file.parent / "dangling").symlink_to(file.parent / "nowhere")
    os.mkfifo(file.parent / "pipe")
    for name in ("link", "dangling", "pipe"):
        with pytest.raises(OSError, match="通常のファイルではありません"):
            read_bytes(file.parent / name)
    with pytest.raises(IsADirectoryError):
        read_bytes(file.parent)
    with pytest.raises(FileNotFoundError):
        read_bytes(file.parent / "nothing")


def test_what_is_read_is_not_unused(file: Path) -> None:
    pytest.importorskip("fcntl")
    with unused(file) as free, unused(file.parent / "nothing") as nothing:
        assert free
        assert nothing
        with opened(file) as stream:
            assert not share(stream.fileno())  # it is being swept away
    with opened(file) as one, opened(file) as other:
        assert share(one.fileno())
        assert share(other.fileno())
        with unused(file) as free:
            assert not free
    with unused(file) as free:
        assert free


def test_what_is_gone_is_not_shared(file: Path) -> None:
    with opened(file) as stream:
        file.unlink()
        assert not share(stream.fileno())


def test_no_more_is_unpacked_than_it_may_be() -> None:
    data = zlib.compress(b"12345")
    assert inflated(data, 5) == b"12345"
    for bad, most in ((data, 4), (data[:-1], 5), (data + b"x", 5), (b"", 5), (b"x" * 20, 5)):
        with pytest.raises(zlib.error):
            inflated(bad, most)
