"""The papers in a ZIP: each with its name, what could do harm refused in one sentence."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from index import archive
from index.archive import Member, members
from index.errors import PaperError
from index.sources import wanted

TEXT = "蓄電池の支援事業　12億円\n".encode()


def packed(tmp_path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    """Return a ZIP of these entries."""
    path = tmp_path / "資料.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    return path


def taken(path: Path, tmp_path: Path) -> list[Member]:
    """Return the papers in a ZIP, and nested ones, taken out into a new folder."""
    into = tmp_path / "out"
    into.mkdir(exist_ok=True)
    return list(members(path, "資料.zip", into, lambda name: wanted(name) or name.endswith(".zip")))


NAMES = [
    ("予算.txt", "予算.txt", "予算.txt"),
    ("R5/予算.txt", "R5/予算.txt", "予算.txt"),
    ("R5\\中\\予算.csv", "R5/中/予算.csv", "予算.csv"),
]


@pytest.mark.parametrize(("written", "name", "file"), NAMES, ids=[name for name, *_ in NAMES])
def test_a_paper_is_taken_out_under_its_name(written: str, name: str, file: str, tmp_path: Path) -> None:
    [member] = taken(packed(tmp_path, (written, TEXT)), tmp_path)
    assert member.name == name
    assert member.path is not None
    assert (member.path.name, member.path.read_bytes()) == (file, TEXT)


@pytest.mark.parametrize("name", ["R5/予算案.txt", "表計算能力.txt", "ソ連の申請.txt"])
def test_names_of_japanese_windows_are_read(name: str, tmp_path: Path) -> None:
    raw = name.encode("cp932")
    stand_in = "x" * (len(raw) - 4) + ".txt"
    path = packed(tmp_path, (stand_in, TEXT))
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), raw))
    assert [each.name for each in taken(path, tmp_path)] == [name]


def test_the_table_beside_a_paper_comes_with_it(tmp_path: Path) -> None:
    found = taken(packed(tmp_path, ("a/documents.toml", b""), ("a/x.txt", TEXT), ("b/x.txt", b"")), tmp_path)
    assert [each.name for each in found] == ["a/x.txt", "b/x.txt"]
    assert found[0].path is not None
    assert (found[0].path.parent / "documents.toml").exists()
    assert found[1].path is not None
    assert found[1].path.parent != found[0].path.parent


def nested() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("x.txt", TEXT)
    return data.getvalue()


HARMFUL = [
    ("../x.txt", TEXT, "外のフォルダー"),
    ("a/../../x.txt", TEXT, "外のフォルダー"),
    ("..\\x.txt", TEXT, "外のフォルダー"),
    ("/etc/x.txt", TEXT, "外のフォルダー"),
    ("C:\\x.txt", TEXT, "外のフォルダー"),
    ("中の.zip", nested(), "ZIP の中の ZIP"),
]


@pytest.mark.parametrize(("name", "data", "said"), HARMFUL, ids=[name for name, *_ in HARMFUL])
def test_what_could_do_harm_is_refused_and_the_rest_is_read(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    found = taken(packed(tmp_path, (name, data), ("良い.txt", TEXT)), tmp_path)
    assert sorted(each.name for each in found if each.path) == ["良い.txt"]
    [fault] = [each.fault for each in found if not each.path]
    assert fault.startswith("資料.zip/")
    assert said in fault
    assert fault.endswith("ください")
    assert {each.name for each in tmp_path.rglob("*.txt")} == {"良い.txt"}


def test_a_link_in_a_zip_is_left_out(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert [each.name for each in taken(packed(tmp_path, (link, b"/etc/passwd"), ("x.txt", TEXT)), tmp_path)] == [
        "x.txt"
    ]


def refused(path: Path, tmp_path: Path) -> str:
    with pytest.raises(PaperError) as caught:
        taken(path, tmp_path)
    assert str(caught.value).startswith("資料.zip")
    return str(caught.value)


def test_a_bomb_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(tmp_path, ("x.txt", bytes(32 * 1024**2)))
    assert "200倍" in refused(bomb, tmp_path)
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1024)
    assert "MiB を超えます" in refused(bomb, tmp_path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    assert "2個" in refused(packed(tmp_path, *((f"{each}.txt", TEXT) for each in range(3))), tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", bytes(1000)], ids=repr)
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "資料.zip"
    path.write_bytes(data)
    assert "壊れています" in refused(path, tmp_path)


def test_one_broken_entry_keeps_out_no_other(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a.txt", TEXT * 50), ("b.txt", "別の文".encode() * 50))
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF  # in what a.txt is packed to
    path.write_bytes(bytes(data))
    good, bad = (
        sorted(each.name for each in taken(path, tmp_path) if bool(each.path) is whole) for whole in (True, False)
    )
    assert (good, bad) == (["b.txt"], ["a.txt"])


def test_an_entry_with_a_password_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a.txt", TEXT))
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    [member] = taken(path, tmp_path)
    assert "パスワード" in member.fault
