"""What a user calls a programme: its name, a part of it, an item, a place; else which ones there are."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index.document import About, Amount, Item
from index.store.writer import Paper
from search import Searcher
from search.engine import Engine
from search.errors import QueryError
from search.naming import Naming
from search.programmes import Programmes
from tests.made import item, paper, sentence, write


def meant(searcher: Searcher, asked: str) -> tuple[str, str]:
    """Return the key and the local publisher of the programme that is meant."""
    programmes = Programmes(searcher.catalog, Engine(searcher.catalog.columns, searcher.catalog).stretches)
    programme = Naming(searcher.catalog, programmes).programme(asked)
    return programmes.keys[programme.number], programme.publisher


def named(asked: str, *papers: Paper) -> tuple[str, str]:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "store", *papers)
        return meant(Searcher.open(Path(folder) / "store"), asked)


SAME = [
    "蓄電池の製造サプライチェーン強靱化支援事業",
    "蓄電池の製造サプライチェーン強靭化支援 事業費",
    "蓄電池の製造サプライチェーン",
    "monozukuri-2025:61",
    "meti-request-2024:92",
    "monozukuri-2025：61",
]


def test_a_name_in_brackets_goes_before_a_part_of_other_names(searcher: Searcher) -> None:
    assert meant(searcher, "ものづくり補助金") == meant(searcher, "monozukuri-2025:68")


@pytest.mark.parametrize("asked", SAME)
def test_is_found_by_name_part_and_place(searcher: Searcher, asked: str) -> None:
    assert meant(searcher, asked) == meant(searcher, SAME[0])


FAULTS = {
    "蓄電池": "「蓄電池」に当たる事業が5件あります（蓄電池の製造サプライチェーン強靱化支援事業（meti-request-2024:56）、",
    "その他": "「その他」は多くの事業に付く名で、一つの事業を指しません。",
    "蓄電地の製造サプライチェーン": "「蓄電地の製造サプライチェーン」という事業は索引にありません。近い名称は "
    "蓄電池の製造サプライチェーン強靱化支援事業（meti-request-2024:56）、",
    "ｘｙｚ": "「ｘｙｚ」という事業は索引にありません。事業の名称、",
    " ": "事業の名称、その一部か、場所（文書:行）を書いてください。",
    "monozukuri-2025:2": "文書 monozukuri-2025 の2行目には事業がありません。seisaku items monozukuri-2025 で",
    "monozukuri-2025:564": "「monozukuri-2025:564」に当たる事業が",
    "nani-2025:61": "「nani-2025:61」という事業は索引にありません。",
}


@pytest.mark.parametrize(("asked", "message"), FAULTS.items(), ids=list(FAULTS))
def test_says_which_programmes_there_are(searcher: Searcher, asked: str, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        meant(searcher, asked)
    assert raised.value.message.startswith(message)
    sentence(type(raised.value)(raised.value.message, "", 0, 0))


# -- papers made by hand


def published(document: str, publisher: str, *items: Item) -> Paper:
    made = paper(document, *items)
    about = About(document, f"{document}の題名", publisher)
    return made._replace(document=type(made.document)(about, made.document.lines))


def test_the_whole_name_goes_before_a_part_of_another() -> None:
    made = paper(
        "甲", item("甲", "ものづくり大賞", Amount(1)), item("甲", "ものづくり大賞関連実施事業", Amount(2), line=2)
    )
    assert named("ものづくり大賞", made) == ("ものづくり大賞", "")


def test_programmes_of_two_cities_are_asked_for_by_place() -> None:
    papers = [
        published(document, city, item(document, "道路維持事業", Amount(yen)))
        for document, city, yen in (("甲", "札幌市", 1), ("乙", "仙台市", 2))
    ]
    with pytest.raises(QueryError, match=r"2件あります（道路維持事業（乙:1）、道路維持事業（甲:1））"):
        named("道路維持事業", *papers)
    assert named("乙:1", *papers) == ("道路維持", "仙台市")


def test_an_item_is_found_whose_amounts_stand_under_a_label() -> None:
    amount = Amount(3, label="水素供給基盤整備補助金")
    assert named("脱炭素の 推進", paper("甲", item("甲", "脱炭素の推進", amount))) == ("水素供給基盤整備", "")
    assert named("炭素", paper("甲", item("甲", "脱炭素の推進", amount))) == ("水素供給基盤整備", "")


def test_an_empty_store_has_no_programmes() -> None:
    with pytest.raises(QueryError, match="索引に事業がありません"):
        named("水素")
