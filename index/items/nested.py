"""Entries and rows that stand under another one: the sum above them is their total, or they are parts of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from index.accounts import account_of
from index.document import Amount, Document, Item, Section
from index.outline.numbering import BULLETS, LAST, opening_of
from index.outline.tables import has_bars
from index.rounding import last_digit
from index.totals import TOTAL_NAME

_BULLET = BULLETS[0][0]
_BLANKS = " 　\t"
_WIDE, _TAB = 2, 4
_ADDED = ("exact", "about")
_STEP = 2
"""A line stands further in than another by at least this; less is how a table was drawn."""

_Key = tuple[tuple[int, ...], str | None]
_Sums = dict[_Key, list[Amount]]


@dataclass(slots=True)
class _Node:
    """An item with the section that it was read from, and the items that stand directly under it.

    `deep` is how far its line is indented, `rank` that of the mark before it, or before the name of a row. `sure`
    says that it surely stands under another: a row without a number below one with a number, or a row with a ○,
    which may say that it is new, below a plain one does so only where the sums say it.
    """

    item: int
    position: int
    section: Section
    deep: int
    rank: float | None
    sure: bool = True
    below: list["_Node"] = field(default_factory=list)


def settle_nested(
    document: Document, sections: Sequence[Section], found: Sequence[Item], places: Mapping[int, int]
) -> list[Item]:
    """Return the items of a paper, none counted beside one that it stands under.

    「・教育費 1,000億円」 over 「　・学校事業 600億円」 and 「　・社会教育事業 400億円」 is their total. Where they
    come to less, they are what it lists of itself; where they come to more, nothing is known. `places` leads from a
    section to its item.
    """
    settled = list(found)
    lines = {line.number: line.text for line in document.lines}
    for top in _trees(sections, found, lines, places):
        _settle(top, settled)
    return settled


def _trees(
    sections: Sequence[Section], found: Sequence[Item], lines: Mapping[int, str], places: Mapping[int, int]
) -> list[_Node]:
    """Return the items that others stand under, with those below them."""
    tops: list[_Node] = []
    above: list[_Node] = []
    for position, section in enumerate(sections):
        if above and section.kind != "row" and above[-1].section.kind == "row":
            above.clear()  # no row stands under one of another table
        if (item := places.get(position)) is None or section.note:
            continue
        node = _node(item, position, section, lines.get(section.line, ""), found[item].name)
        while above and not _is_under(node, above[-1], sections):
            above.pop()
        (above[-1].below if above else tops).append(node)
        above.append(node)
    return [top for top in tops if top.below]


def _node(item: int, position: int, section: Section, line: str, name: str) -> _Node:
    """Return an item, `name`, that was read from the section at `position`, whose first line is `line`."""
    if section.kind != "row":
        plain = section.mark is None and line.lstrip(_BLANKS).startswith(section.text[:1])
        return _Node(item, position, section, _indent(line), section.rank, not plain)
    column = next((at for at, cell in enumerate(section.cells) if name in cell), 0)
    cell = line.strip(" ").removeprefix("|").split("|")[column : column + 1] if has_bars(line) else [line]
    written = cell[0].removeprefix(" ") if cell else ""
    return _Node(item, position, section, _indent(written), opening_of(section.cells[column]).rank)


def _indent(line: str) -> int:
    """Return how wide the space is that a line begins with."""
    blank = line[: len(line) - len(line.lstrip(_BLANKS))]
    return len(blank) + (_WIDE - 1) * blank.count("　") + (_TAB - 1) * blank.count("\t")


def _is_under(node: _Node, above: _Node, sections: Sequence[Section]) -> bool:
    """Say whether an item stands under another: in its section, or beside it and further in."""
    section, beside = node.section, above.section
    if section.kind == "row" or beside.kind == "row":
        return section.kind == beside.kind and section.parent == beside.parent and _is_row_under(node, above)
    parent = section.parent
    while parent > above.position:
        parent = sections[parent].parent
    if parent == above.position:
        return True
    return section.parent == beside.parent and section.rank == beside.rank and node.deep >= above.deep + _STEP


def _is_row_under(node: _Node, above: _Node) -> bool:
    """Say whether a row stands under another: further in, or with a lower mark in front of its name."""
    if abs(node.deep - above.deep) >= _STEP:
        return node.deep > above.deep
    rank, higher = node.rank, above.rank
    if rank is None:
        node.sure = False
        return higher is not None and higher < _BULLET
    if higher is None:
        node.sure = rank >= LAST
        return rank >= _BULLET
    return rank > higher


def _settle(node: _Node, settled: list[Item]) -> _Sums:
    """Settle what stands below an item, the deepest first, then the item; return the sums that it adds to one above."""
    item = settled[node.item]
    below = [_settle(each, settled) for each in node.below]
    if account_of(item.name) or TOTAL_NAME.search(item.name[-40:]):
        return {}
    found = _sums_of(item)
    if item.kind == "heading" and node.section.rank < _BULLET:
        return found  # below a number stands what the paper chose to print of it
    for key, sums in found.items():
        parts = [amount for each in below for amount in each.get(key, ())]
        more = sum(amount.yen for amount in parts) - sum(amount.yen for amount in sums)
        if parts and abs(more) * 2 <= sum(last_digit(each.written, each.yen) for each in chain(sums, parts)):
            settled[node.item] = _in_role(settled[node.item], key, "total")
        elif parts and more < 0 and len(sums) == 1 and all(each.sure for each in node.below):
            settled[node.item] = _in_role(settled[node.item], key, "own")
            _make_parts(node, key, settled)
    return found


def _sums_of(item: Item) -> _Sums:
    """Return the sums of an item that can be added, by their years and stage; those of a heading are totals."""
    role = "total" if item.kind == "heading" else "own"
    found: _Sums = {}
    for each in item.amounts:
        if each.role == role and each.bound in _ADDED and each.stage != "commitment":
            found.setdefault((each.years, each.stage), []).append(each)
    return found


def _make_parts(node: _Node, key: _Key, settled: list[Item]) -> None:
    for each in node.below:
        settled[each.item] = _in_role(settled[each.item], key, "part", "own")
        _make_parts(each, key, settled)


def _in_role(item: Item, key: _Key, role: str, *only: str) -> Item:
    """Return an item whose sums of the years and stage `key` are of a role."""
    roles = only or ("own", "total")
    amounts = tuple(
        replace(each, role=role)
        if each.role in roles and each.bound in _ADDED and (each.years, each.stage) == key
        else each
        for each in item.amounts
    )
    return replace(item, amounts=amounts)
