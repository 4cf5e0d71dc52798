"""A table says the same on a terminal and through a pipe."""

import pytest

from search.render import render, render_items
from tests.test_render_formats import AMOUNTS, ITEMS, PAGE, WIDTHS


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", WIDTHS)
def test_every_sum_and_place_is_there(width: int | None) -> None:
    shown = squeezed(render(PAGE, "table", width=width))
    for hit in PAGE.hits:
        assert squeezed(str(hit.item.place)) in shown
    for written in ("2,658", "2,300", "1,778", "1,510", "1,076", "前年度200", "―"):
        assert written in shown


def test_a_pipe_has_a_line_an_amount() -> None:
    lines = render(PAGE, "table").split("\n")
    assert sum(":" in line and "再掲" not in line for line in lines) == AMOUNTS


def test_names_are_whole_on_a_wide_terminal() -> None:
    lines = list(render_items(ITEMS, "table", width=160))
    assert all(any(item.name in line for line in lines) for item in ITEMS)


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_of_items_come_one_by_one(width: int | None) -> None:
    assert not any("\n" in line for line in render_items(ITEMS, "table", width=width))
