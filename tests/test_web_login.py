from pathlib import Path

import pytest

from search.web.login import within
from search.web.settings import Limits
from search.web.tokens import Tokens
from tests.browsing import browser

NOWHERE = Path("nowhere")
TOKEN = "geheim-1234567890"
WIKI = "https://wiki.example.jp"


def test_token_is_taken_for_a_cookie_that_opens_the_server() -> None:
    client = browser(NOWHERE, tokens=(TOKEN,))
    assert client.get("/metrics").status_code == 401
    answer = client.post("/login", data={"token": TOKEN, "next": "/documents?x=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents?x=1")
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {each.strip() for each in cookie.split(";")}
    assert client.get("/metrics").status_code == 200
    assert browser(NOWHERE, tokens=(TOKEN,)).get("/metrics", headers={"Cookie": cookie}).status_code == 401
    assert client.post("/logout").status_code == 303
    assert client.get("/metrics").status_code == 401


def test_wrong_token_is_told_and_counted() -> None:
    client = browser(NOWHERE, tokens=(TOKEN,), limits=Limits(attempts=2))
    for given in ("", TOKEN + "x"):
        answer = client.post("/login", data={"token": given, "next": '/a"><script>'})
        assert answer.status_code == 401
        assert "トークンが違います" in answer.text
        assert "<script>" not in answer.text
        assert "set-cookie" not in answer.headers
    assert client.post("/login", data={"token": TOKEN}).status_code == 429


FRAMED = [
    ("http", (), {"SameSite=lax"}, {"Secure", "Partitioned"}),
    ("https", (), {"SameSite=lax", "Secure"}, {"Partitioned"}),
    ("https", (WIKI,), {"SameSite=none", "Secure"}, {"Partitioned"}),
    ("http", (WIKI,), {"SameSite=lax"}, {"Secure", "Partitioned"}),
]


@pytest.mark.parametrize(("scheme", "framed", "marks", "others"), FRAMED)
def test_cookie_has_the_marks_of_its_place(
    scheme: str, framed: tuple[str, ...], marks: set[str], others: set[str]
) -> None:
    client = browser(NOWHERE, base=f"{scheme}://localhost", tokens=(TOKEN,), frame_ancestors=framed)
    given = {each.strip() for each in client.post("/login", data={"token": TOKEN}).headers["set-cookie"].split(";")}
    assert marks <= given
    assert not others & given


FORGED = [
    ({}, 303),
    ({"Origin": "http://localhost"}, 303),
    ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://localhost:81"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), FORGED, ids=[str(headers) for headers, _ in FORGED])
def test_form_of_another_page_is_refused(headers: dict[str, str], status: int) -> None:
    client = browser(NOWHERE, tokens=(TOKEN,))
    assert client.post("/login", data={"token": TOKEN}, headers=headers).status_code == status
    assert client.post("/logout", headers=headers).status_code == status


def test_form_is_no_longer_than_it_may_be() -> None:
    client = browser(NOWHERE, tokens=(TOKEN,))
    assert client.post("/login", data={"token": TOKEN, "next": "/" + "x" * 5000}).status_code == 413
    assert client.post("/login", content=b"\xff\x00&&&=%%%").status_code == 401


TARGETS = [
    ("/search?q=%E9%9B%BB&x=//a", "/search?q=%E9%9B%BB&x=//a"),
    ("/", "/"),
    ("", "/"),
    ("search", "/"),
    ("//evil.example", "/"),
    ("/\\evil.example", "/"),
    ("/\t/evil.example", "/"),
    ("/\r\nSet-Cookie: a=b", "/"),
    ("https://evil.example/", "/"),
    ("javascript:alert(1)", "/"),
    ("/電池", "/"),
    ("//[", "/"),
]


@pytest.mark.parametrize(("target", "address"), TARGETS, ids=[target for target, _ in TARGETS])
def test_leads_nowhere_else(target: str, address: str) -> None:
    assert within(target) == address
    answer = browser(NOWHERE, tokens=(TOKEN,)).post("/login", data={"token": TOKEN, "next": target})
    assert answer.headers["location"] == address


def test_cookie_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens((TOKEN,))
    cookie = tokens.cookie()
    assert tokens.vouched(cookie)
    assert not Tokens((TOKEN,)).vouched(cookie)
    until, _, signature = cookie.partition(".")
    for forged in (
        f"{int(until) + 1}.{signature}",
        signature,
        until,
        f"{until}.{signature}.",
        f"{until}.{signature[:-1]}",
    ):
        assert not tokens.vouched(forged)
    monkeypatch.setattr("time.time", lambda: int(until) + 1)
    assert not tokens.vouched(cookie)
