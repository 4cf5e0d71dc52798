"""Papers that hurt, put to the readers, the outline and the amounts."""

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from index.document import About, Document
from index.making import understand
from index.readers import read_lines
from index.readers.text import split
from tests.fuzz.target import Target
from tests.hostile import spec

LONG = 20_000
TWICE, LEAST, TRIES = 2.2, 0.3, 3
STORED = ".txt", ".md", ".html", ".csv", ".tsv"


def papers(more: Callable[[int], bool], seed: int) -> list[Target]:
    """Attack the way of a paper from its lines to its items, and the readers of files."""
    rng, lines, files = random.Random(seed), Target("lines to items"), Target("files to lines")
    with tempfile.TemporaryDirectory() as folder:
        while more(lines.characters):
            drawn = spec(rng)
            text = drawn.paper(LONG)
            took = lines.attack(text, lambda text=text: read(text))  # type: ignore[misc]
            if took > LEAST and not any(_in_step(drawn.paper) for _ in range(TRIES)):
                lines.fail(text, f"grows faster than its length, {took:.2f} s: {drawn}")
            path = Path(folder) / f"paper{rng.choice(STORED)}"
            path.write_bytes(_bytes(rng, text[:2000]))
            files.attack(text[:2000], lambda path=path: read_lines(path))  # type: ignore[misc]
    return [lines, files]


def read(text: str) -> None:
    """Read a paper as far as its items."""
    understand(Document(About("d", "題", year=2024, stage="request"), split(text)))


def _in_step(paper: Callable[[int], str]) -> bool:
    """Say whether a paper four times as long takes no longer than that many times, and a little."""
    return _seconds(paper(4 * LONG)) <= TWICE**2 * _seconds(paper(LONG))


def _seconds(text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began


def _bytes(rng: random.Random, text: str) -> bytes:
    """Return a text as bytes in one of the encodings that papers come in, some of them changed, tags put in."""
    tags = ("<table>", "<tr><td colspan=999>", "<h1>", "<ul><li>", "</div>", '"', ",", "\t", "<!--", "&#x;", "<br>")
    mixed = "".join(text[at : at + 40] + rng.choice(tags) for at in range(0, len(text), 40))
    data = bytearray(mixed.encode(rng.choice(("utf-8", "cp932", "euc_jp", "utf-16")), "ignore"))
    for _ in range(rng.choice((0, 0, 1, 20))):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)
