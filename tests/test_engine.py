"""The engine finds what reading every record finds, and keeps the laws of its language."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Thread

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.document import About, Amount, Document, Item, Line, Place
from index.store import open_columns
from index.store.catalog import Catalog
from index.store.writer import Paper, Writer
from search.engine import Engine, Memory
from search.errors import QueryError
from search.grammar import parse
from search.hits import Found, Hits
from search.lexicon import Lexicon
from search.plan import Plan
from search.planner import Planner
from tests import reference

OKU = 10**8
STORES = TemporaryDirectory(ignore_cleanup_errors=True)
SOME = 6
"""How many stores of papers made at random the queries are put to."""

WORDS = (
    *("蓄電池", "電池", "半導体", "次世代半導体", "導体", "京都", "東京都", "EV", "電気自動車", "サーバ", "サーバー"),
    *("補助金", "交付金", "取組", "取り組み", "支援", "事業", "の", "・", "①", "AI", "level", "池", "水素・アンモニア"),
    *("再エネ", "再生可能エネルギー", "３GeV", "強靱化", "強靭化", "ＤＸ", "人材育成", "育成"),
)
STAGES = ("request", "initial", "supplementary", "commitment", "fund", None)
BOUNDS = ("exact", "exact", "exact", "about", "portion", "ceiling", "each")
ROLES = ("own", "own", "own", "previous", "previous", "part", "total", "mention")
ACCOUNTS = (None, None, "GX", "一部GX", "エネ特")
FLAGS: tuple[tuple[str, ...], ...] = ((), (), (), (), ("new",), ("repeated",), ("later", "reference"))


def phrase(dice: random.Random, most: int) -> str:
    """Return some words one behind the other."""
    return "".join(dice.choice(WORDS) for _ in range(dice.randint(1, most)))


def amount(dice: random.Random) -> Amount:
    return Amount(
        dice.choice((1, 2, 3, 5, 10, 12)) * 10 * OKU,
        tuple(sorted(dice.sample((2022, 2023, 2024), dice.randint(0, 2)))),
        dice.choice(STAGES),
        dice.choice(BOUNDS),
        dice.choice(ROLES),
        dice.choice(ACCOUNTS),
        phrase(dice, 2) if dice.random() < 0.4 else None,
        dice.choice(FLAGS),
        written="円",
    )


def paper(dice: random.Random, number: int) -> list[Item]:
    """Return the items of a paper; some bear the names of others."""
    items: list[Item] = []
    path: tuple[str, ...] = ()
    lead = ""
    for line in range(1, dice.randint(2, 16)):
        if dice.random() < 0.3:
            path = (*path[: dice.randint(0, len(path))], phrase(dice, 2))
            lead = phrase(dice, 3) if dice.random() < 0.5 else ""
        kind = dice.choice(("item", "item", "item", "heading", "row", "passage"))
        text = phrase(dice, 5) if kind == "passage" or dice.random() < 0.3 else ""
        name = dice.choice(items).name if items and dice.random() < 0.3 else phrase(dice, 3)
        amounts = tuple(amount(dice) for _ in range(dice.choice((0, 1, 1, 2, 4)) if kind != "passage" else 0))
        place = Place(f"paper-{number}", line, line)
        items.append(Item(place, name, None, kind, path, lead, text, amounts))
    return items


class Store:
    """A store of some papers, and the papers."""

    def __init__(self, papers: Sequence[Sequence[Item]]) -> None:
        folder = Path(mkdtemp(dir=STORES.name))
        with Writer(folder) as writer:
            for number, items in enumerate(papers):
                about = About(f"paper-{number}", f"第{number}号")
                writer.add(Paper(Document(about, (Line(1, "円"),)), list(items), []))
            writer.commit()
        columns = open_columns(folder)
        self.catalog = Catalog(columns)
        self.engine = Engine(columns, self.catalog)
        self.lexicon = Lexicon(columns)
        order = {self.catalog.about(number).id: number for number in range(self.catalog.papers)}
        self.papers = [papers[int(id_.removeprefix("paper-"))] for id_ in order]

    def plan(self, query: str) -> Plan:
        return Planner(self.lexicon, self.catalog, query).plan(parse(query))

    def hits(self, query: str) -> Hits:
        return self.engine.items.hits(self.engine.answer(self.plan(query), Memory()))

    def found(self, query: str) -> list[Found]:
        hits = self.hits(query)
        return list(map(hits.found, hits.items))

    def fast(self, query: str) -> list[reference.Slow]:
        """Return what the engine finds."""
        found = []
        for each in self.found(query):
            paper, first = self.catalog.paper_of(each.item), self.catalog.item_first[each.item]
            start = self.catalog.paper_first[paper]
            matched = tuple(record - first for record in each.records)
            repeats = tuple(item - start for item in each.repeats)
            found.append(reference.Slow(paper, each.item - start, each.group, matched, repeats, each.own))
        return found

    def slow(self, query: str) -> list[reference.Slow]:
        """Return what reading every record finds."""
        return reference.answer(self.papers, self.plan(query))

    def records(self, query: str) -> dict[int, set[tuple[int, int]]]:
        """Return the records that answer in each group, those of repeats among them, as (paper, item, record)."""
        groups: dict[int, set[tuple[int, int]]] = {0: set(), 1: set(), 2: set()}
        for each in self.found(query):
            groups[each.group] |= {(each.item, record) for record in each.records[: each.own]}
            groups[1] |= {(each.item, record) for record in each.records[each.own :]}
        return groups


@cache
def store(number: int) -> Store:
    dice = random.Random(number)
    return Store([paper(dice, n) for n in range(dice.randint(1, 4))])


@pytest.fixture(scope="module", autouse=True)
def _cleared() -> Iterable[None]:
    yield
    STORES.cleanup()


word = st.sampled_from(WORDS).flatmap(
    lambda text: st.sampled_from([text, f'"{text}"', f"{text}*", f"{text[:2]}*", f'"{text[-2:]}"', text[:1]])
)
fielded = st.builds("{}:{}".format, st.sampled_from(["name", "label", "text", "heading"]), word)
money = st.sampled_from(["10億", "20億", "30億", "50億", "100億", "120億", "0", "1円"])
compared = st.builds("{}{}{}".format, st.just("amount"), st.sampled_from([">", ">=", "<", "<=", "=", "!="]), money)
ranged = st.sampled_from(
    ["amount:20億..50億", "amount:{20億 TO 100億}", "amount:..30億", "year:2022..2023", "year>2022"]
)
change = st.sampled_from(
    [f"change{sign}{value}" for sign in (">", ">=", "<", "<=", "=", "!=") for value in ("10億", "-10億", "50%", "-50%")]
)
rate = st.builds(
    "executed{}{}".format, st.sampled_from([">", ">=", "<", "<=", "=", "!="]), st.sampled_from(["50%", "9割"])
)
mark = st.sampled_from(
    [
        *("is:new", "is:repeated", "is:later", "is:reference", "is:portion", "is:ceiling", "is:about", "is:total"),
        *(
            "has:amount",
            "has:label",
            "has:text",
            "has:change",
            "has:executed",
            "stage:request",
            "stage:不明",
            "stage!=initial",
        ),
        *(
            "bound:exact",
            "role:own",
            "role:previous",
            "role:part",
            "role:total",
            "role:mention",
            "role!=own",
            "account:GX",
        ),
        *("account!=GX", "account:エネ特", "year:2022", "year!=2024", "document:paper-0", "document!=paper-0"),
    ]
)
query = st.recursive(
    st.one_of(word, word, fielded, compared, ranged, change, rate, mark),
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("({}) AND ({})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("-({})".format, inner),
    ),
    max_leaves=6,
)
number = st.integers(0, SOME - 1)


@settings(max_examples=400)
@given(number, query)
def test_finds_what_reading_every_record_finds(number: int, query: str) -> None:
    assert store(number).fast(query) == store(number).slow(query)


@pytest.mark.parametrize("number", range(SOME))
def test_finds_the_same_for_every_single_condition(number: int) -> None:
    singles = [*WORDS, *(f'"{each}"' for each in WORDS), *(f"{each}*" for each in WORDS)]
    for each in singles:
        assert store(number).fast(each) == store(number).slow(each), each


def items(store: Store, query: str, groups: Sequence[int] = (0, 1, 2)) -> set[tuple[int, int]]:
    """Return the items that are found in some groups, themselves or as repeats."""
    found = [each for each in store.fast(query) if each.group in groups]
    return {(each.paper, item) for each in found for item in (each.item, *each.repeats)}


@given(number, query)
def test_not_parts_the_records_in_two(number: int, query: str) -> None:
    one = store(number)
    there, without = one.records(query), one.records(f"-({query})")
    assert not there[0] & (without[0] | without[1])
    assert not without[0] & (there[0] | there[1])
    both = one.fast(f"({query}) OR -({query})")
    found = {(each.paper, item) for each in both if each.group < 2 for item in (each.item, *each.repeats)}
    assert found >= {
        (paper, position)
        for paper, items in enumerate(one.papers)
        for position, item in enumerate(items)
        if not item.amounts or any(each.role in ("own", "total") for each in item.amounts)
    }


@given(number, query, query)
def test_and_is_commutative(number: int, one: str, other: str) -> None:
    assert store(number).fast(f"({one}) ({other})") == store(number).fast(f"({other}) ({one})")


@given(number, query)
def test_or_with_itself_is_itself(number: int, query: str) -> None:
    assert store(number).fast(f"({query}) OR ({query})") == store(number).fast(query)


@given(number, query, st.integers(0, 13), st.integers(0, 13))
def test_a_higher_bound_never_adds_hits(number: int, query: str, one: int, other: int) -> None:
    low, high = sorted((one, other))
    more, less = (f"({query}) amount>={end * 10}億" for end in (low, high))
    for groups in ((0,), (0, 1), (0, 1, 2)):
        assert items(store(number), less, groups) <= items(store(number), more, groups)


@given(number, st.sampled_from(["name", "label", "text", "heading"]), st.sampled_from(WORDS))
def test_a_field_finds_no_more_than_all_fields(number: int, field: str, word: str) -> None:
    assert items(store(number), f"{field}:{word}") <= items(store(number), word)


@given(number, word, word)
def test_or_finds_what_either_finds(number: int, one: str, other: str) -> None:
    assert items(store(number), f"{one} OR {other}") == items(store(number), one) | items(store(number), other)


AMOUNT = Amount(20 * OKU, (2024,), "initial", written="20億円")


def made(*items: Item) -> Store:
    return Store([[replace(each, place=Place("paper-0", n, n)) for n, each in enumerate(items, 1)]])


def entry(name: str, *amounts: Amount, **more: object) -> Item:
    return Item(Place("paper-0", 1, 1), name, amounts=amounts, **more)  # type: ignore[arg-type]


def labelled(label: str, oku: int, **more: object) -> Amount:
    return Amount(oku * OKU, (2024,), "initial", label=label, written=f"{oku}億円", **more)  # type: ignore[arg-type]


BOTH = entry("支援事業", labelled("蓄電池", 20), labelled("半導体", 50))
GROUPS = [
    ("name", entry("蓄電池事業", AMOUNT), "蓄電池", 0, (0,)),
    ("label", entry("支援事業", labelled("蓄電池", 20), AMOUNT), "蓄電池", 0, (0,)),
    ("text", entry("支援事業", AMOUNT, text="蓄電池を増やす"), "蓄電池", 0, (0,)),
    ("heading", entry("支援事業", AMOUNT, heading_path=("第1章", "蓄電池")), "蓄電池", 2, (0,)),
    ("heading as a condition", entry("支援事業", AMOUNT, heading_path=("第1章", "蓄電池")), "heading:蓄電池", 0, (0,)),
    ("policy paragraph", entry("支援事業", AMOUNT, lead="蓄電池を増やす"), "蓄電池", 2, (0,)),
    ("prose that is no item", entry("蓄電池を", kind="passage", text="蓄電池を増やす"), "蓄電池", 2, ()),
    ("prose with an amount", entry("蓄電池を", AMOUNT, kind="passage", text="蓄電池に20億円"), "蓄電池", 0, (0,)),
    ("longer word", entry("東京都事業", AMOUNT), "京都", 2, (0,)),
    ("not in the longer word", entry("東京都事業", AMOUNT), "name:京都 -東京都", None, ()),
    ("across labels", BOTH, "蓄電池 半導体", 2, (0, 1)),
    ("amount by amount", BOTH, "半導体 amount>30億", 0, (1,)),
    ("not by the amount of another label", BOTH, "蓄電池 amount>30億", None, ()),
    ("across labels, by one of the two", BOTH, "蓄電池 半導体 amount>30億", 2, (1,)),
    ("all in one amount", BOTH, "label:半導体 stage:initial year:2024 amount=50億", 0, (1,)),
    ("portion over", entry("事業", labelled("内訳", 20, bound="portion")), "amount>10億", 1, (0,)),
    ("portion surely under", entry("事業", labelled("内訳", 20, bound="portion")), "amount<=20億", 0, (0,)),
    ("portion perhaps under", entry("事業", labelled("内訳", 20, bound="portion")), "amount<20億", 1, (0,)),
    ("portion surely not over", entry("事業", labelled("内訳", 20, bound="portion")), "amount>20億", None, ()),
    ("NOT turns the two around", entry("事業", labelled("内訳", 20, bound="portion")), "-amount>20億", 0, (0,)),
    ("NOT of what is open", entry("事業", labelled("内訳", 20, bound="ceiling")), "-amount>10億", 1, (0,)),
    ("about is a sum", entry("事業", labelled("内訳", 20, bound="about")), "amount=20億", 0, (0,)),
    ("一部GX may be GX", entry("事業", labelled("内訳", 20, account="一部GX")), "account:GX", 1, (0,)),
    ("一部GX may be another", entry("事業", labelled("内訳", 20, account="一部GX")), "-account:GX", 1, (0,)),
    ("一部GX is itself", entry("事業", labelled("内訳", 20, account="一部GX")), "account:一部GX", 0, (0,)),
    ("previous is not asked for", entry("事業", labelled("内訳", 20, role="previous")), "amount>10億", None, ()),
    ("previous by name", entry("事業", labelled("内訳", 20, role="previous")), "amount>10億 role:previous", 0, (0,)),
    (
        "previous by name beside another branch",
        entry("事業", labelled("内訳", 20, role="previous")),
        "amount>10億 OR role:previous amount>90億",
        None,
        (),
    ),
    ("an item of previous sums only", entry("蓄電池事業", labelled("内訳", 20, role="previous")), "蓄電池", 0, (0,)),
    ("a label of a part only", entry("事業", AMOUNT, labelled("蓄電池", 5, role="part")), "蓄電池", 2, (0,)),
    ("without an amount", entry("蓄電池賞"), "蓄電池", 0, ()),
    ("without an amount, not over", entry("蓄電池賞"), "蓄電池 amount>0", None, ()),
    ("!= needs an amount", entry("蓄電池賞"), "蓄電池 amount!=5億", None, ()),
    ("NOT does not", entry("蓄電池賞"), "蓄電池 -amount=5億", 0, ()),
    ("NOT looks at own words only", entry("蓄電池", AMOUNT, heading_path=("製造",)), "蓄電池 -製造", 0, (0,)),
    ("synonym", entry("電気自動車事業", AMOUNT), "EV", 0, (0,)),
    ("synonym in a longer word", entry("電気自動車補助金", AMOUNT), "EV補助金", 0, (0,)),
    ("no synonym in quotes", entry("電気自動車事業", AMOUNT), '"EV"', None, ()),
    ("a synonym is not looked for inside Latin words", entry("level事業", AMOUNT), "電気自動車", None, ()),
    ("what was typed is", entry("level事業", AMOUNT), "EV", 2, (0,)),
    ("交付金 is near 補助金, not the same", entry("運営費交付金", AMOUNT), "補助金", 2, (0,)),
    ("variant", entry("強靭化事業", AMOUNT), "強靱化", 0, (0,)),
    ("another way to write it", entry("サーバの整備", AMOUNT), "サーバー", 0, (0,)),
    ("the same in quotes is other characters", entry("サーバの整備", AMOUNT), '"サーバー"', None, ()),
    ("width in quotes", entry("ＥＶの整備", AMOUNT), '"EV"', 0, (0,)),
    ("spaces in quotes", entry("生成 AI の整備", AMOUNT), '"生成AI"', 0, (0,)),
    ("spaces typed in quotes", entry("生成AIの整備", AMOUNT), '"生成 AI"', 0, (0,)),
    ("begins with", entry("半導体事業", AMOUNT), "半導*", 0, (0,)),
    ("begins within a word", entry("半導体事業", AMOUNT), "導体*", 2, (0,)),
    ("begins with what marks a bound term", entry("半導体事業", AMOUNT), "+導体*", None, ()),
    ("begins with several words", entry("大規模半導体事業", AMOUNT), "大規模半導*", 0, (0,)),
    ("symbols stand for themselves", entry("水素・アンモニア", AMOUNT), '"・"', 0, (0,)),
    ("a number in a circle", entry("①水素", AMOUNT), "①", 0, (0,)),
    ("only particles", entry("水素のための事業", AMOUNT), "のための", 0, (0,)),
    ("one character", entry("林の整備", AMOUNT), "林", 0, (0,)),
    ("change of an envelope", entry("事業", labelled("a", 20, bound="portion"), labelled("a", 10, role="previous")), "change>5億", 1, (0,)),
    ("change surely less", entry("事業", labelled("a", 20, bound="portion"), labelled("a", 10, role="previous")), "change<=10億", 0, (0,)),
    ("change over a share", entry("事業", labelled("a", 12), labelled("a", 10, role="previous")), "change>20%", None, ()),
    ("change of a share", entry("事業", labelled("a", 12), labelled("a", 10, role="previous")), "change>=20%", 0, (0,)),
    ("a share between two hundredths", entry("事業", Amount(1_000_001), Amount(1_000_000, role="previous")), "change>0%", 0, (0,)),
]  # fmt: skip


@pytest.mark.parametrize(("item", "query", "group", "matched"), [row[1:] for row in GROUPS], ids=[r[0] for r in GROUPS])
def test_puts_into_a_group(item: Item, query: str, group: int | None, matched: tuple[int, ...]) -> None:
    one = made(item)
    found = one.fast(query)
    assert found == one.slow(query)
    if group is None:
        assert found == []
    else:
        assert [(each.group, each.matched if item.amounts else ()) for each in found] == [(group, matched)]


REPEATED = labelled("内訳", 20, flags=("repeated",))
FOLDS = [
    ("under the entry without a mark", [entry("蓄電池", REPEATED), entry("蓄電池", AMOUNT)], "蓄電池", [(1, (0,))]),
    ("under the first mark", [entry("蓄電池", REPEATED), entry("蓄電池", REPEATED)], "蓄電池", [(0, (1,))]),
    ("not without a mark", [entry("蓄電池", AMOUNT), entry("蓄電池", AMOUNT)], "蓄電池", [(0, ()), (1, ())]),
    ("not another name", [entry("蓄電池", AMOUNT), entry("蓄電池等", REPEATED)], "蓄電池", [(0, ()), (1, ())]),
    (
        "not under one that is less sure",
        [entry("支援", AMOUNT, heading_path=("蓄電池",)), entry("支援", REPEATED, text="蓄電池")],
        "蓄電池",
        [(0, ()), (1, ())],
    ),
    (
        "not where only one of its sums is marked",
        [entry("蓄電池", AMOUNT), entry("蓄電池", REPEATED, AMOUNT)],
        "蓄電池",
        [(0, ()), (1, ())],
    ),
]


@pytest.mark.parametrize(("items", "query", "hits"), [row[1:] for row in FOLDS], ids=[row[0] for row in FOLDS])
def test_folds_repeats(items: list[Item], query: str, hits: list[tuple[int, tuple[int, ...]]]) -> None:
    one = made(*items)
    assert one.fast(query) == one.slow(query)
    assert [(each.item, each.repeats) for each in one.fast(query)] == hits


RANKS = [
    ("the name itself comes first", "蓄電池", ["次世代蓄電池", "蓄電池の製造事業", "蓄電池"], [2, 1, 0]),
    ("two words as one", "蓄電池 製造", ["製造用蓄電池の製造", "蓄電池製造"], [1, 0]),
    ("a long unit is more than its parts", "自動車", ["自動車", "電動の自動車事業"], [0, 1]),
]


@pytest.mark.parametrize(("query", "names", "order"), [row[1:] for row in RANKS], ids=[row[0] for row in RANKS])
def test_ranks(query: str, names: list[str], order: list[int]) -> None:
    one = made(*(entry(name, AMOUNT) for name in names))
    plan, memory = one.plan(query), Memory()
    hits = one.hits(query)
    scores = one.engine.scores(plan, memory, one.engine.items.set(hits.items))
    assert sorted(hits.items, key=lambda each: -scores.get(each, 0.0)) == order


@settings(max_examples=300)
@example(3, "(amount>10億 OR label:再エネ)", 1)  # a name begins with a word that is not looked for in names
@given(number, query, st.integers(1, 8))
def test_weighs_the_best_as_it_weighs_all(number: int, query: str, best: int) -> None:
    one, memory = store(number), Memory()
    plan = one.plan(query)
    for items in one.hits(query).groups:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("search.ranking._ALL", 0)
            some = one.engine.scores(plan, memory, items, best)
        everything = one.engine.scores(plan, memory, items)
        assert some.items() <= everything.items()
        assert first(some, best) == first(everything, best)


def first(scores: Mapping[int, float], number: int) -> list[int]:
    return sorted(scores, key=lambda item: (-scores[item], item))[:number]


def test_a_store_without_papers_answers_nothing() -> None:
    empty = Store([])
    for query in ("蓄電池", "-蓄電池", "amount>0", "change>5%", "has:text", "半導* OR account:GX", 'year:2024 "・"'):
        assert empty.fast(query) == [], query


def test_a_paper_without_items_answers_nothing() -> None:
    assert Store([[]]).fast("-蓄電池 OR amount<5億") == []


def test_serves_several_threads_at_once() -> None:
    one = store(0)
    wrong: list[str] = []
    queries = ["蓄電池", "amount>20億", "EV OR 半導*", "-事業", "change>10%", "の", "role:previous 支援"]
    expected = {query: one.slow(query) for query in queries}

    def ask() -> None:
        for _ in range(5):
            wrong.extend(query for query in queries if one.fast(query) != expected[query])

    threads = [Thread(target=ask) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


def test_errors_are_of_queries_only() -> None:
    with pytest.raises(QueryError):
        store(0).plan("year:二千")
