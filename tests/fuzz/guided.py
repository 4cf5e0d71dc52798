"""Let atheris look for queries that reach what none has reached in the grammar, the planner and the engine.

It changes one query after the other, and keeps those that run through new branches of the modules that it instruments
as they are imported, in a process of its own where nothing has imported them before. `cov` in its lines is how many
branches were reached. It ends at the first failure; the query is printed.
"""

import importlib
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ASKED = "asked diagnosis engine grammar hits lexicon meant planner ranking reading records searcher sets showing"
SHOWN = "snippets stretches suggest tree vocabulary"
READ = "accounts schema text yen years"
MODULES = (
    *(f"search.{each}" for each in (*ASKED.split(), *SHOWN.split())),
    *(f"index.{each}" for each in READ.split()),
)
BEGUN, WORDS = 400, 500
"""So many queries are begun with, so many words of the store may be put in."""
OPTIONS = "-max_len=4000 -print_final_stats=1 -timeout=60 -rss_limit_mb=4096"
TOLD = 5000


def guided(seconds: float, store: Path) -> int:
    """Look for so long; return what the process that does it ends with: 0 where nothing failed."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzz.guided", str(store), folder, str(int(seconds))]
        return subprocess.run(command, check=False).returncode


def main(store: Path, folder: Path, seconds: str) -> None:
    """Ask one query after the other, as atheris makes them."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["search", "index"]):
        for each in (*MODULES, "index.accounts", "index.text", "index.yen", "index.years"):
            importlib.import_module(each)
    from search.results import GROUPS, SORTS
    from search.searcher import Searcher
    from tests.fuzz.queries import ONE_SECOND
    from tests.fuzz.target import HEAD, Target

    searcher, target = Searcher.open(store), Target("guided")
    sorts, groups = list(SORTS), [None, *GROUPS]

    def ask(how: int, query: str) -> None:
        searcher._kept.cache_clear()
        sort, only = sorts[(how >> 2) % len(sorts)], groups[(how >> 5) % len(groups)]
        searcher.search(query, sort=sort, only=only, match="all" if how & 1 else "any")
        if how & 2:
            searcher.explain(query)
            searcher.suggest(query)

    def attack(data: bytes) -> None:
        how, query = data[0] if data else 0, data[1:].decode("utf-8", "replace")
        target.attack(query, lambda: ask(how, query), ONE_SECOND)
        if target.cases % TOLD == 0:
            print(HEAD, target, sep="\n", flush=True)
        if target.failures:
            raise AssertionError(query)

    write_queries(folder, searcher)
    options = [*OPTIONS.split(), f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", f"-dict={folder}/words"]
    atheris.Setup([sys.argv[0], *options, f"{folder}/queries"], attack)
    atheris.Fuzz()


def write_queries(folder: Path, searcher: Any) -> None:
    """Write queries to begin with, and the words and joints that may be put into them."""
    from tests.hostile import CONDITIONS, JOINTS, nested, query

    rng, terms = random.Random(1), searcher.catalog.columns.strings("term")
    words = [terms[number].lstrip("+=") or "港" for number in range(0, len(terms), max(1, len(terms) // WORDS))]
    (folder / "queries").mkdir()
    for number in range(BEGUN):
        text = query(rng, words) if number % 4 == 0 else nested(rng, words, rng.randint(1, 4))
        case = bytes([rng.randrange(256)]) + text[:1000].encode("utf-8", "replace")
        (folder / "queries" / str(number)).write_bytes(case)
    atoms = [each.encode("utf-8", "replace").hex() for each in (*JOINTS, *CONDITIONS, *words)]
    escaped = [re.sub("(..)", r"\\x\1", each) for each in atoms if each]
    (folder / "words").write_text("".join(f'"{each}"\n' for each in escaped))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
