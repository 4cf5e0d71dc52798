import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from index.document import Amount
from search.searcher import Searcher
from search.web.answering import answer
from search.web.current import Current
from search.web.exchange import Answer, Question
from search.web.pages import figures, manual
from search.web.pages.narrowing import Narrowing
from search.web.pages.tables import places
from search.web.routes import ROUTES
from search.web.settings import Settings
from tests.made import item, paper, write

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def current(seed_store: Path) -> Current:
    return Current(seed_store)


def visit(current: Current, address: str, prefix: str = "") -> Answer:
    """Return the answer to an address, as the front asks for it."""
    parts = urlsplit(address)
    route = next(name for name, each in ROUTES.items() if re.fullmatch(_pattern(each.path), parts.path))
    path = {"id": unquote(parts.path.removeprefix("/items/"))} if route == "item" else {}
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    question = Question(route, path, query, f"http://wiki.example{prefix}", prefix, address)
    return answer(question, current, Settings(current.store))


def _pattern(path: str) -> str:
    return re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))


def text(given: Answer) -> str:
    """Return the words of a page, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", given.body.decode())))


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    @classmethod
    def of(cls, body: str) -> list[tuple[str, dict[str, str | None]]]:
        reader = cls()
        reader.feed(body)
        return reader.found


def harmless(body: str) -> bool:
    """Say whether a page has no tag or attribute that could do anything, or that our policy of contents forbids."""
    found = Tags.of(body)
    return not [tag for tag, given in found if tag == "img" or (tag == "script" and "src" not in given)] and not [
        each for _, given in found for each in given if each == "style" or each.startswith("on")
    ]


def links(given: Answer) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', given.body.decode())]


PAGES = [
    ("/", 200, ("予算と政策の文書を検索", "令和6年度 経済産業省関係 概算要求等概要")),
    ("/search?q=", 200, ("予算と政策の文書を検索",)),
    (
        "/search?q=蓄電池 1000億以上",
        200,
        ("「蓄電池」を含み、金額が1000億円以上である", "4,958億円", "2024 要求 新規 (GX)"),
    ),
    ("/search?q=蓄電池&only=related", 200, ("上の政策文に「蓄電池」", "該当 10", "関連 14件")),
    ("/search?q=半導体&sort=-amount", 200, ("9,916億円", "除いた額")),
    ("/search?q=蓄電ち", 200, ("該当なし", "もしかして", "蓄電池")),
    ("/search?q=蓄電池 (半導体", 400, ("検索式を読み取れません", "「(」に対応する「)」がありません", "例：")),
    ("/search?q=蓄電池&sort=size", 422, ("引数を読めません", "relevance")),
    ("/search?q=蓄電池&limit=0", 422, ("1 から 200 までの整数",)),
    (
        "/items/monozukuri-2025:61",
        200,
        ("蓄電池の製造サプライチェーン強靱化支援事業、2,658億円、補正、2023年度", "本体"),
    ),
    ("/items/monozukuri-2025:60000", 404, ("見つかりません", "施策がありません")),
    ("/items/nowhere", 404, ("場所として読めません",)),
    ("/documents", 200, ("2025年版ものづくり白書", "2023-08-31")),
    ("/total?q=蓄電池", 200, ("2024 要求", "5,017", "除く 再掲", "数えない金額")),
    ("/total", 200, ("該当する金額を、年度と段階ごとに",)),
    (
        "/history?programme=蓄電池の製造サプライチェーン強靱化支援事業",
        200,
        ("2024年度要求 4,958億円 → 2023補正 2,658",),
    ),
    ("/history?programme=支援", 400, ("87件あります", "meti-request-2024:13")),
    ("/compare?sides=meti-request-2024", 200, ("増えた", "減った")),
    ("/compare?sides=1999", 400, ("比べられる", "例：2023補正 2024補正 蓄電池")),
    ("/reconcile?document=meti-request-2024", 200, ("端数の範囲",)),
    ("/reconcile?document=nowhere", 404, ("索引にありません",)),
    ("/programmes?words=蓄電池", 200, ("対応する名称",)),
    ("/facets?q=蓄電池", 200, ("段階", "概算要求")),
    ("/help", 200, ("検索式の書き方", "半導*", "国庫債務負担行為")),
    ("/suggest?q=半導", 200, ("半導体",)),
]


@pytest.mark.parametrize(("address", "status", "words"), PAGES, ids=[address for address, _, _ in PAGES])
def test_a_page_says(current: Current, address: str, status: int, words: tuple[str, ...]) -> None:
    given = visit(current, address)
    assert (given.status, given.media) == (status, "text/html; charset=utf-8")
    for word in words:
        assert word in text(given)


@pytest.mark.parametrize(
    "address",
    ["/search?q={}", "/search?q=蓄電池 {}", "/items/{}", "/total?q={}", "/history?programme={}", "/compare?sides={}",
     "/reconcile?document={}", "/programmes?words={}", "/facets?q={}", "/suggest?q={}", "/search?q=蓄電池&sort={}"],
)  # fmt: skip
def test_markup_comes_out_as_text(current: Current, address: str) -> None:
    given = visit(current, address.format(MARKUP.replace("/", "") if "items" in address else MARKUP))
    body = given.body.decode()
    assert given.status < 500
    assert harmless(body)


HOSTILE = [
    "/", "/search?q=蓄電池", "/search?q=雷", "/items/紙:1?q=蓄電池", "/documents", "/total?q=蓄電池&by=heading",
    "/history?programme=紙:1", "/reconcile?document=紙", "/compare?sides=2024当初 2023当初", "/facets?q=蓄電池",
    "/programmes?words=蓄電池", "/suggest?q=蓄電",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Current:
    """Return a store of a paper that has markup wherever a paper can have words."""
    amount = Amount(10**8, (2024,), "initial", account=MARKUP, label=f"蓄電池{MARKUP}", written=MARKUP)
    more: dict[str, Any] = {
        "heading_path": (MARKUP, MARKUP),
        "text": f"蓄電池{MARKUP}",
        "lead": f"雷{MARKUP}",
        "number": MARKUP,
    }
    made = item("紙", f"蓄電池{MARKUP}", amount, replace(amount, years=(2023,)), **more)
    written = paper("紙", made, lines=[MARKUP])
    document = replace(written.document, about=replace(written.document.about, title=MARKUP, publisher=MARKUP))
    path = tmp_path_factory.mktemp("hostile") / "store"
    write(path, written._replace(document=document))
    return Current(path)


@pytest.mark.parametrize("address", HOSTILE)
def test_markup_of_a_paper_comes_out_as_text(hostile: Current, address: str) -> None:
    given = visit(hostile, address)
    assert given.status == 200
    assert harmless(given.body.decode())


def test_marks_are_where_the_words_are(current: Current) -> None:
    body = visit(current, "/search?q=全固体").body.decode()
    assert "<mark>全固体</mark>" in body


def test_the_fault_is_marked(current: Current) -> None:
    body = visit(current, "/search?q=蓄電池 amonut>5").body.decode()
    assert '<code>蓄電池 <mark class="caret">amonut</mark>&gt;5</code>' in body


def test_every_link_is_behind_the_prefix(current: Current) -> None:
    for address, _, _ in PAGES:
        found = links(visit(current, address, "/seisaku"))
        outside = [each for each in found if not each.startswith(("/seisaku/", "#", "http://wiki.example/seisaku/"))]
        assert not outside


def test_links_lead_on(current: Current) -> None:
    """Every address on a page of hits answers; a facet leads to as many hits as it says."""
    for link in links(visit(current, "/search?q=水素 OR 半導体&limit=5")):
        if not link.startswith(("/static", "#", "http", "/openapi", "/wiki")):
            assert visit(current, link).status == 200


def test_a_facet_leads_to_its_hits(searcher: Searcher) -> None:
    query = "水素 OR 半導体"
    groups = Narrowing(query).groups(searcher.facets(query))
    for choice in (choice for group in groups for choice in (*group.first, *group.more)):
        assert searcher.search(choice.query).found == choice.hits
        after = Narrowing(choice.query).groups(searcher.facets(choice.query))
        assert query in [each.query for group in after for each in (*group.first, *group.more) if each.chosen]


CONDITIONS = [
    ("蓄電池", []),
    ("蓄電池 OR 半導体", []),
    ("(蓄電池 OR 半導体) 段階:補正", [("蓄電池 OR 半導体", "段階:補正"), ("段階:補正", "蓄電池 OR 半導体")]),
    ("a -b c", [("a", "-b c"), ("-b", "a c"), ("c", "a -b")]),
]


@pytest.mark.parametrize(("query", "conditions"), CONDITIONS, ids=[query for query, _ in CONDITIONS])
def test_conditions_are_taken_away(query: str, conditions: list[tuple[str, str]]) -> None:
    assert [tuple(each) for each in Narrowing(query).conditions()] == conditions


def test_paging_shows_each_hit_once(current: Current) -> None:
    seen: list[str] = []
    for offset in (0, 10, 20):
        body = visit(current, f"/search?q=蓄電池&limit=10&offset={offset}").body.decode()
        seen += re.findall(r'<h3><a href="([^"]*)"', body)
    assert len(seen) == len(set(seen)) == 24


FILES = [
    ("/search.csv?q=蓄電池", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    ("/search.xlsx?q=蓄電池", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ("/search.json?q=蓄電池&only=certain", "application/json", b'{"query": "'),
    ("/total.csv?q=蓄電池", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    ("/history.json?programme=monozukuri-2025:61", "application/json", b'{"name": "'),
    (
        "/compare.xlsx?sides=meti-request-2024",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"PK",
    ),
]


@pytest.mark.parametrize(("address", "media", "begins"), FILES, ids=[address for address, _, _ in FILES])
def test_the_same_as_a_file(current: Current, address: str, media: str, begins: bytes) -> None:
    given = visit(current, address)
    assert (given.status, given.media) == (200, media)
    assert given.body.startswith(begins)
    ((name, value),) = given.headers
    assert (name, value.startswith("attachment; filename=")) == ("Content-Disposition", True)


def test_a_file_has_all_hits(current: Current, searcher: Searcher) -> None:
    rows = visit(current, "/search.csv?q=事業&limit=5").body.decode("utf-8-sig").strip().split("\r\n")
    assert len(rows) > searcher.search("事業").found


def test_lists_that_nobody_would_read_are_left_to_the_file(current: Current, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "数えない金額（単位" in text(visit(current, "/total?q=蓄電池"))
    monkeypatch.setattr(figures, "LISTED", 3)
    page = text(visit(current, "/total?q=蓄電池"))
    assert "5,017" in page
    assert "数えない金額（単位" not in page


def test_gists_are_totals_without_their_amounts(searcher: Searcher) -> None:
    for query in ("蓄電池", "事業", "role:previous", "-蓄電池 段階:補正", "水素 OR 半導体", "年度:1999"):
        gists = [(*each.point[:3], each.naive, each.number) for each in searcher.gists(query)]
        totals = [
            (each.years, each.stage, each.yen if each.counted else None, each.naive, len(each.counted + each.left_out))
            for each in searcher.total(query).totals
        ]
        assert [(years, stage, yen, naive) for years, stage, yen, naive, _ in gists] == [each[:4] for each in totals]
        assert [each[4] for each in gists] == [each[4] for each in totals]


PLACES = [
    ("monozukuri-2025:61", [("monozukuri-2025:61", "monozukuri-2025:61")]),
    ("a:1・2 ほか3か所", [("a:1", "a:1"), ("・", None), ("2", "a:2"), (" ほか3か所", None)]),
    ("事業（a.b:9）", [("事業（", None), ("a.b:9", "a.b:9"), ("）", None)]),
    ("数えられる金額なし", [("数えられる金額なし", None)]),
]


@pytest.mark.parametrize(("written", "linked"), PLACES, ids=[written for written, _ in PLACES])
def test_places_are_linked(written: str, linked: list[tuple[str, str | None]]) -> None:
    assert places(written) == linked


def test_the_help_is_the_manual(current: Current) -> None:
    """All that the chapters of the manual say is on the page, and each query in the tables can be asked."""
    page = text(visit(current, "/help"))
    for title in manual.CHAPTERS:
        for word in re.findall(r"[一-龠ぁ-んァ-ヶ]{4,}", manual.chapters(manual.PLACES[-1].read_text("utf-8"))[title]):
            assert word in page
    asked = [each for each in links(visit(current, "/help")) if each.startswith("/search?")]
    assert len(asked) > 30
    assert {visit(current, each).status for each in asked} == {200}
