"""What the rows of tables say: which column names a row, which hold its sums, and which of these are counted."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import About, Document, Item, Line
from index.items import items
from index.items.roles import is_funded
from index.items.rows import numbered
from index.outline.sections import outline
from index.outline.tables import account_in, filled, is_above, name_column
from index.yen import write_yen

PAPER = About("paper", "令和7年度当初予算の概要", year=2025, stage="initial")


def read(text: str) -> tuple[list[Item], list[str]]:
    lines = tuple(Line(number, line) for number, line in enumerate(dedent(text).strip("\n").split("\n"), 1))
    paper = Document(PAPER, lines)
    found, left = items(paper, outline(paper))
    return [item for item in found if item.kind != "passage"], [each.written for each in left]


def shown(item: Item) -> str:
    """Return a row as `name: amounts`, the years and stages left out where they are the paper's own."""
    told = []
    for each in item.amounts:
        usual = ((each.years, (2025,)), (each.stage, "initial"), (each.bound, "exact"), (each.role, "own"))
        words = [str(value[0] if isinstance(value, tuple) else value) for value, own in usual if value != own]
        words += [f"@{each.account}"] if each.account else []
        words += [f"「{each.label}」"] if each.label else []
        told.append(" ".join([write_yen(each.yen), *words, *each.flags]))
    return f"{item.name}: {', '.join(told)}"


# The cells of a row, the heads of its columns, the column that names it.
NAMES = [
    ("総務費|庁舎管理事業|120", "款|事業名|予算額", 1),
    ("総務費|総務管理費|一般管理費|庁舎管理事業|120", "款|項|目|事業名|予算額", 3),
    ("総務費|総務管理費|一般管理費||120", "款|項|目|事業名|予算額", 2),
    ("一般会計|庁舎管理事業|120", "会計|事業名|予算額", 1),
    ("ハード|庁舎管理事業|120", "区分|細事業|予算額", 1),
    ("子育て|庁舎管理事業|120", "大事業名|事務事業名|予算額", 1),
    ("民生費|子育ての支援|120", "科目|事項|予算額", 1),
    ("新規|庁舎管理事業|120", "区分|事業名|予算額", 1),
    ("庁舎管理事業|総務課の事業|120", "事業名|事業内容|予算額", 0),
    ("小計|3事業|120", "区分|事業名|予算額", 0),
    ("合計||120", "施策|事業名|予算額", 0),
    ("総務費|総務管理費|120", "款|項|予算額", 1),
]


@pytest.mark.parametrize(("cells", "heads", "column"), NAMES, ids=[f"{row[1]} {row[0]}" for row in NAMES])
def test_name_column(cells: str, heads: str, column: int) -> None:
    assert name_column(cells.split("|"), heads.split("|")) == column


# A row, the row below it, and whether the first is the sum of the second and more.
ABOVE = [
    ("総務費|一般管理費||300", "||庁舎管理事業|100", True),
    ("総務費|一般管理費||300", "総務費|一般管理費|庁舎管理事業|100", True),
    ("予備費|予備費||300", "土木費|道路費|道路事業|100", False),
    ("予備費|予備費||300", "", False),
    ("総務費|||300", "|一般管理費||100", True),
]


@pytest.mark.parametrize(("cells", "below", "is_sum"), ABOVE, ids=[f"{row[0]} over {row[1]}" for row in ABOVE])
def test_is_above(cells: str, below: str, is_sum: bool) -> None:
    row, heads = cells.split("|"), ["款", "目", "事業名", "予算額"]
    assert is_above(row, heads, 1 if row[1] else 0, below.split("|")) is is_sum


# A row, the row above it, and the row with what a merged cell of the one above holds for it too.
FILLED = [
    ("|庁舎管理事業|100", "子育て|学童の整備|200", "分野|事業名|予算額", "子育て|庁舎管理事業|100"),
    ("防災|庁舎管理事業|100", "子育て|学童の整備|200", "分野|事業名|予算額", "防災|庁舎管理事業|100"),
    ("|一般管理費|100", "総務費|総務管理費|200", "款|項|予算額", "|一般管理費|100"),
    ("|小計|100", "子育て|学童の整備|200", "分野|事業名|予算額", "|小計|100"),
    ("|庁舎管理事業|100", "12|学童の整備|200", "分野|事業名|予算額", "|庁舎管理事業|100"),
    ("|庁舎管理事業|100", "", "分野|事業名|予算額", "|庁舎管理事業|100"),
    ("", "", "", ""),
]


