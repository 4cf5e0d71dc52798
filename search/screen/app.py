"""The lookup screen: a query, the hits as one types, the item with its lines, the totals of the hits."""

from __future__ import annotations

import os
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import DataTable, Footer, Input, Static
from textual.worker import get_current_worker

from search.errors import QueryError
from search.render.citation import citation
from search.render.entries import clear
from search.render.words import meaning, oku
from search.results import GROUPS, SORTS, Hit, ResultPage
from search.screen.facets import FacetScreen
from search.screen.history import HistoryScreen
from search.screen.preview import preview
from search.screen.sums import sums_line
from search.searcher import Searcher

DARK, LIGHT = "textual-dark", "textual-light"
MOST = 200
"""How many hits the list holds; more are counted, and found by a narrower query."""
WIDE = 110
"""The width from which the item stands beside the list, not under it."""
COLUMNS = (("", 2), ("億円", 9), ("意味", 22), ("名称", 30))
SCROLLBAR = 2
SHOWN_GROUPS = (None, *GROUPS)
MARKS = {"certain": "●", "possible": "○", "related": "・"}
Row = tuple[Hit, int | None]


class LookUp(App[None]):
    """A query above, its hits with the item beside or below them, the totals in the foot."""

    TITLE = "seisaku"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "sort", "並べ方", priority=True, key_display="F2"),
        Binding("f3", "group", "群", priority=True, key_display="F3"),
        Binding("f4", "facets", "内訳", priority=True, key_display="F4"),
        Binding("f5", "history", "経緯", priority=True, key_display="F5"),
        Binding("f6", "copy", "出典を写す", priority=True, key_display="F6"),
        Binding("f7", "brightness", "明暗", priority=True, key_display="F7"),
        Binding("escape,ctrl+q", "leave", "終了", priority=True, key_display="Esc"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(self, searcher: Searcher, query: str = "") -> None:
        super().__init__()
        self.searcher = searcher
        self.abouts = {each.id: each for each in searcher.documents()}
        self.query_text = query
        self.theme = LIGHT if _is_light() else DARK
        self.sort, self.group = "relevance", SHOWN_GROUPS[0]
        self.rows: list[Row] = []
        self.page: ResultPage | None = None

    def compose(self) -> ComposeResult:
        example = "言葉と条件（例 蓄電池 1000億以上）"
        yield Input(self.query_text, placeholder=example, id="query", compact=True, select_on_focus=False)
        yield Static("", id="error")
        yield Static("", id="state")
        with Container(id="body"):
            yield DataTable(id="hits", cursor_type="row", zebra_stripes=False)
            with VerticalScroll(id="item"):
                yield Static("", id="preview")
        yield Static("", id="sums")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        for head, width in COLUMNS:
            self._table.add_column(head, width=width)
        self._lay_out(self.size.width)
        self.query_one(Input).focus()
        self._look_up()

    def on_resize(self, event: events.Resize) -> None:
        if self._table.columns:
            self._lay_out(event.size.width)

    @property
    def _table(self) -> DataTable[Text]:
        return self.query_one("#hits", DataTable)

    def _lay_out(self, width: int) -> None:
        """Put the item beside the list where there is room, else under it; the names have what the list leaves."""
        wide = width >= WIDE
        self.query_one("#body").set_class(wide, "wide")
        table = self._table
        *fixed, name = table.ordered_columns
        taken = sum(each.get_render_width(table) for each in fixed) + 2 * table.cell_padding + SCROLLBAR
        name.width = max(10, (width * 3 // 5 if wide else width) - taken)
        self._fill()

    # -- the query

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        self.query_text = event.value
        self._look_up()

    @work(thread=True, exclusive=True)
    def _look_up(self) -> None:
        """Ask the query of this moment; a newer one takes over."""
        worker, query = get_current_worker(), self.query_text.strip()
        try:
            page = self.searcher.search(query, limit=MOST, sort=self.sort, only=self.group) if query else None
            sums = sums_line(self.searcher.points(query)) if query else ""
        except QueryError as error:
            if not worker.is_cancelled:
                self.call_from_thread(self._show_error, str(error))
            return
        if not worker.is_cancelled:
            self.call_from_thread(self._show_page, page, sums)

    def _show_error(self, message: str) -> None:
        """Show what is wrong with the query; the last good results stay."""
        self.query_one("#error", Static).update(Text(message))
        self.query_one("#error").set_class(True, "wrong")

    def _show_page(self, page: ResultPage | None, sums: str) -> None:
        self.query_one("#error").set_class(False, "wrong")
        if self.page is None or page is None or self.page.query != page.query:
            self._table.move_cursor(row=0)
        self.page = page
        self.rows = [row for hit in (page.hits if page else ()) for row in _rows(hit)]
        self._fill()
        self.query_one("#state", Static).update(Text(self._state(), no_wrap=True, overflow="ellipsis"))
        self.query_one("#sums", Static).update(Text(sums))
        self._show_item()

    def _fill(self) -> None:
        """Put the rows into the list; the cursor stays where it was, as far as it can."""
        table = self._table
        at = table.cursor_row
        table.clear()
        for hit, position in self.rows:
            table.add_row(*_cells(hit, position))
        table.move_cursor(row=min(at, max(0, len(self.rows) - 1)))

    def _state(self) -> str:
        """Return what was found, how it is put in order, which groups are shown."""
        if self.page is None:
            return "言葉や条件を打つと、打つそばから結果が出ます。"
        if not self.page.found:
            return "　".join(map(clear, self.page.diagnosis[:1])) or "該当なし"
        counts = "・".join(f"{GROUPS[each]} {number:,}件" for each, number in self.page.counts.items() if number)
        first = f"（初めの{MOST}件を表示）" if self.page.found > MOST else ""
        return f"{counts}{first}　{SORTS[self.sort]}　{GROUPS[self.group] if self.group else 'すべての群'}"

    # -- the item

    @on(DataTable.RowHighlighted, "#hits")
    def _highlighted(self) -> None:
        self._show_item()

    def _row(self) -> Row | None:
        at = self._table.cursor_row
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _show_item(self) -> None:
        row = self._row()
        text = Text("")
        if row is not None:
            hit = row[0]
            text = preview(hit, self.searcher.lines(hit.item), self.abouts[hit.item.place.document])
        elif self.page is not None:
            text = Text("\n".join(map(clear, self.page.diagnosis)))
        self.query_one("#preview", Static).update(text)
        self.query_one("#item", VerticalScroll).scroll_home(animate=False)

    # -- keys

    def action_move(self, by: int) -> None:
        self._table.move_cursor(row=self._table.cursor_row + by)

    def action_page(self, by: int) -> None:
        item = self.query_one("#item", VerticalScroll)
        item.scroll_page_down(animate=False) if by > 0 else item.scroll_page_up(animate=False)

    def action_sort(self) -> None:
        """Take the next order."""
        orders = list(SORTS)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self._look_up()

    def action_group(self) -> None:
        """Show the next group alone, or all again."""
        self.group = SHOWN_GROUPS[(SHOWN_GROUPS.index(self.group) + 1) % len(SHOWN_GROUPS)]
        self._look_up()

    def action_facets(self) -> None:
        """Let the user narrow the query by one value of its facets."""
        if self.page is None or not self.page.found:
            return
        self.push_screen(FacetScreen(self.searcher.facets(self.query_text)), self._narrow)

    def _narrow(self, condition: str | None) -> None:
        if condition:
            query = self.query_one(Input)
            query.value = f"{query.value.strip()} {condition}"
            query.cursor_position = len(query.value)

    def action_history(self) -> None:
        """Show the history of the programme of the amount that the cursor is on."""
        row = self._row()
        if row is None:
            return
        hit, position = row
        label = hit.item.amounts[position].label if position is not None else None
        self.push_screen(HistoryScreen(self.searcher, label or hit.item.name))

    def action_copy(self) -> None:
        """Copy the amount as one line to cite."""
        row = self._row()
        if row is None:
            return
        hit, position = row
        line = citation(hit.item, position, self.abouts[hit.item.place.document])
        self.copy_to_clipboard(line)
        self.notify(line, title="写しました", markup=False)

    def action_brightness(self) -> None:
        """Turn the screen from dark to light, or back."""
        self.theme = DARK if self.theme == LIGHT else LIGHT

    def action_leave(self) -> None:
        """Close what is open over the screen, else leave."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit()


def _is_light() -> bool:
    """Say whether the terminal has a light background, where it tells (「COLORFGBG=0;15」)."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


def _rows(hit: Hit) -> list[Row]:
    return [(hit, position) for position in hit.matched] or [(hit, None)]


def _cells(hit: Hit, position: int | None) -> tuple[Text, ...]:
    """Return the cells of a row: the mark of the group, the sum, what it is, the name with what was found in it."""
    amount = hit.item.amounts[position] if position is not None else None
    name = Text(clear(hit.name.text), no_wrap=True, overflow="ellipsis")
    for start, end in hit.name.spans:
        name.stylize("bold", start, end)
    if amount and amount.label and amount.label != hit.item.name:
        name.append(f" └ {clear(amount.label)}", "dim")
    return (
        Text(MARKS[hit.group]),
        Text(oku(amount.yen) if amount else "―", justify="right"),
        Text(clear(meaning(amount)) if amount else "", no_wrap=True, overflow="ellipsis"),
        name,
    )
