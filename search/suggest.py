"""What the last word of a query may become: fields, their values, words and programmes."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from index import analysis
from index.schema import FIELDS, SPELLINGS, Field
from index.sounds import readable, sound
from index.store.catalog import Catalog
from index.text import fold, normal
from search.errors import QueryError
from search.grammar import KEYWORDS, QUOTES, WIDTHS, closed, parse
from search.results import Suggestion
from search.tree import Exact, Word
from search.vocabulary import Entry, Vocabulary

_LONGEST = 100
_BREAK = re.compile(r"[ ()\[\]{}|>=<≥≧≤≦≠]|&(?![0-9A-Za-z])")
_QUOTE = re.compile("[{}]".format("".join(QUOTES)))
_SIGNS = {"money": ">", "change": ">", "rate": "<"}
_NAMED = ("name", "label", "text", "heading")
"""The fields whose values are words."""


class Tail(NamedTuple):
    """The last word of a query while it is typed: where it starts, its field, its quotation mark, itself."""

    start: int
    field: str
    quote: str
    word: str


def tail(query: str) -> Tail | None:
    """Return the last word of `query`, None where none is being typed or it is longer than any word."""
    text = query.translate(WIDTHS)
    start = 0
    while found := _QUOTE.search(text, start):
        last = closed(text, found.end(), found[0])
        if last < 0:
            return _kept(Tail(found.start(), "", found[0], text[found.end() :]))
        start = last + 1
    rest = text[max(start, len(text) - 2 * _LONGEST) :]
    begin = max((each.end() for each in _BREAK.finditer(rest)), default=0)
    begin += begin < len(rest) and rest[begin] in "-−"
    field, colon, word = rest[begin:].partition(":")
    if not colon:
        field, word = "", field
    return None if word in KEYWORDS else _kept(Tail(len(text) - len(rest) + begin, field, "", word))


def _kept(found: Tail) -> Tail | None:
    word = found.word.strip()
    return found if len(word) <= _LONGEST and (word or found.field) else None


class Suggester:
    """Completes the last word of a query from one store; `count` says how many hits a query has."""

    def __init__(self, vocabulary: Vocabulary, catalog: Catalog, count: Callable[[str], int]) -> None:
        self._vocabulary = vocabulary
        self._catalog = catalog
        self._count = count

    def suggest(self, query: str, limit: int) -> list[Suggestion]:
        """Return what the last word of `query` may become, the most useful first."""
        last = tail(query)
        if last is None or limit < 1:
            return []
        word, found = last.word.strip(), list[Suggestion]()
        if not last.field and not last.quote:
            found = [*_fields(word), *(_values_of_any(word) if len(word) > 1 or not word.isascii() else ())]
        elif last.field:
            field = _field(last.field)
            if field is None:
                return []
            if field.name not in _NAMED:
                return list(self._values(last.field, field, word))[:limit]
        found += self._said(last, word, max(0, limit - len(found)))
        return list({each.text: each for each in reversed(found)}.values())[::-1][:limit]

    def _said(self, last: Tail, word: str, limit: int) -> Iterator[Suggestion]:
        """Yield words, then names of programmes, a quarter of them at least where there are so many."""
        if not fold(word):
            return
        letters = sound(word) if readable(word) else ""
        vocabulary = self._vocabulary
        words = _ranked(vocabulary.words(word), vocabulary.words_read(letters) if letters else (), limit, word)
        names = [] if last.field and _field(last.field) != FIELDS["name"] else self._programmes(word, letters, limit)
        for kind, entries in (("word", words[: limit - min(len(names), limit // 4)]), ("programme", names)):
            for entry in entries:
                text = _text(last, entry)
                if hits := self._count(text):
                    yield Suggestion(text, kind, hits, entry.reading)

    def _programmes(self, word: str, letters: str, limit: int) -> list[Entry]:
        vocabulary = self._vocabulary
        return _ranked(vocabulary.programmes(word), vocabulary.programmes_read(letters) if letters else (), limit)

    def _values(self, typed: str, field: Field, word: str) -> Iterator[Suggestion]:
        """Yield the values of a field that begin with `word`."""
        match field.name:
            case "account":
                values: Iterable[str] = filter(None, self._catalog.accounts())
            case "document":
                values = (self._catalog.about(number).id for number in range(self._catalog.papers))
            case "year":
                values = map(str, sorted({year for years in self._catalog.all_years() for year in years}, reverse=True))
            case _:
                yield from _values(typed, field, word)
                return
        for value in values:
            if fold(value).startswith(fold(word)):
                yield Suggestion(f"{typed}:{_quoted(value)}", "value", None, "")


def _fields(word: str) -> Iterator[Suggestion]:
    """Yield the fields with a spelling that begins with `word`, each once."""
    for field in FIELDS.values():
        for spelling in _beginning((field.label, field.name, *field.spellings), word):
            yield Suggestion(spelling + _SIGNS.get(field.kind, ":"), "field", None, _reading(spelling))
            break


def _values_of_any(word: str) -> Iterator[Suggestion]:
    for field in FIELDS.values():
        if field.values and field.name != "has":
            yield from _values(field.label, field, word)


def _values(typed: str, field: Field, word: str) -> Iterator[Suggestion]:
    """Yield the values of a field with a spelling that begins with `word`, each once, in Japanese if that fits."""
    for value, spellings in field.values.items():
        for spelling in _beginning((*spellings, value), word):
            yield Suggestion(f"{typed}:{spelling}", "value", None, _reading(spelling))
            break


def _beginning(spellings: Iterable[str], word: str) -> Iterator[str]:
    """Yield those of `spellings` that begin with `word`, then those that are read so."""
    spellings, folded = list(spellings), fold(word)
    yield from (each for each in spellings if fold(each).startswith(folded))
    letters = sound(word) if readable(word) else ""
    if len(word) > 1 and letters:
        yield from (each for each in spellings if not each.isascii() and sound(_reading(each)).startswith(letters))


def _field(typed: str) -> Field | None:
    name = SPELLINGS.get(normal(typed)) or SPELLINGS.get(normal(typed).lower())
    return FIELDS[name] if name else None


@cache
def _reading(spelling: str) -> str:
    """Return how a word of ours is read."""
    return "".join(unit.reading for unit in analysis.analyse(spelling))


def _ranked(written: Iterable[Entry], read: Iterable[Entry], limit: int, word: str = "") -> list[Entry]:
    """Return what begins as typed, then what is only read so; each the most frequent first, the word itself before."""
    found: dict[str, Entry] = {}
    for group in (written, read):
        for each in sorted(group, key=lambda one: (fold(one.text) != fold(word), -one.times, len(one.text), one.text)):
            found.setdefault(fold(each.text), each)
    return list(found.values())[:limit]


def _text(last: Tail, entry: Entry) -> str:
    text = _quoted(entry.text, last.quote)
    return f"{last.field}:{text}" if last.field else text


def _quoted(text: str, quote: str = "") -> str:
    """Return `text` as a query can say it: in quotation marks if they were typed, or if it needs them."""
    if quote and not set(text) & {quote, QUOTES[quote]}:
        return f"{quote}{text}{QUOTES[quote]}"
    return text if not quote and stands_bare(text) else str(Exact(text))


def stands_bare(text: str) -> bool:
    """Say whether `text` is one word of a query without quotation marks."""
    try:
        return parse(text) == Word(text)
    except QueryError:
        return False
