"""The files of a store as whoever made it may have left them: only ordinary ones are opened, and one in use is kept."""

import errno
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

Buffer = bytes | memoryview

PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""With these a file is opened as it is: a link is not followed, a pipe not waited for."""


def opened(file: Path) -> BinaryIO:
    """Return an ordinary file, open to read; a link is not followed, a pipe not waited for. Raises OSError."""
    try:
        descriptor = os.open(file, os.O_RDONLY | PLAIN)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _not_ordinary() from None
        raise
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise _not_ordinary()
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_bytes(file: Path, most: int = -1) -> bytes:
    """Return what is in an ordinary file, or its first `most` bytes. Raises OSError."""
    with opened(file) as stream:
        return stream.read(most)


def inflated(data: Buffer, most: int) -> bytes:
    """Return what was compressed to `data`, which are no more than `most` bytes. Raises zlib.error."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, most)
    if not stream.eof or stream.unused_data:
        raise zlib.error("cut off, too long, or something behind it")
    return found


def _not_ordinary() -> OSError:
    return OSError("通常のファイルではありません")


def share(descriptor: int) -> bool:
    """Keep an open file, and what stands beside it, from being swept away while it is open; say whether it is there."""
    if _locked(descriptor, exclusive=False) is False:
        return False  # it is being swept away
    return os.fstat(descriptor).st_nlink > 0


@contextmanager
def unused(file: Path) -> Iterator[bool]:
    """Say whether nobody shares a file, and keep it so meanwhile; one that is not there is used by nobody."""
    try:
        stream = opened(file)
    except OSError:
        yield True
        return
    with stream:
        locked = _locked(stream.fileno(), exclusive=True)
        if locked is None:
            stream.close()  # Windows removes no open file
        yield locked is not False


def _locked(descriptor: int, *, exclusive: bool) -> bool | None:
    """Say whether an open file could be locked, until it is closed; None where there are no such locks."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
