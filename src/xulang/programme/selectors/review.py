"""Questions of the review: the programme with everything its screen shows, and how accurate readings were in use."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from xulang.organisation.enums import Role
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.organisation.selectors import UnitRow, known_names, units_on
from xulang.plumbing.folding import fold
from xulang.programme.comparing import Comparison, compare
from xulang.programme.enums import ProgrammeState, TaskState
from xulang.programme.models import Correction, Programme, SetMeaning, Task
from xulang.programme.rows import joined_rows, standing_tasks, task_row
from xulang.programme.rules import Fault, doubts, faults_of, missing_to_issue
from xulang.registry.models import Directive


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """A task with what is doubtful in it and what still keeps it from being issued."""

    task: Task
    doubts: list[Fault]
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that the review screen shows. `tasks` are in the directive's order, the dropped ones apart.

    `faults` is what `issue` would refuse with; `may_review` says whether this person may act on it, `may_undo` whether
    there is an act of the person's own to take back. `joined`: how many tasks were joined to one in force. `known`:
    every (unit, folded name) that the register knows. `comparison`: where the directive amends or replaces another.
    """

    programme: Programme
    directive: Directive
    tasks: list[ReviewTask]
    dropped: list[Task]
    sets: list[SetMeaning]
    units: list[UnitRow]
    faults: list[Fault]
    may_review: bool
    may_undo: bool
    known: frozenset[tuple[int, str]]
    joined: int
    comparison: Comparison | None = None

    @property
    def doubtful(self) -> list[ReviewTask]:
        """The tasks that need an act of their own: they come first on the screen."""
        return [row for row in self.tasks if row.doubts]


def programmes(person: Person, today: dt.date) -> "QuerySet[Programme]":
    """The programmes that the person may see, newest first, with the number of their tasks as `task_count`."""
    return (
        Programme.objects.for_user(person, today)
        .select_related("directive", "focal_unit")
        .defer("directive__text", "directive__reading")
        .prefetch_related("focal_unit__names")
        .annotate(task_count=Count("tasks", filter=~Q(tasks__state=TaskState.DROPPED)))
    )


def programme(person: Person, today: dt.date, id: int) -> Programme:
    """One programme. Raises Programme.DoesNotExist for one not to be seen."""
    return programmes(person, today).get(pk=id)


def tasks_for_review(person: Person, today: dt.date, programme_id: int) -> Review:
    """The review of one programme, in a number of queries that does not grow with its tasks.

    For lead officers and leaders of the home unit. Raises Programme.DoesNotExist for others.
    """
    scope = scope_of(person, today)
    if scope is None:
        raise Programme.DoesNotExist
    homes = scope.homes([Role.LEAD_OFFICER])
    seen = Programme.objects.for_user(person, today).filter(
        directive__home_unit_id__in=homes | scope.reach([Role.LEADER])
    )
    found = seen.select_related("directive", "focal_unit").prefetch_related("focal_unit__names").get(pk=programme_id)
    rows = [(task, task_row(task, found)) for task in standing_tasks(found)]
    joined = joined_rows(found)
    in_review = found.state == ProgrammeState.REVIEW
    comparison = compare(found) if in_review else None
    faults = missing_to_issue(
        [row for _task, row in rows],
        focal_unit=found.focal_unit_id is not None,
        focal_settled=found.focal_sure or found.focal_confirmed_at is not None,
        joined=joined,
        amends=bool(comparison and comparison.earlier),
        differences=comparison.open if comparison else 0,
    )
    may_review = in_review and found.directive.home_unit_id in homes
    return Review(
        programme=found,
        directive=found.directive,
        tasks=[ReviewTask(task, doubts(row), faults_of(row)) for task, row in rows],
        dropped=list(found.tasks.filter(state=TaskState.DROPPED).prefetch_related("sources__passage")),
        sets=list(found.sets.prefetch_related("units__names", "mentions")),
        units=units_on(today),
        faults=faults if in_review else [],
        may_review=may_review,
        may_undo=may_review and found.steps.filter(by=person).exists(),
        known=frozenset((row.unit_id, fold(row.name)) for row in known_names(today)),
        joined=len(joined),
        comparison=comparison if comparison and comparison.earlier else None,
    )


@dataclass(frozen=True, slots=True)
class FieldAccuracy:
    """How many findings of one kind were read, and how many of them a person had to correct."""

    field: str
    read: int
    corrected: int


def accuracy(person: Person, today: dt.date) -> list[FieldAccuracy]:
    """Accuracy in use, over the issued programmes that the person may see: a review that is under way proves nothing.

    A finding corrected twice counts once; tasks and units that were added count as corrected: they were missed.
    """
    issued = Programme.objects.for_user(person, today).exclude(state=ProgrammeState.REVIEW)
    read = dict.fromkeys(("task", "text", "mode", "deadline", "unit", "set", "focal_unit"), 0)
    for found in Directive.objects.filter(programme__in=issued).values_list("reading__tasks", flat=True):
        for task in found or []:
            for field in ("task", "text", "mode", "deadline"):
                read[field] += 1
            units = [*task["lead"], *task["coordinating"]]
            read["unit"] += sum(not unit["group"] for unit in units)
    read["set"] = SetMeaning.objects.filter(programme__in=issued).count()
    read["focal_unit"] = issued.count()
    rows = Correction.objects.filter(programme__in=issued).values_list("field", "programme_id", "task_id", "read_as")
    distinct: dict[str, set[tuple[object, ...]]] = {}
    for field, *place in rows:
        distinct.setdefault("unit" if field == "role" else field, set()).add(tuple(place))
    return [FieldAccuracy(field, count, len(distinct.get(field, ()))) for field, count in read.items()]
