import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path

import pytest

from search.web.exchange import Question
from search.web.pool import Busy, Pool, Slow
from search.web.process import ROOT, Worker
from search.web.settings import Limits, Settings
from tests.browsing import browser
from tests.made import generations, version, write


def question(query: str, name: str = "api-search", **more: object) -> Question:
    return Question(name, {}, (("q", query),), "http://localhost", "", "/")._replace(**more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pool(seed_store: Path) -> Iterator[Pool]:
    """Return one process that answers about the papers in seeds/."""
    made = Pool(Settings(seed_store, limits=Limits(processes=1, waiting=3, seconds=20)))
    yield made
    made.close()


def found(body: bytes) -> str:
    return str(json.loads(body)["query"])


def test_answers_go_to_who_asked(pool: Pool) -> None:
    async def all_of(queries: list[str]) -> list[str]:
        return [found(each.body) for each in await asyncio.gather(*(pool.answer(question(q)) for q in queries))]

    queries = ["蓄電池", "半導体", "水素"]
    for _ in range(3):  # an event loop each
        assert asyncio.run(all_of(queries)) == queries


def test_client_that_hangs_up_takes_nothing_with_it(pool: Pool) -> None:
    async def hang_up() -> None:
        for _ in range(20):
            asked = asyncio.ensure_future(pool.answer(question("予算 OR 事業", "api-facets")))
            await asyncio.sleep(0.001)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
        while pool.waiting:
            await asyncio.sleep(0.01)
        assert found((await pool.answer(question("蓄電池"))).body) == "蓄電池"

    assert pool.ask(question("蓄電池")).result().status == 200
    process = pool.workers[0].number
    asyncio.run(hang_up())
    assert pool.workers[0].number == process


def test_more_than_may_wait_are_turned_away(pool: Pool) -> None:
    asked = [pool.ask(question("予算 OR 事業", "api-facets")) for _ in range(4)]
    with pytest.raises(Busy):
        pool.ask(question("蓄電池"))
    wait(asked)
    assert {each.result().status for each in asked} == {200}


def test_process_that_died_is_replaced(pool: Pool) -> None:
    assert pool.ask(question("蓄電池")).result().status == 200
    first = pool.workers[0].number
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while pool.workers[0].alive:
        time.sleep(0.01)
    assert pool.ask(question("蓄電池")).result().status == 200
    assert pool.workers[0].number != first


def test_signals_are_for_the_front(pool: Pool) -> None:
    assert pool.ask(question("蓄電池")).result().status == 200
    number = pool.workers[0].number
    assert number is not None
    for each in (signal.SIGINT, signal.SIGTERM):
        os.kill(number, each)
    assert pool.ask(question("蓄電池")).result().status == 200
    assert pool.workers[0].number == number


def test_answer_that_takes_too_long_is_stopped_and_the_next_one_answered(seed_store: Path) -> None:
    worker = Worker(Settings(seed_store, limits=Limits(seconds=0.001)))
    worker.begin()
    first = worker.number
    with pytest.raises(Slow):
        worker.ask(question("予算 OR 事業", "api-facets"))
    assert not worker.alive
    worker.limits = replace(worker.limits, seconds=20)
    assert worker.ask(question("蓄電池")).status == 200
    assert worker.number != first
    worker.close()
    assert not worker.alive


def test_reader_is_told_what_was_stopped(seed_store: Path) -> None:
    client = browser(seed_store, limits=Limits(seconds=0.001, processes=1))
    for path in ("/api/v1/facets?q=予算 OR 事業", "/api/v1/search?q=予算"):
        stopped = client.get(path)
        assert stopped.status_code == 503
        assert int(stopped.headers["retry-after"]) > 0
        assert stopped.json()["detail"].startswith("0.001秒では答えが出ないので打ち切りました")
    assert "seisaku_stopped 2.0" in client.get("/metrics").text


def test_reader_is_told_that_it_is_busy(seed_store: Path) -> None:
    client = browser(seed_store, limits=Limits(processes=1, waiting=0, wait_seconds=0))
    busy = client.get("/api/v1/search?q=予算")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")
    assert busy.json()["detail"].startswith("込み合っています")


def test_process_has_no_more_memory_than_it_may() -> None:
    code = "from search.web.worker import limit_memory; limit_memory(64 << 20); bytearray(256 << 20)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "MemoryError"


def test_new_store_is_picked_up_and_no_question_is_dropped(tmp_path: Path) -> None:
    store = tmp_path / "store"
    write(store, version(1))
    pool = Pool(Settings(store, limits=Limits(processes=2, seconds=20)))
    said: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            items = pool.ask(Question("api-item", {"id": "版:1"}, (), "", "", "/")).result()
            assert items.status == 200, items.body
            (item,) = json.loads(items.body)["items"]
            number = item["amounts"][0]["yen"] // 10**8
            assert item["lines"] == [{"line": 1, "text": f"第{number}版"}]
            said.append(number)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for each in threads:
        each.start()
    for number in range(1, 6):
        write(store, version(number))
        while said.count(number) < 5:
            assert all(each.is_alive() for each in threads)
            time.sleep(0.005)
    stop.set()
    for each in threads:
        each.join()
    pool.close()
    assert set(said) == {1, 2, 3, 4, 5}
    write(store, version(6))  # nobody holds what it replaces
    assert len(generations(store)) == 1


def test_closed_pool_leaves_no_process(seed_store: Path) -> None:
    pool = Pool(Settings(seed_store, limits=Limits(processes=2)))
    pool.start()
    asked = [pool.ask(question("蓄電池")) for _ in range(4)]
    pool.close()
    assert [each.result().status for each in asked] == [200] * 4
    assert not any(each.alive for each in pool.workers)