@pytest.mark.parametrize(
    ("cells", "above", "heads", "full"), FILLED, ids=[f"{row[0]} below {row[1]}" for row in FILLED]
)
def test_filled(cells: str, above: str, heads: str, full: str) -> None:
    found = filled(tuple(cells.split("|")), heads.split("|"), above.split("|"))
    assert found == tuple(full.split("|"))


NUMBERED = [
    ("1 議会費", ("1", "議会費")),
    ("（1）道路の整備", ("（1）", "道路の整備")),
    ("ア 子育て", ("ア", "子育て")),
    ("①＋②", (None, "①＋②")),
    ("5 歳児の健診", (None, "5 歳児の健診")),
    ("3か年計画", (None, "3か年計画")),
    ("議会費", (None, "議会費")),
    ("", (None, "")),
]


@pytest.mark.parametrize(("cell", "said"), NUMBERED, ids=[row[0] or "nothing" for row in NUMBERED])
def test_numbered(cell: str, said: tuple[str | None, str]) -> None:
    assert numbered(cell) == said


ACCOUNTS = [
    ("一般|道路事業|10", "会計|事業名|予算額", "一般会計"),
    ("エネ特|道路事業|10", "会計区分|事業名|予算額", "エネ特"),
    ("土木|道路事業|10", "会計|事業名|予算額", None),
    ("一般|道路事業|10", "区分|事業名|予算額", None),
]


@pytest.mark.parametrize(("cells", "heads", "account"), ACCOUNTS, ids=[f"{row[1]} {row[0]}" for row in ACCOUNTS])
def test_account_in(cells: str, heads: str, account: str | None) -> None:
    assert account_in(cells.split("|"), heads.split("|"), 1) == account


FUNDED = [
    ("事業名|事業費|国費|県費|地方債|一般財源", True),
    ("事業名|予算額|国費|その他", True),
    ("事業名|事業費|国費", False),
    ("事業名|国費|県費", False),
    ("事業名|水道費|国費", False),
]


@pytest.mark.parametrize(("heads", "funded"), FUNDED, ids=[row[0] for row in FUNDED])
def test_is_funded(heads: str, funded: bool) -> None:
    assert is_funded(tuple(heads.split("|"))) is funded


