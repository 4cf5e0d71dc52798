"""The lines of a review into items: a programme each, with its money of all years."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.document import Document, Item, Line, Place, Remainder
from index.opendata.execution import Money, money_of
from index.opendata.review import OFFICES, OPENING
from index.opendata.rows import Row, read_row
from index.opendata.sums import UNITS

TEXTS = {
    "1-2": ("事業の目的", "現状・課題", "事業の概要"),
    "1-5": ("関連事業の事業名", "関連性"),
    "2-1": ("主な増減理由", "その他特記事項", "備考"),
    "2-2": (),
    "5-1": ("支出先名", "事業を行う上での役割", "契約概要"),
}
"""The columns of each table that are text; of a table that is not here, whatever is prose."""

UNIT = re.compile(f"(?:単位：)(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})")
_PROSE = 10
"""How many characters a cell of another table has at least to be text."""
_NUMERIC = re.compile(r"[0-9０-９,.:/％%-]+|https?://.*")
_TWICE = "同じ予算事業IDが二つの事業に付いている"


def items(document: Document) -> tuple[list[Item], list[Remainder]]:
    """Return the programmes of a review, and what in their columns of money is no sum."""
    unit = next((match["unit"] for line in document.lines[:5] if (match := UNIT.search(line.text))), "円")
    found: list[Item] = []
    left: list[Remainder] = []
    for block in _blocks(document.lines):
        place = Place(document.about.id, block[0].number, block[-1].number)
        item, money = _item(place, [read_row(line.text) for line in block], unit)
        found.append(item)
        left += [Remainder(place, words, reason) for words, reason in money.left]
    counts = Counter(each.number for each in found if each.kind == "programme")
    twice = (each for each in found if each.number and each.kind == "programme" and counts[each.number] > 1)
    left += [Remainder(each.place, f"予算事業ID {each.number}", _TWICE) for each in twice]
    return found, left


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each programme."""
    block: list[Line] = []
    for line in lines:
        if line.text.startswith(OPENING):
            if block:
                yield block
            block = [line]
        elif block:
            block.append(line)
    if block:
        yield block


def _item(place: Place, rows: Sequence[tuple[str, Row]], unit: str) -> tuple[Item, Money]:
    common = rows[0][1]
    number = common.get("予算事業ID") or common.get("事業番号") or None
    money = money_of([(table, row) for table, row in rows[1:] if table in ("2-1", "2-2")], unit)
    item = Item(
        place,
        common.get("事業名") or number or "名称なし",
        number,
        "programme" if common.get("予算事業ID") else "row",
        tuple(common[office] for office in OFFICES if common.get(office)),
        text=" ".join(dict.fromkeys(each for table, row in rows[1:] for each in _texts(table, row))),
        amounts=tuple(money.amounts),
    )
    return item, money


def _texts(table: str, row: Row) -> Iterator[str]:
    """Yield what a row says in words."""
    if (heads := TEXTS.get(table)) is not None:
        yield from (row[head] for head in heads if row.get(head))
    else:
        yield from (cell for cell in row.values() if len(cell) >= _PROSE and not _NUMERIC.fullmatch(cell))
