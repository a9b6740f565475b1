"""What a person says in a cascade check: which duty a task carries out, and which duties fall to the office."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.duties import Duty, duties_of
from xulang.programme.errors import NoSuchDuty
from xulang.programme.models import Basis, DutyCall, Programme, Task
from xulang.registry.models import Directive
from xulang.registry.services import passage


@transaction.atomic
def call_duty(*, superior: Directive, duty: str, ours: bool, by: Person, now: dt.datetime) -> None:
    """Says whether a duty (`Duty.key`) of the superior's falls to the office. Raises NotPermitted, NoSuchDuty."""
    _may(superior, by, now)
    place = passage(superior, *_known(superior, now, duty).place)
    DutyCall.objects.update_or_create(passage=place, defaults={"ours": ours, "at": now, "by": by})
    journal.record(by=by, action="duty.called", subject=place, data={"ours": ours}, now=now)


@transaction.atomic
def found_tasks(
    *, programme: Programme, superior: Directive, bases: Iterable[tuple[int, str]], by: Person, now: dt.datetime
) -> int:
    """Says which duty each task carries out: (task id, `Duty.key`); gives how many links are new.

    Raises NotPermitted, NoSuchDuty.
    """
    _may(programme.directive, by, now)
    _may(superior, by, now)
    duties = {duty.key: duty for duty in duties_of(superior, timezone.localdate(now))}
    made = 0
    for task_id, key in bases:
        task = programme.tasks.filter(pk=task_id).first()
        if task is None or key not in duties:
            raise NoSuchDuty
        row, fresh = Basis.objects.get_or_create(
            task=task, passage=passage(superior, *duties[key].place), defaults={"at": now, "by": by}
        )
        Basis.objects.filter(task=task, passage__isnull=True).delete()
        if fresh:
            made += 1
            journal.record(by=by, action="basis.said", subject=task, data={"passage": row.passage_id}, now=now)
    return made


@transaction.atomic
def call_own(*, task: Task, by: Person, now: dt.datetime) -> None:
    """Says that the office set itself the task. Raises NotPermitted."""
    _may(task.programme.directive, by, now)
    task.bases.all().delete()
    Basis.objects.create(task=task, passage=None, at=now, by=by)
    journal.record(by=by, action="basis.own", subject=task, now=now)


@transaction.atomic
def withdraw_basis(*, task: Task, by: Person, now: dt.datetime) -> None:
    """Takes back what was said of a task's basis. Raises NotPermitted."""
    _may(task.programme.directive, by, now)
    if task.bases.all().delete()[0]:
        journal.record(by=by, action="basis.withdrawn", subject=task, now=now)


def _may(directive: Directive, by: Person, now: dt.datetime) -> None:
    if directive.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted


def _known(superior: Directive, now: dt.datetime, key: str) -> Duty:
    found = next((duty for duty in duties_of(superior, timezone.localdate(now)) if duty.key == key), None)
    if found is None:
        raise NoSuchDuty
    return found
