"""The store on disk, to read: which index is in force, and what it was made with.

A store is a folder. `store.tsv` names the generation in force and what it was made with; a generation is a
folder of its own, with Whoosh's index of all records (the index of record), the flat columns that
queries are answered from, and the text of the papers.
"""

import os
import re
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index import analysis, synonyms
from index.errors import StoreError, StoreOutdated, reason, shown
from index.store.columns import Columns
from index.store.files import read_bytes

if TYPE_CHECKING:
    from index.document import Document

FORMAT = "8"
MANIFEST = "store.tsv"
COLUMNS = "columns.bin"
PAPERS = "papers"
GENERATION = re.compile(r"gen-[0-9]{6,18}")
REBUILD = "seisaku index build で作り直してください。"
_MOST = 1 << 16


def exists(store: Path) -> bool:
    """Say whether there is a store in the folder `store`."""
    return (store / MANIFEST).is_file()


def left(store: Path) -> list[Path]:
    """Return the generations in the folder `store` that hold papers, those last that were written to their end.

    Where there is no `store.tsv` at all, only the latter: the others are what a first commit left unfinished.
    """
    holding = {file.parents[1] for file in store.glob(f"gen-*/{PAPERS}/*.z")}
    names = sorted(each for each in holding if GENERATION.fullmatch(each.name) and not each.is_symlink())
    whole = [each for each in names if (each / COLUMNS).exists()]
    return [*(each for each in names if each not in whole), *whole] if exists(store) else whole


def open_columns(store: Path) -> Columns:
    """Return the columns of the generation in force; they say if they are outdated, and answer as they were made.

    While they are open, no commit sweeps that generation away. Raises StoreError when `store` is no store or is
    damaged, StoreOutdated when it was made in another format.
    """
    for attempt in range(5):
        manifest = read_manifest(store)
        outdated = differing(store, manifest)
        if manifest["format"] != FORMAT:
            raise StoreOutdated(outdated)
        try:
            columns = Columns(in_force(store, manifest) / COLUMNS, manifest.get("columns"))
            columns.outdated = outdated
            return columns
        except FileNotFoundError:
            time.sleep(0.01 * 2**attempt)  # a commit swept this generation between two steps: look again
        except OSError as error:
            raise unreadable(store, error) from None
    raise StoreError(f"索引 {shown(store)} の中身が欠けています。{REBUILD}")


def in_force(store: Path, manifest: Mapping[str, str]) -> Path:
    """Return the generation in force. Raises StoreError where it is none of the store's own."""
    folder = store / manifest["generation"]
    if folder.is_symlink():
        raise StoreError(
            f"索引 {shown(folder)} がリンクになっていますので、リンク先のフォルダーそのものを置いてください。"
        )
    return folder


def unreadable(store: Path, error: OSError) -> StoreError:
    """Return what to say of a store that the system does not let us read."""
    return StoreError(f"索引 {shown(store)} を読めません（{reason(error)}）。場所と読み取りの権限を確かめてください。")


def read_manifest(store: Path) -> dict[str, str]:
    """Return what `store.tsv` says: format, dictionary, synonyms, Whoosh, generation, the stamp of its columns."""
    try:
        text = read_bytes(store / MANIFEST, _MOST).decode("utf-8")
        rows, _, last = text.rpartition("sum\t")
        manifest = dict(row.split("\t", 1) for row in (rows or text).splitlines())
        if not GENERATION.fullmatch(manifest["generation"]) or not text.endswith("\n"):
            raise ValueError
        if manifest["format"] == FORMAT and last != _sum(rows):
            raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{shown(store)} に索引がありません。seisaku index build で作るか、--store で場所を指定してください。"
        ) from None
    except OSError as error:
        raise unreadable(store, error) from None
    except (ValueError, KeyError):
        raise StoreError(
            f"{shown(store / MANIFEST)} は seisaku の索引のものではありません（壊れているかもしれません）。{REBUILD}"
        ) from None
    return manifest


