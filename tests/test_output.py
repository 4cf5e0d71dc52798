"""Where the commands write their answers: files written whole, never over another, formats by suffix."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cli import main
from commands import output
from commands.files import refuse, write_whole
from commands.output import Answering, Output, output_options
from index.errors import Failure
from tests.test_cli import COMMAND, ESCAPE, environment, on_terminal, posix, sentence

QUERY = ("蓄電池", "1000億以上")


def invoke(store: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--store", str(store)], prog_name="seisaku")


# Files.


def test_a_file_is_written_whole_and_nothing_is_left_beside(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", b"one")
    write_whole(tmp_path / "a.txt", b"two")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.txt": b"two"}


@posix
def test_a_new_file_has_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "new.txt", b"one")
    finally:
        os.umask(old)
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o640
    (tmp_path / "new.txt").chmod(0o604)
    write_whole(tmp_path / "new.txt", b"two")
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o604


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(tmp_path / "link.txt", b"one")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"one"


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.txt").write_bytes(b"one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Failure, match="空き容量がありません"):
        write_whole(tmp_path / "a.txt", b"two")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.txt": b"one"}


REFUSED = [
    ("here.txt", "すでにあります。上書きするには --force"),
    ("folder", "フォルダーです"),
    ("nowhere/a.txt", "フォルダー nowhere がありません"),
    ("here.txt/a.txt", "がありません"),
    ("長" * 300, "名前が長すぎます"),
    ("a\x00b", "名前として使えません"),
    ("circle", "書けません"),
    ("pipe", "通常のファイルではありません"),
]


@posix
@pytest.mark.parametrize(("name", "said"), REFUSED, ids=[ascii(name[:20]) for name, _ in REFUSED])
def test_refuses(name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.txt").write_bytes(b"one")
    Path("folder").mkdir()
    Path("circle").symlink_to("circle")
    os.mkfifo("pipe")
    with pytest.raises(Failure, match=re.escape(said)):
        refuse(Path(name), force=False)


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anything")
def test_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / "a.txt").chmod(0o444)
    with pytest.raises(Failure, match="権限がありません"):
        write_whole(tmp_path / "a.txt", b"two")
    tmp_path.chmod(0o555)
    with pytest.raises(Failure, match="権限がありません"):
        write_whole(tmp_path / "b.txt", b"two")
    tmp_path.chmod(0o755)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


# The options, on a command made for the purpose.


@click.command("try", cls=Answering, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1)
@output_options()
def attempt(words: tuple[str, ...], output: Output) -> None:
    """試す。"""
    click.echo(f"{' '.join(words)} {output.form} {output.file}")


WRITTEN = [
    ("x", "x table None"),
    ("x -o a.txt", "x table a.txt"),
    ("-o a.csv x", "x csv a.csv"),
    ("--output a.JSONL x", "x jsonl a.JSONL"),
    ("--output=a.md x", "x markdown a.md"),
    ("-o a.wiki x", "x mediawiki a.wiki"),
    ("-o a.dokuwiki x", "x dokuwiki a.dokuwiki"),
    ("-o a.xhtml x", "x confluence a.xhtml"),
    ("-o a.csv --format table x", "x table a.csv"),
    ("-o a.html --format table x", "x table a.html"),
    ("-o a x", "x table a"),
    ("-o - x", "x table None"),
    ("--format xlsx a.xlsx x", "x xlsx a.xlsx"),
    ("x --format=xlsx a.XLSX y", "x y xlsx a.XLSX"),
    ("--format xlsx x -o a.b", "x xlsx a.b"),
    ("--format csv a.xlsx", "a.xlsx csv None"),
    ("-Society5.0 x", "-Society5.0 x table None"),
    ("-oil x", "-oil x table None"),
    ("--format csv -- -o x", "-o x csv None"),
    ("-- --format xlsx a.xlsx", "--format xlsx a.xlsx table None"),
]


@pytest.mark.parametrize(("line", "read"), WRITTEN, ids=[line for line, _ in WRITTEN])
def test_options_are_read(line: str, read: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(attempt, line.split()).output == f"{read}\n"


@pytest.mark.parametrize("suffix", ["html", "htm", "pdf", "docx", "2024"])
def test_a_suffix_of_no_format_is_refused(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(attempt, ["-o", f"a.{suffix}", "x"], standalone_mode=False)
    known = ".txt、.json、.jsonl、.csv、.tsv、.md、.dokuwiki、.wiki、.xhtml、.xlsx"
    assert str(result.exception).startswith(f"拡張子 .{suffix} の形式はありません。{known} のどれか")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("line", ["--excel", "--excel --format json", "--excel -o a.xlsx"])
def test_excel_is_for_csv(line: str) -> None:
    result = CliRunner().invoke(attempt, line.split(), standalone_mode=False)
    assert "csv か tsv とだけ" in str(result.exception)


# The commands.


@pytest.mark.parametrize("line", ["search 蓄電池", "items monozukuri-2025", "total 蓄電池"])
def test_what_goes_to_a_file_is_what_would_be_printed(line: str, seed_store: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "csv", "tsv", "markdown", "table"):
        printed = invoke(seed_store, *line.split(), "--format", form)
        written = invoke(seed_store, *line.split(), "--format", form, "-o", str(tmp_path / form))
        assert (written.exit_code, written.output) == (0, "")
        assert steady((tmp_path / form).read_text(encoding="utf-8")) == steady(printed.stdout)


def steady(text: str) -> str:
    return re.sub(r"\d+\.\d{3}秒|\"seconds\": [\d.e-]+", "…", text)


def test_an_existing_file_is_replaced_by_force_only(seed_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "gx.csv"
    file.write_text("わたしの", encoding="utf-8")
    refused = invoke(seed_store, *QUERY, "-o", str(file))
    assert refused.exit_code == 2
    assert "--force" in sentence(refused.stderr)
    assert file.read_text(encoding="utf-8") == "わたしの"
    assert invoke(seed_store, *QUERY, "-o", str(file), "--force").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("区分,")


@pytest.mark.parametrize("line", ["search 蓄電池", "items monozukuri-2025", "total 蓄電池"])
def test_csv_for_excel(line: str, seed_store: Path, tmp_path: Path) -> None:
    printed = invoke(seed_store, *line.split(), "--format", "csv", "--excel").stdout_bytes
    invoke(seed_store, *line.split(), "--excel", "-o", str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_bytes() == printed
    assert printed.startswith("\ufeff".encode())
    assert printed.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(printed.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("line", ["search 蓄電池", "items monozukuri-2025", "total 蓄電池"])
def test_workbook(line: str, seed_store: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    result = invoke(seed_store, *line.split(), "--format", "xlsx", str(tmp_path / "a.xlsx"))
    assert (result.exit_code, result.output) == (0, "")
    piped = invoke(seed_store, *line.split(), "--format", "xlsx").stdout_bytes
    for file in (tmp_path / "a.xlsx", io.BytesIO(piped)):
        assert openpyxl.load_workbook(file).worksheets[0].max_row > 1


def test_workbook_of_a_search_has_all_hits(seed_store: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")

    def rows(*options: str) -> int:
        piped = invoke(seed_store, "水素", "--format", "xlsx", *options).stdout_bytes
        return int(openpyxl.load_workbook(io.BytesIO(piped)).worksheets[0].max_row)

    assert rows() == rows("--limit", "0") > rows("--limit", "5")


@posix
def test_a_workbook_is_not_for_terminals(seed_store: Path) -> None:
    assert "端末には表示できません" in on_terminal(seed_store, 80, *QUERY, "--format", "xlsx")


@posix
def test_what_goes_to_a_file_has_no_colour_and_no_width(seed_store: Path, tmp_path: Path) -> None:
    on_terminal(seed_store, 60, *QUERY, "-o", str(tmp_path / "a.txt"))
    on_terminal(seed_store, 60, *QUERY, "--color", "always", "-o", str(tmp_path / "b.txt"))
    plain = subprocess.run([*COMMAND, *QUERY], env=environment(seed_store), capture_output=True, encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert not ESCAPE.search(text)
        assert steady(text) == steady(plain.stdout)


def test_count_and_explain_with_a_file(seed_store: Path, tmp_path: Path) -> None:
    counted = invoke(seed_store, *QUERY, "--count", "--only", "certain", "--explain", "-o", str(tmp_path / "a.txt"))
    assert counted.stdout == ""
    assert counted.stderr.startswith("検索式")
    assert int((tmp_path / "a.txt").read_text(encoding="utf-8")) > 0
    assert invoke(seed_store, *QUERY, "--count", "--format", "xlsx").exit_code == 2


def test_no_hit_is_an_empty_file(seed_store: Path, tmp_path: Path) -> None:
    result = invoke(seed_store, "ぬりかべ", "-o", str(tmp_path / "a.jsonl"))
    assert result.exit_code == 1
    assert (tmp_path / "a.jsonl").read_bytes() == b""


def test_formats_of_the_commands_are_known_by_their_suffix() -> None:
    assert set(output.SUFFIXES.values()) <= {*output.FORMATS, "html"}
    assert json.dumps(output.FORMATS)
