"""The lines of a Word paper: paragraphs with the marks that Word prints, tables where they stand.

python-docx opens the paper and knows its styles and cells; of paragraphs it gives no tracked changes, controls, boxes,
notes or printed numbers, so what they say is gathered from its elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from lxml.etree import _Element as Element

from index.document import Line
from index.errors import PaperError, shown
from index.readers.grid import Grid, is_number, lines_of
from index.readers.lines import PRIVATE, Text, numbered, readable
from index.readers.package import Family, opened
from index.readers.word_drawings import DRAWINGS, unread_in
from index.readers.word_lists import Lists, W, number_in, value_in

_PARTS = ("styles", "numbering", "footnotes", "endnotes")
WORD = Family("Word の文書（.docx）", "document", "wordprocessingml.document", _PARTS)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_TEXTS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SILENT = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "rt", "rubyPr", "sdtPr", "tblPr")
)
"""What is not printed: properties, what was struck out, the codes of fields, how a word is read."""

_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_BULLETS = "○◯●◎◆◇■□▶►➢✓★☆▪▫〇・･•‧-"
MAX_TABLED = 300_000
"""So many cells are read in half a minute."""

_FRAME = 4
_HASHES = 6
_DEPTH = 20

_Row = list[tuple[int, Any]]
"""The cells of a row, each with its first column."""


@dataclass(slots=True)
class _Paragraph:
    """What a paragraph says, the text boxes that hang on it, the notes that it refers to."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return readable("".join(self.pieces))


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of its paragraphs: the level of a heading, list and level, being a table of contents."""

    heading: int | None = None
    number: str = ""
    at: int | None = None
    contents: bool = False


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the Word paper at `path`; headings by style bear the marks of Markdown's."""
    with opened(path, WORD) as file:
        paper: Any = Document(file)
        body = paper.element.body
        if sum(1 for _ in paper.element.iter(f"{W}tc")) > MAX_TABLED:
            raise PaperError(
                f"{shown(path)} の表のセルが{MAX_TABLED:,}個を超えていますので、分けてから指定してください"
            )
        return numbered(path, map(Text, _Reader(paper).blocks(body) if body is not None else ()))