def manifest_text(manifest: Mapping[str, str]) -> str:
    """Return what stands in `store.tsv`; its last row tells if a byte is not what was written."""
    rows = "".join(f"{key}\t{value}\n" for key, value in manifest.items())
    return f"{rows}sum\t{_sum(rows)}"


def _sum(rows: str) -> str:
    return f"{zlib.crc32(rows.encode()):08x}\n"


def differing(store: Path, manifest: Mapping[str, str], whoosh: str | None = None) -> str | None:
    """Return what to say of a store that was made with another format, dictionary, table of synonyms, or Whoosh.

    None if it was not; which Whoosh it was made with only a writer asks.
    """
    for name, ours, what in (
        ("format", FORMAT, "別の版の seisaku "),
        ("dictionary", analysis.dictionary(), "別の版の Sudachi 辞書"),
        ("synonyms", synonyms.fingerprint(), "別の同義語の表"),
        ("whoosh", whoosh or manifest.get("whoosh"), "別の版の Whoosh"),
    ):
        if manifest.get(name) != ours:
            return f"索引 {shown(store)} は{what}で作られています。{REBUILD}"
    return None


def default_store() -> Path:
    """Return where the store is when nobody says: SEISAKU_STORE, else the user's data directory."""
    named = os.environ.get("SEISAKU_STORE")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("seisaku", appauthor=False) / "store"


def papers(store: Path) -> "list[Document]":
    """Return the papers that a store keeps, in order of their ids, whatever it was made with. Raises StoreError."""
    return sorted(map(open_paper, paper_files(store)), key=lambda each: each.about.id)


def paper_files(store: Path) -> list[Path]:
    """Return the files of the papers that a store keeps, whatever it was made with. Raises StoreError.

    Where `store.tsv` is damaged or lost, they are those of the last generation that was written to its end.
    """
    try:
        folder = in_force(store, read_manifest(store))
    except StoreError:
        if not left(store):
            raise
        folder = left(store)[-1]
    papers = folder / PAPERS
    return [] if papers.is_symlink() else sorted(papers.glob("*.z"))


def open_paper(file: Path) -> "Document":
    """Return the paper in a file of `paper_files`. Raises StoreError."""
    try:
        return _unpack(file)
    except FileNotFoundError:
        raise _rewritten(file.parents[2]) from None


def paper(store: Path, document: str, generation: Path | None = None) -> "Document":
    """Return a paper as it was read. Raises StoreError when it is not there.

    `generation` is the folder to read it from, for a reader that has answered from that one and keeps it from being
    swept away; else that in force.
    """
    for attempt in range(5):
        folder = generation or in_force(store, read_manifest(store))
        try:
            return _unpack(paper_file(folder, document))
        except FileNotFoundError:
            if folder.name != read_manifest(store)["generation"]:  # a commit swept it away between two steps
                if generation:
                    raise _rewritten(store) from None  # where files cannot be locked
                time.sleep(0.01 * 2**attempt)
    raise StoreError(
        f"索引 {shown(store)} に文書 {shown(document)} の本文がありません。"
        "もとのファイルを seisaku index add で加えてください。"
    )


def _rewritten(store: Path) -> StoreError:
    return StoreError(f"索引 {shown(store)} は読んでいる間に書き換えられました。もう一度実行してください。")


def _unpack(file: Path) -> "Document":
    from index.document import Document, Line
    from index.store.contents import damaged
    from index.store.packing import DAMAGED, about_of, lines_of, unpack  # queries need no JSON

    try:
        value = unpack(read_bytes(file))
        about = about_of(value["about"])
        if paper_file(file.parents[1], about.id).name != file.name:
            raise damaged(file)  # it is the text of another paper
        return Document(about, tuple(Line(number, *line) for number, line in enumerate(lines_of(value["lines"]), 1)))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(file.parents[2], error) from None
    except DAMAGED:
        raise damaged(file) from None


def paper_file(generation: Path, document: str) -> Path:
    """Return the file of a paper's text; its name holds no character that a file system may not."""
    name = document.encode("utf-8", "surrogatepass")
    return generation / PAPERS / f"{name.hex()[:120]}-{zlib.crc32(name):08x}.z"
