import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.render import render, render_answer
from search.searcher import Searcher
from search.web.answering import answer
from search.web.current import Current
from search.web.exchange import JSON, PROBLEM, Answer, Question
from search.web.parameters import ParameterError, read
from search.web.routes import API, ROUTES
from search.web.settings import Settings

BATTERY = "蓄電池の製造サプライチェーン強靱化支援事業"


class Api:
    """Asks the functions that answer, without a server."""

    def __init__(self, store: Path) -> None:
        self.current, self.settings = Current(store), Settings(store)

    def ask(self, name: str, *query: tuple[str, str], known: str = "", **path: str) -> Answer:
        """Return the answer to a question."""
        question = Question(f"api-{name}", path, query, "http://localhost", "", "/", known)
        return answer(question, self.current, self.settings)


@pytest.fixture(scope="module")
def api(seed_store: Path) -> Api:
    return Api(seed_store)


def steady(text: str | bytes) -> str:
    """Return JSON without the time that it took."""
    return re.sub(r'"seconds": [\d.e-]+', "", text if isinstance(text, str) else text.decode())


SAME: list[tuple[str, list[tuple[str, str]], Callable[[Searcher], str]]] = [
    (
        "search",
        [("q", "蓄電池 AND amount>1000億"), ("sort", "-amount"), ("limit", "2"), ("offset", "1"), ("only", "certain")],
        lambda it: render(
            it.search("蓄電池 AND amount>1000億", sort="-amount", limit=2, offset=1, only="certain"), "json"
        ),
    ),
    ("search", [("q", "畜電池")], lambda it: render(it.search("畜電池"), "json")),
    (
        "search",
        [("q", "蓄電池 半導体"), ("match", "any")],
        lambda it: render(it.search("蓄電池 半導体", match="any"), "json"),
    ),
    (
        "total",
        [("q", "半導体"), ("by", "account")],
        lambda it: render_answer(it.total("半導体", by="account"), "json"),
    ),
    ("history", [("programme", BATTERY)], lambda it: render_answer(it.history(BATTERY), "json")),
    ("facets", [("q", "半導体")], lambda it: render_answer(it.facets("半導体"), "json")),
    (
        "reconcile",
        [("document", "meti-request-2024"), ("heading", "福島")],
        lambda it: render_answer(it.reconcile("meti-request-2024", "福島"), "json"),
    ),
    (
        "compare",
        [("sides", "2024要求 2024当初 蓄電池")],
        lambda it: render_answer(it.compare(["2024要求", "2024当初", "蓄電池"]), "json"),
    ),
    ("programmes", [("words", "蓄電池")], lambda it: render_answer(it.programmes("蓄電池"), "json")),
]


@pytest.mark.parametrize(("name", "query", "said"), SAME, ids=[f"{name} {query}" for name, query, _ in SAME])
def test_answers_what_the_command_prints_as_json(
    api: Api, searcher: Searcher, name: str, query: list[tuple[str, str]], said: Callable[[Searcher], str]
) -> None:
    found = api.ask(name, *query)
    assert (found.status, found.media) == (200, JSON)
    assert steady(found.body) == steady(said(searcher))


def test_item_has_its_lines(api: Api) -> None:
    (item,) = json.loads(api.ask("item", id="monozukuri-2025:61").body)["items"]
    assert item["name"] == BATTERY
    assert [each["line"] for each in item["lines"]] == [61]
    assert "蓄電池" in item["lines"][0]["text"]


def test_documents_suggestions_and_fields(api: Api) -> None:
    documents = json.loads(api.ask("documents").body)["documents"]
    assert [each["id"] for each in documents] == ["meti-request-2024", "monozukuri-2025"]
    suggestions = json.loads(api.ask("suggest", ("prefix", "蓄電"), ("limit", "1")).body)["suggestions"]
    assert [each["text"] for each in suggestions] == ["蓄電池"]
    fields = json.loads(api.ask("fields").body)["fields"]
    assert {"name", "amount", "stage"} <= {each["name"] for each in fields}


def test_version_of_the_store_is_asked_for_again_and_has_not_changed(api: Api) -> None:
    first = api.ask("search", ("q", "蓄電池"))
    assert first.version
    for known in (first.version, f"other,{first.version}"):
        again = api.ask("search", ("q", "蓄電池"), known=known)
        assert (again.status, again.body, again.version) == (304, b"", first.version)
    assert api.ask("search", ("q", "蓄電池"), known="other").status == 200
    assert api.ask("search", ("q", "(蓄電池"), known=first.version).status in (304, 400)


