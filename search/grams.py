"""Pairs of neighbouring characters of many names: which other names have those that few have."""

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import accumulate, chain, compress, count, repeat
from operator import sub

_CROWD = 24
"""What more names than so many share tells nothing of which two are alike."""
_FIRST = 1 << 20
"""What is frequent is so among so many characters: it is not counted in the rest."""
_CODE = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


class Grams:
    """The pairs of characters of those names that are `asked`, and which of all `names` have them.

    All names are one row of characters, in which two neighbours are one number of a view: they are counted and found
    without a string for each.
    """

    def __init__(self, names: Sequence[str], asked: Iterable[int]) -> None:
        text = "\n".join([*names, ""])
        data = memoryview(text.encode(_CODE, "surrogatepass") + bytes(8 + 4 * (len(text) % 2)))
        self._views = data.cast("Q"), data[4:-4].cast("Q")
        self._starts = array("I", accumulate(map((1).__add__, map(len, names)), initial=0))
        self._grams = {each: self._of(each) for each in asked}
        wanted = set(chain.from_iterable(self._grams.values()))
        frequent = self._frequent(wanted)
        least = {min(some, key=lambda gram: frequent.get(gram, 0)) for some in self._grams.values() if some}
        self._holders = self._found(wanted - frequent.keys() | least)

    def near(self, name: int, most: int | None = None) -> list[int]:
        """Return the other names with one of the `most` rarest pairs of a name that is asked, in order.

        Where none of them is rare, they are those with the rarest.
        """
        holders = map(self._holders.get, self._grams[name])
        rarest = sorted((each for each in holders if each), key=len)[:most]
        some = [each for each in rarest if len(each) <= _CROWD] or rarest[:1]
        return sorted(set().union(*some) - {name})

    def _of(self, name: int) -> tuple[int, ...]:
        """Return the pairs of a name, each once."""
        places = range(self._starts[name], self._starts[name + 1] - 2)
        return tuple(dict.fromkeys([self._views[place & 1][place >> 1] for place in places]))

    def _frequent(self, wanted: Set[int]) -> dict[int, int]:
        """Return those of `wanted` that are too frequent, with how often they are among the first characters."""
        counted = Counter[int]()
        for view in self._views:
            counted.update(filter(wanted.__contains__, view[: _FIRST // 2]))
        return {gram: count for gram, count in counted.items() if count > 2 * _CROWD}  # one name may have it twice

    def _found(self, wanted: Set[int]) -> dict[int, set[int]]:
        """Return the names that have each of `wanted`."""
        found: dict[int, set[int]] = {each: set() for each in wanted}
        lengths = map(sub, self._starts[1:], self._starts)
        names = array("I", chain.from_iterable(map(repeat, count(), lengths)))
        for first, view in enumerate(self._views if wanted else ()):
            for place in list(compress(range(len(view)), map(wanted.__contains__, view))):
                found[view[place]].add(names[2 * place + first])
        return found
