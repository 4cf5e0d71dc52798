"""Which paper of the store each file is: under which name it goes, and whether the store has it as it is now."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.about import Given, beside, checked, default_id
from index.document import About
from index.errors import PaperError, shown
from index.sources import Fault, Source

NEW, REPLACED, UNCHANGED = "new", "replaced", "unchanged"
_CHUNK = 1024 * 1024
_FOLDERS = 5
"""How many folders a name may be made longer by."""


class Filed(NamedTuple):
    """A file as a paper of the store: its name there, what the user states of it, of what it is made.

    `state` is NEW, REPLACED, or UNCHANGED: the store holds what would be made of it. `plain` is the name that it
    would have, were it not that of a paper from another file.
    """

    source: Source
    id: str
    given: Given
    digest: str
    state: str
    plain: str | None = None


class Filing(NamedTuple):
    """Files as papers; why some cannot be; those that are copies of one before them."""

    papers: list[Filed]
    faults: list[Fault]
    copies: list[Source]


class Wanted(NamedTuple):
    """A file before it has a name, unless one is stated or the store has it by one; `digest` is of what it is made."""

    source: Source
    given: Given
    digest: str
    id: str | None


def filed(sources: Sequence[Source], known: Iterable[About], given: Given, *, follow: bool = False) -> Filing:
    """Return files as papers of a store that has the papers `known`.

    Where files of one name would be one paper, each gets a name of its own, from its folder; one that the store has
    keeps its name. `follow` keeps what was once stated of a file, else `given` alone is stated.
    """
    papers = {each.id: each for each in known}
    held: dict[str | None, list[About]] = {}
    for paper in papers.values():
        held.setdefault(paper.source, []).append(paper)
    filing = Filing([], [], [])
    wanted: list[Wanted] = []
    for source in sources:
        try:
            wanted += _wanted(source, held.get(source.origin, []) if source.origin else [], given, follow)
        except PaperError as fault:
            filing.faults.append(Fault(said_of(source, fault), source.origin))
    _settle(filing, _without_copies(wanted, filing.copies), papers)
    return filing


def _settle(filing: Filing, wanted: Sequence[Wanted], papers: Mapping[str, About]) -> None:
    """Give each file its name; of two that are stated to have the same, the second is refused."""
    names = _names([each for each in wanted if each.id is None], papers, {each.id for each in wanted if each.id})
    first: dict[str, Source] = {}
    for each in wanted:
        id_, plain = (each.id, None) if each.id else names[each.source]
        if (other := first.setdefault(id_, each.source)) is each.source:
            filing.papers.append(Filed(each.source, id_, each.given, each.digest, _state(each, papers.get(id_)), plain))
        else:
            said = f"{each.source.name} は {other.name} と識別名「{id_}」が同じですので、別の識別名にしてください"
            filing.faults.append(Fault(said, each.source.origin))


def said_of(source: Source, fault: PaperError) -> str:
    """Return what is said of a file with the name that the user knows, where it is read from another place."""
    said = str(fault)
    if str(source.path) != source.name:
        said = said.replace(shown(source.path), source.name)
        said = said.replace(shown(source.path.parent), source.name.rpartition("/")[0])
    return said


def _wanted(source: Source, held: Sequence[About], given: Given, follow: bool) -> list[Wanted]:
    """Return a file with the name that is stated of it or that the store has it by; by several, once for each.

    `held` are the papers of the store that were made of the file.
    """
    beside_it = beside(source.path).get("id")
    if follow and held:
        stated = [({name: getattr(each, name) or "" for name in each.given}, each.id) for each in held]
        return [
            Wanted(source, facts, digest(source, facts), facts.get("id") or beside_it or held_id)
            for facts, held_id in stated
        ]
    plain = next((each.id for each in held if "id" not in each.given), None)
    id_ = checked(given, source.path).get("id") or beside_it or plain
    return [Wanted(source, given, digest(source, given), id_)]


def _without_copies(wanted: Sequence[Wanted], copies: list[Source]) -> list[Wanted]:
    """Return the files without those that are, in name and content, copies of another; these go to `copies`."""
    first: dict[str, Source] = {}
    for each in sorted(wanted, key=lambda each: each.id is None):
        first.setdefault(each.digest, each.source)
    kept = [each for each in wanted if each.id is not None or first[each.digest] == each.source]
    copies += [each.source for each in wanted if each.id is None and first[each.digest] != each.source]
    return kept


def _names(
    nameless: Sequence[Wanted], papers: Mapping[str, About], stated: Iterable[str]
) -> dict[Source, tuple[str, str | None]]:
    """Return a name for each file that has none, and its plain name if that is another's."""
    candidates = [_candidates(each.source) for each in nameless]
    counts = Counter(name for names in candidates for name in names)
    taken = set(stated)
    chosen: dict[Source, tuple[str, str | None]] = {}
    for each, names in zip(nameless, candidates, strict=True):
        free = (
            name for name in names if counts[name] == 1 and name not in taken and not _other(each, papers.get(name))
        )
        name = next(free, None) or _numbered(names[0], taken | papers.keys())
        taken.add(name)
        chosen[each.source] = name, names[0] if name != names[0] else None
    return chosen


