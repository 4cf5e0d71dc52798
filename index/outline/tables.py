"""Rows of tables: which lines are rows, what their cells and the heads of their columns say."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from index.accounts import account_of
from index.amounts.brackets import sums_in
from index.notation import BRACKETED, CELL_NUMBER, DECORATED, NO_SUM, PLAIN_NUMBER, STATUS_CELL
from index.totals import TOTAL_NAME
from index.years import read_year

UNIT = r"(?:円|千円|万円|百万円|十億円|億円|兆円)"
UNIT_LINE = re.compile(rf"単位[ 　]*[はが：:／/]?[ 　]*(?P<unit>{UNIT})")
"""「（単位：千円）」 above a table or in a column's head gives plain numbers below their unit."""

ONLY_UNIT = re.compile(r"[（(【\[]?[ 　]*(?:金額)?単位[^）)】\]。]{1,30}[)）】\]]?")
GROUP_LINE = re.compile(r"[（(【〔＜<《][^（()）【】〔〕<>＜＞《》0-9０-９]{1,12}[）)】〕＞>》]")
"""「（歳入）」 between two rows of a table heads those below it, and leaves them their columns."""

COLUMN_UNIT = re.compile(rf"[（(【\[][ 　]*(?P<unit>{UNIT})[ 　]*[)）】\]]|(?:^|[ 　額])(?P<end>{UNIT})$")

MONEY_COLUMN = re.compile(
    r"額|予算|要求|要望|当初|補正|年度|決算|事業費|経費|金|国費|計$|歳[出入]"
    r"|^[RHＲＨ][0-9０-９]{1,2}|(?:^|[ 　（(])うち|契約ベース"
)
OTHER_COLUMN = re.compile(
    r"増[△▲]?減|比較|差引|差額|伸率|伸び率|前年度?比|構成比|割合|率|備考|摘要|頁|ページ|番号|^No|人数|件数|箇所|説明|補正[前後]|[(（]?[A-ZＡ-Ｚ][)）]?[-－−/／][(（]?[A-ZＡ-Ｚ]"
    r"|対前年|担当|所管|部局|不用額|数$|順位|面積|人口|コード|優先度"
)
"""Columns that hold no sums of their own: what was added, rates, the budget before and after an amendment."""

FUNDING_COLUMN = re.compile(
    r"国庫支出金|[国都道府県]{1,4}支出金|国県支出金|国庫補助金|国庫負担金|地方債|[市町村県府道都区起]債|一般財源|特定財源"
    r"|その他(?:特定財源)?$|分担金|使用料|諸収入|繰入金"
    r"|(?<![一-鿿ァ-ヶ])[都道府県市区町村]{1,4}費|(?:^|[ 　])[国都道府県市区町村]$"
)
"""Columns that say what a row's sum is paid from: parts of it. 「水道費」 and 「鉄道費」 are none."""

NAME_COLUMN = re.compile(r"事業名?|施策|名称|項目|区分|科目|費目|内容|会計|^[款項目節]$")
LEVEL_COLUMN = re.compile(r"^[款項目節]$")
PROGRAMME_COLUMN = re.compile(
    r"(?:^|[ 　・/／])(?:予算|主要?な?|個別|事務|細々?|小)?事[ 　]*業[ 　]*名[ 　]*(?:称|等)?(?:[（(][^（()）]*[)）])?$"
    r"|(?:^|[ 　])(?:細々?事業|事務事業|事[ 　]*項)(?:の?名称?)?$"
)
"""Columns that name a programme, whatever 款, 施策 or 会計 stands to their left; 大事業名 is what holds several."""

ACCOUNT_COLUMN = re.compile(r"会計(?:名称?|区分|別)?$")
SUM_OF_COLUMNS = re.compile(r"[＋+]")
"""「補正＋当初」: the sum of other columns."""
HEAD_WORDS = re.compile(r"年度|額|単位|事業名|区分|項目|科目|名称|^[款項目]|施策名|会計名|予算")

