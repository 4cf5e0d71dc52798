"""Queries in one process, with the index open: the same questions to every engine, one after the other."""

import gc
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.peers import PEERS, Entry, Peer, Query
from benchmarks.table import OURS, Row, milliseconds
from index import analysis
from index.text import fold
from search import Searcher
from search.errors import QueryError
from search.grammar import parse
from search.tree import Word

SEED = 3
QUERIES = 40
PAGE = 10
PART, PAGE_OF = "a part of a word", "a word"
SAFE = 12  # sums and histories take longer: fewer of them are asked for

NO_SLOWER = {
    "a word and an amount": "tantivy",
    "a word": "FTS5",
    "two words": "FTS5",
    "OR of three": "FTS5",
    "a phrase": "FTS5",
}
"""The kinds of queries that are to take no longer than a peer, median and p95."""

MOST = {"an amount": 1.0, "an amount, sorted by amount": 1.0, "a beginning": 20.0, PART: 20.0}
"""The kinds that are to take no longer than so many milliseconds, p95."""

MOST_OF_A_PAGE = 30.0  # ms

RARE: dict[str, Callable[[Searcher], object]] = {
    "the first facets of a store": lambda searcher: searcher.facets(COMMON),
    "all links between programmes": lambda searcher: searcher.programmes(),
    "links of programmes with a common word": lambda searcher: searcher.programmes(COMMON),
    "two years, programme by programme": lambda searcher: searcher.compare(["2023", "2024"]),
}
"""What is asked now and then, and looks at all of a store: none is to take over a second."""

COMMON = "業"
"""What three names of four hold."""

MOST_OF_ALL = 1000.0  # ms

Answer = Callable[[Query], int]


