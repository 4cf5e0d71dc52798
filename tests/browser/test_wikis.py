"""The plugin, the extension and the widget answer inside pages of real wikis, and only where they may."""

import re
import time
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect

from index.document import About
from search.render import render
from tests.browser.test_page import check
from tests.browser.wikis import Town, town
from tests.test_render_formats import AMOUNTS, HOSTILE, PAGE

__all__ = ["town"]

BATTERY = "蓄電池の製造サプライチェーン強靱化支援事業"
SEMICONDUCTOR = "先端半導体の国内生産拠点の確保"
QUERY = "蓄電池 AND amount>1000億"
HOSTILE_QUERY = '"><script>document.title="x"</script>\'|**a**'
PAPERS = [About("monozukuri-2025", "ものづくり白書", "経済産業省", "2025-05-30")]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Page:
    page = browser.new_page(locale="ja-JP", viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(20_000)
    return page


def framed(page: Page) -> Frame:
    """Return the frame of the box on a page."""
    frame = page.locator("iframe[src*='/embed']").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def asked_again(frame: Frame) -> None:
    """Submit another query in the form of the box, and read what comes."""
    frame.get_by_label("検索式").fill("半導体 4000億以上")
    frame.get_by_role("button", name="検索").click()
    expect(frame.get_by_text(SEMICONDUCTOR).first).to_be_visible()


def test_plugin_of_dokuwiki(page: Page, town: Town, shots: Path) -> None:
    page.goto(town.dokuwiki.write("battery", f"====== 蓄電池 ======\n{{{{seisaku>{QUERY}|limit=3}}}}\n\n後の文\n"))
    frame = framed(page)
    expect(frame.get_by_text(BATTERY).first).to_be_visible()
    expect(frame.get_by_text("2023-08-31")).to_be_visible()
    expect(page.locator("iframe.plugin_seisaku")).not_to_have_attribute("height", "480")
    page.screenshot(path=shots / "dokuwiki-plugin.png", full_page=True)
    asked_again(frame)
    page.screenshot(path=shots / "dokuwiki-plugin-asked.png", full_page=True)


def test_a_bar_and_braces_of_the_query_are_its_own(page: Page, town: Town) -> None:
    text = "{{seisaku>水素|半導体 amount:{4000億 TO 5000億}|show=total}}"
    page.goto(town.dokuwiki.write("bars", text))
    frame = framed(page)
    expect(frame.get_by_label("検索式")).to_have_value("水素|半導体 amount:{4000億 TO 5000億}")
    expect(frame.get_by_text("単純合計").first).to_be_visible()


def test_a_link_of_the_interwiki(page: Page, town: Town) -> None:
    page.goto(town.dokuwiki.write("links", "[[seisaku>蓄電池 1000億以上]]"))
    page.locator("a.interwiki").click()
    expect(page).to_have_url(re.compile("/search"))
    expect(page.get_by_text(BATTERY).first).to_be_visible()


def test_extension_of_mediawiki(page: Page, town: Town, shots: Path) -> None:
    page.goto(town.mediawiki.write("蓄電池", f'<seisaku q="{QUERY}" show="total" limit="5"/>\n\n後の文'))
    frame = framed(page)
    expect(frame.get_by_label("検索式")).to_have_value(QUERY)
    expect(frame.get_by_text("2,658").first).to_be_visible()
    expect(page.locator("iframe.mw-seisaku")).not_to_have_attribute("height", "480")
    page.screenshot(path=shots / "mediawiki-total.png", full_page=True)
    page.goto(town.mediawiki.write("蓄電池2", f"<seisaku>{QUERY}</seisaku>"))
    frame = framed(page)
    expect(frame.get_by_text(BATTERY).first).to_be_visible()
    page.screenshot(path=shots / "mediawiki-extension.png", full_page=True)
    asked_again(frame)


def test_a_history_in_a_frame(page: Page, town: Town, shots: Path) -> None:
    page.goto(town.mediawiki.write("経緯", f'<seisaku q="{BATTERY}" show="history" box="fixed"/>'))
    frame = framed(page)
    expect(frame.locator("svg")).to_be_visible()
    expect(frame.get_by_text("2024年度要求 4,958億円").first).to_be_visible()
    expect(frame.locator("form")).to_have_count(0)
    page.screenshot(path=shots / "mediawiki-history.png", full_page=True)


def test_links_of_the_box_open_the_full_page(page: Page, town: Town) -> None:
    page.goto(town.dokuwiki.write("out", f"{{{{seisaku>{QUERY}}}}}"))
    frame = framed(page)
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="monozukuri-2025:61").first.click()
    expect(opened.value).to_have_url(re.compile("/items/monozukuri-2025"))
    assert opened.value.evaluate("window.opener") is None


