"""What a store holds, read back from its columns as items and papers."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from index.document import About, Amount, Item, Place, Remainder
from index.store.columns import Columns
from index.store.flat import BOUND_CODES, FLAG_CODES, KIND_CODES, NONE, ROLE_CODES, STAGE_CODES


class Catalog:
    """The papers, items and amounts of a store, by their numbers."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._strings = columns.strings("string")
        self._accounts = columns.strings("account")
        self._years = columns.strings("years")
        self._about = columns.strings("about")
        self._ids: dict[int, str] = {}
        self.paper_first = columns.numbers("paper.first")
        self.item_first = columns.copied("item.first")
        self.record_item = columns.copied("record.item")

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return len(self._about)

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.item_first) - 1

    def about(self, paper: int) -> About:
        """Return what is known of a paper."""
        id_, title, publisher, date, year, stage, account, file, source, digest, given = self._about[paper].split("\t")
        return About(
            id_,
            title,
            publisher or None,
            date or None,
            int(year) if year else None,
            stage or None,
            account or None,
            file or None,
            source=source or None,
            digest=digest or None,
            given=tuple(given.split()),
        )

    def paper(self, document: str) -> int | None:
        """Return the number of the paper with the id `document`."""
        return next((n for n in range(self.papers) if self._about[n].split("\t", 1)[0] == document), None)

    def items_of(self, paper: int) -> range:
        """Return the numbers of the items of a paper."""
        return range(self.paper_first[paper], self.paper_first[paper + 1])

    def records_of(self, item: int) -> range:
        """Return the numbers of the records of an item."""
        return range(self.item_first[item], self.item_first[item + 1])

    def items_at(self, paper: int, line: int) -> list[int]:
        """Return the numbers of the items that begin on a line of a paper, else of those that the line is part of."""
        lines, ends = self.columns.numbers("item.line"), self.columns.numbers("item.end_line")
        here = [n for n in self.items_of(paper) if lines[n] == line]
        return here or [n for n in self.items_of(paper) if lines[n] <= line <= ends[n]]

    def place(self, item: int) -> Place:
        """Return where an item stands."""
        papers, lines, ends, pages = self._places
        paper = papers[item]
        if paper not in self._ids:
            self._ids[paper] = self._about[paper].split("\t", 1)[0]
        return Place(self._ids[paper], lines[item], ends[item], pages[item] or None)

    @cached_property
    def _places(self) -> "tuple[memoryview[int], ...]":
        """The paper, the first and the last line, and the page of each item."""
        return tuple(map(self.columns.numbers, ("item.paper", "item.line", "item.end_line", "item.page")))

    def item(self, item: int) -> Item:
        """Return an item with its amounts."""
        numbers = self.columns.numbers
        return Item(
            self.place(item),
            self._strings[numbers("item.name")[item]],
            self._string(numbers("item.number")[item]),
            KIND_CODES[numbers("item.kind")[item]],
            self.path(numbers("item.heading")[item]),
            self._strings[numbers("item.lead")[item]],
            self._strings[numbers("item.text")[item]],
            tuple(amount for record in self.records_of(item) if (amount := self.amount(record))),
        )

    def amount(self, record: int) -> Amount | None:
        """Return the amount of a record, None if it has none."""
        numbers = self.columns.numbers
        role = ROLE_CODES[numbers("record.role")[record]]
        if role is None:
            return None
        flags = numbers("record.flags")[record]
        return Amount(
            numbers("record.yen")[record],
            self.years(numbers("record.years")[record]),
            STAGE_CODES[numbers("record.stage")[record]],
            BOUND_CODES[numbers("record.bound")[record]],
            role,
            self._accounts[numbers("record.account")[record]] or None,
            self._string(numbers("record.label")[record]),
            tuple(flag for bit, flag in enumerate(FLAG_CODES) if flags >> bit & 1),
            numbers("record.over")[record] or None,
            self._strings[numbers("record.written")[record]],
        )

    def previous(self, record: int) -> int | None:
        """Return the record of the amount of the year before that is printed beside a record's."""
        previous = self.columns.numbers("record.previous")[record]
        return None if previous == NONE else previous

    def years(self, code: int) -> tuple[int, ...]:
        """Return the fiscal years that a code among the records' years stands for."""
        return tuple(map(int, self._years[code].split()))

    def all_years(self) -> list[tuple[int, ...]]:
        """Return the fiscal years of each code."""
        return [self.years(code) for code in range(len(self._years))]

    def accounts(self) -> list[str]:
        """Return the account of each code; the first is none."""
        return [self._accounts[code] for code in range(len(self._accounts))]

    def remainders(self, paper: int) -> Iterator[Remainder]:
        """Yield what was not understood of a paper."""
        document = self.about(paper).id
        rows = self.columns.strings("remainder")
        for number in range(len(rows)):
            of, line, page, written, reason = rows[number].split("\t")
            if int(of) == paper:
                yield Remainder(Place(document, int(line), int(line), int(page) or None), written, reason)

    def paper_of(self, item: int) -> int:
        """Return the number of the paper of an item."""
        return bisect_right(self.paper_first, item) - 1

    def _string(self, number: int) -> str | None:
        return self._strings[number] if number else None

    def path(self, heading: int) -> tuple[str, ...]:
        """Return the headings from the top of a paper down to the one of this number, none for 0."""
        titles, above = self.columns.numbers("heading.title"), self.columns.numbers("heading.above")
        path = []
        while heading:
            path.append(self._strings[titles[heading - 1]])
            heading = min(above[heading - 1], heading - 1)  # one above stands before; no damage makes this endless
        return tuple(reversed(path))
