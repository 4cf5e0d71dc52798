"""What the words of an entry say: each row is an entry as papers print it, and its amounts written out."""

from pathlib import Path

import pytest

from index.amounts.drafts import Defaults
from index.amounts.entries import read_cell, read_entry
from index.amounts.prose import read_prose
from index.document import Amount
from index.yen import write_yen

WHITE_PAPER = Defaults(2024)
REQUEST = Defaults(2024, "request", "一般会計", 2023, "initial", True)
BUDGET = Defaults(2024, "initial", None, 2023, "initial", True)
DRAFT = Defaults(2024, "draft", None, 2023, "initial", True)
NOTHING = Defaults()


def told(amount: Amount) -> str:
    """Return an amount in words: the sum, years, stage, then whatever is not as usual."""
    words = [write_yen(amount.yen), "・".join(map(str, amount.years)) or "?", amount.stage or "?"]
    words += [each for each, usual in ((amount.bound, "exact"), (amount.role, "own")) if each != usual]
    words += [f"@{amount.account}"] if amount.account else []
    words += [f"「{amount.label}」"] if amount.label else []
    words += amount.flags
    words += [f"{amount.over}年"] if amount.over else []
    return " ".join(words)


ENTRIES = [
    # White papers of several years.
    ("高度人材の育成（2021年度予算額：12億34百万円）", WHITE_PAPER, "高度人材の育成", ["12億3,400万円 2021 initial"]),
    (
        "高度人材の育成事業（51億33百万円（2021年度補正））",
        WHITE_PAPER,
        "高度人材の育成事業",
        ["51億3,300万円 2021 supplementary"],
    ),
    (
        "高度人材の育成事業 51億33百万円（2021年度補正）",
        WHITE_PAPER,
        "高度人材の育成事業",
        ["51億3,300万円 2021 supplementary"],
    ),
    (
        "生産性の向上（令和3年度補正予算額：2,001億円の内数）",
        WHITE_PAPER,
        "生産性の向上",
        ["2,001億円 2021 supplementary portion"],
    ),
    (
        "金型の高度化（基盤技術支援事業：2019年度予算額104.7億円の内数、2018年度第2次補正予算額1,100億円）",
        WHITE_PAPER,
        "金型の高度化",
        [
            "104億7,000万円 2019 initial portion 「基盤技術支援事業」",
            "1,100億円 2018 supplementary 「基盤技術支援事業」",
        ],
    ),
    (
        "脱炭素の実証（平成30年度予算額 85億円、平成31年度予算額 90億円）",
        NOTHING,
        "脱炭素の実証",
        ["85億円 2018 initial", "90億円 2019 initial"],
    ),
    ("水素の利用拡大（一部GX100億円を含む 2023年度補正予算額300億円）", WHITE_PAPER, "水素の利用拡大", None),
    (
        "設備の導入（2024年度補正予算額300億円（うち、中小企業分：120億円））",
        WHITE_PAPER,
        "設備の導入",
        ["300億円 2024 supplementary", "120億円 2024 supplementary part 「中小企業分」"],
    ),
    ("貸付（財政投融資）", WHITE_PAPER, "貸付（財政投融資）", []),
    (
        "成長投資（2024年度補正予算額1,400億円（国庫債務負担行為を含め総額3,000億円））",
        WHITE_PAPER,
        "成長投資",
        ["1,400億円 2024 supplementary", "3,000億円 2024 commitment"],
    ),
    ("新薬の開発（革新基金の内数：上限200億円）", WHITE_PAPER, "新薬の開発", ["200億円 ? fund ceiling 「革新基金」"]),
    (
        "予備費による支援（2022年度予備費使用額 1兆1,257億円）",
        WHITE_PAPER,
        "予備費による支援",
        ["1兆1,257億円 2022 reserve"],
    ),
    # Requests of the ministries.
    (
        "高校のデジタル化 令和6年度要求額 3,500百万円 （令和5年度予算額 3,000百万円）",
        REQUEST,
        "高校のデジタル化",
        ["35億円 2024 request @一般会計", "30億円 2023 initial previous @一般会計"],
    ),
    (
        "高校のデジタル化 令和6年度要求・要望額 35億円（前年度予算額 30億円）",
        REQUEST,
        "高校のデジタル化",
        ["35億円 2024 request @一般会計", "30億円 2023 initial previous @一般会計"],
    ),
    (
        "就労の支援 32億円（29億円）【うち重点要望額 5億円】",
        REQUEST,
        "就労の支援",
        [
            "32億円 2024 request @一般会計",
            "29億円 2023 initial previous @一般会計",
            "5億円 2024 priority part @一般会計",
        ],
    ),
    (
        "就労の支援 32（29）億円",
        REQUEST,
        "就労の支援",
        ["32億円 2024 request @一般会計", "29億円 2023 initial previous @一般会計"],
    ),
    ("就労の支援 3,200（新規）百万円", REQUEST, "就労の支援", ["32億円 2024 request @一般会計 new"]),
    ("就労の支援（3,200）百万円", REQUEST, "就労の支援（3,200）", []),
    (
        "移住の支援金 1世帯当たり100万円、予算額10,000千円",
        BUDGET,
        "移住の支援金",
        ["100万円 2024 initial each", "1,000万円 2024 initial"],
    ),
    (
        "商品券の発行 発行総額5億円 予算額150,000千円",
        BUDGET,
        "商品券の発行",
        ["5億円 ? ? mention", "1億5,000万円 2024 initial"],
    ),
    (
        "債務負担行為 庁舎の清掃 令和6年度～令和8年度 限度額30,000千円",
        BUDGET,
        "債務負担行為 庁舎の清掃",
        ["3,000万円 2024 commitment ceiling 3年"],
    ),
    (
        "運搬船の建造（2022年度〜2026年度、総額500億円）",
        WHITE_PAPER,
        "運搬船の建造",
        ["500億円 2022 commitment 5年"],
    ),
    (
        "計算基盤 令和６年度要求額 事項要求（令和５年度予算額 20億円）",
        REQUEST,
        "計算基盤",
        ["20億円 2023 initial previous @一般会計"],
    ),
    ("宇宙の開発 うち重要政策推進枠 50億円", REQUEST, "宇宙の開発", ["50億円 2024 priority part @一般会計"]),
    (
        "脳の研究【一部新規】 12億円（11億円）",
        REQUEST,
        "脳の研究",
        ["12億円 2024 request @一般会計", "11億円 2023 initial previous @一般会計"],
    ),
    ("港の補修 国費 5億円 事業費 9億円", REQUEST, "港の補修", ["5億円 2024 request @一般会計 「国費」"]),
    (
        "サイバー攻撃への備え R6要求 45億円（R5当初 30億円・R4補正 15億円）",
        REQUEST,
        "サイバー攻撃への備え",
        [
            "45億円 2024 request @一般会計",
            "30億円 2023 initial previous @一般会計",
            "15億円 2022 supplementary previous @一般会計",
        ],
    ),
    ("災害に強い道路 ＜1,234百万円＞", REQUEST, "災害に強い道路", ["12億3,400万円 2024 request @一般会計"]),
    (
        "災害に強い道路〔1,234百万円（1,100百万円）〕",
        REQUEST,
        "災害に強い道路",
        ["12億3,400万円 2024 request @一般会計", "11億円 2023 initial previous @一般会計"],
    ),
    ("森林の整備 100億円＋事項要求", REQUEST, "森林の整備", ["100億円 2024 request @一般会計"]),
    ("森林の整備 事項要求", REQUEST, "森林の整備", []),
    ("森林の整備【事項要求】", REQUEST, "森林の整備", []),
    (
        "環境技術の実証（エネ特） 20億円（18億円）",
        REQUEST,
        "環境技術の実証",
        ["20億円 2024 request @エネ特", "18億円 2023 initial previous @エネ特"],
    ),
    (
        "環境技術の実証 一般会計 10億円、エネルギー特会 20億円",
        REQUEST,
        "環境技術の実証",
        ["10億円 2024 request @一般会計", "20億円 2024 request @エネ特"],
    ),
    (
        "環境技術の実証（一般会計 10億円、エネルギー特会 20億円）",
        REQUEST,
        "環境技術の実証",
        ["10億円 2024 request @一般会計", "20億円 2024 request @エネ特"],
    ),
    (
        "環境技術の実証【一般会計：10億円、エネ特：20億円】",
        REQUEST,
        "環境技術の実証",
        ["10億円 2024 request @一般会計", "20億円 2024 request @エネ特"],
    ),
    ("環境技術の実証 15億円（一般会計・エネ特）", REQUEST, "環境技術の実証", ["15億円 2024 request @一般会計・エネ特"]),
    ("新しい認証の整備 35億円（新規）", REQUEST, "新しい認証の整備", ["35億円 2024 request @一般会計 new"]),
    ("子どもの居場所づくり 10億円の内数", REQUEST, "子どもの居場所づくり", ["10億円 2024 request portion @一般会計"]),
    (
        "子どもの居場所づくり 10億円の内数（8億円の内数）",
        REQUEST,
        "子どもの居場所づくり",
        ["10億円 2024 request portion @一般会計", "8億円 2023 initial portion previous @一般会計"],
    ),
    (
        "子どもの居場所づくり R5当初：10億円、R4補正：20億円",
        REQUEST,
        "子どもの居場所づくり",
        ["10億円 2023 initial @一般会計", "20億円 2022 supplementary @一般会計"],
    ),
    (
        "子どもの居場所づくり 12億円（※令和5年度補正予算額 20億円）",
        REQUEST,
        "子どもの居場所づくり",
        ["12億円 2024 request @一般会計", "20億円 2023 supplementary previous @一般会計"],
    ),
    ("港湾の整備 国費 500億円（事業費 1,000億円）", REQUEST, "港湾の整備", ["500億円 2024 request @一般会計 「国費」"]),
    (
        "港湾の整備 事業費 1,000億円（国費 500億円）",
        REQUEST,
        "港湾の整備",
        ["500億円 2024 request @一般会計 「国費」"],
    ),
    (
        "革新炉の開発【256億円（48億円）】（GX）※国庫債務負担行為（3か年）：848億円",
        REQUEST,
        "革新炉の開発",
        ["256億円 2024 request @GX", "48億円 2023 initial previous @GX", "848億円 2024 commitment @GX 3年"],
    ),
    (
        "共生社会の推進 29億円 → 32億円",
        REQUEST,
        "共生社会の推進",
        ["29億円 2023 initial previous @一般会計", "32億円 2024 request @一般会計"],
    ),
    (
        "共生社会の推進 R5：29億円 → R6：32億円",
        BUDGET,
        "共生社会の推進",
        ["29億円 2023 initial previous", "32億円 2024 initial"],
    ),
    ("防災拠点の整備 令和5年度補正 10億円", REQUEST, "防災拠点の整備", ["10億円 2023 supplementary @一般会計"]),
    ("防災拠点の整備 補正予算額 10億円", REQUEST, "防災拠点の整備", ["10億円 ? supplementary @一般会計"]),
    ("防災拠点の整備 総額約1兆円", REQUEST, "防災拠点の整備", ["1兆円 2024 commitment about @一般会計"]),
    ("防災拠点の整備 7,000億円規模", REQUEST, "防災拠点の整備", ["7,000億円 2024 request about @一般会計"]),
    ("システムの統合 予算(案) 45億円", BUDGET, "システムの統合", ["45億円 2024 draft"]),
    (
        "システムの統合 令和6年度概算決定額 45億円（令和5年度当初予算額 40億円）",
        NOTHING,
        "システムの統合",
        ["45億円 2024 draft", "40億円 2023 initial previous"],
    ),
    ("システムの統合 令和4年度決算額 45億円", BUDGET, "システムの統合", ["45億円 2022 executed"]),
    (
        "システムの統合 ４５億円（R5補正 5億円を含む）",
        BUDGET,
        "システムの統合",
        ["45億円 2024 initial", "5億円 2023 supplementary part"],
    ),
    (
        "電池の評価 予算額 10億円（9億円） [+1億円]",
        REQUEST,
        "電池の評価",
        ["10億円 2024 initial @一般会計", "9億円 2023 initial previous @一般会計"],
    ),
    (
        "電池の評価 R6要求額：10億円 / R5予算額：9億円",
        REQUEST,
        "電池の評価",
        ["10億円 2024 request @一般会計", "9億円 2023 initial previous @一般会計"],
    ),
    ("電池の評価 10億円【GX】", REQUEST, "電池の評価", ["10億円 2024 request @GX"]),
    ("電池の評価（新規）：10億円", REQUEST, "電池の評価", ["10億円 2024 request @一般会計 new"]),
    ("電池の評価 12億円（皆増）", REQUEST, "電池の評価", ["12億円 2024 request @一般会計 new"]),
    ("電池の評価 654億円の内数【後掲】", REQUEST, "電池の評価", ["654億円 2024 request portion @一般会計 later"]),
    (
        "電池の評価 2億円〈うち推進枠1億円〉",
        REQUEST,
        "電池の評価",
        ["2億円 2024 request @一般会計", "1億円 2024 priority part @一般会計"],
    ),
    (
        "1億円以上の工事の監督【10億円（9億円）】",
        REQUEST,
        "1億円以上の工事の監督",
        ["10億円 2024 request @一般会計", "9億円 2023 initial previous @一般会計"],
    ),
    # Outlines of municipal budgets.
    ("堤防の整備 （10億円） 12億円", BUDGET, "堤防の整備", []),
    ("堤防の整備 約10億円～約12億円", BUDGET, "堤防の整備", ["12億円 2024 initial ceiling"]),
    (
        "堤防の整備 R6：12,345千円 R5：11,000千円",
        BUDGET,
        "堤防の整備",
        ["1,234万5,000円 2024 initial", "1,100万円 2023 initial previous"],
    ),
    (
        "堤防の整備…………12,345千円（11,000千円）",
        BUDGET,
        "堤防の整備",
        ["1,234万5,000円 2024 initial", "1,100万円 2023 initial previous"],
    ),
    ("堤防の整備〔平成31年度予算：1,234百万円〕（継続）", WHITE_PAPER, "堤防の整備", ["12億3,400万円 2019 initial"]),
    (
        "令和6年度補正予算（第1号）の規模 12億円",
        BUDGET,
        "令和6年度補正予算（第1号）の規模",
        ["12億円 2024 supplementary total"],
    ),
    (
        "信用の補完 保証枠1,000億円 予算額10億円",
        BUDGET,
        "信用の補完",
        ["1,000億円 ? ? mention", "10億円 2024 initial"],
    ),
    (
        "歳入総額 123億円 歳出総額 120億円 差引 3億円",
        BUDGET,
        "歳入総額",
        ["123億円 2024 initial total", "120億円 2024 initial total"],
    ),
    (
        "介護保険事業特別会計 50億円（49億円）",
        BUDGET,
        "介護保険事業特別会計",
        ["50億円 2024 initial total @介護保険特会", "49億円 2023 initial previous @介護保険特会"],
    ),
    (
        "保育所の改修 1,234千円（前年度 1,100千円）",
        BUDGET,
        "保育所の改修",
        ["123万4,000円 2024 initial", "110万円 2023 initial previous"],
    ),
    (
        "保育所の改修 1,234千円（前年度 1,100千円、134千円増）",
        BUDGET,
        "保育所の改修",
        ["123万4,000円 2024 initial", "110万円 2023 initial previous"],
    ),
    ("保育所の改修 1,234千円（対前年度 ＋134千円）", BUDGET, "保育所の改修", ["123万4,000円 2024 initial"]),
    ("保育所の改修 1,234千円（▲134千円）", BUDGET, "保育所の改修", ["123万4,000円 2024 initial"]),
    ("【新規】移動図書館の運行 1,000千円", BUDGET, "移動図書館の運行", ["100万円 2024 initial new"]),
    ("(新) 移動図書館の運行 1,000千円", BUDGET, "移動図書館の運行", ["100万円 2024 initial new"]),
    ("新 移動図書館の運行 1,000千円", BUDGET, "移動図書館の運行", ["100万円 2024 initial new"]),
    (
        "（拡）移動図書館の運行 1,000千円（800千円）",
        BUDGET,
        "移動図書館の運行",
        ["100万円 2024 initial", "80万円 2023 initial previous"],
    ),
    ("【新・一部】移動図書館の運行 1,000千円", BUDGET, "移動図書館の運行", ["100万円 2024 initial"]),
    ("新・担い手の応援 1,000千円", BUDGET, "新・担い手の応援", ["100万円 2024 initial"]),
    ("水害に備える ［予算額：52,300千円］", BUDGET, "水害に備える", ["5,230万円 2024 initial"]),
    (
        "水害に備える 52,300千円（国庫 20,000千円、県 10,000千円、一般財源 22,300千円）",
        BUDGET,
        "水害に備える",
        [
            "5,230万円 2024 initial",
            "2,000万円 2024 initial part 「国庫」",
            "1,000万円 2024 initial part 「県」",
            "2,230万円 2024 initial part 「一般財源」",
        ],
    ),
    (
        "出生の祝い金 8,000千円（1人当たり 50千円）",
        BUDGET,
        "出生の祝い金",
        ["800万円 2024 initial", "5万円 2024 initial each"],
    ),
    (
        "6年度予算の広報 300千円（5年度 280千円）",
        BUDGET,
        "6年度予算の広報",
        ["30万円 2024 initial", "28万円 2023 initial previous"],
    ),
    ("うち 備品の購入 300千円", BUDGET, "備品の購入", ["30万円 2024 initial part"]),
    ("小さな橋の補修 5億円～10億円", BUDGET, "小さな橋の補修", ["10億円 2024 initial ceiling"]),
    ("小さな橋の補修 1,234千円　1,100千円", BUDGET, "小さな橋の補修", []),
    (
        "補正による追加 国民健康保険特別会計 5,000千円",
        BUDGET,
        "補正による追加",
        ["500万円 2024 initial @国民健康保険特会"],
    ),
    ("公園の管理（10,000千円）（8,000千円）（6,000千円）", BUDGET, "公園の管理", None),
    (
        "公園の管理 10,000千円（8,000千円）（6,000千円）",
        BUDGET,
        "公園の管理",
        ["1,000万円 2024 initial", "800万円 2023 initial previous"],
    ),
    # What an attack on the notation found.
    (
        "人材育成　12億円（10億円）【R5補正 3億円】",
        REQUEST,
        "人材育成",
        [
            "12億円 2024 request @一般会計",
            "10億円 2023 initial previous @一般会計",
            "3億円 2023 supplementary previous @一般会計",
        ],
    ),
    (
        "次期戦闘機（640億円）〔前年度：1,023億円〕",
        REQUEST,
        "次期戦闘機",
        ["640億円 2024 request @一般会計", "1,023億円 2023 initial previous @一般会計"],
    ),
    (
        "人材育成　12億円〔10億円〕",
        REQUEST,
        "人材育成",
        ["12億円 2024 request @一般会計", "10億円 2023 initial previous @一般会計"],
    ),
    (
        "橋の補修 210,000千円〔国費 115,500千円、市債 94,500千円〕",
        BUDGET,
        "橋の補修",
        [
            "2億1,000万円 2024 initial",
            "1億1,550万円 2024 initial part 「国費」",
            "9,450万円 2024 initial part 「市債」",
        ],
    ),
    (
        "保育所　295億円 → 245億円【令和5年度補正 276億円】",
        BUDGET,
        "保育所",
        ["295億円 2023 initial previous", "245億円 2024 initial", "276億円 2023 supplementary previous"],
    ),
    (
        "人材育成 12億円、【国庫債務負担行為による3か年総額30億円】",
        REQUEST,
        "人材育成",
        ["12億円 2024 request @一般会計", "30億円 2024 commitment @一般会計 3年"],
    ),
    ("人材育成　２５ ．８億円（20億円）", REQUEST, "人材育成 ２５ ．８億円", []),
    ("人材育成　1,2 34億円", REQUEST, "人材育成 1,2 34億円", []),
    ("商用車【―（409億円）】", REQUEST, "商用車", ["409億円 2023 initial previous @一般会計"]),
    ("商用車　－（409億円）", REQUEST, "商用車", ["409億円 2023 initial previous @一般会計"]),
    ("商用車【皆減（409億円）】", REQUEST, "商用車", ["409億円 2023 initial previous @一般会計"]),
    ("商用車【皆減】（409億円）", REQUEST, "商用車", ["409億円 2023 initial previous @一般会計"]),
    (
        "庁舎の整備 10億円（国庫債務負担行為 令和6～10年度 40億円）",
        REQUEST,
        "庁舎の整備",
        ["10億円 2024 request @一般会計", "40億円 2024 commitment @一般会計 5年"],
    ),
    ("庁舎の整備　国庫債務負担行為 30億円（R6～R10）", REQUEST, "庁舎の整備", ["30億円 2024 commitment @一般会計 5年"]),
    ("庁舎の整備（令和6～8年度）限度額 90,000千円", BUDGET, "庁舎の整備", ["9,000万円 2024 commitment ceiling 3年"]),
    ("第3期計画（2022～2026年度） 10億円", REQUEST, "第3期計画（2022～2026年度）", ["10億円 2024 request @一般会計"]),
    (
        "設備の導入 5年間で1,500億円（令和6年度は300億円）",
        REQUEST,
        "設備の導入",
        ["1,500億円 2024 commitment @一般会計 5年", "300億円 2024 request @一般会計"],
    ),
    (
        "鉄道の支援　1,092億円（令和6～8年度の3年間の支援総額）、令和6年度 364億円",
        REQUEST,
        "鉄道の支援",
        ["1,092億円 2024 commitment @一般会計 3年", "364億円 2024 request @一般会計"],
    ),
    (
        "艦船建造費　継続費総額　2,638億円（年割額　12億円）",
        REQUEST,
        "艦船建造費",
        ["2,638億円 2024 commitment @一般会計", "12億円 2024 request @一般会計"],
    ),
    ("デジタル庁　要求総額 5,819億円", REQUEST, "デジタル庁 要求総額", ["5,819億円 2024 request total @一般会計"]),
    ("一般会計当初予算額　523億円", BUDGET, "一般会計", ["523億円 2024 initial total @一般会計"]),
    ("当初予算の規模　523億円", BUDGET, "当初予算の規模", ["523億円 2024 initial total"]),
    ("文部科学省計　5,819億円", REQUEST, "文部科学省計", ["5,819億円 2024 request total @一般会計"]),
    ("教育費計　5億円", BUDGET, "教育費計", ["5億円 2024 initial total"]),
    ("総合計画策定支援　3億円", BUDGET, "総合計画策定支援", ["3億円 2024 initial"]),
    ("合計特殊出生率の調査　3億円", BUDGET, "合計特殊出生率の調査", ["3億円 2024 initial"]),
    ("小計画　3億円", BUDGET, "小計画", ["3億円 2024 initial"]),
    ("総計データ整備　3億円", BUDGET, "総計データ整備", ["3億円 2024 initial"]),
    ("統計　3億円", BUDGET, "統計", ["3億円 2024 initial"]),
    ("農地の集約　3億円", BUDGET, "農地の集約", ["3億円 2024 initial"]),
    ("電子契約　3億円", BUDGET, "電子契約", ["3億円 2024 initial"]),
    ("人口推計　3億円", BUDGET, "人口推計", ["3億円 2024 initial"]),
    ("農地の集約約10億円", BUDGET, "農地の集約", ["10億円 2024 initial about"]),
    (
        "光ファイバの整備 42.0億円（⑤41.0億円）",
        REQUEST,
        "光ファイバの整備",
        ["42億円 2024 request @一般会計", "41億円 2023 initial previous @一般会計"],
    ),
    (
        "光ファイバの整備 42.0億円（５当初 40.0億円、④補正 5億円）",
        REQUEST,
        "光ファイバの整備",
        [
            "42億円 2024 request @一般会計",
            "40億円 2023 initial previous @一般会計",
            "5億円 2022 supplementary previous @一般会計",
        ],
    ),
    (
        "光ファイバの整備 42億円（当初 40億円、補正 5億円）",
        REQUEST,
        "光ファイバの整備",
        [
            "42億円 2024 request @一般会計",
            "40億円 2023 initial previous @一般会計",
            "5億円 ? supplementary previous @一般会計",
        ],
    ),
    (
        "無人機の活用 2.5億円（国費）、5.0億円（事業費）",
        REQUEST,
        "無人機の活用",
        ["2億5,000万円 2024 request @一般会計 「国費」"],
    ),
    (
        "橋の補修 事業費 10億円（国費 5億円、市債 5億円）",
        BUDGET,
        "橋の補修",
        ["10億円 2024 initial 「事業費」", "5億円 2024 initial part 「国費」", "5億円 2024 initial part 「市債」"],
    ),
    (
        "1億円以上の投資を行う企業に対する補助金に100億円",
        REQUEST,
        "1億円以上の投資を行う企業に対する補助金に",
        ["1億円 ? ? mention", "100億円 2024 request @一般会計"],
    ),
    ("スポーツの振興 新規 150百万円", REQUEST, "スポーツの振興", ["1億5,000万円 2024 request @一般会計 new"]),
    ("商店街【新規：4億円】", REQUEST, "商店街", ["4億円 2024 request @一般会計 new"]),
    ("商店街 5億円【新規・推進枠】", REQUEST, "商店街", ["5億円 2024 priority @一般会計 new"]),
    ("商店街 50億円＋事項要求（新規）", REQUEST, "商店街", ["50億円 2024 request @一般会計 new"]),
    (
        "商店街【252億円(146億円)の内数】",
        REQUEST,
        "商店街",
        ["252億円 2024 request portion @一般会計", "146億円 2023 initial portion previous @一般会計"],
    ),
    (
        "商店街 12億3,400万円の内 10億円",
        REQUEST,
        "商店街",
        ["12億3,400万円 2024 request @一般会計", "10億円 2024 request part @一般会計"],
    ),
    (
        "商店街 10億円（別途、復興特会 5億円）",
        REQUEST,
        "商店街",
        ["10億円 2024 request @一般会計", "5億円 2024 request @復興特"],
    ),
    ("商店街 10億円（他省庁計上分 5億円を除く）", REQUEST, "商店街", ["10億円 2024 request @一般会計"]),
    ("商店街 10億円（再掲：第2章）", REQUEST, "商店街", ["10億円 2024 request @一般会計 repeated"]),
    (
        "児童手当　1,486億円（1,500億円）",
        REQUEST,
        "児童手当",
        ["1,486億円 2024 request @一般会計", "1,500億円 2023 initial previous @一般会計"],
    ),
    (
        "児童手当　１兆2,199億円→１兆5,246億円",
        BUDGET,
        "児童手当",
        ["1兆2,199億円 2023 initial previous", "1兆5,246億円 2024 initial"],
    ),
    ("資金繰り支援・出資　200億円", REQUEST, "資金繰り支援・出資", ["200億円 2024 request @一般会計"]),
    ("児童手当　15千円", BUDGET, "児童手当", ["1万5,000円 2024 initial each"]),
    (
        "恩給費　710億円（970億円）　▲260億円　▲26.8%",
        REQUEST,
        "恩給費",
        ["710億円 2024 request @一般会計", "970億円 2023 initial previous @一般会計"],
    ),
    (
        "恩給費　35億円（32億円）　3億円　9.4%",
        REQUEST,
        "恩給費",
        ["35億円 2024 request @一般会計", "32億円 2023 initial previous @一般会計"],
    ),
    ("人材育成　￥1,200,000", REQUEST, "人材育成", ["120万円 2024 request @一般会計"]),
    (
        "人材育成　（R5）10億円 （R6）12億円",
        REQUEST,
        "人材育成",
        ["10億円 2023 initial previous @一般会計", "12億円 2024 request @一般会計"],
    ),
    ("人材育成　約12～15億円", REQUEST, "人材育成", ["15億円 2024 request ceiling @一般会計"]),
    ("人材育成　12億円/10億円", REQUEST, "人材育成", []),
    # A bare sum in brackets means nothing where the paper does not say what it is.
    ("公園の管理 10,000千円（8,000千円）", WHITE_PAPER, "公園の管理", ["1,000万円 2024 ?"]),
    ("公園の管理 10,000千円（前年度 8,000千円）", NOTHING, "公園の管理", ["1,000万円 ? ?", "800万円 ? ? previous"]),
    ("公園の管理 10,000千円（12,000千円のうち）", NOTHING, "公園の管理", None),
    # A flag stands before or behind the name, or behind the sum.
    *(
        (text, DRAFT, "水門の改修", ["30億円 2024 draft repeated"])
        for text in (
            "（再掲）水門の改修　30億円",
            "【再掲】水門の改修　30億円",
            "再掲：水門の改修　30億円",
            "（参考）水門の改修　30億円",
            "水門の改修（参考）　30億円",
            "水門の改修　30億円 再掲",
            "水門の改修　30億円 ※再掲",
            "水門の改修　30億円（1．の再掲）",
        )
    ),
    ("（後掲）水門の改修　30億円", DRAFT, "水門の改修", ["30億円 2024 draft later"]),
    ("【新規】（再掲）水門の改修　30億円", DRAFT, "水門の改修", ["30億円 2024 draft new repeated"]),
    ("参考書の購入　5億円", DRAFT, "参考書の購入", ["5億円 2024 draft"]),
    ("再掲示板の設置　5億円", DRAFT, "再掲示板の設置", ["5億円 2024 draft"]),
    # Brackets that name an account behind each sum.
    (
        "断熱改修　10億円（一般会計）、20億円（エネ特）",
        DRAFT,
        "断熱改修",
        ["10億円 2024 draft @一般会計", "20億円 2024 draft @エネ特"],
    ),
    (
        "断熱改修　10億円、20億円（エネ特）",
        DRAFT,
        "断熱改修",
        ["10億円 2024 draft @エネ特", "20億円 2024 draft @エネ特"],
    ),
    # Besides a budget stands one of another year; a request has no other.
    (
        "河川の改修　30億円（別途、令和5年度補正予算 12億円）",
        DRAFT,
        "河川の改修",
        ["30億円 2024 draft", "12億円 2023 supplementary"],
    ),
    (
        "河川の改修　30億円（ほか令和5年度補正 12億円）",
        DRAFT,
        "河川の改修",
        ["30億円 2024 draft", "12億円 2023 supplementary"],
    ),
    (
        "河川の改修　30億円（別途、令和5年度補正予算 12億円）",
        REQUEST,
        "河川の改修",
        ["30億円 2024 request @一般会計", "12億円 2023 supplementary previous @一般会計"],
    ),
    # What falls to this year of a commitment.
    (
        "港の整備　国庫債務負担行為 120億円（うち初年度 20億円）",
        DRAFT,
        "港の整備",
        ["120億円 2024 commitment", "20億円 2024 draft"],
    ),
    (
        "港の整備　3年間で300億円（うち令和6年度100億円）",
        DRAFT,
        "港の整備",
        ["300億円 2024 commitment 3年", "100億円 2024 draft"],
    ),
    ("港の整備　300億円（うち令和6年度100億円）", DRAFT, "港の整備", ["300億円 2024 draft", "100億円 2024 draft part"]),
    ("（）【】〔〕", BUDGET, "（）【】〔〕", []),
    ("", BUDGET, "", []),
]


