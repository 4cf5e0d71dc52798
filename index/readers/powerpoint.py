"""The lines of a PowerPoint presentation: a heading for each slide, its text and tables, each slide a page.

python-pptx reads the file; what it does not know is found in its elements: numbers and bullets of paragraphs,
diagrams, shapes that are there in two versions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.shapes.picture import Picture
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import _Paragraph as Paragraph

from index.document import Line
from index.notice import notice
from index.readers.grid import Grid, lines_of
from index.readers.lines import Text, numbered, one_line, readable
from index.readers.package import Family, opened
from index.readers.pictures import CHART, OBJECT, PICTURE, may_hold_text, unread
from index.readers.word_lists import FORMATS

_PARTS = ("slide", "slideLayout", "slideMaster", "notesSlide", "diagramData")
POWERPOINT = Family("PowerPoint のスライド（.pptx）", "presentation", "presentationml.presentation", _PARTS)
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FURNITURE = (
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER,
    PP_PLACEHOLDER.HEADER,
    PP_PLACEHOLDER.SLIDE_IMAGE,
)
_REPEATED = 3
"""A picture on so many slides belongs to their looks, as a running head does to pages."""

_NEAR = 180_000
"""Shapes whose tops are closer than this, a fifth of an inch in English Metric Units, stand beside each other."""

NUMBERS = {
    "arabicPeriod": ("decimal", "", "."),
    "arabicParenR": ("decimal", "", ")"),
    "arabicParenBoth": ("decimal", "(", ")"),
    "arabicPlain": ("decimal", "", ""),
    "arabicDbPeriod": ("decimalFullWidth", "", "．"),
    "arabicDbPlain": ("decimalFullWidth", "", ""),
    "circleNumDbPlain": ("decimalEnclosedCircle", "", ""),
    "circleNumWdWhitePlain": ("decimalEnclosedCircle", "", ""),
    "circleNumWdBlackPlain": ("decimalEnclosedCircle", "", ""),
    "ea1JpnKorPlain": ("japaneseCounting", "", ""),
    "ea1JpnKorPeriod": ("japaneseCounting", "", "．"),
    "ea1JpnChsDbPeriod": ("japaneseCounting", "", "．"),
    "romanUcPeriod": ("upperRoman", "", "."),
    "romanLcPeriod": ("lowerRoman", "", "."),
    "alphaUcPeriod": ("upperLetter", "", "."),
    "alphaLcPeriod": ("lowerLetter", "", "."),
    "alphaLcParenBoth": ("lowerLetter", "(", ")"),
    "alphaLcParenR": ("lowerLetter", "", ")"),
}
"""The ways that PowerPoint numbers paragraphs: format, what stands before and behind the number."""


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the slides at `path`, from top to bottom."""
    with opened(path, POWERPOINT) as file:
        show: Any = Presentation(file)
        slides = [show.part.rels[each.rId] for each in show.element.iter(qn("p:sldId"))]
        pages = [None if each.is_external else each.target_part.slide for each in slides]
        for slide in filter(None, pages):
            _take_first(slide.element)
        looks = _looks([slide for slide in pages if slide])
        return numbered(
            path, (Text(line, at) for at, slide in enumerate(pages, 1) if slide for line in _page(slide, looks))
        )


def _looks(slides: Sequence[Slide]) -> set[str]:
    """Return the pictures that many slides have."""
    counts = Counter(target for slide in slides for target in {_target(slide, each) for each in _blips(slide.element)})
    return {target for target, count in counts.items() if count >= _REPEATED}


def _blips(element: Any) -> list[Any]:
    """Return what stands for a picture wherever one is drawn: a shape of its own, a filling, the background."""
    return list(element.iter(qn("a:blip")))


def _target(slide: Slide, blip: Any) -> str:
    """Return what tells a picture from others; the package has links to nowhere in the place of all."""
    relation = slide.part.rels.get(blip.get(qn("r:embed"), blip.get(qn("r:link"), "")))
    return relation.target_ref if relation is not None and relation.is_external else ""


def _page(slide: Slide, looks: set[str]) -> Iterator[str]:
    """Yield the lines of a slide, after the line that tells of its pictures: without text any may hold it."""
    lines = list(_slide(slide))
    if not any(lines) and _blips(slide.element):
        yield notice("画像だけのスライドで、文字を読めません")
    elif kinds := [kind for each in slide.shapes for kind in _unread(slide, each, looks)]:
        yield unread(kinds)
    yield from lines


