"""What was done is recorded once, serves several tasks, is seen by those whom it concerns, and follows its unit."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from activities.doing import PHOTO
from builders import NOW, TODAY, a_person, a_town, at
from xulang.activities import errors, selectors, services
from xulang.activities.enums import DecisionState, Kind, LineKind
from xulang.activities.models import Activity, ActivityLine, Attendee, Commendation
from xulang.activities.selectors import Wanted
from xulang.activities.services import Filing, NewPiece
from xulang.activities.services.recording import fingerprint
from xulang.organisation import reorganising
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Role, Verb
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Line
from xulang.plumbing import journal
from xulang.plumbing.errors import AlreadyWithdrawn, ReasonNeeded, UnknownFile
from xulang.plumbing.models import JournalEntry
from xulang.plumbing.wording import parse
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.errors import AlreadyReported, BadAddress, EvidenceNeeded
from xulang.programme.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(activities_work):
    return activities_work


DETAILS = [
    (Kind.EVENT, {"form": "DELEGATION_IN", "delegations": 2, "people": 40, "countries": "Trung Quốc, Lào"}),
    (Kind.TRAINING, {"sessions": 3, "trainer_count": 2, "attended": 45, "women": 20}),
    (Kind.PUBLICATION, {"channel": "PORTAL", "content": "PROMOTION", "items": 12, "reach": 5400}),
    (Kind.PRESS, {"form": "INTERVIEW", "outlets": "Báo Mường Hoa", "outlet_count": 1}),
    (Kind.DISSEMINATION, {"sessions": 1, "invited": 60, "attended": 55}),
    (Kind.COMMENDATION, {"form": "GOOD_PRACTICE", "steps": "Mời người trồng hoa kể chuyện."}),
    (Kind.OTHER, None),
]


@pytest.mark.parametrize(("kind", "detail"), DETAILS)
def test_each_kind_has_facts_of_its_own(work, kind, detail):
    made = work.record(work.fair, work.friends, kind=kind, detail=detail, languages=["vi", "zh"])
    found = Activity.objects.get(pk=made.pk)
    assert {name: getattr(found.detail, name) for name in detail or {}} == (detail or {})
    assert (found.detail is None) == (detail is None)
    assert [one.code for one in found.languages.all()] == ["vi", "zh"]
    assert {row.assignment for row in found.duties.all()} == {work.fair, work.friends}
    told = JournalEntry.objects.filter(action="activity.recorded").get().data
    assert told == {
        "kind": kind,
        "unit": work.town.culture.pk,
        "assignments": [work.fair.pk, work.friends.pk],
    }  # ids and words of the trade


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"assignments": ()}, errors.TaskNeeded),
        ({"ends": TODAY - dt.timedelta(days=1)}, errors.NotInOrder),
        ({"evidence": [NewPiece(url="javascript:alert(1)")]}, BadAddress),
        ({"evidence": [NewPiece(data=b"MZ\x90\x00", name="anh.png")]}, UnknownFile),
    ],
)
def test_what_is_refused_writes_nothing(work, given, refused):
    evidence = given.pop("evidence", [])
    new = work.new(**{key: value for key, value in given.items() if key != "assignments"})
    if "assignments" in given:
        new = type(new)(title="x", begins=TODAY, ends=TODAY, assignments=())
    before = JournalEntry.objects.count()
    with pytest.raises(refused):
        services.record(kind=Kind.OTHER, unit=work.town.culture, new=new, evidence=evidence, by=work.town.lead, now=NOW)
    assert (Activity.objects.count(), JournalEntry.objects.count()) == (0, before)


def test_only_the_unit_itself_records_and_only_on_its_own_tasks(work):
    town = work.town
    for by in (town.leader, town.ward_officer, town.administrator, town.auditor, a_person()):
        with pytest.raises(NotPermitted):
            services.record(kind=Kind.OTHER, unit=town.culture, new=work.new(), by=by, now=NOW)
    with pytest.raises(NotPermitted):  # another unit's task
        work.record(work.fair, work.boards)
    press = a_person((Role.PRESS, town.culture))
    assert services.record(kind=Kind.PRESS, unit=town.culture, new=work.new(), by=press, now=NOW).pk


def test_seen_by_its_unit_the_leader_and_the_focal_unit_only(work):
    town = work.town
    made = services.record(
        kind=Kind.OTHER, unit=town.ward, new=work.new(work.boards), by=town.ward_officer, evidence=[PHOTO], now=NOW
    )
    for person, sees in (
        (town.ward_officer, True),
        (town.leader, True),
        (town.lead, True),  # of the focal unit
        (town.commune_officer, False),
        (town.finance_officer, False),
        (town.administrator, False),
        (town.auditor, False),
        (a_town().leader, False),  # of another town
    ):
        assert selectors.activities(person, TODAY, Wanted()).filter(pk=made.pk).exists() == sees
        assert selectors.of_task(person, TODAY, work.boards.task_id).exists() == sees


def test_one_event_becomes_evidence_of_two_reports(work):
    made = work.record(work.fair, work.friends)
    filings = [Filing(one, one.expected.first(), EntryKind.DONE) for one in (work.fair, work.friends)]
    entries = services.give(activity=made, filings=filings, by=work.town.lead, now=NOW)
    assert [entry.assignment for entry in entries] == [work.fair, work.friends]
    for entry in entries:
        assert entry.note.text == "Lễ hội hoa xuân (10/03/2026, Sân vận động)"
        assert entry.evidence.get().file.sha256 == made.evidence.get().file.sha256
        assert entry.expected.state != ReportState.CONFIRMED
        assert entry.activity_lines.get().activity == made  # the figure opens to the entry, the entry to the activity
    with pytest.raises(errors.AlreadyFiled):
        services.give(activity=made, filings=[Filing(work.fair, filings[0].expected)], by=work.town.lead, now=NOW)
    assert [line.kind for line in made.lines.all()] == [LineKind.RECORDED, LineKind.FILED, LineKind.FILED]


def test_given_to_all_or_to_none(work):
    made = work.record(work.fair, work.friends)
    first = work.fair.expected.first()
    services.give(activity=made, filings=[Filing(work.fair, first, EntryKind.DONE)], by=work.town.lead, now=NOW)
    other = work.record(work.fair, work.friends)
    before = Entry.objects.count()
    filings = [Filing(one, one.expected.first(), EntryKind.DONE) for one in (work.friends, work.fair)]
    with pytest.raises(AlreadyReported):  # the period of the second one is reported already
        services.give(activity=other, filings=filings, by=work.town.lead, now=NOW)
    assert Entry.objects.count() == before
    assert [line.kind for line in other.lines.all()] == [LineKind.RECORDED]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"begins": TODAY + dt.timedelta(days=2), "ends": TODAY + dt.timedelta(days=3)}, errors.NotYetDone),
        ({"evidence": []}, EvidenceNeeded),  # nothing is done without evidence
    ],
)
def test_what_cannot_be_given(work, given, refused):
    made = work.record(work.fair, **given)
    with pytest.raises(refused):
        services.give(
            activity=made,
            filings=[Filing(work.fair, work.fair.expected.first(), EntryKind.DONE)],
            by=work.town.lead,
            now=NOW,
        )


def test_given_only_to_what_it_serves(work):
    made = work.record(work.fair)
    with pytest.raises(errors.NotServed):
        services.give(activity=made, filings=[Filing(work.friends)], by=work.town.lead, now=NOW)
    with pytest.raises(errors.NothingChosen):
        services.give(activity=made, filings=[], by=work.town.lead, now=NOW)


def test_corrected_it_keeps_its_tasks_that_were_reported(work):
    made = work.record(work.fair, work.friends, detail={"people": 10})
    services.give(activity=made, filings=[Filing(work.fair)], by=work.town.lead, now=NOW)
    services.correct(
        activity=made, new=work.new(work.friends, title="Hội hoa"), detail={"people": 60}, by=work.town.lead, now=NOW
    )
    found = Activity.objects.get(pk=made.pk)
    assert (found.title, found.detail.people) == ("Hội hoa", 60)
    assert {row.assignment for row in found.duties.all()} == {work.fair, work.friends}
    assert [line.kind for line in found.lines.all()] == [LineKind.RECORDED, LineKind.FILED, LineKind.CORRECTED]
    first, _filed, last = found.lines.all()
    assert first.sha256 != last.sha256 == fingerprint(found)


def test_withdrawn_it_is_counted_no_more_and_its_reports_stand(work):
    made = work.record(work.fair)
    entry = services.give(activity=made, filings=[Filing(work.fair)], by=work.town.lead, now=NOW)[0]
    with pytest.raises(ReasonNeeded):
        services.withdraw(activity=made, reason=" ", by=work.town.lead, now=NOW)
    services.withdraw(activity=made, reason="Ghi hai lần", by=work.town.lead, now=NOW)
    assert not selectors.activities(work.town.lead, TODAY, Wanted()).exists()
    assert entry.evidence.get().file.file
    with pytest.raises(errors.ActivityWithdrawn):
        services.withdraw(activity=made, reason="Ghi hai lần", by=work.town.lead, now=NOW)


def test_evidence_is_erased_by_an_act_with_a_reason(work):
    made = work.record(work.fair)
    piece = made.evidence.get()
    with pytest.raises(ReasonNeeded):
        services.withdraw_evidence(evidence=piece, reason="", by=work.town.lead, now=NOW)
    services.withdraw_evidence(evidence=piece, reason="Người trong ảnh đề nghị", by=work.town.lead, now=NOW)
    piece.refresh_from_db()
    assert (piece.title, piece.file.name, bool(piece.file.file)) == ("", "", False)
    assert len(piece.file.sha256) == 64
    with pytest.raises(AlreadyWithdrawn):
        services.withdraw_evidence(evidence=piece, reason="x", by=work.town.lead, now=NOW)
    last = JournalEntry.objects.order_by("-id").first()
    assert "Người" not in str(last.data)


def test_the_ledger_is_append_only(work):
    made = work.record(work.fair)
    for change in (
        lambda: ActivityLine.objects.filter(activity=made).update(kind=LineKind.CORRECTED),
        lambda: ActivityLine.objects.filter(activity=made).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_practice_is_proposed_and_decided(work):
    made = work.record(work.fair, kind=Kind.COMMENDATION, detail={"steps": "Làm thử ở một khu phố."})
    decided = {"by": work.town.leader, "now": NOW}
    with pytest.raises(NotPermitted):  # nobody decides on their own
        services.decide(activity=made, approved=True, decision="12/QĐ", decided_on=TODAY, by=work.town.lead, now=NOW)
    for paper in ({}, {"decision": "12/QĐ"}, {"decision": "12/QĐ", "decided_on": TODAY + dt.timedelta(days=1)}):
        with pytest.raises(errors.DecisionNeeded):
            services.decide(activity=made, approved=True, **paper, **decided)
    services.decide(activity=made, approved=True, decision="12/QĐ-UBND", decided_on=TODAY, **decided)
    assert Commendation.objects.get(pk=made.pk).state == DecisionState.APPROVED
    with pytest.raises(errors.NotProposed):
        services.decide(activity=made, approved=False, **decided)
    with pytest.raises(errors.NotProposed):  # an event is no proposal
        services.decide(activity=work.record(work.fair), approved=False, **decided)


def test_names_of_who_was_there_can_be_erased_and_never_stand_in_the_journal(work):
    made = work.record(work.fair, kind=Kind.TRAINING, detail={"attended": 2})
    rows = [("Vi Thị Sen", "Phòng Nội vụ"), ("Hà Văn Núi", ""), ("Vi  Thị Sen", "Phòng Nội vụ"), ("", "x")]
    assert services.list_attendance(activity=made, rows=rows, by=work.town.lead, now=NOW) == 2
    assert Attendee.objects.for_user(work.town.leader, TODAY).count() == 2
    assert not Attendee.objects.for_user(work.town.ward_officer, TODAY).exists()
    services.erase_attendance(activity=made, reason="Hết thời hạn", by=work.town.lead, now=NOW)
    assert (made.attendees.count(), made.training.attended) == (0, 2)
    assert not [row for row in JournalEntry.objects.all() if "Sen" in str(row.data)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, 3),
        ({"kind": Kind.TRAINING}, 1),
        ({"first": TODAY + dt.timedelta(days=1)}, 1),
        ({"last": TODAY}, 3),  # what began by then, and goes on
        ({"words": "hoi hoa"}, 2),
        ({"words": "khong co"}, 0),
    ],
)
def test_the_list_is_filtered(work, wanted, found):
    work.record(work.fair)
    work.record(work.fair, ends=TODAY + dt.timedelta(days=3))
    work.record(work.friends, kind=Kind.TRAINING, title="Lớp thuyết minh viên", place="")
    if "words" in wanted:
        wanted = {"words": parse(wanted["words"])}
    assert len(selectors.activities(work.town.lead, TODAY, Wanted(**wanted))) == found


def test_it_follows_a_reorganisation_and_comes_back(work):
    town = work.town
    made = work.record(work.fair, work.friends)
    day = dt.date(2026, 4, 20)
    before = canonical(day)
    act = reorganising.draft(title="Sắp xếp", basis="Nghị quyết", on=day, by=town.administrator, now=at(day))
    new = Line(verb=Verb.ESTABLISH, kind="phong", name="Phòng Văn hóa - Xã hội", parent=town.home)
    reorganising.add_lines(
        act=act, lines=[new, Line(verb=Verb.MERGE, unit=town.culture, to_line=new)], by=town.administrator, now=at(day)
    )
    reorganising.apply(act=act, by=town.administrator, now=at(day))
    made.refresh_from_db()
    assert made.unit.name_on(day) == "Phòng Văn hóa - Xã hội"
    assert made.done_by == town.culture  # who did it stays
    assert made.handovers.get().from_unit == town.culture
    work.fair.refresh_from_db()
    officer = a_person((Role.UNIT_OFFICER, made.unit), since=day)
    entries = services.give(activity=made, filings=[Filing(work.fair)], by=officer, now=at(day))  # the heir goes on
    assert entries[0].assignment == work.fair
    reorganising.undo(act=act, basis="Nghị quyết", on=day, by=town.administrator, now=at(day))
    made.refresh_from_db()
    assert made.unit == town.culture
    kept = [line for line in canonical(day).splitlines() if b"activities." in line]
    assert kept == [line for line in before.splitlines() if b"activities." in line]
    assert journal.verify().ok


def test_the_journal_says_who_opened_what(work):
    made = work.record(work.fair, kind=Kind.TRAINING)
    services.open_evidence(evidence=made.evidence.get(), by=work.town.leader, now=NOW)
    assert services.open_attendance(activity=made, by=work.town.lead, now=NOW) == []  # nothing there, nothing told
    services.list_attendance(activity=made, rows=[("Vi Thị Sen", "")], by=work.town.lead, now=NOW)
    services.open_attendance(activity=made, by=work.town.lead, now=NOW)
    with pytest.raises(NotPermitted):  # names are for the unit that keeps them
        services.open_attendance(activity=made, by=work.town.leader, now=NOW)
    told = [(row.action, row.actor_id) for row in JournalEntry.objects.order_by("-id")[:3]]
    assert told == [
        ("attendance.opened", work.town.lead.pk),
        ("attendance.listed", work.town.lead.pk),
        ("activity.evidence_opened", work.town.leader.pk),
    ]


@pytest.mark.parametrize(
    ("kind", "whole", "part"),
    [
        (Kind.EVENT, "people", "foreigners"),
        (Kind.TRAINING, "attended", "women"),
        (Kind.PRESS, "outlet_count", "foreign_outlets"),
    ],
)
def test_no_part_is_counted_that_is_greater_than_its_whole(work, kind, whole, part):
    with pytest.raises(errors.PartOverWhole):
        work.record(kind=kind, detail={whole: 5, part: 9})
    made = work.record(kind=kind, detail={whole: 9, part: 9})
    with pytest.raises(errors.PartOverWhole):
        services.correct(activity=made, new=work.new(), detail={whole: 1, part: 2}, by=work.town.lead, now=NOW)
