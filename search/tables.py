"""Tables and lists with totals of their own: which rows each total stands over."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.document import ROWS, Item
from index.outline.tables import HEAD_WORDS, UNIT_LINE, cells_of, has_bars, is_head, is_value
from index.totals import TOTAL_NAME, TOTAL_REACH
from index.words import value_in, words_pattern
from search.ledger import Node, column_of, reckonings

_REACH = words_pattern(TOTAL_REACH)
_RULE = frozenset("|-:：ー－―─ \t　")
Depth = tuple[int, int]
Claim = tuple[Node, list[Node]]
"""A printed total and the nodes that it is the total of."""


class Row(NamedTuple):
    """A row of a table or an entry of a list: how far in it stands, and what lies between it and the one before.

    `fresh` says that a table begins with it, `headed` that a line without sums stands over it.
    """

    node: Node
    depth: Depth = (0, 0)
    fresh: bool = False
    headed: bool = False


def node_of(item: Item) -> Node:
    """Return an item as a node: whether it is a total and how far that reaches, whether うち opens it."""
    roles = {amount.role for amount in item.amounts}
    name = unicodedata.normalize("NFKC", item.name).strip()
    total = item.kind in (*ROWS, "item") and "total" in roles and TOTAL_NAME.search(name)
    found = _REACH.search(name) if total else None
    rank = int(value_in(TOTAL_REACH, found) or 0) if found else 2 if total else 0
    within = item.kind in ROWS and "part" in roles and not roles & {"own", "total"}
    return Node(item, rank, within, item.kind in ROWS)


def rows_of(nodes: Sequence[Node], lines: Sequence[str]) -> list[Row]:
    """Return the rows of one or several tables that stand together, as they stand in the lines of their paper."""
    apart = any(_several_accounts(each) for each in nodes)
    rows: list[Row] = []
    for each in nodes:
        each.accounts = apart
        place = each.item.place
        above = lines[rows[-1].node.item.place.end_line : place.line - 1] if rows else ()
        fresh, headed = _between(above)
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        rows.append(Row(each, _depth(line), fresh, headed))
    return rows


def claims(rows: Sequence[Row]) -> tuple[list[Node], list[Claim]]:
    """Return the nodes that no other stands over, and each total with the nodes that it stands over.

    Rows further in than the one above them are its parts, if that holds for most sums; else all rows are alike.
    """
    above, of_which = _without_parts(rows)
    tops, found = _folded(above)
    alike = _explained(found)
    outer, parents = _nested(above)
    if parents:
        nested_tops, nested = _folded(outer)
        gain = _explained(nested) - alike
        if gain > 0 or (gain == 0 and 2 * _explained(parents) >= sum(map(_printed, parents))):
            tops, found = nested_tops, [*nested, *parents]
        else:
            for node, _ in parents:
                node.under = []
    for node, under in (*of_which, *found):
        node.under = list(under)
    return tops, [*found, *of_which]


def _explained(found: Sequence[Claim]) -> int:
    return sum(each.explained for node, under in found for each in reckonings(node, under))


def _printed(claim: Claim) -> int:
    return len(reckonings(*claim))


def _several_accounts(node: Node) -> bool:
    """Say whether a row has sums of one year and stage that only their accounts tell apart."""
    columns = [(column_of(node, amount), amount.account) for amount in node.item.amounts]
    return len({column for column, _ in columns}) < len(set(columns))


# -- where rows stand


def _between(above: Sequence[str]) -> tuple[bool, bool]:
    """Say whether the lines above a row begin a table, and whether any of them may head a group of rows."""
    worded = [line for line in above if line.strip(" 　\t")]
    fresh = any(_begins_table(line) for line in worded)
    return fresh, any(is_head(cells_of(line, bars=has_bars(line))) for line in worded)


def _begins_table(line: str) -> bool:
    if set(line) <= _RULE:
        return "|" in line
    cells = [each for each in cells_of(line, bars=has_bars(line)) if each]
    head = len(cells) > 1 and is_head(cells) and any(map(HEAD_WORDS.search, cells))
    return head or UNIT_LINE.search(line) is not None or line.rstrip().endswith("。")


def _depth(line: str) -> Depth:
    """Return how far in the name of a row stands: its column, and the blanks in front of it."""
    if has_bars(line):
        cells = line.strip(" 　\t").strip("|").split("|")
    else:
        cells = line.split("\t") if "\t" in line.strip() else [line]
    named = 0
    for at, cell in enumerate(cells):
        text = cell.strip(" 　")
        if text and is_value(text):
            break
        named = at if text else named
    cell = cells[named]
    return named, len(cell) - len(cell.lstrip(" 　"))


# -- parts of rows


def _without_parts(rows: Sequence[Row]) -> tuple[list[Row], list[Claim]]:
    """Return the rows that うち does not open, and those that are followed by such rows, with these."""
    above: list[Row] = []
    parts: dict[int, list[Node]] = {}
    for row in rows:
        if row.node.within and above and not row.fresh:
            parts.setdefault(len(above) - 1, []).append(row.node)
        else:
            above.append(row)
    return above, [(above[at].node, under) for at, under in parts.items()]


def _nested(rows: Sequence[Row]) -> tuple[list[Row], list[Claim]]:
    """Return the rows that stand furthest out between two totals, and those that have rows further in behind them."""
    tops: list[Row] = []
    stack: list[Row] = []
    for row in rows:
        if row.node.rank or row.fresh:
            stack.clear()
        while stack and stack[-1].depth >= row.depth:
            stack.pop()
        if stack:
            stack[-1].node.under.append(row.node)
        else:
            tops.append(row)
        if not row.node.rank:
            stack.append(row)
    return tops, [(row.node, list(row.node.under)) for row in rows if row.node.under and not row.node.rank]


# -- totals


def _folded(rows: Sequence[Row]) -> tuple[list[Node], list[Claim]]:
    """Return what no total stands over, and each total with what it stands over, table by table."""
    done: list[Node] = []
    found: list[Claim] = []
    for table in _tables(rows):
        if table[0].node.rank and not table[-1].node.rank and (not done or done[-1].rank):
            tops, some = _from_the_front(table)
            done += tops
            found += some
        else:
            found += _from_behind(table, done)
    return done, found


def _tables(rows: Sequence[Row]) -> Iterator[list[Row]]:
    start = 0
    for at, row in enumerate(rows):
        if row.fresh and at > start:
            yield list(rows[start:at])
            start = at
    if rows:
        yield list(rows[start:])


def _from_the_front(rows: Sequence[Row]) -> tuple[list[Node], list[Claim]]:
    """Return the same for a table whose totals stand above their parts."""
    tops: list[Node] = []
    open_: list[Node] = []
    found: list[Claim] = []
    for row in rows:
        node = row.node
        while open_ and node.rank and open_[-1].rank <= node.rank:
            open_.pop()
        if node.rank:
            found.append((node, []))
            node.under = []
        if open_:
            next(under for total, under in found if total is open_[-1]).append(node)
            open_[-1].under.append(node)
        else:
            tops.append(node)
        if node.rank:
            open_.append(node)
    return tops, found


def _from_behind(table: Sequence[Row], done: list[Node]) -> list[Claim]:
    """Put the rows of a table behind `done`, each total in place of what it stands over; return the totals."""
    found: list[Claim] = []
    first: Node | None = None
    start = group = len(done)
    for row in table:
        if row.headed:
            group = len(done)
        if row.node.rank and not done:
            first = row.node  # a total above and one below
            continue
        if row.node.rank:
            taken = _taken(row.node, done, start, group)
            found.append((row.node, done[taken:]))
            row.node.under = done[taken:]
            del done[taken:]
            start, group = min(start, taken), len(done) + 1
        done.append(row.node)
    if first is not None:
        alone = done[0] if len(done) == 1 and done[0].rank else None
        found.append((first, list(alone.under if alone else done)))
        done[:] = [first]
    return found


def _taken(total: Node, done: Sequence[Node], start: int, group: int) -> int:
    """Return from where on a total stands over what is `done`: where most of its sums are explained, else the nearest.

    It may reach to the total of its own kind or the beginning of its table, to the line that heads its group, to the
    table above that goes on in this one, or to the very first row.
    """
    reach = next((at for at in range(len(done), 0, -1) if done[at - 1].rank >= total.rank), 0)
    places = dict.fromkeys(at for at in (max(reach, start), group, start, reach, 0) if at < len(done))
    best, most = next(iter(places), 0), -1
    for at in places:
        found = [each.explained for each in reckonings(total, done[at:])]
        if sum(found) > most:
            best, most = at, sum(found)
        if found and all(found):
            break
    return best
