"""What two sides of a comparison come to, programme by programme, into pairs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from index.document import Place
from search.figures import CHANGES, Pair
from search.likeness import Name, likeness, pairs

_ORDER = {kind: number for number, kind in enumerate(CHANGES)}


class Identity(NamedTuple):
    """What tells a programme from others: its key, who published it, and of a name like 「その他」 its heading."""

    key: str
    publisher: str
    heading: str = ""


class Sum(NamedTuple):
    """What a side has of a programme: its name, its sum (None: nothing that can be counted), where it stands."""

    name: str
    yen: int | None
    places: tuple[Place, ...]

    def plus(self, yen: int, place: Place) -> "Sum":
        """Return this with one more amount."""
        return self._replace(yen=(self.yen or 0) + yen, places=(*self.places, place))


Sums = Mapping[Identity, Sum]


def changes(before: Sums, after: Sums) -> tuple[Pair, ...]:
    """Return each programme that is on either side once, by kind and then by the size of the change.

    One that only one side has, with nothing that can be counted, is left out.
    """
    kinds = {each: kind for each in {**before, **after} if (kind := _kind(before.get(each), after.get(each)))}
    alike = _alike(
        {each: before[each].name for each, kind in kinds.items() if kind == "gone"},
        {each: after[each].name for each, kind in kinds.items() if kind == "new"},
    )
    found = [_pair(kind, before.get(each), after.get(each), alike.get(each)) for each, kind in kinds.items()]
    return tuple(sorted(found, key=lambda pair: (_ORDER[pair.kind], -abs(pair.change or 0))))


def _kind(before: Sum | None, after: Sum | None) -> str | None:
    if before is None or after is None:
        kind = "gone" if after is None else "new"
        return kind if any(each and each.yen is not None for each in (before, after)) else None
    if before.yen is None or after.yen is None:
        return "open"
    return "grew" if after.yen > before.yen else "shrank" if after.yen < before.yen else "equal"


def _pair(kind: str, before: Sum | None, after: Sum | None, alike: tuple[str, float] | None) -> Pair:
    sides = [each for each in (before, after) if each]
    places = dict.fromkeys(place for each in sides for place in each.places)
    yen = [each and each.yen for each in (before, after)]
    return Pair(sides[-1].name, kind, yen[0], yen[1], tuple(places), alike)


def _alike(gone: Mapping[Identity, str], new: Mapping[Identity, str]) -> dict[Identity, tuple[str, float]]:
    """Return for programmes that only one side has the one of the other side whose name is most alike."""
    best: dict[Identity, tuple[str, float]] = {}
    for one, other, score in _scored(gone, new):
        for each, name in ((one, new[other]), (other, gone[one])):
            if score > best.get(each, ("", 0.0))[1]:
                best[each] = (name, score)
    return best


def _scored(gone: Mapping[Identity, str], new: Mapping[Identity, str]) -> Iterator[tuple[Identity, Identity, float]]:
    every = [*gone, *new]
    for first, second in pairs([each.key for each in every]) if gone and new else ():
        one, other = every[first], every[second]
        if one in gone and other in new and one.publisher == other.publisher and not (one.heading or other.heading):
            score = likeness(Name.of(gone[one]), Name.of(new[other]))
            if score:
                yield one, other, score


def summed(amounts: Iterable[tuple[Identity, str, int | None, Place]]) -> dict[Identity, Sum]:
    """Return what amounts come to for each programme; a sum of None says only that it is there.

    What is only there counts for nothing beside a sum.
    """
    sums: dict[Identity, Sum] = {}
    for identity, name, yen, place in amounts:
        known = sums.get(identity)
        if yen is None:
            sums.setdefault(identity, Sum(name, None, (place,)))
        elif known is None or known.yen is None:
            sums[identity] = Sum(name, yen, (place,))
        else:
            sums[identity] = known.plus(yen, place)
    return sums
