"""Pages of results, items and single entries as text, one module a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from index.document import About, Item
from search.results import ResultPage

if TYPE_CHECKING:
    from search.figures import BriefPage, CheckPage, ComparePage, FacetPage, HistoryPage, LinkPage, TotalPage
    from search.render.sheets import Sheet

    Answer: TypeAlias = TotalPage | CheckPage | HistoryPage | LinkPage | ComparePage | FacetPage

FORMATS = {
    "table": "table",
    "json": "json",
    "jsonl": "json",
    "csv": "csv",
    "tsv": "csv",
    "markdown": "markdown",
    "dokuwiki": "wiki",
    "mediawiki": "wiki",
    "confluence": "wiki",
}
"""Every format, and the module here that writes it; a module is imported when its format is asked for.

Each has ``of_page`` and ``of_items``, which yield the lines for a page of results and for the items of a document.
"""

PASTED = ("markdown", "dokuwiki", "mediawiki", "confluence")
"""The formats that leave the house, and so name the papers that they stand in, with their dates, if they are told."""

ANSWERS = {
    "TotalPage": "totals",
    "CheckPage": "checks",
    "HistoryPage": "history",
    "LinkPage": "links",
    "ComparePage": "compare",
    "FacetPage": "facets",
}
"""Every class of page about sums, and the module in `search.render.figures` that makes sheets and objects of it."""

LEAST_WIDTH = 40
"""A terminal of fewer columns is written to as if it had these."""


def render(
    page: ResultPage,
    form: str,
    *,
    width: int | None = None,
    colour: bool = False,
    excel: bool = False,
    papers: Sequence[About] = (),
) -> str:
    """Return a page of results in a format, without a line end at its end.

    `width` is that of the terminal in columns; None is a pipe: no colour, nothing wrapped, nothing cut. `excel` is for
    CSV and TSV that a spreadsheet is to open: see `search.render.csv`. `papers` are those of the store, of which a
    format of PASTED names the ones that the page stands in.
    """
    if excel and FORMATS[form] == "csv":
        csv = _load("csv")
        return str(csv.for_excel(csv.of_page(page, form, None, False, excel=True)))
    known = {"papers": papers} if form in PASTED else {}
    return "\n".join(_load(FORMATS[form]).of_page(page, form, _fitting(width), colour and width is not None, **known))


def render_answer(
    page: Answer,
    form: str,
    *,
    width: int | None = None,
    colour: bool = False,
    full: bool = False,
    excel: bool = False,
    papers: Sequence[About] = (),
) -> str:
    """Return a page about sums in a format, without a line end at its end; see `render`.

    `full` shows the eye all of it; what is for programs (JSON, CSV) always has all.
    """
    figures = _load(f"figures.{ANSWERS[type(page).__name__]}")
    match FORMATS[form]:
        case "json":
            json = _load("json")
            return "\n".join(
                map(json.dumps, figures.lines(page)) if form == "jsonl" else json.spread(figures.whole(page))
            )
        case "csv":
            lines = _load("backends.csv").lines(figures.flat(page), form, excel)
            return str(_load("csv").for_excel(lines)) if excel else "\n".join(lines)
        case "wiki":
            return "\n".join(_load("backends.wiki").lines(_sourced(figures.sheets(page, full), papers), form))
        case backend:
            sheets = figures.sheets(page, full)
            sheets = _sourced(sheets, papers) if form in PASTED else sheets
            return "\n".join(_load(f"backends.{backend}").lines(sheets, _fitting(width), colour and width is not None))


def render_brief(page: BriefPage, form: str) -> str:
    """Return a brief as ``markdown`` or ``html``, without a line end at its end. Raises Failure without Jinja2."""
    return str(_load("brief").render_brief(page, form))


def workbook(page: Answer | BriefPage | ResultPage, total: TotalPage | None = None) -> bytes:
    """Return a page as an XLSX workbook: what is shown of it, then the table with all of it.

    A page of results has the table only, and `total`, its sums, behind it. Raises Failure where openpyxl is missing.
    """
    pages = [each for each in (page, total) if each is not None]
    return bytes(_load("backends.xlsx").workbook([sheet for each in pages for sheet in _sheets_of(each)]))


def workbook_of_items(document: str, items: Iterable[Item]) -> bytes:
    """Return the items of a document as an XLSX workbook. Raises Failure where openpyxl is missing."""
    return bytes(_load("backends.xlsx").workbook([_load("figures.hits").of_items(document, items)]))


def render_items(
    items: Iterable[Item],
    form: str,
    *,
    width: int | None = None,
    colour: bool = False,
    excel: bool = False,
    papers: Sequence[About] = (),
) -> Iterator[str]:
    """Yield the lines that show the items of a document in a format; `excel` is for CSV and TSV: see `render`."""
    if excel and FORMATS[form] == "csv":
        csv = _load("csv")
        yield str(csv.for_excel(csv.of_items(items, form, None, False, excel=True)))
    else:
        known = {"papers": papers} if form in PASTED else {}
        layout = (_fitting(width), colour and width is not None)
        yield from _load(FORMATS[form]).of_items(items, form, *layout, **known)


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


def _sheets_of(page: Answer | BriefPage | ResultPage) -> Iterator[Sheet]:
    """Yield the pages of a workbook about `page`."""
    match type(page).__name__:
        case "ResultPage":
            yield _load("figures.hits").flat(page)
        case "BriefPage":
            yield from _load("brief").sheets(page)
        case name:
            figures = _load(f"figures.{ANSWERS[name]}")
            yield from figures.sheets(page, False)
            yield figures.flat(page)


def _sourced(sheets: Iterable[Sheet], papers: Sequence[About]) -> list[Sheet]:
    return list(_load("papers").with_papers(sheets, papers))


def _fitting(width: int | None) -> int | None:
    return None if width is None else max(width, LEAST_WIDTH)


def _load(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
