"""What several test files use: a store of the papers in seeds/, made once."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index import indexer
from search.searcher import Searcher

# The machine that runs the tests may be slow; what fails there must fail again here.
settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

for variable in ("SEISAKU_STORE", "SEISAKU_SYNONYMS"):  # what the user has set is none of the tests' business
    os.environ.pop(variable, None)


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the papers in seeds/; to be read only."""
    store = tmp_path_factory.mktemp("seeds") / "store"
    indexer.build(store)
    return store


@pytest.fixture(scope="session")
def searcher(seed_store: Path) -> Searcher:
    """Return a searcher of the papers in seeds/."""
    return Searcher.open(seed_store)
