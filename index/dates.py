"""Days and months as papers write them: 「令和5年8月31日」 → 2023-08-31."""

import datetime
import re
import unicodedata

from index.years import number_of, read_year

_N = r"(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"\(?(?:(?P<year>(?:令和|平成|昭和|大正|明治|[RHS]) ?{_N})|(?:西暦)?(?P<west>\d{{4}})) ?[年/.-]"
    rf" ?(?P<month>{_N})(?: ?月|(?=[/.-]|\)?$))(?: ?[/.-]? ?(?P<day>{_N}) ?日?)?"
    r"(?: ?\([月火水木金土日](?:曜日?)?\))? ?\(?(?:現在|時点|公表|発表|公開|閣議決定|決定|付け?)?\)?"
)


def read_date(text: str) -> str | None:
    """Return the day or month that the whole of `text` says: 「令和5年8月31日」 2023-08-31, 「2023年8月」 2023-08."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    year = match and (int(match["west"]) if match["west"] else read_year(match["year"]))
    if not match or not year or not 1868 <= year <= 2200:
        return None
    month, day = number_of(match["month"]), number_of(match["day"] or "1")
    try:
        date = datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
    return date if match["day"] else date[:7]
