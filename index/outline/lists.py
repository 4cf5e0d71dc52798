"""Lines that hold several entries, or plain numbers of a list, made one entry a line, each sum with its unit."""

import re
from collections.abc import Iterator, Sequence

from index.amounts.brackets import balance, sums_in
from index.amounts.when import read_when
from index.document import Line
from index.money import OTHER_MONEY
from index.notation import FUNDING_SIDE, LABEL_WORDS, PART, PROGRAMME_END
from index.outline.numbering import Opening, opening_of
from index.outline.tables import HEAD_WORDS, ONLY_UNIT, UNIT_LINE, has_bars

_LONGEST = 400
_NAMES = 40
_BASE = 2000
_GAP = re.compile(
    r"円(?:の?内数|程度|規模|[（(【〔][^（()）【】〔〕]{0,40}[)）】〕]|[ 　](?=[（(【〔]))*"
    r"(?P<gap>[ 　]*[／/][ 　]*|[ 　、，]+)(?=[^ 　、，／/])"
)
_NAME = re.compile(
    r"(?P<name>[^ 　、。，：:（）()【】円]{2,40}?)(?:[ 　]+|[…‥]+|(?<=事業)(?=[約0-9０-９]))"
    r"(?=約?[0-9０-９]|約?[一二三四五六七八九十百千]+[十百千万億兆])"
)
_ACCOUNT = re.compile("(?:一般|特別|企業|公営企業)会計|全会計|[合総]計|計")
_NUMBER = r"[▲△]?(?!(?:19|20)[0-9]{2}(?![0-9,，]))[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3})*"
_LISTED = re.compile(
    rf"(?P<name>.*[^ 　\t0-9０-９…‥.．・,，])(?:"
    rf"[ 　]*[…‥]+[ 　]*|[ 　]*[・.．]{{3,}}[ 　]*|"
    rf"[ 　]*\t[ 　\t]*|[ 　]{{2,}}|　| (?=[0-9０-９]{{1,3}}[,，]))"
    rf"(?P<first>{_NUMBER})"
    rf"(?:(?P<open>[ 　]*[(（][ 　]*(?:[^（()）0-9０-９]{{0,12}}))(?P<second>{_NUMBER})"
    rf"(?P<close>[増減]?(?:(?:[ 　、]|[,，](?![0-9０-９]))[^（()）]*)?[ 　]*[)）]))?"
    rf"|.*[（(【][^（()）【】0-9０-９]{{1,20}}(?P<inner>[0-9０-９]{{1,3}}(?:[,，][0-9０-９]{{3}})+)[ 　]*[)）】]"
)
"""「港の整備　　12,345」, 「学校の改修 …… 5,000（4,500）」, 「消防車（債務負担行為 限度額 65,000）」.

Such lines stand below 「（単位：千円）」 without heads of columns.
"""

_IN_BRACKETS = re.compile("[（(][^（()）]*[)）]")
_COUNT = re.compile(r"(?:数|人口|世帯|面積|延長|番号|年度|率|頁|ページ)$")
_COLUMNS = re.compile(r"[^ 　\t0-9０-９][ 　]*(?:\t|[ 　]{2})[ 　\t]*[^ 　\t0-9０-９]")


def parted(kept: Sequence[tuple[Line, str]]) -> list[tuple[Line, str]]:
    """Return the lines of a paper, each with no more than one entry, the plain numbers of a list with their unit."""
    unit = ""
    found: list[tuple[Line, str]] = []
    for line, text in kept:
        unit = _unit_behind(text, unit) if text else unit
        whole = _with_unit(text, unit) if unit and text and len(text) <= _LONGEST else text
        several = whole.count("円") > 1 and len(whole) <= _LONGEST and _GAP.search(whole) is not None
        if several and "\t" not in whole and not has_bars(whole):
            found += [(line, each) for each in _entries(whole)]
        else:
            found.append((line, whole))
    return found


def _unit_behind(text: str, unit: str) -> str:
    """Return the unit of plain numbers below the line `text`; a heading, a sentence, the heads of columns end it."""
    if "単位" in text and (match := UNIT_LINE.search(text)):
        alone = len(text) <= _LONGEST and (ONLY_UNIT.fullmatch(text.strip(" 　\t")) or text[-1] in "）)】]")
        return match["unit"] if alone and not _COLUMNS.search(text[: match.start()].rstrip(" 　\t（(【[")) else ""
    if not unit or "。" in text or text[0] == "#" or has_bars(text):
        return ""
    return "" if HEAD_WORDS.search(text) and _COLUMNS.search(text) else unit


def _with_unit(text: str, unit: str) -> str:
    """Return `text` with the unit behind the plain number that ends it, and behind the one in brackets."""
    match = _LISTED.fullmatch(text) if "円" not in _IN_BRACKETS.sub("", text) else None
    if match is not None and match["inner"] and "円" not in text:
        return f"{text[: match.end('inner')]}{unit}{text[match.end('inner') :]}"
    if match is None or match["inner"] or _COUNT.search(match["name"]) or not re.search(r"[^\W0-9_]", match["name"]):
        return text
    second = f"{match['open']}{match['second']}{unit}{match['close']}" if match["second"] else ""
    return f"{text[: match.end('first')]}{unit}{second}"


def _entries(text: str) -> Iterator[str]:
    """Yield the entries of one line: 「・港の整備 10億円　・橋の補修 5億円」, 「Ａ整備 10億円 Ｂ整備 20億円」."""
    first, start = opening_of(text), 0
    lead = text[: len(text) - len(first.text)]
    for match in _GAP.finditer(text):
        wide = len(match["gap"]) > 1 and not match["gap"].strip(" 　")
        if balance(text[start : match.start("gap")])[0] == 0 and _begins_entry(first, text[match.end("gap") :], wide):
            yield (lead if start and opening_of(text[start:]).plain else "") + text[start : match.start("gap")]
            start = match.end("gap")
    yield (lead if start and opening_of(text[start:]).plain else "") + text[start:]


def _begins_entry(first: Opening, rest: str, wide: bool) -> bool:
    """Say whether `rest` begins with an entry of the same kind as the `first` of its line.

    Behind a `wide` gap any name will do that says nothing of the sum before it: 「町税　12億円　　地方交付税　20億円」.
    """
    opening = opening_of(rest)
    if not opening.plain:
        sums = sums_in(rest)
        return opening.rank == first.rank and bool(sums) and re.match(r"[^\W\d_]{2}", opening.text) is not None
    before = _NAME.match(first.text)
    behind = _NAME.match(rest)
    if before is None or behind is None:
        return False
    named = _is_name if wide else _is_programme
    return named(before["name"]) and named(behind["name"])


def _is_name(name: str) -> bool:
    when = read_when(name, _BASE)
    side = LABEL_WORDS.match(name) or PART.match(name) or OTHER_MONEY.search(name) or FUNDING_SIDE.match(name)
    return not (when.years or when.stages or side or re.search("[0-9０-９]", name))


def _is_programme(name: str) -> bool:
    if _ACCOUNT.fullmatch(name):
        return True
    return PROGRAMME_END.search(name[-_NAMES:]) is not None and not (LABEL_WORDS.fullmatch(name) or PART.match(name))
