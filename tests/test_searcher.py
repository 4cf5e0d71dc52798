"""A query is a page of results: hits in their groups and order, counts of all of them, a word when there are none."""

import re
from pathlib import Path
from threading import Thread

import pytest

from index.errors import StoreError
from index.store.writer import Writer
from search.engine import Memory
from search.errors import QueryError
from search.grammar import parse
from search.planner import Planner
from search.results import GROUPS, SORTS, Hit, ResultPage
from search.searcher import Searcher
from search.tree import Exact, Query, Word

ORDER = list(GROUPS)


def everything(searcher: Searcher, query: str, **options: str) -> ResultPage:
    return searcher.search(query, limit=None, **options)  # type: ignore[arg-type]


def places(page: ResultPage) -> list[str]:
    return [str(hit.item.place) for hit in page.hits]


# -- nothing stays hidden


@pytest.fixture(scope="module")
def pieces(searcher: Searcher) -> dict[str, set[int]]:
    """Return every stretch of one to six characters of every name, with the items that it must find."""
    found: dict[str, set[int]] = {}
    for number in range(searcher.catalog.items):
        item = searcher.catalog.item(number)
        if item.kind == "passage":
            continue
        for length in range(1, 7):
            for start in range(len(item.name) - length + 1):
                piece = item.name[start : start + length]
                if piece.strip():
                    found.setdefault(piece, set()).add(number)
    return found


def items(searcher: Searcher, tree: Query, text: str) -> set[int]:
    plan = Planner(searcher._lexicon, searcher.catalog, text).plan(tree)
    hits = searcher._engine.items.hits(searcher._engine.answer(plan, Memory()))
    return {*hits.items, *(item for repeats in hits.repeats.values() for item in repeats)}


def test_every_piece_of_every_name_in_quotes_finds_it(searcher: Searcher, pieces: dict[str, set[int]]) -> None:
    some = list(pieces.items())[::2]
    hidden = {piece: wanted - items(searcher, Exact(piece), piece) for piece, wanted in some}
    assert {piece: lost for piece, lost in hidden.items() if lost} == {}


def test_every_piece_of_every_name_finds_it(searcher: Searcher, pieces: dict[str, set[int]]) -> None:
    for piece in list(pieces)[::3]:
        try:
            tree = parse(piece)
        except QueryError:
            continue
        if tree == Word(piece):
            assert pieces[piece] <= items(searcher, tree, piece), piece


# -- pages


PAGED = ["蓄電池", "事業 amount>10億", "EV OR 半導体", "-支援", "stage:補正", "中小企業 change>0"]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", PAGED)
def test_pages_put_together_are_all_hits(searcher: Searcher, query: str, sort: str) -> None:
    whole = everything(searcher, query, sort=sort)
    parts = [searcher.search(query, limit=7, offset=start, sort=sort) for start in range(0, whole.found + 7, 7)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert {part.found for part in parts} == {len(whole.hits)}
    assert whole.amounts == sum(len(hit.matched) for hit in whole.hits)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", PAGED)
def test_groups_come_in_order(searcher: Searcher, query: str, sort: str) -> None:
    groups = [ORDER.index(hit.group) for hit in everything(searcher, query, sort=sort).hits]
    assert groups == sorted(groups)


def sums(hit: Hit) -> list[int]:
    return [hit.item.amounts[each].yen for each in hit.matched]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("query", PAGED)
def test_sorts(searcher: Searcher, query: str, group: str) -> None:
    def of(sort: str) -> list[Hit]:
        return list(everything(searcher, query, sort=sort, only=group).hits)

    never = float("inf")
    orders: list[list[float]] = [[hit.change if hit.change is not None else -never for hit in of("change")][::-1]]
    if group != "certain":  # which may show amounts that are less sure, and are not sorted by
        orders.append([min(sums(hit), default=never) for hit in of("amount")])
        orders.append([-max(sums(hit), default=-never) for hit in of("-amount")])
    orders.append([-hit.score for hit in of("relevance")])
    for order in orders:
        assert order == sorted(order)
    by_document = of("document")
    assert by_document == sorted(by_document, key=lambda hit: (hit.item.place.document, hit.item.place.line))


def test_counts_are_of_all_hits(searcher: Searcher) -> None:
    page = searcher.search("蓄電池 amount>1000億", limit=1)
    assert page.counts == {"certain": 3, "possible": 1, "related": 6}
    assert (page.found, len(page.hits), page.limit, page.offset) == (10, 1, 1, 0)


@pytest.mark.parametrize("group", GROUPS)
def test_only_one_group(searcher: Searcher, group: str) -> None:
    whole, page = everything(searcher, "蓄電池 amount>1000億"), everything(searcher, "蓄電池 amount>1000億", only=group)
    assert list(page.hits) == [hit for hit in whole.hits if hit.group == group]
    assert page.counts == {each: whole.counts[each] if each == group else 0 for each in GROUPS}


NO_LIMIT = [None, 0]


@pytest.mark.parametrize("limit", NO_LIMIT)
def test_no_limit(searcher: Searcher, limit: int | None) -> None:
    page = searcher.search("事業", limit=limit)
    assert len(page.hits) == page.found > 20
    assert page.limit is None


def test_beyond_the_end_is_an_empty_page(searcher: Searcher) -> None:
    page = searcher.search("蓄電池", offset=1000)
    assert (page.hits, page.diagnosis) == ((), ())
    assert page.found


@pytest.mark.parametrize("options", [{"sort": "size"}, {"only": "sure"}, {"match": "most"}], ids=str)
def test_refuses_unknown_options(searcher: Searcher, options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(options.values()))):
        searcher.search("蓄電池", **options)  # type: ignore[arg-type]


