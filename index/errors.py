"""Everything that can go wrong in a way the user can mend.

Each message is one Japanese sentence that says what was expected, where, and what to do.

    Failure
    ├── PaperError      a paper that cannot be read, or says something impossible of itself
    ├── StoreError      a store that cannot be opened, read or written
    │   ├── StoreOutdated   made with another format, dictionary or synonym table
    │   └── StoreBusy       another writer holds it
    └── QueryError      a query that makes no sense (``search/errors.py``)
"""


class Failure(Exception):
    """A fault with one sentence for the user; the command line turns it into exit status 2."""


class PaperError(Failure):
    """A paper could not be read, or what is said of it makes no sense."""


class StoreError(Failure):
    """A store could not be opened, read or written."""


class StoreOutdated(StoreError):
    """The store was made with another format, dictionary or synonym table."""


class StoreBusy(StoreError):
    """Another process is writing to the store."""
