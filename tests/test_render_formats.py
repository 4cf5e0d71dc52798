"""Every format shows every page, and nothing in a paper reaches the terminal as a command."""

import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from index.document import Amount, Item, Place
from search.render import FORMATS, render, render_item, render_items
from search.results import Hit, Marked, Repeat, ResultPage, Snippet

OKU = 10**8
HEADINGS = ("第1章 ものづくり産業の振興に係る施策", "第1節 研究開発", "3. 戦略分野における基盤整備")

BATTERY = Item(
    Place("monozukuri-2025", 61, 61),
    "蓄電池の製造サプライチェーン強靱化支援事業",
    number="(11)",
    heading_path=HEADINGS,
    amounts=(
        Amount(2658 * OKU, (2023,), "supplementary", written="2023年度補正予算額2,658億円"),
        Amount(2300 * OKU, (2024,), "initial", written="2024年度予算額2,300億円"),
    ),
)
REQUEST = Item(
    Place("meti-request-2024", 92, 93, 7),
    "クリーンエネルギー自動車導入促進補助金",
    heading_path=("① GXの実現とエネルギー安定供給の確保",),
    lead="蓄電池・部素材等の製造基盤の更なる拡大に向けた設備投資及び技術開発等を支援する。",
    amounts=(
        Amount(1076 * OKU, (2024,), "request", account="GX", flags=("new",), written="1,076 億円（200 億円）"),
        Amount(200 * OKU, (2023,), "initial", role="previous", account="GX", written="200 億円"),
    ),
)
CHAIN = Item(
    Place("monozukuri-2025", 564, 566),
    "経済環境変化に応じた重要物資サプライチェーン強靱化支援事業",
    number="(1)",
    amounts=(
        Amount(4376 * OKU, (2023,), "supplementary", label="先端電子部品の製造基盤強化", written="4,376億円"),
        Amount(
            2658 * OKU,
            (2023,),
            "supplementary",
            label="蓄電池の製造サプライチェーン強靱化支援事業",
            written="2,658億円",
        ),
        Amount(
            1778 * OKU,
            (2024,),
            "supplementary",
            label="蓄電池の製造サプライチェーン強靱化支援事業",
            written="1,778億円",
        ),
    ),
)
FUND = Item(
    Place("monozukuri-2025", 39, 39),
    "次世代蓄電池・次世代モーターの開発",
    amounts=(
        Amount(1510 * OKU, stage="fund", bound="ceiling", label="グリーンイノベーション基金", written="上限1,510億円"),
    ),
)
TAX = Item(
    Place("monozukuri-2025", 7, 7),
    "研究開発税制（中小企業技術基盤強化税制）",
    number="1.",
    heading_path=("蓄電池の促進",),
)
ITEMS = (BATTERY, REQUEST, CHAIN, FUND, TAX)

HITS = (
    Hit(
        BATTERY,
        "certain",
        (0, 1),
        "",
        Marked(BATTERY.name, ((0, 3),)),
        repeats=(Repeat(Place("meti-request-2024", 92, 92), "repeated"),),
    ),
    Hit(
        CHAIN,
        "certain",
        (1, 2),
        "",
        Marked(CHAIN.name),
        Snippet("label", Marked("蓄電池の製造サプライチェーン…", ((0, 3),))),
    ),
    Hit(FUND, "possible", (0,), "上限のため、実際の額が分からない", Marked(FUND.name, ((3, 6),))),
    Hit(
        REQUEST,
        "related",
        (0,),
        "上の政策文に「蓄電池」",
        Marked(REQUEST.name),
        Snippet("lead", Marked(REQUEST.lead, ((0, 3),))),
        change=876 * OKU,
    ),
    Hit(
        TAX,
        "related",
        (),
        "見出しに「蓄電池」",
        Marked(TAX.name),
        Snippet("heading", Marked("蓄電池の促進", ((0, 3),))),
    ),
)
PAGE = ResultPage(
    "蓄電池", "「蓄電池」を含む", HITS, {"certain": 2, "possible": 1, "related": 12}, 9, 0, 5, "relevance", 0.0123
)
AMOUNTS = 7
"""How many rows a page has that shows one row an amount, one an item without amounts."""

