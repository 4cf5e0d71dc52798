"""Lines into sections: the numbering gives the outline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from index.amounts.brackets import sums_in
from index.dates import read_date
from index.document import Document, Section
from index.outline.blocks import Block, blocks_of, ends_in_money, is_only_money
from index.outline.numbering import BULLETS, LAST, Opening, opening_of
from index.outline.tables import (
    GROUP_LINE,
    HEAD_WORDS,
    UNIT_LINE,
    Heads,
    filled,
    group_of,
    has_years,
    heads_over,
    level_of,
)
from index.outline.turned import turned
from index.text import fold

_TOP = -1.0
_INSIDE_CHAPTERS = 4.5
_UNDER_NUMBERS = 9.5
_CAPTION = re.compile(r"[<＜〈《][^<>＜＞〈〉《》]{1,30}[>＞〉》]")
"""「＜事業の内容＞」 without a number stands inside the numbered entry above it."""

_SUM_BEHIND = re.compile(r"[^ 　\t0-9０-９](?:[ 　]*\t|[ 　]{2})[ 　\t]*[▲△]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+$")
_COSTS = re.compile(r"(?:額|予算|費|金|会計|計|事業|歳[出入]|税|債)$")
_OFFICE = re.compile(r"[一-鿿ぁ-んァ-ヶー・ 　]{1,20}[省庁部局課室市町村県府都]")
_COVER = 12
_REMARK = re.compile(r"[（(][^（()）]*。[)）]$")
"""「30億円（令和6年度補正予算額10億円を含む。）」 is no sentence."""

_LONGEST = 200
_BROKEN, _REST = 25, 12
_MANY_COLUMNS = 200


def outline(document: Document) -> list[Section]:
    """Return the sections of `document` in order, each with the section it stands under."""
    blocks = _join_headings(turned(blocks_of(document.lines)))
    _mark_cover(blocks[:_COVER])
    chapters = any(block.opening.rank is not None and block.opening.rank <= 2 for block in blocks)
    units = {match["unit"] for block in blocks if (match := UNIT_LINE.search(block.text))}
    builder = _Outline(chapters, fold(document.about.title), len(units) == 1)
    for block in blocks:
        builder.add(block)
    return builder.sections


@dataclass(slots=True)
class _Above:
    """A section that may hold others: its rank, its level in Markdown, its position."""

    rank: float
    level: int
    position: int


@dataclass(slots=True)
class _Outline:
    """The sections so far, those that the next may stand under, the heads and the unit of the table being read.

    `group` is what stands above the table, while the row above was one that groups the rows below it.
    """

    chapters: bool
    title: str
    one_unit: bool
    sections: list[Section] = field(default_factory=list)
    stack: list[_Above] = field(default_factory=list)
    heads: Heads = field(default_factory=Heads)
    unit: str = ""
    fresh: bool = False
    group: str | None = None

    def add(self, block: Block) -> None:
        """Put the section of `block` in its place."""
        if block.unit:
            self.unit, self.fresh = block.text, True
            return
        if words := group_of(block.cells, self.heads):
            self.grouped(block, words)
            return
        self.with_unit(block)
        kind = _kind(block)
        if kind == "row":
            self.row(block)
            return
        if kind == "heading" and self.heads.rows and not block.gap and GROUP_LINE.fullmatch(block.text):
            self.grouped(block, block.text)
            return
        self.heads, self.group = Heads(), None
        unit = UNIT_LINE.search(block.text)
        self.unit = unit[0] if unit else self.unit
        if kind == "heading" and block.opening.rank is None and fold(block.text) == self.title:
            return
        if not unit and kind == "heading" and not self.one_unit:
            self.unit = ""  # in a paper of several units one holds no further than the next heading
        self.place(block, kind, _rank(block, kind, self.chapters))

    def place(self, block: Block, kind: str, rank: float) -> None:
        """Add a section under the last that may hold it."""
        if kind == "prose":
            self.append(block, kind, self.entry_above(block) or self.holder(block.opening))
            return
        while self.stack and not _under(rank, block.opening, self.stack[-1]):
            self.stack.pop()
        parent = self.stack[-1].position if self.stack else -1
        self.stack.append(_Above(rank, block.opening.hashes, len(self.sections)))
        self.append(block, kind, parent, rank)

    def grouped(self, block: Block, words: str) -> None:
        """Add a row that groups those below it: 「１　子育て支援」 across the table is a heading inside it."""
        caption = self.caption()
        opening = opening_of(words)
        inner = Block(opening, [(0, block.origins[0][1])], block.page, [opening.text])
        kind = _kind(inner)
        level = level_of(block.cells, self.heads)
        rank = opening.rank if opening.rank is not None else _UNDER_NUMBERS
        rank = rank if level is None else _UNDER_NUMBERS + level / _MANY_COLUMNS
        self.place(inner, "heading" if kind == "entry" and opening.mark is None else kind, rank)
        self.group = caption

    def with_unit(self, block: Block) -> None:
        """Give the plain number that ends an entry the unit of the paper: 「１　予算総額⇥48,250,000」."""
        text = block.text if self.unit and not block.cells and block.length <= _LONGEST else ""
        if (match := _SUM_BEHIND.search(text)) and _COSTS.search(text, 0, match.start() + 1):
            unit = UNIT_LINE.search(self.unit)
            block.pieces.append(unit["unit"] if unit else "")

    def append(self, block: Block, kind: str, parent: int, rank: float = 0.0) -> None:
        """Add a section."""
        opening = block.opening
        self.sections.append(
            Section(kind, block.text, tuple(block.origins), opening.mark, rank, parent, opening.note, block.page)
        )

    def entry_above(self, block: Block) -> int | None:
        """Return the entry with a sum that a plain line directly below it explains."""
        last = self.sections[-1] if self.sections else None
        plain = block.opening.plain and not block.gap
        entry = last and last.kind == "entry" and last.rank >= BULLETS[0][0] and last.text and ends_in_money(last.text)
        return len(self.sections) - 1 if plain and entry else None

    def holder(self, opening: Opening) -> int:
        """Return the section that prose or a table stands in: bulleted prose under a higher bullet, else under none.

        Request paper, lines 66-67: a paragraph behind a list begins the next, and is no text of the last entry.
        """
        rank = opening.rank if opening.rank is not None else BULLETS[0][0]
        return next((above.position for above in reversed(self.stack) if above.rank < rank), -1)

    def row(self, block: Block) -> None:
        """Add a row with the heads of its columns; a row of heads begins a table, or goes on with its heads."""
        before = self.sections[-1] if self.sections else None
        begun = before is not None and (before.kind == "row" or self.group is not None) and not self.fresh
        head = block.head and len(block.cells) <= _MANY_COLUMNS and not (self.heads.rows and has_years(block.cells))
        if head and (not begun or not self.heads.rows or HEAD_WORDS.search(block.text)):
            rows = () if begun or self.old_heads(before) else self.heads.rows
            self.heads = Heads((*rows[-3:], block.cells), block.loose)
            self.append(block, "head", self.holder(block.opening))
            self.sections[-1] = replace(self.sections[-1], cells=block.cells)
            self.fresh, self.group = False, None
            return
        caption = self.caption()
        self.fresh, self.group = False, None
        self.leave(level_of(block.cells, self.heads))
        heads = heads_over(self.heads, len(block.cells))
        above = before.cells if before is not None and before.kind == "row" and before.heads == heads else ()
        self.append(block, "row", self.holder(block.opening))
        cells = filled(block.cells, heads, above)
        self.sections[-1] = replace(self.sections[-1], cells=cells, heads=heads, caption=caption)

    def leave(self, level: int | None) -> None:
        """Leave the groups of a table that a row with a 款, 項 or 目 of its own in this column ends."""
        end = None if level is None else _UNDER_NUMBERS + level / _MANY_COLUMNS
        while end is not None and self.stack and end <= self.stack[-1].rank < _UNDER_NUMBERS + 0.5:
            self.stack.pop()

    def old_heads(self, before: Section | None) -> bool:
        """Say whether the heads so far are those of a table that has ended: a line of units stands below it."""
        return self.fresh and before is not None and before.kind == "row"

    def caption(self) -> str:
        """Return what stands directly above a table: a line of units, headings; on a second line its heads."""
        if self.group is not None and not self.fresh:
            return self.group
        if self.sections and self.sections[-1].kind == "row" and not self.fresh:
            return self.sections[-1].caption
        above = [each for each in reversed(self.sections[-3:]) if len(each.text) <= 400]
        headings, heads = ([each.text for each in above if each.kind == kind] for kind in ("heading", "head"))
        return "\n".join((" ".join([self.unit, *headings]), *heads))


def _mark_cover(cover: list[Block]) -> None:
    """Mark the date on the cover, and who gives the paper out: 「令和7年2月10日」 and 「財務部財政課」 head nothing."""
    dated = {at for at, block in enumerate(cover) if block.opening.plain and read_date(block.text[:_LONGEST])}
    for at, block in enumerate(cover):
        block.cover = at in dated or (not dated.isdisjoint((at - 1, at + 1)) and _is_office(block))


def _is_office(block: Block) -> bool:
    return (
        block.opening.plain and not block.cells and len(block.pieces) == 1 and _OFFICE.fullmatch(block.text) is not None
    )


def _join_headings(blocks: Iterable[Block]) -> list[Block]:
    """Return `blocks` with headings made whole that Markdown broke in two.

    White paper, lines 558-560: 「## 第6節 原材料…ものづくり基盤技術」, blank, 「### 振興対策」.
    """
    whole: list[Block] = []
    for block in blocks:
        before = whole[-1] if whole else None
        if before and _is_rest(before, block):
            before.add(block.text, block.origins[0][1])
        else:
            whole.append(block)
    return whole


def _is_rest(before: Block, block: Block) -> bool:
    broken = before.opening.hashes and before.opening.rank is not None and before.length >= _BROKEN
    rest = block.opening.hashes and block.opening.rank is None and block.length <= _REST
    return bool(broken and rest)


def _kind(block: Block) -> str:
    """Return heading, entry, prose or row."""
    if block.cells or block.cover:
        return "row" if block.cells else "prose"
    opening, text = block.opening, block.text
    if opening.mark is not None:
        return "heading" if opening.rank is not None and opening.rank <= 4 else "entry"
    if opening.hashes:
        return "heading"
    if "。" in _REMARK.sub("", text) or text[-1] in "、，" or (opening.note and not sums_in(text)):
        return "prose"
    if opening.rank is not None:
        return "entry"
    return _kind_of_plain(block, text)


def _kind_of_plain(block: Block, text: str) -> str:
    """Return what a line without a mark is: a name with its sum is an entry, but with its sum in 【】 a heading."""
    sums = sums_in(text)
    if sums or ends_in_money(text):
        if not ends_in_money(text):
            return "prose"
        return "heading" if sums and "【" in text[: sums[0].start] and not is_only_money(text) else "entry"
    return "heading" if len(block.pieces) <= 2 and len(text) <= 60 and not read_date(text) else "prose"


def _rank(block: Block, kind: str, chapters: bool) -> float:
    """Return how high in the outline `block` stands, the highest lowest."""
    if block.opening.rank is not None:
        return block.opening.rank
    if _CAPTION.fullmatch(block.text):
        return _UNDER_NUMBERS
    if kind == "heading":
        return _INSIDE_CHAPTERS if chapters else _TOP
    return LAST


def _under(rank: float, opening: Opening, above: _Above) -> bool:
    """Say whether a section of `rank` stands under `above`; unnumbered headings go by Markdown's level."""
    if opening.rank is None and opening.hashes:
        return 0 < above.level < opening.hashes or (above.level == 0 and above.rank < rank)
    return above.rank < rank
