"""Lines of a paper gathered into blocks: wrapped lines made whole, rows apart, page furniture left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.amounts.brackets import Text, balance, pairs, sums_in
from index.amounts.names import is_money, status_of
from index.dates import read_date
from index.document import Line
from index.notation import FUNDING_SIDE, NO_SUM, OTHERS
from index.outline.lists import parted
from index.outline.numbering import Opening, opening_of
from index.outline.pages import without_furniture
from index.outline.tables import (
    COLUMN_UNIT,
    GROUP_LINE,
    HEAD_WORDS,
    ONLY_UNIT,
    UNIT_LINE,
    cells_of,
    has_bars,
    is_head,
    is_value,
    values_in,
)
from index.outline.torn import tears_kana, tears_name, tears_sum, width_of

_SENTENCE_END = "。．！？!?"
_CLOSED = re.compile(
    r"(?:[ 　)）】〕］\]>＞＋+]|の?内数(?:等)?|程度|規模|[（(【][^（()）【】]{0,20}[)）】]|[、,]?事項要求"
    r"|(?:十億|百万|千|兆|億|万)円|[、, 　]*[+＋▲△-]?[0-9０-９.．]{1,6}[ 　]*[%％](?:の?[増減])?)*(?:※.*)?"
)
_GOES_ON = re.compile(
    r"[、，。）)】〕（(【〔※→＋+]|[をがにとでのは](?![ぁ-ん])|であ|の?内数|程度|規模|余り?(?![一-鿿])"
)
_REMARKED = re.compile(r"[（(【][^（()）【】円]{1,10}[)）】][ 　]*[一-鿿ァ-ヶ]")
"""「（参考）既定経費の減額　▲3億円」 below a sum is an entry of its own."""

_FUNDED = re.compile(f"財源|国費|{FUNDING_SIDE.pattern}")
_CAPTION = re.compile(r"[<＜〈《【][^<>＜＞〈〉《》【】]{1,30}[>＞〉》】]")
_LONGEST_HALF = 60
_LONGEST_DATE = 40
_SHORT = 20
"""A line shorter than this was not wrapped."""


@dataclass(slots=True)
class Block:
    """Lines that belong together, while they are being gathered.

    `depth` counts the brackets left open; `money` says that a sum has been seen. A row has `cells`, and `head`
    where they are the heads of columns; `loose` says that spaces alone set its cells apart. `unit` is a line
    that says no more than the unit of what follows. `gap` says that a blank line stands above, `wide` how long the
    last line is as it stands. `cover` says that it is the date of the paper, or who gives it out.
    """

    opening: Opening
    origins: list[tuple[int, int]]
    page: int | None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    depth: int = 0
    money: bool = False
    cells: tuple[str, ...] = ()
    head: bool = False
    loose: bool = False
    unit: bool = False
    gap: bool = False
    wide: int = 0
    funded: bool = False
    cover: bool = False

    @property
    def text(self) -> str:
        """The text behind the mark, its lines made one."""
        return "".join(self.pieces)

    @property
    def last(self) -> str:
        """The last line."""
        return self.pieces[-1] if self.pieces else ""

    def add(self, text: str, number: int, *, apart: bool = False) -> None:
        """Add a line; words of Latin letters, and what stands `apart`, keep a space between."""
        before = self.last[-1:]
        if before and (apart or (_latin(before) and _latin(text[:1]) and not (before + text[:1]).isdigit())):
            text = " " + text
        self.origins.append((self.length + (text[:1] == " "), number))
        self.pieces.append(text)
        self.length += len(text)
        self.depth = max(0, self.depth + balance(text)[0])
        self.money = self.money or bool(sums_in(text))
        self.funded = self.funded or _FUNDED.search(text) is not None


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the lines of a paper gathered: an opening line with the lines that continue it; a row alone."""
    block: Block | None = None
    gap, table, unit = False, False, False
    kept = parted(without_furniture(lines))
    width = width_of(text for _, text in kept)
    for place, (line, text) in enumerate(kept):
        if not text:
            gap = True
            continue
        opening = opening_of(text)
        unit = unit or UNIT_LINE.search(text) is not None
        row = _row(line, opening, kept, place, table and not (gap and opening.mark), unit)
        if row is None and block and _continues(block, opening, text, gap, width):
            block.add(
                text.strip(" 　\t") if _reopened(block, opening) else opening.text,
                line.number,
                apart=is_only_money(opening.text) and not _is_torn(block, opening),
            )
        else:
            whole = _joined(block, row) if row and block and not gap else None
            if block and whole is None:
                yield block
            block = whole or row or _started(opening, line)
            block.gap = gap
            table = row is not None or (table and (block.unit or (_half_of(block) is not None and not gap)))
            unit = unit or (block.head and any(map(COLUMN_UNIT.search, block.cells)))
        block.wide = len(text)
        gap = False
    if block:
        yield block


