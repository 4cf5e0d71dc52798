"""One request while it is answered: what is asked, the store it is asked of, how the server is set."""

import hashlib
from typing import NamedTuple

from search.searcher import Searcher
from search.web.exchange import Question
from search.web.parameters import Value
from search.web.routes import Route
from search.web.settings import Settings


class Visit(NamedTuple):
    """What a function that answers gets. `version` is that of the store and the code."""

    route: Route
    question: Question
    values: dict[str, Value]
    searcher: Searcher
    settings: Settings
    version: str

    def text(self, name: str) -> str:
        """Return the value of a parameter that is words."""
        return str(self.values.get(name) or "")

    def number(self, name: str) -> int:
        """Return the value of a parameter that is a number."""
        return int(self.values.get(name) or 0)

    def choice(self, name: str) -> str | None:
        """Return the value of a parameter that may be left away."""
        value = self.values.get(name)
        return None if value is None else str(value)


def version_of(searcher: Searcher, code: str) -> str:
    """Return a name for the answers that this store and this code give."""
    generation = searcher.catalog.columns.path.parent
    return hashlib.sha256(f"{generation}\0{code}".encode()).hexdigest()[:16]
