"""Lists read on the units of each row's day and on today's: every row once in both, its name that of its day."""

import datetime as dt
from dataclasses import dataclass

import pytest

from builders import Said, Town, a_town, an_issued_programme, at
from xulang.organisation import reorganising
from xulang.organisation.enums import UnitsOf, Verb
from xulang.organisation.models import Line, Unit
from xulang.programme import selectors, services
from xulang.programme.enums import Bucket, EntryKind
from xulang.programme.models import Assignment, ExpectedReport, Programme
from xulang.programme.selectors import Wanted

pytestmark = pytest.mark.django_db

WARDS = Said("Treo bảng giới thiệu", ["*UBND các phường, xã"], ["Phòng Văn hóa và Thông tin"])
PRESS = Said("Quản lý hoạt động báo chí", ["Phòng Văn hóa và Thông tin"])
APRIL, MERGED, MAY = dt.date(2026, 4, 20), dt.date(2026, 4, 25), dt.date(2026, 5, 20)
BOTH = (UnitsOf.TODAY, UnitsOf.THE_DAY)


@dataclass
class Story:
    town: Town
    programme: Programme
    new: Unit

    def __getattr__(self, name):
        return getattr(self.town, name)


@pytest.fixture
def town():
    """An obstacle and a report of the ward, which then becomes one with the commune; another obstacle since."""
    town = a_town()
    programme = an_issued_programme(town, WARDS, PRESS)
    mine = Assignment.objects.get(unit=town.ward)
    services.raise_obstacle(assignment=mine, note="Thiếu vốn", by=town.ward_officer, now=at(APRIL))
    first = ExpectedReport.objects.filter(assignment=mine).order_by("due").first()
    services.report(assignment=mine, expected=first, kind=EntryKind.NIL, by=town.ward_officer, now=at(APRIL))
    act = reorganising.draft(
        title="Sắp xếp", basis="Nghị quyết 01/NQ-HĐND", on=MERGED, by=town.administrator, now=at(MERGED)
    )
    ward = Line(verb=Verb.ESTABLISH, kind="phuong", name="Ủy ban nhân dân phường Kỳ Sơn", parent=town.home)
    lines = [ward, *(Line(verb=Verb.MERGE, unit=unit, to_line=ward) for unit in (town.ward, town.commune))]
    reorganising.add_lines(act=act, lines=lines, by=town.administrator, now=at(MERGED))
    reorganising.apply(act=act, by=town.administrator, now=at(MERGED))
    new = Unit.objects.get(made_by__isnull=False)
    again = Assignment.objects.get(pk=mine.pk)
    services.raise_obstacle(assignment=again, note="Còn thiếu", by=town.ward_officer, now=at(MAY))
    return Story(town, programme, new)


def test_the_board_has_every_row_once_in_both_readings(town):
    wards = {town.ward, town.commune}
    read = {units_of: selectors.board(town.leader, MAY, Wanted(units_of=units_of)) for units_of in BOTH}
    parts = {units_of: [part for row in read[units_of] for part in row.parts] for units_of in BOTH}
    assert sorted(row.place for row in parts[UnitsOf.TODAY]) == [row.place for row in parts[UnitsOf.THE_DAY]]
    for units_of, units in ((UnitsOf.TODAY, {town.new, town.culture}), (UnitsOf.THE_DAY, wards | {town.culture})):
        of_units = {unit: selectors.board(town.leader, MAY, Wanted(unit=unit, units_of=units_of)) for unit in units}
        assert sum(map(len, of_units.values())) == len(read[units_of])
        assert all(of_units.values())
        for other in (wards | {town.new}) - units:
            assert selectors.board(town.leader, MAY, Wanted(unit=other, units_of=units_of)) == []
    names = [selectors.name_of(row.assignment, UnitsOf.THE_DAY, MAY) for row in read[UnitsOf.THE_DAY]]
    assert "Ủy ban nhân dân phường Bến Đá" in names
    assert "Ủy ban nhân dân phường Kỳ Sơn" not in names


@pytest.mark.parametrize("more", [{}, {"programme": True}, {"waiting": True}])
def test_the_counts_are_those_of_the_rows(town, more):
    first, last = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
    more = more | ({"programme": town.programme} if "programme" in more else {})
    for units_of in BOTH:
        wanted = Wanted(units_of=units_of, **more)
        counts: dict[tuple[int, int, int], int] = {}
        rows = selectors.board(town.leader, MAY, wanted)
        for row in (part for one in rows for part in one.parts):
            unit = row.assignment.unit_id if units_of == UnitsOf.TODAY else row.assignment.issued_to_id
            key = (unit, row.expected.due.year, row.expected.due.month)
            counts[key] = counts.get(key, 0) + 1
        told = selectors.by_unit_and_month(town.leader, MAY, wanted, first, last)
        assert {(unit, *month): its.due for unit, months in told.items() for month, its in months.items()} == counts
        for unit in {key[0] for key in counts}:
            one = Wanted(units_of=units_of, unit=Unit.objects.get(pk=unit), **more)
            due = sum(number for key, number in counts.items() if key[0] == unit)
            assert sum(its.due for its in selectors.by_day(town.leader, MAY, one, first, last).values()) == due
            assert sum(its.due for its in selectors.by_section(town.leader, MAY, one).values()) == due


def test_a_line_of_the_ledger_names_the_unit_of_the_day_on_which_it_was_written(town):
    told = {
        units_of: [row.unit for row in selectors.obstacles(town.leader, MAY, units_of=units_of)] for units_of in BOTH
    }
    now, then = "Ủy ban nhân dân phường Kỳ Sơn", "Ủy ban nhân dân phường Bến Đá"
    assert told == {UnitsOf.TODAY: [now, now], UnitsOf.THE_DAY: [then, now]}
    had = {units_of: [row.had for row in selectors.to_confirm(town.lead, MAY, units_of=units_of)] for units_of in BOTH}
    assert had == {UnitsOf.TODAY: [town.new.pk], UnitsOf.THE_DAY: [town.ward.pk]}


def test_a_duty_that_a_merged_unit_has_twice_is_one_row_of_todays_units(town):
    wanted = Wanted(unit=town.new)
    rows = selectors.board(town.leader, MAY, wanted)
    keys = [(row.assignment.task_id, row.expected.period) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(len(row.twins) == 1 for row in rows)
    froms = {"Ủy ban nhân dân phường Bến Đá", "Ủy ban nhân dân xã Nà Sáng"}
    assert all({part.received_from for part in row.parts} == froms for row in rows)
    # Page by page the same; where a filter leaves one of the two, that one is the row.
    paged, after = [], None
    while page := selectors.board(town.leader, MAY, wanted, after=after, limit=3):
        paged, after = paged + page, page[-1].place
    assert paged == rows
    (waits,) = selectors.board(town.leader, MAY, Wanted(unit=town.new, waiting=True))
    assert (waits.twins, waits.received_from) == ((), "Ủy ban nhân dân phường Bến Đá")
    late = selectors.board(town.leader, MAY, Wanted(unit=town.new, bucket=Bucket.OPEN_OVERDUE))
    counts = selectors.figures(town.leader, MAY, on=MAY, unit=town.new)
    assert sum(len(row.parts) for row in late) == counts.open_overdue
