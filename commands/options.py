"""What several commands take: the words of a query, a store, a format, colours."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from commands.completion import complete_query

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")

store_option = click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path),
    envvar="SEISAKU_STORE",
    help="索引の場所（環境変数 SEISAKU_STORE でも指定できる）",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="出力の形式"
)
color_option = click.option(
    "--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True, help="色を付ける"
)
match_option = click.option(
    "--match",
    type=click.Choice(("all", "any")),
    default="all",
    show_default=True,
    help="並べた言葉のすべて、またはどれか",
)


def _joined(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> str:
    """Return the words of a query as one text; what begins with two hyphens is a misspelt option, never a word."""
    unknown = next((each for each in words if each.startswith("--")), None)
    if unknown:
        raise _no_such(unknown.partition("=")[0], ctx)
    return " ".join(words)


def _no_such(option: str, ctx: click.Context) -> click.NoSuchOption:
    from difflib import get_close_matches

    known = [name for each in ctx.command.get_params(ctx) for name in each.opts if name.startswith("--")]
    return click.NoSuchOption(option, possibilities=get_close_matches(option, known, 1, 0.75), ctx=ctx)


QUERY_SETTINGS = {"ignore_unknown_options": True}
"""The settings of a command that takes a query: 「-水素」 is one of its words, not an option."""

query_argument = click.argument(
    "query",
    metavar="言葉と条件…",
    nargs=-1,
    required=True,
    type=click.UNPROCESSED,
    callback=_joined,
    shell_complete=complete_query,
)


def screen(color: str = "auto") -> dict[str, Any]:
    """Return the width of the terminal, None in a pipe unless it is to have colours, and whether to use them."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    colour = color == "always" or (color == "auto" and terminal and not plain)
    if not (terminal or colour):
        return {"width": None, "colour": False}
    from shutil import get_terminal_size

    return {"width": get_terminal_size().columns, "colour": colour}