@pytest.mark.parametrize(("text", "defaults", "name", "amounts"), ENTRIES, ids=[row[0] for row in ENTRIES])
def test_entry_says(text: str, defaults: Defaults, name: str, amounts: list[str] | None) -> None:
    entry = read_entry(text, defaults)
    assert entry.name == name
    if amounts is not None:
        assert [told(each) for each in entry.amounts] == amounts
    assert all(each.written in text for each in entry.amounts)


PAPERS = {"白書": WHITE_PAPER, "要求": REQUEST, "予算": BUDGET, "予算案": DRAFT, "不明": NOTHING}
NOTATION = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "notation.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("paper", "text", "name", "amounts"), NOTATION, ids=[row[1] for row in NOTATION])
def test_notation_says(paper: str, text: str, name: str, amounts: str) -> None:
    entry = read_entry(text, PAPERS[paper])
    assert (entry.name, " / ".join(told(each) for each in entry.amounts)) == (name, amounts)
    assert all(each.written in text for each in entry.amounts)


CELLS = [
    ("1,234千円", "令和6年度予算額", BUDGET, ["123万4,000円 2024 initial"]),
    ("1,100千円", "前年度当初予算額", BUDGET, ["110万円 2023 initial"]),
    ("4,286 億円", "令和6年度 概算要求額", NOTHING, ["4,286億円 2024 request"]),
    ("▲1,234千円", "12月補正額", BUDGET, ["▲123万4,000円 2024 supplementary"]),
    ("10億円（9億円）", "令和6年度要求額 （前年度）", REQUEST, None),
    ("12億円（新規）", "要求額", REQUEST, ["12億円 2024 request @一般会計 new"]),
    ("12億円", "令和4年度決算額", BUDGET, ["12億円 2022 executed"]),
    ("12億円", "", BUDGET, ["12億円 2024 initial"]),
    ("事項要求", "要求額", REQUEST, []),
    ("－", "要求額", REQUEST, []),
    ("5億円～10億円", "要求額", REQUEST, ["10億円 2024 request ceiling @一般会計"]),
    ("45億円", "令和6年度予算（案）", DRAFT, ["45億円 2024 draft"]),
    ("45億円", "令和6年度概算決定額", REQUEST, ["45億円 2024 draft @一般会計"]),
    ("45億円", "R6政府案", DRAFT, ["45億円 2024 draft"]),
    ("45億円", "前年度予算額", DRAFT, ["45億円 2023 initial"]),
    ("45億円", "令和4年度執行額", BUDGET, ["45億円 2022 executed"]),
    ("45億円", "令和4年度支出済額", BUDGET, ["45億円 2022 executed"]),
    ("45億円", "翌年度繰越額", BUDGET, ["45億円 2024 carried"]),
    ("45億円", "前年度からの繰越", BUDGET, ["45億円 2024 carried"]),
    ("45億円", "債務負担行為限度額", BUDGET, ["45億円 2024 commitment ceiling"]),
    ("45億円", "R5.2月補正", BUDGET, ["45億円 2023 supplementary"]),
    ("1件当たり50万円", "予算額", BUDGET, ["50万円 2024 initial each"]),
]