# Tables below 「(単位：億円)」, and their rows.
TABLES = {
    "the programme and not its 款, equal sums or not": (
        """
        | 款 | 事業名 | 令和7年度予算額 |
        | 総務費 | 庁舎管理事業 | 12 |
        | 総務費 | 防災無線事業 | 12 |
        """,
        ["庁舎管理事業: 12億円", "防災無線事業: 12億円"],
    ),
    "an account in a column of its own": (
        """
        | 会計 | 事業名 | 予算額 |
        | 一般 | 道路事業 | 10 |
        | エネ特 | 道路事業 | 10 |
        | 合計 | | 20 |
        """,
        ["道路事業: 10億円 @一般会計", "道路事業: 10億円 @エネ特", "合計: 20億円 total"],
    ),
    "columns of accounts": (
        """
        | 事業名 | 一般会計 | エネ特 | 計 |
        | 省エネ事業 | 5 | 15 | 20 |
        """,
        ["省エネ事業: 5億円 @一般会計, 15億円 @エネ特, 20億円 total"],
    ),
    "columns of places": (
        """
        | 事業名 | 北海道 | 本州 | 計 |
        | 道路事業 | 10 | 20 | 30 |
        | 河川事業 | 10 | 20 | 35 |
        | 海岸事業 | － | － | 5 |
        """,
        [
            "道路事業: 10億円 「北海道」, 20億円 「本州」, 30億円 total",
            "河川事業: 10億円 part 「北海道」, 20億円 part 「本州」, 35億円",
            "海岸事業: 5億円",
        ],
    ),
    "what a programme costs in all its years": (
        """
        | 事業名 | 総事業費 | 道路分 予算額 | 河川分 予算額 |
        | 治水事業 | 90 | 10 | 20 |
        """,
        ["治水事業: 90億円 total, 10億円 「道路分」, 20億円 「河川分」"],
    ),
    "what a municipality pays from": (
        """
        | 事業名 | 事業費 | 国費 | 県費 | 一般財源 |
        | 道路事業 | 10 | 5 | 1 | 4 |
        """,
        ["道路事業: 10億円, 5億円 part 「国費」, 1億円 part 「県費」, 4億円 part 「一般財源」"],
    ),
    "the State's share of the cost is a ministry's own": (
        """
        | 事業名 | 事業費 | 国費 |
        | 道路事業 | 10 | 5 |
        """,
        ["道路事業: 5億円"],
    ),
    "amendments of one year": (
        """
        | 事業名 | 第1号補正 | 第2号補正 | 9月補正 |
        | 道路事業 | 5 | 5 | 5 |
        """,
        [
            "道路事業: 5億円 supplementary 「第1号」, 5億円 supplementary 「第2号」, 5億円 supplementary 「9月」",
        ],
    ),
    "marks on names and in remarks": (
        """
        | 事業名 | 予算額 | 備考 |
        | 防災事業 | 30 | |
        | 強靱化関連 | 30 | 再掲 |
        | 適応事業 | 20 | 内数 |
        | 道路事業 | 20 | （後掲） |
        | 防災関連事業 ※再掲 | 30 | |
        | （再掲）防災事業 | 30 | |
        | （参考）GX関連 | 40 | |
        """,
        [
            "防災事業: 30億円",
            "強靱化関連: 30億円 repeated",
            "適応事業: 20億円 portion",
            "道路事業: 20億円 later",
            "防災関連事業: 30億円 repeated",
            "防災事業: 30億円 repeated",
            "GX関連: 40億円 repeated",
        ],
    ),
    "うち in a name": (
        """
        | 事業名 | 予算額 |
        | 道路事業 | 100 |
        | 道路事業（うち防災分） | 40 |
        | 道路事業のうち耐震化 | 30 |
        """,
        ["道路事業: 100億円", "道路事業（うち防災分）: 40億円 part", "道路事業のうち耐震化: 30億円 part"],
    ),
    "columns that are no budget, or that of others together": (
        """
        | 事業名 | 予算現額 | 支出済額 | 不用額 | 令和6年度補正 | 補正＋当初 |
        | 道路事業 | 10 | 9 | 1 | 5 | 15 |
        """,
        ["道路事業: 10億円, 9億円 executed, 5億円 2024 supplementary, 15億円 None total"],
    ),
    "short heads": (
        """
        | 事業名 | 2025 | 2024 |
        | 道路事業 | 100 | 90 |

        | 事業名 | R7 | R6 |
        | 河川事業 | 100 | 90 |

        | 事業名 | 案 | 前年 |
        | 海岸事業 | 100 | 90 |
        """,
        [
            "道路事業: 100億円, 90億円 2024 previous",
            "河川事業: 100億円, 90億円 2024 previous",
            "海岸事業: 100億円 draft, 90億円 2024 previous",
        ],
    ),
    "sums that look like years": (
        """
        | 事業名 | 予算額 |
        | 道路改良 | 1900 |
        | 河川改修 | 2000 |
        """,
        ["道路改良: 1,900億円", "河川改修: 2,000億円"],
    ),
    "money that comes in beside what goes out": (
        """
        | 事業名 | 歳出 | 歳入 |
        | 道路事業 | 100 | 30 |
        """,
        ["道路事業: 100億円, 30億円 part 「歳入」"],
    ),
    "a name over two rows": (
        """
        | 事業名 | 予算額 |
        | 先端半導体の製造に向けた | |
        | 研究開発事業 | 10 |
        | 先端電池の製造に向けた | |
        | 研究開発事業 | 10 |
        """,
        ["先端半導体の製造に向けた研究開発事業: 10億円", "先端電池の製造に向けた研究開発事業: 10億円"],
    ),
    "a name over two lines of a table set by spaces": (
        """
        事業名　　予算額　　前年度
        先端半導体の製造に向けた
        研究開発事業　　10　　9
        調査事業　　3　　2
        その他　　5　　5
        """,
        [
            "先端半導体の製造に向けた研究開発事業: 10億円, 9億円 2024 previous",
            "調査事業: 3億円, 2億円 2024 previous",
            "その他: 5億円, 5億円 2024 previous",
        ],
    ),
    "a last row that is the sum of the others, whatever its name": (
        """
        | 事業名 | 令和7年度 | 令和6年度 |
        | 道路事業 | 100 | 90 |
        | 河川事業 | 50 | 40 |
        | 公共分 | 150 | 130 |
        """,
        [
            "道路事業: 100億円, 90億円 2024 previous",
            "河川事業: 50億円, 40億円 2024 previous",
            "公共分: 150億円 total, 130億円 2024 previous",
        ],
    ),
    "two sums that come to a third by chance": (
        """
        | 事業名 | 令和7年度 |
        | 道路事業 | 10 |
        | 河川事業 | 20 |
        | 公園 | 30 |
        """,
        ["道路事業: 10億円", "河川事業: 20億円", "公園: 30億円"],
    ),
    "programmes are never the sum of others": (
        """
        | 事業名 | 令和7年度 | 令和6年度 |
        | 道路事業 | 100 | 90 |
        | 河川事業 | 50 | 40 |
        | 公園事業 | 150 | 130 |
        """,
        [
            "道路事業: 100億円, 90億円 2024 previous",
            "河川事業: 50億円, 40億円 2024 previous",
            "公園事業: 150億円, 130億円 2024 previous",
        ],
    ),
}


