"""What other programs find the search by: the custom element, the browser's search box, oEmbed."""

from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.document import FLAGS
from search.render.json import dumps
from search.render.words import BOUNDS, OPEN, ROLES, STAGES
from search.results import GROUPS
from search.web.exchange import JSON, Answer
from search.web.faults import NotFound, Refused
from search.web.visit import Visit

SCRIPT, DESCRIPTION = "text/javascript; charset=utf-8", "application/opensearchdescription+xml; charset=utf-8"
WORDS = "__WORDS__"
"""Where the script has the words in which this version shows amounts."""

SANDBOX = "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
"""What a frame with the box is allowed: without allow-forms its form is dead; links open the full page, unconfined."""

WIDTH, HEIGHT = 720, 480
SHOWS = {"/": "hits", "/search": "hits", "/embed": "", "/total": "total", "/history": "history"}
"""The addresses of which there is a box, and what it shows."""


def widget(visit: Visit) -> Answer:
    """Answer with the script of the custom element."""
    return Answer(200, SCRIPT, _script().encode())


@cache
def _script() -> str:
    words = {
        "groups": GROUPS,
        "open": OPEN,
        "stages": STAGES,
        "bounds": BOUNDS,
        "roles": ROLES,
        "flags": FLAGS,
    }
    return files("search.web").joinpath("templates", "widget.js").read_text("utf-8").replace(WORDS, dumps(words))


def opensearch(visit: Visit) -> Answer:
    """Answer with the description by which a browser takes the search among its own."""
    base = escape(visit.question.base)
    return Answer(
        200,
        DESCRIPTION,
        f"""\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>政策検索</ShortName>
<Description>予算・政策文書の施策と金額を探す</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="16" height="16" type="image/svg+xml">{base}/static/icon.svg</Image>
<Url type="text/html" method="get" template="{base}/search?q={{searchTerms}}"/>
<Url type="application/json" method="get" template="{base}/api/v1/search?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{base}/opensearch.xml"/>
</OpenSearchDescription>
""".encode(),
    )


def oembed(visit: Visit) -> Answer:
    """Answer with the box for one of our own addresses. Raises NotFound for others, Refused for XML."""
    if visit.text("format") != "json":
        raise Refused(501, "oEmbed は json だけです。format=json にしてください。")
    box = _box(visit.text("url"), visit.question.base)
    width, height = (
        min(visit.number(name) or most, most) for name, most in (("maxwidth", WIDTH), ("maxheight", HEIGHT))
    )
    query = dict(box).get("q", "")
    told = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "政策検索",
        "provider_url": f"{visit.question.base}/",
        "title": f"{query} ― 政策検索" if query else "政策検索",
        "html": frame(visit.question.base, box, width, height),
        "width": width,
        "height": height,
    }
    return Answer(200, JSON, dumps(told).encode())


def frame(base: str, box: list[tuple[str, str]], width: int | str = "100%", height: int = HEIGHT) -> str:
    """Return the frame of a box as HTML."""
    title = f"政策・予算の検索：{dict(box).get('q', '')}".rstrip("：")
    return (
        f'<iframe src="{escape(embedded(base, box))}" title="{escape(title)}" width="{width}" height="{height}" '
        f'sandbox="{SANDBOX}" referrerpolicy="no-referrer" loading="lazy"></iframe>'
    )


def embedded(base: str, box: list[tuple[str, str]]) -> str:
    """Return the address of a box."""
    return f"{base}/embed" + (f"?{urlencode(box)}" if box else "")


def _box(url: str, base: str) -> list[tuple[str, str]]:
    """Return the parameters of the box for an address of ours. Raises NotFound."""
    try:
        asked, ours = urlsplit(url), urlsplit(base)
    except ValueError:
        raise NotFound("url がアドレスとして読めません。") from None
    path = asked.path.removeprefix(ours.path)
    whose = (asked.scheme in ("http", "https"), asked.netloc, asked.path.startswith(ours.path))
    if whose != (True, ours.netloc, True) or path not in SHOWS:
        raise NotFound(f"埋め込めるのは、{base}/search?q=… のような、このサーバーの検索・合計・経緯の頁だけです。")
    given = dict(reversed(parse_qsl(asked.query)))
    query = given.get("q") or given.get("programme", "")
    show = SHOWS[path] or given.get("show", "")
    rest = [(name, given[name]) for name in ("limit", "box", "theme") if path == "/embed" and name in given]
    return [*([("q", query)] if query else []), *([("show", show)] if show not in ("", "hits") else []), *rest]
