"""Measure the server: how many requests a second, how long one waits, what memory it takes.

    python -m benchmarks.web [--items 10000] [--requests 20000] [--write]

The server is ``seisaku serve`` as it stands, in processes of its own, asked over the loopback by clients in another
process (`client.py`), with more queries than it remembers. The peer is an endpoint of the same framework that answers
with two bytes: what the server cannot be faster than.
"""

import argparse
import contextlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import corpus, indexing, warm
from benchmarks.client import Answers
from benchmarks.memory import children, pss
from benchmarks.table import markdown, put_into_readme
from index import indexer

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- web results -->\n", "<!-- end of web results -->\n"
CLIENTS = (1, 8, 32)
QUERIES = 300
"""So many different queries of each kind, asked in turns."""

ASKED = 400
"""So many requests for each number."""

SEARCHES = 39
"""So many searches come on one total while memory is measured."""

HEADS = ("asked for", "clients", "a second", "p50, ms", "p99, ms", "CPU, ms", "peer a second", "÷ peer", "target")
LEAST, MOST = 150, 0.150
PEER = """
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def answer(request):
    return JSONResponse({})

print("http://127.0.0.1:%d/" % {port}, flush=True)
uvicorn.run(Starlette(routes=[Route("/", answer)]), port={port}, http="h11", access_log=False, log_level="warning")
"""


def measure(items: int, requests: int, work: Path) -> Iterator[str]:
    """Yield what is measured: the circumstances, the requests, the memory."""
    (work / "papers").mkdir()
    made = corpus.write(work / "papers", items)
    indexer.add(work / "store", made.papers)
    asked = addresses(made.papers)
    yield f"{_circumstances()}\n\n{made.items:,} items of benchmarks/corpus.py, seed {corpus.SEED}.\n"
    with served("serve", "--rate", "1000000", "--store", str(work / "store")) as (port, process), peer() as other:
        yield "\n".join(_speed(asked, port, process, other))
        yield "\n".join(_memory(asked, port, process, requests))


def addresses(papers: Sequence[Path]) -> dict[str, list[str]]:
    """Return what is asked for, by its name."""
    drawn = warm.Draw(indexing.entries(indexing.read(papers))).all(QUERIES)
    return {
        "a word": [_address("search", each.text) for each in drawn["a word"]],
        "a word and an amount": [_address("search", each.text) for each in drawn["a word and an amount"]],
        "the total of a word": [_address("total", each.text) for each in drawn["a word"]],
    }


def _address(name: str, query: str) -> str:
    return f"/api/v1/{name}?{urlencode({'q': query})}"


def _speed(asked: dict[str, list[str]], port: int, process: int, other: int) -> Iterator[str]:
    rows = []
    for name, some in asked.items():
        for clients in CLIENTS:
            before = _cpu(process)
            ours = ask(port, clients, some, ASKED)
            taken = (_cpu(process) - before) / ASKED
            theirs = ask(other, clients, ["/"], ASKED)
            cells = [f"{ours.a_second:,.0f}", *(f"{ours.within(each) * 1e3:.3g}" for each in (0.5, 0.99))]
            cells.append(f"{taken * 1e3:.3g}" if taken > 0 else "")  # none where one was ended in between
            ratio = f"{ours.a_second / theirs.a_second:.2f}"
            rows.append((name, str(clients), *cells, f"{theirs.a_second:,.0f}", ratio, _verdict(name, clients, ours)))
    yield markdown(
        ("asked for", "clients", "a second", "p50, ms", "p99, ms", "CPU, ms", "peer a second", "÷ peer", "target"), rows
    )


def _verdict(name: str, clients: int, answers: Answers) -> str:
    """Return what is to be reached, and whether it was: for the searches, with as many clients as keep it at work."""
    said = []
    if clients > 1 and name.startswith("a word"):
        said.append(f"≥ {LEAST} a second: {'reached' if answers.a_second >= LEAST else '**missed**'}")
        if clients == 8:
            said.append(f"p99 ≤ {MOST * 1e3:g} ms: {'reached' if answers.within(0.99) <= MOST else '**missed**'}")
    return "; ".join(said)


