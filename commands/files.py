"""A file that is written whole or not at all, and never in place of another by accident."""

import os
from pathlib import Path

from index.errors import Failure, reason, shown


def refuse(path: Path, force: bool) -> None:
    """Raise Failure where `path` cannot be written to: it is there and may not be replaced, or its folder is not."""
    try:
        if path.is_dir():
            raise Failure(f"{shown(path)} はフォルダーです。ファイルの名前を指定してください。")
        if path.exists() and not path.is_file():
            raise Failure(f"{shown(path)} は通常のファイルではありません。ファイルの名前を指定してください。")
        if path.exists() and not force:
            raise Failure(f"{shown(path)} はすでにあります。上書きするには --force を付けてください。")
        if not path.resolve().parent.is_dir():
            raise Failure(f"フォルダー {shown(path.parent)} がありません。先に作ってください。")
    except (OSError, ValueError, RuntimeError) as error:  # a name too long, with a zero byte, links in a circle
        raise _cannot(path, error) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside the one of that name, then put it in its place. Raises Failure."""
    try:
        target = path.resolve()  # what a link stands for is written, the link stays
        beside = target.with_name(f".seisaku-{os.getpid()}-{os.urandom(4).hex()}.tmp")
        try:
            _write(beside, data)
            _replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(beside: Path, target: Path) -> None:
    """Put the new file in place of the old one, with its permissions; what may not be written stays."""
    if target.exists():
        with target.open("ab"):
            beside.chmod(target.stat().st_mode & 0o777)
    beside.replace(target)


def _cannot(path: Path, error: Exception) -> Failure:
    why = reason(error) if isinstance(error, OSError) else "名前として使えません"
    return Failure(f"{shown(path)} に書けません（{why}）。別の場所か名前を指定してください。")
