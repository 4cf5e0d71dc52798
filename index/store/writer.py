"""The store on disk, to write: one commit at a time, seen whole or not at all.

A commit makes the next generation beside the one in force (files that stay the same are linked, not copied) and
then replaces `store.tsv`: a reader sees the old store or the new one, and what breaks before that leaves the old
one as it was.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from index import analysis, synonyms
from index.document import About, Document, Item, Remainder
from index.errors import StoreError, StoreOutdated, shown
from index.jobs import beside, cores
from index.store import (
    COLUMNS,
    FORMAT,
    GENERATION,
    MANIFEST,
    PAPERS,
    contents,
    differing,
    exists,
    in_force,
    left,
    manifest_text,
    paper_file,
    read_manifest,
)
from index.store.columns import stamp, write
from index.store.disk import link, make_folder, refusals, sync, sync_file, take_lock
from index.store.documents import packed_documents
from index.store.files import opened, unused
from index.store.flatten import Change, flatten, whole
from index.store.merging.runs import ids
from index.store.packing import about_value, pack
from index.store.whoosh_index import VERSION, WhooshIndex, new_index

_LOCK = "writer.lock"
_LARGE = 512 * 1024
"""Papers of fewer bytes, made ready, are written sooner than another process has started."""


class Paper(NamedTuple):
    """A paper ready for the store: itself, its items, what in it was not understood."""

    document: Document
    items: list[Item]
    remainders: list[Remainder]


class Ready(NamedTuple):
    """A paper as the store keeps it: what is known of it, its text, its documents for Whoosh; made by any process."""

    about: About
    text: bytes
    documents: bytes

    @classmethod
    def of(cls, paper: Paper) -> "Ready":
        """Return a paper made ready: nearly all of the work that is done for each paper alone."""
        return cls(paper.document.about, _pack(paper.document), packed_documents(paper))


class Writer:
    """One commit: papers added, replaced and removed; nothing is seen of it before `commit`.

    Used as a context: leaving it without `commit` leaves the store as it was. Raises StoreBusy when another
    process holds the store for longer than `wait` seconds, StoreError when the disk is full or not writable.
    `anew` starts from nothing, whatever the store held. `jobs` is how many processes may write what is large; None is
    as many as there are cores.
    """

    def __init__(self, store: Path, *, wait: float = 10.0, anew: bool = False, jobs: int | None = 1) -> None:
        self.store = store
        self._jobs = jobs
        self._wait = wait
        self._anew = anew
        self._keep = False

    def __enter__(self) -> "Writer":
        with refusals(self.store):
            make_folder(self.store)
            _check_ours(self.store)
            self._lock = take_lock(self.store / _LOCK, self._wait)
        try:
            with refusals(self.store):
                old = self._begin()
                self._new = self._next_generation()
        except BaseException:
            self._lock.close()
            raise
        try:
            with refusals(self.store):
                self._fill(old)
        except BaseException:
            self._close()
            raise
        return self

    def _begin(self) -> Path | None:
        """Return the generation to go on from, once what commits that broke off left behind is swept away."""
        old = None
        try:
            manifest = read_manifest(self.store)
        except StoreError:
            if not self._anew and (exists(self.store) or left(self.store)):
                raise
        else:
            old = in_force(self.store, manifest)
            if not self._anew and (said := differing(self.store, manifest, VERSION)):
                raise StoreOutdated(said)
        if old or not left(self.store):  # else they are all that is left of a store
            _sweep(self.store, old)
        return None if self._anew else old

    def _next_generation(self) -> Path:
        numbers = [int(each.name[4:]) for each in self.store.glob("gen-*") if GENERATION.fullmatch(each.name)]
        return self.store / f"gen-{max(numbers, default=0) + 1:06}"

    def _fill(self, old: Path | None) -> None:
        """Make the new generation, as the old one was."""
        (self._new / PAPERS).mkdir(parents=True)
        self._kept = contents.read(old) if old else {}
        self._kept.pop(COLUMNS, None)
        if old:
            link(old, self._new, self._kept)
        self._new_store = old is None
        self._before = whole(old / COLUMNS) if old else None
        self._whoosh = WhooshIndex(self._new, new=old is None, held=ids(self._before) if self._before else None)

    def add(self, paper: Paper | Ready) -> None:
        """Add a paper, in place of any of the same id."""
        with refusals(self.store):
            ready = Ready.of(paper) if isinstance(paper, Paper) else paper
            file = paper_file(self._new, ready.about.id)
            self._whoosh.add(ready.about.id, ready.documents)
            file.unlink(missing_ok=True)  # it may be linked to that of the generation in force
            file.write_bytes(ready.text)
            self._kept.pop(f"{PAPERS}/{file.name}", None)

    def remove(self, document: str) -> bool:
        """Remove a paper, and say whether it was there."""
        with refusals(self.store):
            paper_file(self._new, document).unlink(missing_ok=True)
            return self._whoosh.remove(document)

    def commit(self) -> None:
        """Make what was added and removed the store, all at once."""
        with refusals(self.store):
            if self._new_store:
                self._write_new()
            else:
                self._write_changes()
            contents.write(self._new, self._kept)
            sync(self._new)
            self._switch()
        _sweep(self.store, self._new)

    def _write_new(self) -> None:
        """Write Whoosh's index and the columns, both of what was added, and both at once where that pays."""
        packed = self._whoosh.packed
        jobs = self._jobs if sum(map(len, packed)) > _LARGE else 1
        with beside(new_index, packed, cores() if jobs is None else jobs) as made:
            columns = flatten(self._whoosh, Change(None, (), self._whoosh.added))
            self._whoosh.begin(made())
        write(self._new / COLUMNS, columns)  # they are the last: a generation that has them is whole

    def _write_changes(self) -> None:
        """Write Whoosh's index, then the columns."""
        change = self._change()
        self._whoosh.commit()
        write(self._new / COLUMNS, flatten(self._whoosh, change))
        del change, self._before  # what is open is not swept away

    def _change(self) -> Change | None:
        """Return what changes, None where all is made anew: without columns before, or where most of them change."""
        if not self._before or not self._whoosh.changes_little:
            return None
        return Change(self._before, self._whoosh.replaced(), self._whoosh.added)

    def _switch(self) -> None:
        """Put the new generation in force, once it is on the disk with its name; it is when this returns, too."""
        manifest = {
            "format": FORMAT,
            "dictionary": analysis.dictionary(),
            "synonyms": synonyms.fingerprint(),
            "whoosh": VERSION,
            "generation": self._new.name,
            "columns": _stamp(self._new / COLUMNS),
        }
        beside = self.store / f"{MANIFEST}.new"
        beside.unlink(missing_ok=True)  # of a commit that broke off; or a link that somebody put there
        with beside.open("x", encoding="utf-8") as file:
            file.write(manifest_text(manifest))
        sync_file(beside)
        sync_file(self.store)
        self._keep = True  # from here on it may be in force; should it not be, the next commit sweeps it away
        beside.replace(self.store / MANIFEST)
        sync_file(self.store)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        try:
            if not self._keep:
                shutil.rmtree(self._new, ignore_errors=True)
        finally:
            self._lock.close()


