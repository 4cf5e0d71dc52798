"""Records are the amounts; stretches are the texts that find them; headings are the tree above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Amount, Item
from index.store.layout import TEXT_FIELDS, Heading, layout
from tests.made import item

OWN, PREVIOUS = Amount(2), Amount(1, role="previous")
PART, TOTAL = Amount(3, role="part"), Amount(4, role="total")
COMMITMENT = Amount(5, stage="commitment")

BESIDE: list[tuple[str, tuple[Amount, ...], list[int | None]]] = [
    ("no amount", (), [None]),
    ("a request and the year before", (OWN, PREVIOUS), [1, None]),
    ("two of them", (OWN, PREVIOUS, OWN, PREVIOUS), [1, None, 3, None]),
    ("a part with its own", (OWN, PREVIOUS, PART, PREVIOUS), [1, None, 3, None]),
    ("a total", (TOTAL, PREVIOUS), [1, None]),
    ("two of the year before: the first counts", (OWN, PREVIOUS, PREVIOUS), [1, None, None]),
    ("nothing before it", (PREVIOUS, OWN), [None, None]),
    ("a commitment between is passed over", (OWN, COMMITMENT, PREVIOUS), [2, None, None]),
    ("a commitment alone has no year before", (COMMITMENT, PREVIOUS), [None, None]),
]

STRETCHES: list[tuple[str, list[Item], list[tuple[str, str, int, int]]]] = [
    ("nothing", [], []),
    ("a name", [item("a", "蓄電池")], [("name", "蓄電池", 0, 1)]),
    (
        "a name finds every amount",
        [item("a", "蓄電池", OWN, OWN), item("a", "水素", OWN)],
        [("name", "蓄電池", 0, 2), ("name", "水素", 2, 3)],
    ),
    (
        "a text",
        [item("a", "蓄電池", OWN, text="支援する")],
        [("name", "蓄電池", 0, 1), ("text", "支援する", 0, 1)],
    ),
    (
        "prose has no name",
        [item("a", "はじめに", text="支援する", kind="passage")],
        [("passage", "支援する", 0, 1)],
    ),
    (
        "prose with an amount is a text",
        [item("a", "はじめに", OWN, text="支援する", kind="passage")],
        [("text", "支援する", 0, 1)],
    ),
    (
        "a label finds its neighbours, once for each run",
        [item("a", "名", *(Amount(1, label=label) for label in ("甲", "甲", None, "甲", "乙")))],
        [("name", "名", 0, 5), ("label", "甲", 0, 2), ("label", "甲", 3, 4), ("label", "乙", 4, 5)],
    ),
    (
        "a label ends with its item",
        [item("a", "名", Amount(1, label="甲")), item("a", "名", Amount(1, label="甲"))],
        [("name", "名", 0, 1), ("label", "甲", 0, 1), ("name", "名", 1, 2), ("label", "甲", 1, 2)],
    ),
    (
        "a policy paragraph finds the run of items under it",
        [item("a", "名", lead="甲"), item("a", "名", OWN, OWN, lead="甲"), item("a", "名"), item("a", "名", lead="甲")],
        [
            ("name", "名", 0, 1),
            ("name", "名", 1, 3),
            ("name", "名", 3, 4),
            ("name", "名", 4, 5),
            ("lead", "甲", 0, 3),
            ("lead", "甲", 4, 5),
        ],
    ),
    (
        "a heading finds what stands under it",
        [item("a", "名", OWN, OWN, heading_path=("章", "節")), item("a", "名", heading_path=("章",))],
        [("name", "名", 0, 2), ("name", "名", 2, 3), ("heading", "章", 0, 3), ("heading", "節", 0, 2)],
    ),
]

PATHS: list[tuple[str, list[tuple[str, ...]], list[Heading], list[int]]] = [
    ("none", [(), ()], [], [-1, -1]),
    ("one", [("章",), ("章",)], [Heading("章", -1, 0, 2)], [0, 0]),
    ("deeper", [("章",), ("章", "節")], [Heading("章", -1, 0, 2), Heading("節", 0, 1, 2)], [0, 1]),
    ("two at once", [("章", "節")], [Heading("章", -1, 0, 1), Heading("節", 0, 0, 1)], [1]),
    (
        "the same title under another heading",
        [("章", "節"), ("別", "節")],
        [Heading("章", -1, 0, 1), Heading("節", 0, 0, 1), Heading("別", -1, 1, 2), Heading("節", 2, 1, 2)],
        [1, 3],
    ),
    (
        "the same title again, behind another",
        [("章",), ("別",), ("章",)],
        [Heading("章", -1, 0, 1), Heading("別", -1, 1, 2), Heading("章", -1, 2, 3)],
        [0, 1, 2],
    ),
    (
        "a heading within itself",
        [("章", "章"), ("章",)],
        [Heading("章", -1, 0, 2), Heading("章", 0, 0, 1)],
        [1, 0],
    ),
    ("back to the top", [("章", "節"), ()], [Heading("章", -1, 0, 1), Heading("節", 0, 0, 1)], [1, -1]),
]

TITLES = st.lists(st.sampled_from("甲乙丙"), max_size=4).map(tuple)
ITEMS = st.lists(
    st.builds(
        lambda path, lead, text, kind, labels: item(
            "a", "名", *(Amount(1, label=each) for each in labels), heading_path=path, lead=lead, text=text, kind=kind
        ),
        TITLES,
        st.sampled_from(("", "甲", "乙")),
        st.sampled_from(("", "文")),
        st.sampled_from(("item", "passage")),
        st.lists(st.sampled_from((None, "甲", "乙")), max_size=4),
    ),
    max_size=8,
)


@pytest.mark.parametrize(("amounts", "previous"), [row[1:] for row in BESIDE], ids=[row[0] for row in BESIDE])
def test_the_year_before(amounts: tuple[Amount, ...], previous: list[int | None]) -> None:
    records = layout([item("a", "名", OWN), item("a", "名", *amounts)]).records
    assert [each.previous for each in records] == [None, *(each and each + 1 for each in previous)]
    assert [each.item for each in records] == [0, *[1] * len(previous)]
    assert tuple(each.amount for each in records[1:]) == (amounts or (None,))


@pytest.mark.parametrize(("items", "stretches"), [row[1:] for row in STRETCHES], ids=[row[0] for row in STRETCHES])
def test_texts_find_records(items: list[Item], stretches: list[tuple[str, str, int, int]]) -> None:
    assert layout(items).stretches == stretches


@pytest.mark.parametrize(("paths", "headings", "heads"), [row[1:] for row in PATHS], ids=[row[0] for row in PATHS])
def test_headings_are_a_tree(paths: list[tuple[str, ...]], headings: list[Heading], heads: list[int]) -> None:
    laid = layout([item("a", "名", heading_path=path) for path in paths])
    assert (laid.headings, laid.heads) == (headings, heads)


@given(ITEMS)
def test_everything_is_laid_out(items: list[Item]) -> None:
    laid = layout(items)
    assert len(laid.starts) == len(items) + 1
    assert laid.starts[-1] == len(laid.records)
    for number, each in enumerate(items):
        records = laid.records[laid.starts[number] : laid.starts[number + 1]]
        assert [record.amount for record in records] == list(each.amounts or (None,))
        path = []
        head = laid.heads[number]
        while head >= 0:
            path.append(laid.headings[head].title)
            assert laid.headings[head].first <= number < laid.headings[head].end
            head = laid.headings[head].above
        assert tuple(reversed(path)) == each.heading_path
        mine = {
            (s.field, s.text)
            for s in laid.stretches
            if s.first < laid.starts[number + 1] and s.end > laid.starts[number]
        }
        wanted = {("label", amount.label) for amount in each.amounts if amount.label}
        wanted |= {("heading", title) for title in each.heading_path}
        wanted |= {("lead", each.lead)} - {("lead", "")}
        assert mine >= wanted
    assert all(each.field in TEXT_FIELDS and each.text and each.first < each.end for each in laid.stretches)
