"""The command that serves the page, the API and the live box."""

from pathlib import Path

import click

from commands.options import store_option
from commands.stores import prepared
from console import Japanese
from index.errors import Failure


@click.command("serve", cls=Japanese)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="待ち受けるアドレス")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N", help="ポート")
@store_option
def serve_command(host: str, port: int, store: Path | None) -> None:
    """検索の頁・API・Wiki 用の埋め込みを出すサーバーを動かす。

    \b
    seisaku serve                    http://127.0.0.1:8765/ で検索の頁を開ける
    seisaku serve --port 9000
    """
    try:
        import uvicorn

        from search.web import application
        from search.web.settings import Settings

        app = application(Settings(prepared(store)))
    except ModuleNotFoundError:
        raise Failure("サーバーには部品が要ります。pip install 'seisaku[web]' で入れてください。") from None
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False)
