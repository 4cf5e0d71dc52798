"""An amount while it is being read, then with all that it did not say itself taken from around it."""

import re
from dataclasses import dataclass, field

from index.accounts import account_of
from index.amounts.when import read_when
from index.document import FLAGS, Amount
from index.notation import COMMITMENT_NAME, FUND

_MARK_AT_END = re.compile(r"[【〔（(](?P<mark>[^【】〔〕（）()]{1,40})[】〕）)]$")
BRACKETS = "括弧の中の金額の意味が分からない"
_HEAD = 40
FORMAL = ("request", "draft", "initial")
"""Papers of these stages print the budget of the year before beside their own."""

LATER_MONEY = ("supplementary", "reserve")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for amounts that bear no mark of their own: fiscal year, stage, account.

    `previous` says that a bare sum in brackets behind another one is the budget of the year before, that of
    `previous_year` and `previous_stage`; else such a sum is left to the audit.
    """

    year: int | None = None
    stage: str | None = None
    account: str | None = None
    previous_year: int | None = None
    previous_stage: str | None = None
    previous: bool = False


@dataclass(slots=True)
class Draft:
    """An amount while it is being read.

    `start` and `end` are offsets of the paper's words for it, `at` of the sum; `above` is the amount that it
    stands in brackets behind, or is a part of, `included` that うち or を含む say so; `led` that brackets with its
    year stand before it; `previous` is the bare sum of the year before in brackets behind it; `low` is where the
    lower end of a range stands, `doubt` why it is not understood after all.
    """

    yen: int
    at: int
    start: int
    end: int
    years: tuple[int, ...] = ()
    stages: tuple[str | None, ...] = ()
    bound: str = "exact"
    role: str = "own"
    account: str | None = None
    label: str | None = None
    side: str | None = None
    bare: bool = False
    flags: set[str] = field(default_factory=set)
    over: int | None = None
    above: "Draft | None" = None
    included: bool = False
    led: bool = False
    previous: int | None = None
    low: int | None = None
    doubt: str = ""

    @property
    def stage(self) -> str | None:
        """The one stage that its words say; of several only a commitment, which goes with any."""
        if len(set(self.stages)) <= 1:
            return self.stages[-1] if self.stages else None
        if len(known := set(self.stages) - {None}) == 1:
            return known.pop()  # 「【財政投融資】【令和2年度第2次補正：1兆3,000億円】」
        rest = set(self.stages) - {"commitment"}
        return "commitment" if "commitment" in self.stages and len(rest) <= 1 else None


@dataclass(frozen=True, slots=True)
class Around:
    """What an entry says for all of its amounts: its words, name, flags and account, and whether it is a heading."""

    text: str
    name: str = ""
    flags: frozenset[str] = frozenset()
    account: str | None = None
    heading: bool = False


def doubt_of(draft: Draft, defaults: Defaults) -> str:
    """Return why it is not known what the sum is, an empty text where it is known.

    A bare sum behind another needs the paper to say what such sums are.
    """
    if draft.doubt:
        return draft.doubt
    if draft.role == "previous" and draft.bare and not (draft.years or defaults.previous):
        return BRACKETS
    return doubt_of(draft.above, defaults) if draft.above else ""


def finish(draft: Draft, around: Around, defaults: Defaults) -> Amount:
    """Return the amount with what it did not say itself taken from the amount above it, the entry, the paper."""
    if draft.role == "mention":
        return _mentioned(draft, around)
    label = draft.label or (draft.above.label if draft.above else None)
    years, stage = _when(draft, label, around.name, defaults)
    stage = stage if draft.role == "previous" else in_draft(years, stage, defaults)
    heading = around.heading and draft.role == "own"
    account = draft.account or (draft.above and draft.above.account) or _mark_in(label) or around.account
    flags = draft.flags | (around.flags - {"new"} if draft.role == "previous" else around.flags)
    return Amount(
        yen=draft.yen,
        years=years,
        stage=stage,
        bound=draft.bound,
        role="total" if heading else draft.role,
        account=account or (None if around.heading else defaults.account),
        label=label,
        flags=tuple(flag for flag in FLAGS if flag in flags),
        over=draft.over,
        written=_written(draft, around),
    )


def in_draft(years: tuple[int, ...], stage: str | None, defaults: Defaults) -> str | None:
    """Return the stage of an amount; 「R7予算」 and 「R7当初」 in the draft of that year's budget are of the draft."""
    own = defaults.stage == "draft" and stage == "initial" and years == (defaults.year,)
    return "draft" if own else stage


def _mentioned(draft: Draft, around: Around) -> Amount:
    """Return money that is no budget, with nothing but what stands beside it: 「売上高1兆円」."""
    flags = tuple(flag for flag in FLAGS if flag in draft.flags)
    bound = draft.bound if draft.bound != "portion" else "exact"
    return Amount(draft.yen, draft.years, None, bound, "mention", flags=flags, written=_written(draft, around))


def _written(draft: Draft, around: Around) -> str:
    return around.text[draft.start : draft.end].strip(" 　、，,")


def _when(draft: Draft, label: str | None, name: str, defaults: Defaults) -> tuple[tuple[int, ...], str | None]:
    """Return the years and the stage of an amount."""
    if draft.role == "previous":
        return _previous(draft, defaults)
    years, stages, stage = draft.years, draft.stages, draft.stage
    if draft.above is not None:
        years = years or draft.above.years
        if not stages and not (draft.role == "own" and draft.above.stage in ("commitment", "fund")):
            stages, stage = draft.above.stages, draft.above.stage
    default_years = () if defaults.year is None else (defaults.year,)
    if (len(set(stages)) > 1 and FUND.search(name[-80:])) or (
        not (years or stages) and FUND.search((label or "")[-80:])
    ):
        return years, "fund"
    if not stages and COMMITMENT_NAME.search(name[:80]):
        return years or default_years, "commitment"
    if not years and not stages:
        named = read_when(name[:_HEAD], defaults.year)  # 「令和6年度補正予算（第1号）の規模 12億円」
        if named.first == 0 and named.years and len(set(named.stages)) == 1:
            return named.years, named.stages[0]
        return default_years, defaults.stage
    if not years:
        # 「補正予算額」 in a request is that of another year, and which one is not said.
        return (() if defaults.stage == "request" and stage in LATER_MONEY else default_years), stage
    return years, defaults.stage if not stages and years == default_years else stage


def _previous(draft: Draft, defaults: Defaults) -> tuple[tuple[int, ...], str | None]:
    """Return the years and stage of the year before: what it says, what the paper says, what it stands beside."""
    before = () if defaults.previous_year is None else (defaults.previous_year,)
    if draft.stage in LATER_MONEY and not draft.years:
        return (), draft.stage  # which year's is not said
    years = draft.years or before
    if draft.stages:
        return years, draft.stage
    beside = "initial" if draft.above and draft.above.stage in ("initial", "draft") else None
    return years, (defaults.previous_stage if years == before else None) or beside


def _mark_in(label: str | None) -> str | None:
    """Return the account that a label ends with: 「…センター整備事業【復興】」 (white paper, line 514)."""
    match = _MARK_AT_END.search(label or "")
    return account_of(match["mark"]) if match else None
