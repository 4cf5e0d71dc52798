"""What a page about sums looks like on a terminal of 80 columns, and what it says in full."""

import json

import pytest

from index.document import Place, in_time
from search.figures import Outcome, Point
from search.render import render_answer
from search.render.figures.history import outcome
from search.render.figures.parts import MOST, some, when
from tests.test_render_answers import CHECK, COMPARE, HISTORY, LINKS, PAGES, TOTAL
from tests.test_render_formats import OKU

EIGHTY = {
    "total": """\
「蓄電池」を含む：合計（単位：億円）
年度・段階             合計  単純合計  件数  割合  出典
2023 補正             2,658     5,316     1        monozukuri-2025:61
└ 除く 重ねて記載               2,658     1        monozukuri-2025:564
2024 要求          約10,437    10,437     1        b:3
└ GX                 10,437               1  100%
└ 値なし                  0               0    0%
年度不明 基金             ―     1,510     0        数えられる金額なし
└ 除く 上限                     1,510     1        monozukuri-2025:39
年度と段階の異なる金額は足し合わせない。単純合計は、数えない金額も足した額。
兆で書くと：2024 要求 約1兆437億円。
「約」の合計は、概数・推計の金額を含む。
数えない金額がほかにある：可能性 1件・関連 1件（該当だけを数える）。
内訳は会計ごと。
すべての金額の出典は --all で表示する。""",
    "check": """\
d 「第1章」：記載された合計と内訳（単位：億円）
結果            記載額  内訳の計   差  許容  行  合計の名称
端数の範囲         100       101   +1     1  61  合計 その一（2024 当初）
説明できない差     100        88  ▲12     0  39  合計 その二
端数の範囲 1件・説明できない差 1件
差は、内訳の計から記載額を引いた額。許容は、記載された桁の四捨五入で生じうる差。
文書の断り書き（d:5）：「主な施策を掲載」
内訳の一覧は --all で表示する。""",
    "history": """\
蓄電池の製造サプライチェーン強靱化支援事業（単位：億円）
年度・段階   金額            出典                  備考
2023 補正   2,658  ████████
└ 記載      2,658            monozukuri-2025:61
└ 記載      2,658            monozukuri-2025:564   重ねて記載 ほか1か所
2024 要求                                          数えられる金額なし
└ 記載      1,076            meti-request-2024:92  可能性 87 (GX) 「クリーンエネ
                                                   ルギー自動車導入促進補助金」
2024 当初   2,300  ██████▉   monozukuri-2025:61
2024年度要求 4,958億円 → 2023補正 2,658 + 2024当初 2,300 = 4,958億円（100%）
2025年度要求 10億円 → その後の予算の記載なし
同じ事業とみなした名称：蓄電池の製造サプライチェーン強靭化支援
似た名称 1件は数えていない。
似た名称の一覧は --all で表示する。""",
    "links": """\
文書の間で対応する名称
関係       出典                名称
同じ       a:1                 事業
           b:2                 事業費
可能性 87  monozukuri-2025:61  蓄電池の製造サプライチェーン強靱化支援事業
           monozukuri-2025:39  蓄電池製造基盤支援
同じ 1件・可能性 1件
可能性の点は名称がどれほど似ているか（100 が同じ）。似ているだけの名称は合計や経
過で一つにしない。""",
    "compare": """\
前 2023年度 当初 → 後 2024年度 当初

増えた 1件（単位：億円）
 前   後   差  増減率  名称        出典
100  120  +20    +20%  伸びた事業  monozukuri-2025:61・39

減った 1件（単位：億円）
前  後  差  増減率  名称        出典
10   4  ▲6    ▲60%  減った事業  monozukuri-2025:61

新しい 1件（単位：億円）
後  名称                                       出典
 5  新しい事業（似た名称 昔の事業 可能性 80）  meti-request-2024:92

比べられない 1件
名称        出典
内数の事業  monozukuri-2025:39

計 2023年度 当初 110億円 → 2024年度 当初 129億円（差 +19億円）
計に入れない比べられない額：前 0億円、後 10,308億円
比べない金額：上限 1件
比べない金額の一覧は --all で表示する。

新しい・なくなったは、片方だけに金額のある事業。文書の範囲が違えば、新設や廃止と
は限らない。
相手のないもの：2024年度 補正 1億円""",
    "facets": """\
段階
値      件数                        合計（億円）
補正       6  ███████████████       2023 補正 2,658
値なし     2

見出し
値       件数
第1章       8  ████████████████████
└ 第1節     3  ███████▌

「蓄電池」を含む：8件
件数は該当・可能性・関連を合わせた数、合計は該当だけの、重複や内数などを除いた
額。
年度と段階の異なる金額は足し合わせない。""",
}


@pytest.mark.parametrize("page", EIGHTY)
def test_looks_like_this(page: str) -> None:
    assert render_answer(PAGES[page], "table", width=80) == EIGHTY[page]


FULL = [
    ("total", "2023 補正：数えない金額"),
    ("total", "（monozukuri-2025:61 で数える）"),
    ("total", "数えない可能性・関連の金額"),
    ("check", "除く 上限  1,510  monozukuri-2025:39"),
    ("check", "記載 100億円、内訳の計 88億円、差 ▲12億円（端数の許容 0億円）：説明できない差"),
    ("history", "可能性 87  蓄電池の支援"),
    ("compare", "比べない金額（単位：億円）"),
    ("facets", "heading:第1節"),
]


@pytest.mark.parametrize(("page", "words"), FULL, ids=[words for _, words in FULL])
def test_all_of_it_says_more(page: str, words: str) -> None:
    assert words in render_answer(PAGES[page], "table", full=True)
    assert words not in render_answer(PAGES[page], "table")


