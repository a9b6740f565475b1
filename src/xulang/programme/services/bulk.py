"""Many reports by one sheet: staged, compared row by row with what is owed, then taken in or thrown away."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from xulang.organisation.enums import DESK, ImportState
from xulang.organisation.models import Person
from xulang.organisation.permits import acting, require
from xulang.plumbing import files, journal, sheets
from xulang.plumbing.errors import Refused
from xulang.programme import bulk, selectors
from xulang.programme.bulk import Fault, Owed, Row, Said, Standing
from xulang.programme.enums import AssignmentState, EntryKind, ProgrammeState, ReportState
from xulang.programme.errors import (
    NoReports,
    NotRunning,
    ReportsMoved,
    SheetSettled,
    SomeFaulty,
    TooManyRows,
    WordsNeeded,
)
from xulang.programme.models import Assignment, Entry, ExpectedReport, ReportSheet
from xulang.programme.services.desk import NewEvidence, check_report, note_mark, report
from xulang.programme.services.obstacles import raise_obstacle

_KEPT = dt.timedelta(days=2)  # what nobody decides on is kept no longer


@dataclass(frozen=True, slots=True)
class Found:
    """A row, what it would do, what is to be mended in it, and what it says where nothing is."""

    row: Row
    standing: Standing
    faults: Sequence[Fault] = ()
    said: Said | None = None
    expected: ExpectedReport | None = None


def owed_by(person: Person, today: dt.date, *, at_most: int) -> list[Owed]:
    """The reports that can be made today for the person's units, one row each, nearest first."""
    rows = [row for head in selectors.desk(person, today, limit=at_most) for row in (head, *head.twins)]
    return [
        _owed(row.expected, row.assignment, today)
        for row in rows
        if row.expected is not None and row.expected.period_start <= today
    ]


def _owed(expected: ExpectedReport, assignment: Assignment, today: dt.date) -> Owed:
    with override("vi"):
        period = expected.period_name
    return Owed(expected.pk, assignment.task.text, assignment.unit.name_on(today), period, expected.due)


@transaction.atomic
def stage_sheet(*, data: bytes, name: str, by: Person, now: dt.datetime) -> ReportSheet:
    """Keeps the rows of a file to be looked at; nothing is reported.

    Raises NotPermitted, NoReports, TooManyRows, and what `sheets.read` raises.
    """
    require(by, DESK, now)
    rows = bulk.rows_of(sheets.read(data, name, typed=True))
    filled = sum(not row.blank for row in rows)
    if not rows:
        raise NoReports
    if filled > bulk.MOST:
        raise TooManyRows(count=filled, most=bulk.MOST)
    _settle(ReportSheet.objects.filter(state=ImportState.STAGED, staged_at__lt=now - _KEPT), now)
    return ReportSheet.objects.create(
        name=files.clean_name(name),
        sha256=hashlib.sha256(data).hexdigest(),
        rows=[[row.number, row.cells, list(row.odd)] for row in rows],
        by=by,
        staged_at=now,
    )


def compared(sheet: ReportSheet, *, by: Person, now: dt.datetime) -> list[Found]:
    """What each row of a staged file would do now, in the order of the file."""
    rows = [Row(number, cells, odd) for number, cells, odd in sheet.rows]
    told = [(row, None, []) if row.blank else (row, *bulk.said(row)) for row in rows]
    known = _known({one.expected for _row, one, _faults in told if one}, by, now)
    first: dict[int, int] = {}
    return [_compared(row, one, faults, known, first, timezone.localdate(now)) for row, one, faults in told]


def _known(ids: Iterable[int], by: Person, now: dt.datetime) -> dict[int, ExpectedReport]:
    """Those of the reports that the person may make: of a unit whose officer they are, whatever else they see."""
    rows = ExpectedReport.objects.filter(pk__in=list(ids), assignment__unit__in=acting(by, now).units(DESK))
    rows = rows.select_related("assignment__task__programme", "assignment__unit", "report_entry")
    found = rows.prefetch_related("assignment__unit__names", "assignment__entries")
    return {row.pk: row for row in found}


def _compared(
    row: Row,
    one: Said | None,
    faults: list[Fault],
    known: dict[int, ExpectedReport],
    first: dict[int, int],
    today: dt.date,
) -> Found:
    if row.blank:
        return Found(row, Standing.BLANK)
    if one is None:
        return Found(row, Standing.FAULTY, faults)
    expected = known.get(one.expected)
    if expected is None:
        sentence = _("Đơn vị của bạn không có việc này, hoặc không còn. Hãy xóa dòng này, hoặc tải tệp mới.")
        return Found(row, Standing.FAULTY, [Fault(bulk.CODE, sentence)])
    if (before := first.setdefault(one.expected, row.number)) != row.number:
        sentence = _("Trùng với dòng %(number)s. Hãy giữ một dòng cho mỗi kỳ báo cáo.") % {"number": before}
        return Found(row, Standing.FAULTY, [Fault(bulk.CODE, sentence)], expected=expected)
    faults = bulk.strayed(row, _owed(expected, expected.assignment, today))
    if not faults and (like := _told_before(expected, one)) is not None:
        if like.kind == EntryKind.OBSTACLE or like.expected_id is None or expected.report_entry_id == like.pk:
            return Found(row, Standing.SAME, said=one, expected=expected)
        if expected.state == ReportState.RETURNED:
            faults = [Fault("", _("Báo cáo đúng như thế này đã bị trả lại. Hãy sửa theo lý do trả lại rồi nạp lại."))]
    if not faults:
        faults = _refused(expected, one, today)
    return Found(row, Standing.FAULTY if faults else Standing.NEW, faults, one, expected)


