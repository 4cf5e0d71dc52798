"""What the user names to files: folders, patterns, ZIPs, standard input; each file once, nothing from outside."""

import io
import os
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.errors import PaperError
from index.sources import Source, gathered, suffix_of
from tests.made import version, write

posix = pytest.mark.skipif(os.name != "posix", reason="only where there are such links and permissions")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of papers and of what is none, in which the test works."""
    top = tmp_path / "資料"
    for name in (
        *("b.txt", "a.md", "R5/予算.csv", "R5/中/予算.PDF", "R6/予算.csv"),
        *(".隠し.txt", ".git/x.txt", "~$a.docx", "__MACOSX/a.txt", "写真.png", "R5/documents.toml"),
    ):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return top


def found(*named: str, input_name: str | None = None, ours: Path | None = None) -> list[str]:
    """Return what the files are called that some names stand for."""
    with gathered([Path(each) for each in named], input_name, ours) as sources:
        assert not sources.faults
        return [each.name for each in sources.found]


ALL = ["資料/a.md", "資料/b.txt", "資料/R5/予算.csv", "資料/R5/中/予算.PDF", "資料/R6/予算.csv"]
NAMED = [
    (["資料"], ALL),
    (["資料/"], ALL),
    (["資料/b.txt"], ["資料/b.txt"]),
    (["資料/*.txt"], ["資料/b.txt"]),
    (["資料/*/予算.csv"], ["資料/R5/予算.csv", "資料/R6/予算.csv"]),
    (["資料/**/*.csv"], ["資料/R5/予算.csv", "資料/R6/予算.csv"]),
    (["資料/*"], ["資料/a.md", "資料/b.txt", "資料/写真.png"]),
    (["資料/R?"], ["資料/R5/予算.csv", "資料/R5/中/予算.PDF", "資料/R6/予算.csv"]),
    (["資料/b.txt", "資料", "資料/../資料/b.txt"], ["資料/b.txt", *(each for each in ALL if each != "資料/b.txt")]),
    (["無い.txt"], ["無い.txt"]),
]


@pytest.mark.parametrize(("named", "files"), NAMED, ids=[" ".join(named) for named, _ in NAMED])
def test_stands_for(named: list[str], files: list[str], folder: Path) -> None:
    assert [each.replace(os.sep, "/") for each in found(*named)] == files


def test_a_file_of_the_name_of_a_pattern_is_that_file(folder: Path) -> None:
    (folder / "[案]予算.txt").write_text("x", encoding="utf-8")
    assert found("資料/[案]予算.txt") == ["資料/[案]予算.txt"]


def test_where_a_file_came_from_is_remembered(folder: Path) -> None:
    with gathered([Path("資料/b.txt")]) as sources:
        assert sources.found == [Source(Path("資料/b.txt"), "資料/b.txt", str(folder / "b.txt"))]


def test_what_no_reader_knows_is_counted(folder: Path) -> None:
    with gathered([folder]) as sources:
        assert sources.skipped == 1


@posix
def test_links_lead_nowhere_outside_and_round_no_loop(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "外.txt").write_text("x", encoding="utf-8")
    for link, target in (("外へ.txt", "../外.txt"), ("輪", ".."), ("R5/輪.txt", "輪.txt"), ("写し.txt", "b.txt")):
        (folder / link).symlink_to(target)
    (folder / "外の中").symlink_to(tmp_path)
    assert [each for each in found("資料") if each not in ALL] == []
    assert found("資料/外へ.txt") == ["資料/外へ.txt"]


def test_stores_are_no_papers(folder: Path) -> None:
    write(folder / "索引", version(1))
    assert found("資料") == ALL
    with pytest.raises(PaperError, match="索引そのもの"):
        found("資料/索引")
    with pytest.raises(PaperError, match="索引そのもの"):
        found("資料", ours=folder)


def test_nothing_to_read_is_one_sentence(folder: Path) -> None:
    (folder / "空").mkdir()
    (folder / "絵").mkdir()
    (folder / "絵" / "写真.png").touch()
    for named in ("資料/空", "資料/絵", "資料/*.docx"):
        with pytest.raises(PaperError, match=r"読める資料|当てはまる"):
            found(named)


@posix
def test_a_folder_that_may_not_be_seen_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = os.walk

    def shut(top: Path, onerror: object) -> object:
        assert callable(onerror)
        onerror(PermissionError(13, "Permission denied", str(folder / "R5")))
        return walk(top)

    monkeypatch.setattr(os, "walk", shut)
    with gathered([folder]) as sources:
        assert [(each.origin, each.sentence[-6:]) for each in sources.faults] == [(str(folder / "R5"), "めてください")]
        assert len(sources.found) >= len(ALL)


def test_a_zip_is_read_like_a_folder(folder: Path) -> None:
    with zipfile.ZipFile(folder / "まとめ.zip", "w") as made:
        for name in ("R7/予算.txt", "R7/絵.png", ".隠し.txt", "__MACOSX/R7/予算.txt", "R7/documents.toml"):
            made.writestr(name, "本文")
    for named in ("資料/まとめ.zip", "資料"):
        with gathered([Path(named)]) as sources:
            member = (
                sources.found[-1] if named != "資料" else next(each for each in sources.found if "まとめ" in each.name)
            )
            assert member.name == "資料/まとめ.zip/R7/予算.txt"
            assert member.origin == str(folder / "まとめ.zip" / "R7" / "予算.txt")
            assert member.path.read_text(encoding="utf-8") == "本文"
        assert not member.path.exists()
    (folder / "悪い.zip").write_bytes(b"x")
    with gathered([folder]) as sources:
        assert [each.origin for each in sources.faults] == [str(folder / "悪い.zip")]


def test_a_zip_without_a_paper_is_one_sentence(folder: Path) -> None:
    with zipfile.ZipFile(folder / "絵.zip", "w") as made:
        made.writestr("絵.png", "x")
    with pytest.raises(PaperError, match="読める資料がありません"):
        found("資料/絵.zip")


def given(data: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard input say `data`, or be closed."""
    monkeypatch.setattr(sys, "stdin", None if data is None else SimpleNamespace(buffer=io.BytesIO(data)))


