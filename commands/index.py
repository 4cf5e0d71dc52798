"""The commands that put papers into the store, take them out, and look whether all is well."""

from itertools import groupby
from pathlib import Path

import click

from commands.completion import complete_document, complete_stage
from commands.options import store_option
from commands.stores import Progress, open_searcher, path_of, prepared
from console import JapaneseGroup

jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(0, 256),
    default=0,
    show_default=True,
    callback=lambda ctx, param, number: number or None,
    help="読み取るプロセスの数。0 は、量に応じてすべてのコア",
)


@click.group("index", cls=JapaneseGroup)
def index_command() -> None:
    """索引に文書を加え、外し、調べる。

    \b
    seisaku index add 令和7年度概算要求.txt
    seisaku index list
    """


@index_command.command("add")
@click.argument("files", metavar="ファイル…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--id", "id_", metavar="ID", help="文書の識別名（文書一つのとき）")
@click.option("--title", metavar="TEXT", help="題名（文書一つのとき）")
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
@click.option("--name", "input_name", metavar="NAME", help="標準入力のファイル名（拡張子で形式が決まる）")
@jobs_option
@store_option
def add_command(
    files: tuple[Path, ...],
    id_: str | None,
    title: str | None,
    input_name: str | None,
    jobs: int | None,
    store: Path | None,
    **given: str | None,
) -> None:
    """文書を索引に加える。同じ識別名の文書は置き換え、変更のないものは読み直さない。

    ファイル、フォルダー（下の階層も）、「*」などの形、ZIP、標準入力「-」を書ける。

    \b
    seisaku index add 令和7年度概算要求.txt --year R7 --stage 概算要求
    """
    from commands.report import end, tell
    from index import indexer

    ctx = click.get_current_context()
    if len(files) > 1 and (id_ or title):
        raise click.UsageError("--id と --title は、ファイルが一つのときだけ使えます。", ctx)
    path = prepared(store)
    facts = {name: value for name, value in {"id": id_, "title": title, **given}.items() if value is not None}
    with Progress("読み取り") as step:
        report = indexer.add(path, files, facts, step, jobs=jobs, input_name=input_name)
    end(ctx, tell(report, report.entries))


@index_command.command("sync")
@click.argument("folder", metavar="フォルダー", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="何をするかだけを表示し、索引は変えない")
@jobs_option
@store_option
@click.pass_context
def sync_command(ctx: click.Context, folder: Path, dry_run: bool, jobs: int | None, store: Path | None) -> None:
    """フォルダーに合わせる。新しい文書を加え、変わったものを置き換え、なくなったものを外す。

    \b
    seisaku index sync 資料 --dry-run
    """
    from commands.report import end, tell, tell_plan
    from index import indexer

    path = prepared(store)
    with Progress("読み取り") as step:
        report = indexer.sync(path, folder, step, jobs=jobs, dry_run=dry_run)
    changed = [each for each in report.entries if each.counts or dry_run]
    end(ctx, tell_plan(report) if dry_run else tell(report, changed))


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
@click.option("--deep", is_flag=True, help="索引の中身もすべて読み、互いに合っているかを調べる（時間がかかる）")
@store_option
def check_command(documents: tuple[str, ...], deep: bool, store: Path | None) -> None:
    """索引の壊れと、文書ごとに読み取れなかった金額を行とともに表示する。

    \b
    seisaku index check monozukuri-2025
    """
    from index import indexer

    searcher = open_searcher(store)
    indexer.check(searcher.path, deep=deep)
    for document in documents or [about.id for about in searcher.documents()]:
        left = sorted(searcher.remainders(document), key=lambda each: (each.place.page or 0, each.place.line))
        click.echo(f"{document}: 読み取れなかった金額 {len(left)}件")
        for page, on_page in groupby(left, lambda each: each.place.page):
            if page is not None:
                click.echo(f"  {page}頁")
            for each in on_page:
                said = "  ".join(filter(None, (str(each.place), each.written, f"（{each.reason}）")))
                click.echo(f"  {'  ' if page is not None else ''}{said}")


@index_command.command("build")
@jobs_option
@store_option
@click.pass_context
def build_command(ctx: click.Context, jobs: int | None, store: Path | None) -> None:
    """索引を作り直す。すでにある文書から、なければ付属の文書から作る。

    \b
    seisaku index build
    """
    from commands.report import end, tell
    from index import indexer

    path = path_of(store)
    with Progress("索引の作成") as step:
        report = indexer.build(path, step, jobs=jobs)
    end(ctx, tell(report, report.entries))
