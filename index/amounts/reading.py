"""The brackets and sums of one entry, read from left to right into drafts of amounts."""

import re

from index.accounts import account_of
from index.amounts.brackets import Group, Text, pairs, sums_in
from index.amounts.drafts import BRACKETS, LATER_MONEY, Draft
from index.amounts.names import clean, is_said_in_name, one_name, status_in
from index.amounts.relations import (
    behind_unread,
    is_range,
    other_money,
    settle_below,
    settle_beside,
    settle_range,
)
from index.amounts.when import PUNCTUATION, Cue, When, bound_in, bound_of, flag_of, read_cue, read_when
from index.money import HANDED_OUT, UNIT_COST_BEHIND
from index.notation import (
    ESTIMATE,
    INCLUDED,
    LABEL_WORDS,
    NEW_BEHIND,
    NO_SUM,
    NOTHING,
    OVER,
    PART,
    SOURCE,
    SUFFIX,
    WHOLE_LIFE,
    YEARLY,
)
from index.years import number_of, ring_year
from index.yen import Sum

_BARE_LABEL = re.compile(r"[^。、]*(?:費|金|事業|基金|勘定|枠|分|会計|財源)[）)】]?")
_PART_LABEL = re.compile(r"[^。、，0-9０-９]{2,30}")
"""「1,500百万円（うち自然公園 800百万円）」: whatever stands between うち and the sum names the part."""

_FUNDING = re.compile("財源(?:内訳)?|内訳|特定財源")
_WHOLE = re.compile("総額|合計|累計|間$|間の")
_NEAR = 40


