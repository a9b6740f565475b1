"""After issue: an assignment is withdrawn or moved, a programme closed and opened again; figures stay honest."""

import datetime as dt

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from builders import ONGOING, TODAY, Said, a_person, a_town, an_issued_programme, at
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme import errors, selectors, services
from xulang.programme.enums import AssignmentState, Bucket, EntryKind, ProgrammeState, ReportState
from xulang.programme.models import Assignment, Entry, ExpectedReport
from xulang.programme.rebuild import rebuild
from xulang.programme.selectors import Figures
from xulang.programme.services import NewEvidence

WARDS = Said("Treo bảng", ["*UBND các phường, xã"])
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-30", None))
ASKED = Said("Đề nghị hướng dẫn", ["Phòng Tài chính - Kế hoạch"], mode="request", deadline=("none", None, None))
LINK = NewEvidence(url="https://muonghoa.example/1")
APRIL = dt.date(2026, 4, 10)


def report(town, expected, day, kind=EntryKind.DONE):
    return services.report(
        assignment=expected.assignment,
        expected=expected,
        kind=kind,
        evidence=[LINK],
        by=town.finance_officer,
        now=at(day),
    )


@pytest.mark.django_db
def test_withdrawn_is_owed_no_more_and_was_owed_before():
    town = a_town()
    an_issued_programme(town, DATED)
    assignment = Assignment.objects.get()
    services.withdraw(assignment=assignment, reason="Thay bằng kế hoạch mới", by=town.lead, now=at(APRIL))
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.WITHDRAWN
    assert assignment.expected.get().state == ReportState.WITHDRAWN
    told = {day: selectors.figures(town.leader, dt.date(2026, 5, 9), on=day) for day in (dt.date(2026, 4, 9), APRIL)}
    assert told == {dt.date(2026, 4, 9): Figures(open_in_time=1), APRIL: Figures()}
    assert selectors.figures(town.leader, dt.date(2026, 5, 9), on=dt.date(2026, 5, 9)) == Figures()
    assert selectors.figure_rows(town.leader, APRIL, on=APRIL) == []
    assert selectors.desk(town.finance_officer, APRIL) == []
    assert assignment.entries.last().note.text == "Thay bằng kế hoạch mới"
    with pytest.raises(errors.NotRunning):
        report(town, assignment.expected.get(), APRIL)
    with pytest.raises(errors.NotRunning):
        services.withdraw(assignment=assignment, reason="lần nữa", by=town.lead, now=at(APRIL))


@pytest.mark.django_db
def test_what_was_reported_before_a_withdrawal_can_be_confirmed_and_counts():
    town = a_town()
    an_issued_programme(town, DATED)
    expected = ExpectedReport.objects.select_related("assignment").get()
    entry = report(town, expected, APRIL)
    services.withdraw(assignment=expected.assignment, reason="Xong sớm", by=town.leader, now=at(APRIL))
    with pytest.raises(errors.NotRunning):
        services.return_report(entry=entry, reason="Thiếu", by=town.lead, now=at(APRIL))
    services.confirm(entry=entry, by=town.lead, now=at(APRIL))
    assert selectors.figures(town.leader, APRIL, on=APRIL) == Figures(done_on_time=1)
    assert Assignment.objects.get().state == AssignmentState.WITHDRAWN


@pytest.mark.django_db
def test_a_move_takes_everything_along():
    town = a_town()
    an_issued_programme(town, DATED)
    assignment = Assignment.objects.get()
    entry = services.move(
        assignment=assignment, unit=town.culture, reason="Đúng chức năng", by=town.lead, now=at(APRIL)
    )
    assignment.refresh_from_db()
    assert (assignment.issued_to, assignment.unit) == (town.finance, town.culture)
    assert (entry.from_unit, entry.unit, entry.act) == (town.finance, town.culture, None)
    assert selectors.desk(town.finance_officer, APRIL) == []
    assert selectors.figures(town.leader, APRIL, on=APRIL, unit=town.culture).total == 1
    with pytest.raises(NotPermitted):
        report(town, assignment.expected.get(), APRIL)
    # And back: the unit it was issued to may have it again.
    services.move(assignment=assignment, unit=town.finance, reason="Nhầm", by=town.lead, now=at(APRIL))
    assert len(selectors.desk(town.finance_officer, APRIL)) == 1


# who, with what, and what is refused
REFUSED = [
    (lambda town: {"by": town.finance_officer, "reason": "x", "unit": town.culture}, NotPermitted),
    (lambda town: {"by": town.administrator, "reason": "x", "unit": town.culture}, NotPermitted),
    (lambda town: {"by": a_person(), "reason": "x", "unit": town.culture}, NotPermitted),
    (lambda town: {"by": town.lead, "reason": "  ", "unit": town.culture}, ReasonNeeded),
    # to itself
    (lambda town: {"by": town.lead, "reason": "x", "unit": town.finance}, errors.UnknownUnits),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("given_", "refusal"), REFUSED)
