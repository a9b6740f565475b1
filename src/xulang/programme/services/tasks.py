"""Review of single tasks: correct, add, drop, merge, split; and the acts that settle a doubtful unit or deadline."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone

from xulang.organisation.models import Person, Unit
from xulang.organisation.naming import Namer
from xulang.programme.enums import STANDING, Cadence, DeadlineKind, Mode, TaskState, UnitRole
from xulang.programme.errors import (
    CannotMerge,
    CannotSplit,
    DateOrCadence,
    NothingToConfirm,
    TextNeeded,
    UnknownUnits,
)
from xulang.programme.models import Programme, Task, TaskSource, TaskUnit
from xulang.programme.rules import EVERY, due_of
from xulang.programme.services.reviewing import corrected, noted, reviewing, unit_name
from xulang.programme.wording import evened
from xulang.registry.services import passage


class _Keep(Enum):
    KEEP = "keep"


KEEP: Final = _Keep.KEEP
"""Stands for "as it is", where None means "none"."""


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A deadline in the contract's words: kind, value, every."""

    kind: DeadlineKind
    value: str | None = None
    every: str | None = None


@transaction.atomic
def correct_task(
    *,
    task: Task,
    by: Person,
    now: dt.datetime,
    text: str | _Keep = KEEP,
    mode: Mode | _Keep = KEEP,
    deadline: NewDeadline | _Keep = KEEP,
    due_on: dt.date | _Keep | None = KEEP,
    cadence: Cadence | _Keep | None = KEEP,
) -> Task:
    """Corrects what was read; whatever is not given stays.

    A deadline gives its own date or cadence unless one is given too; a date takes the place of a cadence and a cadence
    that of a date. Correcting the time settles a doubtful deadline. Raises NotPermitted, NotInReview, TextNeeded,
    DateOrCadence.
    """
    programme, task = _locked(task, by, now)
    before = _told_time(task)
    if text is not KEEP:
        _set_text(programme, task, text, by, now)
    if mode is not KEEP and mode != task.mode:
        corrected(programme, task, "mode", task.mode, mode, by, now)
        task.mode = mode
    if deadline is not KEEP:
        task.deadline_kind, task.deadline_value, task.every = deadline.kind, deadline.value, deadline.every
        task.due_on = due_of(deadline.kind, deadline.value, programme.directive.issued_date)
        task.cadence = EVERY.get(deadline.every or "") if deadline.kind == DeadlineKind.RECURRING else None
    _set_time(task, due_on, cadence)
    if (deadline, due_on, cadence) != (KEEP, KEEP, KEEP):
        task.deadline_confirmed_at, task.deadline_confirmed_by = now, by
    if before != _told_time(task):
        corrected(programme, task, "deadline", before, _told_time(task), by, now)
    task.save()
    noted(programme, "task.corrected", by, now, task=task)
    return task


def _set_text(programme: Programme, task: Task, text: str, by: Person, now: dt.datetime) -> None:
    if not (text := evened(text)):
        raise TextNeeded
    if text != task.text:
        corrected(programme, task, "text", task.text, text, by, now)
        task.text = text


def _set_time(task: Task, due_on: dt.date | _Keep | None, cadence: Cadence | _Keep | None) -> None:
    """A date clears the cadence and a cadence the date; both at once are refused."""
    if isinstance(due_on, dt.date) and isinstance(cadence, Cadence):
        raise DateOrCadence
    if due_on is not KEEP:
        task.due_on = due_on
        task.cadence = None if due_on else task.cadence
    if cadence is not KEEP:
        task.cadence = cadence
        task.due_on = None if cadence else task.due_on


def _told_time(task: Task) -> str:
    """The time of a task as a correction keeps it."""
    parts = (task.deadline_kind, task.deadline_value, task.every, task.due_on, task.cadence)
    return " ".join(str(part) for part in parts if part)


