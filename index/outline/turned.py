"""Tables whose rows are years and whose columns are programmes, turned so that a programme is a row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from index.amounts.when import PUNCTUATION, read_when
from index.outline.blocks import Block
from index.outline.numbering import Opening
from index.outline.tables import COLUMN_UNIT, NAME_COLUMN, OTHER_COLUMN, is_value
from index.totals import TOTAL_NAME

_BASE = 2000
_WORDS = 20
_FEWEST, _MOST = 2, 60


def turned(blocks: Iterable[Block]) -> list[Block]:
    """Return `blocks` with every table turned that has its years down the side and its programmes across the top.

    「年度 | 道路事業 | 河川事業」 over 「令和5年度 | 100 | 200」 and 「令和6年度 | 110 | 210」.
    """
    found: list[Block] = []
    for is_row, run in groupby(blocks, key=lambda block: bool(block.cells) and not block.head):
        rows = list(run)
        head = found[-1] if is_row and found and found[-1].head else None
        single = head is not None and not (len(found) > 1 and found[-2].head)
        if head is not None and single and _has_years_aside(head, rows):
            found[-1:] = _turned(head, rows)
        else:
            found += rows
    return found


def is_year(words: str) -> bool:
    """Say whether `words` name one fiscal year, with or without its stage, and nothing besides."""
    when = read_when(words, _BASE) if len(words) <= _WORDS else None
    return when is not None and len(when.years) == 1 and not when.rest.strip(PUNCTUATION + "の度（）()案額")


def _has_years_aside(head: Block, rows: Sequence[Block]) -> bool:
    """Say whether the rows are years, differences and totals, and the columns nothing that says what sums they hold."""
    years = sum(is_year(row.cells[0]) for row in rows)
    if not _FEWEST <= years <= len(rows) <= _MOST or not is_year(rows[0].cells[0]):
        return False
    width = len(head.cells)
    known = all(is_year(row.cells[0]) or OTHER_COLUMN.search(row.cells[0]) for row in rows)
    columns = [at for at in range(1, width) if any(is_value(row.cells[at]) for row in rows if at < len(row.cells))]
    names = [head.cells[at] for at in columns]
    return known and all(len(row.cells) == width for row in rows) and bool(names) and all(map(_is_programme, names))


def _is_programme(head: str) -> bool:
    """Say whether a head names what sums are for, and not of which year or stage they are."""
    when = read_when(head, _BASE)
    words = COLUMN_UNIT.sub("", head).strip(" 　")
    plain = words.endswith(("額", "歳出", "歳入")) or OTHER_COLUMN.search(words) or NAME_COLUMN.fullmatch(words)
    return bool(words) and not (when.years or when.stages or plain)


def _turned(head: Block, rows: Sequence[Block]) -> Iterator[Block]:
    """Yield a row of heads with the years, and a row for each programme with its sums."""
    cells = ("事業名", *(row.cells[0] for row in rows))
    yield _row(cells, [head], head=True, loose=False)
    for at in range(1, len(head.cells)):
        sums = [row.cells[at] for row in rows]
        unit = COLUMN_UNIT.search(head.cells[at])
        if any(map(is_value, sums)) or TOTAL_NAME.search(head.cells[at]):
            each = (unit["unit"] or unit["end"]) if unit else ""
            name = COLUMN_UNIT.sub("", head.cells[at]).strip(" 　")
            yield _row((name, *(f"{cell}{each if cell else ''}" for cell in sums)), [head, *rows])


def _row(cells: tuple[str, ...], lines: Sequence[Block], *, head: bool = False, loose: bool = False) -> Block:
    """Return a row of `cells`, the first of which stands on the first of `lines`, the next on the next."""
    origins, length = [], 0
    for cell, line in zip(cells, lines, strict=False):
        origins.append((length, line.origins[0][1]))
        length += len(cell) + 1
    text = "\t".join(cells)
    opening = Opening(0, None, None, False, text)
    return Block(opening, origins, lines[0].page, [text], cells=cells, head=head, loose=loose)
