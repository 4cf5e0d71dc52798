"""How alike two names of programmes are, and whether they may be two names of one programme."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.programme import parts_of, programme_key
from search.grams import Grams

THRESHOLD = 85.0
"""How alike the words of two names must be, of 100. In the papers in ``seeds/`` pairs of one programme are at 92 and
more, unless one has more behind it in brackets; between 85 and 92 stand the pairs that the rules below keep apart.
"""
NEAR = 70.0
"""How alike the characters of two names must be for their words to be looked at."""
MOST = 99.0
"""The highest score of two names that differ in print at all."""
SHORTEST = 6
"""How many characters two names must have in common: 「道路整備」 and 「道路等整備」 may be anything."""
LONG = 12
"""How many they must have in common where one word stands for another: 「需給」 for 「需要」 in a long name."""

WEAK = """
技術 事業 推進 促進 支援 補助 等 関連 関係 実施 対策 総合 整備 強化 業務 費 金 基金
の に を と は た る 係る 掛かる 関する 向ける 通じる 為 為る おく り おける 及び 並びに
"""
"""Words, as Sudachi normalises them, that one name may have more than the other: 「革新型蓄電池（技術）開発」."""

TELLING = re.compile("[0-9a-z一二三四五六七八九十第期次号]|令和|平成|年度")
"""What in words tells one programme from another wherever they differ: 「第1期」 and 「第2期」, GX and DX."""

CONTRASTS = """
東西南北中央 上中下 大中小 前後 内外際 新旧 高低中 長短中 公私 官民 入出 増減 男女 有無 正副 左右 多少 軽重 強弱 早遅晩
硬軟 遠近 深浅 急慢 直間 主従 需供 送受 売買 貸借 収支 開閉 始終 就離退転 創廃 進退 往復 発着 昼夜 春夏秋冬 生死
甲乙丙丁 国都道府県市区町村郡 陸海空洋港 水火風地波 農林漁水工商鉱畜 炭油鉄銅金銀 乳幼児老親子父母 医歯薬 看介 教保 電熱
"""
"""Characters that tell one word from another with the same rest: 国内 and 国外, 輸入 and 輸出, 農業 and 漁業."""

PLACES = re.compile(
    "北海道|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|東京|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀"
    "|京都|大阪|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄"
)
_BRACKET = re.compile(r"[(（［\[【]")
_KANA = re.compile("[ァ-ヴー]{5,}")
_NUMBERS = re.compile("[0-9]+|[a-z]+")
_ASKED = 1000
_FEW = 12_000
"""Among so many names all that are alike are looked for, among more those of _ASKED: half a second's work."""
_ALIAS = 4
"""How many characters a name in brackets must have to be another name: 「（復興）」 is none."""


class Name(NamedTuple):
    """A name of a programme: as printed, its key, and the keys of what stands before and in its last brackets."""

    printed: str
    key: str
    parts: tuple[str, str] | None

    @classmethod
    def of(cls, printed: str) -> "Name":
        """Return a name as it is printed with its keys."""
        return cls(printed, programme_key(printed), parts_of(printed))


def likeness(one: Name, other: Name) -> float | None:
    """Return how alike two names are, of 100, None where they are two programmes or the same in all but print.

    They are alike where one is the other with more in brackets behind it, or is what stands in the brackets; else
    where their words (normalised: 手続, 手続き) are, and none of those that differ tells programmes apart.
    """
    from rapidfuzz import fuzz

    if one.key == other.key:
        return None
    named = _named_by(one, other) or _named_by(other, one)
    if not named and fuzz.ratio(one.key, other.key) < NEAR:
        return None
    words = _words(one.key), _words(other.key)
    score = min(MOST, round(fuzz.ratio(" ".join(words[0]), " ".join(words[1])), 1))
    if named:
        return score
    if score < THRESHOLD or _branches(one, other):
        return None
    return score if _one_programme(*words) else None


