"""What the end of a line tears in two: a sum, の内数, a word of a name."""

import re
from collections.abc import Iterable

from index.amounts.brackets import sums_in
from index.notation import PROGRAMME_END

_TORN = re.compile(
    r"円[ 　]*(?:の\n内数|の?内\n数(?![一-鿿])|\nの?内数)"
    r"|[0-9０-９](?:[,，]\n|\n[,，])[0-9０-９]{3}"
    r"|(?<![0-9０-９A-Za-zＡ-Ｚ])[0-9０-９]{1,3}[,，](?:[0-9０-９]\n[0-9０-９]{2}|[0-9０-９]{2}\n[0-9０-９])(?![0-9０-９])"
    r"|[0-9０-９兆億万][百十千]*\n[兆億万百十千]*(?:円|(?<=[兆億万])[0-9０-９,，.．]{1,8}[兆億万百千]*円)"
    r"|[兆億]\n[0-9０-９][0-9０-９,，.．]{0,8}[兆億万百千]*円"
)
"""What a line's end may tear: 「1,550億円の内⏎数」, 「1,234億5,⏎600万円」, 「234億⏎円」."""

_KANA_REST = re.compile(
    "[ぁぃぅぇぉっゃゅょーァィゥェォッャュョんンをり](?![んア-ン])|(?:する|した|して|される|れる|ける|える|める|げる|への|からの|による|における|に(?![ぎほゅ])|の(?![りう]))"
)
_KATAKANA = re.compile("[ァ-ヺー]")
"""What begins no word: the rest of one that the end of a line tore."""

_SHORTEST = 8
"""A line shorter than this tears no word."""

_WIDEST, _FEW = 60, 4
_REST, _NAME = 6, 12
_KANJI = re.compile("[一-鿿]")
"""「…の生産性向⏎上支援【100億円】」: the few characters that make a name of a programme of the line above."""


def tears_sum(last: str, text: str) -> bool:
    """Say whether the end of the line `last`, which `text` follows, tears a sum or の内数."""
    return _TORN.search(f"{last[-12:].rstrip(' 　')}\n{text[:16]}") is not None


def tears_kana(last: str, text: str) -> bool:
    """Say whether `text` begins with what begins no word: 「観光地域づく⏎りの推進」, 「行政サー⏎ビス」."""
    rest = _KANA_REST.match(text) or (_KATAKANA.match(last[-1]) and _KATAKANA.match(text))
    return rest is not None and len(last) >= _SHORTEST


def tears_name(last: str, text: str, full: bool) -> bool:
    """Say whether the name of a numbered entry goes on in `text`: its line is `full`, or the rest is short."""
    if full or PROGRAMME_END.search(last):
        return full and not PROGRAMME_END.search(last)
    rest = text[: min((each.start for each in sums_in(text)), default=0)].rstrip(" 　…【（(〔[")
    short = 0 < len(rest) <= _REST and PROGRAMME_END.search(rest) is not None
    return short and len(last) >= _NAME and _KANJI.match(last[-1]) is not None


def width_of(texts: Iterable[str]) -> int:
    """Return how long the lines are that a paper wraps, 0 where nothing shows that it does."""
    lengths = [len(text) for text in texts if text and "\t" not in text and "|" not in text]
    longest = max(lengths, default=0)
    many = sum(length >= longest - 1 for length in lengths)
    return longest - 1 if longest <= _WIDEST and many >= max(_FEW, len(lengths) // 20) else 0
