"""The secrets that open the server: read from a file, compared, vouched for by a cookie that does not carry them."""

import hashlib
import hmac
import secrets
import stat
import time
from collections.abc import Sequence
from pathlib import Path

from index.errors import Failure, reason, shown

COOKIE = "seisaku"
SECONDS = 7 * 24 * 3600
"""So long a cookie is good."""

_MOST = 1 << 16


class Tokens:
    """The tokens of a server; none of them: anyone may ask."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.texts = tuple(tokens)
        self._digests = [_digest(each) for each in tokens]
        self._key = secrets.token_bytes(32)

    def __bool__(self) -> bool:
        return bool(self._digests)

    def holds(self, token: str) -> bool:
        """Say whether a text is one of the tokens; it takes as long whichever it is, and if it is none."""
        given = _digest(token)
        return sum(hmac.compare_digest(given, each) for each in self._digests) > 0

    def cookie(self) -> str:
        """Return the value of a cookie that opens the server for some days; another start of it takes no old one."""
        until = str(int(time.time()) + SECONDS)
        return f"{until}.{self._signed(until)}"

    def vouched(self, cookie: str) -> bool:
        """Say whether a cookie is one of ours, and still good."""
        until, _, signature = cookie.partition(".")
        if not hmac.compare_digest(self._signed(until).encode(), signature.encode("utf-8", "replace")):
            return False
        return int(until) > time.time()

    def _signed(self, until: str) -> str:
        return hmac.new(self._key, until.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def read_tokens(file: Path) -> tuple[str, ...]:
    """Return the tokens in a file: one a line, blank lines and those that begin with # left out. Raises Failure."""
    try:
        with file.open("rb") as source:
            text = source.read(_MOST + 1).decode("utf-8-sig")
    except OSError as error:
        raise Failure(
            f"トークンのファイル {shown(file)} を読めません（{reason(error)}）。場所と権限を確かめてください。"
        ) from None
    except UnicodeDecodeError:
        text = "\0"
    lines = [each.strip() for each in text.splitlines()]
    tokens = tuple(dict.fromkeys(each for each in lines if each and not each.startswith("#")))
    if len(text) > _MOST or not all(each.isascii() and each.isprintable() and " " not in each for each in tokens):
        raise Failure(
            f"トークンのファイル {shown(file)} は読めません。英数字と記号のトークンを一行に一つ書いてください。"
        )
    if not tokens:
        raise Failure(f"トークンのファイル {shown(file)} が空です。トークンを一行に一つ書いてください。")
    return tokens


def open_to_others(file: Path) -> bool:
    """Say whether any other user of the machine may read a file."""
    return bool(file.stat().st_mode & stat.S_IROTH)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
