"""What came of papers that were put into the store, as lines for the user."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from index.document import STAGES
from index.filing import NEW, REPLACED, UNCHANGED

if TYPE_CHECKING:
    from index.indexer import Entry, Report

FACTS = {"title": "題名", "publisher": "発行者", "date": "日付", "year": "年度", "stage": "段階", "account": "会計"}
DONE = {NEW: "", REPLACED: "  （置き換え）"}
PLANNED = {NEW: "追加", REPLACED: "置き換え"}
EACH = 20
"""So many papers are told of one by one; of more only the sums, and the papers that there is more to say of."""


def tell(report: "Report", entries: Sequence["Entry"]) -> list[str]:
    """Print what became of each paper among `entries`, or the sums of many; return the sentences of what failed."""
    few = len(entries) + len(report.gone) + len(report.copies) <= EACH
    for entry in entries:
        if few or entry.plain or (entry.counts and entry.counts.left):
            _tell_paper(entry)
    for name in report.gone if few else ():
        click.echo(f"{name}: もとのファイルがないので外しました")
    for name in report.copies if few else ():
        click.echo(f"{name}: 同じ名前、同じ内容の文書があるので加えませんでした")
    told = few and not report.gone and not report.copies and len(entries) == len(report.entries)
    plain = told and not report.faults and all(each.counts for each in entries)
    files = len(report.entries) + len(report.gone) + len(report.copies) + len(report.faults)
    if not plain and files > (1 if told else 0):
        _tell_sums(report)
    return report.faults


def _tell_sums(report: "Report") -> None:
    """Print how many papers there are of each kind, and what is in those that were read."""
    states = [each.state for each in report.entries]
    _tell_numbers(
        {
            "追加": states.count(NEW),
            "置き換え": states.count(REPLACED),
            "変更なし": states.count(UNCHANGED),
            "外した文書": len(report.gone),
            "同じ内容のファイル": len(report.copies),
            "読めなかったもの": len(report.faults),
            "読む形式でないファイル": report.skipped,
        }
    )
    if counts := [each.counts for each in report.entries if each.counts]:
        items, amounts, left = (sum(each) for each in zip(*counts, strict=True))
        click.echo(f"  施策{items:,}件 金額{amounts:,}件 読み取れなかった金額{left:,}件")


def _tell_numbers(numbers: dict[str, int]) -> None:
    click.echo("合計: " + " ".join(f"{name}{number:,}件" for name, number in numbers.items() if number))


def _tell_paper(entry: "Entry") -> None:
    """Print what was taken from a paper, and what was read from its own head."""
    about, counts = entry.about, entry.counts
    if counts is None:
        click.echo(f"{about.id}: 変更なし")
        return
    see = f"（seisaku index check {about.id} で表示）" if counts.left else ""
    taken = f"施策{counts.items}件 金額{counts.amounts}件 読み取れなかった金額{counts.left}件{see}"
    click.echo(f"{about.id}: {taken}{DONE[entry.state]}")
    if entry.plain:
        click.echo(f"  {about.source} の識別名です。「{entry.plain}」は別のファイルの文書と重なります。")
    for each in entry.lacks:
        click.echo(f"  {each}")
    guessed = [f"{FACTS[name]} {_shown(getattr(about, name))}" for name in about.guessed]
    if guessed:
        click.echo(f"  文書の冒頭から読み取りました: {'、'.join(guessed)}")


def _shown(fact: str | int) -> str:
    return STAGES.get(str(fact), str(fact))


def tell_plan(report: "Report") -> list[str]:
    """Print what would be done; return the sentences of what would fail."""
    for entry in report.entries:
        if entry.state != UNCHANGED:
            click.echo(f"{PLANNED[entry.state]}  {entry.about.id}  {entry.about.title}")
    for name in report.gone:
        click.echo(f"外す  {name}")
    unchanged = sum(each.state == UNCHANGED for each in report.entries)
    if unchanged:
        click.echo(f"変更なし  {unchanged:,}件")
    return report.faults


def end(ctx: click.Context, faults: Iterable[str]) -> None:
    """Print what failed, each with its sentence; that is the end of the command, with status 2."""
    told = list(faults)
    for fault in told:
        click.echo(f"Error: {fault}", err=True)
    if len(told) > 1:
        click.echo(f"読めなかったもの {len(told):,}件", err=True)
    if told:
        ctx.exit(2)
