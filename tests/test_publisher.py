"""Publishers: local governments, and the bodies of the state."""

import pytest

from index.publisher import bodies, local_publisher

LOCAL = {
    "札幌市": "札幌市",
    "札幌市財政局": "札幌市",
    "北海道": "北海道",
    "京都市": "京都市",
    "京都府総務部財政課": "京都府",
    "東京都庁": "東京都",
    "市川市役所": "市川市",
    "四日市市": "四日市市",
    "東京都新宿区": "東京都新宿区",
    "神奈川県 ": "神奈川県",
    "内閣府": "",
    "経済産業省": "",
    "大阪府教育庁": "大阪府",
    "堺市教育委員会": "堺市",
    "仙台市水道局": "仙台市",
    "名古屋市長": "名古屋市",
    "横浜市会": "横浜市",
    "札幌市（財政局）": "札幌市",
    "札幌市都市局": "札幌市",
    "東京都都市整備局": "東京都",
    "関西広域連合": "関西広域連合",
    "東村山市財政課": "東村山市",
    "北海道教育委員会": "北海道",
    "北海道開発局": "",
    "農村振興局": "",
    "全国市長会": "",
    "国土交通省都市局": "",
    "総務省自治財政局市町村課": "",
    "復興庁": "",
    "": "",
}


@pytest.mark.parametrize(("publisher", "local"), LOCAL.items(), ids=list(LOCAL))
def test_a_local_government(publisher: str, local: str) -> None:
    assert local_publisher(publisher) == local


def test_no_publisher_is_no_local_government() -> None:
    assert local_publisher(None) == ""


BODIES = {
    "経済産業省・厚生労働省、文部科学省": {"経済産業省", "厚生労働省", "文部科学省"},
    "資源エネルギー庁": {"経済産業省"},
    "国土交通省 道路局": {"国土交通省", "道路局"},
    "国土交通省都市局": {"国土交通省"},
    "北海道開発局": {"国土交通省"},
    "内閣官房": {"内閣官房"},
    "": set(),
}


@pytest.mark.parametrize(("publisher", "names"), BODIES.items(), ids=list(BODIES))
def test_the_bodies_of_the_state(publisher: str, names: set[str]) -> None:
    assert bodies(publisher) == names
