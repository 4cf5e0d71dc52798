"""Whoosh's index of a generation: one record an amount, and what each holds besides its words."""

import io
import os
import pickle
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import whoosh
from whoosh import columns, fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import StructFile

from index import analysis
from index.document import About, Amount, Item, Place, Remainder
from index.errors import Failure, StoreError, shown
from index.sounds import LONGEST, bare_name, said
from index.sounds import pack as pack_reading
from index.store import REBUILD, segments
from index.store.files import inflated, read_bytes
from index.store.layout import ABOVE, layout, names
from index.store.packing import about_of, about_value, pack, unpack
from index.store.unpickling import only_known

VERSION = ".".join(map(str, whoosh.__version__[:3]))
"""The Whoosh that this is; what another one wrote is not added to."""
_TIMES, _LEAST = 200, 64 * 1024 * 1024
"""What a file of Whoosh's may be unpacked to: so many times its length, or so many bytes if these are more."""


_AMOUNT = attrgetter(*Amount.__slots__)


class PackedStorage(FileStorage):  # type: ignore[misc]  # Whoosh 2.7.4 carries no types
    """A folder of Whoosh's whose files that stay, segments and their table, are compressed, and so are checked.

    A segment costs some 190 bytes a term however little the term says, five times the text of a small paper; only a
    commit reads it, queries never. Names of files come out of files: none leads out of the folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._files: list[Any] = []
        self._unpacked: dict[str, bytes] | None = {}

    def create_file(self, name: str, **options: Any) -> Any:
        if not _stays(name):
            return self._opened(super().create_file(name, **options))
        path = Path(self._fpath(name))
        return StructFile(
            io.BytesIO(), name=name, onclose=lambda made: path.write_bytes(_compressed(made.file.getvalue()))
        )

    def open_file(self, name: str, **options: Any) -> Any:
        if not _stays(name):
            return self._opened(super().open_file(name, **options))
        path = Path(self._fpath(name))
        try:
            kept = {} if self._unpacked is None else self._unpacked
            if name not in kept:
                data = read_bytes(path)
                kept[name] = inflated(data, max(_LEAST, _TIMES * len(data)))
            return StructFile(io.BytesIO(kept[name]), name=name)
        except (zlib.error, FileNotFoundError):
            raise damaged(path.parent) from None

    def _fpath(self, name: str) -> str:
        if os.path.basename(name) != name or name in ("", os.curdir, os.pardir):
            raise damaged(Path(self.folder))
        return os.path.join(self.folder, name)

    def temp_storage(self, name: str | None = None) -> Any:
        storage = PackedStorage(Path(super().temp_storage(name).folder))
        storage._files = self._files
        return storage

    def _opened(self, file: Any) -> Any:
        self._files.append(file)
        return file

    def forget(self) -> None:
        """Keep no longer what was unpacked: until the commit is written, the same is read up to three times."""
        self._unpacked = None

    def abandon(self) -> None:
        """Close the files that a commit which failed has left open."""
        for each in self._files:
            with suppress(OSError, ValueError):  # a full disk refuses what is still to be written; or it is closed
                each.file.close()


def _stays(name: str) -> bool:
    return name.endswith(".seg") or ".toc" in name


def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 3)


def damaged(generation: Path) -> StoreError:
    """Return what to say when a file of Whoosh's is missing, or is not what was written."""
    return StoreError(f"索引 {shown(generation.parent)} の中身が欠けているか壊れています。{REBUILD}")


class Stored(NamedTuple):
    """What the store keeps of a paper: what is known of it, its items, what was not understood, and of its words.

    `groups` are the groups of synonyms that terms are in, `lengths` how many terms each stretch has, in their order.
    `said` are the nouns among the terms with what `index.sounds` keeps of them, `readings` those of the names that
    `names` gives of its layout.
    """

    about: About
    items: list[Item]
    remainders: list[Remainder]
    groups: dict[str, int]
    lengths: list[int]
    said: dict[str, str]
    readings: list[str]


