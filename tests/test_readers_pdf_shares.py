"""Pages that are shared among processes come back whole and in order, whatever becomes of a process."""

import os
from collections.abc import Sequence

import pytest

from index.readers.pdf.shares import shared


@pytest.mark.parametrize("count", [0, 1, 31, 64, 65, 1000])
@pytest.mark.parametrize("cores", [1, 2, 3, 64])
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")  # Python 3.12, where other tests left threads
def test_all_pages_come_back_in_order(count: int, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    parts = shared(list, range(count))
    assert [page for part in parts for page in part] == list(range(count))
    assert len(parts) <= max(1, cores)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes can be copied")
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_what_a_process_cannot_give_back_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here = os.getpid()

    def work(pages: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os._exit(9)
        return list(pages)

    assert shared(work, range(100)) == [list(range(50)), list(range(50, 100))]
