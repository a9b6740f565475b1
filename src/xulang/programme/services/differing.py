"""The review of differences: a person says what a directive does to an earlier one, and what becomes of each task."""

import datetime as dt

from django.db import models, transaction
from django.utils import timezone

from xulang.organisation.models import Person
from xulang.programme.amending import Does, clauses
from xulang.programme.comparing import Row, compare
from xulang.programme.enums import (
    AmendmentKind,
    AssignmentState,
    DifferenceKind,
    ProgrammeState,
    TaskState,
    UnitRole,
)
from xulang.programme.errors import CannotMatch, KindNeeded, NothingDiffers, OneAtATime
from xulang.programme.models import Amendment, Difference, Programme, Task, TaskSource, TaskUnit
from xulang.programme.services.joining import join, part
from xulang.programme.services.reviewing import noted, reviewing
from xulang.registry.services import passage

BY_CLAUSE = "amending"  # the origin of a task that was made of a clause which rewords one in force


@transaction.atomic
def say_what_it_does(
    *, programme: Programme, earlier: Programme, kind: AmendmentKind, by: Person, now: dt.datetime
) -> Amendment:
    """Says that the directive under review amends, replaces or leaves untouched that of a programme that runs.

    Raises NotPermitted, NotInReview, CannotMatch (a programme of another office, this one, or one that does not run).
    """
    programme = reviewing(programme, by, now)
    running = Programme.objects.filter(
        state=ProgrammeState.ISSUED, directive__home_unit=programme.directive.home_unit_id
    ).exclude(pk=programme.pk)
    if not running.filter(pk=earlier.pk).exists():
        raise CannotMatch
    row, _made = Amendment.objects.update_or_create(
        programme=programme, earlier=earlier, defaults={"kind": kind, "said_at": now, "said_by": by}
    )
    data = {"earlier": earlier.pk, "kind": AmendmentKind(kind).value}
    noted(programme, "programme.amendment_said", by, now, data=data)
    return row


@transaction.atomic
def settle(
    *, programme: Programme, kind: DifferenceKind, old: Task | None, new: Task | None, by: Person, now: dt.datetime
) -> Difference:
    """Says what becomes of a task in force (`old`), or that a proposed one is new; it takes effect by issuing.

    Kept with a new task beside it, that is joined to the old one: one more source. Changed without one is possible
    where a clause of the directive rewords the old task: the reworded task is made of it. Whatever was said before of
    either task is said no more. Raises NotPermitted, NotInReview, CannotMatch, NothingDiffers (changed, but nothing
    is), KindNeeded (changed without the words that change it).
    """
    programme = reviewing(programme, by, now)
    comparison = compare(programme)
    olds, news = {task.pk: task for task in comparison.olds}, {task.pk: task for task in comparison.news}
    if (old and old.pk not in olds) or (new and new.pk not in news) or not (old or new):
        raise CannotMatch
    if (old and new and old.mode != new.mode) or (kind == DifferenceKind.NEW) != (old is None):
        raise CannotMatch
    before = [row for row in comparison.rows if (old and row.old == old) or (new and row.new == new)]
    old, new = olds[old.pk] if old else None, news[new.pk] if new else None
    if kind == DifferenceKind.CHANGED and old is not None and new is None:
        becomes = next((row.becomes for row in before if row.old == old), "")
        if not becomes:
            raise KindNeeded
        new = _reworded(programme, old, becomes, by, now)
    _let_go(programme, old, new, by, now)
    if kind == DifferenceKind.ENDED:
        new = None
    if kind == DifferenceKind.KEPT and new is not None and old is not None and new.state != TaskState.JOINED:
        join(task=new, other=old, by=by, now=now)
    row = Difference.objects.create(programme=programme, old=old, new=new, kind=kind, settled_at=now, settled_by=by)
    if not _keep_sides(programme, [row]):
        raise NothingDiffers
    data = {"kind": DifferenceKind(kind).value, "old": old and old.pk, "new": new and new.pk}
    noted(programme, "difference.settled", by, now, data=data)
    return row


