"""The name of an entry: where in its words it begins, and where money or a mark ends it."""

import re
from itertools import islice
from typing import NamedTuple

from index.accounts import account_of
from index.amounts.brackets import Group, Text
from index.amounts.when import PUNCTUATION, bound_of, flag_of, read_cue, read_when
from index.money import DIFFERENCE_BEFORE, OTHER_MONEY, THRESHOLD, UNIT_COST_BEHIND
from index.notation import ACCOUNT_BUDGET, FLAG_AHEAD, NO_SUM, NOTHING, PART, REMARK, SOURCE, STATUS, SUFFIX
from index.yen import Sum

_SIGN = re.compile(r"[ 　]*[+＋±▲△−-]")
_WORD = re.compile(r"[^\W_]")
_PART_NAME = re.compile(
    r"[（(]?(?:うち(?!わ)|内(?=[、,]))[、, 　]*|[（(【〔\[]?(?:財源(?:内訳)?|内訳)[】）)〕\]：: 　]+"
)
_BEFORE_NAME = re.compile(rf"(?:{_PART_NAME.pattern})$")
_NAME_HEAD = re.compile(r"[【〔（(]?(?:事業名称?|事業の名称|施策名|細事業名)[】〕）)]?[ 　:：]+(?=[^ 　:：])")
_UNIT = re.compile(r"[（(【\[]単位[^）)】\]]{1,20}[)）】\]]")
_SPACES = re.compile(r"\s+")
_NEAR = 40
_DOTS = ("・", ".", "．")
_LEADERS = re.compile(r"[ 　]*[・.．]{2,}$")
_GOAL = re.compile(r"(?:程度|規模|以上|超)?(?:の(?:実現|達成|突破|確保)|を?目標|を?目指|への?|に向け|を実現|を達成)")
_DIFFERENT = frozenset("度比初額較減+＋-－−±")
_OPEN_ONES = "（(【〔[＜<"


class Status(NamedTuple):
    """A mark in front of a name: where it ends, the flags that it says, its words where they say none."""

    end: int
    flags: frozenset[str]
    words: tuple[str, ...]


def name_span(parsed: Text, base: int | None) -> tuple[int, int]:
    """Return where the name of an entry begins and ends; they are equal where it has none."""
    text = parsed.text
    status = status_of(text)
    start = status.end if status else 0
    if head := _NAME_HEAD.match(text, start):
        start = head.end()
    if part := _PART_NAME.match(text, start):
        start = part.end()
    return start, max(start, _name_end(parsed, start, base))


def is_part(text: str, start: int) -> bool:
    """Say whether うち or 財源 stands before the name that begins at `start`."""
    return _BEFORE_NAME.search(text[:start]) is not None


def status_of(text: str) -> Status | None:
    """Return the mark in front of a name: 「【新規】」 「(拡)」 「新 」 「（再掲）」; 一部新規 is not new."""
    if flagged := _flag_ahead(text):
        return flagged
    match = STATUS.match(text)
    if not match or not _WORD.search(match["words"]) or match.end() == len(text.rstrip()):
        return None
    words = match["words"].strip(" 　・･/／、")
    if words == "一部":
        return None
    new = frozenset({"new"} if "新" in words and "一部" not in words else ())
    behind = _flag_ahead(text[match.end() :])  # 「【新規】（再掲）防災事業」
    end, flags = (match.end() + behind.end, new | behind.flags) if behind else (match.end(), new)
    return Status(end, flags, () if words in ("新", "新規") else (words,))


def _flag_ahead(text: str) -> Status | None:
    """Return the flag in front of a name: 「（再掲）」 「再掲：」 「（参考）」."""
    match = FLAG_AHEAD.match(text)
    if not match or match.end() == len(text.rstrip()):
        return None
    flag = flag_of(match["inside"] or match["bare"] or "再掲")
    return Status(match.end(), frozenset({flag} if flag else ()), ())


def status_in(inside: str) -> Status | None:
    """Return the mark that brackets hold which hold nothing else: 【拡充】, （一部新規）."""
    return status_of(f"（{inside}）－") if len(inside) <= 12 else None


def _name_end(parsed: Text, start: int, base: int | None) -> int:
    """Return where the name that begins at `start` ends."""
    text = parsed.text
    square = _has_price(parsed, start)
    for event in parsed.events(start, len(text)):
        if isinstance(event, Sum):
            if square or is_said_in_name(text, event):
                continue
            if _is_account(parsed, start):
                return event.start
            if budget := ACCOUNT_BUDGET.match(text, start, event.start):
                return budget.end("account")
            own = start + read_cue(text[start : event.start], base).own
            own = min(own, _before_difference(text, start, event.start))
            if text[start:own].strip(PUNCTUATION) or is_money(parsed, start, base):
                return own
        elif parsed.holds_sum(event.start, event.end):
            if _is_account(parsed, start):
                return event.start
            if event.square or not square:
                cue = text[start : event.start]
                none = NOTHING.search(cue)
                return start + read_cue(cue[: none.start()] if none else cue, base).own
        elif event.start > start and _ends_name(parsed, event, base):
            return event.start
    bare = NO_SUM.search(text, start)
    if bare and bare.end() == len(text.rstrip()) and bare.start() > start and text[bare.start() - 1] in " 　\t：:、＋+":
        return bare.start()
    return len(text)


