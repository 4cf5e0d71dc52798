"""Office files that are broken, foreign or made to do harm are refused in one sentence; nothing is fetched or written."""

import io
import os
import re
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import PaperError
from index.readers import package, read_lines

for library in ("docx", "openpyxl", "pptx"):
    pytest.importorskip(library)

TYPES = {".docx": ("word/document.xml", "w:document"), ".xlsx": ("xl/workbook.xml", "workbook")}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>予算 10億円</w:t></w:r></w:p></w:body></w:document>'


def packed(parts: dict[str, str | bytes], main: str = "word/document.xml") -> bytes:
    """Return a package with these parts and a first part."""
    relation = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relation)
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


@cache
def bomb() -> bytes:
    """Return a paper of which one part unpacks to more than may be."""
    file = io.BytesIO(packed({"word/document.xml": BODY}))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/styles.xml", "w") as part:
        for _ in range(40):
            part.write(b" " * (8 * 1024 * 1024))
    return file.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed({"word/document.xml": BODY}))
    for at in range(len(data)):
        if data[at : at + 4] == b"PK\x03\x04":
            data[at + 6] |= 1
        elif data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    return bytes(data)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "笑"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
) + BODY.replace("予算", "&c;")
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + BODY.replace("予算", "&e;")
DEEP = BODY.replace("<w:p>", "<w:sdt>" * 400 + "<w:p>").replace("</w:p>", "</w:p>" + "</w:sdt>" * 400)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "何も入っていません"),
    "text": (lambda: "予算".encode(), "拡張子を付けて"),
    "old format": (lambda: OLE + b"\0" * 600, "新しい形式"),
    "password": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "password of the ZIP": (encrypted, "パスワード"),
    "ZIP without parts": (lambda: packed({}), "ではないようです"),
    "another kind": (lambda: packed({"xl/workbook.xml": "<workbook/>"}, "xl/workbook.xml"), "ではないようです"),
    "cut off": (lambda: packed({"word/document.xml": BODY})[:-40], "壊れています"),
    "broken XML": (lambda: packed({"word/document.xml": BODY[:-20]}), "壊れています"),
    "empty XML": (lambda: packed({"word/document.xml": ""}), "壊れています"),
    "no text": (lambda: packed({"word/document.xml": BODY.replace("予算 10億円", "")}), "文字がありません"),
    "billion laughs": (lambda: packed({"word/document.xml": LAUGHS}), "文書型宣言"),
    "billion laughs in UTF-16": (lambda: packed({"word/document.xml": LAUGHS.replace("?xml version", "?xml version").encode("utf-16")}), "文書型宣言"),
    "outside entity": (lambda: packed({"word/document.xml": BODY, "word/styles.xml": OUTSIDE}), "文書型宣言"),
    "climbs out": (lambda: packed({"word/document.xml": BODY, "../../evil.xml": "x"}), "外のフォルダー"),
    "absolute": (lambda: packed({"word/document.xml": BODY, "/etc/evil.xml": "x"}), "外のフォルダー"),
    "deep": (lambda: packed({"word/document.xml": DEEP}), "深すぎます"),
    "bomb": (bomb, "256 MiB を超え"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_in_one_sentence(tmp_path: Path, name: str) -> None:
    make, sentence = REFUSED[name]
    path = tmp_path / "paper.docx"
    path.write_bytes(make())
    refuses(path, sentence)
    assert os.listdir(tmp_path) == ["paper.docx"]


def refuses(path: Path, sentence: str) -> None:
    with pytest.raises(PaperError, match=sentence) as caught:
        read_lines(path)
    message = str(caught.value)
    assert message.isprintable()
    assert message.endswith("ください")
    assert "。" not in message
    assert len(message) < 300


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm"])
@pytest.mark.parametrize("name", ["empty", "text", "old format", "password", "ZIP without parts", "bomb"])
def test_every_reader_refuses(tmp_path: Path, suffix: str, name: str) -> None:
    make, sentence = REFUSED[name]
    path = tmp_path / f"paper{suffix}"
    path.write_bytes(make())
    refuses(path, sentence)


@pytest.mark.parametrize("suffix", [".doc", ".xls", ".ppt"])
def test_old_formats_say_what_to_do(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"paper{suffix}"
    path.write_bytes(OLE + b"\0" * 600)
    refuses(path, "新しい形式")


def test_refuses_what_is_not_there(tmp_path: Path) -> None:
    refuses(tmp_path / "gone.docx", "見つかりません")
    refuses(tmp_path, "フォルダー")


def test_the_paper_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(packed({"word/document.xml": BODY}))
    assert [line.text for line in read_lines(path)] == ["予算 10億円"]


def test_strict_names_mean_the_same(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    strict = BODY.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    path.write_bytes(packed({"word/document.xml": strict}))
    assert [line.text for line in read_lines(path)] == ["予算 10億円"]


@pytest.mark.parametrize(
    ("name", "library"), [("word", "docx"), ("excel", "openpyxl.reader.excel"), ("powerpoint", "pptx")]
)
def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str) -> None:
    monkeypatch.delitem(sys.modules, f"index.readers.{name}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    suffix = {"word": ".docx", "excel": ".xlsm", "powerpoint": ".pptx"}[name]
    refuses(tmp_path / f"paper{suffix}", re.escape("pip install 'seisaku[office]'"))


def test_relations_to_nothing_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    dangling = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/styles" Target="../NULL"/><Relationship Id="r2" Type="{RELATIONS}/hyperlink" Target="https://example.com/" TargetMode="External"/></Relationships>'
    path.write_bytes(packed({"word/document.xml": BODY, "word/_rels/document.xml.rels": dangling}))
    assert [line.text for line in read_lines(path)] == ["予算 10億円"]


def test_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    path = tmp_path / "paper.docx"
    path.write_bytes(packed({"word/document.xml": BODY, "a": "", "b": "", "c": ""}))
    refuses(path, "部品が3個を超え")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 400), st.sampled_from([".docx", ".xlsx", ".pptx"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, suffix: str
) -> None:
    data = bytearray(packed({"word/document.xml": BODY}))
    data[at : at + len(noise)] = noise
    path = tmp_path_factory.getbasetemp() / f"noise{suffix}"
    path.write_bytes(data)
    assert re.search("予算|ください$", said(path))


def said(path: Path) -> str:
    try:
        return "".join(line.text for line in read_lines(path)) + "予算"
    except PaperError as fault:
        return str(fault)
