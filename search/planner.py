"""A tree into a plan: fields become known ones, words are analysed, sums and years are read."""

from collections.abc import Sequence
from typing import NoReturn, assert_never

from index import analysis
from index.schema import FIELDS, SPELLINGS, Field, value_of
from index.store.catalog import Catalog
from index.text import fold, normal
from search import tree
from search.errors import QueryError
from search.lexicon import Lexicon, folded_terms
from search.plan import (
    Account,
    And,
    Beginning,
    Change,
    Choice,
    Flag,
    Has,
    Money,
    Not,
    Or,
    Papers,
    Plan,
    Rate,
    Spelling,
    Words,
    Years,
)

OWN = frozenset(("name", "label", "text"))
"""The stretches in which a word without a field is the item's own."""
NEAR = frozenset(("heading", "lead", "passage"))
"""The stretches in which it only stands near an item: above it, or in prose that is no item."""
_WITHIN = {each: frozenset((each,)) for each in ("name", "label", "heading")} | {"text": frozenset(("text", "passage"))}
_MONEY_EXAMPLE = "金額>1000億"
_RANGES = {
    "money": "金額:500億..1000億",
    "year": "年度:2022..2024",
    "change": "増減:10%..20%",
    "rate": "執行率:20%..50%",
}
_OTHERS = {"change": "change", "rate": "executed"}
"""What an amount must have to have another value than one of these kinds; of any other, to be there is enough."""


