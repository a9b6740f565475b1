"""Forms with fixed wording: filled, short, missing."""

from dataclasses import replace

import pytest

from papers.samples import LETTER
from xulang.papers.checking.check import check
from xulang.papers.forms import filled
from xulang.papers.layout import table
from xulang.papers.paper import UnfitPaperError
from xulang.papers.writing.write import write


def test_invitation() -> None:
    body = filled(
        "GM",
        who="Phòng Văn hóa",
        guests="Trưởng các đơn vị",
        event="Hội nghị tháng 3",
        time="8 giờ",
        place="Hội trường",
    )
    # nobody in the chair and no notes: those lines are left out
    assert [p.words for p in body] == [
        "Phòng Văn hóa trân trọng kính mời: Trưởng các đơn vị",
        "Tới dự Hội nghị tháng 3",
        "Thời gian: 8 giờ",
        "Địa điểm: Hội trường",
    ]


def test_minutes_of_several_paragraphs() -> None:
    told = {name: f"({name})" for name in table("forms.toml")["BB"]["needed"]}
    body = filled("BB", **(told | {"content": "Một.\nHai."}))
    assert [p.words for p in body][-3:] == ["Một.", "Hai.", "Cuộc họp kết thúc vào (ends)"]


def test_missing_fields_are_named() -> None:
    with pytest.raises(UnfitPaperError, match=r"Mẫu 1\.7 còn thiếu: người được mời, thời gian"):
        filled("GM", who="Phòng Văn hóa", event="Hội nghị", place="Hội trường")


def test_no_form() -> None:
    with pytest.raises(UnfitPaperError, match="không có mẫu"):
        filled("KH")


@pytest.mark.parametrize("type", ["GM", "GGT", "BB", "GNP"])
def test_a_filled_form_is_a_clean_paper(type: str) -> None:
    raw = table("forms.toml")
    body = filled(type, **{name: raw["fields"][name].capitalize() for name in raw[type]["needed"]})
    paper = replace(LETTER, type=type, symbol=f"{type}-VHTT", title="Về công tác tháng 3", addressees=(), body=body)
    assert check(write(paper)) == []
