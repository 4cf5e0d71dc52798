"""What may be unpickled while a store is read: what Whoosh keeps of its segments, and nothing that runs code.

Whoosh pickles the table of its segments and the blocks of its postings, in a dozen places; unpickling may call
whatever the bytes name. Python tells of each name before it is looked up, wherever that happens, and goes no further
when that is refused: https://docs.python.org/3/library/pickle.html ("auditing event pickle.find_class").
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pickle import UnpicklingError
from typing import Any

KNOWN = frozenset(
    {
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("collections", "defaultdict"),  # of numbers of terms, by field
        ("builtins", "int"),
        ("builtins", "set"),  # of removed documents
        ("_codecs", "encode"),  # bytes, as the second protocol writes them
        ("__builtin__", "bytes"),  # none, as it writes these: in the runs that a large commit sorts
    }
)


class _Here(threading.local):
    """Whether this thread is reading a store."""

    reading = 0


_here = _Here()


@contextmanager
def only_known() -> Iterator[None]:
    """Have this thread unpickle nothing that names anything but KNOWN: it raises UnpicklingError."""
    _here.reading += 1
    try:
        yield
    finally:
        _here.reading -= 1


def _watch(event: str, given: tuple[Any, ...]) -> None:
    if event == "pickle.find_class" and _here.reading and given not in KNOWN:
        raise UnpicklingError(f"{given[0]}.{given[1]} is not what Whoosh keeps of its segments")


sys.addaudithook(_watch)
