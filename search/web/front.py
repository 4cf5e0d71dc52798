"""The application: requests to questions, answers to responses."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from index.errors import Failure
from search.web import faults
from search.web.exchange import Question
from search.web.faults import Overloaded, Refused
from search.web.gate import OWN, STATIC, Gate
from search.web.login import Login
from search.web.metrics import MEDIA, Metrics
from search.web.pool import Broken, Busy, Pool, Slow
from search.web.routes import ROUTES
from search.web.scopes import path_of, prefix_of, refusal, response
from search.web.settings import Settings
from search.web.state import state_of
from search.web.throttle import Throttle
from search.web.tokens import Tokens
from search.web.worker import BROKEN

Endpoint = Callable[[Request], Awaitable[Response]]

BUSY = "込み合っています。少し待ってやり直してください。"
SLOW = "{:g}秒では答えが出ないので打ち切りました。検索式を短くするか、言葉を絞ってください。"
TOLD = {404: "このアドレスには何もありません。", 405: "ここで使えるのは GET と HEAD だけです。"}


def make(settings: Settings) -> Starlette:
    """Return the application around the store in `settings`; its processes start with it or at the first question."""
    pool, tokens = Pool(settings), Tokens(settings.tokens)
    metrics, attempts = Metrics(pool), Throttle(settings.limits.attempts, settings.limits.attempts)
    login = Login(settings, tokens, attempts)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool.start()
        yield
        await run_in_threadpool(pool.close)

    async def health(request: Request) -> Response:
        return response(await run_in_threadpool(state_of, settings.store))

    async def counts(request: Request) -> Response:
        return Response(metrics.text(), media_type=MEDIA)

    own: dict[str, tuple[Endpoint, tuple[str, ...]]] = {
        "healthz": (health, ("GET",)),
        "metrics": (counts, ("GET",)),
        "login": (login.login, ("GET", "POST")),
        "logout": (login.logout, ("POST",)),
    }
    routes: list[BaseRoute] = [Route(route.path, _endpoint(name, pool, settings)) for name, route in ROUTES.items()]
    routes += [Route(path, own[name][0], methods=list(own[name][1])) for path, name in OWN.items()]
    routes.append(Mount(STATIC.rstrip("/"), StaticFiles(packages=[("search.web", "static")])))
    gate = [Middleware(Gate, settings=settings, tokens=tokens, metrics=metrics, attempts=attempts)]
    proxies = [Middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))] if settings.proxies else []
    app = Starlette(
        routes=routes,
        middleware=[*proxies, *gate],
        exception_handlers={HTTPException: _refusing(settings)},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(name: str, pool: Pool, settings: Settings) -> Endpoint:
    """Return what answers at an address of ROUTES."""

    kind = ROUTES[name].kind

    async def endpoint(request: Request) -> Response:
        question = asked(name, request)
        try:
            return response(await pool.answer(question))
        except (Slow, Busy, Broken) as refused:
            failure = _told(refused, settings.limits.allowed(kind))
            return response(faults.told(failure, question, kind, settings))

    return endpoint


def _told(refused: Exception, seconds: float) -> Failure:
    """Return what is said where no process answered."""
    match refused:
        case Slow():
            return Overloaded(SLOW.format(seconds))
        case Busy():
            return Overloaded(BUSY)
        case _:
            return Failure(BROKEN)


def _refusing(settings: Settings) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers where there is no address, or not for this method."""

    async def refusing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        told = Refused(error.status_code, TOLD.get(error.status_code, error.detail), *(error.headers or {}).items())
        return refusal(told, request.scope, request.scope["seisaku"], settings)

    return refusing


def asked(name: str, request: Request) -> Question:
    """Return what a request asks."""
    prefix = prefix_of(request.scope)
    known = (each.strip().removeprefix("W/").strip('"') for each in request.headers.get("if-none-match", "").split(","))
    return Question(
        name,
        dict(request.path_params),
        tuple(request.query_params.multi_items()),
        f"{request.url.scheme}://{request.url.netloc}{prefix}",
        prefix,
        path_of(request.scope) + (f"?{request.url.query}" if request.url.query else ""),
        ",".join(known),
    )