def _started(opening: Opening, line: Line) -> Block:
    block = Block(opening, [], line.page)
    block.unit = len(opening.text) <= 40 and ONLY_UNIT.fullmatch(opening.text) is not None
    block.add(opening.text, line.number)
    return block


def _half_of(block: Block) -> int | None:
    """Return the cell that holds the first half of a name that the next row ends, None where there is none.

    「先端半導体の製造基盤確保に向けた⏎研究開発事業　10,000」 is one row, in bars or without.
    """
    filled = [at for at, cell in enumerate(block.cells) if cell]
    text = block.cells[filled[0]] if len(filled) == 1 else block.text if not block.cells and block.opening.plain else ""
    whole = 1 < len(text) <= _LONGEST_HALF and "。" not in text and _HANGING.search(text) and not sums_in(text)
    return (filled or [0])[0] if whole else None


def _joined(half: Block, row: Block) -> Block | None:
    """Return a row with the first half of its name, None where `half` is none or the row has no words there."""
    at = None if row.head else _half_of(half)
    if at is None or at >= len(row.cells) or not row.cells[at] or is_value(row.cells[at]):
        return None
    first = half.cells[at] if half.cells else half.text
    row.cells = (*row.cells[:at], first + row.cells[at], *row.cells[at + 1 :])
    row.pieces = [half.text, row.text]
    row.origins = [*half.origins, *((half.length + offset, number) for offset, number in row.origins)]
    return row


def _row(
    line: Line, opening: Opening, kept: Sequence[tuple[Line, str]], place: int, table: bool, unit: bool
) -> Block | None:
    """Return the line as a row of a table, None if it is none.

    Bars and tabs make rows; two spaces do only where numbers of a known unit or sums stand behind a name.
    One sum behind a name, with no table around, is an entry.
    """
    text = kept[place][1]
    if has_bars(text):
        cells = cells_of(text, bars=True)
        return Block(_unmarked(text), [(0, line.number)], line.page, [text], cells=cells, head=is_head(cells))
    tabs = "\t" in opening.text.strip() or (opening.plain and "\t" in text and not text.startswith("\t\t"))
    source = text if tabs and opening.plain else opening.text
    if not tabs and "  " not in source.replace("　", " "):
        return None
    cells = cells_of(source)
    if tabs and not opening.plain and text[0] == "\t":
        cells = (*[""] * (len(text) - len(text.lstrip("\t"))), *cells)  # what stands in the second column stays there
    if sum(map(bool, cells)) < 2:
        return None
    head = is_head(cells) and not (tabs and opening.mark)
    if not _is_row(cells, tabs, head, table, unit, opening):
        return None
    if not tabs and head and not _row_follows(kept, place, unit):
        return None
    return Block(opening, [(0, line.number)], line.page, [opening.text], cells=cells, head=head, loose=not tabs)


def _is_row(cells: tuple[str, ...], tabs: bool, head: bool, table: bool, unit: bool, opening: Opening) -> bool:
    values = values_in(cells)
    if head:
        return (tabs and (table or bool(HEAD_WORDS.search(" ".join(cells))))) or bool(
            opening.plain and HEAD_WORDS.search(" ".join(cells)) and not any("。" in cell for cell in cells)
        )
    if not unit and not any(sums_in(cell) for cell in cells):
        return False
    return (tabs and (table or values != 1)) or values >= 2 or (table and values == 1)


def _row_follows(kept: Sequence[tuple[Line, str]], place: int, unit: bool) -> bool:
    """Say whether the next line is a row, so that this one can be its heads."""
    near = [text for _, text in kept[place + 1 : place + 4] if text and not GROUP_LINE.fullmatch(text.strip(" 　"))]
    below = next((text for text in near if not (opening_of(text).plain and _HANGING.search(text))), "")
    unit = unit or any(map(UNIT_LINE.search, (text for _, text in kept[place : place + 2])))
    unit = unit or any(map(COLUMN_UNIT.search, cells_of(kept[place][1])))
    cells = cells_of(opening_of(below).text) if below else ()
    if len(cells) < 2:
        return False
    return (values_in(cells) > 0 and (unit or any(map(sums_in, cells)))) or (
        is_head(cells) and bool(HEAD_WORDS.search(" ".join(cells)))
    )


