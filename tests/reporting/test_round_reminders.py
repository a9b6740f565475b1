"""Reminders of rounds: by the ladder of duties, once, in the one digest of the day; whatever dies meanwhile."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from builders import NOW, a_person, at
from programme import clock_histories
from reporting.rounds_work import Work
from xulang.office import reminders as letters
from xulang.organisation import reorganising
from xulang.organisation.enums import Role, Verb
from xulang.organisation.models import Line, Person
from xulang.plumbing import mail
from xulang.plumbing.models import JournalEntry, Letter
from xulang.programme import selectors as programme_selectors
from xulang.programme import services as programme_services
from xulang.programme.enums import ProgrammeState
from xulang.programme.models import Digest, Notice, Programme
from xulang.reporting import selectors, services
from xulang.reporting.models import RoundNotice, WholeNotice
from xulang.reporting.services import reminding

pytestmark = pytest.mark.django_db

DAY = dt.date
DUE = DAY(2026, 3, 17)  # a Tuesday; the round was opened on the 10th


@pytest.fixture
def work(reporting_work: Work, monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.setattr(mail, "_registered", [clock_histories.PostOffice()])
    for person in (reporting_work.town.ward_officer, reporting_work.town.lead):
        person.email = f"{person.username}@muonghoa.example"
        person.save()
    return reporting_work


def remind(day: DAY) -> programme_services.Told:
    return programme_services.remind(now=at(day, 7), compose=letters.letter)


def told(work: Work) -> list[tuple[DAY, str, Person]]:
    """What was told of the ward's report."""
    rows = RoundNotice.objects.filter(report=work.ward).select_related("person").order_by("day", "id")
    return [(row.day, row.step, row.person) for row in rows]


def test_each_rung_is_told_in_its_turn_and_only_once(work: Work) -> None:
    head, officer = a_person((Role.HEAD, work.town.ward)), work.town.ward_officer
    for n in range(23):
        remind(DAY(2026, 3, 10) + dt.timedelta(n))
        remind(DAY(2026, 3, 10) + dt.timedelta(n))
    assert told(work) == [
        (DAY(2026, 3, 12), "before-3", officer),  # seven days before, nobody had opened it
        (DAY(2026, 3, 16), "before-1", officer),
        (DUE, "due", officer),
        (DAY(2026, 3, 18), "late-1", officer),
        (DAY(2026, 3, 20), "late-3", head),
        (DAY(2026, 3, 24), "late-5", work.town.lead),
        (DAY(2026, 3, 31), "late-10", work.town.leader),
    ]
    assert not RoundNotice.objects.filter(report=work.ward, stands_in=True).exists()


@pytest.mark.parametrize(
    ("first", "then", "steps"),
    [
        (DAY(2026, 3, 11), DAY(2026, 3, 11), []),  # too early
        (DAY(2026, 3, 12), DAY(2026, 3, 13), ["before-3"]),
        (DAY(2026, 3, 16), DAY(2026, 3, 16), ["before-1"]),  # the machine was off: only the last is worth telling
        (DAY(2026, 3, 11), DAY(2026, 3, 20), ["late-1", "late-3"]),  # of lateness each is told to others
        (DAY(2026, 3, 31), DAY(2026, 9, 1), ["late-1", "late-3", "late-5", "late-10"]),  # the last is told once
    ],
)
def test_what_a_missed_clock_makes_up_for(work: Work, first: DAY, then: DAY, steps: list[str]) -> None:
    remind(first)
    remind(then)
    assert list(dict.fromkeys(step for _day, step, _person in told(work))) == steps


def sent(work: Work) -> None:
    work.send()


def accepted(work: Work) -> None:
    work.send()
    work.accept()


def closed(work: Work) -> None:
    Programme.objects.update(state=ProgrammeState.CLOSED)


@pytest.mark.parametrize("done", [sent, accepted, closed])
def test_what_is_not_owed_tells_nobody(work: Work, done: Any) -> None:
    remind(DAY(2026, 3, 12))
    done(work)
    for day in (DAY(2026, 3, 16), DUE, DAY(2026, 4, 20)):
        remind(day)
    assert [step for _day, step, _person in told(work)] == ["before-3"]
    assert selectors.owed_reports(work.town.ward_officer, DUE) == []
    assert programme_selectors.other_notices(work.town.ward_officer) == []