INPUTS = [
    ("本文".encode(), None, ".txt"),
    ("本文".encode("cp932"), None, ".txt"),
    (b"a,b\n1,2\n", "x.csv", "x.csv"),
    (b"x", "../../x.csv", "x.csv"),
    (b"\xef\xbb\xbf <!DOCTYPE html><p>x", None, ".html"),
    (b"%PDF-1.7\n", None, ".pdf"),
    (b"%PDF-1.7\n", "予算", "予算.pdf"),
    (b"%PDF-1.7\n", "予算.txt", "予算.txt"),
]


@pytest.mark.parametrize(("data", "name", "file"), INPUTS, ids=[f"{data!r} {name}" for data, name, _ in INPUTS])
def test_standard_input_is_a_file(data: bytes, name: str | None, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given(data, monkeypatch)
    with gathered([Path("-"), Path("-")], name) as sources:
        [source] = sources.found
        assert (source.name, source.origin) == ("標準入力", None)
        assert source.path.read_bytes() == data
        assert source.path.name == file if name else source.path.name.endswith(file)
    assert not source.path.exists()


@pytest.mark.parametrize("data", [b"", None])
def test_an_empty_standard_input_is_one_sentence(data: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    given(data, monkeypatch)
    with pytest.raises(PaperError, match="標準入力"):
        found("-")


def test_a_name_that_no_file_can_have_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    given(b"x", monkeypatch)
    with pytest.raises(PaperError, match="--name"):
        found("-", input_name="長" * 300)


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"])
def test_office_files_are_told_by_their_parts(part: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr(part, "<x/>")
    assert suffix_of(data.getvalue()) == {"w": ".docx", "x": ".xlsx", "p": ".pptx"}[part[0]]
