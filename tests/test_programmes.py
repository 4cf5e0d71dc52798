"""Links between papers: the same names, alike ones with their score, and what is never linked."""

from pathlib import Path

import pytest

from index.document import About, Amount, Item
from index.store.writer import Paper
from search import Searcher
from search.figures import Link, LinkPage
from tests.made import item, paper, write

LINKED = [
    ("電気自動車用革新型蓄電池技術開発", "電気自動車用革新型蓄電池開発事業", False),
    ("エネルギー需要構造高度化基準認証推進事業", "エネルギー需給構造高度化基準認証推進事業", False),
    ("成長型中小企業等研究開発支援事業", "成長型中小企業等研究開発支援事業（Go-Tech事業）", False),
    ("ポスト 5G 情報通信システム基盤強化研究開発事業", "ポスト5G情報通信システム基盤強化研究開発事業等", False),
    ("独立行政法人中小企業基盤整備機構運営費交付金", "（独）中小企業基盤整備機構運営費交付金事業", True),
    ("省エネルギー投資促進・需要構造転換支援事業費", "省エネルギー投資促進・需要構造転換支援事業費補助金", True),
    ("蓄電池の製造サプライチェーン強靱化支援事業", "蓄電池の製造サプライチェーン強靱化支援事業", True),
    ("CASE 対応に向けた自動車部品サプライヤー事業転換支援事業", "CASE対応に向けた自動車部品サプライヤー事業転換支援事業", True),
]  # fmt: skip


def published(publisher: str | None, document: str, *items: Item) -> Paper:
    made = paper(document, *items)
    about = About(document, f"{document}の題名", publisher)
    return made._replace(document=type(made.document)(about, made.document.lines))


def links(folder: Path, *papers: Paper, words: str = "") -> LinkPage:
    write(folder / "store", *papers)
    return Searcher.open(folder / "store").programmes(words)


def named(page: LinkPage) -> list[tuple[str, str, bool]]:
    return [(each.name, each.other, each.same) for each in page.links]


@pytest.mark.parametrize(("name", "other", "same"), LINKED, ids=[name for name, *_ in LINKED])
def test_links_the_papers(searcher: Searcher, name: str, other: str, same: bool) -> None:
    assert (name, other, same) in named(searcher.programmes())


def test_every_link_of_the_papers(searcher: Searcher) -> None:
    page = searcher.programmes()
    assert sum(each.same for each in page.links) == 37
    assert [(each.score, str(each.place), str(each.other_place)) for each in page.links if not each.same] == [
        (96.0, "meti-request-2024:189", "monozukuri-2025:181"),
        (94.1, "meti-request-2024:230", "monozukuri-2025:508"),
        (93.3, "meti-request-2024:94", "monozukuri-2025:27"),
        (92.3, "meti-request-2024:131", "monozukuri-2025:52"),
        (92.3, "meti-request-2024:212", "monozukuri-2025:70"),
        (92.0, "meti-request-2024:96", "monozukuri-2025:564"),
        (90.9, "meti-request-2024:96", "monozukuri-2025:564"),
        (90.6, "meti-request-2024:301", "monozukuri-2025:514"),
        (89.9, "meti-request-2024:96", "monozukuri-2025:59"),
        (87.0, "meti-request-2024:96", "monozukuri-2025:564"),
        (86.0, "meti-request-2024:96", "monozukuri-2025:564"),
        (85.1, "meti-request-2024:96", "monozukuri-2025:564"),
        (80.8, "meti-request-2024:96", "monozukuri-2025:564"),
        (80.8, "meti-request-2024:229", "monozukuri-2025:67"),
        (78.0, "meti-request-2024:203", "monozukuri-2025:68"),
        (73.0, "meti-request-2024:185", "monozukuri-2025:17"),
    ]


def test_links_lie_between_papers_and_the_same_come_first(searcher: Searcher) -> None:
    page = searcher.programmes()
    assert all(each.place.document != each.other_place.document for each in page.links)
    order = [(not each.same, -each.score) for each in page.links]
    assert order == sorted(order)


