"""An item as the screen shows it: with its heading path, its amounts, and its lines as they stand in the paper."""

from collections.abc import Sequence

from rich.text import Text

from index.document import About
from search.render.entries import clear
from search.render.words import meaning, oku
from search.results import Hit


def preview(hit: Hit, lines: Sequence[tuple[int, str]], about: About) -> Text:
    """Return what there is to know of a hit, with the numbered `lines` of its paper."""
    item = hit.item
    text = Text()
    text.append(clear(" ".join(filter(None, (item.number, item.name)))), "bold")
    text.append(f"\n{clear(about.title)}  {clear(str(item.place))}", "dim")
    if item.heading_path:
        text.append("\n" + " › ".join(map(clear, item.heading_path)), "dim")
    if hit.reason:
        text.append(f"\n{clear(hit.reason)}", "italic")
    text.append("\n")
    for amount in item.amounts:
        label = f"  └ {clear(amount.label)}" if amount.label and amount.label != item.name else ""
        text.append(f"\n{oku(amount.yen):>12}億円  {clear(meaning(amount))}{label}")
    if item.amounts:
        text.append("\n")
    for number, line in lines:
        text.append(f"\n{number:>5} ", "dim")
        text.append(clear(line))
    return text
