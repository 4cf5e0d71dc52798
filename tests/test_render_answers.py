"""Every page about sums in every format: nothing lost, nothing wider than the terminal, nothing that it obeys."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Amount, Item, Place
from index.text import display_width
from search.figures import (
    Addend,
    Bucket,
    Check,
    CheckPage,
    ComparePage,
    Entry,
    Facet,
    FacetPage,
    HistoryPage,
    LeftOut,
    Link,
    LinkPage,
    Outcome,
    Pair,
    Point,
    Section,
    Share,
    Side,
    Total,
    TotalPage,
)
from search.render import ANSWERS, FORMATS, render_answer
from tests.test_render_formats import BATTERY, CHAIN, FUND, HOSTILE_ITEM, NASTY, OKU, REQUEST, harmful

TRILLION = 10_437 * OKU
OWN, AGAIN, CAP, ASKED = Addend(BATTERY, 0), Addend(CHAIN, 1), Addend(FUND, 0), Addend(REQUEST, 0)
ABOUT = Addend(Item(Place("b", 3, 3), "概算の事業", amounts=(Amount(TRILLION, (2024,), "request", "about"),)), 0)
EVIL = Addend(HOSTILE_ITEM, 0)

TOTAL = TotalPage(
    "蓄電池",
    "「蓄電池」を含む",
    (
        Total((2023,), "supplementary", 2658 * OKU, 5316 * OKU, (OWN,), (LeftOut(AGAIN, "again", OWN.place),)),
        Total(
            (2024,), "request", TRILLION, TRILLION, (ABOUT,), (), (Share("GX", TRILLION, 1), Share(None, 0, 0)), True
        ),
        Total((), "fund", 0, 1510 * OKU, (), (LeftOut(CAP, "ceiling"),)),
    ),
    (LeftOut(CAP, "possible"), LeftOut(ASKED, "related")),
    "account",
    0.01,
)
CHECK = CheckPage(
    "d",
    "題名",
    "第1章",
    (
        Check("合計 その一", OWN.place, (2024,), "initial", 100 * OKU, 101 * OKU, (OWN, ASKED), (), OKU, "rounding"),
        Check(
            "合計 その二", CAP.place, (), None, 100 * OKU, 88 * OKU, (), (LeftOut(CAP, "ceiling"),), 0, "unexplained"
        ),
    ),
    (5, "主な施策を掲載"),
)
HISTORY = HistoryPage(
    BATTERY.name,
    (BATTERY.name, "蓄電池の製造サプライチェーン強靭化支援"),
    (("蓄電池の支援", 87.4),),
    (Entry(OWN), Entry(AGAIN, None, "again", (OWN.place,)), Entry(ASKED, 87.4), Entry(Addend(BATTERY, 1))),
    (
        Point((2024,), "request", None),
        Point((2023,), "supplementary", 2658 * OKU),
        Point((2024,), "initial", 2300 * OKU),
    ),
    (
        Outcome(2024, 4958 * OKU, (Point((2023,), "supplementary", 2658 * OKU), Point((2024,), "initial", 2300 * OKU))),
        Outcome(2025, 10 * OKU, ()),
    ),
)
LINKS = LinkPage(
    (
        Link("事業", Place("a", 1, 1), "事業費", Place("b", 2, 2), True, 100.0),
        Link(BATTERY.name, OWN.place, "蓄電池製造基盤支援", CAP.place, False, 87.4),
    )
)
BEFORE, AFTER = (
    Side("2023年度 当初", (2023,), "initial", 110 * OKU),
    Side("2024年度 当初", (2024,), "initial", TRILLION),
)
COMPARE = ComparePage(
    "",
    (
        Section(
            BEFORE,
            AFTER,
            (
                Pair("伸びた事業", "grew", 100 * OKU, 120 * OKU, (OWN.place, CAP.place)),
                Pair("減った事業", "shrank", 10 * OKU, 4 * OKU, (OWN.place,)),
                Pair("新しい事業", "new", None, 5 * OKU, (ASKED.place,), ("昔の事業", 80.0)),
                Pair("内数の事業", "open", None, None, (CAP.place,)),
            ),
            (LeftOut(CAP, "ceiling"),),
        ),
    ),
    (Side("2024年度 補正", (2024,), "supplementary", OKU),),
)
FACETS = FacetPage(
    "蓄電池",
    "「蓄電池」を含む",
    8,
    (
        Facet("stage", "段階", (Bucket("補正", 6, (Point((2023,), "supplementary", 2658 * OKU),), "段階:補正"),), 2),
        Facet("heading", "見出し", (Bucket("第1章", 8, (), None, (Bucket("第1節", 3, (), "heading:第1節"),)),), 0),
    ),
)
EVIL_PLACE = HOSTILE_ITEM.place
EVIL_LEFT = LeftOut(EVIL, "again", EVIL_PLACE)
EVIL_POINT = Point((2020, 2022, 2023), "request", 10**18 - 1)
EVIL_SIDE = Side(NASTY, (), None, -5)
PAGES: dict[str, Any] = {
    "total": TOTAL,
    "check": CHECK,
    "history": HISTORY,
    "links": LINKS,
    "compare": COMPARE,
    "facets": FACETS,
    "no total": TotalPage(NASTY, NASTY, (), (), None, 0.1, (NASTY,)),
    "no check": CheckPage(NASTY, "", None, (), None),
    "no history": HistoryPage(NASTY, (), (), (), (), ()),
    "no links": LinkPage(()),
    "no compare": ComparePage("", ()),
    "no facets": FacetPage(NASTY, NASTY, 0, (), (NASTY,)),
    "evil total": TotalPage(
        NASTY,
        NASTY,
        (Total((2024,), None, 10**18 - 1, 5, (EVIL,), (EVIL_LEFT,), (Share(NASTY, -5, 1), Share(NASTY, 5, 1))),),
        (EVIL_LEFT,),
        "heading",
        0.1,
        (NASTY,),
    ),
    "evil check": CheckPage(
        NASTY,
        NASTY,
        NASTY,
        (Check(NASTY, EVIL_PLACE, (), None, -5, 10**18, (EVIL,), (EVIL_LEFT,), 3, "partial"),),
        (1, NASTY),
    ),
    "evil history": HistoryPage(
        NASTY,
        (NASTY, NASTY + "2"),
        ((NASTY, 1.0),),
        (Entry(EVIL, 3.0, "again", (EVIL_PLACE,)), Entry(Addend(HOSTILE_ITEM, 1))),
        (EVIL_POINT, Point((), None, -5)),
        (Outcome(2024, 0, (EVIL_POINT,)),),
    ),
    "evil links": LinkPage((Link(NASTY, EVIL_PLACE, NASTY, EVIL_PLACE, False, 50.0),)),
    "evil compare": ComparePage(
        NASTY,
        (Section(EVIL_SIDE, EVIL_SIDE, (Pair(NASTY, "grew", -5, 10**18, (EVIL_PLACE,), (NASTY, 1.0)),), (EVIL_LEFT,)),),
        (EVIL_SIDE,),
    ),
    "evil facets": FacetPage(
        NASTY,
        NASTY,
        1,
        (Facet(NASTY, NASTY, (Bucket(NASTY, 9, (EVIL_POINT,), NASTY, (Bucket(NASTY, 1, (), NASTY),)),), 3),),
    ),
}
WIDTHS = (40, 60, 80, 120, 200)


def numbers(value: object, name: str = "") -> Iterator[int]:
    """Yield every sum of money in JSON."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from numbers(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each, name)
    elif isinstance(value, int) and name in ("yen", "naive", "sum", "before", "after", "requested"):
        yield value


