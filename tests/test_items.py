"""What is taken out of a paper: each row is a stretch of a paper, and its items as `number name: amounts`."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.about import about
from index.amounts.brackets import sums_in
from index.document import About, Amount, Document, Item, Line, Remainder
from index.items import items
from index.outline.sections import outline
from index.yen import write_yen
from tests.pace import grows_in_step

BUDGET = About("paper", "予算の概要", year=2024, stage="initial")
REQUEST = About("paper", "概算要求の概要", year=2024, stage="request", account="一般会計")
WHITE_PAPER = About("paper", "白書", year=2024)


def document(text: str, about: About = BUDGET) -> Document:
    lines = text.split("\n")
    return Document(about, tuple(Line(number, line) for number, line in enumerate(lines, 1)))


def read(text: str, about: About = BUDGET) -> tuple[list[Item], list[Remainder]]:
    paper = document(text, about)
    return items(paper, outline(paper))


def told(amount: Amount) -> str:
    words = [write_yen(amount.yen), "・".join(map(str, amount.years)) or "?", amount.stage or "?"]
    words += [each for each, usual in ((amount.bound, "exact"), (amount.role, "own")) if each != usual]
    words += [f"@{amount.account}"] if amount.account else []
    words += [f"「{amount.label}」"] if amount.label else []
    return " ".join([*words, *amount.flags])


def shown(item: Item) -> str:
    name = f"{item.number} {item.name}" if item.number else item.name
    return f"{name}: {', '.join(map(told, item.amounts))}" if item.amounts else name


_TOTAL = [
    "教育費: 1,000億円 2024 initial total",
    "学校: 600億円 2024 initial",
    "社会教育: 400億円 2024 initial",
    "福祉費: 500億円 2024 initial",
]
_PARTS = [
    "教育費: 1,000億円 2024 initial",
    "学校: 400億円 2024 initial part",
    "社会教育: 300億円 2024 initial part",
    "福祉費: 500億円 2024 initial",
]
_EITHER = [
    "教育費: 1,000億円 2024 initial",
    "学校: 700億円 2024 initial",
    "社会教育: 400億円 2024 initial",
    "福祉費: 500億円 2024 initial",
]
_UNIT = "（単位：億円）\n\n| 事業名 | 予算額 |\n|---|---|\n"
NESTED = {
    "entries further in come to the sum above": (
        BUDGET,
        "・教育費　1,000億円\n　・学校　600億円\n　・社会教育　400億円\n・福祉費　500億円",
        _TOTAL,
    ),
    "entries of a nested list come to the sum above": (
        BUDGET,
        "- 教育費　1,000億円\n  - 学校　600億円\n  - 社会教育　400億円\n- 福祉費　500億円",
        _TOTAL,
    ),
    "entries further in come to less": (
        BUDGET,
        "・教育費　1,000億円\n　・学校　400億円\n　・社会教育　300億円\n・福祉費　500億円",
        _PARTS,
    ),
    "entries under another bullet come to less": (
        BUDGET,
        "○教育費　1,000億円\n　・学校　400億円\n　・社会教育　300億円\n○福祉費　500億円",
        _PARTS,
    ),
    "entries further in come to more": (
        BUDGET,
        "・教育費　1,000億円\n　・学校　700億円\n　・社会教育　400億円\n・福祉費　500億円",
        _EITHER,
    ),
    "what stands under a part is part too": (
        BUDGET,
        "・教育費　1,000億円\n　・学校　600億円\n　　・小学校　350億円\n　　・中学校　250億円",
        [
            "教育費: 1,000億円 2024 initial",
            "学校: 600億円 2024 initial total",
            "小学校: 350億円 2024 initial part",
            "中学校: 250億円 2024 initial part",
        ],
    ),
    "sums printed less exactly": (
        BUDGET,
        "・教育費　1,000億円\n　・学校　600.4億円\n　・社会教育　399.3億円",
        [
            "教育費: 1,000億円 2024 initial total",
            "学校: 600億4,000万円 2024 initial",
            "社会教育: 399億3,000万円 2024 initial",
        ],
    ),
    "rows with a bullet come to the row above": (
        BUDGET,
        _UNIT + "| 教育費 | 1,000 |\n| ・学校 | 600 |\n| ・社会教育 | 400 |\n| 福祉費 | 500 |",
        [_TOTAL[0], f"・{_TOTAL[1]}", f"・{_TOTAL[2]}", _TOTAL[3]],
    ),
    "rows further in come to the row above": (
        BUDGET,
        _UNIT + "| 教育費 | 1,000 |\n| 　学校 | 600 |\n| 　社会教育 | 400 |\n| 福祉費 | 500 |",
        _TOTAL,
    ),
    "rows without a number come to the numbered row": (
        BUDGET,
        _UNIT + "| 1 福祉 | 30 |\n| A整備 | 10 |\n| B整備 | 20 |\n| 小計 | 30 |\n| 2 教育 | 40 |\n| C整備 | 15 |",
        [
            "1 福祉: 30億円 2024 initial total",
            "A整備: 10億円 2024 initial",
            "B整備: 20億円 2024 initial",
            "小計: 30億円 2024 initial total",
            "2 教育: 40億円 2024 initial",
            "C整備: 15億円 2024 initial",
        ],
    ),
    "a mark of what is new is no level": (
        BUDGET,
        _UNIT + "| 道路 | 30 |\n| ○橋 | 10 |\n| 川 | 20 |",
        ["道路: 30億円 2024 initial", "○橋: 10億円 2024 initial", "川: 20億円 2024 initial"],
    ),
    "その他 begins an entry": (
        BUDGET,
        "1．水田\n直接支払交付金（再掲）　3,015億円\nその他　5億円\n2．研究\nその他　6億円（4億円）\n水稲の研究　1億円",
        [
            "直接支払交付金: 3,015億円 2024 initial repeated",
            "その他: 5億円 2024 initial",
            "その他: 6億円 2024 initial, 4億円 2023 initial previous",
            "水稲の研究: 1億円 2024 initial",
        ],
    ),
    "その他 is one side of what an entry is paid from": (
        BUDGET,
        "（1）橋の補修　10千円\n　・国費　3千円\n　・その他　7千円",
        [
            "（1） 橋の補修: 1万円 2024 initial, 3,000円 2024 initial part 「国費」, "
            "7,000円 2024 initial part 「その他」",
        ],
    ),
}
PAPERS = {
    "every line a name and a sum": (
        BUDGET,
        """
        若者の移住の応援 1,234千円
        通学路の安全の確保 56,789千円
        公民館の耐震補強 120,000千円（新規）
        森の学校の開設 事項要求
        図書の購入 800千円
        """,
        [
            "若者の移住の応援: 123万4,000円 2024 initial",
            "通学路の安全の確保: 5,678万9,000円 2024 initial",
            "公民館の耐震補強: 1億2,000万円 2024 initial new",
            "森の学校の開設",
            "図書の購入: 80万円 2024 initial",
        ],
    ),
    "circles with marks of new and extended": (
        BUDGET,
        """
        １　安心して暮らせるまち
        （１）子育て
        ○ (新)病児保育の拡大 12,300千円
        ○ (拡)学童クラブの運営 45,600千円（前年度 40,000千円）
        　 夏休みの開設時間を早めます。
        ○ 継続している相談 3,000千円
        """,
        [
            "病児保育の拡大: 1,230万円 2024 initial new",
            "学童クラブの運営: 4,560万円 2024 initial, 4,000万円 2023 initial previous",
            "継続している相談: 300万円 2024 initial",
        ],
    ),
    "full-width numbering": (
        BUDGET,
        """
        Ⅰ　豊かな産業
        １．担い手の確保
        （１）新規就農者の支援
        ア　研修の受入れ　１，２００千円
        イ　農地のあっせん　３００千円
        （２）林業の機械化　５，０００千円
        """,
        [
            "ア 研修の受入れ: 120万円 2024 initial",
            "イ 農地のあっせん: 30万円 2024 initial",
            "（２） 林業の機械化: 500万円 2024 initial",
        ],
    ),
    "pillars in brackets": (
        BUDGET,
        """
        【柱１】未来への投資
        ・遠隔医療の実証　10億円（８億円）
        ・学校の断熱　20億円（新規）
        【柱２】備えの強化
        ・堤防の補強　30億円（25億円）
        """,
        [
            "遠隔医療の実証: 10億円 2024 initial, 8億円 2023 initial previous",
            "学校の断熱: 20億円 2024 initial new",
            "堤防の補強: 30億円 2024 initial, 25億円 2023 initial previous",
        ],
    ),
    "the sums on lines of their own": (
        REQUEST,
        """
        1. 教育の質の向上

        高校における探究の推進
        　令和6年度要求・要望額　3,500百万円
        　（前年度予算額　3,000百万円）

        教員の働き方の改革
        　令和6年度要求・要望額　1,200百万円
        　（新　　規）
        """,
        [
            "高校における探究の推進: 35億円 2024 request @一般会計, 30億円 2023 initial previous @一般会計",
            "教員の働き方の改革: 12億円 2024 request @一般会計",
        ],
    ),
    "budget of another year on a line below": (
        REQUEST,
        """
        ① 介護の基盤の整備　352億円（352億円）
        　※令和5年度補正予算額　20億円
        ② 認知症の施策　128億円（127億円）
        """,
        [
            "① 介護の基盤の整備: 352億円 2024 request @一般会計, 352億円 2023 initial previous @一般会計, 20億円 2023 supplementary @一般会計",
            "② 認知症の施策: 128億円 2024 request @一般会計, 127億円 2023 initial previous @一般会計",
        ],
    ),
    "a table between bars, in thousands": (
        BUDGET,
        """
        ## 歳出（単位：千円）

        | 款 | 本年度 | 前年度 | 比較 |
        |---|---:|---:|---:|
        | 1 議会費 | 123,456 | 120,000 | 3,456 |
        | 2 総務費 | 2,345,678 | 2,400,000 | △54,322 |
        | 歳出合計 | 2,469,134 | 2,520,000 | △50,866 |
        """,
        [
            "1 議会費: 1億2,345万6,000円 2024 initial, 1億2,000万円 2023 initial previous",
            "2 総務費: 23億4,567万8,000円 2024 initial, 24億円 2023 initial previous",
            "歳出合計: 24億6,913万4,000円 2024 initial total, 25億2,000万円 2023 initial previous",
        ],
    ),
    "a table of amendments": (
        About("paper", "補正予算の概要", year=2024, stage="supplementary"),
        """
        （単位：千円）
        事業名\t補正前の額\t補正額\t計
        道路の除雪\t50,000\t20,000\t70,000
        庁舎の清掃\t9,000\t▲1,000\t8,000
        """,
        [
            "道路の除雪: 2,000万円 2024 supplementary, 7,000万円 2024 ? total",
            "庁舎の清掃: ▲100万円 2024 supplementary, 800万円 2024 ? total",
        ],
    ),
    "sections, items and funding": (
        BUDGET,
        """
        （単位：千円）
        | 款 | 項 | 目 | 予算額 | 国庫支出金 | 一般財源 | 備考 |
        |---|---|---|---|---|---|---|
        | 3 民生費 | 1 社会福祉費 | 2 障害福祉費 | 10,000 | 5,000 | 5,000 | 2人分 |
        """,
        [
            "2 障害福祉費: 1,000万円 2024 initial, 500万円 2024 initial part 「国庫支出金」, 500万円 2024 initial part 「一般財源」"
        ],
    ),
    "heads on two lines": (
        BUDGET,
        """
        単位：百万円
        | 事業名 | 令和6年度 | | 令和5年度 | 増減率 |
        | | 要求額 | うち要望額 | 予算額 | |
        |---|---|---|---|---|
        | 海の調査 | 1,500 | 300 | 1,200 | 25.0 |
        """,
        ["海の調査: 15億円 2024 request, 3億円 2024 priority part, 12億円 2023 initial previous"],
    ),
    "columns set apart by spaces": (
        BUDGET,
        """
        （単位：千円）
        事業名          令和6年度    令和5年度    増減
        水道管の更新     350,000     300,000     50,000
        うち設計         50,000      40,000      10,000
        合計             350,000     300,000     50,000
        """,
        [
            "水道管の更新: 3億5,000万円 2024 initial, 3億円 2023 initial previous",
            "設計: 5,000万円 2024 initial part, 4,000万円 2023 initial previous",
            "合計: 3億5,000万円 2024 initial total, 3億円 2023 initial previous",
        ],
    ),
    "numbers without a unit": (
        BUDGET,
        """
        | 事業名 | 予算額 |
        |---|---|
        | 海の調査 | 1,500 |
        """,
        ["海の調査"],
    ),
    "the state's share beside the whole cost": (
        REQUEST,
        """
        （単位：億円）
        | 事業名 | 事業費 | 国費 |
        |---|---|---|
        | 港の整備 | 200 | 120 |
        """,
        ["港の整備: 120億円 2024 request"],
    ),
    "accounts in columns": (
        BUDGET,
        """
        | 事業名 | 一般会計 | エネルギー対策特別会計 |
        |---|---|---|
        | 建物の断熱 | 10億円 | 20億円 |
        """,
        ["建物の断熱: 10億円 2024 initial @一般会計, 20億円 2024 initial @エネ特"],
    ),
    "two sums and no heads": (
        BUDGET,
        """
        | 海の調査 | 10億円 | 9億円 |
        """,
        ["海の調査"],
    ),
    "actual spending beside the budget": (
        BUDGET,
        """
        | 事業名 | 令和4年度決算額 | 令和5年度当初予算額 | 令和6年度当初予算額 |
        |---|---|---|---|
        | 海の調査 | 8億円 | 9億円 | 10億円 |
        """,
        ["海の調査: 8億円 2022 executed, 9億円 2023 initial previous, 10億円 2024 initial"],
    ),
    "a request without a sum in a table": (
        REQUEST,
        """
        | 事業名 | 令和6年度要求額 |
        |---|---|
        | 防衛の装備 | 事項要求 |
        """,
        ["防衛の装備"],
    ),
    "a speech": (
        BUDGET,
        """
        　令和六年度一般会計予算の総額は百十二兆五千七百十七億円であります。
        　次に、歳出について申し上げます。防災に必要な経費として六千億円を計上しております。
        　農産物の輸出額は一兆四千億円に達しました。
        """,
        [
            "令和六年度一般会計予算の総額は百十二兆五千七百十七億円であります。: 112兆5,717億円 2024 initial total @一般会計",
            "次に、歳出について申し上げます。防災に必要な経費として六千億円を計上しております…: 6,000億円 2024 initial",
            "農産物の輸出額は一兆四千億円に達しました。: 1兆4,000億円 ? ? mention",
        ],
    ),
    "a speech wrapped hard": (
        BUDGET,
        """
        　政府としては、地域の足を守るため、令和六年度予算において新たに三百
        億円を計上し、乗合の車の運行を支えてまいります。
        """,
        ["政府としては、地域の足を守るため、令和六年度予算において新たに三百億円を計上し、…: 300億円 2024 initial"],
    ),
    "white paper of prose under numbers": (
        WHITE_PAPER,
        """
        # 第2章 講じた施策
        ## 第1節 人材の育成
        ### 1. 学び直しの促進
        (1) 職業訓練の充実【令和3年度当初予算額：51億33百万円】
        地域の需要に応じた訓練を行った。
        (2) 技能の継承（2021年度補正予算額：1億20百万円）
        (3) 表彰の実施
        """,
        [
            "(1) 職業訓練の充実: 51億3,300万円 2021 initial",
            "(2) 技能の継承: 1億2,000万円 2021 supplementary",
            "(3) 表彰の実施",
        ],
    ),
    "the budget in the sentence of an item": (
        WHITE_PAPER,
        """
        (1) 職業訓練の充実
        　地域の需要に応じた訓練を、2022年度予算額30億円により行った。
        (2) 表彰の実施
        """,
        ["(1) 職業訓練の充実: 30億円 2022 initial", "(2) 表彰の実施"],
    ),
    "the legend says what brackets hold": (
        WHITE_PAPER,
        """
        ※（　）内は前年度当初予算額である。
        ・洋上の観測　10億円（9億円）
        """,
        ["洋上の観測: 10億円 2024 ?, 9億円 2023 initial previous"],
    ),
    "a heading with its total": (
        REQUEST,
        """
        ① 海の安全の確保【300億円（280億円）】
        - 巡視船の建造【200億円（190億円）】
        - 灯台の補修【12億円（新規）】
        """,
        [
            "① 海の安全の確保: 300億円 2024 request total, 280億円 2023 initial previous",
            "巡視船の建造: 200億円 2024 request @一般会計, 190億円 2023 initial previous @一般会計",
            "灯台の補修: 12億円 2024 request @一般会計 new",
        ],
    ),
    "page numbers and running heads": (
        BUDGET,
        "\n".join(
            f"令和6年度予算の主な事業\n（{n}）見守りの{word} {n}0千円\n- {n} -\n"
            for n, word in enumerate(("充実", "拡大", "継続", "評価"), 1)
        ),
        [
            "（1） 見守りの充実: 1万円 2024 initial",
            "（2） 見守りの拡大: 2万円 2024 initial",
            "（3） 見守りの継続: 3万円 2024 initial",
            "（4） 見守りの評価: 4万円 2024 initial",
        ],
    ),
    "tabs behind the numbers": (
        BUDGET,
        "(1)\t水辺の再生\t5,000千円\n(2)\t里山の保全\t3,000千円",
        ["(1) 水辺の再生: 500万円 2024 initial", "(2) 里山の保全: 300万円 2024 initial"],
    ),
    "a name on two lines": (
        BUDGET,
        """
        ○ 地域の資源を生かした持続可能な観光地域づくりを進めるための
        　広域の連携の推進　12,000千円
        ○ 港の整備　5,000千円
        """,
        [
            "地域の資源を生かした持続可能な観光地域づくりを進めるための広域の連携の推進: 1,200万円 2024 initial",
            "港の整備: 500万円 2024 initial",
        ],
    ),
    "thousands shared by two numbers": (
        REQUEST,
        """
        １．畑の持続的な発展
        ＜政策目標＞
        農産物の輸出額（2兆円［2025年まで］）
        【令和６年度予算概算要求額　3,500（3,000）百万円】
        ＜事業の内容＞
        １．産地の育成　1,200（1,000）百万円
        ２．施設の整備　令和５年度補正予算額　10,000百万円
        """,
        [
            "農産物の輸出額（2兆円［2025年まで］）: 2兆円 ? ? mention",
            "畑の持続的な発展: 35億円 2024 request @一般会計, 30億円 2023 initial previous @一般会計",
            "１． 産地の育成: 12億円 2024 request @一般会計, 10億円 2023 initial previous @一般会計",
            "２． 施設の整備: 100億円 2023 supplementary @一般会計",
        ],
    ),
    "notes below an entry make it no heading": (
        REQUEST,
        """
        ○ 医師の働き方の改革【拡充】　110億円（95億円）
        　※令和5年度補正予算案　30億円
        　※デジタル庁一括計上予算　5億円
        ○ 保険の財政の支援【新規】　事項要求
        """,
        [
            "医師の働き方の改革: 110億円 2024 request @一般会計, 95億円 2023 initial previous @一般会計, 30億円 2023 supplementary @一般会計",
            "デジタル庁一括計上予算: 5億円 2024 request @一般会計 reference",
            "保険の財政の支援",
        ],
    ),
    "what it is paid from, on a line below": (
        BUDGET,
        """
        ☆　給食の無償化（新規）　　　98,765千円
        　　小学校と中学校の給食を無償とします。
        　　【財源】国費 30,000千円　一般財源 68,765千円
        """,
        [
            "給食の無償化: 9,876万5,000円 2024 initial new, 3,000万円 2024 initial part 「国費」, 6,876万5,000円 2024 initial part 「一般財源」"
        ],
    ),
    "wide spaces in a table": (
        BUDGET,
        """
        （単位：百万円）
        区　　分　　　　　　６年度予算額　　５年度予算額　　増△減額
        社会保障の費用　　　　377,193　　　　　368,889　　　　　8,304
        　うち医療の費用　14,092　　　　　13,942　　　　　　150
        計　　　　　　　　　377,193　　　　　368,889　　　　　8,304
        """,
        [
            "社会保障の費用: 3,771億9,300万円 2024 initial, 3,688億8,900万円 2023 initial previous",
            "医療の費用: 140億9,200万円 2024 initial part, 139億4,200万円 2023 initial previous",
            "計: 3,771億9,300万円 2024 initial total, 3,688億8,900万円 2023 initial previous",
        ],
    ),
    "columns of names and of funding": (
        BUDGET,
        """
        | 番号 | 事業名 | 担当課 | 予算額（千円） | 財源内訳 | |
        |---|---|---|---|---|---|
        | | | | | 国庫支出金 | 一般財源 |
        | 1 | (新)街灯の更新 | 危機管理課 | 4,500 | 1,500 | 3,000 |
        | 合計 | | | 4,500 | 1,500 | 3,000 |
        """,
        [
            "街灯の更新: 450万円 2024 initial new, 150万円 2024 initial part 「国庫支出金」, 300万円 2024 initial part 「一般財源」",
            "合計: 450万円 2024 initial total, 150万円 2024 initial part 「国庫支出金」, 300万円 2024 initial part 「一般財源」",
        ],
    ),
    "an account on every line": (
        BUDGET,
        """
        一般会計　100億円（98億円）
        国民健康保険特別会計　20億円（19億円）
        水道事業会計　3億円
        合計　123億円
        """,
        [
            "一般会計: 100億円 2024 initial total @一般会計, 98億円 2023 initial previous @一般会計",
            "国民健康保険特別会計: 20億円 2024 initial total @国民健康保険特会, 19億円 2023 initial previous @国民健康保険特会",
            "水道事業会計: 3億円 2024 initial total @水道会計",
            "合計: 123億円 2024 initial total",
        ],
    ),
    "a second unit further down": (
        REQUEST,
        """
        （単位：百万円）

        | 事業 | 要求額 |
        |---|---|
        | 砂防の強化 | 1,200の内数 |
        | 消防の強化 | 1,200 |

        （単位：億円）

        | 事業 | R6要求 | R5当初 | R5補正 |
        |---|---|---|---|
        | 地方の創生 | 1,000 | 900 | 300 |
        | 窓口の整備 | 2,000 | — | 500 |

        ※単位は千円

        | 港の調査 | 3,000 | 2,000 | 1,000 |
        """,
        [
            "砂防の強化: 12億円 2024 request portion",
            "消防の強化: 12億円 2024 request",
            "地方の創生: 1,000億円 2024 request, 900億円 2023 initial previous, 300億円 2023 supplementary",
            "窓口の整備: 2,000億円 2024 request, 500億円 2023 supplementary",
            "港の調査: 300万円 2024 request, 200万円 2023 initial previous, 100万円 2023 supplementary",
        ],
    ),
    "decorated numbers in cells": (
        REQUEST,
        """
        （単位：百万円）
        事業名\t令和6年度要求額\t令和5年度当初予算額\t備考
        盛土の対策\t1,200の内数\t1,150の内数\t
        林道の整備\t約1,000\t900\t
        漁港の整備\t500（再掲）\t400\t
        山道の整備\t1,000～1,200\t900\t
        港湾の整備\t(500)\t(400)\t
        鉄道の整備\t最大700\t600（内数）\t
        河川の整備\t1,300＋事項要求\t1,250\tうち要望 300
        旧港の撤去\t－\t40\t
        """,
        [
            "盛土の対策: 12億円 2024 request portion, 11億5,000万円 2023 initial portion previous",
            "林道の整備: 10億円 2024 request about, 9億円 2023 initial previous",
            "漁港の整備: 5億円 2024 request repeated, 4億円 2023 initial previous",
            "山道の整備: 12億円 2024 request ceiling, 9億円 2023 initial previous",
            "港湾の整備",
            "鉄道の整備: 7億円 2024 request ceiling, 6億円 2023 initial portion previous",
            "河川の整備: 13億円 2024 request, 12億5,000万円 2023 initial previous",
            "旧港の撤去: 4,000万円 2023 initial previous",
        ],
    ),
    "a column of marks before the names": (
        REQUEST,
        """
        （単位：百万円）
        区分\t事業名\t令和6年度要求額\t令和5年度当初予算額\t備考
        新規\t防災の整備\t1,200\t－\t
        継続\t道路の整備\t1,000（うち推進枠 200）\t900\t

        １　要求総額\t12,000
        """,
        [
            "防災の整備: 12億円 2024 request new",
            "道路の整備: 10億円 2024 request, 2億円 2024 priority part, 9億円 2023 initial previous",
            "１ 要求総額: 120億円 2024 request total @一般会計",
        ],
    ),
    "new in a cell of its own": (
        REQUEST,
        """
        （単位：百万円）
        | 事業名 | 令和6年度要求額 | 令和5年度予算額 | 増減 | 備考 |
        |---|---|---|---|---|
        | 蓄電池の導入 | 3,300 | 新規 | | |
        | 給食の無償化 | 385 | - | 皆増 | |
        | 降水帯の予測 | 3,250 | 0 | 3,250 | 新規 |
        | 空港の整備 | 1,000 | 1,000 | 0 | 新規 |
        | 移住の支援 | 500 | 0 | 500 | |
        """,
        [
            "蓄電池の導入: 33億円 2024 request new",
            "給食の無償化: 3億8,500万円 2024 request new",
            "降水帯の予測: 32億5,000万円 2024 request new",
            "空港の整備: 10億円 2024 request, 10億円 2023 initial previous",
            "移住の支援: 5億円 2024 request, 0円 2023 initial previous",
        ],
    ),
    "line ends inside sums and shares": (
        BUDGET,
        """
        １．宇宙の開発　1,550億円の内
        数
        ２．防災の強化 100億円の
        内数（90億円の内数）
        ３．研究の強化　1,234億5,
        600万円（1,100億円）
        ４．森林の保全及び
        活用　２３４億
        円（１９８億円）
        ５．図書の充実　1,2
        34億円（1,000億円）
        """,
        [
            "１． 宇宙の開発: 1,550億円 2024 initial portion",
            "２． 防災の強化: 100億円 2024 initial portion, 90億円 2023 initial portion previous",
            "３． 研究の強化: 1,234億5,600万円 2024 initial, 1,100億円 2023 initial previous",
            "４． 森林の保全及び活用: 234億円 2024 initial, 198億円 2023 initial previous",
            "５． 図書の充実: 1,234億円 2024 initial, 1,000億円 2023 initial previous",
        ],
    ),
    "a numbered total behind a tab": (
        BUDGET,
        """
        （単位：千円）

        １　一般会計予算総額\t48,250,000
        ２　人材確保の推進
        （１）教員の採用　1,000千円
        ３　支援の対象者数\t12,000
        """,
        [
            "１ 一般会計予算総額: 482億5,000万円 2024 initial total",
            "（１） 教員の採用: 100万円 2024 initial",
            "３ 支援の対象者数 12,000",
        ],
    ),
    "new between the name and the sum": (
        BUDGET,
        "５．博物館の強化　　新　規　　　5億円\n６．防災の教育　　対前年度２億円増の １２億円",
        ["５． 博物館の強化: 5億円 2024 initial new", "６． 防災の教育: 12億円 2024 initial"],
    ),
    "the budget under a name": (
        BUDGET,
        """
        ## 重点の取組
        ### 見守りの強化
        予算額：12,000千円
        ### 災害への備え
        予算額：5,000千円（前年度：4,000千円）
        """,
        [
            "見守りの強化: 1,200万円 2024 initial",
            "災害への備え: 500万円 2024 initial, 400万円 2023 initial previous",
        ],
    ),
    **NESTED,
}


@pytest.mark.parametrize("name", PAPERS)
def test_paper_gives(name: str) -> None:
    about, text, wanted = PAPERS[name]
    found, _ = read(dedent(text), about)
    assert [shown(item) for item in found if item.kind != "passage" or item.amounts] == wanted


KINDS = {
    "予算": BUDGET,
    "要求": REQUEST,
    "白書": WHITE_PAPER,
    "予算案": About("paper", "予算案の概要", year=2024, stage="draft"),
    "補正": About("paper", "補正予算の概要", year=2024, stage="supplementary"),
    "不明": About("paper", "演説"),
}
MADE = (Path(__file__).parent / "cases" / "made-papers.txt").read_text(encoding="utf-8").split("\n===== ")[1:]


@pytest.mark.parametrize("case", MADE, ids=[case.partition("\n")[0] for case in MADE])
def test_made_paper_gives(case: str) -> None:
    head, _, rest = case.partition("\n")
    text, _, wanted = rest.partition("\n-----\n")
    known = KINDS.get(head.partition(":")[0]) or about(Path("paper.txt"), document(text).lines)
    found, remainders = read(text, known)
    lines = [shown(item) for item in found if item.kind != "passage" or item.amounts]
    lines += [f"audit {each.written}: {each.reason}" for each in remainders]
    assert lines == wanted.rstrip("\n").split("\n")


LEFT = [
    ("・港の整備 国費 500億円（事業費 1,000億円）", "1,000億円"),
    ("・港の整備 10億円（対前年度 ＋3億円）", "3億円"),
    ("・港の整備 5億円から10億円", "10億円"),
    ("| 海の調査 | 10億円 | 9億円 |", "9億円"),
    ("| 事業名 | 予算額 | 増減 |\n| 海の調査 | 10億円 | 1億円 |", "1億円"),
    ("新たに100億企業を育てる。", "100億"),
    ("・港の整備 100億（90億円）", "90億円"),
    ("（単位：百万円）\n事業\t要求額\n港の整備\t(500)", "(500)"),
    ("（単位：百万円）\n事業\t要求額\n港の整備\t西部500、東部300", "西部500"),
    ("（単位：百万円）\n事業\t要求額\t備考\n港の整備\t9\tうち要望 300", "うち要望 300"),
    ("| 事業 | 要求額 |\n| 港の整備 | 1,500 |", "1,500"),
    ("数百億円が必要である。", "数百億円"),
]


MENTIONED = [
    ("売上が100億円を超える企業を目指す。", "100億円"),
    ("⑥ 輸出額は3,600億円を超えた。", "3,600億円"),
    ("3. 訪日客の消費額は8兆円に達した。", "8兆円"),
    ("6. 市場規模は3兆円と見込まれる", "3兆円"),
    ("6. 訪日客の支払いは3兆円に上る", "3兆円"),
    ("⑦ GDP600兆円の実現", "600兆円"),
    ("違反した者は、百万円以下の罰金に処する。", "100万円"),
    ("・資本金3億円以下の企業への支援　5億円", "3億円"),
]


@pytest.mark.parametrize(("text", "yen"), MENTIONED, ids=[row[0] for row in MENTIONED])
def test_what_is_no_budget_is_a_mention(text: str, yen: str) -> None:
    found, remainders = read(text)
    amounts = [each for item in found for each in item.amounts]
    assert [write_yen(each.yen) for each in amounts if each.role == "mention"] == [yen]
    assert [item.name for item in found if item.kind == "item" and len(item.name) < 4] == []
    assert remainders == []


@pytest.mark.parametrize(("text", "words"), LEFT, ids=[row[0] for row in LEFT])
def test_what_is_not_understood_is_listed(text: str, words: str) -> None:
    found, remainders = read(text)
    assert any(words in each.written for each in remainders)
    assert all(words != each.written for item in found for each in item.amounts)


PIECES = (
    "(1) ", "・", "○", "※", "# ", "| ", "\t", "  ", "　", "（", "）", "【", "】", "(", ")", "、", "。", "：", "→", "〜",
    "港の整備", "事業", "1,234千円", "10億円", "20億", "2兆円", "三百億円", "5", "令和6年度", "R5", "2023年度", "前年度", "当初",
    "補正", "予算額", "要求額", "うち", "一部GX", "の内数", "約", "上限", "新規", "再掲", "事項要求", "エネ特", "総額", "国費",
    "（単位：千円）", "合計", "増", "第1章", "を計上する", "目指す", "---", "|---|", "「", "」", "<", "＞", "基金",
)  # fmt: skip
LINE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ABOUTS = st.sampled_from([BUDGET, REQUEST, WHITE_PAPER, About("paper", "", None)])


def sums_of(text: str) -> list[int]:
    return [each.yen for each in sums_in(text)]


@given(st.lists(st.one_of(LINE, st.text(max_size=30)), max_size=8), ABOUTS)
@settings(max_examples=400, deadline=None)
def test_nothing_is_lost(lines: list[str], about: About) -> None:
    paper = Document(about, tuple(Line(number, line) for number, line in enumerate(lines, 1)))
    sections = outline(paper)
    found, remainders = items(paper, sections)
    kept = {yen for item in found for amount in item.amounts for yen in (amount.yen, *sums_of(amount.written))}
    kept.update(yen for each in remainders for yen in sums_of(each.written))
    for section in sections:
        for text in section.cells or (section.text,):
            assert set(sums_of(text)) <= kept, (section, text)
    assert all(item.name for item in found)
    assert all(1 <= item.place.line <= item.place.end_line <= len(lines) for item in found)


ENTRIES = (
    "- (1) 港の整備（2024年度予算額10億円、岸壁の補修：2023年度補正予算額1,260億円の内数）",
    "(2) 水素の製造【256億円（48億円）】（GX）（再掲）※国庫債務負担行為（3年）：848億円",
    "① 電池の評価（基盤の整備：2024年度予算額2.5億円（うち、GX：1億円）、技術の実証：2024年度補正予算額3億円）",
    "・海の調査 12,300千円（前年度 11,000千円）",
    "○ 灯台の補修（グリーン基金の内数：上限1,510億円）",
    "(3) 研究者の育成（R2、4補正、R5当初：2兆7,564億円）",
)


def without_lines(found: list[Item]) -> list[tuple[object, ...]]:
    return [
        (item.name, item.number, item.kind, item.heading_path, item.lead, item.text, item.amounts) for item in found
    ]


@given(st.permutations(ENTRIES), st.sampled_from([BUDGET, REQUEST, WHITE_PAPER]))
@settings(max_examples=40, deadline=None)
def test_blank_lines_between_entries_change_nothing(entries: list[str], about: About) -> None:
    assert without_lines(read("\n".join(entries), about)[0]) == without_lines(read("\n\n".join(entries), about)[0])


def wraps(entry: str) -> list[int]:
    """Return where a line may be broken: inside brackets, but not between two Latin letters."""
    inside = [at for at in range(1, len(entry)) if _depth(entry[:at]) > 0]
    return [
        at
        for at in inside
        if not (entry[at - 1 : at + 1].isascii() and entry[at - 1 : at + 1].isalnum())
        or entry[at - 1 : at + 1].isdigit()
    ]


def _depth(text: str) -> int:
    return sum(map(text.count, "（【")) - sum(map(text.count, "）】"))


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("about", [BUDGET, REQUEST, WHITE_PAPER], ids=lambda about: about.title)
def test_a_line_wrapped_inside_brackets_says_the_same(entry: str, about: About) -> None:
    whole = said(f"{entry}\n(9) 次の施策 1億円", about)
    for at in wraps(entry):
        assert said(f"{entry[:at]}\n  {entry[at:]}\n(9) 次の施策 1億円", about) == whole, entry[at:]


@pytest.mark.parametrize(
    "sums", ["1,234億5,600万円の内数（1,100億円）", "234億円（198億円）", "12,345百万円", "２３４億円"]
)
def test_a_line_wrapped_inside_a_sum_says_the_same(sums: str) -> None:
    whole = said(f"・研究の強化　{sums}\n・次の施策 1億円", BUDGET)
    for at in range(1, sums.index("円") + 1):
        if sums[at - 1 : at + 1].isdigit():
            continue  # 「項目1⏎10億円」 is no sum of 110億円
        assert said(f"・研究の強化　{sums[:at]}\n  {sums[at:]}\n・次の施策 1億円", BUDGET) == whole, sums[at:]


def said(text: str, about: About) -> list[tuple[str, list[Amount]]]:
    """Return the names and amounts of a paper, without the spaces that stood where a line was broken."""
    found = read(text, about)[0]
    return [
        (item.name, [replace(each, written="".join(each.written.split())) for each in item.amounts]) for item in found
    ]


HUGE = {
    "brackets in a row": "（）" * 5_000,
    "brackets in brackets": "（" * 5_000 + "1億円" + "）" * 5_000,
    "brackets of all kinds left open": "（【〔[＜《" * 5_000,
    "brackets closed too often": "）】" * 5_000,
    "brackets crossing": "（【）】" * 5_000,
    "sums in brackets in brackets": "（10億円" * 2_500 + "）" * 2_500,
    "digits": "1" * 100_000,
    "digits and a sum": "1," * 50_000 + "000円",
    "億": "億" * 100_000,
    "円": "円" * 100_000,
    "spaces": " " * 100_000 + "x",
    "spaces behind": "港の整備" + "　" * 100_000 + "1億円",
    "years": "2024年度" * 15_000,
    "eras": "R5、4、" * 15_000 + "10億円",
    "sums": "10億円" * 10_000,
    "sums with commas": "・港 " + "10億円、" * 10_000,
    "sums in brackets": "・港" + "（10億円）" * 10_000,
    "labels": "・港（" + "岸壁の補修：2024年度予算額10億円、" * 4_000 + "）",
    "sums in a sentence": "予算に" + "10億円、" * 10_000 + "を計上する。",
    "sentences": "予算に10億円を計上する。" * 5_000,
    "shares": "・港（" + "基金の内数" * 15_000 + "）10億円",
    "funds": "・基金（" * 10_000 + "：10億円",
    "cells": "|" + "10億円|" * 10_000,
    "tabs": "港\t" + "10億円\t" * 10_000,
    "rules": "-" * 100_000 + "x",
    "bars and rules": "|-" * 50_000 + "x",
    "marks": "(1)" * 30_000,
    "bullets": "・○" * 30_000,
    "hashes": "#" * 100_000,
    "legends": "（）は" * 25_000 + "予算",
    "accounts": "特別会計" * 25_000,
    "colons": "・港：" * 25_000 + "10億円",
    "supplementary": "第1次補正" * 20_000 + "10億円",
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_line_is_read_in_time(name: str) -> None:
    assert grows_in_step(lambda text: read(text, REQUEST), HUGE[name])
    assert grows_in_step(lambda text: read(f"（単位：千円）\n(1) 港（\n{text}\n続き）", REQUEST), HUGE[name])


@pytest.mark.parametrize(
    "line",
    [
        "・港の整備 10億円",
        "港の整備（",
        "港の整備を進め、",
        "| 港 | 10億円 |",
        "港\t10億円\t9億円",
        "第1章 港",
        "（10億円）",
    ],
)
def test_a_long_paper_is_read_in_time(line: str) -> None:
    assert grows_in_step(lambda text: read(text, REQUEST), f"{line}\n" * 5_000)
