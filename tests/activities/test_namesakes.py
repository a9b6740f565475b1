"""Spellings of one partner are found, and what only looks alike is not: by rows, and measured on a made set."""

import pytest

from activities.partner_names import pairs
from xulang.activities.namesakes import same


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Công ty Hoà Bình", "CÔNG TY HÒA BÌNH", True),
        ("Hòa Bình", "Hoa Bình", False),
        ("Công ty Hòa Bình", "cong ty hoa binh", True),  # typed without marks
        ("Cty TNHH Mĩ Sơn", "Công ty trách nhiệm hữu hạn Mỹ Sơn", True),
        ("Ðông Giang", "Đông Giang", True),  # the Icelandic letter
        ("Trường số 1", "Trường số 2", False),
        ("Nam Ninh", "Namninh", True),
        ("Longhua University", "Longhua Univ.", True),
        ("Friendship Asociation", "Friendship Association", True),  # one slip in a long word
        ("Longhua University", "Longhai University", False),
        ("", "", False),
    ],
)
def test_bodies(one, other, alike):
    assert same(one, other) == same(other, one) == alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Nguyễn Văn An", "An Nguyễn Văn", True),
        ("Nguyễn Văn An", "An Văn Nguyễn", True),
        ("Nguyễn Văn An", "Van An Nguyen", True),
        ("Nguyễn Văn An", "Nguyễn, Văn An", True),
        ("Nguyễn Minh Đức", "Nguyễn Đức Minh", False),  # another person
        ("Trần Thị Hoa", "Trần Thị Hòa", False),
    ],
)
def test_persons(one, other, alike):
    assert same(one, other, persons=True) == same(other, one, persons=True) == alike
    assert not same("Hội An Nam", "Nam Hội An")  # bodies are not turned round


def test_measured_on_a_made_set():
    """Precision and recall over pairs of which a third are near-misses; what was measured stands in the decision."""
    told = [(pair, same(pair.one, pair.other, persons=pair.persons)) for pair in pairs(seed=20261128, count=4000)]
    found = sum(said for _pair, said in told)
    right = sum(said and pair.same for pair, said in told)
    there = sum(pair.same for pair, _said in told)
    assert min(there, len(told) - there) > 1500
    assert right / found >= 0.99, [pair for pair, said in told if said and not pair.same][:20]
    assert right / there >= 0.97, [pair for pair, said in told if pair.same and not said][:20]
