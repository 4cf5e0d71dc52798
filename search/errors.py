"""A query that makes no sense, shown with a caret under the place."""

import unicodedata

from index.errors import Failure
from index.text import display_width

WINDOW = 60
BEFORE = 20
CARETS = 40


class QueryError(Failure):
    """A query that makes no sense between `start` and `end`; `message` says what was expected there."""

    def __init__(self, message: str, source: str, start: int, end: int, example: str = "") -> None:
        super().__init__(message, source, start, end, example)
        self.message = message
        self.source = source
        self.start = start
        self.end = end
        self.example = example

    def __str__(self) -> str:
        lines = [self.message]
        if self.source.strip():
            lines += pointed(self.source, self.start, self.end)
        if self.example:
            lines.append(f"例: {self.example}")
        return "\n".join(lines)


class HeadingError(Failure):
    """A heading that a paper does not have, or that prints no total of its own."""


def pointed(source: str, start: int, end: int) -> tuple[str, str]:
    """Return a line that shows `source` around the span, cut to a window, with a line of carets under the span."""
    after = reach(source[start:], WINDOW - BEFORE)
    first = start - reach(source[:start][::-1], WINDOW - display_width(source[start : start + after]))
    last = first + reach(source[first:], WINDOW)
    line = "  " + "…" * (first > 0) + shown(source[first:last]) + "…" * (last < len(source))
    blank = " " * (2 + (first > 0) + display_width(source[first:start]))
    return line, blank + "^" * max(1, min(CARETS, display_width(source[start : min(end, last)])))


def shown(text: str) -> str:
    """Return `text` as one line that can be printed: a blank for what controls, U+FFFD for half a character."""
    replaced = {"Cs": "\ufffd", **dict.fromkeys(("Cc", "Cf", "Zl", "Zp"), " ")}
    return "".join(replaced.get(unicodedata.category(each), each) for each in text)


def reach(text: str, limit: int) -> int:
    """Return how many characters of `text` fit into `limit` columns; a heap of combining marks does not."""
    taken = 0
    for position, character in enumerate(text):
        taken += display_width(character)
        if taken > limit or position > limit * 4:
            return position
    return len(text)
