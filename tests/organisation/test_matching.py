"""What directives call units: exact names in any usual spelling are sure, likeness only proposes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.organisation.matching import Home, KnownName, NameIndex, match, spellings

PROVINCE, HOME, CULTURE, FINANCE, WARD, POLICE, PARTY, WARD_POLICE, DEPARTMENT, EDUCATION = range(1, 11)
NAMES = [
    KnownName(PROVINCE, "Ủy ban nhân dân tỉnh Sơn Khê"),
    KnownName(HOME, "Ủy ban nhân dân thành phố Mường Hoa"),
    KnownName(CULTURE, "Phòng Văn hóa và Thông tin"),
    KnownName(FINANCE, "Phòng Tài chính - Kế hoạch thành phố Mường Hoa"),
    KnownName(WARD, "Ủy ban nhân dân phường Bến Đá"),
    KnownName(WARD, "Phường Bến Đá"),
    KnownName(POLICE, "Công an thành phố Mường Hoa"),
    KnownName(PARTY, "Ban Tuyên giáo Thành ủy"),
    KnownName(WARD_POLICE, "Công an phường Bến Đá"),
    KnownName(DEPARTMENT, "Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn Khê"),
    KnownName(EDUCATION, "Phòng Giáo dục và Đào tạo"),
]
FROM_HOME = Home(HOME, frozenset({CULTURE, FINANCE, WARD, POLICE, WARD_POLICE, EDUCATION}), (PROVINCE,))

INDEX = NameIndex(NAMES, FROM_HOME)

# words of a directive, the unit meant
SURE = [
    # the very name
    ("Phòng Văn hóa và Thông tin", CULTURE),
    # old placing of the mark, other case, more blanks
    ("Phòng Văn hoá và Thông tin", CULTURE),
    ("PHÒNG VĂN  HÓA VÀ THÔNG TIN", CULTURE),
    # abbreviations of every part
    ("Phòng VH&TT", CULTURE),
    ("P. VHTT", CULTURE),
    ("P.VHTT", CULTURE),
    ("Phòng GD&ĐT", EDUCATION),
    ("Phòng TC-KH", FINANCE),
    ("Phòng Tài chính – Kế hoạch", FINANCE),
    # the city's own name left out or put in
    ("Phòng Tài chính - Kế hoạch", FINANCE),
    ("Phòng Tài chính - Kế hoạch thành phố", FINANCE),
    ("Phòng Văn hóa và Thông tin thành phố", CULTURE),
    ("Công an thành phố", POLICE),
    ("Công an TP", POLICE),
    # the seat it is said from tells which committee
    ("UBND thành phố", HOME),
    ("UBND TP. Mường Hoa", HOME),
    ("UBND tỉnh", PROVINCE),
    ("UBND phường Bến Đá", WARD),
    ("UBND P. Bến Đá", WARD),
    ("phường Bến Đá", WARD),
    ("Sở VH,TT&DL", DEPARTMENT),
    ("Sở VHTTDL tỉnh Sơn Khê", DEPARTMENT),
    ("BTG Thành uỷ", PARTY),
]

# words that are no name of the register: never sure, at best a proposal
DOUBTFUL = [
    # a slip of the pen
    ("Phòng Văn hóa - Thông tin", CULTURE),
    ("Ban Tuyên giáo Thành uỷ Mường Hoa", PARTY),
    # a person instead of the unit, another town's, and nothing like any
    ("Phòng Văn hóa và Thôn tin", CULTURE),
    ("Hội Làm vườn", None),
    ("Chủ tịch", None),
    ("", None),
    ("…", None),
]


@pytest.mark.parametrize(("words", "unit"), SURE)
def test_exact_names_are_sure(words, unit):
    found = match(words, NAMES, home=FROM_HOME)
    assert (found.unit_id, found.sure) == (unit, True)


@pytest.mark.parametrize(("words", "unit"), DOUBTFUL)
def test_likeness_only_proposes(words, unit):
    found = match(words, NAMES, home=FROM_HOME)
    assert (found.unit_id, found.sure) == (unit, False)


def test_two_units_of_one_name_are_never_guessed():
    names = [KnownName(1, "Trạm Y tế"), KnownName(2, "Trạm Y tế")]
    found = match("Trạm Y tế", names, home=Home(9, frozenset({1, 2})))
    assert (found.unit_id, found.sure, found.candidates) == (None, False, (1, 2))


def test_the_one_beneath_home_goes_before_the_one_elsewhere():
    names = [KnownName(1, "Phòng Nội vụ"), KnownName(2, "Phòng Nội vụ")]
    assert match("Phòng Nội vụ", names, home=Home(9, frozenset({2}))).unit_id == 2


def test_city_of_another_name_is_not_home():
    assert match("UBND thành phố Bến Lau", NAMES, home=FROM_HOME).sure is False


@given(st.text(max_size=60))
def test_any_words_are_answered(words):
    found = INDEX.match(words)
    assert 0 <= found.score <= 1
    assert found.unit_id in {None, *range(1, 11)}
    assert len(spellings(words)) <= 24
