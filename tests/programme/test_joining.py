"""One duty from several directives: proposed by likeness, joined by a person, reported once, told in each programme."""

import datetime as dt

import pytest

from builders import TODAY, Said, a_person, a_programme, a_town, an_issued_programme, at
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.programme import errors, selectors, services
from xulang.programme.enums import AssignmentState, Cadence, EntryKind, TaskState
from xulang.programme.likeness import Duty, Same, same_duties
from xulang.programme.models import Assignment, Entry, ExpectedReport, Task
from xulang.programme.selectors import Figures
from xulang.programme.services import NewEvidence

FINANCE = "Phòng Tài chính - Kế hoạch"
BUDGET = Said("Lập dự toán kinh phí tuyên truyền năm 2026", [FINANCE], deadline=("date", "2026-04-30", None))
AGAIN = Said("Năm 2026 lập dự toán kinh phí tuyên truyền", [FINANCE], deadline=("date", "2026-05-15", None))
OTHER = Said("Quyết toán các khoản chi lễ hội", [FINANCE], deadline=("date", "2026-06-30", None))
A_MONTH_ON = TODAY + dt.timedelta(days=31)

HELD = [
    Duty(1, "Lập dự toán kinh phí tuyên truyền năm 2026", frozenset({7}), "ORDER"),
    Duty(2, "Lập dự toán kinh phí tuyên truyền", frozenset({7}), "ORDER"),
    Duty(3, "Trồng hoa ven hồ", frozenset({7, 8}), "ORDER"),
]
# what is asked for; which one in force it is like
ASKED = [
    # word for word
    (Duty(9, "Lập dự toán kinh phí tuyên truyền năm 2026", frozenset({7}), "ORDER"), 1),
    # told the other way round, and without marks
    (Duty(9, "nam 2026 lap du toan kinh phi tuyen truyen", frozenset({7}), "ORDER"), 1),
    # the most like one of several
    (Duty(9, "Lập dự toán kinh phí tuyên truyền.", frozenset({7}), "ORDER"), 2),
    # the same words to other units are another duty
    (Duty(9, "Lập dự toán kinh phí tuyên truyền năm 2026", frozenset({8}), "ORDER"), None),
    (Duty(9, "Trồng hoa ven hồ", frozenset({7}), "ORDER"), None),
    # nobody leads: nothing to compare
    (Duty(9, "Trồng hoa ven hồ", frozenset(), "ORDER"), None),
    # asked is not ordered
    (Duty(9, "Trồng hoa ven hồ", frozenset({7, 8}), "REQUEST"), None),
    # one trade, other work
    (Duty(9, "Quyết toán kinh phí lễ hội năm 2025", frozenset({7}), "ORDER"), None),
]


@pytest.mark.parametrize(("asked", "like"), ASKED)
def test_likeness(asked, like):
    assert [row.other for row in same_duties([asked], HELD)] == ([] if like is None else [like])


def test_word_for_word_is_wholly_alike():
    assert same_duties([ASKED[0][0]], HELD) == [Same(9, 1, 100.0)]


def two_programmes():
    """One issued with a task; a second under review that orders it again, and one more."""
    town = a_town()
    first = an_issued_programme(town, BUDGET)
    second = a_programme(town.lead, AGAIN, OTHER, now=at(A_MONTH_ON))
    services.set_focal_unit(programme=second, unit=town.culture, by=town.lead, now=at(A_MONTH_ON))
    return town, first, second


def issued(town, programme):
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, by=town.lead, now=at(A_MONTH_ON))
    services.confirm_sure(programme=programme, by=town.lead, now=at(A_MONTH_ON))
    return services.issue(programme=programme, by=town.lead, now=at(A_MONTH_ON))


