"""Nodes print as the query, and the print is read as the same nodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.grammar import parse
from search.tree import And, Comparison, Exact, Field, Not, Or, Prefix, Query, Range, Word

A, B, C = Word("蓄電池"), Word("半導体"), Word("水素")

PRINTED: list[tuple[str, Query]] = [
    ("蓄電池", A),
    ('"次世代 半導体"', Exact("次世代 半導体")),
    ('「いわゆる"脱炭素"」', Exact('いわゆる"脱炭素"')),
    ('"「脱""炭素」"', Exact('「脱"炭素」')),
    ('"」"', Exact("」")),
    ('「"」', Exact('"')),
    ("半導*", Prefix("半導")),
    ("name:蓄電池", Field("name", A)),
    ('name:"蓄電池"', Field("name", Exact("蓄電池"))),
    ("name:半導*", Field("name", Prefix("半導"))),
    ("name:(蓄電池 OR 水素)", Field("name", Or((A, C)))),
    ("name:(蓄電池 水素)", Field("name", And((A, C)))),
    ("name:(-水素)", Field("name", Not(C))),
    ("増減:-5億", Field("増減", Word("-5億"))),
    ("amount>1000億", Comparison("amount", ">", "1000億")),
    ("change>=-20%", Comparison("change", ">=", "-20%")),
    ("or!=5", Comparison("or", "!=", "5")),
    ("amount:500億..1000億", Range("amount", "500億", "1000億")),
    ("amount:500億..", Range("amount", "500億", None)),
    ("amount:..1000億", Range("amount", None, "1000億")),
    ("amount:{500億 TO 1000億}", Range("amount", "500億", "1000億", low_open=True, high_open=True)),
    ("amount:[500億 TO 1000億}", Range("amount", "500億", "1000億", high_open=True)),
    ("amount:{500億 TO *]", Range("amount", "500億", None, low_open=True)),
    ("amount:[1. TO .5]", Range("amount", "1.", ".5")),
    ("-水素", Not(C)),
    ("--水素", Not(Not(C))),
    ("-name:水素", Not(Field("name", C))),
    ("-(蓄電池 水素)", Not(And((A, C)))),
    ("-(蓄電池 OR 水素)", Not(Or((A, C)))),
    ("蓄電池 半導体 -水素", And((A, B, Not(C)))),
    ("蓄電池 OR 半導体 水素", Or((A, And((B, C))))),
    ("(蓄電池 OR 半導体) 水素", And((Or((A, B)), C))),
    ("year:(year:2020..2022 OR 2024)", Field("year", Or((Range("year", "2020", "2022"), Word("2024"))))),
]
IDS = [printed for printed, _ in PRINTED]


@pytest.mark.parametrize(("printed", "tree"), PRINTED, ids=IDS)
def test_prints_as(printed: str, tree: Query) -> None:
    assert str(tree) == printed


@pytest.mark.parametrize(("printed", "tree"), PRINTED, ids=IDS)
def test_print_is_read_back(printed: str, tree: Query) -> None:
    assert parse(printed) == tree


def test_place_does_not_count_for_equality() -> None:
    assert Word("蓄電池", start=3, end=6) == A
    assert hash(Word("蓄電池", start=3, end=6)) == hash(A)


LETTERS = "蓄電池強靱化あいアイー々〇一千億円上超未Az09ｱﾞé\u3099🚄"
MARKS = LETTERS + "-−,.、・%#/'!?【】©"
ANYTHING = MARKS + ' "“”「」『』()[]{}|&:<>=≥≠*~〜'
KEYWORDS = ("AND", "OR", "NOT")

names = st.text(LETTERS, min_size=1).filter(lambda text: text.upper() not in KEYWORDS)
words = st.builds(str.__add__, st.sampled_from("蓄あアzｱ🚄"), st.text(MARKS)).filter(
    lambda text: ".." not in text and text.upper() not in KEYWORDS
)
ends = words | st.sampled_from(("500億", "-5億", "1.", ".5", "1,000億円", "R6", "20%"))
leaves = st.one_of(
    words.map(Word),
    words.map(Prefix),
    st.text(ANYTHING, min_size=1).filter(str.strip).map(Exact),
)
bounds = st.one_of(
    st.builds(Comparison, names, st.sampled_from((">", ">=", "<", "<=", "=", "!=")), ends),
    st.builds(Range, names, ends, ends, st.booleans(), st.booleans()),
    st.builds(Range, names, st.none(), ends, st.just(False), st.booleans()),
    st.builds(Range, names, ends, st.none(), st.booleans(), st.just(False)),
)


def joined(kind: type[And] | type[Or], operands: list[Query]) -> Query:
    return kind(tuple(part for each in operands for part in (each.operands if isinstance(each, kind) else (each,))))


def grown(smaller: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(smaller, min_size=2, max_size=4)
    return smaller.map(Not) | st.builds(joined, st.just(And) | st.just(Or), several)


groups = st.recursive(leaves, grown, max_leaves=6)
trees = st.recursive(leaves | bounds | st.builds(Field, names, groups), grown, max_leaves=8)


@given(trees)
def test_every_print_is_read_back(tree: Query) -> None:
    assert parse(str(tree)) == tree
