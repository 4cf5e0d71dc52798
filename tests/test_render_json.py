"""JSON has every field under the name that the manual gives it."""

import json
from dataclasses import asdict
from typing import Any

from search.render import render, render_items
from search.render.json import dumps
from tests.test_render_formats import BATTERY, EMPTY, HITS, HOSTILE, HOSTILE_ITEM, ITEMS, NASTY, PAGE, TAX


def test_an_item_is_as_the_manual_shows_it() -> None:
    (line,) = render_items([BATTERY], "jsonl")
    start = (
        '{"document": "monozukuri-2025", "place": {"page": null, "line": 61, "end_line": 61}, "number": "(11)", '
        '"name": "蓄電池の製造サプライチェーン強靱化支援事業", "heading_path": ["第1章 ものづくり産業の振興に係る施策", "第1節 研究開発", '
        '"3. 戦略分野における基盤整備"], "amounts": [{"yen": 265800000000, "years": [2023], "stage": "supplementary", "bound": "exact", '
        '"role": "own", "account": null, "label": null, "flags": [], "over": null, "written": "2023年度補正予算額2,658億円"}, '
    )
    assert line.startswith(start)
    assert line.endswith('}], "kind": "item", "text": "", "lead": ""}')


def test_every_amount_comes_back() -> None:
    read = json.loads("\n".join(render_items(ITEMS, "json")))
    written = [[asdict(amount) for amount in item.amounts] for item in ITEMS]
    assert [item["amounts"] for item in read] == json.loads(json.dumps(written))
    assert [json.loads(line) for line in render_items(ITEMS, "jsonl")] == read


def test_a_page_comes_back() -> None:
    page = json.loads(render(PAGE, "json"))
    assert list(page) == [
        "query",
        "reading",
        "counts",
        "found",
        "amounts",
        "offset",
        "limit",
        "sort",
        "seconds",
        "diagnosis",
        "suggestions",
        "hits",
    ]
    assert (page["found"], page["counts"]["related"], len(page["hits"])) == (15, 12, 5)
    assert [json.loads(line) for line in render(PAGE, "jsonl").splitlines()] == page["hits"]


def test_a_hit_says_what_answered() -> None:
    hits: list[dict[str, Any]] = json.loads(render(PAGE, "json"))["hits"]
    answered = ("group", "matched", "reason", "snippet", "name_marks", "repeats", "change")
    assert tuple(hits[0])[-len(answered) :] == answered
    repeat = {"document": "meti-request-2024", "place": {"page": None, "line": 92, "end_line": 92}, "flag": "repeated"}
    assert [hits[0][each] for each in answered] == ["certain", [0, 1], "", None, [[0, 3]], [repeat], None]
    assert hits[3]["snippet"] == {"source": "lead", "text": HITS[3].item.lead, "marks": [[0, 3]]}
    assert hits[3]["change"] == 87_600_000_000


def test_no_hits_say_why() -> None:
    page = json.loads(render(EMPTY, "json"))
    assert (page["hits"], page["diagnosis"]) == ([], list(EMPTY.diagnosis))
    assert render(EMPTY, "jsonl") == ""


def test_no_items_are_a_list() -> None:
    assert json.loads("\n".join(render_items([], "json"))) == []
    assert json.loads("\n".join(render_items([TAX], "json")))[0]["amounts"] == []


def test_a_hostile_name_comes_back_but_for_half_characters() -> None:
    page = json.loads(render(HOSTILE, "json"))
    assert page["hits"][0]["name"] == page["query"] == NASTY.replace("\ud83d", "\ufffd")
    assert len(list(render_items([HOSTILE_ITEM], "jsonl"))) == 1


def test_what_a_terminal_obeys_is_escaped() -> None:
    assert dumps("\x1b\x9b\u2028\u202e蓄") == '"\\u001b\\u009b\\u2028\\u202e蓄"'
