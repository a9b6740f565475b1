"""The room's decisions, by tables."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.activities.permissions import permission_on
from xulang.activities.rules import Slot, conflicts, countries, in_order, needs_permission, over_whole

MAY = dt.date(2026, 5, 5)
JUNE = dt.date(2026, 6, 5)
EIGHT, TEN = dt.time(8), dt.time(10)


@pytest.mark.parametrize(
    ("span", "good"),
    [
        ((MAY, MAY, None, None), True),
        ((MAY, JUNE, TEN, EIGHT), True),  # the hours of different days do not compare
        ((JUNE, MAY, None, None), False),
        ((MAY, MAY, EIGHT, TEN), True),
        ((MAY, MAY, TEN, EIGHT), False),
        ((MAY, MAY, None, EIGHT), True),  # an end without a beginning is no fault
    ],
)
def test_in_order(span, good):
    assert in_order(*span) == good


@pytest.mark.parametrize(
    ("form", "foreign", "permitted", "needs"),
    [
        ("CONFERENCE", True, False, True),
        ("CONFERENCE", True, True, False),  # the paper is there
        ("CONFERENCE", False, False, False),  # among ourselves
        ("DELEGATION_IN", True, False, False),  # guests are not a conference
    ],
)
def test_an_international_conference_needs_permission(form, foreign, permitted, needs):
    assert needs_permission(form, foreign, permitted) == needs


@pytest.mark.parametrize(("day", "source"), [(dt.date(2020, 4, 14), None), (MAY, "Quyết định 06/2020/QĐ-TTg")])
def test_the_source_of_the_permission_is_the_day_s(day, source):
    found = permission_on("international_conference", day)
    assert (found.source if found else None) == source


def slot(id, begins=MAY, ends=None, starts_at=None, ends_at=None, place="", unit=1):
    return Slot(id, begins, ends or begins, starts_at, ends_at, place, unit)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ({"place": "Nhà văn hoá"}, {"place": "nhà văn hóa", "unit": 2}, True),  # however it is spelled
        ({"place": "Nhà văn hóa"}, {"place": "Nhà văn hóa", "begins": JUNE}, False),
        ({"place": "Nhà văn hóa", "ends": JUNE}, {"place": "Nhà văn hóa", "begins": JUNE, "unit": 2}, True),
        ({"place": ""}, {"place": ""}, False),  # whole days of one unit, which has many hands
        ({"starts_at": EIGHT, "ends_at": TEN}, {"starts_at": dt.time(9)}, True),  # one unit, by the clock
        ({"starts_at": EIGHT, "ends_at": TEN}, {"starts_at": TEN}, False),  # one after the other
        ({"starts_at": EIGHT, "ends_at": TEN}, {"starts_at": dt.time(9), "unit": 2}, False),
        ({"starts_at": EIGHT, "ends_at": TEN, "place": "A"}, {"place": "A", "unit": 2}, True),  # the whole day is taken
    ],
)
def test_conflicts(one, other, clash):
    assert conflicts([slot(1, **one), slot(2, **other)]) == ([(1, 2)] if clash else [])


slots = st.builds(
    Slot,
    id=st.integers(1, 10**6),
    begins=st.dates(MAY, JUNE),
    ends=st.just(JUNE),
    starts_at=st.none() | st.times(),
    ends_at=st.none(),
    place=st.sampled_from(["", "Chợ", "Sân vận động"]),
    unit=st.integers(1, 2),
)


@given(st.lists(slots, max_size=12, unique_by=lambda slot: slot.id))
def test_every_clash_is_told_once_however_they_stand(rows):
    """The sweep finds what comparing every two finds."""
    told = conflicts(rows)
    assert told == sorted(set(told))
    one_by_one = {pair for n, one in enumerate(rows) for other in rows[n + 1 :] for pair in conflicts([one, other])}
    assert set(told) == one_by_one


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", []),
        ("Trung Quốc", ["Trung Quốc"]),
        ("Trung Quốc, Hàn Quốc; Nhật Bản và Lào", ["Trung Quốc", "Hàn Quốc", "Nhật Bản", "Lào"]),
        ("Trung Quốc, TRUNG QUỐC", ["Trung Quốc"]),
    ],
)
def test_countries(typed, told):
    assert countries(typed) == told


@pytest.mark.parametrize(
    ("numbers", "over"),
    [
        ({"people": 5, "foreigners": 9}, ["foreigners"]),
        ({"people": 9, "foreigners": 9}, []),  # all of them
        ({"people": None, "foreigners": 9}, []),  # how many there were is not known
        ({"people": 5, "foreigners": None}, []),
        ({"people": 0, "foreigners": 1}, ["foreigners"]),
        ({}, []),
    ],
)
def test_a_part_is_not_greater_than_its_whole(numbers, over):
    assert over_whole(numbers, {"foreigners": "people"}) == over
