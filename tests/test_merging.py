"""What a commit makes of the columns before it is what is made of all papers anew."""

from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import indexer, store
from index.document import Amount, Item
from index.errors import StoreError
from index.store.columns import Column, Columns, Loose
from index.store.columns import write as write_columns
from index.store.documents import packed_documents
from index.store.finish import finished
from index.store.flatten import gathered
from index.store.merging import merged_columns
from index.store.merging.rows import joined, moved
from index.store.whoosh_index import Unwritten
from index.store.writer import Paper, Writer
from tests.made import generations, holds, item, paper, version, write

NAMES = [
    "蓄電池事業",
    "蓄電池 事業",
    "ＥＶの支援",
    "EVの支援",
    "水素",
    "水素ステーション",
    "東京都の京都",
    "取組",
    "取り組み",
    "",
    "電池\n",
]
HEADINGS = [(), ("第1章",), ("第1章", "節"), ("第2章", "節")]


def made(papers: Iterable[Paper]) -> dict[str, Column]:
    """Return the columns of some papers, made anew."""
    return finished(gathered(unwritten(papers)))


def unwritten(papers: Iterable[Paper]) -> Unwritten:
    """Return papers as a commit has them before it writes them."""
    return Unwritten({each.document.about.id: packed_documents(each) for each in papers})


def after(
    columns: dict[str, Column], before: dict[str, Paper], names: Iterable[str], added: Iterable[Paper]
) -> dict[str, Column]:
    """Return what a commit that takes out the papers of these ids and adds others makes of the columns before it."""
    gone = [stored for _, stored in unwritten([before[each] for each in names]).papers()]
    return finished(*merged_columns(Loose(columns), gone, Loose(gathered(unwritten(added)))))


def assert_same(some: dict[str, Column], others: dict[str, Column]) -> None:
    """Assert that columns are the same, each of the same kind."""
    assert list(some) == list(others)
    assert [name for name in some if repr(some[name]) != repr(others[name])] == []


amounts = st.builds(
    Amount,
    st.integers(0, 9).map(lambda number: number * 10**8),
    years=st.sampled_from([(), (2024,), (2023, 2024)]),
    account=st.sampled_from([None, "一般会計", "特別会計"]),
    label=st.sampled_from([None, "うち水素", "水素", "EVの支援"]),
    written=st.sampled_from(["1億円", "2億円"]),
)
items = st.builds(
    lambda name, kind, amounts, **more: item("", "" if kind == "passage" else name, *amounts, **more, kind=kind),
    st.sampled_from(NAMES),
    st.sampled_from(["item", "item", "programme", "passage"]),
    number=st.sampled_from([None, "1", "2"]),
    heading_path=st.sampled_from(HEADINGS),
    text=st.sampled_from(["", "京都議定書と東京都", "半導体の取組を支援する", "\x1fﾊﾟｰ"]),
    lead=st.sampled_from(["", "半導体を支援する"]),
    amounts=st.lists(amounts, max_size=2),
)


@settings(max_examples=16)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("甲乙丙丁aZ"), st.none() | st.lists(items, max_size=4), max_size=3), max_size=3
    )
)
def test_a_commit_makes_what_is_made_anew(commits: list[dict[str, list[Item] | None]]) -> None:
    papers: dict[str, Paper] = {}
    columns = made([])
    for commit in commits:
        added = [paper(name, *found) for name, found in commit.items() if found is not None]
        columns = after(columns, papers, papers.keys() & commit.keys(), added)
        papers = {name: each for name, each in papers.items() if name not in commit}
        papers |= {each.document.about.id: each for each in added}
        assert_same(columns, made(papers.values()))


@pytest.mark.parametrize("kind", "BHI")
@given(st.data())
def test_numbers_move_as_one(kind: str, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, 2 ** (8 * array(kind).itemsize) - 1 >> 1)))
    shift = data.draw(st.integers(-min(numbers, default=0), 1 << 30))
    assert moved(memoryview(array(kind, numbers)), shift).tolist() == [each + shift for each in numbers]


JOINED = [((), "B"), (([1], [255]), "B"), (([1], [], [256]), "H"), (([70000], [1, 2]), "I")]


@pytest.mark.parametrize(("parts", "kind"), JOINED)
def test_joined_numbers_take_the_smallest_kind(parts: tuple[list[int], ...], kind: str) -> None:
    found = joined([array("I", each) for each in parts])
    assert (found.typecode, found.tolist()) == (kind, [each for part in parts for each in part])


def in_force(path: Path) -> Path:
    """Return the file of the columns of a store."""
    return path / generations(path)[-1] / store.COLUMNS


