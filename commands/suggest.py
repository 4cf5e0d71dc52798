"""The command that completes what was begun."""

import sys
from pathlib import Path

import click

from commands.options import QUERY_SETTINGS, store_option, words_argument
from commands.stores import open_searcher
from console import Japanese


@click.command("suggest", cls=Japanese, context_settings=QUERY_SETTINGS)
@words_argument("打ちかけ…")
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=20, show_default=True, help="表示する件数。0 は全件"
)
@store_option
def suggest_command(query: str, limit: int, store: Path | None) -> int:
    """打ちかけの言葉の続きになる言葉・事業名・項目を、件数とともに一行に一つ表示する。

    \b
    seisaku suggest 蓄電
    seisaku suggest 段階:
    """
    found = open_searcher(store).suggest(query, limit or sys.maxsize)
    for each in found:
        click.echo(each.text if each.hits is None else f"{each.text}\t{each.hits:,}件")
    return 0 if found else 1
