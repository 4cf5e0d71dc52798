"""The store that a command works on, made from the papers in seeds/ where there is none yet."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from search import Searcher


def open_searcher(store: Path | None) -> "Searcher":
    """Return a searcher of the store `store`, or of the user's own."""
    from search import Searcher

    return Searcher.open(prepared(store))


def prepared(store: Path | None) -> Path:
    """Return where the store is; one that is not there yet is made from the papers in seeds/."""
    from index.store import read_manifest

    path = path_of(store)
    if not _is_vacant(path):
        read_manifest(path)  # a folder of other things is no place to write to
    else:
        from index import indexer

        with Progress(None, "索引の作成") as step:
            indexer.build(path, step)
    return path


def path_of(store: Path | None) -> Path:
    """Return the folder `store`, or the one of the user's own store."""
    from index.store import default_store

    return store if store is not None else default_store()


def _is_vacant(path: Path) -> bool:
    """Say whether there is nothing at `path`, or only what a first run left that broke off."""
    if not path.exists():
        return True
    return path.is_dir() and all(re.fullmatch(r"writer\.lock|gen-\d+", each.name) for each in path.iterdir())


class Progress:
    """A bar on the standard error stream, on a terminal only; called once for each paper."""

    def __init__(self, length: int | None, label: str) -> None:
        from index import indexer

        number = length if length is not None else len(indexer.seed_papers())
        self._bar = click.progressbar(length=number, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())

    def __enter__(self) -> Any:
        self._bar.__enter__()
        return lambda: self._bar.update(1)

    def __exit__(self, *error: Any) -> None:
        self._bar.__exit__(*error)