NAME_END = re.compile(r"(?<=[^ 　])[ 　]*※[ 　]*(?P<remark>.*)$", re.DOTALL)
"""A remark in the cell of a name (request paper, line 10: 「…特別会計 ※GX 推進対策費を除く」)."""

REMARK_COLUMN = re.compile(r"備考|摘要|説明")
"""Columns whose words may speak of money: 「うち重要政策推進枠 80,000」."""

SURE_COLUMN = re.compile(r"予算|要求|要望|当初|補正|事業費|経費|国費|決算")
"""Columns that hold sums even where no unit is known."""

STAGE_NAMED = re.compile("当初|補正|要求|要望|予備費|決算|執行|債務負担|継続費|繰越")
"""Words of a caption that say which stage the sums below it are of, as 予算 alone does not."""

_NUMBER = re.compile(PLAIN_NUMBER)
_YEAR_ALONE, _DRAFT_ALONE = re.compile("(?:19|20)[0-9]{2}"), re.compile("[（(]?案[)）]?")
_LONGEST, _DIGITS = 60, 3
_WORD = re.compile(r"[^\W_]")
_EMPTY = ("-", "－", "―", "—", "ー", "皆増", "皆減", "新規", "...", "…", "0")
_SPACED = re.compile(r"(?<![^ 　])([一-鿿])[ 　]+([一-鿿])(?=[ 　]{2}|$)")  # 「区　　分」 is one word
_GAPS = re.compile(r"[ 　]{2,}|[ 　]*\t[ 　]*|　(?=[▲△]?[0-9０-９][0-9０-９,，.．]*(?:[ 　]{2}|$))")


class Heads(NamedTuple):
    """The rows of heads above the columns of a table, and whether the cells were set apart by spaces alone."""

    rows: tuple[tuple[str, ...], ...] = ()
    loose: bool = False


def has_bars(line: str) -> bool:
    """Say whether `line` is a row between Markdown's bars."""
    text = line.strip(" 　\t")
    return text.count("|") >= 2 and (text[0] == "|" or text.count("|") >= 3)


def cells_of(line: str, *, bars: bool = False) -> tuple[str, ...]:
    """Return the cells of `line`: between bars, else between tabs, else between two or more spaces."""
    if bars:
        return tuple(cell.strip(" 　\t") for cell in line.strip(" 　\t").strip("|").split("|"))
    if "\t" in line.strip():
        return tuple(cell.strip(" 　") for cell in line.split("\t"))
    return tuple(_GAPS.split(_SPACED.sub(r"\1\2", line.strip(" 　\t"))))


def is_number(cell: str) -> bool:
    """Say whether a cell holds a plain number and no more than what says how far it goes."""
    return len(cell) <= _LONGEST and (DECORATED.fullmatch(cell) or BRACKETED.fullmatch(cell)) is not None


def is_empty(cell: str) -> bool:
    """Say whether a cell says that there is no sum: 「－」, 「皆増」."""
    return cell in _EMPTY


def is_value(cell: str) -> bool:
    """Say whether a cell holds a sum or a number and no name."""
    if is_number(cell) or cell in _EMPTY:
        return True
    sums = sums_in(cell)
    return bool(sums) and sums[0].start <= 2


def values_in(cells: Sequence[str]) -> int:
    """Return how many cells behind the first hold a sum or a number."""
    return 0 if cells and is_value(cells[0]) else sum(bool(cell) and is_value(cell) for cell in cells[1:])


def is_head(cells: Sequence[str]) -> bool:
    """Say whether no cell holds a sum or a number, but for the years of columns: 「2023 | 2024」."""
    return not any(
        sums_in(cell) or cell in _EMPTY or NO_SUM.search(cell) or (is_number(cell) and not _is_year(cell))
        for cell in cells
    ) and not any(_holds_number(cell) for cell in cells[1:])


