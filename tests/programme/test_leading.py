"""What a leader is told: what is late, by whom, since when; the same as the figure behind it."""

import datetime as dt

import pytest

from builders import NOW, ONGOING, Said, a_person, a_town, an_issued_programme, at
from xulang.organisation.enums import Role
from xulang.programme import selectors, services
from xulang.programme.enums import EntryKind
from xulang.programme.models import Assignment, ExpectedReport
from xulang.programme.services import NewEvidence

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 31), dt.date(2026, 5, 20)
WARDS = Said("Treo bảng", ["*UBND các phường, xã"], deadline=("date", "2026-03-31", None))
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-30", None))
ASKED = Said("Đề nghị hướng dẫn", ["Phòng Tài chính - Kế hoạch"], mode="request", deadline=("none", None, None))
LINK = NewEvidence(url="https://muonghoa.example/1")


def test_late_is_what_the_figure_counts_the_longest_first():
    town = a_town()
    an_issued_programme(town, ONGOING, WARDS, DATED, ASKED)
    told = selectors.late(town.leader, MAY, most=5)
    said = [(row.task.text.split("\n")[0], row.since, row.reports, row.units) for row in told]
    assert said == [
        ("Giới thiệu chợ phiên", dt.date(2026, 3, 17), 3, 1),
        ("Treo bảng", MARCH, 2, 2),
        ("Lập dự toán", dt.date(2026, 5, 4), 1, 1),  # from 30/04 to 03/05 nobody works
    ]
    assert sum(row.reports for row in told) == selectors.figures(town.leader, MAY, on=MAY).open_overdue
    told = selectors.figures_by_unit(town.leader, MAY, on=MAY)
    assert [(row.unit, row.reports) for row in selectors.late_units(town.leader, MAY, told, most=2)] == [
        (town.culture, 3),
        (town.ward, 1),
    ]
    # Of a task late at many units some are named, and the others counted.
    wards = selectors.late(town.leader, MAY, most=5, named=1)[1]
    assert ([one.unit for one in wards.worst], wards.more) == ([town.ward], 1)
    # Nothing is late on the due day itself, nor to one who leads nothing.
    assert [row.since for row in selectors.late(town.leader, MARCH, most=5)] == [dt.date(2026, 3, 17)]
    assert selectors.late(town.administrator, MAY, most=5) == []


def test_sent_late_and_unconfirmed_is_late_still_and_told():
    town = a_town()
    programme = an_issued_programme(town, DATED)
    expected = ExpectedReport.objects.get()
    assignment = Assignment.objects.get()
    entry = services.report(
        assignment=assignment,
        expected=expected,
        kind=EntryKind.DONE,
        evidence=[LINK],
        by=town.finance_officer,
        now=at(MAY),
    )
    assert [(row.reports, row.sent) for row in selectors.late(town.leader, MAY, most=5)] == [(1, 1)]
    services.confirm(entry=entry, by=town.lead, now=at(MAY))
    assert selectors.late(town.leader, MAY, most=5) == []
    # What a closed programme never did is behind the figure; nobody can be asked for it.
    services.return_report(entry=entry, reason="Thiếu chữ ký", by=town.lead, now=at(MAY))
    assert len(selectors.late(town.leader, MAY, most=5)) == 1
    services.close(programme=programme, text="Kết thúc", by=town.lead, now=at(MAY))
    assert selectors.late(town.leader, MAY, most=5) == []
    told = selectors.figures_by_unit(town.leader, MAY, on=MAY)
    assert told[town.finance.pk].open_overdue == 1
    assert selectors.late_units(town.leader, MAY, told, most=5) == []


def test_a_programme_whose_time_is_over_waits_for_its_final_review():
    town = a_town()
    programme = an_issued_programme(town, DATED)
    after = programme.ends_on + dt.timedelta(days=1)
    other = a_person((Role.LEADER, town.ward))
    told = {who: list(selectors.unwound(who, day)) for who, day in ((town.leader, after), (other, after))}
    assert told == {town.leader: [programme], other: []}
    assert list(selectors.unwound(town.leader, programme.ends_on)) == []
    services.close(programme=programme, text="Xong", by=town.leader, now=at(after))
    assert list(selectors.unwound(town.leader, after)) == []


def test_the_leader_confirms_what_the_focal_unit_itself_reports():
    town = a_town()
    an_issued_programme(town, ONGOING, DATED)
    for assignment, by in ((town.culture, town.lead), (town.finance, town.finance_officer)):
        row = ExpectedReport.objects.filter(assignment__unit=assignment).first()
        services.report(assignment=row.assignment, expected=row, kind=EntryKind.DONE, evidence=[LINK], by=by, now=NOW)
    waits = {who: [row.assignment.unit for row in selectors.to_confirm(who, MAY)] for who in (town.leader, town.lead)}
    assert waits == {town.leader: [town.culture], town.lead: [town.finance]}


def test_late_asks_no_more_for_more_units(django_assert_num_queries):
    town = a_town()
    an_issued_programme(town, WARDS)
    an_issued_programme(town, ONGOING)
    with django_assert_num_queries(7):  # three for the scope
        selectors.late(town.leader, MAY, most=2)
    told = selectors.figures_by_unit(town.leader, MAY, on=MAY)
    with django_assert_num_queries(5):
        selectors.late_units(town.leader, MAY, told, most=5)
