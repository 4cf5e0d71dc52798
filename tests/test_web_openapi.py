"""The description of the API, held against the API itself.

So do many more questions, over the network, where a server is running:
``schemathesis run http://127.0.0.1:8765/openapi.json``
"""

import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from search.web import application
from search.web.openapi import FAULTS, described
from search.web.routes import API, ROUTES
from search.web.schemas import ANSWERS, SCHEMAS
from search.web.settings import Limits, Settings

ROOT = Path(__file__).parents[1]


class Late:
    """An application that is there only once the tests run."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self.app(scope, receive, send)


LATE = Late()
SCHEMA = schemathesis.openapi.from_dict(
    described("http://testserver"), config=SchemathesisConfig.from_path(ROOT / "schemathesis.toml")
)
SCHEMA.app = LATE


@pytest.fixture(scope="module")
def served(seed_store: Path) -> None:
    """Have the application of the tests answer from the papers in seeds/."""
    LATE.app = application(Settings(seed_store, allowed_hosts=("*",), limits=Limits(seconds=20, processes=1)))


@pytest.mark.usefixtures("served")
@SCHEMA.parametrize()
@settings(
    max_examples=4, derandomize=True, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
def test_api_does_as_it_is_described(case: Any) -> None:
    case.call_and_validate()


def test_every_address_and_every_shape_is_described() -> None:
    made = described("http://localhost")
    assert set(made["paths"]) == {route.path for route in ROUTES.values() if route.path.startswith(API)}
    assert set(ANSWERS) == {name for name, route in ROUTES.items() if route.path.startswith(API)}
    for operation in (each["get"] for each in made["paths"].values()):
        assert {"200", "304", *map(str, FAULTS)} == operation["responses"].keys()
        assert operation["summary"]
    named = set(re.findall(r"'#/components/schemas/(\w+)'", str(made)))
    assert named == set(SCHEMAS)
