"""The pages for readers in a real browser: by mouse, by keyboard alone, without scripts, on a phone, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

AXE = Path(__file__).parent / "axe" / "axe-4.14.1.min.js"
BATTERY = "蓄電池の製造サプライチェーン強靱化支援事業"
KINDS = {
    "start": "/",
    "results": "/search?q=蓄電池",
    "many": "/search?q=半導体 OR 水素 年度:2024&sort=-amount",
    "nothing": "/search?q=蓄電ち 1000億以上",
    "error": "/search?q=蓄電池 AND (半導体",
    "item": "/items/monozukuri-2025:61?q=蓄電池",
    "programme": f"/history?programme={BATTERY}",
    "total": "/total?q=蓄電池&by=account",
    "documents": "/documents",
    "help": "/help",
    "compare": "/compare?sides=meti-request-2024",
    "reconcile": "/reconcile?document=meti-request-2024",
    "facets": "/facets?q=蓄電池",
    "lost": "/items/monozukuri-2025:60000",
    "wiki": "/wiki?q=蓄電池 AND amount>1000億&show=total",
    "box": "/embed?q=蓄電池",
    "box-total": "/embed?q=半導体&show=total",
    "box-history": f"/embed?q={BATTERY}&show=history&box=fixed",
    "box-error": "/embed?q=蓄電池 AND (半導体",
}
"""An address of each kind of page."""

WIDTHS = (360, 640, 1600)
"""A phone, half of a small screen (one that is magnified to 200 per cent), a wide screen."""

SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Open]:
    """Return what opens a page; in the end none may have complained, or asked any other host for anything."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    said: list[str] = []

    def open_(path: str, width: int = 1200, **settings: Any) -> Page:
        size = ViewportSize(width=width, height=900)
        context = browser.new_context(viewport=size, locale="ja-JP", base_url=server, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [each for each in asked if not each.startswith(f"{server}/")] == []
    assert [each for each in said if "status of 4" not in each] == []


def query_of(page: Page) -> dict[str, list[str]]:
    """Return what the address says behind its question mark."""
    return parse_qs(urlsplit(page.url).query)


def names(page: Page) -> list[str]:
    return [str(each) for each in page.locator(".hit h3").all_inner_texts()]


def stays(page: Page) -> None:
    """Leave something behind that is gone when a whole page is loaded."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def test_a_search_is_typed_and_completed(opened: Open, shots: Path) -> None:
    page = opened("/")
    box = page.get_by_role("combobox", name="検索式")
    box.press_sequentially("蓄電")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.screenshot(path=shots / "suggestions.png")
    box.press("ArrowDown")
    active = page.get_by_role("option", selected=True)
    expect(active).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", str(active.get_attribute("id")))
    chosen = active.get_attribute("data-query")
    box.press("Enter")
    expect(box).to_have_value(str(chosen))
    expect(page.locator("#suggestions")).to_be_hidden()
    box.press("Enter")
    expect(page.locator(".hit")).not_to_have_count(0)
    assert query_of(page)["q"] == [chosen]


def test_a_field_is_completed_to_a_value(opened: Open) -> None:
    page = opened("/")
    box = page.get_by_role("combobox", name="検索式")
    box.press_sequentially("半導体 段階")
    page.get_by_role("option", name="段階:").first.click()
    expect(page.get_by_role("option", name="補正")).not_to_have_count(0)
    page.get_by_role("option", name="補正").first.click()
    expect(box).to_have_value("半導体 段階:補正")
    box.press("Enter")
    expect(page.locator("h1")).to_contain_text("補正")


def test_escape_closes_the_list(opened: Open) -> None:
    page = opened("/")
    box = page.get_by_role("combobox", name="検索式")
    box.press_sequentially("半導")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_value("半導")


def test_a_facet_narrows_and_back_widens(opened: Open) -> None:
    page = opened("/search?q=蓄電池")
    stays(page)
    before = names(page)
    page.get_by_role("complementary", name="絞り込み").get_by_role("link", name="補正").click()
    expect(page.locator("h1")).to_contain_text("段階が補正")
    assert query_of(page)["q"] == ["蓄電池 段階:補正"]
    assert stayed(page)  # htmx brought the answer alone
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_have_value("蓄電池 段階:補正")
    expect(page.get_by_role("status")).to_contain_text("件")
    assert 0 < len(names(page)) < len(before)
    assert page.title().startswith("蓄電池 段階:補正")
    page.go_back()
    expect(page.locator("h1")).to_have_text("「蓄電池」を含む")
    assert names(page) == before


def test_a_condition_is_taken_away(opened: Open) -> None:
    page = opened("/search?q=蓄電池 段階:補正")
    page.get_by_role("list", name="条件を外す").get_by_role("link", name="段階:補正").click()
    expect(page.locator("h1")).to_have_text("「蓄電池」を含む")


def test_hits_are_sorted(opened: Open) -> None:
    page = opened("/search?q=半導体&only=certain")
    page.get_by_role("link", name="金額の大きい順").click()
    expect(page.get_by_role("link", name="金額の大きい順")).to_have_attribute("aria-current", "true")
    assert query_of(page) == {"q": ["半導体"], "only": ["certain"], "sort": ["-amount"]}
    firsts = page.locator(".hit .money li:first-child .oku").all_inner_texts()
    sums = [float(each.replace("億円", "").replace(",", "")) for each in firsts if "―" not in each]
    assert sums[0] == max(sums)


def test_the_second_page_follows_the_first(opened: Open) -> None:
    page = opened("/search?q=半導体 OR 水素")
    first = names(page)
    page.get_by_role("navigation", name="結果の頁").get_by_role("link", name="2").click()
    expect(page.locator("[aria-current=page]", has_text="2")).to_be_visible()
    assert query_of(page)["offset"] == ["20"]
    places = page.locator(".hit .place").all_inner_texts()
    assert len(first) == 20
    assert places
    page.reload()  # every state is in the address
    assert page.locator(".hit .place").all_inner_texts() == places


@pytest.mark.parametrize(
    ("label", "name", "begins"),
    [
        ("CSV", "seisaku-search.csv", b"\xef\xbb\xbf"),
        ("Excel", "seisaku-search.xlsx", b"PK"),
        ("JSON", "seisaku-search.json", b"{"),
    ],
)
def test_hits_are_taken_away_as_a_file(opened: Open, tmp_path: Path, label: str, name: str, begins: bytes) -> None:
    page = opened("/search?q=蓄電池")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=label, exact=True).click()
    assert waiting.value.suggested_filename == name
    waiting.value.save_as(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_error_points_and_its_example_answers(opened: Open) -> None:
    page = opened("/")
    page.get_by_label("検索式").fill("蓄電池 amonut>5億")
    page.get_by_role("button", name="検索").click()
    expect(page.locator("mark.caret")).to_have_text("amonut")
    expect(page.get_by_label("検索式")).to_have_value("蓄電池 amonut>5億")
    assert query_of(page)["q"] == ["蓄電池 amonut>5億"]
    page.goto("/search?q=蓄電池 AND (半導体")
    page.locator(".fault a code").click()
    expect(page.locator(".hit, .empty")).not_to_have_count(0)


def test_what_was_meant_is_a_link(opened: Open) -> None:
    page = opened("/search?q=蓄電ち")
    page.get_by_role("heading", name="もしかして").locator("xpath=following-sibling::ul").get_by_role(
        "link"
    ).first.click()
    expect(page.locator(".hit")).not_to_have_count(0)


def test_an_item_its_programme_and_back(opened: Open) -> None:
    page = opened("/search?q=蓄電池 1000億以上")
    page.locator(".hit h3 a").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(BATTERY)
    expect(page.locator(".paper li.own")).to_contain_text("2023年度補正予算額2,658億円")
    expect(page.locator("table.amounts tbody tr")).to_have_count(3)
    page.get_by_role("link", name=f"経緯：{BATTERY}").click()
    expect(page.locator("svg.chart rect")).to_have_count(4)
    expect(page.get_by_text("2024年度要求 4,958億円 → 2023補正 2,658")).to_be_visible()
    page.locator("td.place a").first.click()
    expect(page.locator(".paper")).to_be_visible()


def test_a_citation_is_copied(opened: Open) -> None:
    page = opened("/items/monozukuri-2025:61", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="写す").first.click()
    expect(page.get_by_role("status")).to_have_text("写しました")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(f"{BATTERY}、2,658億円、補正、2023年度、")


def test_all_by_keyboard(opened: Open) -> None:
    page = opened("/search?q=蓄電池")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    expect(page.get_by_role("link", name="本文へ")).to_be_in_viewport()
    page.keyboard.press("Enter")
    walked = walk(page, 120)
    assert walked.index("すべて 24") < walked.index(BATTERY) < walked.index("2024年度 21件") < walked.index("CSV")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.get_by_role("link", name="2024年度").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("年度が2024である")


def walk(page: Page, most: int) -> list[str]:
    """Press Tab again and again; return the words of what has the focus each time, up to the last link."""
    walked: list[str] = []
    while len(walked) < most:
        page.keyboard.press("Tab")
        said = str(page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"))
        walked.append(said)
        if said == "Excel":
            break
    return walked


def test_all_without_scripts(opened: Open) -> None:
    page = opened("/", java_script_enabled=False)
    page.get_by_label("検索式").fill("蓄電池")
    page.get_by_role("button", name="検索").click()
    expect(page.locator(".hit")).to_have_count(20)
    page.get_by_role("link", name="2", exact=False).and_(page.locator(".leaves a")).click()
    expect(page.locator(".hit")).to_have_count(4)
    page.get_by_role("link", name="補正", exact=False).and_(page.locator(".facets a")).first.click()
    expect(page.locator("h1")).to_contain_text("段階が補正")
    page.get_by_role("link", name="数えた金額と、除いた金額の理由").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("合計")
    page.locator("details summary").first.click()
    expect(page.locator("details table").first).to_be_visible()
    expect(page.get_by_role("button", name="写す")).to_have_count(0)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(opened: Open, shots: Path, kind: str) -> None:
    page = opened(KINDS[kind])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.screenshot(path=shots / f"{kind}-{width}.png", full_page=width < 1000)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(opened: Open, shots: Path, kind: str) -> None:
    page = opened(KINDS[kind], reduced_motion="reduce")
    if kind in ("results", "many"):
        page.locator(".facets details").first.click()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        check(page)
        page.screenshot(path=shots / f"{kind}-{scheme}.png")


def test_axe_finds_nothing_in_the_open_list(opened: Open) -> None:
    page = opened("/", reduced_motion="reduce")
    page.get_by_label("検索式").press_sequentially("半導")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    check(page)


def check(page: Page, part: str = "html") -> None:
    """Hold a page, or a part of it, against the rules of axe-core, whose script comes from the test, not the page."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("part => axe.run(part, {resultTypes: ['violations']})", part)
    assert [
        (each["id"], each["impact"], [node["html"] for node in each["nodes"]]) for each in found["violations"]
    ] == []


@pytest.mark.parametrize("kind", ["results", "item", "programme", "total"])
def test_on_paper(opened: Open, shots: Path, kind: str) -> None:
    page = opened(KINDS[kind])
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="検索")).to_have_count(0)
    expect(page.get_by_role("navigation", name="頁", exact=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.pdf(path=shots / f"{kind}.pdf", format="A4")


def test_forced_colours_keep_the_bars(opened: Open, shots: Path) -> None:
    page = opened(KINDS["results"], forced_colors="active")
    expect(page.locator("svg.bar").first).to_be_visible()
    page.screenshot(path=shots / "forced-colours.png")
