"""What units raise: more time, and what stands in the way; who answers, and what it does to the figures."""

import datetime as dt
from datetime import date as D  # noqa: N812

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, Said, a_person, a_town, an_issued_programme, at
from xulang.organisation import calendars
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.plumbing import mail
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry
from xulang.programme import errors, selectors, services
from xulang.programme.enums import EntryKind, ReportState, Waits
from xulang.programme.models import Assignment, Entry, ExpectedReport, Notice
from xulang.programme.rebuild import rebuild
from xulang.programme.rules import waits_for
from xulang.programme.selectors import Figures
from xulang.programme.services import NewEvidence

pytestmark = pytest.mark.django_db
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-29", None))
OWN = Said("Tổng hợp báo cáo", ["Phòng Văn hóa và Thông tin"], deadline=("date", "2026-04-29", None))
WARDS = Said("Treo bảng", ["*UBND các phường, xã"])
LINK = NewEvidence(url="https://muonghoa.example/1")
APRIL, MAY = D(2026, 4, 20), D(2026, 5, 15)


@pytest.fixture
def town():
    town = a_town()
    an_issued_programme(town, DATED)
    return town


def ask(town, due=MAY, day=APRIL, reason="Chờ số liệu của tỉnh"):
    expected = ExpectedReport.objects.select_related("assignment").get()
    return services.ask_extension(expected=expected, due=due, reason=reason, by=town.finance_officer, now=at(day))


def test_an_extension_is_asked_for_and_granted_and_the_first_day_stays(town):
    asked = ask(town)
    report = ExpectedReport.objects.get()
    assert report.due == D(2026, 4, 29), "nothing moves before it is granted"
    assert selectors.extensions(town.lead, APRIL, most=5) == ([asked], 1)
    granted = services.grant_extension(asked=asked, by=town.lead, now=at(D(2026, 5, 4)))
    report.refresh_from_db()
    assert (report.due, report.first_due) == (MAY, D(2026, 4, 29))
    assert (granted.kind, granted.answers, granted.due) == (EntryKind.REDATED, asked, MAY)
    assert selectors.extensions(town.lead, MAY, most=5) == ([], 0)
    # As of the days between it was late, and stays so in what was told then.
    told = [selectors.figures(town.leader, MAY, on=day) for day in (D(2026, 4, 29), D(2026, 5, 3), D(2026, 5, 4), MAY)]
    in_time = Figures(open_in_time=1)
    assert told == [in_time, Figures(open_overdue=1), in_time, in_time]
    assert rebuild() == 0
    # The unit is told on its desk.
    assert [one.entry for one in selectors.changes(town.finance_officer, MAY, days=14)] == [granted]
    actions = JournalEntry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions)[-2:] == ["extension.asked", "extension.granted"]


def test_an_extension_is_refused_with_a_reason_and_may_be_asked_for_again(town):
    asked = ask(town)
    with pytest.raises(ReasonNeeded):
        services.refuse_extension(asked=asked, reason=" ", by=town.lead, now=at(APRIL))
    services.refuse_extension(asked=asked, reason="Tỉnh đã chốt", by=town.leader, now=at(APRIL))
    assert ExpectedReport.objects.get().due == D(2026, 4, 29)
    with pytest.raises(errors.SettledAlready):
        services.grant_extension(asked=asked, by=town.lead, now=at(APRIL))
    assert ask(town).pk != asked.pk


def test_the_day_granted_is_a_day_of_work(town):
    saturday = D(2026, 5, 16)
    asked = ask(town, due=saturday)
    assert asked.due == D(2026, 5, 18)
    other = services.grant_extension(asked=asked, due=D(2026, 5, 9), by=town.lead, now=at(APRIL))
    assert other.due == D(2026, 5, 11), "another day than the one asked for, kept on the Monday after"


def test_what_is_refused_of_extensions(town):
    stranger = a_person((Role.UNIT_OFFICER, town.ward))
    report = ExpectedReport.objects.get()
    for why, act in (
        (NotPermitted, {"by": stranger}),
        (NotPermitted, {"by": town.lead}),
        (ReasonNeeded, {"reason": " "}),
        (errors.DayNotLater, {"due": D(2026, 4, 29)}),
        (errors.DayNotLater, {"due": MAY, "now": at(MAY)}),
    ):
        given = {"expected": report, "due": MAY, "reason": "x", "by": town.finance_officer, "now": at(APRIL)} | act
        with pytest.raises(why):
            services.ask_extension(**given)
    asked = ask(town)
    with pytest.raises(errors.AskedAlready):
        ask(town)
    for person in (stranger, town.finance_officer, a_person((Role.HEAD, town.finance))):
        with pytest.raises(NotPermitted):
            services.grant_extension(asked=asked, by=person, now=at(APRIL))
    # One that was reported meanwhile needs no more time.
    services.report(
        assignment=report.assignment, expected=report, kind=EntryKind.DONE, evidence=[LINK],
        by=town.finance_officer, now=at(APRIL),
    )  # fmt: skip
    with pytest.raises(errors.AlreadyReported):
        services.grant_extension(asked=asked, by=town.lead, now=at(APRIL))
    assert selectors.extensions(town.lead, APRIL, most=5) == ([], 0)


