"""Queries drawn from papers, against an evaluator that reads every record and asks no index.

    python -m tests.test_reference 1000 [seed]

asks more of them.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest

from index import analysis, indexer, store, synonyms
from index.document import ROLES, Item
from index.making import understand
from index.store.catalog import Catalog
from index.store.writer import Paper
from index.text import fold
from search import Searcher
from search.errors import QueryError
from search.figures import Facet, Point
from search.grammar import parse
from search.lexicon import Lexicon
from search.plan import And, Not, Or, Plan, Words
from search.planner import Planner
from search.results import GROUPS, SORTS, Hit
from tests import invented, reference
from tests.drawn import KINDS, any_of, texts
from tests.made import write
from tests.reckoned import Book, Sum
from tests.reference import Record, Slow

CASES = Path(__file__).parent / "cases" / "papers"
PAPERS = (
    *("aoba-shuyo.txt", "aozora-tosho.csv", "hokuto-hosei.txt", "kankyo-yokyu.txt", "midori-gaiyo.txt"),
    *("midori-shuyo.txt", "review", "shiryo", "tsubame-hosei.html", "yosansho"),
)
SEED, QUERIES, INVENTED, STORES = 11, 40, 2, 20
ANY_OF, FACETED = 8, 5
"""One query in so many asks for any of its words; of one in so many the facets are looked at."""
LAST = float("inf")


class Shelf:
    """Papers in the order of a store, and what is known of each."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.abouts = [each.document.about for each in papers]
        self.items = [each.items for each in papers]
        self.book = Book(self.abouts, self.items)
        self.lexicon = SlowLexicon(self.items)

    @property
    def papers(self) -> int:
        return len(self.abouts)

    def about(self, paper: int) -> object:
        return self.abouts[paper]

    def plan(self, query: str) -> Plan:
        """Return what a query means in these papers."""
        return Planner(self.lexicon, cast(Catalog, self), query).plan(parse(query))


class SlowLexicon(Lexicon):
    """The synonyms in some papers, found in their texts and in the tables."""

    def __init__(self, papers: Sequence[Sequence[Item]]) -> None:
        every = {text for items in papers for item in items for text in texts(item)}
        units = [unit for text in every for unit in analysis.analyse(text)]
        self._said = {term for unit in units for term in (*unit.terms, unit.term)}
        self._of_group: dict[int, set[str]] = {}
        for unit in units:
            if unit.group is not None:
                self._of_group.setdefault(unit.group, set()).add(unit.term)
        words = (analysis.analyse(word) for word in synonyms.distinct())
        self._distinct = frozenset(unit.group for each in words for unit in each if unit.group is not None)

    def units(self, text: str) -> list[analysis.Unit]:
        return analysis.analyse(text)

    def _in_group(self, group: int) -> Iterator[str]:
        yield from sorted(self._of_group.get(group, ()), key=str.encode)

    def _same(self, folded: str, units: Sequence[analysis.Unit], first: int, end: int) -> Iterator[Sequence[str]]:
        terms = _terms(units[first:end])
        whole = folded if end - first == len(units) else _bare(terms)
        yield from (list(each) for each in self._tables.get(whole, ()) if each and list(each) != terms)
        for term in self._grouped(units[first:end]):
            names = [each[0] == analysis.UNIT or each.isascii() for each in (units[first].term, term)]
            if all(names) and units[first].group not in self._distinct:
                yield [term]

    @cached_property
    def _tables(self) -> Mapping[str, list[tuple[str, ...]]]:
        """What the tables say means the same as each spelling that they have, where the papers say any of it."""
        same: dict[str, list[tuple[str, ...]]] = {}
        for group in synonyms.groups():
            phrases = [tuple(_terms(analysis.analyse(each))) for each in group]
            if any(each and self._said.issuperset(each) for each in phrases):
                for spelling, phrase in zip(group, phrases, strict=True):
                    same[fold(spelling)] = same[_bare(phrase)] = list(dict.fromkeys(phrases))
        return same


def _terms(units: Sequence[analysis.Unit]) -> list[str]:
    return [term for unit in units for term in unit.terms]


def _bare(terms: Sequence[str]) -> str:
    return "".join(each.lstrip(analysis.BOUND + analysis.UNIT) for each in terms)


