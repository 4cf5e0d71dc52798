"""One page for a meeting: the sums, the histories, the lines that they stand on."""

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

from search.figures import BriefPage, HistoryPage
from search.render.backends.markdown import escaped, heading
from search.render.backends.markdown import lines as markdown_lines
from search.render.cells import title, words
from search.render.entries import clear
from search.render.figures import history, hits, totals
from search.render.papers import TITLE as PAPERS
from search.render.papers import papers_sheet
from search.render.sheets import RIGHT, Column, Row, Sheet, without_empty
from search.render.words import oku, with_previous
from search.results import GROUPS, Hit

TEMPLATES = Path(__file__).with_name("templates")
FOUND, QUOTES = "根拠", "原文"
QUOTE_HEADS = (Column("文書"), Column("行", "number"), Column("名称", "wide"), Column("原文", "wide"))


class Finding(NamedTuple):
    """A hit as a brief shows it: its group is named where it is not certain."""

    name: str
    place: str
    group: str
    sums: tuple[str, ...]
    lines: tuple[tuple[int, str], ...]


def render_brief(page: BriefPage, form: str) -> str:
    """Return a brief as ``markdown`` or ``html``, without a line end at its end."""
    return _html(page) if form == "html" else "\n".join(_markdown(page))


def sheets(page: BriefPage) -> Iterator[Sheet]:
    """Yield a brief as the sheets of a workbook."""
    yield from totals.sheets(page.total, False)
    yield totals.flat(page.total)
    for each in page.histories:
        yield from history.sheets(each, False)
    yield hits.flat(page.hits)
    yield papers_sheet(page.documents)
    rows = (
        Row((hit.item.place.document, number, hit.item.name, text))
        for hit, lines in _quoted(page)
        for number, text in lines
    )
    yield Sheet(QUOTES, QUOTE_HEADS, tuple(rows))


def findings(page: BriefPage) -> list[Finding]:
    """Return the hits with their sums and their lines, in words that do nothing to whoever reads them."""
    return [
        Finding(
            clear(hit.item.name),
            clear(str(hit.item.place)),
            GROUPS[hit.group] if hit.group != "certain" else "",
            tuple(_sums(hit)),
            tuple((number, clear(text).strip()) for number, text in lines),
        )
        for hit, lines in _quoted(page)
    ]


def _quoted(page: BriefPage) -> Iterator[tuple[Hit, tuple[tuple[int, str], ...]]]:
    """Yield each hit with its lines, none where they were not looked up."""
    return zip(page.hits.hits, chain(page.quotes, repeat(())), strict=False)


def _sums(hit: Hit) -> Iterator[str]:
    """Yield each amount that answered: 「2,658億円 2023 補正」, with its label where that says more than the name."""
    for position in hit.matched:
        amount = hit.item.amounts[position]
        label = f" {amount.label}" if amount.label and amount.label not in hit.item.name else ""
        yield clear(f"{oku(amount.yen)}億円 {with_previous(amount, None)}{label}")


def _markdown(page: BriefPage) -> Iterator[str]:
    """Yield the lines of a brief in Markdown."""
    yield from (f"# {heading(page.query)}", "", escaped(f"{page.reading}（{page.date} 作成）"), "")
    yield from markdown_lines(totals.sheets(page.total, False), None, False, "##")
    for each in page.histories:
        yield ""
        yield from markdown_lines(history.sheets(each, False), None, False, "##")
    if page.hits.hits:
        yield from ("", f"## {_found(page)}", "")
        for found in findings(page):
            yield from _finding(found)
    if page.documents:
        yield from () if page.hits.hits else ("",)
        yield from markdown_lines([papers_sheet(page.documents)], None, False, "##")


def _found(page: BriefPage) -> str:
    """Return the heading of the hits, with how many there are where not all are shown: 「根拠（24件のうち5件）」."""
    shown, found = len(page.hits.hits), page.hits.found
    return FOUND if shown == found else f"{FOUND}（{found:,}件のうち{shown:,}件）"


def _finding(found: Finding) -> Iterator[str]:
    """Yield a hit as a paragraph with its sums, and its lines as a quotation."""
    group = f" {found.group}" if found.group else ""
    yield f"**{escaped(found.name)}** {escaped(found.place)}{group}"
    yield from ("", *(f"- {escaped(each)}" for each in found.sums)) if found.sums else ()
    yield ""
    for number, text in found.lines:
        yield f"> {number}　{escaped(text)}  "
    yield from ("",) if found.lines else ()


def _html(page: BriefPage) -> str:
    """Return a brief as a page of HTML that needs nothing but itself."""
    template = _template("brief.html")
    return str(
        template.render(
            query=clear(page.query),
            reading=clear(page.reading),
            date=clear(page.date),
            totals=[_table(each) for each in totals.sheets(page.total, False)],
            histories=[_history(each) for each in page.histories],
            findings=findings(page),
            documents=_table(papers_sheet(page.documents)),
            heads={"found": _found(page), "documents": PAPERS},
        )
    ).rstrip()


def _history(page: HistoryPage) -> dict[str, Any]:
    """Return a history with its chart."""
    from search.render.chart import of_history

    (sheet, *_) = history.sheets(page, False)
    return {"chart": of_history(page, page.name), "table": _table(sheet)}


def _table(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as words for a template."""
    sheet = without_empty(sheet, "bar")
    return {
        "title": title(sheet),
        "heads": [(clear(each.head), "right" if each.kind in RIGHT else each.kind) for each in sheet.columns],
        "rows": [(row.style, _cells(row, sheet.columns)) for row in sheet.rows],
        "notes": [clear(note) for note in sheet.notes],
    }


def _cells(row: Row, columns: Sequence[Column]) -> list[tuple[str, str]]:
    cells = zip(row.cells, columns, strict=True)
    return [(words(cell, column), "right" if column.kind in RIGHT else column.kind) for cell, column in cells]


def _template(name: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES, encoding="utf-8")
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return environment.get_template(name)
