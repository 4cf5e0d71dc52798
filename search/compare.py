"""Two sides of a comparison: papers, fiscal years or stages, programme by programme."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from index.document import Place
from index.store.catalog import Catalog
from index.store.flat import BOUND_CODES, FLAG_CODES, STAGE_CODES
from index.text import fold
from search.breakdown import left_out
from search.changes import Identity, changes, summed
from search.errors import QueryError, shown
from search.figures import ComparePage, Section, Side
from search.programmes import Programmes
from search.sides import Wanted, said
from search.totals import Left, Totals

_OPEN = frozenset({"portion", "ceiling", "part", "commitment", "repeated", "later"})
"""Why an amount is left out that shows all the same that a side has the programme."""
_NEW = 1 << FLAG_CODES.index("new")
_COUNTED = frozenset({BOUND_CODES.index("exact"), BOUND_CODES.index("about")})
_UNKNOWN = "unknown"
_LISTED = 8

Column = tuple[int, int]
"""A combination of fiscal years and one stage, as codes."""
Amount = tuple[Identity, str, int | None, Place]


class Part(NamedTuple):
    """One side of a section: what it is, what is counted and what is left out of it."""

    label: str
    years: tuple[int, ...]
    stage: str | None
    counted: list[int]
    left: list[Left]


class Comparison:
    """Compares papers, fiscal years and stages of a store."""

    def __init__(self, catalog: Catalog, programmes: Programmes, totals: Totals) -> None:
        columns = catalog.columns
        self._catalog = catalog
        self._programmes, self._totals = programmes, totals
        self._yen, self._role = columns.numbers("record.yen"), columns.numbers("record.role")
        self._years, self._stage = columns.numbers("record.years"), columns.numbers("record.stage")
        self._bound, self._flags = columns.numbers("record.bound"), columns.numbers("record.flags")
        self._item, self._heading = columns.numbers("record.item"), columns.numbers("item.heading")
        self._title, self._strings = columns.numbers("heading.title"), columns.strings("string")

    def page(self, sides: Sequence[Wanted], query: str, records: Collection[int] | None) -> ComparePage:
        """Return the comparison of two sides, or of one paper with the year before that it prints beside its sums.

        `records` are those that the sides are narrowed to, None for all. Raises QueryError.
        """
        narrowed = None if records is None else frozenset(records)
        if len(sides) == 1:
            sections = self._with_previous(sides[0], narrowed)
            return ComparePage(query, tuple(each for each in sections if each.pairs))
        before, after = (self._parts(each, narrowed) for each in sides)
        both = [slot for slot in before if slot in after]
        compared = sum(len(part.counted) for parts in (before, after) for part in parts.values())
        sections = (self._section(before[slot], after[slot], compared, len(both)) for slot in both)
        alone = (part for parts in (before, after) for slot, part in parts.items() if slot not in both and part.counted)
        return ComparePage(query, tuple(each for each in sections if each.pairs), tuple(map(self._side, alone)))

    # -- sides

    def _parts(self, wanted: Wanted, narrowed: Collection[int] | None) -> dict[int, Part]:
        """Return the parts of a side: of a year one for each stage, of a stage one for each year, else one (0)."""
        parts: dict[int, Part] = {}
        columns = self._columns(wanted)
        for column in sorted(columns):
            records = [each for each in columns[column] if narrowed is None or each in narrowed]
            part = self._part(wanted, column, records)
            slot = {"year": column[1], "stage": column[0]}.get(wanted.kind)
            if slot is None or part.counted or any(reason in _OPEN for _, reason, _ in part.left):
                parts[slot or 0] = part
        return parts

    def _part(self, wanted: Wanted, column: Column, records: Sequence[int]) -> Part:
        years, stage = self._catalog.years(column[0]), STAGE_CODES[column[1]]
        label = said(years, stage)
        if wanted.paper is not None:
            label = f"{wanted.word} {label}"
        tallies = self._totals.tallies(records)  # one, or none
        counted = [record for each in tallies for record in each.counted]
        return Part(label, years, stage, counted, [left for each in tallies for left in each.left])

    def _columns(self, wanted: Wanted) -> dict[Column, list[int]]:
        """Return the amounts of a side by years and stage; of a paper those of its own. Raises QueryError."""
        columns: dict[Column, list[int]] = {}
        for record in self._range(wanted):
            if self._role[record]:
                columns.setdefault((self._years[record], self._stage[record]), []).append(record)
        if wanted.paper is not None:
            found = {each: columns[each] for each in self._main(wanted.paper, columns)}
        else:
            found = {each: records for each, records in columns.items() if self._is_of(wanted, each)}
        if not found:
            raise self._empty(wanted, columns)
        return found

    def _range(self, wanted: Wanted) -> range:
        first = self._catalog.item_first
        if wanted.paper is None:
            return range(len(self._role))
        items = self._catalog.items_of(wanted.paper)
        return range(first[items.start], first[items.stop])

    def _is_of(self, wanted: Wanted, column: Column) -> bool:
        """Say whether a column is of the year and the stage that are asked for."""
        if wanted.year and self._catalog.years(column[0]) != (wanted.year,):
            return False
        return not wanted.stage or (STAGE_CODES[column[1]] or _UNKNOWN) == wanted.stage

    def _main(self, paper: int, columns: dict[Column, list[int]]) -> list[Column]:
        """Return the column that a paper is about: what is known of it, else what most of its amounts are of."""
        about = self._catalog.about(paper)
        stated = Wanted("", None, about.year, about.stage)
        counts = Counter(
            {each: sum(self._totals.reason(record) is None for record in columns[each]) for each in sorted(columns)}
        )
        order = [column for column, count in counts.most_common() if count]
        mine = [each for each in order if self._is_of(stated, each)] or [
            each for each in order if self._is_of(stated._replace(stage=None), each)
        ]
        return (mine or order)[:1]

    def _empty(self, wanted: Wanted, columns: dict[Column, list[int]]) -> QueryError:
        found = {(self._catalog.years(years), STAGE_CODES[stage]) for years, stage in columns}
        known = [
            said(years, stage) for years, stage in sorted(found, key=str, reverse=True) if len(years) == 1 and stage
        ]
        more = " など" if len(known) > _LISTED else " "
        there = f"あるのは {'、'.join(known[:_LISTED])}{more}です。" if known else ""
        return QueryError(
            f"「{wanted.word}」に当たる金額は索引にありません。{there}比べる側を書き直してください。",
            wanted.word,
            0,
            len(wanted.word),
            "2023補正 2024補正",
        )

    # -- sections

    def _section(self, before: Part, after: Part, compared: int, sections: int) -> Section:
        left = [left_out(*each, self._catalog) for part in (before, after) for each in part.left]
        pairs, note = changes(summed(self._amounts(before)), summed(self._amounts(after)), compared, sections)
        return Section(self._side(before), self._side(after), pairs, tuple(left), note)

    def _side(self, part: Part) -> Side:
        return Side(part.label, part.years, part.stage, self._totals.yen(part.counted))

    def _amounts(self, part: Part) -> Iterator[Amount]:
        for record in part.counted:
            yield self._amount(record, self._yen[record])
        for record, reason, _ in part.left:
            if reason in _OPEN:
                yield self._amount(record, None)

    def _amount(self, record: int, yen: int | None) -> Amount:
        """Return an amount with its programme; names like 「その他」 are told apart by what they stand under."""
        programme, name = self._programmes.of(record), self._programmes.printed(record)
        place = self._catalog.place(self._item[record])
        if programme.number:
            return Identity(self._programmes.keys[programme.number], programme.publisher), name, yen, place
        heading = self._heading[self._item[record]]
        title = self._strings[self._title[heading - 1]] if heading else ""
        named = f"{name}（{title}）" if title else name
        return Identity(fold(name), programme.publisher, title or place.document), named, yen, place

    # -- a paper with the year before

    def _with_previous(self, wanted: Wanted, narrowed: Collection[int] | None) -> Iterator[Section]:
        """Yield a section for each year and stage that the paper prints beside its own sums. Raises QueryError."""
        parts = list(self._parts(wanted, narrowed).values())
        groups = self._by_previous(parts[0].counted) if parts else {}
        if parts and not groups and (narrowed is None or parts[0].counted):
            raise self._no_previous(wanted)
        for number, (column, records) in enumerate(groups.items()):
            previous = {each: self._catalog.previous(each) for each in records}
            known = [before for before in previous.values() if before is not None and self._bound[before] in _COUNTED]
            years, stage = self._catalog.years(column[0]), STAGE_CODES[column[1]]
            label = f"{wanted.word} に並記された {said(years, stage)}"
            after = parts[0]._replace(counted=records, left=parts[0].left if not number else [])
            pairs, note = changes(summed(self._beside(previous.items())), summed(self._amounts(after)))
            yield Section(
                Side(label, years, stage, self._totals.yen(known)),
                self._side(after),
                pairs,
                tuple(left_out(*each, self._catalog) for each in after.left),
                note,
            )

    def _by_previous(self, records: Iterable[int]) -> dict[Column, list[int]]:
        """Return records by the column of the year before beside them, the most frequent first.

        Those without one go there, too: they are new, or the paper does not say what they were.
        """
        groups: dict[Column | None, list[int]] = {}
        for record in records:
            previous = self._catalog.previous(record)
            column = None if previous is None else (self._years[previous], self._stage[previous])
            groups.setdefault(column, []).append(record)
        rest = groups.pop(None, [])
        order = sorted(((len(held), column) for column, held in groups.items() if column), reverse=True)
        return {column: [*groups[column], *(rest if not number else [])] for number, (_, column) in enumerate(order)}

    def _beside(self, previous: Iterable[tuple[int, int | None]]) -> Iterator[Amount]:
        """Yield what the programmes of records were the year before; nothing for those that are new."""
        for record, before in previous:
            if before is not None and self._bound[before] in _COUNTED:
                yield self._amount(record, self._yen[before])
            elif before is not None or not self._flags[record] & _NEW:
                yield self._amount(record, None)

    def _no_previous(self, wanted: Wanted) -> QueryError:
        return QueryError(
            f"文書 {wanted.word} には前年度の額が並記されていません。"
            "比べる相手の文書か、年度と段階（2023当初）を続けて書いてください。",
            wanted.word,
            0,
            len(wanted.word),
        )


def unmatched(page: ComparePage, sides: Sequence[Wanted], certain: Collection[int]) -> str:
    """Return why nothing of a query that has hits can be compared; `certain` are the records that surely answer."""
    if not certain:
        return f"「{shown(page.query)}」に当たるのは可能性・関連だけで、比べるのは該当だけです。"
    where = "と".join(f"「{shown(each.word)}」" for each in sides)
    return f"「{shown(page.query)}」に該当する施策はありますが、{where}で比べられる金額がありません。"
