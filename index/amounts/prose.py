"""Sentences into the amounts that they speak of as a budget."""

import re
from bisect import bisect_right
from dataclasses import replace

from index.amounts import Left
from index.amounts.brackets import balance, sums_in
from index.amounts.drafts import BRACKETS, Around, Defaults, Draft, finish
from index.amounts.relations import DIFFERENCE, UNREAD, other_money
from index.amounts.when import bound_in, read_cue, read_when
from index.document import Amount
from index.notation import BUDGET_WORDS, NO_BUDGET_WORDS, PREVIOUS, SEVERAL_YEARS, STRONG_WORDS, SUFFIX
from index.yen import Sum

_PART = re.compile(r"(?:^|[、，（( 　])[、，（( 　]*(?:この|その)?うち(?!わ)")
"""「であり、うち、一般歳出は六十七兆円」, and 「このうち」 at the beginning of the next sentence."""

_LONGEST = 2000
"""Of a longer sentence no more is looked at than this, and sums that stand further in are left to the audit."""


def read_prose(text: str, defaults: Defaults) -> tuple[tuple[Amount, ...], tuple[Left, ...]]:
    """Return the amounts that sentences speak of as a budget, and the other sums.

    「令和六年度一般会計予算の総額は百十二兆…円であります」: what a sum is was said before it in its sentence.
    Sentences that speak of other money too, and what stands in brackets without a word, are left to the audit.
    """
    amounts: list[Amount] = []
    left: list[Left] = []
    before: Draft | None = None
    for start, end, sums in _sentences(text):
        sentence = text[start:end]
        reason, mixed = _reason(sentence), NO_BUDGET_WORDS.search(sentence[:_LONGEST]) is not None
        before = before if _PART.match(sentence) else None
        year = defaults.year if defaults.year or reason else _year_before(text[max(0, start - _LONGEST) : start])
        for found in sums:
            other = reason or (mixed and not _speaks_of_budget(text, start, end, found) and UNREAD)
            draft = None if other else _draft(text, start, found, before, defaults.year)
            if draft is not None and year and not defaults.year:
                draft.years = draft.years or (year,)
            doubt = (other or "") if draft is None else draft.doubt
            if draft is None or doubt:
                left.append(Left(found.start, found.end, doubt))
                continue
            amounts.append(finish(draft, Around(text), replace(defaults, account=None)))
            before = draft
    return tuple(amounts), tuple(left)


def _sentences(text: str) -> list[tuple[int, int, list[Sum]]]:
    """Return the sentences of `text` that hold sums: where they begin and end, their sums."""
    sums = sums_in(text)
    if not sums:
        return []
    ends = [offset + 1 for offset, character in enumerate(text) if character in "。！？\n"] + [len(text) + 1]
    found: dict[int, list[Sum]] = {}
    for each in sums:
        found.setdefault(bisect_right(ends, each.start), []).append(each)
    return [(ends[place - 1] if place else 0, min(ends[place], len(text)), within) for place, within in found.items()]


def _reason(sentence: str) -> str:
    """Return why the sums of a sentence are no budget, an empty text if they are one."""
    if len(sentence) > _LONGEST:
        return "長すぎる文の中の金額"
    return "" if BUDGET_WORDS.search(sentence) else UNREAD


def _speaks_of_budget(text: str, start: int, end: int, found: Sum) -> bool:
    """Say whether the clause of a sum speaks of a budget, in a sentence that speaks of other money too."""
    begin = max(start, *(text.rfind(each, start, found.start) + 1 for each in "、，"))
    ends = [at for each in "、，" if (at := text.find(each, found.end, end)) >= 0]
    clause = text[begin : min([end, *ends])]
    return STRONG_WORDS.search(clause) is not None and not NO_BUDGET_WORDS.search(clause)


def _year_before(text: str) -> int | None:
    """Return the one year that the sentences before in a paragraph say: 「令和六年度予算の大要を申し上げます。」"""
    years = set(read_when(text, None).years) if "年" in text and "予算" in text else set()
    return years.pop() if len(years) == 1 else None


def _draft(text: str, start: int, found: Sum, before: Draft | None, base: int | None) -> Draft:
    """Return the amount of a sum in the sentence that begins at `start`; `before` is the one in front of it."""
    cut = max(start, before.end if before else 0)
    clause = max(cut, *(text.rfind(each, cut, found.start) + 1 for each in "、，"))
    cue = text[clause : found.start]
    said = read_cue(cue, base)
    when = read_when(text[start : found.start], base)
    near = read_when(text[cut : found.start], base)
    draft = Draft(found.yen, found.start, clause + min(said.own, len(cue)), found.end)
    draft.years, draft.stages = when.years[-1:], (near.stages or when.stages)[-1:]
    draft.account, draft.bound = said.account, bound_in(cue[said.own :]) or "exact"
    if suffix := SUFFIX.match(text, found.end):
        draft.bound, draft.end = suffix.lastgroup or draft.bound, suffix.end()
    draft.doubt = other_money(text, found) or (UNREAD if SEVERAL_YEARS.search(text, clause, found.start) else "")
    _settle(draft, text, cut, before)
    if "総額" in cue:
        draft.role = "total" if draft.role == "own" else draft.role
        if draft.stages == ("commitment",) and "債務" not in cue:
            draft.stages = (None,)
    return draft


def _settle(draft: Draft, text: str, cut: int, before: Draft | None) -> None:
    """Settle what a sum is to the one before it: うち, 「10億円（前年度9億円）」, 「9億円から10億円」."""
    gap = text[cut : draft.at]
    if text[draft.end : draft.end + 2] == "から":
        draft.doubt = draft.doubt or DIFFERENCE
    if _PART.search(gap):
        draft.role, draft.above = "part", before
    elif before is None:
        return
    elif balance(gap)[0] > 0:
        if PREVIOUS.search(gap) or (draft.years and before.years and draft.years < before.years):
            draft.role, draft.above = "previous", before
        else:
            draft.doubt = draft.doubt or BRACKETS
