"""A disk that refuses leaves the store as it was, and is told of in one sentence.

    python -m tests.lasting.refused [--every 1]

While a process writes to a store, one after another of the things that it asks of the system is refused, for the
reasons that a disk has; then no file may grow beyond a size. Where a real disk can be mounted, it is filled to its last
bytes, and mounted to be read only.
"""

import argparse
import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path

from index import indexer
from tests.lasting.crash import DONE, ended, in_child, said_or_nothing, start, tidied
from tests.lasting.papers import DEEDS, NAMES, begin, paper_file, replace, said, sentence_of

REASONS = ("ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES", "EMFILE")
ASKED = ("open", "os.link", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.fsync")
TOLD = 78
_STEP = 4096


def outcome_of(deed: str, path: Path, papers: Path) -> None:
    """Do something to a store; end with DONE if it could be done, with TOLD if it was refused in one sentence."""
    os._exit(TOLD if sentence_of(lambda: DEEDS[deed](path, papers)) else DONE)


def refuse(path: Path, step: int, reason: str) -> Callable[[], int]:
    """Have what this process asks for in a store be refused, the `step`th time; return how often it was asked."""
    asked = count(1)
    last = 0

    def refused(event: str, given: tuple[object, ...]) -> None:
        nonlocal last
        if event in ASKED and str(given[0]).startswith(str(path)):
            last = next(asked)
            if last == step:
                raise OSError(getattr(errno, reason), os.strerror(getattr(errno, reason)))

    def fsync(descriptor: int, really: Callable[[int], None] = os.fsync) -> None:
        sys.audit("os.fsync", os.readlink(f"/proc/self/fd/{descriptor}"))
        really(descriptor)

    sys.addaudithook(refused)
    os.fsync = fsync  # type: ignore[assignment]  # the one that tells no hook
    return lambda: last


def steps(folder: Path, deed: str) -> int:
    """Return how often a process asks for something in a store while it does something to it."""
    path = start(folder, deed)
    read, write = os.pipe()

    def work() -> None:
        asked = refuse(path, 0, REASONS[0])
        DEEDS[deed](path, folder / "papers")
        os.write(write, str(asked()).encode())

    assert ended(in_child(work)) == DONE
    number = int(os.read(read, 20))
    os.close(read)
    os.close(write)
    return number


def refusals(folder: Path, deed: str, every: int, seen: Counter[str]) -> None:
    """Have each `every`th request of a deed be refused, and see that the store is the old one, or is the new one."""
    path = start(folder, deed)
    before = said_or_nothing(path)
    reasons = cycle(REASONS)
    after = ""
    for step in range(steps(folder, deed), 0, -every):
        path = start(folder, deed)
        reason = next(reasons)

        def work(path: Path = path, step: int = step, reason: str = reason) -> None:
            refuse(path, step, reason)
            outcome_of(deed, path, folder / "papers")

        how = ended(in_child(work))
        assert how in (DONE, TOLD), f"{deed}: {reason} for request {step} was told of otherwise"
        after = after or (said(path) if how == DONE else "")
        found = said_or_nothing(path)
        assert found in (before, after) or not after, f"{deed}: {reason} for request {step}: neither old nor new"
        assert how == TOLD or found == after, f"{deed}: {reason} for request {step}: done, but not there"
        tidied(path)
        assert len(list(path.glob("gen-*"))) == 1, "leftovers stay"
        seen["done all the same" if how == DONE else "old" if found == before else "new"] += 1


def limited(folder: Path, size: int) -> bool:
    """Say whether papers can be replaced where no file may be longer than `size`; if not, nothing has changed."""
    path = start(folder, "replace")
    before = said(path)
    for name in NAMES[:2]:
        paper_file(folder / "papers", name, 2)  # these are not the store's

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        outcome_of("replace", path, folder / "papers")

    how = ended(in_child(work))
    assert how in (DONE, TOLD)
    assert (said(path) == before) is (how == TOLD)
    return how == DONE


@contextmanager
def disk(folder: Path, size: int) -> Iterator[Path | None]:
    """Mount a disk of so many bytes; None where that cannot be done."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(folder: Path, papers: Path, step: int) -> tuple[int, int] | None:
    """Fill a disk but for ever more bytes, until papers can be replaced; return how often it was refused, and those."""
    with disk(folder, 4 * 1024 * 1024) as mounted:
        if mounted is None:
            return None
        path, filler = mounted / "store", mounted / "filler"
        begin(path, papers)
        before = said(path)
        for refused in count():
            filler.write_bytes(b"")
            space = os.statvfs(mounted)
            filler.write_bytes(bytes(max(0, space.f_bavail * space.f_bsize - refused * step)))
            told = sentence_of(lambda: replace(path, papers))
            if not told:
                assert said(path) != before
                return refused, refused * step
            assert "空き容量がありません" in told
            assert said(path) == before
            assert len(list(path.glob("gen-*"))) == 1
    raise AssertionError


def read_only(folder: Path, papers: Path) -> str | None:
    """Ask, check and write where a disk is mounted to be read only; return what is said of writing."""
    with disk(folder, 4 * 1024 * 1024) as mounted:
        if mounted is None:
            return None
        path = mounted / "store"
        begin(path, papers)
        before = said(path)
        subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
        assert said(path) == before
        indexer.check(path, deep=True)
        (told,) = {sentence_of(lambda deed=deed: DEEDS[deed](path, papers)) for deed in ("add", "remove", "rebuild")}  # type: ignore[misc]
        assert said(path) == before
        return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="which of the requests are refused")
    options = parser.parse_args()
    for deed in DEEDS:
        began, seen = time.monotonic(), Counter[str]()
        with tempfile.TemporaryDirectory() as name:
            refusals(Path(name), deed, options.every, seen)
        told = ", ".join(f"{number} {what}" for what, number in sorted(seen.items()))
        print(f"refused, {deed}: {seen.total()} requests: {told}; {time.monotonic() - began:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as name:
        sizes = [*range(0, 4096, 256), *range(4096, 1 << 16, _STEP)]
        done = [size for size in sizes if limited(Path(name), size)]
        print(f"refused: no file beyond {len(sizes)} sizes, {len(sizes) - len(done)} of them too small", flush=True)
    with tempfile.TemporaryDirectory() as name:
        print("refused: a full disk:", filled(Path(name) / "disk", Path(name) / "papers", 2048), flush=True)
        print("refused: a disk to be read only:", read_only(Path(name) / "ro", Path(name) / "papers"), flush=True)


if __name__ == "__main__":
    main()
