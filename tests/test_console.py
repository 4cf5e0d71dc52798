"""What the commands have in common, on commands made for the purpose."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from console import JapaneseGroup, LazyCommands
from index.errors import Failure


def group(*does: Callable[[], object]) -> click.Group:
    """Return a group whose command search does what is given, with an option and a word."""

    @click.group(cls=JapaneseGroup)
    def top() -> None:
        """試す。"""

    @top.command("search")
    @click.argument("words", nargs=-1)
    @click.option("--number", metavar="N", type=click.IntRange(0), help="数", default=3, show_default=True)
    @click.option("--kind", type=click.Choice(("a", "b")))
    def search(words: tuple[str, ...], number: int, kind: str | None) -> object:
        """探す。"""
        for each in does:
            return each()
        click.echo(f"{' '.join(words)} {number}")
        return None

    @top.command("one")
    @click.argument("word", metavar="言葉")
    def one(word: str) -> None:
        """一つ。"""

    return top


def invoke(*arguments: str, does: Callable[[], object] | None = None) -> Result:
    return CliRunner().invoke(group(*([does] if does else [])), arguments, prog_name="試す")


def raising(error: BaseException) -> Callable[[], object]:
    def act() -> object:
        raise error

    return act


FAULTS = [
    (Failure("索引がありません。"), 2, "索引がありません。"),
    (click.ClickException("だめです。"), 2, "だめです。"),
    (click.Abort(), 130, "中断しました。"),
    (KeyboardInterrupt(), 130, "中断しました。"),
    (RecursionError(), 2, "入れ子が深すぎて処理できません。短くしてやり直してください。"),
]


@pytest.mark.parametrize(("error", "status", "said"), FAULTS, ids=[type(error).__name__ for error, _, _ in FAULTS])
def test_fault_is_one_sentence(error: BaseException, status: int, said: str) -> None:
    result = invoke("x", does=raising(error))
    assert result.exit_code == status
    assert result.stdout == ""
    assert result.stderr.lstrip("\n") == f"Error: {said}\n"


def test_a_fault_of_ours_is_not_hidden() -> None:
    assert isinstance(invoke("x", does=raising(ZeroDivisionError())).exception, ZeroDivisionError)


@pytest.mark.parametrize(("returned", "status"), [(None, 0), (0, 0), (1, 1), ("x", 0)])
def test_what_a_command_returns_is_its_status(returned: object, status: int) -> None:
    assert invoke("x", does=lambda: returned).exit_code == status


WORDS = [
    (["蓄電池"], "蓄電池 3\n"),
    (["search", "蓄電池"], "蓄電池 3\n"),
    (["search", "one"], "one 3\n"),
    (["蓄電池", "one"], "蓄電池 one 3\n"),
    (["--number", "5", "蓄電池"], "蓄電池 5\n"),
    (["蓄電池", "--number=5"], "蓄電池 5\n"),
]


@pytest.mark.parametrize(("arguments", "printed"), WORDS, ids=[" ".join(words) for words, _ in WORDS])
def test_what_names_no_command_is_words(arguments: list[str], printed: str) -> None:
    assert invoke(*arguments).output == printed


USES = [
    ("x --nummer 3", "「--nummer」というオプションはありません（--number でしょうか）。"),
    ("x --number", "「--number」には値を一つ書いてください。"),
    ("x --number 多め", "「--number」の値が正しくありません: 0 以上の整数にしてください。"),
    ("x --number -1", "「--number」の値が正しくありません: 0 以上の整数にしてください。"),
    ("x --kind c", "「--kind」の値が正しくありません: a、b のどれかにしてください。"),
    ("one", "「言葉」を書いてください。"),
    ("one a b c", "「b c」は要りません。"),
]


@pytest.mark.parametrize(("line", "said"), USES, ids=[line for line, _ in USES])
def test_fault_of_use_is_told_in_japanese(line: str, said: str) -> None:
    result = invoke(*line.split())
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == f"Error: {said}"


def test_help_is_japanese() -> None:
    assert invoke("search", "--help").output == (
        "使い方: 試す search [オプション] [WORDS]...\n\n  探す。\n\n"
        "オプション:\n  --number N    数  [省略時: 3]\n  --kind [a|b]\n  --help        この説明を表示する\n"
    )
    assert invoke("-h").output == invoke("--help").output == invoke().output


LAZY = """
import click

@click.command("{name}")
def {name}_command():
    click.echo("{name}です")
"""


def test_only_the_module_of_the_command_that_is_run_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / f"lazy_{name}.py").write_text(LAZY.format(name=name), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    lazy = JapaneseGroup("top", commands=LazyCommands({"here": "lazy_here", "there": "lazy_there"}))
    assert list(lazy.commands) == ["here", "there"]
    assert CliRunner().invoke(lazy, ["here"]).output == "hereです\n"
    assert "lazy_here" in sys.modules
    assert "lazy_there" not in sys.modules
    assert "there" in CliRunner().invoke(lazy, ["--help"]).output
    assert "lazy_there" in sys.modules


def test_lazy_commands_are_a_mapping() -> None:
    one = click.Command("one")
    lazy = LazyCommands({"two": "nowhere"})
    lazy["one"] = one
    assert (len(lazy), list(lazy), lazy.get("one"), lazy.get("three")) == (2, ["two", "one"], one, None)
    del lazy["two"]
    assert dict(lazy) == {"one": one}
