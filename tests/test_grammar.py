"""Every form of the query language is read, and every error points."""

import contextlib
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from search.grammar import MAX_DEPTH, MAX_LEAVES, MAX_LENGTH, parse
from search.tree import And, Comparison, Exact, Field, Not, Or, Prefix, Query, Range, Word

A, B, C = Word("蓄電池"), Word("半導体"), Word("水素")
OVER = Comparison("amount", ">", "1000億")
HALF_OPEN = Range("amount", "500億", "1000億", high_open=True)

ITSELF = "what was typed is what the tree prints"

READ: list[tuple[str, Query | str]] = [
    # words and joining
    ("蓄電池", A),
    ("蓄電池 半導体", And((A, B))),
    ("蓄電池 AND 半導体", And((A, B))),
    ("蓄電池 & 半導体", And((A, B))),
    ("蓄電池&半導体", And((A, B))),
    ("蓄電池 && 半導体", And((A, B))),
    ("蓄電池 OR 半導体", Or((A, B))),
    ("蓄電池|半導体", Or((A, B))),
    ("蓄電池 || 半導体", Or((A, B))),
    ("蓄電池 or 半導体 and 水素", Or((A, And((B, C))))),
    ("蓄電池 半導体 OR 水素", Or((And((A, B)), C))),
    ("(蓄電池 OR 半導体) 水素", And((Or((A, B)), C))),
    ("蓄電池(半導体 OR 水素)", And((A, Or((B, C))))),
    ("蓄電池 AND(半導体)OR(水素)", Or((And((A, B)), C))),
    ("((蓄電池 半導体) 水素)", And((A, B, C))),
    ("蓄電池 OR (半導体 OR 水素)", Or((A, B, C))),
    ("蓄電池\t半導体\n水素", And((A, B, C))),
    ("蓄電池\u00a0半導体\u2009水素", And((A, B, C))),
    ("\ufeff蓄電池\u200b半導体\x00水素", And((A, B, C))),
    # without
    ("NOT 水素", Not(C)),
    ("not(水素)", Not(C)),
    ("-水素", Not(C)),
    ("－水素", Not(C)),
    ("−水素", Not(C)),
    ("蓄電池 -水素", And((A, Not(C)))),
    ("蓄電池 AND NOT 水素", And((A, Not(C)))),
    ("-(蓄電池 OR 水素)", Not(Or((A, C)))),
    ('-"水素"', Not(Exact("水素"))),
    ("NOT -水素", Not(Not(C))),
    # words that look like operators
    ("Go-Tech", Word("Go-Tech")),
    ("J-PARC X-1", And((Word("J-PARC"), Word("X-1")))),
    ("M&A", Word("M&A")),
    ("Ｒ＆Ｄ", Word("R&D")),
    ("M&A&B", Word("M&A&B")),
    ("M& A", And((Word("M"), Word("A")))),
    ("EV&蓄電池", And((Word("EV"), A))),
    ("ORACLE NOTE ANDES", And((Word("ORACLE"), Word("NOTE"), Word("ANDES")))),
    ("がんばれ！", Word("がんばれ!")),
    ("ー水素", Word("ー水素")),
    ("【新規】", Word("【新規】")),
    # width
    ("蓄電池　ＡＮＤ　ａｍｏｕｎｔ＞１０００億", And((A, OVER))),
    ("（蓄電池　ｏｒ　半導体）　水素", And((Or((A, B)), C))),
    ("蓄電池｜半導体＆水素", Or((A, And((B, C))))),
    ("ａｍｏｕｎｔ：５００億．．１０００億", "amount:500億..1000億"),
    # exactly these characters
    ('"次世代半導体"', Exact("次世代半導体")),
    ("＂次世代半導体＂", Exact("次世代半導体")),
    ("“次世代半導体”", Exact("次世代半導体")),
    ("”次世代半導体”", Exact("次世代半導体")),
    ("「次世代半導体」", Exact("次世代半導体")),
    ("｢次世代半導体｣", Exact("次世代半導体")),
    ("『次世代「半導体」』", Exact("次世代「半導体」")),
    ("「次世代「半導体」の」", Exact("次世代「半導体」の")),
    ('"次世代""半導体"""', Exact('次世代"半導体"')),
    ('"(蓄電池 OR -水素)"', Exact("(蓄電池 OR -水素)")),
    ("蓄電池「半導体」水素", And((A, Exact("半導体"), C))),
    ("蓄電池 OR「半導体」", Or((A, Exact("半導体")))),
    # begins with
    ("半導*", Prefix("半導")),
    ("半導＊", Prefix("半導")),
    ("-半導* 水素", And((Not(Prefix("半導")), C))),
    # fields
    ("name:蓄電池", Field("name", A)),
    ("name: 蓄電池", Field("name", A)),
    ("名称：　蓄電池", Field("名称", A)),
    ("name : 蓄電池", Field("name", A)),
    ("Name:蓄電池", Field("Name", A)),
    ("name:「蓄電池」", Field("name", Exact("蓄電池"))),
    ("name:半導*", Field("name", Prefix("半導"))),
    ("name:(蓄電池)", Field("name", A)),
    ("name:(蓄電池 OR 半導体) 水素", And((Field("name", Or((A, B))), C))),
    ("name:(蓄電池 -水素)", Field("name", And((A, Not(C))))),
    ("name:(name:蓄電池)", Field("name", A)),
    ("-name:蓄電池", Not(Field("name", A))),
    ("heading:福島 label:補助金 text:設備 document:meti-request-2024", ITSELF),
    ("account:GX stage:補正 year:2024 bound:portion role:previous", ITSELF),
    ("is:new is:repeated is:portion is:ceiling has:amount", ITSELF),
    ("段階:補正 会計:GX 未知:値", ITSELF),
    ("or:蓄電池", Field("or", A)),
    # money
    ("amount>1000億", OVER),
    ("amount > 1000億", OVER),
    ("amount:>1000億", OVER),
    ('amount>"1000億"', OVER),
    ("金額＞＝１０００億", Comparison("金額", ">=", "1000億")),
    ("金額≥1000億", Comparison("金額", ">=", "1000億")),
    ("金額≧1000億", Comparison("金額", ">=", "1000億")),
    ("金額=>1000億", Comparison("金額", ">=", "1000億")),
    ("金額<1000億", Comparison("金額", "<", "1000億")),
    ("金額<=1000億", Comparison("金額", "<=", "1000億")),
    ("金額≤1000億", Comparison("金額", "<=", "1000億")),
    ("金額≦1000億", Comparison("金額", "<=", "1000億")),
    ("金額=1000億", Comparison("金額", "=", "1000億")),
    ("金額==1000億", Comparison("金額", "=", "1000億")),
    ("金額!=1000億", Comparison("金額", "!=", "1000億")),
    ("金額！＝1000億", Comparison("金額", "!=", "1000億")),
    ("金額 ! = 1000億", Comparison("金額", "!=", "1000億")),
    ("金額≠1000億", Comparison("金額", "!=", "1000億")),
    ("金額<>1000億", Comparison("金額", "!=", "1000億")),
    ("amount>1兆2000億円", Comparison("amount", ">", "1兆2000億円")),
    ("amount>１，０００億", Comparison("amount", ">", "1,000億")),
    ("amount>1.5兆", Comparison("amount", ">", "1.5兆")),
    ("(amount>1000億)蓄電池", And((OVER, A))),
    ("or>5", Comparison("or", ">", "5")),
    ("change>50億", Comparison("change", ">", "50億")),
    ("change>20%", Comparison("change", ">", "20%")),
    ("change>-5億", Comparison("change", ">", "-5億")),
    ("change>−5億", Comparison("change", ">", "-5億")),
    ("増減:-5億", Field("増減", Word("-5億"))),
    # limits
    ("1000億以上", Comparison("amount", ">=", "1000億")),
    ("100億超", Comparison("amount", ">", "100億")),
    ("10億以下", Comparison("amount", "<=", "10億")),
    ("50億未満", Comparison("amount", "<", "50億")),
    ("一千億円以上", Comparison("amount", ">=", "一千億円")),
    ("千億円以上", Comparison("amount", ">=", "千億円")),
    ("1兆2000億円超", Comparison("amount", ">", "1兆2000億円")),
    ("１，０００億以上", Comparison("amount", ">=", "1,000億")),
    ("500百万円以下", Comparison("amount", "<=", "500百万円")),
    ("蓄電池 -10億以下", And((A, Not(Comparison("amount", "<=", "10億"))))),
    ("amount:1000億以上", Comparison("amount", ">=", "1000億")),
    ("増減:20%以上", Comparison("増減", ">=", "20%")),
    ("増減:(20%以上 OR 5億超)", "増減:(増減>=20% OR 増減>5億)"),
    ("20歳以上", Word("20歳以上")),
    ("20以上", Word("20以上")),
    ("20%以上", Word("20%以上")),
    ("百人以上", Word("百人以上")),
    ("億以上", Word("億以上")),
    ("100億企業", Word("100億企業")),
    ("name:20歳以上", Field("name", Word("20歳以上"))),
    # ranges
    ("amount:500億..1000億", Range("amount", "500億", "1000億")),
    ("amount:500億...1000億", Range("amount", "500億", "1000億")),
    ("amount:500億〜1000億", Range("amount", "500億", "1000億")),
    ("amount:500億～1000億", Range("amount", "500億", "1000億")),
    ("amount:500億~1000億", Range("amount", "500億", "1000億")),
    ("amount:500億‥1000億", Range("amount", "500億", "1000億")),
    ("amount:500億..", Range("amount", "500億", None)),
    ("amount:..1000億", Range("amount", None, "1000億")),
    ("amount:500億..*", Range("amount", "500億", None)),
    ("500億..1000億", Range("amount", "500億", "1000億")),
    ("500億〜", Range("amount", "500億", None)),
    ("..1000億", Range("amount", None, "1000億")),
    ("amount:[500億 TO 1000億]", Range("amount", "500億", "1000億")),
    ("amount: [ 500億 to 1000億 ]", Range("amount", "500億", "1000億")),
    ("amount：［５００億　ＴＯ　１０００億］", Range("amount", "500億", "1000億")),
    ("amount:{500億 TO 1000億}", Range("amount", "500億", "1000億", low_open=True, high_open=True)),
    ("amount:[500億 TO 1000億}", HALF_OPEN),
    ("amount:[500億..1000億}", HALF_OPEN),
    ("amount:{500億 TO *}", Range("amount", "500億", None, low_open=True)),
    ("amount:[* TO 500億]", Range("amount", None, "500億")),
    ("change:-5億..5億", Range("change", "-5億", "5億")),
    ("change:−5億..5億", Range("change", "-5億", "5億")),
    ("year:2022..2024", Range("year", "2022", "2024")),
    ("年度:R4〜令和6年度", Range("年度", "R4", "令和6年度")),
    ("year:(2020..2022 OR 2024)", Field("year", Or((Range("year", "2020", "2022"), Word("2024"))))),
    ("year:(2020..2022)", Range("year", "2020", "2022")),
    ("北海道〜東京", Word("北海道〜東京")),
    ("2022..2024", Word("2022..2024")),
    ("year:R6 year:令和6年度", And((Field("year", Word("R6")), Field("year", Word("令和6年度"))))),
    ("year:2024 stage:補正 amount>1000億", ITSELF),
]


