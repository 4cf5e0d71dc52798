"""The lookup screen shows what it should, at 80 by 24 and beyond; ``python -m tests.test_screen`` draws its screens anew."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input

from index import indexer
from search import Searcher
from search.screen import ScreenError, run
from search.screen.app import LookUp

SCREENS = Path(__file__).parent / "cases" / "screens"
SMALL, LARGE = (80, 24), (160, 40)
TEXT = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL)
COLUMN, LINE = 12.2, 24.4
Steps = Callable[[Pilot[None]], Awaitable[object]]


def drawn(app: LookUp) -> str:
    """Return the screen as lines of text, as a terminal shows it."""
    rows: dict[int, dict[int, str]] = {}
    for x, y, text in TEXT.findall(app.export_screenshot()):
        row = rows.setdefault(round(float(y) / LINE), {})
        row[round(float(x) / COLUMN)] = html.unescape(text).replace("\xa0", " ")
    return "\n".join(_line(rows.get(number, {})) for number in range(1, max(rows) + 1)) + "\n"


def _line(pieces: dict[int, str]) -> str:
    from index.text import display_width

    line = ""
    for column in sorted(pieces):
        line += " " * (column - display_width(line)) + pieces[column]
    return line.rstrip()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the answer to what was typed stands on the screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def after(searcher: Searcher, query: str, size: tuple[int, int], steps: Steps) -> str:
    app = LookUp(searcher)
    async with app.run_test(size=size) as pilot:
        await typed(pilot, query)
        await steps(pilot)
        await settled(pilot)
        return drawn(app)


async def typed(pilot: Pilot[None], query: str) -> None:
    """Type `query` in place of what stands there."""
    pilot.app.query_one(Input).value = query
    await settled(pilot)


def keys(*names: str) -> Steps:
    async def press(pilot: Pilot[None]) -> None:
        for name in names:
            await pilot.press(name)
            await settled(pilot)

    return press


SHOWN: list[tuple[str, str, tuple[int, int], tuple[str, ...]]] = [
    ("empty", "", SMALL, ()),
    ("query", "蓄電池", SMALL, ()),
    ("query-wide", "蓄電池", LARGE, ("down", "down")),
    ("sorted", "半導体", SMALL, ("f2", "f2")),
    ("group", "蓄電池 1000億以上", SMALL, ("f3", "f3")),
    ("no-hit", "蓄電池 段階:予備費", SMALL, ()),
    ("facets", "蓄電池", SMALL, ("f4",)),
    ("history", "蓄電池の製造サプライチェーン強靱化支援事業", SMALL, ("f5",)),
]


@pytest.mark.parametrize(("name", "query", "size", "pressed"), SHOWN, ids=[each[0] for each in SHOWN])
def test_screen(name: str, query: str, size: tuple[int, int], pressed: tuple[str, ...], searcher: Searcher) -> None:
    screen = asyncio.run(after(searcher, query, size, keys(*pressed)))
    assert screen == (SCREENS / f"{name}.txt").read_text(encoding="utf-8")


def test_the_last_good_results_stay_under_a_faulty_query(searcher: Searcher) -> None:
    async def fault(pilot: Pilot[None]) -> None:
        await typed(pilot, "蓄電池 AND (amount>")

    screen = asyncio.run(after(searcher, "蓄電池", SMALL, fault))
    assert "該当 10件" in screen
    assert "^" in screen
    assert "蓄電池の製造サプライチェーン強靱化支援" in screen


def test_a_facet_narrows_the_query(searcher: Searcher) -> None:
    async def narrow() -> tuple[str, int]:
        app = LookUp(searcher)
        async with app.run_test(size=SMALL) as pilot:
            await typed(pilot, "蓄電池")
            before = len(app.rows)
            await keys("f4", "enter")(pilot)
            await settled(pilot)
            assert len(app.rows) < before
            return app.query_one(Input).value, len(app.rows)

    query, rows = asyncio.run(narrow())
    assert query.startswith("蓄電池 ")
    assert rows


def test_the_citation_is_copied(searcher: Searcher) -> None:
    async def copy() -> str:
        app = LookUp(searcher)
        async with app.run_test(size=SMALL) as pilot:
            await typed(pilot, "蓄電池 1000億以上")
            await keys("f6")(pilot)
            return app.clipboard

    assert asyncio.run(copy()) == (
        "蓄電池の製造サプライチェーン強靱化支援事業、4,958億円、概算要求、2024年度、"
        "令和6年度 経済産業省関係 概算要求等概要（経済産業省、2023-08-31）56行目"
    )


def test_escape_closes_what_is_open_and_then_the_screen(searcher: Searcher) -> None:
    async def leave() -> list[int]:
        app = LookUp(searcher)
        depth = []
        async with app.run_test(size=SMALL) as pilot:
            await typed(pilot, "蓄電池")
            for key in ("f4", "escape", "escape"):
                await pilot.press(key)
                await pilot.pause()
                depth.append(len(app.screen_stack))
        return depth

    assert asyncio.run(leave())[:2] == [2, 1]


def test_the_cursor_moves_while_one_types(searcher: Searcher) -> None:
    async def move() -> list[int]:
        app = LookUp(searcher)
        at = []
        async with app.run_test(size=SMALL) as pilot:
            await typed(pilot, "蓄電池")
            for key in ("down", "down", "up"):
                await pilot.press(key)
                await pilot.pause()
                at.append(app.query_one(DataTable).cursor_row)
        return at

    assert asyncio.run(move()) == [1, 2, 1]


def test_what_is_typed_goes_on_with_the_query_of_the_command(searcher: Searcher) -> None:
    async def go_on() -> str:
        app = LookUp(searcher, "半導体")
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            await pilot.press("space", "G", "X")
            return app.query_one(Input).value

    assert asyncio.run(go_on()) == "半導体 GX"


def test_without_a_terminal_it_says_so(searcher: Searcher) -> None:
    with pytest.raises(ScreenError, match="端末が要ります"):
        run(searcher)


async def _draw() -> None:
    """Write the screens of today into the files that the tests compare with."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        indexer.build(Path(folder) / "store")
        searcher = Searcher.open(Path(folder) / "store")
        SCREENS.mkdir(exist_ok=True)
        for name, query, size, pressed in SHOWN:
            screen = await after(searcher, query, size, keys(*pressed))
            (SCREENS / f"{name}.txt").write_text(screen, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_draw())
