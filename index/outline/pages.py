"""Lines of a paper without what belongs to its pages: numbers, rules, running heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.amounts.brackets import sums_in
from index.document import Line
from index.outline.numbering import opening_of

_NUMBER = r"[-－―‐–—・ 　]*[0-9０-９]{1,4}[-－―‐–—・ 　]*|[Pp][.．]?[ ]*[0-9]+|[0-9]+[ ]*[/／][ ]*[0-9]+"
_PAGE_NUMBER = re.compile(_NUMBER)
_FURNITURE = re.compile(rf"{_NUMBER}|[-=_*─━]{{3,}}|\|?[ :|-]*-{{3,}}[ :|-]*\|?")
_EDGE = 2
_LONGEST = 100
_LONGEST_NUMBER = 20


def without_furniture(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return the lines without page numbers, rules and running heads; a rule is a gap, the rest never stood there."""
    running = _running_heads(lines)
    kept: list[tuple[Line, str]] = []
    for line in lines:
        text = line.text.replace("**", "").rstrip(" 　\t\r\\")
        bare = text.strip(" 　\t")
        if line.number in running:
            continue
        kept.append((line, "" if not bare or _is_furniture(bare) else text))
    return kept


def _is_furniture(text: str) -> bool:
    return len(text) <= _LONGEST and _FURNITURE.fullmatch(text) is not None


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that are printed again on page after page, at its edge or beside its number."""
    edges: dict[int, str] = {}
    for run in _pages(lines):
        for line in [*run[:_EDGE], *run[-_EDGE:]]:
            text = re.sub(r"[0-9０-９\s　]", "", line.text)
            if 2 <= len(text) <= 60 and not sums_in(line.text) and opening_of(line.text).plain:
                edges[line.number] = text
    often = Counter(edges.values())
    return {number for number, text in edges.items() if often[text] >= 3}


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each page that are not blank; page numbers end pages where nothing else does."""
    paged = any(line.page is not None for line in lines)
    run: list[Line] = []
    for line in lines:
        text = line.text.strip(" 　\t\r")
        numbered = len(text) <= _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(text) is not None
        if run and (line.page != run[-1].page if paged else numbered):
            yield run
            run = []
        if text and not numbered:
            run.append(line)
    if run and paged:
        yield run
