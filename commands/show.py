"""The commands that show what the store holds: single items, those of a document, the fields of a query."""

from pathlib import Path

import click

from commands.completion import complete_document
from commands.options import store_option
from commands.output import Answering, Output, output_options, screen
from commands.stores import open_searcher
from console import Japanese


@click.command("show", cls=Japanese)
@click.argument("places", metavar="文書:行…", nargs=-1, required=True, shell_complete=complete_document)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "jsonl")),
    default="table",
    show_default=True,
    help="出力の形式",
)
@store_option
def show_command(places: tuple[str, ...], form: str, store: Path | None) -> None:
    """一件を、見出し・金額・原文の行とともに表示する。

    \b
    seisaku show monozukuri-2025:61
    """
    from search.render import render_item, render_items

    searcher = open_searcher(store)
    items = [item for place in places for item in searcher.items_at(place)]
    if form != "table":
        click.echo("\n".join(render_items(items, form)))
        return
    abouts = {each.id: each for each in searcher.documents()}
    for item in items:
        click.echo(render_item(item, searcher.lines(item), abouts[item.place.document], **screen()))


@click.command("items", cls=Answering)
@click.argument("document", metavar="文書", shell_complete=complete_document)
@output_options()
@store_option
def items_command(document: str, output: Output, store: Path | None) -> None:
    """文書一つの施策をすべて表示する。

    \b
    seisaku items monozukuri-2025 --format jsonl
    """
    from search.render import render_items, workbook_of_items

    searcher = open_searcher(store)
    items = searcher.items(document)
    if output.form == "xlsx":
        output.put(workbook_of_items(document, items))
    else:
        output.lines(render_items(items, output.form, **output.layout(), **output.papers(searcher)))


@click.command("fields", cls=Japanese)
def fields_command() -> None:
    """検索式の書き方と、項目・その別の書き方・値を表示する。

    \b
    seisaku fields
    """
    from search.render.fields import render_fields

    click.echo(render_fields(), nl=False)