@transaction.atomic
def confirm_deadline(*, task: Task, by: Person, now: dt.datetime) -> None:
    """Settles a doubtful deadline as it stands.

    Raises NotPermitted, NotInReview, NothingToConfirm (neither date nor cadence).
    """
    programme, task = _locked(task, by, now)
    if task.due_on is None and task.cadence is None:
        raise NothingToConfirm
    task.deadline_confirmed_at, task.deadline_confirmed_by = now, by
    task.save(update_fields=["deadline_confirmed_at", "deadline_confirmed_by"])
    noted(programme, "task.deadline_confirmed", by, now, task=task)


@transaction.atomic
def correct_unit(
    *,
    task_unit: TaskUnit,
    by: Person,
    now: dt.datetime,
    unit: Unit | None = None,
    words: str = "",
    role: UnitRole | None = None,
) -> TaskUnit:
    """Says which unit is meant (by choice, or by other words that are matched again), or what its role is.

    Choosing a unit settles the doubt, and turns a set into that one unit; other words leave it doubtful unless they are
    exactly a name. Raises NotPermitted, NotInReview.
    """
    programme, task = _locked(task_unit.task, by, now)
    task_unit = task.units.select_for_update(of=("self",)).select_related("unit").get(pk=task_unit.pk)
    today = timezone.localdate(now)
    if words.strip():
        task_unit.words = " ".join(words.split())[:300]
        match = Namer(programme.directive.home_unit_id, today).match(task_unit.words)
        _mean(programme, task, task_unit, match.unit_id, today, by, now)
        task_unit.sure = match.sure
        task_unit.confirmed_at = task_unit.confirmed_by = None
    if unit is not None:
        if not Unit.objects.on(today).filter(pk=unit.pk).exists():
            raise UnknownUnits
        _mean(programme, task, task_unit, unit.pk, today, by, now)
        task_unit.confirmed_at, task_unit.confirmed_by = now, by
    if role is not None and role != task_unit.role:
        corrected(programme, task, "role", f"{task_unit.words}: {task_unit.role}", role, by, now)
        task_unit.role = role
    task_unit.save()
    data = {"unit": task_unit.unit_id, "role": task_unit.role}
    noted(programme, "task.unit_corrected", by, now, task=task, data=data)
    return task_unit


def _mean(
    programme: Programme,
    task: Task,
    row: TaskUnit,
    unit_id: int | None,
    today: dt.date,
    by: Person,
    now: dt.datetime,
) -> None:
    """The row means that one unit from now on."""
    if row.unit_id != unit_id:
        name = "" if unit_id is None else unit_name(Unit.objects.get(pk=unit_id), today)
        was = row.words if row.unit is None else f"{row.words}: {unit_name(row.unit, today)}"
        corrected(programme, task, "unit", was, name, by, now)
    row.unit_id, row.is_set, row.meaning = unit_id, False, None


@transaction.atomic
def confirm_unit(*, task_unit: TaskUnit, by: Person, now: dt.datetime) -> None:
    """Settles a doubtful unit as it was matched. Raises NotPermitted, NotInReview, UnknownUnits (none was matched)."""
    programme, task = _locked(task_unit.task, by, now)
    task_unit = task.units.select_for_update().get(pk=task_unit.pk)
    if task_unit.unit_id is None:
        raise UnknownUnits
    task_unit.confirmed_at, task_unit.confirmed_by = now, by
    task_unit.save(update_fields=["confirmed_at", "confirmed_by"])
    noted(programme, "task.unit_confirmed", by, now, task=task, data={"unit": task_unit.unit_id})


