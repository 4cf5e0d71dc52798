"""Papers into a store: read, outline, take the items out, write."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import seeds
from index import store
from index.about import about
from index.document import Document
from index.errors import StoreError
from index.items import items
from index.outline import outline
from index.readers import read_lines
from index.store.catalog import Catalog
from index.store.whoosh_index import WhooshIndex, damaged
from index.store.writer import Paper, Writer

Progress = Callable[[], object]


def read_paper(path: Path, given: Mapping[str, str | int | None] | None = None) -> Paper:
    """Return the paper in the file `path`, with its items. Raises PaperError.

    `given` is what the user says of it: id, title, publisher, date, year, stage, account.
    """
    lines = read_lines(path)
    return understand(Document(about(path, lines, given or {}), lines))


def understand(document: Document) -> Paper:
    """Return a paper with its items, and with what in it was not understood."""
    return Paper(document, *items(document, outline(document)))


def add(
    path: Path,
    papers: Sequence[Path],
    given: Mapping[str, str | int | None] | None = None,
    progress: Progress | None = None,
) -> list[Paper]:
    """Add papers to the store at `path`, all in one commit, in place of those of the same id; return them.

    Raises PaperError or StoreError; the store is then as it was.
    """
    read = []
    for paper in papers:
        read.append(read_paper(paper, given))
        if progress:
            progress()
    return write(path, read)


def write(path: Path, papers: Iterable[Paper]) -> list[Paper]:
    """Write papers to the store at `path` in one commit."""
    written = []
    with Writer(path) as writer:
        for paper in papers:
            writer.add(paper)
            written.append(paper)
        writer.commit()
    return written


def build(path: Path, progress: Progress | None = None) -> list[Paper]:
    """Make the store at `path` anew: of the papers that it keeps, or if there is none of those in seeds/.

    Raises StoreError.
    """
    with Writer(path, anew=True) as writer:  # what it keeps is read under its lock: another may be adding to it
        documents = store.papers(path) if store.left(path) else []
        sources: Iterable[Callable[[], Paper]] = [partial(understand, each) for each in documents] or [
            partial(read_paper, each) for each in seed_papers()
        ]
        built = []
        for source in sources:
            built.append(source())
            writer.add(built[-1])
            if progress:
                progress()
        writer.commit()
    return built


def check(path: Path) -> None:
    """Look at every byte of the store at `path`: what answers queries, what commits need, the text of the papers.

    Raises StoreError where something is not what was written.
    """
    columns = store.open_columns(path)
    columns.check()
    catalog = Catalog(columns)
    generation = columns.path.parent
    kept = {stored.about.id for _, stored in WhooshIndex(generation, new=False).papers()}
    for number in range(catalog.papers):
        about = catalog.about(number)
        store.paper(path, about.id, generation)
        if about.id not in kept:
            raise damaged(generation)


def remove(path: Path, documents: Sequence[str]) -> None:
    """Remove papers from the store at `path` in one commit.

    Raises StoreError when one of them is not there; none is removed then.
    """
    store.read_manifest(path)  # a store is not made to remove from it
    with Writer(path) as writer:
        missing = [each for each in documents if not writer.remove(each)]
        if missing:
            raise StoreError(
                f"文書 {'、'.join(missing)} は索引にありません。seisaku index list で識別名を確かめてください。"
            )
        writer.commit()


def seed_papers() -> list[Path]:
    """Return the papers that come with the product."""
    return sorted(each for each in seeds.folder().iterdir() if each.suffix in (".md", ".txt"))
