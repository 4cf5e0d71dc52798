"""Tables of wikis that no name can break, with the papers that they stand in."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import About
from search.render import PASTED, render, render_answer, render_items
from search.render.backends.wiki import SYNTAXES, lines
from search.render.papers import with_papers
from search.render.sheets import Column, Row, Sheet
from tests.test_render_answers import HISTORY
from tests.test_render_formats import AMOUNTS, HOSTILE, ITEMS, PAGE

WIKIS = list(SYNTAXES)
PAPERS = [
    About("monozukuri-2025", "ものづくり白書", "経済産業省", "2025-05-30"),
    About("monozukuri", "べつの文書", date="1999-01-01"),
    About("meti-request-2024", "概算要求 | 要求", date="2023-08-31"),
]
SHEET = Sheet(
    "施策",
    (Column("金額", "oku"), Column("", "bar"), Column("名称", "wide"), Column("出典", "place")),
    (Row((265800000000, 1.0, "a|b", "meti-request-2024:1"), "strong"), Row((None, None, "蓄電池", None))),
    ("注 ''",),
)
SHOWN = {
    "dokuwiki": """\
==== 施策（単位：億円） ====

^ 金額 ^ 名称 ^ 出典 ^
|  **2,658** | **%%a|b%%** | **%%meti-request-2024:1%%** |
|   | 蓄電池 |  |

  * %%注 ''%%""",
    "mediawiki": """\
=== 施策（単位：億円） ===

{| class="wikitable"
! 金額
! 名称
! 出典
|-
| style="text-align:right" | '''2,658'''
| '''<nowiki>a|b</nowiki>'''
| \'\'\'<nowiki>meti-request-2024:1</nowiki>\'\'\'
|-
| style="text-align:right" |\x20
| 蓄電池
|\x20
|}

* <nowiki>注 ''</nowiki>""",
    "confluence": """\
<h3>施策（単位：億円）</h3>

<table><tbody>
<tr><th>金額</th><th>名称</th><th>出典</th></tr>
<tr><td style="text-align: right;"><strong>2,658</strong></td><td><strong>a|b</strong></td><td><strong>meti-request-2024:1</strong></td></tr>
<tr><td style="text-align: right;"></td><td>蓄電池</td><td></td></tr>
</tbody></table>

