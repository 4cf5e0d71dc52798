"""A spreadsheet reads every amount back."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from index.document import Amount, Item, Place
from search.render import render, render_items
from search.render.csv import changes
from tests.test_render_formats import AMOUNTS, EMPTY, HITS, HOSTILE, HOSTILE_ITEM, ITEMS, NASTY, OKU, PAGE, REQUEST

HEADS = (
    "区分,文書,頁,行,番号,名称,内訳名,金額（円）,年度,段階,確度,役割,会計,印,期間（年）,前年度差（円）,見出し階層,原文"
)


def read(text: str, form: str = "csv") -> list[dict[str, str]]:
    if form == "csv":
        return list(csv.DictReader(StringIO(text, newline="")))
    return list(csv.DictReader(StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_row_for_each_amount_that_answered(form: str) -> None:
    rows = read(render(PAGE, form), form)
    assert len(rows) == AMOUNTS
    answered = [str(hit.item.amounts[each].yen) for hit in HITS for each in hit.matched]
    assert [row["金額（円）"] for row in rows if row["金額（円）"]] == answered


def test_heads_are_the_words_of_the_manual() -> None:
    assert render(EMPTY, "csv") == HEADS
    assert next(iter(render_items([], "csv"))) == HEADS.removeprefix("区分,")
    assert render(EMPTY, "tsv") == HEADS.replace(",", "\t")


def test_a_row_says_all_of_an_amount() -> None:
    assert read(render(replace(PAGE, hits=HITS[3:4]), "csv")) == [
        {
            "区分": "関連", "文書": "meti-request-2024", "頁": "7", "行": "92", "番号": "", "名称": REQUEST.name, "内訳名": "",
            "金額（円）": "107600000000", "年度": "2024", "段階": "概算要求", "確度": "確定", "役割": "本体", "会計": "GX", "印": "新規",
            "期間（年）": "", "前年度差（円）": "87600000000", "見出し階層": "① GXの実現とエネルギー安定供給の確保", "原文": "1,076 億円（200 億円）",
        }
    ]  # fmt: skip


def test_an_item_without_amounts_is_a_row() -> None:
    last = read(render(PAGE, "csv"))[-1]
    assert (last["区分"], last["行"], last["金額（円）"], last["確度"]) == ("関連", "7", "", "")


def test_items_have_no_group() -> None:
    rows = read("\n".join(render_items(ITEMS, "csv")))
    assert [int(row["金額（円）"] or 0) for row in rows] == [each.yen for item in ITEMS for each in item.amounts] + [0]
    assert rows[2]["前年度差（円）"] == str(876 * OKU)
    assert rows[0]["見出し階層"] == " › ".join(ITEMS[0].heading_path)


CHANGES = [("exact", "exact", {0: 5}), ("about", "exact", {0: 5}), ("portion", "exact", {}), ("exact", "ceiling", {})]


@pytest.mark.parametrize(("now", "before", "change"), CHANGES)
def test_only_sums_that_are_known_differ(now: str, before: str, change: dict[int, int]) -> None:
    amounts = (Amount(7, bound=now), Amount(2, bound=before, role="previous"))
    assert changes(Item(Place("d", 1, 1), "名", amounts=amounts)) == change


def test_csv_quotes_what_must_be() -> None:
    (row,) = read("\n".join(render_items([replace(HOSTILE_ITEM, amounts=())], "csv")))
    kept = NASTY.replace("\r\n", "\n").replace("\ud83d", "\ufffd")
    assert row["名称"] == "".join(" " if each in "\x1b\x07\x00\x9b\u202e\u2028" else each for each in kept)


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_hostile_cells_stay_in_their_columns(form: str) -> None:
    rows = read(render(HOSTILE, form), form)
    assert [row["金額（円）"] for row in rows] == ["999999999999999999", "-5"] * 3
    assert not any(None in row or None in row.values() for row in rows)


def test_tsv_has_one_line_a_row() -> None:
    lines = render(HOSTILE, "tsv").split("\n")
    assert {line.count("\t") for line in lines} == {HEADS.count(",")}
    assert len(lines) == 7


MISTAKEN = [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@sum(1)", "'@sum(1)"), ("\t=1", "'\t=1"), ("\r=1", "'\n=1"),
    ("＝1", "'＝1"), (" =1", "' =1"), ("\ufeff=1", "' =1"), ("(11)", "'(11)"), ("1-2", "'1-2"), ("1.", "'1."), ("1e5", "'1e5"),
    ("名\n前", "名\n前"), ("令和6年度", "令和6年度"), ("2022 2023", "2022 2023"), ("2024", "2024"), ("蓄電池 -1", "蓄電池 -1"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "neutral"), MISTAKEN, ids=[repr(text) for text, _ in MISTAKEN])
def test_a_spreadsheet_runs_nothing(text: str, neutral: str) -> None:
    item = replace(ITEMS[0], name=text, amounts=(Amount(-5),))
    hit = replace(HITS[0], item=item, matched=(0,), change=-7)
    shown = render(replace(PAGE, hits=(hit,)), "csv", excel=True)
    (row,) = read(shown.removeprefix("\ufeff"))
    assert row["名称"] == neutral
    assert (row["金額（円）"], row["前年度差（円）"]) == ("-5", "-7")


def test_a_spreadsheet_is_told_the_encoding() -> None:
    shown = render(PAGE, "csv", excel=True)
    assert shown.startswith("\ufeff区分,")
    assert shown.count("\r\n") == AMOUNTS == shown.count("\n")
    assert render(PAGE, "json", excel=True) == render(PAGE, "json")
