"""The same job done by others: tantivy, and SQLite with FTS5.

Both get the terms that seisaku's own analysis finds, parted by spaces, and the largest amount of each item. They
answer which items hold the words and the amount, and no more: no synonyms, no parts of words, no amount by amount,
no groups. Each is imported where it is used: a lookup as a process pays for its own engine only.
"""

import os
import re
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

MOST = (1 << 63) - 1
_PAGE = 10


class Entry(NamedTuple):
    """An item as the peers index it: terms parted by spaces, long units likewise, the largest amount in yen."""

    name: str
    body: str
    units: str
    yen: int


class Query(NamedTuple):
    """A question, as seisaku takes it in `text` and as the peers do: terms in order, for each word."""

    text: str
    words: tuple[tuple[str, ...], ...] = ()
    either: bool = False
    prefix: str = ""
    low: int = 0
    high: int = MOST
    sort: str = "relevance"

    @property
    def on_money(self) -> bool:
        """Whether there is a condition on the amount."""
        return (self.low, self.high) != (0, MOST)


class Peer(Protocol):
    """An index in a folder: `build` makes it, `open` it before `search`."""

    def __init__(self, folder: str) -> None: ...

    def build(self, entries: Iterable[Entry]) -> None:
        """Index `entries` in one commit."""

    def open(self) -> None:
        """Get ready to answer."""

    def search(self, query: Query) -> tuple[int, list[str]]:
        """Return how many items answer, and the names of the first ten."""


class Tantivy:
    """tantivy, by its Python binding."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def build(self, entries: Iterable[Entry]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("body", "units"):
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        schema.add_integer_field("yen", indexed=True, fast=True)
        writer: Any = tantivy.Index(schema.build(), path=self._folder).writer(256_000_000, 1)
        for each in entries:
            writer.add_document(tantivy.Document(**each._asdict()))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self._tantivy: Any = tantivy
        index: Any = tantivy.Index.open(self._folder)
        self._schema, self._searcher = index.schema, index.searcher()

    def search(self, query: Query) -> tuple[int, list[str]]:
        order = {"order_by_field": "yen"} if query.sort == "-amount" else {}
        found = self._searcher.search(self._query(query), _PAGE, count=True, **order)
        return found.count, [self._searcher.doc(address)["name"][0] for _, address in found.hits]

    def _query(self, query: Query) -> Any:
        make, occur = self._tantivy.Query, self._tantivy.Occur
        parts = [
            make.phrase_query(self._schema, "body", list(terms))
            if len(terms) > 1
            else make.term_query(self._schema, "body", terms[0])
            for terms in query.words
        ]
        if query.prefix:
            parts.append(make.regex_query(self._schema, "body", re.escape(query.prefix) + ".*"))
        if query.on_money:
            kind = self._tantivy.FieldType.Integer
            parts.append(make.range_query(self._schema, "yen", kind, query.low, query.high, True, True))
        if len(parts) == 1:
            return parts[0]
        return make.boolean_query([(occur.Should if query.either else occur.Must, part) for part in parts])


class Fts5:
    """SQLite with FTS5, from the standard library; a term is all that stands between spaces, whatever its signs."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, "fts5.db")

    def build(self, entries: Iterable[Entry]) -> None:
        import sqlite3

        base = sqlite3.connect(self._path)
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, yen INTEGER)")
        terms = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
        base.execute(f"CREATE VIRTUAL TABLE words USING fts5(body, units, content='', tokenize=\"{terms}\")")
        for number, each in enumerate(entries, 1):
            base.execute("INSERT INTO item VALUES(?, ?, ?)", (number, each.name, each.yen))
            base.execute("INSERT INTO words(rowid, body, units) VALUES(?, ?, ?)", (number, each.body, each.units))
        base.execute("CREATE INDEX by_yen ON item(yen)")
        base.execute("INSERT INTO words(words) VALUES('optimize')")
        base.commit()
        base.close()

    def open(self) -> None:
        import sqlite3

        self._base = sqlite3.connect(self._path)
        self._base.execute("PRAGMA mmap_size=1000000000")

    def search(self, query: Query) -> tuple[int, list[str]]:
        wanted = [_quoted(" ".join(terms)) for terms in query.words]
        if query.prefix:
            wanted.append(_quoted(query.prefix) + " *")
        given: list[str | int] = []
        source, order = "item", ""
        conditions = []
        if wanted:
            source, order = "words JOIN item ON item.id = words.rowid", " ORDER BY rank"
            conditions.append("words MATCH ?")
            given.append((" OR " if query.either else " AND ").join(f"body:{each}" for each in wanted))
        if query.on_money:
            conditions.append("yen BETWEEN ? AND ?")
            given += [query.low, query.high]
        if query.sort == "-amount":
            order = " ORDER BY yen DESC"
        source += f" WHERE {' AND '.join(conditions)}"
        (count,) = self._base.execute(f"SELECT count(*) FROM {source}", given).fetchone()
        return count, [name for (name,) in self._base.execute(f"SELECT name FROM {source}{order} LIMIT {_PAGE}", given)]


def _quoted(terms: str) -> str:
    doubled = terms.replace('"', '""')
    return f'"{doubled}"'


PEERS: dict[str, type[Peer]] = {"tantivy": Tantivy, "FTS5": Fts5}
