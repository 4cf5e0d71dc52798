"""A hit in the words that a table shows of it."""

from dataclasses import replace

import pytest

from index.document import Amount, Item, Place
from search.render.entries import Note, Sum, by_group, of_hit, of_item, repeats
from search.results import Hit, Marked, Repeat, Snippet
from tests.test_render_formats import BATTERY, CHAIN, HITS, PAGE, REQUEST, TAX

certain, labelled, possible, related, bare = HITS


def test_groups_come_in_their_order() -> None:
    turned = replace(PAGE, hits=(related, certain, labelled))
    assert list(by_group(turned)) == [("certain", [certain, labelled]), ("related", [related])]


def test_a_hit_shows_the_amounts_that_answered() -> None:
    entry = of_hit(certain)
    assert (entry.name, entry.place) == (Marked(BATTERY.name, ((0, 3),)), "monozukuri-2025:61")
    assert [(run.label, run.sums) for run in entry.runs] == [
        (None, [Sum("2,658", "2023 補正"), Sum("2,300", "2024 当初")])
    ]


def test_neighbours_share_a_label_with_the_marks_of_the_snippet() -> None:
    entry = of_hit(labelled)
    assert [(run.label, len(run.sums)) for run in entry.runs] == [(Marked(CHAIN.amounts[1].label or "", ((0, 3),)), 2)]
    assert entry.notes == []


def test_a_snippet_from_inside_a_label_marks_it_there() -> None:
    inside = replace(labelled, snippet=Snippet("label", Marked("…サプライチェーン強…", ((1, 5),))))
    label = of_hit(inside).runs[0].label
    assert label is not None
    assert [label.text[start:end] for start, end in label.spans] == ["サプラ" + "イ"]


def test_a_snippet_from_another_label_is_a_note() -> None:
    other = replace(labelled, snippet=Snippet("label", Marked("先端電子部品", ((0, 2),))))
    assert of_hit(other).notes == [Note("内訳名", Marked("先端電子部品", ((0, 2),)))]


def test_a_label_that_is_the_name_again_is_not_shown() -> None:
    item = Item(Place("d", 1, 1), "蓄電池の事業", amounts=(Amount(1, label="蓄電池 の事業"),))
    assert of_item(item).runs[0].label is None


def test_the_year_before_stands_beside_unless_it_was_asked_for() -> None:
    assert of_hit(related).runs[0].sums == [Sum("1,076", "2024 要求 新規 (GX) 前年度 200")]
    asked = of_hit(replace(related, matched=(0, 1))).runs[0].sums
    assert asked == [Sum("1,076", "2024 要求 新規 (GX)"), Sum("200", "2023 当初 前年度 (GX)")]


def test_an_item_shows_each_amount_once() -> None:
    assert of_item(REQUEST).runs[0].sums == of_hit(related).runs[0].sums
    assert of_item(TAX).runs[0].sums == [Sum("―", "")]


NOTES = [
    (certain, ["再掲 meti-request-2024:92"]),
    (possible, ["上限のため、実際の額が分からない"]),
    (related, ["上の政策文に「蓄電池」", f"政策文 {REQUEST.lead}"]),
    (bare, ["見出しに「蓄電池」", "見出し 蓄電池の促進"]),
    (replace(certain, repeats=(), reason="名称に「蓄電池」"), []),
    (replace(certain, repeats=(), snippet=Snippet("name", Marked("蓄電池"))), []),
]


@pytest.mark.parametrize(("hit", "notes"), NOTES, ids=[" ".join(notes) for _, notes in NOTES])
def test_notes(hit: Hit, notes: list[str]) -> None:
    assert [f"{note.head} {note.body.text}".strip() for note in of_hit(hit).notes] == notes


def test_repeats_are_told_apart_by_their_mark() -> None:
    folded = [
        Repeat(Place("a", 1, 1), "repeated"),
        Repeat(Place("a", 5, 6), "repeated"),
        Repeat(Place("b", 2, 2), "later"),
    ]
    assert repeats(replace(certain, repeats=tuple(folded))) == "再掲 a:1・a:5 後掲 b:2"
