"""A hit says why it is there, and shows the stretch of text that says so."""

import pytest

from index.document import Amount, Item, Place
from search import snippets
from search.plan import sought
from search.results import Marked, Snippet
from search.searcher import Searcher
from tests.test_planner import plan

PLACE = Place("paper", 1, 1)
LONG = "令和六年度においては、" * 5


def item(name: str, *labels: str, **more: object) -> Item:
    amounts = tuple(Amount(10**9, label=label or None) for label in labels)
    return Item(PLACE, name, amounts=amounts, **more)  # type: ignore[arg-type]


def shown(marked: Marked) -> str:
    """Return a text with its marks in brackets."""
    text = marked.text
    for start, end in reversed(marked.spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


MARKS = [
    ("蓄電池", "次世代蓄電池と蓄電池", "次世代[蓄電池]と[蓄電池]"),
    ("EV", "ＥＶ・電気自動車", "[ＥＶ]・[電気自動車]"),
    ("水素", "水 素", "[水 素]"),
    ("ガス", "都市ｶﾞｽ", "都市[ｶﾞｽ]"),
    ("都市ガス", "都市ｶﾞｽの", "[都市ｶﾞｽ]の"),
    ("取り組み", "新たな取組へ", "新たな[取組]へ"),
    ("サーバー", "サーバの整備", "[サーバ]の整備"),
    ('"サーバー"', "サーバの整備", "サーバの整備"),
    ("半導*", "半導体", "[半導]体"),
    ("蓄電池 電池", "蓄電池", "[蓄電池]"),
    ("蓄電池 -次世代", "次世代蓄電池", "次世代[蓄電池]"),
    ("heading:蓄電池", "蓄電池", "蓄電池"),
    ("amount>5億", "蓄電池", "蓄電池"),
    ("①", "①の事業", "[①]の事業"),
    ("強靭化", "強靱化", "[強靱化]"),
]


@pytest.mark.parametrize(("query", "text", "marked"), MARKS, ids=[f"{row[0]} | {row[1]}" for row in MARKS])
def test_marks(searcher: Searcher, query: str, text: str, marked: str) -> None:
    assert shown(snippets.mark(text, sought(plan(searcher, query)))) == marked


SNIPPETS = [
    ("the name says all", "水素", item("水素事業", text="水素を作る"), None),
    ("the text says it", "水素", item("支援事業", text="安い水素を作る"), ("text", "安い[水素]を作る")),
    ("a label always", "水素", item("水素事業", "水素製造"), ("label", "[水素]製造")),
    ("the label that answered", "水素", item("事業", "水素利用", "水素製造"), ("label", "[水素]利用")),
    ("what the name leaves open", "水素 電力", item("水素事業", text="水素と電力"), ("text", "[水素]と[電力]")),
    ("heading", "水素", item("事業", heading_path=("水素社会", "製造")), ("heading", "[水素]社会")),
    ("policy paragraph", "水素", item("事業", lead="水素の利用"), ("lead", "[水素]の利用")),
    ("prose", "水素", item("安い水素を", kind="passage", text="安い水素を作る"), ("text", "安い[水素]を作る")),
    ("only its own field", "heading:水素", item("水素", text="水素", heading_path=("水素",)), ("heading", "[水素]")),
    ("no words", "amount>5億", item("水素"), None),
    ("only words to leave out", "-電力", item("水素", text="電力"), None),
    (
        "a long text is cut",
        "水素",
        item("事業", text=f"{LONG}水素{LONG}"),
        ("text", f"…{LONG[-30:]}[水素]{LONG[:30]}…"),
    ),
]


@pytest.mark.parametrize(("query", "item", "wanted"), [row[1:] for row in SNIPPETS], ids=[row[0] for row in SNIPPETS])
def test_shows(searcher: Searcher, query: str, item: Item, wanted: tuple[str, str] | None) -> None:
    found = snippets.snippet(item, range(min(1, len(item.amounts))), sought(plan(searcher, query)))
    assert (found and (found.source, shown(found.marked))) == wanted
    assert found is None or isinstance(found, Snippet)


REASONS = [
    ("水素 amount>5億", "meti-request-2024:77", "certain", "名称に「水素」"),
    ("EV", "meti-request-2024:94", "certain", "名称に「電気自動車」（「EV」と同義）"),
    ("取り組み", "monozukuri-2025:16", "certain", "名称に「取組」（「取り組み」の別表記）"),
    ("年度:R3", "meti-request-2024:294", "certain", "金額が条件に当てはまる"),
    ("-事業 document:monozukuri", "monozukuri-2025:11", "certain", "条件に当てはまる"),
    ("蓄電池 amount>1000億", "monozukuri-2025:39", "possible", "上限のため、実際の額が分からない"),
    ("強靭化 amount:50億..200億", "monozukuri-2025:566", "possible", "内数のため、印字額のうちの額が分からない"),
    ("会計:GX amount>9000億", "meti-request-2024:96", "possible", "一部GXのため、会計ごとの額が分からない"),
    ("会計:エネ特 is:portion", "", "possible", ""),
    ("京都", "", "related", ""),
    ("電池 name:蓄電池", "meti-request-2024:56", "related", "名称の長い語の一部に「電池」、名称に「蓄電池」"),
    ("EV", "meti-request-2024:90", "related", "上の政策文に「EV」"),
    ("強靱化 name:先進的", "monozukuri-2025:576", "related", "見出しに「強靱化」、名称に「先進的」"),
    ("蓄電池 半導体", "monozukuri-2025:564", "related", "言葉が別々の金額の内訳名に分かれている"),
    ("補助金 label:交付金", "monozukuri-2025:139", "related", "内訳名に「交付金」（「補助金」に近い言葉）、内訳名に「交付金」"),
    ("蓄電池 半導体 amount>4000億", "monozukuri-2025:564", "related", "言葉が別々の金額の内訳名に分かれている"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "place", "group", "reason"), REASONS, ids=[f"{r[0]} {r[1]}" for r in REASONS])
def test_says_why(searcher: Searcher, query: str, place: str, group: str, reason: str) -> None:
    hits = searcher.search(query, limit=None).hits
    found = {str(hit.item.place): hit for hit in hits if hit.group == group}
    if place:
        assert found[place].reason == reason
    assert all(hit.reason for hit in hits)


def test_every_hit_says_why(searcher: Searcher) -> None:
    for query in ("の", "change>-5億", "-会計:GX", "EV OR 半導* OR 取り組み", "has:label -is:portion", "サイバー 人材"):
        assert all(hit.reason for hit in searcher.search(query, limit=None).hits), query
