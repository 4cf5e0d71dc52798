"""The papers that an answer stands in, with their dates, so that a table keeps its source wherever it is pasted."""

import re
from collections.abc import Iterable, Sequence

from index.document import About
from search.render.sheets import Column, Row, Sheet

TITLE = "文書"
HEADS = (Column("文書"), Column("題名", "wide"), Column("発行者"), Column("日付", "date"))
WORD = r"[^\s:・、，,（）()]+"
"""What stands between the marks around the name of a paper: 「monozukuri-2025:61（再掲 meti-request-2024:92）」."""


def papers_sheet(papers: Iterable[About]) -> Sheet:
    """Return what is known of each paper as a table."""
    return Sheet(TITLE, HEADS, tuple(Row((each.id, each.title, each.publisher, each.date)) for each in papers))


def with_papers(sheets: Iterable[Sheet], papers: Sequence[About]) -> list[Sheet]:
    """Return `sheets`, and behind them a table of those of `papers` that they name, if any."""
    shown = list(sheets)
    found = cited(shown, papers) if papers else []
    return [*shown, papers_sheet(found)] if found else shown


def cited(sheets: Iterable[Sheet], papers: Iterable[About]) -> list[About]:
    """Return those of `papers` that `sheets` name."""
    named = {word for sheet in sheets for word in _words(sheet)}
    return [each for each in papers if each.id in named]


def _words(sheet: Sheet) -> Iterable[str]:
    """Yield the words of a sheet among which the names of papers are."""
    cells = (cell for row in sheet.rows for cell in row.cells if isinstance(cell, str))
    for text in (sheet.title, *cells):
        yield from re.findall(WORD, text)
