"""The command from outside: bad input of every kind, terminals and pipes, the first run, help, completion."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from cli import main
from index.schema import FIELDS, SPELLINGS
from index.text import display_width

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, str(ROOT / "cli.py")]
PAPERS = Path(__file__).parent / "cases" / "papers"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

posix = pytest.mark.skipif(os.name != "posix", reason="only where there are such pipes and terminals")


def invoke(store: Path, *arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [*arguments, "--store", str(store)], prog_name="seisaku")


def run(store: Path, *arguments: str | bytes, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as its user would, in a pipe."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(store, **settings),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=60,
    )


def environment(store: Path, **settings: str) -> dict[str, str]:
    ours = ("NO_COLOR", "COLUMNS", "LINES", "TERM", "PYTHONUTF8", "LC_ALL")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "TERM": "xterm", "SEISAKU_STORE": str(store), **settings}


def sentence(told: str) -> str:
    """Return the one sentence of a fault, which must be all that was told."""
    assert told.startswith("Error: ")
    assert told.endswith("\n")
    assert told.count("\n") == 1, told
    return told[7:-1]


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in each file of a folder, but for the lock."""
    files = (each for each in folder.rglob("*") if each.is_file() and each.name != "writer.lock")
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


@pytest.fixture
def store(tmp_path: Path, seed_store: Path) -> Path:
    """Return a store of the seeds that a test may change."""
    return Path(shutil.copytree(seed_store, tmp_path / "store"))


# Papers that cannot be added.

BAD_PAPERS = {
    "empty": (b"", "文字がありません"),
    "blank": (b" \n\n\t\n", "文字がありません"),
    "binary": (bytes(range(256)) * 40, "テキストにして"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "excel": (b"PK\x03\x04" + bytes(400), "Excel"),
    "cut in mid-character": ("蓄電池の導入 10億円".encode()[:-1], "切れています"),
    "one line of 50 MB": (b"a" * 50_000_000, "200,000字"),
    "more than 64 MiB": (b"a\n" * (32 * 1024 * 1024 + 1), "64 MiB"),
}


@pytest.mark.parametrize(("data", "said"), BAD_PAPERS.values(), ids=BAD_PAPERS)
def test_bad_paper_is_one_sentence_and_changes_nothing(data: bytes, said: str, store: Path, tmp_path: Path) -> None:
    paper, before = tmp_path / "資料.txt", contents(store)
    paper.write_bytes(data)
    began = time.monotonic()
    result = invoke(store, "index", "add", str(paper))
    assert time.monotonic() - began < 10
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in sentence(result.stderr)
    assert contents(store) == before


def test_no_paper_at_all_is_one_sentence(store: Path, tmp_path: Path) -> None:
    before = contents(store)
    for path in (tmp_path / "ない.txt", tmp_path, tmp_path / ("長" * 300), Path("a\x1b[31m\nb.txt")):
        result = invoke(store, "index", "add", str(path))
        assert result.exit_code == 2
        assert "\x1b" not in sentence(result.stderr)
    assert contents(store) == before


@posix
def test_a_pipe_is_no_paper(store: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "通常のファイル" in sentence(invoke(store, "index", "add", str(tmp_path / "pipe.txt")).stderr)


@pytest.mark.parametrize("line", ["（" * 10_000, "（10億円" * 5_000, "「【（" * 4_000 + "）】」" * 4_000])
def test_brackets_without_end_are_read_in_time(line: str, store: Path, tmp_path: Path) -> None:
    paper = tmp_path / "括弧.txt"
    paper.write_text(f"括弧の資料\n{line}\n", encoding="utf-8")
    began = time.monotonic()
    result = invoke(store, "index", "add", str(paper))
    assert time.monotonic() - began < 10
    assert result.exit_code == 0, result.output


# Stores that are none.


def no_store(store: Path) -> None:
    shutil.rmtree(store)
    store.mkdir()
    (store / "家計簿.txt").write_text("わたしの", encoding="utf-8")
    (store / "gen-旧").mkdir()


def a_file(store: Path) -> None:
    shutil.rmtree(store)
    store.write_text("わたしの", encoding="utf-8")


def columns_cut_off(store: Path) -> None:
    for file in store.rglob("columns.bin"):
        os.truncate(file, 5000)


def columns_empty(store: Path) -> None:
    for file in store.rglob("columns.bin"):
        os.truncate(file, 0)


def manifest_cut_off(store: Path) -> None:
    os.truncate(store / "store.tsv", 20)


def generation_gone(store: Path) -> None:
    for folder in store.glob("gen-*"):
        shutil.rmtree(folder)


def of_tomorrow(store: Path) -> None:
    manifest = store / "store.tsv"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r"format\t.*", "format\t99", text), encoding="utf-8")


