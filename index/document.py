"""What a paper says, once it is understood."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

STAGES = {
    "request": "概算要求",
    "priority": "要望額",
    "draft": "予算案",
    "initial": "当初",
    "supplementary": "補正",
    "reserve": "予備費",
    "commitment": "国庫債務負担行為・総額",
    "fund": "基金",
    "carried": "繰越",
    "executed": "執行",
}
BOUNDS = {"exact": "確定", "about": "約・推計", "ceiling": "上限", "portion": "内数", "each": "単価"}
ROLES = {"own": "本体", "previous": "前年度", "part": "うち数", "total": "合計", "mention": "言及"}
FLAGS = {"new": "新規", "repeated": "再掲", "later": "後掲", "reference": "※"}
KINDS = {
    "item": "施策",
    "heading": "見出し",
    "row": "表の行",
    "passage": "本文",
    "programme": "予算事業",
    "subject": "科目",
}
ROWS = ("row", "programme", "subject")
"""The kinds of what stands in a row of a table: labels tell its columns apart, and are no names of programmes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: document, page (None where there are none), lines from 1."""

    document: str
    line: int
    end_line: int
    page: int | None = None

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper as it stands there, without its line end; `number` counts from 1."""

    number: int
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a paper besides its lines.

    `year` is a fiscal year, `stage` a key of STAGES; with `account` they hold for amounts that bear no
    mark of their own. `guessed` names the fields that were read from the paper's own head, `given` those that the user
    stated when it was added. `source` is where it came from; `digest` says of what it was made, and by which version of
    the code that reads papers.
    """

    id: str
    title: str
    publisher: str | None = None
    date: str | None = None
    year: int | None = None
    stage: str | None = None
    account: str | None = None
    file: str | None = None
    guessed: tuple[str, ...] = ()
    source: str | None = None
    digest: str | None = None
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source file: what is known of it, its lines."""

    about: About
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a paper that one mark opens, its wrapped lines made whole.

    `kind` is heading, entry, prose, row, or head for the heads of a table. `text` is what stands behind
    the mark; `origins` are pairs of an offset in `text` and the number of the line that begins there.
    `parent` is the position of the section it stands under, -1 at the top. `note` says that ※ opens it. Rows
    and heads have `cells`, a row the `heads` of its columns; `caption` is what stands above the table.
    """

    kind: str
    text: str
    origins: tuple[tuple[int, int], ...]
    mark: str | None = None
    rank: float = 0.0
    parent: int = -1
    note: bool = False
    page: int | None = None
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    caption: str = ""

    @property
    def line(self) -> int:
        """The first line of the section."""
        return self.origins[0][1]

    @property
    def end_line(self) -> int:
        """The last line of the section."""
        return self.origins[-1][1]

    def line_at(self, offset: int) -> int:
        """Return the line that the character of `text` at `offset` stands on."""
        behind = bisect_right(self.origins, offset, key=lambda origin: origin[0])
        return self.origins[max(0, behind - 1)][1]


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum of money as the paper states it, with its meaning.

    `yen` is exact. `years` are fiscal years; `stage`, `bound`, `role` and `flags` are keys of the tables
    above; `over` is the number of years that a commitment runs over; `written` is the paper's own words. A price
    for one head or place is `each`; of a range (「5億円～10億円」) the upper end is a ceiling; a `mention` is money
    that is no budget (「売上高1兆円」).
    """

    yen: int
    years: tuple[int, ...] = ()
    stage: str | None = None
    bound: str = "exact"
    role: str = "own"
    account: str | None = None
    label: str | None = None
    flags: tuple[str, ...] = ()
    over: int | None = None
    written: str = ""


_STAGE_ORDER = {stage: number for number, stage in enumerate(STAGES)}


def in_time(years: Sequence[int], stage: str | None) -> tuple[bool, tuple[int, ...], int]:
    """Return what puts fiscal years and stages in order; what bears neither comes last."""
    return not years, tuple(years), _STAGE_ORDER.get(stage or "", len(STAGES))


def previous_years(amounts: Sequence[Amount]) -> dict[int, int]:
    """Return the position of each amount that has the year before printed beside it, and the position of that.

    A sum of the year before belongs to the last one before it that is none itself, and no commitment, price or mention.
    """
    beside: dict[int, int] = {}
    own: int | None = None
    for position, amount in enumerate(amounts):
        if amount.role != "previous":
            beyond = amount.stage == "commitment" or amount.bound == "each" or amount.role == "mention"
            own = own if beyond else position
        elif own is not None:
            beside.setdefault(own, position)
    return beside


@dataclass(frozen=True, slots=True)
class Item:
    """One policy measure, or another stretch of a paper that can be found: see KINDS.

    `lead` is the policy paragraph that the item is listed under; `text` is the item's own text
    besides its name and amounts.
    """

    place: Place
    name: str
    number: str | None = None
    kind: str = "item"
    heading_path: tuple[str, ...] = ()
    lead: str = ""
    text: str = ""
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Remainder:
    """A mention of money that was not understood: its place, its words, why it is here."""

    place: Place
    written: str
    reason: str = field(default="")
