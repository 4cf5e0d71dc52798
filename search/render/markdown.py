"""Results and items as tables of Markdown, one row an amount."""

from collections.abc import Iterable, Iterator, Sequence

from index.document import About, Item
from search.render.backends.markdown import escaped, lines
from search.render.figures.hits import items_sheet, sheets
from search.render.papers import with_papers
from search.render.words import closing, items_closing
from search.results import ResultPage


def of_page(
    page: ResultPage, form: str, width: int | None, colour: bool, papers: Sequence[About] = ()
) -> Iterator[str]:
    """Yield a heading and a table for each group, the papers they stand in, then what was found."""
    tables = list(lines(with_papers(sheets(page), papers), width, colour))
    yield from (*tables, "") if tables else ()
    yield from (f"- {escaped(each)}" for each in page.diagnosis)
    yield from ([""] if page.diagnosis else [])
    yield "  \n".join(closing(page))


def of_items(
    items: Iterable[Item], form: str, width: int | None, colour: bool, papers: Sequence[About] = ()
) -> Iterator[str]:
    """Yield one table with all amounts, the paper they stand in, then how many there are."""
    listed = list(items)
    tables = list(lines(with_papers([items_sheet(listed)], papers), width, colour))
    yield from (*tables, "") if tables else ()
    yield items_closing(len(listed), sum(len(each.amounts) for each in listed))