@pytest.mark.parametrize(("cell", "head", "defaults", "amounts"), CELLS, ids=[f"{row[1]}: {row[0]}" for row in CELLS])
def test_cell_says(cell: str, head: str, defaults: Defaults, amounts: list[str] | None) -> None:
    found, _ = read_cell(cell, head, defaults)
    if amounts is not None:
        assert [told(each) for each in found] == amounts


PROSE = [
    (
        "令和六年度一般会計予算の総額は百十二兆五千七百十七億円であります。",
        BUDGET,
        ["112兆5,717億円 2024 initial total @一般会計"],
    ),
    (
        "このため、令和五年度補正予算において、一兆五千億円を計上いたしました。",
        BUDGET,
        ["1兆5,000億円 2023 supplementary"],
    ),
    ("新しい基金に3,000億円を措置する。", WHITE_PAPER, ["3,000億円 2024 ?"]),
    (
        "公共事業関係費には約六兆円を計上し、うち三千億円を防災に充てます。",
        BUDGET,
        ["6兆円 2024 initial about", "3,000億円 2024 initial part"],
    ),
    # What sentences say of other money, and of budgets in their own words.
    ("税収は、六十九兆六千八十億円と見込んでおります。", BUDGET, ["69兆6,080億円 ? ? mention"]),
    ("GDPは600兆円に達し、賃上げは三十年ぶりの水準となりました。", BUDGET, ["600兆円 ? ? mention"]),
    ("この法律に違反した者は、百万円以下の罰金に処する。", BUDGET, ["100万円 ? ? ceiling mention"]),
    ("公正取引委員会は、課徴金1億2千万円の納付を命じた。", BUDGET, ["1億2,000万円 ? ? mention"]),
    ("貸付残高は3兆円である。", BUDGET, ["3兆円 ? ? mention"]),
    ("2030年に売上1兆円を目指す。", BUDGET, ["1兆円 ? ? mention"]),
    ("企業の内部留保は500兆円を超えた。", BUDGET, ["500兆円 ? ? about mention"]),
    ("市債残高は令和6年度末で420億円となる見込みです。", BUDGET, ["420億円 2024 ? mention"]),
    ("ふるさと納税の寄附額は12億円となりました。", BUDGET, ["12億円 ? ? mention"]),
    ("財政調整基金は15億円を取り崩しました。", BUDGET, ["15億円 ? ? mention"]),
    ("経済波及効果は120億円と試算されています。", BUDGET, ["120億円 ? ? mention"]),
    ("最低賃金は全国加重平均で1,004円となった。", BUDGET, ["1,004円 ? ? mention"]),
    ("国債費は、二十七兆九十億円となっております。", BUDGET, ["27兆90億円 2024 initial"]),
    ("防衛関係費につきましては、七兆九千百七十二億円を計上しております。", BUDGET, ["7兆9,172億円 2024 initial"]),
    ("一般会計の予算規模は、前年度比2.3%増の523億円です。", BUDGET, ["523億円 2024 initial"]),
    ("予算案の規模は523億円で、前年度に比べ12億円（2.3％）の増となりました。", BUDGET, ["523億円 2024 draft"]),
    (
        "新たに医療費の無償化に1億8,500万円、給食費の負担軽減に9,300万円を計上しました。",
        BUDGET,
        ["1億8,500万円 2024 initial", "9,300万円 2024 initial"],
    ),
    (
        "当初予算額10億円に対し、執行額は9億円、不用額は1億円であった。",
        BUDGET,
        ["10億円 2024 initial", "9億円 2024 executed", "1億円 2024 ?"],
    ),
    ("繰越額は11兆円に上りました。", BUDGET, ["11兆円 2024 carried"]),
    (
        "資本金1億円以下の中小企業に、予算額50億円の支援を行った。",
        WHITE_PAPER,
        ["1億円 ? ? ceiling mention", "50億円 2024 initial"],
    ),
    ("補助上限額は1億円、補助率は1/2である。", WHITE_PAPER, ["1億円 2024 ? each"]),
    ("予算額は3億円～5億円を見込む。", WHITE_PAPER, ["5億円 2024 initial ceiling"]),
    (
        "10兆円以上の公的支援により、50兆円を超える官民投資を引き出す。",
        WHITE_PAPER,
        ["10兆円 ? ? about mention", "50兆円 ? ? about mention"],
    ),
    (
        "施設の更新に必要な経費として553億円〔+40億円。平成29年度補正予算では453億円〕、浄化槽に100億円〔+6億円〕を計上している。",
        NOTHING,
        ["553億円 ? ?", "453億円 2017 supplementary", "100億円 ? ?"],
    ),
    ("農林水産物の輸出額を五兆円とすることを目指し、予算を確保する。", BUDGET, ["5兆円 ? ? mention"]),
    ("県の税収は前年度より二十億円増え、基金の残高は百億円となった。", BUDGET, ["100億円 ? ? mention"]),
    ("商店街の売上は1億円に達し、補助の効果があった。", BUDGET, ["1億円 ? ? mention"]),
    ("予算額は10億円（前年度9億円）である。", BUDGET, ["10億円 2024 initial", "9億円 2023 initial previous"]),
    ("予算額は10億円（9億円）である。", BUDGET, ["10億円 2024 initial"]),
    ("国費は前年度比3億円増の10億円を計上した。", BUDGET, ["10億円 2024 initial"]),
    ("一人当たり10万円の給付に必要な経費を予算に計上する。", BUDGET, ["10万円 2024 initial each"]),
    (
        "公債金は三十四兆円を予算に計上し、租税は六十九兆円となる。",
        BUDGET,
        ["34兆円 ? ? mention", "69兆円 ? ? mention"],
    ),
    ("ロケットの打上げは1億円で済む。", BUDGET, []),
    ("総額約2兆円の予算を投入する。", BUDGET, ["2兆円 2024 ? about total"]),
    ("防衛費は五年間で四十三兆円程度を確保します。", BUDGET, ["43兆円 2024 commitment about 5年"]),
    ("予算を9億円から10億円に改める。", BUDGET, ["10億円 2024 initial"]),
    (
        "一般会計予算の総額は百十兆円であり、うち、一般歳出は六十七兆円であります。",
        BUDGET,
        ["110兆円 2024 initial total @一般会計", "67兆円 2024 initial part @一般会計"],
    ),
    (
        "一般会計予算の総額は百十兆円であります。このうち、一般歳出は六十七兆円であります。",
        BUDGET,
        ["110兆円 2024 initial total @一般会計", "67兆円 2024 initial part @一般会計"],
    ),
    (
        "令和六年度予算の大要について御説明いたします。防衛費には八兆円を計上しております。",
        NOTHING,
        ["8兆円 2024 ?"],
    ),
    (
        "令和六年度予算及び令和五年度補正予算の大要です。防衛費には八兆円を計上しております。",
        NOTHING,
        ["8兆円 ? ?"],
    ),
    (
        "輸出額は3,600億円を超え、販路の開拓に予算100億円を計上した。",
        BUDGET,
        ["3,600億円 ? ? about mention", "100億円 2024 initial"],
    ),
    (
        "市場規模は3兆円だが、国費を投じ、投資額は2兆円となった。",
        BUDGET,
        ["3兆円 ? ? mention", "2兆円 ? ? mention"],
    ),
]


@pytest.mark.parametrize(("text", "defaults", "amounts"), PROSE, ids=[row[0] for row in PROSE])
def test_prose_says(text: str, defaults: Defaults, amounts: list[str]) -> None:
    found, left = read_prose(text, defaults)
    assert [told(each) for each in found] == amounts
    assert len(found) + len(left) >= text.count("円で") // 2