<ul>
<li>注 ''</li>
</ul>""",
}


@pytest.mark.parametrize("form", WIKIS)
def test_a_sheet_as_it_stands(form: str) -> None:
    assert "\n".join(lines([SHEET], form)) == SHOWN[form]


HOSTILE_WORDS = [
    # words, DokuWiki, MediaWiki, Confluence
    ("蓄電池、2,658.5 の内数", None, None, None),
    ("a|b^c", "%%a|b^c%%", "<nowiki>a|b^c</nowiki>", None),
    ("{{x}} [[y]] ''z''", "%%{{x}} [[y]] ''z''%%", "<nowiki>{{x}} [[y]] ''z''</nowiki>", None),
    ("<script>&amp;", "%%<script>&amp;%%", "<nowiki>&lt;script&gt;&amp;amp;</nowiki>", "&lt;script&gt;&amp;amp;"),
    ("</nowiki>", "%%</nowiki>%%", "<nowiki>&lt;/nowiki&gt;</nowiki>", "&lt;/nowiki&gt;"),
    ("50%%</nowiki>", "%%50%%<nowiki>%%</nowiki>%%</nowiki>%%", "<nowiki>50%%&lt;/nowiki&gt;</nowiki>", "50%%&lt;/nowiki&gt;"),
    ("50%", "%%50%%<nowiki>%</nowiki>", "<nowiki>50%</nowiki>", None),
    ("~~NOTOC~~", "%%~~NOTOC~~%%", "<nowiki>~~NOTOC~~</nowiki>", None),
    ("-- 8-)", "%%-- 8-)%%", "<nowiki>-- 8-)</nowiki>", None),
    ("{macro}", "%%{macro}%%", "<nowiki>{macro}</nowiki>", None),
    ("10,20.", "%%10,20.%%", "<nowiki>10,20.</nowiki>", None),
    ("\ufffe\ud800", None, None, "\ufffd\ufffd"),
]  # fmt: skip


@pytest.mark.parametrize("row", HOSTILE_WORDS, ids=[ascii(row[0]) for row in HOSTILE_WORDS])
def test_words_are_left_alone(row: tuple[str, str | None, str | None, str | None]) -> None:
    words, *expected = row
    for form, written in zip(WIKIS, expected, strict=True):
        assert SYNTAXES[form].escaped(words) == (words if written is None else written)


@pytest.mark.parametrize(("words", "written"), [("=a=b==", "＝a=b＝＝"), ("%%a%%", "%%a%%")])
def test_headings_of_dokuwiki_are_taken_as_they_are(words: str, written: str) -> None:
    assert next(lines([Sheet(words, (), ())], "dokuwiki")) == f"==== {written} ===="


@given(st.text(alphabet="%<>/nowik a|^蓄"))
def test_dokuwiki_reads_back_what_was_written(text: str) -> None:
    written = SYNTAXES["dokuwiki"].escaped(text)
    pieces = re.split(r"%%(.*?)%%|<nowiki>(.*?)</nowiki>", written)
    assert "".join(filter(None, pieces)) == text
    assert not any(set("|^<%/nowika") & set(bare or "") for bare in pieces[::3])


@given(st.text())
def test_mediawiki_and_confluence_read_back_what_was_written(text: str) -> None:
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    for form in ("mediawiki", "confluence"):
        written = SYNTAXES[form].escaped(text)
        inner = re.fullmatch("<nowiki>(.*)</nowiki>", written, re.DOTALL)
        assert "<" not in (inner[1] if inner else written)
        read = ElementTree.fromstring(f"<p>{written}</p>")
        assert "".join(read.itertext()) == kept


ROW = {"dokuwiki": r"^[|].*[|]$", "mediawiki": r"^\|-$", "confluence": r"^<tr><td"}


@pytest.mark.parametrize("form", WIKIS)
def test_a_row_for_each_amount(form: str) -> None:
    rows = re.findall(ROW[form], render(PAGE, form), re.MULTILINE)
    assert len(rows) == AMOUNTS


@pytest.mark.parametrize("form", WIKIS)
def test_no_name_breaks_a_row(form: str) -> None:
    written = render(HOSTILE, form)
    assert len(re.findall(ROW[form], written, re.MULTILINE)) == 6
    if form == "confluence":
        read = ElementTree.fromstring(f"<page>{written}</page>")
        assert [len(row) for row in read.iter("tr")] == [4] * 3 + [5] * 6
        assert {each.tag for each in read.iter()} == {"page", "h3", "table", "tbody", "tr", "th", "td", "ul", "li"}


@pytest.mark.parametrize("form", WIKIS)
def test_says_what_was_asked_and_found(form: str) -> None:
    shown = render(PAGE, form)
    assert "検索式：蓄電池" in shown
    assert "該当 2件・可能性 1件・関連 12件（金額 9件） 1–5件目を表示" in shown
    assert "秒" not in shown


@pytest.mark.parametrize("form", PASTED)
def test_the_papers_are_named_with_their_dates(form: str) -> None:
    for shown in (
        render(PAGE, form, papers=PAPERS),
        render_answer(HISTORY, form, papers=PAPERS),
        "\n".join(render_items(ITEMS, form, papers=PAPERS)),
    ):
        assert "2025-05-30" in shown
        assert "1999-01-01" not in shown
    assert "2025-05-30" not in render(PAGE, form)


def test_only_papers_that_are_named_are_listed() -> None:
    *_, last = with_papers([SHEET], PAPERS)
    assert last.rows == (Row(("meti-request-2024", "概算要求 | 要求", None, "2023-08-31")),)
    assert with_papers([SHEET], PAPERS[1:2]) == [SHEET]
