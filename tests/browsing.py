"""A client of the web application, in this process."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from search.web import application
from search.web.settings import Limits, Settings

HOST = "http://localhost"


class Browser:
    """Asks an application, each time from an event loop of its own; keeps cookies, follows no redirect."""

    def __init__(self, app: Any, base: str = HOST) -> None:
        self.app = app
        self._base = base
        self._cookies = httpx.Cookies()

    def request(self, method: str, path: str, **asked: Any) -> httpx.Response:
        """Return the answer to a request."""
        return asyncio.run(self._answer(method, path, **asked))

    def get(self, path: str, **asked: Any) -> httpx.Response:
        """Return the answer to a GET."""
        return self.request("GET", path, **asked)

    def post(self, path: str, **asked: Any) -> httpx.Response:
        """Return the answer to a POST."""
        return self.request("POST", path, **asked)

    async def _answer(self, method: str, path: str, **asked: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=("192.0.2.9", 4321))
        async with httpx.AsyncClient(transport=transport, base_url=self._base, cookies=self._cookies) as client:
            answer = await client.request(method, path, **asked)
            self._cookies = client.cookies
            return answer


def browser(store: Path, *, limits: Limits | None = None, base: str = HOST, **settings: Any) -> Browser:
    """Return a client of an application around a store."""
    return Browser(application(Settings(store, limits=limits or Limits(), **settings)), base)


def policy(headers: Mapping[str, str], name: str) -> str:
    """Return what a content security policy says of one thing."""
    parts = (each.strip().partition(" ") for each in headers["content-security-policy"].split(";"))
    return {key: value for key, _, value in parts}[name]
