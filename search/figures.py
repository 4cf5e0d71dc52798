"""What is said about sums: totals, checks against printed totals, histories, comparisons, facets."""

from typing import TYPE_CHECKING, NamedTuple

from index.document import About, Amount, Item, Place
from search.results import ResultPage

if TYPE_CHECKING:
    from index.store.catalog import Catalog

REASONS = {
    "previous": "前年度の額",
    "total": "見出し・表の合計",
    "part": "うち数",
    "repeated": "再掲",
    "later": "後掲",
    "commitment": "国庫債務負担行為・総額",
    "ceiling": "上限",
    "portion": "内数",
    "each": "単価",
    "mention": "言及",
    "transfer": "会計間の繰入",
    "revenue": "歳入",
    "prose": "本文中の額",
    "again": "重ねて記載",
    "elsewhere": "別の文書にも記載",
    "possible": "可能性",
    "related": "関連",
}
"""Why a total leaves an amount out; the first of these that holds is the one that is given."""

BREAKDOWNS = {"account": "会計", "heading": "見出し", "document": "文書", "stage": "段階", "year": "年度"}
"""What a total can be broken down by."""

VERDICTS = {"exact": "一致", "rounding": "端数の範囲", "partial": "一部のみ記載", "unexplained": "説明できない差"}
"""What comes of holding a printed total against its parts."""


class Addend:
    """One amount of an item, as a total counts it or leaves it out.

    Totals have tens of thousands of them: what one says is read from the store, or from its item, when it is asked for.
    """

    __slots__ = ("_catalog", "_item", "_record", "position")

    def __init__(self, item: Item, position: int) -> None:
        self._item: Item | None = item
        self.position = position
        self._catalog: Catalog | None = None
        self._record = 0

    @classmethod
    def of(cls, record: int, catalog: "Catalog") -> "Addend":
        """Return the amount of a record of a store."""
        made = cls.__new__(cls)
        made._item, made._catalog, made._record = None, catalog, record
        made.position = record - catalog.item_first[catalog.record_item[record]]
        return made

    @property
    def item(self) -> Item:
        """The item that it is an amount of."""
        if self._item is None:
            assert self._catalog is not None
            self._item = self._catalog.item(self._catalog.record_item[self._record])
        return self._item

    @property
    def amount(self) -> Amount:
        """The amount itself."""
        amount = self._catalog.amount(self._record) if self._catalog and not self._item else None
        return amount or self.item.amounts[self.position]

    @property
    def yen(self) -> int:
        """The sum itself; all those of a total are asked for it."""
        if self._catalog and not self._item:
            return self._catalog.columns.numbers("record.yen")[self._record]
        return self.amount.yen

    @property
    def place(self) -> Place:
        """Where its item stands."""
        if self._catalog and not self._item:
            return self._catalog.place(self._catalog.record_item[self._record])
        return self.item.place

    @property
    def name(self) -> str:
        """What the money is for: the label that the amount is printed under, else the item."""
        return self.amount.label or self.item.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Addend) and (self.item, self.position) == (other.item, other.position)

    def __hash__(self) -> int:
        return hash((self.place, self.position))

    def __repr__(self) -> str:
        return f"Addend({self.item!r}, {self.position})"


class LeftOut(NamedTuple):
    """An amount that a total leaves out: why (a key of REASONS), and where it is counted if it is a repeat."""

    addend: Addend
    reason: str
    instead: Place | None = None


class Share(NamedTuple):
    """A part of a total: its name (None where there is no value), its sum in yen, the number of amounts in it."""

    name: str | None
    yen: int
    number: int


class Total(NamedTuple):
    """The safe sum of one combination of fiscal years and one stage; nothing is added across these.

    `yen` is the sum of `counted`, `naive` that of these and of all that was left out. `shares` break `yen` down, if
    that was asked for. `about` says that one of those counted is approximate.
    """

    years: tuple[int, ...]
    stage: str | None
    yen: int
    naive: int
    counted: tuple[Addend, ...]
    left_out: tuple[LeftOut, ...]
    shares: tuple[Share, ...] = ()
    about: bool = False


