"""The numbers that Word prints in front of paragraphs and keeps out of their text, which no library counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_KANJI = "〇一二三四五六七八九"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_MOST = 9999
_LEVELS = 9


def _of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= _MOST else str(number)


def _roman(number: int) -> str:
    written, rest = "", number if 0 < number < 400 else 0
    for value, letters in _ROMAN:
        count, rest = divmod(rest, value)
        written += letters * count
    return written or str(number)


def _circled(number: int) -> str:
    starts = ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱"))
    return next((chr(ord(at) + number - low) for low, high, at in starts if low <= number <= high), f"({number})")


def _kanji(number: int) -> str:
    """Return 12 as 十二."""
    if not 0 < number <= _MOST:
        return _KANJI[0] if number == 0 else str(number)
    written = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count, number = divmod(number, unit)
        written += ("" if count == 1 and name else _KANJI[count]) + name if count else ""
    return written


def _digits(number: int) -> str:
    return "".join(_KANJI[int(digit)] for digit in str(abs(number)))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "aiueo": _of(_HALF_KANA),
    "aiueoFullWidth": _of(_KANA),
    "iroha": _of(_IROHA),
    "irohaFullWidth": _of(_IROHA),
    "ideographTraditional": _of(_STEMS),
    "japaneseCounting": _kanji,
    "japaneseDigitalTenThousand": _digits,
    "chineseCounting": _kanji,
    "chineseCountingThousand": _kanji,
    "ideographDigital": _digits,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda number: "",
}
"""How a number is printed in each of Word's formats; what is not here is printed as 1, 2, 3."""


class Level(NamedTuple):
    """One level of a list: its format, what is printed around the number, where it begins, the style bound to it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    legal: bool = False


@dataclass(slots=True)
class Lists:
    """The lists of a paper, and how far each has been counted: those of one definition go on counting together."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: "Element | None") -> "Lists":
        """Return the lists that ``numbering.xml`` defines."""
        lists = cls()
        for each in root.iter(f"{W}abstractNum") if root is not None else ():
            name = each.get(f"{W}abstractNumId", "")
            lists.levels[name] = {number_in(level, "", "ilvl"): _level(level) for level in each.findall(f"{W}lvl")}
            if link := value_in(each, "numStyleLink"):
                lists.links[name] = link
        for each in root.iter(f"{W}num") if root is not None else ():
            name = each.get(f"{W}numId", "")
            lists.lists[name] = value_in(each, "abstractNumId")
            overrides = [at for at in each.findall(f"{W}lvlOverride") if at.find(f"{W}startOverride") is not None]
            lists.restarts[name] = {number_in(at, "", "ilvl"): number_in(at, "startOverride") for at in overrides}
        return lists

    def level_of(self, number: str, style: str) -> int:
        """Return the level of a list that a style is bound to."""
        levels = self.levels.get(self.lists.get(number, ""), {})
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def next(self, number: str, at: int) -> str:
        """Return what stands in front of the next paragraph at a level of a list, and count it."""
        name = self.lists.get(number, "")
        level = self.levels.get(name, {}).get(at)
        if level is None:
            return ""
        counts = self.counts.setdefault(name, {})
        if (start := self.restarts.get(number, {}).pop(at, None)) is not None:
            counts[at] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        return level.text if level.form == "bullet" else self._printed(name, level)

    def _printed(self, name: str, level: Level) -> str:
        """Return 「(%1)-%2.」 with each %n as the number of that level."""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self.levels[name].get(at, Level())
            count = self.counts[name].get(at, other.start)
            return str(count) if level.legal else FORMATS.get(other.form, str)(count)

        return re.sub("%([1-9])", number, level.text)


def _level(element: "Element") -> Level:
    return Level(
        value_in(element, "numFmt") or "decimal",
        value_in(element, "lvlText"),
        number_in(element, "start", usual=1),
        value_in(element, "pStyle"),
        element.find(f"{W}isLgl") is not None,
    )


def value_in(element: "Element | None", name: str) -> str:
    """Return what the child `name` of an element says, nothing where there is none."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val", "") if child is not None else ""


def number_in(element: "Element", name: str, attribute: str = "val", usual: int = 0) -> int:
    """Return a number that an attribute of an element, or of its child `name`, says."""
    child = element.find(f"{W}{name}") if name else element
    written = child.get(f"{W}{attribute}", "") if child is not None else ""
    return int(written) if re.fullmatch("[0-9]{1,6}", written) else usual
