"""What a sum is to the sums and words beside it: the year before, a part, a price, a mere difference."""

import re
from itertools import pairwise

from index.amounts.drafts import BRACKETS, FORMAL, Defaults, Draft
from index.amounts.when import PUNCTUATION
from index.money import (
    ALLOWANCE,
    BUDGET_WORDS,
    DIFFERENCE_BEFORE,
    DIFFERENCE_BEHIND,
    EXCLUDED,
    FIRM_SIZE,
    HANDED_OUT,
    LEAST_BUDGET,
    LEAST_PRICE,
    MONEY_NAME,
    OTHER_MONEY,
    OTHER_MONEY_BEHIND,
    STATEMENT,
    THRESHOLD,
    TOPIC,
    UNIT_COST_BEHIND,
)
from index.notation import BESIDES, FUNDING_SIDE, PREVIOUS, YEARLY
from index.totals import WHOLE_COST
from index.yen import Sum

DIFFERENCE = "増減額"
ORDER = "前後の並びが分からない"
SHARE = "内訳と読めない金額"
WHOLE = "国費と重なる事業費"
OUTSIDE = "除かれる金額"
UNREAD = "予算額と読めない金額"

_RANGE = re.compile(r"[ 　]*(?P<mark>[〜~～－−‐–-])[ 　]*(?:最大|およそ|約)?[ 　]*")
_FROM = re.compile(r"[ 　]*から[ 　]*約?[ 　]*")
_ARROW = re.compile(r"[ 　]*[→⇒➡][ 　]*")
_NEAR, _NEARER = 40, 20
_SUM_ENDS = frozenset("兆億万円0123456789０１２３４５６７８９")
_PLAIN_BEFORE = ("予算額", "要求額", "補正", "当初", "【", "（R", "内数：上限")
_PLAIN_BEHIND = frozenset(("", "）", ")", "】", "、", "，", "（", "("))
"""Between these a sum is nothing but a budget, and need not be looked at any further."""

_BEHIND = re.compile(
    r"(?:[ 　]*[→⇒➡][ 　]*[0-9０-９,，.．兆億百十万千円]+)?(?:[ 　]*の?内数)?"
    r"(?:[ 　]*[（(【〔\[＜<][^（(【〔\[＜<）)】〕\]＞>]*[）)】〕\]＞>])*[ 　。]*"
)
_BUDGETS = {"draft", "initial", "supplementary", "reserve"}
_UNREAD_SUM = re.compile(
    r"(?:[0-9０-９][百千]?[兆億万]|[0-9０-９百千兆億万]円"
    r"|(?<![0-9０-９,，.．])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+)[ 　]*$"
)


def other_money(draft: Draft, text: str, found: Sum, price: bool) -> bool:
    """Settle a sum that is no programme's budget, and say whether it is none; `price` says that its cue says so.

    What was added since another year, or a unit without a number, is not understood; a price for one head or
    place is `each`; the size of a firm, and what a sentence says of the world, is a mention.
    """
    draft.doubt, draft.bound, draft.role = _kind(text, found, draft, price)
    return bool(draft.doubt) or draft.bound == "each" or draft.role == "mention"


