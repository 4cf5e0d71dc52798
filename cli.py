"""The commands: read the options, call one function, print what it returns."""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from console import JapaneseGroup

if TYPE_CHECKING:
    from index.store.writer import Paper
    from search import Searcher

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")
SORTS = ("relevance", "amount", "-amount", "year", "change", "document")
GROUPS = ("certain", "possible", "related")
FACTS = {"title": "題名", "publisher": "発行者", "date": "日付", "year": "年度", "stage": "段階", "account": "会計"}

store_option = click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path),
    envvar="SEISAKU_STORE",
    help="索引の場所（環境変数 SEISAKU_STORE でも指定できる）",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="出力の形式"
)


@click.group(cls=JapaneseGroup, context_settings={"max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda *given: _version(*given),
    help="版を表示する",
)
def main() -> None:
    """政策・予算文書の全文検索。言葉と金額の条件を一行で組み合わせる。

    \b
    seisaku '蓄電池 AND amount>1000億'    言葉と金額
    seisaku 蓄電池 1000億以上             同じ意味（引用符なしで書ける）
    seisaku 半導体 段階:補正 year:R6      段階と年度
    seisaku '"次世代半導体" -水素'        文字どおり、除く
    seisaku show monozukuri-2025:61       一件を原文とともに表示する

    書き方の一覧は seisaku fields、索引の用意は seisaku index --help。
    """


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the fields, and behind a colon the values, that begin with what was typed."""
    from index.schema import SPELLINGS

    name, colon, value = incomplete.partition(":")
    if not colon:
        return [f"{each}:" for each in SPELLINGS if each.startswith(incomplete)]
    return [f"{name}:{each}" for each in _values(SPELLINGS.get(name, ""), ctx) if each.startswith(value)]


def _values(field: str, ctx: click.Context) -> list[str]:
    """Return the values that a field may have, as far as they can be listed."""
    from index.schema import FIELDS

    match field:
        case "":
            return []
        case "document":
            return _documents(ctx)
        case "account":
            return _accounts(ctx)
        case _:
            return [each for key, spellings in FIELDS[field].values.items() for each in (key, *spellings)]


def _complete_document(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the documents of the store that begin with what was typed."""
    return [each for each in _documents(ctx) if each.startswith(incomplete)]


def _documents(ctx: click.Context) -> list[str]:
    """Return the ids of the documents; none where there is no store yet."""
    searcher = _at_hand(ctx)
    return [each.id for each in searcher.documents()] if searcher else []


def _accounts(ctx: click.Context) -> list[str]:
    """Return the accounts that amounts of the store bear; all known ones where there is no store yet."""
    from index.notation import accounts

    searcher = _at_hand(ctx)
    return list(filter(None, searcher.catalog.accounts())) if searcher else list(dict.fromkeys(accounts().values()))


def _at_hand(ctx: click.Context) -> "Searcher | None":
    """Return a searcher of the store, None where there is none, or none that can be read: completion stays silent."""
    from index.errors import Failure
    from search import Searcher

    try:
        return Searcher.open(ctx.params.get("store"))
    except Failure:
        return None


@main.command("search", context_settings={"ignore_unknown_options": True})
@click.argument(
    "words", metavar="言葉と条件…", nargs=-1, required=True, type=click.UNPROCESSED, shell_complete=_complete
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=20, show_default=True, help="表示する件数。0 は全件"
)
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, show_default=True, help="先頭から飛ばす件数")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="並べ方")
@click.option("--only", type=click.Choice(GROUPS), help="該当・可能性・関連のどれかだけ")
@click.option(
    "--match",
    type=click.Choice(("all", "any")),
    default="all",
    show_default=True,
    help="並べた言葉のすべて、またはどれか",
)
@format_option
@click.option("--explain", is_flag=True, help="検索式をどう読んだかを言葉で表示する")
@click.option("--count", is_flag=True, help="件数だけを表示する")
@click.option(
    "--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True, help="色を付ける"
)
@store_option
def search_command(
    words: tuple[str, ...], limit: int, offset: int, sort: str, only: str | None, match: str, form: str,
    explain: bool, count: bool, color: str, store: Path | None,
) -> int:  # fmt: skip
    """施策を検索する。search は省略できる。

    \b
    seisaku 蓄電池 AND 'amount>1000億'
    seisaku search --sort -amount --limit 5 半導体 年度:2024
    seisaku search --format csv 会計:GX > gx.csv

    該当があれば状態 0、なければ 1、誤りがあれば 2 で終わる。
    """
    unknown = next((each for each in words if each.startswith("--")), None)
    if unknown:
        raise _no_such(unknown.partition("=")[0], click.get_current_context())
    searcher = _searcher(store)
    page = searcher.search(" ".join(words), limit=limit, offset=offset, sort=sort, only=only, match=match)
    if explain:
        click.echo("\n".join(searcher.explain(" ".join(words))), err=form != "table")
    if count:
        click.echo(_counts(page.counts, only))
    else:
        from search.render import render

        screen = _screen(color)
        text = render(page, form, **screen)
        click.echo(text, nl=bool(text), color=screen["colour"])  # JSON lines of no hit are no line
    return 0 if page.found else 1


