"""A paper's file to its lines."""

from collections.abc import Callable
from pathlib import Path

from index.document import Line
from index.readers import text

READERS: dict[str, Callable[[Path], tuple[Line, ...]]] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".markdown": text.read,
}
"""The reader for each suffix; a suffix that is not here is tried as text."""


def read_lines(path: Path) -> tuple[Line, ...]:
    """Return the lines of the paper at `path` as they stand there."""
    return READERS.get(path.suffix.lower(), text.read)(path)
