"""Which proposed tasks are perhaps ordered already, and which were joined to a task in force."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from xulang.organisation.models import Person
from xulang.programme.enums import Mode, TaskState, UnitRole
from xulang.programme.likeness import Duty, same_duties
from xulang.programme.models import Assignment, Programme, Task
from xulang.programme.rows import tasks_in_force
from xulang.programme.selectors.review import Review, tasks_for_review


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposed task beside the one in force that it is, or may be, the same duty as; and who leads that."""

    task: Task
    other: Task
    leads: list[str]


@dataclass(frozen=True, slots=True)
class Joining:
    """What the screen shows: what is alike, what was joined, and what can be joined by hand."""

    review: Review
    proposed: list[Pair]
    joined: list[Pair]
    tasks: list[Task]
    in_force: list[Task]


def joining(person: Person, today: dt.date, programme_id: int) -> Joining:
    """Everything about one duty from several directives. Raises Programme.DoesNotExist where the review would."""
    review = tasks_for_review(person, today, programme_id)
    earlier = [row.programme for row in review.comparison.earlier] if review.comparison else []
    in_force = _in_force(review.programme, earlier)
    others = {task.pk: task for task in in_force}
    tasks = [row.task for row in review.tasks]
    own = {task.pk: task for task in tasks}
    joined = review.programme.tasks.filter(state=TaskState.JOINED).select_related("same_as__programme__directive")
    return Joining(
        review=review,
        proposed=[
            _pair(own[row.id], others[row.other], today)
            for row in same_duties(_asked(review), [_duty(task) for task in in_force])
        ],
        joined=[_pair(task, others[task.same_as_id], today) for task in joined if task.same_as_id in others],
        tasks=tasks,
        in_force=in_force,
    )


def _in_force(programme: Programme, earlier: list[Programme]) -> list[Task]:
    """What is in force by directives that this one leaves alone; the others have their review of differences."""
    leading = Assignment.objects.filter(role=UnitRole.LEAD).select_related("unit").prefetch_related("unit__names")
    rows: QuerySet[Task] = (
        tasks_in_force(programme)
        .exclude(programme__in=earlier)
        .select_related("programme__directive")
        .defer("programme__directive__text", "programme__directive__reading")
    )
    return list(rows.prefetch_related(Prefetch("assignments", leading, to_attr="leading")))


def _asked(review: Review) -> list[Duty]:
    """The proposed tasks with the units that would lead them."""
    found = []
    for row in review.tasks:
        units = frozenset(
            unit
            for named in row.task.units.all()
            if named.role == UnitRole.LEAD
            for unit in (
                [one.pk for one in named.meaning.units.all()] if named.meaning is not None else [named.unit_id]
            )
            if unit is not None
        )
        found.append(Duty(row.task.pk, row.task.text, units, row.task.mode))
    return found


def _duty(task: Task) -> Duty:
    units = frozenset(one.issued_to_id for one in task.leading)  # type: ignore[attr-defined]
    return Duty(task.pk, task.text, units, Mode(task.mode))


def _pair(task: Task, other: Task, today: dt.date) -> Pair:
    return Pair(task, other, [one.unit.name_on(today) for one in other.leading])  # type: ignore[attr-defined]
