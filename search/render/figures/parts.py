"""What the pages about sums have in common: names of years and stages, rows of amounts, objects."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from index.document import BOUNDS, FLAGS, ROLES, Place
from index.document import STAGES as LONG_STAGES
from search.figures import REASONS, Addend, LeftOut, Point
from search.render.json import amount_object, place_object
from search.render.sheets import Cell, Column, Roughly
from search.render.words import STAGES, meaning

T = TypeVar("T")

BRANCH = "└ "
FEW = 3
"""How many places are shown where not all of them are."""

MOST = 200
"""How many rows of one list are shown where not all of them are."""

ALL = "--all で表示する。"
"""How to see what is not shown."""


def cut(rows: Sequence[T], full: bool) -> tuple[Sequence[T], str]:
    """Return the rows of a list that are shown, all of them where `full`, and what to say of the others."""
    rest = 0 if full else max(0, len(rows) - MOST)
    return (rows[:MOST], f"ほか{rest:,}件は {ALL}") if rest else (rows, "")


PLACE_HEADS = (Column("文書"), Column("頁"), Column("行"))
ADDEND_HEADS = (
    *(Column("年度"), Column("段階"), Column("金額", "oku"), Column("名称", "wide"), Column("施策", "wide")),
    *(*PLACE_HEADS, Column("番号"), Column("確度"), Column("役割"), Column("会計"), Column("印")),
    *(Column("期間（年）", "number"), Column("見出し階層", "wide"), Column("原文", "wide")),
)
"""The columns of an amount in a table for programs."""


def when(years: Sequence[int], stage: str | None) -> str:
    """Return fiscal years and a stage in a few words: 「2024 要求」."""
    return f"{'・'.join(map(str, years)) or '年度不明'} {STAGES.get(stage or '', '段階不明')}"


def year_cell(years: Sequence[int]) -> Cell:
    """Return fiscal years for a table: one is a number."""
    return years[0] if len(years) == 1 else " ".join(map(str, years)) or None


def stage_cell(stage: str | None) -> str | None:
    """Return the name of a stage for a table."""
    return LONG_STAGES.get(stage or "")


def yen_cell(addend: Addend) -> int:
    """Return the sum of an amount, told apart where it is approximate."""
    return Roughly(addend.amount.yen) if addend.amount.bound == "about" else addend.amount.yen


def place_cells(place: Place | None) -> tuple[Cell, ...]:
    """Return a place under PLACE_HEADS."""
    return (None, None, None) if place is None else (place.document, place.page, place.line)


def addend_cells(addend: Addend) -> tuple[Cell, ...]:
    """Return an amount under ADDEND_HEADS."""
    item, amount = addend.item, addend.amount
    return (
        *(year_cell(amount.years), stage_cell(amount.stage), amount.yen, addend.name, item.name),
        *(*place_cells(item.place), item.number, BOUNDS[amount.bound], ROLES[amount.role], amount.account),
        *(" ".join(FLAGS[flag] for flag in amount.flags) or None, amount.over),
        *(" › ".join(item.heading_path) or None, amount.written or None),
    )


def named(addend: Addend) -> str:
    """Return what the money is for, with its item where that has another name: 「…の強化（…支援事業）」."""
    name, item = addend.name, addend.item.name
    return name if item in name else f"{name}（{item}）"


def said(addend: Addend) -> str:
    """Return what an amount is: 「2024 要求 新規 (GX)」."""
    return meaning(addend.amount)


def some(places: Iterable[Place], full: bool = False) -> str:
    """Return a few places, each once, and how many there are besides: 「monozukuri-2025:25・27 ほか1か所」."""
    lines = list(dict.fromkeys((each.document, each.line) for each in places))
    shown = lines if full else lines[:FEW]
    papers = groupby(shown, lambda each: each[0])
    rest = len(lines) - len(shown)
    written = " ".join(f"{paper}:{'・'.join(str(line) for _, line in same)}" for paper, same in papers)
    return written + (f" ほか{rest:,}か所" if rest else "")


def counted(kinds: Iterable[str], names: dict[str, str]) -> str:
    """Return how often each kind occurs, in the order of `names`: 「一致 12件・端数の範囲 3件」."""
    found = Counter(kinds)
    return "・".join(f"{name} {found[kind]:,}件" for kind, name in names.items() if found[kind])


def alike(score: float | None) -> str | None:
    """Return a score in words: 「可能性 87」."""
    return None if score is None else f"可能性 {score:.0f}"


def addend_object(addend: Addend) -> dict[str, Any]:
    """Return an amount with the name and the place of what it is for."""
    item = addend.item
    return {
        **place_object(item.place),
        "name": addend.name,
        "item": item.name,
        "number": item.number,
        "heading_path": item.heading_path,
        "amount": amount_object(addend.amount),
    }


def left_object(left: LeftOut) -> dict[str, Any]:
    """Return an amount that is left out, why, and where it is counted instead."""
    instead = None if left.instead is None else place_object(left.instead)
    return addend_object(left.addend) | {"reason": left.reason, "reason_text": REASONS[left.reason], "instead": instead}


def point_object(point: Point) -> dict[str, Any]:
    """Return the safe sum of one combination of fiscal years and one stage."""
    return {"years": point.years, "stage": point.stage, "yen": point.yen}