def test_refusals(given_, refusal):
    town = a_town()
    an_issued_programme(town, DATED)
    assignment, asked = Assignment.objects.get(), given_(town)
    before = Entry.objects.count()
    with pytest.raises(refusal):
        services.move(assignment=assignment, now=at(APRIL), **asked)
    if refusal is not errors.UnknownUnits:
        asked.pop("unit")
        with pytest.raises(refusal):
            services.withdraw(assignment=assignment, now=at(APRIL), **asked)
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_unit_is_not_given_one_task_twice():
    town = a_town()
    an_issued_programme(town, WARDS)
    one = Assignment.objects.get(unit=town.ward)
    with pytest.raises(errors.AssignedAlready):
        services.move(assignment=one, unit=town.commune, reason="x", by=town.lead, now=at(APRIL))
    services.withdraw(assignment=Assignment.objects.get(unit=town.commune), reason="x", by=town.lead, now=at(APRIL))
    services.move(assignment=one, unit=town.commune, reason="x", by=town.lead, now=at(APRIL))


@pytest.mark.django_db
def test_a_request_is_withdrawn_too_and_counts_nowhere():
    town = a_town()
    an_issued_programme(town, ASKED, ONGOING)
    asked = Assignment.objects.get(mode="REQUEST")
    services.withdraw(assignment=asked, reason="Không cần nữa", by=town.lead, now=at(APRIL))
    asked.refresh_from_db()
    assert asked.state == AssignmentState.WITHDRAWN
    with pytest.raises(errors.NotRunning):
        services.answer_request(assignment=asked, note="Đồng ý", by=town.finance_officer, now=at(APRIL))


@pytest.mark.django_db
def test_a_programme_is_closed_with_its_final_review_and_opened_again():
    town = a_town()
    programme = an_issued_programme(town, DATED)
    expected = ExpectedReport.objects.select_related("assignment").get()
    entry = report(town, expected, APRIL)
    act = {"programme": programme, "now": at(APRIL)}
    with pytest.raises(errors.StillWaiting, match="1"):
        services.close(text="Kết quả tốt", by=town.lead, **act)
    services.confirm(entry=entry, by=town.lead, now=at(APRIL))
    for refusal, by, text in (
        (NotPermitted, town.finance_officer, "x"),
        (errors.TextNeeded, town.lead, " "),
    ):
        with pytest.raises(refusal):
            services.close(text=text, by=by, **act)
    services.close(text="Kết quả tốt", by=town.leader, **act)
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.CLOSED
    with pytest.raises(errors.NotIssued):
        services.close(text="Lần nữa", by=town.lead, **act)
    with pytest.raises(errors.NotRunning):
        services.report(
            assignment=expected.assignment, kind=EntryKind.PROGRESS, note="thêm", by=town.finance_officer, now=at(APRIL)
        )
    with pytest.raises(ReasonNeeded):
        services.reopen(reason="", by=town.lead, **act)
    services.reopen(reason="Còn một việc", by=town.lead, **act)
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.ISSUED
    assert programme.closings.get().reopened_reason == "Còn một việc"
    services.close(text="Nay thì xong", by=town.lead, **act)
    assert programme.closings.count() == 2
    assert journal.verify().ok


@pytest.mark.django_db
def test_the_clock_of_a_closed_programme_stands_still():
    town = a_town()
    programme = an_issued_programme(
        town, DATED, Said("Rà soát", ["UBND phường Bến Đá"], deadline=("date", "2026-03-31", None))
    )
    may, june = dt.date(2026, 5, 9), dt.date(2026, 6, 9)
    before = selectors.figures(town.leader, may, on=may)
    services.close(programme=programme, text="Kết thúc sớm", by=town.lead, now=at(APRIL))
    # Due on 31 March and on 30 April, closed on 10 April; the days before are as they were.
    days = [dt.date(2026, 3, 31), dt.date(2026, 4, 9), APRIL, may]
    told = [selectors.figures(town.leader, june, on=day) for day in days]
    assert [(row.open_in_time, row.open_overdue) for row in told] == [(2, 0), (1, 1), (1, 1), (1, 1)]
    assert (before.open_in_time, before.open_overdue) == (0, 2)
    late = selectors.figure_rows(town.leader, june, on=june, bucket=Bucket.OPEN_OVERDUE)
    assert [row.unit for row in late] == [town.ward]
    # Opened again the clock runs on, and what was told of the days between is told again.
    programme.refresh_from_db()
    services.reopen(programme=programme, reason="Còn việc", by=town.lead, now=at(june))
    told = [selectors.figures(town.leader, june, on=day).open_overdue for day in (may, june)]
    assert told == [1, 2]