@pytest.mark.parametrize(("query", "tree"), READ, ids=[query for query, _ in READ])
def test_is_read_as(query: str, tree: Query | str) -> None:
    read = parse(query)
    assert str(read) == (query if tree == ITSELF else tree) if isinstance(tree, str) else read == tree


PLACES = [
    ("蓄電池　ＡＮＤ　ａｍｏｕｎｔ＞１０００億", "蓄電池", "ａｍｏｕｎｔ＞１０００億"),
    ("  年度 : 2024   -「水素」 ", "年度 : 2024", "-「水素」"),
    ("name:(a b) 500億以上", "name:(a b)", "500億以上"),
    ("金額 : [1億 TO 2億} 半導＊", "金額 : [1億 TO 2億}", "半導＊"),
    ("年度:1..2 (a)", "年度:1..2", "a"),
]


@pytest.mark.parametrize(("query", "first", "last"), PLACES, ids=[query for query, *_ in PLACES])
def test_place_is_that_in_the_query_as_typed(query: str, first: str, last: str) -> None:
    tree = parse(query)
    assert isinstance(tree, And)
    assert [query[each.start : each.end] for each in tree.operands] == [first, last]
    assert query[tree.start : tree.end] == query[tree.operands[0].start : tree.operands[-1].end]


WORDS = "例: (子育て OR 給付) 金額>10億"
COMPARED = "例: 金額>1000億"
RANGED = "例: 金額:500億..1000億"
BRACKETED = "例: 金額:[500億 TO 1000億]"
GIVEN = "例: 段階:補正"
QUOTED = '例: "次世代半導体"'
STARRED = "例: 半導*"
EXCLUDED = "例: 蓄電池 -水素"