BAD_STORES = (no_store, a_file, columns_cut_off, columns_empty, manifest_cut_off, generation_gone, of_tomorrow)
READING = ("蓄電池 1000億以上", "show monozukuri-2025:61", "items monozukuri-2025", "index list", "index check")


@pytest.mark.parametrize("harm", BAD_STORES, ids=[each.__name__ for each in BAD_STORES])
@pytest.mark.parametrize("line", READING)
def test_bad_store_is_one_sentence(line: str, harm: object, store: Path) -> None:
    assert callable(harm)
    harm(store)
    result = invoke(store, *line.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert sentence(result.stderr)


@pytest.mark.parametrize("harm", [no_store, a_file])
@pytest.mark.parametrize("line", ["index add {paper}", "index remove monozukuri-2025", "index build"])
def test_what_is_no_store_stays_as_it_was(line: str, harm: object, store: Path) -> None:
    assert callable(harm)
    harm(store)
    before = contents(store) if store.is_dir() else store.read_bytes()
    result = invoke(store, *line.format(paper=PAPERS / "kankyo-yokyu.txt").split())
    assert result.exit_code == 2
    assert sentence(result.stderr)
    assert (contents(store) if store.is_dir() else store.read_bytes()) == before


@pytest.mark.parametrize("harm", [columns_cut_off, columns_empty, manifest_cut_off, generation_gone, of_tomorrow])
def test_build_mends_a_store(harm: object, store: Path) -> None:
    assert callable(harm)
    harm(store)
    assert invoke(store, "index", "build").exit_code == 0
    assert invoke(store, "蓄電池", "1000億以上").exit_code == 0


def test_store_where_none_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file" / "store", tmp_path / ("長" * 300)):
        for line in ("蓄電池", "index list", "index build", "index remove monozukuri-2025"):
            result = invoke(place, *line.split())
            assert result.exit_code == 2
            assert sentence(result.stderr)


# Queries of every kind: an answer, or an error that points, in less than a second.

LONG = "蓄電池 " * 25_000
BAD_QUERIES = {
    "100 kB of text": (LONG, 2),
    "100 kB in one word": ("蓄" * 30_000, 2),
    "ten thousand brackets": ("(" * 10_000, 2),
    "nested as deep as allowed": ("(" * 50 + "蓄電池" + ")" * 50, 0),
    "nested deeper": ("(" * 51 + "蓄電池" + ")" * 51, 2),
    "many minus signs": ("-" * 1 + "(-" * 900 + "水素" + ")" * 900, 2),
    "two hundred words": ("OR ".join(["蓄電池 "] * 200), 0),
    "more words": ("OR ".join(["蓄電池 "] * 201), 2),
    "control characters": ("ぬり\x07\x1b\x08\x85かべ", 1),
    "zero bytes are blanks": ("蓄電池\x00水素", 0),
    "combining marks": ("が" + "\u3099" * 500, 1),
    "lone surrogates": ("蓄電池\udce3\udc81", 2),
    "an asterisk": ("*", 2),
    "only signs": ("「」", 2),
    "only punctuation": ("、。・", 1),
    "money of another sign": ("amount>1000奥", 2),
    "money without end": ("amount>" + "9" * 1_900, 2),
    "money of many units": ("amount>" + "1兆" * 300, 2),
    "change without end": ("change>" + "9" * 1_900 + "%", 2),
    "an unknown field": ("foo:bar", 2),
    "half a year": ("year:２０２４x", 2),
    "a year without end": ("year>" + "9" * 1_000, 2),
    "nothing": ("", 2),
    "blanks": ("　 \t", 2),
    "an emoji": ("🔋", 1),
    "a year of the far past": ("year:0001", 1),
}


@pytest.mark.parametrize(("query", "status"), BAD_QUERIES.values(), ids=BAD_QUERIES)
def test_query_is_answered_or_pointed_at(query: str, status: int, seed_store: Path) -> None:
    began = time.monotonic()
    result = invoke(seed_store, "search", query)
    assert time.monotonic() - began < 1
    assert result.exit_code == status, result.output
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", result.output)
    if status == 2:
        assert result.stdout == ""
        first, *pointed = result.stderr.splitlines()
        assert first.startswith("Error: ")
        assert not query.strip() or "^" in pointed[1]
        assert all(display_width(line) <= 80 for line in pointed)


@posix
def test_bytes_that_are_no_text_are_one_error(seed_store: Path) -> None:
    query = os.fsencode("蓄電池\udce3\udc81")
    for arguments in ([query], ["show", query], ["items", query], ["index", "add", query], ["index", "remove", query]):
        result = run(seed_store, *arguments)
        assert result.returncode == 2
        assert result.stderr.startswith("Error: ")
        assert "Traceback" not in result.stderr


# Pipes, terminals, the environment.


@posix
def test_a_closed_pipe_is_no_fault(seed_store: Path) -> None:
    command = [*COMMAND, "items", "monozukuri-2025", "--format", "json"]
    with subprocess.Popen(
        command, env=environment(seed_store), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"[\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a full device")
def test_a_full_disk_is_one_sentence(seed_store: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [*COMMAND, "fields"], env=environment(seed_store), stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    assert result.returncode == 2
    assert sentence(result.stderr)


def test_another_locale_is_no_fault(seed_store: Path) -> None:
    for settings in ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        result = run(seed_store, "fields", **settings)
        assert result.returncode == 0
        assert result.stderr == ""
    assert "蓄電池の製造" in run(seed_store, "蓄電池", "1000億以上", LC_ALL="C").stdout


def test_first_run_builds_the_store_and_answers(tmp_path: Path) -> None:
    store = tmp_path / "not" / "yet"
    result = run(store, "蓄電池 AND amount>1000億")
    assert result.returncode == 0
    assert result.stderr == ""
    assert "meti-request-2024:56" in result.stdout
    assert "monozukuri-2025:61" in result.stdout
    assert (store / "store.tsv").is_file()


def test_what_a_first_run_left_that_broke_off_is_built_again(tmp_path: Path) -> None:
    (tmp_path / "gen-000001" / "papers").mkdir(parents=True)
    (tmp_path / "writer.lock").write_text("", encoding="utf-8")
    assert invoke(tmp_path, "蓄電池", "1000億以上").exit_code == 0


def on_terminal(store: Path, columns: int, *arguments: str, key: str = "", **settings: str) -> str:
    """Return what the command writes to a terminal of so many columns, on which `key` answers all that is written."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        [*COMMAND, *arguments], env=environment(store, **settings), stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        late = threading.Timer(60, process.kill)
        late.start()
        written = b""
        while chunk := _read(ours):
            written += chunk
            os.write(ours, key.encode())
        process.wait(60)
        late.cancel()
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so at the end
        return b""


@posix
@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("line", ["半導体 500億以上 --limit 0", "show meti-request-2024:49 monozukuri-2025:564"])
def test_every_line_fits_the_terminal(line: str, columns: int, seed_store: Path) -> None:
    written = on_terminal(seed_store, columns, *line.split())
    assert ESCAPE.search(written)
    widest = max(display_width(each) for each in ESCAPE.sub("", written).split("\n"))
    assert columns * 3 // 4 < widest <= columns


@posix
def test_colours_are_for_terminals(seed_store: Path) -> None:
    line = ("半導体", "500億以上", "--limit", "2")
    assert not ESCAPE.search(on_terminal(seed_store, 80, *line, NO_COLOR="1"))
    assert not ESCAPE.search(on_terminal(seed_store, 80, *line, TERM="dumb"))
    assert not ESCAPE.search(on_terminal(seed_store, 80, *line, "--color", "never"))
    assert not ESCAPE.search(run(seed_store, *line).stdout)
    assert ESCAPE.search(run(seed_store, *line, "--color", "always").stdout)


@posix
def test_a_bar_is_shown_on_terminals_while_the_store_is_made(tmp_path: Path) -> None:
    written = on_terminal(tmp_path / "store", 80, "蓄電池", "--count")
    assert "索引の作成" in written
    assert "100%" in written
    assert "付属の文書2件で索引を作りました" in written
    assert "付属の文書" not in on_terminal(tmp_path / "store", 80, "蓄電池", "--count")
    assert "該当" in written


IMPORTED = """
import atexit, sys
atexit.register(lambda: print(*(name for name in sys.modules if name.startswith("commands."))))
from cli import main
main()
"""
NEEDED = [
    ("蓄電池 1000億以上", {"completion", "options", "output", "search", "stores"}),
    ("fields", {"completion", "options", "output", "show", "stores"}),
    ("index list", {"completion", "index", "options", "stores"}),
]


@pytest.mark.parametrize(("line", "modules"), NEEDED, ids=[line for line, _ in NEEDED])
def test_a_command_imports_what_it_needs(line: str, modules: set[str], seed_store: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", IMPORTED, *line.split()],
        env=environment(seed_store, PYTHONPATH=str(ROOT)),
        capture_output=True,
        encoding="utf-8",
    )
    imported = set(result.stdout.splitlines()[-1].split())
    assert imported == {f"commands.{each}" for each in modules}


# What a program reads.


def test_formats_for_programs_can_be_read(seed_store: Path) -> None:
    page = json.loads(invoke(seed_store, "蓄電池", "--limit", "0", "--format", "json").stdout)
    hits = [json.loads(line) for line in invoke(seed_store, "蓄電池", "--format", "jsonl").stdout.splitlines()]
    assert len(page["hits"]) == page["found"] == sum(page["counts"].values())
    assert hits == page["hits"][:20]
    assert invoke(seed_store, "ぬりかべ", "--format", "jsonl").stdout == ""


def test_pages_one_after_the_other_are_the_whole(seed_store: Path) -> None:
    def hits(*options: str) -> list[str]:
        return invoke(seed_store, "水素", "--format", "jsonl", *options).stdout.splitlines()

    assert hits("--limit", "7") + hits("--limit", "0", "--offset", "7") == hits("--limit", "0")


def test_a_minus_begins_words_as_well(seed_store: Path) -> None:
    def counts(*words: str) -> str:
        return invoke(seed_store, *words, "--count").stdout

    assert (
        counts("-製造", "蓄電池") == counts("蓄電池", "-製造") == counts("search", "-製造 蓄電池") != counts("蓄電池")
    )


# Help.


def commands(command: click.Command = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*path, name))


PATHS = list(commands())
FOREIGN = {
    "API",
    "Wiki",
    "http",
    "seisaku",
    "search",
    "Markdown",
    "SEISAKU_STORE",
    "bash",
    "zsh",
    "fish",
    "R",
    "CSV",
    "TSV",
    "xlsx",
}
FOREIGN |= {"X", "Forwarded", "For", "HTML", "PDF", "pdf", "Word", "Excel", "PowerPoint", "ZIP"}
METAVARS = {"N", "IP", "ORIGIN", "PATH", "NAME", "ID", "TEXT", "DATE", "YEAR", "STAGE", "DIR", "FILE"}


@pytest.mark.parametrize("path", PATHS, ids=[" ".join(("seisaku", *path)) for path in PATHS])
def test_help_is_japanese_and_has_an_example(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"], prog_name="seisaku")
    assert result.exit_code == 0
    usage, *lines = result.output.splitlines()
    examples = [line for line in lines if re.match(r' {2}(eval "\$\()?seisaku ', line)]
    assert any(" ".join(("seisaku", *path)) in line for line in examples)
    prose = "\n".join(line for line in (usage, *lines) if line not in examples)
    prose = re.sub("seisaku [a-z]+", "", prose)
    prose = re.sub(r"--?[a-z]+|\[[\w|-]+\]|省略時: -?\w+", "", prose)
    prose = re.sub(r"(?m)^ {2}[a-z]+(?= {2})", "", prose)
    foreign = set(re.findall(r"[A-Za-z_]+", prose)) - FOREIGN - METAVARS - set(path)
    assert not foreign
    assert all(display_width(line) <= 100 for line in lines)


def test_the_bare_command_and_dash_h_show_help() -> None:
    whole = CliRunner().invoke(main, ["--help"], prog_name="seisaku").output
    for arguments in ([], ["-h"]):
        result = CliRunner().invoke(main, arguments, prog_name="seisaku")
        assert result.exit_code == 0
        assert result.output.strip() == whole.strip()
    searching = CliRunner().invoke(main, ["search", "--help"], prog_name="seisaku").output
    assert CliRunner().invoke(main, ["蓄電池", "-h"], prog_name="seisaku").output == searching


def test_examples_of_the_help_run(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(PAPERS / "kankyo-yokyu.txt", tmp_path / "令和7年度概算要求.txt")
    (tmp_path / "資料").mkdir()
    shutil.copy(PAPERS / "kankyo-yokyu.txt", tmp_path / "資料")
    for path in PATHS:
        text = CliRunner().invoke(main, [*path, "--help"], prog_name="seisaku").output
        for line in re.findall(r"(?m)^  seisaku (.*?)(?: {2,}\S.*| > \S+)?$", text):
            words = shlex.split(line)
            if words[:2] != ["index", "remove"] and words[0] not in ("ask", "serve"):  # which go on until they are left
                result = invoke(store, *words) if words != ["fields"] else CliRunner().invoke(main, words)
                assert result.exit_code == 0, (line, result.output)


def test_version_names_what_answers_depend_on() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == [
        "seisaku", "SudachiPy", "SudachiDict-core", "whoosh3", "Python",
    ]  # fmt: skip


# Completion.


def completed(store: Path, *words: str) -> list[str]:
    """Return what may stand in place of the last of the words."""
    shell = ShellComplete(main, {}, "seisaku", "_SEISAKU_COMPLETE")
    found: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEISAKU_STORE", str(store))
        found += [each.value for each in shell.get_completions(list(words[:-1]), words[-1])]
    return found


COMPLETED = [
    ("段階:補", ["段階:補正", "段階:補正予算"]),
    ("search 段階:補", ["段階:補正", "段階:補正予算"]),
    ("蓄電池 --only certain 段階:補", ["段階:補正", "段階:補正予算"]),
    ("stage:su", ["stage:supplementary"]),
    ("確", ["確度:"]),
    ("印:新", ["印:新規"]),
    ("会計:復興", ["会計:復興", "会計:復興特"]),
    ("文書:m", ["文書:meti-request-2024", "文書:monozukuri-2025"]),
    ("蓄電池 なんでも:x", []),
    ("sh", ["show"]),
    ("蓄電池 --so", ["--sort"]),
    ("蓄電池 --only p", ["possible"]),
    ("show mo", ["monozukuri-2025"]),
    ("items me", ["meti-request-2024"]),
    ("index re", ["remove"]),
    ("index remove mo", ["monozukuri-2025"]),
    ("index check mo", ["monozukuri-2025"]),
    ("index add --stage 補", ["補正", "補正予算"]),
    ("completion z", ["zsh"]),
]


@pytest.mark.parametrize(("typed", "found"), COMPLETED, ids=[typed for typed, _ in COMPLETED])
def test_completes(typed: str, found: list[str], seed_store: Path) -> None:
    assert completed(seed_store, *typed.split()) == found


def test_completes_every_field_and_every_value(seed_store: Path) -> None:
    assert set(completed(seed_store, "蓄電池", "")) == {f"{each}:" for each in SPELLINGS}
    assert {f"{each}:" for each in SPELLINGS} < set(completed(seed_store, ""))
    for field in FIELDS.values():
        values = {each for key, spellings in field.values.items() for each in (key, *spellings)}
        assert values <= {each.removeprefix(f"{field.name}:") for each in completed(seed_store, f"{field.name}:")}


def test_completes_no_document_where_there_is_no_store(tmp_path: Path) -> None:
    assert completed(tmp_path / "none", "items", "") == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_set_up_for(shell: str) -> None:
    script = CliRunner().invoke(main, ["completion", shell], prog_name="seisaku").stdout
    assert "_seisaku_completion" in script
    assert f"{shell}_complete" in script
    if found := shutil.which(shell):
        assert subprocess.run([found, "-n"], input=script, encoding="utf-8").returncode == 0


@posix
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_a_value_as_one_word(seed_store: Path, tmp_path: Path) -> None:
    ours = tmp_path / "seisaku"
    ours.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n', encoding="utf-8")
    ours.chmod(0o755)
    script = """
        eval "$(seisaku completion bash)"
        case "$COMP_WORDBREAKS" in *:*) exit 1 ;; esac
        COMP_WORDS=(seisaku 蓄電池 段階:補); COMP_CWORD=2; COMP_LINE='seisaku 蓄電池 段階:補'; COMP_POINT=${#COMP_LINE}
        _seisaku_completion seisaku
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    settings = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    result = subprocess.run(
        ["bash", "-c", script], env=environment(seed_store, **settings), capture_output=True, encoding="utf-8"
    )
    assert result.stdout.split() == ["段階:補正", "段階:補正予算"], result.stderr
