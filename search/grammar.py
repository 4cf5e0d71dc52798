"""The query language: from text to tree, one function for each rule.

::

    query      = any
    any        = all (OR all)*
    all        = not (AND? not)*
    not        = (NOT | "-") not | operand
    operand    = group | quoted | field | term
    group      = "(" any ")"
    quoted     = '"' text '"' | "“" text "”" | "「" text "」" | "『" text "』"
    field      = NAME ":"? comparison | NAME ":" (span | inside)
    inside     = group | quoted | term
    comparison = OPERATOR (quoted | WORD)
    span       = ("[" | "{") end ("TO" | "..") end ("]" | "}")
    term       = end? ".." end? | NUMBER LIMIT | stem "*" | WORD
"""

import re

from search.errors import QueryError
from search.tree import And, Comparison, Exact, Field, Not, Or, Prefix, Query, Range, Word

MAX_LENGTH = 2000
MAX_DEPTH = 50
MAX_LEAVES = 200

CONTROLS_AND_BLANKS = (*range(0x21), *range(0x7F, 0xA1), 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000)
WIDTHS: dict[int, int | str] = {
    **{full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((*CONTROLS_AND_BLANKS, 0x2028, 0x2029, 0xFEFF), " "),
    ord("｢"): "「",
    ord("｣"): "」",
}
"""Each character to the one that it counts as, one for one, so that places stay."""

SIGNS = {">=": ">= => ≥ ≧", "<=": "<= =< ≤ ≦", "!=": "!= <> ≠", "=": "= ==", ">": ">", "<": "<"}
OPERATORS = {sign: operator for operator, signs in SIGNS.items() for sign in signs.split()}
KEYWORDS = {"AND": "and", "OR": "or", "NOT": "not"}
LIMITS = {"以上": ">=", "超": ">", "以下": "<=", "未満": "<"}
QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』"}
CLOSERS = {")": "「(」", "]": "「[」", "}": "「{」", "」": "『「』", "』": "「『」"}

TOKEN = re.compile(
    r"""[ ]*(?:
    # "&" is a character in 「M&A」, "!" is one unless it is half an operator
    (?P<word>(?:[^ ()\[\]{}"“”「」『』|&:<>=≥≧≤≦≠!]|(?<=[0-9A-Za-z])&(?=[0-9A-Za-z])|!(?![ ]*=))+)
        (?P<name>(?=[ ]*(?:[:<>=≥≧≤≦≠]|![ ]*=)))?
    |(?P<open>\()|(?P<close>\))|(?P<bracket>[\[{])|(?P<closer>[\]}」』])|(?P<quote>["“”「『])
    |(?P<and>&&?)|(?P<or>\|\|?)|(?P<colon>:)|(?P<operator>![ ]*=|[<>=]=|=[<>]|<>|[<>=≥≧≤≦≠])
    |(?P<end>\Z))""",
    re.VERBOSE,
)
VALUE = ("word", "name")
MINUS = "-−"
DIGIT = "0-9〇零一二三四五六七八九十百千壱弐参拾"
QUANTITY = rf"[−\-]?[{DIGIT}][{DIGIT}.,兆億万円]*"
MONEY = re.compile(f"(?=.*[兆億万円]){QUANTITY}")
LIMITED = re.compile(f"({QUANTITY}%?)({'|'.join(LIMITS)})")
TO = re.compile(r"\.{2,}|[‥〜~∼]")
SPAN_END = re.compile(r"[]}]")
TO_OR_WORD = re.compile(rf" +(?i:TO) +|{TO.pattern}")
EXCLUDING = re.compile(rf"[−\-](?![{DIGIT}])")

WORDS = "(子育て OR 給付) 金額>10億"
COMPARED = "金額>1000億"
RANGED = "金額:500億..1000億"
BRACKETED = "金額:[500億 TO 1000億]"
EXCLUDED = "蓄電池 -水素"
GIVEN = "段階:補正"
QUOTED = '"次世代半導体"'
STARRED = "半導*"


class Reader:
    """A query with its width made one, and how far it has been read.

    The last token lies between `start` and `position`; the next one is `token`, of `kind`, at `next`.
    `name` is the field whose brackets are open.
    """

    __slots__ = ("depth", "kind", "leaves", "name", "next", "position", "source", "start", "text", "token")

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source.translate(WIDTHS)
        self.start = self.position = self.depth = self.leaves = 0
        self.name = ""
        self.look()

    def look(self) -> None:
        """Find the next token."""
        found = TOKEN.match(self.text, self.position)
        assert found is not None, "every character begins a token"
        assert found.lastgroup is not None, "every token has a kind"
        self.kind = found.lastgroup
        self.token = found["word"] or found[self.kind]
        self.next = found.end() - len(self.token)
        after = self.text[found.end() : found.end() + 1]
        # in 「or>5」 the word is the name of a field
        if not after or after not in ":<>=≥≧≤≦≠!":
            self.kind = KEYWORDS.get(self.token.upper(), self.kind)

    def take(self, *kinds: str) -> str:
        """Read the next token if it is of one of `kinds`; return it, or nothing."""
        return self.read(len(self.token)) if self.kind in kinds else ""

    def read(self, length: int) -> str:
        """Read so many characters as one token; return them."""
        self.start, self.position = self.next, self.next + length
        self.look()
        return self.text[self.start : self.position]

    def leaf(self) -> None:
        """Count the token just read as one more word or condition."""
        self.leaves += 1
        if self.leaves > MAX_LEAVES:
            raise self.fault(f"語と条件は合わせて{MAX_LEAVES}個までです")

    def deepen(self) -> None:
        """Go one level down, from the token just read."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fault(f"括弧と否定の入れ子は{MAX_DEPTH}段までです")

    def fault(self, message: str, example: str = "", start: int | None = None, end: int | None = None) -> QueryError:
        """Return the error that points from `start` to `end`, or else at the token just read."""
        start = self.start if start is None else start
        return QueryError(message, self.source, start, self.position if end is None else end, example)


def parse(text: str) -> Query:
    """query = any"""
    check(text)
    reader = Reader(text)
    tree = any_(reader)
    if reader.kind != "end":
        raise misplaced(reader)
    return tree


def check(text: str) -> None:
    """Refuse what is too long to be read, or holds half a character."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"検索式は{MAX_LENGTH}字までです", text, MAX_LENGTH, len(text))
    if half := re.search("[\ud800-\udfff]", text):
        raise QueryError("文字として読めないものがあります", text, half.start(), half.end())


def any_(reader: Reader) -> Query:
    """any = all (OR all)*"""
    operands = [all_(reader)]
    while reader.take("or"):
        operands.append(all_(reader))
    return joined(Or, operands)


def all_(reader: Reader) -> Query:
    """all = not (AND? not)*"""
    operands = [not_(reader)]
    while reader.take("and") or reader.kind not in ("or", "close", "end"):
        operands.append(not_(reader))
    return joined(And, operands)


def joined(kind: type[And] | type[Or], operands: list[Query]) -> Query:
    """Return one node of `kind` with those of the same kind inside it opened up, or the only operand."""
    if len(operands) == 1:
        return operands[0]
    flat = [part for each in operands for part in (each.operands if isinstance(each, kind) else (each,))]
    return kind(tuple(flat), start=operands[0].start, end=operands[-1].end)


def not_(reader: Reader) -> Query:
    """not = (NOT | "-") not | operand"""
    start = reader.next
    if reader.kind in VALUE and reader.token[0] in MINUS:
        sign = reader.read(1)
        if reader.next > reader.position and reader.kind != "end":
            raise reader.fault(f"「{sign}」のすぐ後に、空白を入れずに語が必要です", EXCLUDED)
    elif not reader.take("not"):
        return operand(reader)
    reader.deepen()
    excluded = not_(reader)
    reader.depth -= 1
    return Not(excluded, start=start, end=reader.position)


def operand(reader: Reader) -> Query:
    """operand = group | quoted | field | term"""
    match reader.kind:
        case "open":
            return group(reader, reader.name)
        case "quote":
            return quoted(reader)
        case "name":
            return field(reader)
        case "word":
            return term(reader, reader.name, reader.next)
    raise misplaced(reader)


def group(reader: Reader, name: str) -> Query:
    """group = "(" any ")" """
    reader.take("open")
    reader.deepen()
    start, outer, reader.name = reader.start, reader.name, name
    inner = any_(reader)
    if not reader.take("close"):
        raise reader.fault("「(」に対応する「)」がありません", WORDS, start, start + 1)
    reader.depth -= 1
    reader.name = outer
    return inner


def quoted(reader: Reader) -> Exact:
    """quoted = '"' text '"' | "“" text "”" | "「" text "」" | "『" text "』" """
    opening, begin = reader.token, reader.next + 1
    last = closed(reader.text, begin, opening)
    if last < 0:
        raise reader.fault("引用符が閉じられていません", QUOTED, reader.next, begin)
    text = reader.read(last + 1 - reader.next)[1:-1]
    reader.leaf()
    if not text.strip():
        raise reader.fault("引用符の間に語が必要です", QUOTED)
    return Exact(text.replace('""', '"') if opening == '"' else text, start=reader.start, end=reader.position)


def closed(text: str, position: int, opening: str) -> int:
    """Return where the quotation is closed, or -1: brackets balance, and two ``"`` in a row are one inside."""
    if opening == '"':
        while (position := text.find('"', position)) >= 0 and text.startswith('""', position):
            position += 2
        return position
    level, closing = 1, QUOTES[opening]
    for place in range(position, len(text)):
        level += (text[place] == opening != closing) - (text[place] == closing)
        if not level:
            return place
    return -1


def field(reader: Reader) -> Query:
    """field = NAME ":"? comparison | NAME ":" (span | inside)"""
    name, start = reader.take("name"), reader.start
    if reader.name not in ("", name):
        raise reader.fault("項目の括弧の中に、別の項目は書けません", "名称:(蓄電池 OR 水素)")
    reader.take("colon")
    if reader.kind == "operator":
        return comparison(reader, name, start)
    if reader.kind == "bracket":
        return span(reader, name, start)
    inner = inside(reader, name, start)
    # these bear the name already
    if isinstance(inner, Comparison | Range | Field):
        return inner
    return Field(name, inner, start=start, end=reader.position)


def inside(reader: Reader, name: str, start: int) -> Query:
    """inside = group | quoted | term"""
    if reader.kind == "open":
        return group(reader, name)
    if reader.kind == "quote":
        return quoted(reader)
    if reader.kind not in VALUE:
        raise reader.fault("「:」の後に値が必要です", GIVEN)
    if EXCLUDING.match(reader.token) and not TO.search(reader.token):
        raise reader.fault("除くときは、「-」を項目名の前に書きます", "-段階:補正", reader.next, reader.next + 1)
    return term(reader, name, start)


def comparison(reader: Reader, name: str, start: int) -> Comparison:
    """comparison = OPERATOR (quoted | WORD)"""
    sign = OPERATORS[reader.take("operator").replace(" ", "")]
    if reader.kind not in (*VALUE, "quote"):
        raise reader.fault(f"「{sign}」の後に値が必要です", COMPARED)
    if reader.kind == "quote":
        value = quoted(reader).text
    else:
        value = reader.take(*VALUE)
        reader.leaf()
    if not is_value(value):
        raise reader.fault("比べる値は、空白も記号も入れずに書きます", COMPARED)
    return Comparison(name, sign, signed(value), start=start, end=reader.position)


def span(reader: Reader, name: str, start: int) -> Range:
    """span = ("[" | "{") end ("TO" | "..") end ("]" | "}")"""
    opening, begin = reader.token, reader.next + 1
    close = SPAN_END.search(reader.text, begin)
    if close is None:
        raise reader.fault(f"範囲の「{opening}」が閉じられていません", BRACKETED, reader.next, begin)
    ends = [each.strip() for each in TO_OR_WORD.split(reader.text[begin : close.start()])]
    reader.read(close.end() - reader.next)
    reader.leaf()
    if len(ends) != 2 or not all(is_value(each) for each in ends if each):
        raise reader.fault("範囲には、二つの値と、その間の「TO」が必要です", BRACKETED)
    return between(reader, name, ends, start, opening == "{", close[0] == "}")


def term(reader: Reader, name: str, start: int) -> Query:
    """term = end? ".." end? | NUMBER LIMIT | stem "*" | WORD

    Without a field, a range and a limit are of the amount, and must say so by a unit of money.
    """
    text = reader.take(*VALUE)
    reader.leaf()
    text = signed(text) if name else text
    ends = TO.split(text)
    if not any(ends):
        raise reader.fault("範囲の「..」や「〜」の前か後に、空白を入れずに値が必要です", RANGED)
    if len(ends) > 1 and (name or all(MONEY.fullmatch(each) for each in ends if each)):
        return between(reader, name or "amount", ends, start)
    limited = LIMITED.fullmatch(text)
    if limited and (name or MONEY.fullmatch(limited[1])):
        sign = LIMITS[limited[2]]
        return Comparison(name or "amount", sign, limited[1], start=start, end=reader.position)
    return prefix(reader, text) if "*" in text else Word(text, start=reader.start, end=reader.position)


def between(
    reader: Reader, name: str, ends: list[str], start: int, low_open: bool = False, high_open: bool = False
) -> Range:
    """Return the range between two ends as written; nothing, or ``*``, leaves an end open."""
    low, high, *more = (None if each in ("", "*") else signed(each) for each in ends)
    if more or low is high is None:
        raise reader.fault("範囲には、始めと終わりの二つの値、またはその一方が必要です", RANGED)
    low_open, high_open = low_open and low is not None, high_open and high is not None
    return Range(name, low, high, low_open, high_open, start=start, end=reader.position)


def prefix(reader: Reader, text: str) -> Prefix:
    """stem "*" """
    stem = text.rstrip("*")
    if not stem or "*" in stem or len(text) - len(stem) > 1:
        place = reader.start + text.index("*")
        raise reader.fault("「*」は語の終わりに一つだけ書けます", STARRED, place, place + 1)
    return Prefix(stem, start=reader.start, end=reader.position)


def is_value(text: str) -> bool:
    """Say whether `text` can stand as a value without quotation marks."""
    found = TOKEN.fullmatch(text)
    return found is not None and found["word"] == text and text.upper() not in KEYWORDS


def signed(value: str) -> str:
    """Return `value` with the sign before it as a hyphen."""
    return f"-{value[1:]}" if value[0] == "−" else value


def misplaced(reader: Reader) -> QueryError:
    """Return what is wrong with the next token, which stands where none of its kind can."""
    token, last = reader.token, reader.text[reader.start : reader.position]
    here = (reader.next, reader.next + len(token))
    match reader.kind:
        case "and" | "or":
            return reader.fault(f"「{token}」の前に語が必要です", WORDS, *here)
        case "operator":
            sign = OPERATORS[token.replace(" ", "")]
            return reader.fault(f"「{sign}」の前に項目名が必要です", COMPARED, *here)
        case "colon":
            return reader.fault(f"「{token}」の前に項目名が必要です", GIVEN, *here)
        case "bracket":
            return reader.fault(f"範囲の「{token}」の前に、項目名と「:」が必要です", BRACKETED, *here)
        case "close" | "closer" if not (token == ")" and reader.depth):
            return reader.fault(f"対応する{CLOSERS[token]}がありません", WORDS, *here)
        case "close" if last == "(":
            return reader.fault("「(」と「)」の間に語が必要です", WORDS, end=here[1])
    if not last:
        return reader.fault("検索する語が必要です", WORDS)
    if last == "(":
        return reader.fault("「(」に対応する「)」がありません", WORDS)
    return reader.fault(f"「{last}」の後に語が必要です", WORDS)