EMPTY = ResultPage(
    "水素 電池", "「水素」を含み、「電池」を含む", (), {"certain": 0, "possible": 0, "related": 0}, 0, 0, 20, "relevance", 0.001,
    ("「水素」だけなら 3件", "「電池」だけなら 0件"),
)  # fmt: skip

NASTY = (
    '\x1b[31m赤\x1b[0m [bold]x[/] | a\tb\nc\r\n*d* _e_ <b>`f`</b> \\ "g",h \x07\x00\x9b2J\u202e\u2028 \ud83d [i](j) :smile: ﾊﾟ か\u3099 👨‍👩‍👧 '
    + "蓄" * 60
)
HOSTILE_ITEM = Item(
    Place("文書" + NASTY, 1, 2, 3),
    NASTY,
    number=NASTY,
    heading_path=(NASTY, "見出し"),
    lead=NASTY,
    text=NASTY,
    amounts=(
        Amount(10**18 - 1, (2020, 2022, 2023), "request", "about", "part", NASTY, NASTY, ("new", "later"), 5, NASTY),
        Amount(-5),
    ),
)
SPAN = ((6, 9), (11, 30))
HOSTILE = ResultPage(
    NASTY,
    NASTY,
    tuple(
        Hit(HOSTILE_ITEM, group, (0, 1), NASTY, Marked(NASTY, SPAN), Snippet("text", Marked(NASTY, SPAN)),
            (Repeat(Place(NASTY, 1, 1), "later"), Repeat(Place("b", 1, 1), "repeated")))
        for group in ("certain", "possible", "related")
    ),
    {"certain": 1, "possible": 1, "related": 1}, 6, 0, None, "relevance", 1.5, (NASTY,),
)  # fmt: skip
PAGES = {"hits": PAGE, "nothing": EMPTY, "hostile": HOSTILE, "beyond": replace(PAGE, hits=(), offset=40)}
WIDTHS = (None, 40, 60, 80, 160)


def harmful(text: str) -> set[str]:
    """Return the characters that a terminal would obey, or that cannot be printed."""
    return {each for each in text if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") or each == "\u202e"} - {
        "\n",
        "\t",
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_do_nothing_to_a_terminal(page: str, form: str, width: int | None) -> None:
    shown = render(PAGES[page], form, width=width)
    assert not harmful(shown)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("form", FORMATS)
def test_items_do_nothing_to_a_terminal(form: str, width: int | None) -> None:
    shown = "\n".join(render_items((*ITEMS, HOSTILE_ITEM), form, width=width))
    assert not harmful(shown)


@pytest.mark.parametrize("form", FORMATS)
def test_shows_a_document_without_items(form: str) -> None:
    assert not harmful("\n".join(render_items([], form, width=80)))


def test_a_pipe_has_no_colours() -> None:
    assert "\x1b" not in render(PAGE, "table", colour=True)
    assert "\x1b" not in render_item(BATTERY, [], colour=True)


def test_a_tiny_terminal_is_taken_for_a_small_one() -> None:
    assert render(PAGE, "table", width=1) == render(PAGE, "table", width=40)


SLOW = {"rich", "json", "csv", "index.yen"}
NEEDED: list[tuple[str, set[str]]] = [
    ("import search.render", set()),
    ("from search.render import csv, entries, json, layout, markdown, plain, show, table, terminal, words", set()),
    ("from search.render import json; json.dumps(1)", {"json"}),
    ("from search.render import render_items; list(render_items([], 'tsv'))", {"csv"}),
    ("from search.render import words; words.oku(1)", {"index.yen"}),
    ("from search.render import render_items; list(render_items([], 'table'))", set()),
]


@pytest.mark.parametrize(("code", "modules"), NEEDED, ids=[code for code, _ in NEEDED])
def test_loads_only_what_it_needs(code: str, modules: set[str]) -> None:
    code += f"\nimport sys; print(*({SLOW} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert set(run.stdout.split()) == modules
