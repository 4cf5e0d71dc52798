"""The log: one line of JSON for each request, and for whatever else happens; no line holds a token."""

import logging
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, quote_plus

from search.render.json import dumps

HIDDEN = "…"
SECRET = ("token", "password", "secret", "key", "auth", "session", "code")
"""The value of a parameter whose name holds one of these is not written down."""


class Entry(NamedTuple):
    """What is told of one request."""

    client: str
    method: str
    path: str
    query: str
    status: int
    ms: float
    bytes: int


def told(entry: Entry, tokens: Sequence[str] = ()) -> str:
    """Return the line for a request; what is secret by its name is not in it, nor any of `tokens`."""
    shown = entry._replace(path=_without(entry.path, tokens), query=_query(entry.query, tokens))
    return dumps({"time": _now(), **shown._asdict()})


def note(level: str, message: str) -> None:
    """Write down what happened beside the requests."""
    write(dumps({"time": _now(), "level": level, "message": message}))


def note_fault() -> None:
    """Write down the exception that is being handled."""
    note("error", traceback.format_exc())


def write(line: str) -> None:
    """Write a line at once and whole; where nobody can read it, it is lost."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass


class Handler(logging.Handler):
    """Takes what libraries have to say into the log."""

    def emit(self, record: logging.LogRecord) -> None:
        text = logging.Formatter().format(record)
        note(record.levelname.lower(), text)


def _query(query: str, tokens: Sequence[str]) -> str:
    """Return the query of an address, readable, without what is secret."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=None)
    return "&".join(
        f"{name}={HIDDEN if any(each in name.lower() for each in SECRET) else _without(value, tokens)}"
        for name, value in ((_without(name, tokens), value) for name, value in pairs)
    )


def _without(text: str, tokens: Sequence[str]) -> str:
    for token in tokens:
        for spelt in {token, quote_plus(token)}:
            text = text.replace(spelt, HIDDEN)
    return text


def _now() -> str:
    return datetime.fromtimestamp(time.time()).astimezone().isoformat(timespec="milliseconds")