class Draw:
    """Draws queries from what was indexed: words that Sudachi leaves as they are, so that all search for the same."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._rng = random.Random(SEED)
        self._entries = entries
        self._yen = sorted(each.yen for each in entries if each.yen)
        counted = Counter(term for each in entries for term in set(each.body.split()))
        least = max(3, len(entries) // 2000)
        known = sorted((term for term in counted if counted[term] >= least), key=lambda term: (-counted[term], term))
        words = [term for term in known if len(term) > 1 and _is_word(term)]
        if len(words) < QUERIES:
            raise ValueError(f"too few papers to draw queries from: {len(words)} words stand in {least} items or more")
        self._words = set(words)
        self._strata = [each for each in (words[:40], words[40:200], words[200:]) if each]

    def all(self, number: int = QUERIES) -> dict[str, list[Query]]:
        """Return so many queries of every kind."""
        kinds: dict[str, Callable[[], Query]] = {
            "a word and an amount": self._word_and_amount,
            "a word": lambda: self._of(self._word()),
            "two words": self._two_words,
            "OR of three": self._either,
            "a phrase": self._phrase,
            "a beginning": self._beginning,
            "an amount": self._amount,
            "an amount, sorted by amount": lambda: self._amount()._replace(sort="-amount"),
            PART: self._part,
            "a word, sorted by amount": lambda: self._of(self._word())._replace(sort="-amount"),
        }
        return {kind: [draw() for _ in range(number)] for kind, draw in kinds.items()}

    def _word(self) -> str:
        """Return a word: as likely a frequent one as a middling or a rare one."""
        return self._rng.choice(self._rng.choice(self._strata))

    def _of(self, *words: str) -> Query:
        return Query(" ".join(words), tuple((each,) for each in words))

    def _word_and_amount(self) -> Query:
        word, yen = self._word(), self._yen[int(len(self._yen) * self._rng.uniform(0.5, 0.95))]
        return Query(f"{word} AND amount>{yen}", ((word,),), low=yen + 1)

    def _two_words(self) -> Query:
        """Return two words of one item."""
        while True:
            words = sorted(self._words.intersection(self._rng.choice(self._entries).body.split()))
            if len(words) > 1:
                return self._of(*self._rng.sample(words, 2))

    def _either(self) -> Query:
        words = list({self._word(): None for _ in range(3)})
        return self._of(*words)._replace(text=" OR ".join(words), either=True)

    def _phrase(self) -> Query:
        """Return two or three terms in a row, from a name in which they stand in just these characters."""
        while True:
            entry, length = self._rng.choice(self._entries), self._rng.choice((2, 2, 3))
            terms = analysis.terms(entry.name)[0]
            first = self._rng.randrange(max(1, len(terms) - length))
            phrase = tuple(terms[first : first + length])
            text = "".join(phrase)
            if len(phrase) == length and text in fold(entry.name) and _analysed(text) == phrase and '"' not in text:
                return Query(f'"{text}"', (phrase,))

    def _beginning(self) -> Query:
        beginning = self._word()[:2]
        return Query(f"{beginning}*", prefix=beginning)

    def _part(self) -> Query:
        """Return two characters from within a word: 電池 in 蓄電池."""
        while True:
            word = self._word()
            at = self._rng.randrange(1, max(2, len(word) - 1))
            if len(part := word[at : at + 2]) == 2 and _is_plain(part):
                return Query(part)

    def _amount(self) -> Query:
        yen = self._rng.choice(self._yen)
        return Query(f"amount:{yen}..{yen * 10}", low=yen, high=yen * 10)


def _analysed(text: str) -> tuple[str, ...]:
    return tuple(analysis.terms(text)[0])


def _is_plain(text: str) -> bool:
    try:
        return isinstance(parse(text), Word)
    except QueryError:
        return False


def _is_word(term: str) -> bool:
    try:
        return isinstance(parse(term), Word) and _analysed(term) == (term,)
    except QueryError:
        return False


def measure(
    store: Path, folders: dict[str, Path], entries: Sequence[Entry], rounds: int, *, with_target: bool
) -> Iterator[Row]:
    """Yield for each kind of query how long one takes: all hits counted and grouped, ten shown."""
    engines, drawn = _engines(store, folders), Draw(entries).all()
    gc.collect()
    gc.freeze()  # the items that the queries were drawn from are ours; nobody who searches has to look through them
    for kind, queries in drawn.items():
        row = _row(kind, queries, {OURS: engines[OURS]} if kind == PART else engines, rounds)
        yield _judged(kind, row) if with_target else row
    yield _page(store, drawn[PAGE_OF], rounds, with_target=with_target)
    yield from _rare(store, with_target=with_target)
    yield from _sums(store, drawn[PAGE_OF][:SAFE], [each.name for each in entries[:: len(entries) // SAFE][:SAFE]])


def _row(kind: str, queries: Sequence[Query], engines: dict[str, Answer], rounds: int) -> Row:
    hits = {name: median(answer(query) for query in queries) for name, answer in engines.items()}
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for query in queries:
            for name, answer in engines.items():
                began = time.perf_counter()
                answer(query)
                seconds[name].append(time.perf_counter() - began)
    found = " / ".join(f"{each:g}" for each in hits.values())
    return Row(f"{kind} ({found} hits), ms", {name: milliseconds(each) for name, each in seconds.items()})


def _judged(kind: str, row: Row) -> Row:
    """Return a row with what it has to reach, and whether it did."""
    assert row.ours.p95 is not None
    if kind in MOST:
        return row._replace(target=f"p95 ≤ {MOST[kind]:g} ms", reached=row.ours.p95 <= MOST[kind])
    if kind in NO_SLOWER:
        peer = row.values[NO_SLOWER[kind]]
        assert peer.p95 is not None
        reached = row.ours.middle <= peer.middle and row.ours.p95 <= peer.p95
        return row._replace(target=f"≤ {NO_SLOWER[kind]}, median and p95", reached=reached)
    return row


def _page(store: Path, queries: Sequence[Query], rounds: int, *, with_target: bool) -> Row:
    """Return how long all takes that a page shows of a word: ten hits, the facets of all, their safe sums."""
    searcher, seconds = Searcher.open(store), []
    for number in range(-1, rounds):  # the first round learns which amounts may say the same
        for query in queries:
            began = time.perf_counter()
            searcher.search(query.text, limit=PAGE)
            searcher.facets(query.text)
            searcher.points(query.text)
            if number >= 0:
                seconds.append(time.perf_counter() - began)
    row = Row(f"{PAGE_OF}: hits, facets and sums, ms", {OURS: milliseconds(seconds)})
    if not with_target:
        return row
    assert row.ours.p95 is not None
    return row._replace(target=f"p95 ≤ {MOST_OF_A_PAGE:g} ms", reached=row.ours.p95 <= MOST_OF_A_PAGE)


def _rare(store: Path, *, with_target: bool) -> Iterator[Row]:
    """Yield how long each of RARE takes that is the first question to a store that was just opened."""
    for job, ask in RARE.items():
        searcher = Searcher.open(store)
        began = time.perf_counter()
        with suppress(QueryError):  # a small store may not have both years
            ask(searcher)
        row = Row(f"{job}, ms", {OURS: milliseconds([time.perf_counter() - began])})
        reached = row.ours.middle <= MOST_OF_ALL
        yield row._replace(target=f"≤ {MOST_OF_ALL / 1000:g} s", reached=reached) if with_target else row


def _sums(store: Path, queries: Sequence[Query], names: Sequence[str]) -> Iterator[Row]:
    """Yield how long it takes to tell each amount of a sum, and to follow a programme."""
    searcher = Searcher.open(store)
    jobs: dict[str, list[Callable[[], object]]] = {
        f"{PAGE_OF}: its sums with all amounts": [partial(searcher.total, query.text) for query in queries],
        "the history of a programme": [partial(_history, searcher, name) for name in names],
    }
    for job, asked in jobs.items():
        seconds = []
        for ask in asked:
            began = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - began)
        yield Row(f"{job}, ms", {OURS: milliseconds(seconds)})


def _history(searcher: Searcher, name: str) -> None:
    with suppress(QueryError):  # a name may be of several
        searcher.history(name)


def _engines(store: Path, folders: dict[str, Path]) -> dict[str, Answer]:
    searcher = Searcher.open(store)
    engines: dict[str, Answer] = {OURS: lambda query: searcher.search(query.text, limit=PAGE, sort=query.sort).found}
    for name in PEERS:
        peer = PEERS[name](str(folders[name]))
        peer.open()
        engines[name] = partial(_count, peer)
    return engines


def _count(peer: Peer, query: Query) -> int:
    return peer.search(query)[0]
