"""What hits safely come to, in all and in parts: by paper, by heading, by whatever tells their amounts apart."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import compress
from typing import NamedTuple

from index.document import STAGES
from index.store.catalog import Catalog
from index.store.flat import STAGE_CODES
from search.figures import Bucket, Point
from search.grammar import TO, is_value
from search.records import Records
from search.totals import Totals
from search.tree import Exact
from search.within import Parts

OKU = 10**8
EDGES = tuple(10**digits * OKU for digits in range(5))
"""Where the bands of size begin, but for the first."""

_LAST = 3
"""Of so many sets that were asked for last it is kept what they come to."""

_SPARSE = 3
"""Where so many times as many records are fewer than the slots of a Spread, they are added up by themselves."""

_BITS = 96
"""What no sum of yen comes near, as a power of two: above it amounts are counted."""
_ONE, _HALF = 1 << _BITS, 1 << _BITS - 1

Cells = Mapping[int, int | None]
"""What amounts come to by years and stage, as the numbers that Countable gives these."""


class Known(NamedTuple):
    """What some records come to slot by slot of a Spread, and how many they are: yen, and _ONE for each."""

    records: int
    sums: list[int]


class Spread:
    """Amounts by a code that each record has, and by years and stage: what any set of them comes to.

    A slot is a code with years and stage. Sums are made from those of the set, among all, none and the last few asked
    for, that the fewest records tell apart: these are gone through.
    """

    def __init__(self, code: Sequence[int], countable: "Countable") -> None:
        self.code = code
        """The code of each record."""
        self._sets, self._yen = countable.records.sets, countable.single
        self._all = countable.records.with_amount
        slots: dict[tuple[int, int], int] = {}
        self._slot = tuple([slots.setdefault(each, len(slots)) for each in zip(code, countable.cell, strict=True)])
        self._slots = list(slots)
        self._none = Known(0, [0] * len(slots))
        self._last: tuple[Known, ...] = ()

    def sums(self, records: int) -> dict[tuple[int, int], tuple[int, int]]:
        """Return what `records` come to by code and cell, and how many they are."""
        if records.bit_count() * _SPARSE < len(self._slots):
            few: dict[int, int] = {}
            for at, yen in zip(*self._sets.picked(records, self._slot, self._yen), strict=True):
                few[at] = few.get(at, 0) + yen
            return {self._slots[at]: _parted(each) for at, each in few.items()}
        sums = self._known(records)
        return dict(zip(compress(self._slots, sums), map(_parted, filter(None, sums)), strict=True))

    def _known(self, records: int) -> list[int]:
        near = min((self._none, self._total, *self._last), key=lambda each: (each.records ^ records).bit_count())
        if near.records != records:
            near = self._moved(near, records)
            self._last = (near, *self._last[: _LAST - 1])
        return near.sums

    def _moved(self, known: Known, records: int) -> Known:
        """Return what is known of `records`, from what is known of others."""
        sums = known.sums.copy()
        for at, yen in zip(*self._sets.picked(records & ~known.records, self._slot, self._yen), strict=True):
            sums[at] += yen
        for at, yen in zip(*self._sets.picked(known.records & ~records, self._slot, self._yen), strict=True):
            sums[at] -= yen
        return Known(records, sums)

    @cached_property
    def _total(self) -> Known:
        return self._moved(self._none, self._all)


def _parted(each: int) -> tuple[int, int]:
    """Return yen, and how many amounts they are, of what was added up as one number."""
    number = each + _HALF >> _BITS
    return each - (number << _BITS), number


class Countable:
    """The amounts of a store that may be in a sum: those that are alone in any, and those that may be said twice.

    The latter share programme, years and stage with others; what some of them come to is found once and kept.
    """

    def __init__(self, catalog: Catalog, records: Records, totals: Totals) -> None:
        self._catalog = catalog
        self._totals = totals
        numbers, order = catalog.columns.numbers, (*STAGES, None)
        self.records = records
        self.yen = tuple(numbers("record.yen"))  # tuples: what looks for cycles goes through lists
        self.single = tuple(map(_ONE.__add__, self.yen))
        """The yen of each record, as they are added up together with how many they are."""
        pairs = list(zip(numbers("record.years"), numbers("record.stage"), strict=True))
        when = {pair: (catalog.years(pair[0]), STAGE_CODES[pair[1]]) for pair in set(pairs)}
        ordered = sorted(when, key=lambda pair: (not when[pair][0], when[pair][0], order.index(when[pair][1])))
        self.when = [when[pair] for pair in ordered]
        """The fiscal years and the stage of each cell, in order."""
        cells = {pair: cell for cell, pair in enumerate(ordered)}
        self.cell = tuple(map(cells.__getitem__, pairs))
        """The cell of each record."""
        every = totals.alone(records)
        counted = records.sets.numbers(every)
        wholes = Parts(catalog.columns, catalog).among(counted)
        self.family = dict(_families(counted, self.cell, catalog, wholes))
        """A number for all that may say the same, by record."""
        self.several = records.sets.of(list(self.family))
        self.alone = every & ~self.several
        self._sums: dict[tuple[int, ...], int] = {}

    def sum(self, members: tuple[int, ...]) -> int:
        """Return what amounts that may say the same come to, each counted once."""
        if len(members) == 1:
            return self.yen[members[0]]
        yen = self._sums.get(members)
        if yen is None:
            yen = sum(self._totals.yen(each.counted) for each in self._totals.tallies(members))
            if len(self._sums) < self.records.sets.count:
                self._sums[members] = yen
        return yen

    def points(self, cells: Cells) -> tuple[Point, ...]:
        """Return sums in order of years and stages; None is one in which nothing is counted."""
        order = sorted(cells)
        when = map(self.when.__getitem__, order)
        return tuple([Point(years, stage, cells[cell]) for cell, (years, stage) in zip(order, when, strict=True)])

    def naive(self, records: int) -> dict[int, tuple[int, int]]:
        """Return what some amounts come to by cell, and how many they are, whatever is said of them."""
        found: dict[int, tuple[int, int]] = {}
        for (_, cell), (yen, number) in self.kinds.sums(records).items():
            known = found.get(cell, (0, 0))
            found[cell] = known[0] + yen, known[1] + number
        return found

    @cached_property
    def kinds(self) -> Spread:
        """The amounts by account, bound and band of size, as `kind_of` takes them out of its codes."""
        account, bound = map(self._catalog.columns.numbers, ("record.account", "record.bound"))
        bands = map(partial(bisect, EDGES), self.yen)
        return Spread(
            tuple([((a << 8) + b << 8) + band for a, b, band in zip(account, bound, bands, strict=True)]), self
        )


def kind_of(name: str) -> Callable[[int], int]:
    """Return what takes the account, the bound or the band of size out of a code of `Countable.kinds`."""
    shift, most = {"account": (16, -1), "bound": (8, 255), "band": (0, 255)}[name]
    return lambda code: code >> shift & most


class Sums:
    """The safe sums of some records, those that a query's certain hits answer with, and of any part of them."""

    def __init__(self, countable: Countable, certain: int) -> None:
        self._countable = countable
        self._records = certain & (countable.alone | countable.several)
        sets = countable.records.sets
        families: dict[int, list[int]] = {}
        for record in sets.numbers(certain & countable.several):
            families.setdefault(countable.family[record], []).append(record)
        single = [members[0] for members in families.values() if len(members) == 1]
        self._alone = certain & countable.alone | sets.of(single)
        self._several = [tuple(members) for members in families.values() if len(members) > 1]
        self._known: dict[Spread, dict[tuple[int, int], tuple[int, int]]] = {}

    @cached_property
    def whole(self) -> dict[int, int]:
        """What all come to."""
        return self.by(self._countable.kinds, lambda code: 0).get(0, {})

    def within(self, records: int) -> "Sums":
        """Return the sums of those that are in a set."""
        return Sums(self._countable, self._records & records)

    def by(self, spread: Spread, value: Callable[[int], int] = int) -> dict[int, dict[int, int]]:
        """Return what those come to whose codes have the same `value`."""
        if spread not in self._known:
            self._known[spread] = spread.sums(self._alone)
        found: dict[int, dict[int, int]] = {}
        for (code, cell), (yen, _) in self._known[spread].items():
            cells = found.setdefault(value(code), {})
            cells[cell] = cells.get(cell, 0) + yen
        for members in self._several:
            cell, values = self._countable.cell[members[0]], [value(spread.code[each]) for each in members]
            for one in set(values):
                some = tuple(each for each, said in zip(members, values, strict=True) if said == one)
                cells = found.setdefault(one, {})
                cells[cell] = cells.get(cell, 0) + self._countable.sum(some)
        return found


