"""Who may ask: what stands before the application, for every request, in one order.

The address, the host, how often, from which origin, with which token: the first that is wrong is told, and nothing
behind it is done. Whatever the answer, it goes out with the headers of its kind, into the log and into the counts.
"""

import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import Failure
from search.web import hosts, journal
from search.web.faults import Refused
from search.web.headers import PREFLIGHT, headers_of
from search.web.metrics import Metrics
from search.web.routes import ROUTES
from search.web.scopes import Place, check_attempts, client_of, cookie_of, mount, path_of, refusal
from search.web.settings import Settings
from search.web.throttle import Throttle
from search.web.tokens import Tokens
from search.web.worker import BROKEN

STATIC = "/static/"
OWN = {"/healthz": "healthz", "/metrics": "metrics", "/login": "login", "/logout": "logout"}
"""The addresses that the front answers itself, beside those of ROUTES."""

OPEN = ("healthz", "login", "logout", "static")
"""Of these, no token is asked for them."""


WATCHED = ("healthz", "metrics")
"""These are for programs."""


class Gate:
    """The application behind the checks."""

    def __init__(self, app: ASGIApp, settings: Settings, tokens: Tokens, metrics: Metrics, attempts: Throttle) -> None:
        self._app = app
        self._settings = settings
        self._tokens = tokens
        self._metrics = metrics
        self._attempts = attempts
        self._requests = Throttle(settings.limits.burst, settings.limits.per_minute)
        self._patterns = [(compile_path(route.path)[0], name) for name, route in ROUTES.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        mount(scope, self._settings.prefix)
        place = self._place(path_of(scope))
        scope["seisaku"] = place
        sending = _Sending(scope, send, place, self._settings)
        try:
            try:
                self._check(scope, place)
            except Refused as refused:
                await refusal(refused, scope, place, self._settings)(scope, receive, sending)
            else:
                await self._app(scope, receive, sending)
        except Exception:
            journal.note_fault()
            if not sending.status:
                await refusal(Failure(BROKEN), scope, place, self._settings)(scope, receive, sending)
        finally:
            self._write_down(scope, place, sending, time.perf_counter() - began)

    def _place(self, path: str) -> Place:
        for pattern, name in self._patterns:
            if pattern.match(path):
                return Place(name, ROUTES[name].kind, ROUTES[name].opened)
        name = "static" if path.startswith(STATIC) else OWN.get(path, "")
        kind = "api" if path.startswith("/api/") or name in WATCHED else "static" if name == "static" else "page"
        return Place(name, kind, name in OPEN)

    def _check(self, scope: Scope, place: Place) -> None:
        """Let a request through. Raises Refused."""
        headers = Headers(scope=scope)
        self._check_address(scope)
        self._check_host(headers, scope)
        client = client_of(scope)
        if seconds := self._requests.wait(client):
            raise Refused(429, "要求が多すぎます。少し待ってやり直してください。", ("Retry-After", str(seconds)))
        if place.kind == "api" and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            self._preflight(headers.get("origin", ""))
        if self._tokens and not place.opened:
            self._check_token(headers, client)

    def _check_address(self, scope: Scope) -> None:
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > self._settings.limits.address:
            raise Refused(414, "アドレスが長すぎます。検索式を短くしてください。")

    def _check_host(self, headers: Headers, scope: Scope) -> None:
        named = headers.getlist("host")
        name = hosts.name_of(named[0]) if len(named) == 1 else None
        if name is None:
            raise Refused(400, "Host の見出しが一つ、正しい形で要ります。")
        if not hosts.answers_to(name, self._settings.allowed_hosts, scope):
            raise Refused(421, "このサーバーの名ではありません。動かしている人が --allowed-host で名を加えてください。")

    def _preflight(self, origin: str) -> None:
        allowed = self._settings.allow_origin
        if "*" not in allowed and origin not in allowed:
            raise Refused(403, "この送り元からは API を呼べません。--allow-origin で加えてください。")
        raise Refused(204, "", *PREFLIGHT)

    def _check_token(self, headers: Headers, client: str) -> None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            check_attempts(self._attempts, client)
            if self._tokens.holds(token.strip()):
                return
            self._attempts.wait(client)
        elif self._tokens.vouched(cookie_of(headers)):
            return
        raise Refused(
            401,
            "トークンが要ります。Authorization: Bearer で送るか、/login で入ってください。",
            ("WWW-Authenticate", 'Bearer realm="seisaku"'),
        )

    def _write_down(self, scope: Scope, place: Place, sending: "_Sending", seconds: float) -> None:
        query = scope["query_string"].decode("latin-1")
        entry = journal.Entry(
            (scope.get("client") or ("",))[0],
            scope["method"],
            scope["path"],
            query,
            sending.status,
            round(seconds * 1000, 1),
            sending.size,
        )
        journal.write(journal.told(entry, self._tokens.texts))
        self._metrics.count(place.name or "none", sending.status, seconds, sending.size)


class _Sending:
    """Sends a response on, with the headers of its kind; a HEAD has no body."""

    def __init__(self, scope: Scope, send: Send, place: Place, settings: Settings) -> None:
        origin = Headers(scope=scope).get("origin", "")
        self._headers = list(headers_of(place.kind, place.opened, origin, settings))
        self._head = scope["method"] == "HEAD"
        self._send = send
        self.status = self.size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._put(MutableHeaders(scope=message))
        elif message["type"] == "http.response.body":
            if self._head:
                message["body"] = b""
            self.size += len(message.get("body", b""))
        await self._send(message)

    def _put(self, headers: MutableHeaders) -> None:
        for name, value in self._headers:
            if name == "Vary":
                headers.add_vary_header(value)
            else:
                headers.setdefault(name, value)
