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
HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NUMBER = r"[\W_]*[0-9][0-9年月日\W]*(?:[Ee][+-]?[0-9]+)?"
"""Words that a spreadsheet might read as a number or a date."""

YEARS = "[12][0-9]{3}(?: [12][0-9]{3})*"
OPEN = {"portion", "ceiling"}
Cell = str | float | None


def of_page(page: ResultPage, form: str, width: int | None, colour: bool, excel: bool = False) -> Iterator[str]:
    """Yield a head, and a row for each amount that answered; see `written` for `excel`."""
    return written(chain([(GROUP, *HEADS)], page_rows(page)), form, excel)


def of_items(items: Iterable[Item], form: str, width: int | None, colour: bool, excel: bool = False) -> Iterator[str]:
    """Yield a head, and a row for each amount; see `written` for `excel`."""
    return written(chain([HEADS], item_rows(items)), form, excel)


def item_rows(items: Iterable[Item]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each amount of `items`, under HEADS."""
    return (row for item in items for row in _rows(item, range(len(item.amounts)), changes(item)))


def page_rows(page: ResultPage) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each amount that answered, under GROUP and HEADS."""
    return (row for hit in page.hits for row in _hit_rows(hit))


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


def written(rows: Iterable[tuple[Cell, ...]], form: str, excel: bool = False) -> Iterator[str]:
    """Yield rows with tabs between plain cells, or as CSV (RFC 4180, but with bare line feeds).

    With `excel`, words that a spreadsheet would run as a formula, or read as a number or a date, have an apostrophe
    in front of them; numbers stay numbers.
    """
    import csv
    from io import StringIO

    for row in rows:
        cells = ["" if cell is None else _text(cell, excel) for cell in row]
        if form == "tsv":
            yield "\t".join(re.sub("[\t\n]", " ", cell) for cell in cells)
        else:
            line = StringIO()
            csv.writer(line, lineterminator="\n").writerow(cells)  # which has it quote line feeds
            yield line.getvalue()[:-1]


def for_excel(lines: Iterable[str]) -> str:
    """Return lines as a spreadsheet takes them for UTF-8: with a byte order mark, and CR LF between them."""
    return "\ufeff" + "\r\n".join(lines)


def clean(text: str) -> str:
    """Return `text` with a space for what a terminal would obey, tabs and line ends apart."""
    if text.isprintable():  # nearly every cell
        return text
    kept = re.sub(SURROGATES, "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(OBEYED, " ", kept)


def _text(cell: str | float, excel: bool) -> str:
    """Return a cell as text; what Excel would take for something else is told from it before it is cleaned."""
    if not isinstance(cell, str):
        return str(cell)
    return ("'" if excel and _mistaken(cell) else "") + clean(cell)


def _mistaken(text: str) -> bool:
    """Say whether a spreadsheet would run `text`, or read 「(11)」 as -11 and 「1-2」 as a date.

    It takes full width for half (「＝1+1」), and looks past blanks and what cannot be printed.
    """
    plain = (text if text.isprintable() else re.sub(OBEYED, "", text)).translate(HALF)
    if plain[:1] in ("\t", "\r", "\n") or plain.lstrip().startswith(("=", "+", "-", "@")):
        return True
    return re.fullmatch(NUMBER, plain.strip()) is not None and re.fullmatch(YEARS, plain) is None
