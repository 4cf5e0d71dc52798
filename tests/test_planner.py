"""A tree is a plan: every field, value and operator means what the manual says; what makes no sense points."""

import pytest

from index.schema import FIELDS, SPELLINGS
from search.errors import QueryError
from search.grammar import parse
from search.plan import (
    Account,
    And,
    Beginning,
    Change,
    Choice,
    Flag,
    Has,
    Money,
    Not,
    Or,
    Papers,
    Plan,
    Rate,
    Spelling,
    Words,
    Years,
)
from search.planner import NEAR, OWN, Planner, any_word
from search.searcher import Searcher

OKU = 10**8
NOWHERE: frozenset[str] = frozenset()


def plan(searcher: Searcher, query: str) -> Plan:
    return Planner(searcher._lexicon, searcher.catalog, query).plan(parse(query))


def same(plan: Plan, other: Plan) -> None:
    """Assert that two plans are equal: tuples of two types may be, so how they print is held against each other."""
    assert repr(plan) == repr(other)


def words(
    text: str, *terms: str, fields: frozenset[str] = OWN, near: frozenset[str] = NEAR, exact: bool = False
) -> Words:
    return Words(text, (Spelling(terms, text),), fields, near, exact)


def choice(column: str, value: str | None) -> Choice:
    return Choice(column, frozenset((value,)))


NAME = frozenset(("name",))
BATTERY = Spelling(("蓄電", "+池"), "蓄電池", ("=蓄電池",))
AMOUNT = Has("amount")
PLANS: list[tuple[str, Plan]] = [
    # words
    ("水素", words("水素", "水素")),
    ("蓄電池", Words("蓄電池", (BATTERY, Spelling(("バッテリー",), "バッテリー"), Spelling(("二", "次", "電池"), "二次電池")), OWN, NEAR)),
    ('"水素"', words("水素", "水素", exact=True)),
    ("・", words("・")),
    ("半導*", Beginning("半導", OWN, NEAR)),
    ("大規模半導*", Beginning("大規模半導", OWN, NEAR, ("大", "+規模"))),
    ("水素 NOT 電力", And((words("水素", "水素"), Not(words("電力", "電力"))))),
    ("水素 OR 電力", Or((words("水素", "水素"), words("電力", "電力")))),
    # fields of words
    ("name:水素", words("水素", "水素", fields=NAME, near=NOWHERE)),
    ("名称:水素", words("水素", "水素", fields=NAME, near=NOWHERE)),
    ("label:水素", words("水素", "水素", fields=frozenset(("label",)), near=NOWHERE)),
    ("heading:水素", words("水素", "水素", fields=frozenset(("heading",)), near=NOWHERE)),
    ("text:水素", words("水素", "水素", fields=frozenset(("text", "passage")), near=NOWHERE)),
    ("name=水素", words("水素", "水素", fields=NAME, near=NOWHERE)),
    ("name!=水素", Not(words("水素", "水素", fields=NAME, near=NOWHERE))),
    ("name:水*", Beginning("水", NAME, NOWHERE)),
    ("document:monozukuri-2025", Papers(frozenset((1,)))),
    ("文書:METI-REQUEST", Papers(frozenset((0,)))),
    ("文書:ものづくり白書", Papers(frozenset((1,)))),
    ("文書:2", Papers(frozenset((0, 1)))),
    ("文書:ない", Papers(frozenset())),
    # money
    ("amount>1000億", Money(1000 * OKU + 1, None)),
    ("amount>=1000億", Money(1000 * OKU, None)),
    ("amount<1000億", Money(None, 1000 * OKU - 1)),
    ("amount<=1000億", Money(None, 1000 * OKU)),
    ("amount=1000億", Money(1000 * OKU, 1000 * OKU)),
    ("amount:1000億", Money(1000 * OKU, 1000 * OKU)),
    ("amount!=1000億", And((Not(Money(1000 * OKU, 1000 * OKU)), AMOUNT))),
    ("金額>1兆2000億円", Money(12_000 * OKU + 1, None)),
    ("予算額>500百万円", Money(5 * OKU + 1, None)),
    ("amount>3千万", Money(30_000_001, None)),
    ("amount>1.5兆", Money(15_000 * OKU + 1, None)),
    ("amount>一千億円", Money(1000 * OKU + 1, None)),
    ("金額＞１，０００億", Money(1000 * OKU + 1, None)),
    ("amount>1000", Money(1001, None)),
    ("1000億以上", Money(1000 * OKU, None)),
    ("100億超", Money(100 * OKU + 1, None)),
    ("10億以下", Money(None, 10 * OKU)),
    ("50億未満", Money(None, 50 * OKU - 1)),
    ("amount:500億..1000億", Money(500 * OKU, 1000 * OKU)),
    ("amount:500億〜1000億", Money(500 * OKU, 1000 * OKU)),
    ("amount:500億..", Money(500 * OKU, None)),
    ("amount:..1000億", Money(None, 1000 * OKU)),
    ("amount:[500億 TO 1000億]", Money(500 * OKU, 1000 * OKU)),
    ("amount:{500億 TO 1000億}", Money(500 * OKU + 1, 1000 * OKU - 1)),
    ("amount:{500億 TO 1000億]", Money(500 * OKU + 1, 1000 * OKU)),
    # years
    ("year:2024", Years(2024, 2024)),
    ("year:R6", Years(2024, 2024)),
    ("年度:令和6年度", Years(2024, 2024)),
    ("year:ｒ６", Years(2024, 2024)),
    ("year>2022", Years(2023, None)),
    ("year<=R5", Years(None, 2023)),
    ("year:2022..2024", Years(2022, 2024)),
    ("year:{R4 TO R6}", Years(2023, 2023)),
    ("year!=2024", And((Not(Years(2024, 2024)), AMOUNT))),
    # accounts
    ("account:GX", Account(frozenset(("GX",)))),
    ("会計:ＧＸ", Account(frozenset(("GX",)))),
    ("会計:エネルギー対策特別会計", Account(frozenset(("エネ特",)))),
    ("会計!=GX", And((Not(Account(frozenset(("GX",)))), AMOUNT))),
    # changes
    ("change>50億", Change(50 * OKU, None, False, True)),
    ("change>20%", Change(2000, None, True, True)),
    ("change>=２割", Change(2000, None, True)),
    ("change<=-5億", Change(None, -5 * OKU, False)),
    ("change<-2.5%", Change(None, -250, True, False, True)),
    ("change=0", Change(0, 0, False)),
    ("change!=0", And((Not(Change(0, 0, False)), Has("change")))),
    ("増減:10%..20%", Change(1000, 2000, True)),
    ("増減:{10% TO 20%}", Change(1000, 2000, True, True, True)),
    ("増減:-5億..", Change(-5 * OKU, None, False)),
    # the rate of execution
    ("executed<50%", Rate(None, 5000, False, True)),
    ("執行率>=９割", Rate(9000, None)),
    ("executed=100%", Rate(10000, 10000)),
    ("執行率!=0%", And((Not(Rate(0, 0)), Has("executed")))),
    ("執行率:{20% TO 50%]", Rate(2000, 5000, True, False)),
    ("has:執行率", Has("executed")),
    # values
    ("stage:補正", choice("stage", "supplementary")),
    ("stage:不明", choice("stage", None)),
    ("段階!=補正", And((Not(choice("stage", "supplementary")), AMOUNT))),
    ("bound:内数", choice("bound", "portion")),
    ("役割:前年度", choice("role", "previous")),
    ("is:portion", choice("bound", "portion")),
    ("is:上限", choice("bound", "ceiling")),
    ("is:約", choice("bound", "about")),
    ("印:合計", choice("role", "total")),
    ("is:新規", Flag("new")),
    ("is:再掲", Flag("repeated")),
    ("is:後掲", Flag("later")),
    ("is:※", Flag("reference")),
    ("is!=new", And((Not(Flag("new")), AMOUNT))),
    ("has:金額", Has("amount")),
    ("has:内訳名", Has("label")),
    ("has:増減", Has("change")),
    ("有:本文", Has("text")),
    ("has!=text", Not(Has("text"))),
]  # fmt: skip