class Planner:
    """Turns trees into plans for one store. `source` is the query as typed, for errors that point."""

    def __init__(self, lexicon: Lexicon, catalog: Catalog, source: str) -> None:
        self._lexicon = lexicon
        self._catalog = catalog
        self._source = source

    def plan(self, query: tree.Query, field: Field | None = None) -> Plan:
        """Return what `query` means, inside `field` if there is one. Raises QueryError."""
        match query:
            case tree.And(operands):
                return And(tuple(self.plan(each, field) for each in operands))
            case tree.Or(operands):
                return Or(tuple(self.plan(each, field) for each in operands))
            case tree.Not(operand):
                return Not(self.plan(operand, field))
            case tree.Field(name, operand):
                return self.plan(operand, self._field(name, query))
            case tree.Word() | tree.Exact() | tree.Prefix():
                return self._text(query, field)
            case tree.Comparison(name, operator, value):
                return self._comparison(query, self._field(name, query), operator, value)
            case tree.Range(name, low, high):
                return self._range(query, self._field(name, query), low, high)
            case _:
                assert_never(query)

    def _field(self, name: str, node: tree.Query) -> Field:
        """Return the field that a name as typed means."""
        spelling = normal(name).strip()
        for each in (spelling, spelling.lower()):
            if each in SPELLINGS:
                return FIELDS[SPELLINGS[each]]
        import difflib

        near = difflib.get_close_matches(spelling.lower(), SPELLINGS, 1, 0.5)
        hint = f"「{near[0]}」でしょうか" if near else f"使えるのは {'、'.join(FIELDS)} です"
        raise QueryError(
            f"「{name}」という項目はありません。{hint}",
            self._source,
            node.start,
            node.start + len(name),
            'name:蓄電池  会計:GX  金額>1000億  "12:30"（文字として探す）',
        )

    def _fail(self, node: tree.Query, message: str, example: str) -> NoReturn:
        raise QueryError(message, self._source, node.start, node.end, example)

    def _no_value(self, node: tree.Query, message: str, example: str) -> NoReturn:
        """Point at the value alone, where it stands last."""
        start = node.start
        if isinstance(node, tree.Comparison) and normal(self._source[start : node.end]).endswith(node.value):
            start = node.end - len(node.value)
        raise QueryError(message, self._source, start, node.end, example)

    def _text(self, node: tree.Word | tree.Exact | tree.Prefix, field: Field | None) -> Plan:
        """Return what a word means, alone or behind the name of a field."""
        if field is None or field.kind == "words":
            if field is not None and field.name == "document":
                return self._papers(node)
            return (
                self._words(node, OWN, NEAR) if field is None else self._words(node, _WITHIN[field.name], frozenset())
            )
        if isinstance(node, tree.Prefix):
            self._fail(node, f"「{field.label}」では「*」を使えません。値をそのまま書いてください", field.example)
        return self._value(node, field, node.text)

    def _words(self, node: tree.Word | tree.Exact | tree.Prefix, fields: frozenset[str], near: frozenset[str]) -> Plan:
        folded = fold(node.text)
        if not folded:
            self._fail(node, "探す言葉がありません。文字を一つ以上書いてください", "蓄電池")
        if isinstance(node, tree.Prefix):
            return Beginning(folded, fields, near, _head(self._lexicon.units(node.text)))
        units = self._lexicon.units(node.text)
        typed = Spelling(
            tuple(term for unit in units for term in unit.terms),
            folded,
            tuple(unit.term for unit in units if unit.term[0] == analysis.UNIT),
        )
        if isinstance(node, tree.Exact):
            return Words(node.text, (typed,), fields, near, exact=True)
        same, kin = self._lexicon.synonyms(folded, units), self._lexicon.kin(units)
        return Words(node.text, (typed, *same), fields, near, kin=_others(kin, same))

    def _papers(self, node: tree.Word | tree.Exact | tree.Prefix) -> Papers:
        """Return the papers whose id is, or whose id or title holds, what was typed."""
        wanted = fold(node.text)
        known = [(n, self._catalog.about(n)) for n in range(self._catalog.papers)]
        same = [n for n, about in known if fold(about.id) == wanted]
        return Papers(
            frozenset(same or [n for n, about in known if wanted in fold(about.id) or wanted in fold(about.title)])
        )

    def _value(self, node: tree.Query, field: Field, value: str) -> Plan:
        """Return what a field that is one value means: ``stage:補正``, ``account:GX``, ``is:new``, ``year:R6``."""
        match field.kind:
            case "money":
                yen = self._yen(node, value)
                return Money(yen, yen)
            case "year":
                year = self._year(node, value)
                return Years(year, year)
            case "account":
                return Account(frozenset((self._account(value),)))
            case "choice" | "mark":
                return self._choice(node, field, value)
            case _:
                self._fail(node, f"「{field.label}」には比べる記号が要ります", field.example)

    def _choice(self, node: tree.Query, field: Field, value: str) -> Plan:
        chosen = value_of(field.name, normal(value)) or value_of(field.name, normal(value).lower())
        if chosen is None:
            known = "、".join(spellings[0] for spellings in field.values.values())
            self._no_value(
                node, f"「{field.label}」に「{value}」という値はありません。使えるのは {known} です", field.example
            )
        if field.name == "has":
            return Has(chosen)
        if field.name == "is" and chosen in ("portion", "ceiling", "about"):
            return Choice("bound", frozenset((chosen,)))
        if field.name == "is" and chosen == "total":
            return Choice("role", frozenset((chosen,)))
        if field.name == "is":
            return Flag(chosen)
        return Choice(field.name, frozenset((None if chosen == "unknown" else chosen,)))

    def _account(self, value: str) -> str:
        from index.accounts import account_of

        return account_of(value) or normal(value)

    def _comparison(self, node: tree.Comparison, field: Field, operator: str, value: str) -> Plan:
        if operator == "!=":
            return self._other(field, self._comparison(node, field, "=", value))
        if operator == "=" and field.kind not in _OTHERS:
            return self._value(node, field, value) if field.kind != "words" else self._inside(node, field, value)
        match field.kind:
            case "money":
                return Money(*_ends(operator, self._yen(node, value)))
            case "year":
                return Years(*_ends(operator, self._year(node, value)))
            case "change":
                number, share = self._change(node, value)
                low, high = (None if operator[0] == "<" else number), (None if operator[0] == ">" else number)
                return Change(low, high, share, operator == ">", operator == "<")
            case "rate":
                number = self._rate(node, value)
                low, high = (None if operator[0] == "<" else number), (None if operator[0] == ">" else number)
                return Rate(low, high, operator == ">", operator == "<")
            case _:
                self._fail(node, f"「{field.label}」は大小を比べられません。「:」で値を書いてください", field.example)

    def _other(self, field: Field, equal: Plan) -> Plan:
        """Return what has another value than `equal` says: an amount must be there to have one."""
        if field.kind == "words" or field.name == "has":
            return Not(equal)
        return And((Not(equal), Has(_OTHERS.get(field.kind, "amount"))))

    def _inside(self, node: tree.Query, field: Field, value: str) -> Plan:
        return self._text(tree.Word(value, start=node.start, end=node.end), field)

    def _range(self, node: tree.Range, field: Field, low: str | None, high: str | None) -> Plan:
        match field.kind:
            case "money":
                ends = [None if each is None else self._yen(node, each) for each in (low, high)]
            case "year":
                ends = [None if each is None else self._year(node, each) for each in (low, high)]
            case "change":
                read = [None if each is None else self._change(node, each) for each in (low, high)]
                ends = [each and each[0] for each in read]
                if len({each[1] for each in read if each}) > 1:
                    self._fail(node, "増減の範囲は、両端を円か％のどちらかにそろえてください", _RANGES["change"])
                share = any(each[1] for each in read if each)
            case "rate":
                ends = [None if each is None else self._rate(node, each) for each in (low, high)]
            case _:
                self._fail(node, f"「{field.label}」には範囲を書けません", field.example)
        if ends[0] is not None and node.low_open and field.kind not in _OTHERS:
            ends[0] += 1
        if ends[1] is not None and node.high_open and field.kind not in _OTHERS:
            ends[1] -= 1
        if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
            self._fail(node, "範囲の小さい方を左に書いてください", _RANGES[field.kind])
        if field.kind == "change":
            return Change(ends[0], ends[1], share, node.low_open, node.high_open)
        if field.kind == "rate":
            return Rate(ends[0], ends[1], node.low_open, node.high_open)
        return Money(ends[0], ends[1]) if field.kind == "money" else Years(ends[0], ends[1])

    def _yen(self, node: tree.Query, value: str) -> int:
        from index.yen import read_yen  # here, as below: patterns that not every query needs

        yen = read_yen(value)
        if yen is None:
            self._no_value(
                node, f"「{value}」を金額として読めません。数と単位（万・億・兆、円）で書いてください", _MONEY_EXAMPLE
            )
        return yen

    def _year(self, node: tree.Query, value: str) -> int:
        from index.years import read_year

        year = read_year(value) or read_year(normal(value).upper())
        if year is None:
            self._no_value(
                node, f"「{value}」を年度として読めません。2024、R6、令和6年度のように書いてください", "year:R6"
            )
        return year

    def _change(self, node: tree.Query, value: str) -> tuple[int, bool]:
        """Return a change in yen, or in hundredths of a per cent."""
        text = normal(value)
        share = text.endswith(("%", "パーセント", "割"))
        if not share:
            return self._yen(node, value), False
        return self._share(node, value, "増減>20%"), True

    def _rate(self, node: tree.Query, value: str) -> int:
        """Return a rate of execution in hundredths of a per cent."""
        if not normal(value).endswith(("%", "パーセント", "割")):
            self._no_value(node, f"「{value}」を割合として読めません。50%のように書いてください", "執行率<50%")
        return self._share(node, value, "執行率<50%")

    def _share(self, node: tree.Query, value: str, example: str) -> int:
        """Return a share in hundredths of a per cent; `example` shows how it is written, with its share last."""
        text = normal(value)
        number = text.rstrip("%パーセント割").replace("+", "")
        sign, _, digits = number.rpartition("-") if number.startswith("-") else ("", "", number)
        whole, _, fraction = digits.partition(".")
        if sign or not (whole + fraction).isdecimal() or len(whole) > 9 or len(fraction) > 2:
            shown = example[-3:]
            self._no_value(node, f"「{value}」を割合として読めません。{shown}のように書いてください", example)
        hundredths = (int(whole or 0) * 100 + int(fraction.ljust(2, "0"))) * (10 if text.endswith("割") else 1)
        return -hundredths if number.startswith("-") else hundredths


