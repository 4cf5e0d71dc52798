"""The server on a socket: it waits for nobody forever, and ends when told to, once it has answered."""

import asyncio
import contextlib
import errno
import ipaddress
import logging
import signal
import socket
from collections.abc import Iterator

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from index.errors import Failure, reason, shown
from search.web.front import make
from search.web.journal import Handler
from search.web.settings import LOOPBACK, Settings

PATIENCE = 60.0
"""A connection on which nothing comes to an end for so many seconds is closed."""

CONNECTIONS = 1000
"""So many may be open at once."""

_KEPT_ALIVE = 15
_TO_END = 20
_BACKLOG = 512


def run(settings: Settings, bound: socket.socket) -> None:
    """Serve until a signal says to end; what is being answered then is answered to its end."""
    log = logging.getLogger("uvicorn")
    log.handlers, log.propagate = [Handler(logging.WARNING)], False
    log.setLevel(logging.WARNING)
    config = uvicorn.Config(
        make(settings),
        http=Patient,
        ws="none",
        lifespan="on",
        proxy_headers=False,  # the application does, for those that are named
        server_header=False,
        access_log=False,
        log_config=None,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEPT_ALIVE,
        timeout_graceful_shutdown=_TO_END,
    )
    Server(config).run(sockets=[bound])


class Server(uvicorn.Server):
    """Ends at a signal as at the end of its work; uvicorn's own would send itself the signal once more."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that end a server."""
        former = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in former.items():
                signal.signal(each, handler)


class Patient(H11Protocol):
    """A connection that is closed where its client takes forever to ask or to read."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._done = self._seen = 0
        if len(self.connections) > CONNECTIONS:
            transport.abort()
        else:
            self._watch = self.loop.call_later(PATIENCE, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if hasattr(self, "_watch"):
            self._watch.cancel()

    def on_response_complete(self) -> None:
        self._done += 1
        super().on_response_complete()

    def _look(self) -> None:
        if self._done == self._seen:
            self.transport.abort()
        self._seen = self._done
        self._watch = self.loop.call_later(PATIENCE, self._look)


def bound(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address. Raises Failure."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise Failure(f"{shown(host)} というアドレスはありません。--host を確かめてください。") from None
    try:
        if hasattr(socket, "AF_INET6") and family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise Failure(_unbound(host, port, error)) from None
    return made


def _unbound(host: str, port: int, error: OSError) -> str:
    where = f"{shown(host)} のポート {port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} は使われています。--port で別の番号を選んでください。"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{shown(host)} はこの機械のアドレスではありません。--host を確かめてください。"
    return f"{where} で待ち受けられません（{reason(error)}）。--host と --port を確かめてください。"


def is_loopback(host: str) -> bool:
    """Say whether an address can be reached from this machine alone."""
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host.strip("[]"), None)}
        return bool(host) and all(ipaddress.ip_address(each.partition("%")[0]).is_loopback for each in found)
    except (OSError, UnicodeError, ValueError):
        return host == "localhost"


def names_of(host: str) -> tuple[str, ...]:
    """Return the names that a server bound to an address goes by: of any address, those of the machine, too."""
    try:
        everywhere = ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return (*LOOPBACK, host.lower())
    if not everywhere:
        return (*LOOPBACK, f"[{host.strip('[]')}]" if ":" in host else host)
    return (*LOOPBACK, socket.gethostname().lower(), socket.getfqdn().lower())
