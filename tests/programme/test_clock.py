"""The clock: which steps fire, who is told, once; nothing for requests; a digest a day; whatever dies meanwhile."""

import datetime as dt

import pytest
from django.db import transaction

from builders import Said, a_person, a_town, an_issued_programme, at
from programme import clock_histories
from xulang.organisation import calendars
from xulang.organisation.enums import Role
from xulang.organisation.working_days import WorkingDays
from xulang.plumbing import mail
from xulang.plumbing.models import Letter
from xulang.programme import ladder, selectors, services
from xulang.programme.enums import EntryKind
from xulang.programme.models import Assignment, Digest, ExpectedReport, Notice
from xulang.programme.services import NewEvidence

DAY = dt.date
DUE = DAY(2026, 3, 31)  # a Tuesday


@pytest.mark.parametrize(
    ("after", "today", "codes"),
    [
        (DAY(2026, 3, 10), DAY(2026, 3, 19), []),  # too early
        (DAY(2026, 3, 19), DAY(2026, 3, 20), ["before-7"]),
        (DAY(2026, 3, 20), DAY(2026, 3, 25), []),  # told already, and the next is not due
        (DAY(2026, 3, 19), DAY(2026, 3, 30), ["before-1"]),  # the machine was off: only the last is worth telling
        (DAY(2026, 3, 30), DAY(2026, 3, 31), ["due"]),
        (DAY(2026, 3, 30), DAY(2026, 4, 3), ["late-1", "late-3"]),  # of lateness each is told to others
        (DAY(2026, 3, 30), DAY(2026, 4, 14), ["late-1", "late-3", "late-5", "late-10"]),
        (DAY(2026, 4, 14), DAY(2026, 9, 1), []),  # the last is told once
    ],
)
def test_steps_of_a_due_day(after: dt.date, today: dt.date, codes: list[str]) -> None:
    timed = ladder.days_of(DUE, WorkingDays())
    assert [step.code for _day, step in ladder.fired(timed, after, today)] == codes


@pytest.mark.parametrize(
    ("due", "code", "day"),
    [
        (DAY(2026, 3, 29), "due", DAY(2026, 3, 30)),  # a Sunday: kept by the end of Monday
        (DAY(2026, 3, 29), "before-1", DAY(2026, 3, 27)),
        (DAY(2026, 2, 24), "before-3", DAY(2026, 2, 12)),  # over Tết
        (DAY(2026, 4, 29), "late-1", DAY(2026, 5, 4)),  # over 30/4 and 1/5
    ],
)
def test_steps_fall_on_working_days(due: dt.date, code: str, day: dt.date) -> None:
    assert {step.code: on for on, step in ladder.days_of(due, WorkingDays())}[code] == day


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> clock_histories.PostOffice:
    office = clock_histories.PostOffice()
    monkeypatch.setattr(mail, "_registered", [office])
    return office


def remind(day: dt.date) -> services.Told:
    return services.remind(now=at(day, 7), compose=clock_histories.told)


DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", str(DUE), None))
ASKED = Said("Đề nghị hướng dẫn", ["Ban Tuyên giáo Thành ủy"], mode="request", deadline=("date", str(DUE), None))


@pytest.mark.django_db
def test_each_rung_is_told_in_its_turn_and_only_once(post: clock_histories.PostOffice) -> None:
    town = a_town()
    head = a_person((Role.HEAD, town.finance))
    an_issued_programme(town, DATED, ASKED)
    told = []
    for n in range(60):
        remind(DAY(2026, 3, 11) + dt.timedelta(n))
        remind(DAY(2026, 3, 11) + dt.timedelta(n))
    told = [(row.step, row.person) for row in Notice.objects.select_related("person").order_by("day", "id")]
    officer = town.finance_officer
    assert told == [
        ("before-7", officer),
        ("before-3", officer),
        ("before-1", officer),
        ("due", officer),
        ("late-1", officer),
        ("late-3", head),
        ("late-5", town.lead),
        ("late-10", town.leader),
    ]
    assert not Notice.objects.filter(stands_in=True).exists()


