"""The process that reads one PDF: ``python -m index.readers.pdf.worker``, the file on its input, JSON on its output.

A PDF is a programme for drawing pages, and may ask for more time and memory than there are. So it is read where it
can be stopped. What comes out is ``{"lines": [[text, page], …]}`` or ``{"fault": a key of FAULTS, "page": number}``.
"""

import contextlib
import io
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.notice import notice
from index.readers.pdf import MAX_MEMORY, MAX_PAGES, MAX_SECONDS, PAGE_SECONDS
from index.readers.pdf.characters import UNREADABLE
from index.readers.pdf.pages import Reading, read_page
from index.readers.pdf.paragraphs import lines_of_paper
from index.readers.pdf.pictures import silent
from index.readers.pdf.scan import Scanner
from index.readers.pdf.shares import shared
from index.readers.pdf.sheet import Glyph, Sheet, sheet_of
from index.readers.pictures import PICTURE, unread

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.pdf import PDF

_FEW = 20
_EDGE = 0.1
"""A page of pictures may bear its number and a running head all the same."""

_MOST_SLOW = 2
"""A paper with so many pages that take too long is refused."""

_TOLD = {
    "slow": f"{PAGE_SECONDS}秒では読み終わらない頁で、読めません",
    "broken": "壊れている頁で、読めません",
    "locked": "閉じられている頁で、読めません",
    "picture": "画像だけの頁で、文字を読めません",
    "recognised": "画像だけの頁を文字認識で読みましたので、金額を原本で確かめてください",
}
"""What is said of a page in the lines of its paper."""


_Part = tuple[list[list[Reading | str]], list[tuple[int, str]]]


class Fault(Exception):
    """Why a PDF cannot be read: a key of FAULTS, and the page where it is one page's."""

    def __init__(self, kind: str, page: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.page = kind, page


def main() -> None:
    """Read the PDF on the standard input and write its lines to the standard output."""
    logging.disable()
    _limit_memory()
    watch = threading.Timer(MAX_SECONDS, _answer, [{"fault": "long"}])
    watch.daemon = True
    watch.start()
    try:
        lines = lines_of_paper(read(sys.stdin.buffer.read()))
        answer: dict[str, Any] = {"lines": [(line.text, line.page) for line in lines]}
    except Fault as fault:
        answer = {"fault": fault.kind, "page": fault.page}
    except Exception as fault:
        answer = {"fault": _kind(fault)}
    _answer(answer)


def read(data: bytes) -> list[list[Reading | str]]:
    """Return what is read on each page of a PDF; a string is a notice. Raises Fault."""
    with _opened(data) as pdf:
        parts = shared(partial(_read_pages, pdf), list(enumerate(_pages(pdf), 1)))
    found = [page for pages, _ in parts for page in pages]
    faults = [fault for _, some in parts for fault in some]
    for number, kind in faults:
        if kind == "large" or [each for _, each in faults].count("slow") >= _MOST_SLOW:
            raise Fault(kind, number)
    if not any(isinstance(each, Reading) for page in found for each in page):
        raise Fault(faults[0][1] if faults else "pictures" if any(found) else "empty", 1)
    return found


def _read_pages(pdf: "PDF", pages: Sequence[tuple[int, "PDFPage"]]) -> _Part:
    """Return what is read on some pages, and what was wrong with which; it ends where the paper will be refused."""
    found: list[list[Reading | str]] = []
    faults: list[tuple[int, str]] = []
    scanner = Scanner()
    for number, listed in pages:
        try:
            found.append(_page(pdf, listed, number, scanner))
        except Exception as fault:
            faults.append((number, _kind(fault)))
            found.append([notice(_TOLD[faults[-1][1]])] if faults[-1][1] in _TOLD else [])
            kinds = [kind for _, kind in faults]
            if kinds[-1] == "large" or kinds.count("slow") == _MOST_SLOW:
                break
    return found, faults


def _page(pdf: "PDF", listed: "PDFPage", number: int, scanner: Scanner) -> list[Reading | str]:
    """Return what is read on a page after what cannot be; a page that is only a picture is recognised if possible."""
    from pdfplumber.page import Page

    with _alarm(PAGE_SECONDS):
        page = Page(pdf, listed, page_number=number)
        sheet = sheet_of(page)
        page.close()  # or each page would be kept until the last
        readings = read_page(sheet)
    letters = [each.text for each in sheet.glyphs if not each.text.isspace()]
    if sheet.drawn and sum(not each.text.isspace() for each in _between_edges(sheet)) < _FEW:
        if glyphs := scanner.glyphs(page):
            return [notice(_TOLD["recognised"]), *read_page(sheet._replace(glyphs=glyphs))]
        return [notice(_TOLD["picture"]), *readings]
    unreadable = letters.count(UNREADABLE)
    told = [notice(f"読めない字が{unreadable}字あり、{UNREADABLE}で示しました")] if unreadable else []
    told += [unread([PICTURE] * len(pictures))] if (pictures := silent(sheet)) else []
    return [*told, *readings]


def _between_edges(sheet: Sheet) -> list[Glyph]:
    """Return what stands between the head and the foot of a page: a picture may have a running head, too."""
    edge = _EDGE * sheet.height
    return [each for each in sheet.glyphs if edge < each.base < sheet.height - edge]


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator["PDF"]:
    """Open a PDF; one that only its owner's password protects is read."""
    import pdfplumber

    try:
        with _alarm(PAGE_SECONDS):
            pdf = pdfplumber.open(io.BytesIO(data))
    except Exception as fault:
        raise _unopened(fault) from fault
    yield pdf


def _pages(pdf: "PDF") -> list["PDFPage"]:
    """Return the pages of a PDF, each with a size that makes sense. Raises Fault."""
    from pdfminer.pdfpage import PDFPage

    try:
        with _alarm(PAGE_SECONDS):
            pages = list(islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1))
    except Exception as fault:
        raise _unopened(fault) from fault
    if len(pages) > MAX_PAGES:
        raise Fault("pages")
    for page in pages:
        page.attrs["MediaBox"] = list(page.mediabox)
    return pages


def _unopened(fault: BaseException) -> Fault:
    """Return why a PDF cannot be opened: what takes too long then is no page."""
    kind = _kind(fault)
    return Fault("tangled" if kind == "slow" else kind)


def _kind(fault: BaseException) -> str:
    """Return the key of FAULTS for what was raised, or for what made it be raised."""
    from pdfminer.pdfdocument import PDFEncryptionError

    each: BaseException | None = fault
    while each is not None:
        for cause in (each, *each.args):
            match cause:
                case MemoryError():
                    return "large"
                case TimeoutError():
                    return "slow"
                case PDFEncryptionError():
                    return "locked"
        each = each.__cause__ or each.__context__
    return "broken"


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TimeoutError where what is done takes longer, on systems that have an alarm.

    It rings again each second: what is raised where an object is being taken down is lost.
    """

    def ring(*_: object) -> None:
        raise TimeoutError

    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory() -> None:
    """Let no more memory be had than MAX_MEMORY, on systems that can say so."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _answer(answer: dict[str, Any]) -> None:
    """Write the answer and end, also where something still runs."""
    data = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
    with contextlib.suppress(OSError):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
