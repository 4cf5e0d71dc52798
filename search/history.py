"""One programme through all papers and stages, and what became of each request."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.document import Place, in_time
from index.store.catalog import Catalog
from index.store.flat import BOUND_CODES, STAGE_CODES
from search.execution import executions
from search.figures import Addend, Entry, HistoryPage, Outcome, Point
from search.naming import Naming
from search.programmes import Programme, Programmes
from search.totals import Tally, Totals

_COUNTED = (BOUND_CODES.index("exact"), BOUND_CODES.index("about"))
_ENVELOPES = ("portion", "ceiling")

Key = tuple[tuple[int, ...], str | None]


class Sorted(NamedTuple):
    """The amounts of one programme, and why those that no sum takes are left out, with what is counted instead."""

    tallies: list[Tally]
    reasons: dict[int, tuple[str, int | None]]


class Histories:
    """Tells the history of the programmes of a store."""

    def __init__(self, catalog: Catalog, programmes: Programmes, totals: Totals) -> None:
        self._catalog = catalog
        self._programmes = programmes
        self._totals = totals
        columns = catalog.columns
        self._yen, self._role = columns.numbers("record.yen"), columns.numbers("record.role")
        self._years, self._stage = columns.numbers("record.years"), columns.numbers("record.stage")
        self._bound, self._over = columns.numbers("record.bound"), columns.numbers("record.over")

    def history(self, asked: str) -> HistoryPage:
        """Return the history of the programme that `asked` names: its name, a part of it, its label, or a place.

        Raises QueryError where there is none, or several.
        """
        programme = Naming(self._catalog, self._programmes).programme(asked)
        records = self._records(programme)
        names = list(dict.fromkeys(map(self._programmes.printed, records)))
        alike = self._programmes.alike(programme, names[0])
        own = self._sorted(records)
        entries = list(self._entries(records, own, None))
        others: list[tuple[str, float]] = []
        for number, score in alike:
            theirs = self._records(Programme(number, programme.publisher))
            others.append((self._programmes.printed(theirs[0]), score))
            entries += self._entries(theirs, self._sorted(theirs), score)
        points = self._points(own)
        return HistoryPage(
            names[0],
            tuple(names),
            tuple(others),
            tuple(sorted(entries, key=_in_order)),
            tuple(points),
            tuple(_outcomes(points, own, self._available(own))),
        )

    def _records(self, programme: Programme) -> list[int]:
        found = self._programmes.records([programme.number])
        return [record for record in found if self._programmes.of(record) == programme]

    def _sorted(self, records: Sequence[int]) -> Sorted:
        tallies = self._totals.tallies(records)
        return Sorted(tallies, {record: (reason, instead) for each in tallies for record, reason, instead in each.left})

    def _entries(self, records: Sequence[int], own: Sorted, score: float | None) -> Iterator[Entry]:
        """Yield the amounts of one programme, each once; what says one again is a repeat of it."""
        heads: dict[int, list[int]] = {}
        first: dict[tuple[int, ...], int] = {}
        amounts = [record for record in records if self._role[record]]
        for record in sorted(amounts, key=lambda each: (each in own.reasons, each)):
            reason, instead = own.reasons.get(record, (None, None))
            said = self._said(record)
            head = instead if instead in heads and said == self._said(instead) else first.get(said)
            if reason is None or head is None:
                heads[record] = []
                first.setdefault(said, record)
            else:
                heads[head].append(record)
        for head, repeats in heads.items():
            reason, _ = own.reasons.get(head, (None, None))
            places = tuple(dict.fromkeys(map(self._place, repeats)))
            yield Entry(Addend.of(head, self._catalog), score, reason, places)

    def _said(self, record: int) -> tuple[int, ...]:
        """Return what two amounts of a programme have in common that say the same."""
        columns = (self._years, self._stage, self._yen, self._bound, self._role, self._over)
        return tuple(each[record] for each in columns)

    def _place(self, record: int) -> Place:
        return self._catalog.place(self._catalog.record_item[record])

    def _points(self, own: Sorted) -> list[Point]:
        """Return the safe sum of each fiscal year and stage.

        Where no paper states one, what is printed as the year before beside what is counted of a later year is it.
        """
        before = self._before(own)
        points = []
        for tally in own.tallies:
            yen = self._totals.yen(tally.counted) if tally.counted else None
            previous = before.get((tally.years, tally.stage)) if yen is None else None
            points.append(Point(tally.years, tally.stage, previous if yen is None else yen, previous is not None))
        return points

    def _available(self, own: Sorted) -> dict[Key, int]:
        """Return what there was to execute, by the years of what was; not where that is not known of all of it."""
        if not any(tally.stage == "executed" for tally in own.tallies):
            return {}
        columns = self._catalog.columns
        wholes = {record: whole for record, _, whole in executions(columns, self._catalog)}
        return {
            (tally.years, tally.stage): sum(wholes[record] for record in tally.counted)
            for tally in own.tallies
            if tally.stage == "executed" and tally.counted and wholes.keys() >= set(tally.counted)
        }

    def _before(self, own: Sorted) -> dict[Key, int]:
        """Return the sums that are printed as the year before, by their years and stage; of papers the latest."""
        sums: dict[tuple[str, int], dict[Key, int]] = {}
        for record in [record for tally in own.tallies for record in tally.counted]:
            previous = self._catalog.previous(record)
            if previous is None or self._bound[previous] not in _COUNTED:
                continue
            item = self._catalog.record_item[record]
            paper = self._catalog.paper_of(item)
            key = self._catalog.years(self._years[previous]), STAGE_CODES[self._stage[previous]]
            of_paper = sums.setdefault((self._catalog.about(paper).date or "", paper), {})
            of_paper[key] = of_paper.get(key, 0) + self._yen[previous]
        return {key: yen for _, of_paper in sorted(sums.items()) for key, yen in of_paper.items()}


def _outcomes(points: Sequence[Point], own: Sorted, available: Mapping[Key, int]) -> Iterator[Outcome]:
    """Yield what became of each request: its year's initial budget, else its draft, and the supplementary one before.

    A supplementary budget of 0 yen (a column of review sheets) granted nothing, and refused nothing. Beside it stands
    what was executed in its year; a year with that alone has nothing requested.
    """
    envelopes = {
        (tally.years, tally.stage) for tally in own.tallies if any(reason in _ENVELOPES for _, reason, _ in tally.left)
    }
    known = {(each.years, each.stage): each for each in points if each.yen is not None}
    requests = {each.years: each for each in known.values() if each.stage == "request" and not each.previous}
    for years in sorted({*requests, *(years for years, stage in known if stage == "executed")}):
        if len(years) != 1:
            continue
        year = years[0]
        keys: tuple[Key, ...] = (
            (((year - 1,), "supplementary"), _granted(years, known, envelopes)) if years in requests else ()
        )
        got = tuple(known[key] for key in keys if key in known and (known[key].yen or key[1] != "supplementary"))
        asked, spent = requests.get(years), known.get((years, "executed"))
        yield Outcome(
            year,
            None if asked is None else asked.yen,
            got,
            tuple(Point(*key, None) for key in keys if key in envelopes),
            None if spent is None else spent.yen,
            available.get((years, "executed")) if spent else None,
        )


def _granted(years: tuple[int, ...], known: Collection[Key], envelopes: Collection[Key]) -> Key:
    """Return the initial budget of a year, where nothing is known of it the draft of it."""
    keys: list[Key] = [(years, stage) for stage in ("initial", "draft")]
    return next((key for some in (known, envelopes) for key in keys if key in some), keys[0])


def _in_order(entry: Entry) -> tuple[bool, tuple[int, ...], int, bool, bool]:
    """Return what puts entries in order of years and stages, the programme's own and what is counted first."""
    amount = entry.addend.amount
    return *in_time(amount.years, amount.stage), entry.score is not None, entry.reason is not None
