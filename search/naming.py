"""What a user calls a programme into the one that is meant: a name, a part of one, a label, a place."""

import re
from collections.abc import Collection, Iterable, Sequence

from index.programme import is_generic, programme_key
from index.store.catalog import Catalog
from index.text import fold
from search.errors import QueryError, shown
from search.likeness import nearest
from search.programmes import Programme, Programmes

_PLACE = re.compile(r"(?P<document>.+)[:：](?P<line>[0-9]+)")
_LISTED = 5
_SHOWN = 32
_NEAREST = 40.0
"""How alike the characters of a name must be to one that is not there, of 100, for it to be proposed."""


class Naming:
    """Finds the programme of a store that is meant."""

    def __init__(self, catalog: Catalog, programmes: Programmes) -> None:
        self._catalog = catalog
        self._programmes = programmes

    def programme(self, asked: str) -> Programme:
        """Return the one programme that `asked` names. Raises QueryError."""
        first: dict[Programme, int] = {}
        for record in self._named(asked):
            first.setdefault(self._programmes.of(record), record)
        if not first:
            raise self._unknown(asked)
        if len(first) > 1:
            raise self._several(asked, list(first.values()))
        return next(iter(first))

    def _named(self, asked: str) -> list[int]:
        """Return the records of the programmes that `asked` names: by name, place or item, else by a part.

        A part as it is printed goes before one of a key: 「ものづくり補助金」, in brackets behind the name of an item,
        has the key of 「ものづくり」, which is part of many.
        """
        key, folded, keys = programme_key(asked), fold(asked), self._programmes.keys
        if is_generic(asked):
            return []
        found = self._programmes.records([keys.index(key)] if key in keys else []) or self._at(asked)
        if found:
            return found
        held = self._items(folded)
        numbers = [number for number, each in enumerate(keys) if key in each]
        return (
            self._of_items(item for item, name in held if len(name) == len(folded))
            or self._printed(folded, numbers)
            or self._of_items(item for item, _ in held)
            or self._programmes.records(numbers)
        )

    def _at(self, asked: str) -> list[int]:
        """Return the records of programmes at a place such as ``monozukuri-2025:61``. Raises QueryError."""
        match = _PLACE.fullmatch(asked.strip())
        paper = self._catalog.paper(match["document"]) if match else None
        if match is None or paper is None:
            return []
        found = self._of_items(self._catalog.items_at(paper, int(match["line"])))
        if not found:
            document, line = match["document"], match["line"]
            raise _error(
                f"文書 {document} の{line}行目には事業がありません。"
                f"seisaku items {document} で場所を確かめてください。",
                asked,
            )
        return found

    def _items(self, folded: str) -> list[tuple[int, str]]:
        """Return the items whose names hold `folded`, with their names folded."""
        stretches, text = self._programmes.stretches, self._catalog.columns.strings("stretch")
        names = stretches.fields.named(stretches.characters.holding(folded).names)
        return [(item, text[item].rstrip("\n")) for item in names]

    def _printed(self, folded: str, numbers: Collection[int]) -> list[int]:
        """Return those records of programmes whose name holds `folded` as it is printed."""
        printing = set(self._programmes.printing(folded))
        return [record for record in self._programmes.records(numbers) if record in printing]

    def _of_items(self, items: Iterable[int]) -> list[int]:
        """Return the records of items that are of programmes."""
        records = [record for item in items for record in self._catalog.records_of(item)]
        numbers = {self._programmes.of(record).number for record in records}
        known = set(self._programmes.records(numbers))
        return [record for record in records if record in known]

    def _several(self, asked: str, records: Sequence[int]) -> QueryError:
        listed = "、".join(map(self._listed, records[:_LISTED]))
        more = "など" if len(records) > _LISTED else ""
        return _error(
            f"「{_short(asked)}」に当たる事業が{len(records)}件あります（{listed}{more}）。"
            "名称をすべて書くか、場所（文書:行）で一つを選んでください。",
            asked,
        )

    def _unknown(self, asked: str) -> QueryError:
        if not self._programmes.records(range(1, len(self._programmes.keys))):
            return _error("索引に事業がありません。seisaku index add で文書を加えてください。", asked)
        if not asked.strip():
            return _error("事業の名称、その一部か、場所（文書:行）を書いてください。", asked)
        if is_generic(asked):
            return _error(
                f"「{_short(asked)}」は多くの事業に付く名で、一つの事業を指しません。"
                "事業の名称、その一部か、場所（文書:行）を書いてください。",
                asked,
            )
        near = nearest(programme_key(asked), self._programmes.keys, _NEAREST)[:_LISTED]
        first: dict[Programme, int] = {}
        for record in self._programmes.records(near):
            first.setdefault(self._programmes.of(record), record)
        order = sorted(first, key=lambda each: near.index(each.number))
        listed = "、".join(self._listed(first[each]) for each in order[:_LISTED])
        proposed = f"近い名称は {listed} です。" if listed else ""
        return _error(
            f"「{_short(asked)}」という事業は索引にありません。{proposed}"
            "事業の名称、その一部か、場所（文書:行）を書いてください。",
            asked,
        )

    def _listed(self, record: int) -> str:
        """Return how a programme is named in a message, with a place that tells it from others of its name."""
        return f"{_short(self._programmes.printed(record))}（{self._catalog.place(self._catalog.record_item[record])}）"


def _error(message: str, asked: str) -> QueryError:
    return QueryError(message, asked, 0, len(asked))


def _short(name: str) -> str:
    name = shown(name)
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"
