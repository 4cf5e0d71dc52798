"""The laws of the two word tables, `index/synonyms.tsv` and `index/variants.tsv`."""

import unicodedata
from pathlib import Path

import pytest

INDEX = Path(__file__).resolve().parent.parent / "index"


def rows(name: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows of a table with their line numbers, comments left out."""
    lines = (INDEX / name).read_text(encoding="utf-8").split("\n")[:-1]
    return [(at, tuple(line.split("\t"))) for at, line in enumerate(lines, 1) if not line.startswith("#")]


SYNONYMS = rows("synonyms.tsv")
VARIANTS = rows("variants.tsv")
CHARACTERS = [cells for _, cells in VARIANTS if len(cells[0]) == 1]
STRINGS = [cells for _, cells in VARIANTS if len(cells[0]) > 1]


def folded(text: str) -> str:
    """Return `text` as the tables compare it: width, letter case and variants made one."""
    text = unicodedata.normalize("NFKC", text)
    for seen, meant in (*STRINGS, *CHARACTERS):
        text = text.replace(seen, meant)
    return text.casefold()


def repeated(values: list[str]) -> list[str]:
    """Return what stands in `values` more than once."""
    return sorted({each for each in values if values.count(each) > 1})


@pytest.mark.parametrize("name", ["synonyms.tsv", "variants.tsv"])
def test_file_is_plain(name: str) -> None:
    raw = (INDEX / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), "BOM"
    assert b"\r" not in raw
    assert raw.startswith(b"#"), "the head explains the format"
    assert raw.endswith(b"\n")
    assert b"\n\n" not in raw


@pytest.mark.parametrize("table", [SYNONYMS, VARIANTS], ids=["synonyms", "variants"])
def test_cells_are_clean(table: list[tuple[int, tuple[str, ...]]]) -> None:
    bad = [(at, cells) for at, cells in table if any(not cell or cell != cell.strip() for cell in cells)]
    assert bad == []


def test_synonyms_are_many() -> None:
    assert len(SYNONYMS) >= 190


def test_synonyms_come_in_groups() -> None:
    assert [(at, cells) for at, cells in SYNONYMS if len(cells) < 2] == []


def test_synonyms_are_longer_than_a_character() -> None:
    assert [(at, cells) for at, cells in SYNONYMS if any(len(cell) < 2 for cell in cells)] == []


def test_synonyms_keep_their_width() -> None:
    assert [cell for _, cells in SYNONYMS for cell in cells if unicodedata.normalize("NFKC", cell) != cell] == []


def test_synonyms_stand_once() -> None:
    assert repeated([folded(cell) for _, cells in SYNONYMS for cell in cells]) == []


APART = [
    ("蓄電池", "EV"),
    ("補助金", "交付金"),
    ("訓練", "研修"),
    ("脱炭素", "GX"),
    ("太陽電池", "太陽光発電"),
    ("IT", "ICT"),
    ("EPA", "FTA"),
    ("AI", "生成AI"),
    ("5G", "6G"),
    ("持続化補助金", "ものづくり補助金"),
    ("中小企業", "中堅・中小企業"),
    ("原発", "福島第一原発"),
]

TOGETHER = [
    ("EV", "電気自動車"),
    ("GX", "グリーントランスフォーメーション"),
    ("再エネ", "再生可能エネルギー"),
    ("蓄電池", "バッテリー"),
    ("SAF", "持続可能な航空燃料"),
    ("賃上げ", "賃金の引上げ"),
    ("中小企業", "中小"),
    ("エネ特", "エネルギー対策特別会計"),
    ("国庫債務負担行為", "国庫債務"),
    ("NEDO", "新エネルギー・産業技術総合開発機構"),
    ("JOGMEC", "エネルギー・金属鉱物資源機構"),
    ("INPIT", "工業所有権情報・研修館"),
    ("大阪・関西万博", "2025年日本国際博覧会"),
    ("Go-Tech事業", "成長型中小企業等研究開発支援事業"),
    ("UNIDO", "国際連合工業開発機関"),
]


def group(word: str) -> int | None:
    """Return the line of the group that `word` stands in, or None."""
    return next((at for at, cells in SYNONYMS if word in cells), None)


@pytest.mark.parametrize(("one", "other"), TOGETHER, ids=[" = ".join(pair) for pair in TOGETHER])
def test_the_same(one: str, other: str) -> None:
    assert group(one) is not None
    assert group(one) == group(other)


@pytest.mark.parametrize(("one", "other"), APART, ids=[" ≠ ".join(pair) for pair in APART])
def test_not_the_same(one: str, other: str) -> None:
    assert group(one) is None or group(one) != group(other)


def test_variants_are_many() -> None:
    old_forms = sum(1 for seen, _ in CHARACTERS if written_in_japan(seen))
    assert len(CHARACTERS) - old_forms >= 120
    assert len(CHARACTERS) >= 150
    assert STRINGS


def test_variants_come_in_pairs() -> None:
    assert [(at, cells) for at, cells in VARIANTS if len(cells) != 2] == []


def test_variants_keep_the_length() -> None:
    """Offsets into the folded text are offsets into the paper."""
    assert [(seen, meant) for _, (seen, meant) in VARIANTS if len(seen) != len(meant)] == []


def test_variants_change_something() -> None:
    assert [seen for _, (seen, meant) in VARIANTS if seen == meant] == []


def test_variants_are_seen_once() -> None:
    assert repeated([seen for _, (seen, _) in VARIANTS]) == []


def test_variants_are_folded_once() -> None:
    """What is meant holds nothing that is seen, so that folding twice is folding once."""
    seen = [each for _, (each, _) in VARIANTS]
    assert [(meant, each) for _, (_, meant) in VARIANTS for each in seen if each in meant] == []


def test_variants_do_not_meet() -> None:
    """A string row holds no other row's `seen`, so that their order does not matter."""
    seen = [each for _, (each, _) in VARIANTS]
    assert [(string, each) for string, _ in STRINGS for each in seen if each != string and each in string] == []


def test_variant_characters_are_not_left_to_width() -> None:
    assert [seen for seen, _ in CHARACTERS if unicodedata.normalize("NFKC", seen) != seen] == []


def test_variants_mean_japanese() -> None:
    assert [meant for _, (_, meant) in VARIANTS if not written_in_japan(meant)] == []


ORDINARY = "国区会学点机云后里余体芸弁缶欠予糸虫旧当医号宝写来麦万与党断台広図数声礼乱辞双条灯"


@pytest.mark.parametrize("character", ORDINARY)
def test_ordinary_characters_stay(character: str) -> None:
    assert character not in [seen for seen, _ in CHARACTERS]


def written_in_japan(text: str) -> bool:
    """Whether `text` is in the character set of Japanese print, JIS X 0208."""
    try:
        text.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def test_repairs_the_papers() -> None:
    assert folded("投融资") == "投融資"
    assert folded("C02等を用いた") == folded("CO2等を用いた")
    assert folded("強靱化") == folded("強靭化")
