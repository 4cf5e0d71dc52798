"""The command that answers a query."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from commands.options import QUERY_SETTINGS, match_option, store_option, words_argument
from commands.output import PASTED, Answering, Output, output_options
from commands.stores import open_searcher

if TYPE_CHECKING:
    from search.figures import FacetPage, TotalPage
    from search.results import ResultPage

SORTS = ("relevance", "amount", "-amount", "year", "change", "document")
GROUPS = ("certain", "possible", "related")

WITH_FACETS = ("table", "json", *PASTED)


@click.command("search", cls=Answering, context_settings=QUERY_SETTINGS)
@words_argument()
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="表示する件数。0 は全件（xlsx は省略時も全件）",
)
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, show_default=True, help="先頭から飛ばす件数")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="並べ方")
@click.option("--only", type=click.Choice(GROUPS), help="該当・可能性・関連のどれかだけ")
@match_option
@output_options()
@click.option("--facets", is_flag=True, help="結果の内訳（段階、会計など）を後に付ける")
@click.option("--explain", is_flag=True, help="検索式をどう読んだかを言葉で表示する")
@click.option("--count", is_flag=True, help="件数だけを表示する")
@store_option
def search_command(
    query: str, limit: int, offset: int, sort: str, only: str | None, match: str, output: Output,
    facets: bool, explain: bool, count: bool, store: Path | None,
) -> int:  # fmt: skip
    """施策を検索する。search は省略できる。

    \b
    seisaku 蓄電池 AND 'amount>1000億'
    seisaku search --sort -amount --limit 5 半導体 年度:2024
    seisaku search --format csv 会計:GX > gx.csv
    seisaku search --format xlsx gx.xlsx 会計:GX

    該当があれば状態 0、なければ 1、誤りがあれば 2 で終わる。
    """
    _check(count, facets, only, output.form)
    searcher = open_searcher(store)
    limit = 0 if output.form == "xlsx" and _by_default("limit") else limit
    page = searcher.search(query, limit=limit, offset=offset, sort=sort, only=only, match=match)
    if explain:
        click.echo("\n".join(searcher.explain(query)), err=output.form != "table" or output.file is not None)
    if count:
        output.lines([_counts(page.counts, only)])
    elif output.form == "xlsx":
        output.put(_workbook(page, searcher.total(query, match=match)))
    elif facets:
        output.answer(page, _with(searcher.facets(query, match=match)), **output.papers(searcher))
    else:
        from search.render import render

        output.answer(page, render, **output.papers(searcher))
    return 0 if page.found else 1


def _check(count: bool, facets: bool, only: str | None, form: str) -> None:
    """Raise UsageError where a format has no room for what is asked for, or facets would be those of other hits."""
    if count and form == "xlsx":
        raise click.UsageError("--count は、--format xlsx とは使えません。", click.get_current_context())
    if facets and form not in WITH_FACETS:
        known = "、".join(WITH_FACETS)
        raise click.UsageError(f"--facets は、--format {known} とだけ使えます。", click.get_current_context())
    if facets and only:
        raise click.UsageError(
            "--facets は該当・可能性・関連のすべての内訳なので、--only とは使えません。", click.get_current_context()
        )


def _by_default(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is ParameterSource.DEFAULT


def _workbook(page: "ResultPage", total: "TotalPage") -> bytes:
    from search.render import workbook

    return workbook(page, total)


def _with(facets: "FacetPage") -> Callable[..., str]:
    """Return what renders a page of results with its facets behind the hits."""
    from search.render import render, render_answer

    def rendered(page: "ResultPage", form: str, **layout: Any) -> str:
        hits = render(page, form, **layout)
        values = render_answer(facets, form, **{name: how for name, how in layout.items() if name != "papers"})
        if form != "json":
            return f"{hits}\n\n{values}" if page.found else hits
        import json

        from search.render.json import spread

        return "\n".join(spread({**json.loads(hits), "facets": json.loads(values)["facets"]}))

    return rendered


def _counts(counts: Mapping[str, int], only: str | None) -> str:
    from search.results import GROUPS as LABELS

    return str(counts[only]) if only else "\n".join(f"{LABELS[group]} {number}" for group, number in counts.items())