def kept(*changes: dict[str, int | None]) -> dict[str, Paper]:
    """Return the papers that are there after `changes`: by their ids, which version is added, None to remove one."""
    numbers = {name: number for change in changes for name, number in change.items()}
    return {name: version(number, name) for name, number in numbers.items() if number is not None}


CHANGES: list[tuple[str, dict[str, int | None]]] = [
    ("a paper before all others", {"一": 1}),
    ("a paper between others", {"丸": 1}),
    ("a paper behind all others", {"龍": 7}),
    ("a paper replaced", {"乙": 8}),
    ("a paper removed", {"丙": None}),
    ("a paper replaced by itself", {"甲": 1}),
    ("all at once", {"一": 9, "乙": 8, "丁": None}),
    ("nothing", {}),
]


@pytest.mark.parametrize("change", [each[1] for each in CHANGES], ids=[each[0] for each in CHANGES])
def test_a_store_added_to_is_one_built_anew(tmp_path: Path, change: dict[str, int | None]) -> None:
    first: dict[str, int | None] = dict(zip("甲乙丙丁戊己", range(1, 7), strict=True))
    write(tmp_path / "store", *kept(first).values())
    with Writer(tmp_path / "store") as commit:
        for name, number in change.items():
            commit.add(version(number, name)) if number else commit.remove(name)
        assert commit._whoosh.changes_little
        commit.commit()
    holds(tmp_path / "store", *kept(first, change).values())
    write(tmp_path / "anew", *kept(first, change).values())
    assert in_force(tmp_path / "store").read_bytes() == in_force(tmp_path / "anew").read_bytes()


def flipped(path: Path) -> None:
    *data, last = path.read_bytes()
    path.write_bytes(bytes([*data, last ^ 1]))


def foreign(path: Path) -> None:
    """Write columns that sum up and make no sense."""
    columns = Columns(path)
    changed = {
        name: bytes(columns.data(name)) if kind == "-" else array(kind, columns.numbers(name))
        for name, (kind, *_) in columns.table.items()
    }
    changed["stretch.starts"] = array("I", [0xFFFFFFF0] * len(changed["stretch.starts"]))
    changed["item.name"] = array("I", [0xFFFFFFF0] * len(changed["item.name"]))
    write_columns(path, changed)


Spoil = Callable[[Path], object]
SPOILT: list[tuple[str, str, Spoil, bool]] = [
    ("columns with a byte changed", store.COLUMNS, flipped, True),
    ("no columns", store.COLUMNS, Path.unlink, True),
    ("columns that sum up and make no sense", store.COLUMNS, foreign, False),
    ("a segment with a byte changed", "MAIN_*.seg", flipped, False),
    ("no segment", "MAIN_*.seg", Path.unlink, False),
    ("a table of segments with a byte changed", "_MAIN_*.toc", flipped, False),
]
"""What is spoilt, and whether papers can be added all the same: Whoosh's index has all that columns say."""


@pytest.mark.parametrize(("name", "spoil", "mends"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_nothing_is_made_of_what_is_spoilt(tmp_path: Path, name: str, spoil: Spoil, mends: bool) -> None:
    papers = [version(number, name) for number, name in enumerate("甲乙丙", 1)]
    write(tmp_path, *papers)
    spoil(next((tmp_path / generations(tmp_path)[-1]).glob(name)))
    if mends:
        write(tmp_path, version(4, "丁"))
        papers.append(version(4, "丁"))
    else:
        with pytest.raises(StoreError, match=r"欠けているか壊れています.*seisaku index build"):
            write(tmp_path, version(4, "丁"))
        with pytest.raises(StoreError):
            indexer.check(tmp_path, deep=True)
        indexer.build(tmp_path)
    indexer.check(tmp_path, deep=True)
    assert store.papers(tmp_path) == sorted((each.document for each in papers), key=lambda each: each.about.id)


def test_what_is_spoilt_is_found_after_an_addition(tmp_path: Path) -> None:
    """A segment stays as it is for many commits; its sum is that of when it was written."""
    write(tmp_path, version(1, "甲"))
    first = next((tmp_path / generations(tmp_path)[-1]).glob("MAIN_*.seg"))
    write(tmp_path, version(2, "乙"))
    kept = tmp_path / generations(tmp_path)[-1] / first.name
    assert kept.exists()
    indexer.check(tmp_path, deep=True)
    flipped(kept)
    for deep in (False, True):
        with pytest.raises(StoreError, match=kept.name):
            indexer.check(tmp_path, deep=deep)
