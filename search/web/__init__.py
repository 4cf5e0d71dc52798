"""The web page, the API and the live box: an ASGI application around a store that it only reads."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from search.web.settings import Settings


def application(settings: "Settings") -> "Starlette":
    """Return the application, to be run by an ASGI server or mounted in another application."""
    from search.web.front import make

    return make(settings)


__all__ = ["application"]
