"""The programme board: every filter beside a plain look at the rows; counts by day and month add up to the figures."""

import datetime as dt

import pytest

from builders import ONGOING, TODAY, Said, a_person, a_town, an_issued_programme, at
from xulang.plumbing.wording import parse
from xulang.programme import selectors, services
from xulang.programme.enums import Bucket, EntryKind, Mode, UnitRole
from xulang.programme.models import Assignment, ExpectedReport
from xulang.programme.selectors import Wanted

pytestmark = pytest.mark.django_db

WARDS = Said("Treo bảng hai tiếng", ["*UBND các phường, xã"], ["Phòng Văn hóa và Thông tin"])
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-30", None))
ASKED = Said("Đề nghị hướng dẫn", ["Ban Tuyên giáo Thành ủy"], mode="request")
MAY = dt.date(2026, 5, 20)


def told(person, **wanted):
    return selectors.board(person, MAY, Wanted(**wanted))


def a_story():
    town = a_town()
    programme = an_issued_programme(town, WARDS, DATED, ONGOING, ASKED)
    march = ExpectedReport.objects.filter(unit=town.ward).order_by("due").select_related("assignment").first()
    entry = services.report(
        assignment=march.assignment, expected=march, kind=EntryKind.NIL, by=town.ward_officer, now=at(MAY)
    )
    services.confirm(entry=entry, by=town.lead, now=at(MAY))
    return town, programme


def test_every_filter_finds_what_a_look_at_the_rows_finds():
    town, programme = a_story()
    every = told(town.leader)
    assert len(every) == 31
    assert [row.place for row in every] == sorted(row.place for row in every)
    filters = [
        ({"unit": town.ward}, lambda row: row.assignment.unit == town.ward),
        ({"programme": programme}, lambda _row: True),
        ({"section": "II.2"}, lambda row: row.assignment.task.section == "II.2"),
        ({"first": dt.date(2026, 6, 1)}, lambda row: row.expected.due >= dt.date(2026, 6, 1)),
        ({"last": dt.date(2026, 6, 1)}, lambda row: row.expected.due <= dt.date(2026, 6, 1)),
        ({"words": parse("treo bang")}, lambda row: "Treo bảng" in row.assignment.task.text),
        ({"words": parse("khong co")}, lambda _row: False),
        *(({"bucket": its}, lambda row, its=its: row.bucket == its) for its in Bucket),
    ]
    for wanted, fits in filters:
        assert told(town.leader, **wanted) == [row for row in every if fits(row)], wanted
    figures = selectors.figures(town.leader, MAY, on=MAY)
    for its in Bucket:
        assert len(told(town.leader, bucket=its)) == figures.of(its)
    assert figures.done_late == 1


def test_what_owes_no_report_is_listed_by_role():
    town, _programme = a_story()
    coordinating = told(town.leader, role=UnitRole.COORDINATING)
    assert [(row.assignment.unit, row.expected) for row in coordinating] == [(town.culture, None)]
    asked = told(town.leader, mode=Mode.REQUEST)
    assert [row.assignment.unit for row in asked] == [town.propaganda]
    assert told(town.leader, mode=Mode.REQUEST, unit=town.ward) == []


def test_everybody_sees_their_own_rows_page_by_page():
    town, _programme = a_story()
    assert {row.assignment.unit for row in told(town.ward_officer)} == {town.ward}
    assert told(town.administrator) == told(a_person()) == []
    every, pages, after = told(town.lead), [], None
    while page := selectors.board(town.lead, MAY, Wanted(), after=after, limit=7):
        pages += page
        after = page[-1].place
    assert pages == every
    only = selectors.board(town.lead, MAY, Wanted(role=UnitRole.COORDINATING), limit=1)
    assert selectors.board(town.lead, MAY, Wanted(role=UnitRole.COORDINATING), after=only[-1].place) == []


@pytest.mark.parametrize("narrow", [{}, {"section": "II.1"}, {"bucket": Bucket.OPEN_OVERDUE}])
def test_counts_of_days_and_months_are_those_of_the_list(narrow):
    town, _programme = a_story()
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    for person in (town.leader, town.ward_officer):
        rows = told(person, first=first, last=last, **narrow)
        days = selectors.by_day(person, MAY, Wanted(**narrow), first, last)
        months = selectors.by_unit_and_month(person, MAY, Wanted(**narrow), first, last)
        for number, of in (("due", None), ("overdue", Bucket.OPEN_OVERDUE)):
            wanted = sum(of in (None, row.bucket) for row in rows)
            assert sum(getattr(one, number) for one in days.values()) == wanted
            assert sum(getattr(one, number) for unit in months.values() for one in unit.values()) == wanted
    assert selectors.by_day(town.administrator, MAY, Wanted(), first, last) == {}


@pytest.mark.parametrize("narrow", [{}, {"bucket": Bucket.OPEN_OVERDUE}, {"first": MAY}, {"waiting": True}])
def test_counts_of_sections_are_those_of_the_list(narrow):
    town, programme = a_story()
    other = an_issued_programme(town, DATED)
    for person in (town.leader, town.ward_officer):
        rows = told(person, **narrow)
        whole = selectors.by_section(person, MAY, Wanted(**narrow))
        of = {one.pk: sum(row.assignment.task.programme == one for row in rows) for one in (programme, other)}
        assert {key: one.due for key, one in whole.items()} == {(pk, ""): n for pk, n in of.items() if n}
        sections = selectors.by_section(person, MAY, Wanted(programme=programme, **narrow))
        assert sum(one.due for one in sections.values()) == of[programme.pk]
        for (_pk, section), one in sections.items():
            assert one.due == sum(
                row.assignment.task.section == section for row in rows if row.assignment.task.programme == programme
            )
    assert selectors.by_section(town.administrator, MAY, Wanted()) == {}


def test_sections_are_told_in_the_order_of_the_paper():
    town, programme = a_story()
    assert selectors.sections(town.lead, TODAY, programme) == ["II.1", "II.2", "II.3", "II.4"]
    assert Assignment.objects.count() == 6
