"""What the end of a line tears in two."""

import pytest

from index.outline.torn import tears_kana, tears_name, tears_sum, width_of

SUMS = [
    ("宇宙の開発　1,550億円の内", "数", True),
    ("研究の強化　1,234億5,", "600万円（1,100億円）", True),
    ("活用　２３４億", "円（１９８億円）", True),
    ("港の整備　10億円", "橋の補修　5億円", False),
]


@pytest.mark.parametrize(("last", "text", "torn"), SUMS, ids=[row[0] for row in SUMS])
def test_a_sum_is_torn(last: str, text: str, torn: bool) -> None:
    assert tears_sum(last, text) is torn


KANA = [
    ("資源を活用した観光地域づく", "りの推進　12,000千円", True),
    ("再生可能エネル", "ギーの導入支援", False),
    ("脱炭素に向けた再生可能エネル", "ギーの導入支援", True),
    ("ＧＩＧＡスクール構想", "の推進", True),
    ("地域の資源を生かした取組", "にぎわいの創出　10億円", False),
    ("地域の資源を生かした取組", "りんごの輸出　10億円", False),
    ("地域の資源を生かした取組", "港の整備　10億円", False),
]


@pytest.mark.parametrize(("last", "text", "torn"), KANA, ids=[row[0] + row[1] for row in KANA])
def test_kana_begin_no_word(last: str, text: str, torn: bool) -> None:
    assert tears_kana(last, text) is torn


NAMES = [
    ("中小企業・小規模事業者の生産性向", "上支援【100億円】", False, True),
    ("中小企業・小規模事業者の生産性向", "上に関する取組の方針 100億円", False, False),
    ("中小企業・小規模事業者の生産性向", "上に関する取組の方針 100億円", True, True),
    ("中小企業・小規模事業者の支援", "港湾整備 100億円", False, False),
    ("安全で安心な暮らしの推進", "港湾整備 100億円", True, False),
]


@pytest.mark.parametrize(("last", "text", "full", "torn"), NAMES, ids=[f"{row[0]} {row[2]} {row[1]}" for row in NAMES])
def test_a_name_is_torn(last: str, text: str, full: bool, torn: bool) -> None:
    assert tears_name(last, text, full) is torn


def test_a_paper_that_wraps_has_a_width() -> None:
    wrapped = ["あ" * 30] * 5 + ["い" * 12] * 20
    assert width_of(wrapped) == 29
    assert width_of(["あ" * 30, "い" * 12]) == width_of([]) == width_of(["あ" * 200] * 9) == 0
