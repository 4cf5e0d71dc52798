"""The name of an entry: where in its words it begins, and where money or a mark ends it."""

import re
from itertools import islice
from typing import NamedTuple

from index.amounts.brackets import Group, Text
from index.amounts.when import PUNCTUATION, flag_of, read_cue, read_when
from index.notation import NO_SUM, PART, REMARK, SOURCE, STATUS, SUFFIX, account_of
from index.yen import Sum

_SIGN = re.compile(r"[ 　]*[+＋±▲△−-]")
_WORD = re.compile(r"[^\W_]")
_PART_NAME = re.compile(r"[（(]?うち(?!わ)[、, 　]*|[（(【〔\[]?(?:財源(?:内訳)?|内訳)[】）)〕\]：: 　]+")
_UNIT = re.compile(r"[（(【\[]単位[^）)】\]]{1,20}[)）】\]]")
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
    if part := _PART_NAME.match(text, start):
        start = part.end()
    return start, max(start, _name_end(parsed, start, base))


def status_of(text: str) -> Status | None:
    """Return the mark in front of a name: 「【新規】」 「(拡)」 「新 」; 一部新規 is not new."""
    match = STATUS.match(text)
    if not match or not _WORD.search(match["words"]) or match.end() == len(text.rstrip()):
        return None
    words = match["words"].strip(" 　・･/／、")
    if words == "一部":
        return None
    new = "新" in words and "一部" not in words
    return Status(match.end(), frozenset({"new"} if new else ()), () if words in ("新", "新規") else (words,))


def status_in(inside: str) -> Status | None:
    """Return the mark that brackets hold which hold nothing else: 【拡充】, （一部新規）."""
    return status_of(f"（{inside}）－") if len(inside) <= 12 else None


def _name_end(parsed: Text, start: int, base: int | None) -> int:
    """Return where the name that begins at `start` ends."""
    text = parsed.text
    square = any(_is_price(parsed, group) for group in parsed.groups if group.square)
    for event in parsed.events(start, len(text)):
        if isinstance(event, Sum):
            if square:
                continue
            if _is_account(parsed, start):
                return event.start
            own = start + read_cue(text[start : event.start], base).own
            if text[start:own].strip(PUNCTUATION) or is_money(parsed, start, base):
                return own
        elif parsed.holds_sum(event.start, event.end):
            if _is_account(parsed, start):
                return event.start
            if event.square or not square:
                return start + read_cue(text[start : event.start], base).own
        elif event.start > start and _ends_name(parsed, event, base):
            return event.start
    bare = NO_SUM.search(text, start)
    if bare and bare.end() == len(text.rstrip()) and bare.start() > start and text[bare.start() - 1] in " 　\t：:、＋+":
        return bare.start()
    return len(text)


def _is_price(parsed: Text, group: Group) -> bool:
    """Say whether 【】 hold what an entry costs; 【うち重点要望額 5億円】 and ［＋1億円］ stand behind it."""
    inside = parsed.text[group.start + 1 : group.end]
    return parsed.holds_sum(group.start, group.end) and not PART.match(inside) and not _SIGN.match(inside)


def _ends_name(parsed: Text, group: Group, base: int | None) -> bool:
    """Say whether brackets without a sum are no part of the name that stands before them."""
    text = parsed.text
    inside = text[group.start + 1 : group.end - 1]
    if account_of(inside) or flag_of(inside) or status_in(inside) or NO_SUM.fullmatch(inside.strip()):
        return True
    if group.end == len(text.rstrip()) and REMARK.search(inside):
        return True
    if SOURCE.match(inside.strip()):
        return parsed.holds_sum(group.end, len(text))
    when = read_when(inside, base) if len(inside) <= 40 else None
    return bool(
        when and when.stages and not when.rest.strip(PUNCTUATION + "の") and parsed.holds_sum(group.end, len(text))
    )


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
        suffix = SUFFIX.match(text, event.end)
        position = suffix.end() if suffix else event.end
    return sums > 0 and not NO_SUM.sub("", text[position:]).strip(PUNCTUATION + "。")


def one_name(text: str, at: int) -> bool:
    """Say whether a word follows directly, so that the brackets before it begin a name: 「（国研）科学…」."""
    return at < len(text) and _WORD.match(text[at]) is not None


def clean(name: str) -> str:
    """Return a name without separators at its ends or brackets left open."""
    name = re.sub(r"\s+", " ", _UNIT.sub("", name)).strip(" 　、，,:：;；…‥")
    while name and name[-1] in _OPEN_ONES:
        name = name[:-1].rstrip(" 　、，,:：")
    return name