def is_said_in_name(text: str, found: Sum) -> bool:
    """Say whether a sum is said in the midst of a name: 「1億円以上の企業への補助」, 「市場規模15兆円の実現」."""
    if THRESHOLD.match(text, found.end):
        return True
    world = OTHER_MONEY.search(text[max(0, found.start - _NEAR) : found.start])
    return world is not None and _GOAL.match(text, found.end) is not None


def _before_difference(text: str, start: int, end: int) -> int:
    """Return where the words of a mere difference begin that end at `end`: 「防災教育　対前年度２億円増の」."""
    near = max(start, end - _NEAR)
    match = DIFFERENCE_BEFORE.search(text[near:end]) if text[near:end].strip(" 　:：")[-1:] in _DIFFERENT else None
    return near + match.start() if match and match[0].strip("+＋±-−－ 　") else end


def _has_price(parsed: Text, start: int) -> bool:
    """Say whether 【】 hold what an entry costs: no sum stands before them but one in the midst of the name.

    「1億円以上の工事の監督【10億円】」, but 「人材育成 12億円（10億円）【R5補正 3億円】」.
    """
    for event in parsed.events(start, len(parsed.text)):
        if isinstance(event, Sum):
            suffix = SUFFIX.match(parsed.text, event.end)
            if not one_name(parsed.text, suffix.end() if suffix else event.end):
                return False
        elif parsed.holds_sum(event.start, event.end):
            return event.square and _is_price(parsed, event)
    return False


def _is_price(parsed: Text, group: Group) -> bool:
    """Say whether 【】 hold what an entry costs; 【うち重点要望額 5億円】 and ［＋1億円］ stand behind it."""
    inside = parsed.text[group.start + 1 : group.end]
    return parsed.holds_sum(group.start, group.end) and not PART.match(inside) and not _SIGN.match(inside)


def _ends_name(parsed: Text, group: Group, base: int | None) -> bool:
    """Say whether brackets without a sum are no part of the name that stands before them."""
    text = parsed.text
    inside = text[group.start + 1 : group.end - 1]
    if bound_of(inside):
        return parsed.holds_sum(group.end, len(text))
    if account_of(inside) or flag_of(inside) or status_in(inside) or NO_SUM.fullmatch(inside.strip()):
        return True
    if NOTHING.fullmatch(inside.strip()):
        return parsed.holds_sum(group.end, len(text))
    if group.end == len(text.rstrip()) and REMARK.search(inside):
        return True
    if SOURCE.match(inside.strip()):
        return parsed.holds_sum(group.end, len(text))
    when = read_when(inside, base) if len(inside) <= 40 else None
    if not when or when.rest.strip(PUNCTUATION + "の") or not parsed.holds_sum(group.end, len(text)):
        return False
    return bool(when.stages or (when.years and _leads_sum(parsed, group, base)))


def _leads_sum(parsed: Text, group: Group, base: int | None) -> bool:
    """Say whether brackets with years stand before a sum: 「委託（令和6～8年度）限度額 9億円」, 「（R5）10億円」."""
    event = next(parsed.events(group.end, len(parsed.text)), None)
    cue = parsed.text[group.end : event.start] if isinstance(event, Sum) else "－"
    if cue[: read_cue(cue, base).own].strip(PUNCTUATION):
        return False
    # 「第3期計画（2022～2026年度） 10億円」: a range of years without a word behind it may be the plan's own
    return bool(cue.strip(PUNCTUATION)) or not read_when(parsed.text[group.start : group.end], base).over


def _is_account(parsed: Text, start: int) -> bool:
    """Say whether an account is all the name there is: 「国民健康保険特別会計 20億円（19億円）」."""
    events = list(islice(parsed.events(start, len(parsed.text)), 3))
    alone = not any(isinstance(each, Sum) for each in events[1:])
    return bool(events) and alone and account_of(parsed.text[start : events[0].start]) is not None


def is_money(parsed: Text, start: int, base: int | None) -> bool:
    """Say whether all that stands behind `start` is sums and what they are: 「令和6年度要求額 35億円（30億円）」."""
    text, position, sums = parsed.text, start, 0
    if _is_account(parsed, start):
        return False
    for event in parsed.events(start, len(text)):
        cue = text[position : event.start]
        if cue[: read_cue(cue, base).own].strip(PUNCTUATION + "のはうち"):
            return False
        sums += isinstance(event, Sum) or parsed.holds_sum(event.start, event.end)
        position = event.end
        for behind in (SUFFIX, UNIT_COST_BEHIND):
            suffix = behind.match(text, position)
            position = suffix.end() if suffix else position
    return sums > 0 and not NO_SUM.sub("", text[position:]).strip(PUNCTUATION + "。")


def one_name(text: str, at: int) -> bool:
    """Say whether a word follows directly, so that the brackets before it begin a name: 「（国研）科学…」."""
    return at < len(text) and _WORD.match(text[at]) is not None


def clean(name: str) -> str:
    """Return a name without separators at its ends or brackets left open."""
    name = _SPACES.sub(" ", _UNIT.sub("", name)).strip(" 　、，,:：;；…‥")
    name = _LEADERS.sub("", name) if name[-1:] in _DOTS else name
    while name and name[-1] in _OPEN_ONES:
        name = name[:-1].rstrip(" 　、，,:：")
    return name
