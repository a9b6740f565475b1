"""A directive passed on to persons: who may, who has seen it and how, sessions with attendance, reminders once."""

import datetime as dt

import pytest

from builders import NOW, TODAY, a_directive, a_person, a_reading, at
from xulang.activities import services
from xulang.activities.enums import Kind
from xulang.activities.errors import NobodyPresent, NoSession, NotYetDone
from xulang.organisation import reorganising
from xulang.organisation.enums import Role, Verb
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Line, PostHolding
from xulang.plumbing.models import JournalEntry
from xulang.programme import services as programme
from xulang.programme.errors import EverybodyHasRead, RemindedToday
from xulang.programme.models import Digest, ReadingNotice
from xulang.registry import circulating, recipients, selectors
from xulang.registry.errors import NobodyToRead
from xulang.registry.models import Circulation, Directive

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(activities_work):
    return activities_work


@pytest.fixture
def paper(work):
    """A directive that the finance department was given; its head and a colleague are there."""
    work.head = a_person((Role.HEAD, work.town.finance), name="Bế Thu Hà")
    work.colleague = a_person((Role.UNIT_OFFICER, work.town.finance), name="Lý Văn Cường")
    made = a_directive(work.town.lead, a_reading(title="Kết luận số 57"))
    recipients.distribute(directive=made, units=[work.town.finance], by=work.town.lead, now=NOW)
    return made


def given(work, paper, *people, by=None, now=NOW):
    return circulating.circulate(directive=paper, people=people, by=by or work.town.lead, now=now)


def test_the_focal_unit_gives_and_the_head_passes_on(work, paper):
    assert [row.person for row in given(work, paper, work.head)] == [work.head]
    made = given(work, paper, work.colleague, work.town.finance_officer, by=work.head)
    assert {row.unit for row in made} == {work.town.finance}
    assert given(work, paper, work.colleague, by=work.head) == []  # once
    told = JournalEntry.objects.filter(action="directive.circulated").order_by("id").last()
    assert sorted(told.data["people"]) == sorted([work.colleague.pk, work.town.finance_officer.pk])


# who passes it on, to whom (fields of the town or the work), whether that is permitted
PASSING = [
    ("lead", "ward_officer", True),  # the office's own people, whether their unit has the paper or not
    ("leader", "ward_officer", True),
    ("head", "colleague", True),
    ("head", "ward_officer", False),  # of another unit
    ("lead", "propaganda_officer", False),  # beside the office
    ("finance_officer", "colleague", False),  # heads nobody
    ("ward_officer", "finance_officer", False),
]


@pytest.mark.parametrize(("by", "to", "permitted"), PASSING)
def test_who_may_pass_it_on(work, paper, by, to, permitted):
    who, whom = (getattr(work, name, None) or getattr(work.town, name) for name in (by, to))
    if permitted:
        assert len(given(work, paper, whom, by=who)) == 1
    else:
        with pytest.raises((NotPermitted, NobodyToRead)):
            given(work, paper, whom, by=who)


def test_a_person_opens_what_they_were_given_and_it_is_noted_once(work, paper):
    ward = work.town.ward_officer
    assert not Directive.objects.for_user(ward, TODAY).filter(pk=paper.pk).exists()
    given(work, paper, ward)
    assert Directive.objects.for_user(ward, TODAY).filter(pk=paper.pk).exists()
    assert [row.directive for row in selectors.to_read(ward, TODAY)] == [paper]
    assert circulating.see(directive=paper, by=ward, now=at(TODAY, 11))
    assert not circulating.see(directive=paper, by=ward, now=at(TODAY, 12))
    assert not circulating.see(directive=paper, by=work.town.finance_officer, now=NOW)  # was given nothing
    row = Circulation.objects.get()
    assert (row.seen_at, row.seen_in) == (at(TODAY, 11), "")
    assert not selectors.to_read(ward, TODAY).exists()