class Reader:
    """Reads the brackets and sums of one entry from left to right.

    `label`, `source`, `account` and `flags` hold for what follows; `behind` is where brackets ended that stood for
    themselves: nobody knows which is which in 「（10億円）12億円」. `priced` is the one sum of the brackets before,
    which the next ones stand behind: 「（640億円）〔前年度：1,023億円〕」; `nothing` says that there is none:
    「【皆減】（409億円）」.
    """

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
        self.behind = -1
        self.priced: Draft | None = None
        self.nothing = False

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
        if current is not None and not (current.years or current.stages) and self.says_when(rest):
            when, rest = read_when(rest, self.base), ""  # 「（1,127億円：契約ベース）」
            current.years, current.stages = when.years, when.stages
        flag = flag_of(rest.strip(PUNCTUATION + "。")) if top else None
        if current is not None and flag and flag != "new":  # 「30億円 ※再掲」
            self.flags.add(flag)
        elif top and rest.strip(PUNCTUATION + "。"):
            self.remarks.append(rest.strip(PUNCTUATION))

    def group(
        self, group: Group, lead: str, cut: int, current: Draft | None, above: Draft | None, top: bool
    ) -> tuple[int, Draft | None, str]:
        """Read a pair of brackets, and return where reading goes on, behind which amount, with which words."""
        between = self.text[cut : group.start].strip(PUNCTUATION)
        inside = self.text[group.start + 1 : group.end - 1]
        holds = self.parsed.holds_sum(group.start, group.end)
        if self.drafts and inside == "参考" and self.parsed.holds_sum(group.end, len(self.text)):
            return cut, current, lead  # 「６．整備 10億円⏎＜参考＞令和4年度決算額 9億円」: of what follows alone
        if current is not None and not holds and NO_SUM.fullmatch(between):  # 「50億円＋事項要求（新規）」
            self.remarks.append(between)
            between = ""
        if current is not None and not between and current.led and self.leads(group, inside):
            return group.end, None, inside
        if current is not None and not between:
            before = len(self.drafts)
            self.annotate(current, group, inside, holds, top)
            end = self.suffix(current, group.end)
            if current.bound == "portion" and end > group.end:  # 「252億円（146億円）の内数」
                for each in self.drafts[before:]:
                    each.bound = "portion" if each.above is current and each.role == "previous" else each.bound
            return end, current, ""
        if holds:
            none = NO_SUM.search(between) is not None or self.nothing
            if nothing := NOTHING.search(between):
                between, none = between[: nothing.start()], True
            own = read_cue(between, self.base).own
            self.label = _label(between[:own]) or self.label
            above = above or (self.priced if top and not between else None)
            before = len(self.drafts)
            self.walk(group.start + 1, group.end - 1, above, "" if none else lead + between[own:])
            if none:
                self.remarks.append(between[own:])
                _before_none(self.drafts[before:], self.base)
            if above is None and behind_unread(self.text, group.start):
                for draft in self.drafts[before:]:
                    draft.doubt = draft.doubt or BRACKETS
            self.behind = group.end if not between else -1
            self.priced = _price_of(self.drafts[before:]) or above if top else self.priced
            behind = top and self.priced and SUFFIX.match(self.text, group.end)
            return self.suffix(self.priced, group.end) if behind and self.priced else group.end, None, ""
        if not between and (self.says_when(inside) or bound_of(inside)):
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
        part = PART.match(cue)
        part = part if part and (above or self.drafts or "うち" in part[0]) else None
        words = cue[part.end() :] if part else cue
        said = read_cue(words, self.base)
        when = self.name(draft, words, said, above is not None, part is not None)
        other = other_money(draft, self.text, found, said.price)
        if before is not None and is_range(before, draft, cue):
            settle_range(before, draft)
            self.drafts[self.drafts.index(before)] = draft
            return draft
        settle_beside(draft, cue, before or (self.drafts[-1] if self.drafts and cut == self.behind else None))
        if other:
            draft.above = None if draft.role == "mention" else draft.above
        elif above is not None:
            inside = bool(part) or INCLUDED.match(self.text, found.end) is not None
            second = any(each.above is above and each.role == "previous" for each in self.drafts)
            settle_below(draft, above, words, inside, second, self.base)
        elif part:
            draft.role = "part"
            draft.above = next((each for each in reversed(self.drafts) if each.role == "own"), None)
        if said.total and draft.role == "own" and any(each.role == "own" for each in self.drafts):
            draft.role = "total"  # 「一般会計 10億円、復興特会 5億円、計 15億円」
        if _goes_on(draft, words, self.drafts):
            draft.years = self.drafts[-1].years
        first = part.start("what") if part else when.first
        draft.start = min(found.start, max(cut, found.start - len(cue) + first))
        draft.led = bool(lead)
        self.drafts.append(draft)
        return draft

    def say(self, start: int, end: int) -> None:
        """Take the sums that are said in the midst of a name as mentions: 「1億円以上の企業への補助」."""
        sums = (each for each in self.parsed.sums if start <= each.start < end)
        said = [each for each in sums if is_said_in_name(self.text, each)]
        self.drafts[:0] = [Draft(each.yen, each.start, each.start, each.end, role="mention") for each in said]

    def name(self, draft: Draft, words: str, said: Cue, inner: bool, part: bool) -> When:
        """Give a draft what its words say: label, years, stages, bound, account.

        「グリーンイノベーション基金の内数：上限1,510億円」 (white paper, line 39): 内数 there names what the money is
        taken from. 「（国研）…運営費交付金2024年度予算額の内数1.3億円」 (line 482) has no colon.
        """
        before, own = words[: said.own].strip(PUNCTUATION), words[said.own :]
        bare = not said.colon and bool(before) and _BARE_LABEL.fullmatch(_without_source(before)) is not None
        bare = bare or (part and inner and not said.colon and _names_part(before))
        named = bool(before) and (said.colon or bare)
        when = read_when(own if named else words, self.base)
        if inner and not when.years and (ring := ring_year(words, self.base)):
            when = when._replace(years=(ring,))
        draft.years, draft.stages = when.years, when.stages
        draft.bound = bound_in(own) or "exact"
        draft.account, draft.side = said.account, said.side
        if said.side and not (draft.years or draft.stages) and WHOLE_LIFE.fullmatch(said.side):
            draft.stages = ("commitment",)
        if said.flag and (flag := flag_of(said.flag)):
            draft.flags.add(flag)
        elif said.flag:
            self.remarks.append(said.flag)
        if named and said.colon and not inner:
            self.label = _label(before)
        if inner:
            draft.label = (_label(before) if named and not _FUNDING.fullmatch(before) else None) or said.side
        else:
            draft.label = (_label(before) if bare else None) or self.label or self.source or said.side
        over = OVER.search(words if "commitment" in draft.stages else own)
        if when.over:
            _commit(draft, when.over)
        elif over and ("commitment" in draft.stages or over["long"]):
            _commit(draft, number_of(next(filter(None, over.groups()))))
        return when._replace(first=said.own if named else min(when.first, said.own))

    def suffix(self, draft: Draft, at: int) -> int:
        """Take what stands directly behind an amount (の内数, 程度), and return where it ends."""
        if draft.bound == "each" and (
            price := UNIT_COST_BEHIND.match(self.text, at) or HANDED_OUT.match(self.text, at)
        ):
            at = draft.end = price.end()
        while (match := SUFFIX.match(self.text, at)) and match.lastgroup:  # 「程度の内数」
            if match.lastgroup == "portion" or (match.lastgroup == "ceiling" and draft.bound != "portion"):
                draft.bound = draft.bound if draft.bound == "each" else match.lastgroup
            elif match.lastgroup == "about" and draft.bound == "exact":
                draft.bound = "about"
            at = match.end()
        draft.end = max(draft.end, at)
        return at

    def annotate(self, draft: Draft, group: Group, inside: str, holds: bool, top: bool) -> None:
        """Take brackets that stand behind an amount: （新規）, （R4 補正）, （前年度の額）, （一部GX1,576億円）."""
        if holds:
            self.walk(group.start + 1, group.end - 1, above=draft)
        elif inside.strip(" 　").startswith("繰越明許") and top:
            self.remarks.append(inside)  # 「10億円（繰越明許費）」 is to be carried over, and still of its own budget
        elif self.says_when(inside):
            when = read_when(inside, self.base)
            draft.years, draft.stages = when.years or draft.years, when.stages or draft.stages
            if when.over:
                _commit(draft, when.over)
        elif account := _accounts_in(inside):
            self.account, draft.account = (account, draft.account or account) if top else (self.account, account)
        elif flag := flag_of(inside):
            (self.flags if top and flag != "new" else draft.flags).add(flag)
        elif "new" in (flags := [flag_of(each) for each in re.split("[・･、，,/／]", inside)]):
            draft.flags.update(each for each in flags if each)
            draft.stages = draft.stages or read_when(inside, self.base).stages
        elif not self.qualify(draft, inside) and top:
            self.remarks.append(inside)

    def qualify(self, draft: Draft, inside: str) -> bool:
        """Take brackets that say how far an amount goes, and say whether they do: （内数）, （5年）."""
        source = SOURCE.match(inside.strip())
        if inside.strip(" 　の等") == "内数":
            draft.bound = "portion"
        elif bound := bound_of(inside):
            draft.bound = bound
        elif source:
            draft.label = draft.label or _label(source["label"])
        elif LABEL_WORDS.fullmatch(inside.strip()):
            draft.side, draft.label = inside.strip(), draft.label or inside.strip()
        elif ESTIMATE.search(inside):
            draft.bound = "about" if draft.bound == "exact" else draft.bound
        elif over := OVER.fullmatch(f"（{inside}）"):
            draft.over = int(over["years"])
        elif _WHOLE.search(inside) and ((when := read_when(inside, self.base)).over or OVER.search(inside)):
            long = OVER.search(inside)
            draft.years = draft.years or when.years
            _commit(draft, when.over or number_of(next(filter(None, long.groups())) if long else "1"))
        else:
            return False
        return True

    def leads(self, group: Group, inside: str) -> bool:
        """Say whether brackets say of what year the sum behind them is: 「（R5）10億円 （R6）12億円」."""
        at = group.end
        while self.text[at : at + 1] in (" ", "　"):
            at += 1
        return self.says_when(inside) and self.parsed.holds_sum(at, at + 1)

    def says_when(self, inside: str) -> bool:
        """Say whether brackets hold years and stages, and nothing besides: （R4 補正）, （R2、4補正、R5当初）."""
        if len(inside) > _NEAR:
            return False
        when = read_when(inside, self.base)
        return bool(when.years or when.stages) and not when.rest.strip(PUNCTUATION + "の及び並びに")

    def mark(self, inside: str) -> bool:
        """Take brackets that stand for themselves, and say whether they do.

        （GX）, （再掲）, 「（…の内数）」 of all that follows (white paper, line 52); but 「（独）」 begins a label.
        """
        if account := _accounts_in(inside):
            self.account = account
        elif status := status_in(inside):
            self.flags.update(status.flags)
            self.remarks.extend(status.words)
        elif flag := flag_of(inside):
            self.flags.add(flag)
        elif source := SOURCE.match(inside.strip()):
            self.source = _label(source["label"])
        elif NO_SUM.search(inside) or NOTHING.fullmatch(inside.strip()):
            self.nothing = True
            self.remarks.append(inside)
        else:
            return False
        return True


