"""Padding, Roman numerals, the Vietnamese alphabet of points, days with blanks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xulang.papers.numerals import POINTS, day_in_words, from_roman, padded, point, roman
from xulang.papers.paper import Day, UnfitPaperError


@pytest.mark.parametrize(("number", "shown"), [(1, "01"), (9, "09"), (10, "10"), (1234, "1234")])
def test_padded(number: int, shown: str) -> None:
    assert padded(number) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (Day(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (Day(2026, 2, 14), "ngày 14 tháng 02 năm 2026"),
        # months from 3 are not padded
        (Day(2026, 6, 9), "ngày 09 tháng 6 năm 2026"),
        (Day(2026, 11, 30), "ngày 30 tháng 11 năm 2026"),
        # a draft leaves the blank
        (Day(2026, 5), "ngày        tháng 5 năm 2026"),
    ],
)
def test_days(day: Day, shown: str) -> None:
    assert day_in_words(day) == shown


@settings(deadline=None)
@given(st.integers(1, 3999))
def test_roman_both_ways(number: int) -> None:
    assert from_roman(roman(number)) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "ABC", "iv", "XXXX"])
def test_no_roman(text: str) -> None:
    assert from_roman(text) is None


def test_points_go_by_the_vietnamese_alphabet() -> None:
    assert [point(i) for i in range(7)] == ["a", "b", "c", "d", "đ", "e", "g"]
    with pytest.raises(UnfitPaperError, match="tách khoản"):
        point(len(POINTS))