class Papers(Protocol):
    """Papers, each with the numbers of its documents of Whoosh's, and the places of their terms; both in order.

    Places are counted from those that `starts` has of the documents.
    """

    def papers(self) -> Iterator[tuple[list[int], Stored]]: ...

    def places(self, starts: Mapping[int, int]) -> "Iterator[tuple[str, array[int]]]": ...


class Occurrences(NamedTuple):
    """Where a term stands: pairs of a document of Whoosh's and the positions in it."""

    term: str
    postings: Iterator[tuple[int, list[int]]]


def _schema() -> Any:
    """Return Whoosh's schema: terms come ready, parted by spaces; sums are a column, not terms.

    The stretches of a record stand in one field, one behind the other: the same term in two would cost twice.
    """
    return fields.Schema(
        document=fields.ID(),
        kind=fields.ID(),
        yen=fields.COLUMN(columns.NumericColumn("q")),
        payload=fields.STORED(),
        words=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
    )


class WhooshIndex:
    """The index of Whoosh in a folder, open for one commit; `new` makes it, else it must be there.

    `held` are the papers in it, if they are known: to add others, what it holds is not even unpacked.

    A paper is one document of kind `above` for each of its headings and policy paragraphs, one of kind `record` for
    each amount, or item without amounts, and one of kind `paper` with its payload: in that order, for Whoosh loses
    what is stored in a segment of more than 32,768 documents whose last one stores nothing.
    """

    def __init__(self, folder: Path, *, new: bool, held: Collection[str] | None = None) -> None:
        self._folder = folder
        self._new = new
        self._storage = PackedStorage(folder)
        self._added: dict[str, bytes] = {}
        self._removed: set[str] = set()
        self._held: frozenset[str] = frozenset()
        if not new:
            self._open()
            with self.reading():
                self._held = self._ids() if held is None else frozenset(held)

    def _open(self) -> None:
        with self.reading():  # with a schema given, that of the store is not even unpickled
            self._index: Any = self._storage.open_index(schema=_schema())

    def _ids(self) -> frozenset[str]:
        with self._index.reader() as reader:
            return frozenset(name.decode() for name in reader.lexicon("document") if _is_there(reader, name))

    def add(self, document: str, packed: bytes) -> None:
        """Add the paper that `packed_documents` made ready, in place of any of the same id."""
        self.remove(document)
        self._added[document] = packed

    def remove(self, document: str) -> bool:
        """Remove a paper, and say whether it was there."""
        added = self._added.pop(document, None) is not None
        if document not in self._held or document in self._removed:
            return added
        self._removed.add(document)
        return True

    @property
    def packed(self) -> list[bytes]:
        """The papers that the next commit adds, as `packed_documents` made them ready."""
        return list(self._added.values())

    def begin(self, files: Mapping[str, bytes]) -> None:
        """Write the files of a new index, that `new_index` made of what was added."""
        for name, data in files.items():
            (self._folder / name).write_bytes(data)
        self._open()

    def commit(self) -> None:
        """Write what was added to an index that was there, and what was removed."""
        try:
            with self.reading():  # segments are merged
                writer = segments.Writer(self._index)
                for document in sorted(self._removed):
                    writer.delete_by_term("document", document)
                _put(self.packed, writer)
                writer.commit()
        except BaseException:
            self._storage.abandon()
            raise
        finally:
            self._storage.forget()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let nothing run that the store holds; what cannot be made sense of in one that was there is damage."""
        try:
            with only_known():
                yield
        except (Failure, OSError, MemoryError):
            raise
        except Exception as error:
            if self._new:
                raise  # all in it is our own
            raise damaged(self._folder) from error

    @property
    def changes_little(self) -> bool:
        """Whether the next commit adds and takes out fewer papers than there are."""
        return len(self._added) + len(self._removed) < len(self._held)

    @property
    def added(self) -> "Unwritten":
        """The papers that the next commit adds."""
        return Unwritten(self._added)

    def replaced(self) -> list[Stored]:
        """Return what is kept of the papers that the next commit takes out."""
        if not self._removed:
            return []
        with self.reading(), self._index.reader() as reader:
            last = [_documents(reader, name.encode())[-1] for name in sorted(self._removed)]
            return [_decode(reader.stored_fields(each)["payload"]) for each in last]

    def papers(self) -> Iterator[tuple[list[int], Stored]]:
        """Yield the committed papers in order of their ids, each with the numbers of its documents."""
        with self.reading(), self._index.reader() as reader:
            for name in reader.lexicon("document"):
                if documents := _documents(reader, name):
                    yield documents, _decode(reader.stored_fields(documents[-1])["payload"])

    def occurrences(self) -> Iterator[Occurrences]:
        """Yield each term, in order, with where it stands."""
        with self.reading(), self._index.reader() as reader:
            for term in reader.lexicon("words"):
                yield Occurrences(term.decode(), _positions(reader.postings("words", term)))

    def places(self, starts: Mapping[int, int]) -> "Iterator[tuple[str, array[int]]]":
        """Yield each term, in order, with its places, if it has any."""
        for term, postings in self.occurrences():
            if places := [starts[document] + each for document, positions in postings for each in positions]:
                yield term, array("I", places)


def new_index(packed: Sequence[bytes]) -> dict[str, bytes]:
    """Return the files of a new index of papers that were made ready, by their names; any process can make them."""
    storage = RamStorage()
    writer = segments.Writer(storage.create_index(_schema()))
    _put(packed, writer)
    writer.commit()
    return {name: _compressed(data) for name, data in storage.files.items() if _stays(name)}


def _put(packed: Iterable[bytes], writer: segments.Writer) -> None:
    for each in packed:
        for document in pickle.loads(zlib.decompress(each)):  # of this process, or of one that it started
            writer.add_document(**document)


def _is_there(reader: Any, name: bytes) -> bool:
    return any(True for _ in reader.postings("document", name).all_ids())


class Unwritten:
    """Papers before a commit writes them, read as those in Whoosh's index are."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self.ids = sorted(packed, key=str.encode)
        self._documents = [pickle.loads(zlib.decompress(packed[each])) for each in self.ids]

    def papers(self) -> Iterator[tuple[list[int], Stored]]:
        """Yield the papers in order of their ids, each with the numbers of its documents."""
        first = 0
        for documents in self._documents:
            yield list(range(first, first + len(documents))), _decode(documents[-1]["payload"])
            first += len(documents)

    def places(self, starts: Mapping[int, int]) -> "Iterator[tuple[str, array[int]]]":
        """Yield each term, in order, with its places."""
        found: dict[str, array[int]] = {}
        for number, document in enumerate(chain.from_iterable(self._documents)):
            for place, term in enumerate(document.get("words", "").split(), starts[number]):
                if term in found:
                    found[term].append(place)
                else:
                    found[term] = array("I", [place])
        for term in sorted(found, key=str.encode):
            yield term, found[term]