def test_all_of_it_does_not_send_for_more() -> None:
    assert not any("--all" in render_answer(page, "table", full=True) for page in PAGES.values())


WHEN = [
    ((2024,), "request", "2024 要求"),
    ((2022, 2023), "initial", "2022・2023 当初"),
    ((), "fund", "年度不明 基金"),
    ((2024,), None, "2024 段階不明"),
]


@pytest.mark.parametrize(("years", "stage", "words"), WHEN, ids=[words for _, _, words in WHEN])
def test_years_and_stages_have_names(years: tuple[int, ...], stage: str | None, words: str) -> None:
    assert when(years, stage) == words


def test_years_and_stages_have_an_order() -> None:
    kinds = [((), None), ((2024,), "supplementary"), ((2023,), "initial"), ((2024,), "request"), ((2024,), None)]
    assert sorted(kinds, key=lambda each: in_time(*each)) == [kinds[2], kinds[3], kinds[1], kinds[4], kinds[0]]


PLACES = [
    ([("a", 1)], "a:1"),
    ([("a", 1), ("a", 1), ("a", 2), ("b", 3)], "a:1・2 b:3"),
    ([("a", 1), ("a", 2), ("b", 3), ("b", 4), ("b", 5)], "a:1・2 b:3 ほか2か所"),
    ([], ""),
]


@pytest.mark.parametrize(("places", "words"), PLACES, ids=[words for _, words in PLACES])
def test_a_few_places_stand_for_all(places: list[tuple[str, int]], words: str) -> None:
    assert some(Place(document, line, line) for document, line in places) == words


GOT = (Point((2023,), "supplementary", 10 * OKU), Point((2024,), "initial", 2005 * OKU // 100))
OUTCOMES = [
    (Outcome(2024, 40 * OKU, GOT), "2024年度要求 40億円 → 2023補正 10 + 2024当初 20.05 = 30.05億円（75.1%）"),
    (Outcome(2024, 10 * OKU, GOT[:1]), "2024年度要求 10億円 → 2023補正 10億円（100%）"),
    (Outcome(2024, 10 * OKU + 1, GOT[:1]), "2024年度要求 10.00000001億円 → 2023補正 10億円（99.9%）"),
    (Outcome(2024, 40 * OKU, ()), "2024年度要求 40億円 → その後の予算の記載なし"),
]


@pytest.mark.parametrize(("given", "words"), OUTCOMES, ids=[words for _, words in OUTCOMES])
def test_says_what_became_of_a_request(given: Outcome, words: str) -> None:
    assert outcome(given) == words


KEYS = {
    "total": ["years", "stage", "yen", "about", "naive", "shares", "counted", "left_out"],
    "check": ["document", "place", "title", "years", "stage", "yen", "sum", "difference", "tolerance", "verdict", "parts", "left_out"],
    "history": ["document", "place", "name", "item", "number", "heading_path", "amount", "score", "reason", "repeats"],
    "links": ["document", "place", "name", "other", "same", "score"],
    "compare": ["name", "kind", "before", "after", "change", "places", "alike", "sides"],
    "facets": ["name", "label", "without", "buckets"],
}  # fmt: skip


@pytest.mark.parametrize("page", KEYS)
def test_objects_have_the_words_of_the_manual(page: str) -> None:
    for line in render_answer(PAGES[page], "jsonl").splitlines():
        assert list(json.loads(line)) == KEYS[page]


def test_a_sum_of_nothing_is_none() -> None:
    totals = json.loads(render_answer(TOTAL, "json"))["totals"]
    assert [each["yen"] for each in totals] == [2658 * OKU, 10_437 * OKU, None]
    assert totals[0]["left_out"][0]["instead"] == {
        "document": "monozukuri-2025",
        "place": {"page": None, "line": 61, "end_line": 61},
    }


def test_what_is_open_has_no_change() -> None:
    pairs = [json.loads(line) for line in render_answer(COMPARE, "jsonl").splitlines()]
    assert [each["change"] for each in pairs] == [20 * OKU, -6 * OKU, 5 * OKU, None]


def test_a_history_is_in_order() -> None:
    mixed = HISTORY._replace(entries=HISTORY.entries[::-1], points=HISTORY.points[::-1])
    assert render_answer(mixed, "table") == render_answer(HISTORY, "table")


def test_a_link_names_both_places() -> None:
    link = json.loads(render_answer(LINKS, "jsonl").splitlines()[0])
    assert (link["document"], link["other"]["document"], link["same"]) == ("a", "b", True)


def test_markdown_has_tables_without_bars() -> None:
    shown = render_answer(HISTORY, "markdown")
    assert "| 年度・段階 | 金額 | 出典 | 備考 |\n| --- | ---: | --- | --- |\n| **2023 補正** | **2,658** |" in shown
    assert "█" not in shown


def test_a_partial_list_is_quoted() -> None:
    assert "文書の断り書き（d:5）：「主な施策を掲載」" in render_answer(CHECK, "table")


def test_long_lists_are_cut_and_say_how_much_more_there_is() -> None:
    links = LINKS._replace(links=LINKS.links[:1] * (MOST + 2))
    shown = render_answer(links, "table")
    assert "ほか2件は --all で表示する。" in shown
    assert shown.count("\n") < render_answer(links, "table", full=True).count("\n")
    assert len(json.loads(render_answer(links, "json"))["links"]) == MOST + 2
    section = COMPARE.sections[0]
    pairs = COMPARE._replace(
        sections=(section._replace(pairs=section.pairs[:1] * (MOST + 7), note="探したのは一部だけ。"),)
    )
    shown = render_answer(pairs, "table")
    assert "ほか7件は --all で表示する。" in shown
    assert "探したのは一部だけ。" in shown
    assert "ほか" not in render_answer(pairs, "table", full=True)
