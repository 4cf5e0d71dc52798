"""The order in which the pieces of a page are read: columns of text one after another."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

_FULL = 0.55
"""Lines of a column fill this much of it: the cells of a table without rules do not."""

_FEWEST = 4
_SHORTEST = 8
_DEEPEST = 3
_APART = 1.5


class Piece(NamedTuple):
    """Something on a page with a place of its own: where it lies, how high its letters are, which it is.

    `rows` says how many a table has; text has none.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    number: int
    rows: int = 0


def in_order(pieces: Sequence[Piece], path: str = "") -> list[tuple[str, list[Piece]]]:
    """Return the pieces of a page, or of a column, in stretches to read one after another.

    A stretch comes with the way to its column: empty for what goes over the whole page, L and R for its halves, LR
    for the right half of the left one.
    """
    gutter = _gutter(pieces) if len(path) < _DEEPEST else None
    if gutter is None:
        return [(path, list(pieces))] if pieces else []
    order: list[tuple[str, list[Piece]]] = []
    for band in _bands(pieces, gutter):
        left = [each for each in band if each.x1 <= gutter]
        right = [each for each in band if each.x0 >= gutter]
        if len(left) + len(right) == len(band) and min(_count(left), _count(right)) >= 2:
            order += in_order(left, path + "L") + in_order(right, path + "R")
        else:
            order.append((path, band))
    return order


def _bands(pieces: Iterable[Piece], gutter: float) -> list[list[Piece]]:
    """Return pieces in bands from the top down: those that lie over the gutter, those that lie beside it.

    What stands well apart at the head or the foot, as a page's number does, is a band of its own.
    """
    order = sorted(pieces, key=lambda each: each.top)
    bands: list[list[Piece]] = []
    over, bottom = False, 0.0
    for place, each in enumerate(order):
        crosses = each.x0 < gutter < each.x1
        edge = min(place, len(order) - place) <= 2
        if not bands or crosses != over or (edge and each.top - bottom > _APART * each.size):
            bands.append([])
            over = crosses
        bands[-1].append(each)
        bottom = max(bottom, each.bottom)
    return bands


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where a page parts into two columns of running text or tables, None where it does not."""
    if _count(pieces) < 2 * _FEWEST:
        return None
    held = [(_held(pieces, place), place) for place in _openings(pieces)]
    return max((each for each in held if each[0]), default=(0, None))[1]


def _openings(pieces: Sequence[Piece]) -> list[float]:
    """Return the middles of the gaps between where long pieces end and where others begin."""
    left, right = min(each.x0 for each in pieces), max(each.x1 for each in pieces)
    long = [each for each in pieces if each.rows or each.x1 - each.x0 >= _SHORTEST * each.size]
    starts, ends = ({round(each[side]) for each in long} for side in (0, 2))
    inner = (right - left) / 5
    return [
        (max(before) + start) / 2
        for start in sorted(starts)
        if left + inner < start < right - inner and (before := [end for end in ends if end < start])
    ]


def _held(pieces: Sequence[Piece], gutter: float) -> int:
    """Return how many lines lie beside a gutter, 0 where they do not fill two columns."""
    before = [each for each in pieces if each.x1 <= gutter]
    behind = [each for each in pieces if each.x0 >= gutter]
    beside = _count(before) + _count(behind)
    if not before or not behind or _count(pieces) > 2 * beside:
        return 0
    return beside if _fills(before) and (_fills(behind) or (_is_wall(before) and _is_rest(behind))) else 0


def _count(pieces: Iterable[Piece]) -> int:
    return sum(each.rows or 1 for each in pieces)


def _fills(side: Sequence[Piece]) -> bool:
    """Say whether a side of the gutter has a table, or lines of text that mostly fill it."""
    lines = [each for each in side if not each.rows]
    if len(lines) < _FEWEST:
        return len(lines) < len(side)  # there is a table
    width = max(each.x1 for each in lines) - min(each.x0 for each in lines)
    usual, size = median(each.x1 - each.x0 for each in lines), median(each.size for each in lines)
    return usual >= _FULL * width and usual >= _SHORTEST * size


def _is_wall(side: Sequence[Piece]) -> bool:
    """Say whether half of the lines of a column end where it ends, as those of names above one another do not."""
    lines = [each for each in side if not each.rows]
    end = max((each.x1 for each in lines), default=0.0)
    return 2 * sum(each.x1 > end - 1.5 * each.size for each in lines) >= len(lines) >= 2 * _FEWEST


def _is_rest(side: Sequence[Piece]) -> bool:
    """Say whether a few lines of text stand below one another: where the last page ends in its second column."""
    start = min(each.x0 for each in side)
    return all(each.x0 < start + 2 * each.size for each in side) and max(each.x1 - each.x0 for each in side) >= (
        _SHORTEST * side[0].size
    )
