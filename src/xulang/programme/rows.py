"""The tables' rows as the rules see them."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from django.db.models import Prefetch, QuerySet

from xulang.organisation.working_days import WorkingDays
from xulang.programme.enums import (
    STANDING,
    AssignmentState,
    Cadence,
    DeadlineKind,
    ProgrammeState,
    TaskState,
    UnitRole,
)
from xulang.programme.models import Assignment, Entry, Programme, SetMeaning, Task, TaskSource, TaskUnit
from xulang.programme.periods import Period, periods, regime_on
from xulang.programme.rules import EntryRow, JoinedRow, SetRow, TaskRow, UnitRow


def standing_tasks(programme: Programme) -> list[Task]:
    """The tasks that are not dropped, with units, sets and their members at hand: four queries."""
    tasks = programme.tasks.filter(state__in=STANDING)
    # Joined, not fetched apart: Django asks SQLite for a thousand foreign keys by a thousand ORs, which it refuses.
    sources = Prefetch("sources", TaskSource.objects.select_related("passage"))
    return list(tasks.prefetch_related("units__unit", "units__meaning__units", sources))


def tasks_in_force(programme: Programme) -> "QuerySet[Task]":
    """What other directives of the same office order still: what a task of this programme can be joined to."""
    running = Assignment.objects.exclude(state=AssignmentState.WITHDRAWN).values("task")
    return Task.objects.filter(
        state=TaskState.ISSUED,
        programme__state=ProgrammeState.ISSUED,
        programme__directive__home_unit=programme.directive.home_unit_id,
        pk__in=running,
    ).exclude(programme=programme)


def joined_rows(programme: Programme) -> list[JoinedRow]:
    """The joined tasks, and whether what they were joined to is in force."""
    rows = list(programme.tasks.filter(state=TaskState.JOINED).values_list("pk", "text", "same_as_id"))
    others = tasks_in_force(programme).filter(pk__in={other for _pk, _text, other in rows})
    in_force = set(others.values_list("pk", flat=True)) if rows else set()
    return [JoinedRow(pk, text[:80], other in in_force) for pk, text, other in rows]


def task_row(task: Task, programme: Programme) -> TaskRow:
    """One task; its units must be prefetched where many are asked for."""
    return TaskRow(
        id=task.pk,
        sure=task.sure,
        confirmed=task.confirmed_at is not None,
        timed=task.due_on is not None or task.cadence is not None,
        deadline_sure=task.deadline_sure,
        deadline_confirmed=task.deadline_confirmed_at is not None,
        units=tuple(unit_row(row) for row in task.units.all()),
        periods=len(periods_of(task, programme)),
    )


def unit_row(row: TaskUnit) -> UnitRow:
    """One unit or set that a task names."""
    return UnitRow(
        id=row.pk,
        role=UnitRole(row.role),
        words=row.words,
        sure=row.sure,
        confirmed=row.confirmed_at is not None,
        unit_id=row.unit_id,
        meaning=None if row.meaning is None else set_row(row.meaning),
    )


def set_row(row: SetMeaning) -> SetRow:
    """One set's meaning."""
    return SetRow(
        id=row.pk,
        words=row.words,
        sure=row.proposed_sure,
        confirmed=row.confirmed_at is not None,
        open=row.is_open,
        unit_ids=frozenset(unit.pk for unit in row.units.all()),
    )


def periods_of(task: Task, programme: Programme) -> list[Period]:
    """The reports that a task asks of each leading unit: one by its date, or one a period of its cadence."""
    return periods_within(task, programme.starts_on, programme.ends_on)


def periods_owed(task: Task, starts_on: dt.date, ends_on: dt.date, *, kind: str, days: WorkingDays) -> list[Period]:
    """The same as a unit of that kind owes them: a due day that is a day off for the office is kept on the next."""
    found = periods_within(task, starts_on, ends_on, kind)
    return [replace(period, due=days.kept_on(period.due)) for period in found]


def periods_within(task: Task, starts_on: dt.date, ends_on: dt.date, kind: str = "") -> list[Period]:
    """The same from a day to a day, by the words and the regime."""
    if task.due_on is not None:
        return [Period("date", min(starts_on, task.due_on), task.due_on, task.due_on)]
    if task.cadence is None or ends_on < starts_on:
        return []
    told = task.deadline_value if task.deadline_kind == DeadlineKind.RECURRING else None
    return periods(Cadence(task.cadence), starts_on, ends_on, regime_on(starts_on), told, kind)


def entry_rows(entries: "QuerySet[Entry]") -> dict[int | None, list[EntryRow]]:
    """Lines of a ledger in their order, by the expected report that they are about; None: by none."""
    lines: dict[int | None, list[EntryRow]] = defaultdict(list)
    told = entries.order_by("id").values_list("expected", "id", "kind", "on", "answers", "due")
    for expected, id, kind, on, answers, due in told:
        lines[expected].append(EntryRow(id, kind, on, answers, due))
    return lines
