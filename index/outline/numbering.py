"""The numbering and the bullets that open a line, as tables by rank."""

import re
from typing import NamedTuple

_N = "[0-9０-９一二三四五六七八九十百]"
_AD = "[0-9０-９]"
_COUNTED = (
    "[億兆百千款か歳才]|万(?!博)|円(?!滑)|項(?!目)|目(?![的標])|人(?![一-鿿])|人[分以未超程前目乗]"
    "|[年月日件名社条次時分回](?:(?![一-鿿])|[度間以未超程後前分目内末頃初現期補第])|年生"
)
"""What makes a number that opens a line a count: 「3 人」, 「10 月末」, but not 「１　人材…」, 「２　社会…」."""

MARKS: tuple[tuple[float, str], ...] = (
    (0, rf"第{_N}{{1,4}}[編部](?![ぁ-ん署門品隊])"),
    (1, rf"第{_N}{{1,4}}章(?![ぁ-ん])"),
    (2, rf"第{_N}{{1,4}}節(?![ぁ-ん])"),
    (2.5, rf"第{_N}{{1,3}}(?=[ 　\t])"),
    (3, rf"第?{_N}{{1,3}}[ 　]*款(?![ぁ-ん])"),
    (3.2, rf"第?{_N}{{1,3}}[ 　]*項(?![ぁ-ん目])"),
    (3.4, rf"第?{_N}{{1,3}}[ 　]*目(?![ぁ-ん的標])"),
    (
        3.6,
        rf"[【〔<＜](?:柱|重点[一-鿿]{{0,4}}|視点|基本[一-鿿]{{1,4}}|政策|施策|戦略|テーマ)[ 　]*"
        rf"(?:{_N}{{1,3}}|[Ⅰ-Ⅻ])[】〕>＞]"
        rf"|(?:柱|施策|重点施策|重点政策|基本目標|重点目標|政策目標|"
        rf"政策分野|基本方針|重点プロジェクト)[ 　]*{_N}{{1,2}}(?=[ 　:：])",
    ),
    (4.1, rf"[Ⅰ-Ⅻ][-－‐.．]{_AD}{{1,2}}(?=[ 　\t])"),
    (4, r"[Ⅰ-Ⅻ][.．、]?|[IVX]{1,4}[.．](?=[ 　])"),
    (
        4.2,
        r"[一二三四五六七八九十]{1,3}[、．.](?=[ 　]?[一-鿿ァ-ヶ])(?![一二三四五六七八九十])"
        rf"|[一二三四五六七八九十]{{1,3}}　+(?=[一-鿿ァ-ヶぁ-ん])(?!{_COUNTED})",
    ),
    (4.6, rf"[【〔［\[]{_AD}{{1,2}}[】〕］\]](?=[ 　]*[一-鿿ァ-ヶぁ-んA-Za-zＡ-Ｚａ-ｚ])"),
    (
        5,
        rf"{_AD}{{1,3}}[.．、](?!{_AD})|[⒈-⒛]"
        rf"|{_AD}{{1,2}}[ 　\t]+(?=[一-鿿ァ-ヶ「【]|[（(](?:新|拡|国|独|再))(?!{_COUNTED})"
        rf"|{_AD}{{1,2}}[　\t]+(?=[ぁ-んA-Za-zＡ-Ｚａ-ｚ])(?!か[年月所国]|つ[^く]|[をがにとでのは])",
    ),
    (
        5.5,
        rf"{_AD}{{1,2}}(?:[-－‐.．]{_AD}{{1,2}})+[.．]?(?=[ 　\t])"
        rf"|{_AD}{{1,2}}[-－‐]{_AD}{{1,2}}(?=[一-鿿ァ-ヶ])(?!{_COUNTED}|[丁番号])|{_AD}{{1,2}}[-－‐][(（]{_AD}{{1,2}}[)）]",
    ),
    (5.8, r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    (6, rf"[(（][ 　]?{_AD}{{1,3}}[ 　]?[)）](?![)）])|[⑴-⒇]"),
    (6.5, rf"{_AD}{{1,2}}[)）]"),
    (7, r"[①-⑳㉑-㉟㊱-㊿❶-❿]"),
    (7.2, r"[A-HＡ-Ｈ][.．](?=[ 　\t一-鿿ァ-ヶ])|[(（][A-HＡ-Ｈ][)）]"),
    (7.5, r"[アイウエオカキクケコサシスセソタチツテト](?:[.．、]|[ 　\t])(?=\S)|[㋐-㋾]"),
    (8, r"[(（][ア-ンｱ-ﾝ][)）]|[ア-ン][)）]"),
    (9, r"[(（][a-zａ-ｚ][)）]|[a-zａ-ｚ][.．)）](?=[ 　\t一-鿿ァ-ヶ])|[(（]?[ⅰ-ⅻ][.．)）]?"),
)
"""The numbering of an outline, the highest rank first: 第1章, 第1節, 1., (1), ①, （ア） in the white paper."""

_STATUS = "[☆★◎](?=[ 　]?[（(【]?[新拡継][規充続]?[ 　)）】])"
"""「☆新　防災倉庫の整備」: a mark of what is new among lines that bear none, and no level of its own."""

BULLETS: tuple[tuple[float, str], ...] = (
    (10, rf"(?!{_STATUS})[○◯●◎◆◇■□▶►➢✓★☆▪▫〇](?![〇○◯])"),
    (12, rf"{_STATUS}|[・･•‧](?![・･])|[-*+–—‐]+(?=[ 　\t])"),
)
"""Marks that open an entry without numbering it."""

LAST = BULLETS[-1][0]
_SPACE = r"[ 　\t]*"
_OPENERS = re.compile(rf"(?:{'|'.join(f'(?P<m{row}>{pattern})' for row, (_, pattern) in enumerate(MARKS))}){_SPACE}")
_BULLET = re.compile(rf"(?:{'|'.join(f'(?P<b{row}>{pattern})' for row, (_, pattern) in enumerate(BULLETS))}){_SPACE}")
_HASHES = re.compile(r"(?P<hashes>#{1,6})[ 　]+")
_NOTE = re.compile(rf"(?:※|[(（]※[)）]|[(（]注{_AD}*[)）]|注{_AD}*[)）])[0-9０-９]{{0,2}}{_SPACE}")


class Opening(NamedTuple):
    """What a line begins with: Markdown's level, the bullet or numbering, whether it is a note, the text behind."""

    hashes: int
    rank: float | None
    mark: str | None
    note: bool
    text: str

    @property
    def plain(self) -> bool:
        """Whether the line begins with nothing of its own."""
        return self.rank is None and not self.hashes


def opening_of(line: str) -> Opening:
    """Return what `line` begins with: 「### (2) 名称」, 「- (11) 名称」, 「 - ※ 名称」, 「○ 文。」.

    A mark with nothing behind it opens nothing.
    """
    text = whole = line.strip(" 　\t")
    hashes = 0
    if match := _HASHES.match(text):
        hashes, text = len(match["hashes"]), text[match.end() :]
    rank: float | None = None
    while (match := _BULLET.match(text)) and match.end() < len(text):
        rank = BULLETS[int((match.lastgroup or "b0")[1:])][0] if rank is None else rank
        text = text[match.end() :]
    if (match := _NOTE.match(text)) and match.end() < len(text):
        return Opening(hashes, LAST if rank is None else rank, None, True, text[match.end() :])
    if (match := _OPENERS.match(text)) and match.end() < len(text):
        row = int((match.lastgroup or "m0")[1:])
        return Opening(hashes, MARKS[row][0], match[f"m{row}"].strip(" 　\t"), False, text[match.end() :])
    return Opening(hashes, rank, None, False, text or whole)