def _candidates(source: Source) -> list[str]:
    """Return the names that a file may go by: its own, with its folder, with its suffix, with more of its folders."""
    place = Path(source.origin or source.path.name)
    folders = [each.name for each in place.parents if each.name][:_FOLDERS]
    before = ["".join(f"{each}-" for each in reversed(folders[:count])) for count in range(len(folders) + 1)]
    stems, whole = [f"{each}{place.stem}" for each in before], [f"{each}{place.name}" for each in before]
    return list(dict.fromkeys(default_id(Path(f"{each}.x")) for each in [*stems[:2], whole[0], *stems[2:], *whole[1:]]))


def _numbered(name: str, taken: Iterable[str]) -> str:
    held = set(taken)
    return next(each for number in range(2, len(held) + 3) if (each := f"{name[:70]}-{number}") not in held)


def _other(wanted: Wanted, paper: About | None) -> bool:
    """Say whether a paper of the store comes from a file that is still there, is not this one, and no copy of it."""
    return (
        paper is not None
        and paper.digest != wanted.digest
        and paper.source not in (None, wanted.source.origin)
        and wanted.source.origin is not None
        and _is_there(paper.source)
    )


def _state(wanted: Wanted, paper: About | None) -> str:
    """Return what adding a file does to the paper that the store has: nothing, if that comes from there or a copy."""
    if paper is None:
        return NEW
    moved = paper.source not in (None, wanted.source.origin) and not _is_there(paper.source)
    return UNCHANGED if paper.digest == wanted.digest and (not moved or not wanted.source.origin) else REPLACED


def _is_there(source: str | None) -> bool:
    """Say whether the file that a paper came from is there, or the ZIP that it was in."""
    try:
        return source is not None and any(each.is_file() for each in (Path(source), *Path(source).parents))
    except (OSError, ValueError):
        return False


# Of what a paper is made.


@cache
def understanding() -> str:
    """Return what tells this version of the code that reads papers from others: its text and that of its tables."""
    folder = Path(__file__).parent
    files = sorted(each for kind in ("*.py", "*.tsv") for each in folder.rglob(kind) if each.parent.name != "store")
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()


def digest(source: Source, given: Given) -> str:
    """Return what tells the paper in a file from others: content, name, what is stated, the code that reads it.

    Raises PaperError where what is stated makes no sense.
    """
    facts = [sorted(each.items()) for each in (checked(given, source.path), beside(source.path))]
    stated = (understanding(), source.path.name, facts)
    made = hashlib.sha256(repr(stated).encode("utf-8", "surrogatepass"))
    for chunk in _chunks(source.path):
        made.update(chunk)
    return made.hexdigest()[:32]


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        if not path.is_file():  # a pipe would wait
            return
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError:  # the reader will say so
        return


def inside(about: About, folder: str) -> bool:
    """Say whether a paper comes from a folder, a ZIP or a file."""
    return about.source is not None and (about.source == folder or about.source.startswith(os.path.join(folder, "")))