def nearest(key: str, keys: Sequence[str], least: float = NEAR) -> list[int]:
    """Return the positions in `keys` of those whose characters are most like `key`, the nearest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return [position for _, _, position in found]


def candidates(key: str, keys: Sequence[str]) -> list[int]:
    """Return the positions in `keys` of those that may be alike `key`: cheap, so that few have to be analysed."""
    return list(dict.fromkeys([*_within(key, keys), *_near(key, keys)]))


def _within(key: str, keys: Sequence[str]) -> Iterator[int]:
    """Yield the positions of those that hold `key`, or that it holds."""
    for position, each in enumerate(keys):
        if (key in each or each in key) and each != key and min(len(each), len(key)) >= _ALIAS:
            yield position


def _near(key: str, keys: Sequence[str]) -> Iterator[int]:
    """Yield the positions of those whose characters are near those of `key`, and whose numbers are the same."""
    numbers = _NUMBERS.findall(key)
    return (each for each in nearest(key, keys) if keys[each] != key and _NUMBERS.findall(keys[each]) == numbers)


def has_two_names(printed: str) -> bool:
    """Say whether a name has brackets that another name may stand before or in."""
    return _BRACKET.search(printed) is not None


def looked_at(asked: Sequence[int], names: int, times: int = 1) -> Sequence[int]:
    """Return those of `asked` for which `pairs` is to be asked: all, or the first where there are many.

    `names` are all that there are, for which it is asked so many `times`.
    """
    return asked if names <= _FEW else asked[: _ASKED // times]


def pairs(keys: Sequence[str], two_names: Callable[[int], bool], asked: Sequence[int]) -> list[tuple[int, int]]:
    """Return the positions of each two of `keys` that may be alike, the lower one first; with one of `asked` in each.

    Such keys share most pairs of neighbouring characters; so a key is held only against those that share one of its
    rarest ones. `two_names` says whether the name of a position may be two, so that a part of its key is one.
    """
    grams, every = Grams(keys, asked), len(asked) == len(keys)
    found: set[tuple[int, int]] = set()
    for position in asked:
        key = keys[position]
        others = grams.near(position, len(key) // 3 + 2 if every else None)
        texts = [keys[other] for other in others]
        near = [others[each] for each in _near(key, texts)] if others else []
        for each in _within(key, texts):
            if two_names(others[each] if key in texts[each] else position):
                near.append(others[each])
        found.update((min(position, each), max(position, each)) for each in near)
    return sorted(found)


def _named_by(one: Name, other: Name) -> bool:
    """Say whether `one` is what stands before or in the brackets of `other`: 「…支援事業（Go-Tech事業）」."""
    if other.parts is None:
        return False
    before, within = other.parts
    return len(one.key) >= _ALIAS and (one.key == before or (one.key == within and len(one.key) >= SHORTEST))


def _branches(one: Name, other: Name) -> bool:
    """Say whether two names are one with different brackets: 「…支援事業（半導体）」, 「…支援事業（電子部品）」."""
    return one.parts is not None and other.parts is not None and one.parts[0] == other.parts[0]


@lru_cache(maxsize=4096)
def _words(key: str) -> tuple[str, ...]:
    from index.analysis import BOUND, terms  # only the few names that are near by their characters come here

    return tuple(each.removeprefix(BOUND) for each in terms(key)[0])


def _one_programme(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether the words of two names that differ leave open that they are one programme."""
    differences = list(_differences(one, other))
    common = sum(map(len, one)) - sum(len(words.replace(" ", "")) for words, _ in differences)
    return common >= SHORTEST and all(_excused(*each, common) for each in differences)


def _differences(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the stretches in which two rows of words differ, as text with a blank between words."""
    from rapidfuzz.distance import Indel

    stretch: tuple[list[str], list[str]] = [], []
    for each in Indel.opcodes(one, other):
        if each.tag != "equal":
            stretch[0].extend(one[each.src_start : each.src_end])
            stretch[1].extend(other[each.dest_start : each.dest_end])
        elif any(stretch):
            yield " ".join(stretch[0]), " ".join(stretch[1])
            stretch = [], []
    if any(stretch):
        yield " ".join(stretch[0]), " ".join(stretch[1])


def _excused(one: str, other: str, common: int) -> bool:
    """Say whether two names with `common` characters may be one programme though they differ in these words."""
    if TELLING.search(one + other):
        return False
    if not one or not other:
        return set(WEAK.split()).issuperset((one + other).split())
    return common >= LONG and _kin(one.replace(" ", ""), other.replace(" ", ""))


def _kin(one: str, other: str) -> bool:
    """Say whether two words may stand for each other: 「強靱化」 and 「強化」, but not 「国内」 and 「国外」."""
    from rapidfuzz import fuzz

    if PLACES.search(one) or PLACES.search(other) or _contrast(set(one), set(other)):
        return False
    if _KANA.fullmatch(one) and _KANA.fullmatch(other):
        return fuzz.ratio(one, other) >= 80
    return (one[0] == other[0] or one[-1] == other[-1]) and fuzz.ratio(one, other) >= 50


def _contrast(one: set[str], other: set[str]) -> bool:
    """Say whether a character of the one and a character of the other are in one of CONTRASTS."""
    return any((one - other).intersection(group) and (other - one).intersection(group) for group in CONTRASTS.split())