WORDS = [
    ("革新型蓄電池", [("電気自動車用革新型蓄電池技術開発", "電気自動車用革新型蓄電池開発事業", False)]),
    ("Ｇｏ－Ｔｅｃｈ", [("成長型中小企業等研究開発支援事業", "成長型中小企業等研究開発支援事業（Go-Tech事業）", False)]),
    ("空モビリティ 社会実装", [("次世代空モビリティの社会実装に向けた実現プロジェクト",) * 2 + (True,)]),
    ("空モビリティ 蓄電池", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), WORDS, ids=[words for words, _ in WORDS])
def test_narrows_to_names_with_the_words(searcher: Searcher, words: str, expected: list[tuple[str, str, bool]]) -> None:
    assert named(searcher.programmes(words)) == expected


def test_words_narrow_what_is_there_without_them(searcher: Searcher) -> None:
    every = searcher.programmes().links
    for words in ("支援", "運営費交付金", "開発 技術"):
        assert set(searcher.programmes(words).links) == {each for each in every if _says(each, words.split())}


def _says(link: Link, words: list[str]) -> bool:
    return any(all(word in name for word in words) for name in (link.name, link.other))


def test_a_programme_of_two_cities_is_two(tmp_path: Path) -> None:
    road = Amount(10**8, (2024,), "initial")
    papers = [
        published(publisher, document, item(document, "道路維持事業", road))
        for publisher, document in (("札幌市", "甲"), ("仙台市", "乙"), ("札幌市財政局", "丙"), ("国土交通省", "丁"))
    ]
    assert [(str(each.place), str(each.other_place)) for each in links(tmp_path, *papers).links] == [("丙:1", "甲:1")]


NO_PROGRAMMES = {
    "generic": {"name": "事務費"},
    "a heading": {"name": "水素の利用", "kind": "heading"},
    "prose": {"name": "水素の利用を進める。", "kind": "passage"},
}


@pytest.mark.parametrize("more", NO_PROGRAMMES.values(), ids=list(NO_PROGRAMMES))
def test_is_no_programme(tmp_path: Path, more: dict[str, str]) -> None:
    papers = [paper(name, item(name, more["name"], Amount(1), kind=more.get("kind", "item"))) for name in "甲乙"]
    assert links(tmp_path, *papers).links == ()


def test_totals_are_no_programmes(tmp_path: Path) -> None:
    papers = [paper(name, item(name, "水素勘定", Amount(1, role="total"), kind="row")) for name in "甲乙"]
    assert links(tmp_path, *papers).links == ()


def test_an_empty_store_has_no_links(tmp_path: Path) -> None:
    assert links(tmp_path).links == ()


def test_of_many_programmes_alike_ones_are_looked_for_of_the_first(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = searcher.programmes()
    monkeypatch.setattr("search.likeness._FEW", 1)
    monkeypatch.setattr("search.likeness._ASKED", 100)
    some = searcher.programmes()
    assert every.note == ""
    assert "はじめの100件" in some.note
    assert set(some.links) < set(every.links)
    assert [each for each in some.links if each.same] == [each for each in every.links if each.same]
    assert [each.name for each in searcher.programmes("革新型蓄電池").links] == ["電気自動車用革新型蓄電池技術開発"]


def test_each_of_many_words_narrows_what_is_found(searcher: Searcher) -> None:
    every = searcher.programmes("支援 事業").links
    assert every
    for link in every[:5]:
        words = {each for name in (link.name, link.other) for each in (name[:2], name[-3:], name[2:6])} - {""}
        of_one = [each for each in words if each in link.name]
        assert link in searcher.programmes(" ".join(("支援", "事業", *of_one, *of_one))).links
    assert searcher.programmes("支援 事業 " + " ".join(map(chr, range(0x4E00, 0x4E00 + 300)))).links == ()
