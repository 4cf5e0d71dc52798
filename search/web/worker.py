"""The process that answers: questions come in at standard input, answers go out at standard output.

A message is its length in four bytes and a pickle; both ends are this program. An answer that takes too long is
stopped from outside, by ending this process: see `search.web.pool`. It ends by itself where its input ends.
"""

import contextlib
import os
import pickle
import signal
import struct
import sys
import traceback
from typing import Any, BinaryIO

from index.errors import Failure
from search.web import faults
from search.web.answering import answer
from search.web.current import Current
from search.web.exchange import Answer, Question
from search.web.routes import ROUTES
from search.web.settings import Settings

LENGTH = struct.Struct(">I")
BROKEN = "答える途中で誤りが起きました。サーバーの記録に残してあります。"
LARGE = "答えるためのメモリーが足りません。検索式を短くするか、件数を減らしてください。"


def main() -> None:
    """Read the settings, then answer until the input ends."""
    for each in (signal.SIGINT, signal.SIGTERM):  # they are for the front, which lets this one finish its answer
        signal.signal(each, signal.SIG_IGN)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    settings: Settings = receive(source)
    limit_memory(settings.limits.memory)
    current = Current(settings.store)
    _warm(current)
    send(sink, None)  # ready
    while (question := receive(source)) is not None:
        send(sink, answered(question, current, settings))


def answered(question: Question, current: Current, settings: Settings) -> Answer:
    """Return the answer to a question; what nobody foresaw is one, too."""
    try:
        return answer(question, current, settings)
    except MemoryError:
        fault: Failure = faults.Overloaded(LARGE)
    except Exception:
        traceback.print_exc()
        fault = Failure(BROKEN)
    return faults.told(fault, question, ROUTES[question.route].kind, settings)


def receive(source: BinaryIO) -> Any:
    """Return the next message, None at the end of the input."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return pickle.loads(source.read(LENGTH.unpack(head)[0]))


def packed(value: object) -> bytes:
    """Return a value as a message."""
    body = pickle.dumps(value)
    return LENGTH.pack(len(body)) + body


def send(sink: BinaryIO, value: object) -> None:
    """Write a message."""
    sink.write(packed(value))
    sink.flush()


def _warm(current: Current) -> None:
    """Do once what only a first question has to wait for: the dictionary, the store."""
    with contextlib.suppress(Failure):
        current.searcher().search("予算", limit=1)


def limit_memory(most: int) -> None:
    """Let no more memory be had, on systems that can say so; the store is mapped from its file, and counts apart."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
