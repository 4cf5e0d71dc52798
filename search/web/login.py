"""The form that takes a token for a cookie."""

import asyncio
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from search.web.exchange import HTML
from search.web.faults import Refused
from search.web.pages.templates import filled
from search.web.scopes import check_attempts, client_of, prefix_of, question_of, refusal
from search.web.settings import Settings
from search.web.throttle import Throttle
from search.web.tokens import COOKIE, SECONDS, Tokens

_TO_SEND = 10
"""A form must have come after so many seconds."""

WRONG = "トークンが違います。"
FORM = (("Referrer-Policy", "same-origin"),)
"""Without a referrer a browser would not say, either, that the form was sent from this very page."""


class Login:
    """What answers at /login and /logout."""

    def __init__(self, settings: Settings, tokens: Tokens, attempts: Throttle) -> None:
        self._settings = settings
        self._tokens = tokens
        self._attempts = attempts

    async def login(self, request: Request) -> Response:
        """Show the form; take it, and set the cookie if its token is one of ours."""
        if request.method != "POST":
            return self._form(request, request.query_params.get("next", ""))
        try:
            form = await self._sent(request)
            target, client = form.get("next", ""), client_of(request.scope)
            check_attempts(self._attempts, client)
        except Refused as refused:
            return refusal(refused, request.scope, request.scope["seisaku"], self._settings)
        if not self._tokens.holds(form.get("token", "")):
            self._attempts.wait(client)
            return self._form(request, target, WRONG, 401)
        answer = Response(None, 303, {"Location": prefix_of(request.scope) + within(target)})
        self._set(answer, request, self._tokens.cookie(), SECONDS)
        return answer

    async def logout(self, request: Request) -> Response:
        """Take the cookie back."""
        try:
            await self._sent(request)
        except Refused as refused:
            return refusal(refused, request.scope, request.scope["seisaku"], self._settings)
        answer = Response(None, 303, {"Location": f"{prefix_of(request.scope)}/login"})
        self._set(answer, request, "", 0)
        return answer

    def _form(self, request: Request, target: str, wrong: str = "", status: int = 200) -> Response:
        question = question_of(request.scope, "login")
        page = filled("login.html", question, next=within(target), wrong=wrong)
        return Response(page, status, dict(FORM), HTML)

    async def _sent(self, request: Request) -> dict[str, str]:
        """Return the fields of a form that this very server has shown. Raises Refused."""
        headers = request.headers
        own = f"{request.url.scheme}://{request.url.netloc}"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin" or headers.get("origin", own) != own:
            raise Refused(403, "この画面のほかからは送れません。")
        most, body = self._settings.limits.form, b""
        try:
            async with asyncio.timeout(_TO_SEND):
                async for part in request.stream():
                    body += part
                    if len(body) > most:
                        raise Refused(413, f"送れるのは {most:,} バイトまでです。")
        except TimeoutError:
            raise Refused(408, "送信が終わらないので打ち切りました。") from None
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
        return {name: values[0] for name, values in fields.items()}

    def _set(self, answer: Response, request: Request, value: str, seconds: int) -> None:
        """Set the cookie: no script reads it, no other site sends it, but where the live box stands in one.

        It is not partitioned: one logs in at the top of a window, and the frame in a wiki is to send the same cookie.
        """
        secure = request.url.scheme == "https"
        framed = secure and bool(self._settings.frame_ancestors)
        answer.set_cookie(
            COOKIE,
            value,
            max_age=seconds,
            path=prefix_of(request.scope) or "/",
            secure=secure,
            httponly=True,
            samesite="none" if framed else "lax",
        )


def within(target: str) -> str:
    """Return an address of this server to go on to, as it was asked for; the first page for whatever else it is."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    good = target.startswith("/") and not target.startswith("//") and target.isascii() and target.isprintable()
    return "/" if parts.scheme or parts.netloc or not good or "\\" in target or " " in target else target