def in_any_order(plan: Plan) -> Plan:
    """Return a plan with what means the same as each word in one order."""
    match plan:
        case And(operands) | Or(operands):
            return type(plan)(tuple(map(in_any_order, operands)))
        case Not(operand):
            return Not(in_any_order(operand))
        case Words(spellings=(typed, *others)):
            return plan._replace(spellings=(typed, *sorted(others)), kin=tuple(sorted(plan.kin)))
        case _:
            return plan


class Asking:
    """A store of papers, the papers themselves, and the same questions to both."""

    def __init__(self, searcher: Searcher, papers: Iterable[Paper]) -> None:
        self.searcher = searcher
        self.catalog = searcher.catalog
        known = {each.document.about.id: each for each in papers}
        self.shelf = Shelf([known[each.id] for each in searcher.documents()])
        self.items = self.shelf.items
        self.book = self.shelf.book

    @classmethod
    def read(cls, folder: Path) -> "Asking":
        """Return a store of the papers in seeds/ and of some in cases/, and those read from the lines that it keeps."""
        added = indexer.add(folder, [*indexer.seed_papers(), *(CASES / each for each in PAPERS)])
        assert not added.faults
        return cls(Searcher.open(folder), map(understand, store.papers(folder)))

    @classmethod
    def invented(cls, folder: Path, number: int, seed: int) -> "Asking":
        """Return a store of invented papers."""
        papers = invented.papers(random.Random(seed), number)
        write(folder, *papers)
        return cls(Searcher.open(folder), papers)

    def ask_many(self, queries: int, seed: int) -> Counter[str]:
        """Ask so many queries that are drawn from the papers; return how many were answered, and how."""
        dice, done = random.Random(seed), Counter[str]()
        papers = [[item for item in items if texts(item)] for items in self.items]
        while done["queries"] < queries:
            item = dice.choice(dice.choice(papers))
            match, query, meant = self._drawn(dice, item, done)
            plan = self._planned(meant)
            if isinstance(plan, QueryError):
                done["refused"] += 1
                with pytest.raises(QueryError, match=re.escape(plan.message)):
                    self.searcher.search(query, match=match)
                continue
            found = self.ask(query, plan, match, dice, done)
            done["queries"] += 1
            done["with hits"] += bool(found)
            done["hits"] += found
        return done

    def _planned(self, query: str) -> Plan | QueryError:
        try:
            return self.shelf.plan(query)
        except QueryError as fault:
            return fault

    def _drawn(self, dice: random.Random, item: Item, done: Counter[str]) -> tuple[str, str, str]:
        """Return what a query asks for, all or any of its words, the query, and what asks for all and means the same."""
        if done["queries"] % ANY_OF < ANY_OF - 1:
            query = KINDS[(done["queries"] + done["refused"]) % len(KINDS)](dice, item)
            return "all", query, query
        words, conditions = any_of(dice, item)
        return "any", " ".join((*words, *conditions)), " ".join((f"({' OR '.join(words)})", *conditions))

    def ask(self, query: str, plan: Plan, match: str, dice: random.Random, done: Counter[str]) -> int:
        """Assert that a query finds what reading every record finds for its plan; return how many hits that are."""
        asked = self.searcher._asked(query, match)
        if match == "all":
            assert in_any_order(asked.plan) == in_any_order(plan), query
        slow = reference.answer(self.items, plan)
        self._hits(slow, query, match)
        self._pages(slow, query, match, dice)
        certain = self._sums(plan, query, match, dice)
        if dice.randrange(FACETED) == 0 and slow:
            done["facets"] += self._facet(
                dice.choice(self.searcher.facets(query, match=match).facets), plan, slow, certain, query
            )
        done["sums"] += len(certain)
        return len(slow)

    # -- hits

    def _hits(self, slow: Sequence[Slow], query: str, match: str) -> None:
        """Compare the items, their groups, the amounts that answer, what is folded under them, and the counts."""
        hits, starts = self.searcher._asked(query, match).hits, self.catalog.paper_first
        fast = []
        for item in hits.items:
            one, paper, first = hits.found(item), self.catalog.paper_of(item), self.catalog.item_first[item]
            records, under = (each - first for each in one.records), (each - starts[paper] for each in one.repeats)
            fast.append(Slow(paper, item - starts[paper], one.group, tuple(records), tuple(under), one.own))
        assert fast == list(slow), query
        if match == "all":
            assert self.searcher._count(query) == len(slow), query

    def _pages(self, slow: Sequence[Slow], query: str, match: str, dice: random.Random) -> None:
        """Compare what pages show: hits with their items, in order, of all groups and of one; how many there are."""
        sort, only = dice.choice(list(SORTS)), dice.choice((None, None, *GROUPS))
        page = self.searcher.search(query, limit=None, sort=sort, only=only, match=match)
        asked = [each for each in slow if only in (None, list(GROUPS)[each.group])]
        counts = Counter(list(GROUPS)[each.group] for each in asked)
        assert page.counts == {group: counts[group] for group in GROUPS}, query
        assert page.amounts == sum(len(each.matched) for each in asked if self._item(each).amounts), query
        shown = [(each.item, each.group, each.matched) for each in page.hits]
        wanted = [
            (self._item(each), list(GROUPS)[each.group], self._matched(each)) for each in self._sorted(asked, sort)
        ]
        if sort == "relevance":
            assert [each[1] for each in shown] == [each[1] for each in wanted], query
            assert Counter(map(repr, shown)) == Counter(map(repr, wanted)), query
            self._by_weight(page.hits, query)
        else:
            assert shown == wanted, (query, sort)
        assert [each.change for each in page.hits] == [self._change(each.item, each.matched) for each in page.hits], (
            query
        )
        first, limit = dice.randrange(len(shown) + 2), dice.randint(1, 20)
        some = self.searcher.search(query, limit=limit, offset=first, sort=sort, only=only, match=match)
        assert some.hits == page.hits[first : first + limit], (query, sort, first, limit)

    def _by_weight(self, hits: Sequence[Hit], query: str) -> None:
        for one, other in pairwise(hits):
            assert one.group != other.group or one.score >= other.score, query

    def _item(self, each: Slow) -> Item:
        return self.items[each.paper][each.item]

    def _matched(self, each: Slow) -> tuple[int, ...]:
        return each.matched if self._item(each).amounts else ()

    def _sorted(self, slow: Sequence[Slow], sort: str) -> list[Slow]:
        """Return hits group by group in the order of `sort`; what nothing tells apart stays as it stands in the papers."""

        def key(each: Slow) -> float:
            amounts = [self._item(each).amounts[n] for n in each.matched[: each.own] if self._item(each).amounts]
            match sort:
                case "amount":
                    return min((one.yen for one in amounts), default=LAST)
                case "-amount":
                    return min((-one.yen for one in amounts), default=LAST)
                case "year":
                    return max((year for one in amounts for year in one.years), default=LAST)
                case "change":
                    by = self._change(self._item(each), self._matched(each))
                    return LAST if by is None else -by
                case _:
                    return 0

        return sorted(slow, key=lambda each: (each.group, key(each)))

    def _change(self, item: Item, matched: Sequence[int]) -> int | None:
        """Return by how much the first of some amounts with a sum of the year before beside it is more than that."""
        for number in matched:
            before = reference.before(Record(0, item, number, item.amounts[number]))
            if before:
                return item.amounts[number].yen - before.yen
        return None

    # -- sums

    def _sums(self, plan: Plan, query: str, match: str, dice: random.Random) -> list[Sum]:
        """Compare totals, their amounts and why others are left out; return the amounts that surely answer."""
        certain = reference.certain(self.items, plan)
        tallies = self.book.tallies(Sum(*each) for each in certain)
        by = dice.choice((None, "account", "document", "heading", "stage", "year"))
        found = self.searcher.total(query, by=by, match=match).totals
        assert {(each.years, each.stage) for each in found} == tallies.keys(), query
        for total in found:
            counted, left = tallies[total.years, total.stage]
            assert self._told(total.counted) == Counter(map(self._place, counted)), query
            out = Counter((*self._of(each.addend), each.reason, each.instead) for each in total.left_out)
            assert out == Counter(
                (*self._place(each), why, instead and self.book.item(instead).place)
                for each, (why, instead) in left.items()
            ), query
            assert total.yen == sum(self.book.amount(each).yen for each in counted), query
            assert total.naive == total.yen + sum(self.book.amount(each).yen for each in left), query
            assert not by or sum(each.yen for each in total.shares) == total.yen, query
            assert not by or sum(each.number for each in total.shares) == len(counted), query
        gists = self.searcher.gists(query, match=match)
        assert {(each.point.years, each.point.stage): each.point.yen for each in gists} == {
            when: self._yen(each.counted) if each.counted else None for when, each in tallies.items()
        }, query
        assert {(each.point.years, each.point.stage): (each.naive, each.number) for each in gists} == {
            when: (self._yen((*each.counted, *each.left)), len(each.counted) + len(each.left))
            for when, each in tallies.items()
        }, query
        return [Sum(*each) for each in certain]

    def _yen(self, sums: Sequence[Sum]) -> int:
        return sum(self.book.amount(each).yen for each in sums)

    def _place(self, each: Sum) -> tuple[object, ...]:
        return self.book.item(each).place, self.book.item(each).name, each.amount

    def _of(self, addend: Any) -> tuple[object, ...]:
        return addend.place, addend.item.name, addend.position

    def _told(self, addends: Sequence[Any]) -> Counter[tuple[object, ...]]:
        return Counter(map(self._of, addends))

    # -- facets

    def _facet(self, facet: Facet, plan: Plan, slow: Sequence[Slow], certain: Sequence[Sum], query: str) -> int:
        """Compare what each value of a facet finds besides the query, what that comes to, and what no value finds."""
        having: set[tuple[int, int]] = set()
        for bucket in (one for each in facet.buckets for one in (each, *each.within)):
            if bucket.query is None:
                continue
            condition = self.shelf.plan(bucket.query)
            found = reference.answer(self.items, And((plan, condition)))
            assert bucket.hits == len(found), (query, bucket.query)
            having |= {(each.paper, each.item) for each in found}
            points = self._points(certain, condition)
            assert sorted(map(repr, bucket.sums)) == sorted(map(repr, points)), (query, bucket.query)
        if all(each.query for each in facet.buckets):
            assert facet.without == sum((each.paper, each.item) not in having for each in slow), (query, facet.name)
        return len(facet.buckets)

    def _points(self, certain: Sequence[Sum], condition: Plan) -> list[Point]:
        """Return the safe sums of the amounts for which a condition holds, too."""
        having = [each for each in certain if self._holds(each, condition)]
        tallies = self.book.tallies(having)
        return [Point(*when, self._yen(each.counted)) for when, each in tallies.items() if each.counted]

    def _holds(self, each: Sum, condition: Plan) -> bool:
        record = Record(each.paper, self.book.item(each), each.amount, self.book.amount(each))
        return reference.verdict(record, condition, frozenset(ROLES), True).sure


