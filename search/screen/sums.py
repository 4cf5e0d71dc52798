"""The safe sums of a query on one line."""

from collections.abc import Sequence

from search.figures import Point
from search.render.words import STAGES, oku


def sums_line(points: Sequence[Point]) -> str:
    """Return the sums by fiscal years and stage: 「合計 2024要求 5,017億円・2023補正 2,658億円（年度・段階ごと）」."""
    sums = [f"{_when(each)} {oku(each.yen)}億円" for each in points if each.yen is not None]
    return f"合計（年度・段階ごと、重複を除く）  {'・'.join(sums)}" if sums else "足し上げられる金額はありません"


def _when(point: Point) -> str:
    return "・".join(map(str, point.years)) + STAGES.get(point.stage or "", "") or "年度・段階不明"
