"""A brief says the same in every form, escapes everything and needs nothing but itself."""

import re
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest

from index.document import About
from search.figures import BriefPage
from search.render import render_brief, workbook
from search.render.brief import findings
from tests.test_render_answers import HISTORY, PAGES, TOTAL
from tests.test_render_formats import EMPTY, HITS, HOSTILE, NASTY, PAGE, harmful

DOCUMENTS = (
    About("monozukuri-2025", "ものづくり白書", "経済産業省", "2025-05-30"),
    About("b", "題名"),
)
QUOTES = (((61, "(11) 蓄電池の製造サプライチェーン強靱化支援事業（2023年度補正予算額2,658億円）"),), ())
BRIEF = BriefPage("蓄電池", "「蓄電池」を含む", TOTAL, (HISTORY,), PAGE, QUOTES, DOCUMENTS, "2025-06-01")
EVIL = BriefPage(
    NASTY,
    NASTY,
    PAGES["evil total"],
    (PAGES["evil history"],),
    HOSTILE,
    (((1, NASTY),),) * 3,
    (About(NASTY, NASTY, NASTY, NASTY),),
    NASTY,
)
NOTHING = BriefPage("水素", "「水素」を含む", PAGES["no total"], (), EMPTY, (), (), "2025-06-01")
BRIEFS = {"brief": BRIEF, "evil": EVIL, "nothing": NOTHING, "more quotes": BRIEF._replace(quotes=QUOTES * 9)}
VOID = {"meta"}


class Balanced(HTMLParser):
    """Reads HTML, and knows which elements are open and which there were."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize("brief", BRIEFS)
def test_does_nothing_to_a_terminal(brief: str, form: str) -> None:
    assert not harmful(render_brief(BRIEFS[brief], form))


@pytest.mark.parametrize("brief", BRIEFS)
def test_html_is_whole_and_runs_nothing(brief: str) -> None:
    page = Balanced()
    page.feed(render_brief(BRIEFS[brief], "html"))
    page.close()
    assert page.open == []
    assert not page.seen & {"script", "link", "img", "iframe", "b2", "object"}
    assert not {name for name in page.attributes if name.startswith("on") or name in ("src", "href", "style")}


def test_what_a_paper_says_is_escaped() -> None:
    shown = render_brief(EVIL, "html")
    assert "<b>`f`" not in shown
    assert "&lt;b&gt;`f`&lt;/b&gt;" in shown


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_says_what_is_asked_at_the_meeting(form: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", render_brief(BRIEF, form))
    for words in (
        "2,658", "約10,437", "数えられる金額なし", "年度と段階の異なる金額は足し合わせない",
        "2024年度要求 4,958億円 → 2023補正 2,658 + 2024当初 2,300 = 4,958億円（100%）", "monozukuri-2025:61", "2025-05-30",
        "(11) 蓄電池の製造サプライチェーン強靱化支援事業（2023年度補正予算額2,658億円）", "2025-06-01 作成",
    ):  # fmt: skip
        assert words in shown
    assert "--all" not in shown


TITLES = {
    "蓄電池 amount>=1000億": "# 蓄電池 amount>=1000億",
    "M&A | 水素 50億..": "# M&A | 水素 50億..",
    "半導* &lt; <b>": r"# 半導\* \&lt; \<b>",
    "[a](b) #": r"# \[a\](b) \#",
}


@pytest.mark.parametrize(("query", "title"), TITLES.items(), ids=list(TITLES))
def test_the_title_is_the_query_with_few_backslashes(query: str, title: str) -> None:
    assert render_brief(BRIEF._replace(query=query), "markdown").splitlines()[0] == title


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_there_is_none_of_has_no_heading(form: str) -> None:
    nothing, brief = render_brief(NOTHING, form), render_brief(BRIEF, form)
    assert "根拠" not in nothing
    assert "題名" not in nothing
    assert "根拠" in brief
    assert "題名" in brief


def test_a_hit_without_lines_is_shown_all_the_same() -> None:
    found = findings(BRIEF)
    assert [each.name for each in found] == [hit.item.name for hit in HITS]
    assert [len(each.lines) for each in found] == [1, 0, 0, 0, 0]
    assert [each.group for each in found] == ["", "", "可能性", "関連", "関連"]
    assert found[0].sums == ("2,658億円 2023 補正", "2,300億円 2024 当初")
    assert found[1].sums[0] == "2,658億円 2023 補正 蓄電池の製造サプライチェーン強靱化支援事業"


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_workbook_holds_it(brief: str) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(BRIEFS[brief])))
    assert not {cell.data_type for page in book for row in page for cell in row} & {"f", "e"}
    assert {"検索結果", "文書", "原文"} <= set(book.sheetnames)
