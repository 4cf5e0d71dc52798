"""The manual runs: its sessions, its counts and its Python are what the product answers, and nothing is left out.

After a change of what is printed, ``python -m tests.test_docs`` writes the new answers into the documents; read
the difference before it is kept.
"""

import doctest
import os
import re
import shlex
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest.mock import patch

import click
import pytest
from click.testing import CliRunner, Result
from textual.binding import Binding

from cli import main
from commands.output import FORMATS
from commands.search import GROUPS, SORTS
from index import indexer
from index.readers import READERS
from index.schema import FIELDS
from search import Searcher, figures, grammar, results
from search.render import FORMATS as RENDERERS
from search.screen.app import LookUp

TESTS = Path(__file__).parent
MANUAL = TESTS.parent / "docs" / "manual.md"
DOCUMENTS = [MANUAL, *sorted((TESTS / "sessions").glob("*.md"))]
if (README := TESTS.parent / "README.md").is_file():
    DOCUMENTS.append(README)

BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"(?<=^```pycon\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
COUNTED = re.compile(
    r"(?<=^\| )`(?P<query>.+)`(?P<meaning> \| .* \| )該当 \d+・可能性 \d+・関連 \d+(?= \|$)", re.MULTILINE
)
VARYING = re.compile(r"\d+\.\d{3}秒|(?<=\"seconds\": )[\d.e-]+|(?<=Python )\d[\d.]+|\d{4}-\d\d-\d\d(?= 作成)")


# Running a document.


class Shell:
    """As much of a shell as the sessions use: commands of seisaku, cat, export, echo $?, > into a file."""

    def __init__(self) -> None:
        self.status = 0

    def run(self, line: str) -> str:
        """Return what `line` prints."""
        words = shlex.split(line)
        if len(words) > 2 and words[-2] == ">":
            result = self._seisaku(words[1:-2])
            Path(words[-1]).write_bytes(result.stdout_bytes)
            return result.stderr
        match words:
            case ["seisaku", *arguments]:
                return self._seisaku(arguments).output
            case ["cat", name]:
                return Path(name).read_text(encoding="utf-8-sig")  # a terminal does not show the mark before the text
            case ["echo", "$?"]:
                return f"{self.status}\n"
            case ["export", setting]:
                name, _, value = setting.partition("=")
                os.environ[name] = value
                return ""
        raise AssertionError(f"the shell of the sessions does not know {words}")

    def _seisaku(self, arguments: list[str]) -> Result:
        result = CliRunner().invoke(main, arguments, prog_name="seisaku")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.status = result.exit_code
        return result

    def answered(self, block: str) -> str:
        """Return a block of commands and their output with the output of today, the old one where it is as good."""
        parts = []
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            command, _, old = part.partition("\n")
            new = self.run(command.removeprefix("$ ")) if command else ""
            new = new if new.endswith("\n") or not new else f"{new}\n"
            parts.append(part if steady(old) == steady(new) else f"{command}\n{new}")
        return "".join(parts)


def steady(text: str) -> str:
    """Return `text` without what is another at each run: seconds, the version of Python, the day a brief is made."""
    return VARYING.sub("…", text)


def answered(document: str) -> str:
    """Return a document with the answers of today: the rows of the table of counts, then the sessions in their order."""
    shell, text = Shell(), COUNTED.sub(counted, document)
    return BLOCK.sub(lambda match: shell.answered(match[0]), text)


def counted(row: re.Match[str]) -> str:
    """Return a row of the table of queries with the counts of today."""
    counts = Searcher.open().search(row["query"].replace("\\|", "|")).counts
    found = "・".join(f"{results.GROUPS[group]} {counts[group]}" for group in GROUPS)
    return f"`{row['query']}`{row['meaning']}{found}"


@contextmanager
def desk(folder: Path, seed_store: Path) -> Iterator[None]:
    """Work in `folder`, with a store of the seeds and the papers of a user."""
    shutil.copytree(TESTS / "cases" / "papers", folder, dirs_exist_ok=True)
    shutil.copytree(seed_store, folder / "store")
    with chdir(folder), patch.dict(os.environ, {"SEISAKU_STORE": "store"}):
        os.environ.pop("SEISAKU_SYNONYMS", None)
        yield


@pytest.mark.parametrize("path", DOCUMENTS, ids=[each.stem for each in DOCUMENTS])
def test_document_says_what_is_printed(path: Path, tmp_path: Path, seed_store: Path) -> None:
    document = path.read_text(encoding="utf-8")
    with desk(tmp_path, seed_store):
        assert steady(answered(document)) == steady(document)