def _no_such(option: str, ctx: click.Context) -> click.NoSuchOption:
    from difflib import get_close_matches

    known = [name for each in ctx.command.get_params(ctx) for name in each.opts if name.startswith("--")]
    return click.NoSuchOption(option, possibilities=get_close_matches(option, known, 1, 0.75), ctx=ctx)


def _counts(counts: Mapping[str, int], only: str | None) -> str:
    from search.results import GROUPS as LABELS

    return str(counts[only]) if only else "\n".join(f"{LABELS[group]} {number}" for group, number in counts.items())


@main.command("show")
@click.argument("places", metavar="文書:行…", nargs=-1, required=True, shell_complete=_complete_document)
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

    searcher = _searcher(store)
    items = [item for place in places for item in searcher.items_at(place)]
    if form != "table":
        click.echo("\n".join(render_items(items, form)))
        return
    abouts = {each.id: each for each in searcher.documents()}
    for item in items:
        click.echo(render_item(item, searcher.lines(item), abouts[item.place.document], **_screen("auto")))


@main.command("items")
@click.argument("document", metavar="文書", shell_complete=_complete_document)
@format_option
@store_option
def items_command(document: str, form: str, store: Path | None) -> None:
    """文書一つの施策をすべて表示する。

    \b
    seisaku items monozukuri-2025 --format jsonl
    """
    from search.render import render_items

    for line in render_items(_searcher(store).items(document), form, **_screen("auto")):
        click.echo(line)


@main.command("fields")
def fields_command() -> None:
    """検索式の書き方と、項目・その別の書き方・値を表示する。

    \b
    seisaku fields
    """
    from search.render.fields import render_fields

    click.echo(render_fields(), nl=False)


@main.command("completion")
@click.argument("shell", metavar="シェル", type=click.Choice(("bash", "zsh", "fish")))
def completion_command(shell: str) -> None:
    """シェル（bash、zsh、fish）の補完の設定を出力する。項目名と値も補完する。

    \b
    eval "$(seisaku completion bash)"
    """
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    assert completion is not None
    if shell == "bash":  # which would take 「段階:補正」 for three words
        click.echo("COMP_WORDBREAKS=${COMP_WORDBREAKS//:}")
    click.echo(completion(main, {}, "seisaku", "_SEISAKU_COMPLETE").source())


@main.group("index", cls=JapaneseGroup)
def index_group() -> None:
    """索引に文書を加え、外し、調べる。

    \b
    seisaku index add 令和7年度概算要求.txt
    seisaku index list
    """


@index_group.command("add")
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
    shell_complete=lambda ctx, param, typed: [each for each in _values("stage", ctx) if each.startswith(typed)],
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
    path = _prepared(store)
    facts = {name: value for name, value in {"id": id_, "title": title, **given}.items() if value is not None}
    with _progress(len(files), "読み取り") as step:
        papers = indexer.add(path, files, facts, step)
    _tell_papers(papers)