WRONG = [
    # brackets
    ("子育て 給付) 金", "           ^", "対応する「(」がありません", WORDS),
    ("）", "^^", "対応する「(」がありません", WORDS),
    ("蓄電池 AND )", "           ^", "対応する「(」がありません", WORDS),
    ("蓄電池]", "      ^", "対応する「[」がありません", WORDS),
    ("蓄電池}", "      ^", "対応する「{」がありません", WORDS),
    ("蓄電池」", "      ^^", "対応する『「』がありません", WORDS),
    ("蓄電池』", "      ^^", "対応する「『」がありません", WORDS),
    ("水素 (蓄電池 OR", "             ^^", "「OR」の後に語が必要です", WORDS),
    ("水素 (蓄電池", "     ^", "「(」に対応する「)」がありません", WORDS),
    ("水素（", "    ^^", "「(」に対応する「)」がありません", WORDS),
    ("name:(蓄電池", "     ^", "「(」に対応する「)」がありません", WORDS),
    ("水素 ( )", "     ^^^", "「(」と「)」の間に語が必要です", WORDS),
    ("name:()", "     ^^", "「(」と「)」の間に語が必要です", WORDS),
    # quotation marks
    ('水素 "蓄電池', "     ^", "引用符が閉じられていません", QUOTED),
    ('水素 "蓄電池""', "     ^", "引用符が閉じられていません", QUOTED),
    ("「蓄「電」池", "^^", "引用符が閉じられていません", QUOTED),
    ("『蓄電池」", "^^", "引用符が閉じられていません", QUOTED),
    ('水素 ""', "     ^^", "引用符の間に語が必要です", QUOTED),
    ("「　」", "^^^^^^", "引用符の間に語が必要です", QUOTED),
    # operators
    ("AND 蓄電池", "^^^", "「AND」の前に語が必要です", WORDS),
    ("OR", "^^", "「OR」の前に語が必要です", WORDS),
    ("| &", "^", "「|」の前に語が必要です", WORDS),
    ("蓄電池 ＡＮＤ", "       ^^^^^^", "「AND」の後に語が必要です", WORDS),
    ("蓄電池 AND OR 水素", "           ^^", "「OR」の前に語が必要です", WORDS),
    ("蓄電池 or ", "       ^^", "「or」の後に語が必要です", WORDS),
    ("(蓄電池 OR ) 水素", "        ^^", "「OR」の後に語が必要です", WORDS),
    ("蓄電池 NOT", "       ^^^", "「NOT」の後に語が必要です", WORDS),
    ("蓄電池 -", "       ^", "「-」の後に語が必要です", WORDS),
    ("蓄電池 - 水素", "       ^", "「-」のすぐ後に、空白を入れずに語が必要です", EXCLUDED),
    # fields
    (">1000億", "^", "「>」の前に項目名が必要です", COMPARED),
    ("蓄電池 (≧1000億)", "        ^", "「>=」の前に項目名が必要です", COMPARED),
    ("100億<金額<200億", "          ^", "「<」の前に項目名が必要です", COMPARED),
    (":蓄電池", "^", "「:」の前に項目名が必要です", GIVEN),
    ("name:label:蓄電池", "          ^", "「:」の前に項目名が必要です", GIVEN),
    ("name:", "    ^", "「:」の後に値が必要です", GIVEN),
    ("段階： OR 蓄電池", "    ^^", "「:」の後に値が必要です", GIVEN),
    ("段階:)", "    ^", "「:」の後に値が必要です", GIVEN),
    ("段階:-補正", "     ^", "除くときは、「-」を項目名の前に書きます", "例: -段階:補正"),
    (
        "名称:(蓄電池 段階:補正)",
        "             ^^^^",
        "項目の括弧の中に、別の項目は書けません",
        "例: 名称:(蓄電池 OR 水素)",
    ),
    ("amount>", "      ^", "「>」の後に値が必要です", COMPARED),
    ("金額 ≧ AND 蓄電池", "     ^", "「>=」の後に値が必要です", COMPARED),
    ("金額>(1000億)", "    ^", "「>」の後に値が必要です", COMPARED),
    ("金額>「1000 億」", "     ^^^^^^^^^^^", "比べる値は、空白も記号も入れずに書きます", COMPARED),
    # ranges
    ("金額:..", "     ^^", "範囲の「..」や「〜」の前か後に、空白を入れずに値が必要です", RANGED),
    ("金額:500億 〜 1000億", "           ^^", "範囲の「..」や「〜」の前か後に、空白を入れずに値が必要です", RANGED),
    ("金額:1億..2億..3億", "     ^^^^^^^^^^^^^", "範囲には、始めと終わりの二つの値、またはその一方が必要です", RANGED),
    ("金額:*..*", "     ^^^^", "範囲には、始めと終わりの二つの値、またはその一方が必要です", RANGED),
    ("金額:[* TO *]", "     ^^^^^^^^", "範囲には、始めと終わりの二つの値、またはその一方が必要です", RANGED),
    ("金額:[500億 TO 1000億", "     ^", "範囲の「[」が閉じられていません", BRACKETED),
    ("金額:[500億]", "     ^^^^^^^", "範囲には、二つの値と、その間の「TO」が必要です", BRACKETED),
    ("金額:[5 億 TO 6億]", "     ^^^^^^^^^^^^^", "範囲には、二つの値と、その間の「TO」が必要です", BRACKETED),
    ("[500億 TO 1000億]", "^", "範囲の「[」の前に、項目名と「:」が必要です", BRACKETED),
    ("金額 {1億 TO 2億}", "     ^", "範囲の「{」の前に、項目名と「:」が必要です", BRACKETED),
    # stars
    ("*", "^", "「*」は語の終わりに一つだけ書けます", STARRED),
    ("＊導体", "^^", "「*」は語の終わりに一つだけ書けます", STARRED),
    ("半*体", "  ^", "「*」は語の終わりに一つだけ書けます", STARRED),
    ("半導**", "    ^", "「*」は語の終わりに一つだけ書けます", STARRED),
    ("name:*", "     ^", "「*」は語の終わりに一つだけ書けます", STARRED),
    # what cannot be printed, or takes no room
    ("蓄電池\ud800", "      ^", "文字として読めないものがあります", None),
    ("か\u3099き\u3099 )", "     ^", "対応する「(」がありません", WORDS),
    ("蓄電池\t\x1b)", "        ^", "対応する「(」がありません", WORDS),
]


