"""The papers of a user that a script makes are those that lie in cases/papers/."""

import io
import zipfile

import pytest

made = pytest.importorskip("tests.make_papers")
MADE: dict[str, bytes] = made.papers()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP, or the one file that is none: how it is compressed does not matter."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", MADE)
def test_paper_is_as_it_is_made(name: str) -> None:
    assert parts((made.PAPERS / name).read_bytes()) == parts(MADE[name])


@pytest.mark.parametrize("name", MADE)
def test_paper_is_small(name: str) -> None:
    assert len(MADE[name]) < 30_000
