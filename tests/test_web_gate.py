import json
from pathlib import Path

import pytest

from search.web.hosts import name_of, origin_of
from search.web.routes import ROUTES
from search.web.settings import Limits
from tests.browsing import browser, policy

NOWHERE = Path("nowhere")
TOKEN = "geheim-1234567890"
WIKI = "https://wiki.example.jp"

# Hosts.

HOSTS = [
    ("localhost", 200),
    ("localhost:8765", 200),
    ("LOCALHOST", 200),
    ("localhost.", 200),
    ("127.0.0.1:9000", 200),
    ("[::1]:8765", 200),
    ("evil.example", 421),
    ("localhost.evil.example", 421),
    ("10.0.0.7", 421),
    ("localhost@evil.example", 400),
    ("evil.example/localhost", 400),
    ("localhost evil.example", 400),
    ("localhost:port", 400),
    ("", 400),
]


@pytest.mark.parametrize(("host", "status"), HOSTS, ids=[host for host, _ in HOSTS])
def test_host_is_answered_with(host: str, status: int) -> None:
    assert browser(NOWHERE).get("/metrics", headers={"Host": host}).status_code == status


def test_names_that_are_allowed_are_answered_and_the_address_that_was_reached() -> None:
    client = browser(NOWHERE, allowed_hosts=("budget.example.jp",))
    assert client.get("/metrics", headers={"Host": "budget.example.jp:80"}).status_code == 200
    assert client.get("/metrics").status_code == 421
    anyone = browser(NOWHERE, allowed_hosts=("*",))
    assert anyone.get("/metrics", headers={"Host": "what.ever"}).status_code == 200
    reached = browser(NOWHERE, base="http://10.1.2.3:8765")  # the test client says that this is where it came in
    assert reached.get("/metrics").status_code == 200
    assert reached.get("/metrics", headers={"Host": "10.1.2.4"}).status_code == 421


@pytest.mark.parametrize(
    ("host", "name"),
    [("A.b:1", "a.b"), ("[::1]", "[::1]"), ("a..b", "a..b"), ("::1", None), ("a:b", None), ("é", None)],
)
def test_name_of_a_host(host: str, name: str | None) -> None:
    assert name_of(host) == name


# Origins.

ORIGINS = [
    ("https://wiki.example.jp", "https://wiki.example.jp"),
    ("HTTPS://Wiki.Example.JP/", "https://wiki.example.jp"),
    ("https://wiki.example.jp:443", "https://wiki.example.jp"),
    ("http://wiki:8080", "http://wiki:8080"),
    ("http://[::1]:8080", "http://[::1]:8080"),
    ("*", "*"),
    ("wiki.example.jp", None),
    ("https://wiki.example.jp/page", None),
    ("https://wiki.example.jp; script-src *", None),
    ("https://*.example.jp", None),
    ("null", None),
    ("https://a\nb", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "origin"), ORIGINS, ids=[written for written, _ in ORIGINS])
def test_origin(written: str, origin: str | None) -> None:
    assert origin_of(written) == origin


def test_api_is_shared_with_the_origins_that_are_named_alone() -> None:
    client = browser(NOWHERE, allow_origin=(WIKI,))
    theirs = client.get("/api/v1/nothing", headers={"Origin": WIKI})
    assert theirs.headers["access-control-allow-origin"] == WIKI
    assert "Origin" in theirs.headers["vary"]
    for origin in ("https://evil.example", "null", f"{WIKI}.evil.example", f"{WIKI}:444"):
        other = client.get("/api/v1/nothing", headers={"Origin": origin})
        assert "access-control-allow-origin" not in other.headers
        assert "Origin" in other.headers["vary"]
    assert "access-control-allow-origin" not in client.get("/nothing", headers={"Origin": WIKI}).headers
    assert "access-control-allow-origin" not in browser(NOWHERE).get("/api/v1/x", headers={"Origin": WIKI}).headers
    everyone = browser(NOWHERE, allow_origin=("*",)).get("/api/v1/x", headers={"Origin": "https://any.example"})
    assert everyone.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in everyone.headers


