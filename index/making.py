"""A file to a paper that is ready for the store; many of them in as many processes as pay."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from index import jobs as processes
from index import opendata, store
from index.about import Given, about
from index.document import Document
from index.errors import PaperError, StoreError, shown
from index.filing import Filed, filed, said_of
from index.items import items
from index.notice import notices
from index.outline.sections import outline
from index.readers import read_lines
from index.readers.text import MAX_BYTES
from index.sources import Fault, Source
from index.store.writer import Paper, Ready

Progress = Callable[[int], object]
"""Called once for each paper that is read, with how many there are."""

A = TypeVar("A")
B = TypeVar("B")

MOST = 61
"""So many processes can be waited for on Windows."""
SMALL = 512 * 1024
"""So many bytes of text are read sooner than a second process has started."""
TIMES_TEXT = {".txt": 1, ".text": 1, ".md": 1, ".markdown": 1, ".csv": 1, ".tsv": 1, ".html": 1, ".htm": 1, ".z": 4}
PACKED = 10
"""How much longer a byte takes to read than one of text, by suffix; and in any other format."""


class Counts(NamedTuple):
    """How many items and amounts a paper has, and how much in it was not understood."""

    items: int
    amounts: int
    left: int


class Made(NamedTuple):
    """What was made of one file: a paper ready for the store, and what it lacks."""

    ready: Ready
    counts: Counts
    lacks: tuple[str, ...] = ()


def read_paper(path: Path, given: Given | None = None) -> Paper:
    """Return the paper in the file `path`, with its items. Raises PaperError.

    `given` is what the user says of it: id, title, publisher, date, year, stage, account.
    """
    lines = read_lines(path)
    return understand(Document(about(path, lines, given or {}), lines))


def understand(document: Document) -> Paper:
    """Return a paper with its items, and with what in it was not understood."""
    found, left = opendata.understood(document) or items(document, outline(document))
    return Paper(document, found, [*notices(document), *left])


def made_of(tasks: Sequence[Filed], progress: Progress | None = None, jobs: int | None = None) -> list[Made | Fault]:
    """Return what was made of each file, in their order; `jobs` is how many processes read, None as many as pay."""
    sizes = [_weight(each.source.path) for each in tasks]
    made = _all(_made, tasks, sizes, progress, jobs)
    return [
        _died(task.source) if isinstance(each, processes.Died) else each for task, each in zip(tasks, made, strict=True)
    ]


def made_again(files: Sequence[Path], progress: Progress | None = None, jobs: int | None = None) -> list[Made]:
    """Return what is made of the papers that a store keeps in `files`. Raises StoreError."""
    made: list[Made] = []
    for file, each in zip(files, _all(_made_again, files, list(map(_weight, files)), progress, jobs), strict=True):
        if isinstance(each, processes.Died):
            raise StoreError(
                f"文書の本文 {shown(file)} を読み直すプロセスが止まりました（メモリ不足など）。"
                "--jobs 1 を付けてやり直してください。"
            )
        made.append(each)
    return made


def made_of_seed(file: Path) -> Made:
    """Return a paper that comes with the product: from no place, so that a user's file of its name replaces it."""
    seed = filed([Source(file, str(file))], [], {})
    made = _made(seed.papers[0]) if seed.papers else seed.faults[0]
    if isinstance(made, Fault):
        raise PaperError(made.sentence)
    return made


def _all(
    work: Callable[[A], B], values: Sequence[A], sizes: Sequence[int], progress: Progress | None, jobs: int | None
) -> list[B | processes.Died]:
    """Return what `work` makes of each of the values, in their order."""
    made: dict[int, B | processes.Died] = {}
    with closing(processes.each(work, values, _jobs(sizes, jobs))) as done:
        for position, each in done:
            made[position] = each
            if progress:
                progress(len(values))
    return [made[position] for position in range(len(values))]


def _weight(path: Path) -> int:
    try:
        return min(path.stat().st_size, MAX_BYTES) * TIMES_TEXT.get(path.suffix.lower(), PACKED)
    except OSError:
        return 0


def _jobs(sizes: Sequence[int], jobs: int | None) -> int:
    """Return how many processes to read in: `jobs`, else one where there is little to read, else all cores."""
    if jobs is None:
        jobs = processes.cores() if sum(sizes) > SMALL else 1
    return min(jobs, len(sizes), MOST)


def _made(each: Filed) -> Made | Fault:
    """Return what is made of a file; what is wrong with it concerns no other."""
    source = each.source
    try:
        lines = read_lines(source.path)
        stated = tuple(name for name, value in each.given.items() if value is not None)
        known = about(source.path, lines, each.given)
        known = replace(known, id=each.id, source=source.origin, digest=each.digest, given=stated)
        return _counted(understand(Document(known, lines)))
    except PaperError as fault:
        return Fault(said_of(source, fault), source.origin)
    except MemoryError:
        return _died(source)
    except Exception as fault:  # one paper that nobody has thought of shall not keep out a thousand others
        kind = type(fault).__name__
        return Fault(
            f"{source.name} は読み取りの途中で止まりました（{kind}）ので、開発者に知らせてください", source.origin
        )


def _died(source: Source) -> Fault:
    return Fault(
        f"{source.name} は読み取るプロセスが止まりました（メモリ不足など）ので、分けてから指定してください",
        source.origin,
    )


def _counted(paper: Paper) -> Made:
    items = [item for item in paper.items if item.kind != "passage" or item.amounts]
    amounts = sum(len(item.amounts) for item in items)
    lacks = tuple(opendata.lacking(paper.document))
    return Made(Ready.of(paper), Counts(len(items), amounts, len(paper.remainders)), lacks)


def _made_again(file: Path) -> Made:
    return _counted(understand(store.open_paper(file)))
