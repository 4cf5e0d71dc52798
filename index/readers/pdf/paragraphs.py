"""Printed lines of a whole paper to its lines: wrapped ones made whole, blank ones where there is room."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median, median_low
from typing import NamedTuple

from index.amounts.brackets import balance
from index.dates import read_date
from index.document import Line
from index.outline.numbering import opening_of
from index.outline.pages import furniture
from index.readers.pdf.pages import Reading, goes_on, whole
from index.readers.pdf.printed import NOT_FIRST, run_on

_BLANK = 1.5
"""From so many times the usual distance between lines on, there is a blank line."""

_SUPPORT = 3
"""So many lines end at the right margin of a column, or it has none that is known."""

_AIR = 0.2
"""So much of their height is left between kanji and figures."""

_DEEPEST = 5
"""A line that begins so many letters further to the right is no rest of the one above, but centred or a column."""

_LONGEST_DATE = 40
_STEADY = 3.0
"""A running head stands no further than this, in points, from where it stands on other pages."""

_DIGITS = re.compile(r"[0-9０-９\s　]")
_WORD = re.compile(r"[^\W_]{2}")
_COLUMNS = "  "
"""Between the columns of a table without rules (see `printed`)."""

_END = "。．！？!?"
_HANGS_ON = "、。，．,.（(【〔［[）)】〕］]※"
"""What begins with one of these goes on with what stands above, also over the end of a page."""


class Layout(NamedTuple):
    """What the pages of a paper have in common: where columns of text end, how far apart lines stand (in heights)."""

    margins: dict[tuple[int, str], float]
    distance: float


def lines_of_paper(pages: Sequence[Sequence[Reading | str]]) -> tuple[Line, ...]:
    """Return the lines of a paper from what is read on each page; a string is a notice of what cannot be.

    A line that goes on over the end of a column or a page is made whole where it begins.
    """
    read = [(each, page) for page, each_page in enumerate(pages, 1) for each in each_page]
    texts = [each.line.text if isinstance(each, Reading) else each for each, _ in read]
    printed = {at: each for at, (each, _) in enumerate(read) if isinstance(each, Reading)}
    running = _running(texts, read)
    body = [at for at in printed if at not in running]
    layout = _layout(list(printed.values()))
    rest, blank = set(), set()
    first = body[0] if body else 0
    for above, at in pairwise(body):
        turned = read[above][1] != read[at][1] or printed[at].line.top < printed[above].line.top
        if turned and goes_on(printed[first], printed[at]):
            printed[first] = whole(printed[first], printed[at])
            texts[first] = printed[first].line.text
            rest.add(at)
        elif _wraps(texts[first], printed[first], printed[above], printed[at], layout, turned=turned):
            texts[first] = run_on(texts[first], texts[at])
            rest.add(at)
        else:
            first = at
            if _apart(printed[above], printed[at], layout, turned=turned):
                blank.add(at)
    lines: list[tuple[str, int]] = []
    for at, (_, page) in enumerate(read):
        lines += [("", page)] if at in blank else []
        lines += [(texts[at], page)] if at not in rest else []
    return tuple(Line(number, text, page) for number, (text, page) in enumerate(lines, 1))


def _running(texts: Sequence[str], read: Sequence[tuple[Reading | str, int]]) -> set[int]:
    """Return which lines belong to the pages: their numbers, and heads that stand at the same height on several."""
    found = furniture([Line(at, text, page) for at, (text, (_, page)) in enumerate(zip(texts, read, strict=True))])
    bases: dict[str, list[float]] = defaultdict(list)
    keys: dict[int, tuple[str, float]] = {}
    for at in sorted(found):
        if isinstance(each := read[at][0], Reading):
            keys[at] = (_DIGITS.sub("", texts[at]), each.line.base)
            bases[keys[at][0]].append(each.line.base)
    return {
        at
        for at, (key, base) in keys.items()
        if not _WORD.search(key) or sum(abs(other - base) <= _STEADY for other in bases[key]) >= _SUPPORT
    }


def _layout(read: Sequence[Reading]) -> Layout:
    """Return what the pages have in common."""
    ends: dict[tuple[int, str] | None, list[Reading]] = defaultdict(list)
    for each in read:
        ends[each.column].append(each)
    known = ((column, _margin(lines)) for column, lines in ends.items() if column)
    margins = {column: margin for column, margin in known if margin is not None}
    steps = [
        (below.line.base - above.line.base) / below.line.size
        for above, below in pairwise(read)
        if above.column and above.column == below.column and below.line.base > above.line.base and below.line.size
    ]
    return Layout(margins, min(2.5, median_low(steps)) if steps else 1.5)


def _margin(lines: Sequence[Reading]) -> float | None:
    """Return where the lines of a column end, the rightmost place where enough of them do; 「、」 may hang over it."""
    places = sorted((each.line.x1 for each in lines if each.line.text[-1] not in NOT_FIRST), reverse=True)
    size = median(each.line.size for each in lines)
    near = (at for at in range(len(places) - _SUPPORT + 1) if places[at] - places[at + _SUPPORT - 1] <= size)
    return next((places[at] for at in near), None)


def _wraps(text: str, first: Reading, above: Reading, below: Reading, layout: Layout, *, turned: bool) -> bool:
    """Say whether `below` goes on with `text`: it begins with no mark, and its beginning had no room on the line above.

    A sentence that ends at the margin may be the last one of its paragraph; numbers at the margin are a column.
    """
    line, last = below.line, above.line
    margin = layout.margins.get(above.column) if above.column and below.column else None
    if any(len(each) <= _LONGEST_DATE and read_date(each) for each in (text, line.text)):
        return False
    if margin is None or text[-1] in _END or _COLUMNS in last.text or _COLUMNS in line.text:
        return False
    air = _AIR * line.size if text[-1].isascii() != line.text[0].isascii() else 0
    if last.x1 + air + line.lead <= margin + 0.1 * line.size or abs(line.size - last.size) > 0.15 * last.size:
        return False
    if not turned and (
        line.x0 > first.line.x0 + _DEEPEST * line.size or _step(above, below) > _BLANK * layout.distance
    ):
        return False
    if text[-1] == "】" and line.text[0] not in _HANGS_ON:
        return False  # an entry ends with its sums; what stands below explains it
    return opening_of(line.text).plain or balance(text[-200:])[0] > 0


def _apart(above: Reading, below: Reading, layout: Layout, *, turned: bool) -> bool:
    """Say whether there is a blank line between two lines of text, as there is where a page is turned."""
    if above.column is None or below.column is None:
        return False
    if turned:
        return below.line.text[0] not in _HANGS_ON
    return _step(above, below) > _BLANK * layout.distance


def _step(above: Reading, below: Reading) -> float:
    """Return how far below a line the next one stands, in heights."""
    return (below.line.base - above.line.base) / (max(above.line.size, below.line.size) or 1)
