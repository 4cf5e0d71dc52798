"""The pages about sums: each a form, what it answers as tables, and the same as files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from search.figures import BREAKDOWNS, HistoryPage, TotalPage
from search.render import ANSWERS
from search.web.exchange import Answer
from search.web.pages import exports
from search.web.pages.tables import Table, drawn, table
from search.web.pages.templates import page
from search.web.parameters import shown_values
from search.web.visit import Visit

if TYPE_CHECKING:
    from search.render import Answer as Figures


class Kind(NamedTuple):
    """A page about sums: `needs` is the parameter without which only the form is shown.

    `folded` says that the tables behind the first are lists, which are shown when asked for.
    """

    title: str
    lead: str
    needs: str
    ask: Callable[[Visit], Figures]
    folded: bool = False


KINDS: dict[str, Kind] = {
    "total": Kind(
        "合計",
        "該当する金額を、年度と段階ごとに、重複や内数などを除いて合計します。除いた金額は理由とともに示します。",
        "q",
        lambda visit: visit.searcher.total(visit.text("q"), by=visit.choice("by"), match=visit.text("match")),
        folded=True,
    ),
    "history": Kind(
        "経緯",
        "事業一つを、文書・年度・段階をまたいで追い、要求がどうなったかを示します。名称の似た事業は数えません。",
        "programme",
        lambda visit: visit.searcher.history(visit.text("programme")),
    ),
    "compare": Kind(
        "比べる",
        "二つの文書・年度・段階を、事業ごとに比べます。文書一つなら、並記された前年度の額と比べます。",
        "sides",
        lambda visit: visit.searcher.compare(visit.text("sides").split()),
    ),
    "reconcile": Kind(
        "合計の突き合わせ",
        "文書に記載された合計を、その内訳の和と突き合わせます。差があれば、端数で説明できるかを示します。調整はしません。",
        "document",
        lambda visit: visit.searcher.reconcile(visit.text("document"), visit.choice("heading") or None),
        folded=True,
    ),
    "programmes": Kind(
        "対応する名称",
        "文書をまたいで同じ事業、または同じかもしれない事業の名称を並べます。",
        "words",
        lambda visit: visit.searcher.programmes(visit.text("words")),
    ),
    "facets": Kind(
        "内訳",
        "検索結果を、文書・年度・段階・会計などの値ごとに、件数と合計で示します。",
        "q",
        lambda visit: visit.searcher.facets(visit.text("q"), match=visit.text("match")),
    ),
}
"""Every page about sums by the name of its route."""

LISTED = 2_000
"""So many amounts of a total are listed on its page; where there are more, the files have them."""

CHOICES = {"by": ("内訳", BREAKDOWNS), "match": ("並んだ言葉", {"all": "すべて", "any": "どれか"})}
"""The words for parameters and for their values."""


def answer(visit: Visit) -> Answer:
    """Answer with a page about sums, or with a file of the same."""
    name, _, ending = visit.question.route.partition("-")
    kind = KINDS[name]
    figures = kind.ask(visit) if visit.text(kind.needs).strip() or ending else None
    if figures is not None and ending:
        return exports.figures(figures, ending, name)
    return page(
        "figures.html",
        visit.question,
        name=name,
        kind=kind,
        parameters=visit.route.parameters,
        values=visit.values,
        choices=CHOICES,
        address=dict(shown_values(visit.values, visit.route.parameters)),
        tables=_tables(figures) if figures is not None else [],
        chart=drawn(figures) if isinstance(figures, HistoryPage) else None,
        labels=exports.LABELS,
    )


def _tables(figures: Figures) -> list[Table]:
    """Return what a page about sums says as tables; lists that nobody would read are left to the files."""
    from importlib import import_module

    sheets = import_module(f"search.render.figures.{ANSWERS[type(figures).__name__]}").sheets(figures, True)
    totals = figures.totals if isinstance(figures, TotalPage) else ()
    if sum(len(each.counted) + len(each.left_out) for each in totals) > LISTED:
        sheets = islice(sheets, 1)
    return [table(sheet) for sheet in sheets]
