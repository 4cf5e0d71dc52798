"""The server as a process of its own: what it refuses to start with, what it says, how it ends."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from cli import main
from search.web.listening import is_loopback, names_of

ROOT = Path(__file__).parents[1]
TOKEN = "geheim-1234567890"


def refused(*arguments: str, store: Path) -> Result:
    """Return what the command says where it does not start."""
    result = CliRunner().invoke(main, ["serve", *arguments, "--store", str(store)])
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result


HOSTS = [
    ("127.0.0.1", True),
    ("127.9.9.9", True),
    ("localhost", True),
    ("::1", True),
    ("[::1]", True),
    ("0.0.0.0", False),
    ("::", False),
    ("192.0.2.1", False),
    ("", False),
    ("no-such-host.invalid", False),
]


@pytest.mark.parametrize(("host", "alone"), HOSTS, ids=[host for host, _ in HOSTS])
def test_only_this_machine_can_reach(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone


@pytest.mark.parametrize("host", [host for host, alone in HOSTS if not alone])
def test_address_for_others_wants_tokens_or_a_word(host: str, seed_store: Path) -> None:
    told = refused("--host", host, store=seed_store).stderr
    assert "--token-file" in told
    assert "--public" in told


def test_names_of_a_server() -> None:
    assert names_of("127.0.0.1") == ("localhost", "127.0.0.1", "[::1]", "127.0.0.1")
    assert names_of("192.0.2.1")[-1] == "192.0.2.1"
    assert names_of("2001:db8::1")[-1] == "[2001:db8::1]"
    assert names_of("Budget.example.jp")[-1] == "budget.example.jp"
    assert socket.gethostname().lower() in names_of("0.0.0.0")


FILES = [
    (b"", "空です"),
    (b"\n  \n# only a remark\n", "空です"),
    (b"\x00\x01\x02", "英数字と記号"),
    (b"\xff\xfe\x80", "英数字と記号"),
    ("合言葉".encode(), "英数字と記号"),
    (b"two words", "英数字と記号"),
    (b"x" * 100_000, "英数字と記号"),
]


@pytest.mark.parametrize(("content", "told"), FILES, ids=[str(content[:20]) for content, _ in FILES])
def test_file_without_tokens_is_refused(content: bytes, told: str, tmp_path: Path, seed_store: Path) -> None:
    file = tmp_path / "tokens"
    file.write_bytes(content)
    assert told in refused("--token-file", str(file), store=seed_store).stderr


def test_file_that_cannot_be_read_is_refused(tmp_path: Path, seed_store: Path) -> None:
    assert "見つかりません" in refused("--token-file", str(tmp_path / "none"), store=seed_store).stderr
    assert "フォルダー" in refused("--token-file", str(tmp_path), store=seed_store).stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--frame-ancestors", "wiki"), "--frame-ancestors には"),
        (("--allow-origin", "https://a/b"), "--allow-origin には"),
        (("--prefix", "/a b"), "--prefix は"),
        (("--host", "192.0.2.1", "--public"), "この機械のアドレスではありません"),
        (("--host", "no-such-host.invalid", "--public"), "というアドレスはありません"),
    ],
    ids=str,
)
def test_option_without_sense_is_refused(arguments: tuple[str, ...], told: str, seed_store: Path) -> None:
    assert told in refused(*arguments, store=seed_store).stderr


def test_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("")
    assert "索引がありません" in refused(store=tmp_path).stderr


@contextmanager
def serving(store: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the server as a process of its own; give its address once it listens."""
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--port", "0", "--store", str(store), *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            while "注意" in line:
                line = process.stderr.readline()
            address = re.search(r"http://\S+/", line)
            assert address, line
            yield process, address[0]
        finally:
            process.kill()


def test_port_in_use_is_told(seed_store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "使われています" in refused("--port", str(port), store=seed_store).stderr


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_once_it_has_answered(ending: signal.Signals, seed_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# for the wiki\n{TOKEN}\n")
    file.chmod(0o600)
    with serving(seed_store, "--token-file", str(file), "--prefix", "seisaku/") as (process, address):
        assert address.endswith("/seisaku/")
        assert httpx.get(f"{address}api/v1/fields").status_code == 401
        workers = children(process.pid)
        connections = [asked(address, f"予算 OR 事業 OR {'国' * number}") for number in range(1, 9)]
        assert answered(connections[0]) == 200
        process.send_signal(ending)
        assert [answered(each) for each in connections[1:]] == [200] * 7
        assert process.wait(20) == 0
        assert process.stderr is not None
        lines = [json.loads(line) for line in process.stderr.read().splitlines()]
    assert [each["status"] for each in lines] == [401, *[200] * 8]
    assert not any(map(running, workers))


def asked(address: str, query: str) -> socket.socket:
    """Return a connection on which a question about a query has been sent."""
    url = httpx.URL(f"{address}api/v1/facets", params={"q": query})
    connection = socket.create_connection((url.host, url.port), timeout=30)
    head = f"GET {url.raw_path.decode()} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"
    connection.sendall(f"{head}Connection: close\r\n\r\n".encode())
    return connection


def answered(connection: socket.socket) -> int:
    """Return the status of the answer, once it has come whole."""
    with connection, connection.makefile("rb") as answer:
        status = int(answer.readline().split()[1])
        headers = dict(line.rstrip().lower().split(b": ", 1) for line in iter(answer.readline, b"\r\n"))
        assert len(answer.read()) == int(headers[b"content-length"])
        return status


def children(parent: int) -> list[int]:
    """Return the processes that another has started, as far as the system tells."""
    stats = {int(each.parent.name): stat(int(each.parent.name)) for each in Path("/proc").glob("[0-9]*/stat")}
    return [number for number, (_, above) in stats.items() if above == parent]


def running(number: int) -> bool:
    """Say whether a process runs."""
    return stat(number)[0] not in "XZ"


def stat(number: int) -> tuple[str, int]:
    """Return the state of a process and who started it."""
    try:
        state, above = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()[:2]
    except OSError:
        return "X", 0
    return state, int(above)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell of its processes")
def test_workers_end_with_a_server_that_is_killed(seed_store: Path) -> None:
    with serving(seed_store) as (process, address):
        assert httpx.get(f"{address}api/v1/fields").status_code == 200
        workers = children(process.pid)
        assert len(workers) == 2
        process.kill()
        process.wait()
        until = time.monotonic() + 20
        while any(map(running, workers)):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_what_is_no_request_is_logged_and_answered(seed_store: Path) -> None:
    raw = [
        b"BREW / HTCPCP/1.0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ]
    with serving(seed_store) as (process, address):
        host, port = httpx.URL(address).host, httpx.URL(address).port
        for each in raw:
            with socket.create_connection((host, port), timeout=10) as connection:
                connection.sendall(each)
                first = connection.recv(100)
                assert re.match(rb"HTTP/1\.1 (400|421) " if b"/healthz" not in each else b"HTTP/1.1 200 ", first)
        assert httpx.get(f"{address}healthz").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr is not None
        for line in process.stderr.read().splitlines():
            json.loads(line)
