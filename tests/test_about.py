"""What is known of a paper: given beats the table beside it, which beats what its head shows."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.about import CHECKS, about, beside, default_id
from index.document import About, Line
from index.errors import PaperError
from index.readers import read_lines
from seeds import folder


def lines_of(text: str) -> list[Line]:
    return [Line(number, each) for number, each in enumerate(text.split("\n"), 1)]


SEEDS = [
    About(
        "monozukuri-2025",
        "2025年版ものづくり白書 令和6年度の施策",
        "経済産業省・厚生労働省・文部科学省",
        "2025-05-30",
        2024,
        None,
        None,
        "monozukuri-2025.md",
    ),
    About(
        "meti-request-2024",
        "令和6年度 経済産業省関係 概算要求等概要",
        "経済産業省",
        "2023-08-31",
        2024,
        "request",
        "一般会計",
        "meti-request-2024.txt",
    ),
]


@pytest.mark.parametrize("known", SEEDS, ids=[each.id for each in SEEDS])
def test_the_seeds(known: About) -> None:
    path = folder() / str(known.file)
    assert about(path, read_lines(path)) == known


def test_the_head_of_the_request_paper_says_nearly_as_much() -> None:
    seen = about(Path("elsewhere/meti.txt"), read_lines(folder() / "meti-request-2024.txt"))
    assert (seen.title, seen.publisher, seen.date, seen.year, seen.stage, seen.account) == (
        "令和6年度 経済産業省関係 概算要求等概要", "経済産業省", None, 2024, "request", "一般会計",
    )  # fmt: skip
    assert seen.guessed == ("title", "publisher", "year", "stage", "account")


HEADS: list[tuple[str, dict[str, Any]]] = [
    ("# 令和７年度概算要求の概要", {"title": "令和７年度概算要求の概要", "year": 2025, "stage": "request"}),
    ("資料1\n\n---\n1\n## **防災計画**", {"title": "防災計画"}),
    (
        "令和5年12月22日\n総務省\nデジタル田園都市の推進",
        {"title": "デジタル田園都市の推進", "publisher": "総務省", "date": "2023-12-22"},
    ),
    ("| 表 |\n本文", {"title": "本文"}),
    ("1. 2. 3.\n", {"title": None}),
    ("あ" * 100, {"title": "あ" * 80}),
    ("平成31年度予算案", {"year": 2019, "stage": "draft"}),
    ("令和6年度予算（案）の概要", {"year": 2024, "stage": "draft"}),
    ("令和6年度農林水産関係予算概算決定の概要", {"year": 2024, "stage": "draft"}),
    ("令和元年度補正予算案の概要", {"year": 2019, "stage": "supplementary"}),
    ("令和六年度当初予算書", {"year": 2024, "stage": "initial"}),
    ("R6 予算要望", {"year": 2024, "stage": "priority"}),
    ("令和7年度税制改正要望", {"year": 2025, "stage": None}),
    ("令和5年度補正予算・令和6年度当初予算", {"year": None, "stage": None}),
    ("令和5年度補正予算(第1号)", {"stage": "supplementary"}),
    ("令和5年度予備費の使用", {"stage": "reserve"}),
    ("2025年版ものづくり白書", {"year": None, "stage": None}),
    ("施策の概要\n令和6年度\n本文", {"year": 2024}),
    ("施策の概要\n蓄電池（2024年度予算額3億円）", {"year": None}),
    ("国土交通省関係予算の概要", {"publisher": "国土交通省"}),
    ("農林水産関係予算の骨子", {"publisher": "農林水産省"}),
    ("概要\n経済産業省・厚生労働省", {"publisher": "経済産業省・厚生労働省"}),
    ("概要\n財務省主計局", {"publisher": "財務省"}),
    ("概要\n内閣府が所管する事業について", {"publisher": None}),
    ("概要\n内閣府は事項要求をする。", {"publisher": None}),
    ("令和6年度 横浜市 予算案", {"publisher": "横浜市"}),
    ("令和6年度四日市市当初予算", {"publisher": "四日市市"}),
    ("東京都府中市一般会計予算書", {"publisher": "東京都府中市", "account": "一般会計"}),
    ("京都府予算案", {"publisher": "京都府"}),
    ("京都市予算案", {"publisher": "京都市"}),
    ("北海道の予算", {"publisher": "北海道"}),
    ("市町村の予算", {"publisher": None}),
    ("農山漁村の活性化", {"publisher": None}),
    ("福島県沖の漁業", {"publisher": None}),
    ("概要\n2023年8月", {"date": "2023-08"}),
    ("概要\n2023/08/31", {"date": "2023-08-31"}),
    ("概要\n(令和5年8月31日(木)公表)", {"date": "2023-08-31"}),
    ("概要\n2023年2月30日", {"date": None}),
    ("概要\n2024.5", {"date": None}),
    ("概要\n令和5年8月31日までに提出", {"date": None}),
    ("概要\n特記のないものは、一般会計", {"account": "一般会計"}),
    ("概要\n記載がない事業は\nエネルギー対策特別会計による事業", {"account": "エネ特"}),
    ("概要\n一般会計 4,286億円", {"account": None}),
    (
        "令和７年度\n環境省　概算要求の概要\n令和６年８月",
        {
            "title": "令和７年度 環境省 概算要求の概要",
            "year": 2025,
            "stage": "request",
            "publisher": "環境省",
            "date": "2024-08",
        },
    ),
    (
        "令和 元 年度\n\n港町当初予算の概要",
        {"title": "令和 元 年度 港町当初予算の概要", "year": 2019, "stage": "initial"},
    ),
    ("令和７年度", {"title": "令和７年度", "year": 2025, "stage": None}),
    ("", {"title": None, "publisher": None, "date": None, "year": None, "stage": None, "account": None}),
]


@pytest.mark.parametrize(("head", "facts"), HEADS, ids=[head[:40] for head, _ in HEADS])
def test_seen_in_the_head(head: str, facts: dict[str, Any]) -> None:
    seen = about(Path("nowhere/paper.txt"), lines_of(head))
    for key, value in facts.items():
        assert getattr(seen, key) == ("paper" if (key, value) == ("title", None) else value)
        assert (key in seen.guessed) == (value is not None)


IDS = [
    ("meti-request-2024.txt", "meti-request-2024"),
    ("令和6年度　概算要求（案）.txt", "令和6年度-概算要求-案"),
    ("a:b c.md", "a-b-c"),
    ("か\u3099.txt", "が"),
    (".hidden", "hidden"),
    ("　.txt", "document"),
    ("…….txt", "document"),
    ("あ" * 200 + ".txt", "あ" * 80),
    ("a\n\udcffb.txt", "a-b"),
]


@pytest.mark.parametrize(("name", "expected"), IDS, ids=[repr(name[:20]) for name, _ in IDS])
def test_default_id(name: str, expected: str) -> None:
    assert default_id(Path(name)) == expected


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1))
def test_a_default_id_is_one_that_could_be_given(name: str) -> None:
    assert CHECKS["id"](default_id(Path(name))) == default_id(Path(name))


GIVEN: list[tuple[str, Any, Any]] = [
    ("year", 2024, 2024),
    ("year", "2024", 2024),
    ("year", "r6", 2024),
    ("year", "令和６年度", 2024),
    ("year", "", None),
    ("date", "令和5年8月31日", "2023-08-31"),
    ("date", "", None),
    ("stage", "request", "request"),
    ("stage", "補正", "supplementary"),
    ("stage", "不明", None),
    ("stage", "", None),
    ("account", "エネルギー対策特別会計", "エネ特"),
    ("account", "宝くじ会計", "宝くじ会計"),
    ("account", "", None),
    ("publisher", " 経済\n産業省 ", "経済 産業省"),
    ("title", "題名", "題名"),
    ("id", "白書-2025", "白書-2025"),
]


@pytest.mark.parametrize(("key", "value", "known"), GIVEN, ids=[f"{key}={value}" for key, value, _ in GIVEN])
def test_given(key: str, value: Any, known: Any) -> None:
    seen = about(
        Path("nowhere/p.txt"),
        lines_of("令和6年度 経済産業省 概算要求\n2023年8月\n印のないものは一般会計"),
        {key: value},
    )
    assert getattr(seen, key) == known
    assert key not in seen.guessed


def test_none_is_not_given_and_no_title_is_not_a_title() -> None:
    seen = about(Path("nowhere/p.txt"), lines_of("題名"), {"title": "", "year": None})
    assert (seen.title, seen.guessed) == ("題名", ("title",))


RUNNING = [
    (("環境省関係概算要求", "令和7年度 環境省関係 概算要求等概要"), "令和7年度 環境省関係 概算要求等概要", 2025),
    (("令和7年度 環境省関係概算要求", "令和6年度からの変更"), "令和7年度 環境省関係概算要求", 2025),
    (("環境省関係概算要求", "はじめに"), "環境省関係概算要求", None),
]


@pytest.mark.parametrize(("page", "title", "year"), RUNNING, ids=[page[1] for page, _, _ in RUNNING])
def test_a_running_head_is_no_title_where_the_cover_says_more(page: tuple[str, str], title: str, year: int) -> None:
    pages = [[page[0], page[1], "本文"], *([page[0], f"{each}の本文"] for each in range(4))]
    lines = [(text, number) for number, texts in enumerate(pages, 1) for text in texts]
    known = about(Path("p.pdf"), [Line(at, text, number) for at, (text, number) in enumerate(lines, 1)])
    assert (known.title, known.year) == (title, year)


def test_a_given_title_is_looked_at() -> None:
    seen = about(Path("nowhere/p.txt"), lines_of("本文"), {"title": "令和6年度概算要求"})
    assert (seen.year, seen.stage, seen.guessed) == (2024, "request", ("year", "stage"))


def test_the_strongest_word_counts(tmp_path: Path) -> None:
    paper = tmp_path / "p.txt"
    (tmp_path / "documents.toml").write_text('[a]\nfile = "p.txt"\nyear = 2001\n[b]\nfile = "q.txt"\nwrong = 1\n')
    assert beside(paper) == {"id": "a", "year": 2001}
    (tmp_path / "p.toml").write_text('\ufeffyear = "R4"\r\ndate = 2023-08-31\r\nstage = ""\r\noriginal = "x"\r\n')
    assert beside(paper) == {"year": 2022, "date": "2023-08-31", "stage": None}
    seen = about(paper, lines_of("令和6年度概算要求"), {"year": 2003})
    assert (seen.id, seen.year, seen.stage, seen.date, seen.guessed) == ("p", 2003, None, "2023-08-31", ("title",))


TABLES = [
    ("p.toml", "year = 20240", "year"),
    ("p.toml", "year = true", "year"),
    ("p.toml", "year = 2024.0", "year"),
    ("p.toml", f"year = 0x{'f' * 5000}", "year"),
    ("p.toml", 'year = "来年"', "year"),
    ("p.toml", 'stage = "当初の"', "stage"),
    ("p.toml", "stage = 1", "stage"),
    ("p.toml", 'date = "2023-02-30"', "date"),
    ("p.toml", "date = 2023", "date"),
    ("p.toml", 'id = "a:b"', "id"),
    ("p.toml", 'id = "a/b"', "id"),
    ("p.toml", 'id = ""', "id"),
    ("p.toml", 'id = ".."', "id"),
    ("p.toml", f'id = "{"a" * 81}"', "id"),
    ("p.toml", f'title = "{"a" * 500}"', "title"),
    ("p.toml", "title = [1]", "title"),
    ("p.toml", 'titel = "a"', "titel"),
    ("p.toml", '"a\\nb" = 1', "使えません"),
    ("p.toml", "year 2024", "1行目が TOML"),
    ("p.toml", 'title = "a', "TOML"),
    ("p.toml", "a = " + "[" * 100_000, "TOML"),
    ("p.toml", "\udcff", "UTF-8"),
    ("p.toml", "#" * 1_100_000, "1 MiB"),
    ("documents.toml", "year = 2024", "year"),
    ("documents.toml", "[a]\nyear = 2024", "file"),
    ("documents.toml", '["a:b"]\nfile = "p.txt"', "id"),
    ("documents.toml", '[a]\nfile = "p.txt"\n[b]\nfile = "p.txt"', "二つ"),
    ("documents.toml", '[a]\nfile = "p.txt"\nkey = 1', "key"),
]


@pytest.mark.parametrize(("name", "table", "sentence"), TABLES, ids=[table[:40] for _, table, _ in TABLES])
def test_refuses_in_one_sentence(tmp_path: Path, name: str, table: str, sentence: str) -> None:
    (tmp_path / name).write_bytes(table.encode("utf-8", "surrogateescape"))
    with pytest.raises(PaperError, match=sentence) as caught:
        about(tmp_path / "p.txt", lines_of("題名"))
    assert name in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(("key", "value"), [("year", 1), ("stage", "x"), ("date", "x"), ("id", "a:b"), ("other", "x")])
def test_refuses_what_is_given(key: str, value: str | int) -> None:
    with pytest.raises(PaperError, match=f"p.txt .*{key}"):
        about(Path("nowhere/p.txt"), [], {key: value})


@given(
    st.lists(
        st.text(st.sampled_from("令和平成6年度月日元R2023/.-() 省庁市県予算案要求補正一般会計#*|の、。億円\t")),
        max_size=12,
    )
)
def test_any_head_can_be_looked_at(head: list[str]) -> None:
    seen = about(Path("nowhere/p.txt"), [Line(number, each) for number, each in enumerate(head, 1)])
    assert 1 <= len(seen.title) <= 80
    stated = {key: getattr(seen, key) for key in seen.guessed}
    assert {key: CHECKS[key](value) for key, value in stated.items()} == stated
