"""The live box, the widget, oEmbed and OpenSearch, the snippets and the plugins that a wiki takes."""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from index.document import About, Amount
from index.errors import Failure
from search.web.answering import answer
from search.web.current import Current
from search.web.embed import fault
from search.web.exchange import Answer, Question
from search.web.pasting import PLUGINS, snippets
from search.web.settings import Settings
from tests.made import item, paper, write

BASE = "http://budget.example.jp/seisaku"
BATTERY = "蓄電池の製造サプライチェーン強靱化支援事業"
HOSTILE = "\"><script>alert(1)</script>'|{{x}}<img src=x onerror=alert(1)>"

Get = Callable[..., Answer]


@pytest.fixture(scope="module")
def get(seed_store: Path) -> Get:
    """Return what asks for an address of the table of routes."""
    settings, current = Settings(seed_store), Current(seed_store)

    def ask(route: str, path: dict[str, str] | None = None, /, **query: object) -> Answer:
        asked = tuple((name, str(value)) for name, value in query.items())
        return answer(Question(route, path or {}, asked, BASE, "/seisaku", "/"), current, settings)

    return ask


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements of a name."""
        return [attributes for name, attributes in self.found if name == tag]


# The live box.

SHOWN: list[tuple[dict[str, str | int], int, list[str]]] = [
    ({"q": "蓄電池 AND amount>1000億"}, 200, ["該当 3件", "4,958", BATTERY, "2023-08-31"]),
    ({"q": "蓄電池", "limit": 1}, 200, ["1–1件目を表示"]),
    ({"q": "半導体", "show": "total"}, 200, ["単純合計", "14,695.9", "除く うち数", "2025-05-30"]),
    ({"q": BATTERY, "show": "history"}, 200, ["2024年度要求 4,958億円", "2023-08-31"]),
    ({"q": "月面基地"}, 200, ["該当なし"]),
    ({}, 200, ["言葉や金額を書いて"]),
    ({"q": "蓄電池 amount>>("}, 400, ["値が必要です", "金額>1000億"]),
    ({"q": "水素", "show": "history"}, 400, ["3件あります"]),
    ({"q": "蓄電池", "show": "x"}, 422, ["show", "hits、total、history"]),
    ({"q": "蓄電池", "limit": 51}, 422, ["limit", "50"]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "status", "words"), SHOWN, ids=[urlencode(row[0]) for row in SHOWN])
def test_a_box_shows(query: dict[str, str | int], status: int, words: list[str], get: Get) -> None:
    answered = get("embed", **query)
    page = Elements(answered.body)
    assert answered.status == status
    assert all(word in page.text for word in words)
    assert page.all("input")[0]["name"] == "q"
    assert not page.all("nav")


def test_a_box_that_asks_for_a_token_leads_to_the_login() -> None:
    question = Question("embed", {}, (("q", "蓄電池"),), BASE, "/seisaku", "/embed")
    answered = fault(401, Failure("トークンが要ります。"), question)
    links = Elements(answered.body).all("a")
    assert answered.status == 401
    assert ("/seisaku/login", "_blank") in [(each["href"], each["target"]) for each in links]


def test_the_form_of_a_box_keeps_what_it_shows(get: Get) -> None:
    page = Elements(get("embed", q="半導体", show="total", limit=3, theme="dark").body)
    assert page.all("form")[0]["action"] == "/seisaku/embed"
    kept = {each["name"]: each["value"] for each in page.all("input")}
    assert kept == {"q": "半導体", "show": "total", "limit": "3", "theme": "dark"}
    assert page.all("html")[0]["class"] == "dark"


def test_a_fixed_box_has_no_form(get: Get) -> None:
    page = Elements(get("embed", q="半導体", box="fixed").body)
    assert not page.all("form")
    assert "半導体" in page.text


def test_links_of_a_box_lead_out_of_the_frame(get: Get) -> None:
    links = Elements(get("embed", q="蓄電池").body).all("a")
    assert links
    for each in links:
        assert (each["target"], each["rel"]) == ("_blank", "noopener noreferrer")
        assert str(each["href"]).startswith(("/seisaku/items/", "/seisaku/search?q="))


@pytest.mark.parametrize("show", ["hits", "total", "history"])
@pytest.mark.parametrize("route", ["embed", "wiki"])
def test_nothing_of_a_query_is_markup(route: str, show: str, get: Get) -> None:
    query = '"' + HOSTILE.replace('"', "") + '"'
    page = Elements(get(route, q=query, show=show).body)
    assert {str(each.get("src"))[:16] for each in page.all("script")} <= {"/seisaku/static/"}
    assert not page.all("img")
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on") or name == "style"]
    assert query in [each.get("value") for each in page.all("input")]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a paper whose names are markup."""
    store = tmp_path_factory.mktemp("hostile") / "store"
    amount = Amount(10**10, (2024,), "initial", label=f"内訳{HOSTILE}", written="100億円")
    named = item("hostile", f"蓄電池{HOSTILE}", amount, heading_path=(HOSTILE,), text=HOSTILE)
    made = paper("hostile", named)
    write(store, made._replace(document=replace(made.document, about=About("hostile", HOSTILE, HOSTILE, "2024-01-01"))))
    return store