def _documents(reader: Any, name: bytes) -> list[int]:
    """Return the numbers of the documents of a paper; a removed one has none, but its name until segments merge."""
    return sorted(reader.postings("document", name).all_ids())


def packed_documents(paper: Any) -> bytes:
    """Return the documents of a `Paper` as Whoosh shall have them, small enough to keep those of many papers."""
    return zlib.compress(pickle.dumps(list(_written(paper)), pickle.HIGHEST_PROTOCOL), 1)


def _written(paper: Any) -> Iterator[dict[str, Any]]:
    """Yield the documents of a `Paper`, each by its fields."""
    about = paper.document.about
    laid = layout(paper.items)
    groups: dict[str, int] = {}
    nouns: dict[str, analysis.Unit] = {}
    lengths: list[int] = []
    above: list[str] = []
    words: dict[int, list[str]] = {}
    for stretch in laid.stretches:
        terms, found, named, _ = _analysed(stretch.text)
        groups.update(found)
        nouns |= named
        lengths.append(len(terms))
        if stretch.field in ABOVE:
            above.append(" ".join(terms))
        else:
            words.setdefault(stretch.first, []).extend(terms)
    for each in above:
        yield {"document": about.id, "kind": "above", "words": each}
    for position, record in enumerate(laid.records):
        sums = {"yen": record.amount.yen} if record.amount else {}
        yield {"document": about.id, "kind": "record", "words": " ".join(words.get(position, ())), **sums}
    kept = {term: said(term.lstrip(analysis.UNIT), unit.surface, unit.reading) for term, unit in nouns.items()}
    readings = [reading_of(name) for name in names(laid)]
    stored = Stored(about, paper.items, paper.remainders, groups, lengths, kept, readings)
    yield {"document": about.id, "kind": "paper", "payload": _encode(stored)}


