"""The chapters of the manual that say how a query is written, as a page."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import Failure
from search.grammar import parse
from search.web.exchange import Answer
from search.web.pages.addresses import Addresses
from search.web.pages.templates import page
from search.web.visit import Visit

if TYPE_CHECKING:
    from markdown_it.token import Token

CHAPTERS = ("検索式", "項目と値", "三つの群", "金額の意味")
"""The chapters that are shown, in this order."""

QUERIES = ("検索式",)
"""The chapters whose tables have queries that can be asked in their first column."""

PLACES = (Path(__file__).parents[1] / "manual.md", Path(__file__).parents[3] / "docs" / "manual.md")
"""Where the manual lies: as it is installed, and in the checkout."""


def show(visit: Visit) -> Answer:
    """Answer with how a query is written."""
    from markupsafe import Markup

    body = Markup(_html(visit.question.prefix))
    return page("help.html", visit.question, body=body, chapters=CHAPTERS)


def chapters(text: str) -> dict[str, str]:
    """Return the chapters of a manual by their titles, as Markdown."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def _html(prefix: str) -> str:
    """Return the chapters as HTML; what looks like HTML in them is text."""
    manual = next(each for each in PLACES if each.is_file()).read_text("utf-8")
    found = chapters(manual)
    return "".join(_chapter(title, found[title], Addresses(prefix)) for title in CHAPTERS)


def _chapter(title: str, text: str, to: Addresses) -> str:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule(
        "table_open", lambda *_: f'<div class="scroll" role="group" aria-label="{title}の表" tabindex="0"><table>'
    )
    reader.add_render_rule("table_close", lambda *_: "</table></div>")
    reader.add_render_rule("fence", _fence)
    tokens = reader.parse(f"## {title}\n\n{text}")
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and tokens[at + 1].content == title:
            token.attrSet("id", title)
        if token.type == "inline":
            _without_ends(token.children or [])
    if title in QUERIES:
        for cell in _first_cells(tokens):
            _link(cell, to)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _fence(renderer: object, tokens: Sequence["Token"], at: int, options: object, env: object) -> str:
    from markupsafe import escape

    return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'


def _without_ends(children: Sequence["Token"]) -> None:
    """Hide links to chapters that are not on the page."""
    hidden = False
    for token in children:
        if token.type == "link_open":
            hidden = str(token.attrGet("href") or "").startswith("#") and _decoded(token) not in CHAPTERS
            token.hidden = hidden
        elif token.type == "link_close":
            token.hidden, hidden = hidden, False


def _decoded(token: Any) -> str:
    from urllib.parse import unquote

    return unquote(str(token.attrGet("href"))[1:])


def _first_cells(tokens: Sequence["Token"]) -> Iterator["Token"]:
    """Yield what stands in the first cell of each row of a table that is a query for itself."""
    for at, token in enumerate(tokens):
        if token.type == "td_open" and tokens[at - 1].type == "tr_open":
            children = tokens[at + 1].children or []
            if len(children) == 1 and children[0].type == "code_inline" and _can_be_asked(children[0].content):
                yield tokens[at + 1]


def _can_be_asked(text: str) -> bool:
    try:
        parse(text)
    except Failure:
        return False
    return True


def _link(cell: "Token", to: Addresses) -> None:
    """Make the query in a cell a link to its answer."""
    from markdown_it.token import Token

    (code,) = cell.children or []
    opening = Token("link_open", "a", 1, {"href": to("/search", q=code.content)})
    cell.children = [opening, code, Token("link_close", "a", -1)]