def table(page: Any, form: str = "csv", excel: bool = False) -> list[dict[str, str]]:
    text = render_answer(page, form, excel=excel)
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("page", PAGES)
def test_no_line_is_wider_than_the_terminal(page: str, full: bool) -> None:
    for width in WIDTHS:
        shown = render_answer(PAGES[page], "table", width=width, full=full)
        assert max(map(display_width, shown.split("\n"))) <= width


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_done_to_a_terminal(page: str, form: str) -> None:
    for width in (None, 40, 80):
        assert not harmful(render_answer(PAGES[page], form, width=width, full=True))


@pytest.mark.parametrize("page", PAGES)
def test_colours_change_nothing_but_colours(page: str) -> None:
    plain = render_answer(PAGES[page], "table", width=80, full=True)
    coloured = render_answer(PAGES[page], "table", width=80, full=True, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b" not in render_answer(PAGES[page], "table", colour=True)


@pytest.mark.parametrize("page", PAGES)
def test_json_is_read_back(page: str) -> None:
    whole = json.loads(render_answer(PAGES[page], "json"))
    lines = [json.loads(line) for line in render_answer(PAGES[page], "jsonl").splitlines()]
    lists = [each for each in whole.values() if isinstance(each, list)]
    assert lines in [*lists, []] or page.endswith("compare")


@pytest.mark.parametrize("page", PAGES)
def test_tables_for_programs_have_the_same_columns_in_every_row(page: str) -> None:
    for form in ("csv", "tsv"):
        text = StringIO(render_answer(PAGES[page], form), newline="")
        rows = list(csv.reader(text)) if form == "csv" else [line.rstrip("\n").split("\t") for line in text]
        assert len({len(row) for row in rows}) == 1
        assert len(set(rows[0])) == len(rows[0])


def test_every_class_of_page_has_its_module() -> None:
    assert {type(page).__name__ for page in PAGES.values()} == set(ANSWERS)


@given(st.integers(-(10**18), 10**18), st.sampled_from(["exact", "about", "portion"]))
def test_every_sum_comes_back_from_every_format(yen: int, bound: str) -> None:
    one = Addend(Item(Place("d", 1, 1), "名", amounts=(Amount(yen, (2024,), "request", bound),)), 0)
    total = Total((2024,), "request", yen, yen, (one,), (LeftOut(one, "again", one.place),))
    page = TOTAL._replace(totals=(total,), unsure=())
    assert set(numbers(json.loads(render_answer(page, "json")))) == {yen}
    assert [int(row["金額（円）"]) for row in table(page)] == [yen, yen]
    shown = render_answer(page, "table", full=True)
    written = re.findall(r"[約▲]*[0-9][0-9,]*(?:\.[0-9]+)?(?=  )", shown)
    assert yen in map(exact, written)


def exact(written: str) -> int:
    """Return a sum that is shown in 億円, in yen."""
    digits = written.replace(",", "").lstrip("約")
    whole, _, rest = digits.lstrip("▲").partition(".")
    return (int(whole) * OKU + int(rest.ljust(8, "0") or 0)) * (-1 if digits.startswith("▲") else 1)