@pytest.mark.parametrize(("origin", "status"), [(WIKI, 204), ("https://evil.example", 403), ("null", 403), ("", 403)])
def test_preflight(origin: str, status: int) -> None:
    client = browser(NOWHERE, allow_origin=(WIKI,), tokens=(TOKEN,))
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = client.request("OPTIONS", "/api/v1/search", headers=asked)
    assert answer.status_code == status
    assert ("access-control-allow-origin" in answer.headers) is (status == 204)
    if status == 204:
        assert "Authorization" in answer.headers["access-control-allow-headers"]


# Tokens.

CREDENTIALS = [
    ({}, 401),
    ({"Authorization": f"Bearer {TOKEN}"}, 200),
    ({"Authorization": f"bearer  {TOKEN}"}, 200),
    ({"Authorization": "Bearer"}, 401),
    ({"Authorization": f"Bearer {TOKEN}x"}, 401),
    ({"Authorization": f"Bearer {TOKEN[:-1]}"}, 401),
    ({"Authorization": f"Basic {TOKEN}"}, 401),
    ({"Authorization": TOKEN}, 401),
    ({"Cookie": f"seisaku={TOKEN}"}, 401),
    ({"Cookie": "seisaku=99999999999.0000"}, 401),
    ({"Cookie": "seisaku=."}, 401),
    ({"Cookie": "seisaku=\xe9.\xff; ="}, 401),
]


@pytest.mark.parametrize(("headers", "status"), CREDENTIALS, ids=[str(headers) for headers, _ in CREDENTIALS])
def test_token(headers: dict[str, str], status: int) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = browser(NOWHERE, tokens=("other-token", TOKEN)).get("/metrics", headers=sent)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["status"] == 401


def test_every_address_asks_for_a_token_but_those_that_show_nothing() -> None:
    client = browser(NOWHERE, tokens=(TOKEN,))
    for route in ROUTES.values():
        path = route.path.replace("{", "").replace("}", "").replace(":path", "")
        if not route.opened:
            assert client.get(path).status_code == 401, path
    assert client.get("/nothing").status_code == 401
    assert client.get("/metrics?token=" + TOKEN).status_code == 401
    for path, status in (("/healthz", 503), ("/login", 200), ("/static/style.css", 200)):
        assert client.get(path).status_code == status, path


