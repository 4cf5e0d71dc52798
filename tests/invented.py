"""Papers of several publishers, in which the same programmes stand again and again, in print that differs."""

import random
from collections.abc import Sequence
from dataclasses import replace

from index.document import About, Amount, Document, Item, Line, Place
from index.store.writer import Paper
from index.yen import write_yen

OKU = 10**8
_NAMES = """
蓄電池の製造サプライチェーン強靱化支援事業 蓄電池の製造サプライチェーン強靭化支援事業費補助金
人材育成 人材育成事業 水素・アンモニア拠点整備 水素アンモニア拠点整備（仮称） 道路維持事業 その他 市税
一般会計へ繰入 EV充電設備 電気自動車充電設備
"""
NAMES = tuple(_NAMES.split())
LABELS = *NAMES[:6], "総事業費", "事業費", "国費", "第1号補正", "第2号補正", "その他", "歳出予算現額"
PUBLISHERS = None, "経済産業省", "資源エネルギー庁", "経済産業省、環境省", "文部科学省", "札幌市", "横浜市財政局"
HEADINGS = (
    ("歳入",),
    ("歳出", "産業費"),
    ("第1章 産業", "第1節 電池"),
    ("第1章 産業", "第2節 水素"),
    ("第2章 人材",),
    (),
)
KINDS = *["item"] * 4, *["row"] * 4, "programme", "subject", "passage"
SUMS = 10 * OKU, 1_040_000_000, 20 * OKU, 30 * OKU, 1_000_400_000
YEARS: Sequence[tuple[int, ...]] = *[(2024,)] * 6, (2023,), (2023, 2024), ()
STAGES = *["initial"] * 5, *["supplementary"] * 5, "request", "commitment", "executed", None
ROLES = *["own"] * 5, "part", "part", "total", "previous", "mention"
BOUNDS = *["exact"] * 5, "about", "portion", "ceiling"
FLAGS: Sequence[tuple[str, ...]] = *[()] * 5, ("new",), ("repeated",), ("later", "reference")
ACCOUNTS = None, None, None, "GX", "一部GX", "エネ特"


def papers(dice: random.Random, number: int) -> list[Paper]:
    """Return so many papers."""
    return [_paper(dice, f"p{each}") for each in range(number)]


def _paper(dice: random.Random, name: str) -> Paper:
    year = dice.choice((2022, 2023, 2024, None))
    date = dice.choice((None, "2023-08-31", "2024-03-29", "2024-12-20"))
    about = About(name, f"{name}の概要", dice.choice(PUBLISHERS), date, year)
    items: list[Item] = []
    line = 1
    for _ in range(dice.randint(5, 40)):
        items.append(_item(dice, name, line))
        if len(items) > 1 and dice.random() < 0.3:  # a row, or an item, that says the same as the one before
            items[-1] = replace(items[-1], kind=items[-2].kind, name=items[-2].name, amounts=items[-2].amounts)
        line += dice.choice((1, 1, 1, 1, 1, 1, 2, 5))
    return Paper(Document(about, tuple(Line(each, "円") for each in range(1, line + 1))), items, [])


def _item(dice: random.Random, paper: str, line: int) -> Item:
    kind = dice.choice(KINDS)
    return Item(
        Place(paper, line, line),
        dice.choice(NAMES),
        dice.choice(("001", "002", "003", None)) if kind == "programme" else None,
        kind,
        dice.choice(HEADINGS),
        dice.choice(("", "", "産業の基盤を支える人材を育成する。")),
        dice.choice(NAMES) if kind == "passage" else dice.choice(("", "", "水素の利用を進める。", "EVのための設備。")),
        tuple(_amount(dice, kind) for _ in range(dice.choice((0, 1, 1, 1, 2, 3)))),
    )


def _amount(dice: random.Random, kind: str) -> Amount:
    yen = dice.choice(SUMS)
    return Amount(
        yen,
        dice.choice(YEARS),
        dice.choice(STAGES),
        dice.choice(BOUNDS),
        dice.choice(ROLES),
        dice.choice(ACCOUNTS),
        dice.choice(LABELS) if dice.random() < 0.4 else None,
        dice.choice(FLAGS),
        written=dice.choice((write_yen(yen), f"第{dice.randint(1, 2)}次補正{write_yen(yen)}", f"{yen // 1000:,}千円")),
    )
