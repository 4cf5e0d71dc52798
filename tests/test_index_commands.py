"""The commands on the index from outside: many papers at once, a folder that is followed, what is told of them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from index.document import Place, Remainder
from tests.made import paper, write

ROOT = Path(__file__).parents[1]
TEXT = "令和6年度予算の概要\n\n（１）蓄電池の支援事業　12億円\n　蓄電池を支援する。\n"
BAD = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("small") / "store"
    place = [Place("頁", 4, 4, 2), Place("頁", 9, 9, 2), Place("頁", 1, 1, 1)]
    write(store, paper("頁", remainders=[Remainder(each, f"{each.line}円", "理由") for each in place]))
    return store


@pytest.fixture
def desk(tmp_path: Path, small_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a store and two papers."""
    shutil.copytree(small_store, tmp_path / "store")
    for name in ("甲", "乙"):
        put(tmp_path / "資料" / f"{name}.txt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEISAKU_STORE", "store")
    return tmp_path


def put(file: Path, more: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{file.stem}{more} {TEXT}", encoding="utf-8")


def index(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["index", *arguments], input=stdin, prog_name="seisaku")


def told(*arguments: str, stdin: str | bytes | None = None) -> list[str]:
    """Return the lines that a command prints which does its work."""
    result = index(*arguments, stdin=stdin)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return [line for line in result.stdout.splitlines() if "冒頭から" not in line]


def faults(*arguments: str) -> list[str]:
    """Return the sentences of a command that fails, without what it tells of the rest."""
    result = index(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    return [line.removeprefix("Error: ") for line in result.stderr.splitlines() if line.startswith("Error: ")]


COUNTS = "施策1件 金額1件 読み取れなかった金額0件"


def test_what_became_of_each_paper_is_told(desk: Path) -> None:
    assert told("add", "資料") == [f"乙: {COUNTS}", f"甲: {COUNTS}"]
    assert told("add", "資料") == ["乙: 変更なし", "甲: 変更なし", "合計: 変更なし2件"]
    put(desk / "資料" / "甲.txt", "改")
    assert told("add", "資料/*.txt") == [
        "乙: 変更なし",
        f"甲: {COUNTS}  （置き換え）",
        "合計: 置き換え1件 変更なし1件",
        f"  {COUNTS}",
    ]
    assert told("add", "資料/甲.txt") == ["甲: 変更なし"]


def test_of_many_papers_the_sums_are_told(desk: Path) -> None:
    for number in range(21):
        put(desk / "資料" / f"{number:02}.txt")
    assert told("add", "資料", "--jobs", "2") == [
        "合計: 追加23件",
        "  施策23件 金額23件 読み取れなかった金額0件",
    ]
    assert told("add", "資料") == ["合計: 変更なし23件"]


def test_files_of_one_name_are_told_apart(desk: Path) -> None:
    put(desk / "資料" / "中" / "甲.txt", "別")
    lines = told("add", "資料")
    assert f"中-甲: {COUNTS}" in lines
    assert f"  {desk / '資料' / '中' / '甲.txt'} の識別名です。「甲」は別のファイルの文書と重なります。" in lines
    shutil.copytree(desk / "資料", desk / "写し")
    assert told("add", "写し", "資料")[-1] == "合計: 変更なし3件 同じ内容のファイル3件"


def test_files_that_failed_come_last_and_the_others_are_done(desk: Path) -> None:
    for name in ("悪い.txt", "だめ.txt"):
        (desk / "資料" / name).write_bytes(BAD)
    result = index("add", "資料")
    assert result.exit_code == 2
    assert "合計: 追加2件 読めなかったもの2件" in result.stdout
    errors = result.stderr.splitlines()
    assert [line.split(" ")[1] for line in errors[:2]] == ["資料/だめ.txt", "資料/悪い.txt"]
    assert errors[2:] == ["読めなかったもの 2件"]
    assert told("add", "資料/甲.txt") == ["甲: 変更なし"]
    alone = index("add", "資料/悪い.txt")
    assert (alone.exit_code, alone.stdout, alone.stderr.count("\n")) == (2, "", 1)


FAULTS = [
    ("add 空", "読める資料がありません"),
    ("add 無い", "見つかりません"),
    ("add *.zip", "当てはまるファイルがありません"),
    ("add store", "索引そのもの"),
    ("add 資料 --title x", "一件だけ"),
    ("add 資料 --jobs -1", "--jobs"),
    ("add 資料 --year 来年", "来年"),
    ("sync 空", "読める資料がありません"),
    ("sync 無い", "フォルダーではありません"),
    ("sync store", "索引そのもの"),
    ("sync 資料/甲.txt", "フォルダーではありません"),
]


@pytest.mark.parametrize(("line", "said"), FAULTS, ids=[line for line, _ in FAULTS])
def test_bad_input_is_one_sentence(line: str, said: str, desk: Path) -> None:
    (desk / "空").mkdir()
    [fault] = faults(*line.split())
    assert said in fault
    assert "ください" in fault
    assert told("list")[0].startswith("頁")


def test_standard_input_is_a_paper(desk: Path) -> None:
    assert told("add", "-", "--id", "標準", stdin=TEXT) == [f"標準: {COUNTS}"]
    assert told("add", "-", stdin=TEXT.encode("cp932"))[0].endswith(COUNTS)
    table = "事業名,令和6年度予算額（千円）\n蓄電池事業,3000\n"
    assert told("add", "-", "--name", "表.csv", stdin=table) == [f"表: {COUNTS}"]
    assert told("add", "-", "--name", "表.csv", stdin=table) == ["表: 変更なし"]
    assert "標準入力" in faults("add", "-")[0]


def test_a_folder_is_followed(desk: Path) -> None:
    assert told("sync", "資料", "--dry-run") == ["追加  乙  資料/乙.txt", "追加  甲  資料/甲.txt"]
    assert told("sync", "資料") == [f"乙: {COUNTS}", f"甲: {COUNTS}"]
    put(desk / "資料" / "甲.txt", "改")
    (desk / "資料" / "乙.txt").unlink()
    put(desk / "資料" / "丙.txt")
    assert told("sync", "資料", "--dry-run") == ["追加  丙  資料/丙.txt", "置き換え  甲  資料/甲.txt", "外す  乙"]
    assert told("sync", "資料") == [
        f"丙: {COUNTS}",
        f"甲: {COUNTS}  （置き換え）",
        "乙: もとのファイルがないので外しました",
        "合計: 追加1件 置き換え1件 外した文書1件",
        "  施策2件 金額2件 読み取れなかった金額0件",
    ]
    assert told("sync", "資料", "--dry-run") == ["変更なし  2件"]
    assert told("sync", "資料") == ["合計: 変更なし2件"]


def test_what_was_not_understood_is_listed_page_by_page(desk: Path) -> None:
    assert told("check", "頁") == [
        "頁: 読み取れなかった金額 3件",
        "  1頁",
        "    頁:1  1円  （理由）",
        "  2頁",
        "    頁:4  4円  （理由）",
        "    頁:9  9円  （理由）",
    ]


def test_build_takes_jobs(desk: Path) -> None:
    told("add", "資料")
    assert told("build", "--jobs", "2")[:2] == [f"乙: {COUNTS}", f"甲: {COUNTS}"]


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    pty = pytest.importorskip("pty", reason="only where there are such terminals")
    ends: tuple[int, int] = pty.openpty()
    yield ends
    for each in ends:
        os.close(each)


def test_a_terminal_sees_a_bar_and_a_pipe_none(desk: Path, terminal: tuple[int, int]) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "index", "add", "資料"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal[1], timeout=60, check=True)
    assert COUNTS in done.stdout.decode()
    shown = os.read(terminal[0], 10_000).decode()
    assert re.search("読み取り.*2/2.*100%|読み取り.*100%.*2/2", shown), shown


def test_damage_is_told_by_a_check(desk: Path) -> None:
    assert told("check", "--deep") == told("check")
    file = next((desk / "store").glob("gen-*/columns.bin"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    for options in ([], ["--deep"]):
        (said,) = faults("check", *options)
        assert f"索引のファイル {file.relative_to(desk)} が" in said
        assert said.endswith("seisaku index build で作り直してください。")


def test_a_store_of_another_table_of_synonyms_answers_and_is_made_anew(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "own.tsv").write_text("蓄電池\tバッテリー", encoding="utf-8")
    monkeypatch.setenv("SEISAKU_SYNONYMS", "own.tsv")
    said = "索引 store は別の同義語の表で作られています。seisaku index build で作り直してください。"
    result = index("list")
    assert result.exit_code == 0
    assert result.stdout.startswith("頁")
    assert result.stderr == f"注意: {said}それまでは今の索引で答えます。\n"
    assert faults("add", "資料") == [said]
    told("build")
    assert told("list")


@pytest.mark.parametrize("place", ["資料/甲.txt", "資料/甲.txt/store"])
def test_where_no_store_can_be_made_is_said(desk: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEISAKU_STORE", place)
    (said,) = faults("list")
    assert said.startswith(f"{'索引 ' if place.endswith('store') else ''}{place} に")
    assert said.endswith("ください。")
