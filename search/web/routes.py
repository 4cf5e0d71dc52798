"""Every address of the server, once: the front routes by this table, and the API is described from it."""

from typing import NamedTuple

from search.web.parameters import BY, LIMIT, MATCH, OFFSET, ONLY, SORT, Parameter, Q

API = "/api/v1"
FILES = ("csv", "xlsx", "json")
"""The endings of an address that is a file with what the page of the same name shows."""


class Route(NamedTuple):
    """An address.

    `path` is as Starlette writes it; `answer` names the function that answers, ``module.function`` under
    `search.web`, which gets a Visit and returns an Answer (a process of its own runs it). `kind` says how faults are
    told and what else holds: api (problem+json, unknown parameters refused, other origins may be let in), page, file,
    or embed (a page that may be framed). `opened` says that no token is asked for it, nor which page loads it: what
    shows nothing of the papers. `summary` is Japanese.
    """

    path: str
    answer: str
    kind: str
    parameters: tuple[Parameter, ...] = ()
    summary: str = ""
    opened: bool = False


LONGEST, NAME = 2000, 500
DOCUMENT = Parameter("document", "text", "文書の識別名", required=True, least=1, most=NAME, example="meti-request-2024")
HEADING = Parameter("heading", "text", "見出しの言葉", most=NAME, example="福島")
PROGRAMME = Parameter(
    "programme",
    "text",
    "事業の名、その一部、内訳名、または場所",
    required=True,
    least=1,
    most=LONGEST,
    example="蓄電池の製造サプライチェーン強靱化支援事業",
)
PREFIX = Parameter("prefix", "text", "打ちかけの検索式", required=True, most=LONGEST, example="蓄電")
SIDES = Parameter(
    "sides",
    "text",
    "比べる二つの文書・年度・段階（一つなら文書）と、絞り込む検索式",
    required=True,
    least=1,
    most=LONGEST,
    example="2023補正 2024補正 蓄電池",
)
WORDS = Parameter("words", "text", "名称にある言葉", most=NAME, example="蓄電池")
_SEARCH = (Q, SORT, ONLY, MATCH, LIMIT, OFFSET)
SHOW = Parameter("show", "choice", "見せるもの", "hits", choices=("hits", "total", "history"))
BOX = Parameter(
    "box", "choice", "検索欄を開く（open）か、検索式を固定する（fixed）か", "open", choices=("open", "fixed")
)
THEME = Parameter("theme", "choice", "明るさ", "auto", choices=("auto", "light", "dark"))
ASKED = Q._replace(required=False)
FEW = LIMIT._replace(default=5, most=50, example="5")
URL = Parameter(
    "url", "text", "このサーバーの頁のアドレス", required=True, example="http://127.0.0.1:8765/search?q=蓄電池"
)
JSON_ONLY = Parameter("format", "choice", "形式。json だけ", "json", choices=("json", "xml"))
WIDEST = Parameter("maxwidth", "number", "幅の上限（ピクセル）", 0, least=1, most=10_000, example="600")
HIGHEST = Parameter("maxheight", "number", "高さの上限（ピクセル）", 0, least=1, most=10_000, example="400")

_FIGURES: dict[str, tuple[Parameter, ...]] = {
    "total": (Q, BY, MATCH),
    "history": (PROGRAMME,),
    "compare": (SIDES,),
    "reconcile": (DOCUMENT, HEADING),
    "programmes": (WORDS,),
    "facets": (Q, MATCH),
}
"""The pages about sums; each is a file as well."""

ROUTES: dict[str, Route] = {
    # the API
    "api-search": Route(f"{API}/search", "api.search", "api", _SEARCH, "検索する"),
    "api-item": Route(f"{API}/items/{{id}}", "api.item", "api", (), "一つの場所にある施策を、原文の行とともに返す"),
    "api-documents": Route(f"{API}/documents", "api.documents", "api", (), "索引にある文書"),
    "api-total": Route(f"{API}/total", "api.total", "api", (Q, BY, MATCH), "年度と段階ごとの安全な合計"),
    "api-history": Route(f"{API}/history", "api.history", "api", (PROGRAMME,), "一つの事業の経緯"),
    "api-facets": Route(f"{API}/facets", "api.facets", "api", (Q, MATCH), "該当の内訳"),
    "api-suggest": Route(f"{API}/suggest", "api.suggest", "api", (PREFIX, LIMIT), "打ちかけの言葉の候補"),
    "api-fields": Route(f"{API}/fields", "api.fields", "api", (), "検索式の項目とその値"),
    "api-reconcile": Route(
        f"{API}/reconcile", "api.reconcile", "api", (DOCUMENT, HEADING), "記載された合計と内訳の突き合わせ"
    ),
    "api-compare": Route(f"{API}/compare", "api.compare", "api", (SIDES,), "二つの文書・年度・段階の比較"),
    "api-programmes": Route(f"{API}/programmes", "api.programmes", "api", (WORDS,), "文書をまたいで同じ事業の名称"),
    "openapi": Route("/openapi.json", "openapi.document", "api", (), "この API の説明"),
    # the pages: see search/web/pages
    "start": Route("/", "pages.searching.search", "page", _SEARCH),
    "search": Route("/search", "pages.searching.search", "page", _SEARCH),
    **{f"search-{form}": Route(f"/search.{form}", "pages.exports.search", "file", _SEARCH) for form in FILES},
    "suggest": Route("/suggest", "pages.suggesting.suggest", "page", (Q,)),
    "item": Route("/items/{id}", "pages.papers.item", "page", (Q,)),
    "documents": Route("/documents", "pages.papers.documents", "page"),
    "help": Route("/help", "pages.manual.show", "page"),
    **{name: Route(f"/{name}", "pages.figures.answer", "page", asked) for name, asked in _FIGURES.items()},
    **{
        f"{name}-{form}": Route(f"/{name}.{form}", "pages.figures.answer", "file", asked)
        for name, asked in _FIGURES.items()
        for form in FILES
    },
    # the live box and the wikis: see search/web/embed.py, discovery.py and pasting.py
    "embed": Route("/embed", "embed.show", "embed", (ASKED, SHOW, FEW, BOX, THEME), "頁に埋め込む検索"),
    "widget": Route("/widget.js", "discovery.widget", "file", (), "頁に埋め込む部品のスクリプト", opened=True),
    "opensearch": Route(
        "/opensearch.xml", "discovery.opensearch", "file", (), "ブラウザーの検索欄に加える", opened=True
    ),
    "oembed": Route(
        "/oembed", "discovery.oembed", "api", (URL, JSON_ONLY, WIDEST, HIGHEST), "アドレスから埋め込みを作る"
    ),
    "wiki": Route("/wiki", "pasting.show", "page", (ASKED, SHOW, FEW, BOX), "Wiki に貼る書き方"),
    "wiki-plugin": Route("/wikis/{name}.zip", "pasting.plugin", "file", (), "Wiki の拡張機能の ZIP", opened=True),
}