@pytest.mark.django_db
def test_proposed_joined_reported_once_told_in_each():
    town, first, second = two_programmes()
    other = first.tasks.get()
    shown = selectors.joining(town.lead, A_MONTH_ON, second.pk)
    assert [(pair.task.text, pair.other) for pair in shown.proposed] == [(AGAIN.text, other)]
    assert shown.proposed[0].leads == [FINANCE]
    assert shown.joined == []
    # nothing is joined before a person says so
    assert not Task.objects.filter(state=TaskState.JOINED).exists()
    again = shown.proposed[0].task
    services.join(task=again, other=other, by=town.lead, now=at(A_MONTH_ON))
    assert [pair.other for pair in selectors.joining(town.lead, A_MONTH_ON, second.pk).joined] == [other]
    issued(town, second)
    assert Assignment.objects.count() == 2  # the budget's, and the other task's
    assert ExpectedReport.objects.filter(assignment__task=other).count() == 1
    codes = other.sources.values_list("passage__directive", flat=True)
    assert sorted(codes) == sorted([first.directive_id, second.directive_id])
    line = Entry.objects.get(kind=EntryKind.SOURCED)
    assert (line.assignment.task, line.on, line.note.text) == (other, A_MONTH_ON, second.directive.code)
    on = A_MONTH_ON
    assert selectors.figures(town.leader, on, on=on) == Figures(open_in_time=2)
    assert selectors.figures(town.leader, on, on=on, programme=first) == Figures(open_in_time=1)
    assert selectors.figures(town.leader, on, on=on, programme=second) == Figures(open_in_time=2)
    report = services.report(
        assignment=line.assignment,
        expected=line.assignment.expected.get(),
        kind=EntryKind.DONE,
        evidence=[NewEvidence(url="https://muonghoa.example/1")],
        by=town.finance_officer,
        now=at(on),
    )
    services.confirm(entry=report, by=town.lead, now=at(on))
    assert selectors.figures(town.leader, on, on=on, programme=second) == Figures(done_on_time=1, open_in_time=1)
    # the unit was given the second directive too
    assert second.directive.distributions.filter(unit=town.finance).exists()


@pytest.mark.django_db
def test_parted_before_issue_and_undone():
    town, first, second = two_programmes()
    again = second.tasks.first()
    services.join(task=again, other=first.tasks.get(), by=town.lead, now=at(A_MONTH_ON))
    services.part(task=again, by=town.lead, now=at(A_MONTH_ON))
    again.refresh_from_db()
    assert (again.state, again.same_as, again.confirmed_at) == (TaskState.PROPOSED, None, None)
    with services.undoable(programme=second, by=town.lead, now=at(A_MONTH_ON)):
        services.join(task=again, other=first.tasks.get(), by=town.lead, now=at(A_MONTH_ON))
    services.undo(programme=second, by=town.lead, now=at(A_MONTH_ON))
    again.refresh_from_db()
    assert (again.state, again.same_as) == (TaskState.PROPOSED, None)
    issued(town, second)
    assert Assignment.objects.count() == 3
    with pytest.raises(errors.NotInReview):
        services.join(task=again, other=first.tasks.get(), by=town.lead, now=at(A_MONTH_ON))


@pytest.mark.django_db
def test_what_cannot_be_joined():
    town, first, second = two_programmes()
    again, more = second.tasks.all()
    for other in (more, again):  # not issued, and of this very programme
        with pytest.raises(errors.CannotJoin):
            services.join(task=again, other=other, by=town.lead, now=at(A_MONTH_ON))
    with pytest.raises(NotPermitted):
        services.join(task=again, other=first.tasks.get(), by=town.finance_officer, now=at(A_MONTH_ON))
    services.join(task=again, other=first.tasks.get(), by=town.lead, now=at(A_MONTH_ON))
    # what it was joined to is taken back meanwhile: issuing says so
    services.withdraw(assignment=Assignment.objects.get(), reason="thôi", by=town.lead, now=at(A_MONTH_ON))
    with pytest.raises(errors.NotReady, match="không còn thực hiện"):
        issued(town, second)
    services.part(task=again, by=town.lead, now=at(A_MONTH_ON))
    issued(town, second)
    assert Assignment.objects.filter(state=AssignmentState.OPEN).count() == 2


@pytest.mark.django_db
def test_a_focal_unit_sees_what_its_programme_shares_and_the_other_stays_open():
    town, first, second = two_programmes()
    services.set_focal_unit(programme=second, unit=town.centre, by=town.lead, now=at(A_MONTH_ON))
    services.join(task=second.tasks.first(), other=first.tasks.get(), by=town.lead, now=at(A_MONTH_ON))
    follower = a_person((Role.HEAD, town.centre))
    shared = Assignment.objects.filter(task=first.tasks.get())
    assert not shared.for_user(follower, A_MONTH_ON).exists()
    issued(town, second)
    assert shared.for_user(follower, A_MONTH_ON).exists()
    # Nobody is asked for the final review of what cannot be closed yet.
    over = max(first.ends_on, second.ends_on) + dt.timedelta(days=1)
    assert list(selectors.unwound(town.leader, over)) == [second]
    with pytest.raises(errors.StillServing):
        services.close(programme=first, text="Xong", by=town.lead, now=at(A_MONTH_ON))
    services.close(programme=second, text="Xong", by=town.lead, now=at(A_MONTH_ON))
    assert list(selectors.unwound(town.leader, over)) == [first]
    services.close(programme=first, text="Xong", by=town.lead, now=at(A_MONTH_ON))