@pytest.mark.parametrize(("query", "meant"), PLANS, ids=[query for query, _ in PLANS])
def test_means(searcher: Searcher, query: str, meant: Plan) -> None:
    same(plan(searcher, query), meant)


EVERY_VALUE = [
    (f"{spelling}:{value}", f"{each.name}:{key}")
    for each in FIELDS.values()
    for spelling in (each.name, *each.spellings)
    for key, values in each.values.items()
    for value in (key, *values)
]


@pytest.mark.parametrize(("query", "plainly"), EVERY_VALUE, ids=[query for query, _ in EVERY_VALUE])
def test_every_spelling_of_every_value_is_known(searcher: Searcher, query: str, plainly: str) -> None:
    same(plan(searcher, query), plan(searcher, plainly))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_every_field_is_known(searcher: Searcher, spelling: str) -> None:
    example = FIELDS[SPELLINGS[spelling]].example
    name = next(each for each in sorted(SPELLINGS, key=len, reverse=True) if example.startswith(each))
    same(plan(searcher, spelling + example.removeprefix(name)), plan(searcher, example))


UNKNOWN = "使えるのは name、label、text、heading、document、account、amount、year、stage、bound、role、change、executed、is、has です"
ERRORS = [
    ("naem:蓄電池", "「naem」という項目はありません。「name」でしょうか", "naem"),
    ("蓄電池 名前:水素", "「名前」という項目はありません。「名称」でしょうか", "名前"),
    ("foo:bar", f"「foo」という項目はありません。{UNKNOWN}", "foo"),
    ("(水素 OR ｆｏｏ＞5)", f"「foo」という項目はありません。{UNKNOWN}", "ｆｏｏ"),
    ("foo:(水素 電力)", f"「foo」という項目はありません。{UNKNOWN}", "foo"),
    ("stage:捕正", "「段階」に「捕正」という値はありません。使えるのは 概算要求、要望額、予算案、当初、補正、予備費、国庫債務負担行為、基金、繰越、執行、不明 です", "捕正"),
    ("bound:多分", "「確度」に「多分」という値はありません。使えるのは 確定、約、上限、内数、単価 です", "多分"),
    ("役割:親", "「役割」に「親」という値はありません。使えるのは 本体、前年度、うち数、合計、言及 です", "親"),
    ("is:foo", "「印」に「foo」という値はありません。使えるのは 新規、再掲、後掲、参考、内数、上限、約、合計 です", "foo"),
    ("has:foo", "「有無」に「foo」という値はありません。使えるのは 金額、内訳名、増減、執行率、本文 です", "foo"),
    ("amount>1000奥", "「1000奥」を金額として読めません。数と単位（万・億・兆、円）で書いてください", "1000奥"),
    ("金額：千億くらい", "「千億くらい」を金額として読めません。数と単位（万・億・兆、円）で書いてください", "千億くらい"),
    ("amount:1億..多く", "「多く」を金額として読めません。数と単位（万・億・兆、円）で書いてください", "amount:1億..多く"),
    ("year:２０２４x", "「2024x」を年度として読めません。2024、R6、令和6年度のように書いてください", "２０２４x"),
    ("year>いつか", "「いつか」を年度として読めません。2024、R6、令和6年度のように書いてください", "いつか"),
    ("change>abc%", "「abc%」を割合として読めません。20%のように書いてください", "abc%"),
    ("change>1.234%", "「1.234%」を割合として読めません。20%のように書いてください", "1.234%"),
    ("change:5億", "「増減」には比べる記号が要ります", "5億"),
    ("executed<50", "「50」を割合として読めません。50%のように書いてください", "50"),
    ("executed:50%", "「執行率」には比べる記号が要ります", "50%"),
    ("執行率:50%..20%", "範囲の小さい方を左に書いてください", "執行率:50%..20%"),
    ("change:10%..5億", "増減の範囲は、両端を円か％のどちらかにそろえてください", "change:10%..5億"),
    ("stage>補正", "「段階」は大小を比べられません。「:」で値を書いてください", "stage>補正"),
    ("account<GX", "「会計」は大小を比べられません。「:」で値を書いてください", "account<GX"),
    ("document>5", "「文書」は大小を比べられません。「:」で値を書いてください", "document>5"),
    ("is>=new", "「印」は大小を比べられません。「:」で値を書いてください", "is>=new"),
    ("name:あ..ん", "「名称」には範囲を書けません", "name:あ..ん"),
    ("stage:補正..当初", "「段階」には範囲を書けません", "stage:補正..当初"),
    ("amount:1000億..500億", "範囲の小さい方を左に書いてください", "amount:1000億..500億"),
    ("amount:{5億 TO 5億}", "範囲の小さい方を左に書いてください", "amount:{5億 TO 5億}"),
    ("year:R6..R5", "範囲の小さい方を左に書いてください", "year:R6..R5"),
    ("change:20%..10%", "範囲の小さい方を左に書いてください", "change:20%..10%"),
    ("name:*", "「*」は語の終わりに一つだけ書けます", "*"),
    ("stage:補*", "「段階」では「*」を使えません。値をそのまま書いてください", "補*"),
    ("amount:5*", "「金額」では「*」を使えません。値をそのまま書いてください", "5*"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "message", "pointed"), ERRORS, ids=[row[0] for row in ERRORS])
def test_points(searcher: Searcher, query: str, message: str, pointed: str) -> None:
    with pytest.raises(QueryError) as caught:
        plan(searcher, query)
    error = caught.value
    assert error.message == message
    assert query[error.start : error.end] == pointed
    assert error.example
    assert "^" in str(error)


ANY = [
    ("水素 電力", "水素 OR 電力"),
    ("水素 電力 amount>5億", "(水素 OR 電力) amount>5億"),
    ("水素 -電力 name:電池 stage:補正", "(水素 OR name:電池) -電力 stage:補正"),
    ("水素 (電力 OR 石油)", "水素 OR 電力 OR 石油"),
    ("水素 name:(電池 OR 電力)", "水素 OR name:(電池 OR 電力)"),
    ("水素 amount>5億", "水素 amount>5億"),
    ("amount>5億 year:2024", "amount>5億 year:2024"),
    ("水素", "水素"),
]


@pytest.mark.parametrize(("query", "either"), ANY, ids=[query for query, _ in ANY])
def test_joins_words_by_or(query: str, either: str) -> None:
    assert any_word(parse(query)) == parse(either)
