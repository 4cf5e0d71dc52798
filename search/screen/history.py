"""The history of a programme, over the lookup screen."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from index.errors import Failure
from search.render import render_answer
from search.searcher import Searcher

EDGES = 6
"""The columns that borders, a scroll bar and a margin take of the 94 % that the history has (``app.tcss``)."""


class HistoryScreen(ModalScreen[None]):
    """One programme through all documents and stages."""

    def __init__(self, searcher: Searcher, programme: str) -> None:
        super().__init__()
        self.searcher = searcher
        self.programme = programme

    def compose(self) -> ComposeResult:
        yield Static("経緯　Esc で戻る", classes="title")
        with VerticalScroll():
            yield Static("", id="history")

    def on_mount(self) -> None:
        width = self.size.width * 94 // 100 - EDGES
        try:
            text = render_answer(self.searcher.history(self.programme), "table", width=width)
        except Failure as failure:
            text = str(failure)
        self.query_one("#history", Static).update(Text(text, no_wrap=True))
        self.query_one(VerticalScroll).focus()
