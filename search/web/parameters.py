"""What may stand in an address behind the question mark, and how it is read."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.errors import Failure
from search.figures import BREAKDOWNS
from search.results import GROUPS, SORTS

Value = str | int | None


class Parameter(NamedTuple):
    """A parameter of an address.

    `kind` is text, number or choice (one of `choices`); `least` and `most` bound a number. A text of more characters
    than `most` is refused, unless the step that reads it says what is too long (0), as it does of one of fewer than
    `least`. `help` is Japanese.
    """

    name: str
    kind: str
    help: str
    default: Value = None
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    example: str = ""


class ParameterError(Failure):
    """A parameter that is unknown, missing, there twice, or no value of its kind; `name` says which."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


MATCHES = ("all", "any")
Q = Parameter("q", "text", "検索式", required=True, least=1, example="蓄電池 AND amount>1000億")
MATCH = Parameter("match", "choice", "並んだ言葉をすべて（all）かどれか（any）", "all", choices=MATCHES)
SORT = Parameter("sort", "choice", "並べ方", "relevance", choices=tuple(SORTS))
ONLY = Parameter("only", "choice", "群を一つに絞る", choices=tuple(GROUPS))
LIMIT = Parameter("limit", "number", "件数", 20, least=1, most=200, example="20")
OFFSET = Parameter("offset", "number", "先頭から飛ばす件数", 0, least=0, most=10_000_000, example="0")
BY = Parameter("by", "choice", "合計を分ける項目", choices=tuple(BREAKDOWNS))


def read(parameters: Sequence[Parameter], given: Sequence[tuple[str, str]], strict: bool) -> dict[str, Value]:
    """Return the value of each of `parameters` by its name. Raises ParameterError.

    An unknown name, or one that is there twice, is an error where `strict`; else it is passed over, the first holds.
    """
    known = {each.name: each for each in parameters}
    values: dict[str, Value] = {each.name: each.default for each in parameters}
    seen: set[str] = set()
    for name, text in given:
        if strict and name not in known:
            near = "、".join(known) or "なし"
            raise ParameterError(name, f"「{name}」という引数はありません。使えるのは {near} です。")
        if strict and name in seen:
            raise ParameterError(name, f"引数 {name} が二度あります。一つにしてください。")
        if name in known and name not in seen:
            seen.add(name)
            values[name] = _value(known[name], text, strict)
    for each in parameters:
        if each.required and strict and each.name not in seen:
            example = f"（例 {each.example}）" if each.example else ""
            raise ParameterError(each.name, f"引数 {each.name} がありません。{each.help}{example}を付けてください。")
    return values


def _value(parameter: Parameter, text: str, strict: bool) -> Value:
    """Return what `text` says. Raises ParameterError; an empty choice or number on a form is its default."""
    match parameter.kind:
        case "text" if not parameter.most or len(text) <= parameter.most:
            return text
        case "choice" if text in parameter.choices:
            return text
        case "number" if text.isascii() and text.isdigit() and len(text) <= 9:
            if parameter.least <= int(text) <= parameter.most:
                return int(text)
    if not text and not strict:
        return parameter.default
    raise ParameterError(parameter.name, f"引数 {parameter.name} は{_expected(parameter)}にしてください。")


def _expected(parameter: Parameter) -> str:
    match parameter.kind:
        case "choice":
            return f"{'、'.join(parameter.choices)} のどれか"
        case "number":
            return f"{parameter.least:,} から {parameter.most:,} までの整数"
        case _:
            return f"{parameter.most:,}字まで"


def shown_values(values: Mapping[str, Value], parameters: Sequence[Parameter]) -> list[tuple[str, str]]:
    """Return the values that differ from their defaults, for an address, in the order of `parameters`."""
    return [
        (each.name, str(values[each.name]))
        for each in parameters
        if values.get(each.name) not in (None, "", each.default)
    ]
