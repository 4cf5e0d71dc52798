"""A cell of a sheet as words for the eye."""

from search.render.entries import clear
from search.render.sheets import YEN, Cell, Column, Roughly, Sheet
from search.render.words import oku

UNIT = "（単位：億円）"
EIGHTHS = " ▏▎▍▌▋▊▉"
FULL = "█"


def words(cell: Cell, column: Column, bar: int = 0) -> str:
    """Return a cell as one line that does nothing to a terminal, a bar at most `bar` columns wide."""
    match cell:
        case None:
            return ""
        case str():
            return clear(cell)
        case int() if column.kind in YEN:
            return signed(cell) if column.kind == "change" else about(cell)
        case int() if column.kind == "count":
            return f"{cell:,}"
        case float() | int() if column.kind == "share":
            return percent(cell)
        case float() | int() if column.kind == "rate":
            return ("+" if cell > 0 else "▲" if cell < 0 else "") + percent(abs(cell))
        case float() | int() if column.kind == "bar":
            return drawn(cell, bar)
    return str(cell)


def about(yen: int) -> str:
    """Return whole yen in 億円, with 約 where they are approximate."""
    return ("約" if isinstance(yen, Roughly) else "") + oku(yen)


def signed(yen: int) -> str:
    """Return a difference in 億円 with its sign: 「+12」, 「▲3.4」, 「0」."""
    return ("+" if yen > 0 else "") + oku(yen)


def percent(share: float) -> str:
    """Return a share in per cent, to one decimal: 「53.6%」; only all of it is 「100%」."""
    value = round(share * 100, 1)
    if value == 100 and share != 1:
        value = 99.9 if share < 1 else 100.1
    return f"{value:,.1f}".removesuffix(".0") + "%"


def drawn(share: float, width: int) -> str:
    """Return a bar as long as `share` of `width` columns, to an eighth of one; what is more than nothing is seen."""
    eighths = max(round(min(max(share, 0), 1) * width * 8), 1 if share > 0 else 0)
    whole, rest = divmod(eighths, 8)
    return FULL * whole + (EIGHTHS[rest] if rest else "")


def title(sheet: Sheet) -> str:
    """Return the title of a sheet, with the unit of the sums in it."""
    sums = any(column.kind in YEN for column in sheet.columns)
    return clear(sheet.title) + (UNIT if sheet.rows and sums else "")