def _kind(text: str, found: Sum, draft: Draft, price: bool) -> tuple[str, str, str]:
    """Return why a sum is not understood, its bound, its role."""
    near = text[max(0, found.start - _NEAR) : found.start]
    if text[found.end : found.end + 1] in _PLAIN_BEHIND and near.rstrip(" 　").endswith(_PLAIN_BEFORE):
        return "", draft.bound, draft.role
    if DIFFERENCE_BEFORE.search(near) or DIFFERENCE_BEHIND.match(text, found.end):
        return DIFFERENCE, draft.bound, draft.role
    if EXCLUDED.match(text, found.end):
        return OUTSIDE, draft.bound, draft.role
    if MONEY_NAME.search(near) and found.yen >= LEAST_BUDGET and _ends_entry(text, found):
        return "", draft.bound, draft.role
    if FIRM_SIZE.search(near) or THRESHOLD.match(text, found.end):
        return "", draft.bound, "mention"
    allowance = found.yen < LEAST_BUDGET and ALLOWANCE.search(near)
    if price or allowance or UNIT_COST_BEHIND.match(text, found.end) or _is_handed_out(text, found):
        return "", "each", draft.role
    if found.written[0] in "百千万億兆" and near.rstrip(" 　").endswith((")", "）")):
        return UNREAD, draft.bound, draft.role
    other = OTHER_MONEY.search(near[-_NEARER:]) or OTHER_MONEY_BEHIND.match(text, found.end)
    if other or _is_statement(text, near, found):
        return "", draft.bound, "mention"
    return "", draft.bound, draft.role


