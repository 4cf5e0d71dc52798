"""Papers, as Whoosh has or will have them, into the flat columns that queries are answered from.

The same papers give the same columns, whatever was added, replaced and removed before, in which order: papers stand in
order of their ids, strings in order of their UTF-8. So what a commit makes of the columns before it (`merging`) is what
is made here of all papers.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NamedTuple

from index.document import About, Amount, Item
from index.errors import StoreError
from index.programme import is_generic, programme_key, programme_of
from index.store.columns import Column, Columns, Loose, encoded, put_packed, put_strings, smallest
from index.store.contents import damaged
from index.store.documents import Stored
from index.store.finish import finished
from index.store.flat import (
    ABOUT_FIELDS,
    BOUND_CODES,
    FIELD_CODES,
    FLAG_CODES,
    KIND_CODES,
    NAMED,
    NONE,
    POOLS,
    ROLE_CODES,
    STAGE_CODES,
    TABLES,
)
from index.store.layout import ABOVE, Layout, Record, layout
from index.store.merging import merged_columns
from index.store.postings import occurrences, posting_columns
from index.store.said import Words
from index.store.spoken import Names
from index.store.whoosh_index import Papers, Unwritten, WhooshIndex
from index.text import fold

_STRETCH = ("first", "end", "token")


class Change(NamedTuple):
    """The columns before a commit, None where nothing was; what it takes out and what it adds."""

    columns: Columns | None
    gone: Sequence[Stored]
    added: Unwritten


def flatten(whoosh: WhooshIndex, change: Change | None = None) -> dict[str, Column]:
    """Return the columns of a store: those before with a `change`, else new ones of all that `whoosh` holds.

    Raises StoreError where what is there says what no papers can have said.
    """
    if change:
        return _changed(change)
    with whoosh.reading():
        return finished(gathered(whoosh))


def whole(path: Path) -> Columns | None:
    """Return the columns of a file, None where they cannot be read or are not what was written: to be made anew."""
    try:
        columns = Columns(path)
        columns.check()
    except (OSError, StoreError):
        return None
    return columns


def _changed(change: Change) -> dict[str, Column]:
    """Return the columns as they were before, changed; all of these are what was written."""
    if change.columns is None:
        return finished(gathered(change.added))
    try:
        return finished(*merged_columns(change.columns, change.gone, Loose(gathered(change.added))))
    except (LookupError, ValueError, OverflowError) as error:  # whoever wrote them; or the fault is ours, and is told
        raise damaged(change.columns.path) from error


def gathered(papers: Papers) -> dict[str, Column]:
    """Return the columns of what `papers` holds, but for those that `finish.finished` adds."""
    flat = _Flat()
    for documents, stored in papers.papers():
        flat.add(documents, stored)
    standing = occurrences(papers, flat.starts, flat.tokens)
    return flat.columns() | posting_columns(standing, flat.stretch_of(), flat.count_stretches())


class _Stretch(NamedTuple):
    """A stretch while they are gathered: its text, the records that it finds, where its terms are, how many."""

    text: str
    first: int
    end: int
    token: int
    length: int


class _Pool:
    """Strings, each kept once and known by its number; number 0 is none."""

    def __init__(self) -> None:
        self._numbers: dict[str | None, int] = {None: 0}

    def __call__(self, value: str | None) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def ordered(self) -> tuple[list[str], list[int]]:
        """Return the strings in order, none first, and for each number the place of its string among them."""
        strings = sorted((each for each in self._numbers if each is not None), key=encoded)
        places = [0] * len(self._numbers)
        for place, each in enumerate(strings, 1):
            places[self._numbers[each]] = place
        return ["", *strings], places


class _Flat:
    """The columns of all papers while they are gathered, and where the terms of each document of Whoosh's begin."""

    def __init__(self) -> None:
        self.strings, self.accounts, self.years, self.names, self.programmes = (_Pool() for _ in range(5))
        self.tables: dict[str, dict[str, list[int]]] = {
            table: {column: [] for column in columns} for table, columns in TABLES.items()
        }
        self.stretches: dict[str, list[_Stretch]] = {field: [] for field in FIELD_CODES}
        self.about: list[About] = []
        self.remainders: list[tuple[int, int, int, str, str]] = []
        self.words = Words()
        self.spoken = Names()
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
        self._put("paper", [items, headings, self.tokens])
        self.about.append(stored.about)
        self.words.add(stored)
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
            return [items + record.item, *[0] * (len(TABLES["record"]) - 3), programme, previous]
        return [items + record.item, *self._amount(amount), programme, previous]

    def _programme(self, name: str) -> int:
        return 0 if is_generic(name) else self.programmes(programme_key(name) or None)

    def _amount(self, amount: Amount) -> list[int]:
        return [
            amount.yen,
            self.years(" ".join(map(str, amount.years))),
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
        begin = self.tokens
        for document, length in zip(of, lengths, strict=True):
            sizes[document] += length
        for document, size in sizes.items():
            self.starts[document], self.tokens = self.tokens, self.tokens + size
        token = {document: self.starts[document] for document in documents}
        begun = len(self.stretches["name"])
        for document, length, each in zip(of, lengths, laid.stretches, strict=True):
            if each.field == "name":
                self._add_empty_names(laid, begun, each.first, records, begin)
            self.stretches[each.field].append(
                _Stretch(
                    searched(each.text),
                    records + each.first,
                    records + each.end,
                    token[document] if length else begin,
                    length,
                )
            )
            token[document] += length
        self._add_empty_names(laid, begun, laid.starts[-1], records, begin)

    def _add_empty_names(self, laid: Layout, begun: int, end: int, records: int, token: int) -> None:
        """Add names to the items, from the next on, that begin before the record `end`: to prose, which has none.

        What has no terms stands where those of the paper begin, at `token`.
        """
        names = self.stretches["name"]
        while (item := len(names) - begun) < len(laid.starts) - 1 and laid.starts[item] < end:
            names.append(_Stretch("", records + laid.starts[item], records + laid.starts[item + 1], token, 0))

    def _in_order(self) -> Iterator[_Stretch]:
        return chain.from_iterable(self.stretches.values())

    def count_stretches(self) -> int:
        """Return how many stretches there are."""
        return sum(map(len, self.stretches.values()))

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
        put_strings(columns, "stretch", [f"{each.text}\n" for each in self._in_order()])
        return columns

    def columns(self) -> dict[str, Column]:
        """Return all that was gathered."""
        for name, size in (("first", self._count("item")), ("heading", self._count("heading")), ("token", self.tokens)):
            self.tables["paper"][name].append(size)
        self.tables["item"]["first"].append(self._count("record"))
        columns: dict[str, Column] = {}
        for pool, used in POOLS.items():
            strings, places = getattr(self, pool).ordered()
            put_strings(columns, NAMED[pool], strings)
            for table, name in (each.split(".") for each in used):
                self.tables[table][name] = [places[each] for each in self.tables[table][name]]
            if pool == "strings":
                columns |= self.spoken.columns({each: number for number, each in enumerate(strings) if number})
        for table, named in self.tables.items():
            for name, values in named.items():
                columns[f"{table}.{name}"] = array("q", values) if name == "yen" else smallest(values)
        columns |= self._stretch_columns()
        abouts = [[_plain(getattr(each, name)) for name in ABOUT_FIELDS] for each in self.about]
        put_strings(columns, "about", ["\t".join(each) for each in abouts])
        put_strings(columns, "remainder", ["\t".join(map(_plain, each)) for each in self.remainders])
        put_packed(columns, "word", self.words.rows())
        return columns


def searched(text: str) -> str:
    """Return `text` folded, and behind it as it is printed where scanning spoiled it: both are found."""
    folded, printed = fold(text), fold(text, strings=False)
    return folded if folded == printed else f"{folded}\x1f{printed}"


def _plain(value: Any) -> str:
    text = " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return text.replace("\t", " ").replace("\n", " ")