def test_widget_in_dokuwiki(page: Page, town: Town, shots: Path) -> None:
    element = '<seisaku-search q="蓄電池 AND amount&gt;1000億" limit="3"></seisaku-search>'
    script = f'<script src="{town.seisaku}/widget.js" defer></script>'
    page.goto(town.dokuwiki.write("widget", f"<HTML>{script}{element}</HTML>"))
    expect(page.get_by_text(BATTERY).first).to_be_visible()
    page.screenshot(path=shots / "dokuwiki-widget.png", full_page=True)
    page.get_by_label("検索式").fill("半導体 4000億以上")
    page.get_by_role("button", name="検索", exact=True).last.click()
    expect(page.get_by_text(SEMICONDUCTOR).first).to_be_visible()
    page.evaluate("document.querySelector('seisaku-search').setAttribute('show', 'total')")
    expect(page.get_by_text("単純合計（億円）")).to_be_visible()
    page.evaluate("document.querySelector('seisaku-search').setAttribute('q', 'amount>>')")
    expect(page.get_by_role("status")).to_contain_text("値が必要です")
    page.screenshot(path=shots / "dokuwiki-widget-error.png", full_page=True)


def test_axe_finds_nothing_in_the_widget(page: Page, town: Town) -> None:
    script = f'<script src="{town.seisaku}/widget.js" defer></script>'
    element = f'<seisaku-search q="{QUERY.replace(">", "&gt;")}"></seisaku-search>'
    page.goto(town.dokuwiki.write("axe", f"<HTML>{script}{element}</HTML>"))
    expect(page.get_by_text(BATTERY).first).to_be_visible()
    check(page, "seisaku-search")
    page.emulate_media(color_scheme="dark")
    check(page, "seisaku-search")


def test_widget_in_mediawiki(page: Page, town: Town, shots: Path) -> None:
    address = town.mediawiki.write("部品", f'<seisaku q="{BATTERY}" show="history" box="fixed"/>')
    page.goto(f"{address}&widget=1")
    expect(page.get_by_text("2024年度要求 4,958億円")).to_be_visible()
    expect(page.locator("seisaku-search").get_by_role("searchbox")).to_be_hidden()
    page.screenshot(path=shots / "mediawiki-widget.png", full_page=True)


def late(route: Route) -> None:
    """Let a request wait before it goes on."""
    time.sleep(0.5)
    route.continue_()


def test_only_the_last_of_several_questions_is_answered(page: Page, town: Town) -> None:
    script = f'<script src="{town.seisaku}/widget.js" defer></script>'
    page.goto(town.dokuwiki.write("hurry", f'<HTML>{script}<seisaku-search q="水素"></seisaku-search></HTML>'))
    page.route("**/api/v1/search?q=%E8%93%84*", late)
    page.evaluate("""async () => {
        const element = document.querySelector("seisaku-search");
        element.setAttribute("q", "蓄電池");
        await new Promise((go) => setTimeout(go, 50));
        element.setAttribute("q", "半導体 4000億以上");
    }""")
    expect(page.get_by_text(SEMICONDUCTOR).first).to_be_visible()
    page.wait_for_timeout(1000)
    expect(page.get_by_role("status")).to_contain_text("半導体")
    expect(page.get_by_text("蓄電池")).to_have_count(0)


WIDE = [("narrow", 360, "light"), ("dark", 1280, "dark")]


