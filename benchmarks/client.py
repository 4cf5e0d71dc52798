"""Clients of a server: ``python -m benchmarks.client HOST PORT CLIENTS``, with the addresses on the standard input.

Each client keeps one connection and asks again as soon as it has its answer. What comes out is JSON: the seconds of
each answer, the seconds of all, how many there were of each status.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


class Answers(NamedTuple):
    """What came of asking: the seconds that each answer took, all of them together, and the statuses."""

    seconds: list[float]
    whole: float
    statuses: dict[str, int]

    @property
    def a_second(self) -> float:
        """How many answers there were a second."""
        return len(self.seconds) / self.whole

    def within(self, share: float) -> float:
        """Return the seconds that so many of all answers stay under."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def ask(host: str, port: int, clients: int, addresses: list[str]) -> Answers:
    """Have some clients ask for all addresses, each for the next that nobody has asked for."""
    left, seconds, statuses = iter(addresses), [], Counter[str]()

    async def client(left: Iterator[str]) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        for address in left:
            began = time.perf_counter()
            writer.write(f"GET {address} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            statuses[await _status(reader)] += 1
            seconds.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client(left) for _ in range(clients)))
    return Answers(seconds, time.perf_counter() - began, dict(statuses))


async def _status(reader: asyncio.StreamReader) -> str:
    """Read an answer; return its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.partition(b":")[2]))
    return head[9:12].decode()


if __name__ == "__main__":
    host, port, clients = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(asyncio.run(ask(host, port, clients, sys.stdin.read().split()))))
