"""Lines are what stands in the file, whatever its encoding; what is no text is refused in one sentence."""

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Line
from index.errors import PaperError
from index.readers import read_lines, text
from seeds import folder

PAPER = "令和6年度 予算の概要\n子育て世帯への給付金（仮称）\n蓄電池の製造・サプライチェーン強靱化 1,000億円\n"

CODECS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp932",
    "euc_jp",
    "iso2022_jp_ext",
]

SHORT = [
    PAPER,
    "予算\n",
    "子育て給付金\n",
    "蓄電池の製造\n半導体\n予算",
    "半導体\n水素\n原子力\n",
    "ｴﾈ特の事業\nｺｽﾄ削減のための支援\n",
    "省エネ\r\n再エネ\r\n",
]

VENDOR = [
    (b"\xad\xa1\xcd\xbd\xbb\xbb", "①予算"),
    (b"\xfc\xe2\xb6\xb6\xa4\xb5\xa4\xf3", "髙橋さん"),
    (b"\x1b$B-!M=;;\x1b(B", "①予算"),
]

SPLITS: list[tuple[str, list[tuple[int, str, int | None]]]] = [
    ("a", [(1, "a", None)]),
    ("a\nb\n", [(1, "a", None), (2, "b", None)]),
    ("a\r\nb\rc\n", [(1, "a", None), (2, "b", None), (3, "c", None)]),
    ("a\n\n b \n", [(1, "a", None), (2, "", None), (3, " b ", None)]),
    ("a\u2028b\x0bc\x1cd\x85e", [(1, "a\u2028b\x0bc\x1cd\x85e", None)]),
    ("a\fb", [(1, "a", 1), (2, "b", 2)]),
    ("a\n\fb\n\f", [(1, "a", 1), (2, "b", 2)]),
    ("a\n\f\nb", [(1, "a", 1), (2, "", 2), (3, "b", 2)]),
    ("a\f\nb", [(1, "a", 1), (2, "b", 2)]),
    ("a\f\r\nb", [(1, "a", 1), (2, "b", 2)]),
    ("a\n\f\fb", [(1, "a", 1), (2, "b", 3)]),
    ("\fa\nb", [(1, "a", 2), (2, "b", 2)]),
]

