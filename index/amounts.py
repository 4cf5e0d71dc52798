"""The words of an entry or of a cell into amounts, each with its meaning."""

import re
from dataclasses import dataclass, replace

from index.brackets import Group, Text, pairs, sums_in
from index.document import Amount
from index.drafts import Around, Defaults, Draft, doubt_of, finish
from index.notation import (
    DIFFERENCE_BEFORE,
    DIFFERENCE_BEHIND,
    ESTIMATE,
    INCLUDED,
    NEW_BEHIND,
    NO_SUM,
    OVER,
    PART,
    PREVIOUS,
    SOURCE,
    SUFFIX,
    UNIT_COST,
    UNIT_COST_BEHIND,
    WHOLE_COST,
    account_of,
)
from index.names import clean, name_span, one_name, status_of
from index.when import PUNCTUATION, Cue, When, bound_in, bound_of, flag_of, read_cue, read_when
from index.yen import Sum

_BARE_LABEL = re.compile(r"[^。、]*(?:費|金|事業|基金|勘定|枠|分|会計)[）)】]?")
_RANGE = re.compile(r"[ 　]*(?:[〜~～－−-]|から)[ 　]*")
_ARROW = re.compile(r"[ 　]*[→⇒➡][ 　]*")
_NEAR = 40


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
    (「ものづくり…促進事業（ものづくり補助金）（…：2023年度補正予算額2,000億円の内数、…）」, white paper, line 69).
    A heading's sums are totals, without the account that holds for entries.
    """
    reader = _Reader(text, defaults.year)
    start, end = name_span(reader.parsed, defaults.year)
    if status := status_of(text):
        reader.flags.update(status.flags)
        reader.remarks.extend(status.words)
    reader.walk(end, len(text), top=True)
    name = clean(text[start:end])
    around = Around(text, name, frozenset(reader.flags), reader.account, heading)
    amounts, left = _settle(reader, around, defaults)
    if start and PART.match(text[:start]):
        amounts = tuple(replace(each, role="part") if each.role == "own" else each for each in amounts)
    return Entry(name, amounts, " ".join(reader.remarks), left, around.flags, reader.account)


def read_cell(text: str, head: str, defaults: Defaults) -> tuple[tuple[Amount, ...], tuple[Left, ...]]:
    """Return the amounts of a cell of a table; what the cell does not say itself, the `head` of its column does."""
    reader = _Reader(text, defaults.year)
    reader.walk(0, len(text), top=True)
    column = _column(head, defaults)
    return _settle(reader, Around(text, "", frozenset(reader.flags), reader.account), column)


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
    return replace(defaults, year=year, stage=stage)


def _settle(reader: "_Reader", around: Around, defaults: Defaults) -> tuple[tuple[Amount, ...], tuple[Left, ...]]:
    """Return the amounts that were understood, and the sums that were not."""
    amounts: list[Amount] = []
    reasons = dict.fromkeys((each.start for each in reader.parsed.sums), "予算額と読めない金額")
    for draft in reader.drafts:
        reasons[draft.at] = doubt_of(draft, defaults)
        if not reasons[draft.at]:
            amounts.append(finish(draft, around, defaults))
    left = tuple(Left(each.start, each.end, reasons[each.start]) for each in reader.parsed.sums if reasons[each.start])
    return tuple(amounts), left


class _Reader:
    """Reads the brackets and sums of one entry from left to right."""

    def __init__(self, text: str, base: int | None) -> None:
        self.text = text
        self.base = base
        self.parsed = Text(text, pairs(text), sums_in(text))
        self.drafts: list[Draft] = []
        self.label: str | None = None
        self.source: str | None = None
        self.account: str | None = None
        self.flags: set[str] = set()
        self.remarks: list[str] = []

    def walk(self, start: int, end: int, above: Draft | None = None, lead: str = "", top: bool = False) -> None:
        """Read the sums between two offsets.

        `above` is the amount that the brackets around them stand behind, `lead` the words that open them.
        """
        cut, current = start, None
        for event in self.parsed.events(start, end):
            if isinstance(event, Sum):
                current = self.take(event, lead, cut, above, current)
                cut = self.suffix(current, event.end)
                lead = ""
            else:
                cut, current, lead = self.group(event, lead, cut, current, above, top)
        rest = self.text[cut:end]
        if current is not None and NEW_BEHIND.search(rest):
            current.flags.add("new")
        if top and rest.strip(PUNCTUATION + "。"):
            self.remarks.append(rest.strip(PUNCTUATION))

    def group(
        self, group: Group, lead: str, cut: int, current: Draft | None, above: Draft | None, top: bool
    ) -> tuple[int, Draft | None, str]:
        """Read a pair of brackets, and return where reading goes on, behind which amount, with which words."""
        between = self.text[cut : group.start].strip(PUNCTUATION)
        inside = self.text[group.start + 1 : group.end - 1]
        holds = self.parsed.holds_sum(group.start, group.end)
        if current is not None and not between:
            self.annotate(current, group, inside, holds, top)
            return self.suffix(current, group.end), current, ""
        if holds:
            own = read_cue(between, self.base).own
            self.label = _label(between[:own]) or self.label
            self.walk(group.start + 1, group.end - 1, above, lead + between[own:])
            return group.end, None, ""
        if not between and self.says_when(inside):
            return group.end, current, inside
        if not between and self.mark(inside):
            return group.end, current, lead
        if not between and top and not one_name(self.text, group.end):
            self.remarks.append(inside)
            return group.end, current, lead
        return cut, current, lead

    def take(self, found: Sum, lead: str, cut: int, above: Draft | None, before: Draft | None) -> Draft:
        """Return the amount of a sum whose words begin at `cut`; `before` stands beside it."""
        cue = lead + self.text[cut : found.start]
        draft = Draft(found.yen, found.start, found.start, found.end, above=above)
        part = PART.match(cue) if above or self.drafts else None
        words = cue[part.end() :] if part else cue
        said = read_cue(words, self.base)
        when = self.name(draft, words, said, above is not None)
        draft.doubt = other_money(self.text, found, cue) or (
            "前後の並びが分からない" if self.beside(draft, cue, before) else ""
        )
        if above is not None:
            self.below(draft, above, words, when, bool(part))
        elif part:
            draft.role = "part"
            draft.above = next((each for each in reversed(self.drafts) if each.role == "own"), None)
        first = part.start("what") if part else when.first
        draft.start = min(found.start, max(cut, found.start - len(cue) + first))
        self.drafts.append(draft)
        return draft

    def name(self, draft: Draft, words: str, said: Cue, inner: bool) -> When:
        """Give a draft what its words say: label, years, stages, bound, account.

        「グリーンイノベーション基金の内数：上限1,510億円」 (white paper, line 41): 内数 there names what the money is
        taken from. 「（国研）…運営費交付金2024年度予算額の内数1.3億円」 (line 440) has no colon.
        """
        before, own = words[: said.own].strip(PUNCTUATION), words[said.own :]
        bare = not said.colon and bool(before) and _BARE_LABEL.fullmatch(_without_source(before)) is not None
        named = bool(before) and (said.colon or bare)
        when = read_when(own if named else words, self.base)
        draft.years, draft.stages = when.years, when.stages
        draft.bound = bound_in(own) or "exact"
        draft.account, draft.side = said.account, said.side
        if named and said.colon and not inner:
            self.label = _label(before)
        if inner:
            draft.label = (_label(before) if named else None) or said.side
        else:
            draft.label = (_label(before) if bare else None) or self.label or self.source or said.side
        if "commitment" in draft.stages and (over := OVER.search(words)):
            draft.over = int(over["years"] or over["plain"])
        return when._replace(first=said.own if named else min(when.first, said.own))

    def beside(self, draft: Draft, cue: str, before: Draft | None) -> bool:
        """Settle what two sums are that nothing but a mark stands between; say whether that is not known.

        「9億円 → 10億円」: the year before, and this one. 「5億円～10億円」 is no sum; nor is it known which of
        「1,234千円　1,100千円」 is this year's where no head says so.
        """
        if before is None or before.doubt == "増減額":
            return False
        if _ARROW.match(cue) and before.role == "own":
            before.role, before.bare = "previous", not before.years
            before.above = None
            return False
        if _RANGE.fullmatch(cue) or not cue.strip(" 　\t\n"):
            before.doubt = before.doubt or "前後の並びが分からない"
            return True
        return False

    def below(self, draft: Draft, above: Draft, words: str, when: When, part: bool) -> None:
        """Settle what a sum in brackets behind another is."""
        if part or INCLUDED.match(self.text, draft.end):
            draft.role = "part"
        elif not words.strip(PUNCTUATION):
            draft.role, draft.bare = "previous", True
            if any(each.above is above and each.role == "previous" for each in self.drafts):
                draft.doubt = draft.doubt or "括弧の中の金額の意味が分からない"
        elif self.earlier(words, when, above):
            draft.role = "previous"
        elif not (set(draft.stages) & {"commitment", "fund"} or draft.years or (draft.stages and above.stages)):
            draft.role = "part"
        elif draft.years and not above.years and self.base is None:
            draft.doubt = draft.doubt or "括弧の中の金額の意味が分からない"
        if draft.yen < 0:
            draft.doubt = "増減額"
        elif draft.role == "part" and (draft.yen > above.yen or WHOLE_COST.search(draft.side or "")):
            draft.doubt = "内訳と読めない金額"

    def earlier(self, words: str, when: When, above: Draft) -> bool:
        """Say whether `words` name a year before that of `above`: 「前年度 」, 「令和5年度当初：」, （R4 補正）."""
        year = max(above.years, default=self.base)
        if when.years and year is not None:
            return max(when.years) < year
        return bool(PREVIOUS.search(words)) and not when.years

    def suffix(self, draft: Draft, at: int) -> int:
        """Take what stands directly behind an amount (の内数, 程度), and return where it ends."""
        match = SUFFIX.match(self.text, at)
        if not match or not match.lastgroup:
            draft.end = max(draft.end, at)
            return at
        draft.bound = match.lastgroup if draft.bound != "portion" else draft.bound
        draft.end = match.end()
        return match.end()

    def annotate(self, draft: Draft, group: Group, inside: str, holds: bool, top: bool) -> None:
        """Take brackets that stand behind an amount: （新規）, （R4 補正）, （前年度の額）, （一部GX1,576億円）."""
        if holds:
            self.walk(group.start + 1, group.end - 1, above=draft)
        elif self.says_when(inside):
            when = read_when(inside, self.base)
            draft.years, draft.stages = when.years or draft.years, when.stages
        elif account := _accounts_in(inside):
            self.account, draft.account = (account, draft.account) if top else (self.account, account)
        elif flag := flag_of(inside):
            (self.flags if top and flag != "new" else draft.flags).add(flag)
        elif not self.qualify(draft, inside) and top:
            self.remarks.append(inside)

    def qualify(self, draft: Draft, inside: str) -> bool:
        """Take brackets that say how far an amount goes, and say whether they do: （内数）, （5年）, （推計額を含む）."""
        source = SOURCE.match(inside.strip())
        if inside.strip(" 　の等") == "内数":
            draft.bound = "portion"
        elif bound := bound_of(inside):
            draft.bound = bound
        elif source:
            draft.label = draft.label or _label(source["label"])
        elif ESTIMATE.search(inside):
            draft.bound = "about" if draft.bound == "exact" else draft.bound
        elif over := OVER.fullmatch(f"（{inside}）"):
            draft.over = int(over["years"])
        else:
            return False
        return True

    def says_when(self, inside: str) -> bool:
        """Say whether brackets hold years and stages, and nothing besides: （R4 補正）, （R2、4補正、R5当初）."""
        if len(inside) > _NEAR:
            return False
        when = read_when(inside, self.base)
        return bool(when.years or when.stages) and not when.rest.strip(PUNCTUATION + "の及び並びに")

    def mark(self, inside: str) -> bool:
        """Take brackets that stand for themselves, and say whether they do.

        （GX）, （再掲）, 【復興】, 「（…の内数）」 of all that follows (white paper, line 53); but 「（独）」 begins a label.
        """
        if account := _accounts_in(inside):
            self.account = account
        elif flag := flag_of(inside):
            self.flags.add(flag)
        elif source := SOURCE.match(inside.strip()):
            self.source = _label(source["label"])
        elif NO_SUM.search(inside):
            self.remarks.append(inside)
        else:
            return False
        return True


def other_money(text: str, found: Sum, cue: str) -> str:
    """Return why a sum in `text` behind the words `cue` is no budget: what was added since another year, a price."""
    near = cue[-_NEAR:]
    if DIFFERENCE_BEFORE.search(near) or DIFFERENCE_BEHIND.match(text, found.end):
        return "増減額"
    if UNIT_COST.search(near) or UNIT_COST_BEHIND.match(text, found.end):
        return "単価・対象の規模"
    return ""


def _accounts_in(inside: str) -> str | None:
    """Return the account that brackets name, or all of several as printed: （一般会計・エネ特）."""
    if account := account_of(inside):
        return account
    named = [account_of(each) for each in re.split(r"[・･、,，/／]|及び", inside)] if len(inside) <= _NEAR else [None]
    return "・".join(each for each in named if each) if len(named) > 1 and all(named) else None


def _without_source(text: str) -> str:
    return re.sub(r"の内数(?:等)?$", "", text)


def _label(text: str) -> str | None:
    """Return `text` as a label, without what separates it from the amount before."""
    text = text.strip(PUNCTUATION)
    if text.count("）") + text.count(")") > text.count("（") + text.count("("):
        text = text.rstrip("）)】」")
        text = re.sub(r"^[）)]+", "", text)
    return clean(_without_source(text)) or None