def _is_handed_out(text: str, found: Sum) -> bool:
    return found.yen < LEAST_BUDGET and HANDED_OUT.match(text, found.end) is not None


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

    「9億円 → 10億円」: the year before, and this one. It is not known which of 「1,234千円　1,100千円」 is this
    year's where no head says so, nor whether 「9億円から10億円」 is a range.
    """
    if before is None or before.doubt == DIFFERENCE or _stands_apart(before) or _stands_apart(draft):
        return
    beside_both = not cue.strip(" 　\t\n") and before.previous is not None
    if beside_both and (draft.yen < 0 <= before.yen or draft.yen == before.yen - (before.previous or 0)):
        draft.doubt = DIFFERENCE  # 「35億円（32億円）　▲3億円　▲8.6%」
        return
    same = before.years and before.years == draft.years
    if _ARROW.match(cue) and same and before.stages != draft.stages:
        return  # 「R7概算要求 250億円→R7予算案 198億円」
    if _ARROW.match(cue) and before.role == "own":
        before.role, before.bare, before.above = "previous", not before.years, None
    elif _RANGE.fullmatch(cue) or _FROM.fullmatch(cue) or not cue.strip(" 　\t\n/／"):
        before.doubt = before.doubt or ORDER
        draft.doubt = draft.doubt or ORDER


def _stands_apart(draft: Draft) -> bool:
    return draft.bound == "each" or draft.role == "mention"


def is_range(before: Draft | None, draft: Draft, cue: str) -> bool:
    """Say whether `cue` makes two sums the ends of a range: 「5億円～10億円」, 「約10億円～約12億円」."""
    if before is None or before.doubt or draft.doubt or not 0 <= before.yen < draft.yen:
        return False
    usual = before.bound in ("exact", "about", "each") and before.low is None
    return usual and before.previous is None and _RANGE.fullmatch(cue) is not None


def settle_range(before: Draft, draft: Draft) -> None:
    """Make `draft` the range that begins with `before`: its upper end is a ceiling, or the highest of prices."""
    draft.low, draft.start = before.at, before.start
    draft.bound = "each" if "each" in (before.bound, draft.bound) else "ceiling"
    draft.years, draft.stages = before.years or draft.years, before.stages or draft.stages
    draft.role, draft.above, draft.label = before.role, before.above, before.label
    draft.account, draft.side = before.account or draft.account, before.side
    draft.flags, draft.included, draft.bare, draft.led = before.flags, before.included, before.bare, before.led


def settle_below(draft: Draft, above: Draft, words: str, part: bool, second: bool, base: int | None) -> None:
    """Settle what a sum in brackets behind another is, from the `words` in front of it.

    `part` says that うち or を含む stands with it, `second` that another bare sum stood there before.
    """
    draft.included = part
    if part and _is_share_of_year(draft, above, words, base):
        pass
    elif part:
        draft.role = "part"
    elif not words.strip(PUNCTUATION):
        draft.role, draft.bare = "previous", True
        above.previous = draft.yen
        draft.doubt = draft.doubt or (BRACKETS if second else "")
    elif not BESIDES.match(words.lstrip(PUNCTUATION)) and _is_earlier(draft, above, words, base):
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
    return bool(besides or set(draft.stages) & {"commitment", "fund", "carried", "executed"})


def _is_share_of_year(draft: Draft, above: Draft, words: str, base: int | None) -> bool:
    """Say whether うち names what falls to this year of a commitment or a fund: うち初年度, うち令和7年度."""
    beyond = above.stage in ("commitment", "fund") and draft.yen <= above.yen
    this_year = YEARLY.search(words) is not None or (base is not None and draft.years == (base,))
    return beyond and this_year and not set(draft.stages) & {"commitment", "fund"}


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
        draft.years = draft.years or whole.years
        draft.stages = draft.stages or tuple(each for each in whole.stages if each != "commitment")
        draft.role, draft.above, draft.label = "own", None, draft.side


def settle_years(drafts: list[Draft], defaults: Defaults) -> None:
    """Settle sums of an earlier year beside one of the paper's own: 「R6要求額：10億円 / R5予算額：9億円」.

    Only in a request or a budget; a white paper reports the years side by side (white paper, line 61).
    """
    base = defaults.year
    if base is None or defaults.stage not in FORMAL:
        return
    own = [draft for draft in drafts if draft.role == "own" and draft.above is None]
    labels = {draft.label for draft in own if base in draft.years}
    for draft in own:
        budget = all(stage in ("draft", "initial", None) for stage in draft.stages)
        if draft.label in labels and draft.years and max(draft.years) < base and budget:
            draft.role = "previous"


def settle_funding(drafts: list[Draft]) -> None:
    """Settle what a sum before them is paid from as parts of it: 「10,000千円　国費 3,000千円　一般財源 7,000千円」."""
    if not any(draft.side and FUNDING_SIDE.fullmatch(draft.side) for draft in drafts):
        return
    whole = drafts[0]
    for draft in drafts[1:]:
        if draft.role == "own" and draft.above is None and draft.side and whole.yen >= draft.yen and not whole.side:
            draft.role, draft.above = "part", whole


def settle_prices(drafts: list[Draft]) -> None:
    """Settle a few yen beside a budget as a price: 「ワンコイン（500円）健診 2,000千円」."""
    most = max((draft.yen for draft in drafts if draft.role == "own"), default=0)
    for draft in drafts:
        if draft.role in ("own", "part") and 0 < draft.yen < LEAST_PRICE and draft.yen * 100 <= most:
            draft.role, draft.bound = "own", "each"


def settle_spent(drafts: list[Draft]) -> None:
    """Settle what was spent, or carried over, as of the year before it: 「令和4年度予算額 10億円、執行額 9億円」."""
    for before, draft in pairwise(drafts):
        if draft.stage in ("carried", "executed") and not draft.years and draft.above is None:
            draft.years = before.years


def settle_request(drafts: list[Draft], defaults: Defaults) -> None:
    """Settle budgets behind a request, which has none yet, as those before it: （当初 40億円、補正 5億円）.

    So are those of an earlier year that it stands besides: （ほか、令和5年度補正予算 3億円）.
    """
    for draft in drafts if defaults.stage == "request" else ():
        above = draft.above
        if draft.role == "own" and above and draft.years and defaults.year and set(draft.stages) & _BUDGETS:
            draft.role = "previous" if max(draft.years) < defaults.year else "own"
        if draft.role != "part" or draft.years or above is None or draft.included:
            continue
        if above.stage in (None, "request") and not above.years and set(draft.stages) and set(draft.stages) <= _BUDGETS:
            draft.role = "previous"


def _is_earlier(draft: Draft, above: Draft, words: str, base: int | None) -> bool:
    """Say whether a sum is of a year before that of `above`: 「前年度 」, 「令和5年度当初：」, （R4 補正）."""
    year = max(above.years, default=base)
    if draft.years and year is not None:
        return max(draft.years) < year
    return not draft.years and bool(PREVIOUS.search(words))
