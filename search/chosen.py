"""The totals of a paper that somebody asks for by the words of a heading."""

from collections.abc import Iterable, Sequence

from index.document import Item
from index.errors import shown
from index.text import fold
from search.errors import HeadingError
from search.ledger import Node

_SHOWN = 8
_LONG = 60


def chosen(totals: Sequence[Node], items: Sequence[Item], heading: str, document: str) -> list[Node]:
    """Return those of the totals of a paper whose headings hold the words. Raises HeadingError where there are none."""
    words = [folded for word in heading.split() if (folded := fold(word))]
    found = [each for each in totals if any(_says(title, words) for title in _titles(each))]
    if found:
        return found
    headings = dict.fromkeys(title for item in items for title in item.heading_path)
    known = (*headings, *(item.name for item in items))
    bare = next((title for title in known if _says(title, words)), None)
    if bare is None:
        import difflib

        near = difflib.get_close_matches(heading[:_LONG], [*headings, *(each.titled for each in totals)], 3, 0.3)
        raise HeadingError(
            f"文書 {document} に「{shown(heading[:_LONG])}」を含む見出しはありません。"
            f"{_some(near or [each.titled for each in totals])}を指定してください。"
        )
    below = [each for each in totals if any(_says(title, words) for title in each.item.heading_path)]
    raise HeadingError(
        f"「{shown(bare)}」には合計が記載されていません。"
        f"合計のある{_some([each.titled for each in below or totals])}を指定してください。"
    )


def _titles(node: Node) -> tuple[str, ...]:
    """Return what the total of a node can be asked for by: its own title, for a row the heading of its table too."""
    return (node.titled,) if node.item.kind == "heading" else (node.titled, *node.item.heading_path[-1:])


def _says(title: str, words: Sequence[str]) -> bool:
    folded = fold(title)
    return bool(words) and all(word in folded for word in words)


def _some(titles: Iterable[str]) -> str:
    """Return some headings for a message, the first ones where there are many."""
    named = [shown(each) for each in dict.fromkeys(titles)]
    if not named:
        return "別の文書"
    return "見出し" + "、".join(f"「{each}」" for each in named[:_SHOWN]) + ("など" if len(named) > _SHOWN else "")
