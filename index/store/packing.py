"""Values as compressed JSON, the form in which a store keeps papers and their items."""

import json
import zlib
from typing import Any

from index.document import About
from index.store.files import inflated

DAMAGED = (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What `unpack` and `about_of` raise on bytes that are not what was written."""
MOST = 256 * 1024 * 1024
"""So many bytes a paper may be unpacked to: four times the longest text that is read."""
TEXTS = ("title", "publisher", "date", "stage", "account", "file", "source", "digest")


def pack(value: Any, level: int) -> bytes:
    """Return a value as JSON, compressed."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level)


def unpack(data: bytes) -> Any:
    """Return the value that `pack` was given, tuples as lists."""
    return json.loads(inflated(data, MOST).decode("utf-8", "surrogatepass"))


def about_value(about: About) -> dict[str, Any]:
    """Return what is known of a paper as a value to pack."""
    return {name: getattr(about, name) for name in About.__slots__}


def about_of(value: dict[str, Any]) -> About:
    """Return what `about_value` was given; what is of another kind raises TypeError."""
    about = About(**{**value, "guessed": tuple(value["guessed"]), "given": tuple(value.get("given", ()))})
    words = (about.id, *about.guessed, *about.given, *(getattr(about, name) or "" for name in TEXTS))
    if not all(isinstance(each, str) for each in words) or not isinstance(about.year, int | None):
        raise TypeError("not what is known of a paper")
    return about


def lines_of(value: list[list[Any]]) -> list[tuple[str, int | None]]:
    """Return the text and the page of each line of a paper; what is of another kind raises TypeError."""
    lines = [(text, page) for text, page in value]
    if not all(isinstance(text, str) and isinstance(page, int | None) for text, page in lines):
        raise TypeError("not the lines of a paper")
    return lines
