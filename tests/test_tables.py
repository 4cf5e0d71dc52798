"""Which rows each total of a table stands over."""

import pytest

from index.document import Amount, Item, Place
from search.tables import claims, node_of, rows_of

# How far a total reaches, by its name; 0 is none.
REACHES = [
    ("小計", 1),
    ("計", 2),
    ("一般会計 計", 2),
    ("合　計", 3),
    ("歳出合計", 3),
    ("総計", 4),
    ("総合計", 4),
    ("統計調査費", 0),
    ("会計年度任用職員費", 0),
]


def row(name: str, yen: int, line: int = 1, role: str = "total") -> Item:
    return Item(
        Place("紙", line, line), name, None, "row", amounts=(Amount(yen, (2025,), role=role, written=f"{yen}円"),)
    )


@pytest.mark.parametrize(("name", "rank"), REACHES, ids=[name for name, _ in REACHES])
def test_reaches(name: str, rank: int) -> None:
    assert node_of(row(name, 5)).rank == rank


# The lines of tables, and what each total of them stands over.
STANDING = {
    "a group that a line heads": (
        ["別会計", "| 甲 | 1 |", "| 土木 |", "| 乙 | 2 |", "| 丙 | 3 |", "| 小計 | 5 |", "| 合計 | 6 |"],
        {"小計": ["乙", "丙"], "合計": ["甲", "小計"]},
    ),
    "計 after 計 is that of all": (
        ["| 甲 | 1 |", "| 乙 | 2 |", "| 計 | 3 |", "| 丙 | 3 |", "| 丁 | 4 |", "| 計 | 7 |", "| 計 | 10 |"],
        {"計": ["計", "計"]},
    ),
    "a total above and one below": (
        ["| 合計 | 3 |", "| 甲 | 1 |", "| 乙 | 2 |", "| 総計 | 3 |"],
        {"合計": ["甲", "乙"], "総計": ["甲", "乙"]},
    ),
    "two tables": (
        ["| 甲 | 1 |", "| 乙 | 2 |", "| 計 | 3 |", "|---|---|", "| 丙 | 3 |", "| 丁 | 4 |", "| 合計 | 7 |"],
        {"計": ["甲", "乙"], "合計": ["丙", "丁"]},
    ),
    "rows further in that do not add up are rows like others": (
        ["| 甲 | 10 |", "| 　乙 | 2 |", "| 計 | 12 |"],
        {"計": ["甲", "乙"]},
    ),
}


@pytest.mark.parametrize(("lines", "expected"), STANDING.values(), ids=STANDING)
def test_stands_over(lines: list[str], expected: dict[str, list[str]]) -> None:
    items = []
    for number, line in enumerate(lines, 1):
        name, yen, *_ = (*line.strip("| ").split("|"), "", "")
        if yen.strip().isdecimal():
            role = "total" if "計" in name else "own"
            items.append(row(name.strip(" 　"), int(yen), number, role))
    _, found = claims(rows_of([node_of(each) for each in items], lines))
    assert {total.item.name: [each.item.name for each in under] for total, under in found} == expected


def test_nothing() -> None:
    assert claims([]) == ([], [])
