"""Papers made by hand, and what a store of them must say."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from index import analysis, store
from index.document import About, Amount, Document, Item, Line, Place, Remainder
from index.errors import Failure
from index.sounds import plain_name
from index.store.catalog import Catalog
from index.store.columns import Columns
from index.store.flat import FIELD_CODES
from index.store.flatten import searched
from index.store.layout import layout
from index.store.writer import Paper, Writer


def paper(document: str, *items: Item, lines: Iterable[str] = ("本文",), remainders: Iterable[Remainder] = ()) -> Paper:
    """Return a paper with these items and lines."""
    about = About(document, f"{document}の題名")
    made = tuple(Line(number, text) for number, text in enumerate(lines, 1))
    return Paper(Document(about, made), list(items), list(remainders))


def item(document: str, name: str, *amounts: Amount, line: int = 1, **more: object) -> Item:
    """Return an item of a paper."""
    return Item(Place(document, line, line), name, amounts=amounts, **more)  # type: ignore[arg-type]


def version(number: int, document: str = "版") -> Paper:
    """Return a paper every part of which says which version of it this is."""
    items = [
        item(
            document,
            f"第{number}版の蓄電池事業{each}",
            Amount(number * 10**8, written=f"{number}億円", label=f"第{number}版の内訳"),
            heading_path=(f"第{number}版の章",),
            text=f"第{number}版の本文。" * 20,
            line=each,
        )
        for each in range(1, 6)
    ]
    return paper(document, *items, lines=[f"第{number}版"] * 5)


def said(path: Path) -> set[int]:
    """Return the versions that a store says anywhere, in its columns and in its papers."""
    columns = store.open_columns(path)
    columns.check()
    catalog = Catalog(columns)
    items = [catalog.item(each) for each in range(catalog.items)]
    found = {each.amounts[0].yen // 10**8 for each in items}
    found |= {int(text[1:].split("版")[0]) for each in items for text in (each.name, *each.heading_path, each.text)}
    papers = [store.paper(path, catalog.about(each).id, columns.path.parent) for each in range(catalog.papers)]
    return found | {int(line.text[1:-1]) for each in papers for line in each.lines}


def write(path: Path, *papers: Paper, anew: bool = False) -> None:
    """Add papers to a store in one commit."""
    with Writer(path, anew=anew) as writer:
        for each in papers:
            writer.add(each)
        writer.commit()


def generations(path: Path) -> list[str]:
    """Return the names of the generations in a store."""
    return sorted(each.name for each in path.glob("gen-*"))


def holds(path: Path, *papers: Paper) -> None:
    """Assert that a store holds these papers, whole, and nothing else."""
    columns = store.open_columns(path)
    columns.check()
    catalog = Catalog(columns)
    expected = {each.document.about.id: each for each in papers}
    assert {catalog.about(each).id for each in range(catalog.papers)} == expected.keys()
    assert store.papers(path) == [expected[each].document for each in sorted(expected)]
    terms = _terms(catalog)
    nouns: set[str] = set()
    names: set[str] = set()
    for number in range(catalog.papers):
        one = expected[catalog.about(number).id]
        assert catalog.about(number) == replace(one.document.about, guessed=())
        assert [catalog.item(each) for each in catalog.items_of(number)] == one.items
        assert list(catalog.remainders(number)) == one.remainders
        for each in layout(one.items).stretches:
            assert analysis.terms(each.text)[0] == terms[each.field, searched(each.text)].pop(0)
            nouns |= {unit.term for unit in analysis.analyse(each.text) if unit.noun and len(unit.surface) > 1}
            names |= {plain_name(each.text)} if each.field in ("name", "label") else set()
    assert not [each for (_, text), rest in terms.items() for each in rest if text or each]
    known, strings = columns.strings("term"), columns.strings("string")
    assert {known[number] for number, kept in enumerate(columns.packed("term.said")) if kept} == nouns
    assert [plain_name(strings[number]) for number in columns.numbers("name.string")] == sorted(names - {""})


def _terms(catalog: Catalog) -> dict[tuple[str, str], list[list[str]]]:
    """Return the terms of the stretches, in order, by what they are and their text folded; the postings must agree."""
    numbers, terms = catalog.columns.numbers, catalog.columns.strings("term")
    texts, fields = catalog.columns.strings("stretch"), numbers("stretch.fields")
    tokens, starts, lengths = numbers("token"), numbers("stretch.token"), numbers("stretch.length")
    found: dict[tuple[str, str], list[list[str]]] = {}
    said: dict[str, Counter[int]] = {}
    for code, field in enumerate(FIELD_CODES):
        for stretch in range(fields[code], fields[code + 1]):
            end = starts[stretch] + lengths[stretch]
            mine = [terms[each] for each in tokens[starts[stretch] : end]]
            found.setdefault((field, texts[stretch].rstrip("\n")), []).append(mine)
            for each in mine:
                said.setdefault(each, Counter())[stretch] += 1
    for number in range(len(terms)):
        if terms[number][0] != analysis.UNIT:
            posting, again = (postings(catalog.columns, name, number) for name in ("posting", "again"))
            assert posting == sorted(set(posting))
            assert Counter(posting + again) == said.pop(terms[number])
    assert not said
    return found


def postings(columns: Columns, name: str, number: int) -> list[int]:
    """Return one of the lists of the columns `name`."""
    starts = columns.numbers(f"{name}.starts")
    return columns.numbers(name)[starts[number] : starts[number + 1]].tolist()


def sentence(failure: Failure) -> str:
    """Return what a failure says, once it is seen to be one line of Japanese that says what to do."""
    text = str(failure)
    assert text == text.strip()
    assert text.isprintable()
    assert text.endswith("ください。")
    assert len(text) < 400
    return text