@transaction.atomic
def add_unit(*, task: Task, unit: Unit, role: UnitRole, by: Person, now: dt.datetime) -> TaskUnit:
    """Adds a unit that the reading missed; one that is there already only changes its role.

    Raises NotPermitted, NotInReview, UnknownUnits.
    """
    programme, task = _locked(task, by, now)
    today = timezone.localdate(now)
    if not Unit.objects.on(today).filter(pk=unit.pk).exists():
        raise UnknownUnits
    there = task.units.filter(unit=unit).first()
    if there is not None:
        return correct_unit(task_unit=there, unit=unit, role=role, by=by, now=now)
    name = unit_name(unit, today)
    row = TaskUnit.objects.create(task=task, role=role, words=name[:300], unit=unit, confirmed_at=now, confirmed_by=by)
    corrected(programme, task, "unit", "", name, by, now)
    noted(programme, "task.unit_added", by, now, task=task, data={"unit": unit.pk, "role": role.value})
    return row


@transaction.atomic
def drop_unit(*, task_unit: TaskUnit, by: Person, now: dt.datetime) -> None:
    """Takes a unit or set off a task. Raises NotPermitted, NotInReview."""
    programme, task = _locked(task_unit.task, by, now)
    row = task.units.get(pk=task_unit.pk)
    corrected(programme, task, "unit", row.words, "", by, now)
    row.delete()
    noted(programme, "task.unit_dropped", by, now, task=task, data={"unit": row.unit_id})


@transaction.atomic
def add_task(
    *,
    programme: Programme,
    by: Person,
    now: dt.datetime,
    text: str = "",
    start: int | None = None,
    end: int | None = None,
    mode: Mode = Mode.ORDER,
) -> Task:
    """A task that the reading missed: from a passage of the directive, from words, or both.

    It comes where its passage stands, else at the end. Raises NotPermitted, NotInReview, TextNeeded.
    """
    programme = reviewing(programme, by, now)
    directive = programme.directive
    held = start is not None and end is not None and 0 <= start < end <= len(directive.text)
    text = evened(text or (directive.text[start:end] if held else ""))
    if not text:
        raise TextNeeded
    last = programme.tasks.aggregate(last=models.Max("position"))["last"] or 0
    task = Task(programme=programme, text=text, mode=mode, position=last + 1)
    if held:
        assert start is not None
        assert end is not None
        source = passage(directive, start, end)
        task.section = source.section
        after = programme.tasks.filter(sources__passage__start__gt=start).order_by("position").first()
        if after is not None:
            task.position = after.position
            programme.tasks.filter(position__gte=after.position).update(position=models.F("position") + 1)
    task.save()
    if held:
        TaskSource.objects.create(task=task, passage=source)
    corrected(programme, task, "task", "", "added", by, now)
    noted(programme, "task.added", by, now, task=task)
    return task


@transaction.atomic
def drop_task(*, task: Task, by: Person, now: dt.datetime) -> None:
    """Leaves out what is no task; it can be restored until issue. Raises NotPermitted, NotInReview."""
    programme, task = _locked(task, by, now)
    task.state, task.confirmed_at, task.confirmed_by = TaskState.DROPPED, None, None
    task.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    corrected(programme, task, "task", "read" if task.read_as else "added", "dropped", by, now)
    noted(programme, "task.dropped", by, now, task=task)


@transaction.atomic
def restore_task(*, task: Task, by: Person, now: dt.datetime) -> None:
    """Takes a dropped task in again, to be confirmed. Raises NotPermitted, NotInReview."""
    programme = reviewing(task.programme, by, now)
    task = programme.tasks.select_for_update().get(pk=task.pk)
    if task.state != TaskState.DROPPED:
        return
    task.state = TaskState.PROPOSED
    task.save(update_fields=["state"])
    programme.corrections.filter(task=task, field="task", corrected_to="dropped").delete()
    noted(programme, "task.restored", by, now, task=task)


