"""A file is made ready for the store in whichever process; what is wrong with one is said of that one."""

import pickle
from pathlib import Path

import pytest

from index import making
from index.errors import PaperError, StoreError
from index.filing import filed
from index.jobs import cores
from index.making import Made, made_again, made_of, made_of_seed
from index.sources import Fault, Source

TEXT = "令和6年度予算の概要\n\n（１）蓄電池の支援事業　12億円\n　蓄電池を支援する。\n"


def source(folder: Path, name: str, data: bytes = TEXT.encode()) -> Source:
    (folder / name).write_bytes(data)
    return Source(folder / name, name, str(folder / name))


def test_a_paper_bears_what_it_was_made_of(tmp_path: Path) -> None:
    task = filed([source(tmp_path, "予算.txt")], [], {"year": "R5", "stage": None}).papers[0]
    [made] = made_of([task])
    assert isinstance(made, Made)
    about = made.ready.about
    assert (about.id, about.year, about.given) == ("予算", 2023, ("year",))
    assert (about.source, about.digest) == (str(tmp_path / "予算.txt"), task.digest)
    assert made.counts == (1, 1, 0)


def test_what_is_made_is_small_and_crosses_processes(tmp_path: Path) -> None:
    tasks = filed([source(tmp_path, "予算.txt", TEXT.encode() * 300)], [], {}).papers
    [made] = made_of(tasks)
    packed = pickle.dumps(made)
    assert pickle.loads(packed) == made
    assert len(packed) < len(TEXT.encode() * 300)


def test_each_fault_is_one_sentence_of_its_file(tmp_path: Path) -> None:
    names = ["空.txt", "絵.txt", "無い.txt", "良い.txt"]
    data = [b"", b"\x89PNG\r\n\x1a\n", b"", TEXT.encode()]
    sources = [source(tmp_path, *each) for each in zip(names, data, strict=True)]
    (tmp_path / "無い.txt").unlink()
    told: list[int] = []
    made = made_of(filed(sources, [], {}).papers, told.append)
    assert told == [4] * 4
    assert [isinstance(each, Fault) for each in made] == [True, True, True, False]
    faults = [each for each in made if isinstance(each, Fault)]
    assert [each.sentence.split(" ")[0] for each in faults] == names[:3]
    assert [each.origin for each in faults] == [str(tmp_path / name) for name in names[:3]]


@pytest.mark.parametrize("error", [ValueError("何か"), RecursionError(), MemoryError()], ids=repr)
def test_what_nobody_has_thought_of_is_a_sentence(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: object) -> None:
        raise error

    monkeypatch.setattr(making, "understand", broken)
    [fault] = made_of(filed([source(tmp_path, "予算.txt")], [], {}).papers)
    assert isinstance(fault, Fault)
    assert fault.sentence.startswith("予算.txt は")
    assert fault.sentence.endswith("ください")


def test_a_seed_comes_from_nowhere(tmp_path: Path) -> None:
    assert made_of_seed(source(tmp_path, "予算.txt").path).ready.about.source is None
    with pytest.raises(PaperError):
        made_of_seed(source(tmp_path, "空.txt", b"").path)


def test_a_damaged_paper_is_raised(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        made_again([source(tmp_path, "x.z", b"x").path])


JOBS = [([], None, 0), ([10], None, 1), ([10] * 5, None, 1), ([10] * 5, 3, 3), ([10] * 5, 9, 5), ([10] * 99, 99, 61)]


@pytest.mark.parametrize(("sizes", "jobs", "count"), JOBS, ids=[f"{len(sizes)} {jobs}" for sizes, jobs, _ in JOBS])
def test_a_pool_is_only_started_where_it_pays(sizes: list[int], jobs: int | None, count: int) -> None:
    assert making._jobs(sizes, jobs) == count


def test_much_to_read_is_read_on_all_cores() -> None:
    assert making._jobs([10**7] * 100, None) == min(cores(), making.MOST)
