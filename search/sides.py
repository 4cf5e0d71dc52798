"""The sides of a comparison: what the words that begin it stand for."""

import re
import unicodedata
from typing import NamedTuple

from index.document import STAGES
from index.schema import value_of
from index.store.catalog import Catalog
from index.years import read_year
from search.errors import QueryError, shown

_BEHIND = re.compile("(?:予算案|予算額|予算|額|案)$")
_MOST = 5
_LONGEST = 64
"""No year with a stage is written in more characters."""

_NEAR = 75.0
"""How alike a word must be to the id of a paper, of 100, to be taken for a mistake in it."""

_WHAT = "文書の識別名（{papers}）、年度（2023）、段階（要求）、年度と段階（2024当初）"


class Wanted(NamedTuple):
    """A side as it is asked for: a paper (its number), a fiscal year, a stage; `stage` unknown is one too."""

    word: str
    paper: int | None = None
    year: int | None = None
    stage: str | None = None

    @property
    def kind(self) -> str:
        """What it is: paper, both (year and stage), year or stage."""
        if self.paper is not None:
            return "paper"
        return "both" if self.year and self.stage else "year" if self.year else "stage"


def read_sides(text: str, catalog: Catalog) -> tuple[tuple[Wanted, ...], str]:
    """Return the one or two sides that begin `text`, and the query behind them.

    A second word is a side if it can be held against the first: two papers, years, stages; or a paper or year with
    stage against another. One side alone must be a paper. Raises QueryError.
    """
    words = text.split(maxsplit=1)
    first = _side(words[0], catalog) if words else None
    if first is None:
        raise _no_side(words[0] if words else "", text, catalog)
    rest = words[1] if len(words) > 1 else ""
    words = rest.split(maxsplit=1)
    second = _side(words[0], catalog) if words else None
    if second and _match(first, second):
        return (first, second), words[1] if len(words) > 1 else ""
    mistaken = bool(words) and second is None and bool(_nearest(words[0], catalog, _NEAR))
    if first.kind != "paper" or mistaken:
        raise _no_side(words[0] if words else "", text, catalog, first)
    return (first,), rest


def said(years: tuple[int, ...], stage: str | None) -> str:
    """Return fiscal years and a stage in Japanese: 「2024年度 当初」."""
    year = "・".join(map(str, years))
    return (
        f"{year}年度 {STAGES.get(stage or '', '段階不明')}"
        if year
        else f"年度不明 {STAGES.get(stage or '', '段階不明')}"
    )


def _match(one: Wanted, other: Wanted) -> bool:
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or kinds == {"paper", "both"}


def _side(word: str, catalog: Catalog) -> Wanted | None:
    """Return what a word stands for: the id of a paper, 2024, R6, 令和6年度, 要求, 2024当初, R5補正予算; else None."""
    paper = catalog.paper(word)
    if paper is not None:
        return Wanted(word, paper)
    plain = unicodedata.normalize("NFKC", word)
    if len(plain) > _LONGEST:
        return None
    for end in range(len(plain), -1, -1):
        year = read_year(plain[:end]) if end else None
        stage = _stage(plain[end:]) if end < len(plain) else None
        if (year or not end) and (stage or end == len(plain)):
            return Wanted(word, None, year, stage)
    return None


def _stage(word: str) -> str | None:
    return value_of("stage", word) or value_of("stage", _BEHIND.sub("", word))


def _nearest(word: str, catalog: Catalog, least: float = 0.0) -> list[str]:
    from search.likeness import nearest

    ids = [catalog.about(paper).id for paper in range(catalog.papers)]
    return [ids[each] for each in nearest(word, ids, least)[:_MOST]]


def _no_side(word: str, text: str, catalog: Catalog, first: Wanted | None = None) -> QueryError:
    """Return what is said of a word that is no side, or none to hold against `first`."""
    near = _nearest(word, catalog)
    sides = _WHAT.format(papers="、".join(near) + (" など" if len(near) < catalog.papers else ""))
    if not near:
        what = "索引に文書がありません。seisaku index add で文書を加えてください。"
    elif first is None:
        what = f"比べるものを、{sides}で二つ、または文書一つで書いてください。"
    else:
        what = f"「{shown(first.word)}」の次に、それと比べられる{sides}を書いてください。"
    start = text.rindex(word) if first and word else 0
    return QueryError(what, text, start, start + len(word) if word else len(text), "2023補正 2024補正 蓄電池")
