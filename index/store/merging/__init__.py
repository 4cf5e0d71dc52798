"""The columns of a store after a commit, from those before it: what was taken out goes, what was added comes in.

What one paper adds to a hundred thousand items is little: all else is copied, its numbers moved on.
"""

from collections.abc import Mapping, Sequence

from index.store.columns import Column, Flat, put_packed
from index.store.documents import Stored
from index.store.finish import Before, Ordered, moved_order
from index.store.held import pairs
from index.store.merging.names import put_names
from index.store.merging.rows import put_pools, put_rows
from index.store.merging.runs import Runs
from index.store.merging.terms import held, put_stretches, put_terms
from index.store.said import Words


def merged_columns(old: Flat, gone: Sequence[Stored], new: Flat) -> tuple[dict[str, Column], Before]:
    """Return the columns `old` without the papers `gone`, and with those of `new`, as `flatten.gathered` made them.

    With them comes what is known of the columns that `finish.finished` adds. Raises ValueError or LookupError where
    `old` says what no papers can have said.
    """
    runs = Runs(old, frozenset(stored.about.id for stored in gone), new)
    columns: dict[str, Column] = {}
    pools = put_pools(columns, runs)
    put_rows(columns, runs, pools)
    put_stretches(columns, runs)
    put_terms(columns, runs)
    put_packed(columns, "word", _words(runs, gone).rows())
    names = put_names(columns, runs, pools["strings"], gone)
    return columns, _before(columns, runs, names)


def _words(runs: Runs, gone: Sequence[Stored]) -> Words:
    words = Words(runs.old.packed("word"))
    for stored in gone:
        words.add(stored, -1)
    words.more(Words(runs.new.packed("word")))
    return words


def _before(columns: Mapping[str, Column], runs: Runs, names: Ordered) -> Before:
    known, units = runs.old.strings("known"), runs.old.strings("known.units")
    return Before(
        _order(runs, "record.by_yen", "record"),
        _order(runs, "item.by_name", "item"),
        names,
        held(columns, runs),
        {known[number]: units[number] for number in range(len(known))},
        None if runs.gone else pairs(f"\n{runs.new.strings('stretch').all()}").union(runs.old.numbers("pair")),
    )


def _order(runs: Runs, column: str, table: str) -> Ordered:
    """Return an order of the rows of a table: of those before, and which are new."""
    return Ordered(moved_order(runs.old.numbers(column), runs.places(table, old=True)), runs.places(table, old=False))
