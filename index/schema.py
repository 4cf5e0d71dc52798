"""Every field that can be asked for, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the query language.

    `kind` is words (searched as text), account (an account as printed), money (yen), year (fiscal
    years), choice (one of `values`), change (yen or per cent against the year before), rate (per cent) or mark (a
    yes or no of the amount, named by `values`). `values` gives each value its spellings, the Japanese one first.
    `weight` is how much a word in this field counts for the rank.
    """

    name: str
    label: str
    kind: str
    spellings: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    weight: float = 0.0
    example: str = ""
    help: str = ""


FIELDS: dict[str, Field] = {
    each.name: each
    for each in (
        Field(
            "name",
            "名称",
            "words",
            ("名称", "事業名", "施策名"),
            weight=3.0,
            example="name:蓄電池",
            help="施策の名称だけを探す",
        ),
        Field(
            "label",
            "内訳名",
            "words",
            ("内訳名", "内訳"),
            weight=2.5,
            example="label:補助金",
            help="金額の内訳名（事業・交付金・基金の名）だけを探す",
        ),
        Field("text", "本文", "words", ("本文",), weight=1.0, example="text:中小企業", help="施策の本文だけを探す"),
        Field(
            "heading",
            "見出し",
            "words",
            ("見出し",),
            weight=0.5,
            example="heading:福島",
            help="見出しの下にある施策を探す",
        ),
        Field(
            "document", "文書", "words", ("文書",), example="document:meti-request-2024", help="文書の識別名または題名"
        ),
        Field("account", "会計", "account", ("会計",), example="会計:GX", help="会計の略称または名称"),
        Field("amount", "金額", "money", ("金額", "予算額"), example="amount>1000億", help="金額。単位のない数は円"),
        Field("year", "年度", "year", ("年度",), example="year:2022..2024", help="会計年度。西暦、R6、令和6年度"),
        Field(
            "stage",
            "段階",
            "choice",
            ("段階",),
            {
                "request": ("概算要求", "要求", "概算要求額", "要求額"),
                "priority": ("要望額", "要望", "重要政策推進枠"),
                "draft": ("予算案", "政府案", "概算決定", "概算決定額"),
                "initial": ("当初", "当初予算", "本予算"),
                "supplementary": ("補正", "補正予算"),
                "reserve": ("予備費",),
                "commitment": ("国庫債務負担行為", "国庫債務負担行為・総額", "国庫債務", "債務負担行為", "総額"),
                "fund": ("基金",),
                "carried": ("繰越", "繰越額", "繰越明許"),
                "executed": ("執行", "執行額", "決算", "決算額"),
                "unknown": ("不明",),
            },
            example="段階:補正",
            help="予算の段階",
        ),
        Field(
            "bound",
            "確度",
            "choice",
            ("確度",),
            {
                "exact": ("確定",),
                "about": ("約", "推計", "約・推計", "推計額"),
                "ceiling": ("上限",),
                "portion": ("内数",),
                "each": ("単価",),
            },
            example="確度:内数",
            help="金額がどこまで確かか",
        ),
        Field(
            "role",
            "役割",
            "choice",
            ("役割",),
            {
                "own": ("本体",),
                "previous": ("前年度", "前年度額"),
                "part": ("うち数", "うち", "一部"),
                "total": ("合計", "計"),
                "mention": ("言及", "予算でない額"),
            },
            example="role:previous",
            help="金額の役割。前年度、うち数、言及は、名指ししたときだけ答える",
        ),
        Field(
            "change", "増減", "change", ("増減",), example="change>20%", help="並記された前年度の額との差。円または％"
        ),
        Field(
            "executed",
            "執行率",
            "rate",
            ("執行率",),
            example="executed<50%",
            help="執行額の、同じ年度の歳出予算現額に対する割合。％",
        ),
        Field(
            "is",
            "印",
            "mark",
            ("印",),
            {
                "new": ("新規",),
                "repeated": ("再掲",),
                "later": ("後掲",),
                "reference": ("参考", "※"),
                "portion": ("内数",),
                "ceiling": ("上限",),
                "about": ("約", "推計"),
                "total": ("合計",),
            },
            example="is:new",
            help="金額の印",
        ),
        Field(
            "has",
            "有無",
            "mark",
            ("有",),
            {
                "amount": ("金額",),
                "label": ("内訳名", "内訳"),
                "change": ("増減", "前年度"),
                "executed": ("執行率",),
                "text": ("本文",),
            },
            example="has:amount",
            help="金額などがあるもの",
        ),
    )
}

SPELLINGS: dict[str, str] = {
    spelling: each.name for each in FIELDS.values() for spelling in (each.name, *each.spellings)
}
"""Every spelling of a field to its name."""


def value_of(name: str, spelling: str) -> str | None:
    """Return the value of the field `name` that `spelling` means, or None."""
    for value, spellings in FIELDS[name].values.items():
        if spelling == value or spelling in spellings:
            return value
    return None
