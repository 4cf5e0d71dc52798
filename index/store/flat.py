"""What the numbers in the flat columns stand for."""

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
