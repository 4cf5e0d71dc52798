"""The papers that come with the product, with what is known of them in ``documents.toml``."""

from pathlib import Path


def folder() -> Path:
    """Return the installed folder of the papers; the wheel ships them beside this module."""
    return Path(__file__).parent