def test_the_focal_units_own_wish_goes_to_the_leader():
    town = a_town()
    an_issued_programme(town, OWN)
    report = ExpectedReport.objects.select_related("assignment").get()
    asked = services.ask_extension(expected=report, due=MAY, reason="x", by=town.lead, now=at(APRIL))
    assert [selectors.extensions(who, APRIL, most=5) for who in (town.lead, town.leader)] == [([], 0), ([asked], 1)]
    laid = [selectors.laid_before(who, APRIL, most=5) for who in (town.lead, town.leader)]
    assert [(one.extensions, one.extensions_count) for one in laid] == [([], 0), ([asked], 1)]
    with pytest.raises(NotPermitted):
        services.grant_extension(asked=asked, by=town.lead, now=at(APRIL))
    services.grant_extension(asked=asked, by=town.leader, now=at(APRIL))


def test_a_due_day_that_is_a_day_off_is_kept_on_the_next_working_day():
    """Figures and reminders go by one rule: Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 5."""
    town = a_town()
    own = D(2026, 5, 18)
    calendars.decide_day(unit=town.home, day=own, works=False, reason="Ngày hội", by=town.lead, now=NOW)
    said = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-05-16", None))
    an_issued_programme(town, said)
    report = ExpectedReport.objects.get()
    # the 16th and 17th are a weekend, the 18th the town's own day off
    assert (report.due, report.period_end) == (D(2026, 5, 19), D(2026, 5, 16))
    on = [selectors.figures(town.leader, TODAY, on=day) for TODAY in [MAY] for day in (D(2026, 5, 19), D(2026, 5, 20))]
    assert on == [Figures(open_in_time=1), Figures(open_overdue=1)]


# what answered the obstacle, whether the unit follows the directive up itself, whose turn it is
TURNS = [
    ([], False, Waits.FOCAL),
    # the focal unit does not answer itself
    ([], True, Waits.LEADER),
    (["ADVISED"], False, Waits.UNIT),
    (["ESCALATED"], False, Waits.LEADER),
    (["ESCALATED", "DIRECTED"], False, Waits.UNIT),
    # the answer did not help
    (["ADVISED", "OBSTACLE"], False, Waits.FOCAL),
    (["DIRECTED", "OBSTACLE"], True, Waits.LEADER),
    (["ADVISED", "RESOLVED"], False, Waits.NOBODY),
    (["RESOLVED"], True, Waits.NOBODY),
]


@pytest.mark.parametrize(("answers", "own", "waits"), TURNS)
def test_whose_turn_it_is(answers, own, waits):
    assert waits_for(answers, own=own) == waits


@given(st.lists(st.sampled_from(["ADVISED", "ESCALATED", "DIRECTED", "OBSTACLE"])), st.booleans())
def test_an_obstacle_is_somebodys_until_it_is_closed(answers, own):
    assert waits_for(answers, own=own) != Waits.NOBODY
    assert waits_for([*answers, "RESOLVED"], own=own) == Waits.NOBODY


@pytest.fixture
def turns(monkeypatch):
    """Every list of obstacles is read by turns as well: what the database is asked is what `needs_me` says."""
    whole = selectors.obstacles

    def by_turns(person, today, **asked):
        found = whole(person, today, **asked)
        for part, mine in zip(selectors.obstacles_by_turn(person, today), (True, False), strict=True):
            assert part == [one.entry.pk for one in found if one.needs_me == mine]
            assert [one.entry.pk for one in whole(person, today, only=part[1:])] == part[1:]
        return found

    monkeypatch.setattr(selectors, "obstacles", by_turns)


def stuck(town, day=APRIL, note="Thiếu kinh phí in bảng"):
    assignment = Assignment.objects.get(unit=town.finance)
    return services.raise_obstacle(assignment=assignment, note=note, by=town.finance_officer, now=at(day))


