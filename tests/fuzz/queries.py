"""Queries that hurt, put to each question that a searcher answers."""

import random
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from search.results import GROUPS, SORTS
from search.searcher import Searcher
from tests.fuzz.target import HEAD, Target
from tests.hostile import query, short

ONE_SECOND = 1.0
SHORT = 60
"""A query of so many characters is put to every question, a longer one to the search and to one other in turn."""
TOLD = 500
SIDES = "2024当初 2025当初", "要求 当初", "2023 2024", "R5補正 R6補正"
Ask = Callable[[Searcher, str, random.Random], object]


def queries(more: Callable[[int], bool], seed: int, store: Path, asked: str = "") -> list[Target]:
    """Attack each question, or those that `asked` names, as long as there are to be `more` than so many characters.

    Nothing is kept of one answer for the next. The first question opens what all use, and is in no time.
    """
    rng, searcher = random.Random(seed), Searcher.open(store)
    questions = {name: ask for name, ask in ASKED.items() if name in (asked.split(",") if asked else ASKED)}
    targets = {name: Target(name) for name in questions}
    for name, ask in questions.items():
        targets[name].attack("", lambda ask=ask: ask(searcher, "蓄電池", rng))  # type: ignore[misc]
        targets[name].worst = targets[name].waited = 0.0
    first, *others = questions
    print(f"{memory():,} MiB to begin with", flush=True)
    for number, case in enumerate(_cases(rng, searcher)):
        if not more(targets[first].characters):
            break
        asked_too = others if len(case) <= SHORT else others[number % len(others) :][:1] if others else []
        for name in (first, *asked_too):
            work = partial(_anew, questions[name], searcher, case, rng)
            targets[name].attack(case, work, ONE_SECOND)
        if number % TOLD == TOLD - 1:
            print(f"{memory():,} MiB", HEAD, *targets.values(), sep="\n", flush=True)
    print(f"at most {memory():,} MiB")
    return list(targets.values())


def _cases(rng: random.Random, searcher: Searcher) -> Iterator[str]:
    """Yield queries without end, of the words and names of a store."""
    columns = searcher.catalog.columns
    terms, strings, names = columns.strings("term"), columns.strings("string"), columns.numbers("item.name")
    words = [terms[number].lstrip("+=") or "港" for number in range(len(terms))]
    while True:
        yield short(rng, words, strings[rng.choice(names)]) if rng.random() < 0.1 else query(rng, words)


def _anew(ask: Ask, searcher: Searcher, case: str, rng: random.Random) -> None:
    searcher._kept.cache_clear()
    ask(searcher, case, rng)


def _search(searcher: Searcher, case: str, rng: random.Random) -> None:
    sort, only = rng.choice(list(SORTS)), rng.choice((None, None, *GROUPS))
    limit, offset = rng.choice((20, 1, 100)), rng.choice((0, 0, 10**12, -5))
    searcher.search(case, limit=limit, offset=offset, sort=sort, only=only, match=rng.choice(("all", "any")))


def _total(searcher: Searcher, case: str, rng: random.Random) -> None:
    searcher.total(case, by=rng.choice((None, "account", "heading", "document", "stage", "year")))


def _compare(searcher: Searcher, case: str, rng: random.Random) -> None:
    sides = rng.choice((*SIDES, "", searcher.documents()[0].id))
    searcher.compare(f"{sides} {case}".split(" "))


ASKED: dict[str, Ask] = {
    "search": _search,
    "facets": lambda searcher, case, rng: searcher.facets(case, match=rng.choice(("all", "any"))),
    "total": _total,
    "gists": lambda searcher, case, rng: searcher.gists(case),
    "explain": lambda searcher, case, rng: searcher.explain(case),
    "suggest": lambda searcher, case, rng: searcher.suggest(case),
    "history": lambda searcher, case, rng: searcher.history(case),
    "compare": _compare,
    "programmes": lambda searcher, case, rng: searcher.programmes(case),
}


def memory() -> int:
    """Return the most memory that this process has had, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)
