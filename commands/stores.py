"""The store that a command works on, made from the papers in seeds/ where there is none yet."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from search import Searcher


def open_searcher(store: Path | None) -> "Searcher":
    """Return a searcher of the store `store`, or of the user's own."""
    from search import Searcher

    searcher = Searcher.open(prepared(store))
    if searcher.outdated:
        click.echo(f"注意: {searcher.outdated}それまでは今の索引で答えます。", err=True)
    return searcher


def prepared(store: Path | None) -> Path:
    """Return where the store is; one that is not there yet is made from the papers in seeds/."""
    from index.store import read_manifest

    path = path_of(store)
    if not _is_vacant(path):
        read_manifest(path)  # a folder of other things is no place to write to
    else:
        from index import indexer

        with Progress("索引の作成") as step:
            made = indexer.build(path, step)
        if _on_terminal():
            click.echo(f"付属の文書{len(made.entries)}件で索引を作りました：{path}", err=True)
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


def _on_terminal() -> bool:
    """Say whether somebody reads the standard error stream."""
    return sys.stderr is not None and sys.stderr.isatty()


MANY = 100
"""So many papers take a while to write, once they are read."""


class Progress:
    """A bar on the standard error stream, on a terminal only; called once for each paper with how many there are."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __enter__(self) -> Callable[[int], None]:
        return self._step

    def _step(self, length: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(
                length=length,
                label=self._label,
                show_pos=True,
                show_percent=True,
                file=sys.stderr,
                hidden=not _on_terminal(),
            )
            self._bar.__enter__()
        self._bar.update(1)
        if length >= MANY and self._bar.finished and _on_terminal():
            click.echo("\n索引に書き込んでいます", err=True, nl=False)

    def __exit__(self, *error: Any) -> None:
        if self._bar is not None:
            self._bar.__exit__(*error)
