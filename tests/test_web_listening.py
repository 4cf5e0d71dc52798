import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from search.web import listening


async def two_bytes(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Return the port of a server with little patience."""
    monkeypatch.setattr(listening, "PATIENCE", 0.5)
    monkeypatch.setattr(listening, "CONNECTIONS", 3)
    config = uvicorn.Config(two_bytes, http=listening.Patient, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    bound = listening.bound("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield bound.getsockname()[1]
    server.should_exit = True
    thread.join()


SLOW = [
    b"",
    b"GET / HTTP/1.1\r\nHost: ",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",  # kept alive, and nothing more asked
]


@pytest.mark.parametrize("sent", SLOW, ids=[str(sent) for sent in SLOW])
def test_connection_on_which_nothing_happens_is_closed(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        assert until_closed(connection).count(b"200 OK") == sent.count(b"\r\n\r\n")


def test_connection_that_is_used_is_kept(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        until = time.monotonic() + 1.2
        while time.monotonic() < until:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            said = b""
            while not said.endswith(b"{}"):
                part = connection.recv(1000)
                assert part
                said += part


def test_no_more_connections_than_may_be(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(4)]
    assert until_closed(held[-1]) == b""
    for each in held:
        each.close()


def until_closed(connection: socket.socket) -> bytes:
    """Return what comes until the other side closes."""
    said = b""
    try:
        while part := connection.recv(1000):
            said += part
    except ConnectionError:
        pass
    return said
