"""Files made to do harm, from outside: each is one sentence or its harmless rest; nothing leaves the store."""

import io
import os
import resource
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.made import paper, write

openpyxl = pytest.importorskip("openpyxl")
canvas = pytest.importorskip("reportlab.pdfgen.canvas")
encryption = pytest.importorskip("reportlab.lib.pdfencrypt")

TEXT = "令和6年度予算の概要\n\n（１）蓄電池の支援事業　12億円\n".encode()
HEADS = ["事業名", "令和6年度当初予算額（千円）"]
MOST_MEMORY = 3 * 1024**3


def packed(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def pdf(**options: object) -> bytes:
    file = io.BytesIO()
    made = canvas.Canvas(file, **options)
    made.drawString(100, 700, "BUDGET 12,000 yen")
    made.save()
    return file.getvalue()


def objects(*parts: bytes) -> bytes:
    """Return a PDF of objects as they stand."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(parts, 1))
    return b"%%PDF-1.5\n%strailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF" % (body, len(parts) + 1)


def drawn(contents: bytes, page: bytes = b"", *more: bytes) -> bytes:
    """Return a PDF of one page that draws these contents."""
    head = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R%s>>" % page
    return objects(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", head, stream(contents), *more)


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), said, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FORMS = b"/Resources<</XObject<</F 5 0 R>>>>"
FORM = stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]" + FORMS)


def book(rows: Sequence[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    made.save(file)
    return file.getvalue()


def with_entities(data: bytes, part: str) -> bytes:
    """Return an Office file with a document type in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
    head, end, rest = parts[part].partition(b"?>")
    return packed(parts | {part: head + end + laughs + rest if end else laughs + head})


HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "爆弾.zip": (lambda: packed({"a.txt": bytes(64 * 1024**2)}), "展開するともとの200倍を超えます"),
    "入れ子.zip": (lambda: packed({"中.zip": packed({"a.txt": TEXT})}), "ZIP の中の ZIP です"),
    "外.zip": (lambda: packed({"../../evil.txt": TEXT}), "外のフォルダーを指しています"),
    "笑い.xlsx": (lambda: with_entities(book([HEADS]), "xl/worksheets/sheet1.xml"), "文書型宣言があります"),
    "鍵.pdf": (lambda: pdf(encrypt=encryption.StandardEncryption("user", "owner", strength=128)), "パスワード"),
    "途中.pdf": (lambda: pdf()[:-400], "壊れています"),
    "輪.pdf": (lambda: objects(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "文字がありません"),
    "二つの輪.pdf": (
        lambda: objects(CATALOG, *(b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (each, each) for each in (3, 2))),
        "文字がありません",
    ),
    "描く輪.pdf": (lambda: drawn(b"/F Do", FORMS, FORM), "文字がありません"),
    "長さの輪.pdf": (lambda: drawn(b"BT ET").replace(b"/Length 5", b"/Length 4 0 R"), "文字がありません"),
    "深い.pdf": (lambda: objects(b"[" * 100_000), "壊れています"),
    "百万の入れ子.html": (lambda: b"<div>" * 1_000_000 + TEXT, "入れ子が深すぎます"),
    "多いタグ.html": (lambda: b"<br>" * 1_600_000 + TEXT, "1,500,000個を超えています"),
    "千万の値.csv": (lambda: (b"1," * 99 + b"1\n") * 100_000, "1,000,000個を超えています"),
    "百万行.txt": (lambda: TEXT + b"1\n" * 1_000_001, "1,000,000行を超えています"),
    "長い行.txt": (lambda: "予".encode() * 200_001, "200,000字を超えています"),
    "切れた字.txt": (lambda: TEXT[:-2], "途中で切れています"),
    "二進.txt": (lambda: bytes(range(256)) * 64, "文字だけのファイルではない"),
    "二進.csv": (lambda: bytes(range(256)) * 64, "文字だけのファイルではない"),
    "二進.docx": (lambda: bytes(range(256)) * 64, "ではないようです"),
    "二進.zip": (lambda: bytes(range(256)) * 64, "壊れています"),
    **{f"空.{suffix}": (bytes, "文字がありません") for suffix in ("txt", "md", "csv", "tsv", "html")},
    **{f"空.{suffix}": (bytes, "入っていません") for suffix in ("docx", "xlsx", "pptx")},
    **{f"空.{suffix}": (bytes, "壊れています") for suffix in ("pdf", "zip")},
}  # fmt: skip


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("small") / "store"
    write(store, paper("頁"))
    return store


@pytest.fixture
def desk(tmp_path: Path, small_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder where what is written is seen, and where there is no network."""
    for name in ("資料", "一時"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEISAKU_STORE", str(small_store))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "一時"))
    monkeypatch.setattr(socket, "getaddrinfo", partial(pytest.fail, "the network was asked for"))
    monkeypatch.setattr(socket.socket, "connect", partial(pytest.fail, "the network was asked for"))
    return tmp_path


def add(*named: str) -> Result:
    return CliRunner().invoke(main, ["index", "add", *named], prog_name="seisaku")


def everything(folder: Path) -> list[str]:
    return sorted(str(each) for each in folder.rglob("*"))


@pytest.mark.parametrize("name", HARMFUL)
def test_is_refused_in_one_sentence(name: str, desk: Path) -> None:
    make, words = HARMFUL[name]
    (desk / "資料" / name).write_bytes(make())
    before = everything(desk)
    result = add(f"資料/{name}")
    assert (result.exit_code, result.stdout, type(result.exception)) == (2, "", SystemExit)
    assert result.stderr.startswith(f"Error: 資料/{name}")
    assert words in result.stderr
    assert result.stderr.endswith("ください\n")
    assert result.stderr.count("\n") == 1
    assert everything(desk) == before


HARMLESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "式.xlsx": (
        lambda: book([HEADS, ["甲", 500], ["乙", "=1+2"], ["丙", '=WEBSERVICE("http://127.0.0.1:9/")']]),
        "施策1件 金額1件 読み取れなかった金額1件",
    ),
    "式.csv": (
        lambda: '事業名,予算額（千円）\n"=HYPERLINK(""http://127.0.0.1:9/"")",500\n'.encode(),
        "施策1件 金額1件",
    ),
    "外.html": (
        lambda: (
            '<link rel=stylesheet href="http://127.0.0.1:9/"><iframe src="http://127.0.0.1:9/"></iframe>'
            '<script>location = "http://127.0.0.1:9/"</script><p>（１）蓄電池の支援事業　12億円</p>'.encode()
        ),
        "施策1件 金額1件",
    ),
    "違う字.html": (lambda: b"<meta charset=utf-8><p>" + TEXT.decode().encode("cp932"), "施策1件 金額1件"),
    "深い.html": (lambda: b"<div>" * 1_500 + TEXT, "施策1件 金額1件"),
    "一部.zip": (lambda: packed({"良い.txt": TEXT, "README": b"", "a/../../x.txt": TEXT}), "良い: 施策1件 金額1件"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_read(name: str, desk: Path) -> None:
    make, words = HARMLESS[name]
    (desk / "資料" / name).write_bytes(make())
    before = everything(desk)
    result = add(f"資料/{name}")
    assert words in result.stdout
    assert result.exit_code == (2 if "外のフォルダー" in result.stderr else 0)
    assert everything(desk) == before


def test_links_in_a_folder_lead_nowhere(desk: Path) -> None:
    (desk / "秘密.txt").write_bytes(TEXT)
    (desk / "資料" / "良い.txt").write_bytes(TEXT)
    for name, target in (("輪", "."), ("外.txt", "../秘密.txt"), ("無い.txt", "無い"), ("自分.txt", "自分.txt")):
        os.symlink(target, desk / "資料" / name)
    result = add("資料")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "秘密" not in result.stdout
    assert result.stdout.startswith("良い: ")


def test_a_folder_of_all_of_them_is_told_file_by_file(desk: Path, small_store: Path) -> None:
    names = [name for name in HARMFUL if not name.endswith((".pdf", ".html"))]
    for name in names:
        (desk / "資料" / name).write_bytes(HARMFUL[name][0]())
    (desk / "資料" / "よい.txt").write_bytes(TEXT)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parents[1] / "cli.py"), "index", "add", "資料", "--jobs", "2"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
        check=False,
    )
    assert done.returncode == 2
    assert "よい: 施策1件 金額1件" in done.stdout
    assert f"合計: 追加1件 読めなかったもの{len(names)}件" in done.stdout
    *told, last = done.stderr.splitlines()
    assert sorted(line.split(" ")[1].split(".zip/")[0].removesuffix(".zip") for line in told) == sorted(
        f"資料/{name.removesuffix('.zip')}" for name in names
    )
    assert all(line.startswith("Error: ") and line.endswith("ください") for line in told)
    assert last == f"読めなかったもの {len(names)}件"
