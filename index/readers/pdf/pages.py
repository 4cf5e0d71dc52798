"""One page to what is read on it, in its order: printed lines, and rows of ruled tables."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from index.outline.tables import is_number
from index.readers.pdf.columns import Piece, in_order
from index.readers.pdf.grids import Grid, dealt, grids_of
from index.readers.pdf.printed import Printed, lines_of, run_on, runs_of
from index.readers.pdf.sheet import Glyph, Sheet

_LONG_CELL, _MANY_LINES = 200, 6
"""A cell with more than this is a frame around text, not a cell of a table."""

_LEVEL = 3
"""Base lines closer than this, in points, are one."""


class Cell(NamedTuple):
    """What is printed in a cell of a table, where the cell ends to the right, whether it is over several columns.

    `above` is what holds for a row though it is printed in one above it.
    """

    lines: list[Printed]
    end: float
    wide: bool = False
    above: str = ""

    @property
    def text(self) -> str:
        """The text of the cell, its lines made one."""
        return reduce(run_on, (line.text for line in self.lines), "").replace("\t", " ") or self.above


class Reading(NamedTuple):
    """A printed line and the column of text that it stands in, the same on pages alike.

    A row of a table stands in none and has cells.
    """

    line: Printed
    column: tuple[int, str] | None
    cells: tuple[Cell, ...] = ()


def read_page(sheet: Sheet) -> list[Reading]:
    """Return what is read on a page, in order."""
    grids = grids_of(sheet.rules)
    cells, outside = dealt(grids, sheet.glyphs)
    runs = runs_of(outside)
    pieces = [_piece(run, number) for number, run in enumerate(runs)]
    tables = [rows_of(grid, held) for grid, held in zip(grids, cells, strict=True)]
    for number, (grid, rows) in enumerate(zip(grids, tables, strict=True), len(runs)):
        if rows:
            pieces.append(Piece(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], rows[0].line.size, number, len(rows)))
    read: list[Reading] = []
    for path, stretch in in_order(pieces):
        column = (round(sheet.width), path)
        lines = [Reading(line, column) for line in lines_of([runs[each.number] for each in stretch if not each.rows])]
        parts = [(line.line.top, [line]) for line in lines]
        parts += [(each.top, tables[each.number - len(runs)]) for each in stretch if each.rows]
        for _, part in sorted(parts, key=lambda part: part[0]):
            read += part
    return read


def _piece(run: Sequence[Glyph], number: int) -> Piece:
    first, last = run[0], run[-1]
    return Piece(first.x0, first.top, max(first.x1, last.x1), first.bottom, first.size, number)


def rows_of(grid: Grid, held: dict[int, list[Glyph]]) -> list[Reading]:
    """Return the rows of a table; a cell over several rows is read with the first, columns all empty are left out.

    Words over several rows with sums behind them, as 「子育て」 beside its programmes, hold for each of them.
    """
    lines = {cell: lines_of(runs_of(glyphs)) for cell, glyphs in held.items()}
    filled = [at for at in range(len(grid.xs) - 1) if any(lines.get(row[at]) for row in grid.cells)]
    rows: list[Reading] = []
    seen: set[int] = set()
    for squares in grid.cells:
        cells: list[Cell] = []
        numbers = next((at for at in filled if squares[at] not in seen and _is_sum(lines.get(squares[at], []))), 0)
        for at in filled:
            cell = squares[at]
            last = max(other for other in filled if squares[other] == cell)
            own = [] if cell in seen else lines.get(cell, [])
            again = cell in seen and last == at < numbers and not _is_sum(lines.get(cell, []))
            cells.append(Cell(own, grid.xs[last + 1], last > at, Cell(lines.get(cell, []), 0.0).text if again else ""))
            seen.add(cell)
        rows += _row(cells)
    return rows


def _is_sum(lines: Sequence[Printed]) -> bool:
    return bool(lines) and is_number(lines[0].text)


def _row(cells: Sequence[Cell]) -> list[Reading]:
    """Return the row that cells make, or their lines one by one where they make none."""
    full = [cell for cell in cells if cell.lines]
    framed = any(len(cell.lines) > _MANY_LINES and len(cell.text) > _LONG_CELL for cell in full)
    if framed or (len(full) == 1 and full[0].wide):
        return [Reading(line, (round(cell.end), "cell")) for cell in full for line in cell.lines]
    if any(sum(is_number(line.text) for line in cell.lines) > 1 for cell in full):
        return _stacked(cells)
    return [_of_cells(cells)] if full else []


def _stacked(cells: Sequence[Cell]) -> list[Reading]:
    """Return the rows that no rule parts: numbers below one another in one cell are never one number."""
    places = sorted({round(line.base) for cell in cells for line in cell.lines})
    rows: list[list[Cell]] = []
    last = float("-inf")
    for base in places:
        if base - last > _LEVEL:
            rows.append([Cell([], cell.end) for cell in cells])
        last = base
        for cell, part in zip(cells, rows[-1], strict=True):
            part.lines.extend(line for line in cell.lines if round(line.base) == base)
    return [_of_cells(row) for row in rows]


def _of_cells(cells: Sequence[Cell]) -> Reading:
    lines = [line for cell in cells for line in cell.lines]
    top, bottom = min(each.top for each in lines), max(each.bottom for each in lines)
    box = (min(each.x0 for each in lines), top, max(each.x1 for each in lines), bottom, bottom)
    text = "\t".join(cell.text for cell in cells).rstrip("\t")
    return Reading(Printed(*box, max(each.size for each in lines), text), None, tuple(cells))


def goes_on(above: Reading, below: Reading) -> bool:
    """Say whether a row is the rest of one that the end of the page broke: each of its cells had no room above."""
    if len(above.cells) != len(below.cells) or not below.cells:
        return False
    pairs = [(upper, lower) for upper, lower in zip(above.cells, below.cells, strict=True) if lower.lines]
    return all(
        upper.lines
        and not is_number(lower.lines[0].text)
        and upper.lines[-1].x1 + lower.lines[0].lead > upper.end - 0.4 * lower.lines[0].size
        for upper, lower in pairs
    )


def whole(above: Reading, below: Reading) -> Reading:
    """Return the row that two halves are."""
    pairs = zip(above.cells, below.cells, strict=True)
    return _of_cells([Cell([*upper.lines, *lower.lines], upper.end) for upper, lower in pairs])
