"""Plans answered slowly: every record is read for every condition, and no index is asked.

What a query means is written down here a second time, record by record, as the product says it; the engine must give
the same. Only the analysis of texts into terms and the folding of characters are shared.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from index import analysis
from index.document import ROLES, Amount, Item
from index.text import fold
from search.plan import (
    Account,
    And,
    Beginning,
    Change,
    Choice,
    Flag,
    Has,
    Money,
    Not,
    Or,
    Papers,
    Plan,
    Rate,
    Spelling,
    Words,
    Years,
)

INFINITE = float("inf")


class Verdict(NamedTuple):
    """How a record answers: surely, perhaps, by words near it, by words at another amount of its item."""

    sure: bool
    may: bool
    near: bool
    loose: bool


class Slow(NamedTuple):
    """A hit: paper and item by their positions, group (0 certain, 1 possible, 2 related), records, repeats.

    The first `own` of the records are of its own group.
    """

    paper: int
    item: int
    group: int
    matched: tuple[int, ...]
    repeats: tuple[int, ...] = ()
    own: int = 1


class Record(NamedTuple):
    """One amount of an item, or none; `number` is its position in the item."""

    paper: int
    item: Item
    number: int
    amount: Amount | None


def answer(papers: Sequence[Sequence[Item]], plan: Plan) -> list[Slow]:
    """Return every item that answers `plan`, in order."""
    found = []
    for paper, items in enumerate(papers):
        for position, item in enumerate(items):
            records = [Record(paper, item, n, each) for n, each in enumerate(item.amounts or (None,))]
            verdicts = [verdict(each, plan, frozenset(), on_amounts(plan)) for each in records]
            groups = [0 if v.sure else 1 if v.may else 2 if v.near else 3 for v in verdicts]
            group = min(groups)
            if group < 3:
                own = [n for n, each in enumerate(groups) if each == group]
                shown = own + [n for n, each in enumerate(groups) if group == 0 and each == 1]
                found.append(Slow(paper, position, group, tuple(shown), own=len(own)))
    return folded(papers, found)


def folded(papers: Sequence[Sequence[Item]], found: list[Slow]) -> list[Slow]:
    """Return `found` with what is marked 再掲 or 後掲 under the entry that it repeats."""

    def item(hit: Slow) -> Item:
        return papers[hit.paper][hit.item]

    def marked(hit: Slow) -> bool:
        return bool(item(hit).amounts) and all(
            {"repeated", "later"} & set(item(hit).amounts[n].flags) for n in hit.matched
        )

    kept: dict[tuple[int, str], list[Slow]] = {}
    for hit in found:
        kept.setdefault((hit.paper, fold(item(hit).name)), []).append(hit)
    result = []
    for same in kept.values():
        head = min(same, key=lambda hit: (marked(hit), hit.group))
        under = [hit for hit in same if marked(hit) and hit != head and head.group <= hit.group]
        result += [hit for hit in same if hit != head and hit not in under]
        result.append(head._replace(repeats=tuple(hit.item for hit in under)))
    return sorted(result)


# -- sums


def certain(papers: Sequence[Sequence[Item]], plan: Plan) -> list[tuple[int, int, int]]:
    """Return all amounts that surely answer, of whatever role: paper, item and amount by their positions."""
    amounts = on_amounts(plan)
    return [
        (paper, position, number)
        for paper, items in enumerate(papers)
        for position, item in enumerate(items)
        for number, amount in enumerate(item.amounts)
        if verdict(Record(paper, item, number, amount), plan, frozenset(ROLES), amounts).sure
    ]


def alone(amount: Amount) -> str | None:
    """Return why an amount can be in no sum for what it says itself."""
    if amount.role != "own":
        return amount.role
    for flag in ("repeated", "later"):
        if flag in amount.flags:
            return flag
    if amount.stage == "commitment":
        return "commitment"
    return None if amount.bound in ("exact", "about") else amount.bound


# -- conditions


def verdict(record: Record, plan: Plan, asked: frozenset[str], amounts: bool) -> Verdict:
    """Return how a record answers `plan`; `asked` are roles asked for around it, `amounts` that sums are."""
    match plan:
        case And(operands):
            parts = []
            for number, each in enumerate(operands):
                beside = frozenset(role for n, other in enumerate(operands) if n != number for role in roles(other))
                parts.append(verdict(record, each, asked | beside, amounts or any(map(on_amounts, operands))))
            worded = any(part.near for part, each in zip(parts, operands, strict=True) if has_words(each))
            loose = all(part.loose for part in parts)
            near = all(part.near for part in parts) or (loose and worded)
            return Verdict(all(part.sure for part in parts), all(part.may for part in parts), near, loose)
        case Or(operands):
            parts = [verdict(record, each, asked, amounts or on_amounts(each)) for each in operands]
            return Verdict(*(any(column) for column in zip(*parts, strict=True)))
        case Not(operand):
            asked = asked | roles(plan)
            inner = verdict(record, operand, asked, amounts)
            there = speaks(record, asked, amounts)
            return Verdict(there and not inner.may, *[there and not inner.sure] * 3)
        case Words() | Beginning():
            own, near, loose = words(record, plan)
            there = speaks(record, asked, amounts)
            return Verdict(own and there, own and there, (near if amounts else loose) and there, loose and there)
        case _:
            there = speaks(record, asked | roles(plan), amounts)
            sure, may = condition(record, plan)
            return Verdict(sure and there, may and there, may and there, may and there)


def speaks(record: Record, asked: frozenset[str], amounts: bool) -> bool:
    """Say whether a record may answer at all: sums of the year before and parts only where asked for by name.

    Without conditions on amounts, an item that has nothing but such sums answers with them.
    """
    usual = {"own", "total", *asked}
    if record.amount is None or record.amount.role in usual:
        return True
    return not amounts and not any(each.role in usual for each in record.item.amounts)


def condition(record: Record, plan: Plan) -> tuple[bool, bool]:
    """Say whether one condition surely, and may, hold for a record."""
    amount = record.amount
    match plan:
        case Papers(numbers):
            return (record.paper in numbers,) * 2
        case Has("text"):
            return (bool(record.item.text),) * 2
    if amount is None:
        return False, False
    match plan:
        case Money(low, high):
            least, most = interval(amount)
            return inside(least, most, low, high), meets(least, most, low, high)
        case Years(low, high):
            return (any(inside(year, year, low, high) for year in amount.years),) * 2
        case Choice(column, values):
            return (getattr(amount, column) in values,) * 2
        case Account(marks):
            name = amount.account or ""
            return name in marks, name in marks or (name[:2] == "一部" and name[2:] in marks)
        case Flag(name):
            return (name in amount.flags,) * 2
        case Has(name):
            there = {"amount": True, "label": bool(amount.label), "change": before(record) is not None}
            there["executed"] = available(record) is not None
            return (there[name],) * 2
        case Change():
            return changed(record, plan)
        case Rate(low, high, low_open, high_open):
            whole = available(record)
            rate = whole and Fraction(amount.yen * 10_000, whole)
            above = low is None or (rate is not None and (rate > low or (rate == low and not low_open)))
            below = high is None or (rate is not None and (rate < high or (rate == high and not high_open)))
            return (rate is not None and above and below,) * 2
    raise AssertionError(plan)


def interval(amount: Amount) -> tuple[int, int]:
    """Return the least and the most that a sum may be."""
    return (0 if amount.bound in ("portion", "ceiling") else amount.yen), amount.yen


def inside(least: float, most: float, low: float | None, high: float | None) -> bool:
    """Say whether a whole interval lies between two ends."""
    return (low is None or least >= low) and (high is None or most <= high)


def meets(least: float, most: float, low: float | None, high: float | None) -> bool:
    """Say whether some of an interval lies between two ends."""
    return (low is None or most >= low) and (high is None or least <= high)


def before(record: Record) -> Amount | None:
    """Return the sum of the year before that is printed beside a record's: the first behind it, before the next own."""
    own: int | None = None
    found: dict[int | None, Amount] = {}
    for number, each in enumerate(record.item.amounts):
        beyond = each.stage == "commitment" or each.bound == "each" or each.role == "mention"
        if each.role != "previous" and not beyond:
            own = number
        elif each.role == "previous" and own is not None:
            found.setdefault(own, each)
    return found.get(record.number)


