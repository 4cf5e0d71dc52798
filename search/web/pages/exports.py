"""What a page shows as a file: CSV, XLSX or JSON, at the same address with another ending."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from search.render import render, render_answer, workbook
from search.web.exchange import JSON, Answer
from search.web.visit import Visit

if TYPE_CHECKING:
    from search.render import Answer as Figures

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": JSON,
}
"""What the file is behind each ending of an address."""

LABELS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


def search(visit: Visit) -> Answer:
    """Answer with all hits of a query as a file, as many as a file may hold."""
    query, match = visit.text("q"), visit.text("match")
    page = visit.searcher.search(
        query,
        limit=visit.settings.limits.export,
        sort=visit.text("sort"),
        only=visit.choice("only"),
        match=match,
    )
    ending = visit.route.path.rpartition(".")[2]
    if ending == "xlsx":
        return file(workbook(page), ending, "search")
    return file(render(page, ending, excel=True).encode("utf-8"), ending, "search")


def figures(page: Figures, ending: str, name: str) -> Answer:
    """Return a page about sums as a file."""
    if ending == "xlsx":
        return file(workbook(page), ending, name)
    return file(render_answer(page, ending, excel=True).encode("utf-8"), ending, name)


def file(body: bytes, ending: str, name: str) -> Answer:
    """Return a file to be kept under a name of ours."""
    disposition = f'attachment; filename="seisaku-{quote(name)}.{ending}"'
    return Answer(200, MEDIA[ending], body, headers=(("Content-Disposition", disposition),))
