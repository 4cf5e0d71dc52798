"""Web pages: what is printed of them, and nothing else."""

import re
from pathlib import Path

import pytest

from index.errors import PaperError
from index.indexer import read_paper
from index.readers import read_lines

pytest.importorskip("lxml")

PAGES: dict[str, tuple[str, list[str]]] = {
    "headings and paragraphs": (
        "<h1>令和6年度<br>予算</h1><h3>重点</h3><p>子育てを\n応援する。</p><p>次の段落</p>",
        ["# 令和6年度予算", "### 重点", "子育てを応援する。", "次の段落"],
    ),
    "only what is printed": (
        "<head><style>p{}</style></head><header>あおば市</header><nav>ホーム</nav><script>var x = '9億円'</script>"
        "<p>本文<!-- 注 --><span style='display: none'>隠す</span><del>旧</del></p><footer>©</footer><p hidden>無い</p>",
        ["あおば市", "本文"],
    ),
    "ruby": ("<p><ruby>強<rp>(</rp><rt>きょう</rt><rp>)</rp></ruby>靱化</p>", ["強靱化"]),
    "lists": (
        "<ul><li>保育所 3億円<li>(1) 学校 2億円<ul><li>給食</ul></ul><ol start=3><li>道路<li>防災</ol><ol type=a><li>甲</ol>",
        ["・ 保育所 3億円", "(1) 学校 2億円", "・ 給食", "3. 道路", "4. 防災", "a. 甲"],
    ),
    "breaks": ("<p>一行目<br>二行目 3億円</p>", ["一行目", "二行目 3億円"]),
    "preformatted": ("<pre>橋\t1,000\n道\t2,000</pre>", ["橋\t1,000", "道\t2,000"]),
    "entities": ("<p>A&amp;B&nbsp;&lt;3億円&gt; &#x4e00;</p>", ["A&B\u00a0<3億円> 一"]),
    "cells over columns and rows": (
        "<table><caption>（単位：千円）</caption><tr><th rowspan=2>款<th rowspan=2>項<th colspan=2>令和6年度</tr><tr><th>当初<th>補正</tr>"
        "<tfoot><tr><td colspan=2>合計<td>300<td>30</tfoot><tbody><tr><td rowspan=2>総務費<td>管理費<td>100<td>50"
        "<tr><td>徴税費<td>200<td>△20</table>",
        [
            "（単位：千円）",
            "| 款 | 項 | 令和6年度 | 令和6年度 |",
            "|  |  | 当初 | 補正 |",
            "| 総務費 | 管理費 | 100 | 50 |",
            "| 総務費 | 徴税費 | 200 | △20 |",
            "| 合計 |  | 300 | 30 |",
        ],
    ),
    "tables that lay out": (
        "<table><tr><td><h2>左</h2><td><p>右 1億円</p></table><table><tr><td>枠</table>",
        ["## 左", "右 1億円", "枠"],
    ),
    "odd spans": (
        "<table><tr><td rowspan=0>橋<td colspan=99999999>1,000千円<tr><td colspan=x>20千円</table>",
        ["| 橋 | 1,000千円 |", "| 橋 | 20千円 |"],
    ),
    "unclosed": ("<p>一<p>二<div>三<ul><li>四", ["一", "二", "三", "・ 四"]),
    "a title of the window": ("<title>令和6年度予算</title><p>本文</p>", ["令和6年度予算", "本文"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_reads_as(tmp_path: Path, name: str) -> None:
    source, lines = PAGES[name]
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{source}", encoding="utf-8")
    assert [line.text for line in read_lines(path) if line.text] == lines


ENCODINGS = [
    ("<meta charset=Shift_JIS>", "cp932"),
    ('<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">', "euc_jp"),
    ("<meta charset='utf-8'>", "utf-8"),
    ("<meta charset=utf-8>", "cp932"),
    ("<meta charset=x-unknown>", "utf-8"),
    ("", "utf-8-sig"),
    ("", "cp932"),
    ("", "utf-16"),
    ('<?xml version="1.0" encoding="Shift_JIS"?>', "cp932"),
]


@pytest.mark.parametrize(("head", "codec"), ENCODINGS, ids=[f"{codec} {head[:20]}" for head, codec in ENCODINGS])
def test_encodings(tmp_path: Path, head: str, codec: str) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(f"{head}<p>予算の概要と蓄電池の支援</p>".encode(codec))
    assert [line.text for line in read_lines(path) if line.text] == ["予算の概要と蓄電池の支援"]


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<script>x</script>", b" \n"])
def test_pages_without_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(PaperError, match="文字がありません"):
        read_lines(path)


HOSTILE = {
    "deep": "<div>" * 50_000 + "深い",
    "deep tables": "<table><tr><td>" * 3_000 + "深い",
    "deep inline": "<b>" * 20_000 + "深い",
    "many cells": "<table>" + "<tr><td colspan=1000 rowspan=60000>1" * 300 + "</table>深い",
    "entities": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>&b;深い',
    "outside": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><link rel=stylesheet href="http://127.0.0.1:9/"><p>深い<img src="http://127.0.0.1:9/">',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(HOSTILE[name], encoding="utf-8")
    assert re.search("深い|ください$", said(path))


def said(path: Path) -> str:
    try:
        return "".join(line.text for line in read_lines(path))
    except PaperError as fault:
        return str(fault)


def test_sums_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<h1>令和6年度当初予算</h1>" + PAGES["cells over columns and rows"][0], encoding="utf-8")
    found = {each.name: [(a.yen, a.stage, a.role) for a in each.amounts] for each in read_paper(path).items}
    assert found == {
        "管理費": [(100_000, "initial", "own"), (50_000, "supplementary", "own")],
        "徴税費": [(200_000, "initial", "own"), (-20_000, "supplementary", "own")],
        "合計": [(300_000, "initial", "total"), (30_000, "supplementary", "total")],
    }
