"""CSV and TSV: delimiter, encoding, quoted line ends, and tables that begin below their titles."""

from pathlib import Path

import pytest

from index.errors import PaperError
from index.indexer import read_paper
from index.readers import delimited, read_lines

DELIMITERS = [
    ("事業名,予算額\n橋,100\n道,200\n", ".csv", ","),
    ("事業名\t予算額\n橋\t1,000\n道\t2,000\n", ".csv", "\t"),
    ("事業名;予算額\n橋;1,000\n道;2,000\n", ".csv", ";"),
    ("事業名\t予算額\n橋\t1,000\n", ".tsv", "\t"),
    ("事業名,予算額\n橋,100\n", ".tsv", ","),
    ("事業名\n橋\n", ".csv", ","),
    ("事業名\n橋\n", ".tsv", "\t"),
    ('題名\n"a;b",1\n"c;d;e",2\n', ".csv", ","),
]


@pytest.mark.parametrize(("text", "suffix", "delimiter"), DELIMITERS, ids=[repr(row[0]) for row in DELIMITERS])
def test_delimiter_of(text: str, suffix: str, delimiter: str) -> None:
    assert delimited.delimiter_of(text, suffix) == delimiter


PAPERS: dict[str, tuple[str, list[str]]] = {
    "quoted": (
        '事業名,予算額（千円）\n"橋、""大橋""の\n点検","1,000"\n',
        ["| 事業名 | 予算額（千円） |", '| 橋、"大橋"の点検 | 1,000 |'],
    ),
    "title and unit": (
        "令和6年度予算,,\n,,（単位：千円）\n事業名,本年度,前年度\n橋,1000,900\n",
        ["令和6年度予算", "（単位：千円）", "| 事業名 | 本年度 | 前年度 |", "| 橋 | 1000 | 900 |"],
    ),
    "heads of two rows": (
        "区分,令和6年度,,令和5年度\n,当初,補正,当初\n橋,10,20,30\n",
        ["| 区分 | 令和6年度 |  | 令和5年度 |", "|  | 当初 | 補正 | 当初 |", "| 橋 | 10 | 20 | 30 |"],
    ),
    "empty rows and columns": (
        "事業名,,予算額（千円）\n橋,,1\n,,\n,,\n道,,2\n",
        ["| 事業名 | 予算額（千円） |", "| 橋 | 1 |", "", "| 道 | 2 |"],
    ),
    "no numbers": ("事業名,概要,担当\n橋,直す,建設課\n", ["・事業名　概要　担当", "・橋　直す　建設課"]),
    "bars": ("名,額\na|b,1\n", ["| 名 | 額 |", "| a｜b | 1 |"]),
    "old line ends": ("名,額\r橋,1\r", ["| 名 | 額 |", "| 橋 | 1 |"]),
}


@pytest.mark.parametrize("name", PAPERS)
def test_file_reads_as(tmp_path: Path, name: str) -> None:
    text, lines = PAPERS[name]
    path = tmp_path / "paper.csv"
    path.write_bytes(text.encode("cp932"))
    assert [line.text for line in read_lines(path)] == lines


REFUSED = [
    ("", "文字がありません"),
    (",,\n,,\n", "文字がありません"),
    ('名,額\n橋,"1\n' + "道,2\n" * 500, "2行目から引用符"),
    ("名,額\n橋," + "一" * 200_000 + "\n", "2行目から引用符"),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_refuses_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "paper.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PaperError, match=sentence) as caught:
        read_lines(path)
    assert str(caught.value).endswith("ください")


def test_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 10)
    path = tmp_path / "paper.csv"
    path.write_text("a,1\n" * 6, encoding="utf-8")
    with pytest.raises(PaperError, match="10個を超えています"):
        read_lines(path)


def test_heads_of_two_rows_say_year_and_stage(tmp_path: Path) -> None:
    path = tmp_path / "paper.csv"
    path.write_text("（単位：百万円）\n区分,令和6年度,,令和5年度\n,当初,補正,当初\n橋,10,20,30\n", encoding="cp932")
    (item,) = read_paper(path, {"year": 2024}).items
    assert [(each.yen, each.years, each.stage, each.role) for each in item.amounts] == [
        (10_000_000, (2024,), "initial", "own"),
        (20_000_000, (2024,), "supplementary", "own"),
        (30_000_000, (2023,), "initial", "previous"),
    ]
