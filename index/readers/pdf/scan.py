"""Pages that are only pictures, read by Tesseract where it is installed with its data for Japanese."""

import csv
import io
import os
import shutil
import subprocess
from functools import cached_property
from typing import TYPE_CHECKING

from index.readers.pdf.sheet import Glyph

if TYPE_CHECKING:
    from pdfplumber.page import Page

_DOTS = 400
"""With 300 dots to the inch, Tesseract read 「450億円」 as 「456信円」."""

_MOST_PIXELS = 40_000_000
_SECONDS = 60
_MOST_PAGES = 100
_LEAST_SURE = 20.0
_LINE, _WORD = "4", "5"
"""The levels of Tesseract's table that stand for lines and for words."""


class Scanner:
    """Recognises the pages of one paper, as many as a user can be let wait for."""

    def __init__(self) -> None:
        self.left = _MOST_PAGES

    @cached_property
    def program(self) -> str | None:
        """Where the program is, None where it is not or does not know Japanese."""
        path = shutil.which("tesseract")
        if path is None:
            return None
        known = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
        return path if "jpn" in known.stdout.split() else None

    def glyphs(self, page: "Page") -> list[Glyph]:
        """Return the words that a page shows and their places; none where they cannot be recognised."""
        if self.left <= 0 or self.program is None:
            return []
        self.left -= 1
        dots = min(_DOTS, 72 * (_MOST_PIXELS / (float(page.width) * float(page.height))) ** 0.5)
        picture = io.BytesIO()
        page.to_image(resolution=dots, antialias=True).original.save(picture, format="PNG")
        command = [self.program, "stdin", "stdout", "-l", "jpn", "--psm", "6", "--dpi", str(round(dots)), "tsv"]
        alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        data = picture.getvalue()
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, env=alone, check=True)
        except (OSError, subprocess.SubprocessError):
            return []
        return glyphs_of(done.stdout.decode("utf-8", "replace"), dots / 72)


def glyphs_of(table: str, scale: float) -> list[Glyph]:
    """Return the words of Tesseract's table; `scale` says how many of its dots are a point."""
    glyphs: list[Glyph] = []
    top = bottom = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _LINE:
            top = float(row["top"]) / scale
            bottom = top + float(row["height"]) / scale
        elif row["level"] == _WORD and row["text"].strip() and float(row["conf"]) >= _LEAST_SURE:
            left = float(row["left"]) / scale
            right = left + float(row["width"]) / scale
            glyphs.append(Glyph(left, top, right, bottom, bottom, bottom - top, row["text"].strip()))
    return glyphs
