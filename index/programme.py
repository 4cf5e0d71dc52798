"""Names of programmes: which ones are the same programme in print."""

import re
import unicodedata
from collections.abc import Sequence
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

ENDINGS = ("補助金", "委託費", "事業費", "事業", "経費", "費")
"""What a name may end with without being another: 「…支援事業費」, 「…支援事業費補助金」 (request paper, line 49).

等 is none: 「…研究開発事業等」 (white paper, line 52) has more in it than 「…研究開発事業」; the two are only alike.
"""

BRACKETS = re.compile(r"[\s()【】\[\]〔〕「」『』〈〉《》<>{}“”\"'‘’・･·、,，。.―‐－–—\-−~〜]")

GENERIC = """
その他 その他経費 その他事業 事務費 事務経費 事務 諸費 諸経費 雑費 人件費 人件費等 物件費 職員給与 給与費 一般管理費
管理費 運営費 運営費交付金 施設整備費 施設費 委託費 委託料 補助費 補助金 交付金 負担金 出資金 扶助費 公債費 予備費 予備
調査費 旅費 庁費 事業費 事業 経費 一般財源 特定財源 国庫支出金 国費 県費 市費 都費 地方債 繰入金 国庫補助 予算額 要求額
当初 補正 当初予算 補正予算 計 小計 合計 総計 総額 歳入 歳出 歳入合計 歳出合計 一般会計 特別会計
"""
"""Names that say nothing of which programme it is: two rows that bear one are not the same for it."""

TRANSFER = re.compile(r"(?:会計|勘定)(?:へ|への|からの?)?(?:繰入|繰出)|(?:他会計|一般会計)?繰出金")
"""「エネルギー対策特別会計へ繰入」 (request paper, line 388), 「国民健康保険事業特別会計繰出金」 (of a city)."""

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

LOCAL = re.compile(
    r"(?!.*(?:省|内閣|復興庁))(?P<name>.+?[都道府県市区町村])"
    r"(?:(?:役所|役場|庁|議会)?|(?<=..[都道府県市区町村])[^都道府県市区町村]+[局部課室])"
)
"""A local government, alone or before its office: 「札幌市財政局」. 内閣府 and 国土交通省都市局 are none."""

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
    key = unicodedata.normalize("NFKC", BRACKETS.sub("", LEGAL_FORMS.sub("", plain)))  # accents may meet their letters
    return _without_endings(key) or key


def is_generic(name: str) -> bool:
    """Say whether `name` is one of many programmes: 「その他」, 「事務費」; so is one without words."""
    key = programme_key(name)
    return key in _generic() or not key or key.isdecimal()


@cache
def _generic() -> frozenset[str]:
    return frozenset(key for each in GENERIC.split() for key in (each, programme_key(each)))


def parts_of(name: str) -> tuple[str, str] | None:
    """Return the keys of what stands before and in the brackets that end `name`, None where there are none.

    They are another name of the programme (「…支援事業（Go-Tech事業）」), or one part of it (「…支援事業（半導体）」).
    """
    plain = LEGAL_FORMS.sub("", unicodedata.normalize("NFKC", name).strip())
    match = BEHIND.fullmatch(plain)
    return (programme_key(match["name"]), programme_key(match["more"])) if match else None


def _without_endings(key: str) -> str:
    shorter = next((key.removesuffix(each) for each in ENDINGS if key.endswith(each)), key)
    return _without_endings(shorter) if shorter and shorter != key else shorter


def is_transfer(name: str) -> bool:
    """Say whether `name` is money that goes from one account to another, where it is spent and counted once more."""
    return TRANSFER.search(name) is not None


def comes_in(headings: Sequence[str]) -> bool | None:
    """Say whether what stands under `headings` is revenue, by the nearest that says 歳入 or 歳出; None without one."""
    for title in reversed(headings):
        halves = REVENUE.search(title) is not None, EXPENDITURE.search(title) is not None
        if any(halves) and not all(halves):
            return halves[0]
    return None


def is_revenue(name: str) -> bool:
    """Say whether `name` is one that revenue alone has: 「市税」, 「使用料及び手数料」."""
    return REVENUE_NAME.fullmatch(unicodedata.normalize("NFKC", name)) is not None


def local_publisher(publisher: str | None) -> str:
    """Return the prefecture or municipality that `publisher` is, empty where it is none.

    Programmes of two cities that bear one name (「道路維持事業」) are two; those of ministries are one.
    """
    name = unicodedata.normalize("NFKC", publisher or "").strip()
    match = LOCAL.fullmatch(name)
    return match["name"] if match else ""
