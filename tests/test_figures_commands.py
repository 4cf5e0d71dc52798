"""The commands that answer with sums, on the papers in seeds/: what they print, their statuses, their formats."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import COMMANDS, main
from commands.figures import BREAKDOWNS
from search import figures
from search.searcher import Searcher
from tests.test_cli import completed, on_terminal, posix, sentence
from tests.test_output import steady

NAME = "蓄電池の製造サプライチェーン強靱化支援事業"
FOUND = {
    "total": "total 半導体 --by account",
    "reconcile": "reconcile meti-request-2024",
    "history": f"history {NAME}",
    "programmes": "programmes 蓄電池",
    "compare": "compare meti-request-2024",
    "facets": "facets 半導体",
}
EMPTY = [
    "total ぬりかべ",
    "facets ぬりかべ",
    "programmes ぬりかべ",
    "suggest ぬりかべぬりかべ",
    "compare R5補正 R6補正 ぬりかべ",
]
FAULTS = [
    ("total", "「言葉と条件…」を書いてください。"),
    ("total 半導体 --by 会計", "account、heading、document、stage、year のどれか"),
    ("total 半導体 --al", "「--al」というオプションはありません（--all でしょうか）。"),
    ("total foo:x", "foo"),
    ("reconcile", "「文書」を書いてください。"),
    ("reconcile ない文書", "ない文書"),
    ("reconcile meti-request-2024 ぬりかべ", "ぬりかべ"),
    ("history", "「事業名…」を書いてください。"),
    ("history ぬりかべ", "ぬりかべ"),
    ("compare", "「比べるもの…」を書いてください。"),
    ("compare ぬりかべ 2024", "ぬりかべ"),
    ("facets", "「言葉と条件…」を書いてください。"),
    ("suggest", "「打ちかけ…」を書いてください。"),
    ("search 蓄電池 --facets --format csv", "--facets は"),
    ("search 蓄電池 --facets --only certain", "--facets は該当・可能性・関連の"),
]


def invoke(store: Path, line: str, *more: str) -> Result:
    return CliRunner().invoke(main, [*line.split(), *more, "--store", str(store)], prog_name="seisaku")


@pytest.mark.parametrize("line", FOUND.values(), ids=FOUND)
def test_every_format_can_be_read(line: str, seed_store: Path) -> None:
    printed = {form: invoke(seed_store, line, "--format", form) for form in ("json", "jsonl", "csv", "tsv", "markdown")}
    assert {each.exit_code for each in printed.values()} == {0}
    assert isinstance(json.loads(printed["json"].stdout), dict)
    assert all(isinstance(json.loads(each), dict) for each in printed["jsonl"].stdout.splitlines())
    rows = list(csv.reader(io.StringIO(printed["csv"].stdout, newline="")))
    assert len(rows) == len(printed["tsv"].stdout.splitlines()) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "| --- " in printed["markdown"].stdout or "|---" in printed["markdown"].stdout


@pytest.mark.parametrize("line", FOUND.values(), ids=FOUND)
def test_all_shows_no_less(line: str, seed_store: Path) -> None:
    brief, full = invoke(seed_store, line), invoke(seed_store, line, "--all")
    assert brief.exit_code == full.exit_code == 0
    assert len(full.stdout) >= len(brief.stdout) > 0


@pytest.mark.parametrize("line", EMPTY)
def test_nothing_found_is_status_1(line: str, seed_store: Path) -> None:
    result = invoke(seed_store, line)
    assert (result.exit_code, result.stderr) == (1, "")


@pytest.mark.parametrize(("line", "said"), FAULTS, ids=[line for line, _ in FAULTS])
def test_fault_is_told(line: str, said: str, seed_store: Path) -> None:
    result = invoke(seed_store, line)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.startswith("Error: ")


@posix
@pytest.mark.parametrize("line", FOUND.values(), ids=FOUND)
def test_on_a_terminal(line: str, seed_store: Path) -> None:
    assert "Traceback" not in on_terminal(seed_store, 80, *line.split())


def test_total_says_what_the_searcher_says(searcher: Searcher, seed_store: Path) -> None:
    page = searcher.total("半導体", by="account", match="any")
    printed = json.loads(invoke(seed_store, "total 半導体 --by account --match any --format json").stdout)
    assert [each["yen"] for each in printed["totals"]] == [each.yen if each.counted else None for each in page.totals]


def test_breakdowns_are_those_of_the_searcher() -> None:
    assert tuple(figures.BREAKDOWNS) == BREAKDOWNS


def test_reconcile_of_a_heading_is_part_of_the_whole(searcher: Searcher, seed_store: Path) -> None:
    whole = json.loads(invoke(seed_store, "reconcile meti-request-2024 --format json").stdout)["checks"]
    title = next(each["title"] for each in whole if each["parts"])
    part = invoke(seed_store, "reconcile meti-request-2024", title, "--format", "json")
    assert 0 < len(json.loads(part.stdout)["checks"]) <= len(whole)


def test_a_name_needs_no_quotation_marks(seed_store: Path) -> None:
    line = "history 高速炉実証炉開発事業 --format json"
    assert invoke(seed_store, line).exit_code == 0
    assert completed(seed_store, "compare", "mo") == ["monozukuri-2025"]


# Facets with a search.


def test_facets_stand_behind_the_hits(seed_store: Path) -> None:
    hits, facets = invoke(seed_store, "search 半導体 --limit 2"), invoke(seed_store, "facets 半導体")
    both = invoke(seed_store, "search 半導体 --limit 2 --facets")
    assert steady(both.stdout) == steady(f"{hits.stdout}\n{facets.stdout}")


def test_facets_are_a_key_of_the_json(seed_store: Path) -> None:
    hits = json.loads(invoke(seed_store, "search 半導体 --format json").stdout)
    facets = json.loads(invoke(seed_store, "facets 半導体 --format json").stdout)
    both = json.loads(invoke(seed_store, "search 半導体 --format json --facets").stdout)
    assert both | {"seconds": 0} == hits | {"seconds": 0, "facets": facets["facets"]}


def test_no_hit_has_no_facets(seed_store: Path) -> None:
    with_facets, without = (invoke(seed_store, "search ぬりかべ", *more) for more in (["--facets"], []))
    assert with_facets.exit_code == 1
    assert steady(with_facets.stdout) == steady(without.stdout)


# What was begun.


def test_suggests_what_goes_on_with_it(seed_store: Path) -> None:
    lines = invoke(seed_store, "suggest 蓄電 --limit 3").stdout.splitlines()
    assert 0 < len(lines) <= 3
    assert all(re.fullmatch(r"[^\t]+(\t[\d,]+件)?", line) for line in lines)
    assert len(invoke(seed_store, "suggest 蓄電 --limit 0").stdout.splitlines()) >= len(lines)


# The screen, and the bare command.


def test_ask_is_for_terminals(seed_store: Path) -> None:
    result = invoke(seed_store, "ask 蓄電池")
    assert result.exit_code == 2
    assert "端末" in sentence(result.stderr)


@posix
def test_the_bare_command_starts_the_screen_on_a_terminal(seed_store: Path) -> None:
    pytest.importorskip("textual")
    written = on_terminal(seed_store, 100, key="\x11")
    assert "\x1b[?1049h" in written  # the other screen of a terminal
    assert "コマンド:" not in written


@posix
def test_the_bare_command_tells_how_to_get_the_screen(seed_store: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['textual'] = None\n", encoding="utf-8")
    without = {"PYTHONPATH": str(tmp_path)}
    written = on_terminal(seed_store, 100, **without)
    assert "コマンド:" in written
    assert "pip install 'seisaku[screen]'" in written
    assert "pip install 'seisaku[screen]'" in sentence(on_terminal(seed_store, 100, "ask", **without))


@posix
def test_the_bare_command_prints_the_help_on_terminals_that_are_too_simple(seed_store: Path) -> None:
    for written in (on_terminal(seed_store, 100, TERM="dumb"), on_terminal(seed_store, 40)):
        assert written.startswith("使い方: ")
        assert "Error" not in written


def test_every_command_is_where_the_table_says() -> None:
    assert {name: each.name for name, each in main.commands.items()} == {name: name for name in COMMANDS}
