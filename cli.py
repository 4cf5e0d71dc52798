"""The entry: which commands there are, what the bare command says, how the process ends."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from console import JapaneseGroup, LazyCommands

COMMANDS = {
    "search": "commands.search",
    "show": "commands.show",
    "items": "commands.show",
    "total": "commands.figures",
    "reconcile": "commands.figures",
    "history": "commands.figures",
    "programmes": "commands.figures",
    "compare": "commands.figures",
    "facets": "commands.figures",
    "brief": "commands.brief",
    "suggest": "commands.suggest",
    "ask": "commands.ask",
    "serve": "commands.serve",
    "fields": "commands.show",
    "completion": "commands.completion",
    "index": "commands.index",
}
"""Every command and the module that has it, as ``<name>_command``; in the order of the help."""


@click.group(
    cls=JapaneseGroup,
    commands=LazyCommands(COMMANDS),
    context_settings={"max_content_width": 100},
    invoke_without_command=True,
    subcommand_metavar="コマンド …",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda *given: _version(*given),
    help="版を表示する",
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """政策・予算文書の全文検索。言葉と金額の条件を一行で組み合わせる。

    \b
    seisaku '蓄電池 AND amount>1000億'    言葉と金額
    seisaku 蓄電池 1000億以上             同じ意味（引用符なしで書ける）
    seisaku 半導体 段階:補正 year:R6      段階と年度
    seisaku '"次世代半導体" -水素'        文字どおり、除く
    seisaku show monozukuri-2025:61       一件を原文とともに表示する
    seisaku total 半導体 年度:2024        段階ごとに合計する

    書き方の一覧は seisaku fields、索引の用意は seisaku index --help。
    """
    if ctx.invoked_subcommand is None:
        from commands.ask import bare

        bare(ctx)


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
