"""Whether the server can answer, for whoever watches it."""

from pathlib import Path

from index.errors import StoreError
from index.store import differing, read_manifest
from search.render.json import dumps
from search.web import journal
from search.web.exchange import JSON, Answer


def state_of(store: Path) -> Answer:
    """Return the state of the store: which generation is in force, whether it should be made anew."""
    try:
        manifest = read_manifest(store)
        outdated = differing(store, manifest) is not None
    except StoreError as error:
        journal.note("error", str(error))
        return Answer(503, JSON, dumps({"status": "unavailable", "store": None}).encode())
    told = {"status": "ok", "store": {"generation": manifest["generation"], "outdated": outdated}}
    return Answer(200, JSON, dumps(told).encode())
