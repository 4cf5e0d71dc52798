"""What goes into a store comes back equal, however odd."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import store
from index.document import BOUNDS, FLAGS, KINDS, ROLES, STAGES, About, Amount, Document, Item, Line, Place, Remainder
from index.store.catalog import Catalog
from index.store.writer import Paper
from tests.made import holds, item, paper, write

ODD = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from("蓄電池半導体の支援\t\n \0\ud800ﾞ=+か゛"))
SOME = ODD.filter(bool)
LINES = st.integers(1, 2**31)
AMOUNTS = st.builds(
    Amount,
    yen=st.integers(-(2**62), 2**62) | st.sampled_from((0, 1, 10**18, -1)),
    years=st.lists(st.integers(1868, 2200), max_size=5).map(tuple),
    stage=st.none() | st.sampled_from(list(STAGES)),
    bound=st.sampled_from(list(BOUNDS)),
    role=st.sampled_from(list(ROLES)),
    account=st.none() | SOME,
    label=st.none() | SOME,
    flags=st.sets(st.sampled_from(list(FLAGS))).map(lambda flags: tuple(each for each in FLAGS if each in flags)),
    over=st.none() | st.integers(1, 10**6),
    written=ODD,
)
ITEMS = st.builds(
    lambda line, more, page, *rest: Item(Place("文書", line, line + more, page), *rest),
    LINES,
    st.integers(0, 1000),
    st.none() | st.integers(1, 10**6),
    ODD,
    st.none() | ODD,
    st.sampled_from(list(KINDS)),
    st.lists(ODD, max_size=4).map(tuple),
    ODD,
    ODD,
    st.lists(AMOUNTS, max_size=6).map(tuple),
)
PLAIN = st.text(st.characters(exclude_categories=(), exclude_characters="\t\n"))
REMAINDERS = st.builds(
    lambda line, page, *rest: Remainder(Place("文書", line, line, page), *rest),
    LINES,
    st.none() | st.integers(1, 10**6),
    PLAIN,
    PLAIN,
)
ABOUTS = st.builds(
    About,
    st.just("文書"),
    PLAIN,
    st.none() | PLAIN.filter(bool),
    st.none() | st.just("2024-08-31"),
    st.none() | st.integers(1868, 2200),
    st.none() | st.sampled_from(list(STAGES)),
    st.none() | PLAIN.filter(bool),
    st.none() | PLAIN.filter(bool),
)
PAPERS = st.builds(
    lambda about, lines, *rest: Paper(Document(about, tuple(Line(n, t) for n, t in enumerate(lines, 1))), *rest),
    ABOUTS,
    st.lists(ODD, max_size=5),
    st.lists(ITEMS, max_size=5),
    st.lists(REMAINDERS, max_size=3),
)


def catalog_of(folder: Path, *papers: Paper) -> Catalog:
    """Return the catalog of a new store of these papers."""
    write(folder, *papers)
    return Catalog(store.open_columns(folder))


@settings(max_examples=25)
@given(PAPERS)
def test_a_paper_comes_back_equal(one: Paper) -> None:
    other = paper("別", item("別", "蓄電池", Amount(1), heading_path=("章",)))
    with TemporaryDirectory() as name:
        write(Path(name), other, one)
        holds(Path(name), one, other)


def test_a_paper_of_no_items(tmp_path: Path) -> None:
    papers = [paper("一"), paper("甲", item("甲", "蓄電池")), paper("終")]
    catalog = catalog_of(tmp_path, *papers)
    holds(tmp_path, *papers)
    assert (catalog.papers, catalog.items) == (3, 1)
    assert [list(catalog.items_of(each)) for each in range(3)] == [[], [0], []]
    assert catalog.paper_of(0) == 1
    assert catalog.paper("終") == 2
    assert catalog.paper("ない") is None


def test_a_store_of_one_paper_of_no_items(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, paper("空"))
    holds(tmp_path, paper("空"))
    assert (catalog.papers, catalog.items) == (1, 0)


@pytest.mark.parametrize("many", [255, 256, 300])
def test_many_accounts_and_years(tmp_path: Path, many: int) -> None:
    """A column of codes takes more than a byte when it must."""
    amounts = [Amount(each, years=(each, each + 1), account=f"会計{each}", label=f"内訳{each}") for each in range(many)]
    one = paper("甲", item("甲", "蓄電池", *amounts))
    catalog = catalog_of(tmp_path, one)
    holds(tmp_path, one)
    assert len(catalog.accounts()) == len(catalog.all_years()) == many + 1
    assert [catalog.columns.table[f"record.{each}"][0] for each in ("account", "years")] == ["BH"[many > 255]] * 2


@pytest.mark.parametrize("before", [0, 1], ids=["alone", "behind another"])
def test_a_paper_of_many_amounts(tmp_path: Path, before: int) -> None:
    """Whoosh, left to itself, loses what is stored in a segment of more than 32,768 documents."""
    one = paper("甲", item("甲", "蓄電池", *(Amount(each) for each in range(40_000))))
    papers = [paper(f"前{each}", item(f"前{each}", "水素")) for each in range(before)]
    write(tmp_path, *papers)
    write(tmp_path, one)
    write(tmp_path, paper("後", item("後", "水素")))
    catalog = Catalog(store.open_columns(tmp_path))
    assert catalog.papers == before + 2
    number = catalog.paper("甲")
    assert number is not None
    assert [catalog.item(each) for each in catalog.items_of(number)] == one.items


def test_flags_twice_are_flags_once(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, paper("甲", item("甲", "蓄電池", Amount(1, flags=("repeated", "new", "new")))))
    assert catalog.item(0).amounts[0].flags == ("new", "repeated")


def test_the_year_before_is_found(tmp_path: Path) -> None:
    catalog = catalog_of(
        tmp_path,
        paper("甲", item("甲", "水素")),
        paper("終", item("終", "蓄電池", Amount(3), Amount(2, role="previous"), Amount(1))),
    )
    first = catalog.records_of(1)[0]
    assert [catalog.previous(each) for each in catalog.records_of(1)] == [first + 1, None, None]


AT = [(1, [0]), (2, [0]), (3, [1, 2]), (4, [3]), (5, [1, 3]), (6, [])]


@pytest.mark.parametrize(("line", "found"), AT)
def test_items_at_a_line(tmp_path: Path, line: int, found: list[int]) -> None:
    """Those that begin there come before those that go on there."""
    places = [(1, 2), (3, 5), (3, 3), (4, 5)]
    items = [Item(Place("甲", first, last), f"{first}") for first, last in places]
    catalog = catalog_of(tmp_path, Paper(Document(About("甲", "題名"), ()), items, []))
    assert catalog.items_at(0, line) == found


def test_the_seeds_come_back(seed_store: Path) -> None:
    catalog = Catalog(store.open_columns(seed_store))
    assert catalog.papers == 2
    for number in range(catalog.items):
        one = catalog.item(number)
        about = catalog.about(catalog.paper_of(number))
        lines = store.paper(seed_store, about.id).lines
        assert one.place.document == about.id
        assert 1 <= one.place.line <= one.place.end_line <= len(lines)
        assert len(catalog.records_of(number)) == max(1, len(one.amounts))
        assert number in catalog.items_at(catalog.paper_of(number), one.place.line)
