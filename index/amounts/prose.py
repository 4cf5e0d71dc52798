"""Sentences into the amounts that they speak of as a budget."""

import re
from bisect import bisect_right
from dataclasses import replace

from index.amounts.brackets import balance, sums_in
from index.amounts.drafts import BRACKETS, Around, Defaults, Draft, finish
from index.amounts.entries import Left
from index.amounts.relations import DIFFERENCE, UNREAD, is_range, other_money, settle_range
from index.amounts.when import bound_in, read_cue, read_when
from index.document import Amount
from index.money import BUDGET_WORDS, MENTION_WORDS, NO_BUDGET_WORDS, SEVERAL_YEARS, STRONG_WORDS
from index.notation import INCLUDED, PREVIOUS, SUFFIX
from index.years import number_of
from index.yen import Sum

_INSIDE = re.compile(r"[（(〔［][^（()）〔〕［］\n]{1,200}[)）〕］]")
_PART = re.compile(r"(?:^|[、，（( 　])[、，（( 　]*(?:この|その)?うち(?!わ)")
"""「であり、うち、一般歳出は六十七兆円」, and 「このうち」 at the beginning of the next sentence."""

_LISTED = re.compile(
    r"(?:程度|余り?)?、(?:[^。]{1,40}?に[^。、]{1,20}円(?:程度|余り?)?、?)+[^。、]{0,12}(?:計上|措置|盛り込|充て|投じ|配分)"
)
"""「医療費の無償化に1億円、給食費に9,300万円を計上」: the verb behind the last sum is said of all."""

_WHOLE = re.compile("(?:予算|歳[出入])の?規模は、?約?$")
_LONGEST = 2000
"""Of a longer sentence no more is looked at than this, and sums that stand further in are left to the audit."""


def read_prose(text: str, defaults: Defaults) -> tuple[tuple[Amount, ...], tuple[Left, ...]]:
    """Return the amounts that sentences speak of, and the sums that are not understood.

    「令和六年度一般会計予算の総額は百十二兆…円であります」: what a sum is was said before it in its sentence. Where a
    sentence, or a clause of one that speaks of a budget too, says what other money a sum is (「輸出額は五兆円に
    達した」), it is a mention; what nothing says, and what stands in brackets without a word, is left to the audit.
    """
    amounts: list[Amount] = []
    left: list[Left] = []
    before: Draft | None = None
    for start, end, sums in _sentences(text):
        sentence = text[start:end]
        reason, mixed = _reason(sentence), NO_BUDGET_WORDS.search(sentence[:_LONGEST]) is not None
        plain = not reason and BUDGET_WORDS.search(sentence) is None
        before = before if _PART.match(sentence) else None
        year = defaults.year if defaults.year or reason else _year_before(text[max(0, start - _LONGEST) : start])
        for found in sums:
            if reason:
                left.append(Left(found.start, found.end, reason))
                continue
            draft = _draft(text, start, found, before, defaults)
            if plain or (mixed and not _speaks_of_budget(text, start, end, found)):
                _settle_mention(draft, sentence if plain else text[slice(*_clause(text, start, end, found))])
            elif year and not defaults.year:
                draft.years = draft.years or (year,)
            if before is not None and is_range(before, draft, text[before.end : found.start]):
                settle_range(before, draft)
                amounts.pop()
            if draft.doubt:
                left.append(Left(found.start, found.end, draft.doubt))
                continue
            amounts.append(finish(draft, Around(text), replace(defaults, account=None)))
            before = draft
    return tuple(amounts), tuple(left)


def _sentences(text: str) -> list[tuple[int, int, list[Sum]]]:
    """Return the sentences of `text` that hold sums: where they begin and end, their sums."""
    sums = sums_in(text)
    if not sums:
        return []
    inside = _INSIDE.sub(lambda match: " " * len(match[0]), text) if "。" in text else text
    ends = [offset + 1 for offset, character in enumerate(inside) if character in "。！？\n"] + [len(text) + 1]
    found: dict[int, list[Sum]] = {}
    for each in sums:
        found.setdefault(bisect_right(ends, each.start), []).append(each)
    return [(ends[place - 1] if place else 0, min(ends[place], len(text)), within) for place, within in found.items()]


def _reason(sentence: str) -> str:
    """Return why nothing is made of the sums of a sentence, an empty text if they are read."""
    return "長すぎる文の中の金額" if len(sentence) > _LONGEST else ""


def _settle_mention(draft: Draft, words: str) -> None:
    """Make a sum a mention that `words` say is no budget, and leave it to the audit where they say nothing."""
    if draft.doubt in ("", UNREAD) and draft.bound != "each" and draft.role != "part":
        known = draft.role == "mention" or MENTION_WORDS.search(words) or NO_BUDGET_WORDS.search(words)
        draft.role, draft.doubt, draft.above = ("mention", "", None) if known else (draft.role, UNREAD, draft.above)


