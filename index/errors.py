"""Everything that can go wrong in a way the user can mend.

Each message is one Japanese sentence that says what was expected, where, and what to do.

    Failure
    ├── PaperError      a paper that cannot be read, or says something impossible of itself
    ├── StoreError      a store that cannot be opened, read or written
    │   ├── StoreOutdated   made with another format, dictionary or synonym table
    │   ├── StoreBusy       another writer holds it
    │   └── Absent          what is asked for by its name or place is not in it
    ├── QueryError      a query that makes no sense (``search/errors.py``)
    └── HeadingError    a heading that is not there, or prints no total (``search/errors.py``)
"""

import errno

_REASONS = {
    "ENOSPC": "空き容量がありません",
    "EDQUOT": "割り当てられた容量を使い切っています",
    "EFBIG": "ファイルの大きさの上限を超えます",
    "EACCES": "権限がありません",
    "EPERM": "権限がありません",
    "EROFS": "読み取り専用です",
    "ENOENT": "見つかりません",
    "EEXIST": "同じ名前のファイルがあります",
    "ENOTDIR": "フォルダーではありません",
    "EISDIR": "フォルダーです",
    "ENAMETOOLONG": "名前が長すぎます",
    "EIO": "装置が読み書きに失敗しました",
    "ELOOP": "リンクが循環しています",
}


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


class Absent(StoreError):
    """The store has no such paper, or nothing at this place."""


def reason(error: OSError) -> str:
    """Return in Japanese why the system refused; in its own words where we have none."""
    return _REASONS.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))


def shown(what: object) -> str:
    """Return `what` for a message: on one line, with nothing that a terminal cannot print."""
    return "".join(char if char.isprintable() or char == "\u3000" else "\ufffd" for char in str(what))