def test_finds_what_reading_every_record_finds(tmp_path: Path) -> None:
    Asking.read(tmp_path / "store").ask_many(QUERIES, SEED)


@pytest.mark.parametrize("seed", range(INVENTED))
def test_finds_it_where_the_same_stands_again_and_again(tmp_path: Path, seed: int) -> None:
    Asking.invented(tmp_path / "store", 6, seed).ask_many(QUERIES, seed)


ONCE_DIFFERENT = [(14, "stage!=本予算")]  # その他 under two headings of one title


@pytest.mark.parametrize(("seed", "query"), ONCE_DIFFERENT)
def test_finds_it_where_it_once_did_not(tmp_path: Path, seed: int, query: str) -> None:
    asking = Asking.invented(tmp_path / "store", 6, seed)
    asking.ask(query, asking.shelf.plan(query), "all", random.Random(seed), Counter())


if __name__ == "__main__":
    number, seed = (*map(int, sys.argv[1:]), *(1000, SEED + 1)[len(sys.argv) - 1 :])
    with TemporaryDirectory() as made:
        print("papers as they are:", dict(Asking.read(Path(made) / "read").ask_many(number, seed)))
        done = Counter[str]()
        for each in range(STORES):
            done += Asking.invented(Path(made) / str(each), 6, each).ask_many(number // STORES, seed)
        print(f"{STORES} stores of papers that say the same:", dict(done))
    print("all as reading every record finds")
