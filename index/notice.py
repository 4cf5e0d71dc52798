"""What a reader says among the lines of a paper of what it could not read there."""

import re

from index.document import Document, Place, Remainder

_FORM = re.compile(r"［読取注記：([^［］]+)］")


def notice(words: str) -> str:
    """Return the line that says `words`; it is kept with the paper, and no paper has such a line of its own."""
    return f"［読取注記：{words.replace('［', '〔').replace('］', '〕')}］"


def noticed(line: str) -> str | None:
    """Return what a line says, if it is a reader's and not the paper's."""
    match = _FORM.fullmatch(line)
    return match[1] if match else None


def notices(document: Document) -> list[Remainder]:
    """Return what the reader of a paper could not read, with its place."""
    found = []
    for line in document.lines:
        if words := noticed(line.text):
            place = Place(document.about.id, line.number, line.number, line.page)
            found.append(Remainder(place, "", words))
    return found
