"""Results and items as rows for a spreadsheet, one row an amount."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from index.document import BOUNDS, FLAGS, ROLES, STAGES, Amount, Item, previous_years
from search.results import GROUPS, Hit, ResultPage

GROUP = "区分"
HEADS = (
    *("文書", "頁", "行", "番号", "名称", "内訳名", "金額（円）", "年度", "段階", "確度", "役割", "会計", "印"),
    *("期間（年）", "前年度差（円）", "見出し階層", "原文"),
)
OBEYED = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
SURROGATES = "[\ud800-\udfff]"
OPEN = {"portion", "ceiling"}
Cell = str | int | None


def of_page(page: ResultPage, form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield a head, and a row for each amount that answered."""
    rows = (row for hit in page.hits for row in _hit_rows(hit))
    return _lines(chain([(GROUP, *HEADS)], rows), form)


def of_items(items: Iterable[Item], form: str, width: int | None, colour: bool) -> Iterator[str]:
    """Yield a head, and a row for each amount."""
    rows = (row for item in items for row in _rows(item, range(len(item.amounts)), changes(item)))
    return _lines(chain([HEADS], rows), form)


def changes(item: Item) -> dict[int, int]:
    """Return by how many yen each amount differs from the year before printed beside it, where both are sums."""
    pairs = ((own, item.amounts[own], item.amounts[beside]) for own, beside in previous_years(item.amounts).items())
    return {own: now.yen - before.yen for own, now, before in pairs if not {now.bound, before.bound} & OPEN}


def _hit_rows(hit: Hit) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a hit behind its group; what the engine says of the first amount holds."""
    found: dict[int, int | None] = dict(changes(hit.item))
    if hit.matched:
        found[hit.matched[0]] = hit.change
    return ((GROUPS[hit.group], *row) for row in _rows(hit.item, hit.matched, found))


def _rows(item: Item, positions: Sequence[int], found: Mapping[int, int | None]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each amount at `positions`, one for an item without any."""
    for position in positions:
        yield _row(item, item.amounts[position], found.get(position))
    if not positions:
        yield _row(item, None, None)


def _row(item: Item, amount: Amount | None, change: int | None) -> tuple[Cell, ...]:
    """Return an item with one of its amounts, or with none."""
    place = item.place
    before = (place.document, place.page, place.line, item.number, item.name)
    cells = (None,) * 9 if amount is None else _amount_cells(amount)
    path, written = " › ".join(item.heading_path), amount.written if amount else None
    return (*before, *cells, change, path, written)


def _amount_cells(amount: Amount) -> tuple[Cell, ...]:
    """Return an amount, from its label to the years it runs over."""
    years, flags = " ".join(map(str, amount.years)), " ".join(FLAGS[flag] for flag in amount.flags)
    stage, bound, role = STAGES.get(amount.stage or ""), BOUNDS[amount.bound], ROLES[amount.role]
    return (amount.label, amount.yen, years, stage, bound, role, amount.account, flags, amount.over)


def _lines(rows: Iterable[tuple[Cell, ...]], form: str) -> Iterator[str]:
    """Yield rows with tabs between plain cells, or as CSV (RFC 4180, but with bare line feeds)."""
    import csv
    from io import StringIO

    for row in rows:
        cells = ["" if cell is None else _clean(str(cell)) for cell in row]
        if form == "tsv":
            yield "\t".join(re.sub("[\t\n]", " ", cell) for cell in cells)
        else:
            line = StringIO()
            csv.writer(line, lineterminator="").writerow(cells)
            yield line.getvalue()


def _clean(text: str) -> str:
    """Return `text` with a space for what a terminal would obey, tabs and line ends apart."""
    kept = re.sub(SURROGATES, "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(OBEYED, " ", kept)
