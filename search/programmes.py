"""The programmes of a store: which records are whose, and which names belong together."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from index.document import ROWS
from index.programme import programme_key
from index.publisher import local_publisher
from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import KIND_CODES, ROLE_CODES
from index.text import fold
from search.figures import Link, LinkPage
from search.likeness import Name, candidates, likeness, pairs

_PASSAGE, _HEADING = KIND_CODES.index("passage"), KIND_CODES.index("heading")
_TOTAL = ROLE_CODES.index("total")
_ROWS = frozenset(KIND_CODES.index(each) for each in ROWS)


class Programme(NamedTuple):
    """A programme: the number of its key, and the local government whose it is (empty: of the state, or not known).

    「道路維持事業」 of two cities are two programmes.
    """

    number: int
    publisher: str


class Programmes:
    """Tells which programme each record is of, and which programmes may be one."""

    def __init__(self, columns: Columns, catalog: Catalog) -> None:
        self._catalog = catalog
        self._columns = columns
        self._strings = columns.strings("string")
        self._number, self._label = columns.numbers("record.programme"), columns.numbers("record.label")
        self._role, self._item = columns.numbers("record.role"), columns.numbers("record.item")
        self._kind, self._paper = columns.numbers("item.kind"), columns.numbers("item.paper")
        self._name = columns.numbers("item.name")

    @cached_property
    def keys(self) -> list[str]:
        """The keys of all programmes; the first is none."""
        text = bytes(self._columns.data("programme.text"))
        starts = self._columns.numbers("programme.starts").tolist()
        return [text[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(starts)]

    @cached_property
    def _numbers(self) -> list[int]:
        return self._number.tolist()

    @cached_property
    def publishers(self) -> list[str]:
        """The local government that published each paper, empty for any other publisher."""
        return [local_publisher(self._catalog.about(paper).publisher) for paper in range(self._catalog.papers)]

    def of(self, record: int) -> Programme:
        """Return the programme of a record."""
        return Programme(self._number[record], self.publishers[self._paper[self._item[record]]])

    def printed(self, record: int) -> str:
        """Return the name of the programme of a record as its paper prints it."""
        label, item = self._label[record], self._item[record]
        name = self._strings[self._name[item]]
        if self._kind[item] in _ROWS:
            return name
        number = self._number[record]
        return self._strings[label] if label and number and programme_key(name) != self.keys[number] else name

    def records(self, numbers: Collection[int]) -> list[int]:
        """Return the records of the programmes with these numbers, whoever published them, prose left out."""
        wanted = set(numbers) - {0}
        found = [record for record, number in enumerate(self._numbers) if number in wanted]
        return [record for record in found if self._names(record)]

    def alike(self, programme: Programme, name: str) -> list[tuple[int, float]]:
        """Return the numbers of the programmes of the same publisher whose names are alike `name`, the likest first."""
        one = Name.of(name)
        near = candidates(self.keys[programme.number], self.keys)
        first: dict[int, int] = {}
        for record in self.records(near) if near else ():
            if self._is_programme(record) and self.of(record).publisher == programme.publisher:
                first.setdefault(self._number[record], record)
        scores = [(number, likeness(one, Name.of(self.printed(record)))) for number, record in first.items()]
        return sorted(((number, score) for number, score in scores if score), key=lambda each: (-each[1], each[0]))

    def links(self, words: Sequence[str] = ()) -> LinkPage:
        """Return which names belong together between the papers: the same ones first, then the likest.

        With `words`, only those where one of the two names holds all of them.
        """
        standing = self._standing()
        links = [*self._same(standing), *self._alike(standing, words)]
        held = [each for each in links if _holds(each.name, words) or _holds(each.other, words)]
        return LinkPage(tuple(sorted(held, key=lambda each: (not each.same, -each.score))))

    def _standing(self) -> dict[Programme, dict[int, int]]:
        """Return the first record of each programme in each paper."""
        standing: dict[Programme, dict[int, int]] = {}
        item_of, paper_of = self._item, self._paper
        for record, each in enumerate(self._numbers):
            if each and self._is_programme(record):
                paper = paper_of[item_of[record]]
                standing.setdefault(Programme(each, self.publishers[paper]), {}).setdefault(paper, record)
        return standing

    def _same(self, standing: dict[Programme, dict[int, int]]) -> Iterator[Link]:
        for records in standing.values():
            first, *others = records.values()
            for other in others:
                yield self._link(first, other, None)

    def _alike(self, standing: dict[Programme, dict[int, int]], words: Sequence[str]) -> Iterator[Link]:
        """Yield the links of programmes whose names are alike, each pair once, between two papers."""
        each = list(standing)
        for one, other in self._pairs(each, words, standing):
            between = _between(standing[each[one]], standing[each[other]])
            if between is None or each[one].publisher != each[other].publisher:
                continue
            score = likeness(*(Name.of(self.printed(record)) for record in between))
            if score:
                yield self._link(*between, score)

    def _pairs(
        self, programmes: Sequence[Programme], words: Sequence[str], standing: dict[Programme, dict[int, int]]
    ) -> list[tuple[int, int]]:
        asked = None
        if words:
            held = (any(_holds(self.printed(each), words) for each in standing[one].values()) for one in programmes)
            asked = [position for position, one in enumerate(held) if one]
        return pairs([self.keys[each.number] for each in programmes], asked)

    def _link(self, one: int, other: int, score: float | None) -> Link:
        places = [self._catalog.place(self._item[record]) for record in (one, other)]
        return Link(
            self.printed(one),
            places[0],
            self.printed(other),
            places[1],
            score is None,
            100.0 if score is None else score,
        )

    def _names(self, record: int) -> bool:
        """Say whether a record's name is one: that of prose is only its beginning."""
        return self._kind[self._item[record]] != _PASSAGE or self._label[record] != 0

    def _is_programme(self, record: int) -> bool:
        """Say whether a record is of a programme, and not a heading, a total or prose."""
        if self._role[record] == _TOTAL:
            return False
        return self._label[record] != 0 or self._kind[self._item[record]] not in (_PASSAGE, _HEADING)


def _between(one: dict[int, int], other: dict[int, int]) -> tuple[int, int] | None:
    """Return a record of each of two programmes in two papers, in order of the papers; None where all are in one."""
    found = [(one[paper], other[second]) for paper in one for second in other if paper != second]
    return min(found, default=None)


def _holds(name: str, words: Sequence[str]) -> bool:
    """Say whether a name holds all of `words`, as printed or but for what a key leaves apart."""
    return all(fold(each) in fold(name) or programme_key(each) in programme_key(name) for each in words)
