"""The programmes of a store: which records are whose, and which names belong together."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import compress, product
from typing import NamedTuple

from index.document import ROWS
from index.programme import programme_key
from index.publisher import local_publisher
from index.store.catalog import Catalog
from index.store.flat import KIND_CODES, ROLE_CODES
from index.store.keys import Keys
from index.text import fold
from search.figures import Link, LinkPage
from search.likeness import Name, candidates, has_two_names, likeness, looked_at, pairs
from search.stretches import Stretches

_PASSAGE, _HEADING = KIND_CODES.index("passage"), KIND_CODES.index("heading")
_TOTAL = ROLE_CODES.index("total")
_ROWS = frozenset(KIND_CODES.index(each) for each in ROWS)


_SOME = 2000
"""Of so many records and fewer, each is asked whether its name holds a word."""
_NOTE = "名称の似た事業は、はじめの{:,}件（全{:,}件）についてだけ探しました。言葉を加えて絞ると、残りも探せます。"


class Programme(NamedTuple):
    """A programme: the number of its key, and the local government whose it is (empty: of the state, or not known).

    「道路維持事業」 of two cities are two programmes.
    """

    number: int
    publisher: str


class Programmes:
    """Tells which programme each record is of, and which programmes may be one."""

    def __init__(self, catalog: Catalog, stretches: Stretches) -> None:
        columns = catalog.columns
        self._catalog = catalog
        self._columns = columns
        self.stretches = stretches
        self._strings = columns.strings("string")
        self._number, self._label = columns.numbers("record.programme"), columns.numbers("record.label")
        self._role, self._item = columns.numbers("record.role"), columns.numbers("record.item")
        self._kind, self._paper = columns.numbers("item.kind"), columns.numbers("item.paper")
        self._name = columns.numbers("item.name")

    @cached_property
    def keys(self) -> list[str]:
        """The keys of all programmes; the first is none."""
        return Keys(self._columns).all()

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
        if not label or self._kind[item] in _ROWS:
            return name
        number = self._number[record]
        return self._strings[label] if number and programme_key(name) != self.keys[number] else name

    def records(self, numbers: Collection[int]) -> list[int]:
        """Return the records of the programmes with these numbers, whoever published them, prose left out."""
        wanted = bytearray(len(self.keys))
        for number in numbers:
            wanted[number] = number > 0
        found = compress(range(len(self._numbers)), map(wanted.__getitem__, self._numbers))
        return list(filter(self._names, found))

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

        With `words`, only those where one of the two names holds all of them. Where these are many, alike ones are
        looked for of the first only.
        """
        standing = self._standing()
        held = self._holding(words) if words else None
        asked = [at for at, each in enumerate(standing.values()) if held is None or not held.isdisjoint(each)]
        some = looked_at(asked, len(standing))
        links = [*self._same(standing, held), *self._alike(standing, held, some)]
        note = "" if len(some) == len(asked) else _NOTE.format(len(some), len(asked))
        return LinkPage(tuple(sorted(links, key=lambda each: (not each.same, -each.score))), note)

    def _standing(self) -> dict[int, list[int]]:
        """Return the first record of each programme in each paper, by a number for the programme and its publisher."""
        kinds = bytes(kind not in (_PASSAGE, _HEADING) for kind in self._kind)
        columns = zip(self._numbers, self._label, self._role, self._catalog.record_item, strict=True)
        paper_of, codes = self._paper.tolist(), {each: code for code, each in enumerate(set(self.publishers))}
        of_paper = [codes[each] for each in self.publishers]
        standing: dict[int, list[int]] = {}
        last: dict[int, int] = {}
        for record, (number, label, role, item) in enumerate(columns):
            if number and role != _TOTAL and (label or kinds[item]):
                paper = paper_of[item]
                code = number * len(codes) + of_paper[paper]
                if last.get(code) != paper:  # records are in order of papers
                    last[code] = paper
                    standing.setdefault(code, []).append(record)
        return standing

    def _same(self, standing: Mapping[int, Sequence[int]], held: Set[int] | None) -> Iterator[Link]:
        """Yield the links of names that are the same, where one of them is `held`."""
        for first, *others in standing.values():
            for other in others:
                if held is None or first in held or other in held:
                    yield self._link(first, other, None)

    def _alike(
        self, standing: Mapping[int, Sequence[int]], held: Set[int] | None, asked: Sequence[int]
    ) -> Iterator[Link]:
        """Yield the links of programmes whose names are alike, each pair once, between two papers, one `held`."""
        each = list(standing.values())
        keys = [self.keys[self._number[records[0]]] for records in each]

        def two_names(position: int) -> bool:
            return any(map(has_two_names, map(self.printed, each[position])))

        for one, other in pairs(keys, two_names, asked):
            between = self._between(each[one], each[other])
            if between is None or (held is not None and held.isdisjoint(between)):
                continue
            score = likeness(*(Name.of(self.printed(record)) for record in between))
            if score:
                yield self._link(*between, score)

    def _between(self, one: Sequence[int], other: Sequence[int]) -> tuple[int, int] | None:
        """Return the first records of two programmes in two papers; None where all are in one, or of two publishers."""
        papers = [[self._paper[self._item[record]] for record in records] for records in (one, other)]
        if self.publishers[papers[0][0]] != self.publishers[papers[1][0]]:
            return None
        pairs = product(zip(papers[0], one, strict=True), zip(papers[1], other, strict=True))
        return next(((first, second) for (paper, first), (of, second) in pairs if paper != of), None)

    # -- names that hold words

    def _holding(self, words: Iterable[str]) -> Set[int]:
        """Return the records with names that hold all of `words`, as printed or but for what a key leaves apart.

        The longest come first, as few names hold them; once there are only some, the others are looked for in these.
        """
        found: set[int] | None = None
        for each in sorted({fold(word): programme_key(word) for word in words}.items(), key=lambda pair: -len(pair[0])):
            if found is None or len(found) > _SOME:
                some = {*self.printing(each[0]), *self._keyed(each[1])}
                found = some if found is None else found & some
            else:
                found = {record for record in found if self._holds(record, *each)}
        return found or set()

    def _holds(self, record: int, folded: str, key: str) -> bool:
        """Say whether the name of a record holds a word: as it is printed, spoilt or not, or in its key."""
        name = self.printed(record)
        return key in self.keys[self._numbers[record]] or folded in fold(name) or folded in fold(name, strings=False)

    def _keyed(self, part: str) -> Iterator[int]:
        """Yield the records of programmes whose key holds `part`."""
        held = bytes(part in each for each in self.keys)
        return compress(range(len(self._numbers)), map(held.__getitem__, self._numbers))

    def printing(self, folded: str) -> Iterator[int]:
        """Yield the records with names that hold `folded` as they are printed."""
        fields = self.stretches.fields
        sets = fields.sets
        found = self.stretches.characters.holding(folded)
        for record in sets.numbers(sets.whole(found.names)):
            if not self._label[record] or folded in fold(self.printed(record)):
                yield record
        for stretch in fields.among(found, ("label",)).others:
            records = range(fields.first[stretch], fields.end[stretch])
            yield from (each for each in records if folded in fold(self.printed(each)))

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