class _Reader:
    """Goes through one paper from its beginning to its end, counting its lists."""

    def __init__(self, paper: Any) -> None:
        parts = {each.reltype.rpartition("/")[2]: each for each in paper.part.rels.values() if not each.is_external}
        roots: dict[str, Any] = {kind: parse_xml(each.target_part.blob) for kind, each in parts.items()}
        self.lists = Lists.of(roots.get("numbering"))
        self.read_styles(paper.styles.element)
        self.notes = {(kind, each.get(f"{W}id", "")): each for kind in _NOTES.values() for each in roots.get(kind, ())}
        self.noted: dict[tuple[str, str], int] = {}
        self.pending: list[tuple[str, str]] = []
        self.unread: list[str] = []

    def read_styles(self, styles: Any) -> None:
        """Read the styles of paragraphs, each with what it has from the style it is based on."""
        self.styles: dict[str, _Style] = {each.styleId: self.style(each) for each in styles.style_lst}
        plain = styles.default_for(WD_STYLE_TYPE.PARAGRAPH)
        self.plain = plain.styleId if plain is not None else ""
        for name, style in self.lists.links.items():
            number = self.styles[style].number if style in self.styles else ""
            self.lists.levels[name] = self.lists.levels.get(self.lists.lists.get(number, ""), {})

    def style(self, each: Any, depth: int = 0) -> _Style:
        """Return what a style says, a heading's level counted from 1."""
        if each is None or depth > _DEPTH:
            return _Style()
        above = self.style(each.base_style, depth + 1)
        known = (each.name_val or "").lower()
        properties = each.pPr
        heading, number, at = above.heading, above.number, above.at
        if properties is not None and properties.find(f"{W}outlineLvl") is not None:
            heading = _level(number_in(properties, "outlineLvl"))
        elif known.startswith("heading ") and known[8:].isdigit():
            heading = _level(int(known[8:]) - 1)
        if properties is not None and (numbering := properties.numPr) is not None:
            number = value_in(numbering, "numId") or number
            stated = numbering.ilvl is not None
            at = number_in(numbering, "ilvl") if stated else self.lists.level_of(number, each.styleId)
        return _Style(heading, number, at, above.contents or known.startswith("toc "))

    def blocks(self, holder: Element, depth: int = 0) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables in `holder`."""
        for each in holder:
            if each.tag == f"{W}p":
                yield from self.paragraph(each)
            elif each.tag == f"{W}tbl":
                yield from self.table(each, depth)
            elif each.tag == f"{W}sdt" and _is_contents(each):
                continue
            elif each.tag not in _SILENT and depth < _DEPTH * 2:
                yield from self.blocks(each, depth + 1)
                continue
            yield from self.notes_below()

    def paragraph(self, element: Element) -> Iterator[str]:
        """Yield the lines of a paragraph behind its mark, and those of the text boxes that hang on it."""
        style = self.style_of(element)
        mark = self.mark(element, style)
        said = self.said(element)
        if not style.contents:
            hashes = "#" * style.heading + " " if style.heading and said.text.strip() else ""
            text = f"{mark} {said.text.lstrip()}" if mark and said.text.strip() else said.text
            if hashes:
                text = " ".join(text.split("\n"))
            yield from (f"{hashes}{line}" for line in text.strip("\n").split("\n"))
        for box in said.boxes:
            yield from self.blocks(box)

    def style_of(self, element: Element) -> _Style:
        """Return what the style of a paragraph says, and the paragraph itself."""
        properties = element.find(f"{W}pPr")
        style = self.styles.get(value_in(properties, "pStyle") or self.plain, _Style())
        if properties is not None and properties.find(f"{W}outlineLvl") is not None:
            return _Style(_level(number_in(properties, "outlineLvl")), style.number, style.at, style.contents)
        return style

    def mark(self, element: Element, style: _Style) -> str:
        """Return the number or bullet that Word prints in front of a paragraph."""
        properties = element.find(f"{W}pPr")
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        number, at = style.number, style.at or 0
        if numbering is not None:
            number = value_in(numbering, "numId") or number
            at = number_in(numbering, "ilvl", usual=at)
        if not number or number == "0":
            return ""
        mark = readable(self.lists.next(number, at)).strip()
        return "・" if len(mark) == 1 and not mark.isalnum() and mark not in _BULLETS else mark

    def said(self, element: Element) -> _Paragraph:
        """Return what a paragraph says."""
        said = _Paragraph()
        self.walk(element, said)
        self.pending += [each for each in said.notes if each in self.notes]
        return said

    def walk(self, element: Element, said: _Paragraph) -> None:
        """Gather what the runs inside an element say; of two ways to draw a thing the first is taken."""
        for child in element:
            tag = child.tag
            if tag == f"{W}t" or tag == f"{_MATH}t":
                said.pieces.append(child.text or "")
            elif tag in _TEXTS:
                said.pieces.append(_TEXTS[tag])
            elif tag == f"{W}sym":
                said.pieces.append(_symbol(child.get(f"{W}char", "")))
            elif tag == f"{W}txbxContent":
                said.boxes.append(child)
            elif tag in _NOTES:
                said.notes.append((_NOTES[tag], child.get(f"{W}id", "")))
            elif tag == f"{_COMPATIBILITY}AlternateContent":
                for choice in list(child)[:1]:
                    self.walk(choice, said)
            elif tag not in _SILENT:
                self.unread += unread_in(child) if tag in DRAWINGS else ()
                self.walk(child, said)

    def notes_below(self) -> Iterator[str]:
        """Yield what was not read of what was just read, and the notes that it refers to, each as a line of its own."""
        yield from self.unread
        self.unread = []
        pending, self.pending = self.pending, []
        for note in pending:
            if note not in self.noted:
                self.noted[note] = len(self.noted) + 1
                text = " ".join(self.said(each).text for each in self.notes[note].iter(f"{W}p"))
                yield f"（注{self.noted[note]}）{' '.join(text.split())}"

    def table(self, element: Element, depth: int) -> Iterator[str]:
        """Yield the lines of a table; one that only frames text is that text."""
        rows = [list(_cells(row)) for row in _own(element, "tr", "tbl") if row.find(f"{W}trPr/{W}del") is None]
        cells = [cell for row in rows for _, cell in row]
        if depth > _DEPTH or not _is_frame(rows):
            yield from lines_of(self.grid(rows))
            for box in (box for cell in cells for box in cell.iter(f"{W}txbxContent")):
                yield from self.blocks(box, depth + 1)
        else:
            for cell in cells:
                yield from self.blocks(cell, depth + 1)

    def grid(self, rows: list[_Row]) -> Grid:
        """Return the cells of a table, those that go on from the row above put together."""
        grid = Grid()
        for at, row in enumerate(rows):
            for column, cell in row:
                if cell.vMerge != "continue" or not at:
                    grid.put(at, column, self.cell(cell), _height(rows[at + 1 :], column, cell), cell.grid_span)
        return grid

    def cell(self, cell: Element) -> str:
        """Return the words of a cell; a paragraph without words has its number all the same."""
        words = []
        for each in cell.iter(f"{W}p"):
            mark = self.mark(each, self.style_of(each))
            words.append(f"{mark} {self.said(each).text}".strip() if mark else self.said(each).text)
        return " ".join(each for each in words if each.strip())


def _own(element: Element, name: str, holder: str) -> list[Any]:
    """Return the rows of a table or the cells of a row, also those that a control or a change wraps."""
    found = element.iterdescendants(f"{W}{name}")
    return [each for each in found if next(each.iterancestors(f"{W}{holder}")) is element]


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells of a row, each with its first column."""
    column = row.grid_before
    for cell in _own(row, "tc", "tr"):
        yield column, cell
        column += max(1, cell.grid_span)


def _height(below: list[_Row], column: int, cell: Any) -> int:
    """Return how many rows a cell covers with those of the rows `below` that go on with it."""
    if cell.vMerge is None:
        return 1
    merges = (next((each.vMerge for at, each in row if at == column), None) for row in below)
    return 1 + sum(1 for _ in takewhile(lambda merge: merge == "continue", merges))


def _is_frame(rows: list[_Row]) -> bool:
    """Say whether a table has one column, holds tables, or holds long text and no numbers: it only frames."""
    cells = [cell for row in rows for _, cell in row]
    if all(len(row) <= 1 for row in rows) or any(cell.find(f".//{W}tbl") is not None for cell in cells):
        return True
    long = any(len(cell.findall(f"{W}p")) >= _FRAME for cell in cells)
    return long and not any(is_number("".join(each.text or "" for each in cell.iter(f"{W}t"))) for cell in cells)


def _is_contents(control: Element) -> bool:
    """Say whether a control holds a table of contents, which says nothing that its headings do not."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _level(outline: int) -> int | None:
    """Return the level of a heading, from 1; Word's ninth is that of running text."""
    return min(outline + 1, _HASHES) if 0 <= outline < 9 else None


def _symbol(code: str) -> str:
    character = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
    return character if PRIVATE.match(character) else ""
