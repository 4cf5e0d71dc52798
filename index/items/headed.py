"""What holds for the sums below a heading or a caption that says of which year, or of which budget, they are."""

import re
from dataclasses import replace
from functools import lru_cache

from index.amounts.brackets import sums_in
from index.amounts.drafts import LATER_MONEY, Defaults, in_draft
from index.amounts.when import read_when
from index.outline.tables import STAGE_NAMED
from index.outline.turned import is_year

_PLAIN = re.compile(
    r"(?:[0-9０-９ 　の・、（）()〔〕【】＜＞<>「」]|関[係連]|分|による?|対応|措置|計上|主[なに要]|重点"
    r"|概要|内容|事業|施策|項目|一覧|について|ポイント)*"
)
"""What a heading that heads a budget says besides: 「補正予算による対応」, 「〔概算要求の主な内容〕」."""

_LONGEST = 40
_BASE = 2000


@lru_cache(maxsize=64)
def captioned(caption: str, defaults: Defaults) -> Defaults:
    """Return what holds for the rows below a caption: 「令和5年度 補正予算」 in a paper of another year.

    Two years or stages in it decide nothing, and 予算 alone no stage of a paper's own year.
    """
    caption, _, _ = caption.partition("\n")
    when = read_when(caption, defaults.year)
    year = when.years[0] if len(when.years) == 1 else defaults.year
    stages = set(when.stages) if STAGE_NAMED.search(caption) or year != defaults.year else set()
    stage = in_draft((year,) if year else (), stages.pop(), defaults) if len(stages) == 1 else defaults.stage
    if year != defaults.year and not when.stages:
        stage = defaults.previous_stage if defaults.previous and year == defaults.previous_year else None
    return defaults if (year, stage) == (defaults.year, defaults.stage) else _of_year(defaults, year, stage)


@lru_cache(maxsize=256)
def headed(heading: str, defaults: Defaults) -> Defaults:
    """Return what holds below a heading that says a year with a stage, or no more than a year: 「令和6年度補正予算」.

    「2030年度に向けた取組」 speaks of no budget, and 「補正予算による対応」 in a request does not say of which year.
    """
    if len(heading) > _LONGEST or "。" in heading or sums_in(heading):
        return defaults
    when = read_when(heading, defaults.year)
    budget = len(set(when.stages)) == 1 and when.stages[0] is not None and STAGE_NAMED.search(heading) is not None
    if len(when.years) > 1 or when.over or not (budget or is_year(heading)):
        return defaults
    if budget and not when.years and not _PLAIN.fullmatch(when.rest):
        return defaults  # 「予算要求の基準」
    if budget and not when.years:
        later = when.stages[0] in LATER_MONEY and defaults.stage in ("request", "draft")
        return _of_year(defaults, None if later else defaults.year, when.stages[0])
    return dated(heading, defaults)


def dated(words: str, defaults: Defaults) -> Defaults:
    """Return what holds where `words` name one year, with its stage or without: 「令和5年度」, 「R6補正」."""
    when = read_when(words, defaults.year or _BASE)
    year, stages = when.years[0], set(when.stages)
    stage = defaults.stage if year == defaults.year else None
    return _of_year(defaults, year, in_draft((year,), stages.pop(), defaults) if len(stages) == 1 else stage)


def _of_year(defaults: Defaults, year: int | None, stage: str | None) -> Defaults:
    """Return what holds in a table of a year and stage; the year before is that before the table's."""
    before = defaults.previous_year
    if year != defaults.year:
        before = year - 1 if defaults.previous and year is not None else None
    return replace(defaults, year=year, stage=stage, previous_year=before)
