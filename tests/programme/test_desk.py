"""After issue: units report and answer, the focal unit confirms or returns, evidence can be withdrawn."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from builders import NOW, ONGOING, TODAY, Said, a_person, a_town, an_issued_programme, at, sha256
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.scopes import scope_of
from xulang.plumbing.errors import AlreadyWithdrawn, ReasonNeeded, UnknownFile
from xulang.plumbing.models import JournalEntry
from xulang.programme import errors, selectors, services
from xulang.programme.enums import AssignmentState, EntryKind, ReportState
from xulang.programme.models import Assignment, Entry, EntryNote, Evidence, ExpectedReport
from xulang.programme.rules import may_confirm
from xulang.programme.services import NewEvidence

pytestmark = pytest.mark.django_db

LINK = NewEvidence(url="https://muonghoa.example/bai-viet", title="Bài viết")
FINANCE = ["Phòng Tài chính - Kế hoạch"]
DATED = Said("Lập dự toán", FINANCE, deadline=("date", "2026-06-30", None))
PERIODIC = Said("Báo cáo chi", FINANCE, ["UBND phường Bến Đá"])
ASKED = Said("Đề nghị hướng dẫn", ["Ban Tuyên giáo Thành ủy"], mode="request")


class Desk:
    """A town with one assignment of each kind, and the finance office at its desk."""

    def __init__(self, *tasks: Said) -> None:
        self.town = a_town()
        self.programme = an_issued_programme(self.town, *tasks)
        self.lead = Assignment.objects.filter(task__programme=self.programme, role="LEAD").order_by("id").first()
        self.expected = list(self.lead.expected.all())

    def report(self, kind=EntryKind.PROGRESS, expected=None, *, day=TODAY, by=None, assignment=None, **more):
        more.setdefault("note", "" if kind == EntryKind.NIL else "Đã làm")
        return services.report(
            assignment=assignment or self.lead,
            expected=expected,
            kind=kind,
            by=by or self.town.finance_officer,
            now=at(day),
            **more,
        )

    def confirm(self, entry, *, day=TODAY, by=None):
        return services.confirm(entry=entry, by=by or self.town.lead, now=at(day))

    def give_back(self, entry, *, day=TODAY, by=None, reason="Thiếu số liệu"):
        return services.return_report(entry=entry, reason=reason, by=by or self.town.lead, now=at(day))

    def state(self, expected):
        return ExpectedReport.objects.get(pk=expected.pk).state


def test_period_is_reported_and_confirmed():
    desk = Desk(PERIODIC)
    entry = desk.report(EntryKind.PROGRESS, desk.expected[0], percent=40, evidence=[LINK])
    assert (entry.on, entry.post.unit, entry.percent) == (TODAY, desk.town.finance, 40)
    assert entry.note_sha256 == sha256("Đã làm".encode())
    assert entry.evidence_sha256 == [sha256(LINK.url.encode())]
    assert [row.report_entry for row in selectors.to_confirm(desk.town.lead, TODAY)] == [entry]
    answer = desk.confirm(entry, day=TODAY + dt.timedelta(days=2))
    row = ExpectedReport.objects.get(pk=desk.expected[0].pk)
    assert (row.state, row.report_entry, row.reported_on) == (ReportState.CONFIRMED, entry, TODAY)
    assert row.confirmed_on == TODAY + dt.timedelta(days=2)
    assert answer.answers == entry
    assert selectors.to_confirm(desk.town.lead, TODAY) == []


def test_assignment_is_done_when_everything_owed_is_confirmed():
    desk = Desk(DATED)
    entry = desk.report(EntryKind.DONE, desk.expected[0], evidence=[LINK])
    assert Assignment.objects.get().state == AssignmentState.OPEN
    desk.confirm(entry)
    assert Assignment.objects.get().state == AssignmentState.DONE
    desk.give_back(entry)  # confirmed, then doubted after all
    assert Assignment.objects.get().state == AssignmentState.OPEN
    assert desk.state(desk.expected[0]) == ReportState.RETURNED


def test_returned_report_is_owed_again_with_the_reason():
    desk = Desk(PERIODIC)
    first = desk.report(EntryKind.NIL, desk.expected[0])
    with pytest.raises(ReasonNeeded):
        desk.give_back(first, reason=" ")
    back = desk.give_back(first)
    assert back.note.text == "Thiếu số liệu"
    second = desk.report(EntryKind.PROGRESS, desk.expected[0])
    with pytest.raises(errors.NotWaiting):
        desk.confirm(first)
    desk.confirm(second)
    with pytest.raises(errors.NotWaiting):
        desk.confirm(second)


# task, period (None: told without one), kind, what is given, refusal
REFUSED = [
    # done, but nothing shows it
    (DATED, 0, EntryKind.DONE, {}, errors.EvidenceNeeded),
    (PERIODIC, 0, EntryKind.DONE, {}, errors.EvidenceNeeded),
    # a dated task is done or is not
    (DATED, 0, EntryKind.NIL, {}, errors.NilForDated),
    # a report that says nothing, or is of no period
    (PERIODIC, 0, EntryKind.PROGRESS, {"note": " "}, errors.NoteNeeded),
    (PERIODIC, None, EntryKind.NIL, {}, errors.PeriodNeeded),
    (PERIODIC, None, EntryKind.DONE, {"evidence": [LINK]}, errors.PeriodNeeded),
    # a period that has not begun
    (PERIODIC, 1, EntryKind.NIL, {}, errors.NotYet),
    # out of range, no address of the web, no file that is taken in
    (PERIODIC, 0, EntryKind.PROGRESS, {"percent": 101}, errors.BadPercent),
    (PERIODIC, 0, EntryKind.PROGRESS, {"percent": -1}, errors.BadPercent),
    (PERIODIC, 0, EntryKind.PROGRESS, {"evidence": [NewEvidence(url="javascript:alert(1)")]}, errors.BadAddress),
    (PERIODIC, 0, EntryKind.PROGRESS, {"evidence": [NewEvidence(data=b"MZ\0", name="a.pdf")]}, UnknownFile),
    # not a report at all
    (PERIODIC, 0, EntryKind.CONFIRMED, {}, errors.PeriodNeeded),
]


@pytest.mark.parametrize(("said", "period", "kind", "more", "error"), REFUSED)
def test_refused_reports(said, period, kind, more, error):
    desk = Desk(said)
    before = Entry.objects.count()
    with pytest.raises(error):
        desk.report(kind, None if period is None else desk.expected[period], **more)
    assert Entry.objects.count() == before


def test_second_report_of_a_period_waits_for_the_first_to_be_returned():
    desk = Desk(PERIODIC)
    entry = desk.report(EntryKind.NIL, desk.expected[0])
    with pytest.raises(errors.AlreadyReported):
        desk.report(EntryKind.PROGRESS, desk.expected[0])
    desk.confirm(entry)
    with pytest.raises(errors.AlreadyReported):
        desk.report(EntryKind.PROGRESS, desk.expected[0])


def test_progress_of_a_dated_task_is_noted_and_the_clock_runs_on():
    desk = Desk(DATED)
    entry = desk.report(EntryKind.PROGRESS, desk.expected[0], percent=50)
    assert entry.expected is None
    assert desk.state(desk.expected[0]) == ReportState.EXPECTED
    with pytest.raises(errors.NotWaiting):
        desk.confirm(entry)


def test_coordinating_unit_tells_and_owes_nothing():
    desk = Desk(PERIODIC)
    helping = Assignment.objects.get(role="COORDINATING")
    assert not helping.expected.exists()
    entry = desk.report(assignment=helping, by=desk.town.ward_officer)
    assert entry.expected is None
    with pytest.raises(errors.OnlyProgress):
        desk.report(EntryKind.DONE, assignment=helping, by=desk.town.ward_officer, evidence=[LINK])


def test_request_is_answered_never_late_and_in_no_figure():
    desk = Desk(ASKED)
    assert desk.expected == []
    with pytest.raises(errors.IsRequest):
        desk.report(by=desk.town.propaganda_officer)
    act = {"assignment": desk.lead, "by": desk.town.propaganda_officer, "now": NOW}
    with pytest.raises(errors.NoteNeeded):
        services.answer_request(**act)
    services.answer_request(note="Đã có hướng dẫn", **act)
    assert Assignment.objects.get().state == AssignmentState.ANSWERED
    assert selectors.figures(desk.town.leader, TODAY, on=dt.date(2030, 1, 1)).total == 0
    order = an_issued_programme(desk.town, DATED).tasks.get().assignments.get()
    with pytest.raises(errors.IsOrder):
        services.answer_request(assignment=order, note="x", by=desk.town.finance_officer, now=NOW)


def test_only_the_assigned_unit_reports():
    desk = Desk(PERIODIC)
    town = desk.town
    auditor_there = a_person((Role.AUDITOR, town.finance))
    above = a_person((Role.UNIT_OFFICER, town.home))
    for person in (town.lead, town.leader, town.ward_officer, town.administrator, auditor_there, above, a_person()):
        with pytest.raises(NotPermitted):
            desk.report(EntryKind.NIL, desk.expected[0], by=person)
    for role in (Role.HEAD, Role.LEAD_OFFICER, Role.UNIT_OFFICER):
        desk.give_back(desk.report(EntryKind.NIL, desk.expected[0], by=a_person((role, town.finance))))


def test_unit_that_reported_never_confirms():
    desk = Desk(PERIODIC)
    town = desk.town
    both = a_person((Role.LEAD_OFFICER, town.culture), (Role.UNIT_OFFICER, town.finance))
    entry = desk.report(EntryKind.NIL, desk.expected[0])
    for person in (town.finance_officer, a_person((Role.HEAD, town.finance)), both, town.leader, town.ward_officer):
        with pytest.raises(NotPermitted):
            desk.confirm(entry, by=person)
        with pytest.raises(NotPermitted):
            desk.give_back(entry, by=person)
        assert selectors.to_confirm(person, TODAY) == []


def test_focal_units_own_report_goes_to_a_leader_above():
    desk = Desk(ONGOING)
    town = desk.town
    head = a_person((Role.HEAD, town.culture))
    entry = desk.report(EntryKind.NIL, desk.expected[0], by=town.lead)
    for person in (town.lead, head):
        with pytest.raises(NotPermitted):
            desk.confirm(entry, by=person)
        assert selectors.to_confirm(person, TODAY) == []
    assert [row.report_entry for row in selectors.to_confirm(town.leader, TODAY)] == [entry]
    desk.confirm(entry, by=town.leader)


def test_what_waits_is_asked_as_the_rule_says():
    """Of all that waits, each person is shown what they may confirm, counted without reading it, page by page."""
    desk = Desk(PERIODIC, ONGOING)
    town = desk.town
    an_issued_programme(town, ONGOING, focal=town.home)
    people = [town.lead, town.leader, town.finance_officer, town.administrator]
    people += [a_person((role, unit)) for role in (Role.HEAD, Role.LEADER) for unit in (town.culture, town.finance)]
    people += [a_person((Role.LEADER, town.home), (Role.HEAD, town.finance)), a_person((Role.HEAD, town.home))]
    for one in ExpectedReport.objects.filter(period="2026-03").select_related("assignment__unit"):
        officer = a_person((Role.UNIT_OFFICER, one.assignment.unit))
        desk.report(EntryKind.NIL, one, assignment=one.assignment, by=officer)
    standing = ExpectedReport.objects.filter(state="REPORTED").select_related("report_entry")
    for person in people:
        may = []
        for row in standing:
            programme = row.assignment.task.programme
            if may_confirm(
                scope=scope_of(person, TODAY),
                reporter=row.report_entry.by_id,
                reporting_unit=row.assignment.unit_id,
                focal_unit=programme.focal_unit_id,
                home_unit=programme.directive.home_unit_id,
            ):
                may.append(row)
        found = selectors.to_confirm(person, TODAY)
        assert set(found) == set(may), person
        assert selectors.waiting(person, TODAY) == len(may)
        first = selectors.to_confirm(person, TODAY, limit=1)
        assert selectors.waiting_since(person, TODAY) == (first[-1].reported_on if first else None)
        after = (first[-1].reported_on, first[-1].report_entry_id) if first else None
        assert first + (selectors.to_confirm(person, TODAY, after=after) if after else []) == found
    assert any(selectors.waiting(person, TODAY) for person in people[1:])


def test_ledger_is_never_changed():
    desk = Desk(PERIODIC)
    desk.report(EntryKind.NIL, desk.expected[0])
    for statement in ("UPDATE programme_entry SET kind = 'DONE'", "DELETE FROM programme_entry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_evidence_is_withdrawn_and_the_hash_stays(django_capture_on_commit_callbacks):
    desk = Desk(DATED)
    entry = desk.report(
        EntryKind.DONE, desk.expected[0], evidence=[NewEvidence(data=b"%PDF-1.7 anh", name="anh.pdf"), LINK]
    )
    evidence, link = entry.evidence.all()
    path, storage = evidence.file.file.name, evidence.file.file.storage
    act = {"now": NOW, "reason": "Người trong ảnh đề nghị"}
    with pytest.raises(NotPermitted):
        services.withdraw_evidence(evidence=evidence, by=desk.town.ward_officer, **act)
    with pytest.raises(ReasonNeeded):
        services.withdraw_evidence(evidence=evidence, by=desk.town.finance_officer, now=NOW, reason="")
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_evidence(evidence=evidence, by=desk.town.finance_officer, **act)
        services.withdraw_evidence(evidence=link, by=desk.town.lead, **act)
        services.withdraw_note(note=entry.note, by=desk.town.lead, **act)
    assert not storage.exists(path)
    assert [(row.url, row.title) for row in Evidence.objects.all()] == [("", ""), ("", "")]
    assert EntryNote.objects.get().text == ""
    assert Entry.objects.get(pk=entry.pk).evidence_sha256 == [sha256(b"%PDF-1.7 anh"), sha256(LINK.url.encode())]
    with pytest.raises(AlreadyWithdrawn):
        services.withdraw_evidence(evidence=evidence, by=desk.town.lead, **act)
    with pytest.raises(AlreadyWithdrawn):
        services.withdraw_note(note=entry.note, by=desk.town.lead, **act)


def test_journal_knows_no_words_of_people():
    desk = Desk(PERIODIC)
    entry = desk.report(EntryKind.PROGRESS, desk.expected[0], note="Bà Nguyễn Thị Mơ kể", evidence=[LINK])
    desk.give_back(entry, reason="Hỏi lại ông Lò Văn Pó")
    told = str(list(JournalEntry.objects.values_list("data", flat=True)))
    for word in ("Mơ", "Pó", "Bài viết", "muonghoa"):
        assert word not in told


def test_desk_shows_open_duties_by_due_day():
    desk = Desk(PERIODIC, DATED, ASKED)
    town = desk.town
    monthly, dated = Assignment.objects.filter(unit=town.finance)

    def shown(person, day):
        return [
            (row.assignment, row.expected and row.expected.period, row.days_left) for row in selectors.desk(person, day)
        ]

    assert shown(town.finance_officer, TODAY) == [(monthly, "2026-03", 7), (dated, "date", 112)]
    # two months later nobody has reported: both are overdue, the third has begun
    may = dt.date(2026, 5, 10)
    assert shown(town.finance_officer, may)[:3] == [
        (monthly, "2026-03", -54),
        (monthly, "2026-04", -23),
        (monthly, "2026-05", 8),  # the 17th is a Sunday
    ]
    assert [row.overdue for row in selectors.desk(town.finance_officer, may)] == [True, True, False, False]
    # what was reported waits for the focal unit; the next period is shown instead
    desk.report(EntryKind.NIL, desk.expected[0])
    assert shown(town.finance_officer, TODAY)[0] == (monthly, "2026-04", 38)
    # requests and coordinating are never late
    assert [(row.expected, row.days_left) for row in selectors.desk(town.propaganda_officer, may)] == [(None, None)]
    assert [(row.expected, row.overdue) for row in selectors.desk(town.ward_officer, may)] == [(None, False)]
    assert selectors.desk(town.leader, may) == []
    assert selectors.desk(a_person(), may) == []


def test_story_tells_what_one_may_do():
    desk = Desk(PERIODIC)
    town = desk.town
    entry = desk.report(EntryKind.PROGRESS, desk.expected[0], evidence=[LINK])
    mine = selectors.assignment(town.finance_officer, TODAY, desk.lead.pk)
    assert [row.kind for row in mine.entries] == ["ISSUED", "PROGRESS"]
    assert (mine.may_report, mine.may_answer, mine.to_confirm, mine.to_return) == (True, False, [], [])
    focal = selectors.assignment(town.lead, TODAY, desk.lead.pk)
    assert (focal.may_report, focal.to_confirm, focal.to_return) == (False, [entry], [entry])
    desk.confirm(entry)
    focal = selectors.assignment(town.lead, TODAY, desk.lead.pk)
    assert (focal.to_confirm, focal.to_return) == ([], [entry])
    for person in (town.commune_officer, town.administrator, town.auditor, a_person()):
        with pytest.raises(Assignment.DoesNotExist):
            selectors.assignment(person, TODAY, desk.lead.pk)


def test_desk_and_story_do_not_ask_more_for_more_rows(django_assert_max_num_queries):
    counts = []
    for tasks in ([PERIODIC], [PERIODIC] * 6):
        desk = Desk(*tasks)
        for assignment in Assignment.objects.filter(unit=desk.town.finance):
            desk.report(EntryKind.PROGRESS, assignment.expected.first(), assignment=assignment, evidence=[LINK])
        with django_assert_max_num_queries(40) as counted:
            for row in selectors.desk(desk.town.finance_officer, dt.date(2026, 5, 10)):
                assert row.assignment.unit.name_on(TODAY)
                assert [source.passage.directive.code for source in row.assignment.task.sources.all()]
            for row in selectors.to_confirm(desk.town.lead, TODAY):
                assert row.report_entry.note.text
                assert row.report_entry.expected.due
                assert [piece.url for piece in row.report_entry.evidence.all()]
                assert row.assignment.unit.name_on(TODAY)
            story = selectors.assignment(desk.town.lead, TODAY, desk.lead.pk)
            assert [(entry.by.full_name, list(entry.evidence.all())) for entry in story.entries]
        counts.append(len(counted))
    assert counts[0] == counts[1]
