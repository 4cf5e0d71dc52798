"""Why nothing was found: which condition emptied the answer, and what would have answered."""

import re
from collections.abc import Callable, Iterator, Mapping

from index.document import FLAGS
from index.schema import FIELDS, value_of
from index.store.catalog import Catalog
from index.text import normal
from search.plan import Account, And, Choice, Flag, Not, Papers, Plan, Words, on_amounts, roles
from search.results import GROUPS
from search.tree import And as AndTree
from search.tree import Field, Query
from search.tree import Not as NotTree
from search.tree import Or as OrTree

_MOST = 8
_SHOWN = 60
_ROLES = {"previous": "前年度の額", "part": "うち数", "mention": "言及された額"}

_SUM = re.compile(r"[0-9一二三四五六七八九十百千][0-9一二三四五六七八九十百千,.]*[兆億万]")

Count = Callable[[Plan], int]
Meant = Callable[[Query], list[tuple[Query, int]]]
"""Gives other words for a word, alone or in a field, that has no hits; each with its hits."""


def diagnose(tree: Query, plan: Plan, count: Count, catalog: Catalog, meant: Meant) -> tuple[str, ...]:
    """Return in Japanese which condition of a query without hits emptied the answer, and what may have been meant."""
    if not catalog.items:
        return ("索引に施策がありません。seisaku index add で文書を加えてください。",)
    lines = dict.fromkeys(_lines(tree, plan, count, catalog, meant))
    return (*list(lines)[:_MOST], *_roles(plan, count))


def elsewhere(only: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return in Japanese that a page of one group is empty, but the others are not."""
    others = "・".join(f"{name} {counts[group]}件" for group, name in GROUPS.items() if counts[group])
    return (f"「{GROUPS[only]}」はありませんが、{others}があります。--only を外すと表示されます。",)


def _lines(tree: Query, plan: Plan, count: Count, catalog: Catalog, meant: Meant) -> Iterator[str]:
    parts = _parts(tree)
    match plan:
        case And(operands) if isinstance(tree, AndTree | Field) and len(parts) == len(operands):
            yield from _together(parts, plan, count, catalog, meant)
        case _ if isinstance(tree, OrTree | Field) and len(parts) > 1:
            for part, operand in zip(parts, getattr(plan, "operands", ()), strict=False):
                yield from _lines(part, operand, count, catalog, meant)
        case Not() if isinstance(tree, NotTree):
            yield f"「{_short(tree.operand)}」がどの施策にも当てはまるため、除くと残りません。"
        case _:
            yield f"「{_short(tree)}」に該当する施策はありません。{_known(plan, catalog)}{_others(tree, meant)}"
            yield from _instead(plan, count)


def _together(parts: tuple[Query, ...], plan: And, count: Count, catalog: Catalog, meant: Meant) -> Iterator[str]:
    """Yield what each of several conditions finds alone, and what is found without it."""
    for number, (part, operand) in enumerate(zip(parts, plan.operands, strict=True)):
        if number == _MOST:
            return
        alone = count(operand)
        if not alone:
            yield from _lines(part, operand, count, catalog, meant)
            continue
        others = plan.operands[:number] + plan.operands[number + 1 :]
        without = count(And(others) if len(others) > 1 else others[0])
        yield f"「{_short(part)}」だけなら {alone}件、「{_short(part)}」を外すと {without}件です。"
        yield from _instead(operand, count)


def _parts(tree: Query) -> tuple[Query, ...]:
    """Return what a query joins; a field before brackets stands before each part in them."""
    match tree:
        case AndTree(operands) | OrTree(operands):
            return operands
        case Field(name, AndTree(operands) | OrTree(operands)):
            return tuple(each if _named(each) else Field(name, each) for each in operands)
        case _:
            return (tree,)


def _named(tree: Query) -> bool:
    return not isinstance(tree, AndTree | OrTree | NotTree) and hasattr(tree, "name")


def _known(plan: Plan, catalog: Catalog) -> str:
    """Return the values that a field can have in this store, where they are few."""
    match plan:
        case Papers():
            ids = [catalog.about(number).id for number in range(min(_MOST, catalog.papers))]
            return f"索引にある文書は {'、'.join(ids)} です。"
        case Account():
            accounts = [each for each in catalog.accounts() if each]
            return f"索引にある会計は {'、'.join(accounts[:_MOST])} です。" if accounts else ""
        case _:
            return ""


def _others(tree: Query, meant: Meant) -> str:
    """Return which words may have been meant, and how many hits each has."""
    others = "、".join(f"{_short(each)}（{hits}件）" for each, hits in meant(tree))
    return f"もしかして: {others}" if others else ""


def _instead(plan: Plan, count: Count) -> Iterator[str]:
    """Yield how a word is written that looks like a mark of amounts, or like a condition on money."""
    if not isinstance(plan, Words) or plan.exact:
        return
    word = normal(plan.text)
    if _SUM.search(word):
        yield f"「{word}」は言葉として探しました。金額の条件は 1000億以上、100億超、金額>1000億 のように書きます。"
    for field in ("stage", "bound", "is"):
        value = value_of(field, word)
        if value is None or (field == "is" and value not in FLAGS):
            continue  # what a sum is, is:portion or is:total, is among its bounds and roles
        found = count(Flag(value) if field == "is" else Choice(field, frozenset((value,))))
        if found:
            label = FIELDS[field].label
            yield f"「{word}」は金額の{label}です。{label}:{word} と書くと {found}件が当てはまります。"
            return


def _roles(plan: Plan, count: Count) -> Iterator[str]:
    """Yield that sums which answer only when they are asked for by name would answer."""
    for role, name in _ROLES.items():
        if on_amounts(plan) and role not in roles(plan):
            found = count(And((plan, Choice("role", frozenset((role,))))))
            if found:
                yield f"{name}なら {found}件が当てはまります（role:{role} を書き足すと表示されます）。"


def _short(tree: Query) -> str:
    text = str(tree)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
