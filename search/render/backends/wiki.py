"""Sheets as tables of a wiki, one syntax a row of a table."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from search.render.cells import title, words
from search.render.entries import clear
from search.render.sheets import RIGHT, Row, Sheet, parted, without_empty

PLAIN = r"(?:[^\x00-\x7f]|[0-9 ]|(?<=[0-9])[,.](?=[0-9]))*"
"""Words in which no wiki finds anything to obey, not even an address, an arrow or a face: none with Latin letters."""

NO_XML = "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
"""What must not stand in XML 1.0, whatever it is written as (2.2, Characters), and DELETE."""


class Syntax(NamedTuple):
    """How a wiki writes a heading, a table and a list; 「{}」 stands for the words, made harmless by `escaped`.

    `titled` does so with the words of a heading. Tables, rows and lists have what opens and what closes them; `between`
    the parts of a row stands nothing or a line end.
    """

    escaped: Callable[[str], str]
    titled: Callable[[str], str]
    title: str
    table: tuple[str, str]
    head: tuple[str, str]
    row: tuple[str, str]
    between: str
    heading: str
    cell: str
    right: str
    strong: str
    list: tuple[str, str]
    note: str


def lines(sheets: Iterable[Sheet], form: str) -> Iterator[str]:
    """Yield each sheet as a heading, a table and a list of notes, with an empty line between them."""
    syntax = SYNTAXES[form]
    return parted(block for sheet in sheets for block in _blocks(without_empty(sheet, "bar"), syntax))


def dokuwiki(text: str) -> str:
    """Return `text` between the signs that have DokuWiki leave it alone, if need be: ``%%…%%``, ``<nowiki>`` for %."""
    if re.fullmatch(PLAIN, text):
        return text
    parts = re.findall("%+|[^%]+", text)
    return "".join(f"<nowiki>{part}</nowiki>" if part.startswith("%") else f"%%{part}%%" for part in parts)


def mediawiki(text: str) -> str:
    """Return `text` in ``<nowiki>``, if need be, where characters of HTML still count and are written as such."""
    return text if re.fullmatch(PLAIN, text) else f"<nowiki>{xml(text)}</nowiki>"


def xml(text: str) -> str:
    """Return `text` as the text of an element."""
    return escape(re.sub(NO_XML, "\ufffd", text), quote=False)


def _dokuwiki_title(text: str) -> str:
    """Return `text` as the words of a heading, which DokuWiki takes as they are but for 「=」 at their ends."""
    return re.sub("^=+|=+$", lambda match: "＝" * len(match[0]), text)


def _blocks(sheet: Sheet, syntax: Syntax) -> Iterator[list[str]]:
    """Yield the heading, the table and the notes of a sheet; the parts that it lacks are empty."""
    yield [syntax.title.replace("{}", syntax.titled(title(sheet).strip()))] if sheet.title else []
    yield list(_table(sheet, syntax)) if sheet.rows else []
    notes = [syntax.note.replace("{}", syntax.escaped(clear(note).strip())) for note in sheet.notes]
    yield _within(syntax.list, notes) if notes else []


def _table(sheet: Sheet, syntax: Syntax) -> list[str]:
    heads = [syntax.heading.replace("{}", syntax.escaped(clear(column.head).strip())) for column in sheet.columns]
    rows = [_row(syntax.row, _cells(row, sheet, syntax), syntax.between) for row in sheet.rows]
    return _within(syntax.table, [_row(syntax.head, heads, syntax.between), *rows])


def _cells(row: Row, sheet: Sheet, syntax: Syntax) -> list[str]:
    return [_cell(words(cell, column).strip(), column.kind in RIGHT, row.style == "strong", syntax)
            for cell, column in zip(row.cells, sheet.columns, strict=True)]  # fmt: skip


def _cell(text: str, right: bool, strong: bool, syntax: Syntax) -> str:
    written = syntax.escaped(text)
    if text and strong:
        written = syntax.strong.replace("{}", written)
    return (syntax.right if right else syntax.cell).replace("{}", written)


def _row(around: tuple[str, str], cells: list[str], between: str) -> str:
    return between.join(_within(around, cells))


def _within(around: tuple[str, str], inner: list[str]) -> list[str]:
    return [each for each in (around[0], *inner, around[1]) if each]


SYNTAXES = {
    "dokuwiki": Syntax(
        escaped=dokuwiki,
        titled=_dokuwiki_title,
        title="==== {} ====",
        table=("", ""),
        head=("", "^"),
        row=("", "|"),
        between="",
        heading="^ {} ",
        cell="| {} ",
        right="|  {} ",  # two blanks before a cell set it right
        strong="**{}**",
        list=("", ""),
        note="  * {}",
    ),
    "mediawiki": Syntax(
        escaped=mediawiki,
        titled=mediawiki,
        title="=== {} ===",
        table=('{| class="wikitable"', "|}"),
        head=("", ""),
        row=("|-", ""),
        between="\n",
        heading="! {}",
        cell="| {}",
        right='| style="text-align:right" | {}',
        strong="'''{}'''",
        list=("", ""),
        note="* {}",
    ),
    "confluence": Syntax(
        escaped=xml,
        titled=xml,
        title="<h3>{}</h3>",
        table=("<table><tbody>", "</tbody></table>"),
        head=("<tr>", "</tr>"),
        row=("<tr>", "</tr>"),
        between="",
        heading="<th>{}</th>",
        cell="<td>{}</td>",
        right='<td style="text-align: right;">{}</td>',
        strong="<strong>{}</strong>",
        list=("<ul>", "</ul>"),
        note="<li>{}</li>",
    ),
}
"""Every wiki. Confluence has its storage format: XML, which the source editor and the REST API take, and whose escapes
are the same everywhere; its older markup has signs that no backslash takes away in a cell."""
