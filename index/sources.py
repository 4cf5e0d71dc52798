"""What the user names, a file, a folder, a pattern, a ZIP or standard input, to the files that papers are read from."""

import glob
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from index import archive, opendata, store
from index.errors import PaperError, StoreError, reason, shown
from index.readers import READERS
from index.readers.text import MAX_BYTES

STANDARD_INPUT = "-"
SIGNS = ((b"%PDF-", ".pdf"), (b"<!doctype html", ".html"), (b"<html", ".html"))
"""How files begin that are no plain text, of those that have one beginning of their own."""
OFFICE = ((b"word/document.xml", ".docx"), (b"xl/workbook.xml", ".xlsx"), (b"ppt/presentation.xml", ".pptx"))


class Source(NamedTuple):
    """A file that a paper is read from: where it is, what messages call it, where it came from (None: nowhere)."""

    path: Path
    name: str
    origin: str | None = None


class Fault(NamedTuple):
    """Why something was not read, as one sentence, and what it is."""

    sentence: str
    origin: str | None = None


@dataclass(slots=True)
class Sources:
    """The files found, each once; what could not be looked into; how many files no reader knows."""

    found: list[Source] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: int = 0
    seen: set[str] = field(default_factory=set)

    def add(self, path: Path, name: str, origin: str) -> None:
        """Add a file that is not here yet, by whichever name."""
        if (real := os.path.realpath(path)) not in self.seen:
            self.seen.add(real)
            self.found.append(Source(path, name, origin))


@contextmanager
def gathered(named: Sequence[Path], input_name: str | None = None, ours: Path | None = None) -> Iterator[Sources]:
    """Give the files that `named` stands for; those from a ZIP or standard input are gone afterwards.

    `input_name` is the name that standard input would have as a file, `ours` the store. Raises PaperError when
    something that is named is not there, or has no paper in it.
    """
    sources = Sources()
    with tempfile.TemporaryDirectory(prefix="seisaku-") as folder:
        for each in named:
            if str(each) == STANDARD_INPUT:
                _standard_input(sources, input_name, Path(folder))
                continue
            for path in _matching(each):
                _look(sources, path, Path(folder), ours)
        sources.found[:] = opendata.joined(sources.found, Path(folder), sources.faults)
        yield sources


def _matching(named: Path) -> list[Path]:
    """Return the path itself, or what it matches as a pattern where the shell has left it one."""
    if os.path.lexists(named) or not glob.has_magic(str(named)):
        return [named]
    found = [each for each in sorted(map(Path, glob.glob(str(named), recursive=True))) if not hidden(each.name)]
    if not found:
        raise PaperError(f"{shown(named)} に当てはまるファイルがありませんので、場所と名前を確かめてください")
    return [each for each in found if each.is_file()] or found


def _look(sources: Sources, path: Path, temporary: Path, ours: Path | None) -> None:
    if path.is_dir():
        _folder(sources, path, temporary, ours)
    elif path.suffix.lower() == archive.SUFFIX and path.is_file():
        before = len(sources.found) + len(sources.faults)
        _zip(sources, path, temporary)
        if len(sources.found) + len(sources.faults) == before:
            raise PaperError(f"{shown(path)} の中に読める資料がありませんので、{_forms()}のある ZIP を指定してください")
    else:
        sources.add(path, shown(path), origin_of(path))


def origin_of(path: Path) -> str:
    """Return where a file is, in the form that the store remembers: by whichever way its folder is reached."""
    whole = os.path.abspath(path)
    return shown(os.path.join(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole)))


