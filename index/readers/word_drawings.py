"""What is drawn in a Word paper and may hold text that is none of the paper's."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from index.readers.pictures import CENTIMETRE, CHART, DIAGRAM, OBJECT, PICTURE, POINT, may_hold_text, unread
from index.readers.word_lists import W

DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_KINDS = {"picture": PICTURE, "chart": CHART, "diagram": DIAGRAM, "wordprocessingGroup": PICTURE}
"""What a drawing holds, by the last word of its kind; a group may hold pictures."""

_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]+(?:[.][0-9]+)?)(pt|in|cm|mm)?")
_UNITS = {"pt": POINT, "in": 72 * POINT, "cm": CENTIMETRE, "mm": CENTIMETRE / 10, "": POINT}


def unread_in(element: Element) -> Iterator[str]:
    """Yield the line that tells of a drawing, a picture of older papers or an object, where it may hold text."""
    if element.tag == f"{W}drawing":
        yield from _drawing(element)
        return
    held = element.tag == f"{W}object"
    for shape in element.iter(f"{_VML}shape"):
        sides = {side: float(number) * _UNITS[unit] for side, number, unit in _SIDE.findall(shape.get("style", ""))}
        drawn = held or shape.find(f"{_VML}imagedata") is not None
        if drawn and may_hold_text(sides.get("width", 0), sides.get("height", 0)):
            yield unread([OBJECT if held else PICTURE], said=shape.get("alt"))


def _drawing(element: Element) -> Iterator[str]:
    size, about = (next(element.iter(f"{_DRAWING}{name}"), None) for name in ("extent", "docPr"))
    kind = next((each.get("uri", "").rpartition("/")[2] for each in element.iter(f"{_A}graphicData")), "")
    if kind not in _KINDS or size is None:
        return
    if kind == "wordprocessingGroup" and next(element.iter(f"{_A}blip"), None) is None:
        return
    if may_hold_text(float(size.get("cx", 0)), float(size.get("cy", 0))):
        yield unread([_KINDS[kind]], said=about.get("descr") if about is not None else "")