@pytest.mark.django_db
def test_where_nobody_stands_the_next_rung_is_told(post: clock_histories.PostOffice) -> None:
    town = a_town()
    an_issued_programme(town, Said("Mở triển lãm", ["Trung tâm Văn hóa - Thể thao"], deadline=DATED.deadline))
    remind(DAY(2026, 3, 20))
    row = Notice.objects.get()
    assert (row.person, row.stands_in, row.unit) == (town.lead, True, town.centre)


@pytest.mark.django_db
def test_what_is_reported_or_withdrawn_is_not_reminded(post: clock_histories.PostOffice) -> None:
    town = a_town()
    programme = an_issued_programme(town, DATED)
    row = ExpectedReport.objects.get()
    services.report(
        assignment=row.assignment,
        expected=row,
        kind=EntryKind.DONE,
        evidence=[NewEvidence(url="https://muonghoa.example/bai")],
        by=town.finance_officer,
        now=at(DAY(2026, 3, 18)),
    )
    assert remind(DAY(2026, 4, 14)).notices == 0
    services.return_report(
        entry=row.entries.get(kind=EntryKind.DONE), reason="Thiếu", by=town.lead, now=at(DAY(2026, 4, 15))
    )
    assert remind(DAY(2026, 4, 16)).notices == 4  # it is late again, and all steps of lateness were missed
    services.withdraw(
        assignment=programme.tasks.get().assignments.get(), reason="Không còn", by=town.lead, now=at(DAY(2026, 4, 17))
    )
    assert selectors.notices(town.finance_officer, DAY(2026, 4, 17)) == []


@pytest.mark.django_db
def test_an_own_day_off_moves_the_steps(post: clock_histories.PostOffice) -> None:
    town = a_town()
    an_issued_programme(town, DATED)
    calendars.decide_day(
        unit=town.home, day=DAY(2026, 3, 27), works=False, reason="Ngày hội", by=town.lead, now=at(DAY(2026, 3, 11))
    )
    remind(DAY(2026, 3, 19))
    assert Notice.objects.get().day == DAY(2026, 3, 19)  # seven working days before: one earlier than by the country's


@pytest.mark.django_db
def test_one_letter_a_day_with_what_is_new(post: clock_histories.PostOffice) -> None:
    town = a_town()
    officer = town.finance_officer
    officer.email = "hien@muonghoa.example"
    officer.save()
    an_issued_programme(town, DATED, Said("Thẩm định", DATED.lead, deadline=DATED.deadline))
    assert remind(DAY(2026, 3, 20)) == services.Told(2, 1)
    assert remind(DAY(2026, 3, 20)) == services.Told(0, 0)
    assert Letter.objects.get().to == "hien@muonghoa.example"
    assert set(Digest.objects.get().notices.values_list("step", flat=True)) == {"before-7"}
    (first, second) = selectors.notices(officer, DAY(2026, 3, 20))
    assert services.mark_seen(notices=[first.pk, second.pk], by=town.lead, now=at(DAY(2026, 3, 20))) == 0
    assert services.mark_seen(notices=[first.pk], by=officer, now=at(DAY(2026, 3, 20))) == 1
    assert [row.pk for row in selectors.notices(officer, DAY(2026, 3, 20))] == [second.pk, first.pk]  # unseen first


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_histories_with_a_crash_at_any_step(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of `make prove`."""
    monkeypatch.setattr(mail, "_registered", list(mail._registered))
    assert clock_histories.faults(clock_histories.live(seed)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("step", clock_histories.STEPS)
def test_a_crash_at_each_step(step: str, post: clock_histories.PostOffice) -> None:
    town = a_town()
    town.finance_officer.email = "hien@muonghoa.example"
    town.finance_officer.save()
    an_issued_programme(town, DATED)
    said = {"note": "Thiếu kinh phí", "by": town.finance_officer, "now": at(DAY(2026, 3, 17))}
    services.raise_obstacle(assignment=Assignment.objects.get(), **said)  # the third working day after it
    now = at(DAY(2026, 3, 20), 7)
    with pytest.raises(clock_histories.Killed), clock_histories.dying(step, 1), transaction.atomic():
        clock_histories.run_clock(now)
