"""The commands that put papers into the store, take them out, and look whether all is well."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.completion import complete_document, complete_stage
from commands.options import store_option
from commands.stores import Progress, open_searcher, path_of, prepared
from console import JapaneseGroup

if TYPE_CHECKING:
    from index.indexer import Entry, Report

FACTS = {"title": "題名", "publisher": "発行者", "date": "日付", "year": "年度", "stage": "段階", "account": "会計"}
STATES = {"new": "", "replaced": "  （置き換え）", "unchanged": "変更なし"}
EACH = 20
"""So many papers are told of one by one; of more only their sums, and those in which something was not understood."""

jobs_option = click.option(
    "--jobs", metavar="N", type=click.IntRange(1, 256), help="読み取るプロセスの数（省略時: 量に応じてすべてのコア）"
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
    ctx = click.get_current_context()
    from index import indexer

    if len(files) > 1 and (id_ or title):
        raise click.UsageError("--id と --title は、ファイルが一つのときだけ使えます。", ctx)
    path = prepared(store)
    facts = {name: value for name, value in {"id": id_, "title": title, **given}.items() if value is not None}
    with Progress("読み取り") as step:
        report = indexer.add(path, files, facts, step, jobs=jobs, input_name=input_name)
    _tell(ctx, report)


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
    from index import indexer

    path = prepared(store)
    with Progress("読み取り") as step:
        report = indexer.sync(path, folder, step, jobs=jobs, dry_run=dry_run)
    if dry_run:
        _tell_plan(report)
    _tell(ctx, report, papers=not dry_run)


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
        left = sorted(searcher.remainders(document), key=lambda each: (each.place.page or 0, each.place.line))
        click.echo(f"{document}: 読み取れなかった金額 {len(left)}件")
        for page, on_page in groupby(left, lambda each: each.place.page):
            if page is not None:
                click.echo(f"  {page}頁")
            for each in on_page:
                click.echo(f"  {'  ' if page is not None else ''}{each.place}  {each.written}  （{each.reason}）")


@index_command.command("build")
@jobs_option
@store_option
@click.pass_context
def build_command(ctx: click.Context, jobs: int | None, store: Path | None) -> None:
    """索引を作り直す。すでにある文書から、なければ付属の文書から作る。

    \b
    seisaku index build
    """
    from index import indexer

    path = path_of(store)
    with Progress("索引の作成") as step:
        report = indexer.build(path, step, jobs=jobs)
    _tell(ctx, report, replaced=False)


def _tell(ctx: click.Context, report: "Report", *, papers: bool = True, replaced: bool = True) -> None:
    """Print what became of each paper, or the sums of many; then the files that failed, which make the status 2."""
    made = [each for each in report.entries if each.counts]
    if papers:
        few = len(report.entries) <= EACH
        for entry in report.entries:
            if few or entry.plain or (entry.counts and entry.counts.left):
                _tell_paper(entry, replaced=replaced)
        for name in report.gone if few else ():
            click.echo(f"{name}: もとのファイルがないので外しました")
        if len(report.entries) + len(report.gone) > 1 and (not few or report.gone or len(made) < len(report.entries)):
            _tell_sums(report)
    for name in report.copies:
        click.echo(f"{name}: 同じ名前、同じ内容の文書があるので加えませんでした")
    for fault in report.faults:
        click.echo(f"Error: {fault}", err=True)
    if len(report.faults) > 1:
        click.echo(f"読めなかったもの {len(report.faults):,}件", err=True)
    if report.faults:
        ctx.exit(2)


def _tell_sums(report: "Report") -> None:
    """Print how many papers there are of each kind, and what is in those that were read."""
    states = [each.state for each in report.entries if each.counts]
    counts = [each.counts for each in report.entries if each.counts]
    numbers = {
        "追加": states.count("new"),
        "置き換え": states.count("replaced"),
        "変更なし": len(report.entries) - len(counts),
        "外した文書": len(report.gone),
        "読めなかったもの": len(report.faults),
        "読む形式でないファイル": report.skipped,
    }
    click.echo("合計: " + " ".join(f"{name}{number:,}件" for name, number in numbers.items() if number))
    if counts:
        items, amounts, left = (sum(each) for each in zip(*counts, strict=True))
        click.echo(f"  施策{items:,}件 金額{amounts:,}件 読み取れなかった金額{left:,}件")


def _tell_paper(entry: "Entry", *, replaced: bool) -> None:
    """Print what was taken from a paper, and what was read from its own head."""
    about, counts = entry.about, entry.counts
    if counts is None:
        click.echo(f"{about.id}: 変更なし")
        return
    see = f"（seisaku index check {about.id} で表示）" if counts.left else ""
    state = STATES[entry.state] if replaced else ""
    click.echo(
        f"{about.id}: 施策{counts.items}件 金額{counts.amounts}件 読み取れなかった金額{counts.left}件{see}{state}"
    )
    if entry.plain:
        click.echo(f"  {about.source} の識別名です。「{entry.plain}」は別のファイルの文書と重なります。")
    guessed = [f"{FACTS[name]} {_shown(getattr(about, name))}" for name in about.guessed]
    if guessed:
        click.echo(f"  文書の冒頭から読み取りました: {'、'.join(guessed)}")


def _tell_plan(report: "Report") -> None:
    """Print what would be done."""
    for entry in report.entries:
        if entry.state != "unchanged":
            click.echo(f"{'追加' if entry.state == 'new' else '置き換え'}  {entry.about.id}  {entry.about.title}")
    for name in report.gone:
        click.echo(f"外す  {name}")
    unchanged = sum(each.state == "unchanged" for each in report.entries)
    if unchanged or not (report.entries or report.gone):
        click.echo(f"変更なし  {unchanged:,}件")


def _shown(fact: str | int) -> str:
    from index.document import STAGES

    return STAGES.get(str(fact), str(fact))