def _memory(asked: dict[str, list[str]], port: int, process: int, requests: int) -> Iterator[str]:
    """Yield what memory the server and its processes have after so many requests of all kinds in turns."""
    *searches, totals = asked.values()
    mixed = [each for some in searches for each in some]
    mixed += totals[: len(mixed) // SEARCHES]
    random.Random(corpus.SEED).shuffle(mixed)
    rows, done = [], 0
    for number in (1000, requests):
        ask(port, 8, mixed, number - done)
        done = number
        rows.append((f"after {number:,} requests", *(f"{each:.1f}" for each in memory(process))))
    yield markdown(("PSS, MB", "the front", "each process that answers"), rows)


def memory(process: int) -> tuple[float, float]:
    """Return the memory of a process, and of its children on average, in MB; what is shared counts in parts."""
    own, *sizes = [pss(each) * 2**20 / 1e6 for each in (process, *children(process))]
    return own, sum(sizes) / len(sizes)


def _cpu(process: int) -> float:
    """Return the seconds of the processor that a process and those that it has started have taken."""
    ticks = 0
    for each in (process, *children(process)):
        ticks += sum(map(int, Path(f"/proc/{each}/stat").read_text().rpartition(") ")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(port: int, clients: int, some: Sequence[str], number: int) -> Answers:
    """Have clients ask for addresses in turns, so many times in all; each answer must be one."""
    asked = [some[each % len(some)] for each in range(number)]
    command = (sys.executable, "-m", "benchmarks.client", "127.0.0.1", str(port), str(clients))
    done = subprocess.run(command, cwd=ROOT, input="\n".join(asked), stdout=subprocess.PIPE, text=True, check=True)
    answers = Answers(*json.loads(done.stdout))
    if not {"200", "503"}.issuperset(answers.statuses):  # one that takes too long is stopped, on a machine that is busy
        raise RuntimeError(f"not all was answered: {answers.statuses}")
    return answers


@contextlib.contextmanager
def served(*arguments: str) -> Iterator[tuple[int, int]]:
    """Run a command of seisaku; give its port and its process."""
    with tempfile.TemporaryFile() as log, _running(sys.executable, "cli.py", *arguments, "--port", "0") as process:
        assert process.stderr is not None
        port = _port(process.stderr.readline())
        with subprocess.Popen(["cat"], stdin=process.stderr, stdout=log):  # what is logged goes somewhere
            try:
                yield port, process.pid
            finally:
                process.terminate()


@contextlib.contextmanager
def peer() -> Iterator[int]:
    """Run the peer; give its port."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with _running(sys.executable, "-c", PEER.replace("{port}", str(port))) as process:
        assert process.stdout is not None
        found = _port(process.stdout.readline())
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", found)):
                break
        yield found


@contextlib.contextmanager
def _running(*command: str) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _port(line: bytes) -> int:
    found = re.search(rb"http://[^/]*:(\d+)/", line)
    if found is None:
        raise RuntimeError(line.decode())
    return int(found[1])


def _circumstances() -> str:
    versions = ", ".join(f"{each} {version(each)}" for each in ("starlette", "uvicorn", "h11"))
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{date.today()}, {os.cpu_count()} cores{load}; Python {sys.version.split()[0]}, {versions}."


def main() -> None:
    """Measure, print, and write into README.md if that is asked for."""
    parser = argparse.ArgumentParser(description="Measure the server.")
    parser.add_argument("--items", type=int, default=10_000, help="how many items to make up (default: 10000)")
    parser.add_argument("--requests", type=int, default=20_000, help="the memory is measured after so many")
    parser.add_argument("--write", action="store_true", help="put the results into benchmarks/README.md")
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for part in measure(options.items, options.requests, Path(name)):
            print(part, flush=True)
            results.append(part)
    if options.write:
        put_into_readme("\n".join(results), BEGIN, END)


if __name__ == "__main__":
    main()
