"""A budget book as PDF, made up: ruled tables in thousands of yen, a running head, page numbers."""

import random
from pathlib import Path

SEED = 1
ROWS = 36
FONT = "HeiseiMin-W3"
HEADS = ("区分", "本年度予算額", "前年度予算額", "比較", "説明")
EDGES = (50, 170, 250, 330, 410, 545)
NAMES = (
    "市民税",
    "固定資産税",
    "軽自動車税",
    "地方譲与税",
    "利子割交付金",
    "職員給与費",
    "道路橋りょう維持費",
    "児童福祉総務費",
    "学校給食施設整備事業費",
    "介護保険事業特別会計繰出金",
    "蓄電池導入促進事業費補助金",
    "公共下水道事業負担金",
)


def write(path: Path, pages: int) -> None:
    """Write a book of so many pages to `path`."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    dice = random.Random(SEED)
    width, height = A4
    book = Canvas(str(path), pagesize=A4)
    for page in range(1, pages + 1):
        book.setFont(FONT, 9)
        book.drawString(50, height - 30, "令和6年度 一般会計予算書")
        book.drawCentredString(width / 2, 25, f"- {page} -")
        book.drawString(50, height - 55, f"第{page}款 総務費")
        book.drawRightString(width - 50, height - 55, "（単位：千円）")
        _table(book, dice, height - 65)
        book.showPage()
    book.save()


def _table(book: object, dice: random.Random, top: float, high: float = 18) -> None:
    """Draw a table with its rules."""
    rows = [HEADS, *(_row(dice) for _ in range(ROWS))]
    draw = book
    for number, row in enumerate(rows):
        base = top - number * high - 13
        for column, cell in enumerate(row):
            if column in (0, len(row) - 1):
                draw.drawString(EDGES[column] + 3, base, cell)  # type: ignore[attr-defined]
            else:
                draw.drawRightString(EDGES[column + 1] - 3, base, cell)  # type: ignore[attr-defined]
    bottom = top - len(rows) * high
    for number in range(len(rows) + 1):
        draw.line(EDGES[0], top - number * high, EDGES[-1], top - number * high)  # type: ignore[attr-defined]
    for edge in EDGES:
        draw.line(edge, top, edge, bottom)  # type: ignore[attr-defined]


def _row(dice: random.Random) -> tuple[str, ...]:
    sums = (f"{dice.randrange(10**3, 10**8):,}" for _ in range(2))
    return dice.choice(NAMES), *sums, f"▲{dice.randrange(10**3, 10**5):,}", dice.choice(NAMES)
