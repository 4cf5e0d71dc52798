"""What several commands take: the words of a query, how they are joined, a store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from commands.completion import complete_query

F = TypeVar("F", bound=Callable[..., Any])
Completer: TypeAlias = Callable[[click.Context, click.Parameter, str], list[str]]

store_option = click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path),
    envvar="SEISAKU_STORE",
    help="索引の場所（環境変数 SEISAKU_STORE でも指定できる）",
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


def words_argument(
    metavar: str = "言葉と条件…", *, required: bool = True, complete: Completer = complete_query
) -> Callable[[F], F]:
    """Return an argument of words that nobody has to quote; a command gets them as one text, `query`."""
    return click.argument(
        "query",
        metavar=metavar,
        nargs=-1,
        required=required,
        type=click.UNPROCESSED,
        callback=_joined,
        shell_complete=complete,
    )
