"""Where an answer goes, and in which form: the options for it, and what they come to."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from console import Japanese

if TYPE_CHECKING:
    from search import Searcher

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown", "dokuwiki", "mediawiki", "confluence")
PASTED = FORMATS[-4:]
"""Those that are pasted into pages of others, and so name their papers."""

SUFFIXES = {"md": "markdown", "htm": "html", "txt": "table", "wiki": "mediawiki", "xhtml": "confluence"}
"""The suffixes of files that are no format's name."""

T = TypeVar("T")


def screen(color: str = "auto") -> dict[str, Any]:
    """Return the width of the terminal, None in a pipe unless it is to have colours, and whether to use them."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    colour = color == "always" or (color == "auto" and terminal and not plain)
    if not (terminal or colour):
        return {"width": None, "colour": False}
    from shutil import get_terminal_size

    return {"width": get_terminal_size().columns, "colour": colour}


class Output(NamedTuple):
    """How an answer is to be written; `file` None is the standard output stream."""

    form: str
    file: Path | None = None
    force: bool = False
    excel: bool = False
    color: str = "auto"

    def layout(self) -> dict[str, Any]:
        """Return how lines are to be laid out, as the renderers take it: for a spreadsheet, a file or a screen."""
        if self.excel:
            return {"excel": True}
        return {"width": None, "colour": False} if self.file else screen(self.color)

    def papers(self, searcher: "Searcher") -> dict[str, Any]:
        """Return the papers for what names them in this format, as the renderers take them."""
        return {"papers": searcher.documents()} if self.form in PASTED else {}

    def answer(self, page: object, render: Callable[..., str], **how: object) -> None:
        """Write a page as `render` makes it; that of a workbook is bytes, and goes to `put`."""
        text = render(page, self.form, **how, **self.layout())
        self.lines([text] if text else [])  # JSON lines of no hit are no line

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines of text; what is for a spreadsheet is UTF-8 everywhere, and has CR LF at its end as well."""
        if self.file or self.excel:
            end = "\r\n" if self.excel else "\n"
            self.put("".join(f"{line}{end}" for line in lines).encode(errors="replace"))
        else:
            colour = self.layout()["colour"]
            for line in lines:
                click.echo(line, color=colour)

    def put(self, data: bytes) -> None:
        """Write bytes as they are."""
        if self.file:
            from commands.files import write_whole

            write_whole(self.file, data)
        else:
            click.echo(data, nl=False)


class Answering(Japanese):
    """A command with an output: 「-o FILE」 and 「--format xlsx FILE」 are short for what has 「--output FILE」.

    To click, 「-o」 would be an option wherever it stands in a word: 「-Society5.0」 would write to 「ciety5.0」.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, [*_with_output(args[:end]), *args[end:]])


def _with_output(args: list[str]) -> Iterator[str]:
    """Yield the words of a command with ``--output`` where it is meant."""
    for position, word in enumerate(args):
        before = args[max(0, position - 2) : position]
        workbook = before[-1:] == ["--format=xlsx"] or before == ["--format", "xlsx"]
        if workbook and word.lower().endswith(".xlsx"):
            yield "--output"
        yield "--output" if word == "-o" else word


def output_options(
    formats: tuple[str, ...] = (*FORMATS, "xlsx"), default: str = "table"
) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Return a decorator that gives a command the options of its output; it gets them as `output`."""
    options = [
        click.option(
            "--format", "form", type=click.Choice(formats), default=default, show_default=True, help="出力の形式"
        ),
        click.option(
            "--output",
            "file",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="ファイルに書き出す（-o とも書ける）",
        ),
        click.option("--force", is_flag=True, help="同じ名前のファイルがあれば置き換える"),
    ]
    if "csv" in formats:
        options += [
            click.option("--excel", is_flag=True, help="CSV・TSV を、表計算ソフトが正しく開く形にする"),
            click.option(
                "--color",
                type=click.Choice(("auto", "always", "never")),
                default="auto",
                show_default=True,
                help="色を付ける",
            ),
        ]

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        @wraps(function)
        def command(**given: Any) -> T:
            ours = {name: given.pop(name) for name in Output._fields if name in given}
            return function(**given, output=_output(formats, **ours))

        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _output(formats: tuple[str, ...], form: str, file: Path | None, **rest: Any) -> Output:
    """Return an output that can be written to; what cannot is told before anything is looked for."""
    file = None if file == Path("-") else file
    if file and click.get_current_context().get_parameter_source("form") is ParameterSource.DEFAULT:
        form = _of_suffix(file.suffix[1:].lower(), formats) if file.suffix else form
    output = Output(form, file, **rest)
    if output.excel and form not in ("csv", "tsv"):
        raise click.UsageError("--excel は、--format csv か tsv とだけ使えます。", click.get_current_context())
    if file:
        from commands.files import refuse

        refuse(file, output.force)
    elif form == "xlsx" and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError(
            "xlsx は端末には表示できません。-o FILE でファイルを指定してください。", click.get_current_context()
        )
    return output


def _of_suffix(suffix: str, formats: tuple[str, ...]) -> str:
    """Return the format of files with this suffix. Raises UsageError where there is none."""
    form = SUFFIXES.get(suffix, suffix)
    if form in formats:
        return form
    short = {other: each for each, other in SUFFIXES.items() if each != "htm"}
    known = "、".join(f".{short.get(each, each)}" for each in formats)
    raise click.UsageError(
        f"拡張子 .{suffix} の形式はありません。{known} のどれかにするか、--format で形式を指定してください。",
        click.get_current_context(),
    )