class TotalPage(NamedTuple):
    """The totals of a query, in order of years and stages.

    `unsure` are the amounts of the possible and the related hits, which no total takes; `by` is a key of BREAKDOWNS.
    `unread` are the papers of its amounts in which not all was understood: their ids, in how many places.
    """

    query: str
    reading: str
    totals: tuple[Total, ...]
    unsure: tuple[LeftOut, ...]
    by: str | None
    seconds: float
    diagnosis: tuple[str, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()


class Check(NamedTuple):
    """A printed total held against its parts.

    `title` is the heading or the row that prints it, `yen` what it prints, `sum` what its parts come to. `verdict` is
    a key of VERDICTS; `tolerance` is how much rounding may make of a difference: half a unit of the last printed
    digit of each part and of the total, in yen.
    """

    title: str
    place: Place
    years: tuple[int, ...]
    stage: str | None
    yen: int
    sum: int
    parts: tuple[Addend, ...]
    left_out: tuple[LeftOut, ...]
    tolerance: int
    verdict: str

    @property
    def difference(self) -> int:
        """By how many yen the parts come to more than is printed."""
        return self.sum - self.yen


class CheckPage(NamedTuple):
    """All printed totals of a document, or of one of its headings; `partial` quotes where it says it is no full list.

    That is its line and words, None where it says nothing of the kind. `diagnosis` says why there are no checks.
    """

    document: str
    title: str
    heading: str | None
    checks: tuple[Check, ...]
    partial: tuple[int, str] | None
    diagnosis: tuple[str, ...] = ()


class Link(NamedTuple):
    """Two names of programmes that belong together: `score` is 100 where they are the same, less where they are alike.

    `same` says that they are the same but for widths, spaces, brackets and endings; else the link is a possible one.
    """

    name: str
    place: Place
    other: str
    other_place: Place
    same: bool
    score: float


class LinkPage(NamedTuple):
    """The links between the documents of a store; `note` says where not all were looked for."""

    links: tuple[Link, ...]
    note: str = ""


class Entry(NamedTuple):
    """An amount in a programme's history.

    `score` is None where the name is the programme's own, else how alike its name is (0–100): it is possible only.
    `repeats` are the places where the same sum stands again; `reason` is why a total would leave it out, if it would.
    """

    addend: Addend
    score: float | None = None
    reason: str | None = None
    repeats: tuple[Place, ...] = ()


class Point(NamedTuple):
    """A point of a history: the safe sum of one fiscal year and stage, in yen; None where nothing can be counted.

    `previous` says that no paper states the sum as its own: it is printed as the year before beside a later amount.
    """

    years: tuple[int, ...]
    stage: str | None
    yen: int | None
    previous: bool = False


class Gist(NamedTuple):
    """A point of a query's sums beside what all its amounts would naively come to, and how many they are."""

    point: Point
    naive: int
    number: int


class Outcome(NamedTuple):
    """What became of a request: `got` are the initial budget of its year and the supplementary one of the year before.

    All sums are safe ones of the programme itself, in yen; what is only possible is in none of them. `open` are those
    of the same years and stages where portions or ceilings stand, too: what was got may then be more.

    `executed` is what was spent in that year, of the money that was `available` (歳出予算現額: budgets, what was
    carried over, reserve), where papers say so. A year of which only that is known has nothing `requested`.
    """

    year: int
    requested: int | None
    got: tuple[Point, ...]
    open: tuple[Point, ...] = ()
    executed: int | None = None
    available: int | None = None

    @property
    def yen(self) -> int:
        """What was got in all."""
        return sum(each.yen or 0 for each in self.got)

    @property
    def share(self) -> float | None:
        """What was got as a share of what was requested, None where nothing followed or nothing was requested."""
        return self.yen / self.requested if self.got and self.requested else None

    @property
    def rate(self) -> float | None:
        """What was executed as a share of what was available."""
        return self.executed / self.available if self.executed is not None and self.available else None


class HistoryPage(NamedTuple):
    """One programme through all documents and stages; `names` are the names that are the same, `alike` the others."""

    name: str
    names: tuple[str, ...]
    alike: tuple[tuple[str, float], ...]
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]
    outcomes: tuple[Outcome, ...]


