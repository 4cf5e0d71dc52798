"""A commit is seen whole or not at all, whatever happens while it is made."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from index import indexer, store
from index.document import Amount
from index.errors import StoreBusy, StoreError
from index.store import disk, writer
from index.store.catalog import Catalog
from index.store.writer import Paper, Writer
from tests.made import generations, holds, item, paper, said, sentence, version, write

resource = pytest.importorskip("resource", reason="processes are started by forking")

KILLED = 24
"""How many moments of a commit the process is killed at."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store that holds the first version of a paper."""
    write(tmp_path / "store", version(1))
    return tmp_path / "store"


@contextmanager
def child(work: Callable[[], object]) -> Iterator[int]:
    """Run `work` in a process of its own; it is killed at the end if it still runs."""
    process = os.fork()
    if not process:
        status = 1
        with suppress(BaseException):
            work()
            status = 0
        os._exit(status)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def outcome(work: Callable[[], object]) -> int:
    """Return how a process that runs `work` ends: 0, 1 for an exception, a signal as a negative number."""
    with child(work) as process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


# What a commit does


def test_add_replace_and_remove_in_one_commit(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store"
    a, b, c = (paper(each, item(each, f"{each}の蓄電池", Amount(5), text="支援")) for each in "abc")
    write(path, a, b)
    holds(path, a, b)
    other = paper("a", item("a", "水素", heading_path=("章",)), lines=["別の", "本文"])
    with Writer(path) as commit:
        commit.add(c)
        commit.add(other)
        assert commit.remove("b")
        assert not commit.remove("b")
        assert not commit.remove("ない")
        holds(path, a, b)
        commit.commit()
    holds(path, c, other)
    assert len(generations(path)) == 1


def test_the_same_paper_twice_in_one_commit_is_the_last(path: Path) -> None:
    with Writer(path) as commit:
        commit.add(version(2))
        commit.add(version(3))
        commit.add(version(4, "別"))
        assert commit.remove("別")
        commit.add(version(5, "別"))
        assert commit.remove("版")
        commit.add(version(6))
        commit.commit()
    holds(path, version(5, "別"), version(6))


def test_many_commits_stay_whole(tmp_path: Path) -> None:
    """Whoosh merges segments, and forgets removed papers, when it likes."""
    rows = random.Random(1)
    kept: dict[str, Paper] = {}
    for number in range(15):
        with Writer(tmp_path) as commit:
            for name in rows.sample("甲乙丙丁戊", 2):
                if kept.pop(name, None):
                    assert commit.remove(name)
                if rows.random() < 0.7:
                    kept[name] = version(number, name)
                    commit.add(kept[name])
            commit.commit()
        holds(tmp_path, *kept.values())
    assert kept


def test_removing_everything_leaves_an_empty_store(path: Path) -> None:
    with Writer(path) as commit:
        commit.remove("版")
        commit.commit()
    holds(path)
    write(path, version(2))
    holds(path, version(2))


def test_anew_starts_from_nothing(path: Path) -> None:
    write(path, version(7, "別"), anew=True)
    holds(path, version(7, "別"))


IDS = [
    "日本語の識別名",
    "a.b..c",
    "..",
    ".",
    "a/b",
    "a\\b",
    "a b",
    " ",
    "CON",
    "識" * 300,
    "識" * 300 + "別",
    "A",
    "a",
    "\0",
]


def test_any_id_is_kept(tmp_path: Path) -> None:
    papers = [paper(each, item(each, "名"), lines=[each]) for each in IDS]
    write(tmp_path, *papers)
    holds(tmp_path, *papers)
    with Writer(tmp_path) as commit:
        assert all(commit.remove(each) for each in IDS[1:])
        commit.commit()
    holds(tmp_path, papers[0])


# What leaves the store as it was


def test_leaving_without_commit_changes_nothing(path: Path) -> None:
    before = generations(path)
    with Writer(path) as commit:
        commit.add(version(2))
        commit.remove("版")
    assert generations(path) == before
    holds(path, version(1))


def test_leaving_a_new_store_without_commit_makes_none(tmp_path: Path) -> None:
    with Writer(tmp_path / "store"):
        pass
    assert not store.exists(tmp_path / "store")
    write(tmp_path / "store", version(1))
    holds(tmp_path / "store", version(1))


STEPS = ["link", "_pack", "flatten", "sync", "sync_file", "WhooshIndex"]


@pytest.mark.parametrize(
    "fault", [OSError(28, "No space left on device"), ValueError("何か"), KeyboardInterrupt()], ids=repr
)
@pytest.mark.parametrize("step", STEPS)
def test_an_exception_in_mid_commit_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    def broken(*given: object, **named: object) -> None:
        raise fault

    before = generations(path)
    with monkeypatch.context() as patch:
        patch.setattr(writer, step, broken)
        expected = StoreError if isinstance(fault, OSError) else type(fault)
        with pytest.raises(expected) as caught:
            write(path, version(2))
    if isinstance(caught.value, StoreError):
        assert "空き容量がありません" in sentence(caught.value)
    assert generations(path) == before
    holds(path, version(1))
    write(path, version(2))
    holds(path, version(2))


def test_what_fails_once_the_commit_is_in_force_does_not_undo_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = disk.sync_file
    synced: list[Path] = []

    def broken(file: Path) -> None:
        synced.append(file)
        if synced.count(path) == 2:  # before the switch, and after it
            raise OSError(5, "Input/output error")
        sync(file)

    with monkeypatch.context() as patch:
        patch.setattr(writer, "sync_file", broken)
        with pytest.raises(StoreError):
            write(path, version(2))
    assert synced[-1] == path
    holds(path, version(2))


def test_the_generation_in_force_is_not_written_to(path: Path) -> None:
    """Its files are linked into the next one, so none may be opened for writing."""
    folder = path / generations(path)[0]
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with Writer(path) as commit:
        commit.add(version(2))
        commit.add(version(3, "別"))
        commit._whoosh.commit()
        assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_reader_from_before_a_commit_still_answers(path: Path) -> None:
    columns = store.open_columns(path)
    catalog = Catalog(columns)
    for number in (2, 3):
        write(path, version(number))
        columns.check()
        assert [catalog.item(each) for each in range(catalog.items)] == version(1).items
        assert store.paper(path, "版", columns.path.parent) == version(1).document
        assert store.paper(path, "版") == version(number).document
    assert len(generations(path)) == 2
    del columns, catalog
    write(path, version(4))
    assert len(generations(path)) == 1


def test_where_files_cannot_be_locked_an_old_reader_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    locked = fcntl.flock

    def refused(descriptor: int, kind: int) -> None:
        if not os.readlink(f"/proc/self/fd/{descriptor}").lower().endswith("lock"):
            raise OSError(95, "Operation not supported")
        locked(descriptor, kind)

    monkeypatch.setattr(fcntl, "flock", refused)
    columns = store.open_columns(path)
    write(path, version(2))
    with pytest.raises(StoreError, match="書き換えられました") as caught:
        store.paper(path, "版", columns.path.parent)
    sentence(caught.value)
    columns.check()


# Two writers


def holding(path: Path, ready: int, seconds: float) -> None:
    """Hold the lock of a store for a while; say on the pipe `ready` when it is held."""
    with Writer(path):
        os.write(ready, b".")
        time.sleep(seconds)


@contextmanager
def held(path: Path, seconds: float) -> Iterator[int]:
    """Have a store held by another process, whose number it gives."""
    read, ready = os.pipe()
    try:
        with child(lambda: holding(path, ready, seconds)) as process:
            assert os.read(read, 1) == b"."
            yield process
    finally:
        os.close(read)
        os.close(ready)


def test_a_second_writer_waits(path: Path) -> None:
    with held(path, 0.3):
        began = time.monotonic()
        write(path, version(2))
        assert time.monotonic() - began > 0.2
    holds(path, version(2))


def test_a_second_writer_is_told_who_holds_the_store(path: Path) -> None:
    with held(path, 60) as process:
        with pytest.raises(StoreBusy) as caught, Writer(path, wait=0.1):
            pass
        assert f"プロセス {process}（" in sentence(caught.value)
        holds(path, version(1))


def test_two_writers_in_one_process_exclude_each_other(path: Path) -> None:
    with Writer(path) as commit:
        with pytest.raises(StoreBusy) as caught, Writer(path, wait=0.1):
            pass
        assert f"プロセス {os.getpid()}（" in sentence(caught.value)
        commit.add(version(2))
        commit.commit()
    holds(path, version(2))


def test_a_lock_file_without_sense_is_no_matter(path: Path) -> None:
    (path / "writer.lock").write_bytes(b"\xff\n\0" * 1000)
    write(path, version(2))
    with Writer(path):
        (path / "writer.lock").write_bytes(b"\xff\n\0" * 1000)
        with pytest.raises(StoreBusy) as caught, Writer(path, wait=0):
            pass
        sentence(caught.value)


def test_a_lock_that_cannot_be_had_is_not_another_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refused(descriptor: int, kind: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(StoreError, match="No locks available") as caught, Writer(path):
        pass
    assert not isinstance(caught.value, StoreBusy)
    sentence(caught.value)


def test_the_lock_of_a_killed_writer_is_free(path: Path) -> None:
    with held(path, 60) as process:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        assert len(generations(path)) == 2
        with Writer(path, wait=0.1) as commit:
            commit.add(version(2))
            commit.commit()
    holds(path, version(2))
    assert len(generations(path)) == 1


# Killed


def killed_at(path: Path, step: int, number: int) -> None:
    """Commit a version, and die as the commit asks the system for something in the store for the `step`th time."""
    left = step

    def count(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if event.startswith(("open", "os.", "shutil.")) and any(str(path) in str(each) for each in given):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    write(path, version(number))


def requests(path: Path, number: int) -> int:
    """Return how many times a commit asks the system for something in the store."""
    low, high = 0, 4096
    while high - low > 1:
        middle = (low + high) // 2
        copy = path.with_name(f"copy-{middle}")
        shutil.copytree(path, copy)
        if outcome(lambda copy=copy, middle=middle: killed_at(copy, middle, number)) == -signal.SIGKILL:  # type: ignore[misc]
            low = middle
        else:
            high = middle
        shutil.rmtree(copy)
    return low


def test_a_killed_commit_is_old_or_new(path: Path) -> None:
    steps = requests(path, 2)
    assert steps > 50
    now, kept, done = 1, 0, 0
    for try_ in range(KILLED):
        step = 1 + try_ * (steps - 1) // (KILLED - 1)
        assert outcome(lambda step=step, now=now: killed_at(path, step, now + 1)) in (-signal.SIGKILL, 0)  # type: ignore[misc]
        after = said(path)
        assert after in ({now}, {now + 1})
        kept, done = kept + (after == {now}), done + (after == {now + 1})
        holds(path, version(max(after)))
        now = max(after)
    assert kept
    assert done
    write(path, version(now))
    assert len(generations(path)) == 1
    assert {each.name for each in path.iterdir()} <= {"store.tsv", "writer.lock", *generations(path)}


def test_a_first_commit_killed_leaves_a_folder_to_begin_in(tmp_path: Path) -> None:
    for step in range(2, 40, 4):
        path = tmp_path / f"{step}"
        outcome(lambda path=path, step=step: killed_at(path, step, 1))  # type: ignore[misc]
        if not store.exists(path):
            with pytest.raises(StoreError, match="索引がありません"):
                store.open_columns(path)
            if store.left(path):  # all but the switch was done: the papers are there
                indexer.build(path)
                assert store.papers(path) == [version(1).document]
        write(path, version(2))
        holds(path, version(2))
        assert {each.name for each in path.iterdir()} == {"store.tsv", "writer.lock", *generations(path)}
        assert len(generations(path)) == 1


# Read while it is written


def test_readers_see_one_version_while_a_writer_replaces(path: Path) -> None:
    faults: list[object] = []
    seen: set[int] = set()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                found = said(path)
                if len(found) != 1:
                    faults.append(found)
                seen.update(found)
            except Exception as error:
                faults.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for each in threads:
        each.start()
    try:
        for number in range(2, 10):
            write(path, version(number))
    finally:
        over.set()
        for each in threads:
            each.join()
    assert faults == []
    assert len(seen) > 1


def keep_reading(path: Path) -> None:
    for _ in range(40):
        assert len(said(path)) == 1


def test_readers_in_other_processes_see_one_version(path: Path) -> None:
    with child(lambda: keep_reading(path)) as one, child(lambda: keep_reading(path)) as other:
        for number in range(2, 10):
            write(path, version(number))
        assert [os.waitpid(each, 0)[1] for each in (one, other)] == [0, 0]


# Folders that are no store


FOREIGN = [
    ("a note", ["note.txt"]),
    ("a folder", ["papers/"]),
    ("a table of the same name", ["store.tsv"]),
    ("folders that are named like generations", ["gen-000001/photo.jpg"]),
    ("a generation beside something else", ["gen-000001/columns.bin", "note.txt"]),
    ("a file that is named like a generation", ["gen-000001"]),
]


@pytest.mark.parametrize("anew", [False, True], ids=["add", "build"])
@pytest.mark.parametrize("names", [names for _, names in FOREIGN], ids=[name for name, _ in FOREIGN])
def test_a_folder_of_other_files_is_refused_and_left_alone(tmp_path: Path, names: list[str], anew: bool) -> None:
    for name in names:
        file = tmp_path / name
        (file if name.endswith("/") else file.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            file.write_text("大事なもの")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError, match="索引のものでないファイル") as caught:
        write(tmp_path, version(1), anew=anew)
    sentence(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", [".DS_Store", "lost+found/x"])
def test_what_systems_leave_in_folders_is_no_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    write(tmp_path, version(1))
    holds(tmp_path, version(1))
    assert (tmp_path / name).exists()


def test_other_files_beside_a_store_are_left_alone(path: Path) -> None:
    others = [
        path / "note.txt",
        path / "gen-000999" / "photo.jpg",
        path / "gen-old" / "papers" / "x",
        path / "gen-000998",
    ]
    for each in others:
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_text("大事なもの")
    write(path, version(2))
    write(path, version(3), anew=True)
    holds(path, version(3))
    assert [each.read_text() for each in others] == ["大事なもの"] * len(others)


def test_a_link_that_is_named_like_a_generation_is_not_followed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "papers").mkdir(parents=True)
    (tmp_path / "elsewhere" / "papers" / "x.z").touch()
    (path / "gen-000999").symlink_to(tmp_path / "elsewhere")
    write(path, version(2))
    assert (tmp_path / "elsewhere" / "papers" / "x.z").exists()


def test_below_a_file_there_is_no_place_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "store"):
        with pytest.raises(StoreError, match="に書けません") as caught:
            write(path, version(1))
        assert str(path) in sentence(caught.value)
    assert (tmp_path / "file").read_bytes() == b""


# Disks that refuse


def refusal(path: Path, number: int) -> str:
    """Return what is said of a version that cannot be committed, nothing if it can."""
    try:
        write(path, version(number))
    except StoreError as error:
        return sentence(error)
    return ""


def limited(path: Path, size: int) -> None:
    """Commit where no file may be longer than `size`; end with 77 if that can be done."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    said = refusal(path, 2)
    assert not said or "に書けません（ファイルの大きさの上限を超えます）" in said
    os._exit(0 if said else 77)


@pytest.mark.parametrize("size", [0, 10, 100, 300, 1000, 3000, 10**6])
def test_a_file_that_may_not_grow_leaves_the_old_store(path: Path, size: int) -> None:
    assert outcome(lambda: limited(path, size)) == (0 if size < 10**6 else 77)
    holds(path, version(1 if size < 10**6 else 2))
    assert len(generations(path)) == 1


def mounted(folder: Path, kilobytes: int) -> bool:
    """Mount a small disk on `folder`, and say whether that can be done here."""
    if os.geteuid() or not shutil.which("mount"):
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_full_disk_leaves_the_old_store(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted(disk, 512):
        pytest.skip("no disk can be mounted here")
    try:
        path = disk / "store"
        write(path, version(1))
        refused = 0
        for free in range(0, 200, 8):
            (disk / "filler").write_bytes(b"")
            space = os.statvfs(disk)
            (disk / "filler").write_bytes(bytes(max(0, space.f_bavail * space.f_bsize - free * 1024)))
            said = refusal(path, 2)
            if not said:
                break
            refused += 1
            assert "空き容量がありません" in said
            assert len(generations(path)) == 1
            holds(path, version(1))
        assert refused > 3
        holds(path, version(2))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
