"""Names of programmes: which ones are the same programme in print."""

import re
import unicodedata
from functools import cache, lru_cache

from index.document import ROWS, Amount, Item
from index.text import repair

LEGAL_FORMS = re.compile(
    r"(?:[(【\[](?:独|国研|国|大|学|株|有|一社|公社|一財|公財|社福|特非|地独|特)[)】\]]"
    r"|(?:地方)?独立行政法人|国立研究開発法人|国立大学法人|大学共同利用機関法人|特殊法人|認可法人"
    r"|(?:一般|公益)(?:社団|財団)法人|社会福祉法人|特定非営利活動法人|株式会社|有限会社)(?![ぁ-ん等])"
)
"""What a body is in law, which one paper prints and the other leaves out: 「（独）」 (white paper, line 289).

Before 「等」 or 「の」 it is what the programme is for: 「国立研究開発法人等の研究活動…」 (white paper, line 74).
"""

PROVISIONAL = re.compile(r"[(【\[](?:仮称|案|仮)[)】\]]")
"""What a name bears until it is settled: 「水素事業（仮称）」."""

ENDINGS = ("補助金", "委託費", "事業費", "事業", "経費", "費")
"""What a name may end with without being another: 「…支援事業費」, 「…支援事業費補助金」 (request paper, line 49).

等 is none: 「…研究開発事業等」 (white paper, line 52) has more in it than 「…研究開発事業」; the two are only alike.
"""

BRACKETS = re.compile(r"[\s()【】\[\]〔〕「」『』〈〉《》<>{}“”\"'‘’・･·、,，。.―‐－–—\-−~〜]")

GENERIC = """
その他 その他経費 その他事業 事務費 事務経費 事務 諸費 諸経費 雑費 人件費 人件費等 物件費 職員給与
給与費 一般管理費 管理費 運営費 運営費交付金 施設整備費 施設費 委託費 委託料 補助費 補助金 交付金
負担金 出資金 扶助費 公債費 予備費 予備 調査費 旅費 庁費 事業費 事業 経費 一般財源 特定財源
国庫支出金 国費 県費 市費 都費 地方債 繰入金 国庫補助 予算額 要求額 その他の経費 その他の事業
その他の施策 その他施策 その他の歳出 その他庁費 諸経費等 ほか 外 上記以外 事務的経費 一般事務費
事務局費 職員費 一般行政経費 庶務費 推進費 人件費・事務費 管理運営費 維持管理費 施設管理費
施設維持管理費 運営管理費 物件費等 扶助費等 報酬 給料 職員手当 職員手当等 共済費 災害補償費
恩給及び退職年金 賃金 報償費 交際費 需用費 役務費 使用料及び賃借料 工事請負費 原材料費 公有財産購入費
備品購入費 負担金補助及び交付金 貸付金 補償補填及び賠償金 償還金 償還金利子及び割引料 投資及び出資金
積立金 寄附金 公課費 繰出金 当初 補正 当初予算 補正予算 計 小計 合計 総計 総額 歳入 歳出 歳入合計
歳出合計 一般会計 特別会計
"""
"""Names that say nothing of which programme it is: two rows that bear one are not the same for it."""

TRANSFER = re.compile(
    r"(?:会計|勘定|特会|国債費|公債費)(?:へ|への|からの?|より(?:の)?)?(?:繰入|繰出|操出|受入)"
    r"|会計への?負担金|繰入金|[繰操]出金"
)
"""「エネルギー対策特別会計へ繰入」 (request paper, line 388), 「国民健康保険事業特別会計繰出金」 (of a city)."""

MOVED = ("繰", "操", "受入", "負担金")
"""What TRANSFER finds holds one of these, which are looked for sooner."""

REVENUE = re.compile(
    "歳入(?!の?(?:確保|増|拡大|改革|強化))|^収入(?:の部|予算|合計|の?内訳)?$|^税収|財源の?(?:内訳|構成)"
)
EXPENDITURE = re.compile("歳出|^支出(?:の部|予算|合計|の?内訳)?$")
"""Headings of the halves of a budget; 「第1表 歳入歳出予算」 is of both, 「歳入の確保」 is what a city does for it."""

REVENUE_NAME = re.compile(
    r"(?:[市町村都道府県区]民?|地方|固定資産|軽自動車|入湯|都市計画|自動車|事業)税|地方譲与税|使用料及び?手数料|分担金及び?負担金"
    r"|財産収入|諸収入|租税及び?印紙収入|公債金|その他収入|(?:地方|[市町村都道府県区])債"
)
"""Names of revenue that no expenditure has; 「地方交付税」 is what the State spends and a city gets."""

