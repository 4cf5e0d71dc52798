"""Sections into items: each with its name, heading path, text and amounts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.amounts.brackets import sums_in
from index.amounts.drafts import Defaults
from index.amounts.entries import Entry, Left, read_entry
from index.amounts.names import clean
from index.amounts.prose import read_prose
from index.document import Amount, Document, Item, Place, Remainder, Section
from index.items.headed import headed
from index.items.legend import defaults_of
from index.items.longer import Longer
from index.items.nested import settle_nested
from index.items.rows import is_unpriced, read_row
from index.items.sums import with_totals
from index.notation import NO_SUM, OTHERS
from index.outline.tables import UNIT_LINE
from index.yen import find_loose

_LONG_NAME = 80
_PASSAGE_NAME = 40
_NEAR = 5
"""So near the next row of a table stands, be it behind the heads of a new page or a row that groups others."""

_MONEY_WORDS = re.compile("[円万億兆]")


def items(document: Document, sections: Sequence[Section]) -> tuple[list[Item], list[Remainder]]:
    """Return the items of a paper in order, and each mention of money in it that was not understood.

    A numbered entry with nothing numbered or costed below it is an item; so is any other entry, and any
    row of a table, that carries a sum. An entry with a sum and entries below it is a heading with its
    total. The rest is prose: the policy paragraph that the entries below it are listed under, the text
    of the item it stands in, or a passage of its own.
    """
    gatherer = _Gatherer(document, sections)
    gatherer.gather()
    found = settle_nested(document, sections, gatherer.found, gatherer.owners)
    return with_totals(found), sorted(gatherer.remainders, key=lambda each: each.place.line)


class _Gatherer:
    """Goes through the sections of one paper once.

    `run` is prose that no item holds yet, all under one parent, `listed` whether an entry stands below it;
    `owners` leads from a section to its item, `row_account` is the account of the row above.
    """

    def __init__(self, document: Document, sections: Sequence[Section]) -> None:
        self.document = document
        self.sections = sections
        self.defaults = defaults_of(document, sections)
        self.holders: set[int] = set()
        self.entries: dict[int, Entry] = {}
        self.held: dict[int, Defaults] = {}
        self.title_line = next((line.number for line in document.lines if line.text.strip(" 　\t")), 0)
        self.read_entries()
        self.paths: dict[int, tuple[str, ...]] = {-1: ()}
        self.found: list[Item] = []
        self.remainders: list[Remainder] = []
        self.run: list[int] = []
        self.listed = False
        self.owners: dict[int, int] = {}
        self.longer: dict[int, Longer] = {}
        self.leads: dict[tuple[int, int], str] = {}
        self.row_account: str | None = None

    def read_entries(self) -> None:
        """Read each heading and entry, and find out which hold others, from the last to the first."""
        for position in range(len(self.sections) - 1, -1, -1):
            section = self.sections[position]
            if section.kind in ("row", "head"):
                self.holders.add(section.parent)
            elif section.kind in ("heading", "entry"):
                holds = position in self.holders
                entry = read_entry(section.text, self.holding(position), heading=holds)
                self.entries[position] = entry
                if (section.mark or entry.amounts or entry.left or holds) and not self.is_remark(section, entry):
                    self.holders.add(section.parent)

    def holding(self, position: int) -> Defaults:
        """Return what holds for the sums of a section: what the next heading above it says, else the paper."""
        parent = self.sections[position].parent
        while parent >= 0 and self.sections[parent].kind not in ("heading", "entry"):
            parent = self.sections[parent].parent
        if parent < 0 or self.sections[parent].line == self.title_line:
            return self.defaults  # whoever added the paper knows better than its title
        if parent not in self.held:
            self.held[parent] = headed(self.sections[parent].text, self.holding(parent))
        return self.held[parent]

    def is_remark(self, section: Section, entry: Entry) -> bool:
        """Say whether `section` is a ※, a うち, or sums without a name, that makes no heading of the entry above it.

        「【財源】国費 30,000千円　一般財源 48,765千円」 below a programme is of that programme. What is a price
        (「・1件当たり20億円」) or a limit (「・1事業者最大5億円」), or is not understood, is no part of its sum.
        """
        above = self.sections[section.parent] if section.parent >= 0 else None
        roles = {each.role for each in entry.amounts}
        parts = "part" in roles and roles <= {"part", "previous"}
        terms = not section.mark and all(each.bound in ("each", "ceiling") for each in entry.amounts)
        bare = section.note or not entry.name or parts or terms
        return bare and above is not None and above.kind == "entry" and bool(sums_in(above.text))

    def gather(self) -> None:
        """Take the sections in order."""
        for position, section in enumerate(self.sections):
            if section.kind not in ("row", "head"):
                self.row_account = None
            if section.kind == "row":
                self.row(position)
            elif section.kind == "head":
                self.end_run()
                self.audit(
                    section, (Left(each.start, each.end, "表の見出しの金額") for each in sums_in(section.text)), ()
                )
            elif section.kind == "prose" or self.is_text(position):
                self.prose(position)
            else:
                self.entry(position)
        self.end_run()
        for owner, longer in self.longer.items():
            self.found[owner] = longer.whole(self.found[owner])

    def is_text(self, position: int) -> bool:
        """Say whether an entry is no more than text: not numbered, without a sum, holding nothing."""
        section, entry = self.sections[position], self.entries[position]
        return section.kind == "entry" and not (
            section.mark
            or entry.amounts
            or entry.left
            or position in self.holders
            or (entry.name and NO_SUM.search(entry.text))
        )

    def entry(self, position: int) -> None:
        """Take a heading or an entry."""
        section, entry = self.sections[position], self.entries[position]
        self.audit(section, entry.left)
        holds = position in self.holders
        if holds or section.kind == "heading":
            self.end_run()
        if (holds or section.kind == "heading") and not entry.amounts:
            if not holds:
                self.run, self.listed = [position], False  # a bare heading can at least be found
            return
        amounts = tuple(_flagged(amount, section) for amount in entry.amounts)
        owner = None if entry.name else self.owner_of(section, position)
        if owner is not None:
            longer = self.longer_of(owner)
            longer.add(section.end_line, entry.text, longer.shares(amounts))
            return
        if not entry.name and (others := OTHERS.match(section.text)):
            amounts = tuple(replace(each, label=None) if each.label == others[0] else each for each in amounts)
            entry = replace(entry, name=others[0])
        name, _, rest = entry.name.partition("。") if len(entry.name) > _LONG_NAME else (entry.name, "", "")
        name = name or self.name_above(section) or _words_before_money(section.text)
        self.owners[position] = len(self.found)
        self.found.append(
            Item(
                place=self.place(section, section),
                name=name,
                number=section.mark,
                kind="heading" if holds else "item",
                heading_path=self.path(section.parent),
                lead=self.lead(section.parent),
                text=" ".join(each for each in (rest, entry.text) if each),
                amounts=amounts,
            )
        )

    def owner_of(self, section: Section, position: int | None = None) -> int | None:
        """Return the item that `section` stands in, None where it stands in none.

        Parts without a name, at `position`, are of the entry above them: 「財源内訳　国 0千円　一般財源 1,034千円」.
        """
        owner = self.owners.get(section.parent)
        if owner is None and position and self.sections[position - 1].parent == section.parent:
            amounts = self.entries[position].amounts
            owner = self.owners.get(position - 1) if amounts and amounts[0].role == "part" else None
        return owner if owner is not None and self.found[owner].kind == "item" else None

    def longer_of(self, owner: int) -> Longer:
        """Return what the sections that stand in an item make of it."""
        if owner not in self.longer:
            self.longer[owner] = Longer(self.found[owner])
        return self.longer[owner]

    def name_of(self, position: int) -> str:
        return self.entries[position].name if position >= 0 else ""

    def name_above(self, section: Section) -> str:
        """Return a name for sums that have none: what they stand under, else the words in front of them."""
        name = "" if section.mark else self.name_of(section.parent)
        while section.parent >= 0 and not section.mark and (not name or name[0] in "<＜〈《"):
            section = self.sections[section.parent]
            name = self.name_of(section.parent)
        return name

    def lead(self, parent: int) -> str:
        """Return the policy paragraph that an entry under `parent` is listed under."""
        if not self.run or self.sections[self.run[0]].parent != parent or self.run[0] in self.entries:
            return ""
        self.listed = True
        run = self.run[0], self.run[-1]
        if run not in self.leads:  # one text for all that stand under it
            self.leads = {run: "".join(self.sections[each].text for each in self.run)}
        return self.leads[run]

    def prose(self, position: int) -> None:
        """Take a paragraph: the text of the item it stands in, or of the run."""
        section = self.sections[position]
        amounts, left = ((), ()) if section.kind == "entry" else read_prose(section.text, self.holding(position))
        self.audit(section, left)
        if (owner := self.owner_of(section)) is not None:
            longer = self.longer_of(owner)
            longer.add(section.end_line, section.text, [each for each in amounts if each.yen not in longer.sums])
            return
        if self.run == [section.parent]:
            self.run = []  # a heading that holds prose is found with it
        if self.run and (self.listed or self.sections[self.run[0]].parent != section.parent):
            self.end_run()
        if amounts:
            self.end_run()
            self.passage([position], amounts)
            self.listed = True
        self.run.append(position)

    def end_run(self) -> None:
        """Make passages of prose that no entry was listed under: one for each paragraph, wherever it was broken."""
        passage: list[int] = []
        for position in [] if self.listed else self.run:
            before = self.sections[passage[-1]] if passage else None
            if before and before.text.endswith("。") and self.sections[position].line > before.end_line + 1:
                self.passage(passage, ())
                passage = []
            passage.append(position)
        if passage:
            self.passage(passage, ())
        self.run, self.listed = [], False

    def passage(self, positions: list[int], amounts: tuple[Amount, ...]) -> None:
        """Make an item of prose."""
        first, last = self.sections[positions[0]], self.sections[positions[-1]]
        text = "".join(self.sections[each].text for each in positions)
        place, path = self.place(first, last), self.path(first.parent)
        self.found.append(Item(place, _short(text), None, "passage", path, text=text, amounts=amounts))

    def row(self, position: int) -> None:
        """Take a row of a table: its name, and an amount from each column that holds sums."""
        section = self.sections[position]
        self.end_run()
        near = self.sections[position + 1 : position + _NEAR]
        below = next((each for each in near if each.kind == "row"), None)
        row = read_row(section, self.holding(position), self.row_account, below)
        self.row_account = row.account
        for written, reason in row.left:
            self.remainders.append(Remainder(self.place(section, section), written, reason))
        self.audit(section, ())
        if row.name and (row.amounts or row.left or NO_SUM.search(row.text) or is_unpriced(section)):
            path = self.path(section.parent)
            self.owners[position] = len(self.found)
            number = section.mark or row.number
            item = Item(self.place(section, section), row.name, number, "row", path, text=row.text)
            self.found.append(replace(item, amounts=row.amounts))

    def audit(self, section: Section, left: Iterable[Left], loose: Iterable[tuple[int, int]] | None = None) -> None:
        """List each mention of money in a section that is in no amount."""
        mentions = [(each.start, each.end, each.reason) for each in left]
        mentions += [(start, end, "円のない数") for start, end in (_loose(section.text) if loose is None else loose)]
        for start, end, reason in mentions:
            line = section.line_at(start)
            place = Place(self.document.about.id, line, line, section.page)
            self.remainders.append(Remainder(place, _around(section.text, start, end), reason))

    def place(self, first: Section, last: Section) -> Place:
        return Place(self.document.about.id, first.line, last.end_line, first.page)

    def path(self, parent: int) -> tuple[str, ...]:
        """Return the headings from the top down to `parent`."""
        if parent not in self.paths:
            section, name = self.sections[parent], self.name_of(parent)
            written = f"{section.mark} {name}" if section.mark else name
            self.paths[parent] = (*self.path(section.parent), written)
        return self.paths[parent]


def _flagged(amount: Amount, section: Section) -> Amount:
    return replace(amount, flags=(*amount.flags, "reference")) if section.note else amount


def _words_before_money(text: str) -> str:
    sums = sums_in(text)
    return _short(clean(text[: sums[0].start])) if sums and clean(text[: sums[0].start]) else _short(text)


def _short(text: str) -> str:
    return text if len(text) <= _PASSAGE_NAME else text[:_PASSAGE_NAME] + "…"


def _loose(text: str) -> list[tuple[int, int]]:
    """Return where numerals stand that are in no sum; the second look is spared where the sums leave nothing."""
    rest, position = [], 0
    for each in sums_in(text):
        rest.append(text[position : each.start])
        position = each.end
    if not _MONEY_WORDS.search("".join(rest) + text[position:]):
        return []
    units = {at for match in UNIT_LINE.finditer(text) for at in range(*match.span())} if "単位" in text else ()
    return [(each.start, each.end) for each in find_loose(text) if each.start not in units]


def _around(text: str, start: int, end: int) -> str:
    """Return the words of a mention with a little of what stands around them."""
    before, behind = max(0, start - 10), min(len(text), end + 10)
    return ("…" if before else "") + text[before:behind] + ("…" if behind < len(text) else "")
