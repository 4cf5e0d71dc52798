"""Values as compressed JSON, the form in which a store keeps papers and their items."""

import json
import zlib
from typing import Any

from index.document import About

DAMAGED = (zlib.error, ValueError, KeyError, TypeError)
"""What `unpack` and `about_of` raise on bytes that are not what was written."""


def pack(value: Any, level: int) -> bytes:
    """Return a value as JSON, compressed."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level)


def unpack(data: bytes) -> Any:
    """Return the value that `pack` was given, tuples as lists."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


def about_value(about: About) -> dict[str, Any]:
    """Return what is known of a paper as a value to pack."""
    return {name: getattr(about, name) for name in About.__slots__}


def about_of(value: dict[str, Any]) -> About:
    """Return what `about_value` was given."""
    return About(**{**value, "guessed": tuple(value["guessed"]), "given": tuple(value.get("given", ()))})