@pytest.mark.usefixtures("turns")
def test_an_obstacle_goes_up_and_comes_back(town):
    first = stuck(town)
    second = stuck(town, day=APRIL + dt.timedelta(days=2))
    day = APRIL + dt.timedelta(days=5)
    (old, young) = selectors.obstacles(town.lead, day)
    assert ([old.entry, young.entry], old.days, old.waits, old.needs_me) == ([first, second], 5, Waits.FOCAL, True)
    assert selectors.laid_before(town.leader, day, most=5).obstacles_count == 0
    services.escalate(obstacle=first, note="Vượt thẩm quyền", by=town.lead, now=at(day))
    for person in (town.lead, town.leader, town.finance_officer):
        assert len(selectors.obstacles(person, day)) == 2
    (before,) = selectors.laid_before(town.leader, day, most=5).obstacles(day)
    assert (before.entry, before.waits, before.needs_me, before.since) == (first, Waits.LEADER, True, day)
    services.advise(obstacle=first, note="Giao Phòng Tài chính bố trí", by=town.leader, now=at(day))
    services.advise(obstacle=second, note="Đã có hướng dẫn", by=town.lead, now=at(day))
    told = selectors.obstacles(town.finance_officer, day)
    assert [(one.waits, one.needs_me, one.answers[-1].kind) for one in told] == [
        (Waits.UNIT, True, EntryKind.DIRECTED),
        (Waits.UNIT, True, EntryKind.ADVISED),
    ]
    kinds = [one.entry.kind for one in selectors.changes(town.finance_officer, day, days=14)]
    assert kinds == [EntryKind.ADVISED, EntryKind.DIRECTED]
    services.raise_again(obstacle=second, note="Hướng dẫn không nói mẫu", by=town.finance_officer, now=at(day))
    assert [one.waits for one in selectors.obstacles(town.lead, day)] == [Waits.UNIT, Waits.FOCAL]
    services.resolve(obstacle=first, note="", by=town.finance_officer, now=at(day))
    assert [one.entry for one in selectors.obstacles(town.lead, day)] == [second]
    with pytest.raises(errors.SettledAlready):
        services.advise(obstacle=first, note="x", by=town.lead, now=at(day))
    # No figure hangs on it, and no projection is other than the ledger says.
    assert selectors.figures(town.leader, day, on=day) == Figures(open_in_time=1)
    assert rebuild() == 0


def test_what_is_refused_of_obstacles(town):
    stranger = a_person((Role.UNIT_OFFICER, town.ward))
    assignment = Assignment.objects.get()
    with pytest.raises(NotPermitted):
        services.raise_obstacle(assignment=assignment, note="x", by=stranger, now=at(APRIL))
    with pytest.raises(errors.WordsNeeded):
        stuck(town, note=" ")
    row = stuck(town)
    for person in (stranger, town.finance_officer, town.administrator):
        with pytest.raises(NotPermitted):
            services.advise(obstacle=row, note="x", by=person, now=at(APRIL))
        with pytest.raises(NotPermitted):
            services.escalate(obstacle=row, note="", by=person, now=at(APRIL))
    for person in (stranger, town.lead, town.leader):
        with pytest.raises(NotPermitted):
            services.resolve(obstacle=row, note="", by=person, now=at(APRIL))
    assert selectors.obstacles(stranger, APRIL) == []
    # of a duty that was taken back nobody is asked any more
    services.withdraw(assignment=assignment, reason="Thôi", by=town.leader, now=at(APRIL))
    assert selectors.obstacles(town.lead, APRIL) == []
    with pytest.raises(errors.NotRunning):
        services.resolve(obstacle=row, note="", by=town.finance_officer, now=at(APRIL))


def test_a_leaders_direction_stands_on_every_duty_it_was_given_for():
    town = a_town()
    an_issued_programme(town, WARDS)
    duties = list(Assignment.objects.all())
    entries = services.direct(assignments=duties, text="Xong trước 30/4", by=town.leader, now=at(APRIL))
    assert {row.assignment for row in entries} == set(duties)
    assert all((row.kind, row.expected, row.note.text) == ("DIRECTED", None, "Xong trước 30/4") for row in entries)
    (told,) = selectors.changes(town.ward_officer, APRIL, days=14)
    assert told.entry.assignment.unit == town.ward
    with pytest.raises(NotPermitted):
        services.direct(assignments=duties, text="x", by=town.lead, now=at(APRIL))
    with pytest.raises(errors.WordsNeeded):
        services.direct(assignments=duties, text=" ", by=town.leader, now=at(APRIL))
    assert Entry.objects.filter(kind=EntryKind.DIRECTED).count() == 2
    assert set(ExpectedReport.objects.values_list("state", flat=True)) == {ReportState.EXPECTED}


def told_of(person, day=MAY):
    return [row.step for row in selectors.notices(person, day) if row.about_id]


def test_the_focal_unit_is_told_of_what_is_asked_and_the_unit_of_what_became_of_it(town, monkeypatch):
    asked = ask(town)
    assert told_of(town.lead, APRIL) == ["extension-asked"]
    assert told_of(town.finance_officer, APRIL) == []  # who asks need not be told
    services.refuse_extension(asked=asked, reason="Tỉnh đã chốt", by=town.lead, now=at(APRIL))
    assert told_of(town.lead, APRIL) == []  # answered: nothing waits
    assert told_of(town.finance_officer, APRIL) == ["extension-refused"]
    services.grant_extension(asked=ask(town), by=town.leader, now=at(APRIL))
    assert told_of(town.finance_officer, APRIL) == ["extension-granted"]
    assert Notice.objects.filter(about__isnull=False).count() == 4  # each once: no more, no less
    letters = {}

    def compose(person, notices, _links, _others):
        letters[person] = [row.step for row in notices if row.about_id]
        return "Nhắc việc", "…"

    monkeypatch.setattr(mail, "available", lambda: True)
    Person.objects.update(email="x@muonghoa.example")
    services.remind(now=at(APRIL, 15), compose=compose)
    services.remind(now=at(APRIL, 16), compose=compose)
    assert letters[town.finance_officer] == ["extension-refused", "extension-granted"]
    assert not letters.get(town.lead)  # both were answered before the letter went