def test_python_of_the_manual_runs(tmp_path: Path, seed_store: Path) -> None:
    blocks = "\n".join(PYTHON.findall(MANUAL.read_text(encoding="utf-8")))
    test = doctest.DocTestParser().get_doctest(blocks, {}, "manual.md", None, 0)
    said: list[str] = []
    with desk(tmp_path, seed_store):
        doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert test.examples
    assert not said, "".join(said)


# What the manual must name.


def commands(command: click.Command = main, path: str = "seisaku") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its words."""
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, f"{path} {name}")


def options() -> Iterator[str]:
    """Yield every option, and every value that one may have."""
    for _, command in commands():
        for param in command.params:
            if isinstance(param, click.Option):
                yield param.opts[0]
            if isinstance(param.type, click.Choice):
                yield from map(str, param.type.choices)


def spellings() -> Iterator[str]:
    """Yield every spelling of the fields and of their values."""
    for field in FIELDS.values():
        yield from (field.name, *field.spellings)
        for value, others in field.values.items():
            yield from (value, *others)


def operators() -> Iterator[str]:
    """Yield every sign and word of the query language."""
    for signs in grammar.SIGNS.values():
        yield from signs.split()
    yield from (*grammar.KEYWORDS, "&", "|", "-", "( )", "（ ）", '" "', "“ ”", "「 」", "『 』", "*", *grammar.LIMITS)
    yield from ("..", "〜", "[", "{", "TO")


def extras() -> Iterator[str]:
    """Yield every extra that a user may install."""
    project = tomllib.loads((TESTS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from (each for each in project["optional-dependencies"] if each not in ("all", "test", "browser", "bench"))


GROUP_NAMES = [*GROUPS, *results.GROUPS.values()]
ANSWERS = [*figures.REASONS.values(), *figures.VERDICTS.values(), *figures.CHANGES.values()]
OTHERS = ["SEISAKU_STORE", "SEISAKU_SYNONYMS", "NO_COLOR", "documents.toml", "-h", "-o", *results.SORTS.values()]
NAMED = list(
    dict.fromkeys((*options(), *spellings(), *operators(), *READERS, *extras(), *GROUP_NAMES, *ANSWERS, *OTHERS))
)


@pytest.fixture(scope="module")
def named() -> set[str]:
    """Return all that the manual has set as code, or has in a cell of a table."""
    text = MANUAL.read_text(encoding="utf-8").replace("\\|", "|")
    cells = {cell.strip() for row in re.findall(r"^\|(.*)\|$", text, re.MULTILINE) for cell in row.split(" | ")}
    return {*re.findall(r"`([^`\n]+)`", text), *cells, *re.findall(r"\*\*(.+?)\*\*", text)}


@pytest.mark.parametrize("name", NAMED)
def test_manual_names(name: str, named: set[str]) -> None:
    assert name in named


@pytest.mark.parametrize("path", [path for path, _ in commands()])
def test_manual_shows_command(path: str) -> None:
    assert re.search(rf"(?m)^(\$ |.*`|.*\"\$\(){path}\b", MANUAL.read_text(encoding="utf-8"))


def test_manual_names_the_keys_of_the_screen(named: set[str]) -> None:
    keys = [each.key_display for each in LookUp.BINDINGS if isinstance(each, Binding) and each.show]
    assert keys
    assert named.issuperset(keys)


def test_examples_of_the_fields_are_in_the_manual_and_run(searcher: Searcher, named: set[str]) -> None:
    for field in FIELDS.values():
        assert field.example in named
        searcher.search(field.example)


def test_choices_of_the_commands_are_those_of_the_renderers_and_the_searcher() -> None:
    assert tuple(RENDERERS) == FORMATS
    assert tuple(results.SORTS) == SORTS
    assert tuple(results.GROUPS) == GROUPS


# The file by itself writes the answers of today into the documents.


def accept() -> None:
    """Write the answers of today into every document that has others."""
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "store"
        indexer.build(store)
        for path in DOCUMENTS:
            document = path.read_text(encoding="utf-8")
            folder = Path(name) / path.stem
            folder.mkdir()
            with desk(folder, store):
                text = answered(document)
            if text != document:
                path.write_text(text, encoding="utf-8")
                print(path)


if __name__ == "__main__":
    accept()
