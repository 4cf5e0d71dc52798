"""Publishers of papers: which local government one is, which bodies of the state."""

import re
import unicodedata

PREFECTURE = (
    "北海道|東京都|(?:大阪|京都)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜"
    "|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県"
)

_BUREAUS = "北海道(?:開発|運輸|労働|農政事務所|(?:財務|防衛|厚生|経済産業)局|管区)"
NATIONAL = rf".*(?:省|内閣|復興庁)|都市|農村|農山|漁村|山村|全国|{_BUREAUS}"
CITY = r"(?!都市)(?:東村山市|武蔵村山市|八日市場市|.+?[市区町村](?![市区町村]))"
OFFICE = "役所|役場|庁|長|知事|会|議会|[ (].+|[^市区町村].*(?:[局部課室庁長]|委員会|本部|事務所)"
LOCAL = re.compile(
    rf"(?!{NATIONAL})(?:(?P<name>(?:{PREFECTURE})(?:{CITY})?|(?!{PREFECTURE}){CITY})(?:{OFFICE})?"
    "|(?P<union>.+(?:広域連合|事務組合|企業団)))"
)
"""A local government, alone or before its office: 「札幌市財政局」, 「大阪府教育庁」, 「札幌市（財政局）」.

内閣府, 国土交通省都市局 and 北海道開発局 are none; 農村振興局 is one of a ministry.
"""

BODY = re.compile(r"内閣(?:官房|府|法制局)|.+?(?:省|庁|院|委員会)")
"""A body of the state before its own offices: 「国土交通省都市局」."""

BETWEEN = re.compile(r"[、・,，/／;；\s]|及び|並びに")

AGENCIES = {
    "総務省": "消防庁 公害等調整委員会",
    "法務省": "出入国在留管理庁 公安調査庁",
    "財務省": "国税庁",
    "文部科学省": "文化庁 スポーツ庁",
    "農林水産省": "林野庁 水産庁",
    "経済産業省": "資源エネルギー庁 特許庁 中小企業庁",
    "国土交通省": "観光庁 気象庁 海上保安庁 運輸安全委員会 北海道開発局",
    "環境省": "原子力規制委員会 原子力規制庁",
    "防衛省": "防衛装備庁",
}
"""What belongs to a ministry, whose papers have its programmes, too."""

_MINISTRY = {agency: ministry for ministry, agencies in AGENCIES.items() for agency in agencies.split()}


def local_publisher(publisher: str | None) -> str:
    """Return the prefecture, municipality or union of these that `publisher` is, empty where it is none.

    Programmes of two cities that bear one name (「道路維持事業」) are two.
    """
    match = LOCAL.fullmatch(_plain(publisher))
    return (match["name"] or match["union"]) if match else ""


def bodies(publisher: str | None) -> frozenset[str]:
    """Return the bodies that published a paper together, each ministry for its agencies; none where none is known."""
    words = (each for each in BETWEEN.split(_plain(publisher)) if each)
    return frozenset(map(_ministry, words))


def _ministry(words: str) -> str:
    found = BODY.match(words)
    body = found[0] if found else words
    return _MINISTRY.get(body, body)


def _plain(publisher: str | None) -> str:
    return unicodedata.normalize("NFKC", publisher or "").strip()
