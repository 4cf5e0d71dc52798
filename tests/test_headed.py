"""What headings and captions say of the sums below them."""

import pytest

from index.amounts.drafts import Defaults
from index.items.headed import captioned, headed

REQUEST = Defaults(2025, "request", "一般会計", 2024, "initial", True)
DRAFT = Defaults(2025, "draft", None, 2024, "initial", True)
WHITE_PAPER = Defaults(2024)

HEADED = [
    ("令和6年度補正予算", DRAFT, (2024, "supplementary")),
    ("◎ 令和６年度補正予算（第１号）の主な内容", DRAFT, (2024, "supplementary")),
    ("R6補正", DRAFT, (2024, "supplementary")),
    ("令和7年度当初予算案", DRAFT, (2025, "draft")),
    ("令和7年度当初予算", DRAFT, (2025, "draft")),
    ("令和6年度当初予算", REQUEST, (2024, "initial")),
    ("補正予算による対応", REQUEST, (None, "supplementary")),
    ("概算要求の主な内容", WHITE_PAPER, (2024, "request")),
    ("2023年度", WHITE_PAPER, (2023, None)),
    ("令和4年度決算", WHITE_PAPER, (2022, "executed")),
    ("債務負担行為", DRAFT, (2025, "commitment")),
    ("2030年度に向けた取組", DRAFT, (2025, "draft")),
    ("予算要求の基準", DRAFT, (2025, "draft")),
    ("令和6年度補正予算と令和7年度当初予算", DRAFT, (2025, "draft")),
    ("令和6年度補正予算では3億円", DRAFT, (2025, "draft")),
    ("令和6年度補正予算で対応する。", DRAFT, (2025, "draft")),
    ("子育ての支援", DRAFT, (2025, "draft")),
    ("", DRAFT, (2025, "draft")),
]


@pytest.mark.parametrize(("heading", "paper", "said"), HEADED, ids=[row[0] or "nothing" for row in HEADED])
def test_headed(heading: str, paper: Defaults, said: tuple[int | None, str | None]) -> None:
    found = headed(heading, paper)
    assert (found.year, found.stage) == said
    assert found.account == paper.account


CAPTIONED = [
    ("（単位：千円） 令和6年度 補正予算", DRAFT, (2024, "supplementary", 2023)),
    ("令和6年度の予算", REQUEST, (2024, "initial", 2023)),
    ("令和7年度の予算", REQUEST, (2025, "request", 2024)),
    ("（単位：千円） 債務負担行為", DRAFT, (2025, "commitment", 2024)),
    ("道路\n令和5年度", DRAFT, (2025, "draft", 2024)),
]


@pytest.mark.parametrize(("caption", "paper", "said"), CAPTIONED, ids=[row[0] for row in CAPTIONED])
def test_captioned(caption: str, paper: Defaults, said: tuple[int | None, str | None, int | None]) -> None:
    found = captioned(caption, paper)
    assert (found.year, found.stage, found.previous_year) == said