def _unread(slide: Slide, shape: Any, looks: set[str]) -> Iterator[str]:
    """Yield the kinds of what is drawn in a shape and may hold text that is none of the slide's."""
    if isinstance(shape, GroupShape):
        for each in shape.shapes:
            yield from _unread(slide, each, looks)
    elif may_hold_text(shape.width or 0, shape.height or 0):
        if isinstance(shape, GraphicFrame):
            yield from (
                [CHART]
                if shape.has_chart
                else [OBJECT]
                if next(shape.element.iter(qn("p:oleObj")), None) is not None
                else []
            )
        elif isinstance(shape, Picture) or not shape.text_frame.text.strip():
            yield from [PICTURE] if any(_target(slide, each) not in looks for each in _blips(shape.element)) else []


def _slide(slide: Slide) -> Iterator[str]:
    """Yield the lines of a slide: its title, its shapes, what was noted for the speaker."""
    shapes = list(slide.shapes)
    titles = [one_line(" ".join(_paragraphs(each))) for each in shapes if _placeholder(each) in _TITLES]
    hidden = ["（非表示のスライド）"] if slide.element.get("show") in ("0", "false") else []
    if title := " ".join([*filter(None, titles), *hidden]):
        yield f"# {title}"
    for shape in sorted((each for each in shapes if _placeholder(each) not in _TITLES), key=_position):
        yield ""
        yield from _shape(shape)
    for shape in slide.notes_slide.shapes if slide.has_notes_slide else ():
        if _placeholder(shape) not in _FURNITURE:
            yield from (f"※ {line}" for line in _paragraphs(shape) if line)


def _take_first(tree: Any) -> None:
    """Put the first of two ways to draw a thing in the place of both."""
    for each in list(tree.iter(_CHOICES)):
        for child in list(next(iter(each), ())):
            each.addprevious(child)
        each.getparent().remove(each)


def _position(shape: BaseShape) -> tuple[int, int]:
    """Return where a shape stands; a placeholder may leave that to its layout."""
    return (shape.top or 0) // _NEAR, shape.left or 0


def _placeholder(shape: BaseShape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _shape(shape: Any) -> Iterator[str]:
    """Yield the lines of a shape: paragraphs, a table, a diagram, or the shapes of a group."""
    if isinstance(shape, GroupShape):
        for each in sorted(shape.shapes, key=_position):
            yield from _shape(each)
    elif shape.has_text_frame and _placeholder(shape) not in _FURNITURE:
        for line in _paragraphs(shape):
            yield from (line, "")
    elif isinstance(shape, GraphicFrame):
        if shape.has_table:
            yield from lines_of(_grid(shape.table))
        for diagram in shape.element.iter(_DIAGRAM):
            data: Any = shape.part.rels[diagram.get(qn("r:dm"), "")]
            for paragraph in () if data.is_external else parse_xml(data.target_part.blob).iter(qn("a:p")):
                if words := one_line(_words(paragraph)):
                    yield from (f"・{words}", "")


def _paragraphs(shape: Any) -> Iterator[str]:
    """Yield the lines of a shape's paragraphs behind their numbers and bullets; those below others have a bullet."""
    counts: dict[int, int] = {}
    for each in shape.text_frame.paragraphs if shape.has_text_frame else ():
        words = readable(_words(each)).strip()
        if not words:
            continue
        mark = _mark(each, counts)
        first, *rest = words.split("\n")
        yield f"{mark} {first}" if mark else first
        yield from rest


def _words(paragraph: Any) -> str:
    """Return the words of a paragraph, a break in it as the end of a line."""
    return str(paragraph.text).replace("\v", "\n")


def _mark(paragraph: Paragraph, counts: dict[int, int]) -> str:
    """Return the number or bullet in front of a paragraph, and count it."""
    level, properties = paragraph.level, paragraph._p.pPr
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]
    known: dict[str, Any] = {each.tag: each for each in properties} if properties is not None else {}
    if (number := known.get(qn("a:buAutoNum"))) is not None:
        form, before, behind = NUMBERS.get(number.get("type"), NUMBERS["arabicPeriod"])
        counts[level] = counts.get(level, int(number.get("startAt", 1)) - 1) + 1
        return before + FORMATS.get(form, str)(counts[level]) + behind
    counts.pop(level, None)
    if (bullet := known.get(qn("a:buChar"))) is not None:
        character = readable(bullet.get("char", ""))
        return "・" if character in ("•", "-", "–", "§", "Ø", "ü", "l", "n", "u", "p", "") else character
    return "・" if level and qn("a:buNone") not in known else ""


def _grid(table: Table) -> Grid:
    """Return the cells of a table; those that another covers are left out."""
    grid = Grid()
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if not cell.is_spanned:
                words = " ".join(filter(None, map(_words, cell.text_frame.paragraphs)))
                grid.put(at, column, words, cell.span_height, cell.span_width)
    return grid
