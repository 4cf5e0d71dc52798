"""A store is the old one or the new one, whole, whenever the power goes; and the new one once that was said.

    python -m tests.lasting.power [--lots 5] [--every 20]

What a process does to a store is recorded (strace), then done again on a disk that forgets (`disk.py`), which is cut
off behind each operation. All that the store says then is held against what it said before and after.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tests.lasting.crash import said_or_nothing, start
from tests.lasting.disk import Disk, File, Left, lay
from tests.lasting.papers import DEEDS

CALLS = (
    "open,openat,creat,close,lseek,write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,ftruncate,truncate,"
    "fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "fsync,fdatasync,sync_file_range,mmap,dup,dup2,dup3"
)
_LINE = re.compile(r"(?P<call>\w+)\((?P<given>.*)\) += (?P<result>-?\d+|0x[0-9a-f]+)(?:<(?P<path>[^>]*)>)?.*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
DONE = "it is done"


class Call(NamedTuple):
    """A call to the system that succeeded: its strings, its numbers, the path of what it opened or of its file."""

    name: str
    given: str
    result: int
    path: str

    def strings(self) -> list[bytes]:
        return [ast.literal_eval(f"b{each}") for each in _STRING.findall(self.given)]

    def paths(self) -> list[str]:
        return [os.fsdecode(each) for each in self.strings()]

    def file(self) -> int:
        """Return the number of the open file that it is about."""
        return int(self.given.split("<", 1)[0])


def can_record() -> bool:
    """Say whether calls can be recorded here."""
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode
    )


def recorded(deed: str, path: Path, papers: Path, log: Path) -> list[Call]:
    """Return the calls of a process that does something to a store and then says so."""
    command = [sys.executable, "-m", "tests.lasting.power", "--do", deed, str(path), str(papers)]
    trace = ["strace", "-y", "-s", str(1 << 27), "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run([*trace, *command], check=True, stdout=subprocess.DEVNULL)
    return list(_calls(log))


def _calls(log: Path) -> Iterator[Call]:
    for line in log.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        if (found := _LINE.fullmatch(line)) and not found["result"].startswith("-"):
            yield Call(found["call"], found["given"], int(found["result"], 0), found["path"] or "")


class Replay:
    """The calls of a process, done again on a disk."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.done = False
        self._open: dict[int, tuple[File, int]] = {}

    def do(self, call: Call) -> bool:
        """Do a call again, and say whether it was about the disk."""
        if call.name == "write" and DONE in call.given:
            self.done = True
        if call.name in ("open", "openat", "creat"):
            return self._opened(call)
        if call.name in ("rename", "renameat", "renameat2", "link", "linkat"):
            return self._named(call)
        if call.name in ("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"):
            return self._removed_or_made(call)
        if call.name in ("fsync", "fdatasync"):
            path = call.given.split("<", 1)[1].rstrip(">")
            if self.disk.holds(path):
                self.disk.sync(path)
            return self.disk.holds(path)
        return self._written(call)

    def _opened(self, call: Call) -> bool:
        if not self.disk.holds(call.path):
            self._open.pop(call.result, None)
            return False
        if "O_CREAT" in call.given or call.name == "creat" or "O_TRUNC" in call.given:
            self._open[call.result] = self.disk.create(call.path, cut="O_TRUNC" in call.given), 0
            return True
        found = self.disk.find(call.path)
        if isinstance(found, File):
            self._open[call.result] = found, 0
        return False

    def _named(self, call: Call) -> bool:
        old, new = call.paths()
        if not self.disk.holds(new):
            return False
        (self.disk.rename if call.name.startswith("rename") else self.disk.link)(old, new)
        return True

    def _removed_or_made(self, call: Call) -> bool:
        (path,) = call.paths()
        if not path.startswith("/"):  # beside an open folder
            path = f"{call.given.split('<', 1)[1].split('>', 1)[0]}/{path}"
        if not self.disk.holds(path) or path == str(self.disk.root):
            return False
        (self.disk.make_folder if call.name.startswith("mkdir") else self.disk.remove)(path)
        return True

    def _written(self, call: Call) -> bool:
        if call.name == "mmap":
            assert "MAP_SHARED" not in call.given or "PROT_WRITE" not in call.given, "what is written so is not seen"
            return False
        number = call.file()
        if number not in self._open:
            return False
        file, at = self._open[number]
        match call.name:
            case "close":
                del self._open[number]
                return False
            case "lseek":
                self._open[number] = file, call.result
                return False
            case "write":
                (data,) = call.strings()
                self.disk.write(file, at, data[: call.result])
                self._open[number] = file, at + call.result
            case "pwrite64":
                (data,) = call.strings()
                self.disk.write(file, int(call.given.rsplit(", ", 1)[1]), data[: call.result])
            case "ftruncate":
                file.data = file.data[: int(call.given.rsplit(", ", 1)[1])]
            case _:
                raise AssertionError(f"{call.name} is not known here")
        return True


class Cut(NamedTuple):
    """What was found behind some cuts: how many there were, of how many different disks, and what these were."""

    cuts: int
    disks: int
    old: int
    new: int


def cuts(deed: str, folder: Path, lots: random.Random, draws: int, every: int = 1) -> Cut:
    """Cut the power behind each operation of a deed, or behind so many, and hold what is left against old and new.

    Behind each sync and each change of names it is cut in any case: else nothing changes but bytes.
    """
    path = start(folder, deed)
    before = said_or_nothing(path)
    kept = folder / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    if path.exists():
        shutil.copytree(path, kept / path.name)
    calls = recorded(deed, path, folder / "papers", folder / "calls")
    after = said_or_nothing(path)
    shutil.rmtree(path)
    disk = Disk(folder, path.name)
    disk.fill(kept)
    replay = Replay(disk)
    seen: dict[bytes, str] = {}
    number = 0
    for call in calls:
        told = replay.done
        about = replay.do(call)
        if not about and replay.done == told:
            continue
        number += 1
        if call.name in ("write", "pwrite64") and number % every and replay.done == told:
            continue
        for left in (disk.certain(), disk.names_only(), *(disk.some(lots) for _ in range(draws))):
            found = _found(left, folder, seen, before, after)
            assert found == "new" or not replay.done, "it was said to be done, and is not"
    return Cut(number, len(seen), [*seen.values()].count("old"), [*seen.values()].count("new"))


def _found(left: Left, folder: Path, seen: dict[bytes, str], before: str, after: str) -> str:
    """Return whether what is left is the old store or the new one; the same disk is looked at once."""
    key = sha256(repr(sorted(left.items())).encode()).digest()
    if key not in seen:
        laid = folder / "laid"
        shutil.rmtree(laid, ignore_errors=True)
        lay(left, laid)
        found = said_or_nothing(laid / "store")
        assert found in (before, after), "neither the old store nor the new one"
        seen[key] = "new" if found == after else "old"
    return seen[key]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--do", nargs=3, metavar=("DEED", "STORE", "PAPERS"), help="what is recorded")
    parser.add_argument("--lots", type=int, default=5, help="how often chance decides what is left, behind each cut")
    parser.add_argument("--every", type=int, default=20, help="behind how many writes it is cut, besides all else")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.do:
        deed, path, papers = options.do
        DEEDS[deed](Path(path), Path(papers))
        print(DONE, flush=True)
        return
    for deed in DEEDS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            cut = cuts(deed, Path(name), random.Random(options.seed), options.lots, options.every)
        told = f"{cut.cuts} operations, {cut.disks} different disks: {cut.old} old, {cut.new} new"
        print(f"power, {deed}: {told}; {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