def test_matches_any_word(searcher: Searcher) -> None:
    either = everything(searcher, "蓄電池 半導体 amount>4000億", match="any")
    assert either.query == "(蓄電池 OR 半導体) amount>4000億"
    assert places(either) == places(everything(searcher, "(蓄電池 OR 半導体) amount>4000億"))


def test_says_how_it_was_read(searcher: Searcher) -> None:
    page = searcher.search("蓄電池　ＡＮＤ　ａｍｏｕｎｔ＞１０００億")
    assert page.query == "蓄電池 amount>1000億"
    assert page.reading == "「蓄電池」を含み、金額が1000億円を超える"


FIRST = [
    ("蓄電池の製造サプライチェーン強靱化支援事業", "meti-request-2024:56"),
    ("量子未来社会ビジョン", "monozukuri-2025:16"),
]


@pytest.mark.parametrize(("query", "place"), FIRST)
def test_a_name_comes_first(searcher: Searcher, query: str, place: str) -> None:
    assert places(searcher.search(query, limit=1)) == [place]


def test_repeats_say_where_and_why(searcher: Searcher) -> None:
    (hit,) = searcher.search("蓄電池の製造 document:meti-request-2024 amount>1000億", only="certain").hits
    assert [(str(each.place), each.flag) for each in hit.repeats] == [("meti-request-2024:92", "repeated")]


# -- nothing found