def _families(
    counted: Sequence[int], cell: Sequence[int], catalog: Catalog, wholes: Mapping[int, Sequence[int]]
) -> Iterable[tuple[int, int]]:
    """Yield the records that share programme, years and stage with others, and a number for each such combination.

    What is a part of others, too, is of one family with its `wholes`.
    """
    columns = ("record.programme", "item.programme", "item.paper", "item.heading")
    programme, name, paper, heading = map(catalog.columns.numbers, columns)
    item, alike = catalog.record_item, defaultdict[tuple[int, ...], list[int]](list)
    keys = list(zip(map(cell.__getitem__, counted), map(programme.__getitem__, counted), strict=True))
    often, involved = Counter(keys), {each for found in wholes.values() for each in found}.union(wholes)
    for record, key in zip(counted, keys, strict=True):
        if often[key] > 1 or record in involved:
            at = item[record]  # 「その他」 is the same only under one heading
            generic = () if programme[record] else (name[at], paper[at], heading[at])
            alike[*key, *generic].append(record)
    family = {each: members for members in alike.values() for each in members} if wholes else {}
    for part, whole in ((part, each) for part, found in wholes.items() for each in found if each in family):
        joined, other = family[part], family[whole]
        if joined is not other:
            joined += other
            family.update(dict.fromkeys(other, joined))
    groups = {id(members): members for members in family.values()}.values() if wholes else alike.values()
    for number, members in enumerate(groups):
        members.sort()
        if len(members) > 1:
            yield from ((record, number) for record in members)


def ordered(buckets: Iterable[Bucket]) -> tuple[Bucket, ...]:
    """Return buckets by how many hits they have, the most first."""
    return tuple(sorted(buckets, key=lambda each: -each.hits))


def quoted(value: str) -> str:
    """Return a value as a query can hold it, in quotation marks where it must be."""
    return value if is_value(value) and not TO.search(value) and "*" not in value else str(Exact(value))