def _names_part(before: str) -> bool:
    return _PART_LABEL.fullmatch(before) is not None and not YEARLY.search(before)


def _goes_on(draft: Draft, words: str, drafts: list[Draft]) -> bool:
    """Say whether an amendment is of the year of the sum before it: 「R2第1次補正 2,200億円、予備費 860億円」."""
    before = drafts[-1] if drafts else None
    if before is None or draft.years or not before.years or before.above is not draft.above:
        return False
    budget = before.stage in ("initial", *LATER_MONEY) and draft.stage in LATER_MONEY
    return budget and words[:1] in "、，・＋+及" and draft.label == before.label


def _commit(draft: Draft, over: int) -> None:
    """Make an amount one that runs over several years; what says its own stage keeps it."""
    draft.over, draft.stages = over, draft.stages or ("commitment",)


def _price_of(drafts: list[Draft]) -> Draft | None:
    """Return the one sum that brackets hold which says neither year nor stage, and so is the entry's price."""
    own = [draft for draft in drafts if draft.role == "own" and draft.above is None]
    return (
        own[0]
        if len(own) == 1 and own[0].bound != "each" and not (own[0].years or own[0].stages or own[0].doubt)
        else None
    )


def _before_none(drafts: list[Draft], base: int | None) -> None:
    """Settle the sums in brackets behind 「事項要求」: those of the year before, for this one has none yet."""
    for draft in drafts:
        if draft.role == "own" and draft.above is None and (not draft.years or base is None or max(draft.years) < base):
            draft.role, draft.bare = "previous", not draft.years


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
