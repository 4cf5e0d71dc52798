"""The papers in a ZIP, taken out with nothing in them that could do harm."""

import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.errors import PaperError, shown
from index.readers.text import MAX_BYTES

SUFFIX = ".zip"
MAX_MEMBERS = 10_000
MAX_UNPACKED = 1024**3
MAX_RATIO, SMALL = 200, 16 * 1024**2
"""How many times its own size a ZIP may unpack to, if that is more than a small amount; text seldom gets to 20."""

_UTF8 = 0x800
"""The flag of an entry whose name is UTF-8; without it Japanese Windows writes names in CP932."""
_ENCRYPTED = 0x1


class Member(NamedTuple):
    """A paper in a ZIP: its name there, and the file that it was taken out to; or why it was not."""

    name: str
    path: Path | None = None
    fault: str = ""


def members(archive: Path, name: str, into: Path, wanted: Callable[[str], bool]) -> Iterator[Member]:
    """Take what is `wanted` out of the ZIP `archive` into the folder `into`, which is the caller's to remove.

    Yields what is a paper, a file in a folder of the same papers as in the ZIP; tables beside them come with them.
    `name` is the ZIP in messages. Raises PaperError for a ZIP that cannot be read, or that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = {_name(info): info for info in opened.infolist()[: MAX_MEMBERS + 1] if _is_file(info)}
            taken = {each: info for each, info in entries.items() if wanted(each) or each.lower().endswith(".toml")}
            _refuse_harm(archive, name, len(opened.infolist()), sum(info.file_size for info in taken.values()))
            folders: dict[str, Path] = {}
            for each in sorted(taken):
                folder = folders.setdefault(each.rpartition("/")[0], into / str(len(folders)))
                member = _taken_out(opened, taken[each], each, name, folder)
                if wanted(each):
                    yield member
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as fault:
        raise PaperError(f"{name} は ZIP として壊れていますので、元のファイルを取り直してください") from fault


def _refuse_harm(archive: Path, name: str, count: int, size: int) -> None:
    if count > MAX_MEMBERS:
        raise PaperError(f"{name} の中のファイルは{MAX_MEMBERS:,}個を超えていますので、分けてから指定してください")
    if size > MAX_UNPACKED:
        raise PaperError(
            f"{name} は展開すると{MAX_UNPACKED // 1024**2:,} MiB を超えますので、分けてから指定してください"
        )
    if size > max(SMALL, MAX_RATIO * archive.stat().st_size):
        raise PaperError(
            f"{name} は展開するともとの{MAX_RATIO}倍を超えますので、展開して中を確かめてから指定してください"
        )


def _taken_out(opened: zipfile.ZipFile, info: zipfile.ZipInfo, member: str, name: str, folder: Path) -> Member:
    """Write one entry into `folder`, if there is nothing against it."""
    if fault := _fault(info, member):
        return Member(member, fault=f"{name}/{shown(member)} {fault}")
    path = folder / member.rpartition("/")[2]
    try:
        folder.mkdir(exist_ok=True)
        with opened.open(info) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)  # no more than it claims: the module stops there
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        path.unlink(missing_ok=True)
        return Member(member, fault=f"{name}/{shown(member)} は壊れていますので、元のファイルを取り直してください")
    return Member(member, path)


def _fault(info: zipfile.ZipInfo, member: str) -> str | None:
    """Return why an entry is not taken out, None if there is nothing against it."""
    parts = member.split("/")
    if ".." in parts or not parts[0] or re.match("[A-Za-z]:", member):
        return "は外のフォルダーを指していますので、作り直した ZIP を指定してください"
    if info.flag_bits & _ENCRYPTED:
        return "はパスワードで保護されていますので、展開してから指定してください"
    if member.lower().endswith(SUFFIX):
        return "は ZIP の中の ZIP ですので、取り出してから指定してください"
    if info.file_size > MAX_BYTES:
        return f"は{MAX_BYTES // 1024**2} MiB を超えていますので、分けてから指定してください"
    return None


def _is_file(info: zipfile.ZipInfo) -> bool:
    return not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of an entry as whoever made the ZIP wrote it."""
    name = info.orig_filename.partition("\0")[0]
    if not info.flag_bits & _UTF8:
        for codec in ("utf-8", "cp932"):
            try:
                name = name.encode("cp437").decode(codec)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")
