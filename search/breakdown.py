"""Tallies into totals with their amounts, broken down by account, heading, document, stage or year."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from index.document import STAGES, in_time
from index.store.catalog import Catalog
from index.store.flat import BOUND_CODES
from search.figures import Addend, LeftOut, Share, Total
from search.totals import Tally

_LEVELS = 2
_ABOUT = BOUND_CODES.index("about")


def totals_of(tallies: Iterable[Tally], catalog: Catalog, by: str | None) -> tuple[Total, ...]:
    """Return the totals that `tallies` make, each broken down `by` a key of BREAKDOWNS if one is given.

    By stage they come in order of stages, else in order of years.
    """
    totals = [_total(each, catalog, by) for each in tallies]
    if by == "stage":
        totals.sort(key=lambda each: in_time((), each.stage))
    return tuple(totals)


def left_out(record: int, reason: str, instead: int | None, catalog: Catalog) -> LeftOut:
    """Return an amount that is left out, and where it is counted instead, if it is."""
    place = None if instead is None else catalog.place(catalog.record_item[instead])
    return LeftOut(Addend.of(record, catalog), reason, place)


def shares(counted: Sequence[Addend], by: str) -> tuple[Share, ...]:
    """Return what the amounts come to for each value of `by`, the largest first, what has no value last."""
    yen: dict[str | None, int] = {}
    count: dict[str | None, int] = {}
    for each in counted:
        name = _value(each, by)
        yen[name] = yen.get(name, 0) + each.amount.yen
        count[name] = count.get(name, 0) + 1
    order = sorted(yen, key=lambda name: (name is None, -yen[name]))
    return tuple(Share(name, yen[name], count[name]) for name in order)


def unread(tallies: Iterable[Tally], catalog: Catalog) -> tuple[tuple[str, int], ...]:
    """Return the papers of the amounts of `tallies` in which not all was understood, and in how many places."""
    records = (each for tally in tallies for each in (*tally.counted, *(left for left, _, _ in tally.left)))
    of = catalog.columns.numbers("item.paper")
    papers = sorted({of[catalog.record_item[each]] for each in records})
    rows = catalog.columns.strings("remainder")

    def first(paper: int) -> int:
        return bisect_left(range(len(rows)), paper, key=lambda number: int(rows[number].split("\t", 1)[0]))

    found = ((paper, first(paper + 1) - first(paper)) for paper in papers)
    return tuple((catalog.about(paper).id, number) for paper, number in found if number)


def _total(tally: Tally, catalog: Catalog, by: str | None) -> Total:
    yen, bound = (catalog.columns.numbers(f"record.{name}") for name in ("yen", "bound"))
    counted = tuple(Addend.of(each, catalog) for each in tally.counted)
    out = tuple(left_out(*each, catalog) for each in tally.left)
    safe = sum(map(yen.__getitem__, tally.counted))
    naive = safe + sum(yen[record] for record, _, _ in tally.left)
    about = any(bound[each] == _ABOUT for each in tally.counted)
    return Total(tally.years, tally.stage, safe, naive, counted, out, shares(counted, by) if by else (), about)


def _value(each: Addend, by: str) -> str | None:
    match by:
        case "account":
            return each.amount.account
        case "heading":
            return " › ".join(each.item.heading_path[:_LEVELS]) or None
        case "document":
            return each.place.document
        case "stage":
            return STAGES.get(each.amount.stage or "")
        case "year":
            return "・".join(map(str, each.amount.years)) or None
        case _:
            raise ValueError(f"by={by!r}")
