"""Printed totals held against their parts: explained, or by how much not; nothing is adjusted."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from index.document import About, Item
from index.totals import PARTIAL_NOTE, PARTIAL_TITLE
from search.chosen import chosen
from search.figures import Check, CheckPage
from search.ledger import Node, Reckoning, reckonings
from search.tables import Claim, claims, node_of, rows_of

_NOTE = ("※", "（注", "(注", "注", "＊", "*")
_REST = ("その他", "ほか", "残余")
_SHOWN = 8
_LONG = 60
"""Of a longer heading the name of its item may be the first sentence only."""


class Finding(NamedTuple):
    """A check, the total it is of, and the line that says that its parts are not all there are."""

    check: Check
    node: Node
    said: tuple[int, str] | None


def reconcile(about: About, items: Sequence[Item], lines: Sequence[str], heading: str | None = None) -> CheckPage:
    """Return every printed total of a paper, or of the headings that hold the words of `heading`, and its parts.

    `items` are all of the paper's, `lines` its lines as they stand there. Raises HeadingError.
    """
    found = sorted(_Paper(items, lines).findings(), key=lambda each: each.check.place.line)
    if heading is not None and heading.strip():
        asked = chosen([each.node for each in found], items, heading, about.id)
        found = [each for each in found if each.node in asked]
    said = next((each.said for each in found if each.said), None)
    diagnosis = () if found else (f"文書 {about.id} には、内訳と照らし合わせられる合計が記載されていません。",)
    return CheckPage(about.id, about.title, heading, tuple(each.check for each in found), said, diagnosis)


class _Paper:
    """A paper as a tree: headings over what stands below them, totals over their rows."""

    def __init__(self, items: Sequence[Item], lines: Sequence[str]) -> None:
        self.items = items
        self.lines = lines
        self.said = [(n, line.strip().lstrip("-・ 　")) for n, line in enumerate(lines, 1) if PARTIAL_NOTE.search(line)]
        self.tables: list[Claim] = []
        self.headings: list[tuple[Node, list[list[Node]]]] = []
        self.below([node_of(item) for item in items])
        self.extents = [(node, self.extent(node, readings[0])) for node, readings in self.headings]

    def below(self, nodes: Sequence[Node]) -> list[list[Node]]:
        """Return the ways to add up nodes in a row: all of them, each table alone, those before the first."""
        children: list[Node] = []
        at = 0
        while at < len(nodes):
            end = self.end(nodes, at)
            if nodes[at].item.kind == "heading":
                readings = self.below(nodes[at + 1 : end])
                nodes[at].under = readings[0]
                self.headings.append((nodes[at], readings))
            children.append(nodes[at])
            at = end
        return self.readings(children)

    def end(self, nodes: Sequence[Node], at: int) -> int:
        """Return where what stands below a node ends."""
        item, end = nodes[at].item, at + 1
        if item.kind != "heading":
            return end
        path = item.heading_path
        while end < len(nodes) and _stands_below(nodes[end].item, item, path):
            end += 1
        return end

    def readings(self, children: Sequence[Node]) -> list[list[Node]]:
        """Return the ways to add up what stands below a heading."""
        tops: list[Node] = []
        tables: list[list[Node]] = []
        before: list[Node] = []
        for (table, _), group in groupby(
            children, lambda each: (each.table, each.item.heading_path if each.table else ())
        ):
            if table:
                before = before or list(tops)
                found, some = claims(rows_of(list(group), self.lines))
                tables.append(found)
                tops, some = _over_tables(tops, found, some)
                self.tables += some
            else:
                tops = self.listed(tops, list(group))
        alone = [[each] for each in tops if each.table and each.rank]
        return [tops, *(each for each in (*alone, *tables, before) if 0 < len(each) < len(tops))]

    def listed(self, before: list[Node], entries: Sequence[Node]) -> list[Node]:
        """Return what stands in a list, each total in it in place of the entries beside it, else of all before it."""
        tops = list(before)
        for each in entries:
            if each.rank and tops:
                beside = [top for top in tops if top.item.heading_path == each.item.heading_path and not top.table]
                heads = [top for top in tops if any(amount.role == "total" for amount in top.item.amounts)]
                under = next(
                    (some for some in (beside, heads, tops) if some and _explained(each, some)), beside or tops
                )
                self.tables.append((each, under))
                each.under = under
                start = tops.index(under[0]) if under is heads else len(tops)  # their entries stand between them
                tops = [top for top in tops[:start] if top not in under]
            tops.append(each)
        return tops

    def extent(self, node: Node, under: Sequence[Node]) -> tuple[int, int]:
        """Return the first and the last line of what a total stands over, itself with it."""
        places = [node.item.place, *(each.item.place for each in _all(under))]
        return min(each.line for each in places), max(each.end_line for each in places)

    def findings(self) -> Iterator[Finding]:
        """Yield every check."""
        for node, readings in self.headings:
            under = max(readings, key=lambda some: _explained(node, some))
            yield from self.checks(node, under)
        for node, under in self.tables:
            yield from self.checks(node, under)

    def checks(self, node: Node, under: Sequence[Node]) -> Iterator[Finding]:
        said = self.partial(node, under)
        of_which = bool(under) and all(each.within for each in under)
        for each in reckonings(node, under):
            verdict = _verdict(each, said is not None)
            if of_which and verdict in ("partial", "unexplained") and each.sum < each.yen and not _has_rest(under):
                if len(under) == 1:
                    continue  # a single うち never claims to be all
                verdict = "partial"
            yield Finding(_check(node, each, verdict), node, said)

    def partial(self, node: Node, under: Sequence[Node]) -> tuple[int, str] | None:
        """Return the line that says that what a total stands over is not all of it.

        A title that says so holds for its heading; a note for the heading or the table that it stands in, or, outside
        of all headings with a total, for each of them.
        """
        first, last = self.extent(node, under)
        if node.item.kind != "heading":
            first, last = self.around(first, last)
        if node.item.kind == "heading" and PARTIAL_TITLE.search(node.item.name):
            return node.item.place.line, self.lines[node.item.place.line - 1].strip()
        for line, words in self.said:
            if first <= line <= last or (node.item.kind == "heading" and self.is_general(line, first, last)):
                return line, words
        return None

    def is_general(self, line: int, first: int, last: int) -> bool:
        """Say whether a line stands outside of all headings with totals but those that hold lines `first` to `last`."""
        holding = [(start, end) for _, (start, end) in self.extents if start <= line <= end]
        return all(start <= first and last <= end for start, end in holding)

    def around(self, first: int, last: int) -> tuple[int, int]:
        """Return the lines of a table with those above it that belong to no item, and the notes directly below it."""
        above = max((item.place.end_line for item in self.items if item.place.end_line < first), default=0)
        while last < len(self.lines) and (
            not self.lines[last].strip() or self.lines[last].strip(" 　-・").startswith(_NOTE)
        ):
            last += 1
        return max(above + 1, first - _SHOWN), last


def _over_tables(before: list[Node], found: list[Node], some: list[Claim]) -> tuple[list[Node], list[Claim]]:
    """Return the tops of tables and their claims; the total at the very end may be that of those `before`, too."""
    node, under = next(((node, under) for node, under in some if found and node is found[-1]), (None, []))
    if node is None or not before:
        return [*before, *found], some
    reach = next((at for at in range(len(before), 0, -1) if before[at - 1].rank >= node.rank), 0)
    wider = [*before[reach:], *found[:-1], *under]
    if _explained(node, wider) <= _explained(node, under):
        return [*before, *found], some
    node.under = wider
    return [*before[:reach], node], [(each, wider if each is node else parts) for each, parts in some]


def _stands_below(item: Item, heading: Item, path: tuple[str, ...]) -> bool:
    depth = len(path)
    if len(item.heading_path) <= depth or item.heading_path[:depth] != path:
        return False
    written = item.heading_path[depth]
    rest = written.removeprefix(heading.number or "").strip()
    return rest in ("", heading.name) or (len(rest) > _LONG and rest.startswith(heading.name.rstrip("…")))


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for each in nodes:
        yield each
        yield from _all(each.under)


def _explained(node: Node, under: Sequence[Node]) -> int:
    return sum(each.explained for each in reckonings(node, under))


def _has_rest(under: Sequence[Node]) -> bool:
    return any(word in each.item.name for each in under for word in _REST)


def _verdict(found: Reckoning, partial: bool) -> str:
    if found.sum == found.yen:
        return "exact"
    if abs(found.sum - found.yen) <= found.tolerance:
        return "rounding"
    return "partial" if partial and found.sum < found.yen else "unexplained"


def _check(node: Node, found: Reckoning, verdict: str) -> Check:
    return Check(
        node.titled,
        node.item.place,
        found.column.years,
        found.column.stage,
        found.yen,
        found.sum,
        found.parts,
        found.left_out,
        found.tolerance,
        verdict,
    )
