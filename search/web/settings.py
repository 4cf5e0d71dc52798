"""How the server is run: which store, who may ask from where, and how much one may ask for."""

from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""What a machine calls itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all of them at once, may take.

    `seconds` is how long an answer may take before it is stopped, `file_seconds` one that is a file; `processes` answer
    at once, each with `memory` bytes of its own, and `waiting` requests more may wait for them, each at most
    `wait_seconds`. `export` is the most hits of a file. An address has at most `address`
    bytes: a query of the most characters that the grammar takes fits in. `per_minute` requests of one client are
    answered in a minute, `burst` of them at once, and `attempts` with a wrong token; a form has at most `form` bytes.
    """

    seconds: float = 2.0
    file_seconds: float = 20.0
    start_seconds: float = 30.0
    processes: int = 2
    waiting: int = 64
    wait_seconds: float = 10.0
    memory: int = 1 << 30
    export: int = 10_000
    address: int = 49_152
    per_minute: int = 60_000
    burst: int = 5_000
    attempts: int = 10
    form: int = 4_096

    def allowed(self, kind: str) -> float:
        """Return how many seconds the answer of a route of this kind may take."""
        return self.file_seconds if kind == "file" else self.seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server; the defaults are those of a server for one's own machine.

    `tokens` are the secrets of which one opens the server (none: no one is asked). `frame_ancestors` are origins whose
    pages may frame the live box, `allow_origin` those that may call the API, `allowed_hosts` the names that the
    server answers to (「*」: to any). `proxies` are the addresses of which X-Forwarded-For and -Proto are believed.
    `prefix` is where a proxy has mounted it (「/seisaku」); another application says so itself.
    """

    store: Path
    tokens: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()
    allow_origin: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = LOOPBACK
    proxies: tuple[str, ...] = ()
    prefix: str = ""
    limits: Limits = field(default_factory=Limits)
