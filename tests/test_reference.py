"""Queries drawn from the papers in seeds/, against an evaluator that reads every record and asks no index.

    python -m tests.test_reference 5000

asks more of them.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from index import analysis, indexer
from index.document import Item
from search import Searcher
from search.errors import QueryError
from search.figures import Total
from tests import reference

SEED, QUERIES = 11, 75
FOR_OTHERS = ("transfer", "revenue", "prose", "again", "elsewhere", "part", "total")
"""Why sums leave out amounts that could be in one for what they say themselves."""

Drawn = Callable[[random.Random, Item], str]


def word(dice: random.Random, item: Item) -> str:
    """Return a word of an item: of its name, of a label, of a heading, of its text."""
    texts = [item.name, item.text, *item.heading_path, *(each.label or "" for each in item.amounts)]
    units = [unit.surface for unit in analysis.analyse(dice.choice([each for each in texts if each])) if unit.noun]
    return dice.choice([each for each in units if each.isalnum()] or ["事業"])


def yen(dice: random.Random, item: Item) -> int:
    """Return a sum near one of an item."""
    return int(dice.choice([each.yen for each in item.amounts] or [10**9]) * dice.choice((0.5, 1, 1, 2)))


def part(dice: random.Random, item: Item) -> str:
    """Return some characters from anywhere in a name."""
    at = dice.randrange(len(item.name))
    return "".join(each for each in item.name[at : at + dice.randint(1, 4)] if each.isalnum()) or "事業"


KINDS: Sequence[Drawn] = (
    word,
    part,
    lambda dice, item: f'"{part(dice, item)}"',
    lambda dice, item: f"{part(dice, item)}*",
    lambda dice, item: f"{word(dice, item)} {word(dice, item)}",
    lambda dice, item: f"{word(dice, item)} amount>{yen(dice, item)}",
    lambda dice, item: f"{word(dice, item)} amount:{yen(dice, item)}..{10 * yen(dice, item)}",
    lambda dice, item: f"{word(dice, item)} OR {word(dice, item)} OR {part(dice, item)}",
    lambda dice, item: f"{word(dice, item)} -{word(dice, item)}",
    lambda dice, item: f"heading:{word(dice, item)} amount<={yen(dice, item)}",
    lambda dice, item: f"name:{word(dice, item)} OR label:{word(dice, item)}",
    lambda dice, item: f"amount>={yen(dice, item)} year:{dice.choice((2022, 2023, 2024))}",
    lambda dice, item: f"{part(dice, item)} (stage:補正 OR -account:GX)",
    lambda dice, item: f"-({word(dice, item)} amount<{yen(dice, item)}) is:portion",
    lambda dice, item: f"{word(dice, item)} change>{dice.choice(('0', '10億', '20%'))}",
)


@cache
def papers() -> dict[str, list[Item]]:
    """Return the items of the papers in seeds/, as they are read."""
    return {paper.document.about.id: paper.items for paper in map(indexer.read_paper, indexer.seed_papers())}


def ask(searcher: Searcher, query: str) -> None:
    """Assert that a query finds what reading every record finds: groups, hits, amounts, counts, sums."""
    of = [papers()[each.id] for each in searcher.documents()]
    asked = searcher._asked(query)
    slow = reference.answer(of, asked.plan)
    page, hits = searcher.search(query, limit=None), asked.hits
    starts = searcher.catalog.paper_first
    found = {each: hits.found(each) for each in hits.items}
    for each, item in zip(slow, found, strict=True):
        one, first = found[item], searcher.catalog.item_first[item]
        assert (each.item, each.group) == (item - starts[each.paper], one.group), query
        assert each.matched == tuple(record - first for record in one.records), query
        assert each.repeats == tuple(other - starts[each.paper] for other in one.repeats), query
    counts = Counter(each.group for each in slow)
    assert list(page.counts.values()) == [counts[group] for group in range(3)], query
    assert page.amounts == sum(len(each.matched) for each in slow if of[each.paper][each.item].amounts), query
    sums = {
        (each.years, each.stage): (each.naive, len(each.counted) + len(each.left_out)) for each in told(searcher, query)
    }
    assert sums == reference.sums(of, asked.plan), query


def told(searcher: Searcher, query: str) -> Sequence[Total]:
    """Return the totals of a query, once what each counts and leaves out is what the amounts say themselves."""
    totals = searcher.total(query).totals
    for total in totals:
        assert total.yen == sum(each.amount.yen for each in total.counted), query
        assert not any(reference.alone(each.amount) for each in total.counted), query
        for each in total.left_out:
            assert each.reason == (reference.alone(each.addend.amount) or each.reason), query
            assert reference.alone(each.addend.amount) or each.reason in FOR_OTHERS, query
    points = {(each.years, each.stage): each.yen for each in searcher.points(query)}
    assert points == {(each.years, each.stage): each.yen if each.counted else None for each in totals}, query
    return totals


def ask_many(searcher: Searcher, queries: int, seed: int) -> None:
    """Ask so many queries that are drawn from the papers."""
    dice, items = random.Random(seed), [item for some in papers().values() for item in some if item.name]
    for number in range(queries):
        query = KINDS[number % len(KINDS)](dice, dice.choice(items))
        with suppress(QueryError):
            searcher._asked(query)
            ask(searcher, query)


def test_finds_what_reading_every_record_finds(searcher: Searcher) -> None:
    ask_many(searcher, QUERIES, SEED)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        indexer.add(Path(folder) / "store", indexer.seed_papers())
        ask_many(Searcher.open(Path(folder) / "store"), int(sys.argv[1]) if len(sys.argv) > 1 else 1000, SEED + 1)
    print("all as reading every record finds")
