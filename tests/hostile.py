"""Papers and queries that somebody made to do harm, or that a machine made of what hurts most."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from search.grammar import MAX_LENGTH as LONGEST

Paper = Callable[[int], str]

_ATOMS = """
円 億円 億 万 兆 千 百 十 千円 百万円 10億円 1,000千円 5 1 １ ０ , ， . 、 。 ・ ： : ； （ ）
( ) 【 】 〔 〕 ［ ］ ＜ ＞ 《 》 「 」 うち 内数 の内数 の 基金 再掲 （再掲） 新規 （新規） 約 上限 程度
以上 2024年度 令和6年度 R5 R5、4 前年度 当初 補正 第1次補正 補正予算 予算額 要求額 概算要求額 要望額 総額
国庫債務負担行為 （5年） 特別会計 一般会計 GX 一部GX 国費 一般財源 市債 事業費 その他 合計 計 小計 港の整備 事業
港 費 | || - -- ※ ＊ # ## 第1章 第2節 1. (1) ① ア （ア） ○ ● I Ⅰ a A ▲ △ 〜 から
→ = + % 増 減 年 月 人 件 （単位：千円） 単位 款 項 目 備考 事業名 金額 1人 当たり ¥ ￥ 元 一 〇 数
何 余 事項要求 を含む 内訳 財源 財源内訳 … ・・・ 一部 皆増 括弧 （）は 別途 ほか 及び における 年度 繰越 執行
決算
"""
ATOMS = (
    *_ATOMS.split(),
    *(
        "\t",
        "\n",
        "\n\n",
        "\f",
        " ",
        "　",
        "  ",
        "　　",
        "\u3099",
        "か\u3099",
        "㍻",
        "ﷺ",
        "ｱ",
        "\u200b",
        "\u202e",
        "https://x.jp/",
    ),
)
"""What papers say, and what they should not."""

GROWING: dict[str, Paper] = {
    "sums in the text of one item": lambda n: (
        "(1) 港の整備\n" + "".join(f"予算に{i}億円を計上する。\n" for i in range(1, n))
    ),
    "shares of one item": lambda n: "(1) 港 10億円\n" + "".join(f"・国費 {i}千円\n" for i in range(1, n)),
    "sums below one item": lambda n: "(1) 港 10億円\n" + "".join(f"（{i}億円）\n\n" for i in range(1, n)),
    "entries below one paragraph": lambda n: (
        "第1節 港\n" + "港を直す方針である。\n" * n + "".join(f"({i}) 港 {i}億円\n" for i in range(1, n))
    ),
    "parts of parts": lambda n: "港 " + "10億円うち" * n + "1億円",
    "suffixes": lambda n: "港 1億円" + "の内数" * n,
    "units in a line": lambda n: "元（単位：千円）" * n + "10万",
    "spaces before a word": lambda n: "第1節 括弧" + "　" * n * 4 + "￥参考",
    "spaces behind a sum": lambda n: "港 10億円" + " " * n * 4 + " 10億円",
    "spaces behind a year": lambda n: "港 10億円概ね1949" + "　" * n * 4 + " 10億円",
    "digits behind a sum": lambda n: "港 10億円※" + "1" * n * 4 + " 10億円",
    "digits with a unit shared": lambda n: "港 " + "4" * n * 4 + " 3,500（3,000）百万円",
    "others of a source": lambda n: "(1) 港 10億円 財源\n" + "その他　5億円\n" * n,
    "lines in a bracket": lambda n: "(1) 港（\n" + "岸壁の補修 1億円\n" * n,
    "brackets in brackets": lambda n: "港 " + "10億円（うち5億円" * n + "）" * n,
    "headings": lambda n: "".join("#" * (1 + i % 6) + f" 港{i}\n" for i in range(n)),
    "rows": lambda n: "（単位：千円）\n| 事業 | 予算額 |\n|-|-|\n" + "| 港 | 1,000 |\n" * n,
    "heads": lambda n: "（単位：千円）\n" + "| 事業 | 予算額 |\n" * n + "| 港 | 1,000 |\n",
    "columns": lambda n: f"（単位：千円）\n|{'予算額|' * n}\n|-|\n|港{'|1,000' * n}|\n",
    "halves of a name": lambda n: "（単位：千円）\n| 事業 | 予算額 |\n" + "| 港の整備の | |\n" * n,
    "totals": lambda n: "（単位：千円）\n| 事業 | 予算額 |\n" + "| 港 | 1,000 |\n| 小計 | 1,000 |\n" * n,
    "parts of a row": lambda n: "（単位：千円）\n| 事業 | 予算額 |\n| 港 | 1,000 |\n" + "| うち岸壁 | 1 |\n" * n,
    "steps further in": lambda n: "".join(f"{' ' * (i % 40)}・港{i} {i}億円\n" for i in range(n)),
    "remarks": lambda n: "・港 10億円\n" + "".join(f"※港 {i}億円\n" for i in range(n)),
    "pages": lambda n: "".join(f"港湾局\n港{i} 1億円\n- {i} -\n\f" for i in range(n)),
    "short lines": lambda n: "1\n" * n,
    "うち": lambda n: "港 10億円（" + "うち" * n + "2億円）",
    "・": lambda n: "・" * n + "港 1億円",
    "kanji numerals": lambda n: "十百千" * n + "億円",
    "digits that are torn": lambda n: "1, " * n + "億円",
    "ranges": lambda n: "港 " + "1億円〜" * n + "2億円",
    "notices left open": lambda n: "［読取注記：" * n,
    "marks on one character": lambda n: "か" + "\u3099" * n + " 1億円",
    "one long sentence": lambda n: "港に1億円、" * n + "を計上する。",
}
"""Papers of any length, each the same thing again and again."""


class Spec(NamedTuple):
    """A paper of one thing again and again, with something before, between and behind."""

    before: str
    again: str
    between: str
    other: str
    behind: str

    def paper(self, length: int) -> str:
        """Return it with about so many characters."""
        times = max(1, length // len(self.again + self.other))
        return self.before + self.again * times + self.between + self.other * times + self.behind


def some(rng: random.Random, least: int, most: int, atoms: Sequence[str] = ATOMS) -> str:
    """Return some atoms in a row."""
    return "".join(rng.choices(atoms, k=rng.randint(least, most)))


def spec(rng: random.Random) -> Spec:
    """Return a paper that repeats something drawn."""
    again = some(rng, 1, rng.choice((1, 2, 4, 8)))
    other = some(rng, 1, 2) if rng.random() < 0.3 else ""
    return Spec(some(rng, 0, 3), again, some(rng, 0, 2), other, some(rng, 0, 3))


_JOINTS = """
OR AND NOT - − ( ) （ ） " “ ” 「 」 『 』 & | : ： = > < >= <= != ≠ * ..
〜 [ ] { } TO 以上 超 未満 % ％ ! && || amount> 金額: amount: year: 年度:
change> 増減> stage: 段階: account: 会計: name: 名称: heading: document:
文書: text: is: has: role: bound: 執行率> is:new has:amount stage:補正
year:R6 year:2022..2024 1000億 1兆 999999兆 -5億 1e9 change>20% 増減>-5億
amount:500億..1000億 1000億以上 100億超 amount>=0 amount:[1億..2億]
"""
JOINTS = (
    *_JOINTS.split(),
    *(
        "\0",
        "\x1b[31m",
        "\ud800",
        "\u202e",
        "\u3099",
        "か\u3099",
        "👩‍👩‍👧",
        "\u200b",
        "\n",
        "ﷺ",
        "İ",
        "ß",
        "㍿",
        "a" * 60,
        "蓄" * 60,
    ),
)
"""What queries are made of besides words."""


_CONDITIONS = """
金額>=10億 金額:1億..1000億 -金額<5000万 年度:2024 年度:2020..2025 段階:当初 段階:補正 -段階:要求 確度:内数
役割:合計 役割:前年度 会計:GX -会計:エネ特 is:new -is:portion has:amount -has:label has:change 増減>0 増減:-50%..20%
執行率<50% 金額!=10億 年度!=R6
"""
CONDITIONS = tuple(_CONDITIONS.split())


def query(rng: random.Random, words: Sequence[str]) -> str:
    """Return a query, as a rule about as long as is allowed: words joined, conditions, or nothing but noise."""
    atoms = [*rng.choices(words, k=20), *rng.choices(JOINTS, k=rng.choice((0, 3, 20)))]
    match rng.randrange(12):
        case 0 | 1:
            text = rng.choice((" OR ", " ", " AND ", " -")).join(rng.choices(words, k=rng.randint(1, 250)))
        case 2:
            text = rng.choice(("* ", "* OR ", "* OR name:")).join(each[:1] for each in rng.choices(words, k=199)) + "*"
        case 3:
            text = rng.choice(("(", "-", "NOT ", "「", "name:(")) * rng.randint(1, 120) + some(rng, 1, 5, atoms)
        case 4:
            text = some(rng, 1, 3, atoms) * rng.randint(1, 300)
        case 5:
            text = " ".join(rng.choices(atoms, k=rng.randint(1, 200)))
        case 6 | 7 | 8 | 9:
            drawn = (nested(rng, words, depth) for depth in range(7, 0, -1))
            return next(each for each in drawn if len(each) < LONGEST)
        case 10:
            letters = "".join(rng.choices(words, k=90))
            text = rng.choice((" ", " OR ", " -")).join(f'"{each}"' for each in letters[: rng.randint(1, 199)])
        case _:
            return some(rng, 1, 12, atoms)
    return text[: rng.choice((LONGEST, LONGEST, LONGEST, 2 * LONGEST))]


def nested(rng: random.Random, words: Sequence[str], depth: int) -> str:
    """Return words and conditions joined in brackets so deep: a query that is understood, if it is not too long."""
    if depth <= 1 or rng.random() < 0.1:
        word = rng.choice(words)
        kinds = (word, f'"{word}"', f"{word[:2]}*", f"名称:{word}", f"見出し:{word}", f"本文:{word}", f"内訳名:{word}")
        return rng.choice((rng.choice(kinds), rng.choice(CONDITIONS)))
    joint = rng.choice((" ", " OR ", " AND ", " -", " OR NOT "))
    return f"({joint.join(nested(rng, words, depth - 1) for _ in range(rng.randint(2, 3)))})"


def short(rng: random.Random, words: Sequence[str], name: str) -> str:
    """Return what somebody may type for a programme, a word or a comparison: all or a part of a name, some words."""
    at = rng.randrange(len(name) or 1)
    match rng.randrange(5):
        case 0:
            return name
        case 1:
            return name[at : at + rng.randint(1, 10)]
        case 2:
            return " ".join(rng.choices(words, k=rng.randint(1, 3)))
        case 3:
            return f"{rng.choice(words)} {rng.choice(CONDITIONS)}"
        case _:
            return name[:at] + rng.choice(words) + name[at + rng.randint(0, 3) :]