class Pair(NamedTuple):
    """A programme on both sides of a comparison: its safe sums in yen, None where it has none there.

    `kind` is a key of CHANGES: open where a side has the programme, but with nothing that can be counted (portions,
    ceilings), or does not say what it was the year before. `places` are those of what is counted, before and then
    after, or of what is open. `alike` is a programme of a similar name that is only on the other side, with its score,
    where this one is new or gone.
    """

    name: str
    kind: str
    before: int | None
    after: int | None
    places: tuple[Place, ...]
    alike: tuple[str, float] | None = None

    @property
    def change(self) -> int | None:
        """By how many yen the second side is more than the first, where new and gone count as none; None if open."""
        return None if self.kind == "open" else (self.after or 0) - (self.before or 0)


CHANGES = {
    "grew": "増えた",
    "shrank": "減った",
    "new": "新しい",
    "gone": "なくなった",
    "equal": "同じ",
    "open": "比べられない",
}
"""What a comparison says of a programme."""


class Side(NamedTuple):
    """One side of a comparison: a fiscal year and a stage, of one paper or of all.

    `label` says it in Japanese (「2024年度 当初」, with the id of the paper if it is one), `yen` is the sum of its
    programmes, as a total counts them. `years` is empty and `stage` None where the papers do not say.
    """

    label: str
    years: tuple[int, ...]
    stage: str | None
    yen: int


class Section(NamedTuple):
    """Two sides of one comparison, each programme once, by kind (in the order of CHANGES) and then by size of change.

    The sums of `before` and `after` are those of all its pairs. `left_out` is what no pair counts. `note` says for
    which of them no similar names were looked for, if not for all.
    """

    before: Side
    after: Side
    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    note: str = ""

    @property
    def compared(self) -> tuple[int, int]:
        """What both sides come to, in yen, without the pairs that are open."""
        known = [each for each in self.pairs if each.kind != "open"]
        return sum(each.before or 0 for each in known), sum(each.after or 0 for each in known)


class ComparePage(NamedTuple):
    """A comparison: one section for each stage (or year) that both sides have, as stages are not added to each other.

    `query` is what both sides were narrowed to, empty for nothing. `alone` are sides that have no counterpart.
    `diagnosis` says why the query finds nothing, if it does.
    """

    query: str
    sections: tuple[Section, ...]
    alone: tuple[Side, ...] = ()
    diagnosis: tuple[str, ...] = ()


class Bucket(NamedTuple):
    """One value of a facet: how many hits have it, and the safe sums of the certain ones by years and stage.

    `query` is the condition that narrows the search to it, None where the query language has none. `within` are the
    values below it (headings of the second level).
    """

    label: str
    hits: int
    sums: tuple[Point, ...]
    query: str | None = None
    within: tuple["Bucket", ...] = ()


class Facet(NamedTuple):
    """One facet of the hits of a query; `without` is how many hits have no value of it."""

    name: str
    label: str
    buckets: tuple[Bucket, ...]
    without: int


class FacetPage(NamedTuple):
    """The facets of a query's hits."""

    query: str
    reading: str
    hits: int
    facets: tuple[Facet, ...]
    diagnosis: tuple[str, ...] = ()


class BriefPage(NamedTuple):
    """What one takes to a meeting about a query: its sums, the histories of its programmes, its hits with their lines.

    `query` is as it was typed, so that its reader knows it again; `reading` is how it was understood.
    `quotes` are the numbered lines of the paper for each hit of `hits`, in their order; `documents` are the papers that
    anything here stands in; `date` is the day it was made on (YYYY-MM-DD).
    """

    query: str
    reading: str
    total: TotalPage
    histories: tuple[HistoryPage, ...]
    hits: ResultPage
    quotes: tuple[tuple[tuple[int, str], ...], ...]
    documents: tuple[About, ...]
    date: str
