"""Lines of a paper without what belongs to its pages: numbers, rules, running heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.amounts.brackets import balance, sums_in
from index.document import Line
from index.notice import noticed
from index.outline.numbering import opening_of
from index.outline.tables import UNIT_LINE

_NUMBER = r"[-－―‐–—・ 　]*[0-9０-９]{1,4}[-－―‐–—・ 　]*|[Pp][.．]?[ ]*[0-9]+|[0-9]+[ ]*[/／][ ]*[0-9]+"
_PAGE_NUMBER = re.compile(_NUMBER)
_FURNITURE = re.compile(rf"{_NUMBER}|[-=_*─━]{{3,}}|\|?[ :|-]*-{{3,}}[ :|-]*\|?")
_FURNITURE_ENDS = frozenset("0123456789０１２３４５６７８９-－―‐–—・=_*─━ 　:|")
_WIDE = re.compile("[ 　]{100,}")
"""A gap as wide as this says no more than a narrower one."""

_EDGE = 2
_LONGEST = 100
_LONGEST_NUMBER = 20


def without_furniture(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return the lines without page numbers, rules and running heads; a rule is a gap, the rest never stood there.

    Where nothing but its form tells a page's number it is a gap too.
    """
    beside = furniture(lines)
    kept: list[tuple[Line, str]] = []
    for line in lines:
        text = _WIDE.sub(_narrowed, line.text.replace("**", "").rstrip(" 　\t\r\\"))
        bare = text.strip(" 　\t")
        if line.number in beside or noticed(bare):
            continue
        kept.append((line, "" if not bare or _is_furniture(bare) else text))
    return kept


def _narrowed(gap: re.Match[str]) -> str:
    return gap[0][:_LONGEST]


def furniture(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that belong to the pages: running heads, and numbers at their edges."""
    beside = _running_heads(lines)
    for page, run in groupby(lines, key=lambda line: line.page):
        inked = [line for line in run if line.text.strip(" 　\t\r")] if page is not None else []
        beside.update(line.number for line in [*inked[:_EDGE], *inked[-_EDGE:]] if _is_number(line.text))
    return beside


def _is_number(text: str) -> bool:
    bare = text.strip(" 　\t\r")
    return len(bare) <= _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(bare) is not None


def _is_furniture(text: str) -> bool:
    return len(text) <= _LONGEST and text[-1] in _FURNITURE_ENDS and _FURNITURE.fullmatch(text) is not None


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that are printed again on page after page, at its edge or beside its number."""
    edges: dict[int, str] = {}
    for run in _pages(lines):
        for line in [*run[:_EDGE], *run[-_EDGE:]]:
            text = re.sub(r"[0-9０-９\s　]", "", line.text)
            if 2 <= len(text) <= 60 and not sums_in(line.text) and _is_running(line):
                edges[line.number] = text
    often = Counter(edges.values())
    return {number for number, text in edges.items() if often[text] >= 3}


def _is_running(line: Line) -> bool:
    """Say whether a line can be a running head: no mark opens it, and it tells nothing of the table below it.

    A reader that knows the pages parts cells with tabs or bars; a note can be printed at the foot of each of them.
    A bracket without its other half, as in 「円）」, is the rest of a line that was wrapped there.
    """
    opening = opening_of(line.text)
    if balance(line.text) != (0, 0):
        return False
    if UNIT_LINE.search(line.text) or (line.page is not None and re.search(r"[|\t]", line.text.strip(" 　\t"))):
        return False
    return opening.plain or (opening.note and line.page is not None)


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each page that are not blank; page numbers end pages where nothing else does."""
    paged = any(line.page is not None for line in lines)
    run: list[Line] = []
    for line in lines:
        text = line.text.strip(" 　\t\r")
        numbered = _is_number(text)
        if run and (line.page != run[-1].page if paged else numbered):
            yield run
            run = []
        if text and not numbered:
            run.append(line)
    if run and paged:
        yield run
