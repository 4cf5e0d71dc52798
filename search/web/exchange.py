"""What the front hands to a process that answers, and what comes back."""

from collections.abc import Mapping
from typing import NamedTuple


class Question(NamedTuple):
    """One request, as far as its answer depends on it.

    `route` is a key of ROUTES; `path` the parts of the address that the route names; `query` the rest of it, decoded,
    in order. `base` is the absolute address of the server with its prefix and without a slash at its end, `prefix` the
    path of it alone. `known` is the version of the answer that the client has. `address` is the address asked for,
    without the base (「/search?q=…」).
    """

    route: str
    path: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    base: str
    prefix: str
    address: str
    known: str = ""


class Answer(NamedTuple):
    """A response: `version` is that of the store and the code, which the client may send back as `known`."""

    status: int
    media: str
    body: bytes
    version: str = ""
    headers: tuple[tuple[str, str], ...] = ()


JSON, PROBLEM, HTML = "application/json", "application/problem+json", "text/html; charset=utf-8"