@pytest.mark.django_db
def test_nothing_is_returned_after_the_closing():
    town = a_town()
    programme = an_issued_programme(town, DATED)
    entry = report(town, ExpectedReport.objects.select_related("assignment").get(), APRIL)
    services.confirm(entry=entry, by=town.lead, now=at(APRIL))
    services.close(programme=programme, text="Xong", by=town.lead, now=at(APRIL))
    assert selectors.assignment(town.lead, APRIL, entry.assignment_id).to_return == []
    with pytest.raises(errors.NotRunning):
        services.return_report(entry=entry, reason="Thiếu", by=town.lead, now=at(APRIL))


# What can follow, by where a report stands; what is likelier stands twice.
NEXT = {
    ReportState.EXPECTED: ("report", "report", "report", "move", "withdraw"),
    ReportState.RETURNED: ("report", "report", "report", "move", "withdraw"),
    ReportState.REPORTED: ("confirm", "confirm", "return", "move", "withdraw"),
    ReportState.CONFIRMED: ("return", "move", "withdraw"),
    ReportState.WITHDRAWN: ("return",),
}


class Histories(TestCase):
    """Acts of any kind in any order: the figures of every day are those reckoned from scratch.

    Thirty times seven assignments: 210 histories.
    """

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 59), st.integers(0, 12)), min_size=8, max_size=28))
    def test_figures_of_every_day(self, acts):
        town = a_town()
        an_issued_programme(town, WARDS, DATED, WARDS, WARDS)
        units = [town.ward, town.commune, town.finance, town.culture]
        officer = a_person(*((Role.UNIT_OFFICER, unit) for unit in units))
        told, day = {}, TODAY
        for which, pick, wait in acts:
            day += dt.timedelta(days=wait)
            assignment = Assignment.objects.order_by("id")[which]
            expected = assignment.expected.filter(period_start__lte=day).order_by("due").first()
            if expected is None:
                continue
            name = NEXT[expected.state][pick % len(NEXT[expected.state])]
            try:
                self.act(name, town, assignment, expected, officer, units, at(day))
            except (NotPermitted, errors.NotRunning, errors.NotWaiting, errors.AssignedAlready):
                continue
            event(name)
            lapses = assignment.expected.all() if name == "withdraw" else [expected]
            for one in lapses if name != "move" else ():
                told.setdefault(one.pk, []).append((name, day))
        for on in {TODAY, day, day + dt.timedelta(days=90), *(when for acts in told.values() for _act, when in acts)}:
            counted = [reckoned(row, told.get(row.pk, []), on) for row in ExpectedReport.objects.all()]
            found = selectors.figures(town.leader, dt.date(2028, 1, 1), on=on)
            assert [found.done_on_time, found.done_late, found.open_in_time, found.open_overdue, found.waiting] == [
                sum(one[0] == name for one in counted) for name in ("done", "late", "open", "over")
            ] + [sum(one[1] for one in counted)]
        assert rebuild() == 0

    def act(self, name, town, assignment, expected, officer, units, now):
        """One act by whoever may do it."""
        answerer = town.leader if assignment.unit == town.culture else town.lead
        if name == "report":
            services.report(
                assignment=assignment, expected=expected, kind=EntryKind.DONE, evidence=[LINK], by=officer, now=now
            )
        elif name == "move":
            unit = units[(units.index(assignment.unit) + 1) % 4]
            services.move(assignment=assignment, unit=unit, reason="x", by=town.lead, now=now)
        elif name == "withdraw":
            services.withdraw(assignment=assignment, reason="x", by=town.lead, now=now)
        elif name == "confirm":
            services.confirm(entry=expected.report_entry, by=answerer, now=now)
        elif expected.report_entry is not None:
            services.return_report(entry=expected.report_entry, reason="x", by=answerer, now=now)
        else:
            raise errors.NotWaiting


def reckoned(expected, acts, on):
    """One report's figure by the words of the rules alone: (done, late, open, over or gone; whether it waits)."""
    reported = confirmed = gone = None
    for act, day in acts:
        if day > on:
            continue
        if act == "report":
            reported, confirmed = day, None
        elif act == "confirm":
            confirmed = day
        elif act == "return":
            reported = confirmed = None
        elif reported is None:
            gone = day
    if gone:
        return "gone", False
    late = (reported or on) > expected.due
    if confirmed:
        return ("late" if late else "done"), False
    return ("over" if late else "open"), reported is not None