def _holds_number(cell: str) -> bool:
    """Say whether a cell names a number among its words: 「西部500、東部300」, but not 「2024 要求」."""
    numbers = (each[0] for each in CELL_NUMBER.finditer(cell)) if len(cell) <= _LONGEST else ()
    return any("," in each or "，" in each or (len(each) >= _DIGITS and not _is_year(each)) for each in numbers)


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and (read_year(cell) or 0) >= 1900 and (read_year(cell) or 0) < 2100


def has_years(cells: Sequence[str]) -> bool:
    """Say whether a name stands before what only looks like a year: 「道路事業 | 1900」 below heads is no head."""
    named = bool(cells) and bool(cells[0]) and not HEAD_WORDS.search(cells[0]) and not NAME_COLUMN.fullmatch(cells[0])
    return named and any(map(_is_year, cells[1:])) and all(not cell or _is_year(cell) for cell in cells[1:])


def heads_over(heads: Heads, width: int) -> tuple[str, ...]:
    """Return the head of each of `width` columns, the rows above it joined.

    An empty cell of an upper row goes on with the cell to its left. Where spaces alone set cells apart, the heads
    may lack one above the names; heads that do not fit are nobody's.
    """
    rows = []
    for number, row in enumerate(heads.rows):
        if heads.loose and len(row) == width - 1:
            row = ("", *row)
        elif heads.loose and len(row) != width:
            return ()
        rows.append(_spread(row) if number < len(heads.rows) - 1 else row)
    width = max([width, *map(len, rows)]) if rows else 0
    return tuple(_in_full(" ".join(row[at] for row in rows if at < len(row)).strip()) for at in range(width))


def _in_full(head: str) -> str:
    """Return a head as it is meant: 「2025」 is a fiscal year, 「案」 a draft of the budget."""
    if head in ("本年", "前年"):
        return f"{head}度"
    return f"{head}年度" if _YEAR_ALONE.fullmatch(head) else f"予算{head}" if _DRAFT_ALONE.fullmatch(head) else head


def _spread(row: tuple[str, ...]) -> tuple[str, ...]:
    spread = list(row)
    for at in range(2, len(spread)):
        spread[at] = spread[at] or spread[at - 1]
    return tuple(spread)


def group_of(cells: Sequence[str], heads: Heads) -> str:
    """Return the words of a row that has but one cell, below heads of several columns: it groups the rows below it."""
    words = [cell for cell in cells if cell]
    if len(words) != 1 or len(cells) == 1 or not heads.rows or ONLY_UNIT.fullmatch(words[0]):
        return ""
    return "" if is_value(words[0]) or sums_in(words[0]) else words[0]


def name_column(cells: Sequence[str], heads: Sequence[str]) -> int | None:
    """Return the column that names the row: a total's, 事業名, 目 before 款, what is headed so, the first words."""
    named = [at for at, cell in enumerate(cells) if _WORD.search(cell) and not is_value(cell)]
    named = [at for at in named if not STATUS_CELL.fullmatch(cells[at])] or named
    under = [at for at in named if at < len(heads)]
    programmes = [at for at in under if PROGRAMME_COLUMN.search(heads[at]) and not sums_in(cells[at])]
    levels = [at for at in under if LEVEL_COLUMN.search(heads[at])]
    headed = [at for at in under if NAME_COLUMN.search(heads[at]) and not sums_in(cells[at])]
    if programmes:
        total = next((at for at in named if at < programmes[-1] and TOTAL_NAME.search(cells[at])), None)
        return programmes[-1] if total is None else total
    return levels[-1] if levels else headed[0] if headed else named[0] if named else None


