"""The lines of a web page: headings, paragraphs, lists and tables, without what only leads around in the site."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.document import Line
from index.errors import PaperError, shown
from index.readers.grid import MOST_COLUMNS, Grid, lines_of
from index.readers.html_pictures import DRAWINGS, unread_in
from index.readers.lines import MAX_CELLS, Text, numbered
from index.readers.text import decode, read_bytes
from index.readers.word_lists import FORMATS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CODECS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
}
"""What a page says of its encoding, and how it is read; of any other it is found out."""

_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)|^\s*<\?xml[^>]*encoding=["']([\w-]+)""", re.I)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "title", "nav", "footer", "button", "select", "textarea", "svg",
    "math", "iframe", "object", "embed", "audio", "video", "canvas", "map", "rt", "rp", "rtc", "del", "s", "strike",
    "dialog",
))  # fmt: skip
"""What is no text of the page: programs, looks, ways through the site, how kanji are read, what was struck out."""

_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    *_HEADINGS,
))  # fmt: skip
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MARKED = re.compile(
    r"[(（【〔]?[0-9０-９①-⑳㉑-㊿Ⅰ-Ⅻ]|[(（]?[一二三四五六七八九十ア-ンa-z][)）、.．]|第[0-9０-９一-十]|[・○◯●◎◆◇■□※*-]"
)
"""What an item of a list may begin with itself, so that it needs no mark from the list."""

_CJK = "　-ヿ一-鿿！-｠"
_WRAP = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 150
MAX_TAGS = 1_500_000


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the page at `path`; nothing that it refers to is fetched."""
    try:
        from lxml import etree
    except ImportError as fault:
        raise PaperError(
            f"{shown(path)} を読むには lxml が要りますので、pip install 'seisaku[office]' を実行してください"
        ) from fault
    text = _XML.sub("", _decoded(path, read_bytes(path)))
    if text.count("<") - text.count("</") > MAX_TAGS:  # each takes three hundred bytes of memory
        raise PaperError(f"{shown(path)} のタグが{MAX_TAGS:,}個を超えていますので、分けてから指定してください")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    except etree.XMLSyntaxError:
        root = None
    if any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        # What is deeper than some two thousand elements, and all behind it, was left out.
        raise PaperError(f"{shown(path)} は入れ子が深すぎますので、作り直したファイルを指定してください")
    if root is None:
        return numbered(path, ())
    page = _Page(path)
    page.title(root)
    page.block(root, 0)
    page.end(gap=False)
    return numbered(path, map(Text, page.lines))


def _decoded(path: Path, data: bytes) -> str:
    """Return the page as text, in the encoding that it declares if that reads it."""
    match = _DECLARED.search(data[:4096])
    codec = CODECS.get((match[1] or match[2]).decode("ascii").lower()) if match else None
    if codec and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(codec).replace("\0", "")
        except UnicodeDecodeError:
            pass
    return decode(path, data)


class _Page:
    """Goes through one page from its beginning to its end; `words` are those of the line that is not ended yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[str] = []
        self.words: list[str] = []
        self.mark = ""
        self.unread: list[str] = []
        self.cells = 0

    def title(self, root: "Element") -> None:
        """Begin with the title of the window where the page itself has none."""
        title = root.find(".//title")
        if root.find(".//h1") is None and title is not None:
            self.words.append(title.text or "")
            self.end()

    def end(self, *, gap: bool = True) -> None:
        """End a line, and leave one empty where a block ends."""
        text = _SPACE.sub(" ", _WRAP.sub("", "".join(self.words))).strip(" ")
        self.words = []
        if text:
            self.lines.append(f"{self.mark} {text}" if self.mark and not _MARKED.match(text) else text)
            self.mark = ""
        self.lines += self.unread
        self.unread = []
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")

    def block(self, element: "Element", depth: int) -> None:
        """Take what an element holds."""
        self.words.append(element.text or "")
        for at, child in enumerate(element):
            if child.tag in DRAWINGS:
                self.unread += unread_in(child)
            elif isinstance(child.tag, str) and not _is_skipped(child):
                self.child(child, at, depth)
            self.words.append(child.tail or "")

    def child(self, element: "Element", at: int, depth: int) -> None:
        """Take an element as what it is."""
        tag = str(element.tag).lower()
        if tag == "br":
            self.end(gap=False)
        elif tag in _HEADINGS:
            self.end()
            words = _SPACE.sub(" ", _WRAP.sub("", _inline(element))).strip()
            self.lines += [f"{'#' * _HEADINGS[tag]} {words}", ""] if words else []
        elif tag == "table" and depth < _DEEPEST:
            self.end()
            self.table(element, depth)
        elif tag == "pre":
            self.end()
            self.lines += [*_inline(element).strip("\n").split("\n"), ""]
        elif depth >= _DEEPEST:
            self.words.append(_inline(element))
            self.unread += unread_in(element)
        elif tag in _BLOCKS:
            self.end(gap=tag != "li")
            self.mark = _mark(element, at) if tag == "li" else self.mark
            self.block(element, depth + 1)
            self.end(gap=tag != "li")
        else:
            self.block(element, depth + 1)

    def table(self, element: "Element", depth: int) -> None:
        """Take a table; one that only lays the page out is what it holds."""
        rows = list(_rows(element))
        if _is_layout(element, rows):
            self.block(element, depth + 1)
            self.end()
            return
        for caption in element.findall("caption"):
            self.words.append(_inline(caption))
            self.end(gap=False)
        self.lines += [*lines_of(self.grid(rows)), ""]
        self.unread += unread_in(element)
        self.end()

    def grid(self, rows: list["Element"]) -> Grid:
        """Return the cells of a table where those that cover rows and columns leave room for them."""
        grid = Grid()
        taken: dict[int, int] = {}
        for at, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while taken.get(column, 0) > at:
                    column += 1
                width = min(_span(cell, "colspan"), MOST_COLUMNS)
                height = min(_span(cell, "rowspan") or len(rows), len(rows) - at)
                grid.put(at, column, _inline(cell), height, width)
                for covered in range(column, min(column + width, MOST_COLUMNS)):
                    taken[covered] = at + height
                column += width
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise PaperError(
                        f"{shown(self.path)} のセルが{MAX_CELLS:,}個を超えていますので、分けてから指定してください"
                    )
        return grid