@pytest.mark.parametrize("show", ["hits", "total", "history"])
@pytest.mark.parametrize("route", ["embed", "wiki"])
def test_nothing_of_a_paper_is_markup(route: str, show: str, hostile: Path) -> None:
    query = "hostile:1" if show == "history" else "蓄電池"
    asked = Question(route, {}, (("q", query), ("show", show)), BASE, "/seisaku", "/")
    answered = answer(asked, Current(hostile), Settings(hostile))
    page = Elements(answered.body)
    assert answered.status == 200
    assert "2024-01-01" in answered.body.decode()
    assert {str(each.get("src"))[:16] for each in page.all("script")} <= {"/seisaku/static/"}
    assert not page.all("img")
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on") or name == "style"]


# The widget.


def test_the_widget_has_the_words_of_this_version(get: Get) -> None:
    answered = get("widget")
    text = answered.body.decode()
    assert answered.media.startswith("text/javascript")
    words = re.search(r"const WORDS = (\{.*\});", text)
    assert words
    assert json.loads(words[1])["stages"]["supplementary"] == "補正"
    assert "__" not in text


@pytest.mark.parametrize(
    "sink", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("]
)
def test_the_widget_writes_no_markup(sink: str, get: Get) -> None:
    assert sink not in get("widget").body.decode()


# OpenSearch and oEmbed.


def test_opensearch_describes_the_search(get: Get) -> None:
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ElementTree.fromstring(get("opensearch").body)
    assert root.tag == f"{space}OpenSearchDescription"
    assert len(str(root.findtext(f"{space}ShortName"))) <= 16
    templates = [each.get("template") for each in root.findall(f"{space}Url")]
    assert templates[0] == f"{BASE}/search?q={{searchTerms}}"


OURS = [
    ("/search?q=蓄電池", {"q": "蓄電池"}),
    ("/total?q=半導体&by=year", {"q": "半導体", "show": "total"}),
    (f"/history?programme={BATTERY}", {"q": BATTERY, "show": "history"}),
    ("/embed?q=a&show=total&limit=3&box=fixed", {"q": "a", "show": "total", "limit": "3", "box": "fixed"}),
    ("/", {}),
]


@pytest.mark.parametrize(("address", "box"), OURS, ids=[address for address, _ in OURS])
def test_oembed_of_our_own(address: str, box: dict[str, str], get: Get) -> None:
    told = json.loads(get("oembed", url=BASE + address, maxwidth=300).body)
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 300, 480)
    (frame,) = Elements(told["html"].encode()).all("iframe")
    where = urlsplit(str(frame["src"]))
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{BASE}/embed"
    assert dict(parse_qsl(where.query)) == box
    assert {"allow-forms", "allow-scripts"} <= set(str(frame["sandbox"]).split())


@pytest.mark.parametrize("route", ["search", "total", "history"])
def test_pages_name_the_oembed_of_their_own(route: str, get: Get) -> None:
    links = Elements(get(route, q="蓄電池").body).all("link")
    (found,) = [str(each["href"]) for each in links if each.get("type") == "application/json+oembed"]
    address = urlsplit(found)
    assert address.path == "/seisaku/oembed"
    assert get("oembed", **dict(parse_qsl(address.query))).status == 200