def test_reader_without_a_token_is_led_to_the_form() -> None:
    client = browser(NOWHERE, tokens=(TOKEN,), prefix="/seisaku")
    answer = client.get("/seisaku/nothing?q=電池&x=//a", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/seisaku/login?next=/nothing%3Fq%3D%25E9%259B%25BB%25E6%25B1%25A0%26x%3D//a"


def test_wrong_tokens_are_counted_and_right_ones_are_not() -> None:
    client = browser(NOWHERE, tokens=(TOKEN,), limits=Limits(attempts=3))
    right, wrong = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": "Bearer guess"}
    assert [client.get("/metrics", headers=right).status_code for _ in range(5)] == [200] * 5
    assert [client.get("/metrics", headers=wrong).status_code for _ in range(4)] == [401, 401, 401, 429]
    refused = client.get("/metrics", headers=right)  # or one could go on guessing
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


# What may be asked.


def test_only_reading_is_answered() -> None:
    client = browser(NOWHERE)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"):
        for path in ("/api/v1/search", "/metrics", "/openapi.json"):
            answer = client.request(method, path)
            assert answer.status_code == 405, (method, path)
            assert {each.strip() for each in answer.headers["allow"].split(",")} == {"GET", "HEAD"}
            assert answer.json()["title"] == "Method Not Allowed"
    assert client.post("/static/style.css").status_code == 405
    assert client.request("PUT", "/login").status_code == 405


def test_head_has_the_headers_and_no_body() -> None:
    client = browser(NOWHERE)
    whole, head = client.get("/login"), client.request("HEAD", "/login")
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"] != "0"


def test_address_may_be_as_long_as_the_longest_query() -> None:
    client = browser(NOWHERE)
    assert client.get("/nothing", params={"q": "電" * 2000, "sort": "-amount"}).status_code == 404
    assert client.get("/nothing", params={"q": "電" * 6000}).status_code == 414


def test_client_that_asks_too_often_is_told_to_wait() -> None:
    client = browser(NOWHERE, limits=Limits(burst=3, per_minute=6))
    answers = [client.get("/api/v1/nothing") for _ in range(4)]
    assert [each.status_code for each in answers] == [404, 404, 404, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 10
    assert answers[-1].headers["content-type"] == "application/problem+json"


# What goes out with every answer.


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/login", "/healthz", "/metrics", "/static/style.css"])
def test_every_answer_bears_the_headers_that_protect(path: str) -> None:
    headers = browser(NOWHERE, frame_ancestors=(WIKI,)).get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == ("same-origin" if path == "/login" else "no-referrer")
    assert headers["x-frame-options"] == "DENY"
    assert policy(headers, "frame-ancestors") == "'none'"
    assert policy(headers, "default-src") == "'none'"
    assert policy(headers, "script-src") == policy(headers, "style-src") == "'self'"
    assert "server" not in headers


def test_faults_are_told_to_programs_and_to_readers() -> None:
    client = browser(NOWHERE)
    problem = client.get("/api/v1/<script>")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "このアドレスには何もありません。",
    }
    page = client.get("/<script>alert(1)</script>?q=<script>")
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script>alert" not in page.text


def test_mounted_by_a_proxy_whether_or_not_it_cuts_the_prefix_off() -> None:
    client = browser(NOWHERE, prefix="/seisaku")
    for path in ("/seisaku/login", "/login"):
        assert 'action="/seisaku/login"' in client.get(path).text


def test_proxy_is_believed_where_it_is_named() -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    form = {"token": TOKEN}
    believing = browser(NOWHERE, tokens=(TOKEN,), proxies=("192.0.2.9",))
    assert "Secure" in believing.post("/login", data=form, headers=forwarded).headers["set-cookie"]
    other = browser(NOWHERE, tokens=(TOKEN,), proxies=("192.0.2.1",))
    assert "Secure" not in other.post("/login", data=form, headers=forwarded).headers["set-cookie"]


# The log.


def test_log_has_a_line_for_each_request_and_no_token(capfd: pytest.CaptureFixture[str]) -> None:
    client = browser(NOWHERE, tokens=(TOKEN,))
    client.get(
        f"/metrics?q=電池&token={TOKEN}&q={TOKEN}&access_Token=abc", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    client.get(f"/{TOKEN}/%1b[31m%0d%0a{{}}", headers={"Cookie": "seisaku=secret-cookie"})
    client.post("/login", data={"token": TOKEN, "next": "/"})
    client.post("/login", data={"token": "wrong-guess"})
    written = capfd.readouterr().err
    for secret in (TOKEN, "secret-cookie", "wrong-guess", "abc"):
        assert secret not in written
    lines = [json.loads(line) for line in written.splitlines()]
    assert [each["status"] for each in lines] == [200, 401, 303, 401]
    assert lines[0].keys() == {"time", "client", "method", "path", "query", "status", "ms", "bytes"}
    assert lines[0]["query"] == "q=電池&token=…&q=…&access_Token=…"
    assert lines[1]["path"] == "/…/\x1b[31m\r\n{}"
    assert "\x1b" not in written


def test_metrics_count_by_address_and_status() -> None:
    client = browser(NOWHERE)
    for path in ("/healthz", "/nothing", "/other"):
        client.get(path)
    text = client.get("/metrics").text
    assert 'seisaku_requests_total{route="healthz",status="503"} 1.0' in text
    assert 'seisaku_requests_total{route="none",status="404"} 2.0' in text
    assert "seisaku_requests_total{" not in browser(NOWHERE).get("/metrics").text


def test_health(seed_store: Path) -> None:
    good = browser(seed_store, tokens=(TOKEN,)).get("/healthz")
    assert good.status_code == 200
    assert good.json() == {"status": "ok", "store": {"generation": "gen-000001", "outdated": False}}
    bad = browser(NOWHERE).get("/healthz")
    assert bad.status_code == 503
    assert bad.json() == {"status": "unavailable", "store": None}
