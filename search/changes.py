"""What two sides of a comparison come to, programme by programme, into pairs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.document import Place
from search.figures import CHANGES, Pair
from search.likeness import Name, has_two_names, likeness, looked_at, pairs

_NOTE = "似た名称は、新しい・なくなった事業のうち額の大きい{:,}件（全{:,}件）についてだけ探しました。"
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


class Changes(NamedTuple):
    """What changed, and what to note: that similar names were looked for of some only (empty: of all)."""

    pairs: tuple[Pair, ...]
    note: str


Sums = Mapping[Identity, Sum]


def changes(before: Sums, after: Sums, programmes: int = 0, sections: int = 1) -> Changes:
    """Return each programme that is on either side once, by kind and then by the size of the change.

    One that only one side has, with nothing that can be counted, is left out. Where many `programmes` are compared in
    so many `sections`, those with a similar name are looked for of the largest that only one side has.
    """
    kinds = {each: kind for each in {**before, **after} if (kind := _kind(before.get(each), after.get(each)))}
    gone = {each: before[each] for each, kind in kinds.items() if kind == "gone"}
    new = {each: after[each] for each, kind in kinds.items() if kind == "new"}
    every = [*gone.values(), *new.values()]
    largest = sorted(range(len(every)), key=lambda at: -abs(every[at].yen or 0))
    asked = sorted(looked_at(largest, programmes, sections))
    note = _NOTE.format(len(asked), len(every)) if gone and new and len(asked) < len(every) else ""
    alike = _alike(gone, new, asked)
    found = [_pair(kind, before.get(each), after.get(each), alike.get(each)) for each, kind in kinds.items()]
    return Changes(tuple(sorted(found, key=lambda pair: (_ORDER[pair.kind], -abs(pair.change or 0)))), note)


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


def _alike(gone: Sums, new: Sums, asked: Sequence[int]) -> dict[Identity, tuple[str, float]]:
    """Return for programmes that only one side has the one of the other side whose name is most alike.

    They are looked for of the `asked`, positions among those that are gone and then those that are new.
    """
    best: dict[Identity, tuple[str, float]] = {}
    for one, other, score in _scored(gone, new, asked) if gone and new else ():
        for each, name in ((one, new[other].name), (other, gone[one].name)):
            if score > best.get(each, ("", 0.0))[1]:
                best[each] = (name, score)
    return best


def _scored(gone: Sums, new: Sums, asked: Sequence[int]) -> Iterator[tuple[Identity, Identity, float]]:
    every, names = [*gone, *new], [each.name for each in (*gone.values(), *new.values())]
    for first, second in pairs([each.key for each in every], lambda at: has_two_names(names[at]), asked):
        one, other = every[first], every[second]
        if one in gone and other in new and one.publisher == other.publisher and not (one.heading or other.heading):
            score = likeness(Name.of(names[first]), Name.of(names[second]))
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
