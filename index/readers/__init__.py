"""A paper's file to its lines."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.document import Line
from index.errors import PaperError, shown
from index.readers import text

Reader = Callable[[Path], tuple[Line, ...]]


def _late(name: str) -> Reader:
    """Return the reader of a module here that is imported when its first paper comes: few papers need it."""

    def read(path: Path) -> tuple[Line, ...]:
        try:
            reader = import_module(f"index.readers.{name}")
        except ModuleNotFoundError as fault:
            raise PaperError(
                f"{shown(path)} を読む部品がありませんので、pip install 'seisaku[office]' を実行してください"
            ) from fault
        lines: tuple[Line, ...] = reader.read(path)
        return lines

    return read


READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".markdown": text.read,
    ".docx": _late("word"),
    ".docm": _late("word"),
    ".xlsx": _late("excel"),
    ".xlsm": _late("excel"),
    ".pptx": _late("powerpoint"),
    ".pptm": _late("powerpoint"),
    ".html": _late("html"),
    ".htm": _late("html"),
    ".csv": _late("delimited"),
    ".tsv": _late("delimited"),
    ".pdf": _late("pdf"),
}
"""The reader for each suffix; a suffix that is not here is tried as text."""


def read_lines(path: Path) -> tuple[Line, ...]:
    """Return the lines of the paper at `path` as they stand there."""
    return READERS.get(path.suffix.lower(), text.read)(path)
