"""What a sum is to the sums and words beside it: the year before, a part, a price, a mere difference."""

import re

from index.amounts.drafts import BRACKETS, Defaults, Draft
from index.amounts.when import PUNCTUATION
from index.notation import (
    BESIDES,
    BUDGET_WORDS,
    DIFFERENCE_BEFORE,
    DIFFERENCE_BEHIND,
    EXCLUDED,
    LEAST_BUDGET,
    MONEY_NAME,
    OTHER_MONEY,
    PREVIOUS,
    STATEMENT,
    THRESHOLD,
    TOPIC,
    UNIT_COST,
    UNIT_COST_BEHIND,
    WHOLE_COST,
    YEARLY,
)
from index.yen import Sum

DIFFERENCE = "増減額"
PRICE = "単価・対象の規模"
ORDER = "前後の並びが分からない"
SHARE = "内訳と読めない金額"
WHOLE = "国費と重なる事業費"
OUTSIDE = "除かれる金額"
UNREAD = "予算額と読めない金額"

_RANGE = re.compile(r"[ 　]*(?:[〜~～－−-]|から)[ 　]*約?[ 　]*")
_ARROW = re.compile(r"[ 　]*[→⇒➡][ 　]*")
_NEAR, _NEARER = 40, 20
_SUM_ENDS = frozenset("兆億万円0123456789０１２３４５６７８９")
_BEHIND = re.compile(
    r"(?:[ 　]*[→⇒➡][ 　]*[0-9０-９,，.．兆億百十万千円]+)?(?:[ 　]*の?内数)?"
    r"(?:[ 　]*[（(【〔\[＜<][^（(【〔\[＜<）)】〕\]＞>]*[）)】〕\]＞>])*[ 　。]*"
)
_BUDGETS = {"initial", "supplementary", "reserve"}
_UNREAD_SUM = re.compile(
    r"(?:[0-9０-９][百千]?[兆億万]|[0-9０-９百千兆億万]円"
    r"|(?<![0-9０-９,，.．])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+)[ 　]*$"
)


def other_money(text: str, found: Sum) -> str:
    """Return why a sum in `text` is no budget: what was added since another year, a price, a unit without a number."""
    near = text[max(0, found.start - _NEAR) : found.start]
    if DIFFERENCE_BEFORE.search(near) or DIFFERENCE_BEHIND.match(text, found.end):
        return DIFFERENCE
    if EXCLUDED.match(text, found.end):
        return OUTSIDE
    if MONEY_NAME.search(near) and found.yen >= LEAST_BUDGET and _ends_entry(text, found):
        return ""
    if UNIT_COST.search(near) or UNIT_COST_BEHIND.match(text, found.end) or THRESHOLD.match(text, found.end):
        return PRICE
    lone = found.written[0] in "百千万億兆" and near.rstrip(" 　").endswith((")", "）"))
    return UNREAD if lone or OTHER_MONEY.search(near[-_NEARER:]) or _is_statement(text, near, found) else ""


def behind_unread(text: str, at: int) -> bool:
    """Say whether what stands directly before `at` is a sum that was not understood: 「100億（90億円）」."""
    near = text[max(0, at - _NEARER) : at]
    return near.rstrip(" 　")[-1:] in _SUM_ENDS and _UNREAD_SUM.search(near) is not None


def _ends_entry(text: str, found: Sum) -> bool:
    """Say whether a sum is the first of an entry, and nothing but brackets stands behind it."""
    first = all(text.find(each, 0, found.start) < 0 for each in "円。")
    return first and _BEHIND.fullmatch(text, found.end) is not None


def _is_statement(text: str, near: str, found: Sum) -> bool:
    """Say whether a sentence says a sum of the world: 「訪日客の支出は8兆円に達した」."""
    topic = TOPIC.search(near) if STATEMENT.match(text, found.end) else None
    return topic is not None and not BUDGET_WORDS.search(topic[0])


