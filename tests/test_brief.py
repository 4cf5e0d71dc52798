"""What one takes to a meeting, from the papers in seeds/ and on the command line."""

import io
from datetime import date
from pathlib import Path

import pytest

from search.brief import HISTORIES, brief
from search.errors import QueryError
from search.searcher import Searcher
from tests.test_output import invoke

NAME = "蓄電池の製造サプライチェーン強靱化支援事業"


def test_brief_is_what_the_searcher_answers(searcher: Searcher) -> None:
    page = brief(searcher, "蓄電池 1000億以上")
    assert page.hits.counts == searcher.search("蓄電池 1000億以上").counts
    assert page.total.totals == searcher.total("蓄電池 1000億以上").totals
    assert page.histories[0] == searcher.history(NAME)
    assert page.quotes == tuple(tuple(searcher.lines(hit.item)) for hit in page.hits.hits)
    assert [each.id for each in page.documents] == ["meti-request-2024", "monozukuri-2025"]
    assert page.date == date.today().isoformat()


def test_programmes_with_the_most_money_are_followed_each_once(searcher: Searcher) -> None:
    names = [page.name for page in brief(searcher, "半導体 OR 蓄電池 OR 水素 OR 宇宙").histories]
    assert NAME in names
    assert len(set(names)) == len(names) <= HISTORIES


@pytest.mark.parametrize("limit", [1, 5, 0, None])
def test_hits_are_as_many_as_wanted(limit: int | None, searcher: Searcher) -> None:
    page = brief(searcher, "水素", limit=limit)
    assert len(page.hits.hits) == len(page.quotes) == (limit or page.hits.found)


def test_match_any_is_for_all_of_it(searcher: Searcher) -> None:
    both, either = (brief(searcher, "蓄電池 半導体", match=match) for match in ("all", "any"))
    assert either.hits.found > both.hits.found
    assert sum(each.yen for each in either.total.totals) > sum(each.yen for each in both.total.totals)


def test_what_is_not_there_and_what_makes_no_sense(searcher: Searcher) -> None:
    page = brief(searcher, "ぬりかべ")
    assert (page.histories, page.quotes, page.documents) == ((), (), ())
    assert page.hits.diagnosis
    with pytest.raises(QueryError):
        brief(searcher, "foo:x")


# The command.


def test_formats(seed_store: Path, tmp_path: Path) -> None:
    assert NAME in invoke(seed_store, "brief", "蓄電池").stdout
    pytest.importorskip("jinja2")
    assert invoke(seed_store, "brief", "蓄電池", "-o", str(tmp_path / "a.html")).output == ""
    assert (tmp_path / "a.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    openpyxl = pytest.importorskip("openpyxl")
    piped = invoke(seed_store, "brief", "蓄電池", "--format", "xlsx").stdout_bytes
    assert len(openpyxl.load_workbook(io.BytesIO(piped)).worksheets) > 2


@pytest.mark.parametrize(("words", "status"), [("蓄電池", 0), ("ぬりかべ", 1), ("foo:x", 2)])
def test_status(words: str, status: int, seed_store: Path) -> None:
    assert invoke(seed_store, "brief", words).exit_code == status
