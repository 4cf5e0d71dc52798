"""The facets of the hits, one of whose values narrows the query."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from search.figures import Bucket, FacetPage
from search.render.entries import clear


class FacetScreen(ModalScreen[str | None]):
    """A list of the values of each facet; what is chosen is given back as a condition."""

    def __init__(self, page: FacetPage) -> None:
        super().__init__()
        self.page = page
        self.conditions: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield Static("内訳　Enter で絞り込み、Esc で戻る", classes="title")
        yield OptionList(*self._options())

    def _options(self) -> Iterator[Option]:
        for facet in self.page.facets:
            without = f"（値なし {facet.without:,}件）" if facet.without else ""
            self.conditions.append(None)
            yield Option(Text(f"{facet.label}{without}", "bold"), disabled=True)
            for bucket in facet.buckets:
                yield self._option(bucket, 1)
                for each in bucket.within:
                    yield self._option(each, 2)

    def _option(self, bucket: Bucket, level: int) -> Option:
        self.conditions.append(bucket.query)
        text = Text(f"{'  ' * level}{clear(bucket.label)}  {bucket.hits:,}件", no_wrap=True, overflow="ellipsis")
        return Option(text, disabled=bucket.query is None)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.conditions[event.option_index])
