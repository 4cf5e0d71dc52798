"""Queries drawn from papers: their words, compounds, phrases, beginnings and parts of words, sums with every field."""

import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index import analysis, synonyms
from index.document import Amount, Item
from index.schema import FIELDS, value_of
from index.text import fold
from index.yen import write_yen

_KANA = re.compile("[ァ-ヺー]{2,}|[ぁ-ゖ]{2,}")
_LATIN = re.compile("[0-9A-Za-z]{2,}")
_SPECIAL = re.compile(r"[\"“”「」『』*()（）]")
WIDE = {each: each + 0xFEE0 for each in range(0x21, 0x7F)}

Drawn = Callable[[random.Random, Item], str]


class AnyOf(NamedTuple):
    """Words that stand side by side, any of which may answer, and conditions, all of which must."""

    words: tuple[str, ...]
    conditions: tuple[str, ...]


def texts(item: Item) -> list[str]:
    """Return all that an item says, and what stands above it."""
    labels = (each.label or "" for each in item.amounts)
    return [each for each in (item.name, item.text, *item.heading_path, item.lead, *labels) if fold(each)]


def word(dice: random.Random, item: Item) -> str:
    """Return a word of an item: of its name, of a label, of a heading, of its text."""
    units = [unit.surface for unit in analysis.analyse(dice.choice(texts(item))) if unit.noun]
    return dice.choice([each for each in units if each.isalnum()] or ["事業"])


def compound(dice: random.Random, item: Item) -> str:
    """Return two or three words that stand one behind the other."""
    units = [unit.surface for unit in analysis.analyse(dice.choice(texts(item)))]
    at = dice.randrange(len(units) or 1)
    joined = "".join(units[at : at + dice.randint(2, 3)])
    return joined if joined.isalnum() else word(dice, item)


def part(dice: random.Random, item: Item) -> str:
    """Return some characters from anywhere."""
    text = dice.choice((item.name, dice.choice(texts(item)))) or "事業"
    at = dice.randrange(len(text))
    return "".join(each for each in text[at : at + dice.randint(1, 4)] if each.isalnum()) or "事業"


def phrase(dice: random.Random, item: Item) -> str:
    """Return characters from anywhere, marks and spaces among them, in quotation marks."""
    text = dice.choice(texts(item))
    at = dice.randrange(len(text))
    return f'"{_SPECIAL.sub("", text[at : at + dice.randint(1, 12)]).strip() or "事業"}"'


def script(dice: random.Random, item: Item) -> str:
    """Return a run of kana or letters, now and then in full width or in the other case."""
    runs = [run for text in texts(item) for kind in (_KANA, _LATIN) for run in kind.findall(text)] or ["サーバー"]
    run: str = dice.choice(runs)
    return dice.choice((run, run.translate(WIDE), run.upper(), run.lower(), run[: dice.randint(1, len(run))]))


def spelling(dice: random.Random, item: Item) -> str:
    """Return a spelling of a word that another means the same as."""
    said = "\n".join(map(fold, texts(item)))
    groups = synonyms.groups()
    mine = [group for group in groups if any(fold(each) in said for each in group)]
    group: tuple[str, ...] = dice.choice(mine or groups)
    return dice.choice(group).replace(" ", "")


def beginning(dice: random.Random, item: Item) -> str:
    """Return the beginning of a word, or of a compound."""
    whole = dice.choice((word, compound, script))(dice, item)
    return f"{whole[: dice.randint(1, len(whole))]}*"


WORDS: Sequence[Drawn] = (word, word, word, compound, part, phrase, script, spelling, beginning)


def said(dice: random.Random, item: Item) -> str:
    """Return something to look for, now and then in one field."""
    wanted = dice.choice(WORDS)(dice, item)
    field = dice.choice(("name", "名称", "label", "heading", "見出し", "text"))
    return f"{field}:{wanted}" if dice.random() < 0.25 else wanted


# -- conditions on amounts


def near(dice: random.Random, yen: int) -> str:
    """Return a sum near another, as papers or as machines write it."""
    sum_ = int(abs(yen) * dice.choice((0, 0.5, 1, 1, 1, 2)))
    return dice.choice((str(sum_), write_yen(sum_), f"{sum_ // 10**6}百万円", f"{sum_ // 10**8}億"))


def of_amount(dice: random.Random, item: Item) -> str:
    """Return a condition that an amount of an item, or one like it, may answer."""
    amount = dice.choice(item.amounts or (Amount(10**9, (2024,), "initial"),))
    return dice.choice(CONDITIONS)(dice, amount)


