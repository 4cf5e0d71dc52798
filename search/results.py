"""What a search gives back: the hits, in their groups, with what a page shows of them."""

from dataclasses import dataclass
from typing import NamedTuple

from index.document import Item, Place

GROUPS = {"certain": "該当", "possible": "可能性", "related": "関連"}
SORTS = {
    "relevance": "関連の強い順",
    "amount": "金額の小さい順",
    "-amount": "金額の大きい順",
    "year": "年度順",
    "change": "増減の大きい順",
    "document": "文書の順",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the spans in it that answered the query: (start, end) in characters, in order."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """The stretch of text worth showing; `source` is name, label, text, heading or lead."""

    source: str
    marked: Marked


@dataclass(frozen=True, slots=True)
class Repeat:
    """An entry folded under the hit whose programme it repeats; `flag` is repeated or later."""

    place: Place
    flag: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An item with the amounts that answer the query.

    `matched` are the positions in ``item.amounts`` that answered, those of the hit's own group first;
    `reason` says in Japanese why the hit is in its group; `change` is the difference in yen from the
    year before printed beside the first matched amount, where there is one.
    """

    item: Item
    group: str
    matched: tuple[int, ...]
    reason: str
    name: Marked
    snippet: Snippet | None = None
    repeats: tuple[Repeat, ...] = ()
    score: float = 0.0
    change: int | None = None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of hits, and the counts of all of them.

    `query` is the query as it was understood, in the query language; `reading` is the same in Japanese
    words; `counts` are hits by group (folded repeats not counted); `amounts` is how many amounts
    answered; `diagnosis` says, when there are no hits, which condition emptied the answer, and `suggestions`
    are the queries that may have been meant, each of which has hits.
    """

    query: str
    reading: str
    hits: tuple[Hit, ...]
    counts: dict[str, int]
    amounts: int
    offset: int
    limit: int | None
    sort: str
    seconds: float
    diagnosis: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def found(self) -> int:
        """How many hits there are on all pages."""
        return sum(self.counts.values())


class Suggestion(NamedTuple):
    """What the last word of a query may become.

    `text` takes the place of that word, with the name of its field; `kind` is field, value, word or programme. `hits`
    is how many items say it as their own, None for fields and values; `reading` is in katakana, as far as it is known.
    """

    text: str
    kind: str
    hits: int | None
    reading: str
