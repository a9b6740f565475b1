"""Issuing a programme: from confirmed tasks to assignments, expected reports, ledger and distribution."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, Post, PostHolding, Unit
from xulang.organisation.selectors import delegation_of
from xulang.organisation.working_days import WorkingDays
from xulang.plumbing import journal
from xulang.programme.comparing import compare
from xulang.programme.enums import DifferenceKind, EntryKind, Mode, ProgrammeState, TaskState, UnitRole
from xulang.programme.errors import NotReady
from xulang.programme.models import Assignment, Entry, ExpectedReport, Programme, Task
from xulang.programme.rows import joined_rows, periods_owed, standing_tasks, task_row
from xulang.programme.rules import missing_to_issue
from xulang.programme.services.amending import follow, owed
from xulang.programme.services.joining import add_sources
from xulang.programme.services.reviewing import reviewing
from xulang.registry.enums import Direction
from xulang.registry.recipients import distribute, send


@transaction.atomic
def issue(*, programme: Programme, by: Person, now: dt.datetime) -> Programme:
    """Lays every confirmed task on its units. Nothing goes out without a unit and a date or cadence, or with a doubt.

    Each unit meant gets one assignment a task, leading before coordinating. Leading units of ordered tasks owe reports:
    one by the date, or one a period of the cadence inside the programme's span; coordinating units and requests owe
    none. A task that was joined to one in force only adds its passages to that. Where the directive amends or replaces
    others, what the review of differences says is done along with it (see `amending.follow`). A focal unit that was
    proposed surely is settled by issuing. The directive is given to every unit assigned, the office's own to its
    recipients too. Raises NotPermitted, NotInReview, NotReady (with the whole list of faults).
    """
    programme = reviewing(programme, by, now)
    today = timezone.localdate(now)
    tasks = standing_tasks(programme)
    comparison = compare(programme)
    settled = programme.focal_sure or programme.focal_confirmed_at is not None
    joined = list(programme.tasks.filter(state=TaskState.JOINED).prefetch_related("sources"))
    faults = missing_to_issue(
        [task_row(task, programme) for task in tasks],
        focal_unit=programme.focal_unit_id is not None,
        focal_settled=settled,
        joined=joined_rows(programme),
        amends=bool(comparison.earlier),
        differences=comparison.open,
    )
    if faults:
        raise NotReady(faults)
    follows = {row.new.pk for row in comparison.rows if row.new and row.kind == DifferenceKind.CHANGED}
    tasks = [task for task in tasks if task.pk not in follows]
    assignments = Assignment.objects.bulk_create(row for task in tasks for row in _assignments(task, programme, today))
    by_task = {task.pk: task for task in tasks}
    kinds = dict(Unit.objects.filter(assignments__in=assignments).values_list("pk", "kind").distinct())
    days = working_days(programme.directive.home_unit_id)
    expected = ExpectedReport.objects.bulk_create(
        row for one in assignments for row in _expected(one, by_task[one.task_id], programme, kinds[one.unit_id], days)
    )
    post = _issuing_post(by, today)
    delegation = delegation_of(by, post, today)
    Entry.objects.bulk_create(
        Entry(assignment=one, kind=EntryKind.ISSUED, on=today, at=now, by=by, post=post, delegation=delegation)
        for one in assignments
    )
    Task.objects.filter(pk__in=by_task).update(state=TaskState.ISSUED)
    anew = add_sources(programme, joined, post, by, now)
    followed, told = follow(comparison, programme, post, by, now)
    if programme.focal_confirmed_at is None:
        programme.focal_confirmed_at, programme.focal_confirmed_by = now, by
    programme.state, programme.issued_at, programme.issued_by = ProgrammeState.ISSUED, now, by
    programme.save()
    programme.steps.all().delete()
    assigned = (
        Unit.objects.filter(assignments__in=[*assignments, *anew, *followed])
        | Unit.objects.filter(programmes_followed=programme)
        | Unit.objects.filter(pk__in=told)
    )
    distribute(directive=programme.directive, units=assigned.distinct(), by=by, now=now)
    if programme.directive.direction == Direction.OUTGOING:  # of another's paper the list of recipients is not ours
        send(directive=programme.directive, by=by, now=now)
    counts = {"tasks": len(tasks), "assignments": len(assignments), "expected": len(expected)}
    counts |= {"joined": len(joined)} if joined else {}
    counts |= {"amended": len(comparison.earlier)} if comparison.earlier else {}
    counts |= {"delegation": delegation.pk} if delegation else {}
    journal.record(by=by, action="programme.issued", subject=programme, data=counts, now=now)
    return programme


def _assignments(task: Task, programme: Programme, today: dt.date) -> list[Assignment]:
    row = task_row(task, programme)
    return [
        Assignment(task=task, issued_to_id=unit, unit_id=unit, role=role, mode=task.mode, issued_on=today)
        for role in (UnitRole.LEAD, UnitRole.COORDINATING)
        for unit in sorted(row.unit_ids(role))
    ]


def _expected(
    assignment: Assignment, task: Task, programme: Programme, kind: str, days: WorkingDays
) -> list[ExpectedReport]:
    if assignment.role != UnitRole.LEAD or assignment.mode != Mode.ORDER:
        return []
    asked = periods_owed(task, programme.starts_on, programme.ends_on, kind=kind, days=days)
    return owed(assignment, asked, assignment.issued_on)


def _issuing_post(by: Person, today: dt.date) -> Post | None:
    held = PostHolding.objects.on(today).filter(person=by)
    return Post.objects.filter(holdings__in=held, role=Role.LEAD_OFFICER).order_by("id").first()
