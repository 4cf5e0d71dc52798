"""What a commit does to the disk: links, syncs, the lock of who writes, and what to say when it refuses."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from index.errors import Failure, StoreBusy, StoreError, reason, shown
from index.store import PAPERS, contents
from index.store.files import PLAIN, opened


@contextmanager
def refusals(store: Path) -> Iterator[None]:
    """Turn what a disk refuses into one sentence."""
    try:
        yield
    except Failure:
        raise
    except OSError as error:
        raise StoreError(
            f"索引 {shown(store)} に書けません（{reason(error)}）。場所、空き容量、書き込みの権限を確かめてください。"
        ) from None


def take_lock(path: Path, wait: float) -> IO[bytes]:
    """Return the open lock file, held until it is closed. Raises StoreBusy after `wait` seconds."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | PLAIN, 0o666), "rb+", buffering=0)
    try:
        end = time.monotonic() + wait
        while not _try_lock(file.fileno()):
            if time.monotonic() >= end:
                file.seek(0)
                holder = shown(file.read(100).decode("utf-8", "replace")) or "ほかのプロセス"
                raise StoreBusy(
                    f"索引 {shown(path.parent)} は {holder} が書き込み中です。終わってからやり直してください。"
                )
            time.sleep(0.05)
        file.truncate(0)
        file.seek(0)
        file.write(f"プロセス {os.getpid()}（{time.strftime('%H:%M:%S')} から）".encode())
    except BaseException:
        file.close()
        raise
    return file


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def make_folder(store: Path) -> None:
    """Make the folder of a store, and see that it is on the disk with its name."""
    made = [each for each in (store, *store.parents) if not each.exists()]
    store.mkdir(parents=True, exist_ok=True)
    for each in made:
        sync_file(each.parent)


def link(old: Path, new: Path, files: Mapping[str, contents.Content]) -> None:
    """Give `new` the files of `old` that do not change: Whoosh's segments, the papers.

    A commit that only adds reads no segment: what is damaged is told of here, lest others be put beside it.
    """
    for name, content in files.items():
        if not name.startswith(PAPERS):
            contents.hold(old / name, content)
        with suppress(FileNotFoundError):  # who wants to read the paper tells of it
            try:
                os.link(old / name, new / name, follow_symlinks=False)
            except (OSError, NotImplementedError):  # Windows cannot be told not to follow a link
                with opened(old / name) as file:
                    (new / name).write_bytes(file.read())


def sync(folder: Path) -> None:
    """See that the files of a generation are on the disk, then their names; what is linked has been there before."""
    folders, files = [folder, folder / PAPERS], []
    for each in folders:
        files += [entry for entry in os.scandir(each) if not entry.is_dir(follow_symlinks=False)]
    for entry in files:
        if entry.stat(follow_symlinks=False).st_nlink == 1:
            sync_file(Path(entry.path))
    for each in reversed(folders):
        sync_file(each)


def sync_file(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk."""
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
