"""What becomes of an assignment after issue, by an act with a reason: withdrawn, or moved to another unit."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post, Unit
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme.enums import AWAITING, AssignmentState, EntryKind, ProgrammeState
from xulang.programme.errors import AssignedAlready, NotRunning, UnknownUnits
from xulang.programme.models import Assignment, Entry
from xulang.programme.rebuild import project
from xulang.programme.rules import CHANGING
from xulang.programme.services.closing import may_end
from xulang.programme.services.desk import held_post, locked, write


@transaction.atomic
def withdraw(*, assignment: Assignment, reason: str, by: Person, now: dt.datetime) -> Entry:
    """Takes an assignment back from its unit; gives the ledger's line.

    Reports that are still owed are owed no more and count in no figure from today on; what was reported stays, can be
    confirmed, and counts; figures as of earlier days stay what they were. By a lead officer of the office that issued
    it or a leader above. Raises NotPermitted, ReasonNeeded, NotRunning.
    """
    return take_back(_changing(assignment, reason, by, now), reason, held_post(by, now, CHANGING), by, now)


def take_back(assignment: Assignment, reason: str, post: Post | None, by: Person, now: dt.datetime) -> Entry:
    """Does what `withdraw` says to an assignment that is locked, by a person who may."""
    today = timezone.localdate(now)
    owed = list(assignment.expected.select_for_update(of=("self",)).filter(state__in=AWAITING))
    Entry.objects.bulk_create(
        Entry(assignment=assignment, expected=one, kind=EntryKind.WITHDRAWN, on=today, at=now, by=by, post=post)
        for one in owed
    )
    for one in owed:
        project(assignment, one)
    assignment.delegations.end(by, now)
    entry = write(assignment, EntryKind.WITHDRAWN, by, now, post=post, note=reason)
    data = {"entry": entry.pk, "unit": assignment.unit_id, "reports": len(owed)}
    data |= {"delegation": entry.delegation_id} if entry.delegation_id else {}
    journal.record(by=by, action="assignment.withdrawn", subject=assignment, data=data, now=now)
    return entry


@transaction.atomic
def move(*, assignment: Assignment, unit: Unit, reason: str, by: Person, now: dt.datetime) -> Entry:
    """Lays an assignment on another unit from today on, with its reports and its whole ledger; gives the line.

    What the first unit reported stays its word; what is owed is owed by the other. By whom `withdraw` is. Raises
    NotPermitted, ReasonNeeded, NotRunning, UnknownUnits (none of today's, or the same), AssignedAlready.
    """
    assignment = _changing(assignment, reason, by, now)
    if unit.pk == assignment.unit_id or not Unit.objects.on(timezone.localdate(now)).filter(pk=unit.pk).exists():
        raise UnknownUnits
    others = assignment.task.assignments.exclude(state=AssignmentState.WITHDRAWN)
    if others.filter(unit=unit).exists():
        raise AssignedAlready
    return hand_over(assignment, unit.pk, reason, held_post(by, now, CHANGING), by, now)


def hand_over(assignment: Assignment, unit: int, reason: str, post: Post | None, by: Person, now: dt.datetime) -> Entry:
    """Does what `move` says to an assignment that is locked, by a person who may."""
    was, assignment.unit_id = assignment.unit_id, unit
    assignment.save(update_fields=["unit"])
    assignment.delegations.end(by, now)
    entry = write(assignment, EntryKind.MOVED, by, now, post=post, note=reason, units=(was, unit))
    data = {"entry": entry.pk, "from": was, "unit": unit}
    data |= {"delegation": entry.delegation_id} if entry.delegation_id else {}
    journal.record(by=by, action="assignment.moved", subject=assignment, data=data, now=now)
    return entry


def may_change(assignment: Assignment, by: Person, now: dt.datetime) -> bool:
    """Whether the person may withdraw or move it: a lead officer of the office that issued it, a leader above it."""
    return may_end(assignment.task.programme, by, now)


def running(assignment: Assignment) -> bool:
    """Whether anything can still be changed about it."""
    issued = assignment.task.programme.state == ProgrammeState.ISSUED
    return issued and assignment.state in {AssignmentState.OPEN, AssignmentState.ANSWERED, AssignmentState.DECLINED}


def _changing(assignment: Assignment, reason: str, by: Person, now: dt.datetime) -> Assignment:
    if not may_change(assignment, by, now):
        raise NotPermitted
    if not reason.strip():
        raise ReasonNeeded
    assignment = locked(assignment)
    if not running(assignment):
        raise NotRunning
    return assignment
