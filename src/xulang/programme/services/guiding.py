"""Guidance is attached to tasks, told to their units once, read there, and taken off with a reason."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from xulang.organisation.enums import DESK, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme.enums import AssignmentState, ProgrammeState, TaskState
from xulang.programme.errors import CannotGuide
from xulang.programme.models import Assignment, Guidance, GuidanceReceipt, Task
from xulang.registry import recipients
from xulang.registry.models import Directive


@transaction.atomic
def attach_guidance(*, directive: Directive, tasks: Iterable[Task], by: Person, now: dt.datetime) -> list[Guidance]:
    """Attaches a directive to tasks of its office that run; gives those that had it not yet.

    Their units are given the paper as the register gives it, so that they can open it, and are told once on their desk.
    By a lead officer of the office, the focal unit's among them. Raises NotPermitted, CannotGuide (no task, one of
    another office or of this very directive, or one that does not run).
    """
    home = directive.home_unit_id
    if home not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    wanted = [task.pk for task in tasks]
    rows = Task.objects.filter(pk__in=wanted, state=TaskState.ISSUED, programme__state=ProgrammeState.ISSUED)
    rows = rows.filter(programme__directive__home_unit=home).exclude(programme__directive=directive)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not found or len(found) != len(set(wanted)):
        raise CannotGuide
    have = set(Guidance.objects.filter(directive=directive, detached_at__isnull=True).values_list("task_id", flat=True))
    made = Guidance.objects.bulk_create(
        Guidance(directive=directive, task=task, at=now, by=by) for task in found if task.pk not in have
    )
    if not made:
        return []
    of_task = {row.task_id: row for row in made}
    duties = Assignment.objects.filter(task__in=of_task).exclude(state=AssignmentState.WITHDRAWN).select_related("unit")
    told = list(duties.order_by("pk"))
    GuidanceReceipt.objects.bulk_create(GuidanceReceipt(guidance=of_task[row.task_id], assignment=row) for row in told)
    units = [row.unit for row in told if row.unit_id != home]
    recipients.distribute(directive=directive, units=units, by=by, now=now)
    data = {"tasks": sorted(of_task), "units": sorted({row.unit_id for row in told})}
    journal.record(by=by, action="guidance.attached", subject=directive, data=data, now=now)
    return made


@transaction.atomic
def detach_guidance(*, guidance: Guidance, reason: str, by: Person, now: dt.datetime) -> None:
    """Takes guidance off a task; the paper stays in the register, and with whom it was given.

    By whom `attach_guidance` is. Raises NotPermitted, ReasonNeeded.
    """
    if guidance.directive.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    if not reason.strip():
        raise ReasonNeeded
    open_still = Guidance.objects.filter(pk=guidance.pk, detached_at__isnull=True)
    if open_still.update(detached_at=now, detached_by=by, reason=reason.strip()[:2000]):
        data = {"task": guidance.task_id, "guidance": guidance.pk}
        journal.record(by=by, action="guidance.detached", subject=guidance.directive, data=data, now=now)


@transaction.atomic
def see_guidance(*, directive: Directive, by: Person, now: dt.datetime) -> int:
    """Notes that a directive was read as guidance, for every duty of the person's units; how many were new.

    It is a reading of the paper as the register knows it, too. Raises NotPermitted.
    """
    units = acting(by, now).units(DESK)
    rows = GuidanceReceipt.objects.filter(
        guidance__directive=directive, guidance__detached_at__isnull=True, assignment__unit__in=units
    )
    fresh = list(rows.filter(seen_at__isnull=True).select_for_update(of=("self",)).values_list("pk", "assignment_id"))
    if not fresh:
        return 0
    GuidanceReceipt.objects.filter(pk__in=[pk for pk, _duty in fresh]).update(seen_at=now, seen_by=by)
    recipients.mark_read(directive=directive, by=by, now=now)
    data = {"assignments": sorted(duty for _pk, duty in fresh)}
    journal.record(by=by, action="guidance.seen", subject=directive, data=data, now=now)
    return len(fresh)
