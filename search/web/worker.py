"""The process that answers: questions come in at standard input, answers go out at standard output.

A message is its length in four bytes and a pickle; both ends are this program. An answer that takes too long is
stopped from outside, by ending this process: see `search.web.pool`.
"""

import os
import pickle
import struct
import sys
from typing import Any, BinaryIO

from search.web.answering import answer
from search.web.current import Current
from search.web.settings import Settings

LENGTH = struct.Struct(">I")


def main() -> None:
    """Read the settings, then answer until the input ends."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    settings: Settings = receive(source)
    current = Current(settings.store)
    send(sink, None)  # ready
    while (question := receive(source)) is not None:
        send(sink, answer(question, current, settings))


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


if __name__ == "__main__":
    main()
