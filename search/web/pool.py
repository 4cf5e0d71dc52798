"""The processes that answer, from the front's side: a free one is asked, one that takes too long is ended."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

from search.web.exchange import Answer, Question
from search.web.settings import Settings
from search.web.worker import LENGTH, packed

ROOT = Path(__file__).parents[2]


class Slow(Exception):
    """An answer took longer than it may, and was stopped."""


class Busy(Exception):
    """All processes are at work, and as many wait for them as may."""


class Broken(Exception):
    """The process that was to answer died, or none can be started."""


class Pool:
    """Processes that answer questions about one store, started when first needed; for one event loop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._free = asyncio.Semaphore(settings.limits.processes)
        self.waiting = 0

    async def answer(self, question: Question) -> Answer:
        """Return the answer to a question. Raises Slow, Busy or Broken."""
        limits = self.settings.limits
        if self.waiting >= limits.waiting + limits.processes:
            raise Busy
        self.waiting += 1
        try:
            async with self._free:
                return await self._asked(question)
        finally:
            self.waiting -= 1

    async def close(self) -> None:
        """End all processes."""
        for process in list(self._all):
            await self._end(process)

    async def _asked(self, question: Question) -> Answer:
        process = await self._one()
        try:
            async with asyncio.timeout(self.settings.limits.seconds):
                answer: Answer = await _exchange(process, question)
        except TimeoutError:
            await self._end(process)
            raise Slow from None
        except (OSError, EOFError, asyncio.IncompleteReadError):
            await self._end(process)
            raise Broken from None
        except BaseException:  # the client has gone: what the process still says answers nobody else
            self._kill(process)
            raise
        self._idle.append(process)
        return answer

    async def _one(self) -> Process:
        """Return a process that is free, started if there is none. Raises Broken."""
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
            self._all.discard(process)
        return await self._started()

    async def _started(self) -> Process:
        places = [str(ROOT), *filter(None, sys.path)]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "search.web.worker"),
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        )
        self._all.add(process)
        try:
            async with asyncio.timeout(self.settings.limits.start_seconds):
                await _exchange(process, self.settings)
        except (TimeoutError, OSError, EOFError, asyncio.IncompleteReadError):
            await self._end(process)
            raise Broken from None
        return process

    def _kill(self, process: Process) -> None:
        if process.returncode is None:
            process.kill()
        self._all.discard(process)

    async def _end(self, process: Process) -> None:
        self._kill(process)
        await process.wait()


async def _exchange(process: Process, value: object) -> Any:
    """Send a message to a process, and return what it sends back."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(packed(value))
    await process.stdin.drain()
    head = await process.stdout.readexactly(LENGTH.size)
    return pickle.loads(await process.stdout.readexactly(LENGTH.unpack(head)[0]))