@index_group.command("remove")
@click.argument("documents", metavar="文書…", nargs=-1, required=True, shell_complete=_complete_document)
@store_option
def remove_command(documents: tuple[str, ...], store: Path | None) -> None:
    """文書を索引から外す。もとのファイルには触らない。

    \b
    seisaku index remove monozukuri-2025
    """
    from index import indexer

    indexer.remove(_prepared(store), documents)
    click.echo(f"{'、'.join(documents)} を外しました。")


@index_group.command("list")
@store_option
def list_command(store: Path | None) -> None:
    """索引にある文書を表示する。

    \b
    seisaku index list
    """
    from index.document import STAGES

    searcher = _searcher(store)
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


@index_group.command("check")
@click.argument("documents", metavar="[文書…]", nargs=-1, shell_complete=_complete_document)
@store_option
def check_command(documents: tuple[str, ...], store: Path | None) -> None:
    """索引の壊れと、文書ごとに読み取れなかった金額を行とともに表示する。

    \b
    seisaku index check monozukuri-2025
    """
    from index import indexer

    searcher = _searcher(store)
    indexer.check(searcher.path)
    for document in documents or [about.id for about in searcher.documents()]:
        left = searcher.remainders(document)
        click.echo(f"{document}: 読み取れなかった金額 {len(left)}件")
        for each in left:
            click.echo(f"  {each.place}  {each.written}  （{each.reason}）")


@index_group.command("build")
@store_option
def build_command(store: Path | None) -> None:
    """索引を作り直す。すでにある文書から、なければ付属の文書から作る。

    \b
    seisaku index build
    """
    from index import indexer

    path = _path(store)
    with _progress(None, "索引の作成") as step:
        papers = indexer.build(path, step)
    _tell_papers(papers)


def _path(store: Path | None) -> Path:
    from index.store import default_store

    return store if store is not None else default_store()


def _prepared(store: Path | None) -> Path:
    """Return where the store is; one that is not there yet is made from the papers in seeds/."""
    from index.store import read_manifest

    path = _path(store)
    if not _is_vacant(path):
        read_manifest(path)  # a folder of other things is no place to write to
    else:
        from index import indexer

        with _progress(None, "索引の作成") as step:
            indexer.build(path, step)
    return path


def _is_vacant(path: Path) -> bool:
    """Say whether there is nothing at `path`, or only what a first run left that broke off."""
    if not path.exists():
        return True
    return path.is_dir() and all(re.fullmatch(r"writer\.lock|gen-\d+", each.name) for each in path.iterdir())


def _searcher(store: Path | None) -> "Searcher":
    from search import Searcher

    return Searcher.open(_prepared(store))


class _progress:
    """A bar on the standard error stream, on a terminal only; called once for each paper."""

    def __init__(self, length: int | None, label: str) -> None:
        from index import indexer

        number = length if length is not None else len(indexer.seed_papers())
        self._bar = click.progressbar(length=number, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())

    def __enter__(self) -> Any:
        self._bar.__enter__()
        return lambda: self._bar.update(1)

    def __exit__(self, *error: Any) -> None:
        self._bar.__exit__(*error)


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


def _screen(color: str) -> dict[str, Any]:
    """Return the width of the terminal, None in a pipe unless it is to have colours, and whether to use them."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    colour = color == "always" or (color == "auto" and terminal and not plain)
    if not (terminal or colour):
        return {"width": None, "colour": False}
    from shutil import get_terminal_size

    return {"width": get_terminal_size().columns, "colour": colour}


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the versions that matter, and stop."""
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version
    from platform import python_version

    for name in ("seisaku", "SudachiPy", "SudachiDict-core", "whoosh3"):
        try:
            click.echo(f"{name} {version(name)}")
        except PackageNotFoundError:
            click.echo(f"{name} （パッケージとして入っていません）")
    click.echo(f"Python {python_version()}")
    ctx.exit()


def run() -> NoReturn:
    """Run the command as a process of its own, and leave it at once.

    What Python would take down first costs as long as a search; output is flushed, and a commit is on the disk.
    """
    status: int | str | None = 0
    try:
        main()
    except SystemExit as left:
        status = left.code
    with suppress(OSError, ValueError):  # closed, or the reader has gone: `main` has told of it
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    os._exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    run()