def available(record: Record) -> int | None:
    """Return what there was of the money that a record's amount executed, None where that is not known."""
    amount = record.amount
    if amount is None or amount.stage != "executed" or amount.role not in ("own", "total"):
        return None
    whole = [
        each
        for each in record.item.amounts
        if each.label == "歳出予算現額" and each.role == "total" and each.years == amount.years
    ]
    same = [each for each in whole if each.account == amount.account] or whole
    return same[0].yen if len(same) == 1 and same[0].yen > 0 else None


def changed(record: Record, change: Change) -> tuple[bool, bool]:
    """Say whether the change against the year before surely, and may, lie between two ends."""
    previous = before(record)
    if previous is None or record.amount is None or (change.share and not previous.yen):
        return False, False
    (least, most), (little, much) = interval(record.amount), interval(previous)
    if change.share:
        greatest = Fraction(most - little, little) * 10_000 if little else INFINITE
        values: tuple[Fraction | float, ...] = (Fraction(least - much, much) * 10_000, greatest)
    else:
        values = (least - much, most - little)

    def above(value: Fraction | float) -> bool:
        return change.low is None or value > change.low or (value == change.low and not change.low_open)

    def below(value: Fraction | float) -> bool:
        return change.high is None or value < change.high or (value == change.high and not change.high_open)

    return all(above(each) and below(each) for each in values), above(values[1]) and below(values[0])


