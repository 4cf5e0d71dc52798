"""Tables with merged cells into rows: every shape as `row column height width text`, and the lines it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.grid import Grid, is_number, lines_of
from index.readers.lines import one_line

CELLS = [
    ("1,234", True), ("△1,234", True), ("▲ 5", True), ("(12)", True), ("12.5%", True), ("10億円", True), ("約3億円", True),
    ("1,200の内数", True), ("500（再掲）", True), ("¥1,000", True), ("事項要求", True), ("-5", True), ("１２３", True),
    ("2024", False), ("2024年度", False), ("令和6年度", False), ("1 議会費", False), ("(1) 子育て", False), ("第1号", False),
    ("3か所の整備", False), ("－", False), ("", False), ("備考", False),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "number"), CELLS, ids=[cell for cell, _ in CELLS])
def test_is_number(cell: str, number: bool) -> None:
    assert is_number(cell) is number


WORDS = [
    ("令和6年度\n予算額", "令和6年度予算額"),
    ("事業名\n（再掲）", "事業名 （再掲）"),
    ("1,234\n1,000", "1,234 1,000"),
    ("GX\nDX", "GX DX"),
    ("a\tb", "a b"),
    ("　前後 \r\n", "前後"),
    ("\uf0b7点", "・点"),
    ("消\x00え\x07る", "消える"),
]


@pytest.mark.parametrize(("written", "line"), WORDS, ids=[repr(written) for written, _ in WORDS])
def test_one_line(written: str, line: str) -> None:
    assert one_line(written) == line


HEADS = [(0, 0, 1, 1, "事業名"), (0, 1, 1, 1, "額"), (0, 2, 1, 1, "備考")]
GRIDS: dict[str, tuple[list[tuple[int, int, int, int, str]], list[str]]] = {
    "a group inside": (
        [*HEADS, (1, 0, 1, 3, "１ 橋"), (2, 0, 1, 1, "大橋"), (2, 1, 1, 1, "5"), (3, 0, 1, 3, "※ 注")],
        ["| 事業名 | 額 | 備考 |", "| １ 橋 |  |  |", "| 大橋 | 5 |  |", "※ 注"],
    ),
    "a remark over rows": (
        [*HEADS, (1, 0, 1, 1, "大橋"), (1, 1, 1, 1, "5"), (1, 2, 2, 1, "うち10"), (2, 0, 1, 1, "小橋"), (2, 1, 1, 1, "6")],
        ["| 事業名 | 額 | 備考 |", "| 大橋 | 5 | うち10 |", "| 小橋 | 6 |  |"],
    ),
    "a sum over rows": (
        [*HEADS, (1, 0, 1, 1, "大橋"), (1, 1, 2, 1, "5"), (2, 0, 1, 1, "小橋"), (2, 2, 1, 1, "共に")],
        ["| 事業名 | 額 | 備考 |", "| 大橋 | 5 |  |", "| 小橋 |  | 共に |"],
    ),
    "graph paper": (
        [(0, 0, 1, 5, "事業名"), (0, 5, 1, 5, "額"), (1, 0, 1, 5, "大橋"), (1, 5, 1, 5, "5")],
        ["| 事業名 | 額 |", "| 大橋 | 5 |"],
    ),
    "what stands above": (
        [(0, 0, 1, 3, "予算"), (1, 0, 1, 1, "会計名"), (1, 1, 1, 1, "一般会計"), *((4, column, 1, 1, text) for _, column, _, _, text in HEADS), (5, 0, 1, 1, "橋"), (5, 1, 1, 1, "5")],
        ["予算", "会計名：一般会計", "", "| 事業名 | 額 | 備考 |", "| 橋 | 5 |  |"],
    ),
    "nothing": ([], []),
}  # fmt: skip


@pytest.mark.parametrize("name", GRIDS)
def test_grid_gives(name: str) -> None:
    cells, lines = GRIDS[name]
    grid = Grid()
    for row, column, height, width, text in cells:
        grid.put(row, column, text, height, width)
    assert lines_of(grid) == lines


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.integers(0, 6),
            st.integers(1, 9),
            st.integers(1, 9),
            st.sampled_from(["款", "1,000", "△5", "a|b", "（単位：千円）", ""]),
        )
    )
)
def test_no_cell_is_lost_and_no_sum_is_doubled(cells: list[tuple[int, int, int, int, str]]) -> None:
    grid = Grid()
    for row, column, height, width, text in cells:
        if column not in grid.rows.get(row, {}):
            grid.put(row, column, text, height, width)
    wanted = [text for row in grid.rows.values() for text in row.values()]
    lines = "\n".join(lines_of(grid))
    for text in ("1,000", "△5"):
        assert lines.count(text) == wanted.count(text) or any(width > 1 for _, _, _, width, _ in cells)
    assert all(text.replace("|", "｜") in lines or text in lines for text in wanted)
