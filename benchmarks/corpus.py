"""Papers in any number, made of the words of the papers in seeds/.

A name is a walk over the runs of one script (漢字, カタカナ, letters) in the names of those papers: as a rule to a run
that follows there, now and then to any, the frequent ones first. New proper nouns come up all the time, as in real
papers, so that the vocabulary grows. The same seed and the same seeds/ give the same papers.
"""

import math
import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from index import indexer
from index.yen import write_yen

SEED = 7
A_PAPER, A_CHAPTER, A_SECTION, A_HEADING = 250, 50, 25, 5  # items in each
STAGES = ("予算額", "予算額", "補正予算額", "概算要求額")
KANA = "アイウエオカキクケコサシスセソタチツテトナニノハマミムメモラリルレロ"

_RUN = re.compile(r"[A-Za-z]+|[ァ-ヺー]+|[一-鿿々]+|[ぁ-ん]+")
_MONEY = re.compile(r"[兆億円]|年度|予算|補正|要求|要望|内数|上限|基金|新規|再掲|後掲|うち")  # would be read as amounts
_HIRAGANA = re.compile(r"[ぁ-ん]+")


class Corpus(NamedTuple):
    """Papers in a folder, and how many items and amounts were written into them."""

    papers: list[Path]
    items: int
    amounts: int


class Vocabulary(NamedTuple):
    """The runs that names begin and end with, those that follow each, and all with their weights added up."""

    starts: list[str]
    ends: list[str]
    following: dict[str, list[str]]
    runs: list[str]
    weights: list[float]

    def any(self, rng: random.Random) -> str:
        """Draw a run, the frequent ones more often (Zipf's law)."""
        return self.runs[bisect(self.weights, rng.random() * self.weights[-1])]


def write(folder: Path, items: int, seed: int = SEED) -> Corpus:
    """Write `items` items into `folder` as papers in the layout of the white paper in seeds/."""
    rng = random.Random(seed)
    headings, vocabulary = _drawn_from(indexer.seed_papers())
    names = _names(rng, vocabulary)
    papers, amounts = [], 0
    for first in range(0, items, A_PAPER):
        year = rng.randint(2012, 2026)
        entries = [(next(names), _sums(rng, year)) for _ in range(min(A_PAPER, items - first))]
        amounts += sum(len(sums) for _, sums in entries)
        papers.append(folder / f"paper{first // A_PAPER + 1:05}.md")
        papers[-1].write_text("\n".join(_paper(rng, entries, headings, len(papers))) + "\n", encoding="utf-8")
    return Corpus(papers, items, amounts)


def _drawn_from(papers: Iterable[Path]) -> tuple[list[str], Vocabulary]:
    """Return the headings of some papers, and the vocabulary of their names."""
    items = [item for path in papers for item in indexer.read_paper(path).items if item.kind == "item"]
    headings = dict.fromkeys(title for item in items for title in item.heading_path if not _MONEY.search(title))
    names = [runs for item in items if (runs := _RUN.findall(_MONEY.sub("", item.name)))]
    following: dict[str, list[str]] = {}
    for before, behind in (pair for runs in names for pair in pairwise(runs)):
        following.setdefault(before, []).append(behind)
    counted = Counter(run for runs in names for run in runs if len(run) > 1 and not _HIRAGANA.fullmatch(run))
    frequent = sorted(counted, key=lambda run: (-counted[run], run))
    weights = list(accumulate((rank + 1.5) ** -0.9 for rank in range(len(frequent))))
    ends = [runs[-1] for runs in names if runs[-1] in counted]
    return list(headings), Vocabulary([runs[0] for runs in names], ends, following, frequent, weights)


def _names(rng: random.Random, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield names without end."""
    nouns = [_noun(rng)]
    while True:
        if rng.random() < 0.01:
            nouns.append(_noun(rng))
        runs = [rng.choice(nouns)] if rng.random() < 0.12 else []
        run = rng.choice(vocabulary.starts)
        length = rng.randint(16, 36)
        while sum(map(len, runs)) < length:
            runs.append(run)
            near = vocabulary.following.get(run)
            run = rng.choice(near) if near and rng.random() < 0.7 else vocabulary.any(rng)
        yield "".join([*runs, rng.choice(vocabulary.ends)])


def _noun(rng: random.Random) -> str:
    return "".join(rng.choices(KANA, k=rng.randint(3, 5)))


def _sums(rng: random.Random, year: int) -> list[str]:
    """Return one to three sums as the white paper writes them, each with its year and stage, some of them 内数."""
    sums = {}
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        yen = round(min(1e14, max(1e6, 10 ** rng.gauss(9.6, 1.05))))
        unit = 10 ** (int(math.log10(yen)) + 1 - rng.choice((2, 3, 4)))
        portion = "の内数" if rng.random() < 0.1 else ""
        sums[f"{year - (rng.random() < 0.25)}年度{rng.choice(STAGES)}"] = write_yen(yen // unit * unit) + portion
    return [head + written for head, written in sums.items()]


def _paper(
    rng: random.Random, entries: Sequence[tuple[str, Sequence[str]]], headings: Sequence[str], number: int
) -> Iterator[str]:
    """Yield the lines of a paper: 第1章, 第1節, 1., (1)."""
    yield from (f"施策集 第{number}号", "")
    for at, (name, sums) in enumerate(entries):
        if at % A_CHAPTER == 0:
            yield from ("", f"# 第{at // A_CHAPTER + 1}章 {rng.choice(headings)}", "")
        if at % A_SECTION == 0:
            yield from ("", f"## 第{at % A_CHAPTER // A_SECTION + 1}節 {rng.choice(headings)}", "")
        if at % A_HEADING == 0:
            yield from ("", f"### {at % A_SECTION // A_HEADING + 1}. {rng.choice(headings)}", "")
        yield f"- ({at % A_HEADING + 1}) **{name}**（{'、'.join(sums)}）"
