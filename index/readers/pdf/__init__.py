"""The lines of a PDF, read by a process of its own."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from index.document import Line
from index.errors import PaperError, shown
from index.readers.text import read_bytes

MAX_PAGES = 3000
PAGE_SECONDS = 20
MAX_SECONDS = 900
MAX_MEMORY = 1024 * 1024 * 1024

FAULTS = {
    "locked": "はパスワードで閉じられていますので、パスワードを外した PDF を指定してください",
    "broken": "は PDF として壊れていますので、元のファイルを取り直してください",
    "empty": "には文字がありませんので、本文のある資料を指定してください",
    "pictures": "はどの頁も画像で、文字を読めませんので、文字のある PDF を指定するか、tesseract を入れてください",
    "pages": f"は{MAX_PAGES:,}頁を超えていますので、分けてから指定してください",
    "slow": f"の{{page}}頁などは{PAGE_SECONDS}秒では読み終わりませんので、その頁を除いてから指定してください",
    "tangled": f"は{PAGE_SECONDS}秒では頁の一覧を開けませんので、印刷し直すなどして作り直した PDF を指定してください",
    "long": f"は{MAX_SECONDS // 60}分では読み終わりませんので、分けてから指定してください",
    "large": f"は開くと{MAX_MEMORY // 1024**2:,} MiB を超えますので、元のファイルを確かめてください",
}
"""Why a PDF is refused, behind its name."""


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the PDF at `path` with their pages; rows of ruled tables have tabs between their cells."""
    data = read_bytes(path)
    if importlib.util.find_spec("pdfplumber") is None:
        raise PaperError("PDF を読むには部品が要りますので、pip install 'seisaku[pdf]' で入れてください")
    answer = _answer(data) if b"%PDF-" in data[:1024] else {"fault": "broken"}
    if "lines" not in answer:
        raise PaperError(f"{shown(path)} {FAULTS[answer['fault']].format(page=answer.get('page'))}")
    return tuple(Line(number, text, page) for number, (text, page) in enumerate(answer["lines"], 1))


def _answer(data: bytes) -> dict[str, Any]:
    """Return what the process that reads says of a PDF; one that it breaks on is broken."""
    places = [str(Path(__file__).parents[3]), *filter(None, sys.path)]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-W", "ignore", "-m", "index.readers.pdf.worker"],
            input=data,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONIOENCODING": "utf-8"},
            timeout=2 * MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"fault": "long"}
    if not done.stdout:
        if done.returncode > 0:  # it did not even begin
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        return {"fault": "broken"}
    answer: dict[str, Any] = json.loads(done.stdout.decode("utf-8", "surrogatepass"))
    return answer
