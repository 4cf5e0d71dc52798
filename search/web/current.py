"""The searcher of the store in force, which follows the commits of others."""

import gc
import threading
from pathlib import Path

from index.store import MANIFEST, unreadable
from search.searcher import Searcher


class Current:
    """The store in a folder as it stands now; safe to share between threads."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._stamp: tuple[int, ...] = ()
        self._searcher: Searcher | None = None

    def searcher(self) -> Searcher:
        """Return a searcher of the store in force; one opened before goes on answering. Raises StoreError."""
        stamp = self._stamped()
        with self._lock:
            if self._searcher is None or stamp != self._stamp:
                self._searcher, self._stamp = Searcher.open(self.store), stamp
                gc.collect()  # the one before is in a ring of references, and keeps its generation from being swept
            return self._searcher

    def _stamped(self) -> tuple[int, ...]:
        """Return what changes with each commit: `store.tsv` is another file then."""
        try:
            state = (self.store / MANIFEST).stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(self.store, error) from None
        return state.st_ino, state.st_mtime_ns, state.st_size