EARNED = ("税", "手数料", "負担金", "収入", "債")
"""What REVENUE_NAME finds holds one of these, which are looked for sooner."""

ROUND = re.compile(r"第 ?(?P<number>[0-9]+|[一二三四五六七八九十]+)[次号]")
"""Which supplementary budget of a year it is: 「第1号補正」, 「第2次補正予算」."""
_ROUND_ONLY = re.compile(r"(?:令和[0-9]+年度)?第([0-9]+|[一二三四五六七八九十]+)[次号](?:補正(?:予算)?額?|予算額?|分)?")
_MORE_OF_THEM = re.compile(r"[0-9]*(?P<name>(?:その他|ほか|上記以外)[^0-9]*?)(?:[0-9]+(?:事業|件|項目|施策)?)?")
"""「その他1」, 「ほか5事業」."""

BEHIND = re.compile(r"(?P<name>[^()【】\[\]]+)[(【\[](?P<more>.+)[)】\]]")
"""A name with more in brackets behind it: 「成長型…支援事業（Go-Tech事業）」 (white paper, line 67)."""


def programme_of(item: Item, amount: Amount | None) -> str:
    """Return the name of the programme that an amount is for: its label, else its item.

    The label of a cell of a table only tells it from the others of its row: there it is the item; so it is where the
    label is one of GENERIC.
    """
    if amount and amount.label and item.kind not in ROWS and not is_generic(amount.label):
        return amount.label
    return item.name


@lru_cache(maxsize=20_000)
def programme_key(name: str) -> str:
    """Return what all names of a programme have in common that differ in print only.

    Width, case, spaces, brackets, points, legal forms and ENDINGS are apart; what stands in brackets stays.
    """
    plain = repair(unicodedata.normalize("NFKC", name)).casefold()
    key = unicodedata.normalize(
        "NFKC", BRACKETS.sub("", PROVISIONAL.sub("", LEGAL_FORMS.sub("", plain)))
    )  # accents may meet their letters
    return _without_endings(key) or key


def is_generic(name: str) -> bool:
    """Say whether `name` is one of many programmes: 「その他」, 「事務費」; so is one without words."""
    key = programme_key(name)
    more = _MORE_OF_THEM.fullmatch(key)
    return (
        (more["name"] if more else key) in _generic() or not key or key.isdecimal() or bool(_ROUND_ONLY.fullmatch(key))
    )


def round_of(label: str) -> str:
    """Return which supplementary budget of its year `label` speaks of, empty where it speaks of none."""
    found = ROUND.search(unicodedata.normalize("NFKC", label))
    return found["number"] if found and ("補正" in label or _ROUND_ONLY.fullmatch(programme_key(label))) else ""


@cache
def _generic() -> frozenset[str]:
    return frozenset(key for each in GENERIC.split() for key in (each, programme_key(each)))


def parts_of(name: str) -> tuple[str, str] | None:
    """Return the keys of what stands before and in the brackets that end `name`, None where there are none.

    They are another name of the programme (「…支援事業（Go-Tech事業）」), or one part of it (「…支援事業（半導体）」).
    """
    plain = PROVISIONAL.sub("", LEGAL_FORMS.sub("", unicodedata.normalize("NFKC", name))).strip()
    match = BEHIND.fullmatch(plain)
    return (programme_key(match["name"]), programme_key(match["more"])) if match else None


def _without_endings(key: str) -> str:
    shorter = next((key.removesuffix(each) for each in ENDINGS if key.endswith(each)), key)
    return _without_endings(shorter) if shorter and shorter != key else shorter


def is_transfer(name: str) -> bool:
    """Say whether `name` is money that goes from one account to another, where it is spent and counted once more."""
    return any(map(name.__contains__, MOVED)) and TRANSFER.search(name) is not None


def half_of(title: str) -> bool | None:
    """Say whether what stands directly under a heading is revenue, or expenditure; None where it does not say."""
    halves = REVENUE.search(title) is not None, EXPENDITURE.search(title) is not None
    return halves[0] if any(halves) and not all(halves) else None


def is_revenue(name: str) -> bool:
    """Say whether `name` is one that revenue alone has: 「市税」, 「使用料及び手数料」."""
    plain = unicodedata.normalize("NFKC", name)
    return any(map(plain.__contains__, EARNED)) and REVENUE_NAME.fullmatch(plain) is not None
