"""Review of a programme as a whole: its cadence, sets, focal unit and span; what is sure confirmed in one act."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from django.db import models, transaction
from django.utils import timezone

from xulang.organisation.models import Person, Unit
from xulang.programme.enums import STANDING, Cadence, DeadlineKind, TaskState
from xulang.programme.errors import OneAtATime, SetNeedsUnits, SpanBackwards, StillDoubtful, UnknownUnits
from xulang.programme.models import Programme, SetMeaning, Task
from xulang.programme.rows import standing_tasks, task_row
from xulang.programme.rules import doubts, faults_of
from xulang.programme.services.reviewing import corrected, noted, reviewing, unit_name

# The words that leave the time open; a date or a moment that could not be reckoned needs its own correction.
UNTIMED = (DeadlineKind.ONGOING, DeadlineKind.NONE)


@transaction.atomic
def set_cadence(*, programme: Programme, cadence: Cadence, by: Person, now: dt.datetime) -> int:
    """One cadence for every task that is ongoing or names no time, in one act; gives their number.

    A task that was given a date or a cadence of its own keeps it; one that followed the programme's earlier cadence
    follows the new one. Raises NotPermitted, NotInReview.
    """
    programme = reviewing(programme, by, now)
    follows = models.Q(cadence__isnull=True) | models.Q(cadence=programme.cadence)
    tasks = programme.tasks.filter(follows, state__in=STANDING, due_on__isnull=True, deadline_kind__in=UNTIMED)
    count = tasks.update(cadence=cadence)
    programme.cadence = cadence
    programme.save(update_fields=["cadence"])
    data = {"cadence": Cadence(cadence).value, "tasks": count}
    noted(programme, "programme.cadence_set", by, now, data=data)
    return count


@transaction.atomic
def confirm_sets(
    *,
    programme: Programme,
    choices: Mapping[int, Iterable[int] | Literal["open"]],
    by: Person,
    now: dt.datetime,
) -> None:
    """Says which units each set means: {set id: unit ids, or "open" for nobody in particular}.

    Sets that were proposed surely may be confirmed together; a doubtful one only by itself. A unit that leads a task is
    left out of the task's coordinating sets when it is issued, so no set need be trimmed for that. Raises NotPermitted,
    NotInReview, OneAtATime, SetNeedsUnits, UnknownUnits.
    """
    programme = reviewing(programme, by, now)
    rows = list(programme.sets.filter(pk__in=choices).prefetch_related("units"))
    for row in rows:
        if len(choices) > 1 and not row.proposed_sure and row.confirmed_at is None:
            raise OneAtATime(words=row.words)
    today = timezone.localdate(now)
    for row in rows:
        _confirm_set(row, choices[row.pk], today, by, now)
    confirmed = {"sets": sorted(row.pk for row in rows)}
    noted(programme, "programme.sets_confirmed", by, now, data=confirmed)


def _confirm_set(
    row: SetMeaning, choice: Iterable[int] | Literal["open"], today: dt.date, by: Person, now: dt.datetime
) -> None:
    was_open, was = row.is_open, {unit.pk for unit in row.units.all()}
    wanted = set[int]() if choice == "open" else {int(unit) for unit in choice}
    if choice != "open" and not wanted:
        raise SetNeedsUnits(words=row.words)
    if Unit.objects.on(today).filter(pk__in=wanted).count() != len(wanted):
        raise UnknownUnits
    if (was_open, was) != (choice == "open", wanted):
        before = "open" if was_open else ",".join(map(str, sorted(was)))
        after = "open" if choice == "open" else ",".join(map(str, sorted(wanted)))
        corrected(row.programme, None, "set", before, after, by, now)
        row.units.set(wanted)
    row.is_open, row.confirmed_at, row.confirmed_by = choice == "open", now, by
    row.save(update_fields=["is_open", "confirmed_at", "confirmed_by"])


@transaction.atomic
def set_focal_unit(*, programme: Programme, unit: Unit, by: Person, now: dt.datetime) -> None:
    """Says which unit follows the programme up; an act, so it is settled. Raises NotPermitted, NotInReview."""
    programme = reviewing(programme, by, now)
    if programme.focal_unit_id != unit.pk:
        today = timezone.localdate(now)
        was = "" if programme.focal_unit is None else unit_name(programme.focal_unit, today)
        corrected(programme, None, "focal_unit", was, unit_name(unit, today), by, now)
    programme.focal_unit, programme.focal_confirmed_at, programme.focal_confirmed_by = unit, now, by
    programme.save(update_fields=["focal_unit", "focal_confirmed_at", "focal_confirmed_by"])
    noted(programme, "programme.focal_unit_set", by, now, data={"unit": unit.pk})


def confirm_focal_unit(*, programme: Programme, by: Person, now: dt.datetime) -> None:
    """Settles the focal unit as proposed; where none was, there is nothing to settle: UnknownUnits."""
    if programme.focal_unit is None:
        raise UnknownUnits
    set_focal_unit(programme=programme, unit=programme.focal_unit, by=by, now=now)


@transaction.atomic
def set_span(*, programme: Programme, starts_on: dt.date, ends_on: dt.date, by: Person, now: dt.datetime) -> None:
    """From when to when the programme runs; periods are owed inside it.

    Raises NotPermitted, NotInReview, SpanBackwards.
    """
    programme = reviewing(programme, by, now)
    if ends_on < starts_on:
        raise SpanBackwards
    programme.starts_on, programme.ends_on = starts_on, ends_on
    programme.save(update_fields=["starts_on", "ends_on"])
    span = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    noted(programme, "programme.span_set", by, now, data=span)


@transaction.atomic
def confirm_sure(*, programme: Programme, by: Person, now: dt.datetime) -> int:
    """Confirms, in one act, every proposed task in which nothing is doubtful or missing; gives their number.

    Time and the meaning of sure sets may still be open: issuing asks for them. Raises NotPermitted, NotInReview.
    """
    programme = reviewing(programme, by, now)
    later = {"no_time", "no_period", "unconfirmed"}
    confirmed = []
    for task in standing_tasks(programme):
        row = task_row(task, programme)
        open_faults = {fault.code for fault in faults_of(row)} - later
        if task.state == TaskState.PROPOSED and not doubts(row) and open_faults <= {"set"}:
            confirmed.append(task.pk)
    programme.tasks.filter(pk__in=confirmed).update(state=TaskState.CONFIRMED, confirmed_at=now, confirmed_by=by)
    noted(programme, "programme.sure_confirmed", by, now, data={"tasks": confirmed})
    return len(confirmed)


@transaction.atomic
def confirm_task(*, task: Task, by: Person, now: dt.datetime) -> None:
    """Confirms one task, doubtful or not, by an act of its own.

    Its units, sets and deadline come first, each by its own act. Raises NotPermitted, NotInReview, StillDoubtful.
    """
    programme = reviewing(task.programme, by, now)
    task = programme.tasks.select_for_update().get(pk=task.pk, state__in=STANDING)
    left = [fault for fault in doubts(task_row(task, programme)) if fault.code != "doubt_task"]
    if left:
        raise StillDoubtful(left)
    task.state, task.confirmed_at, task.confirmed_by = TaskState.CONFIRMED, now, by
    task.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    noted(programme, "task.confirmed", by, now, task=task)
