"""Finding units by what people type: without marks, by abbreviations and other names, with slips; the nearest first."""

import pytest

from builders import NOW, TODAY, a_unit
from xulang.organisation.finding import find_units, matches
from xulang.organisation.models import Unit
from xulang.organisation.services import add_alias

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Unit:
    province = a_unit("UBND tỉnh Lạng Sơn", "ubnd_tinh")
    for ward in ("Đông Kinh", "Đồng Đăng", "Đông Đăng", "Kỳ Lừa"):
        unit = a_unit(f"UBND phường {ward}", "phuong", province)
        a_unit("Văn phòng", "phong", unit)
    culture = a_unit("Phòng Văn hóa và Thông tin", "phong", province, short_name="P. VHTT")
    add_alias(unit=culture, alias="Cơ quan văn hóa tỉnh", by=None, now=NOW)
    a_unit("Phòng Văn hóa - Xã hội", "phong", province)
    return province


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lang son", "UBND tỉnh Lạng Sơn"),
        ("LẠNG SƠN", "UBND tỉnh Lạng Sơn"),
        ("p vhtt", "Phòng Văn hóa và Thông tin"),  # an abbreviation, written out
        ("P.VHTT", "Phòng Văn hóa và Thông tin"),
        ("co quan van hoa", "Phòng Văn hóa và Thông tin"),  # another name
        ("phong van hoa", "Phòng Văn hóa - Xã hội"),  # both; the shorter first
        ("thong tin van hoa", "Phòng Văn hóa và Thông tin"),  # in any order
        ("dong dang", "UBND phường Đồng Đăng"),  # both; the older first
        ("đông đăng", "UBND phường Đông Đăng"),  # the very marks first
        ("ky lua", "UBND phường Kỳ Lừa"),
        ("dong kin", "UBND phường Đông Kinh"),  # still being typed
        ("phong van hao va thong tin", "Phòng Văn hóa và Thông tin"),  # a slip
        ("thong tim", "Phòng Văn hóa và Thông tin"),  # a slip in a part of it
        ("ubnd phuong ki lua", "UBND phường Kỳ Lừa"),
        ("so tai chinh", None),
        ("ang", None),  # no word begins so
        ("", None),
        ("' OR 1=1 --", None),
    ],
)
def test_what_is_typed_finds(town: Unit, typed: str, first: str | None) -> None:
    found = find_units(typed, TODAY)
    assert (found[0].name if found else None) == first


def test_only_a_whole_name_is_sure_and_the_place_tells_two_apart(town: Unit) -> None:
    assert [one.sure for one in find_units("phong van hoa va thong tin", TODAY)] == [True]
    assert not any(one.sure for one in find_units("phong van hoa", TODAY))
    offices = find_units("van phong", TODAY)
    assert {one.above for one in offices if one.sure} == {
        f"UBND phường {w}" for w in ("Đông Kinh", "Đồng Đăng", "Đông Đăng", "Kỳ Lừa")
    }


def test_people_are_found_by_any_words_told_of_them() -> None:
    told = ["Hứa Thị Mây", "mayht", "Phó Trưởng phòng, Phòng Văn hóa"]
    assert all(matches(typed, told) for typed in ("may", "Mây hua", "pho truong", "phong van", ""))
    assert not any(matches(typed, told) for typed in ("ay", "may son"))
