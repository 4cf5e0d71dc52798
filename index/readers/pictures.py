"""Pictures in a paper: which may hold text, and what is said of those, for no reader sees what they show."""

import re
from collections import Counter
from collections.abc import Sequence

from index.notice import notice
from index.readers.lines import one_line

CENTIMETRE = 360_000
"""In English Metric Units, in which Office measures; a screen has 96 dots to the inch, a page 72 points."""
PIXEL, POINT = CENTIMETRE * 254 // 9600, CENTIMETRE * 254 // 7200

_WIDE, _HIGH = 5 * CENTIMETRE, 2 * CENTIMETRE
_LONGEST = 60
_NO_WORDS = re.compile(
    r"(?:Picture|Image|Graphic|図|画像|写真)?[ 　]*[0-9]*|\S+\.(?:png|jpe?g|gif|bmp|emf|wmf|svg)", re.IGNORECASE
)
"""What programs describe a picture as of their own accord."""

PICTURE, CHART, DIAGRAM, OBJECT = "画像", "グラフ", "図", "埋め込まれた表や文書"


def may_hold_text(width: float, height: float) -> bool:
    """Say whether a picture has room for a row of a table: seals, logos and bullets have not."""
    return width >= _WIDE and height >= _HIGH


def unread(kinds: Sequence[str], where: str = "", said: str | None = "") -> str:
    """Return the line that tells of what is drawn in one place: its kinds, `where` it is, what is said in its stead."""
    counted = "と".join(f"{kind}{count}点" if count > 1 else kind for kind, count in Counter(kinds).items())
    words = one_line(said or "")
    words = "" if _NO_WORDS.fullmatch(words) else words
    shown = f"（説明は「{words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}」）" if words else ""
    return notice(f"{where}{counted}{shown}の中の文字を読めません")