# -- words


def words(record: Record, word: Words | Beginning) -> tuple[bool, bool, bool]:
    """Say whether a word is a record's own, stands near it, or stands anywhere at its item."""
    texts = list(stretches(record))
    own = any(source in word.fields and says(text, word) for source, text in texts)
    near = any(source in word.fields | word.near and (says(text, word) or holds(text, word)) for source, text in texts)
    labels = (each.label for each in record.item.amounts if each.label)
    other = "label" in word.fields | word.near and any(says(each, word) or holds(each, word) for each in labels)
    return own, own or near, own or near or other


def stretches(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the texts that stand at a record, with what each is."""
    item = record.item
    if item.kind != "passage":
        yield "name", item.name
    if record.amount and record.amount.label:
        yield "label", record.amount.label
    if item.text:
        yield "passage" if item.kind == "passage" and not item.amounts else "text", item.text
    yield from (("heading", each) for each in item.heading_path)
    if item.lead:
        yield "lead", item.lead


@lru_cache(maxsize=100_000)
def says(text: str, word: Words | Beginning) -> bool:
    """Say whether a text says a word."""
    terms, long = analysed(text)
    if isinstance(word, Beginning):
        begins = any(each.startswith(word.folded) for each in terms + tuple(each[1:] for each in long))
        marked = word.folded.startswith((analysis.BOUND, analysis.UNIT))
        return (begins and not marked) or bool(word.head and follows(terms, word.head) and word.folded in _folded(text))
    return any(spelled(text, each, word.exact) for each in word.spellings)


def spelled(text: str, spelling: Spelling, exact: bool) -> bool:
    """Say whether a text says one spelling of a word."""
    terms, long = analysed(text)
    written = spelling.folded in _folded(text)
    if not spelling.terms:
        return written
    said = follows(terms, spelling.terms) or (len(spelling.terms) == 1 and spelling.terms[0] in long)
    return said and (written or not (exact or len(spelling.folded) == 1))


@lru_cache(maxsize=100_000)
def holds(text: str, word: Words | Beginning) -> bool:
    """Say whether a text holds the characters of a word, or says something like it."""
    whole = _folded(text)
    if isinstance(word, Beginning):
        return word.folded in whole
    typed, *others = word.spellings
    latin = [each.folded for each in others if each.folded and each.folded.isascii()]
    other = [each.folded for each in others if each.folded and not each.folded.isascii()]
    return (
        any(each in whole for each in (typed.folded, *other))
        or any(re.search(rf"(?<![0-9A-Za-z]){re.escape(each)}(?![0-9A-Za-z])", whole) for each in latin)
        or any(spelled(text, each, False) for each in word.kin)
    )


def follows(terms: Sequence[str], phrase: Sequence[str]) -> bool:
    """Say whether the terms of a phrase stand one behind the other."""
    return any(tuple(terms[n : n + len(phrase)]) == tuple(phrase) for n in range(len(terms) - len(phrase) + 1))


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    """Return a text as it is looked through: folded, and behind it as it is printed where scanning spoiled it."""
    return "\n".join(dict.fromkeys((fold(text), fold(text, strings=False))))


@lru_cache(maxsize=10_000)
def analysed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms of a text, and its long units."""
    terms, long = analysis.terms(text)
    return tuple(terms), tuple(long)


# -- what a plan asks for


def leaves(plan: Plan, asked: bool = True) -> Iterator[tuple[Plan, bool]]:
    """Yield the words and conditions of a plan, and whether each is asked for, not asked to be left out."""
    match plan:
        case And(operands) | Or(operands):
            for each in operands:
                yield from leaves(each, asked)
        case Not(operand):
            yield from leaves(operand, not asked)
        case _:
            yield plan, asked


def roles(plan: Plan) -> frozenset[str]:
    """Return the roles that a plan asks for by name."""
    chosen = [each for each, asked in leaves(plan) if asked and isinstance(each, Choice) and each.column == "role"]
    return frozenset(value for each in chosen for value in each.values if value)


def on_amounts(plan: Plan) -> bool:
    """Say whether a plan has a condition on amounts."""
    kinds = (Money, Years, Choice, Account, Flag, Change, Rate)
    return any(
        isinstance(each, kinds) or (isinstance(each, Has) and each.name in ("label", "change", "executed"))
        for each, _ in leaves(plan)
    )


def has_words(plan: Plan) -> bool:
    """Say whether a plan looks for words, not only asks to leave some out."""
    match plan:
        case And(operands) | Or(operands):
            return any(map(has_words, operands))
        case _:
            return isinstance(plan, Words | Beginning)
