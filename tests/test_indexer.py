"""Papers go in, one or many, and a store that is damaged or of another make is made again of those that it keeps."""

import shutil
import zipfile
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pytest

from index import filing, indexer, making, store
from index.document import Document
from index.errors import PaperError, StoreError
from index.indexer import Report
from index.store import disk, writer
from index.store.catalog import Catalog
from index.store.writer import Paper
from search.searcher import Searcher
from tests.made import generations, holds, item, paper, sentence, version, write

TEXT = "令和6年度予算の概要\n\n（１）蓄電池の支援事業　12億円\n　蓄電池を支援する。\n"


def understand(document: Document) -> Paper:
    """Return a paper with one item that says its first line, whatever the parser makes of it."""
    return Paper(document, [item(document.about.id, document.lines[0].text)], [])


KEPT = [paper(each, item(each, f"{each}の本文"), lines=[f"{each}の本文"]) for each in ("甲", "乙", "丙")]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store of three papers, which are understood in a simple way."""
    monkeypatch.setattr(making, "understand", understand)
    write(tmp_path / "store", *KEPT)
    return tmp_path / "store"


def documents(path: Path) -> list[str]:
    """Return the ids of the papers that a store answers from."""
    catalog = Catalog(store.open_columns(path))
    return sorted(catalog.about(each).id for each in range(catalog.papers))


def test_the_seeds_are_found(searcher: Searcher) -> None:
    assert [each.id for each in searcher.documents()] == ["meti-request-2024", "monozukuri-2025"]
    found = searcher.search("蓄電池 AND amount>1000億")
    assert "蓄電池の製造サプライチェーン強靱化支援事業" in [
        hit.item.name for hit in found.hits if hit.group == "certain"
    ]


def test_the_seeds_are_the_same_when_built_again(seed_store: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_store, tmp_path / "store")
    indexer.build(tmp_path / "store")
    ours, theirs = (Catalog(store.open_columns(each)) for each in (tmp_path / "store", seed_store))
    assert [ours.item(each) for each in range(ours.items)] == [theirs.item(each) for each in range(theirs.items)]
    assert [bytes(ours.columns.data(each)) for each in ours.columns.table] == [
        bytes(theirs.columns.data(each)) for each in theirs.columns.table
    ]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Return a folder of two papers."""
    for name in ("丁", "戊"):
        put(tmp_path / "資料" / f"{name}.txt")
    return tmp_path / "資料"


