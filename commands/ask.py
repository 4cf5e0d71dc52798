"""The command that asks on the whole screen, and what the bare command does."""

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from commands.options import QUERY_SETTINGS, store_option, words_argument
from commands.stores import open_searcher
from console import Japanese

INSTALL = "pip install 'seisaku[screen]'"


@click.command("ask", cls=Japanese, context_settings=QUERY_SETTINGS)
@words_argument("[言葉と条件…]", required=False)
@store_option
def ask_command(query: str, store: Path | None) -> None:
    """端末の画面で、打つそばから検索する。引数なしの seisaku と同じ。

    \b
    seisaku ask 蓄電池 1000億以上
    """
    from search.screen import check_terminal, run

    check_terminal()
    run(open_searcher(store), query)


def bare(ctx: click.Context) -> None:
    """Do what the command without words does: ask on a terminal, print the help where that cannot be."""
    if _can_ask():
        with ask_command.make_context("ask", [], parent=ctx) as asking:
            ask_command.invoke(asking)
        return
    click.echo(ctx.get_help())
    if sys.stdout is not None and sys.stdout.isatty() and not _has_screen():
        click.echo(f"\n{INSTALL} とすると、seisaku だけで画面での検索が始まります。")


def _can_ask() -> bool:
    from search.screen import ScreenError, check_terminal

    try:
        check_terminal()
    except ScreenError:
        return False
    return _has_screen()


def _has_screen() -> bool:
    """Say whether what the screen is made with is installed."""
    return find_spec("textual") is not None