@transaction.atomic
def merge_tasks(*, tasks: Sequence[Task], by: Person, now: dt.datetime) -> Task:
    """Makes one task of several: the first keeps its time and gets the others' words, passages and units.

    Doubts come along: the whole is to be confirmed anew, and a unit that one of them was not sure of stays doubtful.
    The others are dropped. Raises NotPermitted, NotInReview, CannotMerge.
    """
    if len({task.pk for task in tasks}) < 2:
        raise CannotMerge
    programme = reviewing(tasks[0].programme, by, now)
    rows = list(
        programme.tasks.filter(pk__in=[task.pk for task in tasks], state__in=STANDING).prefetch_related("units")
    )
    if len(rows) != len({task.pk for task in tasks}) or len({row.mode for row in rows}) > 1:
        raise CannotMerge
    first, others = rows[0], rows[1:]
    have = {_meant(unit): unit for unit in first.units.all()}
    for other in others:
        first.text = f"{first.text} {other.text}"
        first.sure = first.sure and other.sure
        for source in other.sources.all():
            TaskSource.objects.get_or_create(task=first, passage_id=source.passage_id)
        for unit in other.units.all():
            _take_unit(first, have, unit)
        drop_task(task=other, by=by, now=now)
    first.state, first.confirmed_at, first.confirmed_by = TaskState.PROPOSED, None, None
    first.save()
    corrected(programme, first, "task", "read", "merged", by, now)
    merged = {"tasks": [row.pk for row in others]}
    noted(programme, "task.merged", by, now, task=first, data=merged)
    return programme.tasks.get(pk=first.pk)


def _meant(unit: TaskUnit) -> tuple[int | None, int | None, str]:
    """What makes two units of tasks the same: the unit, the set, or only the words."""
    return unit.unit_id, unit.meaning_id, "" if unit.unit_id or unit.meaning_id else unit.words


def _take_unit(task: Task, have: dict[Any, TaskUnit], unit: TaskUnit) -> None:
    """Adds another task's unit; where it is there already, leading goes before coordinating."""
    same = have.get(_meant(unit))
    if same is None:
        have[_meant(unit)] = _copy(unit, task)
    elif unit.role == UnitRole.LEAD != same.role:
        same.role = UnitRole.LEAD
        same.save(update_fields=["role"])


def _copy(row: Any, task: Task) -> Any:
    """The same unit or source on another task."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row).objects.create(**values | {"id": None, "task_id": task.pk})


@transaction.atomic
def split_task(*, task: Task, at: int, by: Person, now: dt.datetime) -> Task:
    """Parts a task in two at a place of the directive's text (code points); gives the second.

    Both keep units and time; each gets the words of its own half, and both are to be confirmed.
    Raises NotPermitted, NotInReview, CannotSplit (no single passage, or the place is not inside it).
    """
    programme, task = _locked(task, by, now)
    sources = list(task.sources.select_related("passage__directive"))
    if len(sources) != 1 or not sources[0].passage.start < at < sources[0].passage.end:
        raise CannotSplit
    whole = sources[0].passage
    words = whole.directive.text
    halves = [evened(words[whole.start : at]), evened(words[at : whole.end])]
    if not all(halves):
        raise CannotSplit
    programme.tasks.filter(position__gt=task.position).update(position=models.F("position") + 1)
    second = Task.objects.get(pk=task.pk)
    second.pk, second._state.adding = None, True
    second.position, second.read_as = task.position + 1, None
    for row, text in ((task, halves[0]), (second, halves[1])):
        row.text, row.state, row.confirmed_at, row.confirmed_by = text, TaskState.PROPOSED, None, None
        row.save()
    for unit in task.units.all():
        _copy(unit, second)
    sources[0].delete()
    TaskSource.objects.create(task=task, passage=passage(whole.directive, whole.start, at))
    TaskSource.objects.create(task=second, passage=passage(whole.directive, at, whole.end))
    corrected(programme, task, "task", "read", "split", by, now)
    noted(programme, "task.split", by, now, task=task, data={"second": second.pk})
    return second


def _locked(task: Task, by: Person, now: dt.datetime) -> tuple[Programme, Task]:
    """The programme and the task, both locked. Raises NotPermitted, NotInReview; Task.DoesNotExist when dropped."""
    programme = reviewing(task.programme, by, now)
    return programme, programme.tasks.select_for_update().get(pk=task.pk, state__in=STANDING)
