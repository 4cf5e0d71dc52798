"""What hits safely come to, in all and in parts: by paper, by heading, by whatever tells their amounts apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from copy import copy
from functools import cached_property
from itertools import compress

from index.document import STAGES
from index.store.catalog import Catalog
from index.store.flat import STAGE_CODES
from search.figures import Bucket, Point
from search.grammar import TO, is_value
from search.records import Records
from search.totals import Totals
from search.tree import Exact
from search.within import Parts

Cells = Mapping[int, int | None]
"""What amounts come to by years and stage, as the numbers that Countable gives these."""


class Countable:
    """The amounts of a store that may be in a sum: those that are alone in any, and those that may be said twice.

    The latter share programme, years and stage with others; what some of them come to is found once and kept.
    """

    def __init__(self, catalog: Catalog, records: Records, totals: Totals) -> None:
        self._totals = totals
        numbers, order = catalog.columns.numbers, (*STAGES, None)
        self.records = records
        self.yen = numbers("record.yen").tolist()
        pairs = list(zip(numbers("record.years"), numbers("record.stage"), strict=True))
        when = {pair: (catalog.years(pair[0]), STAGE_CODES[pair[1]]) for pair in set(pairs)}
        ordered = sorted(when, key=lambda pair: (not when[pair][0], when[pair][0], order.index(when[pair][1])))
        self.when = [when[pair] for pair in ordered]
        """The fiscal years and the stage of each cell, in order."""
        cells = {pair: cell for cell, pair in enumerate(ordered)}
        self.cell = list(map(cells.__getitem__, pairs))
        """The cell of each record."""
        counted = [
            each
            for each in compress(range(records.sets.count), numbers("record.role"))
            if not self._totals.reason(each)
        ]
        wholes = Parts(catalog.columns, catalog).among(counted)
        self.family = dict(_families(counted, self.cell, catalog, wholes))
        """A number for all that may say the same, by record."""
        self.alone = records.sets.of([each for each in counted if each not in self.family])
        self.several = records.sets.of(list(self.family))
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
        return tuple(Point(*self.when[cell], cells[cell]) for cell in sorted(cells))


class Sums:
    """The safe sums of some records, those that a query's certain hits answer with, and of any part of them."""

    def __init__(self, countable: Countable, certain: int) -> None:
        self._countable = countable
        self._certain = certain
        families: dict[int, list[int]] = {}
        for record in countable.records.sets.numbers(certain & countable.several):
            families.setdefault(countable.family[record], []).append(record)
        self._alone = countable.records.sets.numbers(certain & countable.alone)
        self._alone += [members[0] for members in families.values() if len(members) == 1]
        self._several = [tuple(members) for members in families.values() if len(members) > 1]
        self._yen = list(map(countable.yen.__getitem__, self._alone))
        self._cell = list(map(countable.cell.__getitem__, self._alone))

    @cached_property
    def whole(self) -> dict[int, int]:
        """What all come to."""
        return self.by(lambda record: 0).get(0, {})

    def within(self, records: int) -> dict[int, int]:
        """Return what those that are in a set come to."""
        part = self._certain & records & (self._countable.alone | self._countable.several)
        return Sums(self._countable, part).whole if part else {}

    def by(self, code: Callable[[int], int], among: Set[int] | None = None) -> dict[int, dict[int, int]]:
        """Return what those come to of which `code` says the same; `among` are the codes that are asked for."""
        found: dict[int, dict[int, int]] = {} if among is None else {each: {} for each in among}
        for value, cell, yen in zip(map(code, self._alone), self._cell, self._yen, strict=True):
            if value in found:
                cells = found[value]
                cells[cell] = cells.get(cell, 0) + yen
            elif among is None:
                found[value] = {cell: yen}
        for members in self._several:
            cell, codes = self._countable.cell[members[0]], set(map(code, members))
            for value in codes if among is None else codes & among:
                some = members if len(codes) == 1 else tuple(each for each in members if code(each) == value)
                cells = found.setdefault(value, {})
                cells[cell] = cells.get(cell, 0) + self._countable.sum(some)
        return {value: cells for value, cells in found.items() if cells}

    def merged(self, code: Callable[[int], int]) -> "Sums":
        """Return the same sums for codes that are the same wherever `code` is: there are fewer of them to add up."""
        sums: defaultdict[tuple[int, int], int] = defaultdict(int)
        example: dict[tuple[int, int], int] = {}
        several: list[tuple[int, ...]] = []
        for record, cell, yen in zip(self._alone, self._cell, self._yen, strict=True):
            key = code(record), cell
            sums[key] += yen
            example[key] = record
        for members in self._several:
            codes = set(map(code, members))
            if len(codes) > 1:
                several.append(members)
                continue
            key = codes.pop(), self._countable.cell[members[0]]
            sums[key] += self._countable.sum(members)
            example[key] = members[0]
        merged = copy(self)
        merged._alone, merged._yen, merged._several = list(example.values()), list(sums.values()), several
        merged._cell = [cell for _, cell in example]
        return merged


def _families(
    counted: Sequence[int], cell: Sequence[int], catalog: Catalog, wholes: Mapping[int, Sequence[int]]
) -> Iterable[tuple[int, int]]:
    """Yield the records that share programme, years and stage with others, and a number for each such combination.

    What is a part of others, too, is of one family with its `wholes`.
    """
    columns = ("record.programme", "item.programme", "item.paper", "item.heading")
    programme, name, paper, heading = map(catalog.columns.numbers, columns)
    item, alike = catalog.record_item, defaultdict[tuple[int, ...], list[int]](list)
    for record in counted:
        at = item[record]  # 「その他」 is the same only under one heading
        generic = () if programme[record] else (name[at], paper[at], heading[at])
        alike[cell[record], programme[record], *generic].append(record)
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