def test_a_returned_report_is_owed_again(work: Work) -> None:
    work.send()
    remind(DAY(2026, 3, 16))
    assert told(work) == []
    services.return_report(report=work.ward, reason="Số lớp khác sổ.", by=work.town.lead, now=NOW)
    remind(DUE)
    assert told(work) == [(DUE, "due", work.town.ward_officer)]
    (row,) = programme_selectors.other_notices(work.town.ward_officer)
    assert letters.told_beside(row).words == "Hạn gửi 17/03/2026 (đến hạn) · đã bị trả lại"
    assert selectors.owed_reports(work.town.ward_officer, DUE) == [work.ward]


def test_where_nobody_stands_the_next_rung_is_told(work: Work) -> None:
    for day in (DAY(2026, 3, 12), DAY(2026, 3, 20)):
        remind(day)
    assert told(work)[-1] == (DAY(2026, 3, 20), "late-3", work.town.lead)  # the ward has no head
    assert RoundNotice.objects.get(report=work.ward, step="late-3").stands_in


def test_one_letter_a_day_holds_both_kinds(work: Work) -> None:
    remind(DAY(2026, 3, 12))
    remind(DAY(2026, 3, 12))
    officer = work.town.ward_officer
    letter = Letter.objects.get(to=officer.email)
    assert letter.subject == "Nhắc việc: 1 việc sắp đến hạn, 1 báo cáo kỳ"
    assert f"/ky-bao-cao/don-vi/{work.ward.pk}/" in letter.body
    title = f"Tháng 3/2026: báo cáo của {work.town.ward.name_on(DUE)}"
    assert f"{title}\n  Hạn gửi 17/03/2026 (trước hạn 3 ngày làm việc)" in letter.body
    digest = Digest.objects.get(person=officer)
    assert Notice.objects.filter(digest=digest).count() == RoundNotice.objects.filter(digest=digest).count() == 1


def test_the_journal_says_once_what_was_told(work: Work) -> None:
    remind(DAY(2026, 3, 12))
    remind(DAY(2026, 3, 12))
    (entry,) = JournalEntry.objects.filter(action="round.reminded")
    assert entry.subject_id == work.round.pk
    assert entry.data == {"reports": sorted(one.pk for one in work.round.reports.all()), "told": 2}


def test_who_answers_today_is_told_and_the_notice_keeps_its_unit(work: Work) -> None:
    remind(DAY(2026, 3, 12))
    now = at(DAY(2026, 3, 13))
    act = reorganising.draft(title="Sáp nhập", basis="Nghị quyết 01/NQ", on=now.date(), by=None, now=now)
    new = Line(verb=Verb.ESTABLISH, kind="phuong", name="UBND phường Thủy Vân", parent=work.town.home)
    merged = Line(verb=Verb.MERGE, unit=work.town.ward, to_line=new, main=True)
    reorganising.add_lines(act=act, lines=[new, merged], by=None, now=now)
    reorganising.apply(act=act, by=work.town.administrator, now=now)
    work.ward.refresh_from_db()
    remind(DAY(2026, 3, 16))
    rows = RoundNotice.objects.filter(report=work.ward).order_by("day")
    assert [row.unit for row in rows] == [work.town.ward, work.ward.unit]
    assert {row.person for row in rows} == {work.town.ward_officer}  # the post went over with its unit


# Where a process can die while it tells of rounds; the steps of digest and letter are the clock's own.
OWN = {
    "round notices not written": (RoundNotice.objects, "bulk_create", True),
    "round notices not committed": (RoundNotice.objects, "bulk_create", False),
    "round notices committed": (reminding, "_tell", False),
}
SHARED = [step for step in clock_histories.STEPS if not step.startswith("notices")]


def run_clock(now: dt.datetime) -> None:
    programme_services.remind(now=now, compose=letters.letter)
    mail.deliver_due(now)


