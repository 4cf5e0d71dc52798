"""The processes that answer, from the front's side: a free one is asked, one that takes too long is ended.

Each process has a thread here that writes questions to it and waits for its answers. So a client that hangs up leaves
nothing half said, any event loop may ask, and a process is asked by one at a time.
"""

import asyncio
import contextlib
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from queue import SimpleQueue
from typing import NamedTuple

from search.web.exchange import Answer, Question
from search.web.process import Broken, Slow, Worker
from search.web.settings import Settings

__all__ = ["Broken", "Busy", "Pool", "Slow"]


class Busy(Exception):
    """All processes are at work, and as many wait for them as may, or one has waited for too long."""


class _Asked(NamedTuple):
    question: Question
    future: "Future[Answer]"
    since: float


class Pool:
    """Processes that answer questions about one store, started with `start` or by the first question."""

    def __init__(self, settings: Settings) -> None:
        self.limits = settings.limits
        plain = replace(settings, tokens=())  # they are nothing that an answer depends on
        self.workers = [Worker(plain) for _ in range(self.limits.processes)]
        self._line: SimpleQueue[_Asked | None] = SimpleQueue()
        self._places = threading.Semaphore(self.limits.processes + self.limits.waiting)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self.stopped = 0

    @property
    def alive(self) -> int:
        """How many processes there are."""
        return sum(each.alive for each in self.workers)

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return self._line.qsize()

    def start(self) -> None:
        """Start the processes, if none has been started yet."""
        with self._lock:
            if not self._threads:
                self._threads = [
                    threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self.workers
                ]
                for each in self._threads:
                    each.start()

    async def answer(self, question: Question) -> Answer:
        """Return the answer to a question. Raises Slow, Busy or Broken."""
        return await asyncio.wrap_future(self.ask(question))

    def ask(self, question: Question) -> "Future[Answer]":
        """Return the future answer to a question, which may raise Slow, Busy or Broken. Raises Busy."""
        self.start()
        if not self._places.acquire(blocking=False):
            raise Busy
        future: Future[Answer] = Future()
        future.add_done_callback(lambda _: self._places.release())  # also where the client has gone
        self._line.put(_Asked(question, future, time.monotonic()))
        return future

    def close(self) -> None:
        """End all processes, each after the answer that it is at."""
        with self._lock:
            threads, self._threads = self._threads, []
            for _ in threads:
                self._line.put(None)
        for each in threads:
            each.join()

    def _serve(self, worker: Worker) -> None:
        """Have one process answer what stands in line, until told to end."""
        with contextlib.closing(worker):
            with contextlib.suppress(Broken):  # the first question will be told
                worker.begin()
            while (asked := self._line.get()) is not None:
                if asked.future.set_running_or_notify_cancel():
                    self._settle(worker, asked)

    def _settle(self, worker: Worker, asked: _Asked) -> None:
        try:
            if time.monotonic() - asked.since > self.limits.wait_seconds:
                raise Busy
            answer = worker.ask(asked.question)
        except Exception as error:
            self.stopped += isinstance(error, Slow)
            asked.future.set_exception(error)
        else:
            asked.future.set_result(answer)
