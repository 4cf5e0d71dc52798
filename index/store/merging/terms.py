"""Stretches of text, their terms and what they hold after a commit: lists of what stays, with what comes among it."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence

from index.store.columns import Column, Flat, Loose, smallest
from index.store.flat import FIELD_CODES
from index.store.held import Standing, held_by, held_keys
from index.store.merging.rows import joined, now
from index.store.merging.runs import Runs
from index.store.pools import GONE, Merged, merged
from index.store.postings import token_kind

_FEW = 16
"""Numbers are put into a list one by one where it is so many times as long as they are many."""


def put_stretches(columns: dict[str, Column], runs: Runs) -> None:
    """Put the stretches, field by field."""
    for column in ("stretch.first", "stretch.end", "stretch.token", "stretch.length"):
        columns[column] = joined(
            [now(column, run, span.of(run.columns.numbers(column))) for run, span, _ in runs.stretches]
        )
    fields = [0] * (len(FIELD_CODES) + 1)
    starts, texts = [0], []
    for run, (first, end, _), field in runs.stretches:
        fields[field + 1] += end - first
        strings = run.columns.strings("stretch")
        shift = starts[-1] - strings.starts[first]
        starts += [each + shift for each in strings.starts[first + 1 : end + 1]]
        texts.append(strings.between(first, end))
    for field in range(len(FIELD_CODES)):
        fields[field + 1] += fields[field]
    columns["stretch.fields"] = smallest(fields)
    columns["stretch.starts"], columns["stretch.text"] = smallest(starts, starts[-1]), b"".join(texts)


def put_terms(columns: dict[str, Column], runs: Runs) -> None:
    """Put the terms, where they stand and what stands at each place."""
    postings = Lists.before(runs, "posting")
    dropped = [each for each in _terms_gone(runs) if not postings.of(each)]
    terms = merged(runs.old.strings("term"), dropped, runs.new.strings("term"))
    terms.put(columns, "term")
    _put_lists(columns, "posting", terms, postings, Lists.added(runs, "posting"))
    _put_lists(columns, "again", terms, Lists.before(runs, "again"), Lists.added(runs, "again"))
    columns["token"] = _tokens(runs, terms)


def held(columns: Mapping[str, Column], runs: Runs) -> dict[str, Sequence[int]]:
    """Return which texts hold, unsaid, what was looked for before and still is: for the terms in `columns`."""
    strings, terms = runs.old.strings("held.key"), Loose(columns).strings("term")
    wanted = set(held_keys(terms[number] for number in range(len(terms))))
    keys = ((number, strings[number]) for number in range(len(strings)))
    kept = [(number, key) for number, key in keys if key in wanted]
    lists, places = Lists.before(runs, "held"), runs.stretch_places(old=False)
    added = held_by([key for _, key in kept], Standing.of(runs.new))
    return {
        key: _with(lists.of(number), [places[each] for each in texts])
        for (number, key), texts in zip(kept, added, strict=True)
    }


class Lists:
    """Lists of stretches in some columns, each in order, by their numbers now; without those in the ranges `gone`."""

    def __init__(self, columns: Flat, name: str, places: Sequence[int], gone: Sequence[tuple[int, int]] = ()) -> None:
        self._starts, self._before = columns.numbers(f"{name}.starts"), columns.numbers(name)
        self._all = array("I", map(places.__getitem__, self._before))
        self._gone = gone

    @classmethod
    def before(cls, runs: Runs, name: str) -> "Lists":
        """Return the lists of the columns before."""
        return cls(runs.old, name, runs.stretch_places(old=True), runs.gone_stretches())

    @classmethod
    def added(cls, runs: Runs, name: str) -> "Lists":
        """Return the lists of the columns of what is new."""
        return cls(runs.new, name, runs.stretch_places(old=False))

    def of(self, number: int) -> "array[int]":
        """Return one of the lists."""
        first, end = self._starts[number], self._starts[number + 1]
        if not self._gone:
            return self._all[first:end]
        if len(self._gone) > _FEW:
            return array("I", [each for each in self._all[first:end] if each != GONE])
        found = array("I")
        for low, high in self._gone:
            at = bisect_left(self._before, low, first, end)
            found.extend(self._all[first:at])
            first = bisect_left(self._before, high, at, end)
        found.extend(self._all[first:end])
        return found


def _terms_gone(runs: Runs) -> set[int]:
    """Return the terms that stand in papers which are gone, and perhaps elsewhere."""
    tokens, found = runs.old.numbers("token"), set[int]()
    for first, end in runs.gone_tokens():
        found.update(tokens[first:end])
    return found


def _put_lists(columns: dict[str, Column], name: str, terms: Merged, old: Lists, new: Lists) -> None:
    """Put the lists of both, those of the same term as one."""
    everything, starts = array("I"), [0]
    for before, added in _pairs(terms):
        found = old.of(before) if before != GONE else array("I")
        everything.extend(_with(found, new.of(added)) if added != GONE else found)
        starts.append(len(everything))
    most = max((everything[end - 1] for end in starts if end), default=0)  # each list is in order
    columns[f"{name}.starts"], columns[name] = smallest(starts, starts[-1]), smallest(everything, most)


def _pairs(terms: Merged) -> Iterator[tuple[int, int]]:
    """Yield for each term the numbers that it had before and among the new ones, GONE for none."""
    pairs = [[GONE] * (len(terms.starts) - 1) for _ in range(2)]
    for numbers, places in zip(pairs, (terms.old, terms.new), strict=True):
        for number, place in enumerate(places):
            if place != GONE:
                numbers[place] = number
    return zip(*pairs, strict=True)


def _with(some: "array[int]", more: Sequence[int]) -> "array[int]":
    """Return numbers in order with some more."""
    if len(more) * _FEW > len(some):
        return array("I", sorted([*some, *more]))
    for each in more:
        insort(some, each)
    return some


def _tokens(runs: Runs, terms: Merged) -> "array[int]":
    """Return the term at each place."""
    found = array(token_kind(len(terms.starts) - 1))
    for run in runs.all:
        numbers, here = terms.old if run.old else terms.new, run.spans["token"].of(run.columns.numbers("token"))
        if here.format == found.typecode and numbers == list(range(len(numbers))):
            found.frombytes(here.tobytes())
        else:
            found.extend(array(found.typecode, map(numbers.__getitem__, here)))
    return found
