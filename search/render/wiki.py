"""Results and items as tables of a wiki, one row an amount."""

from collections.abc import Iterable, Iterator, Sequence

from index.document import About, Item
from search.render.backends.wiki import lines
from search.render.figures.hits import items_sheet, sheets
from search.render.papers import with_papers
from search.render.sheets import Sheet
from search.render.words import found, items_closing
from search.results import ResultPage


def of_page(
    page: ResultPage, form: str, width: int | None, colour: bool, papers: Sequence[About] = ()
) -> Iterator[str]:
    """Yield a heading and a table for each group, the papers they stand in, then what was asked and found."""
    asked = Sheet("", (), (), (f"検索式：{page.query}", *page.diagnosis, found(page)))
    return lines([*with_papers(sheets(page), papers), asked], form)


def of_items(
    items: Iterable[Item], form: str, width: int | None, colour: bool, papers: Sequence[About] = ()
) -> Iterator[str]:
    """Yield one table with all amounts, the paper they stand in, then how many there are."""
    listed = list(items)
    closing = items_closing(len(listed), sum(len(each.amounts) for each in listed))
    return lines([*with_papers([items_sheet(listed)], papers), Sheet("", (), (), (closing,))], form)
