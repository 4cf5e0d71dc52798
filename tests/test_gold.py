"""The papers of seeds/ against what a reader took out of them by hand, to the last field."""

import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.about import about
from index.document import Document, Item, Remainder
from index.items import items
from index.outline.sections import outline
from index.readers import read_lines

ROOT = Path(__file__).resolve().parents[1]
PAPERS = {"monozukuri-2025": ".md", "meti-request-2024": ".txt"}
KINDS = {"item": "item", "table_row": "row", "list_row": "row", "total": "row", "heading": "heading"}
"""How the labels call what an item is: a row of a table or list, and its total, are rows here."""


def plain(text: str | None) -> str | None:
    """Return `text` in one width and without spaces: the labels were written, not copied."""
    return None if text is None else "".join(unicodedata.normalize("NFKC", text).split())


@cache
def gold(paper: str) -> list[dict[str, Any]]:
    path = ROOT / "tests" / "cases" / f"gold-{paper}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def read(paper: str) -> tuple[Document, list[Item], list[Remainder]]:
    path = ROOT / "seeds" / f"{paper}{PAPERS[paper]}"
    lines = read_lines(path)
    document = Document(about(path, lines), lines)
    return document, *items(document, outline(document))


def of_gold(record: dict[str, Any]) -> dict[str, Any]:
    amounts = [
        {**amount, "account": plain(amount["account"]), "label": plain(amount["label"]), "over": amount.get("over")}
        for amount in record["amounts"]
    ]
    kind = KINDS[record["type"]]
    return {**record, "type": kind, "name": plain(record["name"]), "amounts": amounts}


def of_item(item: Item) -> dict[str, Any]:
    amounts = [
        {
            "yen": amount.yen,
            "years": list(amount.years),
            "stage": amount.stage,
            "bound": amount.bound,
            "role": amount.role,
            "account": plain(amount.account),
            "label": plain(amount.label),
            "flags": list(amount.flags),
            "over": amount.over,
        }
        for amount in item.amounts
    ]
    return {
        "line": item.place.line,
        "end_line": item.place.end_line,
        "type": item.kind,
        "number": None if item.kind == "heading" else item.number,  # the labels number items only
        "name": plain(item.name),
        "amounts": amounts,
    }


@pytest.mark.parametrize("paper", PAPERS)
def test_items_are_those_of_the_labels(paper: str) -> None:
    found = [of_item(item) for item in read(paper)[1] if item.kind != "passage"]
    wanted = [of_gold(record) for record in gold(paper)]
    assert [(each["line"], each["name"]) for each in found] == [(each["line"], each["name"]) for each in wanted]
    for have, want in zip(found, wanted, strict=True):
        assert have == want


@pytest.mark.parametrize("paper", PAPERS)
def test_each_amount_is_in_the_words_of_the_paper(paper: str) -> None:
    document, found, _ = read(paper)
    for item in found:
        lines = (document.lines[number - 1].text for number in range(item.place.line, item.place.end_line + 1))
        printed = plain("".join(line.replace("**", "") for line in lines)) or ""
        assert all((plain(amount.written) or "?") in printed for amount in item.amounts), item


WRITTEN = [
    ("monozukuri-2025", 52, ["2024年度補正予算額9,916億円（一部GX1,576億円）", "一部GX1,576億円"]),
    ("monozukuri-2025", 61, ["2023年度補正予算額2,658億円", "2024年度予算額2,300億円", "2024年度補正予算額1,778億円"]),
    ("monozukuri-2025", 81, ["2024年度補正予算額69.3億円"]),
]


@pytest.mark.parametrize(("paper", "line", "written"), WRITTEN, ids=[f"{row[0]}:{row[1]}" for row in WRITTEN])
def test_written_is_as_printed(paper: str, line: int, written: list[str]) -> None:
    found = next(item for item in read(paper)[1] if item.place.line == line)
    assert [amount.written for amount in found.amounts] == written


def test_the_audit_lists_only_what_is_no_budget() -> None:
    left = {paper: Counter(each.written.strip("…") for each in read(paper)[2]) for paper in PAPERS}
    assert [words[:6] for words in left["monozukuri-2025"]] == ["100億企業", "新規輸出1万"]
    assert not left["meti-request-2024"]
