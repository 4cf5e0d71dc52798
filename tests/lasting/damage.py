"""Whatever byte of a store is not what was written: one sentence, never a wrong answer, and `index build` mends it.

    python -m tests.lasting.damage [--flips 1000]

Bits are flipped all over the files of a store, and each file is cut off, emptied, removed, made longer, or has one in
place of it. Then the store is asked everything, checked, and made anew of the text that it keeps.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from index import indexer, store
from tests.lasting.papers import begin, said, sentence_of

Damage = Callable[[Path, random.Random], None]


def flip(file: Path, lots: random.Random) -> None:
    """Turn a bit around, or another few of the same byte."""
    data = bytearray(file.read_bytes())
    data[lots.randrange(len(data))] ^= lots.choice((1, 2, 4, 8, 16, 32, 64, 128, 255))
    file.write_bytes(data)


def cut(file: Path, lots: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: lots.randrange(len(data))])


def empty(file: Path, lots: random.Random) -> None:
    file.write_bytes(b"")


def zeros(file: Path, lots: random.Random) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def missing(file: Path, lots: random.Random) -> None:
    file.unlink()


def longer(file: Path, lots: random.Random) -> None:
    file.write_bytes(file.read_bytes() + lots.randbytes(lots.randrange(1, 40)))


def twice(file: Path, lots: random.Random) -> None:
    file.write_bytes(file.read_bytes() * 2)


def another(file: Path, lots: random.Random) -> None:
    """Put another file of the store in its place."""
    others = [each for each in file.parent.iterdir() if each.is_file() and each != file and each.stat().st_size]
    file.write_bytes(lots.choice(others).read_bytes())


DAMAGES: tuple[Damage, ...] = (cut, empty, zeros, missing, longer, twice, another)


def files(path: Path) -> list[Path]:
    """Return the files of a store, but for those that hold locks, in which nothing is."""
    return sorted(each for each in path.rglob("*") if each.is_file() and not each.name.lower().endswith("lock"))


def told(path: Path, right: str) -> str:
    """Return how damage was told: on opening or asking, else on checking; what is answered must be right."""
    answers: list[str] = []
    asked = sentence_of(lambda: answers.append(said(path)))
    assert asked or answers == [right], f"a wrong answer: {path}"
    checked = sentence_of(lambda: indexer.check(path, deep=True))
    assert checked, "damage that nobody tells of"
    assert "seisaku index build" in checked, checked
    if asked:
        return "when it was asked"
    return "by check" if sentence_of(lambda: indexer.check(path)) else "by check --deep"


def mended(path: Path, file: Path, right: str) -> bool:
    """Make a store anew and say whether it is whole again; the text of a paper is told of, and to be removed first."""
    refused = sentence_of(lambda: indexer.build(path))
    if refused:
        assert str(file) in refused, refused
        assert file.parent.name == store.PAPERS
        return False
    found = said(path)
    assert found == right or file.parent.name == store.PAPERS, "not what it was"
    return found == right


def run(folder: Path, flips: int, seed: int, damages: tuple[Damage, ...] = DAMAGES) -> Counter[str]:
    """Damage a store in all these ways, and return how often it was told of when, and whether it was mended."""
    whole, path = folder / "whole", folder / "store"
    begin(whole, folder / "papers")
    right, lots = said(whole), random.Random(seed)
    outcomes: Counter[str] = Counter()
    for name, damage in _cases(whole, lots, flips, damages):
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(whole, path)
        file = path / name
        before = file.read_bytes()
        damage(file, lots)
        if file.exists() and file.read_bytes() == before:
            continue
        outcomes[f"told {told(path, right)}"] += 1
        outcomes["made anew" if mended(path, file, right) else "refused to be made anew without its text"] += 1
    return outcomes


def _cases(whole: Path, lots: random.Random, flips: int, damages: tuple[Damage, ...]) -> Iterator[tuple[Path, Damage]]:
    names = [each.relative_to(whole) for each in files(whole)]
    for name in names:
        yield from ((name, damage) for damage in damages)
    sizes = [(whole / each).stat().st_size for each in names]
    for number in range(flips):  # half of them in any file alike: small ones hold the others together
        yield (lots.choice(names) if number % 2 else lots.choices(names, sizes)[0]), flip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        outcomes = run(Path(name), options.flips, options.seed)
    rows = ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
    print(
        f"damage: {options.flips} bits flipped, each file damaged in {len(DAMAGES)} other ways: {rows}; "
        f"{time.monotonic() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