def test_the_list_goes_by_scope(work, paper):
    given(work, paper, work.colleague, work.head, work.town.ward_officer)
    seen = {
        name: selectors.circulated(who, TODAY, paper).count()
        for name, who in (
            ("focal", work.town.lead),
            ("leader", work.town.leader),
            ("head", work.head),
            ("colleague", work.colleague),
            ("ward", work.town.ward_officer),
            ("outside", work.town.propaganda_officer),
        )
    }
    assert seen == {"focal": 3, "leader": 3, "head": 2, "colleague": 1, "ward": 1, "outside": 0}


def a_session(work, *directives, begins=TODAY, title="Hội nghị quán triệt"):
    made = work.record(kind=Kind.DISSEMINATION, title=title, begins=begins, ends=begins)
    services.tell_of(activity=made, directives=directives, by=work.town.lead, now=NOW)
    return made


def present(work, session, *people, now=NOW):
    return services.mark_present(activity=session, people=people, by=work.town.lead, now=now)


def test_who_was_at_a_session_has_seen_what_it_tells_of(work, paper):
    given(work, paper, work.colleague, work.head)
    session = a_session(work, paper)
    assert present(work, session, work.colleague) == 1
    row = Circulation.objects.get(person=work.colleague)
    assert row.seen_in == f"Hội nghị quán triệt ({TODAY:%d/%m/%Y})"
    assert Circulation.objects.get(person=work.head).seen_at is None
    assert [(one.name, one.body) for one in session.attendees.all()] == [("Lý Văn Cường", "Phòng Tài chính - Kế hoạch")]
    with pytest.raises(NobodyPresent):
        present(work, session, work.colleague)  # marked already
    journal = JournalEntry.objects.get(action="attendance.present")
    assert journal.data == {"people": [work.colleague.pk]}  # ids alone


def test_a_directive_told_of_later_is_seen_by_who_was_there(work, paper):
    given(work, paper, work.colleague)
    first = a_session(work, paper)
    present(work, first, work.colleague)
    other = a_directive(work.town.lead, a_reading(title="Kế hoạch số 149"))
    services.tell_of(activity=first, directives=[other], by=work.town.lead, now=NOW)
    row = Circulation.objects.get(directive=other)
    assert (row.person, row.by_presence, bool(row.seen_in)) == (work.colleague, True, True)
    services.tell_no_more(tells=first.tells.get(directive=other), by=work.town.lead, now=NOW)
    assert not Circulation.objects.filter(directive=other).exists()  # only the session had given it to them


def test_struck_off_the_list_it_is_to_be_read_again_unless_another_session_told_of_it(work, paper):
    given(work, paper, work.colleague)
    first, second = a_session(work, paper), a_session(work, paper, title="Hội nghị lần hai")
    present(work, first, work.colleague)
    present(work, second, work.colleague)
    services.strike(attendee=first.attendees.get(), by=work.town.lead, now=NOW)
    assert Circulation.objects.get().seen_at is not None
    services.strike(attendee=second.attendees.get(), by=work.town.lead, now=NOW)
    row = Circulation.objects.get()
    assert (row.seen_at, row.seen_in) == (None, "")
    circulating.see(directive=paper, by=work.colleague, now=NOW)
    third = a_session(work, paper, title="Hội nghị lần ba")
    present(work, third, work.colleague)
    services.strike(attendee=third.attendees.get(), by=work.town.lead, now=NOW)
    assert Circulation.objects.get().seen_at == NOW  # what one opened stays seen


def test_names_are_erased_and_what_was_seen_stays(work, paper):
    given(work, paper, work.colleague)
    session = a_session(work, paper)
    present(work, session, work.colleague)
    services.erase_attendance(activity=session, reason="Hết thời hạn", by=work.town.lead, now=NOW)
    assert not session.attendees.exists()
    assert Circulation.objects.get().seen_at is not None