def _folder(sources: Sources, folder: Path, temporary: Path, ours: Path | None) -> None:
    """Add the papers in a folder and those below it, but what is hidden, in a store, or links to outside."""
    if is_store(folder) or (ours is not None and os.path.realpath(folder) == os.path.realpath(ours)):
        raise PaperError(f"{shown(folder)} は索引そのものですので、資料のフォルダーを指定してください")
    before = len(sources.seen) + len(sources.faults)
    root = os.path.realpath(folder)
    faults: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(each for each in folders if not hidden(each) and not is_store(Path(where, each)))
        for name in sorted(files):
            path = Path(where, name)
            inside = os.path.realpath(path).startswith(os.path.join(root, ""))
            if hidden(name) or not inside or not path.is_file():  # a link may lead out, nowhere or round
                continue
            if name.lower().endswith(archive.SUFFIX):
                _zip(sources, path, temporary)
            elif wanted(name):
                sources.add(path, shown(path), origin_of(path))
            else:
                sources.skipped += Path(name).suffix.lower() != ".toml"
    for each in faults:
        place = Path(each.filename or folder)
        sentence = f"{shown(place)} の中を見られません（{reason(each)}）ので、フォルダーの権限を確かめてください"
        sources.faults.append(Fault(sentence, origin_of(place)))
    if len(sources.seen) + len(sources.faults) == before:
        raise PaperError(
            f"{shown(folder)} の中に読める資料がありませんので、{_forms()}のあるフォルダーを指定してください"
        )


def is_store(folder: Path) -> bool:
    """Say whether a folder is a store: its files are no papers."""
    try:
        store.read_manifest(folder)
    except StoreError:
        return False
    return True


def hidden(name: str) -> bool:
    """Say whether a file is not for the eye: hidden, or what Office and macOS leave beside a file."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def wanted(name: str) -> bool:
    """Say whether a reader knows the format of a file."""
    return os.path.splitext(name)[1].lower() in READERS


def _forms() -> str:
    return "・".join(each for each in READERS if each not in (".text", ".markdown", ".docm", ".xlsm", ".pptm", ".htm"))


def _zip(sources: Sources, path: Path, temporary: Path) -> None:
    """Add the papers in a ZIP."""
    name, origin = shown(path), origin_of(path)
    if (real := os.path.realpath(path)) in sources.seen:
        return
    sources.seen.add(real)
    into = Path(tempfile.mkdtemp(dir=temporary))

    def readable(member: str) -> bool:
        shut = any(map(hidden, member.replace("../", "").split("/")))
        return not shut and (wanted(member) or member.lower().endswith(archive.SUFFIX))

    try:
        for each in archive.members(path, name, into, readable):
            if each.path is None:
                sources.faults.append(Fault(each.fault, shown(f"{origin}/{each.name}")))
            else:
                sources.found.append(Source(each.path, shown(f"{name}/{each.name}"), shown(f"{origin}/{each.name}")))
    except PaperError as fault:
        sources.faults.append(Fault(str(fault), origin))


def _standard_input(sources: Sources, name: str | None, temporary: Path) -> None:
    """Add what standard input says, as a file of the name that it is said to have."""
    if STANDARD_INPUT in sources.seen:
        return
    sources.seen.add(STANDARD_INPUT)
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (AttributeError, OSError, ValueError) as fault:  # closed, or there is none
        raise PaperError("標準入力を読めませんので、パイプか「<」で資料を渡してください") from fault
    if not data:
        raise PaperError("標準入力に何もありませんので、パイプか「<」で資料を渡してください")
    plain = Path(name or f"stdin-{hashlib.sha256(data).hexdigest()[:8]}").name or "stdin"
    path = Path(tempfile.mkdtemp(dir=temporary)) / (plain if wanted(plain) else plain + suffix_of(data))
    try:
        path.write_bytes(data)
    except (OSError, ValueError) as fault:
        raise PaperError(f"「{shown(plain)}」という名前は使えませんので、--name を短い名前にしてください") from fault
    sources.found.append(Source(path, "標準入力"))


def suffix_of(data: bytes) -> str:
    """Return the suffix that a file of these bytes would have; that of plain text where nothing speaks against it."""
    begin = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for sign, suffix in SIGNS:
        if begin.startswith(sign.lower()):
            return suffix
    office = (suffix for part, suffix in OFFICE if data.startswith(b"PK") and part in data)
    return next(office, ".txt")