def settle_beside(draft: Draft, cue: str, before: Draft | None) -> None:
    """Settle what two sums are that nothing but a mark stands between.

    「9億円 → 10億円」: the year before, and this one. 「5億円～10億円」 is no sum; nor is it known which of
    「1,234千円　1,100千円」 is this year's where no head says so.
    """
    if before is None or before.doubt == DIFFERENCE:
        return
    beside_both = not cue.strip(" 　\t\n") and before.previous is not None
    if beside_both and (draft.yen < 0 <= before.yen or draft.yen == before.yen - (before.previous or 0)):
        draft.doubt = DIFFERENCE  # 「35億円（32億円）　▲3億円　▲8.6%」
        return
    if _ARROW.match(cue) and before.role == "own":
        before.role, before.bare, before.above = "previous", not before.years, None
    elif _RANGE.fullmatch(cue) or not cue.strip(" 　\t\n/／"):
        before.doubt = before.doubt or ORDER
        draft.doubt = draft.doubt or ORDER


def settle_below(draft: Draft, above: Draft, words: str, part: bool, second: bool, base: int | None) -> None:
    """Settle what a sum in brackets behind another is, from the `words` in front of it.

    `part` says that うち or を含む stands with it, `second` that another bare sum stood there before.
    """
    draft.included = part
    if part:
        draft.role = "part"
    elif not words.strip(PUNCTUATION):
        draft.role, draft.bare = "previous", True
        above.previous = draft.yen
        draft.doubt = draft.doubt or (BRACKETS if second else "")
    elif _is_earlier(draft, above, words, base):
        draft.role = "previous"
    elif not (_is_besides(draft, words) or draft.years or (draft.stages and above.stages)):
        draft.role = "part"
    elif draft.years and not above.years and base is None:
        draft.doubt = draft.doubt or BRACKETS
    if draft.yen < 0:
        draft.doubt = DIFFERENCE
    elif draft.role == "part" and (draft.yen > above.yen or WHOLE_COST.search(draft.side or "")):
        draft.doubt = SHARE


def _is_besides(draft: Draft, words: str) -> bool:
    """Say whether a sum in brackets is none of the one in front of them: 別途, 年割額, 「国庫債務負担行為 40億円」."""
    besides = BESIDES.match(words.lstrip(PUNCTUATION)) or YEARLY.search(words)
    return bool(besides or set(draft.stages) & {"commitment", "fund"})


def settle_share(drafts: list[Draft]) -> None:
    """Settle the State's share of a whole cost as what the State pays: 「事業費 10億円（国費 5億円）」.

    Beside shares of others (市債, 一般財源) the whole is a municipality's own.
    """
    shared = {id(each.above) for each in drafts if each.above and each.side not in ("国費", None)}
    for draft in drafts:
        whole = draft.above
        if draft.side != "国費" or draft.role != "part" or whole is None or not WHOLE_COST.search(whole.side or ""):
            continue
        if id(whole) in shared:
            continue
        draft.years, draft.stages = draft.years or whole.years, draft.stages or whole.stages
        draft.role, draft.above, draft.label = "own", None, draft.side


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


def settle_request(drafts: list[Draft], defaults: Defaults) -> None:
    """Settle budgets behind a request, which has none yet, as those before it: （当初 40億円、補正 5億円）."""
    for draft in drafts:
        above = draft.above
        if defaults.stage != "request" or draft.role != "part" or draft.years or above is None or draft.included:
            continue
        if above.stage in (None, "request") and not above.years and set(draft.stages) and set(draft.stages) <= _BUDGETS:
            draft.role = "previous"


def _is_earlier(draft: Draft, above: Draft, words: str, base: int | None) -> bool:
    """Say whether a sum is of a year before that of `above`: 「前年度 」, 「令和5年度当初：」, （R4 補正）."""
    year = max(above.years, default=base)
    if draft.years and year is not None:
        return max(draft.years) < year
    return not draft.years and bool(PREVIOUS.search(words))