def _unmarked(text: str) -> Opening:
    return Opening(0, None, None, False, text)


_HANGING = re.compile(r"(?:(?<!も)の|における|による|に係る|に関する|に向けた|及び|並びに|又は)$")
"""No name ends so: 「ＧＩＧＡスクール構想の⏎推進」, 「森林の保全及び⏎活用」."""


def _is_torn(block: Block, opening: Opening) -> bool:
    """Say whether the end of a line tore a sum, or の内数, in two."""
    return opening.plain and tears_sum(block.last, opening.text)


def _reopened(block: Block, opening: Opening) -> bool:
    """Say whether a line inside brackets begins with what only looks like a mark: 「（R2、」, 「4 補正）」."""
    return block.depth > 0 and not opening.plain


def _continues(block: Block, opening: Opening, line: str, gap: bool, width: int) -> bool:
    """Say whether a line that begins with `opening` is the rest of `block`.

    White paper, lines 11-12, 74-77 and 81-82: wrapped before, between and inside the brackets. Request
    paper, lines 161-163: the sum of a heading stands alone, a blank line above it.
    """
    if block.cells or block.unit or opening.hashes:
        return False
    text = opening.text
    if block.depth > 0 and balance(line)[1] < 0:
        return True
    if not gap and _is_torn(block, opening):
        return True
    if opening.plain and (_is_date(text) or (len(block.pieces) == 1 and _is_date(block.last))):
        return False
    money = (opening.plain or (opening.note and block.money)) and not (block.money and (gap or text[0] in "【〔"))
    if opening.plain or opening.note:
        if _CAPTION.fullmatch(text) and not sums_in(text):
            return False
        if is_only_money(text):
            if OTHERS.match(text) and not block.funded:
                return False
            return money and block.last[-1:] not in _SENTENCE_END
    if not opening.plain:
        return False
    if gap:
        return block.last[-1] in "、，" and block.opening.plain
    return not block.opening.hashes and (_tears_word(block, text, width) or _wrapped(block, text))


def _is_date(text: str) -> bool:
    return len(text) <= _LONGEST_DATE and read_date(text) is not None


def _tears_word(block: Block, text: str, width: int) -> bool:
    """Say whether a word of the name that `block` is goes on in `text`; lines of `width` were wrapped."""
    last = block.last
    if block.money or last[-1] in _SENTENCE_END or block.depth or _CAPTION.match(text):
        return False
    numbered = block.opening.rank is not None
    return tears_kana(last, text) or (numbered and tears_name(last, text, bool(width) and block.wide >= width))


def _wrapped(block: Block, text: str) -> bool:
    """Say whether `text` is the next line of a sentence or a name that was too long for one."""
    last = block.last
    if last[-1] in "、，" or _HANGING.search(last[-6:]) or (last[-1] in "をはがのに" and len(last) >= _SHORT // 2):
        return True
    if block.depth > 0 and not (ends_in_money(text) and balance(text) == (0, 0)):
        return True
    if ends_in_money(last):
        return _GOES_ON.match(text) is not None and status_of(text) is None and not _REMARKED.match(text)
    rank = block.opening.rank
    if (rank is None or rank <= 2) and (
        last[-1] in _SENTENCE_END or (ends_in_money(text) and not re.search("[、。]", text))
    ):
        return False
    return len(last) >= max(_SHORT, 0.7 * min(len(text), 60))


def is_only_money(text: str) -> bool:
    """Say whether a line is no more than sums and what they are: 「令和6年度要求額 35億円（30億円）」."""
    sums = sums_in(text)
    return bool(sums) and len(text) <= 400 and is_money(Text(text, pairs(text), sums), 0, 2000)


def ends_in_money(text: str) -> bool:
    """Say whether a line ends with a sum and what belongs to it, or with 事項要求."""
    sums = sums_in(text)
    if not sums:
        return (
            len(text) <= 200
            and NO_SUM.search(text[-8:]) is not None
            and text.rstrip("）)】 　").endswith(("要求", "未満"))
        )
    return len(text) - sums[-1].end <= 60 and _CLOSED.fullmatch(text, sums[-1].end) is not None


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