@pytest.mark.parametrize("step", [*OWN, *SHARED])
def test_a_crash_at_each_step_tells_once(work: Work, step: str) -> None:
    for day, code in ((DAY(2026, 3, 12), "before-3"), (DAY(2026, 3, 16), "before-1")):
        now = at(day, 7)
        with pytest.raises(clock_histories.Killed), clock_histories.dying(step, 1, OWN):
            run_clock(now)
        for _again in range(2):
            run_clock(now)
            now += dt.timedelta(minutes=2)
        rows = RoundNotice.objects.filter(day=day)
        counted = Counter(rows.values_list("person", "report", "step"))
        culture = work.of(work.town.culture)
        assert counted == {
            (work.town.ward_officer.pk, work.ward.pk, code): 1,
            (work.town.lead.pk, culture.pk, code): 1,
        }
        assert JournalEntry.objects.filter(action="round.reminded", at__date=day).count() == 1
        assert Digest.objects.filter(day=day, letter__isnull=False).count() == 2
    assert Letter.objects.count() == 4
    assert not Letter.objects.filter(sent_at__isnull=True).exists()


# --- The focal unit's own day ---


WHOLE_DUE = DAY(2026, 3, 19)  # a Thursday: two days after the units


def told_of_whole(work: Work) -> list[tuple[DAY, str, Person]]:
    rows = WholeNotice.objects.filter(round=work.round).select_related("person").order_by("day", "id")
    return [(row.day, row.step, row.person) for row in rows]


def test_the_focal_unit_is_told_of_its_own_day_once_a_step(work: Work) -> None:
    head = a_person((Role.HEAD, work.town.culture))
    a_person((Role.UNIT_OFFICER, work.town.culture))  # puts no round together, and is not asked to
    assert work.round.due == WHOLE_DUE
    for n in range(25):
        remind(DAY(2026, 3, 11) + dt.timedelta(n))
        remind(DAY(2026, 3, 11) + dt.timedelta(n))
    lead = work.town.lead
    assert told_of_whole(work) == [
        (DAY(2026, 3, 10), "before-7", lead),
        (DAY(2026, 3, 16), "before-3", lead),
        (DAY(2026, 3, 18), "before-1", lead),
        (WHOLE_DUE, "due", lead),
        (DAY(2026, 3, 20), "late-1", lead),
        (DAY(2026, 3, 24), "late-3", head),
        (DAY(2026, 3, 26), "late-5", lead),
        (DAY(2026, 4, 2), "late-10", work.town.leader),
    ]
    assert JournalEntry.objects.filter(action="round.whole_reminded").count() == 8


def test_what_is_put_together_reminds_nobody(work: Work) -> None:
    remind(DAY(2026, 3, 16))
    (row,) = [one for one in programme_selectors.other_notices(work.town.lead) if isinstance(one, WholeNotice)]
    shown = letters.told_beside(row)
    assert (shown.title, shown.words, shown.href) == (
        "Tháng 3/2026: báo cáo tổng hợp",
        "Hạn tổng hợp 19/03/2026 (trước hạn 3 ngày làm việc)",
        f"/ky-bao-cao/{work.round.pk}/",
    )
    assert "Tháng 3/2026: báo cáo tổng hợp" in Letter.objects.get(to=work.town.lead.email).body
    accepted(work)
    services.consolidate(round=work.round, by=work.town.lead, now=at(DAY(2026, 3, 17)))
    assert not [one for one in programme_selectors.other_notices(work.town.lead) if isinstance(one, WholeNotice)]
    before = told_of_whole(work)
    remind(DAY(2026, 4, 20))
    assert told_of_whole(work) == before


def test_a_closed_programme_asks_for_no_whole(work: Work) -> None:
    closed(work)
    remind(DAY(2026, 4, 20))
    assert told_of_whole(work) == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_crash_while_the_whole_is_told_tells_once(work: Work, monkeypatch: pytest.MonkeyPatch, *, kept: bool) -> None:
    tell = reminding._tell_whole

    def dies(*args: Any) -> int:
        if kept:
            tell(*args)
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(reminding, "_tell_whole", dies)
        with pytest.raises(SystemExit):
            remind(DAY(2026, 3, 16))
    remind(DAY(2026, 3, 16))
    assert [step for _day, step, _person in told_of_whole(work)] == ["before-3"]