def put(file: Path, more: str = "") -> Path:
    """Write a paper, whose first line says which it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{file.stem}{more} {TEXT}", encoding="utf-8")
    return file


def states(report: Report) -> dict[str, str]:
    """Return what became of each paper."""
    return {each.about.id: each.state for each in report.entries}


def first_line(path: Path, document: str) -> str:
    return store.paper(path, document).lines[0].text.split(" ")[0]


def test_a_paper_is_added_in_place_of_its_like(path: Path, tmp_path: Path) -> None:
    files = [put(tmp_path / f"{name}.txt") for name in ("丁", "甲")]
    told: list[int] = []
    report = indexer.add(path, files, {"year": 2024}, told.append)
    assert states(report) == {"丁": "new", "甲": "replaced"}
    assert told == [2, 2]
    added = [understand(store.paper(path, each)) for each in ("丁", "甲")]
    assert [each.document.about.year for each in added] == [2024, 2024]
    assert [each.document.about.given for each in added] == [("year",), ("year",)]
    assert [each.document.about.source for each in added] == list(map(str, files))
    holds(path, *added, *KEPT[1:])


def test_an_unchanged_file_does_nothing(path: Path, papers: Path) -> None:
    indexer.add(path, [papers])
    before = generations(path)
    assert states(indexer.add(path, [papers, papers / "丁.txt"])) == {"丁": "unchanged", "戊": "unchanged"}
    assert generations(path) == before


@pytest.mark.parametrize("change", ["content", "options", "table", "code"])
def test_a_changed_file_is_read_again(change: str, path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexer.add(path, [papers])
    given = {"year": "R5"} if change == "options" else {}
    if change == "content":
        put(papers / "丁.txt", "改")
    elif change == "table":
        (papers / "丁.toml").write_text('publisher = "北都県"', encoding="utf-8")
    elif change == "code":
        monkeypatch.setattr(filing, "understanding", lambda: "of tomorrow")
    assert states(indexer.add(path, [papers / "丁.txt"], given)) == {"丁": "replaced"}
    about = store.paper(path, "丁").about
    assert {
        "content": first_line(path, "丁") == "丁改",
        "options": about.year == 2023,
        "table": about.publisher == "北都県",
        "code": True,
    }[change]


def test_files_of_one_name_are_papers_of_their_own(path: Path, tmp_path: Path) -> None:
    for folder in ("一", "二"):
        put(tmp_path / folder / "丁.txt", folder)
    report = indexer.add(path, [tmp_path / "一", tmp_path / "二"])
    assert {each.about.id: each.plain for each in report.entries} == {"一-丁": "丁", "二-丁": "丁"}
    put(tmp_path / "三" / "一-丁.txt", "三")
    assert states(indexer.add(path, [tmp_path / "三", tmp_path / "一"])) == {"三-一-丁": "new", "一-丁": "unchanged"}
    assert documents(path) == sorted(["甲", "乙", "丙", "一-丁", "二-丁", "三-一-丁"])


def test_a_paper_that_cannot_be_read_keeps_out_no_other(path: Path, papers: Path) -> None:
    (papers / "己.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = indexer.add(path, [papers, papers / "無い.txt"])
    assert [each.split(" ")[0] for each in report.faults] == [str(papers / "己.txt"), str(papers / "無い.txt")]
    assert all(each.isprintable() and each.endswith("ください") for each in report.faults)
    assert documents(path) == sorted(["甲", "乙", "丙", "丁", "戊"])


def test_a_paper_that_nobody_has_thought_of_keeps_out_no_other(
    path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: Document) -> Paper:
        return [][1] if document.about.id == "丁" else understand(document)

    monkeypatch.setattr(making, "understand", broken)
    report = indexer.add(path, [papers])
    assert [each.split(" ")[0] for each in report.faults] == [str(papers / "丁.txt")]
    assert states(report) == {"戊": "new"}


def test_when_no_paper_can_be_read_nothing_is_written(path: Path, tmp_path: Path) -> None:
    bad = tmp_path / "己.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    before = generations(path)
    assert indexer.add(path, [bad]).entries == []
    assert generations(path) == before
    holds(path, *KEPT)


def test_what_is_stated_wrongly_is_said_once(path: Path, papers: Path) -> None:
    with pytest.raises(PaperError, match="来年"):
        indexer.add(path, [papers], {"year": "来年"})
    with pytest.raises(PaperError, match="一件だけ"):
        indexer.add(path, [papers], {"id": "x"})
    holds(path, *KEPT)


def test_many_processes_make_the_same_store(papers: Path, tmp_path: Path) -> None:
    (papers / "己.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    reports = [indexer.add(tmp_path / name, [papers], jobs=n) for n, name in ((1, "one"), (2, "two"))]
    assert reports[0] == reports[1]
    assert len(reports[0].faults) == 1
    indexer.build(tmp_path / "two", jobs=2)
    one, two = (store.open_columns(tmp_path / name) for name in ("one", "two"))
    assert [bytes(one.data(each)) for each in one.table] == [bytes(two.data(each)) for each in two.table]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_leaves_the_store_as_it_was(jobs: int, path: Path, papers: Path) -> None:
    def interrupted(count: int) -> None:
        raise KeyboardInterrupt

    before = generations(path)
    with pytest.raises(KeyboardInterrupt):
        indexer.add(path, [papers], progress=interrupted, jobs=jobs)
    assert generations(path) == before
    assert not [each for each in active_children() if each.is_alive()]
    holds(path, *KEPT)


# A folder that the store follows.


def test_a_folder_is_followed(path: Path, papers: Path, tmp_path: Path) -> None:
    put(tmp_path / "外.txt")
    indexer.add(path, [papers, tmp_path / "外.txt"])
    put(papers / "丁.txt", "改")
    (papers / "戊.txt").unlink()
    put(papers / "中" / "己.txt")
    plan = indexer.sync(path, papers, dry_run=True)
    assert (states(plan), plan.gone) == ({"丁": "replaced", "己": "new"}, ["戊"])
    assert first_line(path, "丁") == "丁"
    done = indexer.sync(path, papers)
    assert (states(done), done.gone) == (states(plan), plan.gone)
    assert documents(path) == sorted(["甲", "乙", "丙", "丁", "己", "外"])
    assert first_line(path, "丁") == "丁改"
    before = generations(path)
    assert set(states(indexer.sync(path, papers)).values()) == {"unchanged"}
    assert generations(path) == before


def test_what_was_stated_stays_stated(path: Path, papers: Path) -> None:
    indexer.add(path, [papers / "丁.txt"], {"id": "四", "year": "R5", "publisher": ""})
    assert states(indexer.sync(path, papers)) == {"四": "unchanged", "戊": "new"}
    put(papers / "丁.txt", "改")
    assert states(indexer.sync(path, papers)) == {"四": "replaced", "戊": "unchanged"}
    about = store.paper(path, "四").about
    assert (about.year, about.publisher, first_line(path, "四")) == (2023, None, "丁改")
    assert states(indexer.sync(path, papers)) == {"四": "unchanged", "戊": "unchanged"}


def test_a_folder_may_be_reached_by_a_link(path: Path, papers: Path, tmp_path: Path) -> None:
    indexer.sync(path, papers)
    try:
        (tmp_path / "別名").symlink_to(papers)
    except OSError:
        pytest.skip("there are no links here")
    (papers / "戊.txt").unlink()
    put(papers / "丁.txt", "改")
    report = indexer.sync(path, tmp_path / "別名")
    assert (states(report), report.gone) == ({"丁": "replaced"}, ["戊"])


def test_a_file_that_has_moved_is_the_same_paper(path: Path, papers: Path) -> None:
    indexer.sync(path, papers)
    (papers / "中").mkdir()
    (papers / "丁.txt").rename(papers / "中" / "丁.txt")
    report = indexer.sync(path, papers)
    assert (states(report), report.gone) == ({"戊": "unchanged", "丁": "replaced"}, [])
    assert store.paper(path, "丁").about.source == str(papers / "中" / "丁.txt")


def test_a_file_that_can_no_longer_be_read_keeps_its_paper(path: Path, papers: Path) -> None:
    with zipfile.ZipFile(papers / "x.zip", "w") as made:
        made.writestr("己.txt", TEXT)
    indexer.sync(path, papers)
    (papers / "丁.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (papers / "戊.toml").write_text("x", encoding="utf-8")
    (papers / "x.zip").write_bytes(b"x")
    report = indexer.sync(path, papers)
    assert (len(report.faults), report.gone, report.entries) == (3, [], [])
    assert documents(path) == sorted(["甲", "乙", "丙", "丁", "戊", "己"])


def test_a_paper_of_a_zip_goes_with_its_file(path: Path, papers: Path) -> None:
    for names in (("a/己.txt", "b/己.txt"), ("a/己.txt",)):
        with zipfile.ZipFile(papers / "x.zip", "w") as made:
            for name in names:
                made.writestr(name, name + TEXT)
        report = indexer.sync(path, papers)
    assert report.gone == ["b-己"]
    assert documents(path) == sorted(["甲", "乙", "丙", "丁", "戊", "a-己"])


@pytest.mark.parametrize("named", ["無い", "資料/丁.txt", "空"])
def test_what_is_no_folder_of_papers_takes_nothing_out(named: str, path: Path, papers: Path, tmp_path: Path) -> None:
    indexer.sync(path, papers)
    (tmp_path / "空").mkdir()
    with pytest.raises(PaperError, match="フォルダー"):
        indexer.sync(path, tmp_path / named)
    assert documents(path) == sorted(["甲", "乙", "丙", "丁", "戊"])


def test_papers_are_removed_all_or_none(path: Path) -> None:
    with pytest.raises(StoreError, match="ない") as caught:
        indexer.remove(path, ["甲", "ない"])
    sentence(caught.value)
    holds(path, *KEPT)
    indexer.remove(path, ["甲", "乙"])
    holds(path, KEPT[2])


def test_a_store_is_not_made_to_remove_from_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="索引がありません") as caught:
        indexer.remove(tmp_path / "store", ["甲"])
    sentence(caught.value)
    assert list(tmp_path.iterdir()) == []


def outdated(path: Path) -> None:
    (path / "store.tsv").write_text((path / "store.tsv").read_text().replace("format\t", "format\told-"))


def no_columns(path: Path) -> None:
    next(path.glob("gen-*/columns.bin")).unlink()


def damaged_columns(path: Path) -> None:
    next(path.glob("gen-*/columns.bin")).write_bytes(b"x")


def no_segments(path: Path) -> None:
    next(path.glob("gen-*/*.seg")).unlink()


def damaged_segments(path: Path) -> None:
    next(path.glob("gen-*/*.seg")).write_bytes(b"x")


def no_table_of_segments(path: Path) -> None:
    next(path.glob("gen-*/*.toc")).unlink()


def damaged_manifest(path: Path) -> None:
    (path / "store.tsv").write_bytes(b"\xff")


def no_manifest(path: Path) -> None:
    (path / "store.tsv").unlink()


def nearly_everything(path: Path) -> None:
    damaged_manifest(path)
    no_columns(path)
    no_segments(path)


def a_commit_that_broke_off(path: Path) -> None:
    damaged_manifest(path)
    (path / "gen-000009" / "papers").mkdir(parents=True)


DAMAGES = [
    *(outdated, no_columns, damaged_columns, no_segments, damaged_segments, no_table_of_segments),
    *(damaged_manifest, no_manifest, nearly_everything, a_commit_that_broke_off),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_store_is_made_again_of_the_papers_that_it_keeps(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    told: list[int] = []
    assert len(indexer.build(path, told.append).entries) == 3
    assert told == [3, 3, 3]
    holds(path, *KEPT)
    assert len(generations(path)) == 1
    write(path, version(4))
    holds(path, *KEPT, version(4))


def test_a_build_that_fails_leaves_what_there_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise OSError(28, "No space left on device")

    damaged_manifest(path)
    with monkeypatch.context() as patch:
        patch.setattr(writer, "flatten", broken)
        with pytest.raises(StoreError, match="空き容量") as caught:
            indexer.build(path)
    sentence(caught.value)
    indexer.build(path)
    holds(path, *KEPT)


def test_a_damaged_paper_stops_the_build_and_says_the_way_out(path: Path) -> None:
    outdated(path)
    file = store.paper_file(path / "gen-000001", "乙")
    file.write_bytes(b"x")
    with pytest.raises(StoreError, match="そのファイルを消して") as caught:
        indexer.build(path)
    assert str(file) in sentence(caught.value)
    assert file.exists()
    file.unlink()
    indexer.build(path)
    holds(path, KEPT[0], KEPT[2])


def test_a_paper_added_while_a_build_waits_is_not_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a store keeps is read under its lock."""
    take = disk.take_lock

    def late(file: Path, wait: float) -> object:
        monkeypatch.setattr(writer, "take_lock", take)
        write(path, version(1))
        return take(file, wait)

    monkeypatch.setattr(writer, "take_lock", late)
    indexer.build(path)
    assert documents(path) == sorted(["甲", "乙", "丙", "版"])


@pytest.mark.parametrize("there", [False, True], ids=["no folder", "an empty folder"])
def test_where_there_is_nothing_the_seeds_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    seed = tmp_path / "付属.txt"
    seed.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(indexer, "seed_papers", lambda: [seed])
    path = tmp_path / "store"
    if there:
        path.mkdir()
    assert [each.about.id for each in indexer.build(path).entries] == ["付属"]
    assert documents(path) == ["付属"]


@pytest.mark.parametrize("pattern", ["papers/*.z", "*.seg", "columns.bin"])
@pytest.mark.parametrize("how", ["emptied", "deleted"])
def test_check_finds_damage(seed_store: Path, tmp_path: Path, pattern: str, how: str) -> None:
    path = tmp_path / "store"
    shutil.copytree(seed_store, path)
    indexer.check(path)
    file = next(path.glob(f"gen-*/{pattern}"))
    file.unlink()
    if how == "emptied":
        file.touch()
    with pytest.raises(StoreError):
        indexer.check(path)
