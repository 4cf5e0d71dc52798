"""The items that may be among the best of many, found without weighing each of them.

What a word weighs in a name depends on how long the name is, and on whether it says the word, has it as a long unit, or
only has its characters. So the names of an answer fall into groups in which all weigh the same; they are gone through
from the heaviest on until there are enough. Where words stand in other texts, items are weighed one by one.
"""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import NamedTuple

from search.ranking import INSIDE_NAME, LONGEST, Ranking, Weighed

_MOST = 4
"""The names that say more words than so many fall into too many groups."""
_HAIR = 1e-9


class Group(NamedTuple):
    """Items, and the words that their names say: as one of these, in the order of the words."""

    items: int
    says: tuple[str, ...]


def promising(ranking: Ranking, words: Sequence[Weighed], same: int, longer: int, items: int, best: int) -> int:
    """Return those of `items` that may be among the `best`; `same` and `longer` of them are named as was typed."""
    if len(words) > _MOST:
        return items
    told, named = same | longer, (same | longer).bit_count() >= best
    if named:
        items, told = told, same  # nothing weighs more, be it that its name says no word that is looked for there
    groups = [each for each in _groups(words, items) if named or set(each.says) != {"none"}]
    told |= items & _told_apart(ranking, words)
    return told | _heaviest(ranking, words, groups, best)


def _told_apart(ranking: Ranking, words: Sequence[Weighed]) -> int:
    """Return the items that say a word in another text than their name, or several times."""
    fields, found = ranking.fields, 0
    for word in words:
        found |= fields.items(word.own.others) | fields.items(word.inside.others)
        found |= fields.places(sorted(each for each in word.often if each < fields.names)).names
    return found


def _groups(words: Sequence[Weighed], items: int) -> list[Group]:
    """Return `items` by how their names say each word."""
    groups = [Group(items, ())]
    for word in words:
        kinds = {
            "unit": word.own.names & word.units.names,
            "word": word.own.names & ~word.units.names,
            "inside": word.inside.names & ~word.own.names,
        }
        kinds["none"] = ~(word.own.names | word.inside.names)
        groups = [Group(each.items & names, (*each.says, says)) for each in groups for says, names in kinds.items()]
        groups = [each for each in groups if each.items]
    return groups


class Step(NamedTuple):
    """Items of one group whose names are as long: what they weigh, below nothing so that the heaviest is the least."""

    weight: float
    group: int
    items: int
    length: int


def _heaviest(ranking: Ranking, words: Sequence[Weighed], groups: Sequence[Group], best: int) -> int:
    """Return at least the `best` items of some groups, and of those that are as heavy as the last the first ones."""
    found, number, least = 0, 0, 0.0
    ladders = [_steps(ranking, words, at, each) for at, each in enumerate(groups)]
    for step in merge(*ladders):
        if number >= best and step.weight > least + _HAIR:
            break
        each = ranking.sets.each(step.items)
        taken = list(each if step.length == LONGEST else islice(each, best))
        found, number, least = found | ranking.sets.of(taken), number + len(taken), step.weight
    return found


def _steps(ranking: Ranking, words: Sequence[Weighed], at: int, group: Group) -> Iterator[Step]:
    """Yield the items of a group by the length of their names, from the shortest on, with what they weigh at most."""
    says = list(zip(words, group.says, strict=True))
    if not {"unit", "word"}.intersection(group.says):
        yield Step(-sum(_weight(ranking, *each, 0) for each in says), at, group.items, 0)
        return
    for length in ranking.lengths:
        if items := group.items & ranking.of_length(length):
            yield Step(-sum(_weight(ranking, *each, length) for each in says), at, items, length)


def _weight(ranking: Ranking, word: Weighed, says: str, length: int) -> float:
    """Return what a word weighs in a name of so many terms."""
    match says:
        case "none":
            return 0.0
        case "inside":
            return INSIDE_NAME
        case _:
            return ranking.in_name(word, 1, length, says == "unit")