def test_only_a_session_that_began_and_one_of_dissemination(work, paper):
    given(work, paper, work.colleague)
    later = a_session(work, paper, begins=TODAY + dt.timedelta(3))
    with pytest.raises(NotYetDone):
        present(work, later, work.colleague)
    with pytest.raises(NoSession):
        services.tell_of(activity=work.record(), directives=[paper], by=work.town.lead, now=NOW)


def reminded(day, hour=7):
    told = {}

    def compose(person, notices, _links, others):
        told[person] = (len(notices), [row.circulation.directive for row in others])
        return "Nhắc việc", "…"

    done = programme.remind(now=at(day, hour), compose=compose)
    return done, told


def test_who_has_not_read_is_reminded_by_the_steps_once_a_person_and_day(work, paper):
    given(work, paper, work.colleague, work.head)
    reminded(TODAY, 10)
    assert ReadingNotice.objects.filter(day=TODAY).count() == 2
    assert reminded(TODAY, 11)[0].notices == 0
    circulating.see(directive=paper, by=work.head, now=at(TODAY, 12))
    reminded(dt.date(2026, 3, 12))
    assert ReadingNotice.objects.count() == 2  # two working days after: no step
    reminded(dt.date(2026, 3, 14))  # a Saturday: Friday's step, three working days after, is made up
    assert set(ReadingNotice.objects.filter(day__gt=TODAY).values_list("person", "day")) == {
        (work.colleague.pk, dt.date(2026, 3, 13))
    }
    reminded(dt.date(2026, 3, 14))
    assert ReadingNotice.objects.count() == 3
    assert Digest.objects.filter(person=work.colleague).count() == 2


def test_a_reminder_by_hand_is_told_once_a_day_and_not_to_who_left(work, paper):
    given(work, paper, work.colleague, work.head)
    PostHolding.objects.filter(person=work.head).update(valid_to=TODAY)
    assert programme.urge_readers(directive=paper, by=work.town.lead, now=NOW) == 1
    with pytest.raises(RemindedToday):
        programme.urge_readers(directive=paper, by=work.town.lead, now=NOW)
    assert reminded(TODAY, 10)[0].notices == 0  # the step of the day is told by it
    circulating.see(directive=paper, by=work.colleague, now=NOW)
    with pytest.raises(EverybodyHasRead):
        programme.urge_readers(directive=paper, by=work.town.lead, now=NOW)
    with pytest.raises(NotPermitted):
        programme.urge_readers(directive=paper, by=work.town.finance_officer, now=NOW)


def test_the_letter_tells_what_is_to_be_read(work, paper, monkeypatch):
    from xulang.office import reminders
    from xulang.plumbing import mail
    from xulang.plumbing.models import Letter

    class Post:
        def available(self):
            return True

    monkeypatch.setattr(mail, "_registered", [Post()])
    work.colleague.email = "cuong@muonghoa.example"
    work.colleague.save()
    given(work, paper, work.colleague)
    programme.remind(now=at(TODAY, 10), compose=reminders.letter)
    letter = Letter.objects.get()
    assert letter.subject == "Nhắc việc: 1 văn bản cần đọc"
    assert "GIAO BẠN ĐỌC" in letter.body
    assert f"/van-ban/{paper.pk}/" in letter.body


def test_after_a_reorganisation_the_heir_answers_and_the_day_stays(work, paper):
    given(work, paper, work.colleague)
    town = work.town
    act = reorganising.draft(title="Nhập phòng", basis="Nghị quyết 02/NQ-HĐND", on=TODAY, by=None, now=NOW)
    line = Line(verb=Verb.MERGE, unit=town.finance, to=town.culture)
    reorganising.add_lines(act=act, lines=[line], by=None, now=NOW)
    reorganising.apply(act=act, by=town.administrator, now=NOW)
    row = Circulation.objects.get()
    assert (row.unit, row.given_to) == (town.culture, town.finance)
    reorganising.undo(act=act, basis="Nghị quyết 03/NQ-HĐND", on=TODAY, by=town.administrator, now=NOW)
    assert Circulation.objects.get().unit == town.finance