def any_word(query: tree.Query) -> tree.Query:
    """Return `query` with the words that stand side by side joined by OR; its conditions hold as before."""
    if not isinstance(query, tree.And):
        return query
    words = [each for each in query.operands if _is_words(each)]
    if len(words) < 2:
        return query
    flat = [part for each in words for part in (each.operands if isinstance(each, tree.Or) else (each,))]
    either = tree.Or(tuple(flat), start=words[0].start, end=words[-1].end)
    others = [each for each in query.operands if not _is_words(each)]
    return tree.And((either, *others), start=query.start, end=query.end) if others else either


def _is_words(query: tree.Query) -> bool:
    """Say whether a part of a query is words only, in whatever field."""
    match query:
        case tree.Word() | tree.Exact() | tree.Prefix():
            return True
        case tree.Field(name, operand):
            field = SPELLINGS.get(normal(name).lower())
            return field in (*_WITHIN, None) and _is_words(operand)
        case tree.And(operands) | tree.Or(operands):
            return all(_is_words(each) for each in operands)
        case _:
            return False


def _head(units: Sequence[analysis.Unit]) -> tuple[str, ...]:
    """Return the terms of the first of several units, where it says enough to begin with."""
    return units[0].terms if len(units) > 1 and len(folded_terms(units[0].terms)) > 1 else ()


def _ends(operator: str, value: int) -> tuple[int | None, int | None]:
    """Return the ends, both included, of what compares with `value`."""
    match operator:
        case ">":
            return value + 1, None
        case ">=":
            return value, None
        case "<":
            return None, value - 1
        case "<=":
            return None, value
        case _:
            return value, value


def _others(kin: Sequence[Spelling], same: Sequence[Spelling]) -> tuple[Spelling, ...]:
    known = {each.folded for each in same}
    return tuple(each for each in kin if each.folded not in known)