FAULTS = [
    ("search", [("q", "(蓄電池")], 400, {"span": [0, 1], "source": "(蓄電池", "example": "(子育て OR 給付) 金額>10億"}),
    ("search", [("q", "蓄電池 foo:1")], 400, {"span": [4, 7]}),
    ("search", [("q", "")], 400, {}),
    ("search", [("q", "\0")], 400, {}),
    ("search", [("q", "電" * 16_384)], 400, {"span": [2000, 16_384]}),
    ("search", [("q", "(" * 51 + "電" + ")" * 51)], 400, {}),
    ("search", [("q", "-" * 60 + "電")], 400, {}),
    ("total", [("q", "amount>foo")], 400, {}),
    ("history", [("programme", "ない事業の名称")], 400, {}),
    ("history", [("programme", "電" * 2001)], 422, {"parameter": "programme"}),
    ("compare", [("sides", "")], 400, {}),
    ("search", [], 422, {"parameter": "q"}),
    ("search", [("q", "電池"), ("foo", "1")], 422, {"parameter": "foo"}),
    ("search", [("q", "電池"), ("q", "水素")], 422, {"parameter": "q"}),
    ("search", [("q", "電池"), ("limit", "0")], 422, {"parameter": "limit"}),
    ("search", [("q", "電池"), ("limit", "201")], 422, {"parameter": "limit"}),
    ("search", [("q", "電池"), ("limit", "９")], 422, {"parameter": "limit"}),
    ("search", [("q", "電池"), ("offset", "-1")], 422, {"parameter": "offset"}),
    ("search", [("q", "電池"), ("offset", "9" * 20)], 422, {"parameter": "offset"}),
    ("search", [("q", "電池"), ("sort", "Amount")], 422, {"parameter": "sort"}),
    ("search", [("q", "電池"), ("only", "")], 422, {"parameter": "only"}),
    ("total", [("q", "電池"), ("by", "<b>")], 422, {"parameter": "by"}),
    ("fields", [("q", "電池")], 422, {"parameter": "q"}),
    ("reconcile", [("document", "none")], 404, {}),
    ("reconcile", [("document", "meti-request-2024"), ("heading", "ない")], 404, {}),
]


@pytest.mark.parametrize(
    ("name", "query", "status", "said"), FAULTS, ids=[f"{name} {str(query)[:60]}" for name, query, *_ in FAULTS]
)
def test_fault_is_a_problem(
    api: Api, name: str, query: list[tuple[str, str]], status: int, said: dict[str, Any]
) -> None:
    found = api.ask(name, *query)
    assert (found.status, found.media) == (status, PROBLEM)
    problem = json.loads(found.body)
    assert problem["status"] == status
    assert problem["detail"]
    assert problem.items() >= said.items()
    assert ("span" in problem) is (status == 400)


PLACES = [
    "none:1",
    "monozukuri-2025:1",
    "monozukuri-2025",
    "monozukuri-2025:0",
    ":",
    f"monozukuri-2025:{'9' * 5000}",
    "x:١",
]


@pytest.mark.parametrize("place", PLACES, ids=[each[:40] for each in PLACES])
def test_place_where_nothing_stands_is_not_found(api: Api, place: str) -> None:
    assert api.ask("item", id=place).status == 404


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "電池\r\nSet-Cookie: a=b",
    "電池%0d%0aX: y",
    "\u2028\u202e電池",
    "{{7*7}}${7*7}",
    "' OR 1=1 --",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\ufffd\ufffd",
    "a" * 2000,
    "a\u0301" * 900,
    "OR OR AND",
    "amount:" + "9" * 1900,
]


@pytest.mark.parametrize("query", HOSTILE, ids=[repr(each)[:40] for each in HOSTILE])
@pytest.mark.parametrize("name", ["search", "total", "facets"])
def test_hostile_query_ends_harmless(api: Api, name: str, query: str) -> None:
    found = api.ask(name, ("q", query))
    assert found.status in (200, 400)
    text = found.body.decode()
    json.loads(text)
    assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e]", text)


def test_store_that_cannot_be_read_is_told_without_its_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = Api(tmp_path / "secret-folder").ask("search", ("q", "電池"))
    assert (found.status, found.headers) == (503, (("Retry-After", "1"),))
    assert b"secret-folder" not in found.body
    assert "secret-folder" in json.loads(capfd.readouterr().err)["message"]


def test_unknown_parameters_of_a_page_are_passed_over() -> None:
    parameters = ROUTES["api-search"].parameters
    given = [("q", "電池"), ("utm", "x"), ("limit", ""), ("q", "水素")]
    assert read(parameters, given, strict=False)["q"] == "電池"
    assert read(parameters, given, strict=False)["limit"] == 20
    with pytest.raises(ParameterError):
        read(parameters, given, strict=True)


def test_addresses_are_those_of_the_api() -> None:
    names = {route.path.removeprefix(f"{API}/") for route in ROUTES.values() if route.path.startswith(API)}
    assert names >= {"search", "items/{id}", "documents", "total", "history", "facets", "suggest", "fields"}
