"""The fields of the query language as a text to read."""

from index.schema import FIELDS, Field

_FORMS = (
    ("蓄電池 半導体", "両方を含む（空白は AND）"),
    ("蓄電池 OR 半導体", "どちらかを含む（| も同じ）"),
    ("NOT 水素  -水素", "除く"),
    ("(…)", "まとめる"),
    ('"次世代半導体"  「次世代半導体」', "文字どおり（同義語を使わない）"),
    ("半導*", "…で始まる語"),
    ("1000億以上  100億超  10億以下  50億未満", "金額の条件（引用符なしで書ける）"),
    ("amount>1000億  >= < <= = !=", "金額の条件"),
    ("amount:500億..1000億  500億..  ..1000億", "範囲（両端を含む。〜、[… TO …]、両端を除く {… TO …} も）"),
)


def render_fields() -> str:
    """Return the fields with their spellings, values and examples, and the forms of a query."""
    lines = ["検索式の書き方", *(f"  {form}\n      {meaning}" for form, meaning in _FORMS), "", "項目"]
    for field in FIELDS.values():
        lines += _field(field)
    return "\n".join(lines) + "\n"


def _field(field: Field) -> list[str]:
    """Return the lines of one field."""
    lines = [f"  {'  '.join((field.name, *field.spellings))}", f"      {field.help}。例 {field.example}"]
    for value, spellings in field.values.items():
        lines.append(f"        {value}  {'  '.join(spellings)}")
    return lines
