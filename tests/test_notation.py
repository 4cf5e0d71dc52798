"""What single words of the notation mean."""

import pytest

from index.accounts import account_of, accounts
from index.amounts.when import bound_in, bound_of, flag_of, read_cue, read_when
from index.document import STAGES
from index.notation import BOUND_WORDS, FLAG_WORDS, LEGEND, STAGE_FIRST, STAGE_WORDS
from index.totals import TOTAL_NAME
from index.words import words_pattern

STAGE_OF = [
    ("概算要求額", "request"),
    ("概算要求・要望額", "request"),
    ("予算要求額", "request"),
    ("要望額", "priority"),
    ("重要政策推進枠", "priority"),
    ("補正予算額", "supplementary"),
    ("第2次補正予算額", "supplementary"),
    ("補正予算（第1号）", "supplementary"),
    ("補正予算案", "supplementary"),
    ("補正前の額", None),
    ("予備費使用額", "reserve"),
    ("国庫債務負担行為", "commitment"),
    ("総額", "commitment"),
    ("予算の総額", "initial"),
    ("当初予算額", "initial"),
    ("予算（案）", "draft"),
    ("政府予算案", "draft"),
    ("概算決定額", "draft"),
    ("予算額", "initial"),
    ("予算額（案）", "draft"),
    ("予算案", "draft"),
    ("当初予算案", "draft"),
    ("政府案", "draft"),
    ("骨格予算", "initial"),
    ("9月補正予算額", "supplementary"),
    ("三次補正", "supplementary"),
    ("繰越明許費", "carried"),
    ("繰越額", "carried"),
    ("事故繰越し", "carried"),
    ("前年度からの繰越", "carried"),
    ("翌年度への繰越額", "carried"),
    ("決算見込額", "executed"),
    ("支出済額", "executed"),
    ("実績額", "executed"),
    ("不用額", None),
    ("契約ベース", "commitment"),
    ("債務負担行為設定額", "commitment"),
    ("後年度負担額", "commitment"),
    ("コロナ予備費", "reserve"),
    ("決算額", "executed"),
    ("執行額", "executed"),
]


@pytest.mark.parametrize(("words", "stage"), STAGE_OF, ids=[row[0] for row in STAGE_OF])
def test_stage_of(words: str, stage: str | None) -> None:
    assert read_when(words, None).stages == (stage,)
    assert read_cue(f"{words} ", None).own == 0


def test_the_tables_know_their_values() -> None:
    assert {stage for _, stage in STAGE_WORDS if stage} <= set(STAGES)
    assert words_pattern(STAGE_WORDS).findall("港") == words_pattern(STAGE_WORDS, STAGE_FIRST).findall("港") == []
    assert all(value for table in (BOUND_WORDS, FLAG_WORDS) for _, value in table)


ACCOUNTS = [
    ("エネルギー対策特別会計", "エネ特"),
    ("エネルギー特会", "エネ特"),
    ("一部 ＧＸ", "一部GX"),
    ("GX推進対策費", "GX"),
    ("国保特会", "国民健康保険特会"),
    ("空港整備特別会計", "空港整備特別会計"),
    ("補正による追加 国民健康保険特別会計", None),
    ("新規", None),
    ("", None),
    ("あ" * 1000, None),
]


@pytest.mark.parametrize(("text", "mark"), ACCOUNTS, ids=[row[0][:12] or "nothing" for row in ACCOUNTS])
def test_account_of(text: str, mark: str | None) -> None:
    assert account_of(text) == mark


def test_every_account_is_known_by_its_mark() -> None:
    assert all(account_of(mark) == mark for mark in set(accounts().values()))


def test_every_spelling_of_an_account_is_seen_before_a_sum() -> None:
    assert all(read_cue(f"港の整備 {spelling.upper()} ", None).account == mark for spelling, mark in accounts().items())


@pytest.mark.parametrize(
    ("words", "bound"), [("上限約", "ceiling"), ("約", "about"), ("限度額", "ceiling"), ("港", None)]
)
def test_bound_in(words: str, bound: str | None) -> None:
    assert bound_in(words) == bound


def test_brackets_that_say_one_thing() -> None:
    assert [flag_of(each) for each in ("新規", "再掲", " 後掲 ", "新規性")] == ["new", "repeated", "later", None]
    assert [bound_of(each) for each in ("上限", "上限なし")] == ["ceiling", None]


LEGENDS = [
    "【 】は予算額。令和6年度概算要求額の後、（ ）に令和5年度当初予算額を記載。",
    "※（　）内は前年度予算額",
    "（注）括弧書きは令和5年度当初予算額である。",
    "〔　〕は、令和5年度補正後予算額",
    "カッコ内の数字は前年度当初予算額",
]


@pytest.mark.parametrize("text", LEGENDS)
def test_a_legend_is_seen(text: str) -> None:
    match = LEGEND.search(text)
    assert match is not None
    assert read_when(match["what"], 2024).years == (2023,)


TOTALS = [
    "計（A+B）", "計(A)", "計①", "計(1)", "計（①＋②）", "①＋②", "Ａ＋Ｂ", "Ａ計", "純計", "再計", "重複除き計", "計（再掲除く）", "事業計（国費）",
    "〔計〕", "＜合計＞", "総　額", "総事業費", "全体", "予算規模", "公債費を除く計", "Total", "total", "差引", "合計（注1）", "総計（A+B+C）",
    "一般会計計", "歳出合計", "小計（3事業）", "合計※", "【合計】", "計1", "1+2", "全省庁計",
]  # fmt: skip
NO_TOTALS = [
    "一般会計", "総合計画策定事業", "統計調査費", "設計", "家計支援", "計画推進（A）", "全体計画", "総額管理", "基本設計（A）", "時計", "推計（国）", "都市計画費",
    "国勢統計（人口）", "A-1", "3-4", "建築設計①", "橋梁設計A", "会計", "Ａ事業", "TOTALケア事業", "純計算機", "総事業費の圧縮",
]  # fmt: skip


@pytest.mark.parametrize("name", TOTALS)
def test_names_of_totals(name: str) -> None:
    assert TOTAL_NAME.search(name)


@pytest.mark.parametrize("name", NO_TOTALS)
def test_names_that_only_look_like_totals(name: str) -> None:
    assert not TOTAL_NAME.search(name)
