"""What a sum is to the sums and words beside it: the year before, a part, a price, a mere difference."""

import re

from index.amounts.drafts import BRACKETS, Defaults, Draft
from index.amounts.when import PUNCTUATION
from index.notation import (
    DIFFERENCE_BEFORE,
    DIFFERENCE_BEHIND,
    OTHER_MONEY,
    PREVIOUS,
    UNIT_COST,
    UNIT_COST_BEHIND,
    WHOLE_COST,
)
from index.yen import Sum

DIFFERENCE = "増減額"
PRICE = "単価・対象の規模"
ORDER = "前後の並びが分からない"
SHARE = "内訳と読めない金額"
WHOLE = "国費と重なる事業費"
UNREAD = "予算額と読めない金額"

_RANGE = re.compile(r"[ 　]*(?:[〜~～－−-]|から)[ 　]*約?[ 　]*")
_ARROW = re.compile(r"[ 　]*[→⇒➡][ 　]*")
_NEAR = 40


def other_money(text: str, found: Sum) -> str:
    """Return why a sum in `text` is no budget: what was added since another year, a price, a unit without a number."""
    near = text[max(0, found.start - _NEAR) : found.start]
    if DIFFERENCE_BEFORE.search(near) or DIFFERENCE_BEHIND.match(text, found.end):
        return DIFFERENCE
    if UNIT_COST.search(near) or UNIT_COST_BEHIND.match(text, found.end):
        return PRICE
    lone = found.written[0] in "百千万億兆" and near.rstrip(" 　").endswith((")", "）"))
    return UNREAD if lone or OTHER_MONEY.search(near) else ""


def settle_beside(draft: Draft, cue: str, before: Draft | None) -> None:
    """Settle what two sums are that nothing but a mark stands between.

    「9億円 → 10億円」: the year before, and this one. 「5億円～10億円」 is no sum; nor is it known which of
    「1,234千円　1,100千円」 is this year's where no head says so.
    """
    if before is None or before.doubt == DIFFERENCE:
        return
    if _ARROW.match(cue) and before.role == "own":
        before.role, before.bare, before.above = "previous", not before.years, None
    elif _RANGE.fullmatch(cue) or not cue.strip(" 　\t\n"):
        before.doubt = before.doubt or ORDER
        draft.doubt = draft.doubt or ORDER


def settle_below(draft: Draft, above: Draft, words: str, part: bool, second: bool, base: int | None) -> None:
    """Settle what a sum in brackets behind another is, from the `words` in front of it.

    `part` says that うち or を含む stands with it, `second` that another bare sum stood there before.
    """
    if part:
        draft.role = "part"
    elif not words.strip(PUNCTUATION):
        draft.role, draft.bare = "previous", True
        draft.doubt = draft.doubt or (BRACKETS if second else "")
    elif _is_earlier(draft, above, words, base):
        draft.role = "previous"
    elif not (set(draft.stages) & {"commitment", "fund"} or draft.years or (draft.stages and above.stages)):
        draft.role = "part"
    elif draft.years and not above.years and base is None:
        draft.doubt = draft.doubt or BRACKETS
    if draft.yen < 0:
        draft.doubt = DIFFERENCE
    elif draft.role == "part" and (draft.yen > above.yen or WHOLE_COST.search(draft.side or "")):
        draft.doubt = SHARE


def settle_years(drafts: list[Draft], defaults: Defaults) -> None:
    """Settle sums of an earlier year beside one of the paper's own: 「R6要求額：10億円 / R5予算額：9億円」.

    Only in a request or a budget; a white paper reports the years side by side (white paper, line 61).
    """
    base = defaults.year
    if base is None or defaults.stage not in ("request", "initial"):
        return
    own = [draft for draft in drafts if draft.role == "own" and draft.above is None]
    labels = {draft.label for draft in own if base in draft.years}
    for draft in own:
        budget = all(stage in ("initial", None) for stage in draft.stages)
        if draft.label in labels and draft.years and max(draft.years) < base and budget:
            draft.role = "previous"


def _is_earlier(draft: Draft, above: Draft, words: str, base: int | None) -> bool:
    """Say whether a sum is of a year before that of `above`: 「前年度 」, 「令和5年度当初：」, （R4 補正）."""
    year = max(above.years, default=base)
    if draft.years and year is not None:
        return max(draft.years) < year
    return not draft.years and bool(PREVIOUS.search(words))
