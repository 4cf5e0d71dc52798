"""Stores to attack."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus
from index import indexer


@contextlib.contextmanager
def store_of(given: Path | None, items: int) -> Iterator[Path]:
    """Give a store: the one that is there, or one of made-up papers for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        if given is None:
            made = corpus.write(Path(folder), items)
            indexer.add(Path(folder) / "store", made.papers, jobs=1)
        yield given or Path(folder) / "store"
