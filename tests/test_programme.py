"""Names of programmes: the same in print, generic, local, with more in brackets."""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.document import Amount, Item, Place
from index.programme import (
    REVENUE_NAME,
    TRANSFER,
    half_of,
    is_generic,
    is_revenue,
    is_transfer,
    parts_of,
    programme_key,
    programme_of,
)

SAME = [
    ("水素事業", "水素事業（仮称）"),
    ("防災計画【案】", "防災計画"),
    ("省エネルギー投資促進・需要構造転換支援事業費", "省エネルギー投資促進・需要構造転換支援事業費補助金"),
    ("（独）中小企業基盤整備機構運営費交付金事業", "独立行政法人中小企業基盤整備機構運営費交付金"),
    ("(国研) 科学技術振興機構運営費交付金", "国立研究開発法人科学技術振興機構運営費交付金"),
    ("ポスト 5G 情報通信システム基盤強化研究開発事業", "ポスト５Ｇ情報通信システム基盤強化研究開発事業費"),
    ("無人自動運転等の CASE 対応に向けた実証・支援事業", "無人自動運転等のＣａｓｅ対応に向けた実証支援事業"),
    ("サプライチェーン強靱化支援事業", "サプライチェーン強靭化支援事業"),
    ("「富岳」の開発・整備", "富岳の開発、整備"),
    ("グリーンイノベーション基金事業", "グリーンイノベーション基金"),
]
NOT_SAME = [
    ("水素供給事業", "アンモニア供給事業"),
    ("支援事業（半導体）", "支援事業（電子部品）"),
    ("ポスト５Ｇ情報通信システム基盤強化研究開発事業", "ポスト５Ｇ情報通信システム基盤強化研究開発事業等"),
    ("国立研究開発法人等の研究活動", "等の研究活動"),
    ("運営費交付金", "運営費補助金"),
    ("事業", "費"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[one for one, _ in SAME])
def test_is_the_same_in_all_but_print(one: str, other: str) -> None:
    assert programme_key(one) == programme_key(other)


@pytest.mark.parametrize(("one", "other"), NOT_SAME, ids=[one for one, _ in NOT_SAME])
def test_is_another(one: str, other: str) -> None:
    assert programme_key(one) != programme_key(other)


@given(st.text(max_size=30))
@example("R¸")
def test_a_key_is_its_own_key(name: str) -> None:
    key = programme_key(name)
    assert programme_key(key) == key


GENERIC = {
    "その他": True,
    "そ の 他": True,
    "事務費": True,
    "施設整備事業": True,
    "合計": True,
    "（１）": True,
    "": True,
    "福島県施設整備事業": False,
    "道路維持事業": False,
    "報酬": True,
    "工事請負費": True,
    "負担金、補助及び交付金": True,
    "施設維持管理事業": True,
    "その他（庁費）": True,
    "その他１": True,
    "ほか5事業": True,
    "その他支援事業": False,
    "第1号補正": True,
    "第２次補正予算": True,
}


@pytest.mark.parametrize(("name", "generic"), GENERIC.items(), ids=list(GENERIC))
def test_is_generic(name: str, generic: bool) -> None:
    assert is_generic(name) == generic


PARTS = [
    ("成長型中小企業等研究開発支援事業（Go-Tech事業）", ("成長型中小企業等研究開発支援", "gotech")),
    ("（独）中小企業基盤整備機構運営費交付金【復興】", ("中小企業基盤整備機構運営費交付金", "復興")),
    ("（独）中小企業基盤整備機構運営費交付金", None),
    ("大型放射光施設（SPring-8）の整備", None),
    ("水素事業", None),
]


@pytest.mark.parametrize(("name", "parts"), PARTS, ids=[name for name, _ in PARTS])
def test_has_more_in_brackets(name: str, parts: tuple[str, str] | None) -> None:
    assert parts_of(name) == parts


TRANSFERS = {
    "エネルギー対策特別会計へ繰入": True,
    "国民健康保険事業特別会計繰出金": True,
    "一般会計より受入": True,
    "社会資本整備（特会繰入）": True,
    "国債費へ繰入": True,
    "基金繰入金": True,
    "介護保険事業会計への負担金": True,
    "水素事業": False,
    "外国人材の受入": False,
    "財政調整基金への積立": False,
}


@pytest.mark.parametrize(("name", "transfer"), TRANSFERS.items(), ids=list(TRANSFERS))
def test_goes_from_one_account_to_another(name: str, transfer: bool) -> None:
    assert is_transfer(name) == transfer


HALVES = {
    "歳入": True,
    "一般会計歳入予算の内訳": True,
    "収入の部": True,
    "財源内訳": True,
    "歳出": False,
    "支出の部": False,
    "第1表 歳入歳出予算": None,
    "歳入の確保": None,
    "収入減少への支援": None,
    "1 市税": None,
}


@pytest.mark.parametrize(("heading", "half"), HALVES.items(), ids=list(HALVES))
def test_the_half_of_a_budget(heading: str, half: bool | None) -> None:
    assert half_of(heading) is half


REVENUES = {"市税": True, "使用料及び手数料": True, "市債": True, "公債費": False, "税務費": False, "地方交付税": False}


@pytest.mark.parametrize(("name", "revenue"), REVENUES.items(), ids=list(REVENUES))
def test_is_revenue_by_its_name(name: str, revenue: bool) -> None:
    assert is_revenue(name) == revenue


OF = [
    ("item", "水素補助金", "水素補助金"),
    ("item", None, "水素事業"),
    ("item", "事務費", "水素事業"),
    ("row", "要求額", "水素事業"),
]


@pytest.mark.parametrize(("kind", "label", "name"), OF, ids=[f"{kind} {label}" for kind, label, _ in OF])
def test_the_programme_of_an_amount(kind: str, label: str | None, name: str) -> None:
    item = Item(Place("甲", 1, 1), "水素事業", kind=kind)
    assert programme_of(item, Amount(1, label=label)) == name


def test_the_programme_of_an_item_without_amounts() -> None:
    assert programme_of(Item(Place("甲", 1, 1), "水素事業"), None) == "水素事業"


@given(st.from_regex(TRANSFER), st.from_regex(REVENUE_NAME, fullmatch=True))
def test_what_is_looked_for_sooner_is_in_all_that_is_found(transfer: str, revenue: str) -> None:
    assert is_transfer(transfer)
    assert REVENUE_NAME.fullmatch(normalize("NFKC", revenue)) is None or is_revenue(revenue)
