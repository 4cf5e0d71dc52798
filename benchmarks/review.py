"""Review sheets as RSシステム gives them out, made up: so many programmes, and how long they take to index.

python -m benchmarks.review 5000
python -m benchmarks.review 5000 --write FOLDER
"""

import argparse
import csv
import io
import random
import resource
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index import indexer

COMMON = (
    *("シート種別", "事業年度", "予算事業ID", "事業名", "府省庁の建制順", "政策所管府省庁", "府省庁"),
    *("局・庁", "部", "課", "室", "班", "係"),
)
OUTLINE = (
    *("事業の目的", "現状・課題", "事業の概要", "事業概要URL", "事業区分", "事業開始年度", "事業終了（予定）年度"),
    *("主要経費", "旧事業番号"),
)
BUDGET = (
    *("予算年度", "当初予算（合計）", "補正予算（合計）", "前年度からの繰越し（合計）", "予備費等（合計）"),
    *("計（歳出予算現額合計）", "執行額（合計）", "執行率", "翌年度への繰越し(合計）", "翌年度要求額（合計）"),
    *("主な増減理由", "会計区分", "会計", "勘定", "当初予算"),
    *(f"第{number}次補正予算" for number in range(1, 6)),
    "前年度から繰越し",
    *(f"予備費等{number}" for number in range(1, 5)),
    *("歳出予算現額", "執行額", "翌年度要求額", "要望額", "備考"),
)
MINISTRIES = (
    "内閣府",
    "総務省",
    "外務省",
    "財務省",
    "文部科学省",
    "厚生労働省",
    "農林水産省",
    "経済産業省",
    "国土交通省",
)
SUBJECTS = (
    "蓄電池",
    "半導体",
    "水素",
    "農地",
    "港湾",
    "留学生",
    "介護",
    "統計",
    "防災",
    "宇宙",
    "森林",
    "創業",
    "保育",
    "地籍",
)
PLACES = (
    "地域",
    "国際",
    "沿岸",
    "都市",
    "離島",
    "広域",
    "先端",
    "次世代",
    "中小企業",
    "高齢者",
    "研究機関",
    "公立学校",
)
DEEDS = ("推進", "整備", "高度化", "支援", "実証", "基盤強化", "普及促進", "調査", "人材育成", "研究開発")
SENTENCES = (
    "{place}における{subject}の{deed}を図り、もって国民生活の安定に資することを目的とする。",
    "{subject}をめぐる状況が変化する中、{place}では担い手が不足し、{deed}が課題となっている。",
    "事業者に対し、{subject}の{deed}に要する経費の一部を補助する（補助率2分の1）。",
    "{place}の実態を調査し、その結果を踏まえて{deed}の方策を検討する。",
)


def outline(dice: random.Random, count: int) -> str:
    """Return so many sentences about a programme."""
    chosen = (dice.choice(SENTENCES) for _ in range(count))
    return "\n".join(
        each.format(place=dice.choice(PLACES), subject=dice.choice(SUBJECTS), deed=dice.choice(DEEDS))
        for each in chosen
    )


def programmes(count: int, year: int) -> Iterator[dict[str, str]]:
    """Yield what every table says of so many programmes."""
    dice = random.Random(count)
    for number in range(1, count + 1):
        ministry = number * len(MINISTRIES) // (count + 1)
        name = f"{dice.choice(PLACES)}{dice.choice(SUBJECTS)}{dice.choice(DEEDS)}事業（第{number}類）"
        yield {
            "シート種別": "事業",
            "事業年度": str(year),
            "予算事業ID": f"{number:06}",
            "事業名": name,
            "府省庁の建制順": str(ministry + 1),
            "政策所管府省庁": MINISTRIES[ministry],
            "府省庁": MINISTRIES[ministry],
            "局・庁": f"{dice.choice(SUBJECTS)}局",
            "課": f"{dice.choice(DEEDS)}課",
        }


def outlines(count: int, year: int) -> Iterator[dict[str, str]]:
    """Yield the rows of table 1-2."""
    dice = random.Random(count + 1)
    for each in programmes(count, year):
        texts = {head: outline(dice, 2) for head in OUTLINE[:3]}
        yield each | texts | {"事業開始年度": "平成25年度"}


def budgets(count: int, year: int) -> Iterator[dict[str, str]]:
    """Yield the rows of table 2-1: the execution of the year before, the budget of the year, the next one's request."""
    dice = random.Random(count + 2)
    for each in programmes(count, year):
        for budget_year in (year - 1, year):
            initial = dice.randint(1, 90_000) * 1_000_000
            row = {"予算年度": str(budget_year), "当初予算（合計）": str(initial)}
            if budget_year < year:
                row |= {
                    "執行額（合計）": str(initial * dice.randint(40, 100) // 100),
                    "計（歳出予算現額合計）": str(initial),
                }
            else:
                row |= {"翌年度要求額（合計）": str(initial + 1_000_000)}
            yield each | row
            yield each | {"予算年度": str(budget_year), "会計区分": "一般会計", "当初予算": str(initial)}


def write_table(path: Path, heads: Sequence[str], rows: Iterator[dict[str, str]]) -> None:
    """Write a table as a CSV file in a ZIP."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, heads, restval="")
    writer.writeheader()
    writer.writerows(rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{path.stem}.csv", text.getvalue().encode("utf-8-sig"))


def write(folder: Path, count: int, year: int = 2024) -> list[Path]:
    """Write the tables of so many programmes."""
    paths = [folder / f"1-2_RS_{year}_基本情報_事業概要等.zip", folder / f"2-1_RS_{year}_予算・執行_サマリ.zip"]
    write_table(paths[0], (*COMMON, *OUTLINE), outlines(count, year))
    write_table(paths[1], (*COMMON, *BUDGET), budgets(count, year))
    return paths


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=5_000)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        paths = write(asked.write or Path(temporary), asked.count)
        if asked.write:
            return
        began = time.perf_counter()
        report = indexer.add(Path(temporary) / "store", paths)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        for each in report.entries:
            print(f"{each.about.id}: {each.counts} {seconds:.1f} s, {peak} MB")
        for fault in report.faults:
            print(fault)


if __name__ == "__main__":
    main()