def _is_skipped(element: "Element") -> bool:
    return (
        str(element.tag).lower() in _SKIPPED
        or element.get("role", "").lower() in _ROLES
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _inline(element: "Element") -> str:
    """Return all the words of an element, the ends of its lines and blocks kept apart."""
    pieces: list[str] = []
    _gather(element, pieces, 0)
    return "".join(pieces)


def _gather(element: "Element", pieces: list[str], depth: int) -> None:
    if depth > _DEEPEST * 2:
        pieces.append(_flat("".join(map(str, element.itertext()))))
        return
    keep = element.tag == "pre"
    pieces.append(element.text or "" if keep else _flat(element.text))
    for child in element:
        if isinstance(child.tag, str) and not _is_skipped(child):
            tag = child.tag.lower()
            pieces.append("\n" if tag == "br" else " " if tag in _BLOCKS else "")
            _gather(child, pieces, depth + 1)
            pieces.append(" " if tag in _BLOCKS else "")
        pieces.append(child.tail or "" if keep else _flat(child.tail))


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", _WRAP.sub("", text)) if text else ""


def _rows(table: "Element") -> Iterator["Element"]:
    """Yield the rows of a table, those at its foot last."""
    last: list[Element] = []
    for each in table:
        if each.tag == "tr":
            yield each
        elif each.tag in ("thead", "tbody"):
            yield from each.findall("tr")
        elif each.tag == "tfoot":
            last += each.findall("tr")
    yield from last


def _is_layout(table: "Element", rows: list["Element"]) -> bool:
    """Say whether a table only sets things beside each other: it has one column, or holds headings and tables."""
    if table.get("role") in ("presentation", "none"):
        return True
    single = all(len(row.findall("td")) + len(row.findall("th")) <= 1 for row in rows)
    return single or any(next(table.iterdescendants(tag), None) is not None for tag in ("table", "h1", "h2", "h3"))


def _mark(item: "Element", at: int) -> str:
    """Return the number or bullet of an item of a list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "・"
    start, before = _span(parent, "start", least=0), sum(each.tag == "li" for each in list(parent)[:at])
    number = _span(item, "value", least=0) if item.get("value") else start + before
    return FORMATS.get(_LIST_TYPES.get(parent.get("type", ""), ""), str)(number) + "."


def _span(element: "Element", name: str, least: int = 0) -> int:
    written = element.get(name, "1").strip()
    return max(least, int(written)) if written.isascii() and written.isdigit() and len(written) < 7 else 1