def _clause(text: str, start: int, end: int, found: Sum) -> tuple[int, int]:
    """Return where the clause of a sum begins and ends, in the sentence between two offsets."""
    near = found.start
    begin = max(start, *(text.rfind(each, start, near) + 1 for each in "、，"))
    if begin > start and not text[begin:near].strip(" 　約"):  # 「租税及印紙収入は、六十九兆円」
        begin = max(start, *(text.rfind(each, start, begin - 1) + 1 for each in "、，"))
    return begin, min([end, *(at for each in "、，" if (at := text.find(each, found.end, end)) >= 0)])


def _speaks_of_budget(text: str, start: int, end: int, found: Sum) -> bool:
    """Say whether the clause of a sum speaks of a budget, in a sentence that speaks of other money too."""
    begin, close = _clause(text, start, end, found)
    clause, behind = text[begin:close], text[found.end : close]
    for_what = text[begin : found.start].endswith(("に", "に約")) or not NO_BUDGET_WORDS.search(
        text, begin, found.start
    )
    if for_what and STRONG_WORDS.search(behind) and not NO_BUDGET_WORDS.search(behind):
        return True  # 「給食費の負担軽減に9,300万円を計上」, but not 「公債金は三十四兆円を計上」
    if text[found.start - 1] in "に約" and _LISTED.match(text, found.end, end):
        return not NO_BUDGET_WORDS.search(clause)
    return STRONG_WORDS.search(clause) is not None and not NO_BUDGET_WORDS.search(clause)


def _year_before(text: str) -> int | None:
    """Return the one year that the sentences before in a paragraph say: 「令和六年度予算の大要を申し上げます。」"""
    years = set(read_when(text, None).years) if "年" in text and "予算" in text else set()
    return years.pop() if len(years) == 1 else None


def _draft(text: str, start: int, found: Sum, before: Draft | None, defaults: Defaults) -> Draft:
    """Return the amount of a sum in the sentence that begins at `start`; `before` is the one in front of it."""
    base = defaults.year
    cut = max(start, before.end if before else 0)
    clause = max(cut, *(text.rfind(each, cut, found.start) + 1 for each in "、，"))
    cue = text[clause : found.start]
    said = read_cue(cue, base)
    when = read_when(_INSIDE.sub("", text[start : found.start]), base)
    near = read_when(_INSIDE.sub("", text[cut : found.start]), base)
    draft = Draft(found.yen, found.start, clause + min(said.own, len(cue)), found.end)
    before_it = tuple(each for each in when.stages if each != "commitment")
    draft.years, draft.stages = when.years[-1:], (near.stages or before_it)[-1:]
    if draft.stages == ("initial",) and not draft.years and defaults.stage in ("supplementary", "draft"):
        draft.stages = ()  # 「歳入歳出予算の総額に…を追加し」 in an amendment speaks of its own budget
    draft.account, draft.bound = said.account, bound_in(cue[said.own :]) or "exact"
    if suffix := SUFFIX.match(text, found.end):
        unit = suffix.lastgroup in (None, "unit")
        draft.bound, draft.end = draft.bound if unit else suffix.lastgroup or "", suffix.end()
    if other_money(draft, text, found, said.price):
        return draft
    if INCLUDED.match(text, draft.end):
        draft.role = "part"
    if several := SEVERAL_YEARS.search(text, clause, found.start):
        draft.stages, draft.over = ("commitment",), number_of(several["years"])
    _settle(draft, text, cut, before, base)
    if ("総額" in cue or _WHOLE.search(text[cut : found.start])) and draft.over is None:
        draft.role = "total" if draft.role == "own" else draft.role
        if draft.stages == ("commitment",) and "債務" not in cue:
            draft.stages = (None,)
    return draft


def _settle(draft: Draft, text: str, cut: int, before: Draft | None, base: int | None) -> None:
    """Settle what a sum is to the one before it: うち, 「10億円（前年度9億円）」, 「9億円から10億円」."""
    gap = text[cut : draft.at]
    if text[draft.end : draft.end + 2] == "から":
        draft.doubt = draft.doubt or DIFFERENCE
    if _PART.search(gap):
        draft.role, draft.above = "part", before
    elif before is None:
        return
    elif balance(gap)[0] > 0:
        beside = before.years or (() if base is None else (base,))
        if PREVIOUS.search(gap) or (draft.years and beside and max(draft.years) < min(beside)):
            draft.role, draft.above = "previous", before
        elif not (draft.years and draft.stages):
            draft.doubt = draft.doubt or BRACKETS
