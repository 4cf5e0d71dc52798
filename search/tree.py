"""What a query says, as nodes that print as the query."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a query; `start` and `end` are its place in the query as typed."""

    start: int = field(default=0, compare=False, kw_only=True)
    end: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A bare word, with all that means the same, as in ``蓄電池``."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Exact(Node):
    """Exactly these characters, as in ``"次世代半導体"``."""

    text: str

    def __str__(self) -> str:
        if '"' in self.text and "「" not in self.text and "」" not in self.text:
            return f"「{self.text}」"
        doubled = self.text.replace('"', '""')
        return f'"{doubled}"'


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """What begins with `text`, as in ``半導*``."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Field(Node):
    """What holds inside the field `name`, spelled as typed, as in ``name:(蓄電池 OR 水素)``."""

    name: str
    operand: "Query"

    def __str__(self) -> str:
        bare = isinstance(self.operand, Word | Exact | Prefix)
        return f"{self.name}:{self.operand}" if bare else f"{self.name}:({self.operand})"


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """A field held against a value as typed, as in ``amount>1000億``; `operator` is > >= < <= = or !=."""

    name: str
    operator: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}{self.operator}{self.value}"


@dataclass(frozen=True, slots=True)
class Range(Node):
    """A field between two values as typed, as in ``amount:500億..1000億``; None is an open end.

    `low_open` and `high_open` leave the end itself out, as in ``amount:{500億 TO 1000億}``.
    """

    name: str
    low: str | None
    high: str | None
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        low, high = self.low or "", self.high or ""
        # 「1.」 to 「.5」 would put more dots than two in a row
        if not (self.low_open or self.high_open or low.endswith(".") or high.startswith(".")):
            return f"{self.name}:{low}..{high}"
        return f"{self.name}:{'[{'[self.low_open]}{low or '*'} TO {high or '*'}{']}'[self.high_open]}"


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Everything but its operand, as in ``-国債``."""

    operand: "Query"

    def __str__(self) -> str:
        return f"-({self.operand})" if isinstance(self.operand, And | Or) else f"-{self.operand}"


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of two or more operands, none of them an And, as in ``蓄電池 半導体``."""

    operands: tuple["Query", ...]

    def __str__(self) -> str:
        return " ".join(f"({each})" if isinstance(each, Or) else str(each) for each in self.operands)


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Any of two or more operands, none of them an Or, as in ``蓄電池 OR 半導体``."""

    operands: tuple["Query", ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.operands))


Query = Word | Exact | Prefix | Field | Comparison | Range | Not | And | Or


def words(query: Query) -> Iterator[Word | Exact | Prefix]:
    """Yield the words of a query in order, values of fields among them."""
    match query:
        case Word() | Exact() | Prefix():
            yield query
        case And(operands) | Or(operands):
            for each in operands:
                yield from words(each)
        case Not(operand=operand) | Field(operand=operand):
            yield from words(operand)
