"""Pages of results, items and single entries as text, one module a format."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from types import ModuleType

from index.document import About, Item
from search.results import ResultPage

FORMATS = {
    "table": "table",
    "json": "json",
    "jsonl": "json",
    "csv": "csv",
    "tsv": "csv",
    "markdown": "markdown",
}
"""Every format, and the module here that writes it; a module is imported when its format is asked for.

Each has ``of_page`` and ``of_items``, which yield the lines for a page of results and for the items of a document.
"""


LEAST_WIDTH = 40
"""A terminal of fewer columns is written to as if it had these."""


def render(page: ResultPage, form: str, *, width: int | None = None, colour: bool = False) -> str:
    """Return a page of results in a format, without a line end at its end.

    `width` is that of the terminal in columns; None is a pipe: no colour, nothing wrapped, nothing cut.
    """
    return "\n".join(_load(FORMATS[form]).of_page(page, form, _fitting(width), colour and width is not None))


def render_items(items: Iterable[Item], form: str, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Yield the lines that show the items of a document in a format."""
    yield from _load(FORMATS[form]).of_items(items, form, _fitting(width), colour and width is not None)


def render_item(
    item: Item,
    lines: Sequence[tuple[int, str]],
    about: About | None = None,
    *,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Return all that is known of one item, with the numbered `lines` of the paper that it was read from."""
    return "\n".join(_load("show").lines_of(item, lines, about, _fitting(width), colour and width is not None))


def _fitting(width: int | None) -> int | None:
    return None if width is None else max(width, LEAST_WIDTH)


def _load(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
