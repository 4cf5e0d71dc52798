"""What is drawn on a web page and may hold text that is none of the page's."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.readers.pictures import DIAGRAM, PICTURE, PIXEL, may_hold_text, unread

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DRAWINGS = ("img", "svg")

_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]+)(?:px|;|$)", re.I)
_LOOKS = re.compile(
    r"(?:^|[/_.-])(?:logo|icon|ico|banner|bnr|btn|button|bg|spacer|blank|dot|line|arrow|head|header|sns)(?![a-z])", re.I
)
"""Names of files that pages are dressed with."""

_SMALL = 4_000
"""A picture inside the page itself that is shorter is a bullet or a sign."""


def unread_in(element: "Element") -> Iterator[str]:
    """Yield the line that tells of each picture in an element, itself included, where it may hold text.

    One of which neither page nor name says anything may. One with an empty description is for the eye alone, as HTML
    has it; what stands in the head of a page is its name and its banners.
    """
    for each in element.iter(*DRAWINGS):
        if each.tag == "svg":
            if words := " ".join("".join(map(str, text.itertext())).strip() for text in each.iter("text")).strip():
                yield unread([DIAGRAM], said=words)
        elif each.get("alt") != "" and not _dresses(each) and next(each.iterancestors("header"), None) is None:
            yield unread([PICTURE], said=each.get("alt"))


def _dresses(picture: "Element") -> bool:
    """Say whether a picture is too small for text, or named for what belongs to the looks of a site."""
    source = picture.get("src", "")
    stated = {name: picture.get(name, "").removesuffix("px") for name in ("width", "height")}
    stated |= {name.lower(): number for name, number in _SIDE.findall(picture.get("style", ""))}
    width, height = (
        int(each) * PIXEL if each.isdecimal() and len(each) < 7 else float("inf") for each in stated.values()
    )
    if source.startswith("data:"):
        return len(source) < _SMALL or not may_hold_text(width, height)
    return not may_hold_text(width, height) or _LOOKS.search(source.rpartition("/")[2]) is not None
