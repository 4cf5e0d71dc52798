"""The government's open data: tables that are papers, found among files, joined, and understood row by row.

A paper of this kind is kept as lines like any other: the first says of which kind it is, each row is a line. So it
can be understood anew, and is shown as it stands.
"""

import json
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from index.document import Document, Item, Remainder
    from index.opendata.files import Part
    from index.opendata.review import Bundle
    from index.sources import Fault, Source


class Kind(NamedTuple):
    """A kind of open data: the modules that join its files and that understand its lines."""

    joins: str
    understands: str


SHEETS = "行政事業レビューシート"
KINDS = {
    "行政事業レビュー": Kind("review", "programmes"),
    SHEETS: Kind("sheets", "programmes"),
    "予算書・決算書": Kind("budget_book", "budget_book"),
}

SUFFIX = ".rows"
_FIRST = "［公開データ：{}］"
_FIRSTS = {_FIRST.format(name): name for name in KINDS}


def understood(document: "Document") -> "tuple[list[Item], list[Remainder]] | None":
    """Return the items of a paper that is open data, and what in it was not understood; None for any other paper."""
    name = _FIRSTS.get(document.lines[0].text) if document.lines else None
    if name is None:
        return None
    items: Callable[[Document], tuple[list[Item], list[Remainder]]] = _module(KINDS[name].understands).items
    return items(document)


def lacking(document: "Document") -> list[str]:
    """Return what a paper that is open data lacks, for its files were not all given; nothing of any other paper."""
    from index.notice import notices

    return [each.reason for each in notices(document)] if document.lines[0].text in _FIRSTS else []


def joined(sources: "Sequence[Source]", folder: Path, faults: "list[Fault]") -> "list[Source]":
    """Return the files with those that are open data joined to papers, which are written below `folder`.

    What is wrong with one kind of data is added to `faults`, and concerns nothing else.
    """
    rest: list[Source] = []
    parts: dict[str, list[Source]] = {}
    for source in sources:
        name = _kind(source)
        if name:
            parts.setdefault(name, []).append(source)
        else:
            rest.append(source)
    for name, each in parts.items():
        rest += _papers(name, each, folder, faults)
    return rest


def _kind(source: "Source") -> str | None:
    """Return which kind of open data a file is, as its name says; of JSON, what it says first."""
    suffix = source.path.suffix.lower()
    if suffix == ".csv":
        return next((name for name in KINDS if name != SHEETS and _part(source, name)), None)
    part = _part(source, SHEETS) if suffix in (".json", ".jsonl") else None
    return SHEETS if part and _module(KINDS[SHEETS].joins).is_sheets(part) else None


def _part(source: "Source", name: str) -> "Part | None":
    """Return a file as part of a kind of open data, None where its name does not say that it is."""
    from index.opendata.files import Part, named

    pattern = _module(KINDS[name].joins).FILE
    match = named(source.name, pattern) or named(source.path.name, pattern)  # standard input has a name of its own
    return Part(source.path, source.name, match) if match else None


def _papers(name: str, sources: "Sequence[Source]", folder: Path, faults: "list[Fault]") -> "list[Source]":
    """Return the papers that files of one kind are joined to."""
    from index.errors import PaperError, shown
    from index.sources import Fault

    joins = _module(KINDS[name].joins)
    parts: list[Part] = [part for each in sources if (part := _part(each, name))]
    try:
        bundles: list[Bundle] = joins.bundles(parts)
    except PaperError as fault:
        sentence = str(fault)
        for part in parts:
            sentence = sentence.replace(shown(part.path), part.name)
        faults.append(Fault(sentence, sources[0].origin))
        return []
    return [_written(name, each, sources, folder) for each in bundles]


def _written(name: str, bundle: "Bundle", sources: "Sequence[Source]", folder: Path) -> "Source":
    """Write a paper as a file, with what is known of it in a table beside it."""
    from index.sources import Source

    path = folder / "joined" / f"{bundle.id}{SUFFIX}"
    path.parent.mkdir(exist_ok=True)
    files = "、".join(sorted({each.name.rpartition("/")[2] for each in sources}))
    lines = (_FIRST.format(name), str(bundle.facts["title"]), f"もとのファイル：{files}", *bundle.lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    facts = {"publisher": "", "stage": "", "account": "", "date": ""} | bundle.facts
    table = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    path.with_suffix(".toml").write_text(table, encoding="utf-8")
    origins = [os.path.dirname(each.origin) for each in sources if each.origin is not None]
    place = os.path.join(os.path.commonpath(origins), path.name) if len(origins) == len(sources) else None
    more = f" ほか{len(sources) - 1}件" if len(sources) > 1 else ""
    return Source(path, f"{sources[0].name}{more}", place)


def _module(name: str) -> Any:
    return import_module(f"index.opendata.{name}")
