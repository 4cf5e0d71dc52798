"""Readers and writers at once: no error, no mixed answer, each answer is that of one commit.

    python -m tests.lasting.together [--seconds 60] [--threads 8] [--processes 8]

A writer, a process of its own, replaces two papers and adds or removes a third in one commit after another; the
version stands in every item. Readers open the store or go on with one that they opened before, and hold all that it
says against what that one commit says: hits, amounts, sums, and the text of the papers, even if replaced since.
"""

import argparse
import gc
import os
import random
import re
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from index import indexer
from index.store.writer import Writer
from search import Searcher
from tests.lasting.papers import NAMES, paper_file

ITEMS = 3
FEWEST = 4
"""So many versions there are, however slow the machine is."""
_VERSION = re.compile(r"第([0-9]+)版")


class Seen(NamedTuple):
    """How many commits there were, how many answers were held against them, and how many versions were seen."""

    commits: int
    answers: int
    versions: int


def commit(path: Path, papers: Path, version: int) -> None:
    """Make all papers of the store those of a version; the third is there in every other one."""
    ready = [indexer.read_paper(paper_file(papers, name, version)) for name in NAMES]
    with Writer(path, wait=60) as writer:
        for each in ready[: 2 + version % 2]:
            writer.add(each)
        if not version % 2:
            writer.remove(NAMES[2])
        writer.commit()


def version_of(searcher: Searcher) -> int:
    """Return of which version a store is, once all that it says is seen to be of that one."""
    (version,) = {int(each) for about in searcher.documents() for each in _VERSION.findall(_text(searcher, about.id))}
    papers = 2 + version % 2
    page = searcher.search("事業 amount>0", limit=None)
    assert len(page.hits) == papers * ITEMS, "not as many hits as the commit has"
    for hit in page.hits:
        assert _VERSION.findall(hit.item.name) == [str(version)], "a mixed answer"
        assert {each.yen // 10**9 for each in hit.item.amounts} <= {version, version // 10}, "a mixed answer"
    sums = [total.yen for total in searcher.total("事業").totals if total.yen]
    assert sums == [papers * sum(version * 10 + number for number in range(1, ITEMS + 1)) * 10**8], "a mixed sum"
    assert searcher.facets("事業").hits == papers * ITEMS
    return version


def _text(searcher: Searcher, document: str) -> str:
    return "".join(text for item in searcher.items(document) for _, text in searcher.lines(item))


def asked(path: Path, seed: int, over: Path) -> Counter[int]:
    """Ask until the writer is done, and once more; return how often each version answered."""
    lots, seen = random.Random(seed), Counter[int]()
    searcher, opened = Searcher.open(path), 0
    while not over.exists():
        if lots.random() < 0.3:  # else the one from before answers, though its papers have been replaced
            searcher, opened = Searcher.open(path), 0
        version = version_of(searcher)
        assert opened in (0, version), "another answer than before"
        opened = version
        seen[version] += 1
    seen[version_of(Searcher.open(path))] += 1
    return seen


def in_process(work: Callable[[], Counter[int]], pipe: int) -> int:
    """Start a process that writes what `work` has seen into a pipe; what it meets ends it with status 1."""
    if process := os.fork():
        return process
    status = 1
    try:
        seen = work()
        os.write(pipe, "".join(f"{version} {count}\n" for version, count in seen.items()).encode())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def write(path: Path, papers: Path, end: float, over: Path) -> Counter[int]:
    """Commit one version after another until it is time to end, a few in any case; say when it is over."""
    version = 1
    try:
        while time.monotonic() < end or version < FEWEST:
            version += 1
            commit(path, papers, version)
    finally:
        over.touch()
    return Counter({-version: 1})


def run(folder: Path, seconds: float, threads: int, processes: int) -> Seen:
    """Have so many threads and processes ask for so long while a writer writes; raises what any of them meets."""
    path, papers, over = folder / "store", folder / "papers", folder / "over"
    papers.mkdir()
    commit(path, papers, 1)
    end = time.monotonic() + seconds
    read, told = os.pipe()
    children = [in_process(lambda: write(path, papers, end, over), told)]
    for number in range(processes):
        children.append(in_process(lambda number=number: asked(path, number, over), told))  # type: ignore[misc]
    os.close(told)
    with ThreadPoolExecutor(threads) as pool:
        asking = [pool.submit(asked, path, -1 - number, over) for number in range(threads)]
        seen = sum((each.result() for each in asking), Counter[int]())
    rows = b"".join(iter(lambda: os.read(read, 1 << 16), b"")).decode().splitlines()
    os.close(read)
    assert [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children] == [0] * len(children)
    for row in rows:
        number, count = map(int, row.split())
        seen[number] += count
    commits = -min(seen)
    del seen[-commits]
    assert set(seen) <= set(range(1, commits + 1))
    assert seen[commits] >= threads + processes, "not the last commit, once that was done"
    gc.collect()
    commit(path, papers, commits + 1)
    assert len(list(path.glob("gen-*"))) == 1, "what nobody reads any more stays"
    return Seen(commits, seen.total(), len(seen))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--processes", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        seen = run(Path(name), options.seconds, options.threads, options.processes)
    print(
        f"together: {options.threads} threads and {options.processes} processes, {options.seconds:.0f} s: "
        f"{seen.commits} commits, {seen.answers} answers of {seen.versions} versions, no error, none mixed"
    )


if __name__ == "__main__":
    main()
