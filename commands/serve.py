"""The command that serves the page, the API and the live box."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import store_option
from commands.stores import open_searcher, path_of
from console import Japanese
from index.errors import Failure, shown

if TYPE_CHECKING:
    from search.web.settings import Settings


def _origins(ctx: click.Context, param: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    """Return origins in their own spelling."""
    if not written:
        return ()
    from search.web.hosts import origin_of

    origins = tuple(origin_of(each) for each in written)
    for each, origin in zip(written, origins, strict=True):
        if origin is None:
            name = param.opts[0]
            raise Failure(f"{name} には送り元を https://wiki.example.jp の形で書いてください（{shown(each)}）。")
    return tuple(each for each in origins if each)


@click.command("serve", cls=Japanese)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="待ち受けるアドレス")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N", help="ポート")
@store_option
@click.option(
    "--token-file", type=click.Path(path_type=Path), metavar="FILE", help="トークンを一行に一つ書いたファイル"
)
@click.option("--public", is_flag=True, help="この機械のほかからも、トークンなしで使えるようにする")
@click.option("--allowed-host", multiple=True, metavar="NAME", help="答えるホスト名を加える（何度でも）")
@click.option(
    "--frame-ancestors",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    help="埋め込みを置いてよい Wiki の送り元（何度でも）",
)
@click.option(
    "--allow-origin",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    help="ほかの頁から API を呼んでよい送り元（何度でも）",
)
@click.option("--proxy", multiple=True, metavar="IP", help="X-Forwarded-For などを信じるプロキシのアドレス（何度でも）")
@click.option("--prefix", default="", metavar="PATH", help="プロキシの下に置くときの道筋（例 /seisaku）")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help="答えるプロセスの数"
)
@click.option(
    "--rate",
    type=click.IntRange(1),
    default=60_000,
    show_default=True,
    metavar="N",
    help="一つの相手から一分に受ける要求の数",
)
def serve_command(
    host: str,
    port: int,
    store: Path | None,
    token_file: Path | None,
    public: bool,
    allowed_host: tuple[str, ...],
    frame_ancestors: tuple[str, ...],
    allow_origin: tuple[str, ...],
    proxy: tuple[str, ...],
    prefix: str,
    processes: int,
    rate: int,
) -> None:
    """検索の頁・API・Wiki 用の埋め込みを出すサーバーを動かす。

    \b
    seisaku serve                    http://127.0.0.1:8765/ で検索の頁を開ける
    seisaku serve --port 9000
    seisaku serve --host 0.0.0.0 --token-file tokens.txt --allowed-host budget.example.jp
    """
    try:
        import uvicorn  # noqa: F401 - says whether the extra is there

        from search.web.listening import bound, is_loopback, names_of, run
        from search.web.settings import Limits, Settings
        from search.web.tokens import open_to_others, read_tokens
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("commands", "index", "search"):
            raise
        raise Failure("サーバーには部品が要ります。pip install 'seisaku[web]' で入れてください。") from None
    if not (token_file or public or is_loopback(host)):
        raise Failure(
            f"{shown(host)} で待ち受けると、ほかの機械からも使えます。"
            "--token-file でトークンを求めるか、--public で誰にでも開くことを示してください。"
        )
    tokens = read_tokens(token_file) if token_file else ()
    if token_file and open_to_others(token_file):
        click.echo(f"注意: {shown(token_file)} は誰にでも読めます。chmod 600 で閉じてください。", err=True)
    open_searcher(store)
    settings = Settings(
        path_of(store).absolute(),
        tokens,
        frame_ancestors,
        allow_origin,
        (*names_of(host), *(each.lower() for each in allowed_host)),
        proxy,
        _prefix(prefix),
        Limits(processes=processes, per_minute=rate, burst=max(1, rate // 12)),
    )
    with bound(host, port) as socket:
        _say(settings, socket.getsockname())
        run(settings, socket)


def _prefix(written: str) -> str:
    """Return a prefix with a slash before it and none behind."""
    parts = [each for each in written.split("/") if each]
    if not all(each.isascii() and each.replace("-", "").replace("_", "").isalnum() for each in parts):
        raise Failure("--prefix は /seisaku のように、英数字と - _ で書いてください。")
    return "".join(f"/{each}" for each in parts)


def _say(settings: "Settings", address: tuple[str, int]) -> None:
    """Say where the server listens."""
    host, port = address[:2]
    name = f"[{host}]" if ":" in host else host
    click.echo(f"http://{name}:{port}{settings.prefix}/ で動いています。止めるには Ctrl+C を押してください。", err=True)
