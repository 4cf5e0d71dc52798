"""What is pasted into a wiki to show an answer there: a snippet for each wiki, live or as a table."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple
from urllib.parse import urlencode

from search.render import PASTED, render, render_answer
from search.render.backends.markdown import escaped
from search.web.discovery import embedded, frame
from search.web.embed import FULL
from search.web.exchange import Answer
from search.web.faults import NotFound
from search.web.pages.templates import page
from search.web.parameters import shown_values
from search.web.visit import Visit

PLUGINS = {"dokuwiki": ("dokuwiki", "seisaku"), "mediawiki": ("mediawiki", "Seisaku")}
"""The folder of each plugin under `wikis`, and the name that it must have in the wiki."""

ZIP = "application/zip"
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a ZIP, so that the same files are the same ZIP."""

LABELS = {"markdown": "Markdown", "dokuwiki": "DokuWiki", "mediawiki": "MediaWiki", "confluence": "Confluence"}
SHOWS = {"hits": "該当の一覧", "total": "合計", "history": "経緯"}
BOXES = {"open": "検索欄を出す", "fixed": "検索式を固定する"}


class Snippet(NamedTuple):
    """What is pasted into a kind of wiki; `how` says in Japanese where it goes and what it takes."""

    wiki: str
    how: str
    text: str


def show(visit: Visit) -> Answer:
    """Answer with the page of snippets for a query. Raises QueryError."""
    query = visit.text("q").strip()
    box = [("q", query), *shown_values(visit.values, visit.route.parameters[1:])]
    return page(
        "wiki.html",
        visit.question,
        q=query,
        values=visit.values,
        choices={"show": SHOWS, "box": BOXES},
        snippets=list(snippets(visit.question.base, box)) if query else [],
        tables=[(LABELS[form], table) for form, table in _tables(visit, query)] if query else [],
    )


def plugin(visit: Visit) -> Answer:
    """Answer with the plugin for a wiki as a ZIP. Raises NotFound."""
    name = visit.question.path["name"]
    if name not in PLUGINS:
        raise NotFound(f"「{name}」の拡張機能はありません。あるのは {'、'.join(PLUGINS)} です。")
    return Answer(200, ZIP, _zipped(name), headers=(("Content-Disposition", f'attachment; filename="{name}.zip"'),))


def snippets(base: str, box: list[tuple[str, str]]) -> Iterator[Snippet]:
    """Yield what each wiki takes for a live answer."""
    query, options = dict(box)["q"], box[1:]
    live, full = frame(base, box), _page(base, box)
    yield Snippet("DokuWiki", "プラグイン seisaku を入れた DokuWiki の頁に", dokuwiki(query, options))
    yield Snippet("MediaWiki", "拡張機能 Seisaku を入れた MediaWiki の頁に", mediawiki(query, options))
    yield Snippet(
        "Confluence",
        "「/iframe」と打って iframe マクロを選び、このアドレスを入れる（Data Center では HTML マクロに HTML の枠を）",
        embedded(base, box),
    )
    yield Snippet("GROWI", "Markdown の本文に（XSS の設定が「推奨」なら、そのまま通る）", live)
    yield Snippet("Notion", "「/embed」と打って、このアドレスを入れる", embedded(base, box))
    yield Snippet("Markdown", "枠を置けない Wiki には、リンクを", f"[政策検索：{escaped(query)}]({full})")
    yield Snippet("HTML", "HTML を書ける頁に（枠）", live)
    yield Snippet("HTML（部品）", "スクリプトを置ける頁に（枠なしで頁になじむ）", widget(base, box))


def dokuwiki(query: str, options: list[tuple[str, str]]) -> str:
    """Return the query as the plugin of DokuWiki takes it: on one line, without the two braces that end it."""
    words = " ".join(query.split()).replace("}}", "｝｝")
    return "{{seisaku>" + "|".join((words, *(f"{name}={value}" for name, value in options))) + "}}"


def mediawiki(query: str, options: list[tuple[str, str]]) -> str:
    """Return the query as the extension of MediaWiki takes it."""
    given = "".join(f' {name}="{escape(value)}"' for name, value in (("q", query), *options))
    return f"<seisaku{given}/>"


def widget(base: str, box: list[tuple[str, str]]) -> str:
    """Return the custom element with its script."""
    given = "".join(f' {name}="{escape(value)}"' for name, value in box)
    return f'<script src="{escape(base)}/widget.js" defer></script>\n<seisaku-search{given}></seisaku-search>'


def _page(base: str, box: list[tuple[str, str]]) -> str:
    """Return the address of the full page."""
    path, name = FULL[dict(box).get("show", "hits")]
    return f"{base}{path}?{urlencode({name: dict(box)['q']})}"


def _tables(visit: Visit, query: str) -> Iterator[tuple[str, str]]:
    """Yield the answer as a table of each wiki, with the papers it stands in."""
    papers = visit.searcher.documents()
    if visit.text("show") == "hits":
        hits = visit.searcher.search(query, limit=visit.number("limit"))
        yield from ((form, render(hits, form, papers=papers)) for form in PASTED)
    else:
        sums = visit.searcher.total(query) if visit.text("show") == "total" else visit.searcher.history(query)
        yield from ((form, render_answer(sums, form, papers=papers)) for form in PASTED)


@cache
def _zipped(name: str) -> bytes:
    """Return a plugin as a ZIP whose only folder has the name that the wiki wants."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, file in _files(files("search.web").joinpath("wikis", *PLUGINS[name]), PLUGINS[name][1]):
            archive.writestr(zipfile.ZipInfo(path, BEGINNING), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """Yield the files of a folder with their paths, in order."""
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _files(each, f"{path}/{each.name}")
        else:
            yield f"{path}/{each.name}", each
