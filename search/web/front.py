"""The application: requests to questions, answers to responses, and who may ask at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from search.web import faults
from search.web.exchange import Answer, Question
from search.web.pool import Busy, Pool, Slow
from search.web.routes import ROUTES
from search.web.settings import Settings

BUSY = "込み合っています。少し待ってやり直してください。"
SLOW = "{:g}秒では答えが出ないので打ち切りました。検索式を短くするか、言葉を絞ってください。"


def make(settings: Settings) -> Starlette:
    """Return the application around the store in `settings`."""
    pool = Pool(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await pool.close()

    routes: list[BaseRoute] = [Route(route.path, _endpoint(name, pool, settings)) for name, route in ROUTES.items()]
    routes.append(Mount("/static", StaticFiles(packages=[("search.web", "static")])))
    return Starlette(routes=routes, lifespan=lifespan)


def _endpoint(name: str, pool: Pool, settings: Settings):  # type: ignore[no-untyped-def]
    async def endpoint(request: Request) -> Response:
        question = asked(name, request, settings)
        try:
            answer = await pool.answer(question)
        except (Slow, Busy) as refused:
            sentence = SLOW.format(settings.limits.seconds) if isinstance(refused, Slow) else BUSY
            answer = faults.told(faults.Overloaded(sentence), question, ROUTES[name].kind, settings)
        return response(answer)

    return endpoint


def asked(name: str, request: Request, settings: Settings) -> Question:
    """Return what a request asks."""
    prefix = settings.prefix or str(request.scope.get("root_path", "")).rstrip("/")
    base = f"{request.url.scheme}://{request.url.netloc}{prefix}"
    address = request.url.path.removeprefix(prefix) + (f"?{request.url.query}" if request.url.query else "")
    known = request.headers.get("if-none-match", "").strip().removeprefix("W/").strip('"')
    fragment = request.headers.get("hx-request") == "true"
    return Question(
        name,
        dict(request.path_params),
        tuple(request.query_params.multi_items()),
        base,
        prefix,
        address,
        known,
        fragment,
    )


def response(answer: Answer) -> Response:
    """Return an answer as a response."""
    headers = dict(answer.headers)
    if answer.version:
        headers |= {"ETag": f'W/"{answer.version}"', "Cache-Control": "private, no-cache", "Vary": "HX-Request"}
    return Response(answer.body, answer.status, headers, answer.media or None)
