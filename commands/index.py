"""The commands that put papers into the store, take them out, and look whether all is well."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.completion import complete_document, complete_stage
from commands.options import store_option
from commands.stores import Progress, open_searcher, path_of, prepared
from console import JapaneseGroup

if TYPE_CHECKING:
    from index.store.writer import Paper

FACTS = {"title": "題名", "publisher": "発行者", "date": "日付", "year": "年度", "stage": "段階", "account": "会計"}


@click.group("index", cls=JapaneseGroup)
def index_command() -> None:
    """索引に文書を加え、外し、調べる。

    \b
    seisaku index add 令和7年度概算要求.txt
    seisaku index list
    """


@index_command.command("add")
@click.argument("files", metavar="ファイル…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "id_", metavar="ID", help="文書の識別名（ファイル一つのとき）")
@click.option("--title", metavar="TEXT", help="題名（ファイル一つのとき）")
@click.option("--publisher", metavar="TEXT", help="発行者")
@click.option("--date", metavar="DATE", help="発行日（2023-08-31、令和5年8月など）")
@click.option("--year", metavar="YEAR", help="印のない金額の会計年度（2024、R6 など）")
@click.option(
    "--stage",
    metavar="STAGE",
    help="印のない金額の段階（概算要求、当初、補正など）",
    shell_complete=complete_stage,
)
@click.option("--account", metavar="TEXT", help="印のない金額の会計")
@store_option
def add_command(
    files: tuple[Path, ...], id_: str | None, title: str | None, store: Path | None, **given: str | None
) -> None:
    """文書（テキスト、Markdown）を索引に加える。同じ識別名の文書は置き換える。

    \b
    seisaku index add 令和7年度概算要求.txt --year R7 --stage 概算要求
    """
    from index import indexer

    if len(files) > 1 and (id_ or title):
        raise click.UsageError("--id と --title は、ファイルが一つのときだけ使えます。", click.get_current_context())
    path = prepared(store)
    facts = {name: value for name, value in {"id": id_, "title": title, **given}.items() if value is not None}
    with Progress(len(files), "読み取り") as step:
        papers = indexer.add(path, files, facts, step)
    _tell_papers(papers)


@index_command.command("remove")
@click.argument("documents", metavar="文書…", nargs=-1, required=True, shell_complete=complete_document)
@store_option
def remove_command(documents: tuple[str, ...], store: Path | None) -> None:
    """文書を索引から外す。もとのファイルには触らない。

    \b
    seisaku index remove monozukuri-2025
    """
    from index import indexer

    indexer.remove(prepared(store), documents)
    click.echo(f"{'、'.join(documents)} を外しました。")


@index_command.command("list")
@store_option
def list_command(store: Path | None) -> None:
    """索引にある文書を表示する。

    \b
    seisaku index list
    """
    from index.document import STAGES

    searcher = open_searcher(store)
    for about in searcher.documents():
        items = searcher.items(about.id)
        amounts = sum(len(item.amounts) for item in items)
        year = f"{about.year}年度" if about.year else None
        without = " ".join(filter(None, (year, STAGES.get(about.stage or ""), about.account)))
        facts = (
            f"施策{len(items)}件 金額{amounts}件",
            about.publisher,
            about.date,
            without and f"印のない金額は {without}",
        )
        click.echo(f"{about.id}  {about.title}")
        click.echo(f"  {'  '.join(filter(None, facts))}")


@index_command.command("check")
@click.argument("documents", metavar="[文書…]", nargs=-1, shell_complete=complete_document)
@store_option
def check_command(documents: tuple[str, ...], store: Path | None) -> None:
    """索引の壊れと、文書ごとに読み取れなかった金額を行とともに表示する。

    \b
    seisaku index check monozukuri-2025
    """
    from index import indexer

    searcher = open_searcher(store)
    indexer.check(searcher.path)
    for document in documents or [about.id for about in searcher.documents()]:
        left = searcher.remainders(document)
        click.echo(f"{document}: 読み取れなかった金額 {len(left)}件")
        for each in left:
            click.echo(f"  {each.place}  {each.written}  （{each.reason}）")


@index_command.command("build")
@store_option
def build_command(store: Path | None) -> None:
    """索引を作り直す。すでにある文書から、なければ付属の文書から作る。

    \b
    seisaku index build
    """
    from index import indexer

    path = path_of(store)
    with Progress(None, "索引の作成") as step:
        papers = indexer.build(path, step)
    _tell_papers(papers)


def _tell_papers(papers: Iterable["Paper"]) -> None:
    """Print what was taken from each paper, and what was read from its own head."""
    for paper in papers:
        about = paper.document.about
        items = [item for item in paper.items if item.kind != "passage" or item.amounts]
        amounts, left = sum(len(item.amounts) for item in items), len(paper.remainders)
        see = f"（seisaku index check {about.id} で表示）" if left else ""
        click.echo(f"{about.id}: 施策{len(items)}件 金額{amounts}件 読み取れなかった金額{left}件{see}")
        guessed = [f"{FACTS[name]} {_shown(getattr(about, name))}" for name in about.guessed]
        if guessed:
            click.echo(f"  文書の冒頭から読み取りました: {'、'.join(guessed)}")


def _shown(fact: str | int) -> str:
    from index.document import STAGES

    return STAGES.get(str(fact), str(fact))
