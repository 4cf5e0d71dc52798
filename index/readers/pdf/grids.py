"""Ruled tables: the rules of a page to grids of cells."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.readers.pdf.sheet import Box, Glyph

_NEAR = 3.0
"""Rules closer than this, in points, are one: double rules, dots, what rounding left apart."""

_SHORTEST = 5.0
_MOST = 1_000_000
"""Crossings to look at on one page; a page with more is a drawing."""

_MOST_SQUARES = 20_000


class Rule(NamedTuple):
    """A straight rule: where it stands across its direction, where it begins and ends along it."""

    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """A table: the places of its columns and rows, and for each of its squares the number of the cell it is in."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell at a point, None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.cells[row][column] if inside else None


def grids_of(rules: Iterable[Box]) -> list[Grid]:
    """Return the tables that rules draw, each of two columns or more; one without its outer rules is closed."""
    upright: list[Rule] = []
    level: list[Rule] = []
    for box in rules:
        if box.x1 - box.x0 < box.bottom - box.top:
            upright.append(Rule((box.x0 + box.x1) / 2, box.top, box.bottom))
        else:
            level.append(Rule((box.top + box.bottom) / 2, box.x0, box.x1))
    upright, level = _joined(upright), _joined(level)
    if len(upright) * len(level) > _MOST:
        return []
    grids = (_grid(*group) for group in _connected(upright, level))
    return [grid for grid in grids if grid is not None]


def _joined(rules: list[Rule]) -> list[Rule]:
    """Return rules with those made one that lie on one another or follow one another."""
    rules.sort()
    joined: list[Rule] = []
    start = 0
    for end in range(1, len(rules) + 1):
        if end == len(rules) or rules[end].at > min(rules[end - 1].at + _NEAR, rules[start].at + 2 * _NEAR):
            joined += _chained(rules[start:end])
            start = end
    return [each for each in joined if each.end - each.start >= _SHORTEST]


def _chained(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules of one line, each as long as they follow one another."""
    at = sum(each.at for each in rules) / len(rules)
    chain: list[Rule] = []
    for each in sorted(rules, key=lambda each: each.start):
        if chain and each.start <= chain[-1].end + _NEAR:
            chain[-1] = Rule(at, chain[-1].start, max(chain[-1].end, each.end))
        else:
            chain.append(Rule(at, each.start, each.end))
    return chain


def _crosses(upright: Rule, level: Rule) -> bool:
    meets = level.start - _NEAR <= upright.at <= level.end + _NEAR
    return meets and upright.start - _NEAR <= level.at <= upright.end + _NEAR


def _connected(upright: Sequence[Rule], level: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules in groups that hang together."""
    leaders = list(range(len(upright) + len(level)))

    def leader(member: int) -> int:
        while leaders[member] != member:
            leaders[member] = member = leaders[leaders[member]]
        return member

    for row, each in enumerate(level):
        for column, other in enumerate(upright):
            if _crosses(other, each):
                leaders[leader(len(upright) + row)] = leader(column)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for column, each in enumerate(upright):
        groups[leader(column)][0].append(each)
    for row, each in enumerate(level):
        groups[leader(len(upright) + row)][1].append(each)
    return [group for group in groups.values() if group[0] and len(group[1]) > 1]


def _grid(upright: list[Rule], level: list[Rule]) -> Grid | None:
    """Return the table that rules draw which hang together: squares with no rule between are one cell."""
    xs = _places([*(each.at for each in upright), *(place for each in level for place in each[1:])])
    ys = _places([*(each.at for each in level), *(place for each in upright for place in each[1:])])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows > _MOST_SQUARES:
        return None
    leaders = list(range(columns * rows))

    def leader(square: int) -> int:
        while leaders[square] != square:
            leaders[square] = square = leaders[leaders[square]]
        return square

    for row in range(rows):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            x, square = (xs[column] + xs[column + 1]) / 2, row * columns + column
            if column + 1 < columns and not _ruled(upright, xs[column + 1], y):
                leaders[leader(square + 1)] = leader(square)
            if row + 1 < rows and not _ruled(level, ys[row + 1], x):
                leaders[leader(square + columns)] = leader(square)
    cells = [[leader(row * columns + column) for column in range(columns)] for row in range(rows)]
    if len({cell for row in cells for cell in row}) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(map(tuple, cells)))


def _places(places: list[float]) -> list[float]:
    """Return places in order, those near one another made one."""
    places.sort()
    kept = places[:1]
    for each in places:
        if each - kept[-1] > _NEAR:
            kept.append(each)
    return kept


def _ruled(rules: Sequence[Rule], at: float, place: float) -> bool:
    """Say whether a rule stands at `at` and runs over `place`."""
    return any(abs(each.at - at) <= _NEAR and each.start <= place <= each.end for each in rules)


def dealt(grids: Sequence[Grid], glyphs: Iterable[Glyph]) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Return for each grid the glyphs in each of its cells, and the glyphs that stand in none."""
    cells: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for grid, held in zip(grids, cells, strict=True):
            if (cell := grid.cell_at(x, y)) is not None:
                held[cell].append(glyph)
                break
        else:
            outside.append(glyph)
    return cells, outside
