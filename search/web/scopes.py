"""What a request says of itself, and the responses that the front makes without asking anybody."""

from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from index.errors import Failure
from search.web import faults
from search.web.exchange import Answer, Question
from search.web.faults import Refused
from search.web.settings import Settings
from search.web.throttle import Throttle, network
from search.web.tokens import COOKIE


class Place(NamedTuple):
    """Where a request goes: the name of its address (none: nowhere), its kind, whether no token is asked for it."""

    name: str
    kind: str
    opened: bool


def mount(scope: Scope, prefix: str) -> None:
    """Have the scope say where the application is mounted by a proxy, whether or not that cuts the prefix off."""
    if prefix and not scope.get("root_path"):
        if scope["path"] != prefix and not scope["path"].startswith(f"{prefix}/"):
            scope["path"] = prefix + scope["path"]
        scope["root_path"] = prefix


def path_of(scope: Scope) -> str:
    """Return the path of a request below where the application is mounted."""
    return str(scope["path"]).removeprefix(prefix_of(scope)) or "/"


def prefix_of(scope: Scope) -> str:
    """Return where the application is mounted."""
    return str(scope.get("root_path", "")).rstrip("/")


def client_of(scope: Scope) -> str:
    """Return whose request it is, as far as it counts for limits."""
    return network((scope.get("client") or ("",))[0])


def check_attempts(attempts: Throttle, client: str) -> None:
    """Refuse one that has tried too many wrong tokens. Raises Refused."""
    if seconds := attempts.full(client):
        told = "違うトークンが続きました。少し待ってやり直してください。"
        raise Refused(429, told, ("Retry-After", str(seconds)))


def cookie_of(headers: Headers) -> str:
    """Return the value of our cookie, nothing where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def question_of(scope: Scope, name: str = "") -> Question:
    """Return a question that says no more than where a request came in; it trusts no header."""
    query = scope["query_string"].decode("latin-1")
    address = path_of(scope) + (f"?{query}" if query else "")
    return Question(name, {}, (), "", prefix_of(scope), address)


def refusal(failure: Failure, scope: Scope, place: Place, settings: Settings) -> Response:
    """Return the response to a request that is not answered; a reader without a token is led to the form."""
    status = faults.status_of(failure)
    if status == 204:
        return Response(None, 204, dict(failure.headers) if isinstance(failure, Refused) else None)
    headers = Headers(scope=scope)
    question = question_of(scope, place.name)
    if status == 401 and place.kind in ("page", "file"):
        login = f"{question.prefix}/login?next={quote(question.address, safe='/')}"
        if headers.get("hx-request") == "true":
            return Response(None, 401, {"HX-Redirect": login})
        if "text/html" in headers.get("accept", "") and scope["method"] in ("GET", "HEAD"):
            return Response(None, 303, {"Location": login})
    return response(faults.told(failure, question, place.kind, settings))


def response(answer: Answer) -> Response:
    """Return an answer as a response."""
    headers = dict(answer.headers)
    if answer.version:
        headers |= {"ETag": f'W/"{answer.version}"', "Cache-Control": "private, no-cache"}
    return Response(answer.body, answer.status, headers, answer.media or None)
