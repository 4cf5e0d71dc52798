"""Results and items as tables of Markdown, one row an amount."""

import re
from collections.abc import Iterable, Iterator

from index.document import Item
from search.render.entries import Entry, by_group, clear, of_hit, of_item, repeats
from search.render.words import closing, group_head, items_closing
from search.results import Hit, ResultPage

HEADS = ("金額（億円）", "意味", "名称", "出典")
REASON = "理由"
MARKUP = r"[\\`*_<>\[\]|~&$]"
IN_HEADING = r"[\\`*_<\[\]~$]|&(?=#?[0-9A-Za-z]+;)|#(?=#*$)"
"""What is markup in a heading, where nothing is a quotation or a cell: 「amount>=1000億 & M&A」 is as it stands."""


def of_page(page: ResultPage, form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield a heading and a table for each group, then what was found."""
    for group, hits in by_group(page):
        reasons = group != "certain"
        yield from (f"### {group_head(group, page.counts[group])}", "")
        yield from _head(*HEADS, *([REASON] if reasons else []))
        for hit in hits:
            yield from _hit_rows(hit, reasons)
        yield ""
    yield from (f"- {escaped(each)}" for each in page.diagnosis)
    yield from ([""] if page.diagnosis else [])
    yield "  \n".join(closing(page))


def of_items(items: Iterable[Item], form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield one table with all amounts, then how many there are."""
    count = amounts = 0
    yield from _head(*HEADS)
    for item in items:
        count, amounts = count + 1, amounts + len(item.amounts)
        yield from (_row(*cells) for cells in _cells(of_item(item)))
    yield from ("", items_closing(count, amounts))


def escaped(text: str) -> str:
    """Return `text` with a backslash before what Markdown would take for markup, on one line."""
    return re.sub(MARKUP, r"\\\g<0>", clear(text))


def heading(text: str) -> str:
    """Return `text` as the words of a heading, with no more backslashes than it takes."""
    return re.sub(IN_HEADING, r"\\\g<0>", clear(text).strip())


def _hit_rows(hit: Hit, reasons: bool) -> Iterator[str]:
    """Yield a row for each amount, the folded repeats beside the place in the first."""
    folded = f"（{repeats(hit)}）" if hit.repeats else ""
    for oku, meaning, name, place in _cells(of_hit(hit)):
        yield _row(oku, meaning, name, place + folded, *([hit.reason] if reasons else []))
        folded = ""


def _cells(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of each amount of an entry, its label behind the name."""
    for run in entry.runs:
        name = entry.name.text + (f" └ {run.label.text}" if run.label else "")
        for each in run.sums:
            yield each.oku, each.meaning, name, entry.place


def _head(*heads: str) -> Iterator[str]:
    yield from (_row(*heads), _row("---:", *["---"] * (len(heads) - 1)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(escaped(each) for each in cells)} |"
