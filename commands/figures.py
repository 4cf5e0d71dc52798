"""The commands that answer with sums."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.completion import complete_document
from commands.options import QUERY_SETTINGS, match_option, store_option, words_argument
from commands.output import Answering, Output, output_options
from commands.stores import open_searcher

if TYPE_CHECKING:
    from search import Searcher
    from search.render import Answer

BREAKDOWNS = ("account", "heading", "document", "stage", "year")

all_option = click.option("--all", "full", is_flag=True, help="省略せず、すべて表示する")


@click.command("total", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument()
@click.option("--by", type=click.Choice(BREAKDOWNS), help="会計・見出し・文書・段階・年度ごとの内訳を付ける")
@all_option
@match_option
@output_options()
@store_option
def total_command(query: str, by: str | None, full: bool, match: str, output: Output, store: Path | None) -> int:
    """該当する金額を、年度と段階ごとに、重複や内数などを除いて合計する。

    \b
    seisaku total 蓄電池
    seisaku total 半導体 年度:2024 --by account --all

    除いた金額も理由とともに示す。年度や段階の違う金額は足し合わせない。
    """
    searcher = open_searcher(store)
    page = searcher.total(query, by=by, match=match)
    return _answer(page, searcher, output, full, bool(page.totals or page.unsure))


@click.command("reconcile", cls=Answering)
@click.argument("document", metavar="文書", shell_complete=complete_document)
@click.argument("heading", metavar="[見出し]", required=False)
@all_option
@output_options()
@store_option
def reconcile_command(document: str, heading: str | None, full: bool, output: Output, store: Path | None) -> int:
    """文書に記載された合計を、その内訳の和と突き合わせる。

    \b
    seisaku reconcile meti-request-2024

    差があれば、端数で説明できるかどうかを示す。調整はしない。
    """
    searcher = open_searcher(store)
    page = searcher.reconcile(document, heading)
    return _answer(page, searcher, output, full, bool(page.checks))


@click.command("history", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument("事業名…")
@all_option
@output_options()
@store_option
def history_command(query: str, full: bool, output: Output, store: Path | None) -> int:
    """事業一つを、文書・年度・段階をまたいで追い、要求がどうなったかを示す。

    \b
    seisaku history 蓄電池の製造サプライチェーン強靱化支援事業

    名称の似た事業は、似ている度合いとともに別に示し、合計には入れない。
    """
    searcher = open_searcher(store)
    page = searcher.history(query)
    return _answer(page, searcher, output, full, bool(page.entries))


@click.command("programmes", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument("[言葉…]", required=False)
@all_option
@output_options()
@store_option
def programmes_command(query: str, full: bool, output: Output, store: Path | None) -> int:
    """文書をまたいで同じ事業、または同じかもしれない事業の名称を並べる。

    \b
    seisaku programmes 蓄電池
    """
    searcher = open_searcher(store)
    page = searcher.programmes(query)
    return _answer(page, searcher, output, full, bool(page.links))


@click.command("compare", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument("比べるもの…", complete=complete_document)
@all_option
@output_options()
@store_option
def compare_command(query: str, full: bool, output: Output, store: Path | None) -> int:
    """二つの文書・年度・段階を、事業ごとに比べる。

    \b
    seisaku compare 2024要求 2024当初
    seisaku compare R5補正 R6補正 半導体
    seisaku compare meti-request-2024

    \b
    文書一つだけなら、その文書に並べて記載された前年度の額と比べる。
    言葉を続けると、それに該当する事業だけを比べる。
    """
    searcher = open_searcher(store)
    page = searcher.compare(query.split())
    return _answer(page, searcher, output, full, any(section.pairs for section in page.sections))


@click.command("facets", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument()
@all_option
@match_option
@output_options()
@store_option
def facets_command(query: str, full: bool, match: str, output: Output, store: Path | None) -> int:
    """検索結果の内訳を、段階・会計・文書などの値ごとに件数と合計で示す。

    \b
    seisaku facets 半導体
    """
    searcher = open_searcher(store)
    page = searcher.facets(query, match=match)
    return _answer(page, searcher, output, full, bool(page.hits))


def _answer(page: "Answer", searcher: "Searcher", output: Output, full: bool, found: bool) -> int:
    """Write a page about sums; return the exit status."""
    from search.render import render_answer, workbook

    if output.form == "xlsx":
        output.put(workbook(page))
    else:
        output.answer(page, render_answer, full=full, **output.papers(searcher))
    return 0 if found else 1