def money(dice: random.Random, amount: Amount) -> str:
    low, high = near(dice, amount.yen), near(dice, 10 * amount.yen)
    sign = dice.choice(("=", "!=", "<", "<=", ">", ">="))
    spans = (f"{low}..{high}", f"{{{low} TO {high}]", f"[{low} TO {high}}}", f"{low}..", f"..{high}")
    return dice.choice((f"金額{sign}{low}", f"amount{sign}{low}", f"金額:{dice.choice(spans)}"))


def years(dice: random.Random, amount: Amount) -> str:
    year = dice.choice(amount.years or (2024,))
    forms = f":{year}", f":R{year - 2018}", f":{year - 1}..{year}", f">={year}", f"!={year}", f"<{year}"
    return dice.choice(("year", "年度")) + dice.choice(forms)


def choice(name: str) -> Callable[[random.Random, Amount], str]:
    """Return what draws a value of a field: the amount's own, or any."""

    def drawn(dice: random.Random, amount: Amount) -> str:
        own = getattr(amount, name) or "unknown"
        value = own if dice.random() < 0.5 and value_of(name, own) else dice.choice(list(FIELDS[name].values))
        return f"{name}{dice.choice((':', ':', '!='))}{dice.choice((value, *FIELDS[name].values[value]))}"

    return drawn


def account(dice: random.Random, amount: Amount) -> str:
    return f'会計:"{amount.account or dice.choice(("GX", "エネ特", "一般会計"))}"'


def marks(dice: random.Random, amount: Amount) -> str:
    name = dice.choice(("is", "has"))
    return f"{name}:{dice.choice(list(FIELDS[name].values))}"


def change(dice: random.Random, amount: Amount) -> str:
    end = dice.choice(("0", "10億", "-1億", near(dice, amount.yen), "20%", "-50%", "3割"))
    forms = f">{end}", f"<={end}", f"={end}", f"!={end}", ":-50%..50%", ":{0 TO 100億]"
    return dice.choice(("change", "増減")) + dice.choice(forms)


def rate(dice: random.Random, amount: Amount) -> str:
    end = dice.choice(("50%", "80%", "90%", "99.5%", "100%"))
    forms = f"<{end}", f">={end}", f"!={end}", ":80%..100%", ":{0% TO 90%}"
    return dice.choice(("executed", "執行率")) + dice.choice(forms)


CHOICES = choice("stage"), choice("bound"), choice("role")
CONDITIONS = (money, money, money, years, *CHOICES, account, marks, change, rate)


def document(dice: random.Random, item: Item) -> str:
    return f"document:{item.place.document}"


def leaf(dice: random.Random, item: Item) -> str:
    """Return a word or a condition."""
    return dice.choice((*[said] * 4, *[of_amount] * 5, document))(dice, item)


def nested(dice: random.Random, item: Item, depth: int = 3) -> str:
    """Return words and conditions joined by AND, OR and NOT, in brackets in brackets."""
    if depth == 0 or dice.random() < 0.2:
        return leaf(dice, item)
    parts = [nested(dice, item, depth - 1) for _ in range(dice.randint(2, 3))]
    sign = dice.choice(("", "", "", "-", "NOT "))
    return f"{sign}({dice.choice((' ', ' OR ', ' AND ', ' | ', ' -', ' OR NOT ')).join(parts)})"


KINDS: Sequence[Drawn] = (
    *(word, compound, part, phrase, script, spelling, beginning, said, of_amount),
    lambda dice, item: f"{word(dice, item)} {word(dice, item)}",
    lambda dice, item: f"{word(dice, item)} {of_amount(dice, item)}",
    lambda dice, item: f"{said(dice, item)} {of_amount(dice, item)} {of_amount(dice, item)}",
    lambda dice, item: f"{said(dice, item)} OR {said(dice, item)} OR {part(dice, item)}",
    lambda dice, item: f"{said(dice, item)} -{said(dice, item)}",
    lambda dice, item: f"{of_amount(dice, item)} -({of_amount(dice, item)})",
    lambda dice, item: (
        f"heading:{word(dice, item)} {of_amount(dice, item)} OR {document(dice, item)} {leaf(dice, item)}"
    ),
    lambda dice, item: f"{part(dice, item)} ({of_amount(dice, item)} OR -{of_amount(dice, item)})",
    *(nested, nested, nested),
)


def any_of(dice: random.Random, item: Item) -> AnyOf:
    """Return words any of which may answer."""
    words = tuple(said(dice, item) for _ in range(dice.randint(2, 3)))
    return AnyOf(words, tuple(of_amount(dice, item) for _ in range(dice.randint(0, 2))))