@pytest.mark.parametrize(
    ("query", "carets", "message", "example"),
    WRONG,
    ids=[query.encode("utf-8", "replace").decode() for query, *_ in WRONG],
)
def test_error_points(query: str, carets: str, message: str, example: str | None) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    shown = query.replace("\t", " ").replace("\x1b", " ").replace("\ud800", "\ufffd")
    assert str(caught.value).splitlines() == [message, f"  {shown}", f"  {carets}", *([example] if example else [])]


@pytest.mark.parametrize("query", ["", " ", "　\n"])
def test_nothing_is_no_query(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert str(caught.value) == f"検索する語が必要です\n{WORDS}"


def test_example_of_the_manual() -> None:
    with pytest.raises(QueryError) as caught:
        parse("子育て 給付) 金")
    assert str(caught.value) == (
        "対応する「(」がありません\n  子育て 給付) 金\n             ^\n例: (子育て OR 給付) 金額>10億"
    )


def test_error_bears_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("（　＞＝５）")
    error = caught.value
    assert error.message == "「>=」の前に項目名が必要です"
    assert (error.source, error.start, error.end) == ("（　＞＝５）", 2, 4)
    assert error.example == "金額>1000億"


def test_long_query_is_shown_around_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("蓄電池 " * 50 + ")" + " 半導体" * 50)
    message, line, carets, _ = str(caught.value).splitlines()
    assert message == "対応する「(」がありません"
    assert line == "  …蓄電池 蓄電池 蓄電池 ) 半導体 半導体 半導体 半導体 半導体 半…"
    assert carets == "                        ^"


def test_long_span_has_forty_carets() -> None:
    with pytest.raises(QueryError) as caught:
        parse(f"金額>「{'半 導 ' * 40}」")
    _, line, carets, _ = str(caught.value).splitlines()
    assert line.startswith("  金額>「半 導 ")
    assert line.endswith("…")
    assert carets == "       " + "^" * 40


LIMITS = [
    ("characters", "蓄" * (MAX_LENGTH + 1), "検索式は2000字までです"),
    ("levels", "(" * (MAX_DEPTH + 1) + "蓄電池" + ")" * (MAX_DEPTH + 1), "括弧と否定の入れ子は50段までです"),
    ("denials", "-" * (MAX_DEPTH + 1) + "蓄電池", "括弧と否定の入れ子は50段までです"),
    ("fields", "name:(" * (MAX_DEPTH + 1) + "蓄電池" + ")" * (MAX_DEPTH + 1), "括弧と否定の入れ子は50段までです"),
    ("words", "蓄 " * (MAX_LEAVES + 1), "語と条件は合わせて200個までです"),
    ("conditions", "a>1 b:1..2 " * MAX_LEAVES, None),
    ("ten thousand brackets", "(" * 10_000, "検索式は2000字までです"),
    ("two thousand brackets", "(" * MAX_LENGTH, "括弧と否定の入れ子は50段までです"),
    ("two thousand NOT", "NOT " * (MAX_LENGTH // 4), "括弧と否定の入れ子は50段までです"),
    ("a hundred thousand letters", "a" * 100_000, "検索式は2000字までです"),
    ("a hundred thousand marks", "\u3099" * 100_000, "検索式は2000字までです"),
]


@pytest.mark.parametrize(("query", "message"), [row[1:] for row in LIMITS], ids=[name for name, *_ in LIMITS])
def test_too_much_is_refused_at_once(query: str, message: str | None) -> None:
    began = time.perf_counter()
    with pytest.raises(QueryError) as caught:
        parse(query)
    lines = str(caught.value).splitlines()
    assert time.perf_counter() - began < 0.5
    assert message in (None, lines[0])
    assert len(lines[1]) < 400
    assert lines[2].strip(" ^") == ""


INSIDE = [
    "蓄" * MAX_LENGTH,
    "(" * MAX_DEPTH + "蓄電池" + ")" * MAX_DEPTH,
    "-" * MAX_DEPTH + "蓄電池",
    "蓄 " * MAX_LEAVES,
    " " * (MAX_LENGTH - 1) + "蓄",
    "a!" * (MAX_LENGTH // 2),
]


@pytest.mark.parametrize("query", INSIDE, ids=["characters", "levels", "denials", "words", "spaces", "marks"])
def test_the_limit_itself_is_allowed(query: str) -> None:
    assert str(parse(query))


def test_every_space_separates() -> None:
    for space in filter(str.isspace, map(chr, range(sys.maxunicode + 1))):
        assert parse(f"蓄電池{space}半導体") == And((A, B))


MARKS = '()（）[]{}"“”「」『』|&＆:：<>=!≥≦≠-－−*＊.〜～~,%　 \t\0\u3099\ud800🚄'
WORDS_AND_SIGNS = ("AND", "or", "NOT", "TO", "..", "以上", "超", "蓄電池", "1000億", "20%", "name", "金額", "M&A")
PIECES = st.sampled_from((*MARKS, *WORDS_AND_SIGNS))
soup = st.text() | st.lists(PIECES, max_size=30).map("".join)


@given(soup | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Lo", "Po"])))
def test_any_text_is_read_or_refused(text: str) -> None:
    place: Query | QueryError
    try:
        place = parse(text)
    except QueryError as error:
        place = error
    assert 0 <= place.start <= place.end <= len(text)
    assert str(place).encode()


@given(soup)
def test_what_is_read_prints_as_itself(text: str) -> None:
    with contextlib.suppress(QueryError):
        tree = parse(text)
        assert parse(str(tree)) == tree


@given(st.text(min_size=1, max_size=20))
def test_a_hundred_kilobytes_take_less_than_a_second(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(QueryError) as caught:
        parse(text * (100_000 // len(text)))
    assert str(caught.value)
    assert time.perf_counter() - began < 1
