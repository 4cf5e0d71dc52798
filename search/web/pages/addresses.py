"""The addresses on a page."""

import hashlib
from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlencode

from index.document import Place


class Addresses:
    """Makes addresses behind the prefix that the server is mounted under."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __call__(self, path: str, **values: object) -> str:
        """Return the address of `path` with those of `values` that say anything behind a question mark."""
        said = [(name, str(value)) for name, value in values.items() if value not in (None, "", 0)]
        return f"{self._prefix}{quote(path, safe='/:')}" + (f"?{urlencode(said)}" if said else "")

    def item(self, place: Place, q: str = "") -> str:
        """Return the address of the page of an item; `q` is the query that found it."""
        return self(f"/items/{place}", q=q)

    def static(self, name: str) -> str:
        """Return the address of a file of ours, another one whenever the file is another."""
        return f"{self._prefix}/static/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(files("search.web").joinpath("static", name).read_bytes()).hexdigest()[:12]
