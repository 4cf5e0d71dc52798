"""Papers and queries made to do harm: each ends, in time, in an answer or in what is said of it."""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from index.document import About, Document
from index.errors import Failure
from index.making import understand
from index.readers import read_lines
from index.readers.text import split
from search.errors import QueryError
from search.grammar import MAX_LENGTH
from search.searcher import Searcher
from tests.hostile import GROWING, query, spec
from tests.pace import grows_in_step

TWICE = 2.2
SIZE = 40
WORDS = ["蓄電池", "半導体", "事業", "業", "の", "ー", "EV", "強靱化", "サーバー", "a"]


def read(text: str) -> None:
    understand(Document(About("d", "題", year=2024, stage="request"), split(text)))


def fault_of(work: Callable[[], object]) -> Failure | None:
    """Return what the user is told when `work` is done, None where all is well; anything else is raised."""
    try:
        work()
    except Failure as fault:
        return fault
    return None


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called to do `work`: the same on any machine, however busy."""
    count = 0

    def called(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", GROWING)
def test_a_paper_twice_as_long_takes_twice_the_work(name: str) -> None:
    paper = GROWING[name]
    read(paper(2 * SIZE))  # what is kept from one paper to the next is there for both
    assert calls(lambda: read(paper(2 * SIZE))) <= TWICE * calls(lambda: read(paper(SIZE)))


SOME = ["支援", "事業", "推進", "企業", "技術", "開発", "強化", "整備", "促進", "人材"]
MANY = [f"{one}{other}" for one in SOME for other in SOME]
JOINED = {
    "all": " ".join,
    "any": " OR ".join,
    "none": lambda words: f"支援 -{' -'.join(words)}",
    "phrases": lambda words: " OR ".join(f'"{each}"' for each in words),
    "beginnings": lambda words: " OR ".join(f"{each}*" for each in words),
    "names": lambda words: f"名称:({' OR '.join(words)})",
    "sums": lambda words: " OR ".join(f"金額>{number}億" for number in range(len(words))),
    "roles": lambda words: " ".join(f"(役割:合計 OR -役割:前年度 OR {each})" for each in words[: len(words) // 2]),
    "headings": lambda words: " ".join(f"(見出し:{each} OR 金額>{number})" for number, each in enumerate(words)),
}


@pytest.mark.parametrize("joined", JOINED.values(), ids=list(JOINED))
def test_a_query_twice_as_long_takes_twice_the_work(searcher: Searcher, joined: Callable[[list[str]], str]) -> None:
    def work(number: int) -> int:
        searcher._kept.cache_clear()
        return calls(lambda: searcher.search(joined(MANY[:number])))

    work(2 * SIZE)
    assert work(2 * SIZE) <= TWICE * work(SIZE)


@pytest.mark.parametrize("name", [each for each in GROWING if "behind" in each or "before" in each or "shared" in each])
def test_a_pattern_does_not_try_again_and_again(name: str) -> None:
    assert grows_in_step(read, GROWING[name](10_000))


@pytest.mark.parametrize("seed", range(40))
def test_any_paper_is_read(seed: int) -> None:
    read(spec(random.Random(seed)).paper(1500))


@pytest.mark.parametrize("seed", range(60))
def test_any_query_is_answered_or_pointed_at(seed: int, searcher: Searcher) -> None:
    asked = query(random.Random(seed), WORDS)
    for answer in (searcher.search, searcher.facets, searcher.explain, searcher.suggest):
        fault = fault_of(lambda answer=answer: answer(asked))  # type: ignore[misc]
        assert fault is None or (isinstance(fault, QueryError) and 0 <= fault.start <= fault.end <= len(fault.source))


@pytest.mark.parametrize("question", ["search", "total", "facets", "explain", "history", "programmes", "compare"])
def test_what_is_too_long_is_refused_before_it_is_read(searcher: Searcher, question: str) -> None:
    long = "港" * (MAX_LENGTH + 1)
    with pytest.raises(QueryError, match="字まで"):
        getattr(searcher, question)([long] if question == "compare" else long)


@pytest.mark.parametrize("name", ["paper.html", "paper.csv", "paper.txt"])
@pytest.mark.parametrize("seed", range(6))
def test_any_bytes_are_read_or_refused(tmp_path: Path, name: str, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / name
    path.write_bytes(spec(rng).paper(2000).encode("utf-8", "replace") + rng.randbytes(rng.choice((0, 1, 200))))
    fault = fault_of(lambda: read_lines(path))
    assert fault is None or "\n" not in str(fault)