@pytest.mark.parametrize(("table", "rows"), TABLES.values(), ids=TABLES)
def test_rows(table: str, rows: list[str]) -> None:
    assert [shown(item) for item in read("(単位：億円)\n\n" + dedent(table))[0]] == rows


# Tables with numbers of which it is not known what they are.
LEFT = [
    ("| 事業名 | 予算額 | 北海道 |\n| 道路事業 | 10 | 4 |", ["4"]),
    ("| 事業名 | 事業費 | 国費 |\n| 道路事業 | 10 | 5 |", ["10"]),
    ("| 事業名 | 一般会計 | エネ特 | 計 | うち重点枠 |\n| 道路事業 | 10 | 5 | 15 | 3 |", []),
    ("| 事業名 | 歳出予算 | 契約ベース |\n| 道路事業 | 10 | 50 |", []),
    ("| 事業名 | 予算額 | No | 対象者数 | 優先順位 |\n| 道路事業 | 10 | 4 | 30 | 1 |", []),
    ("| | 道路事業 | 河川事業 | 計 |\n| 令和7年度予算額 | 1,000 | 2,000 | 3,000 |", ["1,000", "2,000"]),
]


@pytest.mark.parametrize(("table", "left"), LEFT, ids=[row[0] for row in LEFT])
def test_a_number_below_a_unit_is_an_amount_or_in_the_audit(table: str, left: list[str]) -> None:
    assert read("(単位：億円)\n\n" + table)[1] == left


# -- laws

SUMS = st.lists(st.integers(1, 99_999), min_size=2, max_size=6)


@given(
    SUMS, st.sampled_from(["計（A+B）", "計①", "Ａ計", "純計", "〔計〕", "総　額", "全体", "Total", "総事業費", "①＋②"])
)
def test_a_printed_total_is_never_counted(sums: list[int], name: str) -> None:
    rows = "".join(f"| 第{at}工区 | {yen} |\n" for at, yen in enumerate(sums))
    found, _ = read(f"(単位：億円)\n\n| 事業名 | 予算額 |\n{rows}| {name} | {sum(sums)} |")
    own = [each.yen for item in found for each in item.amounts if each.role == "own"]
    assert sum(own) == sum(sums) * 10**8


@given(SUMS)
def test_the_columns_of_a_row_come_to_its_sum(sums: list[int]) -> None:
    heads = ["東部", "西部", "南部", "北部", "中部", "島部"][: len(sums)]
    found, _ = read(
        f"(単位：億円)\n\n| 事業名 | {' | '.join(heads)} | 計 |\n"
        f"| 道路事業 | {' | '.join(map(str, sums))} | {sum(sums)} |"
    )
    own = [each.yen for item in found for each in item.amounts if each.role == "own"]
    assert sum(own) == sum(sums) * 10**8