def reading_of(name: str) -> str:
    """Return how the beginning of a name is read, as it is kept."""
    return "".join([pack_reading(unit.reading) for unit in _analysed(bare_name(name)).first])[:LONGEST]


def _positions(matcher: Any) -> Iterator[tuple[int, list[int]]]:
    while matcher.is_active():
        yield matcher.id(), matcher.value_as("positions")
        matcher.next()


class _Analysed(NamedTuple):
    """The terms of a text in order, the long units behind them; the synonym groups, the nouns, its first units."""

    terms: list[str]
    groups: dict[str, int]
    nouns: dict[str, analysis.Unit]
    first: list[analysis.Unit]


@lru_cache(maxsize=20_000)
def _analysed(text: str) -> _Analysed:
    units = analysis.analyse(text)
    terms = [term for unit in units for term in unit.terms]
    long = [unit.term for unit in units if unit.term[0] == analysis.UNIT]
    return _Analysed(
        terms + long,
        {unit.term: unit.group for unit in units if unit.group is not None},
        {unit.term: unit for unit in units if unit.noun and len(unit.surface) > 1},
        units[:LONGEST],
    )


def _encode(stored: Stored) -> bytes:
    """Return the payload of a paper as JSON, compressed."""
    about, items, remainders, groups, lengths, kept, readings = stored
    words = sorted(groups.keys() | kept.keys())
    value = {
        "about": about_value(about),
        "items": [
            [i.place.line, i.place.end_line, i.place.page, i.name, i.number, i.kind, i.heading_path, i.lead, i.text,
             list(map(_AMOUNT, i.amounts))]
            for i in items
        ],
        "remainders": [[r.place.line, r.place.end_line, r.place.page, r.written, r.reason] for r in remainders],
        "words": [words, [groups.get(each, -1) for each in words], [kept.get(each, "") for each in words]],
        "lengths": lengths,
        "readings": readings,
    }  # fmt: skip
    return pack(value, 3)


def _decode(payload: bytes) -> Stored:
    value = unpack(payload)
    about = about_of(value["about"])
    items = [
        Item(
            Place(about.id, line, end, page), name, number, kind, tuple(path), lead, text, tuple(map(_amount, amounts))
        )
        for line, end, page, name, number, kind, path, lead, text, amounts in value["items"]
    ]
    remainders = [
        Remainder(Place(about.id, line, end, page), words, why) for line, end, page, words, why in value["remainders"]
    ]
    words, groups, kept = value["words"]
    return Stored(
        about,
        items,
        remainders,
        {word: group for word, group in zip(words, groups, strict=True) if group >= 0},
        value["lengths"],
        {word: each for word, each in zip(words, kept, strict=True) if each},
        value["readings"],
    )


def _amount(row: list[Any]) -> Amount:
    yen, years, stage, bound, role, account, label, flags, over, written = row
    return Amount(yen, tuple(years), stage, bound, role, account, label, tuple(flags), over, written)
