"""What every response says to the browser: what it may load, who may frame it, who may read it."""

from collections.abc import Iterator

from search.web.settings import Settings

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)
_CORS = "ETag, Retry-After, WWW-Authenticate"


def headers_of(kind: str, opened: bool, origin: str, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the headers of a response to a request from `origin`; what the answer itself says of these goes before.

    `opened` says that no token is asked for it: any page may load it.
    """
    ancestors = " ".join(settings.frame_ancestors) if kind == "embed" else ""
    yield "Content-Security-Policy", _POLICY.format(ancestors or "'none'")
    if not ancestors:
        yield "X-Frame-Options", "DENY"
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "no-referrer"
    yield "Cross-Origin-Resource-Policy", "cross-origin" if opened else "same-origin"
    yield "Cache-Control", "public, max-age=3600" if kind == "static" else "no-store"
    if kind == "api" and settings.allow_origin:
        yield from _shared(origin, settings)


def _shared(origin: str, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what lets a page of another origin read the answer, where it may."""
    yield "Vary", "Origin"
    if "*" in settings.allow_origin:
        yield "Access-Control-Allow-Origin", "*"
    elif origin in settings.allow_origin:
        yield "Access-Control-Allow-Origin", origin
        yield "Access-Control-Allow-Credentials", "true"
    else:
        return
    yield "Access-Control-Expose-Headers", _CORS


PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Allow-Headers", "Authorization, If-None-Match"),
    ("Access-Control-Max-Age", "600"),
)
"""What is answered to a browser that asks whether a page may ask."""
