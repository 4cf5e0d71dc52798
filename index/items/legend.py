"""What a paper says of all its amounts: year, stage and account of those without a mark, the sums in brackets."""

from collections.abc import Sequence

from index.amounts.drafts import FORMAL, Defaults
from index.amounts.when import read_when
from index.document import Document, Section
from index.notation import LEGEND, PREVIOUS


def defaults_of(document: Document, sections: Sequence[Section]) -> Defaults:
    """Return what holds for amounts without marks; the paper's legend says what a second sum in brackets is.

    Request paper, line 32: 「令和6年度概算要求額の後、（ ）に令和5年度当初予算額を記載」. Without a legend, the sum
    in brackets behind a request, a draft or an initial budget is the initial budget of the year before.
    """
    about = document.about
    before = about.year - 1 if about.year else None
    for section in sections:
        if section.kind not in ("row", "head") and (match := LEGEND.search(section.text)):
            when = read_when(match["what"], about.year)
            if when.years or PREVIOUS.search(match["what"]):
                stage = when.stages[-1] if when.stages else "initial" if about.stage in FORMAL else None
                year = when.years[-1] if when.years else None
                return Defaults(about.year, about.stage, about.account, year, stage, True)
    if about.stage in FORMAL and before is not None:
        return Defaults(about.year, about.stage, about.account, before, "initial", True)
    return Defaults(about.year, about.stage, about.account)