@transaction.atomic
def settle_sure(*, programme: Programme, by: Person, now: dt.datetime) -> int:
    """Says, in one act, everything that is sure; gives the number of tasks.

    What the directive does to the earlier one is said first. Raises NotPermitted, NotInReview, OneAtATime.
    """
    programme = reviewing(programme, by, now)
    comparison = compare(programme)
    for earlier in comparison.earlier:
        if not earlier.said:
            raise OneAtATime(words=earlier.programme.directive.code or earlier.programme.title)
    for row in comparison.at_once:
        _settle_sure(programme, row, by, now)
    rows = list(Difference.objects.filter(programme=programme, before__isnull=True, after__isnull=True))
    _keep_sides(programme, rows)
    data = {"tasks": len(comparison.at_once)}
    noted(programme, "difference.sure_settled", by, now, data=data)
    return len(comparison.at_once)


def _settle_sure(programme: Programme, row: Row, by: Person, now: dt.datetime) -> None:
    new = row.new
    if row.kind == DifferenceKind.CHANGED and new is None and row.old is not None:
        new = _reworded(programme, row.old, row.becomes, by, now)
    _let_go(programme, row.old, new, by, now)
    if row.kind == DifferenceKind.KEPT and new is not None and row.old is not None:
        join(task=new, other=row.old, by=by, now=now)
    Difference.objects.create(programme=programme, old=row.old, new=new, kind=row.kind, settled_at=now, settled_by=by)


def _let_go(programme: Programme, old: Task | None, new: Task | None, by: Person, now: dt.datetime) -> None:
    """Whatever was said of either task before is said no more; what was made of a clause for it goes with it."""
    rows = Difference.objects.filter(programme=programme).filter(
        models.Q(old=old) & models.Q(old__isnull=False) | models.Q(new=new) & models.Q(new__isnull=False)
    )
    for row in rows.select_related("new"):
        other = row.new
        row.delete()
        if other is None:
            continue
        if other.state == TaskState.JOINED:
            part(task=other, by=by, now=now)
        if other.origin == BY_CLAUSE and other != new:
            other.delete()
    if new is not None and new.state == TaskState.JOINED:
        part(task=new, by=by, now=now)
        new.refresh_from_db()


def _reworded(programme: Programme, old: Task, becomes: str, by: Person, now: dt.datetime) -> Task:
    """The task as a clause rewords it: units and time of the one in force, and the clause for its source."""
    running = list(old.assignments.exclude(state=AssignmentState.WITHDRAWN).select_related("unit"))
    last = programme.tasks.aggregate(last=models.Max("position"))["last"] or 0
    task = Task.objects.create(
        programme=programme,
        position=last + 1,
        text=becomes,
        mode=old.mode,
        origin=BY_CLAUSE,
        deadline_kind=old.deadline_kind,
        deadline_value=old.deadline_value,
        every=old.every,
        due_on=old.due_on,
        cadence=old.cadence,
        product=old.product,
    )
    today = timezone.localdate(now)
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, role=UnitRole(one.role), words=one.unit.name_on(today)[:300], unit=one.unit)
        for one in running
    )
    directive = programme.directive
    for clause in clauses(directive.text):
        if clause.does is Does.REWORDS and clause.was in old.text and clause.becomes in becomes:
            TaskSource.objects.get_or_create(task=task, passage=passage(directive, clause.start, clause.end))
    task.state, task.confirmed_at, task.confirmed_by = TaskState.CONFIRMED, now, by
    task.save()
    return task


def _keep_sides(programme: Programme, rows: list[Difference]) -> bool:
    """Keeps with each row both sides as they stand; whether every one that says "changed" does differ."""
    sides = {(row.old, row.new): row for row in compare(programme).rows}
    differs = True
    for row in rows:
        there = sides[row.old, row.new]
        row.before = there.before and there.before.told()
        row.after = there.after and there.after.told()
        differs = differs and (row.kind != DifferenceKind.CHANGED or bool(there.fields))
    Difference.objects.bulk_update(rows, ["before", "after"])
    return differs
