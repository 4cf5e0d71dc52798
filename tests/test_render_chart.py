"""A chart's bars are as long as their sums, and its words are escaped."""

import re
from xml.etree import ElementTree

import pytest

from search.figures import Point
from search.render.chart import BAR, LABEL, ROW, VALUE, WIDTH, svg
from tests.test_render_formats import NASTY, OKU, harmful

POINTS = (
    Point((2024,), "request", 40 * OKU),
    Point((2024,), "initial", 20 * OKU),
    Point((2025,), "initial", None),
    Point((), None, -10 * OKU),
)
FULL = WIDTH - LABEL - VALUE


def drawn(points: tuple[Point, ...], title: str = "名") -> ElementTree.Element:
    return ElementTree.fromstring(svg(points, title))


def test_bars_are_as_long_as_their_sums() -> None:
    bars = list(drawn(POINTS).iter("rect"))
    assert [float(bar.attrib["width"]) for bar in bars] == [FULL, FULL / 2, 0, FULL / 4]
    assert [bar.attrib["class"] for bar in bars] == ["asked", "given", "given", "given"]
    assert {float(bar.attrib["height"]) for bar in bars} == {BAR}


def test_every_bar_has_its_label_and_its_sum() -> None:
    texts = [each.text for each in drawn(POINTS).iter("text")]
    assert texts == ["2024 要求", "40億円", "2024 当初", "20億円", "2025 当初", "―", "年度不明 段階不明", "▲10億円"]


@pytest.mark.parametrize("count", [0, 1, 30])
def test_is_as_high_as_it_has_rows(count: int) -> None:
    assert drawn(POINTS[:1] * count).attrib["viewBox"] == f"0 0 {WIDTH} {ROW * count}"


def test_words_are_escaped() -> None:
    shown = svg(POINTS, NASTY)
    assert not harmful(shown)
    assert "<b>" not in shown
    assert "<b>" in (drawn(POINTS, NASTY).findtext("title") or "")


def test_numbers_of_nothing_are_no_bars() -> None:
    assert re.findall(r'width="([\d.]+)"', svg((Point((2024,), None, 0), Point((2024,), None, None)), "")) == ["0", "0"]
