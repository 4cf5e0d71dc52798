"""What parts come to: which are counted, which are left out and why, what rounding may make of it."""

import pytest

from index.document import Amount, Item, Place
from search.ledger import Node, reckonings

OKU = 10**8
TOTAL = Amount(10 * OKU, (2025,), "initial", role="total", written="10億円")


def node(name: str, *amounts: Amount, kind: str = "item", table: bool = False) -> Node:
    return Node(Item(Place("紙", 1, 1), name, None, kind, amounts=amounts), table=table)


def part(yen: int = 4 * OKU, **more: object) -> Amount:
    given = {"years": (2025,), "stage": "initial", "written": "4億円", **more}
    return Amount(yen, **given)  # type: ignore[arg-type]


# The second of two parts, and why it is left out.
LEFT = [
    (part(flags=("repeated",)), "repeated"),
    (part(flags=("later",)), "later"),
    (part(bound="portion"), "portion"),
    (part(bound="ceiling"), "ceiling"),
    (part(bound="about"), None),
    (part(flags=("reference",)), None),
]


@pytest.mark.parametrize(("amount", "reason"), LEFT, ids=str)
def test_leaves_out(amount: Amount, reason: str | None) -> None:
    (found,) = reckonings(node("見出し", TOTAL, kind="heading"), [node("甲事業", part()), node("乙事業", amount)])
    assert [each.reason for each in found.left_out] == ([reason] if reason else [])
    assert found.sum == (4 if reason else 8) * OKU


def test_a_programme_printed_twice_is_counted_once() -> None:
    (found,) = reckonings(
        node("見出し", TOTAL), [node("甲事業", part()), node("甲事業費", part()), node("事務費", part())]
    )
    assert (found.sum, [each.reason for each in found.left_out]) == (8 * OKU, ["again"])


def test_other_years_and_stages_are_no_parts() -> None:
    others = [part(years=(2024,)), part(stage="supplementary"), part(role="part")]
    assert reckonings(node("見出し", TOTAL), [node("甲事業", *others)]) == []


def test_rounding_is_half_a_digit_of_each() -> None:
    (found,) = reckonings(
        node("見出し", TOTAL), [node("甲", part()), node("乙", part(56 * OKU // 10, written="5.6億円"))]
    )
    assert (found.tolerance, found.explained) == ((OKU + OKU + OKU // 10) // 2, True)


def test_whole_yen_are_not_rounded() -> None:
    total = Amount(10, (2025,), "initial", role="total", written="10円")
    (found,) = reckonings(node("見出し", total), [node("甲", part(9, written="9円"))])
    assert (found.tolerance, found.explained) == (0, False)


def test_columns_are_told_apart_by_label() -> None:
    def row(name: str, *yen: int, role: str = "own") -> Node:
        amounts = [part(each, label=label, role=role) for each, label in zip(yen, ("要求", "査定"), strict=True)]
        return node(name, *amounts, kind="row", table=True)

    found = reckonings(row("計", 9, 7, role="total"), [row("甲", 5, 3), row("乙", 4, 4)])
    assert [(each.yen, each.sum) for each in found] == [(9, 9), (7, 7)]


def test_what_lacks_a_column_is_stood_for_by_its_own_parts() -> None:
    below = node("小計", part(years=(2024,)))
    below.under = [node("甲", part()), node("乙", part(6 * OKU))]
    (found,) = reckonings(node("見出し", TOTAL), [below])
    assert found.sum == 10 * OKU
