"""An amount as one line to cite: its name, sum, stage, year and place."""

from index.document import STAGES, About, Item
from search.render.entries import clear
from search.render.words import BOUNDS, ROLES, oku


def citation(item: Item, position: int | None, about: About) -> str:
    """Return the amount at `position` of `item`, or the item alone, as one line to cite: 名称、金額、段階、年度、出典.

    「蓄電池の製造サプライチェーン強靱化支援事業、4,958億円、概算要求、2024年度、令和6年度…概要等（経済産業省、2023-08-31）56行目」
    """
    return clear("、".join(filter(None, (_name(item, position), *_sum(item, position), _source(item, about)))))


def _name(item: Item, position: int | None) -> str:
    label = item.amounts[position].label if position is not None else None
    return f"{item.name}（{label}）" if label and label != item.name else item.name


def _sum(item: Item, position: int | None) -> tuple[str, ...]:
    """Return sum, stage and fiscal year of an amount; a sum that is no amount of its own says so."""
    if position is None:
        return ("金額の記載なし",) if not item.amounts else ()
    amount = item.amounts[position]
    before = "上限" if amount.bound == "ceiling" else BOUNDS["about"] if amount.bound == "about" else ""
    behind = "の内数" if amount.bound == "portion" else ""
    role = f"（{ROLES[amount.role]}）" if amount.role in ROLES else ""
    years = "・".join(f"{year}年度" for year in amount.years)
    return f"{before}{oku(amount.yen)}億円{behind}{role}", STAGES.get(amount.stage or "", ""), years


def _source(item: Item, about: About) -> str:
    """Return the paper's title, publisher and date, and the page or lines."""
    place = item.place
    known = "、".join(filter(None, (about.publisher, about.date)))
    page = f"{place.page}頁 " if place.page else ""
    last = f"–{place.end_line}" if place.end_line != place.line else ""
    return f"{about.title}{f'（{known}）' if known else ''}{page}{place.line}{last}行目"
