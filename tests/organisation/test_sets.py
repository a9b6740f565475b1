"""Which units the words of a set mean, on the units of the day."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.organisation.sets import propose


@dataclass(frozen=True)
class Row:
    """A unit of the day."""

    id: int
    kind: str
    name: str
    parent_id: int | None


CITY = [
    Row(1, "ubnd_tp", "Ủy ban nhân dân thành phố Mường Hoa", None),
    Row(2, "phong", "Phòng Nội vụ", 1),
    Row(3, "phong", "Phòng Kinh tế", 1),
    Row(4, "don_vi_su_nghiep", "Trung tâm Văn hóa", 1),
    Row(5, "cong_an", "Công an thành phố", 1),
    Row(6, "phuong", "Ủy ban nhân dân phường Bến Đá", 1),
    Row(7, "xa", "Ủy ban nhân dân xã Nà Sáng", 1),
    # beneath the ward: none of the city's departments
    Row(8, "phong", "Phòng Văn hóa - Xã hội", 6),
    Row(9, "so", "Sở Nội vụ", 99),
]
DEPARTMENTS, WARDS, COMMUNES, BODIES = (2, 3), (6,), (7,), (2, 3, 4, 5)

# words, units, sure, open
SETS = [
    ("UBND các phường, xã", WARDS + COMMUNES, True, False),
    ("Ủy ban nhân dân các xã, phường trên địa bàn thành phố", WARDS + COMMUNES, True, False),
    ("UBND các phường", WARDS, True, False),
    ("các Phòng, ban", DEPARTMENTS, True, False),
    ("Các phòng, ban, ngành thành phố", DEPARTMENTS, True, False),
    ("Các Phòng, ban, đơn vị TP", BODIES, True, False),
    ("Các cơ quan, đơn vị", BODIES, True, False),
    ("các cơ quan, đơn vị, địa phương", BODIES + WARDS + COMMUNES, True, False),
    ("các cơ quan, đơn vị thuộc thành phố Mường Hoa", BODIES, True, False),
    # nobody in particular: sure that it is open
    ("các cơ quan liên quan", (), True, True),
    ("các Phòng, ban có liên quan", (), True, True),
    ("các đơn vị khác", (), True, True),
    # words left over, or kinds that are not there: proposed, not sure
    ("các đơn vị trường học", BODIES, False, False),
    ("các phòng, ban và doanh nghiệp", DEPARTMENTS, False, False),
    ("các đoàn thể", (), False, False),
    ("các phòng, ban, đoàn thể", DEPARTMENTS, False, False),
    ("các doanh nghiệp", (), False, False),
    ("", (), False, False),
]


@pytest.mark.parametrize(("words", "units", "sure", "is_open"), SETS)
def test_sets(words, units, sure, is_open):
    found = propose(words, CITY, 1)
    assert (found.unit_ids, found.sure, found.open) == (units, sure, is_open)


@given(st.text(max_size=80))
def test_any_words_give_a_proposal_within_home(words):
    found = propose(words, CITY, 1)
    assert set(found.unit_ids) <= {2, 3, 4, 5, 6, 7}
    assert not (found.open and found.unit_ids)