def _stamp(file: Path) -> str:
    with opened(file) as stream:
        return stamp(stream.fileno())


def _check_ours(store: Path) -> None:
    """Raise StoreError when a folder is neither a store nor empty: nothing that is not ours is touched."""
    with suppress(StoreError):
        read_manifest(store)
        return
    names = {each.name for each in store.iterdir()}
    ours = {_LOCK, f"{MANIFEST}.new", "lost+found", *(name for name in names if _is_generation(store / name))}
    if any(map(GENERATION.fullmatch, names & ours)):
        ours.add(MANIFEST)
    foreign = sorted(name for name in names - ours if not name.startswith("."))
    if foreign:
        raise StoreError(
            f"{shown(store)} には索引のものでないファイル（{shown(foreign[0])}）があります。"
            "--store で空のフォルダーか新しい場所を指定してください。"
        )


def _is_generation(folder: Path) -> bool:
    """Say whether a folder is a generation, or what is left of one."""
    if not GENERATION.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
        return False
    names = [each.name for each in folder.iterdir()]
    return all(name in (PAPERS, COLUMNS, contents.TABLE) or name.startswith(("MAIN", "_MAIN_")) for name in names)


def _sweep(store: Path, in_force: Path | None) -> None:
    """Remove the generations that are not in force: those replaced, and those of commits that broke off.

    One that somebody still reads stays until the next commit: its papers are read by their names.
    """
    for each in store.glob("gen-*"):
        if each != in_force and _is_generation(each):
            with unused(each / COLUMNS) as free:
                if free:
                    shutil.rmtree(each, ignore_errors=True)


def _pack(document: Document) -> bytes:
    """Return a paper as JSON, compressed."""
    lines = [[line.text, line.page] for line in document.lines]
    return pack({"about": about_value(document.about), "lines": lines}, 9)
