"""The short words in which amounts, groups and counts are shown."""

from index.document import FLAGS, Amount
from search.results import GROUPS, ResultPage

STAGES = {
    "request": "要求",
    "priority": "要望",
    "draft": "予算案",
    "initial": "当初",
    "supplementary": "補正",
    "reserve": "予備費",
    "commitment": "国庫債務",
    "fund": "基金",
    "carried": "繰越",
    "executed": "執行",
}
BOUNDS = {"about": "約", "ceiling": "上限", "portion": "内数", "each": "単価"}
ROLES = {"previous": "前年度", "part": "うち数", "total": "合計", "mention": "言及"}
SOURCES = {"name": "名称", "label": "内訳名", "text": "本文", "heading": "見出し", "lead": "政策文"}
OPEN = {"possible": "内数・上限など、金額が確定しない", "related": "見出しや政策文、長い語の一部に一致"}
NONE = "―"


def oku(yen: int) -> str:
    """Return whole yen in 億円, exactly, without the unit."""
    from index.yen import write_oku  # here, because it brings patterns that JSON and CSV do not need

    return write_oku(yen)


def meaning(amount: Amount) -> str:
    """Return what an amount is, in the fewest words: 「2024 要求 新規 (GX)」, 「2024 当初 内数」, 「基金 上限」."""
    words = (
        "・".join(map(str, amount.years)),
        STAGES.get(amount.stage or "", ""),
        BOUNDS.get(amount.bound, ""),
        ROLES.get(amount.role, ""),
        f"{amount.over}年間" if amount.over else "",
        *(FLAGS[flag] for flag in amount.flags),
        f"({amount.account})" if amount.account else "",
    )
    return " ".join(filter(None, words)) or "段階不明"


def with_previous(amount: Amount, previous: Amount | None) -> str:
    """Return what an amount is, and the sum of the year before that is printed beside it: 「前年度 48」."""
    if previous is None:
        return meaning(amount)
    bound = BOUNDS.get(previous.bound, "")
    other = previous.stage not in ("initial", None)
    stage = (*map(str, previous.years), STAGES[previous.stage or ""]) if other else ()
    return " ".join(filter(None, (meaning(amount), "前年度", oku(previous.yen), *stage, bound)))


def group_head(group: str, count: int) -> str:
    """Return the heading of a group: 「可能性 1件 ― 内数・上限など、金額が確定しない」."""
    return f"{GROUPS[group]} {count:,}件" + (f" {NONE} {OPEN[group]}" if group in OPEN else "")


def closing(page: ResultPage) -> list[str]:
    """Return the last lines of a page: what was found, which part of it this is, how to see the rest."""
    last = page.offset + len(page.hits)
    more = [f"続きは --offset {last}"] if page.hits and last < page.found else []
    return [f"{found(page)} {page.seconds:.3f}秒", *more]


def found(page: ResultPage) -> str:
    """Return what was found, and which part of it a page is."""
    if not page.found:
        return "該当なし"
    counts = "・".join(f"{name} {page.counts[group]:,}件" for group, name in GROUPS.items() if page.counts.get(group))
    last = page.offset + len(page.hits)
    part = f"{page.offset + 1:,}–{last:,}件目を表示" if page.hits else f"{page.offset + 1:,}件目以降はない"
    return f"{counts}（金額 {page.amounts:,}件） {part}"


def items_closing(items: int, amounts: int) -> str:
    """Return the last line under the items of a document."""
    return f"施策 {items:,}件・金額 {amounts:,}件"
