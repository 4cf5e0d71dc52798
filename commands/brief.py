"""The command that makes what one takes to a meeting."""

from pathlib import Path

import click

from commands.options import QUERY_SETTINGS, match_option, store_option, words_argument
from commands.output import Answering, Output, output_options
from commands.stores import open_searcher

FORMATS = ("markdown", "html", "xlsx")


@click.command("brief", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument()
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=5, show_default=True, help="原文を載せる件数。0 は全件"
)
@match_option
@output_options(FORMATS, "markdown")
@store_option
def brief_command(query: str, limit: int, match: str, output: Output, store: Path | None) -> int:
    """合計・経緯・該当する施策と原文の行を、会議に持っていける資料にまとめる。

    \b
    seisaku brief 蓄電池 1000億以上
    seisaku brief --format html -o chikudenchi.html 蓄電池
    """
    from search.brief import brief
    from search.render import render_brief, workbook

    page = brief(open_searcher(store), query, match=match, limit=limit)
    if output.form == "xlsx":
        output.put(workbook(page))
    else:
        output.lines([render_brief(page, output.form)])
    return 0 if page.hits.found else 1
