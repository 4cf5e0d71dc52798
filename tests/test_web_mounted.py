"""The pages and the API below another application, as the manual shows it."""

import re
import shutil
from contextlib import chdir
from pathlib import Path

from tests.browsing import Browser

MANUAL = Path(__file__).parents[1] / "docs" / "manual.md"
SHOWN = re.compile(r"```python\n(# app\.py.*?)```", re.DOTALL)


def test_application_of_the_manual_runs(seed_store: Path, tmp_path: Path) -> None:
    shown = SHOWN.search(MANUAL.read_text(encoding="utf-8"))
    assert shown is not None
    shutil.copytree(seed_store, tmp_path / "store")
    made: dict[str, object] = {}
    with chdir(tmp_path):
        exec(shown[1], made)
        portal = Browser(made["app"])
        assert portal.get("/").text == "社内ポータル"
        found = portal.get("/seisaku/api/v1/search", params={"q": "蓄電池"})
        assert found.json()["counts"]["certain"] == 10
        again = portal.get("/seisaku/api/v1/search?q=蓄電池", headers={"If-None-Match": found.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert portal.get("/seisaku/openapi.json").json()["servers"] == [{"url": "http://localhost/seisaku"}]
        assert 'action="/seisaku/login"' in portal.get("/seisaku/login").text
        assert portal.get("/seisaku/static/style.css").status_code == 200
        assert portal.get("/api/v1/search").status_code == 404
        assert portal.get("/seisaku/healthz", headers={"Host": "evil.example"}).status_code == 421