DIAGNOSES = [
    ("漫画家", ("「漫画家」に該当する施策はありません。",)),
    ("漫画家 OR アニメ", ("「漫画家」に該当する施策はありません。", "「アニメ」に該当する施策はありません。")),
    ("name:(漫画家 OR アニメ)", ("「name:漫画家」に該当する施策はありません。", "「name:アニメ」に該当する施策はありません。")),
    (
        "蓄電池 漫画家",
        ("「蓄電池」だけなら N件、「蓄電池」を外すと N件です。", "「漫画家」に該当する施策はありません。"),
    ),
    (
        "蓄電池 stage:予備費",
        ("「蓄電池」だけなら N件、「蓄電池」を外すと N件です。", "「stage:予備費」だけなら N件、「stage:予備費」を外すと N件です。"),
    ),
    (
        "name:(蓄電池 訓練)",
        ("「name:蓄電池」だけなら N件、「name:蓄電池」を外すと N件です。", "「name:訓練」だけなら N件、「name:訓練」を外すと N件です。"),
    ),
    (
        "(蓄電池 漫画家) OR アニメ",
        (
            "「蓄電池」だけなら N件、「蓄電池」を外すと N件です。",
            "「漫画家」に該当する施策はありません。",
            "「アニメ」に該当する施策はありません。",
        ),
    ),
    ("-(has:amount OR -has:amount)", ("「has:amount OR -has:amount」がどの施策にも当てはまるため、除くと残りません。",)),
    (
        "document:ない",
        ("「document:ない」に該当する施策はありません。索引にある文書は meti-request-2024、monozukuri-2025 です。",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("query", "lines"), DIAGNOSES, ids=[query for query, _ in DIAGNOSES])
def test_says_what_emptied_the_answer(searcher: Searcher, query: str, lines: tuple[str, ...]) -> None:
    page = searcher.search(query)
    assert page.found == 0
    assert tuple(re.sub(r"\d+件", "N件", line) for line in page.diagnosis) == lines


def test_says_that_sums_of_the_year_before_would_answer(searcher: Searcher) -> None:
    page = searcher.search("name:一般会計 amount=3495億")
    assert page.found == 0
    assert "前年度の額なら 1件が当てはまります（role:previous を書き足すと表示されます）。" in page.diagnosis
    assert searcher.search("name:一般会計 amount=3495億 role:previous").found == 1


def test_says_that_parts_would_answer(searcher: Searcher) -> None:
    page = searcher.search("AI基盤モデル amount=1576億")
    assert "うち数なら 1件が当てはまります（role:part を書き足すと表示されます）。" in page.diagnosis


def test_says_that_other_groups_have_hits(searcher: Searcher) -> None:
    page = searcher.search('"電池"', only="certain")
    related = searcher.search('"電池"').counts["related"]
    assert (page.found, page.diagnosis) == (
        0,
        (f"「該当」はありませんが、関連 {related}件があります。--only を外すと表示されます。",),
    )


def test_says_that_the_store_is_empty(tmp_path: Path) -> None:
    with Writer(tmp_path / "store") as writer:
        writer.commit()
    empty = Searcher.open(tmp_path / "store")
    assert empty.documents() == []
    for query in ("蓄電池", "-蓄電池", "amount>5億 OR year:2024"):
        page = empty.search(query)
        assert page.found == 0
        assert page.diagnosis == ("索引に施策がありません。seisaku index add で文書を加えてください。",)


# -- the rest of what a searcher answers


def test_lists_documents_and_items(searcher: Searcher) -> None:
    assert [each.id for each in searcher.documents()] == ["meti-request-2024", "monozukuri-2025"]
    listed = searcher.items("monozukuri-2025")
    assert all(item.kind != "passage" or item.amounts for item in listed)
    assert [item.place.line for item in listed] == sorted(item.place.line for item in listed)


def test_finds_items_at_a_place(searcher: Searcher) -> None:
    (item,) = searcher.items_at("monozukuri-2025:61")
    assert item.name == "蓄電池の製造サプライチェーン強靱化支援事業"
    assert [number for number, _ in searcher.lines(item)] == [61]
    assert item.name in searcher.lines(item)[0][1]


@pytest.mark.parametrize("place", ["monozukuri-2025", "monozukuri-2025:", ":61", "monozukuri-2025:六", "ない:1", "monozukuri-2025:9999"])  # fmt: skip
def test_refuses_what_is_no_place(searcher: Searcher, place: str) -> None:
    with pytest.raises(StoreError):
        searcher.items_at(place)


def test_explains(searcher: Searcher) -> None:
    lines = searcher.explain("EV 補助金 半導*")
    assert lines[:2] == ["検索式: EV 補助金 半導*", "読み方: 「EV」を含み、「補助金」を含み、「半導」で始まる語を含む"]
    assert "  「EV」と同じとみなす言葉: 電気自動車" in lines
    assert any(line.startswith("  「補助金」に近い言葉（関連に出す）: ") and "交付金" in line for line in lines)


def test_serves_several_threads_at_once(seed_store: Path) -> None:
    shared, queries = Searcher.open(seed_store), [*PAGED, "取り組み", "サーバー", "漫画家 amount>5億"]
    expected = {query: places(everything(Searcher.open(seed_store), query)) for query in queries}
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(3):
            wrong.extend(query for query in queries if places(everything(shared, query)) != expected[query])

    threads = [Thread(target=ask) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


HOSTILE = [
    " ".join("のをにはとがでもへや事業支援年度億円化等等推進") + " の" * 150,
    " OR ".join(f"{character}*" for character in "のをにはとがでもへや事業支援年度億円化等"),
    " ".join(f"-{character}" for character in "のをにはとがでもへや事業支援年度億円化等"),
    "(" * 49 + "の" + ")" * 49,
    "-" * 49 + "の",
    "事業支援" * 499,
    "a" * 2000,
    '"' + "支援事業の" * 399 + '"',
    " OR ".join(f"change>{number}億" for number in range(120)),
    " ".join(f"amount!={number}億" for number in range(120)),
]


@pytest.mark.parametrize("query", HOSTILE, ids=[f"{query[:12]} ({len(query)})" for query in HOSTILE])
def test_hostile_queries_are_answered_soon(searcher: Searcher, query: str) -> None:
    assert searcher.search(query).seconds < 1


# -- words that look like conditions


HINTS = [
    ("予備費", "「予備費」は金額の段階です。段階:予備費 と書くと 2件が当てはまります。"),
    ("内数", "「内数」は金額の確度です。確度:内数 と書くと"),
    ("1000億円以上2000億円以下", "金額の条件は 1000億以上、100億超、金額>1000億 のように書きます。"),
    ("新規 100億以上", "「新規」は金額の印です。印:新規 と書くと"),
]


@pytest.mark.parametrize(("query", "hint"), HINTS, ids=[query for query, _ in HINTS])
def test_tells_how_to_ask_for_a_mark(searcher: Searcher, query: str, hint: str) -> None:
    page = searcher.search(query)
    assert not page.hits
    assert any(hint in line for line in page.diagnosis)


# -- how much may be asked


def test_words_in_too_many_places_are_refused_at_the_one_too_many(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engine.MOST", 10)
    monkeypatch.setattr("search.engine.MOST_FOR_ITEM", 0)
    query = "蓄電池 OR （事業 AND -支援*）"
    for ask in (searcher.search, searcher.search, searcher.total, searcher.facets):  # asked again, it is no other
        with pytest.raises(QueryError, match="言葉を減らす") as refused:
            ask(query)
        assert query[refused.value.start : refused.value.end] == "事業"
    assert searcher.search("事業").found  # one word may stand wherever it does
