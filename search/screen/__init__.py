"""The lookup screen of a terminal: results as one types, with what the papers say and what may be added up."""

import os
import sys
from typing import TYPE_CHECKING

from index.errors import Failure

if TYPE_CHECKING:
    from search.searcher import Searcher

LEAST = (60, 16)
"""The fewest columns and lines of a terminal that the screen fits into."""


class ScreenError(Failure):
    """There is no terminal that the screen could be drawn on."""


def run(searcher: "Searcher", query: str = "") -> None:
    """Show the screen until the user leaves it. Raises ScreenError."""
    check_terminal()
    try:
        from search.screen.app import LookUp
    except ModuleNotFoundError as error:
        raise ScreenError(
            f"検索画面には {error.name} が要ります。pip install 'seisaku[screen]' で入れてください。"
        ) from None
    LookUp(searcher, query).run()


def check_terminal() -> None:
    """Raise ScreenError where there is no terminal, or one that is too small."""
    terminal = all(each is not None and each.isatty() for each in (sys.stdin, sys.stdout))
    if not terminal or os.environ.get("TERM") in (None, "", "dumb"):
        raise ScreenError("検索画面には端末が要ります。ファイルやパイプには seisaku search 言葉… で出力してください。")
    size = os.get_terminal_size(sys.stdout.fileno())
    if size.columns < LEAST[0] or size.lines < LEAST[1]:
        raise ScreenError(
            f"検索画面には幅{LEAST[0]}・高さ{LEAST[1]}以上の端末が要ります（今は幅{size.columns}・高さ{size.lines}）。"
            "画面を広げるか、seisaku search 言葉… で検索してください。"
        )