def filled(cells: tuple[str, ...], heads: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of a row with what a merged one left of its name says in the row `above`: 「子育て」 of 分野.

    What is left empty below 款, 項 and 目 says which of them the row is about, and stays empty.
    """
    name = name_column(cells, heads) if any(above) and not cells[0] and len(heads) >= len(cells) == len(above) else None
    if not name or name_column(above, heads) != name or TOTAL_NAME.search(cells[name]):
        return cells
    if any(not heads[at] or LEVEL_COLUMN.search(heads[at]) or is_value(above[at]) for at in range(name)):
        return cells
    return tuple(cells[at] or above[at] if at < name else cells[at] for at in range(len(cells)))


def is_above(cells: Sequence[str], heads: Sequence[str], name: int, below: Sequence[str] = ()) -> bool:
    """Say whether a row is the sum of rows below it: a 款 whose 項 is left empty, where the row `below` fills that.

    「予備費」, whose 項 nobody fills, is none.
    """
    columns = min(len(cells), len(heads))
    levels = [at for at in range(columns) if LEVEL_COLUMN.search(heads[at])]
    if name not in levels:
        return False
    named = [at for at in range(name + 1, columns) if at in levels or PROGRAMME_COLUMN.search(heads[at])]
    filled = any(not cells[at] and at < len(below) and below[at] for at in named)
    return filled and all(each in ("", cells[at]) for at, each in enumerate(below[: name + 1]))


def account_in(cells: Sequence[str], heads: Sequence[str], name: int) -> str | None:
    """Return the account that a row has in a column of its own: 「一般」 below 会計."""
    columns = zip(range(len(cells)), cells, heads, strict=False)
    said = (account_of(cell) for at, cell, head in columns if at != name and ACCOUNT_COLUMN.search(head))
    return next((each for each in said if each), None)


def level_of(cells: Sequence[str], heads: Heads) -> int | None:
    """Return the first column headed 款, 項, 目 or 節 that a row fills, None where it fills none."""
    columns = enumerate(zip(heads_over(heads, len(cells)), cells, strict=False))
    return next((at for at, (head, cell) in columns if cell and LEVEL_COLUMN.search(head)), None)


def money_in(cell: str, head: str, caption: str, heads: Sequence[str]) -> str:
    """Return the words of a cell that can hold a sum, a plain number with the unit of its column or table."""
    if OTHER_COLUMN.search(head):
        return ""
    if not is_number(cell):
        return cell
    match = DECORATED.fullmatch(cell)
    unit = unit_of(head, caption, heads)
    if not unit or not match:
        return ""
    number = match["number"].replace("−", "▲").replace("－", "▲").replace("-", "▲")
    upper = f"～{match['upper']}{unit}" if match["upper"] else ""
    part = f"{match['part']}{match['inner']}{unit}" if match["part"] else ""
    return f"{match['before']}{number}{unit}{upper}{part}{match['behind']}"


def unit_of(head: str, caption: str, heads: Sequence[str]) -> str | None:
    """Return the unit of the plain numbers below `head`: its own, that of the table, that of what stands above."""
    column = COLUMN_UNIT.search(head)
    unit = (column["unit"] or column["end"]) if column else None
    if not unit and (holds_money(head) or FUNDING_COLUMN.search(head) or _is_share(head, tuple(heads))):
        table = UNIT_LINE.search(heads[0]) if heads else None
        match = UNIT_LINE.search(head) or table or UNIT_LINE.search(caption) or UNIT_LINE.search(" ".join(heads))
        unit = match["unit"] if match else _one_unit(tuple(heads))
    return unit


def holds_money(head: str) -> bool:
    """Say whether a column holds sums by what its head says; accounts are columns of money too."""
    return MONEY_COLUMN.search(head) is not None or account_of(head) is not None


@lru_cache(maxsize=256)
def _is_share(head: str, heads: tuple[str, ...]) -> bool:
    """Say whether a column with a head of its own holds sums because no other does: 「北海道 | 本州 | 計」."""
    others = any(holds_money(each) and not TOTAL_NAME.search(each) for each in heads[1:])
    known = OTHER_COLUMN.search(head) or NAME_COLUMN.search(head) or REMARK_COLUMN.search(head)
    return bool(head) and not others and not known and head in heads[1:]


@lru_cache(maxsize=64)
def _one_unit(heads: tuple[str, ...]) -> str | None:
    """Return the unit that some of the heads of a table name, if no two name different ones."""
    units = {match["unit"] or match["end"] for head in heads if (match := COLUMN_UNIT.search(head))}
    return units.pop() if len(units) == 1 else None