@pytest.mark.parametrize(("name", "width", "scheme"), WIDE, ids=[row[0] for row in WIDE])
def test_a_box_fits_its_page(
    name: str, width: int, scheme: Literal["light", "dark"], browser: Browser, town: Town, shots: Path
) -> None:
    address = town.dokuwiki.write("fits", f"{{{{seisaku>{QUERY}|limit=2|theme=auto}}}}")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(address)
    frame = framed(page)
    expect(frame.get_by_text(BATTERY).first).to_be_visible()
    page.wait_for_timeout(500)
    whole, shown = frame.evaluate("[document.documentElement.scrollHeight, window.innerHeight]")
    assert whole <= shown
    assert frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=shots / f"dokuwiki-{name}.png", full_page=True)


# What must fail: the same pages by another name are of an origin that is not allowed.


def by_name(address: str) -> str:
    return address.replace("127.0.0.1", "localhost")


def test_no_frame_on_other_origins(page: Page, town: Town) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(by_name(town.dokuwiki.write("foreign", f"{{{{seisaku>{QUERY}}}}}")))
    page.wait_for_timeout(1500)
    assert any("frame-ancestors" in each for each in told), told
    inside = [frame for frame in page.frames if frame != page.main_frame]
    assert not any(BATTERY in frame.content() for frame in inside)


def test_no_answer_to_other_origins(page: Page, town: Town) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    script = f'<script src="{town.seisaku}/widget.js" defer></script>'
    page.goto(
        by_name(
            town.dokuwiki.write("foreignwidget", f'<HTML>{script}<seisaku-search q="蓄電池"></seisaku-search></HTML>')
        )
    )
    expect(page.get_by_text("検索サーバーにつながりません")).to_be_visible()
    expect(page.get_by_text(BATTERY)).to_have_count(0)
    assert any("CORS" in each for each in told), told


def test_nothing_of_a_query_is_obeyed(page: Page, town: Town) -> None:
    page.goto(town.dokuwiki.write("hostile", f"{{{{seisaku>{HOSTILE_QUERY}}}}}"))
    expect(framed(page).get_by_label("検索式")).to_have_value(HOSTILE_QUERY)
    assert page.title() != "x"
    quoted = HOSTILE_QUERY.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    page.goto(town.mediawiki.write("Hostile", f'<seisaku q="{quoted}"/>'))
    expect(framed(page).get_by_label("検索式")).to_have_value(HOSTILE_QUERY)
    assert page.title() != "x"


# The tables that are pasted.


def cells(page: Page, content: str) -> list[list[str]]:
    """Return the tables of a page, row by row."""
    rows = page.locator(f"{content} table tr")
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()]


@pytest.mark.parametrize("name", ["dokuwiki", "mediawiki"])
def test_a_table_that_is_pasted_is_read_back(name: str, page: Page, town: Town, shots: Path) -> None:
    wiki, content = (town.dokuwiki, ".page") if name == "dokuwiki" else (town.mediawiki, ".mw-parser-output")
    page.goto(wiki.write("table", render(PAGE, name, papers=PAPERS)))
    read = cells(page, content)
    assert len(read) == AMOUNTS + 3 + 2
    assert read[1] == ["2,658", "2023 補正", BATTERY, "monozukuri-2025:61（再掲 meti-request-2024:92）"]
    assert read[-1] == ["monozukuri-2025", "ものづくり白書", "経済産業省", "2025-05-30"]
    page.screenshot(path=shots / f"{name}-table.png", full_page=True)


@pytest.mark.parametrize("name", ["dokuwiki", "mediawiki"])
def test_a_hostile_table_is_read_back(name: str, page: Page, town: Town, shots: Path) -> None:
    wiki, content = (town.dokuwiki, ".page") if name == "dokuwiki" else (town.mediawiki, ".mw-parser-output")
    page.goto(wiki.write("hostiletable", render(HOSTILE, name)))
    read = cells(page, content)
    assert [len(row) for row in read] == [4] * 3 + [5] * 6
    assert all('*d* _e_ <b>`f`</b> \\ "g",h' in row[2] for row in read if row[0] != "金額（億円）")
    page.screenshot(path=shots / f"{name}-hostile.png", full_page=True)
