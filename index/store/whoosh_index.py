"""Whoosh's index of a generation, to be written and read, and papers before a commit, read in the same way."""

import pickle
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import whoosh
from whoosh import columns, fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import RamStorage

from index.errors import Failure
from index.store import segments
from index.store.documents import Stored, decode
from index.store.storage import PackedStorage, compressed, damaged, stays
from index.store.unpickling import only_known

VERSION = ".".join(map(str, whoosh.__version__[:3]))
"""The Whoosh that this is; what another one wrote is not added to."""


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
            return [decode(reader.stored_fields(each)["payload"]) for each in last]

    def papers(self) -> Iterator[tuple[list[int], Stored]]:
        """Yield the committed papers in order of their ids, each with the numbers of its documents."""
        with self.reading(), self._index.reader() as reader:
            for name in reader.lexicon("document"):
                if documents := _documents(reader, name):
                    yield documents, decode(reader.stored_fields(documents[-1])["payload"])

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
    return {name: compressed(data) for name, data in storage.files.items() if stays(name)}


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
            yield list(range(first, first + len(documents))), decode(documents[-1]["payload"])
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


def _positions(matcher: Any) -> Iterator[tuple[int, list[int]]]:
    while matcher.is_active():
        yield matcher.id(), matcher.value_as("positions")
        matcher.next()
