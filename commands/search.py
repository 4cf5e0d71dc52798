"""The command that answers a query."""

from collections.abc import Mapping
from pathlib import Path

import click

from commands.options import (
    QUERY_SETTINGS,
    color_option,
    format_option,
    match_option,
    query_argument,
    screen,
    store_option,
)
from commands.stores import open_searcher
from console import Japanese

SORTS = ("relevance", "amount", "-amount", "year", "change", "document")
GROUPS = ("certain", "possible", "related")


@click.command("search", cls=Japanese, context_settings=QUERY_SETTINGS)
@query_argument
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=20, show_default=True, help="表示する件数。0 は全件"
)
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, show_default=True, help="先頭から飛ばす件数")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="並べ方")
@click.option("--only", type=click.Choice(GROUPS), help="該当・可能性・関連のどれかだけ")
@match_option
@format_option
@click.option("--explain", is_flag=True, help="検索式をどう読んだかを言葉で表示する")
@click.option("--count", is_flag=True, help="件数だけを表示する")
@color_option
@store_option
def search_command(
    query: str, limit: int, offset: int, sort: str, only: str | None, match: str, form: str,
    explain: bool, count: bool, color: str, store: Path | None,
) -> int:  # fmt: skip
    """施策を検索する。search は省略できる。

    \b
    seisaku 蓄電池 AND 'amount>1000億'
    seisaku search --sort -amount --limit 5 半導体 年度:2024
    seisaku search --format csv 会計:GX > gx.csv

    該当があれば状態 0、なければ 1、誤りがあれば 2 で終わる。
    """
    searcher = open_searcher(store)
    page = searcher.search(query, limit=limit, offset=offset, sort=sort, only=only, match=match)
    if explain:
        click.echo("\n".join(searcher.explain(query)), err=form != "table")
    if count:
        click.echo(_counts(page.counts, only))
    else:
        from search.render import render

        shown = screen(color)
        text = render(page, form, **shown)
        click.echo(text, nl=bool(text), color=shown["colour"])  # JSON lines of no hit are no line
    return 0 if page.found else 1


def _counts(counts: Mapping[str, int], only: str | None) -> str:
    from search.results import GROUPS as LABELS

    return str(counts[only]) if only else "\n".join(f"{LABELS[group]} {number}" for group, number in counts.items())
