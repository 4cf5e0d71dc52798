"""Real wikis on the loopback, each a private copy with our plugin in it, and a search server that knows them.

They come from the Debian packages dokuwiki and mediawiki, and run under PHP's own server.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from tests.browser.conftest import ROOT, SECONDS, wait_for

PLUGINS = ROOT / "search" / "web" / "wikis"
DOKUWIKI = {"share": "/usr/share/dokuwiki", "etc": "/etc/dokuwiki", "var": "/var/lib/dokuwiki"}
MEDIAWIKI = Path("/usr/share/mediawiki")


class Wiki(NamedTuple):
    """A wiki that runs; `write` makes a page of a text and returns its address."""

    origin: str
    write: Callable[[str, str], str]


class Town(NamedTuple):
    """The search server and the wikis whose pages may frame it."""

    seisaku: str
    dokuwiki: Wiki
    mediawiki: Wiki


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(origin: str, cwd: Path, log: Path, *command: str, **settings: str) -> Iterator[None]:
    """Run a server until it is no longer needed; it is there when it has answered once.

    It leads a group of its own: PHP's server leaves its workers behind when it alone is ended.
    """
    settings = {**os.environ, **settings}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, env=settings, stdout=output, stderr=output, start_new_session=True)
        try:
            wait_for(origin, process)
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(SECONDS)


@contextmanager
def dokuwiki(folder: Path, seisaku: str) -> Iterator[Wiki]:
    """Run a DokuWiki with the plugin, an interwiki line, and pages that may hold HTML."""
    www, conf, data = folder / "www", folder / "conf", folder / "data"
    shutil.copytree(DOKUWIKI["share"], www)
    shutil.copytree(DOKUWIKI["etc"], conf)
    shutil.copytree(Path(DOKUWIKI["var"]) / "data", data)
    preload = www / "inc" / "preload.php"
    code = preload.read_text().replace(f'if (file_exists("{DOKUWIKI["etc"]}/preload.php"))', "if (false)")
    preload.write_text(code.replace(f"{DOKUWIKI['etc']}/", f"{conf}/"))
    local = {"lang": "ja", "useacl": 0, "savedir": str(data), "updatecheck": 0, "htmlok": 1, "title": "政策予算 Wiki"}
    lines = [f"$conf['{name}'] = {value!r};" for name, value in local.items()]
    lines.append(f"$conf['plugin']['seisaku']['url'] = '{seisaku}';")
    (conf / "local.php").write_text("\n".join(["<?php", *lines]))
    (conf / "interwiki.local.conf").write_text(f"seisaku {seisaku}/search?q={{URL}}\n")
    shutil.copytree(PLUGINS / "dokuwiki" / "seisaku", www / "lib" / "plugins" / "seisaku")
    origin = f"http://127.0.0.1:{free_port()}"

    def write(name: str, text: str) -> str:
        (data / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
        return f"{origin}/doku.php?id={quote(name)}"

    command = ("php", "-S", origin.removeprefix("http://"))
    with running(f"{origin}/doku.php", www, folder / "log", *command, PHP_CLI_SERVER_WORKERS="4"):
        yield Wiki(origin, write)


@contextmanager
def mediawiki(folder: Path, seisaku: str) -> Iterator[Wiki]:
    """Run a MediaWiki with the extension; with ``widget=1`` in the address it shows the element, not the frame."""
    origin, data = f"http://127.0.0.1:{free_port()}", folder / "data"
    data.mkdir(parents=True)
    settings = folder / "LocalSettings.php"
    maintain("install", "--dbtype", "sqlite", "--dbpath", str(data), "--dbname", "wiki", "--server", origin,
             "--scriptpath", "", "--lang", "ja", "--pass", "loopback-only-1", "--confpath", str(folder),
             "政策予算 Wiki", "Admin")  # fmt: skip
    extension = PLUGINS / "mediawiki" / "Seisaku" / "extension.json"
    with settings.open("a", encoding="utf-8") as file:
        file.write(
            f"\nwfLoadExtension( 'Seisaku', '{extension}' );"
            f"\n$wgSeisakuUrl = '{seisaku}';"
            "\n$wgSeisakuWidget = isset( $_GET['widget'] );"
            "\n$wgParserCacheType = CACHE_NONE;"
            "\n$wgCSPHeader = true;"
            "\n$wgShowExceptionDetails = true;\n"
        )

    def write(name: str, text: str) -> str:
        maintain("edit", "--user", "Admin", name, text=text, MW_CONFIG_FILE=str(settings))
        return f"{origin}/index.php?title={quote(name)}"

    command = ("php", "-S", origin.removeprefix("http://"))
    environment = {"MW_CONFIG_FILE": str(settings), "PHP_CLI_SERVER_WORKERS": "4"}
    with running(f"{origin}/index.php", MEDIAWIKI, folder / "log", *command, **environment):
        yield Wiki(origin, write)


def maintain(script: str, *arguments: str, text: str = "", **settings: str) -> None:
    """Run a script of MediaWiki's maintenance."""
    done = subprocess.run(
        ("php", str(MEDIAWIKI / "maintenance" / f"{script}.php"), *arguments),
        input=text.encode(),
        env={**os.environ, **settings},
        capture_output=True,
        timeout=SECONDS * 4,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, seed_store: Path) -> Iterator[Town]:
    """Run both wikis and the server; only their origins by number may frame it and ask it, not those by name.

    The server goes by its name, since MediaWiki lets no script of its own host through its policy, whatever the port.
    """
    folder = tmp_path_factory.mktemp("wikis")
    seisaku = f"http://localhost:{free_port()}"
    with dokuwiki(folder / "dokuwiki", seisaku) as doku, mediawiki(folder / "mediawiki", seisaku) as media:
        allowed = [part for wiki in (doku, media) for option in ("--frame-ancestors", "--allow-origin")
                   for part in (option, wiki.origin)]  # fmt: skip
        command = (sys.executable, str(ROOT / "cli.py"), "serve", "--port", seisaku.rpartition(":")[2], *allowed)
        with running(f"{seisaku}/healthz", ROOT, folder / "seisaku.log", *command, SEISAKU_STORE=str(seed_store)):
            yield Town(seisaku, doku, media)
