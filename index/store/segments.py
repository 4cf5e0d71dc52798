"""Documents whose terms are ready, into segments of Whoosh's, sooner than by its own writer.

Whoosh makes a token object of each term and a tuple of each posting, sorts the tuples (those of a large commit by way
of files), and asks a file for the length of the document of each. Here terms have their postings in arrays.
"""

from array import array
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment
from whoosh.formats import Positions
from whoosh.writing import SegmentWriter


class Postings(NamedTuple):
    """The documents that a term stands in, in order; how often in each, and what Whoosh keeps of where."""

    documents: "array[int]"
    weights: "array[float]"
    values: list[bytes]


class Writer(SegmentWriter):  # type: ignore[misc]  # Whoosh 2.7.4 carries no types
    """A writer of Whoosh's for fields without boosts or vectors, which have terms parted by spaces, or are one term."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=_Codec(compression=0))  # all of a segment is compressed when it is written
        self.pool = _Pool()
        self._encoded: dict[tuple[int, ...], bytes] = {}

    def add_document(self, **values: Any) -> None:
        """Add a document, as the writer of Whoosh does."""
        number, documents = self.docnum, self.perdocwriter
        documents.start_doc(number)
        for name in sorted(values):
            value, field = values[name], self.schema[name]
            length = self._put(name, field, value) if field.indexed else 0
            documents.add_field(name, field, value if field.stored else None, length if field.scorable else 0)
            if field.column_type:
                documents.add_column_value(name, field.column_type, field.to_column_value(value))
        documents.finish_doc()
        self._added = True
        self.docnum += 1

    def _put(self, name: str, field: Any, value: str) -> int:
        """Put the terms of a field to the postings, and return how many there are."""
        if not isinstance(field.format, Positions):
            self.pool.put(name, value.encode(), self.docnum, 1, b"")
            return 1
        terms = value.split()
        places: dict[str, list[int]] = {}
        for place, term in enumerate(terms):
            if term in places:
                places[term].append(place)
            else:
                places[term] = [place]
        for term, each in ((term, tuple(some)) for term, some in places.items()):
            if (encoded := self._encoded.get(each)) is None:  # the same object for the same: a block has it once
                encoded = self._encoded[each] = field.format.encode(each)
            self.pool.put(name, term.encode(), self.docnum, len(each), encoded)
        return len(terms)


class _Pool:
    """The postings of each term of each field, in place of Whoosh's pool of single ones."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, Postings]] = {}
        self._read: dict[bytes | None, bytes] = {None: b""}

    def put(self, field: str, term: bytes, document: int, weight: float, value: bytes) -> None:
        """Put the next posting of a term; documents come in order."""
        terms = self._fields.setdefault(field, {})
        if (postings := terms.get(term)) is None:
            postings = terms[term] = Postings(array("I"), array("f"), [])
        postings.documents.append(document)
        postings.weights.append(weight)
        postings.values.append(value)

    def add(self, posting: tuple[str, bytes, int, float, bytes | None]) -> None:
        """Put a posting of a segment that is merged; values that are alike are kept once."""
        field, term, document, weight, value = posting
        self.put(field, term, document, weight, self._read.setdefault(value, value or b""))

    def iter_postings(self) -> Iterator[tuple[str, Iterable[tuple[bytes, Postings]]]]:
        """Yield the fields in order, each with its terms in order."""
        for name in sorted(self._fields):
            yield name, sorted(self._fields[name].items(), key=itemgetter(0))

    def cleanup(self) -> None:
        """Forget the postings."""
        self._fields.clear()
        self._read = {None: b""}


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec, with a writer of postings that come term by term. It only writes: segments do not name it."""

    def field_writer(self, storage: Any, segment: Any) -> Any:
        return _FieldWriter(self, storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        return W3Segment(W3Codec(), indexname)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[str, Iterable[tuple[bytes, Postings]]]]
    ) -> None:
        """Write the postings that the pool gives; `lengths` knows how many terms the fields of documents have."""
        for name, terms in items:
            field = schema[name]
            documents = range(lengths.doc_count_all() if field.scorable else 0)
            of = [lengths.doc_field_length(each, name) for each in documents]
            self.start_field(name, field)
            for term, postings in terms:
                self.start_term(term)
                for document, weight, value in zip(*postings, strict=True):
                    self.add(document, weight, value, of[document] if of else 0)
                self.finish_term()
            self.finish_field()
