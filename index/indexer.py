"""Papers into a store: find the files, read, outline, take the items out, write."""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import seeds
from index import store
from index.about import Given, checked
from index.document import About
from index.errors import PaperError, StoreError, StoreOutdated, shown
from index.filing import NEW, UNCHANGED, Filing, filed, inside
from index.jobs import collecting_rarely
from index.making import Counts, Made, Progress, made_again, made_of, made_of_seed, read_paper, understand
from index.sources import Fault, Sources, gathered
from index.store import contents
from index.store.catalog import Catalog
from index.store.storage import damaged
from index.store.whoosh_index import WhooshIndex
from index.store.writer import Writer

__all__ = ["Report", "add", "build", "check", "known", "read_paper", "remove", "seed_papers", "sync", "understand"]

WAIT = 10.0


class Entry(NamedTuple):
    """What became of one file: `state` is one of `index.filing`; of an unchanged one nothing is counted again.

    `lacks` are sentences on what was not given with it.
    """

    about: About
    state: str
    counts: Counts | None = None
    plain: str | None = None
    lacks: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What came of adding papers: an entry for each, ids that are gone, one sentence for each file not read.

    `copies` are files that are copies of another, `skipped` how many files no reader knows.
    """

    entries: list[Entry] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    skipped: int = 0


def add(
    path: Path,
    papers: Sequence[Path],
    given: Given | None = None,
    progress: Progress | None = None,
    *,
    jobs: int | None = 1,
    input_name: str | None = None,
) -> Report:
    """Add the papers in files, folders, ZIPs or standard input to the store at `path`, all in one commit.

    One of the same id is replaced; a file that has not changed is not read again. A file that cannot be read is
    told of in the report, and the others are added. `jobs` is how many processes read; None is as many as pay, for
    programs whose main module can be imported, as `multiprocessing` has it. `input_name` is the name of standard
    input as a file. Raises PaperError or StoreError; the store is then as it was.
    """
    held = known(path)
    with gathered(papers, input_name, path) as sources:
        if len(sources.found) > 1 and given and (given.get("id") or given.get("title")):
            raise PaperError(
                f"資料が{len(sources.found):,}件ありますので、識別名と題名を付けるときは一件だけ指定してください"
            )
        for source in sources.found[:1]:  # what is wrong with what is stated is said once
            checked(given or {}, Path(source.name))
        return _write(path, sources, filed(sources.found, held, given or {}), (), progress, jobs)


def sync(
    path: Path, folder: Path, progress: Progress | None = None, *, jobs: int | None = 1, dry_run: bool = False
) -> Report:
    """Make the store at `path` follow a folder, in one commit: what is new, what has changed, what is gone.

    Only papers that came from the folder go; what was stated of a paper stays stated. `dry_run` only says what
    would be done. Raises PaperError or StoreError; the store is then as it was.
    """
    if not folder.is_dir():
        raise PaperError(f"{shown(folder)} はフォルダーではありませんので、資料のフォルダーを指定してください")
    held = known(path)
    with gathered([folder], ours=path) as sources:
        filing = filed(sources.found, held, {}, follow=True)
        gone = _gone(held, shown(os.path.realpath(folder)), filing, sources.faults)
        if dry_run:
            return _report(sources, filing, {}, gone)
        return _write(path, sources, filing, gone, progress, jobs)


def known(path: Path) -> list[About]:
    """Return what the store at `path` knows of its papers; nothing where there is none. Raises StoreError."""
    if not store.exists(path):
        return []
    columns = store.open_columns(path)
    if columns.outdated:
        raise StoreOutdated(columns.outdated)  # before an hour of reading, not after it
    catalog = Catalog(columns)
    return [catalog.about(number) for number in range(catalog.papers)]


def _gone(papers: Iterable[About], folder: str, filing: Filing, faults: Iterable[Fault]) -> list[str]:
    """Return the papers that came from a folder and are there no more, but for what could not be looked into."""
    held = {each.id for each in filing.papers}
    unknown = [each.origin for each in (*faults, *filing.faults) if each.origin is not None]
    return [
        each.id
        for each in papers
        if inside(each, folder) and each.id not in held and not any(inside(each, origin) for origin in unknown)
    ]


@collecting_rarely()
def _write(
    path: Path,
    sources: Sources,
    filing: Filing,
    gone: Sequence[str],
    progress: Progress | None,
    jobs: int | None,
) -> Report:
    """Read the papers that are new or have changed, write them to the store and take out what is gone."""
    began = time.monotonic()
    tasks = [each for each in filing.papers if each.state != UNCHANGED]
    made = dict(zip((each.id for each in tasks), made_of(tasks, progress, jobs), strict=True))
    ready = [each.ready for each in made.values() if isinstance(each, Made)]
    if ready or gone:
        # Who has read for an hour does not give up because another process writes for a minute.
        with Writer(path, wait=max(WAIT, time.monotonic() - began), jobs=jobs) as writer:
            for name in gone:
                writer.remove(name)
            for each in ready:
                writer.add(each)
            writer.commit()
    return _report(sources, filing, made, gone)


def _report(sources: Sources, filing: Filing, made: dict[str, Made | Fault], gone: Sequence[str]) -> Report:
    """Return what became of each file, in their order; where nothing was made of one, what would become of it."""
    report = Report(gone=list(gone), copies=[each.name for each in filing.copies], skipped=sources.skipped)
    report.faults = [each.sentence for each in (*sources.faults, *filing.faults)]
    for each in filing.papers:
        match made.get(each.id):
            case Made(ready, counts, lacks):
                report.entries.append(Entry(ready.about, each.state, counts, each.plain, lacks))
            case Fault(sentence):
                report.faults.append(sentence)
            case None:
                report.entries.append(Entry(About(each.id, each.source.name), each.state, None, each.plain))
    return report


@collecting_rarely()
def build(path: Path, progress: Progress | None = None, *, jobs: int | None = 1) -> Report:
    """Make the store at `path` anew: of the papers that it keeps, or if there is none of those in seeds/.

    Raises PaperError or StoreError; the store is then as it was.
    """
    with Writer(
        path, anew=True, jobs=jobs
    ) as writer:  # what it keeps is read under its lock: another may be adding to it
        if store.left(path):
            made = made_again(store.paper_files(path), progress, jobs)
        else:
            made = []
            for file in (files := seed_papers()):
                made.append(made_of_seed(file))
                if progress:
                    progress(len(files))
        made.sort(key=lambda each: each.ready.about.id)
        for each in made:
            writer.add(each.ready)
        writer.commit()
    return Report([Entry(each.ready.about, NEW, each.counts) for each in made])


def check(path: Path, *, deep: bool = False) -> None:
    """Look at every byte of the store at `path`: what answers queries, what commits need, the text of the papers.

    `deep` reads all of it besides, and holds what answers queries against the index of record. Raises StoreError where
    something is not what was written.
    """
    columns = store.open_columns(path)
    generation = columns.path.parent
    contents.check(generation)
    columns.check()
    catalog = Catalog(columns)
    abouts = [catalog.about(number) for number in range(catalog.papers)]
    kept = contents.read(generation)
    for each in abouts:
        if f"{store.PAPERS}/{store.paper_file(generation, each.id).name}" not in kept:
            raise contents.damaged(store.paper_file(generation, each.id))
    if deep:
        _check_papers(path, generation, catalog, abouts)


def _check_papers(path: Path, generation: Path, catalog: Catalog, abouts: Sequence[About]) -> None:
    """Read each paper in the three forms that a store has of it, and each word in two.

    Raises StoreError where these do not say the same.
    """
    whoosh = WhooshIndex(generation, new=False)
    with whoosh.reading():
        recorded = {stored.about.id: stored for _, stored in whoosh.papers()}
        terms = [term for term, postings in whoosh.occurrences() if sum(1 for _ in postings)]
    known = catalog.columns.strings("term")
    if [known[number] for number in range(len(known))] != sorted(terms, key=str.encode):
        raise contents.damaged(catalog.columns.path)
    if recorded.keys() != {each.id for each in abouts}:
        raise damaged(generation)
    for number, about in enumerate(abouts):
        stored = recorded[about.id]
        store.paper(path, about.id, generation)
        try:
            same = [catalog.item(each) for each in catalog.items_of(number)] == stored.items
        except (LookupError, ValueError, TypeError):
            same = False
        if not same:
            raise contents.damaged(catalog.columns.path)


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