REFUSED = [
    (b"", "文字がありません"),
    ("\ufeff \n　\n".encode(), "文字がありません"),
    (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    (b"PK\x03\x04\x14\x00\x06\x00", "Excel"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "一太郎"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
    ("予算\0決算\n".encode(), "文字だけのファイルではない"),
    (bytes(range(256)) * 8, "文字だけのファイルではない"),
    (b"\0" * 64, "文字だけのファイルではない"),
    ("予算\n決算\0\n".encode("utf-16"), "文字だけのファイルではない"),
    (PAPER.strip().encode()[:-1], "途中で切れて"),
    (PAPER.strip().encode()[:-2], "途中で切れて"),
    (PAPER.strip().encode("cp932")[:-1], "途中で切れて"),
    (PAPER.strip().encode("euc_jp")[:-1], "途中で切れて"),
    (PAPER.strip().encode("utf-16")[:-1], "途中で切れて"),
    (PAPER.strip().encode("utf-16-le")[:-1], "途中で切れて"),
    ("𠮷".encode("utf-16")[:-2], "途中で切れて"),
    ("予算\n決".encode() + b"\xff" + "算\n".encode(), "2行目に読めない文字"),
    ("予算の概要\n決".encode("cp932") + b"\xff" + "算\n".encode("cp932"), "2行目に読めない文字"),
    ("Café\nx".encode("latin-1"), "1行目に読めない文字"),
    (b"a\n" + b"b" * (text.MAX_LINE + 1), "2行目は200,000字を超えて"),
    (b"a\n" * (text.MAX_LINES + 1), "1,000,000行を超えて"),
]


def lines_of(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [line.text for line in read_lines(path)]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("paper", SHORT)
def test_every_encoding_says_the_same(tmp_path: Path, paper: str, codec: str) -> None:
    assert lines_of(tmp_path / "paper.txt", paper.encode(codec)) == paper.splitlines()


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", ["monozukuri-2025.md", "meti-request-2024.txt"])
def test_the_seeds_read_the_same_in_every_encoding(tmp_path: Path, name: str, codec: str) -> None:
    data = (folder() / name).read_text(encoding="utf-8").encode(codec, "ignore")
    assert lines_of(tmp_path / name, data) == data.decode(codec).removesuffix("\n").split("\n")


@pytest.mark.parametrize(("data", "written"), VENDOR)
def test_reads_what_windows_adds(tmp_path: Path, data: bytes, written: str) -> None:
    assert lines_of(tmp_path / "paper.txt", data) == [written]


@pytest.mark.parametrize("paper", ["Café", "Tōkyō", "한국", "Привет", "Ωμέγα", "👍", "ǎ"])
def test_utf_8_need_not_be_japanese(tmp_path: Path, paper: str) -> None:
    assert lines_of(tmp_path / "paper.txt", paper.encode()) == [paper]


@pytest.mark.parametrize(("paper", "lines"), SPLITS, ids=[repr(paper) for paper, _ in SPLITS])
def test_splits(tmp_path: Path, paper: str, lines: list[tuple[int, str, int | None]]) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(paper.encode())
    assert read_lines(path) == tuple(Line(*each) for each in lines)


@pytest.mark.parametrize(("data", "sentence"), REFUSED, ids=[f"{data[:8]!r} {why}" for data, why in REFUSED])
def test_refuses_in_one_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(data)
    refuses(path, sentence)


def refuses(path: Path, sentence: str) -> None:
    with pytest.raises(PaperError, match=sentence) as caught:
        read_lines(path)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_refuses_what_is_no_ordinary_file(tmp_path: Path) -> None:
    refuses(tmp_path, "フォルダー")
    refuses(tmp_path / "gone.txt", "見つかりません")
    refuses(tmp_path / "gone\n\udcff.txt", "見つかりません")
    refuses(Path("a\0b"), "読めません")
    refuses(Path("あ" * 300 + ".txt").with_name("あ" * 100 + ".txt"), "読めません")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_refuses_pipes_and_devices(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refuses(tmp_path / "pipe", "通常のファイル")
    refuses(Path("/dev/zero"), "通常のファイル")


@pytest.mark.parametrize(
    ("fault", "sentence"), [(PermissionError, "権限"), (FileNotFoundError, "見つかりません"), (OSError, "読めません")]
)
def test_refuses_what_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[OSError], sentence: str
) -> None:
    def refuse(*_: object) -> None:
        raise fault(5, "reason")

    path = tmp_path / "paper.txt"
    path.write_text("a")
    monkeypatch.setattr(Path, "open", refuse)
    refuses(path, sentence)


def test_refuses_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 1024 * 1024)
    path = tmp_path / "paper.txt"
    path.write_bytes(b"a\n" * 1024 * 512 + b"b")
    refuses(path, "1 MiB を超えて")


@pytest.mark.parametrize("name", ["paper", "paper.MD", "paper.markdown", "paper.text", "paper.log"])
def test_tries_every_suffix(tmp_path: Path, name: str) -> None:
    assert lines_of(tmp_path / name, "予算\n".encode()) == ["予算"]


LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\n\r\f\tあいうかがんアイウカガンー、。「」（）　０１Ａ予算蓄電池半導体施策強靱億兆円"
)


@given(st.text(st.sampled_from(LETTERS), min_size=1))
def test_unicode_encodings_agree(paper: str) -> None:
    path = Path("paper.txt")
    expected = text.decode(path, b"\xef\xbb\xbf" + paper.encode())
    assert expected == paper
    for codec, bom in (("utf-8-sig", b""), ("utf-16", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        assert text.decode(path, bom + paper.encode(codec)) == paper
    if not any(paper.encode().startswith(magic) for magic, _ in text.MAGIC):
        assert text.decode(path, paper.encode()) == paper


@given(st.text(st.sampled_from(LETTERS)))
def test_splitting_loses_only_line_ends(paper: str) -> None:
    lines = text.split(paper)
    assert "".join(line.text for line in lines) == "".join(char for char in paper if char not in "\r\n\f")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    pages = [line.page for line in lines]
    assert set(pages) <= {None} if "\f" not in paper else pages == sorted(page for page in pages if page)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(PaperError):
        assert "\0" not in text.decode(Path("paper.txt"), data)
