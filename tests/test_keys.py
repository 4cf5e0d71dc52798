"""The keys of programmes stand in the names of items, or are kept; they are read as they were given."""

from hypothesis import given
from hypothesis import strategies as st

from index.store.columns import Column, Loose, put_strings, smallest
from index.store.keys import Keys, shared

NAMES = ["蓄電池事業", "蓄電池", "「蓄電池」の支援", "水素\x1fﾊﾟｰ", "", "\ud800"]
KEYS = ["蓄電池", "蓄電池の支援", "水素", "水素\x1fﾊﾟｰ", "電池", "\ud800", "蓄電池事業蓄電池"]


@given(st.lists(st.sampled_from(NAMES)), st.sets(st.sampled_from(KEYS)), st.data())
def test_keys_are_read_as_they_were_given(names: list[str], given: set[str], data: st.DataObject) -> None:
    keys = ["", *sorted(given)]
    items = st.integers(0, len(names) - 1) if names else st.nothing()
    records = data.draw(st.lists(st.tuples(items, st.integers(0, len(keys) - 1))) if names else st.just([]))
    columns: dict[str, Column] = {
        f"record.{name}": smallest([row[at] for row in records]) for at, name in enumerate(("item", "programme"))
    }
    put_strings(columns, "stretch", [f"{each}\n" for each in names])
    put_strings(columns, "programme", keys)
    found = Keys(Loose(columns | shared(Loose(columns))))
    strings = found.strings()
    assert [found[number] for number in range(len(keys))] == keys
    assert [strings[number] for number in range(len(strings))] == found.all() == keys


def test_what_begins_a_name_is_not_kept_twice() -> None:
    columns: dict[str, Column] = {"record.item": smallest([0, 1, 1]), "record.programme": smallest([1, 2, 3])}
    put_strings(columns, "stretch", ["水素の支援\n", "蓄電池事業\n"])
    put_strings(columns, "programme", ["", "水素支援", "蓄電", "蓄電池"])
    assert shared(Loose(columns))["programme.text"] == "水素支援".encode()