def _told_before(expected: ExpectedReport, one: Said) -> Entry | None:
    """The newest line that says the very same of the period; obstacles and a dated duty's progress are of the duty."""
    loose = one.kind == EntryKind.OBSTACLE or (one.kind == EntryKind.PROGRESS and expected.period == "date")
    of = None if loose else expected.pk
    links = [hashlib.sha256(link.encode()).hexdigest() for link in one.links]
    like = [
        entry
        for entry in expected.assignment.entries.all()
        if (entry.kind, entry.expected_id) == (one.kind, of)
        and (entry.note_sha256, entry.percent, entry.evidence_sha256) == (note_mark(one.note), _percent(one), links)
    ]
    return like[-1] if like else None


def _percent(one: Said) -> int | None:
    return None if one.kind == EntryKind.OBSTACLE else one.percent


def _evidence(one: Said) -> list[NewEvidence]:
    return [NewEvidence(url=link) for link in one.links]


def _refused(expected: ExpectedReport, one: Said, today: dt.date) -> list[Fault]:
    """What the rules of reporting say against it; they are asked again when it is written."""
    assignment = expected.assignment
    try:
        if assignment.state == AssignmentState.WITHDRAWN or assignment.task.programme.state != ProgrammeState.ISSUED:
            raise NotRunning
        if one.kind == EntryKind.OBSTACLE and not one.note:
            raise WordsNeeded
        if one.kind == EntryKind.OBSTACLE:
            check_report(None, one.kind, note=one.note, percent=None, evidence=_evidence(one), today=today)
        else:
            check_report(expected, one.kind, note=one.note, percent=one.percent, evidence=_evidence(one), today=today)
    except Refused as why:
        return [Fault("", str(why))]
    return []


def seen_mark(found: Iterable[Found]) -> str:
    """A mark of what a comparison shows: equal marks, equal outcomes."""
    told = [
        (one.row.number, one.standing, [(fault.heading, str(fault.sentence)) for fault in one.faults]) for one in found
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def take_sheet(*, sheet: ReportSheet, looked_at: str, good_alone: bool, by: Person, now: dt.datetime) -> list[Entry]:
    """Reports every good row; all of them, or with `good_alone` those that are, though others are faulty.

    `looked_at` is the mark (`seen_mark`) of what the person agreed to. What the ledger says already is not said again.
    Raises NotPermitted, SheetSettled, ReportsMoved, SomeFaulty, and what `report` and `raise_obstacle` raise.
    """
    sheet = _staged(sheet, by)
    # Two sheets of the same duties wait for one another here, so that neither says what the other has just said.
    ids = {one.expected.assignment_id for one in compared(sheet, by=by, now=now) if one.expected}
    list(Assignment.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    found = compared(sheet, by=by, now=now)
    if seen_mark(found) != looked_at:
        raise ReportsMoved
    faulty = sum(one.standing == Standing.FAULTY for one in found)
    if faulty and not good_alone:
        raise SomeFaulty(count=faulty)
    entries = [
        _written(one.expected, one.said, by, now)
        for one in found
        if one.standing == Standing.NEW and one.expected and one.said
    ]
    _settle(
        ReportSheet.objects.filter(pk=sheet.pk), now, state=ImportState.APPLIED, taken=len(entries), left_out=faulty
    )
    data = {"sha256": sheet.sha256, "entries": [entry.pk for entry in entries], "left_out": faulty}
    journal.record(by=by, action="reports.imported", subject=sheet, data=data, now=now)
    return entries


def _written(expected: ExpectedReport, one: Said, by: Person, now: dt.datetime) -> Entry:
    assignment, evidence = expected.assignment, _evidence(one)
    if one.kind == EntryKind.OBSTACLE:
        return raise_obstacle(assignment=assignment, note=one.note, evidence=evidence, by=by, now=now)
    return report(
        assignment=assignment,
        expected=expected,
        kind=one.kind,
        note=one.note,
        percent=one.percent,
        evidence=evidence,
        by=by,
        now=now,
    )


@transaction.atomic
def discard_sheet(*, sheet: ReportSheet, by: Person, now: dt.datetime) -> None:
    """Throws a staged file away. Raises SheetSettled."""
    _settle(ReportSheet.objects.filter(pk=_staged(sheet, by).pk), now)


def _staged(sheet: ReportSheet, by: Person) -> ReportSheet:
    found = ReportSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk, by=by)
    if found.state != ImportState.STAGED:
        raise SheetSettled
    return found


def _settle(
    rows: "models.QuerySet[ReportSheet]",
    now: dt.datetime,
    *,
    state: ImportState = ImportState.DISCARDED,
    taken: int = 0,
    left_out: int = 0,
) -> None:
    rows.update(state=state, rows=[], settled_at=now, taken=taken, left_out=left_out)
