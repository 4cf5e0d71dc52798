"""The words of an entry or of a cell into amounts, each with its meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.accounts import account_of
from index.amounts.drafts import Around, Defaults, Draft, doubt_of, finish, in_draft
from index.amounts.names import clean, is_part, name_span, status_of
from index.amounts.reading import Reader
from index.amounts.relations import (
    UNREAD,
    WHOLE,
    settle_funding,
    settle_prices,
    settle_request,
    settle_share,
    settle_spent,
    settle_years,
)
from index.amounts.when import bound_in, read_when
from index.document import Amount
from index.totals import TOTAL_NAME, WHOLE_COST

CROWDED = "一つの項目に多すぎる金額"
_MOST = 500
"""An entry of more sums than this is none: which belongs to which cannot be told, and takes ever longer to try."""

_ACCOUNT_FIRST = re.compile(r"[ 　]*[【〔＜<（(](?P<name>[^【】〔〕＜＞<>（）() 　]{1,20}会計)[】〕＞>）)]")
"""「【一般会計】　52億3,400万円」: where nothing else is named, the account is."""

_FIRM = ("exact", "about")
_TOPIC = re.compile("[はがもを]$")


@dataclass(frozen=True, slots=True)
class Left:
    """A sum that was not understood: where it stands in the text, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry's words say: its name, its amounts, its text besides, and the sums that were not understood.

    `flags` and `account` are those of the whole entry, whether it has amounts or not.
    """

    name: str
    amounts: tuple[Amount, ...] = ()
    text: str = ""
    left: tuple[Left, ...] = ()
    flags: frozenset[str] = frozenset()
    account: str | None = None


def read_entry(text: str, defaults: Defaults, *, heading: bool = False) -> Entry:
    """Return what the words of an entry say.

    The name ends where money or a mark begins; brackets of it that hold no sum are its own
    (「ものづくり…促進事業（ものづくり補助金）（…：2023年度補正予算額2,000億円の内数、…）」, white paper, line 68).
    A heading's sums are totals, without the account that holds for entries.
    """
    reader = Reader(text, defaults.year)
    start, end = name_span(reader.parsed, defaults.year)
    if len(reader.parsed.sums) > _MOST:
        left = tuple(Left(each.start, each.end, CROWDED) for each in reader.parsed.sums)
        return Entry(clean(text[start:end]), left=left)
    if status := status_of(text):
        reader.flags.update(status.flags)
        reader.remarks.extend(status.words)
    reader.walk(end, len(text), top=True)
    name = clean(text[start:end])
    if (
        end < len(text)
        and _says_no_more(name, text, reader.drafts)
        and all(draft.doubt or draft.role == "mention" for draft in reader.drafts)
    ):
        name, reader.remarks = clean(text[start:]), []  # 「輸出額は3,600億円を超えた。」 has no name but itself
    if (account := _ACCOUNT_FIRST.match(text)) and name in ("", account[0].strip(" 　")):
        name = account["name"]
    around = Around(text, name, frozenset(reader.flags), reader.account or account_of(name), heading)
    if reader.parsed.holds_sum(start, end):
        reader.say(start, end)
    amounts, left = _settle(reader, around, defaults)
    role = "part" if start and is_part(text, start) else "own"
    if role == "own" and (account_of(name) or TOTAL_NAME.search(name[-40:])):
        role = "total"
    if role != "own":
        amounts = tuple(replace(each, role=role) if each.role == "own" else each for each in amounts)
    return Entry(name, amounts, " ".join(reader.remarks), left, around.flags, around.account)


def _says_no_more(name: str, text: str, drafts: Sequence[Draft]) -> bool:
    """Say whether a name ends in a topic, or goes on behind the one sum in it: 「輸出額は…」, 「GDP600兆円の実現」."""
    if _TOPIC.search(name):
        return True
    mention = len(drafts) == 1 and drafts[0].role == "mention"
    return mention and text[drafts[0].end : drafts[0].end + 1] in ("の", "を", "に", "へ", "る")


def read_cell(text: str, head: str, defaults: Defaults) -> tuple[tuple[Amount, ...], tuple[Left, ...]]:
    """Return the amounts of a cell of a table; what the cell does not say itself, the `head` of its column does."""
    reader = Reader(text, defaults.year)
    reader.walk(0, len(text), top=True)
    column = _column(head, defaults)
    amounts, left = _settle(reader, Around(text, "", frozenset(reader.flags), reader.account), column)
    if bound_in(head) == "ceiling":
        amounts = tuple(replace(each, bound="ceiling") if each.bound in _FIRM else each for each in amounts)
    return amounts, left


def _column(head: str, defaults: Defaults) -> Defaults:
    """Return what holds for the cells below `head`; several years or stages in one head leave it open."""
    when = read_when(head, defaults.year)
    year = when.years[0] if len(when.years) == 1 else None if when.years else defaults.year
    if len(set(when.stages)) == 1:
        stage = when.stages[0]
    elif when.stages or year is None:
        stage = None
    elif year == defaults.year:
        stage = defaults.stage
    else:
        stage = defaults.previous_stage if defaults.previous and year == defaults.previous_year else None
    return replace(defaults, year=year, stage=in_draft((year,) if year else (), stage, defaults))


def _settle(reader: Reader, around: Around, defaults: Defaults) -> tuple[tuple[Amount, ...], tuple[Left, ...]]:
    """Return the amounts that were understood, and the sums that were not."""
    amounts: list[Amount] = []
    reasons = dict.fromkeys((each.start for each in reader.parsed.sums), UNREAD)
    settle_request(reader.drafts, defaults)
    settle_share(reader.drafts)
    if len(reader.drafts) > 1:
        settle_spent(reader.drafts)
        settle_funding(reader.drafts)
        settle_prices(reader.drafts)
    if any(draft.side == "国費" and draft.above is None for draft in reader.drafts):
        for draft in reader.drafts:
            draft.doubt = draft.doubt or (WHOLE if draft.above is None and WHOLE_COST.search(draft.side or "") else "")
    settle_years(reader.drafts, defaults)
    for draft in reader.drafts:
        reasons[draft.at] = doubt_of(draft, defaults)
        if draft.low is not None:
            reasons[draft.low] = reasons[draft.at]
        if not reasons[draft.at]:
            amounts.append(finish(draft, around, defaults))
    left = tuple(Left(each.start, each.end, reasons[each.start]) for each in reader.parsed.sums if reasons[each.start])
    return tuple(amounts), left
