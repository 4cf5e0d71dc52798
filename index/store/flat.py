"""Which tables the flat columns are of, and what the numbers in them stand for."""

from index.document import BOUNDS, FLAGS, KINDS, ROLES, STAGES
from index.store.layout import TEXT_FIELDS

STAGE_CODES = (None, *STAGES)
BOUND_CODES = tuple(BOUNDS)
ROLE_CODES = (None, *ROLES)
"""None is a record without an amount; so it is among years and accounts."""
FLAG_CODES = tuple(FLAGS)
REPEATS = 1 << FLAG_CODES.index("repeated") | 1 << FLAG_CODES.index("later")
"""The flags, as they stand in a column, of which one says that an amount stands elsewhere too."""
KIND_CODES = tuple(KINDS)
FIELD_CODES = TEXT_FIELDS
ABOUT_FIELDS = ("id", "title", "publisher", "date", "year", "stage", "account", "file", "source", "digest", "given")
BANDS = 256
NONE = (1 << 32) - 1
POOLS = {
    "strings": (
        "heading.title",
        "item.number",
        "item.name",
        "item.lead",
        "item.text",
        "record.label",
        "record.written",
    ),
    "accounts": ("record.account",),
    "programmes": ("record.programme",),
    "years": ("record.years",),
}
"""The strings that are kept once each, number 0 for none, and the columns that have their numbers."""
NAMED = {"strings": "string", "accounts": "account", "programmes": "programme", "years": "years"}
"""What the columns of the strings are called."""
TABLES = {
    "paper": ("first", "heading", "token"),
    "item": (
        *("paper", "line", "end_line", "page", "kind", "number", "name", "lead", "text", "heading", "first"),
        "programme",
    ),
    "heading": ("title", "above"),
    "record": (
        *("item", "yen", "years", "stage", "bound", "role", "account", "flags", "over", "label", "written"),
        *("programme", "previous"),
    ),
}
"""The columns of papers, items, headings and records. A paper has its first item, heading and place of a term."""
