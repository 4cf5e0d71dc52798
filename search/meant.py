"""What may have been meant by words that nothing says: words of the store that are written or read much like them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice

from index import analysis
from index.schema import FIELDS, SPELLINGS
from index.sounds import readable, sound
from index.text import fold, normal
from search.plan import Plan
from search.suggest import stands_bare
from search.tree import And, Exact, Field, Or, Prefix, Query, Word
from search.vocabulary import Entry, Vocabulary

_MOST = 3
_TRIED = 8
_WORDS = 8
"""So many words of one query are looked at."""
_LONGEST = 40


class Meant:
    """Finds other words for those of one query that have no hits; `plan` and `count` say what a part of it finds."""

    def __init__(self, vocabulary: Vocabulary, plan: Callable[[Query], Plan], count: Callable[[Plan], int]) -> None:
        self._vocabulary = vocabulary
        self._plan = plan
        self._count = count
        self._known: dict[tuple[Query, str], list[tuple[Query, int]]] = {}
        self._counted: dict[tuple[Query, str], int] = {}

    def others(self, part: Query, field: str = "") -> list[tuple[Query, int]]:
        """Return what may have been meant by a word without hits, alone or in a field, each with its hits."""
        key = part, field
        if len(self._known) == _WORDS and key not in self._known:
            return []
        if key not in self._known:
            found = ((each, self._hits(each, field)) for each in self._rewritten(part, field))
            self._known[key] = list(islice((each for each in found if each[1]), _MOST))
        return self._known[key]

    def queries(self, tree: Query) -> tuple[str, ...]:
        """Return the whole queries that may have been meant by `tree`, each of which has hits."""
        found: dict[str, None] = {}
        for choice in range(_MOST):
            other = self._corrected(tree, choice)
            if other == tree:
                break
            if str(other) not in found and self._hits(other):
                found[str(other)] = None
        return tuple(found)

    def _corrected(self, tree: Query, choice: int, field: str = "") -> Query:
        """Return `tree` with each word that has no hits replaced, by the choice of this number if there are so many."""
        match tree:
            case And(operands) | Or(operands):
                return replace(tree, operands=tuple(self._corrected(each, choice, field) for each in operands))
            case Field(name, And() | Or() as operand):
                return replace(tree, operand=self._corrected(operand, choice, name))
            case Word() | Exact() | Prefix() | Field() if len(str(tree)) <= 2 * _LONGEST and not self._hits(
                tree, field
            ):
                others = self.others(tree, field)
                return others[min(choice, len(others) - 1)][0] if others else tree
            case _:
                return tree

    def _hits(self, part: Query, field: str = "") -> int:
        key = part, field
        if key not in self._counted:
            whole = Field(field, part) if field and not isinstance(part, Field) else part
            self._counted[key] = self._count(self._plan(whole))
        return self._counted[key]

    def _rewritten(self, part: Query, field: str) -> Iterator[Query]:
        """Yield a word, or a field with a word, with other words in place of its own."""
        match part:
            case Field(name, Word() | Exact() | Prefix() as operand) if _of_words(name):
                for each in self._rewritten(operand, ""):
                    yield Field(name, each)
            case Word(text) | Exact(text) | Prefix(text) if not field or _of_words(field):
                typed, bare = normal(text).strip(), not isinstance(part, Exact)
                alike = self._alike(typed)
                yield from (_node(other, bare) for other in alike)
                parts = [] if alike else list(self._in_parts(typed))
                yield from (_node("".join(each), bare) for each in parts)
                if bare and not field:
                    yield from (And((_node(head, bare), _node(rest, bare))) for head, rest in parts)

    def _alike(self, text: str) -> list[str]:
        """Return the words of the store most like `text`."""
        if not 1 < len(fold(text)) <= _LONGEST:
            return []
        return list(dict.fromkeys(each.text for each in self._near(text) if fold(each.text) != fold(text)))[:_TRIED]

    def _in_parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield `text` in two parts, the one a word of the store, the other put right: 蓄電池 支援 for 蓄電地支援."""
        known = self._known_prints
        for cut in range(2, len(text) - 1 if len(text) <= _LONGEST // 2 else 0):
            head, rest = text[:cut], text[cut:]
            if fold(rest) in known:
                yield from ((other, rest) for other in self._alike(head)[:1])
            elif fold(head) in known:
                yield from ((head, other) for other in self._alike(rest)[:1])

    @cached_property
    def _known_prints(self) -> frozenset[str]:
        return frozenset(self._vocabulary.prints)

    def _near(self, text: str) -> list[Entry]:
        """Return the words that sound just like `text`, else those that are written or read with few differences."""
        letters = _letters(text)
        same = [*self._vocabulary.words_read(letters, whole=True)] if letters else []
        if same:
            return sorted(same, key=lambda each: -each.times)
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        folded, entries = fold(text), self._vocabulary.everything
        found: dict[int, float] = {}
        for typed, words, apart in (
            (folded, self._vocabulary.prints, _allowed(len(folded), 3, 6, 10)),
            (letters, self._vocabulary.sounds, _allowed(len(letters), 5, 9, 13) if readable(text) else 0),
        ):
            if apart:
                near = process.extract(typed, words, scorer=OSA.distance, score_cutoff=apart, limit=4 * _TRIED)
                for _, distance, at in near:
                    found[at] = min(distance / len(typed), found.get(at, 1.0))
        return [entries[at] for at in sorted(found, key=lambda at: (found[at], -entries[at].times))]


def _node(text: str, bare: bool) -> Query:
    """Return a word as part of a query: bare if it can be, and was before."""
    return Word(text) if bare and stands_bare(text) else Exact(text)


def _letters(text: str) -> str:
    """Return how `text` sounds: as it is spelled out, or as Sudachi reads it."""
    if readable(text):
        return sound(text)
    read = "".join(unit.reading for unit in analysis.analyse(text))
    return sound(read) if readable(read) else ""


def _allowed(length: int, *steps: int) -> int:
    """Return how many differences there may be in so many characters: one more from each step on."""
    return sum(length >= step for step in steps)


def _of_words(field: str) -> bool:
    name = SPELLINGS.get(normal(field)) or SPELLINGS.get(normal(field).lower())
    return name is not None and FIELDS[name].kind == "words" and name != "document"
