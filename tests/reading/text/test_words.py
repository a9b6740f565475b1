"""Level spelling, dates, sums and mended scans: what can be said of a text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.reading.text.dates import find_dates
from xulang.reading.text.level import level
from xulang.reading.text.mending import bare, mended


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(level(text)) == len(text) == len(bare(level(text)))


@pytest.mark.parametrize(
    ("text", "same"),
    [("Uỷ ban", "ủy ban"), ("HOÀ BÌNH", "hòa bình"), ("quý", "quý"), ("toàn", "toàn"), ("A – B", "a - b")],
)
def test_level(text: str, same: str) -> None:
    assert level(text) == same


DATES = [
    ("05/6/2026", ["2026-06-05"]),
    ("5-6-2026", ["2026-06-05"]),
    ("ngày 5 tháng 6 năm 2026", ["2026-06-05"]),
    ("tháng 6/2026", ["2026-06"]),
    ("tháng 6 năm 2026", ["2026-06"]),
    ("quý III năm 2026", ["2026-Q3"]),
    ("năm 2026", ["2026"]),
    ("từ 01/6/2026 đến 31/8/2026", ["2026-06-01", "2026-08-31"]),
    ("tháng 3 - 5/2026", ["2026-03", "2026-05"]),
    # there is no such day
    ("31/02/2026", []),
    ("45/6/2026", []),
    # a share is no date
    ("đạt 6/139 kiến nghị", []),
]


@pytest.mark.parametrize(("text", "isos"), DATES)
def test_dates(text: str, isos: list[str]) -> None:
    assert [iso for date in find_dates(level(text)) if (iso := date.iso())] == isos


PHRASES = ("tổ chức", "ủy ban nhân dân", "quyết định", "từ ngày", "cơ sở", "có số")


@pytest.mark.parametrize(
    ("worn", "right"),
    [
        ("TÔ CHỨC thực hiện", "TỔ CHỨC thực hiện"),
        ("UY BAN NHAN DAN xã", "ỦY BAN NHÂN DÂN xã"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        # a symbol beside a word is no phrase
        ("149-KH/TU ngày 5", "149-KH/TU ngày 5"),
        # two phrases of the same letters mend nothing
        ("co so vật chất", "co so vật chất"),
        # a place as the paper itself writes it twice
        ("TỈNH SON KHE, tỉnh Sơn Khê và tỉnh Sơn Khê", "TỈNH SƠN KHÊ, tỉnh Sơn Khê và tỉnh Sơn Khê"),
    ],
)
def test_mended(worn: str, right: str) -> None:
    assert mended(worn, PHRASES) == right
