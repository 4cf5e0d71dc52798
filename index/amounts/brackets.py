"""Pairs of brackets in a text, whichever of the many kinds, with what stands between them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from index.yen import Sum, find_sums, read_yen

KINDS = {
    **dict.fromkeys("（(", "("),
    **dict.fromkeys("）)", ")"),
    **dict.fromkeys("【〔[［", "["),
    **dict.fromkeys("】〕]］", "]"),
    **dict.fromkeys("＜<〈《", "<"),
    **dict.fromkeys("＞>〉》", ">"),
}
"""Brackets of one shape close each other, whatever their width: 【6 億円 (2 億円) 】 (request paper, line 228)."""

_ANY = re.compile(f"[{re.escape(''.join(KINDS))}]")
_ROUND_OR_SQUARE = re.compile(f"[{re.escape(''.join(each for each in KINDS if KINDS[each] not in '<>'))}]")
_UNIT_LENGTH = 4
_UNIT = "(?:十億|百万|千|兆|億|万)円"
_UNIT_BEHIND = re.compile(rf"[)）][ 　]*{_UNIT}")
_PLAIN = r"(?<![0-9０-９])[0-9０-９][0-9０-９,，.．]{0,40}"
_SHARED_UNIT = re.compile(
    rf"(?P<first>{_PLAIN})[ 　]*[(（][ 　]*(?:(?P<second>{_PLAIN})|[^()（）0-9０-９]{{1,6}})[ 　]*[)）]"
    rf"[ 　]*(?P<unit>{_UNIT})"
)
_BRACKETED_UNIT = re.compile(rf"(?P<number>(?<![,，.．]){_PLAIN})[ 　]*[(（][ 　]*(?P<unit>{_UNIT})[ 　]*[)）]")
OPENING = {")": "(", "]": "[", ">": "<"}
DEEPEST = 8
"""Brackets that stand deeper than this are text."""


class Group(NamedTuple):
    """A pair of brackets: offsets of the opening one and behind the closing one; `square` is 【】."""

    start: int
    end: int
    square: bool


_START = attrgetter("start")


class Text(NamedTuple):
    """A text with its brackets and its sums, both in order."""

    text: str
    groups: tuple[Group, ...]
    sums: tuple[Sum, ...]

    def holds_sum(self, start: int, end: int) -> bool:
        """Say whether a sum begins between two offsets."""
        position = _first(self.sums, start)
        return position < len(self.sums) and self.sums[position].start < end

    def events(self, start: int, end: int) -> Iterator[Group | Sum]:
        """Yield the brackets and sums between two offsets in order, those inside brackets left out."""
        groups, sums = self.groups, self.sums
        at, next_ = _first(groups, start), _first(sums, start)
        while True:
            group = groups[at] if at < len(groups) and groups[at].end <= end else None
            found = sums[next_] if next_ < len(sums) and sums[next_].end <= end else None
            event = found if group is None or (found is not None and found.start < group.start) else group
            if event is None:
                return
            yield event
            while at < len(groups) and groups[at].start < event.end:
                at += 1
            while next_ < len(sums) and sums[next_].start < event.end:
                next_ += 1


def _first(parts: Sequence[Group] | Sequence[Sum], start: int) -> int:
    """Return the position of the first of `parts` that does not begin before `start`."""
    return bisect_left(parts, start, key=_START) if parts and parts[0].start < start else 0


def pairs(text: str) -> tuple[Group, ...]:
    """Return the pairs of brackets in `text`, outer ones first; what is left open or closed too often is text."""
    found: list[Group] = []
    open_ones: dict[str, list[int]] = {"(": [], "[": [], "<": []}  # offsets of each shape, none inside a closed pair
    for match in _ANY.finditer(text):
        offset, kind = match.start(), KINDS[match[0]]
        if kind in open_ones:
            open_ones[kind].append(offset)
        elif open_ones[OPENING[kind]]:
            start = open_ones[OPENING[kind]].pop()
            found.append(Group(start, offset + 1, kind == "]"))
            for others in open_ones.values():
                while others and others[-1] > start:
                    others.pop()
    return _shallow(sorted(found, key=lambda group: (group.start, -group.end)))


def _shallow(ordered: list[Group]) -> tuple[Group, ...]:
    """Return the pairs that stand no deeper than DEEPEST."""
    kept: list[Group] = []
    around: list[int] = []  # where the pairs around this one end
    for group in ordered:
        while around and around[-1] <= group.start:
            around.pop()
        around.append(group.end)
        if len(around) <= DEEPEST:
            kept.append(group)
    return tuple(kept)


@lru_cache(maxsize=1024)
def sums_in(text: str) -> tuple[Sum, ...]:
    """Return every sum in `text`; several steps ask for those of the same line."""
    if not any(each in text for each in "円￥¥"):
        return ()
    found = find_sums(text)
    if "円)" in text or "円）" in text:
        found = sorted([*found, *_with_bracketed_unit(text)])
    return _with_shared_units(text, found) if _UNIT_BEHIND.search(text) else tuple(found)


def _with_bracketed_unit(text: str) -> Iterator[Sum]:
    """Yield the sums whose unit stands in brackets behind them: 「10,000（千円）」."""
    for match in _BRACKETED_UNIT.finditer(text):
        if (yen := read_yen(match["number"] + match["unit"])) is not None:
            yield Sum(match.start(), match.end(), yen, match[0])


def _with_shared_units(text: str, found: list[Sum]) -> tuple[Sum, ...]:
    """Return `found` with what 「3,500（3,000）百万円」 says: two sums of one unit, not 百万円."""
    shared: list[Sum] = []
    units: set[int] = set()
    for match in _SHARED_UNIT.finditer(text):
        units.add(match.start("unit"))
        for group in ("first", "second"):
            yen = read_yen(match[group] + match["unit"]) if match[group] else None
            if yen is not None:
                shared.append(Sum(match.start(group), match.end(group), yen, match[group]))
    kept = [each for each in found if units.isdisjoint(range(each.start, min(each.end, each.start + _UNIT_LENGTH)))]
    return tuple(sorted([*kept, *shared]))


def balance(text: str) -> tuple[int, int]:
    """Return how many brackets `text` opens more than it closes, and the lowest that this count gets on the way."""
    depth = lowest = 0
    for bracket in _ROUND_OR_SQUARE.findall(text):
        depth += 1 if KINDS[bracket] in "([" else -1
        lowest = min(lowest, depth)
    return depth, lowest
