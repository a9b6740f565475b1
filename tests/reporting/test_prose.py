"""Numbers in prose: in digits and in words, exact and about, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.papers.money_words import in_words
from xulang.reporting.prose import in_figures, said

SAID = [
    ("Đã mở 12 lớp, 540 lượt người dự.", [(12, 12, "lớp"), (540, 540, "lượt người")]),
    ("Thu hút 1.240 lượt người", [(1240, 1240, "lượt người")]),
    # a number that names nothing known, a day, a number of a paper
    ("Ngày 12/3/2026, theo Kế hoạch 45/KH-UBND, có 3 đoàn.", []),
    # the word goes on
    ("Có 3 lớpđặc biệt", []),
    ("02 lớp; 30 học viên", [(2, 2, "lớp"), (30, 30, "học viên")]),
    # in words, at the start of a sentence too, and in both ways of saying 24 and 105
    ("Hai lớp, hai mươi bốn học viên", [(2, 2, "lớp"), (24, 24, "học viên")]),
    ("một trăm lẻ năm học viên", [(105, 105, "học viên")]),
    # both, one in brackets
    ("mở 12 (mười hai) lớp", [(12, 12, "lớp")]),
    # about: a fifth off at most, on the side that the word says
    ("hơn 500 lượt người", [(500, 600, "lượt người")]),
    ("gần hai nghìn lượt người", [(1600, 2000, "lượt người")]),
    ("khoảng 1 nghìn lượt người", [(800, 1200, "lượt người")]),
    # cut off: what rounds to it; of one figure alone too much would
    ("1,2 triệu lượt người", [(1_150_000, 1_250_000, "lượt người")]),
    ("15 nghìn lượt người", [(14_500, 15_500, "lượt người")]),
    ("2 nghìn lượt người", [(2000, 2000, "lượt người")]),
    # an ordinal, a year, fifty years, a share, a measure, some
    ("Buổi thứ ba lớp đi thực tế", []),
    ("Trong năm lớp học đều đủ người", []),
    ("năm mươi năm lớp lớp người", []),
    ("đạt 50% lớp", []),
    ("12,5 lớp", []),
    ("một số lớp", []),
    # "not one of them"; a word that only ends like "hơn"; more digits than a count has; parts of a person
    ("Không lớp nào bị hoãn", []),
    ("thôn Nhơn 5 lớp", [(5, 5, "lớp")]),
    ("9" * 5000 + " lớp", []),
    ("1,23456 nghìn lượt người", []),
]


@pytest.mark.parametrize(("text", "found"), SAID)
def test_figures_in_prose(text: str, found: list[tuple[int, int, str]]) -> None:
    read = said(text, ["lớp", "lượt người", "học viên"])
    assert [(one.low, one.high, one.word) for one in read] == found


def test_what_is_told_of_it_are_the_words_as_they_stand() -> None:
    [one] = said("Năm nay có Hơn 12 (mười hai)  lớp", ["lớp"])
    assert one.text == "hơn 12 (mười hai)"
    assert [one.fits(value) for value in (11, 12, 14, 15)] == [False, True, True, False]


@given(st.integers(1, 10**9 - 1))
def test_every_number_in_words_is_read_back(value: int) -> None:
    assert in_figures(in_words(value).removesuffix(" đồng").lower()) == value


WORDS = ["một", "hai", "năm", "lăm", "mười", "mươi", "trăm", "linh", "nghìn", "triệu"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_words_that_are_no_number_make_none(words: list[str]) -> None:
    value = in_figures(" ".join(words))
    assert value is None or in_words(value).lower() == f"{' '.join(words)} đồng"
