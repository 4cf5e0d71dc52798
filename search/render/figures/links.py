"""The names of programmes that belong together across documents."""

from collections.abc import Iterator
from typing import Any

from search.figures import Link, LinkPage
from search.render.figures.parts import PLACE_HEADS, cut, place_cells
from search.render.json import place_object
from search.render.sheets import Column, Row, Sheet

SAME, ALIKE = "同じ", "可能性"
HEADS = (Column("関係"), Column("出典", "place"), Column("名称", "wide"))
FLAT_HEADS = (
    *(Column("関係"), Column("点", "number"), Column("名称", "wide"), *PLACE_HEADS, Column("相手の名称", "wide")),
    *(each._replace(head=f"相手の{each.head}") for each in PLACE_HEADS),
)


def sheets(page: LinkPage, full: bool) -> Iterator[Sheet]:
    """Yield each link as two rows, so that its names stand one above the other."""
    links, more = cut(page.links, full)
    rows = tuple(row for link in links for row in _rows(link))
    yield Sheet("文書の間で対応する名称", HEADS, rows, tuple(_notes(page)), more)


def flat(page: LinkPage) -> Sheet:
    """Return a row for each link."""
    rows = (
        Row((_kind(each), each.score, each.name, *place_cells(each.place), each.other, *place_cells(each.other_place)))
        for each in page.links
    )
    return Sheet("対応する名称", FLAT_HEADS, tuple(rows))


def whole(page: LinkPage) -> dict[str, Any]:
    """Return the page as one object."""
    return {"note": page.note, "links": list(lines(page))}


def lines(page: LinkPage) -> Iterator[dict[str, Any]]:
    """Yield an object for each link."""
    for link in page.links:
        yield {
            **place_object(link.place),
            "name": link.name,
            "other": place_object(link.other_place) | {"name": link.other},
            "same": link.same,
            "score": link.score,
        }


def _rows(link: Link) -> Iterator[Row]:
    relation = SAME if link.same else f"{ALIKE} {link.score:.0f}"
    yield Row((relation, str(link.place), link.name))
    yield Row((None, str(link.other_place), link.other))


def _kind(link: Link) -> str:
    return SAME if link.same else ALIKE


def _notes(page: LinkPage) -> Iterator[str]:
    """Yield how many links there are, and what a possible one is."""
    same = sum(link.same for link in page.links)
    yield f"{SAME} {same:,}件・{ALIKE} {len(page.links) - same:,}件" if page.links else "対応する名称なし"
    if same < len(page.links):
        yield "可能性の点は名称がどれほど似ているか（100 が同じ）。似ているだけの名称は合計や経過で一つにしない。"
    if page.note:
        yield page.note
