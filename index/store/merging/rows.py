"""The tables of papers, items, headings and records after a commit: rows are copied, their numbers moved on."""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from index.store.columns import Column, encoded, put_strings, smallest
from index.store.flat import NAMED, NONE, POOLS, TABLES
from index.store.keys import Keys
from index.store.merging.runs import Run, Runs
from index.store.pools import Merged, merged

_MOVED = {
    "paper.first": "item",
    "paper.heading": "heading",
    "paper.token": "token",
    "item.paper": "paper",
    "item.first": "record",
    "record.item": "item",
    "stretch.first": "record",
    "stretch.end": "record",
    "stretch.token": "token",
}
"""The columns that have numbers of another table, and of which."""
_MOVED_OR_NOT = {"item.heading": ("heading", 0), "heading.above": ("heading", 0), "record.previous": ("record", NONE)}
"""The same, and the number that is of nothing."""
_ENDS = ("paper.first", "paper.heading", "paper.token", "item.first")
"""The columns that have one number more, for the end of the last row."""
_POOL_OF = {column: pool for pool, used in POOLS.items() for column in used}


def put_rows(columns: dict[str, Column], runs: Runs, pools: Mapping[str, Merged]) -> None:
    """Put the tables; the strings that they speak of are in `pools`."""
    for table, named in TABLES.items():
        for column in (f"{table}.{name}" for name in named):
            parts = [_now(column, run, run.spans[table].of(_called(run, column)), pools) for run in runs.all]
            if column in _ENDS:
                parts.append(array("I", [runs.size(_MOVED[column])]))
            columns[column] = array("q", b"".join(parts)) if column == "record.yen" else joined(parts)
    columns["item.programme"] = _item_programmes(runs)
    put_strings(
        columns,
        "about",
        [run.columns.strings("about")[paper] for run in runs.all for paper in range(*run.spans["paper"][:2])],
    )
    put_strings(columns, "remainder", _remainders(runs))


def put_pools(columns: dict[str, Column], runs: Runs) -> dict[str, Merged]:
    """Put the strings that are kept once each, and return them; those that no paper has any more are gone."""
    pools: dict[str, Merged] = {}
    for pool, used in POOLS.items():
        new = runs.new.strings(NAMED[pool])
        old = Keys(runs.old).strings() if pool == "programmes" else runs.old.strings(NAMED[pool])
        # of the programmes some may only be there for what the papers before said together
        dropped = _unused(runs, len(old), used) if runs.gone or _settled(runs, used) else ()
        pools[pool] = merged(old, dropped, new, 1)
        pools[pool].put(columns, NAMED[pool])
    return pools


def moved(numbers: "memoryview[int]", shift: int) -> "array[int]":
    """Return numbers with `shift` added to each: all as one large number, in a tenth of the time."""
    found = array(numbers.format, numbers.tobytes())
    if not shift or not found:
        return found
    if (max(found) + shift) >> 8 * found.itemsize:
        return array("I", [each + shift for each in found])
    ones = int.from_bytes((array(found.typecode, [1]) * len(found)).tobytes(), sys.byteorder)
    more = int.from_bytes(found.tobytes(), sys.byteorder) + shift * ones
    return array(found.typecode, more.to_bytes(len(found) * found.itemsize, sys.byteorder))


def joined(parts: "Sequence[array[int]]") -> "array[int]":
    """Return numbers from 0 one behind the other, as an array of the smallest kind that holds them."""
    if all(each.typecode == "B" for each in parts):
        return array("B", b"".join(parts))
    found = smallest((), max((max(each) for each in parts if each), default=0))
    for part in parts:
        found.extend(part if part.typecode == found.typecode else array(found.typecode, part))
    return found


def now(column: str, run: Run, numbers: "memoryview[int]") -> "array[int]":
    """Return some numbers of a column that speaks of no strings, as they are now."""
    if column in _MOVED:
        return moved(numbers, run.spans[_MOVED[column]].shift)
    if column in _MOVED_OR_NOT:
        table, none = _MOVED_OR_NOT[column]
        if shift := run.spans[table].shift:
            return array("I", [each if each == none else each + shift for each in numbers])
    return array(numbers.format, numbers.tobytes())


def _now(column: str, run: Run, numbers: "memoryview[int]", pools: Mapping[str, Merged]) -> "array[int]":
    if column not in _POOL_OF:
        return now(column, run, numbers)
    places = pools[_POOL_OF[column]].old if run.old else pools[_POOL_OF[column]].new
    if not any(numbers.tobytes()):
        return array("B", bytes(len(numbers)))
    return array("I", [places[each] for each in numbers])


def _called(run: Run, column: str) -> "memoryview[int]":
    """Return the numbers of a column; of programmes as they are called, before IDs said which are the same."""
    if column == "record.programme" and run.old and len(called := run.columns.numbers("record.called")):
        return called
    return run.columns.numbers(column)


def _settled(runs: Runs, used: Sequence[str]) -> bool:
    return "record.programme" in used and len(runs.old.numbers("record.called")) > 0


def _unused(runs: Runs, size: int, used: Sequence[str]) -> list[int]:
    """Return which of so many strings no paper has that stays."""
    found: set[int] = set()
    for column in used:
        for run in runs.all:
            if run.old:
                found.update(run.spans[column.split(".")[0]].of(_called(run, column)))
    return sorted(set(range(1, size)) - found)


def _item_programmes(runs: Runs) -> "array[int]":
    """Number what items are called, folded, in order of the items."""
    known, same = runs.old.numbers("item.programme"), _same_programmes(runs)
    numbers: dict[int, int] = {}
    values: list[int] = []
    for run in runs.all:
        source = run.spans["item"].of(known if run.old else runs.new.numbers("item.programme")).tolist()
        source = source if run.old else [same[each] for each in source]
        values += [numbers.setdefault(each, len(numbers) + 1) for each in source]
    return smallest(values)


def _same_programmes(runs: Runs) -> dict[int, int]:
    """Return which number before each of the new ones is; a negative one where nothing was called so."""
    known, order, texts = (
        runs.old.numbers("item.programme"),
        runs.old.numbers("item.by_name"),
        runs.old.strings("stretch"),
    )
    names = runs.new.strings("stretch")
    same: dict[int, int] = {}
    for item, number in enumerate(runs.new.numbers("item.programme")):
        if number not in same:
            folded = names[item][:-1].split("\x1f")[0]
            same[number] = -number
            for end in ("\n", "\x1f"):  # behind it, what is searched has no more or the name as it is printed
                wanted = encoded(folded + end)
                at = bisect_left(order, wanted, key=texts.encoded)
                if at < len(order) and texts.encoded(order[at]).startswith(wanted):
                    same[number] = known[order[at]]
    return same


def _remainders(runs: Runs) -> Iterator[str]:
    for run in runs.all:
        first, end, shift = run.spans["paper"]
        strings = run.columns.strings("remainder")
        for each in (strings[number] for number in range(len(strings))):
            paper, rest = each.split("\t", 1)
            if first <= int(paper) < end:
                yield f"{int(paper) + shift}\t{rest}"
