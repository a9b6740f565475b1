"""Money in words: rows from the trade, and an independent reader of the words for all the rest."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.heard_money import drawn, misspoken, read
from xulang.papers.money_words import MOST, in_words

ROWS = [
    (0, "Không đồng"),
    (7, "Bảy đồng"),
    (10, "Mười đồng"),
    # "lăm" after tens, "năm" after "linh"
    (15, "Mười lăm đồng"),
    (105, "Một trăm linh năm đồng"),
    # "mốt" and "tư" only after tens of two and more
    (11, "Mười một đồng"),
    (14, "Mười bốn đồng"),
    (21, "Hai mươi mốt đồng"),
    (24, "Hai mươi tư đồng"),
    (104, "Một trăm linh bốn đồng"),
    (1_000, "Một nghìn đồng"),
    # a group that does not lead tells its empty hundreds
    (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
    (1_015_000, "Một triệu không trăm mười lăm nghìn đồng"),
    # an empty group is left out
    (1_000_005, "Một triệu không trăm linh năm đồng"),
    (240_000_000, "Hai trăm bốn mươi triệu đồng"),
    (5_000_000_000, "Năm tỷ đồng"),
    # past tỷ the words begin again
    (1_005_000_000_000, "Một nghìn không trăm linh năm tỷ đồng"),
    (1_234_567_891_234, "Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi mốt nghìn "
     "hai trăm ba mươi tư đồng"),
    (10**15, "Một triệu tỷ đồng"),
]  # fmt: skip


@pytest.mark.parametrize(("dong", "words"), ROWS)
def test_rows(dong: int, words: str) -> None:
    assert in_words(dong) == words


@settings(deadline=None)
@given(st.integers(0, MOST))
def test_the_words_say_the_amount(dong: int) -> None:
    assert read(in_words(dong)) == dong


def test_twenty_thousand_amounts_of_every_length() -> None:
    chance = random.Random(20261122)
    for _ in range(20_000):
        dong = drawn(chance)
        words = in_words(dong)
        assert read(words) == dong, (dong, words)
        assert not misspoken(words), (dong, words)


def test_wrong_words_are_heard() -> None:
    wrong = ("Hai mươi một đồng", "Mười năm đồng", "Một trăm linh tư đồng", "Một trăm năm đồng", "Sáu mươi năm nghìn")
    assert all(misspoken(words) for words in wrong)


@pytest.mark.parametrize("bad", [-1, MOST + 1, 1.5, "1000", None, True])
def test_nothing_but_whole_dong(bad: object) -> None:
    with pytest.raises(ValueError, match="số đồng nguyên"):
        in_words(bad)  # type: ignore[arg-type]
