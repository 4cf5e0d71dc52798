"""What is read aloud is kept in order of it."""

from pathlib import Path

from index import store
from index.analysis import UNIT
from index.document import Amount
from index.sounds import packed_sound, sound, unsaid
from index.store.columns import Columns
from tests.made import item, paper, write


def heard(columns: Columns) -> list[str]:
    """Return the words of a store as they are printed, in order of their sound."""
    terms, kept = columns.strings("term"), columns.packed("term.said")
    assert len(kept) == len(terms)
    words = [unsaid(kept[number], terms[number].lstrip(UNIT)) for number in columns.numbers("term.by_sound")]
    assert [sound(reading) for _, reading in words] == sorted(sound(reading) for _, reading in words)
    return [text for text, _ in words]


def test_words_are_kept_as_printed_in_order_of_their_sound(tmp_path: Path) -> None:
    write(tmp_path, paper("甲", item("甲", "蓄電池とGXの取組", text="半導体を2024年に、とても強くする。")))
    assert heard(store.open_columns(tmp_path)) == ["半導体", "蓄電池", "取組", "GX"]


def test_names_are_kept_once_with_their_labels_in_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        paper("甲", item("甲", "蓄電池の支援", Amount(1, label="半導体基金"), Amount(2, label="雑費"))),
        paper("乙", item("乙", "蓄電池の　支援", Amount(1))),
    )
    columns = store.open_columns(tmp_path)
    strings, readings = columns.strings("string"), columns.packed("name.reading")
    names = [strings[number] for number in columns.numbers("name.string")]
    assert names == ["半導体基金", "蓄電池の支援", "雑費"]
    assert list(columns.numbers("name.times")) == [1, 2, 1]
    order = list(columns.numbers("name.by_sound"))
    assert [packed_sound(readings[each]) for each in order] == ["handotaikikin", "tikudentinosien", "zapi"]


def test_a_store_without_words(tmp_path: Path) -> None:
    write(tmp_path, paper("甲", item("甲", "…")))
    columns = store.open_columns(tmp_path)
    columns.check()
    assert heard(columns) == []
