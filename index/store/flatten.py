"""A committed index of Whoosh's into the flat columns that queries are answered from."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from index.document import About, Amount, Item
from index.programme import is_generic, programme_key, programme_of
from index.store.columns import Column, bits, put_strings, smallest, write
from index.store.flat import (
    ABOUT_FIELDS,
    BANDS,
    BOUND_CODES,
    FIELD_CODES,
    FLAG_CODES,
    KIND_CODES,
    NONE,
    ROLE_CODES,
    STAGE_CODES,
)
from index.store.identity import Identities
from index.store.known import known_columns
from index.store.layout import ABOVE, Layout, Record, layout
from index.store.postings import group_columns, occurrences, posting_columns, synonym_columns
from index.store.spoken import Names, word_columns
from index.store.whoosh_index import Stored, WhooshIndex
from index.text import fold

T = TypeVar("T")

_PAPER = ("first",)
_ITEM = (
    *("paper", "line", "end_line", "page", "kind", "number", "name", "lead", "text", "heading", "first"),
    "programme",
)
_HEADING = ("title", "above")
_RECORD = (
    *("item", "yen", "years", "stage", "bound", "role", "account", "flags", "over", "label", "written", "programme"),
    "previous",
)
_STRETCH = ("first", "end", "token")


def flatten(whoosh: WhooshIndex, path: Path) -> None:
    """Write the columns of what `whoosh` holds to `path`. Raises OSError."""
    flat = _Flat()
    with whoosh.reading():
        for documents, stored in whoosh.papers():
            flat.add(documents, stored)
        standing = occurrences(whoosh, flat.starts, flat.tokens)
    columns = flat.columns()
    columns |= posting_columns(standing, flat.stretch_of(), flat.texts())
    columns |= group_columns(standing.terms, flat.groups)
    known = frozenset(standing.terms)
    write(path, columns | synonym_columns(known) | word_columns(known, flat.said) | known_columns(known, flat.said))


class _Stretch(NamedTuple):
    """A stretch while they are gathered: its text, the records that it finds, where its terms are, how many."""

    text: str
    first: int
    end: int
    token: int
    length: int


class _Pool(Generic[T]):
    """Values, each kept once and known by its number; number 0 is none."""

    def __init__(self) -> None:
        self.numbers: dict[T | None, int] = {None: 0}

    def __call__(self, value: T | None) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


class _Flat:
    """The columns of all papers while they are gathered, and where the terms of each document of Whoosh's begin."""

    def __init__(self) -> None:
        self.strings: _Pool[str] = _Pool()
        self.accounts: _Pool[str] = _Pool()
        self.years: _Pool[tuple[int, ...]] = _Pool()
        self.names: _Pool[str] = _Pool()
        self.programmes: _Pool[str] = _Pool()
        self.tables: dict[str, dict[str, list[int]]] = {
            table: {column: [] for column in columns}
            for table, columns in zip(
                ("paper", "item", "heading", "record"),
                (_PAPER, _ITEM, _HEADING, _RECORD),
                strict=True,
            )
        }
        self.stretches: dict[str, list[_Stretch]] = {field: [] for field in FIELD_CODES}
        self.about: list[About] = []
        self.remainders: list[tuple[int, int, int, str, str]] = []
        self.groups: dict[str, int] = {}
        self.said: dict[str, str] = {}
        self.spoken = Names()
        self.identities = Identities()
        self.starts: dict[int, int] = {}
        self.tokens = 0

    def _put(self, table: str, values: Sequence[int]) -> None:
        for column, value in zip(self.tables[table].values(), values, strict=True):
            column.append(value)

    def _count(self, table: str) -> int:
        return len(next(iter(self.tables[table].values())))

    def add(self, documents: Sequence[int], stored: Stored) -> None:
        """Add a paper, whose documents in Whoosh's index are `documents`."""
        laid = layout(stored.items)
        paper, items, records, headings = map(self._count, ("paper", "item", "record", "heading"))
        self._put("paper", [items])
        self.about.append(stored.about)
        self.groups.update(stored.groups)
        self.said |= stored.said
        self.spoken.add(laid, stored.readings)
        for each in stored.remainders:
            self.remainders.append((paper, each.place.line, each.place.page or 0, each.written, each.reason))
        for heading in laid.headings:
            above = headings + heading.above + 1 if heading.above >= 0 else 0
            self._put("heading", [self.strings(heading.title), above])
        for item, head, first in zip(stored.items, laid.heads, laid.starts[:-1], strict=True):
            self._put("item", self._item(item, paper, headings + head + 1 if head >= 0 else 0, records + first))
        for record in laid.records:
            self._put("record", self._record(record, stored.items[record.item], items, records))
        self.identities.add(stored.about.year, stored.items, [records + first for first in laid.starts])
        self._add_stretches(laid, documents, records, stored.lengths)

    def _item(self, item: Item, paper: int, heading: int, first: int) -> list[int]:
        strings = self.strings
        return [
            paper,
            item.place.line,
            item.place.end_line,
            item.place.page or 0,
            KIND_CODES.index(item.kind),
            strings(item.number),
            strings(item.name),
            strings(item.lead or None),
            strings(item.text or None),
            heading,
            first,
            self.names(fold(item.name)),
        ]

    def _record(self, record: Record, item: Item, items: int, records: int) -> list[int]:
        previous = NONE if record.previous is None else records + record.previous
        programme = self._programme(programme_of(item, record.amount)) if item.kind != "subject" else 0
        amount = record.amount
        if amount is None:
            return [items + record.item, *[0] * (len(_RECORD) - 3), programme, previous]
        return [items + record.item, *self._amount(amount), programme, previous]

    def _programme(self, name: str) -> int:
        return 0 if is_generic(name) else self.programmes(programme_key(name) or None)

    def _amount(self, amount: Amount) -> list[int]:
        return [
            amount.yen,
            self.years(amount.years),
            STAGE_CODES.index(amount.stage),
            BOUND_CODES.index(amount.bound),
            ROLE_CODES.index(amount.role),
            self.accounts(amount.account),
            sum({1 << FLAG_CODES.index(flag) for flag in amount.flags}),
            amount.over or 0,
            self.strings(amount.label),
            self.strings(amount.written),
        ]

    def _add_stretches(self, laid: Layout, documents: Sequence[int], records: int, lengths: Sequence[int]) -> None:
        """Take the stretches: those of headings and policy paragraphs are Whoosh's first documents, then records.

        Each item has a name, if an empty one: so the names are numbered as the items are.
        """
        above = iter(documents)
        first_record = len(documents) - len(laid.records) - 1
        of = [next(above) if each.field in ABOVE else documents[first_record + each.first] for each in laid.stretches]
        sizes = dict.fromkeys(documents, 0)
        for document, length in zip(of, lengths, strict=True):
            sizes[document] += length
        for document, size in sizes.items():
            self.starts[document], self.tokens = self.tokens, self.tokens + size
        token = {document: self.starts[document] for document in documents}
        names = self.stretches["name"]
        begun = len(names)
        for document, length, each in zip(of, lengths, laid.stretches, strict=True):
            if each.field == "name":
                self._add_empty_names(laid, begun, each.first, records)
            self.stretches[each.field].append(
                _Stretch(searched(each.text), records + each.first, records + each.end, token[document], length)
            )
            token[document] += length
        self._add_empty_names(laid, begun, laid.starts[-1], records)

    def _add_empty_names(self, laid: Layout, begun: int, end: int, records: int) -> None:
        """Add names to the items, from the next on, that begin before the record `end`: to prose, which has none."""
        names = self.stretches["name"]
        while (item := len(names) - begun) < len(laid.starts) - 1 and laid.starts[item] < end:
            names.append(_Stretch("", records + laid.starts[item], records + laid.starts[item + 1], 0, 0))

    def _in_order(self) -> Iterator[_Stretch]:
        return chain.from_iterable(self.stretches.values())

    def texts(self) -> list[str]:
        """Return the texts of the stretches, field by field."""
        return [each.text for each in self._in_order()]

    def stretch_of(self) -> "array[int]":
        """Return the stretch of each place of a term."""
        of = array("I", bytes(4 * self.tokens))
        for number, each in enumerate(self._in_order()):
            if each.length:
                of[each.token : each.token + each.length] = array("I", [number]) * each.length
        return of

    def _stretch_columns(self) -> dict[str, Column]:
        columns: dict[str, Column] = {
            f"stretch.{name}": smallest([getattr(each, name) for each in self._in_order()]) for name in _STRETCH
        }
        columns["stretch.fields"] = smallest([0, *accumulate(map(len, self.stretches.values()))])
        put_strings(columns, "stretch", [f"{each}\n" for each in self.texts()])
        names = [each.text.encode("utf-8", "surrogatepass") for each in self.stretches["name"]]
        columns["item.by_name"] = smallest(sorted(range(len(names)), key=names.__getitem__))
        return columns

    def columns(self) -> dict[str, Column]:
        """Return all that was gathered."""
        self.identities.settle(self.tables["record"]["programme"], self.programmes)
        self.tables["paper"]["first"].append(self._count("item"))
        self.tables["item"]["first"].append(self._count("record"))
        columns: dict[str, Column] = {
            f"{table}.{name}": array("q", values) if name == "yen" else smallest(values)
            for table, named in self.tables.items()
            for name, values in named.items()
        }
        yen = self.tables["record"]["yen"]
        order = sorted(range(len(yen)), key=yen.__getitem__)
        columns["record.by_yen"] = smallest(order)
        columns["record.band"] = _bands(order)
        columns["record.begins"] = bits(self.tables["item"]["first"][:-1], len(yen))
        columns |= self.spoken.columns(self.strings.numbers)
        put_strings(columns, "string", [each or "" for each in self.strings.numbers])
        put_strings(columns, "account", [each or "" for each in self.accounts.numbers])
        put_strings(columns, "programme", [each or "" for each in self.programmes.numbers])
        put_strings(columns, "years", [" ".join(map(str, each or ())) for each in self.years.numbers])
        columns |= self._stretch_columns()
        abouts = [[_plain(getattr(each, name)) for name in ABOUT_FIELDS] for each in self.about]
        put_strings(columns, "about", ["\t".join(each) for each in abouts])
        put_strings(columns, "remainder", ["\t".join(map(_plain, each)) for each in self.remainders])
        return columns


def searched(text: str) -> str:
    """Return `text` folded, and behind it as it is printed where scanning spoiled it: both are found."""
    folded, printed = fold(text), fold(text, strings=False)
    return folded if folded == printed else f"{folded}\x1f{printed}"


def _bands(order: Sequence[int]) -> bytes:
    """Return for each record which of 256 equal shares of all records, by sum, it is in.

    A condition on money takes whole shares at once, and looks at single sums in two of them only.
    """
    bands = bytearray(len(order))
    for rank, record in enumerate(order):
        bands[record] = rank * BANDS // len(order)
    return bytes(bands)


def _plain(value: Any) -> str:
    text = " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return text.replace("\t", " ").replace("\n", " ")
