"""A unit lets one colleague do one duty, and takes that back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import DESK, Capacity
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, PostHolding
from xulang.organisation.models.directory import HoldingQuerySet
from xulang.plumbing import journal
from xulang.programme.enums import AssignmentState
from xulang.programme.errors import DayPast, NoColleague, NotRunning
from xulang.programme.models import Assignment, DutyDelegation
from xulang.programme.services.desk import opened, post_among


@transaction.atomic
def delegate_duty(
    *, assignment: Assignment, to: PostHolding, by: Person, now: dt.datetime, last: dt.date | None = None
) -> DutyDelegation:
    """Lays one duty on a colleague of the same unit, for good or until a day (that day included).

    By an officer or the head of the unit that has the duty; whom it was laid on before has it no more. The colleague is
    reminded first, whatever the ladder tells others. Raises NotPermitted, NotRunning, NoColleague, DayPast.
    """
    today = timezone.localdate(now)
    _own_post(assignment, by, now)
    assignment = opened(assignment)
    if assignment.state != AssignmentState.OPEN:
        raise NotRunning
    if not colleagues(assignment, by, today).filter(pk=to.pk).exists():
        raise NoColleague
    if last is not None and last < today:
        raise DayPast
    assignment.delegations.end(by, now)
    made = DutyDelegation.objects.create(assignment=assignment, holding=to, last=last, by=by, at=now)
    data = {
        "post": to.post_id,
        "holding": to.pk,
        "unit": assignment.unit_id,
        "last": last.isoformat() if last else None,
    }
    journal.record(by=by, action="duty.delegated", subject=assignment, data=data, now=now)
    return made


def colleagues(assignment: Assignment, person: Person, today: dt.date) -> HoldingQuerySet:
    """The holdings of the others who may do a duty: posts of its unit that report, held in one's own right."""
    rows = PostHolding.objects.on(today).filter(
        post__unit=assignment.unit_id, post__role__in=DESK, person__is_active=True
    )
    return rows.exclude(capacity=Capacity.DELEGATE).exclude(person=person)


@transaction.atomic
def end_duty_delegation(*, delegation: DutyDelegation, by: Person, now: dt.datetime) -> None:
    """Takes it back, or gives it back; at once. By an officer or the head of the unit. Raises NotPermitted."""
    assignment = delegation.assignment
    _own_post(assignment, by, now)
    if assignment.delegations.filter(pk=delegation.pk).end(by, now):
        data = {"holding": delegation.holding_id, "unit": assignment.unit_id}
        journal.record(by=by, action="duty.delegation_ended", subject=assignment, data=data, now=now)


def _own_post(assignment: Assignment, by: Person, now: dt.datetime) -> None:
    if not by.is_active or post_among(by, now, DESK, [assignment.unit_id]) is None:
        raise NotPermitted
