"""What a query means here: known fields, analysed words, whole yen.

Plain tuples with names: they are made in every run of the command, and take a quarter of the time of dataclasses.
"""

from typing import NamedTuple, Union


class Spelling(NamedTuple):
    """One way to say a word: its terms in order, the same folded, and the long units among the terms."""

    terms: tuple[str, ...]
    folded: str
    units: tuple[str, ...] = ()


class Words(NamedTuple):
    """A word with all that means the same.

    `fields` are the stretches in which it is its item's own, `near` those in which it only stands near.
    `spellings` begins with the word as typed. An `exact` one stands there in just these characters. `kin` mean
    something like it: where they stand, the word only stands near.
    """

    text: str
    spellings: tuple[Spelling, ...]
    fields: frozenset[str]
    near: frozenset[str]
    exact: bool = False
    kin: tuple[Spelling, ...] = ()


class Beginning(NamedTuple):
    """What begins with some characters, as in ``半導*``; `head` are the terms of its first unit, if it has several."""

    folded: str
    fields: frozenset[str]
    near: frozenset[str]
    head: tuple[str, ...] = ()


class Papers(NamedTuple):
    """The papers whose id or title says this; the numbers of those that do."""

    numbers: frozenset[int]


class Money(NamedTuple):
    """An amount from `low` to `high` yen, both ends in it; None is an open end."""

    low: int | None
    high: int | None


class Years(NamedTuple):
    """An amount of a fiscal year from `low` to `high`, both ends in it; None is an open end."""

    low: int | None
    high: int | None


class Choice(NamedTuple):
    """An amount with one of the values in `values` (None is unknown); `column` is stage, bound or role."""

    column: str
    values: frozenset[str | None]


class Account(NamedTuple):
    """An amount of one of the accounts `marks`; 一部GX may be GX."""

    marks: frozenset[str]


class Flag(NamedTuple):
    """An amount with a flag: new, repeated, later, reference."""

    name: str


class Change(NamedTuple):
    """An amount whose difference from the year before lies between two ends, in yen, or in per cent if `share`.

    The ends are whole yen or hundredths of a per cent; None is no end. An end is in it, if it is not open.
    """

    low: int | None
    high: int | None
    share: bool
    low_open: bool = False
    high_open: bool = False


class Rate(NamedTuple):
    """An amount executed that is, of the money there was, between two ends, in hundredths of a per cent.

    None is no end. An end is in it, if it is not open.
    """

    low: int | None
    high: int | None
    low_open: bool = False
    high_open: bool = False


class Has(NamedTuple):
    """An item with an amount, a text; an amount with a label, one of the year before beside it, a rate of execution."""

    name: str


class Not(NamedTuple):
    """Everything but its operand."""

    operand: "Plan"


class And(NamedTuple):
    """What all operands hold for, in one and the same amount."""

    operands: tuple["Plan", ...]


class Or(NamedTuple):
    """What any operand holds for."""

    operands: tuple["Plan", ...]


Leaf = Union[Papers, Money, Years, Choice, Account, Flag, Change, Rate, Has]  # noqa: UP007  (as below)
Plan = Union[Words, Beginning, Leaf, Not, And, Or]  # noqa: UP007  (a `|` of names not yet made cannot be evaluated)


def sought(plan: Plan) -> list[Words | Beginning]:
    """Return the words of a plan in order, those under Not left out."""
    match plan:
        case And(operands) | Or(operands):
            return [word for each in operands for word in sought(each)]
        case Words() | Beginning():
            return [plan]
        case _:
            return []


def conditions(plan: Plan) -> list[Plan]:
    """Return all words and conditions of a plan in order."""
    match plan:
        case And(operands) | Or(operands):
            return [leaf for each in operands for leaf in conditions(each)]
        case Not(operand):
            return conditions(operand)
        case _:
            return [plan]


def on_amounts(plan: Plan) -> bool:
    """Say whether any condition of a plan is one on amounts."""
    return any(
        isinstance(each, Money | Years | Choice | Account | Flag | Change | Rate)
        or (isinstance(each, Has) and each.name in ("label", "change", "executed"))
        for each in conditions(plan)
    )


def roles(plan: Plan, asked: bool = True) -> frozenset[str]:
    """Return the roles that a plan asks for by name; those it asks to leave out are not among them."""
    match plan:
        case And(operands) | Or(operands):
            return frozenset(role for each in operands for role in roles(each, asked))
        case Not(operand):
            return roles(operand, not asked)
        case Choice("role", values) if asked:
            return frozenset(value for value in values if value)
        case _:
            return frozenset()
