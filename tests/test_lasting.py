"""Nothing is lost: the short forms of what tests/lasting does for an hour (`python -m tests.lasting`)."""

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="processes are started by forking")

from tests.lasting import crash, damage, power, refused, together
from tests.lasting.disk import Disk

MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, where there is one: what is written there is synced at once."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


def test_a_killed_writer_leaves_the_old_store_or_the_new_one(folder: Path) -> None:
    outcomes = crash.run(4, 1, folder)
    assert outcomes.total() == 4


@pytest.mark.skipif(not power.can_record(), reason="strace is not installed, or may not trace here")
def test_a_power_cut_leaves_the_old_store_or_the_new_one(folder: Path) -> None:
    cut = power.cuts("add", folder, random.Random(1), draws=0, every=1000)
    assert cut.cuts > 20
    assert cut.disks > 20
    assert cut.old > 0
    assert cut.new > 0


def test_readers_in_threads_and_processes_see_single_commits(folder: Path) -> None:
    seen = together.run(folder, 3, 8, 8)
    assert seen.commits >= together.FEWEST
    assert seen.answers >= 16


def test_damage_is_told_and_mended(folder: Path) -> None:
    outcomes = damage.run(folder, 4, 1, (damage.cut,))
    assert outcomes["told when it was asked"] > 3
    assert outcomes["told by check"] > 3
    assert outcomes["made anew"] > 5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what an open file is called is asked of /proc")
def test_what_is_refused_leaves_the_old_store(folder: Path) -> None:
    seen: Counter[str] = Counter()
    refused.refusals(folder, "add", 40, seen)
    assert seen["old"] > 0


def test_a_full_disk_leaves_the_old_store(tmp_path: Path) -> None:
    often = refused.filled(tmp_path / "disk", tmp_path / "papers", 16 * 1024)
    if often is None:
        pytest.skip("no disk can be mounted here")
    assert often[0] > 1


def test_a_disk_to_be_read_only_answers(tmp_path: Path) -> None:
    told = refused.read_only(tmp_path / "disk", tmp_path / "papers")
    if told is None:
        pytest.skip("no disk can be mounted here")
    assert "読み取り専用です" in told


# The disk that forgets forgets what it should.


def test_a_disk_keeps_for_certain_what_was_synced(tmp_path: Path) -> None:
    disk = Disk(tmp_path, "store")
    disk.make_folder(f"{tmp_path}/store")
    file = disk.create(f"{tmp_path}/store/a", cut=True)
    disk.write(file, 0, b"123")
    assert disk.certain() == {}
    disk.sync(f"{tmp_path}/store/a")
    disk.sync(f"{tmp_path}/store")
    assert disk.certain() == {}
    disk.sync(str(tmp_path))
    assert disk.certain() == {"store": None, "store/a": b"123"}
    disk.write(file, 2, b"45")
    disk.rename(f"{tmp_path}/store/a", f"{tmp_path}/store/b")
    assert disk.certain() == {"store": None, "store/a": b"123"}
    assert disk.names_only() == {"store": None, "store/b": b"123"}
    assert disk.all() == {"store": None, "store/b": b"1245"}
    drawn = [disk.some(random.Random(seed)) for seed in range(200)]
    assert {name for left in drawn for name in left} == {"store", "store/a", "store/b"}
    assert {data for left in drawn for data in left.values()} > {b"123", b"1245", b"12\0\0"}


def test_calls_are_read_as_they_were_made(tmp_path: Path) -> None:
    if not power.can_record():
        pytest.skip("strace is not installed, or may not trace here")
    (tmp_path / "papers").mkdir()
    calls = power.recorded("begin", tmp_path / "store", tmp_path / "papers", tmp_path / "calls")
    replay = power.Replay(Disk(tmp_path, "store"))
    for call in calls:
        replay.do(call)
    left = replay.disk.all()
    on_disk = {str(each.relative_to(tmp_path)): each for each in (tmp_path / "store").rglob("*")}
    assert left.keys() == {"store", *on_disk}
    assert all(left[name] == (None if each.is_dir() else each.read_bytes()) for name, each in on_disk.items())
    assert replay.done
