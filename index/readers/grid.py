"""The cells of a table, merged ones too, into lines that are rows between bars."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.readers.lines import one_line

MOST_COLUMNS = 1_000
_FEW, _PAIR, _LABEL = 3, 2, 20

_NUMBER = re.compile(
    r"[▲△+＋\-－−(（＜<約]*[ 　]*[¥￥]?[ 　]*[0-9０-９][0-9０-９,，.．]*"
    r"[ 　]*(?:[%％]|[十百千万億兆]*円|の?内数)?[ 　)）＞>]*(?:[(（※＊*].{0,12})?"
)
_YEAR = re.compile("(?:19|20)[0-9]{2}年?度?")
_SUM = re.compile("[0-9０-９][ 　]*[十百千万億兆]*円|事項要求|[0-9０-９][,，][0-9０-９]{3}")
_UNIT = re.compile(r"[（(【\[]?[ 　]*(?:金額)?単位[^）)】\]。]{1,30}[)）】\]]?")


@dataclass(slots=True)
class Grid:
    """The cells of a table by row and column, and the merged ones: `spans` are row, column, height, width.

    A cell that covers others stands at its first row and column.
    """

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str, height: int = 1, width: int = 1) -> None:
        """Put the words of a cell in their place; what is beyond the columns that a table may have is left out."""
        words = one_line(text)
        if words and column < MOST_COLUMNS:
            self.rows.setdefault(row, {})[column] = words
            if height > 1 or width > 1:
                self.spans.append((row, column, height, min(width, MOST_COLUMNS - column)))


def is_number(cell: str) -> bool:
    """Say whether a cell holds a number or a sum, and not the year of a column."""
    return (_NUMBER.fullmatch(cell) is not None and not _YEAR.fullmatch(cell)) or _SUM.search(cell) is not None


def has_numbers(row: dict[int, str], first: int) -> bool:
    """Say whether a row holds a number behind the `first` column: rows above the first that does are heads."""
    return any(column > first and is_number(cell) for column, cell in row.items())


def lines_of(grid: Grid) -> list[str]:
    """Return the lines of a table: what stands above it, rows between bars, what stands below it.

    An empty row is an empty line. What holds no number, or is no wider than one cell, is text.
    """
    rows = {at: dict(sorted(row.items())) for at, row in sorted(grid.rows.items())}
    columns = sorted({column for row in rows.values() for column in row})
    numeric = {at for at, row in rows.items() if has_numbers(row, columns[0])}
    covered = {at for top, _, height, _ in grid.spans for at in _between(grid, top, height)}
    wide = {at for at, row in rows.items() if (len(row) > 1 or at in covered & numeric) and not _is_caption(row)}
    tabled = {at for run in _runs(list(rows)) for at in _table(run, wide, numeric) if not _is_caption(rows[at])}
    texts = {at: _as_text(row) for at, row in rows.items() if at not in tabled}
    _spread(grid, rows, columns, numeric)
    lines: list[str] = []
    before = None
    for at, row in rows.items():
        lines += [""] if before is not None and at > before + 1 else []
        lines += texts.get(at) or [f"| {' | '.join(row.get(each, '').replace('|', '｜') for each in columns)} |"]
        before = at
    return lines


def _runs(rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rows between empty ones."""
    run: list[int] = []
    for at in rows:
        if run and at > run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _table(run: Sequence[int], wide: set[int], numeric: set[int]) -> list[int]:
    """Return the rows of a run that are a table's: from its heads to the last that says more than one thing."""
    inside = [at for at in run if at in wide]
    if not inside or numeric.isdisjoint(run):
        return []
    return [at for at in run if inside[0] <= at <= inside[-1]]


def _is_caption(row: dict[int, str]) -> bool:
    """Say whether a row is a title beside the unit: 「歳出予算」 on the left, 「（単位：千円）」 on the right."""
    return len(row) <= _FEW and any(map(_UNIT.fullmatch, row.values()))


def _as_text(row: dict[int, str]) -> list[str]:
    """Return the lines of a row that is no table's: 「会計名：一般会計」, 「・事業名　概要　担当課」."""
    cells = list(row.values())
    if len(cells) == 1 or _is_caption(row):
        return cells
    return [f"{cells[0]}：{cells[1]}" if len(cells) == _PAIR and len(cells[0]) <= _LABEL else f"・{'　'.join(cells)}"]


def _spread(grid: Grid, rows: dict[int, dict[int, str]], columns: Sequence[int], numeric: set[int]) -> None:
    """Write what merged cells say where else it holds.

    To the right above columns (「令和6年度」 over 「当初」 and 「補正」), but a name that is as wide as two columns is
    one name. Downwards beside numbers, but only words left of them: 「総務費」 holds for all of its rows, a
    sum counts once. Heads that are two rows high are not said twice.
    """
    for top, left, height, width in grid.spans:
        text = grid.rows[top][left]
        if top not in numeric and width > 1 and len(rows[top]) > 1:
            for column in columns[bisect_left(columns, left) + 1 : bisect_left(columns, left + width)]:
                rows[top].setdefault(column, text)
        if height > 1 and not is_number(text):
            for at in _between(grid, top, height):
                first = next((column for column, cell in grid.rows[at].items() if is_number(cell)), 0)
                if at in numeric and left < first:
                    rows[at].setdefault(left, text)


def _between(grid: Grid, top: int, height: int) -> list[int]:
    """Return the rows that a merged cell covers besides its first."""
    if height < len(grid.rows):
        return [at for at in range(top + 1, top + height) if at in grid.rows]
    return [at for at in grid.rows if top < at < top + height]
