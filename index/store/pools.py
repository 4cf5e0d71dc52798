"""Two pools of strings in order merged into one, with the number that each string then has."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from index.store.columns import Column, Strings, smallest

GONE = (1 << 32) - 1
"""The number of what is there no more."""


class Merged(NamedTuple):
    """The strings of two pools: where each starts, their text, the numbers that those of the one and the other have."""

    starts: list[int]
    text: list[bytes]
    old: list[int]
    new: list[int]

    def put(self, columns: dict[str, Column], name: str) -> None:
        """Put the strings into `columns`."""
        columns[f"{name}.starts"], columns[f"{name}.text"] = smallest(self.starts, self.starts[-1]), b"".join(self.text)


def merged(old: Strings, dropped: Collection[int], new: Strings, first: int = 0) -> Merged:
    """Return the strings of `old`, but for those `dropped`, and of `new`; those before the `first` are in both.

    What is dropped from the one stays if it is in the other.
    """
    found = Merged([0], [], [], [])
    starts = old.starts
    changes = list(_changes(old, new, first))
    staying = {at for at, _, there in changes if there}
    events = [(at, 1, number) for at, number, there in changes if not there]
    events += [(at, 0, -1) for at in dropped if at not in staying]
    numbers = {number: at for at, number, there in changes if there}
    placed: dict[int, int] = {}
    done = 0
    for at, _, number in sorted(events, key=lambda event: (event[0], -event[1], event[2])):
        _keep(found, old, starts, done, at)
        done = at
        if number >= 0:
            placed[number] = len(found.starts) - 1
            found.text.append(new.encoded(number))
            found.starts.append(found.starts[-1] + len(found.text[-1]))
        else:
            found.old.append(GONE)
            done += 1
    _keep(found, old, starts, done, len(old))
    for number in range(len(new)):
        if number < first:
            found.new.append(number)
        else:
            found.new.append(placed[number] if number in placed else found.old[numbers[number]])
    return found


def _changes(old: Strings, new: Strings, first: int) -> Iterator[tuple[int, int, bool]]:
    """Yield for each string of `new` where it belongs in `old`, its number, and whether it is there."""
    for number in range(first, len(new)):
        string = new.encoded(number)
        at = max(first, old.first(string))
        yield at, number, at < len(old) and old.encoded(at) == string


def _keep(found: Merged, old: Strings, starts: Sequence[int], first: int, end: int) -> None:
    """Take the strings of `old` from the `first` to before the `end`."""
    if first == end:
        return
    number, shift = len(found.starts) - 1 - first, found.starts[-1] - starts[first]
    found.old.extend(range(first + number, end + number))
    found.starts.extend([each + shift for each in starts[first + 1 : end + 1]])
    found.text.append(old.between(first, end))
