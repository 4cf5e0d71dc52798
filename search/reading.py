"""A query read back in Japanese words."""

from typing import assert_never

from index.schema import FIELDS, SPELLINGS, value_of
from search.tree import And, Comparison, Exact, Field, Not, Or, Prefix, Query, Range, Word

DENIED = {
    "始まる": "始まらない",
    "超える": "超えない",
    "である": "でない",
    "がある": "がない",
    "含む": "含まない",
}
"""The end of a condition, and of its contrary."""

CONTINUED = {
    "始まる": "始まり",
    "超える": "超え",
    "である": "であり",
    "がある": "があり",
    "含む": "含み",
    "除く": "除き",
    "でない": "でなく",
    "がない": "がなく",
    "ない": "ず",
}
"""The end of a condition, and how it goes on before another one."""

OPERATORS = {
    ">=": "{}以上である",
    ">": "{}を超える",
    "<=": "{}以下である",
    "<": "{}未満である",
    "=": "{}である",
    "!=": "{}以外である",
}
YEAR_OPERATORS = OPERATORS | {">=": "{}以降である", ">": "{}より後である", "<=": "{}以前である", "<": "{}より前である"}
WORDS = {Word: "「{}」を含む", Exact: "「{}」の字句をそのまま含む", Prefix: "「{}」で始まる語を含む"}
VALUES = {Word: "{}である", Exact: "{}である", Prefix: "「{}」で始まる"}


def read_back(tree: Query) -> str:
    """Return what `tree` asks for, as a condition in Japanese."""
    return condition(tree, "")


def condition(tree: Query, name: str) -> str:
    """Return `tree` as a condition on the field `name`, or on the item where there is no name."""
    match tree:
        case Word() | Exact() | Prefix():
            return leaf(tree, name)
        case Field():
            return condition(tree.operand, tree.name)
        case Comparison():
            return f"{label(tree.name)}が{compared(tree.name, tree.operator, tree.value)}"
        case Range():
            return f"{label(tree.name)}が{between(tree)}"
        case Not():
            simple = not isinstance(inner(tree.operand), And | Or | Not | Range)
            read = condition(tree.operand, name)
            return changed(read, DENIED) if simple else f"（{read}）ものを除く"
        case And():
            *firsts, last = (bracketed(each, name, Or) for each in tree.operands)
            return "".join(f"{continued(each)}、" for each in firsts) + last
        case Or():
            return "、または".join(bracketed(each, name, And) for each in tree.operands)
        case _:
            assert_never(tree)


def leaf(tree: Word | Exact | Prefix, name: str) -> str:
    """Return a word, a phrase or a prefix as a condition."""
    asked = WORDS[type(tree)].format(tree.text.replace("「", "『").replace("」", "』"))
    state = VALUES[type(tree)].format(value(name, tree.text))
    match kind(name):
        case "none":
            return asked
        case "words":
            return f"{label(name)}に{asked}"
        case "mark":
            return state.replace("である", "がある") if known(name) == "has" else state
        case _:
            return f"{label(name)}が{state}"


def compared(name: str, operator: str, written: str) -> str:
    """Return what is said of a field that is held against a value."""
    operators = YEAR_OPERATORS if kind(name) == "year" else OPERATORS
    return operators[operator].format(value(name, written))


def between(tree: Range) -> str:
    """Return what is said of a field that lies in a range."""
    low = tree.low and compared(tree.name, ">" if tree.low_open else ">=", tree.low)
    high = tree.high and compared(tree.name, "<" if tree.high_open else "<=", tree.high)
    if not (low and high):
        return low or high or ""
    if kind(tree.name) == "year" and not (tree.low_open or tree.high_open):
        return f"{tree.low}〜{tree.high}である"
    return continued(low).removesuffix("であり") + high


def inner(tree: Query) -> Query:
    """Return what a field asks for, or else the query itself."""
    return tree.operand if isinstance(tree, Field) else tree


def bracketed(tree: Query, name: str, other: type[And] | type[Or]) -> str:
    """Return `tree` as a condition, in brackets where it is of the `other` kind."""
    read = condition(tree, name)
    return f"（{read}）" if isinstance(inner(tree), other) else read


def continued(read: str) -> str:
    """Return a condition as it stands before another one: 含む becomes 含み."""
    return f"{read}、かつ" if read.endswith("）") else changed(read, CONTINUED)


def changed(read: str, endings: dict[str, str]) -> str:
    """Return a condition with its ending replaced by what `endings` has for it."""
    ending = next(each for each in endings if read.endswith(each))
    return read.removesuffix(ending) + endings[ending]


def known(name: str) -> str:
    """Return the field that is spelled `name`, or nothing."""
    return SPELLINGS.get(name.lower(), "")


def kind(name: str) -> str:
    """Return the kind of the field that is spelled `name`; none without a name."""
    field = FIELDS.get(known(name))
    return field.kind if field else "unknown" if name else "none"


def label(name: str) -> str:
    """Return the Japanese name of a field; one that is not known stays as it is."""
    field = FIELDS.get(known(name))
    return field.label if field else name


def value(name: str, written: str) -> str:
    """Return a value in Japanese, money with its unit."""
    if kind(name) in ("money", "change"):
        return f"{written}円" if written[-1] in "0123456789百千万億兆" else written
    meant = value_of(known(name), written.lower()) if known(name) else None
    return FIELDS[known(name)].values[meant][0] if meant else written
