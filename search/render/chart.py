"""The points of a history as bars, drawn in SVG that carries its own words and no style but classes."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from index.document import in_time
from search.figures import HistoryPage, Point
from search.render.cells import about
from search.render.entries import clear
from search.render.figures.parts import when
from search.render.words import NONE

if TYPE_CHECKING:
    from markupsafe import Markup

ROW, BAR = 26, 16
LABEL, VALUE, WIDTH = 130, 120, 640
"""A row and the bar in it are this high; the label, the sum and the whole drawing are this wide."""

HOPED = ("request", "priority")
"""Stages at which money is asked for, drawn paler than what was given."""


def of_history(page: HistoryPage, title: str) -> "Markup":
    """Return the drawing of a history in order of its years and stages, as what a template need not escape."""
    from markupsafe import Markup

    return Markup(svg(sorted(page.points, key=lambda point: in_time(point.years, point.stage)), title))


def svg(points: Sequence[Point], title: str) -> str:
    """Return a drawing with a bar for each point, as long as its sum; all words in it are escaped."""
    most = max((abs(point.yen or 0) for point in points), default=0)
    rows = "".join(part for number, point in enumerate(points) for part in _row(number, point, most))
    name = escape(clear(title))
    box = f"0 0 {WIDTH} {ROW * len(points)}"
    return f'<svg class="chart" viewBox="{box}" role="img" aria-label="{name}"><title>{name}</title>{rows}</svg>'


def _row(number: int, point: Point, most: int) -> Iterator[str]:
    """Yield the label, the bar and the sum of a point."""
    top = number * ROW
    length = round(abs(point.yen or 0) / most * (WIDTH - LABEL - VALUE), 1) if most else 0
    kind = "asked" if point.stage in HOPED else "given"
    written = NONE if point.yen is None else f"{about(point.yen)}億円"
    base = top + ROW // 2 + 5
    label = escape(when(point.years, point.stage))
    yield f'<text class="label" x="{LABEL - 10}" y="{base}" text-anchor="end">{label}</text>'
    yield f'<rect class="{kind}" x="{LABEL}" y="{top + (ROW - BAR) // 2}" width="{length}" height="{BAR}" rx="2"/>'
    yield f'<text class="sum" x="{LABEL + length + 8}" y="{base}">{escape(written)}</text>'
