"""One process that answers, from the front's side: asked, waited for, ended where it takes too long."""

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from search.web.exchange import Answer, Question
from search.web.routes import ROUTES
from search.web.settings import Settings
from search.web.worker import LENGTH, packed

ROOT = Path(__file__).parents[2]
_GONE = (OSError, EOFError, ValueError)
_TO_END = 1.0


class Slow(Exception):
    """An answer took longer than it may, and was stopped."""


class Broken(Exception):
    """The process that was to answer died, or none can be started."""


class Worker:
    """A process that answers one question after the other; begun again where it died or was ended."""

    def __init__(self, settings: Settings) -> None:
        self.limits = settings.limits
        self._settings = settings
        self._process: Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.poll() is None

    @property
    def number(self) -> int | None:
        """The number by which the system knows the process, None where there is none."""
        return None if self._process is None else self._process.pid

    def begin(self) -> None:
        """Start the process, and wait until it can answer. Raises Broken."""
        self.close()  # what is left of one that died
        places = [str(ROOT), *filter(None, sys.path)]
        self._process = Popen(
            (sys.executable, "-P", "-m", "search.web.worker"),
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        )
        try:
            self._exchange(self._settings, self.limits.start_seconds)
        except Slow:
            raise Broken from None

    def ask(self, question: Question) -> Answer:
        """Return the answer to a question. Raises Slow or Broken."""
        if not self.alive:
            self.begin()
        seconds = self.limits.allowed(ROUTES[question.route].kind)
        answer: Answer = self._exchange(question, seconds)
        return answer

    def close(self) -> None:
        """Let the process end, which it does at the end of its input."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            process.communicate(timeout=_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()

    def _exchange(self, value: object, seconds: float) -> Any:
        """Send a message, and return what comes back. Raises Slow after some seconds, Broken where nothing comes."""
        assert self._process is not None
        expired = threading.Event()
        timer = threading.Timer(seconds, _ended, (self._process, expired))
        timer.daemon = True
        timer.start()
        try:
            answer = _said(self._process, value)
        except _GONE:
            self._drop()
            raise (Slow if expired.is_set() else Broken) from None
        finally:
            timer.cancel()
            timer.join()
        if expired.is_set():  # just as it had answered
            self._drop()
        return answer

    def _drop(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
            self.close()


def _ended(process: "Popen[bytes]", expired: threading.Event) -> None:
    expired.set()
    process.kill()


def _said(process: "Popen[bytes]", value: object) -> Any:
    """Return what a process answers to a message."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(packed(value))
    process.stdin.flush()
    (length,) = LENGTH.unpack(_exactly(process, LENGTH.size))
    return pickle.loads(_exactly(process, length))


def _exactly(process: "Popen[bytes]", length: int) -> bytes:
    assert process.stdout is not None
    found = process.stdout.read(length)
    if len(found) < length:
        raise EOFError
    return found
