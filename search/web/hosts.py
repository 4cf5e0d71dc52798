"""The names that the server answers to, and the origins that it knows."""

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.types import Scope

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://(?:\[[0-9a-f:.]+\]|[0-9a-z._-]+)(?::[0-9]{1,5})?")


def name_of(host: str) -> str | None:
    """Return the name in a Host header, in small letters and without its port; None if there is no sense in it."""
    match = _HOST.fullmatch(host)
    return match["name"].lower().rstrip(".") if match else None


def answers_to(name: str, allowed: tuple[str, ...], scope: Scope) -> bool:
    """Say whether the server goes by a name: it is allowed, or the very address that the request came in at.

    A page of another site can have its own name lead here, and then read what is here as its own; an address it
    cannot have as its name.
    """
    if "*" in allowed or name in allowed:
        return True
    reached = str((scope.get("server") or ("",))[0])
    try:
        return ipaddress.ip_address(name.strip("[]")) == ipaddress.ip_address(reached)
    except ValueError:
        return False


def origin_of(written: str) -> str | None:
    """Return an origin in its own spelling (「https://wiki.example.jp」), 「*」 for all; None if it is none."""
    if written == "*":
        return written
    text = written.strip().lower().rstrip("/")
    if not _ORIGIN.fullmatch(text):
        return None
    parts = urlsplit(text)
    default = {"http": 80, "https": 443}[parts.scheme]
    try:
        return text.removesuffix(f":{default}") if parts.port == default else text
    except ValueError:
        return None
