"""Lists of amounts with their places: what a sum counts, what it leaves out."""

from collections.abc import Collection, Iterable, Iterator

from index.document import Place
from search.figures import REASONS, Addend, LeftOut
from search.render.figures.parts import named, said, yen_cell
from search.render.sheets import Column, Row, Sheet

YEN, REASON, MEANING, PLACE = Column("金額", "oku"), Column("理由"), Column("意味"), Column("出典", "place")
NAME = Column("名称", "wide")


def counted_list(title: str, counted: Iterable[Addend]) -> Sheet:
    """Return the amounts that a sum counts."""
    rows = (Row((yen_cell(each), said(each), str(each.place), named(each))) for each in counted)
    return Sheet(title, (YEN, MEANING, PLACE, NAME), tuple(rows))


def left_list(title: str, left: Iterable[LeftOut], counted: Iterable[Addend] | None = None) -> Sheet:
    """Return amounts that are left out, by their reasons, with the places where they are counted instead.

    With `counted`, what that sum counts, a repeat of something that is not there says so.
    """
    places = None if counted is None else {each.place for each in counted}
    rows = (_left_row(each, places) for _, group in by_reason(left) for each in group)
    return Sheet(title, (YEN, REASON, MEANING, PLACE, NAME), tuple(rows))


def by_reason(left: Iterable[LeftOut]) -> Iterator[tuple[str, list[LeftOut]]]:
    """Yield what is left out by its reason, in the order of REASONS."""
    listed = list(left)
    for reason in REASONS:
        if group := [each for each in listed if each.reason == reason]:
            yield reason, group


def is_lost(left: LeftOut, places: Collection[Place]) -> bool:
    """Say whether a sum that counts what stands at `places` leaves out a repeat, and counts nothing in its stead."""
    return left.reason in ("repeated", "later") and left.instead not in places


def _left_row(left: LeftOut, places: Collection[Place] | None) -> Row:
    addend, name = left.addend, named(left.addend)
    if places is not None and is_lost(left, places):
        name += f"（元の記載{f' {left.instead} ' if left.instead else ''}が該当になし）"
    elif left.instead:
        name += f"（{left.instead} で数える）"
    return Row((yen_cell(addend), REASONS[left.reason], said(addend), str(addend.place), name))