OTHERS = [
    "http://other.example.jp/seisaku/search?q=a",
    "http://budget.example.jp/other/search?q=a",
    f"{BASE}/login",
    "javascript:alert(1)",
    "http://[",
    "",
]


@pytest.mark.parametrize("url", OTHERS)
def test_oembed_of_others_is_not_found(url: str, get: Get) -> None:
    answered = get("oembed", url=url)
    assert (answered.status, answered.media) == (404, "application/problem+json")


FAULTS = [({}, 422), ({"url": f"{BASE}/", "format": "xml"}, 501), ({"url": f"{BASE}/", "maxwidth": "0"}, 422)]


@pytest.mark.parametrize(("query", "status"), FAULTS, ids=[urlencode(query) for query, _ in FAULTS])
def test_oembed_refuses(query: dict[str, str], status: int, get: Get) -> None:
    assert get("oembed", **query).status == status


# The snippets.


def written(query: str, **options: str) -> dict[str, str]:
    """Return the snippets for a query by their wikis."""
    return {each.wiki: each.text for each in snippets(BASE, [("q", query), *options.items()])}


@pytest.mark.parametrize(
    "query", ["蓄電池 AND amount>1000億", "水素|半導体", HOSTILE, "amount:{500億 TO 1000億}", "a}}b"]
)
def test_a_snippet_says_the_query(query: str) -> None:
    made = written(query, show="total", limit="3")
    for wiki in ("GROWI", "HTML"):
        (frame,) = Elements(made[wiki].encode()).all("iframe")
        asked = dict(parse_qsl(urlsplit(str(frame["src"])).query))
        assert asked == {"q": query, "show": "total", "limit": "3"}
    (element,) = Elements(made["HTML（部品）"].encode()).all("seisaku-search")
    assert element == {"q": query, "show": "total", "limit": "3"}
    for wiki in ("Confluence", "Notion"):
        assert dict(parse_qsl(urlsplit(made[wiki]).query))["q"] == query
    media = re.fullmatch(r'<seisaku q="([^"<>]*)" show="total" limit="3"/>', made["MediaWiki"])
    assert media
    assert unescape(media[1]) == query
    doku = re.match(r"\{\{seisaku>([^\n]+?)\|show=total\|limit=3\}\}(?!\})", made["DokuWiki"])
    assert doku
    assert doku[1] == query.replace("}}", "｝｝")
    assert "}}" not in doku[1]


def test_the_page_of_snippets_has_tables_too(get: Get) -> None:
    page = Elements(get("wiki", q="蓄電池 AND amount>1000億", limit=2).body)
    copied = [str(each["data-copy"]) for each in page.all("button") if "data-copy" in each]
    assert any(each.startswith("==== 該当 3件 ====") for each in copied)
    assert any('{| class="wikitable"' in each for each in copied)
    assert sum("2023-08-31" in each for each in copied) == 4
    assert "/seisaku/wikis/dokuwiki.zip" in [each["href"] for each in page.all("a")]


# The plugins.


@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_comes_as_one_folder(name: str, get: Get) -> None:
    answered = get("wiki-plugin", {"name": name})
    assert answered.media == "application/zip"
    assert answered.body == get("wiki-plugin", {"name": name}).body
    files = zipfile.ZipFile(io.BytesIO(answered.body)).namelist()
    assert {each.split("/")[0] for each in files} == {PLUGINS[name][1]}
    assert {Path(each).suffix for each in files} <= {".php", ".js", ".json", ".css", ".less", ".txt"}


def test_no_other_file_comes_as_a_plugin(get: Get) -> None:
    assert get("wiki-plugin", {"name": "../pages"}).status == 404


@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_holds_no_secret(name: str, get: Get) -> None:
    archive = zipfile.ZipFile(io.BytesIO(get("wiki-plugin", {"name": name}).body))
    for each in archive.namelist():
        assert not re.search("token|secret|passw", archive.read(each).decode(), re.IGNORECASE), each
